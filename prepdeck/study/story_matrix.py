"""Which story shows which competency: holes, and stories that have to serve too often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Star
from prepdeck.study.story_faults import StoryFault, find_faults
from prepdeck.study.story_records import StoryRecord, list_stories

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

COMPETENCIES: Final = (
    "ownership",
    "conflict",
    "influence",
    "failure",
    "ambiguity",
    "prioritisation",
    "communication",
    "teamwork",
    "judgement",
    "user-impact",
    "responsibility",
    "learning",
    "motivation",
)
"""What behavioural interviews look for, whether a deck asks for it or not."""
MOST_COMPETENCIES: Final = 4
"""A story that shows more is spread thin."""
OVERUSED_SHARE: Final = 2
"""A story reviewed so many times as often as the average one is told too often."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which story shows which competency."""

    competencies: tuple[str, ...]
    """The usual ones first, then those that only decks or stories name."""
    stories: tuple[StoryRecord, ...]
    """All stories, own ones first."""
    holes: tuple[str, ...]
    """Competencies that no story shows."""
    overused: Mapping[CardId, str]
    """Stories that have to serve too often, each with the reason."""
    faults: tuple[StoryFault, ...] = ()
    """What is wrong with the files of the learner's own stories."""

    def showing(self, competency: str) -> tuple[StoryRecord, ...]:
        """Return the stories that show a competency."""
        return tuple(each for each in self.stories if competency in each.story.competencies)


def make_matrix(desk: Desk, stories: tuple[StoryRecord, ...] | None = None) -> Matrix:
    """Return which story shows which competency, with holes and stories that have to serve too often."""
    stories = list_stories(desk) if stories is None else stories
    asked = (card.body.competency for card in desk.library.of_kind("star") if isinstance(card.body, Star))
    told = [slug for each in stories for slug in each.story.competencies]
    competencies = tuple(dict.fromkeys((*COMPETENCIES, *sorted(asked), *told)))
    holes = tuple(slug for slug in competencies if slug not in told)
    return Matrix(competencies, stories, holes, _overused(stories), find_faults(desk))


def _overused(stories: tuple[StoryRecord, ...]) -> dict[CardId, str]:
    found: dict[CardId, str] = {}
    total = sum(each.reviews for each in stories)
    for each in stories:
        count = len(set(each.story.competencies))
        others = [other.reviews for other in stories if other is not each]
        if count > MOST_COMPETENCIES:
            found[each.card.id] = f"shows {count} competencies"
        elif len(others) > 1 and each.reviews > max(others) and each.reviews * len(stories) >= OVERUSED_SHARE * total:
            found[each.card.id] = f"{each.reviews} of {total} reviews"
    return found
