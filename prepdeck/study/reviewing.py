"""Reviews: a round from its queue to each stored grade, a single answer, and undo."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from prepdeck.cards.card import Basic, Card, Choice
from prepdeck.cards.code import Code
from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Design, Star, Story
from prepdeck.errors import AnswerRefused, NotFound, UsageError
from prepdeck.host.clock import to_milliseconds
from prepdeck.scheduling import sm2
from prepdeck.scheduling.grade import PASSING_QUALITY, Grade
from prepdeck.scheduling.load import Candidate, fit_minutes, load_of
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory, Unseen
from prepdeck.scheduling.review import Review, ReviewKind, kind_of
from prepdeck.scheduling.round import HardDrill, Round, round_of
from prepdeck.scheduling.study_day import live_study_day, study_day
from prepdeck.store.ids import next_id
from prepdeck.store.logbook import Logbook
from prepdeck.study.coding import draft_of, drop_draft
from prepdeck.study.desk import Desk
from prepdeck.study.request import RoundRequest, Scope
from prepdeck.study.scope import candidates_of
from prepdeck.text.counts import counted
from prepdeck.text.slugs import slug_words

LONGEST_ANSWER_SECONDS = 86_400.0
"""A longer answer is a forgotten window; it is kept as a day."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A round with what can be undone in it; a value, replaced by every answer."""

    round: Round
    """What is asked next."""
    request: RoundRequest
    """What was asked for."""
    ticket: str
    """The id the next review is stored under, so that a try repeated after an error is stored once."""
    reviews: tuple[tuple[Review, Round], ...] = ()
    """Each stored review with the round as it was before, oldest first."""

    @property
    def current(self) -> CardId | None:
        """The card to ask now, or None when the round is over."""
        return self.round.current

    @property
    def cram(self) -> bool:
        """Whether the schedule is left alone."""
        return self.request.cram

    @property
    def tally(self) -> dict[Grade, int]:
        """How many answers each button got."""
        counts = dict.fromkeys(Grade, 0)
        for review, _ in self.reviews:
            counts[review.grade] += 1
        return counts

    @property
    def slipped(self) -> tuple[CardId, ...]:
        """Cards that were failed at least once, in order."""
        failed = (review.card for review, _ in self.reviews if review.quality < PASSING_QUALITY)
        return tuple(dict.fromkeys(failed))


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


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back."""

    words: str
    """For people, such as `good on probability/base-rate`."""
    card: CardId | None
    """The card it was about."""
    at: datetime
    """When the undone action happened."""
    review: Review | None = field(default=None, compare=False)
    """The review that no longer counts."""


def begin_round(desk: Desk, request: RoundRequest | None = None) -> Sitting:
    """Return a round of what waits; it is over at once when nothing does.

    Raises:
        NotFound: When a deck, track, topic or tag of the scope does not exist.
    """
    request = request or RoundRequest()
    today = desk.today()
    with desk.store.reading() as log:
        candidates = candidates_of(desk.library, request.scope, log.all_memories())
        introduced = log.introduced_on(today)
        spent = log.seconds_on(today)
    if request.cram:
        queue = tuple(sorted(candidates, key=lambda each: random.Random(f"{each.card}:{today}").random()))  # noqa: S311
        failed: tuple[Candidate, ...] = ()
        hard: tuple[Candidate, ...] = ()
    else:
        new_left = request.new if request.new is not None else max(0, desk.settings.new_a_day - introduced)
        load = load_of(candidates, today, new_left=new_left, ahead_days=request.ahead_days)
        queue = load.new if request.only_new else (*load.due, *load.new)
        unfinished = () if request.only_new else load.unfinished
        failed = tuple(each for each in unfinished if isinstance(each.memory, Learned) and not each.memory.repetition)
        hard = tuple(each for each in unfinished if each not in failed)
    if request.minutes is not None:
        queue = fit_minutes(queue, request.minutes)
    if request.limit is not None:
        queue = queue[: request.limit]
    minutes = request.minutes if request.minutes is not None else desk.settings.minutes_a_day
    budget = minutes * 60 - (spent if request.minutes is None else 0)
    sitting_round = round_of(
        tuple(each.card for each in queue),
        failed=tuple(each.card for each in failed),
        hard=() if desk.settings.hard_drill is HardDrill.OFF else tuple(each.card for each in hard),
        budget_seconds=max(0.0, budget),
        hard_drill=desk.settings.hard_drill,
    )
    return Sitting(sitting_round, request, _fresh_ticket(desk))


def _fresh_ticket(desk: Desk) -> str:
    return next_id(to_milliseconds(desk.clock.now()), None)


def view_card(desk: Desk, card_id: CardId, *, cram: bool = False) -> CardView:
    """Return a card as it is asked now; options and wording change from one repetition to the next.

    Raises:
        NotFound: When no deck holds the card.
    """
    card = desk.library.get(card_id) or desk.library.find(str(card_id))
    loaded = desk.library.deck(card_id.deck)
    with desk.store.reading() as log:
        memory = log.memory_of(card_id)
    day = live_study_day(desk.clock.now(), _last_day(memory), desk.settings.day_start)[0]
    dice = _dice(card_id, memory)
    topics = {topic.id: topic.title for topic in loaded.deck.topics}
    wording, front = _wording(card, dice)
    return CardView(
        card=card,
        deck_title=loaded.deck.title,
        topic_title=topics.get(card.topic or "", card.topic),
        memory=memory,
        futures=dict.fromkeys(Grade, memory) if cram else dict(sm2.preview(memory, day)),
        review_kind=ReviewKind.CRAM if cram else kind_of(memory, day),
        wording=wording,
        front=front,
        option_order=_shuffled(len(card.body.options), dice) if isinstance(card.body, Choice) else (),
        draft=draft_of(desk, card),
        stories=_stories_showing(card.body.competency, desk) if isinstance(card.body, Star) else (),
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
    return random.Random(f"{card}:{repetition}:{_last_day(memory)}")  # noqa: S311 - a shuffle, not a secret


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


def _last_day(memory: Memory) -> date | None:
    return memory.last if isinstance(memory, Learned) else None


def answer_current(
    desk: Desk, sitting: Sitting, quality: int, elapsed_seconds: float | None, wording: int = 0
) -> tuple[Sitting, Review]:
    """Store a grade for the sitting's current card; when this returns, it is on the disk.

    Raises:
        UsageError: When the round is over.
        StoreError: When it could not be stored; the same call may be tried again and stores one review.
    """
    card = sitting.current
    if card is None:
        raise UsageError("the round is over", "begin another one")
    answer = _Answer(card, quality, None, elapsed_seconds, wording, cram=sitting.cram)
    review = _record(desk, answer, sitting.ticket)
    _throw_away_draft(desk, card)
    after = sitting.round.answered(quality, elapsed_seconds or 0.0)
    history = (*sitting.reviews, (review, sitting.round))
    return replace(sitting, round=after, ticket=_fresh_ticket(desk), reviews=history), review


def _throw_away_draft(desk: Desk, card_id: CardId) -> None:
    card = desk.library.get(card_id)
    if card is not None and isinstance(card.body, Code | Design):
        drop_draft(desk, card)


def undo_current(desk: Desk, sitting: Sitting) -> tuple[Sitting, Undone]:
    """Take back the last action, in this round or before it, and ask its card again.

    Raises:
        NotFound: When there is nothing to undo.
    """
    undone = undo(desk)[0]
    ticket = _fresh_ticket(desk)
    if sitting.reviews and undone.review is not None and sitting.reviews[-1][0].id == undone.review.id:
        return replace(sitting, round=sitting.reviews[-1][1], reviews=sitting.reviews[:-1], ticket=ticket), undone
    if undone.card is not None and desk.library.get(undone.card) is not None:
        return replace(sitting, round=sitting.round.asking(undone.card), ticket=ticket), undone
    return replace(sitting, ticket=ticket), undone


def record_answer(
    desk: Desk, card_id: CardId, quality: int, *, at: datetime | None = None, seconds: float | None = None
) -> Review:
    """Record one review without a screen; when this returns, it is on the disk.

    Args:
        desk: The opened desk.
        card_id: A card of the library.
        quality: 0-5.
        at: When it happened, aware; None for now.
        seconds: How long it took.

    Raises:
        AnswerRefused: When `at` lies before the card's last review; nothing is written.
        StoreError: When it could not be stored.
    """
    return _record(desk, _Answer(card_id, quality, at, seconds))


@dataclass(frozen=True, slots=True)
class _Answer:
    card: CardId
    quality: int
    at: datetime | None
    elapsed_seconds: float | None
    wording: int = 0
    cram: bool = False


def _record(desk: Desk, answer: _Answer, ticket: str | None = None) -> Review:
    now = desk.clock.now()
    moment = now if answer.at is None else answer.at.astimezone()
    seconds = answer.elapsed_seconds
    with desk.store.writing() as log:
        before = log.memory_of(answer.card)
        if isinstance(before, Unseen):
            # Another program may have taken in a new name since the card was asked; its history stands under that one.
            answer = replace(answer, card=log.name_now(answer.card))
            before = log.memory_of(answer.card)
        day = _day_of(desk, log, answer, moment, before)
        cram = answer.cram
        kind = ReviewKind.CRAM if cram else kind_of(before, day)
        after = before if cram else sm2.answer(before, answer.quality, day)
        review = Review(
            id="",
            card=answer.card,
            at=moment,
            study_day=day,
            quality=answer.quality,
            elapsed_seconds=None if seconds is None else min(max(0.0, seconds), LONGEST_ANSWER_SECONDS),
            kind=kind,
            wording=answer.wording,
            before=before,
            after=after,
        )
        return log.append_review(review, now, ticket)


def _day_of(desk: Desk, log: Logbook, answer: _Answer, moment: datetime, before: Memory) -> date:
    """Return the study day an answer counts on, and say so when the clock was set back."""
    last = _last_day(before)
    if answer.at is None:
        day, set_back = live_study_day(moment, last, desk.settings.day_start)
        if set_back:
            desk.notes.append(
                f"the clock stands before {answer.card}'s last review; this answer counts on {last}, "
                "as a drill that leaves the schedule alone"
            )
        return day
    last_ms = log.last_moment_of(answer.card)
    day = study_day(moment, desk.settings.day_start)
    if (last_ms is not None and to_milliseconds(moment) < last_ms) or (last is not None and day < last):
        raise AnswerRefused(
            f"{moment.isoformat()} lies before the last review of {answer.card}; nothing was written",
            f"prepdeck log --card {answer.card} shows the reviews",
        )
    return day


def undo(desk: Desk, count: int = 1) -> tuple[Undone, ...]:
    """Take back the last `count` user actions, newest first, in one transaction.

    Raises:
        NotFound: When there is nothing to undo.
        UsageError: When `count` is not positive.
    """
    if count < 1:
        raise UsageError(f"cannot undo {count} actions", "prepdeck undo 2 takes back the last two")
    now = desk.clock.now()
    undone = []
    with desk.store.writing() as log:
        for _ in range(count):
            review = log.newest_review()
            if review is None:
                break
            log.void(review, now, max(desk.today(), review.study_day))
            undone.append(
                Undone(f"{review.grade.value} on {review.card}", log.name_now(review.card), review.at, review)
            )
    if not undone:
        raise NotFound("there is nothing to undo")
    return tuple(undone)


def future_words(futures: Mapping[Grade, Memory], grade: Grade, review_kind: ReviewKind) -> str:
    """Return what a button does, in the words of its box.

    SM-2 multiplies by the old easiness, so Hard, Good and Easy give one interval and differ in what comes later.
    """
    match review_kind:
        case ReviewKind.CRAM:
            return "no change"
        case ReviewKind.DRILL:
            return "again today" if grade in {Grade.AGAIN, Grade.HARD} else "done for today"
        case ReviewKind.SCHEDULED | ReviewKind.EARLY:
            future = futures[grade]
            days = 0 if isinstance(future, Unseen) else future.interval
            interval = counted(days, "day")
            return {
                Grade.AGAIN: f"today, then {interval}",
                Grade.HARD: f"today, then {interval}",
                Grade.GOOD: interval,
                Grade.EASY: f"{interval}, then longer",
            }[grade]


__all__ = [
    "CardView",
    "RoundRequest",
    "Scope",
    "Sitting",
    "Undone",
    "answer_current",
    "begin_round",
    "first_view",
    "future_words",
    "record_answer",
    "undo",
    "undo_current",
    "view_card",
]
