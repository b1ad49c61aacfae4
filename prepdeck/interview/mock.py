"""A mock: one timed interview, and everything that happened in it.

A mock is what follows from its terms, its questions and the list of its events (`prepdeck.interview.running.replay`).
It knows no clock: every event is told when it happened, and `advanced` says how a mock stands at a later moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Final

from prepdeck.cards.blueprint import Blueprint
from prepdeck.interview.agenda import MINUTE_MS, Stop, agenda_of
from prepdeck.interview.answer import Answer
from prepdeck.interview.marks import Mark, Rater
from prepdeck.interview.questions import Question
from prepdeck.interview.terms import Mode, Terms
from prepdeck.interview.timekeeping import Gap

AMBER_PERCENT: Final = 80
"""A phase that used so much of its time says so."""


class State(Enum):
    """How a mock stands."""

    RUNNING = "running"
    """The clock runs."""
    PAUSED = "paused"
    """The clock was stopped."""
    ENDED = "ended"
    """Nothing can be answered any more."""


class End(Enum):
    """How a mock ended."""

    FINISHED = "finished"
    """The candidate was done."""
    TIME_UP = "time-up"
    """A strict clock reached 0:00."""
    ABANDONED = "abandoned"
    """The candidate gave it up: no verdict."""


class Heat(Enum):
    """How much of its time a phase has used."""

    CALM = "calm"
    """Less than 80 %."""
    AMBER = "amber"
    """80 % or more."""
    RED = "red"
    """All of it."""


@dataclass(frozen=True, kw_only=True)
class Mock:
    """One mock, as it stands."""

    blueprint: Blueprint
    """The format, as it was when the mock began."""
    terms: Terms
    """What the candidate chose."""
    questions: tuple[Question, ...]
    """What is asked."""
    mode: Mode
    """How strict the clock is now; a strict mock that was recovered as practice is none any more."""
    state: State = State.RUNNING
    """How it stands."""
    end: End | None = None
    """How it ended, if it did."""
    position: int = 0
    """The stop the candidate is at."""
    upto_ms: int = 0
    """True milliseconds since it began, as far as it is told."""
    ended_ms: int | None = None
    """When it ended, in true milliseconds since it began."""
    stop_ms: tuple[int, ...] = ()
    """What the clock counted at each stop."""
    away_ms: tuple[int, ...] = ()
    """What of it a strict clock counted while nothing could be answered: the machine slept, or the program was off."""
    paused_ms: int = 0
    """How long it was paused."""
    pauses: int = 0
    """How often it was paused."""
    left_out_ms: int = 0
    """Gaps that the clock did not count."""
    gaps: tuple[Gap, ...] = ()
    """Gaps that were noticed."""
    recoveries: int = 0
    """How often it was cut off and went on."""
    sheets: Mapping[str, str] = field(default_factory=dict)
    """What is written on each sheet; see `sheet_of`."""
    answers: tuple[Answer, ...] = ()
    """What was done about each question."""
    telling: tuple[int, str] | None = None
    """The question and the part of the story that is being told."""
    prediction: str | None = None
    """Slug of the verdict the candidate expects."""
    marks: Mapping[tuple[Rater, str], Mark] = field(default_factory=dict)
    """Marks by rater and criterion."""
    saves: int = 0
    """How often the marks were saved."""
    pulls: tuple[str, ...] = ()
    """Steps of the action log by which cards were pulled to today."""

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """Where the candidate goes through, in order."""
        return agenda_of(self.blueprint, self.questions, self.terms.time_factor)

    @property
    def stop(self) -> Stop:
        """Where the candidate is."""
        return self.stops[self.position]

    @cached_property
    def budget_ms(self) -> int:
        """How long it may take."""
        return round(self.blueprint.minutes * MINUTE_MS * self.terms.time_factor)

    @property
    def clock_ms(self) -> int:
        """What the clock has used; a strict clock never goes beyond the budget."""
        return sum(self.stop_ms)

    @property
    def left_ms(self) -> int:
        """What is left on the clock; never negative."""
        return max(0, self.budget_ms - self.clock_ms)

    @property
    def overtime_ms(self) -> int:
        """How far a practice clock went beyond the budget."""
        return max(0, self.clock_ms - self.budget_ms)

    @property
    def is_strict(self) -> bool:
        """Whether the clock was strict all along."""
        return self.mode is Mode.STRICT

    @property
    def is_over(self) -> bool:
        """Whether nothing can be answered any more."""
        return self.state is State.ENDED

    @property
    def is_saved(self) -> bool:
        """Whether its marks were saved."""
        return self.saves > 0

    @property
    def is_half_time(self) -> bool:
        """Whether half of the budget is used."""
        return self.clock_ms * 2 >= self.budget_ms

    def phase_ms(self, phase: int) -> int:
        """Return what the clock counted in a phase."""
        return sum(spent for stop, spent in zip(self.stops, self.stop_ms, strict=True) if stop.phase == phase)

    def phase_budget_ms(self, phase: int) -> int:
        """Return how long a phase may take."""
        return sum(stop.budget_ms for stop in self.stops if stop.phase == phase)

    def phase_heat(self, phase: int) -> Heat:
        """Return how much of its time a phase has used."""
        return heat_of(self.phase_ms(phase), self.phase_budget_ms(phase))

    def question_ms(self, question: int) -> int:
        """Return what the clock counted while a question was on the table."""
        return sum(spent for stop, spent in zip(self.stops, self.stop_ms, strict=True) if stop.question == question)

    def worked_ms(self, question: int) -> int:
        """Return the same without the time in which nothing could be answered."""
        away = sum(spent for stop, spent in zip(self.stops, self.away_ms, strict=True) if stop.question == question)
        return self.question_ms(question) - away

    @property
    def behind_ms(self) -> int:
        """How far the candidate is behind the plan; negative when ahead.

        Phases already left count with what they took against what they had; the present one, and later ones that the
        candidate went back from, with their overrun.
        """
        now = self.stop.phase
        left = sum(self.phase_ms(phase) - self.phase_budget_ms(phase) for phase in range(now))
        ahead = range(now, len(self.blueprint.phases))
        return left + sum(max(0, self.phase_ms(phase) - self.phase_budget_ms(phase)) for phase in ahead)

    def is_blank(self, question: int) -> bool:
        """Tell whether nothing was answered to a question: nothing written, chosen, told or said."""
        asked, answer = self.questions[question], self.answers[question]
        if answer.options or answer.is_said or answer.told_total_ms:
            return False
        code = self.sheets.get(sheet_of(question, is_code=True), "").strip()
        if asked.sort.is_code:
            return code in {"", asked.starter.strip()}
        return not self.sheets.get(sheet_of(question), "").strip()

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The questions that were left blank, by number."""
        return tuple(number for number in range(len(self.questions)) if self.is_blank(number))


