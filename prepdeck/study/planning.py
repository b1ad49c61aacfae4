"""The plan up to the next interview: day by day, with an honest sentence when the minutes do not suffice."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from prepdeck.scheduling.dates import InterviewDate
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.outlook import ForeseenDay, Outlook, look_out, recall_on
from prepdeck.scheduling.plan import (
    DayPlan,
    Frame,
    Memo,
    Need,
    Pick,
    PlanCard,
    need_of,
    plan_day,
    study_seconds,
    window_of,
)
from prepdeck.study.aims import Draft, draft_plan, picks_outside
from prepdeck.study.desk import Desk
from prepdeck.study.library import Outline
from prepdeck.text.counts import counted

STEP_MINUTES = 5
"""The effect of so many minutes more and less is shown."""
MOST_DROPPED = 3
"""A suggestion names at most so many decks to leave out."""
MOST_MINUTES = 1440
"""A day has no more."""


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
    """What five minutes less and five minutes more would lead to."""
    later: tuple[InterviewDate, ...]
    """Interviews after this one."""
    today: tuple[tuple[Pick, Outline], ...]
    """What today asks, best first, each with the card."""


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
    return PlanReport(
        interview=draft.dates[0],
        minutes=frame.minutes,
        fits=fits,
        message=_message(draft, outlook, need, fits=fits),
        cards=len(aim.cards),
        seen=need.cards - need.unseen,
        days=outlook.days,
        recall=outlook.recall,
        alone=recall_on(aim.cards, aim.day, draft.learner.curve),
        unseen=outlook.unseen,
        looks_from=aim.day - timedelta(days=window_of(aim, frame)),
        levers=tuple(_lever(draft, frame.minutes + step) for step in (-STEP_MINUTES, STEP_MINUTES)),
        later=draft.dates[1:],
        today=tuple((pick, draft.outlines[pick.card]) for pick in plan_today(draft).picks),
    )


def outlook_of(draft: Draft, frame: Frame | None = None) -> Outlook:
    """Return where the plan leads; the same for the same log, settings and day."""
    frame = frame or draft.frame
    # The dice depend on the plan alone: a look at it twice shows the same, and so does five minutes more.
    dice = random.Random(f"{draft.aims[0].day}:{draft.today}")  # noqa: S311 - a forecast, not a secret
    return look_out(draft.aims, draft.sofar, frame, dice.random, _outside_by_day(draft))


def _lever(draft: Draft, minutes: float) -> Lever:
    minutes = min(max(1.0, minutes), MOST_MINUTES)
    outlook = outlook_of(draft, replace(draft.frame, minutes=minutes))
    return Lever(minutes, outlook.recall, outlook.unseen)


def _outside_today(draft: Draft) -> list[PlanCard]:
    """Return what the decks of no interview ask for today: due cards, longest overdue first, and new ones."""
    due = [(card.memory.due, card) for card in draft.outside if isinstance(card.memory, Learned)]
    now = [(day, card) for day, card in due if day <= draft.today and card.last != draft.today]
    now.sort(key=lambda pair: pair[0])
    new = [card for card in draft.outside if not isinstance(card.memory, Learned)]
    return [*(card for _, card in now), *new[: draft.outside_new]]


def _outside_by_day(draft: Draft) -> Mapping[date, Sequence[Pick]]:
    """Return what the other decks ask for until the interview: what is due by then, each card once."""
    days: dict[date, list[PlanCard]] = defaultdict(list)
    for card in draft.outside:
        memory = card.memory
        if isinstance(memory, Learned) and memory.due < draft.aims[0].day and memory.last < draft.today:
            days[max(draft.today, memory.due)].append(card)
    return {day: picks_outside(cards, draft.learner) for day, cards in days.items()}


def _message(draft: Draft, outlook: Outlook, need: Need, *, fits: bool) -> str:
    aim, frame = draft.aims[0], draft.frame
    if not aim.cards:
        return (
            "No card is in its scope today: every one is suspended, buried or asked for another interview. "
            "prepdeck search is:suspended lists suspended cards, prepdeck interview scope changes the decks."
        )
    expected = f"about {outlook.recall:.0%} recall expected on the day"
    left = counted(aim.left(draft.today), "study day")
    if fits:
        return f"It fits: {_minutes(frame.minutes)} a day for {left}; {expected}."
    cure = _cure(draft, need)
    if outlook.unseen:
        head = f"{outlook.unseen} of {counted(need.cards, 'card')} will not be seen"
    else:
        head = f"Every card will be seen, but not all {need.cards} a second time"
    return f"It does not fit: {head} in {left} of {_minutes(frame.minutes)}{cure}; {expected}."


def _cure(draft: Draft, need: Need) -> str:
    """Return which minutes or which decks would make it fit, as the rest of a sentence."""
    aim, frame = draft.aims[0], draft.frame
    per_minute = study_seconds(replace(frame, minutes=1.0), draft.today, aim.left(draft.today))
    more = math.ceil(need.seconds / per_minute - frame.minutes) if per_minute else MOST_MINUTES
    ways = []
    dropped = _droppable(draft, need)
    if dropped:
        ways.append(f"leave out {' and '.join(dropped)}")
    if 0 < more + frame.minutes <= MOST_MINUTES / 2:
        ways.append(f"add {_minutes(max(1, more))} a day")
    return f"; {' or '.join(ways)}" if ways else "; a later date or fewer decks would help"


def _droppable(draft: Draft, need: Need) -> list[str]:
    """Return the fewest decks without which it fits, those asked least first; none when no such few would do."""
    aim, pace = draft.aims[0], draft.frame.pace
    seconds: dict[str, float] = defaultdict(float)
    weights: dict[str, list[float]] = defaultdict(list)
    for card in aim.cards:
        seconds[card.card.deck] += pace.times(card.kind, card.target).review
        if card.strength is None:
            seconds[card.card.deck] += pace.times(card.kind, card.target).first
        weights[card.card.deck].append(card.weight)
    excess = need.seconds - need.available
    alone = [deck for deck in seconds if excess <= seconds[deck]]
    if alone and len(seconds) > 1:
        return [min(alone, key=lambda deck: seconds[deck])]
    dropped: list[str] = []
    for deck in sorted(seconds, key=lambda each: (sum(weights[each]) / len(weights[each]), -seconds[each])):
        if excess <= 0 or len(dropped) == MOST_DROPPED:
            break
        dropped.append(deck)
        excess -= seconds[deck]
    return dropped if excess <= 0 and len(dropped) < len(seconds) else []


def _minutes(minutes: float) -> str:
    return f"{minutes:g} min"
