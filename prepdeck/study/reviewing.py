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
from prepdeck.errors import AnswerRefused, UsageError
from prepdeck.host.clock import to_milliseconds, wall_of
from prepdeck.scheduling import sm2
from prepdeck.scheduling.arranging import arrange, queue_of
from prepdeck.scheduling.grade import PASSING_QUALITY, Grade
from prepdeck.scheduling.handling import UNTOUCHED, Handling
from prepdeck.scheduling.load import Candidate, fit_minutes, load_of
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory, Unseen, leech_is_announced
from prepdeck.scheduling.review import Answered, Review, ReviewKind, kind_of
from prepdeck.scheduling.round import HardDrill, Round, round_of
from prepdeck.scheduling.study_day import live_study_day, study_day
from prepdeck.store.appointments import interview_dates
from prepdeck.store.ids import next_id
from prepdeck.store.logbook import Logbook
from prepdeck.store.pacing import PACE_FACT, pace_from
from prepdeck.study.aims import is_planned, queued_decks
from prepdeck.study.coding import draft_of, drop_draft
from prepdeck.study.desk import Desk
from prepdeck.study.following import catch_up, kept_key
from prepdeck.study.forecasting import keep_forecasts
from prepdeck.study.leeches import leech_words
from prepdeck.study.planned_rounds import PlannedRound, planned_round
from prepdeck.study.request import RoundRequest, Scope
from prepdeck.study.scope import Circumstances, candidates_of
from prepdeck.study.undoing import Undone, undo
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
    held_back: tuple[tuple[CardId, Round], ...] = ()
    """Each card that was buried or suspended in this round, with the round as it was before, oldest first."""
    plan: PlannedRound | None = field(default=None, compare=False, repr=False)
    """What the round goes by while an interview is ahead."""

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
    handling: Handling = UNTOUCHED
    """What the learner did to it apart from answering it: a flag, a note."""


def begin_round(desk: Desk, request: RoundRequest | None = None) -> Sitting:
    """Return a round of what waits; it is over at once when nothing does.

    Raises:
        NotFound: When a deck, track, topic or tag of the scope does not exist.
    """
    request = request or RoundRequest()
    today = desk.today()
    keep_forecasts(desk)
    with desk.store.reading() as log:
        candidates = _candidates(desk, log, request)
        introduced = log.introduced_on(today)
        spent = log.seconds_on(today)
        plan = planned_round(desk, log, request, candidates)
    queue: tuple[Candidate, ...] = ()
    if request.cram:
        queue = tuple(sorted(candidates, key=lambda each: random.Random(f"{each.card}:{today}").random()))  # noqa: S311
        failed: tuple[Candidate, ...] = ()
        hard: tuple[Candidate, ...] = ()
    else:
        new_left = request.new if request.new is not None else max(0, desk.settings.new_on(today) - introduced)
        load = load_of(candidates, today, new_left=new_left, ahead_days=request.ahead_days)
        if plan is None:
            queue = arrange(load.new) if request.only_new else queue_of(load)
        unfinished = () if request.only_new else load.unfinished
        failed = tuple(each for each in unfinished if isinstance(each.memory, Learned) and not each.memory.repetition)
        hard = tuple(each for each in unfinished if each not in failed)
    if request.minutes is not None:
        queue = fit_minutes(queue, request.minutes)
    asked = plan.queue if plan is not None else tuple(each.card for each in queue)
    if request.limit is not None:
        asked = asked[: request.limit]
    minutes = request.minutes if request.minutes is not None else desk.settings.minutes_on(today)
    budget = minutes * 60 - (spent if request.minutes is None else 0)
    sitting_round = round_of(
        asked,
        failed=tuple(each.card for each in failed),
        hard=() if desk.settings.hard_drill is HardDrill.OFF else tuple(each.card for each in hard),
        budget_seconds=max(0.0, budget),
        hard_drill=desk.settings.hard_drill,
    )
    return Sitting(sitting_round, request, _fresh_ticket(desk), plan=plan)


def _candidates(desk: Desk, log: Logbook, request: RoundRequest) -> tuple[Candidate, ...]:
    """Return the cards a round may ask."""
    circumstances = Circumstances(
        held_back=log.held_back_on(desk.today()),
        daily=queued_decks(desk, interview_dates(log.raw)),
        pace=pace_from(log.catalogue.fact(PACE_FACT)),
    )
    return candidates_of(desk.library, request.scope, log.all_memories(), circumstances)


def _kind_at(desk: Desk, log: Logbook, card: CardId, memory: Memory, day: date) -> ReviewKind:
    """Return what a pass on a study day would do to the schedule; under a plan an early one is of its own kind."""
    kind = kind_of(memory, day)
    return ReviewKind.EARLY_PLAN if kind is ReviewKind.EARLY and is_planned(desk, log, card, day) else kind


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
        memory, handling = log.memory_of(card_id), log.handling_of(card_id)
        reached = _day_reached(log, card_id, memory, desk.today())
        day = live_study_day(wall_of(desk.clock.now()), reached, desk.settings.day_start)[0]
        kind = ReviewKind.CRAM if cram else _kind_at(desk, log, card_id, memory, day)
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


