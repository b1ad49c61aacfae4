"""When what came out counts as what was expected."""

from __future__ import annotations

import math
from typing import Any, Final

from prepdeck.cards.code import Compare
from prepdeck.judge.values import Bag, Foreign, Table, Value

RELATIVE: Final = 1e-6
"""How far numbers may differ as a share of the larger one."""
ABSOLUTE: Final = 1e-8
"""How far numbers may differ whatever their size."""


def agree(expected: Value, got: Value, compare: Compare) -> bool:
    """Tell whether `got` counts as `expected`; whoever lets a property decide does not ask here."""
    match compare:
        case Compare.CLOSE:
            return _are_close(expected, got)
        case Compare.UNORDERED:
            return bool(_outer_bag(expected) == _outer_bag(got))
        case Compare.UNORDERED_DEEP:
            return _key(expected, deep=True) == _key(got, deep=True)
        case Compare.EXACT | Compare.PROPERTY:
            return _key(expected) == _key(got)


def _outer_bag(value: Value) -> Any:
    """Return the key of a value whose outermost list has no order."""
    if isinstance(value, list | tuple):
        return ("list", tuple(sorted(_key(each) for each in value)))
    if isinstance(value, Bag):
        return ("list", tuple(sorted(_key(each) for each in value.members)))
    return _key(value)


def _key(value: Value, *, deep: bool = False) -> tuple[Any, ...]:
    """Return what equal values have in common and different ones have not; keys can be sorted.

    A tuple is a list, 2 is 2.0, True is not 1, and a number as the key of a table is its text, as JSON has it.

    Args:
        value: What is described.
        deep: Whether every list is a bag, and so is every set.
    """
    match value:
        case None:
            return ("none",)
        case bool():
            return ("truth", value)
        case int() | float():
            return ("nan",) if value != value else ("number", value)  # noqa: PLR0124 - only nan differs from itself
        case str():
            return ("text", value)
        case bytes():
            return ("bytes", value)
        case complex():
            return ("complex", value.real, value.imag)
        case list() | tuple():
            keys = [_key(each, deep=deep) for each in value]
            return ("list", tuple(sorted(keys) if deep else keys))
        case Bag(members=members):
            return ("list" if deep else "set", tuple(sorted(_key(each, deep=deep) for each in members)))
        case Table(pairs=pairs):
            return ("table", tuple(sorted((_name(key), _key(held, deep=deep)) for key, held in pairs)))
        case Foreign(text=text):
            return ("foreign", text)


def _name(key: Value) -> tuple[Any, ...]:
    """Return the key of a table's key."""
    if isinstance(key, int) and not isinstance(key, bool):
        return ("text", str(key) if key.bit_length() < 1_000 else hex(key))  # noqa: PLR2004 - longer ones cost time squared
    return _key(key)


def _are_close(expected: Value, got: Value) -> bool:
    """Tell whether numbers in the same places are nearly equal and everything else is equal."""
    if _is_number(expected) and _is_number(got):
        return _is_near(expected, got)
    if isinstance(expected, list | tuple) and isinstance(got, list | tuple):
        return len(expected) == len(got) and all(map(_are_close, expected, got))
    if isinstance(expected, Table) and isinstance(got, Table):
        ours, theirs = ({_name(key): held for key, held in each.pairs} for each in (expected, got))
        return ours.keys() == theirs.keys() and all(_are_close(held, theirs[key]) for key, held in ours.items())
    return _key(expected) == _key(got)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float | complex) and not isinstance(value, bool)


def _is_near(expected: Any, got: Any) -> bool:
    """Tell whether two numbers are nearly equal; nan is near nan, and infinity only itself."""
    if isinstance(expected, complex) or isinstance(got, complex):
        one, other = complex(expected), complex(got)
        return _is_near(one.real, other.real) and _is_near(one.imag, other.imag)
    if expected != expected or got != got:  # noqa: PLR0124 - only nan differs from itself
        return bool(expected != expected and got != got)  # noqa: PLR0124 - likewise
    try:
        return math.isclose(expected, got, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    except OverflowError:  # an integer beyond every float
        return bool(expected == got)
