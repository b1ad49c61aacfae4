"""Marks into a mean and a verdict: weights first, then caps, and nothing unrated is scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from prepdeck.cards.blueprint import StarTiming
from prepdeck.cards.rubric import Rubric, VerdictScale, VerdictStep
from prepdeck.interview.evidence import bounds_of, effective
from prepdeck.interview.marks import Mark, Rater
from prepdeck.interview.mock import End, Mock


@dataclass(frozen=True, slots=True)
class Score:
    """What the marks of one rater say about a mock."""

    mean: Fraction | None
    """Weighted mean of the marks that count, 1-4; of the questions' marks in a drill; None when there is none."""
    verdict: VerdictStep | None
    """What the mean reaches under the caps; None unless every criterion is marked and the mock is complete."""
    is_incomplete: bool
    """Whether too many questions were left blank for a verdict."""
    caps: tuple[str, ...] = ()
    """What lowered the verdict or took it away, one sentence each."""
    missing: tuple[str, ...] = ()
    """Slugs of the criteria that have no mark yet; in a drill the numbers of the questions, from 1."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """The mark that counts for each criterion, by slug; empty in a drill."""

    @property
    def is_complete(self) -> bool:
        """Whether everything that can be marked is, and enough was answered."""
        return self.mean is not None and not self.is_incomplete and not self.missing


def score(
    mock: Mock,
    rubric: Rubric | None,
    scale: VerdictScale | None,
    star: StarTiming | None = None,
    rater: Rater = Rater.SELF,
) -> Score:
    """Return what the marks of a rater say; a mock that was given up says nothing.

    Args:
        mock: The mock.
        rubric: What judges it; None for a drill, whose questions are marked one by one.
        scale: How a mean becomes a verdict; without it there is none.
        star: The clock of stories, for its evidence.
        rater: Whose marks.
    """
    if mock.end is End.ABANDONED:
        return Score(None, None, is_incomplete=False)
    is_incomplete = mock.is_over and is_mostly_blank(mock, scale)
    caps = (_blank_words(mock),) if is_incomplete else ()
    if rubric is None:
        return _score_drill(mock, rater, caps, is_incomplete=is_incomplete)
    levels = levels_of(mock, rubric, scale, star, rater)
    missing = tuple(criterion.id for criterion in rubric.criteria if criterion.id not in levels)
    weights = {criterion.id: criterion.weight for criterion in rubric.criteria}
    whole = sum(weights[name] for name in levels)
    mean = Fraction(sum(weights[name] * level for name, level in levels.items()), whole) if whole else None
    if mean is None or missing or is_incomplete or scale is None or not mock.is_over:
        return Score(mean, None, is_incomplete, caps, missing, levels)
    reached = scale.step_of(mean)
    verdict = capped(reached, levels, scale)
    if verdict != reached:
        caps = (_low_words(rubric, levels, scale, verdict),)
    return Score(mean, verdict, is_incomplete, caps, missing, levels)


def levels_of(
    mock: Mock, rubric: Rubric, scale: VerdictScale | None, star: StarTiming | None = None, rater: Rater = Rater.SELF
) -> Mapping[str, int]:
    """Return the mark that counts for each criterion: given or filled by evidence, never above its bound."""
    bounds = bounds_of(mock, rubric, scale, star)
    counted = {
        criterion.id: effective(mock.marks.get((rater, criterion.id), Mark()).level, bounds.get(criterion.id))
        for criterion in rubric.criteria
    }
    return {name: level for name, level in counted.items() if level is not None}


def question_levels(mock: Mock, rater: Rater = Rater.SELF) -> Mapping[int, int]:
    """Return the marks of single questions, by number; a blank answer has none."""
    return {
        number: answer.levels[rater]
        for number, answer in enumerate(mock.answers)
        if rater in answer.levels and not mock.is_blank(number)
    }


def is_mostly_blank(mock: Mock, scale: VerdictScale | None) -> bool:
    """Tell whether a larger share of the questions was left blank than a verdict can bear."""
    if scale is None or not mock.questions:
        return False
    return Fraction(len(mock.unanswered), len(mock.questions)) > scale.unanswered_share


def capped(reached: VerdictStep, levels: Mapping[str, int], scale: VerdictScale) -> VerdictStep:
    """Return the verdict under the cap of very low marks, which may lower it and never raises it."""
    cap = scale.low_mark
    if cap is None or not any(level <= cap.mark for level in levels.values()):
        return reached
    best_left = next((step for step in scale.steps if step.id == cap.verdict), reached)
    return max(reached, best_left, key=scale.steps.index)


def _score_drill(mock: Mock, rater: Rater, caps: tuple[str, ...], *, is_incomplete: bool) -> Score:
    levels = question_levels(mock, rater)
    answered = set(range(len(mock.questions))) - set(mock.unanswered)
    missing = tuple(str(number + 1) for number in sorted(answered - set(levels)))
    mean = Fraction(sum(levels.values()), len(levels)) if levels else None
    return Score(mean, None, is_incomplete, caps, missing)


def _blank_words(mock: Mock) -> str:
    return f"{len(mock.unanswered)} of {len(mock.questions)} questions are blank: the mock is incomplete, no verdict."


def _low_words(rubric: Rubric, levels: Mapping[str, int], scale: VerdictScale, verdict: VerdictStep) -> str:
    highest = 0 if scale.low_mark is None else scale.low_mark.mark
    low = [criterion.title for criterion in rubric.criteria if levels[criterion.id] <= highest]
    return f"{', '.join(low)} at {highest}: at most {verdict.title.lower()}."
