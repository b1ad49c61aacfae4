"""Loops: several mocks in one sitting, with rests between them, gone on with at the boundary of a round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prepdeck.cards.blueprint import Rest, Sitting
from prepdeck.errors import NotFound, UsageError
from prepdeck.interview import loops as core
from prepdeck.interview.loops import (
    Loop,
    LoopAbandoned,
    LoopEvent,
    LoopScore,
    RestBegan,
    RestEnded,
    RoundBegan,
    RoundEnded,
    happen_in_loop,
    is_rest_over,
    replay_loop,
    sum_up,
)
from prepdeck.interview.scoring import score
from prepdeck.interview.timekeeping import Reading, lapse_between
from prepdeck.study.mock_begin import begin_mock, load_mock, missing_for, not_enough
from prepdeck.study.mock_candidates import candidates_for
from prepdeck.study.mock_documents import documents_in_use, get_format
from prepdeck.study.mock_sitting import read_now
from prepdeck.text.counts import one_decimal

if TYPE_CHECKING:
    from prepdeck.interview.terms import Terms
    from prepdeck.store.logbook import Logbook
    from prepdeck.store.mocks import StoredLoop
    from prepdeck.study.desk import Desk
    from prepdeck.study.mock_sitting import Sat


@dataclass(frozen=True, slots=True)
class LoopSat:
    """A loop as it stands, with its name in the store."""

    id: str
    """Its name."""
    loop: Loop
    """The loop."""
    read: Reading
    """What the clocks showed at `read_ms`."""
    read_ms: int
    """True milliseconds since it began, at `read`."""

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to sit."""
        return self.loop.is_over

    @property
    def is_resting(self) -> bool:
        """Whether a rest is on."""
        return self.loop.is_resting


@dataclass(frozen=True, slots=True)
class RestFacts:
    """What the page between two rounds shows."""

    loop: str
    """Name of the loop."""
    title: str
    """Title of its format."""
    left_ms: int
    """What is left of the rest; 0 when the next round follows at once."""
    following: str
    """Title of the interview that comes next."""
    number: int
    """Which interview that is, from 1."""
    rounds: int
    """How many there are."""
    done: tuple[str, ...]
    """Titles of the interviews that are over."""
    is_strict: bool
    """Whether the rest ends by itself."""


def rest_after(desk: Desk, mock: Sat) -> RestFacts | None:
    """Return what follows a round of a loop; None for a mock of its own, or when the loop is over."""
    sat = loop_of(desk, mock.id)
    return None if sat is None or sat.is_over else _facts(desk, sat)


def waiting_loop(desk: Desk) -> RestFacts | None:
    """Return the newest loop that waits between two rounds; None when none does."""
    waiting = [sat for sat in stopped_loops(desk) if sat.loop.mock is None]
    return _facts(desk, waiting[0]) if waiting else None


def _facts(desk: Desk, sat: LoopSat) -> RestFacts:
    """Return what the page between two rounds shows of a loop that is not over."""
    formats = documents_in_use(desk).formats
    legs = sat.loop.blueprint.rounds
    coming = next(leg.format for leg in legs[sat.loop.leg :] if isinstance(leg, Sitting))
    done = [leg.format for leg in legs[: sat.loop.leg] if isinstance(leg, Sitting)]
    return RestFacts(
        loop=sat.id,
        title=sat.loop.blueprint.title,
        left_ms=rest_left_ms(desk, sat),
        following=formats[coming].title if coming in formats else coming,
        number=len(done) + 1,
        rounds=sat.loop.rounds,
        done=tuple(formats[slug].title if slug in formats else slug for slug in done),
        is_strict=sat.loop.is_strict,
    )


def begin_loop(desk: Desk, words: str, terms: Terms) -> LoopSat:
    """Begin a loop; every one of its rounds must have enough cards before the first begins.

    Raises:
        NotFound: When there is no such format.
        NotEnoughCards: When the decks hold too few cards for one of its rounds.
        UsageError: When the format is no loop.
    """
    blueprint = get_format(desk, words)
    if not blueprint.is_loop:
        raise UsageError(f"{blueprint.id} is a single mock, no loop")
    formats = documents_in_use(desk).formats
    candidates = candidates_for(desk, [formats[slug] for slug in blueprint.formats])
    missing = missing_for(blueprint, formats, candidates)
    if missing:
        raise not_enough(desk, blueprint, missing)
    began, read = desk.clock.now(), read_now(desk)
    with desk.store.writing() as log:
        name = log.mocks.add_loop(blueprint, terms, began, desk.today(), read)
    return LoopSat(name, core.begin_loop(blueprint, terms), read, 0)


