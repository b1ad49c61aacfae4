"""Where a learner stands on the road: all deeds put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from prepdeck.road.deeds import Assessed, Chose, Done, Dropped, Kept, Reopened, Started, Ticked, Told
from prepdeck.road.lists import Entry, ListKind


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that was made or passed."""

    day: date
    """The study day it was done on."""
    link: str = ""
    """Where it can be seen; empty when nowhere."""


@dataclass(frozen=True, slots=True)
class RoadStanding:
    """Everything a learner did on the road that still counts."""

    started: Mapping[str, date] = field(default_factory=dict)
    """By phase the study day it was begun on."""
    done: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    """By item what was made, the earliest first."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """By phase the deck that was chosen."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """The learner's own view of each skill, 1-4."""
    assessed_on: date | None = None
    """The study day of that view; None when nobody asked yet."""
    ticks: frozenset[tuple[date, str]] = frozenset()
    """Lines of plans that were worked on, each with its study day."""
    entries: tuple[Entry, ...] = ()
    """Entries of all lists, in the order they were added."""

    def entries_of(self, kind: ListKind) -> tuple[Entry, ...]:
        """Return the entries of one list, in the order they were added."""
        return tuple(each for each in self.entries if each.kind is kind)

    def chosen_deck(self, phase: str) -> str | None:
        """Return the deck that was chosen for a phase, or None."""
        return self.chosen.get(phase)


def standing_of(told: Iterable[Told]) -> RoadStanding:
    """Return where some deeds lead, in the order of the log; one about something that is gone changes nothing."""
    started: dict[str, date] = {}
    done: dict[str, tuple[Piece, ...]] = {}
    chosen: dict[str, str] = {}
    levels: Mapping[str, int] = {}
    assessed_on: date | None = None
    ticks: set[tuple[date, str]] = set()
    entries: dict[str, Entry] = {}
    for each in told:
        match each.deed:
            case Started(phase=phase):
                started.setdefault(phase, each.day)  # two machines may both begin it; the first day counts
            case Done(item=item, link=link):
                done[item] = (*done.get(item, ()), Piece(each.day, link))
            case Reopened(item=item):
                started.pop(item, None)
                done[item] = done.get(item, ())[:-1]
            case Chose(phase=phase, deck=deck):
                chosen[phase] = deck
            case Assessed(levels=levels):
                assessed_on = each.day
            case Ticked(line=line, is_done=is_done):
                (ticks.add if is_done else ticks.discard)((each.day, line))
            case Kept(kind=kind, entry=name, values=values):
                known = entries.get(name)
                if known is not None:
                    entries[name] = Entry(name, known.kind, known.added, each.day, values)
                elif not name:
                    entries[each.id] = Entry(each.id, kind, each.day, each.day, values)
            case Dropped(entry=name):
                entries.pop(name, None)
            case never:
                assert_never(never)
    return RoadStanding(
        started=started,
        done={item: pieces for item, pieces in done.items() if pieces},
        chosen={phase: deck for phase, deck in chosen.items() if deck},
        levels=levels,
        assessed_on=assessed_on,
        ticks=frozenset(ticks),
        entries=tuple(entries.values()),
    )
