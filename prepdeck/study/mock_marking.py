"""What a marking page shows: everything that can be marked, with what a machine saw of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from prepdeck.interview.evidence import bounds_of, effective
from prepdeck.interview.items import ItemRow, item_rows
from prepdeck.interview.marks import Mark, Rater
from prepdeck.interview.scoring import Score, score
from prepdeck.text.markdown import inline_line

if TYPE_CHECKING:
    from prepdeck.study.mock_sitting import Sat

ANSWER_ANCHORS: Final = (
    "wrong, or not to the point",
    "partly right, or a key term confused",
    "right",
    "right, with its limits or an example",
)
"""What the four marks of a single answer mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """One thing to mark: a criterion of the rubric, or the answer to one question."""

    id: str
    """Slug of the criterion, or `#3` for the third question."""
    title: str
    """What people read."""
    anchors: tuple[str, str, str, str]
    """What marks 1 to 4 look like."""
    weight: int | None = None
    """How much a criterion counts; None for a question."""
    question: int | None = None
    """Which question it is, from 0; None for a criterion."""
    given: int | None = None
    """The mark the candidate gave."""
    level: int | None = None
    """The mark that counts, held by what was seen."""
    evidence: str = ""
    """The candidate's line of evidence."""
    partner: int | None = None
    """The partner's mark."""
    partner_evidence: str = ""
    """The partner's line of evidence."""
    seen: str = ""
    """What a machine saw; empty when it saw nothing."""
    at_most: int | None = None
    """The highest mark that counts; None for any."""
    filled: int | None = None
    """The mark that counts whatever is given."""
    is_blank: bool = False
    """Whether it is a question that was left blank, which gets no mark."""

    @property
    def is_marked(self) -> bool:
        """Whether nothing is missing: marked, filled by a machine, or blank."""
        return self.level is not None or self.is_blank

    def given_by(self, rater: Rater) -> int | None:
        """Return the mark that a rater gave."""
        return self.partner if rater is Rater.PARTNER else self.given


@dataclass(frozen=True, slots=True)
class MarkingPage:
    """Everything a marking page shows."""

    lines: tuple[MarkLine, ...]
    """What is marked: questions where there are several, then the criteria."""
    items: tuple[ItemRow, ...]
    """The questions with the candidate's answers and the right ones."""
    score: Score
    """What the marks come to so far."""
    bar: int
    """The mark an employer wants to see."""
    free_notes: tuple[tuple[str, str], ...]
    """Phase and text of notes that belong to no question."""

    @property
    def missing(self) -> tuple[MarkLine, ...]:
        """What is not marked yet."""
        return tuple(line for line in self.lines if not line.is_marked)

    @property
    def bare(self) -> tuple[MarkLine, ...]:
        """Criteria that the candidate marked without a line of evidence."""
        return tuple(line for line in self.lines if line.question is None and line.given and not line.evidence)

    @property
    def mean(self) -> Fraction | None:
        """The weighted mean so far."""
        return self.score.mean


def marking_of(sat: Sat) -> MarkingPage:
    """Return what the marking page of a mock that is over shows."""
    mock = sat.mock
    items = item_rows(mock, sat.cards)
    asks_each = len(items) > 1 or sat.rubric is None
    lines = [_question_line(item) for item in items] if asks_each else []
    if sat.rubric is not None:
        bounds = bounds_of(mock, sat.rubric, sat.scale, sat.star)
        for criterion in sat.rubric.criteria:
            own = mock.marks.get((Rater.SELF, criterion.id), Mark())
            partner = mock.marks.get((Rater.PARTNER, criterion.id), Mark())
            bound = bounds.get(criterion.id)
            lines.append(
                MarkLine(
                    id=criterion.id,
                    title=criterion.title,
                    anchors=criterion.anchors,
                    weight=criterion.weight,
                    given=own.level,
                    level=effective(own.level, bound),
                    evidence=own.evidence,
                    partner=partner.level,
                    partner_evidence=partner.evidence,
                    seen="" if bound is None else bound.words,
                    at_most=None if bound is None else bound.at_most,
                    filled=None if bound is None else bound.filled,
                )
            )
    free = [(phase.title, mock.sheets.get(f"p{number}", "")) for number, phase in enumerate(mock.blueprint.phases)]
    return MarkingPage(
        lines=tuple(lines),
        items=items,
        score=score(mock, sat.rubric, sat.scale, sat.star),
        bar=sat.scale.bar if sat.scale is not None else 3,
        free_notes=tuple((title, text) for title, text in free if text.strip()),
    )


def _question_line(item: ItemRow) -> MarkLine:
    checked = item.checked
    seen = [] if checked is None or checked.is_right is None else ["right" if checked.is_right else "wrong"]
    seen += [item.tests] if item.tests else []
    return MarkLine(
        id=f"#{item.number + 1}",
        title=inline_line(item.prompt),
        anchors=ANSWER_ANCHORS,
        question=item.number,
        given=item.level,
        level=item.level,
        partner=item.partner,
        seen="; ".join(seen),
        is_blank=item.is_blank,
    )
