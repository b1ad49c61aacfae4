"""The debrief: what a mock that is over says.

It is computed from the mock whenever it is shown, and never stored as the only copy. INTERVIEWS.md section A4 lists
what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from prepdeck.cards.blueprint import StarTiming
from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.cards.rubric import Rubric, VerdictScale, VerdictStep
from prepdeck.interview.criteria import (
    MOST_FINDINGS,
    STRENGTH,
    CriterionRow,
    Finding,
    criterion_rows,
    findings_of,
)
from prepdeck.interview.history import BAR, PastMock, PhaseRow
from prepdeck.interview.items import ItemRow, asked_next, item_rows, reference_of
from prepdeck.interview.marks import Rater
from prepdeck.interview.mock import End, Mock, sheet_of
from prepdeck.interview.scoring import Score, levels_of, question_levels, score

__all__ = [  # what faces read of a debrief, whichever file it is written in
    "MOST_FINDINGS",
    "STRENGTH",
    "CriterionRow",
    "Debrief",
    "Finding",
    "ItemRow",
    "PhaseRow",
    "asked_next",
    "criterion_rows",
    "findings_of",
    "make_debrief",
    "past_of",
    "phase_rows",
    "reference_of",
    "topics_of",
]

COMPARED: Final = 3
"""A debrief stands beside so many earlier mocks of its format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """What a mock that is over says."""

    id: str
    """Name of the mock in the store."""
    mock: Mock
    """The mock: format, terms, mode, end, budget and clock, pauses, gaps and recoveries."""
    began: datetime
    """When it began, on the wall clock."""
    day: date
    """The study day it began on."""
    rubric: Rubric | None
    """What judges it; None for a drill."""
    bar: int
    """The mark that an employer would want to see."""
    score: Score
    """What the candidate's marks say."""
    partner: Score | None
    """What a partner's marks say, beside the candidate's; None when a partner gave none."""
    prediction: VerdictStep | None
    """The verdict the candidate expected; None when none was given, or the scale has no such step."""
    criteria: tuple[CriterionRow, ...]
    """The criteria of the rubric, in its order; none for a drill, nor for a mock that was given up."""
    phases: tuple[PhaseRow, ...]
    """The phases, in order; their actual times add up to the active time."""
    items: tuple[ItemRow, ...]
    """The questions, in order."""
    free_notes: tuple[tuple[str, str], ...]
    """Title and text of notes that belong to no question, in the order of the phases; blank ones are left out."""
    strengths: tuple[Finding, ...]
    """At most two strengths."""
    fixes: tuple[Finding, ...]
    """At most two fixes; none of them is a strength."""
    unseen_share: Fraction | None
    """Share of its cards the candidate had never met before; None when it asks no card."""
    previous: tuple[PastMock, ...]
    """The last three mocks of the format before this one that were sat to their end, oldest first."""
    suggestion: tuple[str, str] | None
    """Slug of the format to sit next, and one sentence on why; None when there is nothing to suggest."""

    @property
    def hints(self) -> int:
        """How many hints were shown in all."""
        return sum(answer.hints for answer in self.mock.answers)

    @property
    def worst_phase(self) -> PhaseRow | None:
        """The phase that went furthest beyond its plan; None when all kept it."""
        worst = max(self.phases, key=lambda row: row.over_ms, default=None)
        return worst if worst is not None and worst.over_ms else None

    @property
    def unreached(self) -> tuple[PhaseRow, ...]:
        """The phases the candidate did not come to."""
        return tuple(row for row in self.phases if not row.was_reached)

    @property
    def first_run_ms(self) -> int | None:
        """What the clock had counted when code was first run; None when it never was."""
        return min((run.clock_ms for answer in self.mock.answers for run in answer.runs), default=None)

    @property
    def first_pass_ms(self) -> int | None:
        """What the clock had counted when code first passed all visible tests; None when it never did."""
        runs = [run for answer in self.mock.answers for run in answer.runs]
        return min((run.clock_ms for run in runs if run.has_passed), default=None)


