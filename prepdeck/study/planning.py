"""The plan up to the next interview: day by day, with an honest sentence when the minutes do not suffice."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from prepdeck.scheduling.aim import Aim, Frame, Pick, PlanCard
from prepdeck.scheduling.dates import InterviewDate
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.need import SECONDS, need_of, quota_of, window_of
from prepdeck.scheduling.outlook import ForeseenDay, Outlook, look_out, recall_on
from prepdeck.scheduling.plan import DayPlan, Memo, plan_day
from prepdeck.study.aims import Draft, draft_plan, is_break, picks_outside
from prepdeck.study.desk import Desk
from prepdeck.study.library import Outline
from prepdeck.study.plan_words import message_of

STEP_MINUTES = 5
"""The effect of so many minutes more and less is shown."""
LEAST_MINUTES = 1
"""A day with less is none."""
MOST_MINUTES = 1440
"""A day has no more."""
MOST_PLAYED = 300_000
"""With more cards times days other minutes are not tried: the plan alone takes seconds then."""


@dataclass(frozen=True, slots=True)
class Lever:
    """What other minutes would lead to."""

    minutes: float
    """Minutes a day."""
    recall: float
    """Expected recall on the day, 0-1."""
    unseen: int
    """Cards that would not be seen."""


@dataclass(frozen=True, slots=True)
class PlanReport:
    """The plan up to the next interview."""

    interview: InterviewDate
    """The interview."""
    minutes: float
    """Minutes a day."""
    fits: bool
    """Whether every card can be seen, and once more before the day."""
    message: str
    """What the plan comes to, in one or two sentences."""
    cards: int
    """Cards in scope."""
    seen: int
    """Cards in scope that were answered at least once."""
    days: tuple[ForeseenDay, ...]
    """The study days left."""
    recall: float
    """Expected weighted recall on the day if the plan is kept, unseen cards at 0; 0-1."""
    alone: float
    """The same if nothing more is studied."""
    unseen: int
    """Cards that will not be seen."""
    looks_from: date
    """When last looks begin."""
    levers: tuple[Lever, ...]
    """What five minutes less and five minutes more would lead to, as far as a day has them."""
    later: tuple[InterviewDate, ...]
    """Interviews after this one."""
    today: tuple[tuple[Pick, Outline], ...]
    """What is left of what today asks, best first, each with the card."""
    is_break: bool = False
    """Whether today is in a break."""


def plan_today(draft: Draft, memo: Memo | None = None) -> DayPlan:
    """Return what to study today under the interviews ahead; `memo` holds worths found before in the same round."""
    outside = picks_outside(_outside_today(draft), draft.learner)
    return plan_day(draft.aims, draft.sofar, draft.frame, outside, memo)


def plan_report(desk: Desk, minutes: float | None = None) -> PlanReport | None:
    """Return the plan up to the next interview; None when none is ahead.

    Args:
        desk: The opened desk.
        minutes: Minutes a day instead of the setting; the setting stays.
    """
    with desk.store.reading() as log:
        draft = draft_plan(desk, log, minutes=minutes)
    if not draft.aims:
        return None
    aim, frame = draft.aims[0], draft.frame
    outlook = outlook_of(draft)
    need = need_of(aim, draft.today, frame)
    fits = need.fits and not outlook.unseen
    levers = _levers(draft)
    today = plan_today(draft)
    return PlanReport(
        interview=draft.dates[0],
        minutes=frame.minutes,
        fits=fits,
        message=message_of(draft, outlook, need, levers, fits=fits),
        cards=len(aim.cards),
        seen=need.cards - need.unseen,
        days=_days(outlook, today),
        recall=outlook.recall,
        alone=recall_on(aim.cards, aim.day, draft.learner.curve),
        unseen=outlook.unseen,
        looks_from=aim.day - timedelta(days=window_of(aim, frame)),
        levers=levers,
        later=draft.dates[1:],
        today=tuple((pick, draft.outlines[pick.card]) for pick in today.picks),
        is_break=is_break(draft),
    )


def whole_minutes(minutes: float) -> int:
    """Return minutes as people read them: whole ones, and none only where there is nothing to do."""
    return max(1, round(minutes)) if minutes > 0 else 0


def outlook_of(draft: Draft, frame: Frame | None = None) -> Outlook:
    """Return where the plan leads; the same for the same log, settings and day."""
    frame = frame or draft.frame
    # The dice depend on the plan alone: a look at it twice shows the same, and so does five minutes more.
    dice = random.Random(f"{draft.aims[0].day}:{draft.today}")  # noqa: S311 - a forecast, not a secret
    return look_out(draft.aims, draft.sofar, frame, dice.random, _outside_by_day(draft))


def _days(outlook: Outlook, today: DayPlan) -> tuple[ForeseenDay, ...]:
    """Return the days foreseen, the first as today's round has it: played, it depends on how quick its answers were."""
    new = sum(pick.is_new for pick in today.picks)
    first, *rest = outlook.days
    return (replace(first, reviews=len(today.picks) - new, new=new, minutes=today.seconds / SECONDS), *rest)


