"""The shapes of code cards: how arguments become a call, and what of the call is looked at."""

from __future__ import annotations

import copy
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from typing import Any

from prepdeck.judge.inside.nodes import from_nodes, to_chains, to_trees
from prepdeck.judge.inside.plain import MOST_VALUES

CONSTRUCTS = frozenset({"init", "__init__"})
"""Words with which a replay may begin, besides the name of the class."""


def arrange(shape: str, arguments: list[Any], parameters: list[str]) -> list[Any]:
    """Return the arguments as the answer receives them.

    Args:
        shape: The card's shape.
        arguments: The arguments as the deck wrote them.
        parameters: For each parameter of the reference `data`, `nodes` or `several`; parameters left out are nodes.
    """
    convert: Callable[..., Any]
    match shape:
        case "linked":
            convert = to_chains
        case "tree":
            convert = to_trees
        case "numpy":
            convert = to_arrays
        case _:
            return arguments
    made = []
    for position, argument in enumerate(arguments):
        kind = parameters[position] if position < len(parameters) else "nodes"
        if kind == "data":
            made.append(argument)
        else:
            made.append(convert(argument, several=kind == "several"))
    return made


def to_arrays(value: Any, *, several: bool = False) -> Any:
    """Return the array for a list of numbers of any depth; lists of anything else keep their shape."""
    numpy = sys.modules["numpy"]
    if isinstance(value, dict):
        return {key: to_arrays(held) for key, held in value.items()}
    if not isinstance(value, list):
        return value
    if not several:
        try:
            array = numpy.array(value)
        except ValueError:  # rows of different lengths
            return [to_arrays(each) for each in value]
        if array.dtype.kind in "biuf":
            return array
    return [to_arrays(each) for each in value]


def call(job: dict[str, Any], entry: Any, arguments: list[Any]) -> Any:
    """Return what the answer gives: mostly what it returns, the first argument as it was left, or all replies."""
    shape, name = job["shape"], job["entry"]
    match shape:
        case "ops":
            return replay(entry, arguments, name)
        case "inplace":
            settle(entry(*arguments))
            return arguments[0] if arguments else None
        case "linked" | "tree":
            out = settle(entry(*arguments))
            if job["returns"] == "nodes" and isinstance(out, list | tuple):  # which would read like their nodes
                raise TypeError(f"{name} returned a {type(out).__name__}, not nodes")
            return from_nodes(out)
        case _:
            return settle(entry(*arguments))


def replay(entry: Any, operations: list[Any], name: str) -> list[Any]:
    """Return the replies of an object to `[[init, ...], [method, ...], ...]`; the first is None."""
    begin = list(operations[0]) if operations else []
    if begin and isinstance(begin[0], str) and begin[0] in {*CONSTRUCTS, name}:
        begin = begin[1:]
    made = entry(*begin)
    replies: list[Any] = [None]
    for method, *arguments in operations[1:]:
        replies.append(_held(settle(getattr(made, method)(*arguments))))
    return replies


def _held(reply: Any) -> Any:
    """Return a reply as it is now; a list that the object goes on filling must not change what it once returned."""
    if isinstance(reply, list | tuple | dict | set | deque):
        with suppress(Exception):  # what cannot be copied is compared as it is left
            return copy.deepcopy(reply)
    return reply


def settle(value: Any) -> Any:
    """Return a result that was a generator as the list of what it gives, so that its work is done and counted."""
    if hasattr(type(value), "__next__"):
        return list(islice(value, MOST_VALUES))
    return value
