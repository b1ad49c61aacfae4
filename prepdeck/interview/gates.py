"""What mocks say about a pillar of interviews: the last ones in a row that an employer would have passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from prepdeck.cards.blueprint import Blueprint
from prepdeck.interview.history import PastMock

CODING: Final = "coding"
"""Problems, models from scratch, broken scripts."""
FUNDAMENTALS: Final = "fundamentals"
"""Quick questions and topics asked to the bottom."""
ML_DESIGN: Final = "ml design"
"""Design cases."""
BEHAVIOURAL: Final = "behavioural"
"""Stories and own projects."""
IN_A_ROW: Final = 3
"""So many passes in a row open the gate of a pillar."""
LOWEST: Final = 1
"""A criterion at this mark keeps a mock from counting as passed."""


@dataclass(frozen=True, slots=True)
class PillarMock:
    """One mock of a pillar."""

    id: str
    """Its name."""
    title: str
    """Title of its format."""
    day: date
    """The study day it was sat on."""
    mean: Fraction
    """Weighted mean of its marks, 1-4."""
    is_unseen: bool
    """Whether it asked a card that had never been met."""
    lowest: int
    """The lowest mark of a criterion."""
    bar: int
    """The mean an employer wants to see."""

    @property
    def is_passed(self) -> bool:
        """Whether it counts: unseen, at the bar or above, and no criterion at the lowest mark."""
        return self.is_unseen and self.mean >= self.bar and self.lowest > LOWEST


def pillar_of(blueprint: Blueprint) -> str | None:
    """Return the pillar that a format tests; None for loops and drills, which no rubric judges."""
    draw = blueprint.draw
    if blueprint.is_loop or blueprint.rubric is None:
        return None
    if draw.design:
        return ML_DESIGN
    if draw.star or draw.own_project:
        return BEHAVIOURAL
    if draw.rapid or draw.depth or not draw.problems:
        return FUNDAMENTALS
    return CODING


def pillar_mocks(
    past: Iterable[PastMock], formats: Mapping[str, Blueprint], bar: int
) -> Mapping[str, tuple[PillarMock, ...]]:
    """Return the mocks of each pillar that were marked whole, the newest first."""
    found: dict[str, list[PillarMock]] = {}
    for each in past:
        blueprint = formats.get(each.format)
        pillar = pillar_of(blueprint) if blueprint is not None else None
        if blueprint is None or pillar is None or not each.counts or each.mean is None:
            continue
        lowest = min(each.levels.values(), default=bar)
        draw = blueprint.draw
        is_unseen = each.has_unseen or draw.own_project == draw.questions > 0  # an own project has no card
        mock = PillarMock(each.id, each.title, each.day, each.mean, is_unseen, lowest, bar)
        found.setdefault(pillar, []).insert(0, mock)
    return {pillar: tuple(mocks) for pillar, mocks in found.items()}


def passed_in_a_row(mocks: Iterable[PillarMock]) -> int:
    """Return how many of the newest mocks were passed one after the other, the newest first."""
    count = 0
    for each in mocks:
        if not each.is_passed:
            break
        count += 1
    return count