def _levers(draft: Draft) -> tuple[Lever, ...]:
    aim, minutes = draft.aims[0], draft.frame.minutes
    if aim.left(draft.today) * len(aim.cards) > MOST_PLAYED:
        return ()
    sensible = {min(max(LEAST_MINUTES, minutes + step), MOST_MINUTES) for step in (-STEP_MINUTES, STEP_MINUTES)}
    return tuple(_lever(draft, each) for each in sorted(sensible - {minutes}))


def _lever(draft: Draft, minutes: float) -> Lever:
    outlook = outlook_of(draft, replace(draft.frame, minutes=minutes))
    return Lever(minutes, outlook.recall, outlook.unseen)


def _outside_today(draft: Draft) -> list[PlanCard]:
    """Return what the decks of no interview ask for today: due cards, longest overdue first, and new ones."""
    due = [(card.memory.due, card) for card in draft.outside if isinstance(card.memory, Learned)]
    now = [(day, card) for day, card in due if day <= draft.today and card.last != draft.today]
    now.sort(key=lambda pair: pair[0])
    new = [card for card in draft.outside if not isinstance(card.memory, Learned)]
    return [*(card for _, card in now), *new[: _outside_new(draft)]]


def _outside_new(draft: Draft) -> int:
    """Return how many new cards of other decks today still allows: what the interviews leave of a day's new cards."""
    sofar = draft.sofar
    planned = 0
    for place, aim in enumerate(draft.aims):
        introduced = sofar.introduced_of(place)
        quota = quota_of(aim, draft.today, _unseen(aim) + introduced, draft.frame.share_of)
        planned += max(quota, introduced)
    return max(0, draft.new_on(draft.today) - planned - draft.outside_introduced)


def _unseen(aim: Aim) -> int:
    return sum(card.strength is None for card in aim.cards)


def _outside_by_day(draft: Draft) -> Mapping[date, Sequence[Pick]]:
    """Return what the other decks ask for until the interview: what is due by then and new cards, each card once."""
    days: dict[date, list[PlanCard]] = defaultdict(list)
    for card in draft.outside:
        memory = card.memory
        if isinstance(memory, Learned) and memory.due < draft.aims[0].day and memory.last < draft.today:
            days[max(draft.today, memory.due)].append(card)
    for cards in days.values():
        cards.sort(key=_due_day)
    for day, new in _outside_new_by_day(draft):
        days[day] += new
    return {day: picks_outside(cards, draft.learner) for day, cards in days.items()}


def _due_day(card: PlanCard) -> date:
    return card.memory.due if isinstance(card.memory, Learned) else date.max


def _outside_new_by_day(draft: Draft) -> Iterator[tuple[date, list[PlanCard]]]:
    """Yield the new cards of other decks that each day has room for, as far as the pace of the interviews is known."""
    new = [card for card in draft.outside if not isinstance(card.memory, Learned)]
    share_of = cache(draft.frame.share_of)
    unseen = [_unseen(aim) for aim in draft.aims]
    for offset in range(draft.aims[0].left(draft.today)):
        if not new:
            return
        day = draft.today + timedelta(days=offset)
        quotas = [
            min(left, quota_of(aim, day, left, share_of)) if aim.left(day) > 0 else 0
            for aim, left in zip(draft.aims, unseen, strict=True)
        ]
        unseen = [left - quota for left, quota in zip(unseen, quotas, strict=True)]
        count = max(0, draft.new_on(day) - sum(quotas)) if offset else _outside_new(draft)
        yield day, new[:count]
        new = new[count:]
