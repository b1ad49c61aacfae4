"""Rounds of reviews: from the queue to each stored grade, and undo."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from prepdeck.cards.code import Code
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Design
from prepdeck.errors import UsageError
from prepdeck.host.clock import to_milliseconds
from prepdeck.scheduling.arranging import arrange, queue_of
from prepdeck.scheduling.grade import PASSING_QUALITY, Grade
from prepdeck.scheduling.load import Candidate, fit_minutes, load_of
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.review import Review
from prepdeck.scheduling.round import HardDrill, Round, round_of
from prepdeck.store.appointments import interview_dates
from prepdeck.store.ids import next_id
from prepdeck.store.logbook import Logbook
from prepdeck.store.pacing import PACE_FACT, pace_from
from prepdeck.study.aims import queued_decks
from prepdeck.study.card_views import CardView, first_view, future_words, story_front, view_card
from prepdeck.study.coding import drop_draft
from prepdeck.study.desk import Desk
from prepdeck.study.forecasting import keep_forecasts
from prepdeck.study.planned_rounds import PlannedRound, planned_round
from prepdeck.study.recording import Answer, record, record_answer
from prepdeck.study.request import RoundRequest, Scope
from prepdeck.study.scope import Circumstances, candidates_of
from prepdeck.study.undoing import Undone, undo


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


def _fresh_ticket(desk: Desk) -> str:
    return next_id(to_milliseconds(desk.clock.now()), None)


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
    answer = Answer(card, quality, None, elapsed_seconds, wording, cram=sitting.cram)
    review = record(desk, answer, sitting.ticket)
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
    "story_front",
    "undo",
    "undo_current",
    "view_card",
]