def next_round(desk: Desk, sat: LoopSat) -> tuple[LoopSat, Sat]:
    """Begin the interview that comes next, or return the one that is on.

    The mock and the loop's word of it are stored together: no round is ever sat that its loop does not know of.

    Raises:
        UsageError: When a rest is on, the loop is over, or another window has begun the round by now.
        NotEnoughCards: When the decks hold too few cards by now.
    """
    if sat.loop.mock is not None:
        return sat, load_mock(desk, sat.loop.mock)
    leg = core.next_leg(sat.loop)
    coming = sat.loop.blueprint.rounds[leg] if leg is not None else None
    if leg is None or not isinstance(coming, Sitting):
        raise UsageError("the loop has no interview to begin now")
    terms = replace(sat.loop.terms, seed=sat.loop.terms.seed and sat.loop.terms.seed + leg)
    loops: list[LoopSat] = []
    place = leg

    def join(log: Logbook, mock: str) -> None:
        if _reloaded(log, sat).loop != sat.loop:
            raise UsageError("this loop went on in another window", "go on there, or open it anew")
        loops.append(_happened_in(log, desk, sat, lambda now: RoundBegan(now, place, mock)))

    mock = begin_mock(desk, coming.format, terms, loop=sat.id, leg=leg, along=join)
    return loops[0], mock


def after_round(desk: Desk, sat: LoopSat, mock: Sat) -> LoopSat:
    """Return the loop after an interview that is over: a rest begins where one comes next."""
    if sat.loop.mock != mock.id:
        return sat
    sat = _happened(desk, sat, lambda now: RoundEnded(now, sat.loop.leg))
    return _into_rest(desk, sat)


def end_rest(desk: Desk, sat: LoopSat) -> LoopSat:
    """Return the loop with its rest over, early or not; a rest that is not on changes nothing."""
    if not sat.is_resting:
        return sat
    return _happened(
        desk, sat, lambda now: RestEnded(now, sat.loop.leg, was_skipped=core.rest_left_ms(sat.loop, now) > 0)
    )


def rest_left_ms(desk: Desk, sat: LoopSat) -> int:
    """Return what is left of the rest that is on, in milliseconds; 0 when none is."""
    return core.rest_left_ms(sat.loop, _now_ms(desk, sat))


def give_up_loop(desk: Desk, sat: LoopSat) -> LoopSat:
    """Give up the rest of a loop; the rounds that were sat keep their marks."""
    return sat if sat.is_over else _happened(desk, sat, LoopAbandoned)


def loop_of(desk: Desk, mock: str) -> LoopSat | None:
    """Return the loop that a mock is a round of, brought to where it stands now; None for a mock of its own."""
    with desk.store.reading() as log:
        kept = log.mocks.get(mock)
        loop = log.mocks.get_loop(kept.loop) if kept is not None and kept.loop is not None else None
    return None if loop is None else _caught_up(desk, loop)


def stopped_loops(desk: Desk) -> tuple[LoopSat, ...]:
    """Return the loops that are not over, newest first; a strict rest that ran out meanwhile is over."""
    with desk.store.reading() as log:
        kept = log.mocks.loops()
    found = [_caught_up(desk, each) for each in reversed(kept)]
    return tuple(each for each in found if not each.is_over)


def summary(desk: Desk, sat: LoopSat) -> LoopScore:
    """Return what the rounds of a loop say together."""
    rounds = [load_mock(desk, name) for name in sat.loop.mocks.values()]
    scores = {each.id: score(each.mock, each.rubric, each.scale, each.star) for each in rounds}
    verdicts = documents_in_use(desk).verdicts
    return sum_up(sat.loop, scores, verdicts.bar if verdicts is not None else 3)


