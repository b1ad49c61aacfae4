"""How far each phase is: its cards, the things to make, its milestone and the gate at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from prepdeck.cards.roadmap import Mode, Roadmap, RoadPhase
from prepdeck.road.coverage import DeckShare, decks_counted
from prepdeck.road.items import Item, ItemKind, items_of
from prepdeck.road.pacing import Months, finish_months, months_between, scaled, waits_for
from prepdeck.road.standing import RoadStanding


class PhaseState(Enum):
    """How far a phase is."""

    AHEAD = "ahead"
    """Not begun."""
    UNDER_WAY = "under-way"
    """Begun, and not done."""
    DONE = "done"
    """Everything to make, its milestone and its gate are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseProgress:
    """How far one phase is."""

    phase: RoadPhase
    """The phase."""
    state: PhaseState
    """How far it is."""
    started: date | None
    """When it was begun, or something of it was made."""
    is_begun: bool
    """Whether the learner said that it begins."""
    begun: date | None = None
    """When the learner said so; None when it was not said."""
    decks: tuple[DeckShare, ...]
    """The decks that count for it: those it names, of a choice the chosen one."""
    items: tuple[Item, ...]
    """What is ticked off, in order: things to make with their checks, the milestone, the gate."""
    months: Months
    """How long it takes at the learner's hours a week."""
    over_after: Months
    """Months from the beginning of the road until it is over."""
    left: Months
    """What is left of it."""
    ends: tuple[date, date | None]
    """When it is over at the earliest and at the latest, if the road is gone on from today; today when it is done."""
    chosen: str | None = None
    """The deck that was chosen, for a phase that asks for a choice."""
    is_late: bool = False
    """Whether it is under way for longer than it takes at most."""
    waits_for: tuple[str, ...] = ()
    """Phases that come first."""

    @property
    def cards(self) -> int:
        """Cards of its decks."""
        return sum(deck.cards for deck in self.decks)

    @property
    def seen(self) -> int:
        """Those of them that were answered at least once."""
        return sum(deck.seen for deck in self.decks)

    @property
    def recall(self) -> float | None:
        """Mean recall by weight over the cards of its decks; 0-1, None without cards."""
        weight = sum(deck.weight for deck in self.decks)
        return sum(deck.known for deck in self.decks) / weight if weight else None

    @property
    def things(self) -> tuple[Item, ...]:
        """What it is done by: everything that is ticked off but single checks."""
        return tuple(each for each in self.items if each.kind is not ItemKind.CHECK)

    @property
    def things_done(self) -> int:
        """How many of them are done."""
        return sum(each.is_done for each in self.things)

    @property
    def share(self) -> float:
        """How far it is, 0-1: the mean of the share of its cards that were seen and of its things that are done.

        A part that the phase does not have is left out, and a phase that is done is at 1: its gate decides, not the
        last card. It is a bar's length and stands beside its parts.
        """
        if self.state is PhaseState.DONE:
            return 1.0
        parts = []
        if self.cards:
            parts.append(self.seen / self.cards)
        if self.things:
            parts.append(self.things_done / len(self.things))
        return sum(parts) / len(parts) if parts else 0.0

    @property
    def next_item(self) -> Item | None:
        """The first thing that is not done."""
        return next((each for each in self.things if not each.is_done), None)


