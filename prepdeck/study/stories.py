"""The candidate's own stories: what each holds, how long it takes to tell, and which competencies lack one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Star, Story
from prepdeck.errors import NotFound, StoreReadOnly, UsageError
from prepdeck.host.folders import write_private_file
from prepdeck.scheduling.memory import Learned
from prepdeck.study.library import Source
from prepdeck.study.story_edits import FIELDS, PARTS, add_to, change_in, fields_in, remove_from, written

if TYPE_CHECKING:
    from prepdeck.cards.blueprint import StarTiming
    from prepdeck.study.desk import Desk

WORDS_A_MINUTE: Final = 140
"""How fast a story is told."""
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
STORIES_FILE: Final = "stories.yaml"
"""The learner's own stories, among their decks."""

Fields = Mapping[str, str | tuple[str, ...]]
"""Fields of a story by name; texts, and competencies as slugs."""


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One of the five parts of a story."""

    name: str
    """`situation` to `reflection`."""
    text: str
    """What is said, Markdown; empty while it is to be written."""
    words: int
    """How many words that is."""
    seconds: int
    """How long they take to say."""
    aim_seconds: int
    """How long the clock gives them."""


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

    def showing(self, competency: str) -> tuple[StoryRecord, ...]:
        """Return the stories that show a competency."""
        return tuple(each for each in self.stories if competency in each.story.competencies)


def words_in(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())


def seconds_of(words: int) -> int:
    """Return how long so many words take to say."""
    return round(words * 60 / WORDS_A_MINUTE)


def story_clock() -> StarTiming:
    """Return the five-part clock of stories.

    Raises:
        NotFound: When this installation lacks it.
    """
    from prepdeck.study.documents import bundled_documents

    try:
        timing = bundled_documents().star_timing
    except OSError:
        timing = None
    if timing is None:
        raise NotFound("the clock of stories is missing", "install prepdeck again")
    return timing


def list_stories(desk: Desk) -> tuple[StoryRecord, ...]:
    """Return all stories, the learner's own first."""
    clock = story_clock()
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
            record = StoryRecord(
                card,
                story,
                parts_of(story, clock, card.seconds),
                card.seconds or clock.default_seconds,
                loaded.path,
                loaded.source is Source.OWN,
                due,
                strength,
                reviews,
                due is not None and due <= today and not held_back,
            )
            found.append(record)
    return tuple(sorted(found, key=lambda each: not each.is_own))


def parts_of(story: Story, clock: StarTiming, seconds: int | None = None) -> tuple[StoryPart, ...]:
    """Return the five parts of a story against the clock.

    Args:
        story: The story.
        clock: How the time is shared.
        seconds: How long the whole may take, instead of the usual.
    """
    aims = {part.id: round((seconds or clock.default_seconds) * part.share) for part in clock.parts}
    parts = []
    for name in PARTS:
        text = written(name, getattr(story, name))
        words = words_in(text)
        parts.append(StoryPart(name, text, words, seconds_of(words), aims[name]))
    return tuple(parts)


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


def add_story(desk: Desk, fields: Fields) -> CardId:
    """Write a new story into the learner's own deck and take it in; return its name.

    Raises:
        UsageError: When a field cannot be written.
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    with desk.store.reading() as log:
        added = add_to(stories_path(desk), fields, lambda name: log.shelf.entry(name) is not None)
    _take_in(desk)
    return added


def change_story(desk: Desk, card: CardId, fields: Fields, known: Fields | None = None) -> tuple[str, ...]:
    """Give fields of a story other values; return the names of those that changed.

    Args:
        desk: Everything opened.
        card: The story.
        fields: The new values.
        known: What the fields held when they were read; see `change_in`.

    Raises:
        FileChanged: When another program changed one of the fields since; nothing is written.
        UsageError: When a field cannot be written, or the story is not the learner's own.
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    changed = change_in(_own_path(desk, card), card, fields, known)
    if changed:
        _take_in(desk)
    return changed


def remove_story(desk: Desk, card: CardId) -> Path:
    """Take a story out of its deck and return where its words are kept; the card retires, its history stays.

    Raises:
        UsageError: When the story is not the learner's own.
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    path = _own_path(desk, card)
    record = show_story(desk, str(card))
    kept = keep_words(desk, card.card, fields_in(record.story))
    remove_from(path, card)
    _take_in(desk)
    return kept


def keep_words(desk: Desk, name: str, fields: Fields) -> Path:
    """Write down words that could not go into the deck, so that they are not lost; return the file.

    Raises:
        StoreReadOnly: When they cannot be written either.
    """
    return keep_page(desk, name, page_of(fields), ".md")


def keep_page(desk: Desk, name: str, page: str, ending: str = ".txt") -> Path:
    """Write a page beside the learner's other files, readable by its owner only; return its new file.

    Raises:
        StoreReadOnly: When it cannot be written.
    """
    stamp = desk.clock.now().strftime("%Y%m%d-%H%M%S")
    path = desk.folders.state / "stories" / f"{name}-{stamp}{ending}"
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{name}-{stamp}-{number}{ending}")
    try:
        write_private_file(path, page)
    except OSError as error:
        raise StoreReadOnly(
            f"the words cannot be kept in {path}: {error.strerror or error}",
            "they are still on the screen; make room, or copy them elsewhere",
        ) from error
    return path


def page_of(fields: Fields) -> str:
    """Return fields of a story as a page of text."""
    blocks = []
    for name in FIELDS:
        value = fields.get(name)
        if value:
            blocks.append(f"# {name}\n\n{value if isinstance(value, str) else ', '.join(value)}\n")
    return "\n".join(blocks).encode("utf-8", "backslashreplace").decode()


def make_matrix(desk: Desk, stories: tuple[StoryRecord, ...] | None = None) -> Matrix:
    """Return which story shows which competency, with holes and stories that have to serve too often."""
    stories = list_stories(desk) if stories is None else stories
    asked = (card.body.competency for card in desk.library.of_kind("star") if isinstance(card.body, Star))
    told = [slug for each in stories for slug in each.story.competencies]
    competencies = tuple(dict.fromkeys((*COMPETENCIES, *sorted(asked), *told)))
    holes = tuple(slug for slug in competencies if slug not in told)
    return Matrix(competencies, stories, holes, _overused(stories))


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
        "due": record.due.isoformat() if record.due else None,
        "strength": None if record.strength is None else round(record.strength, 4),
        "reviews": record.reviews,
        "overused": overused,
    }


def stories_path(desk: Desk) -> Path:
    """Return the file of the learner's own stories; it need not exist yet."""
    return desk.folders.decks / STORIES_FILE


def _own_path(desk: Desk, card: CardId) -> Path:
    loaded = desk.library.deck(card.deck)
    if loaded.source is not Source.OWN:
        raise UsageError(
            f"{card} belongs to {loaded.path}, which is not yours to change", "prepdeck stories add makes your own"
        )
    return loaded.path


def _take_in(desk: Desk) -> None:
    """Take the edit in, without a word: who made it knows of it."""
    from prepdeck.study.desk import reload_decks

    known = len(desk.notes)
    reload_decks(desk)
    del desk.notes[known:]
