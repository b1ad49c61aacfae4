"""Values as people read them: in the notation of Python, short, and with nothing a terminal obeys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prepdeck.judge.values import Bag, Foreign, Table, Value
from prepdeck.text.cleaning import clean_line

LONGEST: Final = 300
"""Characters of a value that are shown."""
LONGEST_PRINT: Final = 4_000
"""Characters of what the code printed that are shown."""


def show(value: Value) -> str:
    """Return a value as an answer would write it, cut to `LONGEST` characters."""
    return _cut(_pieces(value))


def show_call(entry: str, arguments: Value, *, is_replay: bool = False) -> str:
    """Return the call of a test, such as `two_sum([2, 7], 9)`, or all calls of a replay."""
    if not isinstance(arguments, list):
        return ""
    if is_replay:
        return _cut(_replayed(entry, arguments))
    return _cut(_joined(f"{entry}(", arguments, ")"))


def cut(text: str, longest: int = LONGEST) -> str:
    """Return one line of clean text, cut."""
    line = clean_line(text[: longest + 1])
    return line if len(line) <= longest else line[: longest - 3] + "..."


def _cut(pieces: Iterator[str]) -> str:
    """Join as many pieces as are shown."""
    text = ""
    for piece in pieces:
        text += piece[: LONGEST + 1]
        if len(text) > LONGEST:
            break
    return cut(text)


def _joined(begin: str, values: list[Value] | tuple[Value, ...], end: str) -> Iterator[str]:
    yield begin
    for number, value in enumerate(values):
        if number:
            yield ", "
        yield from _pieces(value)
    yield end


def _pieces(value: Value) -> Iterator[str]:
    """Yield the text of a value bit by bit, so that a long one is not written out."""
    match value:
        case list():
            yield from _joined("[", value, "]")
        case tuple():
            yield from _joined("(", value, ",)" if len(value) == 1 else ")")
        case Bag(members=()):
            yield "set()"
        case Bag(members=members):
            yield from _joined("{", members, "}")
        case Table(pairs=pairs):
            yield "{"
            for number, (key, held) in enumerate(pairs):
                yield ", " if number else ""
                yield from _pieces(key)
                yield ": "
                yield from _pieces(held)
            yield "}"
        case Foreign(text=text):
            yield text
        case str() | bytes():
            yield repr(value[: LONGEST + 1])
        case int() if value.bit_length() > LONGEST * 4:
            yield hex(value)  # decimal digits of a huge number cost time squared
        case _:
            yield repr(value)


def _replayed(entry: str, operations: list[Value]) -> Iterator[str]:
    """Yield the calls of a replay: the construction and one method after the other."""
    for number, operation in enumerate(operations):
        if not isinstance(operation, list):
            yield from _pieces(operation)
            continue
        yield "; " if number else ""
        if not number:
            named = operation[:1] in (["init"], ["__init__"], [entry])
            yield from _joined(f"{entry}(", operation[1:] if named else operation, ")")
        elif operation:
            yield from _joined(f"{operation[0]}(", operation[1:], ")")
