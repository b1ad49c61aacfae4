"""Lists a learner keeps beside the decks: things to show, applications and contacts, each entry with fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final
from urllib.parse import urlsplit

from prepdeck.errors import UsageError
from prepdeck.text.cleaning import clean_line

LONGEST_TEXT: Final = 500
"""Characters of one field."""
LONGEST_LINK: Final = 2_000
"""Characters of a link."""
NOT_IN_LINKS: Final = frozenset('\\<>"{}|^`')
"""Signs that no web address holds as they are (RFC 3986, section 2)."""


class ListKind(Enum):
    """One of the lists."""

    DELIVERABLES = "deliverables"
    """Things to make that the learner added to those of the road."""
    PORTFOLIO = "portfolio"
    """Pieces to show."""
    APPLICATIONS = "applications"
    """Jobs applied for."""
    CONTACTS = "contacts"
    """People."""


class FieldSort(Enum):
    """What a field may hold."""

    TEXT = "text"
    """A line of words."""
    LINK = "link"
    """A web address."""
    DAY = "day"
    """A day, as `2026-12-10`."""
    CHOICE = "choice"
    """One of a few words."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the entries of a list."""

    name: str
    """As it is kept, and as the command line calls it."""
    title: str
    """What people read."""
    sort: FieldSort = FieldSort.TEXT
    """What it may hold."""
    choices: tuple[str, ...] = ()
    """Every word of a choice; the first one is that of a new entry."""
    closing: frozenset[str] = frozenset()
    """Those of them that end an entry."""
    hint: str = ""
    """What to write, for one who has not done it before."""


def _status(choices: tuple[str, ...], *closing: str) -> Field:
    return Field("status", "Status", FieldSort.CHOICE, choices, frozenset(closing))


_LINK: Final = Field("link", "Link", FieldSort.LINK, hint="https://...")
_NEXT: Final = (
    Field("next", "Next", hint="what to do next"),
    Field("on", "On", FieldSort.DAY, hint="2026-12-10, or +7 for in a week"),
    Field("note", "Note"),
)
FIELDS: Final[Mapping[ListKind, tuple[Field, ...]]] = {
    ListKind.DELIVERABLES: (
        Field("title", "What", hint="what others can look at"),
        Field("phase", "Phase", hint="its number, 1-8"),
        _status(("open", "done"), "done"),
        _LINK,
        *_NEXT,
    ),
    ListKind.PORTFOLIO: (
        Field("title", "Piece", hint="what it is called"),
        Field("sort", "Kind", hint="traditional ML, deep learning, deployment"),
        _status(("idea", "building", "published"), "published"),
        _LINK,
        *_NEXT,
    ),
    ListKind.APPLICATIONS: (
        Field("company", "Company", hint="who hires"),
        Field("role", "Role", hint="ML engineer, data scientist, software engineer"),
        _status(
            (
                "interested",
                "applied",
                "screening",
                "interviews",
                "offer",
                "accepted",
                "rejected",
                "withdrawn",
                "closed",
            ),
            "accepted",
            "rejected",
            "withdrawn",
            "closed",
        ),
        _LINK,
        *_NEXT,
    ),
    ListKind.CONTACTS: (
        Field("name", "Name", hint="who it is"),
        Field("company", "Company"),
        _status(("open", "closed"), "closed"),
        _LINK,
        *_NEXT,
    ),
}
"""The fields of each list, the one that names an entry first."""


def fields_of(kind: ListKind) -> tuple[Field, ...]:
    """Return the fields of a list, the one that names an entry first."""
    return FIELDS[kind]


def status_field(kind: ListKind) -> Field:
    """Return the field that says whether an entry is over."""
    return next(each for each in FIELDS[kind] if each.name == "status")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list."""

    id: str
    """Name of the deed that made it."""
    kind: ListKind
    """The list."""
    added: date
    """The study day it was added on."""
    changed: date
    """The study day of its last change."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What its fields hold, by name; empty ones are left out."""

    @property
    def title(self) -> str:
        """What names it."""
        return self.values.get(FIELDS[self.kind][0].name, "")

    @property
    def status(self) -> str:
        """How far it is."""
        status = status_field(self.kind)
        return self.values.get(status.name, status.choices[0])

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.status not in status_field(self.kind).closing

    @property
    def link(self) -> str:
        """Where it can be seen; empty when nowhere."""
        return self.values.get("link", "")

    @property
    def next_on(self) -> date | None:
        """The day of the next action; None without one."""
        try:
            return date.fromisoformat(self.values["on"])
        except (KeyError, ValueError):
            return None


def closing_status(kind: ListKind) -> str:
    """Return the status that `done` gives an entry."""
    status = status_field(kind)
    return status.choices[-1]


def read_link(words: str) -> str:
    """Return a web address as it is kept; empty stays empty.

    Raises:
        UsageError: When it is none.
    """
    link = clean_line(words).strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    is_whole = not any(each.isspace() or each in NOT_IN_LINKS for each in link)
    is_address = parts.scheme in {"http", "https"} and bool(host) and is_whole
    if not is_address or len(link) > LONGEST_LINK:
        raise UsageError(f"{link[:60]!r} is no web address", "write it whole, such as https://github.com/you/project")
    return link


def checked(kind: ListKind, values: Mapping[str, str], today: date, before: Entry | None = None) -> dict[str, str]:
    """Return what the fields of an entry hold from now on; empty ones are left out.

    Args:
        kind: The list.
        values: What was said, by field; fields that are not named stay as they are.
        today: The study day; a next action lies on it or ahead.
        before: The entry as it was; None for a new one.

    Raises:
        UsageError: When a field holds what it may not, or what names the entry is missing.
    """
    known = {each.name: each for each in FIELDS[kind]}
    kept = dict(before.values) if before is not None else {}
    for name, words in values.items():
        if name not in known:
            raise UsageError(f"{kind.value} have no field {name[:40]!r}", f"fields: {', '.join(known)}")
        value = _checked_field(known[name], words, today, kept.get(name, ""))
        kept[name] = value
    first = FIELDS[kind][0]
    if not kept.get(first.name):
        raise UsageError(f"{first.title.lower()} is missing", f"say {first.hint or first.title.lower()}")
    return {name: kept[name] for name in known if kept.get(name)}


def _checked_field(field_: Field, words: str, today: date, before: str) -> str:
    text = clean_line(words).strip()
    if not text:
        return ""
    if len(text) > LONGEST_TEXT and field_.sort is not FieldSort.LINK:
        raise UsageError(f"{field_.title.lower()} is too long", f"use at most {LONGEST_TEXT} characters")
    match field_.sort:
        case FieldSort.LINK:
            return read_link(text)
        case FieldSort.CHOICE:
            if text.lower() not in field_.choices:
                raise UsageError(f"{text[:40]!r} is no {field_.title.lower()}", f"one of: {', '.join(field_.choices)}")
            return text.lower()
        case FieldSort.DAY:
            return _checked_day(field_, text, today, before)
        case FieldSort.TEXT:
            return text


def _checked_day(field_: Field, text: str, today: date, before: str) -> str:
    """Return a day that lies ahead; one that was kept before may have come to pass meanwhile."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text[:40]!r} is not a day", field_.hint) from None
    if day < today and day.isoformat() != before:
        raise UsageError(f"{day} is over", f"a next action lies ahead; today is {today}")
    return day.isoformat()
