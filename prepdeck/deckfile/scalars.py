"""Fields that hold one plain value: names, yes or no, whole numbers, days, words of a list."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import TypeVar

from prepdeck.cards.ids import is_slug
from prepdeck.deckfile.fault import Fault, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Scalar
from prepdeck.deckfile.schema import Reader, report_shape

E = TypeVar("E", bound=Enum)

WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
"""A whole number as it is written: no sign, no leading zero, no exponent."""

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A day as it is written."""

CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-9]{2})")
"""A length of time written as on a clock."""

SLUG_HELP = "use 1-64 of a-z, 0-9, - and _, beginning with a letter or digit"
"""What a slug is."""

_LOOSE_DAY = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")

NO_WORDS = frozenset({"no", "off", "n", "f", "0", "disabled"})
YES_WORDS = frozenset({"yes", "on", "y", "t", "1", "enabled"})


def written(notes: Findings, name: str, node: Node, example: str) -> str | None:
    """Return the characters of a value that must be one word or number; None after reporting another shape."""
    if not isinstance(node, Scalar):
        report_shape(notes, name, node, "one value", f"write `{plain(name)}: {example}`")
        return None
    if not node.text:
        help_text = f"write `{plain(name)}: {example}`, or delete the line if the field may be left out"
        notes.report(node, Fault("E025", f"{plain(name)} is empty", "nothing here", help=help_text))
        return None
    return node.text


def read_slug(notes: Findings, name: str, node: Node) -> str | None:
    """Return a slug."""
    if isinstance(node, Scalar) and is_slug(node.text):
        return node.text
    text = written(notes, name, node, "its-name")
    if text is not None:
        refuse_slug(notes, name, node, text)
    return None


def refuse_slug(notes: Findings, name: str, node: Node, text: str) -> None:
    """Say that `text` is no slug, and what it could be instead."""
    slug = re.sub(r"[^a-z0-9_-]+", "-", text.lower()).strip("-_")[:64]
    help_text = f"{SLUG_HELP}: {quoted(slug)}" if is_slug(slug) else SLUG_HELP
    message = f"{plain(name)} is not a slug: {quoted(text)}"
    is_sure = is_slug(slug) and not set(text) & set("/\\.")  # a path is not a name written badly
    notes.report(node, Fault("E026", message, "not a slug", help=help_text, fix=slug if is_sure else None))


def read_boolean(notes: Findings, name: str, node: Node) -> bool | None:
    """Return True or False, written `true` or `false` and no other way."""
    text = written(notes, name, node, "true")
    if text is None:
        return None
    if text in {"true", "false"}:
        return text == "true"
    meant = {"true": "true", "false": "false"}.get(text.lower())
    meant = meant or ("true" if text.lower() in YES_WORDS else "false" if text.lower() in NO_WORDS else None)
    help_text = f"write {meant}" if meant else "write true or false"
    fault = Fault(
        "E031",
        f"{plain(name)} must be true or false, not {quoted(text)}",
        "not true or false",
        ("false", "true"),
        help_text,
        fix=meant,
    )
    notes.report(node, fault)
    return None


def whole_between(low: int, high: int) -> Reader:
    """Return the reader of a whole number from `low` to `high`."""
    # Levels and weights stand in every card, and looking up a digit is three times as fast as judging it.
    digits = {str(number): number for number in range(low, min(high, 9) + 1)}

    def read_whole(notes: Findings, name: str, node: Node) -> int | None:
        if isinstance(node, Scalar) and node.text in digits:
            return digits[node.text]
        text = written(notes, name, node, str(low))
        if text is None:
            return None
        if WHOLE.fullmatch(text) and low <= int(text) <= high:
            return int(text)
        clock = CLOCK.fullmatch(text)
        fix: str | None = None
        if clock is not None and name == "seconds":
            hours, minutes, seconds = (int(part or 0) for part in clock.groups())
            fix = str(hours * 3600 + minutes * 60 + seconds)
            help_text = f"write the seconds: {fix}"
        elif text.strip("0").isdecimal() and WHOLE.fullmatch(text.lstrip("0")):
            fix = text.lstrip("0") if text.startswith("0") else None
            help_text = f"write {fix}" if fix else f"write {low} to {high}"
        else:
            help_text = f"write a number from {low} to {high}, digits only"
        message = f"{plain(name)} must be a whole number from {low} to {high}, not {quoted(text)}"
        fix = fix if fix is not None and low <= int(fix) <= high else None
        notes.report(node, Fault("E030", message, f"not {low} to {high}", help=help_text, fix=fix))
        return None

    return read_whole


def read_day(notes: Findings, name: str, node: Node) -> date | None:
    """Return a day of the calendar, written `2026-01-31`."""
    text = written(notes, name, node, "2026-01-31")
    if text is None:
        return None
    if DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            fault = Fault("E032", f"there is no day {text}", "no such day", help="check month and day")
    else:
        meant = _day_meant(text)
        help_text = f"write year-month-day: {meant or '2026-01-31'}"
        fault = Fault("E032", f"{plain(name)} is not a day: {quoted(text)}", "not a day", help=help_text, fix=meant)
    notes.report(node, fault)
    return None


def _day_meant(text: str) -> str | None:
    """Return the day of a text that has the year first, with other signs or without zeros; None for any other text."""
    match = _LOOSE_DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    except ValueError:
        return None


def one_of_enum(values: type[E]) -> Reader:
    """Return the reader of one word of an enumeration."""
    words = {member.value: member for member in values}
    read_word = one_of(tuple(words))

    def read_member(notes: Findings, name: str, node: Node) -> E | None:
        word = read_word(notes, name, node)
        return None if word is None else words[word]

    return read_member


def one_of(words: tuple[str, ...]) -> Reader:
    """Return the reader of one word out of `words`."""
    known = tuple(sorted(words))

    def read_word(notes: Findings, name: str, node: Node) -> str | None:
        text = written(notes, name, node, known[0])
        if text is None or text in words:
            return text
        message = f"{plain(name)} is not known: {quoted(text)}"
        help_text = notes.did_you_mean(text, known, "write one of the known words")
        notes.report(node, Fault("E029", message, "not known", known, help_text, notes.meant(text, known)))
        return None

    return read_word


def list_of(reader: Reader, example: str) -> Reader:
    """Return the reader of a list whose entries `reader` reads."""

    def read_list(notes: Findings, name: str, node: Node) -> tuple[object, ...] | None:
        if not isinstance(node, Listing):
            report_shape(notes, name, node, "a list", f"write `{plain(name)}: {example}`")
            return None
        values = [reader(notes, f"an entry of {name}", item) for item in node.items]
        return tuple(value for value in values if value is not None)

    return read_list


def some_of(reader: Reader, example: str) -> Reader:
    """Return the reader of a list of at least one entry, each read by `reader`."""
    read_list = list_of(reader, example)

    def read_some(notes: Findings, name: str, node: Node) -> tuple[object, ...] | None:
        if isinstance(node, Listing) and not node.items:
            refuse_empty_list(notes, name, node, f"`{plain(name)}: {example}`")
            return None
        values: tuple[object, ...] | None = read_list(notes, name, node)
        return values

    return read_some


def refuse_empty_list(notes: Findings, name: str, node: Listing, example: str) -> None:
    """Say that a list has no entry where one is needed."""
    if not notes.is_marred(node):
        fault = Fault("E057", f"{plain(name)} holds no entry", "at least one is needed", help=f"write {example}")
        notes.report(node, fault)
