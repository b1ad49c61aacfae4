"""Values of the core as plain JSON and back, by the types of their fields; fractions stay exact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from prepdeck.cards.ids import CardId

_PLAIN: Final = frozenset({str, int, bool, NoneType})


def to_json(value: object) -> str:
    """Return a value as JSON text of one line, ASCII alone: half of a surrogate pair goes through it unharmed."""
    return json.dumps(to_plain(value), separators=(",", ":"))


def to_plain(value: object) -> Any:
    """Return a value made of dataclasses, tuples, enums, fractions and card names as what JSON can hold."""
    match value:
        case Enum():
            return value.value
        case Fraction() | CardId():
            return str(value)
        case tuple():
            return [to_plain(each) for each in value]
        case _ if is_dataclass(value):
            return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
        case _ if type(value) in _PLAIN:
            return value
        case _:
            raise TypeError(f"{value!r} is not kept in the database")


def from_plain(kind: Any, plain: Any) -> Any:
    """Return the value of a type that `to_plain` made plain; fields that are not given keep their defaults.

    Raises:
        ValueError, TypeError: When it is no value of that type, or a field without a default is not given.
    """
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _one_of(get_args(kind), plain)
    if origin is tuple:
        return _tuple_of(get_args(kind), plain)
    if kind in _PLAIN:
        if type(plain) is not kind:
            raise ValueError(f"{plain!r} is no {kind.__name__}")
        return plain
    if kind is CardId:
        return CardId.parse(plain)
    if kind is Fraction or issubclass(kind, Enum):
        return kind(plain)
    if not isinstance(plain, Mapping):
        raise TypeError(f"{plain!r} is no {kind.__name__}")
    types = _types_of(kind)
    return kind(**{name: from_plain(types[name], each) for name, each in plain.items() if name in types})


def _one_of(kinds: tuple[Any, ...], plain: Any) -> Any:
    if plain is None and NoneType in kinds:
        return None
    rest = [kind for kind in kinds if kind is not NoneType]
    if len(rest) == 1:
        return from_plain(rest[0], plain)
    # Shapes of one union are told apart by the names of their fields.
    fitting = [kind for kind in rest if isinstance(plain, Mapping) and set(plain) <= set(_types_of(kind))]
    if len(fitting) != 1:
        raise ValueError(f"{plain!r} is none of {', '.join(kind.__name__ for kind in rest)}")
    return from_plain(fitting[0], plain)


def _tuple_of(kinds: tuple[Any, ...], plain: Any) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise TypeError(f"{plain!r} is no list")
    if len(kinds) == 2 and kinds[1] is Ellipsis:  # noqa: PLR2004 - tuple[kind, ...]
        return tuple(from_plain(kinds[0], each) for each in plain)
    return tuple(from_plain(kind, each) for kind, each in zip(kinds, plain, strict=True))


@cache
def _types_of(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
