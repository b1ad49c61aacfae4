"""What a learner does to a card apart from answering it, and whether it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias, assert_never

POSTPONED_DAYS: Final = 14
"""Days that a card is put off for when nobody says how many."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What a learner decided about a card."""

    suspended: bool = False
    """Whether it is never asked."""
    buried_on: date | None = None
    """The study day on which it is not asked; it comes back on the next one."""
    flagged: bool = False
    """Whether it is marked to come back to."""
    note: str = ""
    """What was written down beside it."""

    def is_buried(self, today: date) -> bool:
        """Tell whether the card stays away on a study day because it was buried then."""
        return self.buried_on == today

    def is_held_back(self, today: date) -> bool:
        """Tell whether the card is not asked on a study day."""
        return self.suspended or self.is_buried(today)


UNTOUCHED: Final = Handling()
"""The handling of a card that nobody did anything to."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """The card was suspended, or released again."""

    is_on: bool
    """Whether it is suspended now."""


@dataclass(frozen=True, slots=True)
class Buried:
    """The card was put away for a day."""

    study_day: date
    """That day."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """The card was flagged, or the flag taken away."""

    is_on: bool
    """Whether it is flagged now."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note was written, or taken away."""

    text: str
    """The note; empty for none."""


Treatment: TypeAlias = Suspended | Buried | Flagged | Noted
"""One thing a learner did to a card, undone ones left out."""


def treat(handling: Handling, treatment: Treatment) -> Handling:
    """Return the handling after one more treatment."""
    match treatment:
        case Suspended(is_on=is_on):
            return replace(handling, suspended=is_on)
        case Buried(study_day=day):
            return replace(handling, buried_on=day)
        case Flagged(is_on=is_on):
            return replace(handling, flagged=is_on)
        case Noted(text=text):
            return replace(handling, note=text)
        case _:
            assert_never(treatment)


def handling_after(treatments: Iterable[Treatment]) -> Handling:
    """Return the handling that follows from all treatments of a card, oldest first."""
    handling = UNTOUCHED
    for treatment in treatments:
        handling = treat(handling, treatment)
    return handling
