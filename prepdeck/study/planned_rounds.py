"""A round under a plan: its queue, and the queue after each answer, for the minutes that are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.aim import Aim, Intensity, PlanCard
from prepdeck.scheduling.arranging import arrange, mixed
from prepdeck.scheduling.learner import Learner
from prepdeck.scheduling.load import Candidate
from prepdeck.scheduling.memory import Learned, Unseen
from prepdeck.scheduling.pace import usual_seconds
from prepdeck.scheduling.plan import Memo
from prepdeck.scheduling.review import Review
from prepdeck.scheduling.round import Round
from prepdeck.store.logbook import Logbook
from prepdeck.study.aims import USUAL_WEIGHT, Draft, draft_plan, is_break
from prepdeck.study.desk import Desk
from prepdeck.study.forecasting import UNKNOWN
from prepdeck.study.planning import plan_today
from prepdeck.study.request import RoundRequest

MOST_REPLANNED = 3000
"""With more cards in scope the order of the round's beginning is kept: ranking them all would delay the next card."""
SEEN_BEFORE = 4
"""Cards asked last, from which the next ones keep apart."""


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """What a round under a plan goes by; `answered` returns the next value."""

    draft: Draft
    """What the plan is made of, with today's answers taken in."""
    candidates: Mapping[CardId, Candidate]
    """Every card the round may ask."""
    request: RoundRequest
    """What was asked for."""
    places: Mapping[CardId, tuple[int, int]]
    """Where each card of an interview stands: which aim, which place in it."""
    asked: tuple[CardId, ...] = ()
    """The cards asked last."""
    memo: Memo = field(default_factory=dict, compare=False, repr=False)
    """Worths found so far in this round."""

    @property
    def queue(self) -> tuple[CardId, ...]:
        """The cards to ask, in order: the plan's picks with topics alternating, new ones spread among the others."""
        picks = [pick for pick in plan_today(self.draft, self.memo).picks if pick.card in self.candidates]
        old = [self.candidates[pick.card] for pick in picks if not pick.is_new]
        new = [self.candidates[pick.card] for pick in picks if pick.is_new]
        request = self.request
        if request.new is not None:
            more = (each for each in self.candidates.values() if isinstance(each.memory, Unseen) and each not in new)
            new = [*new, *more][: request.new]
        if request.only_new:
            return tuple(each.card for each in arrange(new))
        before = [self.candidates[card] for card in self.asked if card in self.candidates]
        queue = [*arrange(mixed(old, new), after=before), *self._ahead(old)]
        return tuple(each.card for each in queue)[: request.limit]

    def _ahead(self, taken: Iterable[Candidate]) -> Sequence[Candidate]:
        """Return what else falls due in the days that the learner asked for ahead."""
        if not self.request.ahead_days:
            return ()
        known = {each.card for each in taken}
        today = self.draft.today
        due = [
            (each.memory.due, each)
            for each in self.candidates.values()
            if isinstance(each.memory, Learned) and each.card not in known and each.memory.last < today
        ]
        soon = [pair for pair in due if (pair[0] - today).days <= self.request.ahead_days]
        return arrange([each for _, each in sorted(soon, key=lambda pair: pair[0])])

    @property
    def introduced(self) -> tuple[int, ...]:
        """How many cards of each interview were seen for the first time today."""
        return tuple(self.draft.sofar.introduced_of(place) for place in range(len(self.draft.aims)))

    @property
    def is_replanned(self) -> bool:
        """Whether each answer plans the rest anew; not where the learner named what the round is to hold."""
        request = self.request
        fixed = request.limit is not None or request.new is not None or request.only_new or request.ahead_days
        return not fixed and len(self.places) <= MOST_REPLANNED

    def answered(self, review: Review, elapsed_seconds: float) -> PlannedRound:
        """Return what the round goes by after an answer."""
        draft = self.draft
        seconds = max(0.0, elapsed_seconds)
        candidate = self.candidates.get(review.card)
        learner = draft.learner.copy()
        kind, target = UNKNOWN if candidate is None else (candidate.kind, candidate.target_seconds)
        usual = None if review.elapsed_seconds is None else usual_seconds(kind, review.elapsed_seconds, target)
        learner.answered(review.card, kind, review.study_day, review.quality, usual)
        is_new = isinstance(review.before, Unseen)
        place = self.places.get(review.card)
        sofar = draft.sofar
        counts = [count + (is_new and place is not None and place[0] == at) for at, count in enumerate(self.introduced)]
        after = replace(
            draft,
            learner=learner,
            aims=self._aims_after(review, learner),
            outside=tuple(card for card in draft.outside if card.card != review.card),
            frame=replace(draft.frame, pace=learner.pace, curve=learner.curve),
            outside_introduced=draft.outside_introduced + (is_new and place is None),
            sofar=replace(
                sofar,
                introduced=sum(counts),
                introduced_by_aim=tuple(counts),
                spent_seconds=sofar.spent_seconds + seconds,
                room_seconds=None if sofar.room_seconds is None else sofar.room_seconds - seconds,
            ),
        )
        return replace(self, draft=after, asked=(*self.asked, review.card)[-SEEN_BEFORE:])

    def _aims_after(self, review: Review, learner: Learner) -> tuple[Aim, ...]:
        if review.card not in self.places:
            return self.draft.aims
        group, place = self.places[review.card]
        aims = list(self.draft.aims)
        cards = list(aims[group].cards)
        strength = learner.traces[review.card].strength
        cards[place] = cards[place]._replace(memory=review.after, strength=strength, last=review.study_day)
        aims[group] = replace(aims[group], cards=tuple(cards))
        return tuple(aims)

    def refit(self, after: Round) -> Round:
        """Return a round with the queue that fits the minutes left; cards on their way back stay where they are."""
        if not self.is_replanned:
            return after
        back = {waiting.card for waiting in after.failed} | set(after.hard)
        return replace(after, queue=tuple(card for card in self.queue if card not in back))