def sheet_of(question: int, *, is_code: bool = False) -> str:
    """Return the name of the sheet a question is answered on; its code has one of its own."""
    return f"q{question}:code" if is_code else f"q{question}"


def sheet_at(stop: Stop) -> str:
    """Return the name of the sheet that notes go to at a stop: the question's, or the phase's when it has none."""
    return f"p{stop.phase}" if stop.question is None else sheet_of(stop.question)


def heat_of(spent_ms: int, budget_ms: int) -> Heat:
    """Return how much of a budget is used: amber from 80 %, red from 100 %."""
    if spent_ms >= budget_ms:
        return Heat.RED
    return Heat.AMBER if spent_ms * 100 >= budget_ms * AMBER_PERCENT else Heat.CALM


def begin_mock(blueprint: Blueprint, terms: Terms, questions: tuple[Question, ...]) -> Mock:
    """Return a mock whose clock has just started.

    Raises:
        ValueError: When the format is a loop.
    """
    stops = agenda_of(blueprint, questions, terms.time_factor)
    return Mock(
        blueprint=blueprint,
        terms=terms,
        questions=questions,
        mode=terms.mode,
        stop_ms=(0,) * len(stops),
        away_ms=(0,) * len(stops),
        answers=tuple(Answer() for _ in questions),
    )
