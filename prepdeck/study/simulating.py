"""The learner's own decks, minutes and date, tried by made-up learners with several schedulers."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from prepdeck.cards.ids import CardId
from prepdeck.errors import UsageError
from prepdeck.scheduling.grade import grade_of
from prepdeck.scheduling.load import Candidate
from prepdeck.scheduling.pace import Pace
from prepdeck.scheduling.simulation.registry import RIVALS, plans
from prepdeck.scheduling.simulation.setting import Past, Setting
from prepdeck.scheduling.simulation.strategy import MakeStrategy
from prepdeck.scheduling.simulation.trial import Score, Summary, World, score_of, summary_of, try_out
from prepdeck.store.answers import START, answers_after
from prepdeck.store.logbook import Logbook
from prepdeck.study.aims import USUAL_WEIGHT, queued_decks
from prepdeck.study.desk import Desk
from prepdeck.study.interviews import Appointment, interviews
from prepdeck.study.request import Scope
from prepdeck.study.scope import Circumstances, candidates_of
from prepdeck.text.counts import counted

MOST_DAYS: Final = 365
"""A year; made-up learners say little about a later day."""
SEEDS: Final = 5
"""Made-up learners, where nobody asks for more."""


@dataclass(frozen=True, slots=True)
class SimulationRequest:
    """What is to be simulated; None and empty leave the choice to interview dates and settings."""

    scope: Scope = field(default_factory=Scope)
    """Which decks; none for those of the interview, or of the daily queue."""
    minutes: float | None = None
    """Minutes a day."""
    day: date | None = None
    """The day of the interview."""
    days: int | None = None
    """The same as a number of study days, today the first of them."""
    seeds: int = SEEDS
    """How many made-up learners."""
    cards: int | None = None
    """So many made-up cards that nobody has seen, instead of decks."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """What is simulated."""

    day: date
    """The day of the interview."""
    setting: Setting
    """Cards, days, minutes, and what was answered before."""
    strategies: Mapping[str, MakeStrategy]
    """What is tried, by the name learners read."""
    seeds: int
    """How many made-up learners."""

    @property
    def seen(self) -> int:
        """Cards answered before."""
        return sum(map(bool, self.setting.pasts))

    @property
    def total(self) -> int:
        """How many trials there are."""
        return self.seeds * len(self.strategies)


class Trial(NamedTuple):
    """What came of one made-up learner with one strategy."""

    strategy: str
    """Its name."""
    score: Score
    """What came of it."""


class Row(NamedTuple):
    """What came of one strategy."""

    strategy: str
    """Its name."""
    summary: Summary
    """The mean over made-up learners."""


def simulation_of(desk: Desk, request: SimulationRequest) -> Simulation:
    """Return what a request comes to with the decks, dates and settings there are.

    Raises:
        NotFound: When a deck or track does not exist.
        UsageError: When no day is ahead, or no card is in scope.
    """
    today = desk.today()
    ahead = [each for each in interviews(desk) if each.interview.is_ahead(today)]
    day = _day_of(request, ahead, today)
    minutes = desk.settings.minutes_a_day if request.minutes is None else request.minutes
    days = (day - today).days
    if request.cards is not None:
        setting = Setting(request.cards, days, minutes)
    else:
        with desk.store.reading() as log:
            candidates = _candidates(desk, log, request.scope, [each for each in ahead if each.interview.date == day])
            setting = _setting_of(desk, log, candidates, days, minutes)
    return Simulation(
        day=day,
        setting=setting,
        strategies={
            "SM-2": RIVALS["SM-2 usual"],
            "FSRS": RIVALS["FSRS usual"],
            "plan": plans()[f"plan, {desk.settings.plan_intensity}"],
        },
        seeds=request.seeds,
    )


def trials_of(simulation: Simulation) -> Iterator[Trial]:
    """Yield trial after trial, all strategies of one made-up learner before the next learner."""
    world = World(random.Random)
    for number in range(simulation.seeds):
        for name, make in simulation.strategies.items():
            yield Trial(name, score_of(try_out(make, number, simulation.setting, world)))


def learners_in(simulation: Simulation, trials: Sequence[Trial]) -> int:
    """Return how many made-up learners tried every strategy."""
    return len(trials) // len(simulation.strategies)


def rows_of(simulation: Simulation, trials: Sequence[Trial]) -> tuple[Row, ...]:
    """Return what came of each strategy over the learners who tried all of them; none when nobody did."""
    complete = trials[: learners_in(simulation, trials) * len(simulation.strategies)]
    scores: dict[str, list[Score]] = defaultdict(list)
    for trial in complete:
        scores[trial.strategy].append(trial.score)
    return tuple(Row(name, summary_of(each)) for name, each in scores.items())


def _day_of(request: SimulationRequest, ahead: Sequence[Appointment], today: date) -> date:
    if request.day is not None:
        day = request.day
    elif request.days is not None:
        day = today + timedelta(days=request.days)
    elif ahead:
        day = ahead[0].interview.date
    else:
        raise UsageError(
            "for which day? no interview is ahead", "say --days 30, or keep a date with prepdeck interview add +30"
        )
    left = (day - today).days
    if left < 1:
        when = "is today" if left == 0 else f"is past, {counted(-left, 'day')} ago"
        raise UsageError(f"{day} {when}; there is no study day before it", "name a day ahead")
    if left > MOST_DAYS:
        raise UsageError(f"{day} is more than a year ahead", "made-up learners say little about so late a day")
    return day


def _candidates(desk: Desk, log: Logbook, scope: Scope, appointments: Sequence[Appointment]) -> Sequence[Candidate]:
    """Return the cards in scope: of the decks named, else of the interview of that day, else of the daily queue."""
    if not (scope.decks or scope.track):
        dates = [each.interview for each in interviews(desk)]
        decks = appointments[0].decks if appointments else [each.deck.id for each in queued_decks(desk, dates)]
        scope = Scope(decks=tuple(decks))
    candidates: Sequence[Candidate] = ()
    if scope.decks or scope.track:
        # Cards buried today are back tomorrow; suspended ones stay away.
        held_back = log.held_back_on(desk.today() + timedelta(days=1))
        candidates = candidates_of(desk.library, scope, {}, Circumstances(held_back))
    if not candidates:
        raise UsageError(
            "no card is in scope, so there is nothing to simulate",
            "prepdeck due lists the decks; --cards 300 makes cards up",
        )
    return candidates


def _setting_of(desk: Desk, log: Logbook, candidates: Sequence[Candidate], days: int, minutes: float) -> Setting:
    """Return cards that weigh, last and are known as the learner's own."""
    pasts = _pasts(log, desk.today())
    pace, usual = desk.forecasts.learner(log).pace, Pace().times(_USUAL_KIND).review
    return Setting(
        cards=len(candidates),
        days=days,
        minutes=minutes,
        weights=tuple(each.weight / USUAL_WEIGHT for each in candidates),
        pasts=tuple(tuple(pasts.get(each.card, ())) for each in candidates),
        lengths=tuple(pace.times(each.kind, each.target_seconds).review / usual for each in candidates),
    )


_USUAL_KIND: Final = "basic"
"""The published seconds are those of such cards."""


def _pasts(log: Logbook, today: date) -> dict[CardId, list[Past]]:
    """Return what was answered before the first day, by the names of today; answers of today count as yesterday's."""
    names = log.new_names()
    found: dict[CardId, list[Past]] = defaultdict(list)
    for answer in answers_after(log.raw, START):
        card = names.get(answer.card, answer.card)
        if answer.quality is None:
            found.pop(card, None)
        elif answer.counts:
            found[card].append(Past(min(-1, (answer.day - today).days), grade_of(answer.quality)))
    return found
