"""What a learner did on the road: each deed is one entry of the action log, and undo takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from prepdeck.road.lists import ListKind


@dataclass(frozen=True, slots=True)
class Started:
    """A phase was begun."""

    phase: str
    """Slug of the phase."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something to make, to pass or to tick is done."""

    item: str
    """Its slug on the road."""
    link: str = ""
    """Where it can be seen; empty when nowhere."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """Something is not done after all, a phase not begun, or a specialisation not chosen."""

    item: str
    """Slug of the item, the phase or the chosen deck."""


@dataclass(frozen=True, slots=True)
class Chose:
    """One deck of a phase that asks for a choice; the others stay out of the daily queue."""

    phase: str
    """Slug of the phase."""
    deck: str
    """Slug of the deck that was chosen; empty when none is any more."""
    others: tuple[str, ...] = ()
    """The decks it was chosen from, itself left out."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """The learner's own view of the skills."""

    levels: Mapping[str, int] = field(default_factory=dict)
    """1-4 by skill."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A line of a day's plan was worked on, or was not after all."""

    line: str
    """Name of the line, such as `road`."""
    is_done: bool = True
    """Whether it was."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry of a list as it is from now on."""

    kind: ListKind
    """The list."""
    entry: str
    """The deed that made the entry; empty when this one does."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What its fields hold."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """An entry of a list was removed."""

    kind: ListKind
    """The list."""
    entry: str
    """The deed that made it."""


Deed: TypeAlias = Started | Done | Reopened | Chose | Assessed | Ticked | Kept | Dropped
"""One thing a learner did on the road."""


@dataclass(frozen=True, slots=True)
class Told:
    """A deed with its place in the log."""

    id: str
    """Name of its entry."""
    day: date
    """The study day it counts on."""
    deed: Deed
    """What was done."""
