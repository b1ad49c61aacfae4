"""The candidate's own stories: what each holds, how long it takes to tell, and when it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prepdeck.cards.card import Card
from prepdeck.cards.spoken import Story
from prepdeck.errors import UsageError
from prepdeck.scheduling.memory import Learned
from prepdeck.study.library import Source
from prepdeck.study.story_clock import StoryPart, parts_of, seconds_of, story_clock, warnings_of
from prepdeck.study.story_edits import written

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """A story with what is known of it."""

    card: Card
    """The card."""
    story: Story
    """What it holds."""
    parts: tuple[StoryPart, ...]
    """The five parts, in the order they are told."""
    aim_seconds: int
    """How long the whole may take."""
    path: Path
    """Its file."""
    is_own: bool
    """Whether it stands in the learner's own decks and so can be changed."""
    due: date | None
    """When it is asked again; None for one never answered."""
    strength: float | None
    """How likely it is recalled today, 0-1; None for one never answered."""
    reviews: int
    """How often it was reviewed, undone ones left out."""
    is_due: bool
    """Whether it waits today."""
    warnings: tuple[str, ...] = ()
    """What the clock has to say about how its time is shared."""

    @property
    def title(self) -> str:
        """What the candidate calls it."""
        return written("title", self.story.title) or "Untitled story"

    @property
    def words(self) -> int:
        """Words of all parts."""
        return sum(part.words for part in self.parts)

    @property
    def seconds(self) -> int:
        """How long all parts take to say."""
        return seconds_of(self.words)

    @property
    def missing(self) -> tuple[str, ...]:
        """Parts that are still to be written."""
        return tuple(part.name for part in self.parts if not part.text)


def list_stories(desk: Desk) -> tuple[StoryRecord, ...]:
    """Return all stories, the learner's own first."""
    clock = story_clock(desk)
    today = desk.today()
    cards = [(card, card.body) for card in desk.library.of_kind("story") if isinstance(card.body, Story)]
    if not cards:
        return ()
    found = []
    with desk.store.reading() as log:
        learner = desk.forecasts.learner(log)
        for card, story in cards:
            loaded = desk.library.deck(card.id.deck)
            memory = log.memory_of(card.id)
            due = memory.due if isinstance(memory, Learned) else None
            strength = learner.recall_on(card.id, today) if card.id in learner.traces else None
            reviews = sum(not review.voided for review in log.reviews(of=log.names_of(card.id)))
            held_back = log.handling_of(card.id).is_held_back(today)
            parts = parts_of(story, clock, card.seconds)
            record = StoryRecord(
                card,
                story,
                parts,
                card.seconds or clock.default_seconds,
                loaded.path,
                loaded.source is Source.OWN,
                due,
                strength,
                reviews,
                due is not None and due <= today and not held_back,
                warnings_of(parts, clock),
            )
            found.append(record)
    return tuple(sorted(found, key=lambda each: not each.is_own))


def show_story(desk: Desk, words: str) -> StoryRecord:
    """Return the story meant by some words.

    Raises:
        NotFound: When there is none.
        UsageError: When the card is no story.
    """
    stories = list_stories(desk)
    own = [each for each in stories if each.is_own and each.card.id.card == words.strip()]
    card = own[0].card if len(own) == 1 else desk.library.find(words)
    found = next((each for each in stories if each.card.id == card.id), None)
    if found is None:
        raise UsageError(f"{card.id} is no story", "prepdeck stories lists yours")
    return found


def story_json(record: StoryRecord, overused: str | None = None) -> dict[str, Any]:
    """Return a story under the keys of the JSON contract."""
    return {
        "card": str(record.card.id),
        "title": record.title,
        "own": record.is_own,
        "path": str(record.path),
        "parts": [
            {
                "part": part.name,
                "text": part.text,
                "words": part.words,
                "seconds": part.seconds,
                "aim_seconds": part.aim_seconds,
            }
            for part in record.parts
        ],
        "metric": written("metric", record.story.metric),
        "competencies": list(record.story.competencies),
        "words": record.words,
        "seconds": record.seconds,
        "aim_seconds": record.aim_seconds,
        "missing": list(record.missing),
        "warnings": list(record.warnings),
        "due": record.due.isoformat() if record.due else None,
        "strength": None if record.strength is None else round(record.strength, 4),
        "reviews": record.reviews,
        "overused": overused,
    }
