"""Values that go into a test and come out of it: the only place of a deck where unquoted words have a type.

`null`, `true`, `false` and numbers are what they are in JSON, infinities and NaN beside them; whatever stands in quotes
or is any other word is text. What is kept is JSON text, so that reading a deck builds nothing of an author's choosing.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from prepdeck.deckfile.fault import Fault, character_name, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Refused, Scalar, Table
from prepdeck.deckfile.quantities import NUMBER
from prepdeck.deckfile.texts import (
    MAX_LINES,
    first_hidden,
    is_too_long,
    refuse_length,
    warn_of_comment,
)
from prepdeck.text.cleaning import clean

MAX_DIGITS = 400
"""Most characters of a number in a test; Python refuses to convert ten times as many."""

WORDS: dict[str, bool | float | None] = {
    "null": None,
    "~": None,
    "true": True,
    "false": False,
    "inf": float("inf"),
    "-inf": float("-inf"),
    ".inf": float("inf"),
    "-.inf": float("-inf"),
    "nan": float("nan"),
    ".nan": float("nan"),
}
"""Unquoted words that are no text."""

_NUMERALS = "+-0123456789._eE"

_ENCODER = json.JSONEncoder(ensure_ascii=False)

LOOKALIKES = {
    "none": "null",
    "null": "null",
    "true": "true",
    "false": "false",
    "nan": "nan",
    "inf": "inf",
    "infinity": "inf",
}
"""What other spellings, in small letters, probably mean."""

INTEGER = re.compile(r"[+-]?(?:0|[1-9][0-9]*(?:_[0-9]+)*)")
"""A whole number, which stays whole."""

ALMOST_NUMBER = re.compile(
    r"[+-]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9]+)?|[0-9]+(?:,[0-9]+)+|0[xX][0-9a-fA-F]+)"
)
"""What is nearly a number and therefore text."""


def read_json(notes: Findings, name: str, node: Node) -> str | None:
    """Return a value as JSON; None after reporting what is wrong."""
    before = notes.error_count
    value = value_of(notes, name, node)
    return None if notes.error_count > before else to_json(value)


def to_json(value: object) -> str:
    """Return the one JSON text of a value; characters stand for themselves unless a terminal would obey them."""
    text = _ENCODER.encode(value)
    if text.isascii() and "\x7f" not in text:
        return text
    return text if clean(text) == text else json.dumps(value).replace("\x7f", "\\u007f")


def value_of(notes: Findings, name: str, node: Node) -> Any:
    """Return a value as Python's json module would; what is wrong is reported and gives None."""
    match node:
        case Scalar():
            return _text_of(notes, name, node) if node.style else _unquoted(notes, name, node)
        case Listing(items=items):
            return [value_of(notes, name, item) for item in items]
        case Table(entries=entries):
            for key in entries:
                if not notes.is_full and clean(key) != key:
                    # Where a key ends is not kept: it has its characters in the file, and perhaps two quotes.
                    start = node.key(key).start
                    _warn_of_hidden(notes, Scalar(key, start, start + len(key) + 2, '"'), key)
            return {key: value_of(notes, name, value) for key, value in entries.items()}
        case Refused():
            return None


def _unquoted(notes: Findings, name: str, node: Scalar) -> Any:
    text = node.text
    if len(text) > MAX_DIGITS:
        return _long(notes, name, node)
    value = _well_known(text)
    if value is not _UNKNOWN:
        return value
    if NUMBER.fullmatch(text) and not _has_leading_zero(text):
        return _number(notes, node)
    if not text:
        message = f"a value of {plain(name)} is empty"
        notes.report(node, Fault("E025", message, "nothing here", help='write null, or "" for no text'))
        return None
    meant = LOOKALIKES.get(text.lstrip("+-.").lower())
    if meant == "inf" and text.startswith("-"):
        meant = "-inf"
    if meant is not None or ALMOST_NUMBER.fullmatch(text):
        _warn_of_lookalike(notes, node, meant)
    return _text_of(notes, name, node)


def _long(notes: Findings, name: str, node: Scalar) -> str | None:
    """Return a text that is too long to be a number, and report a number that is."""
    text = node.text
    if text.strip(_NUMERALS):
        return _text_of(notes, name, node)
    message = f"a number of {plain(name)} has {len(text):,} characters; at most {MAX_DIGITS} are allowed"
    help_text = "put it in quotes if it is text, or let an expression make it: in: '(10**500,)'"
    notes.report(node, Fault("E060", message, "too long", help=help_text))
    return None


@lru_cache(maxsize=4096)
def _well_known(text: str) -> Any:
    """Return what a word or a whole number stands for; tests hold the same few again and again."""
    if INTEGER.fullmatch(text):
        return int(text)
    return WORDS.get(text, _UNKNOWN)


_UNKNOWN = object()


def is_value(text: str) -> bool:
    """Tell whether unquoted `text` is a value other than text, or looks like one."""
    if len(text) > MAX_DIGITS:
        return not text.strip(_NUMERALS)
    is_word = text in WORDS or text.lstrip("+-.").lower() in LOOKALIKES
    return is_word or bool(NUMBER.fullmatch(text) or ALMOST_NUMBER.fullmatch(text))


def _has_leading_zero(text: str) -> bool:
    digits = text.lstrip("+-")
    return digits[:1] == "0" and digits[1:2].isdecimal()


def _number(notes: Findings, node: Scalar) -> float | None:
    text = node.text
    number = float(text)
    mantissa = re.split("[eE]", text)[0]
    if abs(number) == float("inf") or (number == 0 and mantissa.strip("+-0._")):
        message = f"{quoted(text)} is beyond what a float can hold"
        notes.report(node, Fault("E060", message, "too far", help="write inf, -inf or 0.0 if that is meant"))
        return None
    return number


def _text_of(notes: Findings, name: str, node: Scalar) -> str:
    text = node.text
    if len(text) >= MAX_LINES and is_too_long(text):
        refuse_length(notes, name, node, text)
    if not node.style:
        warn_of_comment(notes, node)
    if not notes.is_full and clean(text) != text:
        _warn_of_hidden(notes, node, text)
    return text


def _warn_of_lookalike(notes: Findings, node: Scalar, meant: str | None) -> None:
    help_text = f'write "{plain(node.text)}" in quotes to say so' + (
        f", or {meant}" if meant else ", or a plain number"
    )
    message = f"{quoted(node.text)} is text here"
    notes.report(node, Fault("W105", message, "read as text", help=help_text))


def _warn_of_hidden(notes: Findings, node: Scalar, text: str) -> None:
    """Warn of what hides in a text, unless an escape in double quotes already makes it plain to see."""
    first = first_hidden(text)
    raw = notes.text[node.start : node.end]
    if (clean(raw) == raw) if first is None else (first not in raw):
        return
    what = "a pile of combining marks" if first is None else character_name(first)
    help_text = "write it as an escape in double quotes" + ("" if first is None else f": \\U{ord(first):08x}")
    message = f"the text holds {what}, which is not shown as it is"
    notes.report(node, Fault("W102", message, "does not show", help=help_text))
