"""A mock while it is sat: what faces hold, how its clock goes on, and how what happens is stored.

A face keeps a `Sat` and replaces it by what these functions return. `ticked` and `happened` touch no store, so that a
key answers at once; `store_pending` writes what has gathered, in one transaction, and `stored` takes it off the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from prepdeck.cards.blueprint import StarTiming
from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.cards.rubric import Rubric, VerdictScale
from prepdeck.errors import UsageError
from prepdeck.host.processes import own_token
from prepdeck.interview.events import Event, Gapped, TimeRanOut, Twisted, Written
from prepdeck.interview.mock import End, Mock, State
from prepdeck.interview.running import advanced, happen
from prepdeck.interview.timekeeping import GapKind, Lapse, Reading, lapse_between
from prepdeck.study.mock_owners import hold

if TYPE_CHECKING:
    from prepdeck.store.logbook import Logbook
    from prepdeck.study.desk import Desk

AUTOSAVE_SECONDS: Final = 3
"""How often a face stores what has gathered."""


@dataclass(frozen=True, kw_only=True)
class Sat:
    """A mock being sat, marked or looked at, with the cards it asks."""

    id: str
    """Name of the mock in the store."""
    began: datetime
    """When it began, on the wall clock."""
    day: date
    """The study day it began."""
    mock: Mock
    """The mock."""
    cards: Mapping[CardId, Card]
    """The cards of its questions; one that left its deck is missing."""
    rubric: Rubric | None
    """What judges it; None for a drill."""
    scale: VerdictScale | None
    """How marks become a verdict."""
    star: StarTiming | None
    """The clock of stories."""
    stories: tuple[tuple[CardId, str], ...] = ()
    """The candidate's own stories, name and title, for prompts to be answered with."""
    read: Reading
    """What the clocks showed at `read_ms`."""
    read_ms: int = 0
    """True milliseconds since the mock began, at `read`."""
    pending: tuple[Event, ...] = ()
    """What happened and is not stored yet, oldest first."""
    loop: str | None = None
    """The loop it is a round of."""
    words: tuple[str, ...] = field(default=())
    """What is worth a sentence: a gap that was noticed, a clock that was changed."""


def moment_ms(sat: Sat, reading: Reading) -> int:
    """Return the true milliseconds since the mock began, at a reading of the clocks; never less than is known."""
    return sat.read_ms + lapse_between(sat.read, reading).milliseconds


def ticked(sat: Sat, reading: Reading, *, was_waiting: bool = False) -> Sat:
    """Return the mock as it stands now; a gap since the last reading is an event, and half-time brings the twist.

    Args:
        sat: The mock.
        reading: What the clocks show now.
        was_waiting: Whether the program only waited for a line meanwhile, which is no absence however long it took.
    """
    lapse = lapse_between(sat.read, reading)
    if was_waiting and lapse.gap is not None and lapse.gap.kind is GapKind.AWAY:
        lapse = Lapse(lapse.milliseconds)
    now = sat.read_ms + lapse.milliseconds
    sat = replace(sat, read=reading, read_ms=now)
    if sat.mock.is_over:
        return sat
    if lapse.gap is not None and sat.mock.state is State.RUNNING:
        sat = replace(happened(sat, Gapped(now, lapse.gap)), words=(*sat.words, gap_words(lapse.gap.kind, sat.mock)))
    if advanced(sat.mock, now).is_over:
        return happened(sat, TimeRanOut(now))
    sat = replace(sat, mock=advanced(sat.mock, now))
    question = sat.mock.stop.question
    if (
        question is not None
        and sat.mock.state is State.RUNNING
        and sat.mock.is_half_time
        and sat.mock.questions[question].has_twist
        and not sat.mock.answers[question].is_twisted
    ):
        sat = happened(sat, Twisted(now, question))
    return sat


def happened(sat: Sat, event: Event) -> Sat:
    """Return the mock after an event, which waits to be stored.

    Raises:
        UsageError: When it cannot happen now; the mock stays as it is.
    """
    if isinstance(event, Written) and is_being_marked(sat.mock):
        # Not a rule of the core: stored notes are replayed behind everything else.
        raise UsageError("the mock is being marked: its answers are locked")
    mock = happen(sat.mock, event)
    pending = sat.pending
    if (
        isinstance(event, Written)
        and pending
        and isinstance(last := pending[-1], Written)
        and last.sheet == event.sheet
    ):
        pending = pending[:-1]  # only the newest text of a sheet counts
    return replace(sat, mock=mock, pending=(*pending, event))


def is_being_marked(mock: Mock) -> bool:
    """Tell whether marking has begun: its verdict was predicted, its code was judged, or its marks were saved."""
    return mock.prediction is not None or mock.is_saved or any(each.judged is not None for each in mock.answers)


def waits_for_prediction(sat: Sat) -> bool:
    """Tell whether a mock that is over is still to be predicted, before anything is revealed."""
    is_judged = sat.rubric is not None and sat.scale is not None and sat.mock.end is not End.ABANDONED
    return is_judged and sat.mock.prediction is None and not sat.mock.is_saved


def gap_words(kind: GapKind, mock: Mock) -> str:
    """Return one sentence on a gap that was noticed."""
    match kind:
        case GapKind.CLOCK_CHANGE:
            return "The machine's clock was changed; the time left stays right."
        case GapKind.SLEEP:
            told = "The machine slept"
        case GapKind.AWAY:
            told = "The program stood still"
    return f"{told}; {'a strict clock ran on' if mock.is_strict else 'that time is left out'}."


def store_pending(desk: Desk, sat: Sat) -> tuple[Event, ...]:
    """Store what has gathered, and that the mock is alive; return the events that are stored now.

    Raises:
        StoreError: When it could not be stored; nothing of it was.
        UsageError: When another program sits this mock by now; nothing was stored.
    """
    with desk.store.writing() as log:
        if not hold(log, sat.id, own_token()) and not sat.mock.is_over and _is_over(log, sat.id):
            raise UsageError("this mock was ended in another window", "what is written here since is not stored")
        if sat.pending:
            log.mocks.append(sat.id, sat.pending, at=desk.clock.now(), read=sat.read, seen_ms=sat.read_ms)
        else:
            log.mocks.beat(sat.id, sat.read, sat.read_ms)
    return sat.pending


def _is_over(log: Logbook, name: str) -> bool:
    kept = log.mocks.get(name)
    return kept is not None and kept.replayed().is_over


def stored(sat: Sat, events: tuple[Event, ...]) -> Sat:
    """Return the mock without the events that are stored now; what happened while they were written still waits."""
    return replace(sat, pending=tuple(each for each in sat.pending if not any(each is one for one in events)))


def read_now(desk: Desk) -> Reading:
    """Return what the clocks show now."""
    from prepdeck.host.clock import read_clocks

    return read_clocks(desk.clock)