def _day_reached(log: Logbook, card: CardId, memory: Memory, today: date) -> date | None:
    """Return the study day of the last entry that made a card's memory what it is, as far as a clock needs to know."""
    change = log.newest_change(card, today)
    days = [day for day in (_last_day(memory), change.study_day if change is not None else None) if day is not None]
    return max(days, default=None)


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
    plan = sitting.plan
    if plan is not None:
        plan = plan.answered(review, elapsed_seconds or 0.0)
        after = plan.refit(after)
    history = (*sitting.reviews, (review, sitting.round))
    return replace(sitting, round=after, ticket=_fresh_ticket(desk), reviews=history, plan=plan), review


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
    sitting = _replanned(desk, replace(sitting, ticket=_fresh_ticket(desk)))
    if undone.review is None:
        after = _round_after(desk, sitting, undone)
        if sitting.held_back and after is sitting.held_back[-1][1]:
            return replace(sitting, round=after, held_back=sitting.held_back[:-1]), undone
        return replace(sitting, round=after), undone
    if sitting.reviews and sitting.reviews[-1][0].id == undone.review.id:
        return replace(sitting, round=sitting.reviews[-1][1], reviews=sitting.reviews[:-1]), undone
    if undone.card is not None and desk.library.get(undone.card) is not None:
        return replace(sitting, round=sitting.round.asking(undone.card)), undone
    return sitting, undone


def _round_after(desk: Desk, sitting: Sitting, undone: Undone) -> Round:
    """Return the round after a step that was no review was taken back.

    Cards that are held back again are dropped; a card that waits again, as one that had been suspended, is asked next.
    """
    with desk.store.reading() as log:
        held_back = log.held_back_on(desk.today())
    card = undone.card
    if sitting.held_back and undone.moves_cards and sitting.held_back[-1][0] == card and card not in held_back:
        return sitting.held_back[-1][1]
    left = sitting.round
    request = replace(sitting.request, minutes=None, limit=None)
    waiting = begin_round(desk, request).round if undone.moves_cards else left
    for moved in undone.cards:
        # A card whose reset was taken back may be due much later, and leaves the round as well.
        if moved in held_back or (not sitting.cram and not waiting.holds(moved)):
            left = left.without(moved)
    if card is None or card in held_back or left.holds(card) or not undone.moves_cards:
        return left
    return left.asking(card) if waiting.holds(card) else left


def _replanned(desk: Desk, sitting: Sitting) -> Sitting:
    """Return a sitting that goes by what the log says now, as after an undo."""
    if sitting.plan is None:
        return sitting
    with desk.store.reading() as log:
        plan = planned_round(desk, log, sitting.request, _candidates(desk, log, sitting.request))
    return replace(sitting, plan=plan)


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
        kind = ReviewKind.CRAM if answer.cram else _kind_at(desk, log, answer.card, before, day)
        if kind is ReviewKind.EARLY_PLAN and answer.quality < PASSING_QUALITY:
            kind = ReviewKind.EARLY
        entry = Answered(day, answer.quality, kind)
        after = log.scheduler.answer(lambda: log.history_of(answer.card), before, entry)
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
        stored = log.append_review(review, now, ticket)
    if leech_is_announced(stored.before, stored.after, desk.settings.leech_lapses):
        desk.notes.append(leech_words(stored))
    return stored


def _day_of(desk: Desk, log: Logbook, answer: _Answer, moment: datetime, before: Memory) -> date:
    """Return the study day an answer counts on, and say so when the clock was set back."""
    last = _last_day(before)
    wall = wall_of(moment)
    day = study_day(wall, desk.settings.day_start)
    if answer.at is None:
        day, set_back = live_study_day(wall, _day_reached(log, answer.card, before, day), desk.settings.day_start)
        if set_back and day == last:
            desk.notes.append(
                f"the clock stands before {answer.card}'s last review; this answer counts on {last}, "
                "as a drill that leaves the schedule alone"
            )
        elif set_back:
            desk.notes.append(
                f"the clock stands before the last change of {answer.card}'s schedule; this answer counts on {day}"
            )
        return day
    last_ms = log.last_moment_of(answer.card)
    if (last_ms is not None and to_milliseconds(moment) < last_ms) or (last is not None and day < last):
        raise AnswerRefused(
            f"{moment.isoformat()} lies before the last review of {answer.card}; nothing was written",
            f"prepdeck log --card {answer.card} shows the reviews",
        )
    change = log.newest_change(answer.card, day)
    if change is not None:
        raise AnswerRefused(
            f"{moment.isoformat()} lies before the {change.kind.value} of {answer.card} on {change.study_day}; "
            "nothing was written",
            f"prepdeck log --all --card {answer.card} shows everything that happened to it",
        )
    return day


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
