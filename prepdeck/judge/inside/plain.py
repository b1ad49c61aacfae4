"""Values of a card's code as JSON that says what they were, without calling a method of theirs.

Numbers, strings, booleans, None and lists stand for themselves; everything else is an object with its kind under `t`.
"""

from __future__ import annotations

import math
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from types import GeneratorType
from typing import Any, Final

MOST_VALUES: Final = 500_000
"""Values in one result; what comes after them is left out, so that an endless generator ends."""
DEEPEST: Final = 100
"""Lists inside lists; a list that holds itself ends there."""
MOST_BITS: Final = 4_096
"""Integers with more are written in hexadecimal, which takes linear time."""

_STREAMS: Final[tuple[type[Any], ...]] = (
    GeneratorType, map, filter, zip, enumerate, range, reversed, deque,
    type({}.keys()), type({}.values()), type({}.items()), type(iter([])), type(iter(())), type(iter(range(0))),
)  # fmt: skip


class Plain:
    """One translation, which counts what it writes.

    Args:
        values: How many values may be written.
        characters: How many characters of one string; None for all.
    """

    def __init__(self, values: int = MOST_VALUES, characters: int | None = None) -> None:
        self._left = values
        self._characters = characters

    def write(self, value: Any, depth: int = 0) -> Any:
        """Return what stands for `value`."""
        self._left -= 1
        if value is None or value is True or value is False:
            return value
        if self._left < 0 or depth > DEEPEST:
            return {"t": "more"}
        kind = type(value)
        if kind is int or kind is float or kind is str:
            return self._atom(value)
        if kind is list:
            return self._list(value, depth)
        return self._of_kind(value, depth)

    def _atom(self, value: float | str) -> Any:
        if isinstance(value, str):
            return value if self._characters is None else value[: self._characters]
        if isinstance(value, int) and value.bit_length() > MOST_BITS:
            return {"t": "int", "v": hex(value)}
        return value

    def _list(self, values: Iterable[Any], depth: int) -> list[Any]:
        written = []
        for value in values:
            written.append(self.write(value, depth + 1))
            if self._left < 0:
                break
        return written

    def _of_kind(self, value: Any, depth: int) -> Any:
        """Return what stands for a value of any but the commonest types; subclasses are read as what they extend."""
        if isinstance(value, bool | int):
            return self._atom(int.__add__(value, 0))
        if isinstance(value, float):
            return float.__add__(value, 0.0)
        if isinstance(value, str):
            return self._atom(str.__str__(value))
        if isinstance(value, list):
            return self._list(list.__iter__(value), depth)
        if isinstance(value, tuple):
            return {"t": "tuple", "v": self._list(tuple.__iter__(value), depth)}
        if isinstance(value, set | frozenset):
            return {"t": "set", "v": self._list(_members(value), depth)}
        if isinstance(value, dict):
            pairs = islice(dict.items(value), max(self._left, 0) + 1)
            return {
                "t": "dict",
                "v": [[self.write(key, depth + 1), self.write(held, depth + 1)] for key, held in pairs],
            }
        if isinstance(value, bytes | bytearray):
            return {"t": "bytes", "v": bytes(value[: self._characters]).hex()}
        if isinstance(value, complex):
            return {"t": "complex", "v": [value.real, value.imag]}
        # What is only shown is still needed, and a generator can be read once.
        if isinstance(value, _STREAMS) and (self._characters is None or not hasattr(type(value), "__next__")):
            return self._list(value, depth)
        return self._foreign(value, depth)

    def _foreign(self, value: Any, depth: int) -> Any:
        """Return what stands for an object of a library or of the card's code."""
        kind = type(value)
        if "numpy" in sys.modules:
            numpy = sys.modules["numpy"]
            if isinstance(value, numpy.ndarray):
                if value.size > max(self._left, 0):
                    return self._list(value.flat[: self._left], depth)
                return self.write(value.tolist(), depth)
            if isinstance(value, numpy.generic):
                return self.write(value.item(), depth)
        if "array" in sys.modules and isinstance(value, sys.modules["array"].array):
            return self._list(value, depth)
        if kind.__module__ in {"fractions", "decimal"}:
            number = float(value)
            return number if math.isfinite(number) else {"t": "other", "v": "a number too large"}
        return {"t": "other", "v": f"<{kind.__name__} object>"[:200]}


def _members(value: set[Any] | frozenset[Any]) -> Iterator[Any]:
    """Return the members of a set without calling a method that its class may have replaced."""
    return set.__iter__(value) if isinstance(value, set) else frozenset.__iter__(value)


def write(value: Any) -> Any:
    """Return what stands for a result."""
    return Plain().write(value)


def write_shortly(value: Any) -> Any:
    """Return what stands for a value that is only shown, of which a few hundred characters are seen."""
    return Plain(values=200, characters=400).write(value)