def phases_of(
    roadmap: Roadmap,
    standing: RoadStanding,
    decks: Mapping[str, DeckShare],
    today: date,
    hours: float,
) -> tuple[PhaseProgress, ...]:
    """Return how far every phase is.

    Args:
        roadmap: The road.
        standing: What the learner did on it.
        decks: What is known of each deck that is named, by slug.
        today: The study day.
        hours: Hours a week the learner has for the road.
    """
    lengths = {phase.id: scaled(phase.months, roadmap.hours_a_week, hours) for phase in roadmap.phases}
    over_after = finish_months(roadmap.phases, lengths)
    waits = waits_for(roadmap.phases)
    looks = {phase.id: _look_at(phase, standing, decks) for phase in roadmap.phases}
    spent = {slug: _months_spent(look, [looks[first] for first in waits[slug]], today) for slug, look in looks.items()}
    left = {
        slug: Months(0.0, 0.0) if look.state is PhaseState.DONE else lengths[slug].less(spent[slug])
        for slug, look in looks.items()
    }
    ends = finish_months(roadmap.phases, left)
    found = []
    for phase in roadmap.phases:
        look, high = looks[phase.id], lengths[phase.id].high
        found.append(
            PhaseProgress(
                phase=phase,
                state=look.state,
                started=look.started,
                is_begun=look.begun is not None,
                begun=look.begun,
                decks=look.decks,
                items=look.items,
                months=lengths[phase.id],
                over_after=over_after[phase.id],
                left=left[phase.id],
                ends=(today, today) if look.state is PhaseState.DONE else ends[phase.id].after(today),
                chosen=standing.chosen_deck(phase.id),
                is_late=look.state is PhaseState.UNDER_WAY and high is not None and spent[phase.id] > high,
                waits_for=waits[phase.id],
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a phase is by itself, before the others are looked at."""

    items: tuple[Item, ...]
    decks: tuple[DeckShare, ...]
    begun: date | None
    made: tuple[date, ...]
    state: PhaseState

    @property
    def started(self) -> date | None:
        """When the learner began it, or made something of it before."""
        return min((*self.made, *([self.begun] if self.begun is not None else ())), default=None)


def _look_at(phase: RoadPhase, standing: RoadStanding, decks: Mapping[str, DeckShare]) -> _Look:
    items = items_of(phase, standing)
    shares = tuple(decks[slug] for slug in decks_counted(phase, standing.chosen_deck(phase.id)) if slug in decks)
    begun = standing.started.get(phase.id)
    made = tuple(piece.day for item in items for piece in item.pieces)
    state = _state(items, shares, is_started=begun is not None or bool(made))
    return _Look(items, shares, begun, made, state)


def _months_spent(look: _Look, firsts: Sequence[_Look], today: date) -> float:
    """Return how many months a phase was worked on.

    They count from the day the learner began it. Without a word they count from the first thing made, yet not while
    phases that come first are open: a resume written early does not make the last phase late.
    """
    day = look.begun
    if day is None and look.made and all(first.state is PhaseState.DONE for first in firsts):
        day = max([min(look.made), *(max(first.made) for first in firsts if first.made)])
    return 0.0 if day is None else months_between(day, today)


def _state(items: Sequence[Item], decks: Sequence[DeckShare], *, is_started: bool) -> PhaseState:
    things = [each for each in items if each.kind is not ItemKind.CHECK]
    cards = sum(deck.cards for deck in decks)
    if things and all(each.is_done for each in things):
        return PhaseState.DONE
    if not things and cards and all(deck.seen == deck.cards for deck in decks):
        return PhaseState.DONE
    return PhaseState.UNDER_WAY if is_started else PhaseState.AHEAD


def current_phase(phases: Sequence[PhaseProgress]) -> PhaseProgress | None:
    """Return the phase of the row that the learner is in: the last one begun and not done, else the next one.

    A thing made ahead of its time begins no phase. None when every phase of the row is done.
    """
    row = [each for each in phases if each.phase.mode is Mode.SEQUENCE]
    begun = [each for each in row if each.is_begun and each.state is not PhaseState.DONE]
    if begun:
        return max(begun, key=lambda each: (each.begun or date.min, each.phase.number))
    last_done = max((number for number, each in enumerate(row) if each.state is PhaseState.DONE), default=-1)
    return next((each for each in (*row[last_done + 1 :], *row) if each.state is not PhaseState.DONE), None)


def find_item(phases: Iterable[PhaseProgress], steps: Iterable[Item], slug: str) -> Item | None:
    """Return the item of that slug, or None."""
    everything = (*(item for each in phases for item in each.items), *steps)
    return next((each for each in everything if each.id == slug), None)