def sum_up_words(desk: Desk, sat: LoopSat) -> str:
    """Return what the rounds of a loop say together, line by line."""
    found = summary(desk, sat)
    formats = documents_in_use(desk).formats
    lines = [f"{sat.loop.blueprint.title}: {'given up' if sat.loop.was_abandoned else 'over'}"]
    for each in found.rounds:
        title = formats[each.format].title if each.format in formats else each.format
        told = "not sat"
        if each.score is not None:
            mean = "not marked" if each.score.mean is None else one_decimal(each.score.mean)
            verdict = each.score.verdict.title.lower() if each.score.verdict is not None else ""
            told = f"{mean}  {verdict}".rstrip()
        lines.append(f"  {title}: {told}")
    if found.mean is not None and found.lowest is not None and found.highest is not None:
        spread = f"{one_decimal(found.lowest)} to {one_decimal(found.highest)}"
        lines.append(f"  Mean {one_decimal(found.mean)}, from {spread}; {found.at_bar} at the bar")
    return "\n".join(lines)


def _caught_up(desk: Desk, kept: StoredLoop) -> LoopSat:
    """Return a stored loop, with what happened by itself since: a round that ended, a strict rest that ran out."""
    sat = LoopSat(kept.id, replay_loop(kept.blueprint, kept.terms, kept.events), kept.read, kept.seen_ms)
    running = next((head for head in kept.rounds if head.id == sat.loop.mock), None)
    if running is not None and running.is_over:
        sat = _happened(desk, sat, lambda now: RoundEnded(now, sat.loop.leg))
    if not sat.is_over and sat.loop.mock is None and not sat.is_resting:
        sat = _into_rest(desk, sat)
    if is_rest_over(sat.loop, _now_ms(desk, sat)):
        sat = _happened(desk, sat, lambda now: RestEnded(now, sat.loop.leg))
    return sat


def _into_rest(desk: Desk, sat: LoopSat) -> LoopSat:
    leg = core.next_leg(sat.loop)
    if leg is None or not isinstance(sat.loop.blueprint.rounds[leg], Rest):
        return sat
    return _happened(desk, sat, lambda now: RestBegan(now, leg))


def _happened(desk: Desk, sat: LoopSat, make: Callable[[int], LoopEvent]) -> LoopSat:
    """Return a loop after something that happens now, stored; as it stands when another window was first."""
    with desk.store.writing() as log:
        try:
            return _happened_in(log, desk, sat, make)
        except UsageError:
            fresh = _reloaded(log, sat)
            if fresh.loop == sat.loop:
                raise
            return fresh


def _happened_in(log: Logbook, desk: Desk, sat: LoopSat, make: Callable[[int], LoopEvent]) -> LoopSat:
    """Return a loop after something that happens now to what is stored of it, and store that.

    Raises:
        UsageError: When it cannot happen to the loop as it is stored.
    """
    fresh = _reloaded(log, sat)
    read = read_now(desk)
    now = _moment_ms(fresh, read)
    event = make(now)
    loop = happen_in_loop(fresh.loop, event)
    log.mocks.append_loop(sat.id, (event,), at=desk.clock.now(), read=read, seen_ms=now)
    return LoopSat(sat.id, loop, read, now)


def _reloaded(log: Logbook, sat: LoopSat) -> LoopSat:
    kept = log.mocks.get_loop(sat.id)
    if kept is None:
        return sat
    return LoopSat(sat.id, replay_loop(kept.blueprint, kept.terms, kept.events), kept.read, kept.seen_ms)


def _now_ms(desk: Desk, sat: LoopSat) -> int:
    """Return true milliseconds since the loop began, now."""
    return _moment_ms(sat, read_now(desk))


def _moment_ms(sat: LoopSat, read: Reading) -> int:
    """Return true milliseconds since the loop began, at a reading of the clocks: setting one back lengthens no rest."""
    return max(sat.loop.upto_ms, sat.read_ms + lapse_between(sat.read, read).milliseconds)


def find_loop(desk: Desk, words: str) -> LoopSat:
    """Return a loop by its name, or a beginning of it.

    Raises:
        NotFound: When there is none.
    """
    with desk.store.reading() as log:
        kept = next((each for each in log.mocks.loops() if each.id.startswith(words)), None)
    if kept is None:
        raise NotFound(f"no loop {words}", "prepdeck mock history lists them")
    return _caught_up(desk, kept)
