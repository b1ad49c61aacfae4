"""Cards as they are asked: wording, order of options, and what each grade would make of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from prepdeck.cards.blueprint import StarTiming
from prepdeck.cards.card import Basic, Card, Choice
from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Star, Story
from prepdeck.host.clock import wall_of
from prepdeck.scheduling import sm2
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.handling import UNTOUCHED, Handling
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory, Unseen
from prepdeck.scheduling.review import ReviewKind, kind_of
from prepdeck.scheduling.study_day import live_study_day
from prepdeck.study.coding import draft_of
from prepdeck.study.desk import Desk
from prepdeck.study.following import catch_up, kept_key
from prepdeck.study.review_days import day_reached, kind_at, last_day
from prepdeck.study.story_clock import find_clock
from prepdeck.text.counts import counted
from prepdeck.text.slugs import slug_words


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as it is asked now."""

    card: Card
    """The card."""
    deck_title: str
    """What people call its deck."""
    topic_title: str | None
    """What people call its topic."""
    memory: Memory
    """What is known of it."""
    futures: Mapping[Grade, Memory]
    """What each button would make of it."""
    review_kind: ReviewKind
    """What an answer would do to the schedule."""
    wording: int = 0
    """Which wording is shown: 0 the front, n its n-th variant."""
    front: str = ""
    """The wording shown, Markdown; empty for a cloze."""
    option_order: tuple[int, ...] = ()
    """Positions of a choice card's options in the order they are shown."""
    draft: str | None = None
    """What the learner wrote on it earlier today; None when nothing was."""
    stories: tuple[str, ...] = ()
    """Titles of the learner's stories that show what a behavioural prompt looks for."""
    handling: Handling = UNTOUCHED
    """What the learner did to it apart from answering it: a flag, a note."""
    timing: StarTiming | None = None
    """The five-part clock of an answer that is told; None for other cards."""


def view_card(desk: Desk, card_id: CardId, *, cram: bool = False) -> CardView:
    """Return a card as it is asked now; options and wording change from one repetition to the next.

    Raises:
        NotFound: When no deck holds the card.
    """
    card = desk.library.get(card_id) or desk.library.find(str(card_id))
    loaded = desk.library.deck(card_id.deck)
    with desk.store.reading() as log:
        memory, handling = log.memory_of(card_id), log.handling_of(card_id)
        reached = day_reached(log, card_id, memory, desk.today())
        day = live_study_day(wall_of(desk.clock.now()), reached, desk.settings.day_start)[0]
        kind = ReviewKind.CRAM if cram else kind_at(desk, log, card_id, memory, day)
        futures = desk.scheduler.preview(lambda: log.history_of(card_id), memory, day, kind)
        follows = kept_key(log)
    if follows != desk.scheduler.key:
        words = catch_up(desk.store, follows)
        if words is not None:
            desk.notes.append(words)
            return view_card(desk, card_id, cram=cram)
    dice = _dice(card_id, memory)
    topics = {topic.id: topic.title for topic in loaded.deck.topics}
    wording, front = _wording(card, dice)
    return CardView(
        card=card,
        deck_title=loaded.deck.title,
        topic_title=topics.get(card.topic or "", card.topic),
        memory=memory,
        futures=futures,
        review_kind=kind,
        wording=wording,
        front=front,
        option_order=_shuffled(len(card.body.options), dice) if isinstance(card.body, Choice) else (),
        draft=draft_of(desk, card),
        stories=_stories_showing(card.body.competency, desk) if isinstance(card.body, Star) else (),
        handling=handling,
        timing=find_clock(desk) if isinstance(card.body, Star | Story) else None,
    )


def first_view(card: Card, deck: Deck, today: date) -> CardView:
    """Return a card as a first review asks it, apart from any learner; its deck's own stories are the only ones."""
    dice = _dice(card.id, UNSEEN)
    wording, front = _wording(card, dice)
    return CardView(
        card=card,
        deck_title=deck.title,
        topic_title=next((topic.title for topic in deck.topics if topic.id == card.topic), card.topic),
        memory=UNSEEN,
        futures=dict(sm2.preview(UNSEEN, today)),
        review_kind=kind_of(UNSEEN, today),
        wording=wording,
        front=front,
        option_order=_shuffled(len(card.body.options), dice) if isinstance(card.body, Choice) else (),
        stories=_showing(card.body.competency, deck.cards) if isinstance(card.body, Star) else (),
    )


def _dice(card: CardId, memory: Memory) -> random.Random:
    """Return the dice that choose wording and order: others for each repetition, the same for each look."""
    repetition = memory.repetition if isinstance(memory, Learned) else 0
    return random.Random(f"{card}:{repetition}:{last_day(memory)}")  # noqa: S311 - a shuffle, not a secret


def _stories_showing(competency: str, desk: Desk) -> tuple[str, ...]:
    """Return the titles of the learner's stories that show a competency."""
    return _showing(competency, desk.library.of_kind("story"))


def _showing(competency: str, cards: Iterable[Card]) -> tuple[str, ...]:
    stories = (card.body for card in cards if isinstance(card.body, Story))
    return tuple(story.title for story in stories if competency in story.competencies)


def _wording(card: Card, dice: random.Random) -> tuple[int, str]:
    match card.body:
        case Basic(front=front, variants=variants):
            number = dice.randrange(len(variants) + 1)
            return number, (front, *variants)[number]
        case Story() as story:
            number = dice.randrange(len(story.competencies) + 1)
            return number, story_front(story, number)
        case body:
            return 0, getattr(body, "front", "")


def story_front(story: Story, wording: int) -> str:
    """Return what a story card asks: wording 0 to tell it, each further one which story shows a competency."""
    if wording == 0:
        return f"Tell: {story.title}"
    return f"Which of your stories shows **{slug_words(story.competencies[wording - 1])}**?"


def _shuffled(count: int, dice: random.Random) -> tuple[int, ...]:
    order = list(range(count))
    dice.shuffle(order)
    return tuple(order)


def future_words(futures: Mapping[Grade, Memory], grade: Grade, review_kind: ReviewKind) -> str:
    """Return what a button does, in the words of its box.

    SM-2 multiplies by the old easiness, so Hard, Good and Easy give one interval and differ in what comes later; FSRS
    gives each its own. Under a plan a pass before the due day keeps SM-2's interval, whatever the grade.
    """
    match review_kind:
        case ReviewKind.CRAM:
            return "no change"
        case ReviewKind.DRILL:
            return "again today" if grade in {Grade.AGAIN, Grade.HARD} else "done for today"
        case ReviewKind.SCHEDULED | ReviewKind.EARLY | ReviewKind.EARLY_PLAN:
            interval = counted(_days_of(futures[grade]), "day")
            # Under a plan an early pass leaves the easiness alone too.
            is_stretched = review_kind is not ReviewKind.EARLY_PLAN and _days_of(futures[Grade.GOOD]) == _days_of(
                futures[Grade.EASY]
            )
            return {
                Grade.AGAIN: f"today, then {interval}",
                Grade.HARD: f"today, then {interval}",
                Grade.GOOD: interval,
                Grade.EASY: f"{interval}, then longer" if is_stretched else interval,
            }[grade]


def _days_of(future: Memory) -> int:
    return 0 if isinstance(future, Unseen) else future.interval
