"""Mocks that were cut off: found again, gone on with, finished as they stood, or given up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from prepdeck.errors import NotFound, UsageError
from prepdeck.host.clock import read_clocks
from prepdeck.host.processes import own_token
from prepdeck.interview.events import Abandoned, Event, Finished, Recovered
from prepdeck.interview.mock import End
from prepdeck.interview.running import advanced, happen
from prepdeck.interview.terms import Mode
from prepdeck.study.mock_begin import load_mock, sat_of
from prepdeck.study.mock_owners import hold, is_sat_elsewhere, taken
from prepdeck.study.mock_sitting import Sat, moment_ms

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


@dataclass(frozen=True, slots=True)
class StoppedMock:
    """A mock that was begun and not brought to its end."""

    id: str
    """Its name."""
    title: str
    """Its format's title."""
    began: datetime
    """When it began."""
    phase: int
    """The phase it was in, from 1."""
    phases: int
    """How many phases it has."""
    phase_title: str
    """What that phase is called."""
    left_ms: int
    """What a strict clock has left now; what a practice clock had left when it was cut off."""
    is_strict: bool
    """Whether it can go on as a strict one."""
    is_over: bool
    """Whether it only waits to be marked."""


def stopped_mocks(desk: Desk) -> tuple[StoppedMock, ...]:
    """Return the mocks that were cut off or not marked, newest first; none that another program sits."""
    own, found = own_token(), []
    with desk.store.reading() as log:
        waiting = [head for head in log.mocks.heads() if not head.is_saved and head.end != End.ABANDONED.value]
        kept = [log.mocks.get(head.id) for head in waiting if not is_sat_elsewhere(log, head.id, own)]
    reading = read_clocks(desk.clock)
    for each in kept:
        if each is None:
            continue
        sat = sat_of(desk, each)
        mock = sat.mock
        if mock.is_strict and not mock.is_over:
            # What a strict clock would show; nothing is decided by looking.
            mock = happen(mock, Recovered(moment_ms(sat, reading), sat.read_ms, Mode.STRICT))
        phase = sat.mock.stop.phase
        found.append(
            StoppedMock(
                id=each.id,
                title=mock.blueprint.title,
                began=each.began,
                phase=phase + 1,
                phases=len(mock.blueprint.phases),
                phase_title=mock.blueprint.phases[phase].title,
                left_ms=mock.left_ms,
                is_strict=sat.mock.is_strict,
                is_over=sat.mock.is_over,
            )
        )
    return tuple(reversed(found))


def find_stopped(desk: Desk, words: str | None) -> StoppedMock:
    """Return the mock to go on with: the one named, else the newest that waits.

    Raises:
        NotFound: When there is none, or several begin so.
        UsageError: When it does not wait to go on, or another program sits it.
    """
    waiting = stopped_mocks(desk)
    if words is None:
        if waiting:
            return waiting[0]
        with desk.store.reading() as log:
            heads = log.mocks.heads()
            if any(not head.is_saved and is_sat_elsewhere(log, head.id, own_token()) for head in heads):
                raise taken()
        raise NotFound("no mock waits to go on", "prepdeck mock FORMAT begins one")
    name = load_mock(desk, words).id
    found = next((each for each in waiting if each.id == name), None)
    if found is None:
        with desk.store.reading() as log:
            if is_sat_elsewhere(log, name, own_token()):
                raise taken()
        raise UsageError(f"the mock {name} does not wait to go on", f"prepdeck mock report {name} shows how it went")
    return found


def recover(desk: Desk, words: str, mode: Mode | None = None) -> Sat:
    """Go on with a mock that was cut off.

    Strict: the gap counts, for the deadline does not move; a mock whose time is up meanwhile waits to be marked.
    Practice: the gap is left out, and the mock is no longer strict. Without a mode it goes on as it was sat.

    Raises:
        NotFound: When there is no such mock.
        UsageError: When it is over, a practice mock should become strict, or another program sits it.
    """
    sat = load_mock(desk, words)
    reading = read_clocks(desk.clock)
    event = Recovered(moment_ms(sat, reading), sat.read_ms, mode or sat.mock.mode)
    return _stored(desk, replace(sat, read=reading, read_ms=event.at_ms), event)


def finish_stopped(desk: Desk, words: str) -> Sat:
    """End a mock that was cut off at its last sign of life, so that it can be marked.

    Raises:
        NotFound: When there is no such mock.
        UsageError: When it is over, or another program sits it.
    """
    sat = load_mock(desk, words)
    return _stored(desk, sat, Finished(sat.read_ms))


def discard(desk: Desk, words: str) -> Sat:
    """Give a mock up; it is kept with everything in it, gets no verdict, and stays out of averages.

    Raises:
        NotFound: When there is no such mock.
        UsageError: When it is marked already, or another program sits it.
    """
    sat = load_mock(desk, words)
    return _stored(desk, sat, Abandoned(sat.read_ms))


def _stored(desk: Desk, sat: Sat, event: Event) -> Sat:
    with desk.store.writing() as log:
        hold(log, sat.id, own_token())
        kept = log.mocks.get(sat.id)  # another program may have ended it since it was read
        now = sat.mock if kept is None else kept.replayed()
        mock = happen(advanced(now, sat.mock.upto_ms), event)
        log.mocks.append(sat.id, (event,), at=desk.clock.now(), read=sat.read, seen_ms=sat.read_ms)
    return replace(sat, mock=mock)
