"""The criteria of a marked mock, and the two strengths and two fixes that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from prepdeck.cards.blueprint import StarTiming
from prepdeck.cards.rubric import LEVELS, Criterion, Rubric, VerdictScale
from prepdeck.interview.evidence import Bound, bounds_of, effective
from prepdeck.interview.marks import Mark, Rater
from prepdeck.interview.mock import Mock

MOST_FINDINGS: Final = 2
"""Two strengths and two fixes keep a debrief usable."""
STRENGTH: Final = 3
"""A strength is marked at least so high, a fix at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """One criterion of the rubric, with everything that is known about its mark."""

    criterion: Criterion
    """The criterion: slug, title, weight, anchors and topics."""
    level: int | None
    """The mark that counts, 1-4; None while there is none."""
    given: int | None
    """What the candidate gave, before evidence held it."""
    evidence: str
    """The candidate's line of evidence."""
    bound: Bound | None
    """What a machine saw, in words and as a bound; None when it saw nothing."""
    partner: int | None = None
    """The partner's mark, as it was given."""
    partner_evidence: str = ""
    """The partner's line of evidence."""

    @property
    def anchor(self) -> str:
        """What the mark that counts looks like; empty without one."""
        return "" if self.level is None else self.criterion.anchors[self.level - 1]

    @property
    def next_anchor(self) -> str:
        """What the next level looks like; empty without a mark, and at the highest."""
        return "" if self.level is None or self.level >= LEVELS else self.criterion.anchors[self.level]


@dataclass(frozen=True, slots=True)
class Finding:
    """A strength or a fix, tied to an anchor of the rubric."""

    title: str
    """Title of the criterion."""
    level: int
    """The mark that counts, 1-4."""
    anchor: str
    """For a strength what that mark looks like, for a fix what the next level looks like."""


def criterion_rows(
    mock: Mock, rubric: Rubric | None, scale: VerdictScale | None, star: StarTiming | None = None
) -> tuple[CriterionRow, ...]:
    """Return the criteria of a mock, in the order of the rubric; none for a drill."""
    if rubric is None:
        return ()
    bounds = bounds_of(mock, rubric, scale, star)
    return tuple(_row(mock, criterion, bounds.get(criterion.id)) for criterion in rubric.criteria)


def findings_of(criteria: Sequence[CriterionRow]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return at most two strengths and at most two fixes; no criterion is both.

    Strengths are marked 3 or 4, the highest first; fixes 1 to 3, the lowest first; among equals the heavier first.
    """
    marked = [(row.level, row) for row in criteria if row.level is not None]
    strong = sorted(
        (pair for pair in marked if pair[0] >= STRENGTH), key=lambda pair: (-pair[0], -pair[1].criterion.weight)
    )[:MOST_FINDINGS]
    taken = {row.criterion.id for _, row in strong}
    weak = sorted(
        (pair for pair in marked if pair[0] <= STRENGTH and pair[1].criterion.id not in taken),
        key=lambda pair: (pair[0], -pair[1].criterion.weight),
    )[:MOST_FINDINGS]
    return (
        tuple(Finding(row.criterion.title, level, row.anchor) for level, row in strong),
        tuple(Finding(row.criterion.title, level, row.next_anchor) for level, row in weak),
    )


def _row(mock: Mock, criterion: Criterion, bound: Bound | None) -> CriterionRow:
    own = mock.marks.get((Rater.SELF, criterion.id), Mark())
    partner = mock.marks.get((Rater.PARTNER, criterion.id), Mark())
    return CriterionRow(
        criterion=criterion,
        level=effective(own.level, bound),
        given=own.level,
        evidence=own.evidence,
        bound=bound,
        partner=partner.level,
        partner_evidence=partner.evidence,
    )
