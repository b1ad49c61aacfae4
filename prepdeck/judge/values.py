"""Values that came out of a child process, as plain data of this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Bag:
    """The members of a set, which need not be hashable here."""

    members: tuple[Any, ...]
    """What it holds, in no order that matters."""


@dataclass(frozen=True, slots=True)
class Table:
    """A dictionary, whose keys need not be hashable here."""

    pairs: tuple[tuple[Any, Any], ...]
    """Keys with what they stand for."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """An object that is no plain data; it equals nothing a deck can expect."""

    text: str
    """How it is shown."""


Value: TypeAlias = (
    bool | int | float | complex | str | bytes | list[Any] | tuple[Any, ...] | Bag | Table | Foreign | None
)
"""What a result can be."""

DEEPEST = 120
"""Lists inside lists, a little more than are written."""
TOO_MUCH = Foreign("...")
"""Stands for what was left out of a result that is too long or too deep."""


def read(written: Any, depth: int = 0) -> Value:
    """Return the value that `prepdeck.judge.inside.plain` wrote; what it did not write is foreign."""
    depth += 1
    if depth > DEEPEST:
        return TOO_MUCH
    if isinstance(written, list):
        return [read(each, depth) for each in written]
    if not isinstance(written, dict):
        return written if written is None or isinstance(written, bool | int | float | str) else Foreign("?")
    held: Any = written.get("v")
    try:
        match written.get("t"):
            case "int":
                return int(held, 16)
            case "tuple":
                return tuple(read(each, depth) for each in held)
            case "set":
                return Bag(tuple(read(each, depth) for each in held))
            case "dict":
                return Table(tuple((read(key, depth), read(value, depth)) for key, value in held))
            case "bytes":
                return bytes.fromhex(held)
            case "complex":
                return complex(*held)
            case "other":
                return Foreign(str(held))
            case _:
                return TOO_MUCH
    except (TypeError, ValueError):
        return Foreign("?")


def read_json(decoded: Any) -> Value:
    """Return what a deck expects, decoded from JSON, with its objects as tables."""
    if isinstance(decoded, list):
        return [read_json(each) for each in decoded]
    if isinstance(decoded, dict):
        return Table(tuple((key, read_json(value)) for key, value in decoded.items()))
    return decoded  # type: ignore[no-any-return]