def planned_round(
    desk: Desk, log: Logbook, request: RoundRequest, candidates: Sequence[Candidate]
) -> PlannedRound | None:
    """Return what a round goes by while an interview is ahead.

    None when none is, when the round is practice, and in a break unless minutes are asked for: nothing is planned
    then, and what is due may be reviewed as on any day.

    Args:
        desk: The opened desk.
        log: An open transaction.
        request: What the round should hold.
        candidates: The cards in its scope.
    """
    if request.cram:
        return None
    # Minutes that were asked for are meant to be used.
    intensity = None if request.minutes is None else Intensity.FULL
    draft = draft_plan(desk, log, intensity=intensity)
    if not draft.aims or (request.minutes is None and is_break(draft)):
        return None
    allowed = {each.card: each for each in candidates}
    aims = tuple(replace(aim, cards=tuple(card for card in aim.cards if card.card in allowed)) for aim in draft.aims)
    covered = {card.card: (group, place) for group, aim in enumerate(aims) for place, card in enumerate(aim.cards)}
    known = {card.card for card in draft.outside}
    outside = [card for card in draft.outside if card.card in allowed]
    outside += [_plan_card(each, draft) for each in candidates if each.card not in covered and each.card not in known]
    sofar = draft.sofar
    if request.minutes is not None:
        sofar = replace(sofar, room_seconds=request.minutes * 60)
    return PlannedRound(replace(draft, aims=aims, outside=tuple(outside), sofar=sofar), allowed, request, covered)


def _plan_card(candidate: Candidate, draft: Draft) -> PlanCard:
    """Return a card that the daily queue leaves out but the learner named, as one of an optional deck."""
    trace = draft.learner.traces.get(candidate.card)
    strength, last = (None, None) if trace is None else (trace.strength, trace.last)
    weight = candidate.weight / USUAL_WEIGHT
    target = candidate.target_seconds
    return PlanCard(candidate.card, candidate.kind, candidate.memory, strength, last, weight, target)