def make_debrief(  # noqa: PLR0913 - a debrief is what all of these say together
    mock: Mock,
    *,
    name: str,
    began: datetime,
    day: date,
    rubric: Rubric | None,
    scale: VerdictScale | None,
    cards: Mapping[CardId, Card],
    past: Sequence[PastMock] = (),
    suggestion: tuple[str, str] | None = None,
    star: StarTiming | None = None,
) -> Debrief:
    """Return what a mock says.

    Args:
        mock: The mock.
        name: Its name in the store.
        began: When it began, on the wall clock.
        day: The study day it began on.
        rubric: What judges it, as it was when the mock began; None for a drill.
        scale: How marks become a verdict.
        cards: Its cards as they stand now; one that left its deck is missing.
        past: Mocks, oldest first; this one and later ones are passed over.
        suggestion: What to sit next, and why.
        star: The clock of stories; its warnings are told with the evidence.
    """
    criteria = () if mock.end is End.ABANDONED else criterion_rows(mock, rubric, scale, star)
    strengths, fixes = findings_of(criteria)
    asked = [question for question in mock.questions if question.card is not None]
    return Debrief(
        id=name,
        mock=mock,
        began=began,
        day=day,
        rubric=rubric,
        bar=BAR if scale is None else scale.bar,
        score=score(mock, rubric, scale, star),
        partner=score(mock, rubric, scale, star, Rater.PARTNER) if _has_partner(mock) else None,
        prediction=next((step for step in (() if scale is None else scale.steps) if step.id == mock.prediction), None),
        criteria=criteria,
        phases=phase_rows(mock),
        items=item_rows(mock, cards),
        free_notes=_free_notes(mock),
        strengths=strengths,
        fixes=fixes,
        unseen_share=Fraction(sum(not each.was_seen for each in asked), len(asked)) if asked else None,
        previous=_previous(mock, name, past),
        suggestion=suggestion,
    )


def past_of(  # noqa: PLR0913 - a mock, where it stands in time, and what judges it
    mock: Mock,
    *,
    name: str,
    day: date,
    rubric: Rubric | None,
    scale: VerdictScale | None,
    loop: str | None = None,
) -> PastMock:
    """Return what history keeps of a mock."""
    judged = score(mock, rubric, scale)
    return PastMock(
        id=name,
        format=mock.blueprint.id,
        title=mock.blueprint.title,
        day=day,
        is_strict=mock.is_strict,
        end=mock.end,
        is_saved=mock.is_saved,
        mean=judged.mean,
        verdict=None if judged.verdict is None else judged.verdict.id,
        predicted=mock.prediction,
        levels=judged.levels,
        phases=phase_rows(mock),
        told_ms=tuple(answer.told_ms for answer in mock.answers if answer.told_total_ms),
        topics=topics_of(mock, rubric, scale),
        active_ms=mock.clock_ms,
        has_unseen=any(question.card is not None and not question.was_seen for question in mock.questions),
        loop=loop,
        is_complete=judged.is_complete,
    )


def phase_rows(mock: Mock) -> tuple[PhaseRow, ...]:
    """Return the phases of a mock, in order."""
    return tuple(
        PhaseRow(phase.id, phase.title, mock.phase_budget_ms(number), mock.phase_ms(number))
        for number, phase in enumerate(mock.blueprint.phases)
    )


def topics_of(mock: Mock, rubric: Rubric | None, scale: VerdictScale | None) -> Mapping[str, int]:
    """Return the lowest mark that touched each topic, of a question or of a criterion that names the topic.

    A mock that was given up touches none.
    """
    if mock.end is End.ABANDONED:
        return {}
    levels = {} if rubric is None else levels_of(mock, rubric, scale)
    criteria = () if rubric is None else rubric.criteria
    touched = [(topic, levels[each.id]) for each in criteria if each.id in levels for topic in each.topics]
    touched += [(mock.questions[number].topic, level) for number, level in question_levels(mock).items()]
    if len(mock.questions) == 1 and levels:  # the rubric is about the one question there is
        touched.append((mock.questions[0].topic, min(levels.values())))
    lowest: dict[str, int] = {}
    for topic, level in touched:
        if topic:
            lowest[topic] = min(level, lowest.get(topic, level))
    return lowest


def _has_partner(mock: Mock) -> bool:
    is_marked = any(rater is Rater.PARTNER and mark.level is not None for (rater, _), mark in mock.marks.items())
    return is_marked or any(Rater.PARTNER in answer.levels for answer in mock.answers)


def _free_notes(mock: Mock) -> tuple[tuple[str, str], ...]:
    titles = {f"p{number}": phase.title for number, phase in enumerate(mock.blueprint.phases)}
    numbers = range(len(mock.questions))
    shown = {sheet_of(number, is_code=is_code) for number in numbers for is_code in (False, True)}
    places = {name: place for place, name in enumerate(titles)}
    left = sorted(mock.sheets.keys() - shown, key=lambda name: (places.get(name, len(places)), name))
    return tuple((titles.get(name, name), mock.sheets[name]) for name in left if mock.sheets[name].strip())


def _previous(mock: Mock, name: str, past: Sequence[PastMock]) -> tuple[PastMock, ...]:
    own = next((place for place, each in enumerate(past) if each.id == name), len(past))
    earlier = [each for each in past[:own] if each.format == mock.blueprint.id and each.was_sat]
    return tuple(earlier[-COMPARED:])
