"""What a plan is made of: the interviews ahead, the cards each is about, and what the log tells of the learner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.aim import Aim, Frame, Intensity, Pick, PlanCard, Reason, Sofar
from prepdeck.scheduling.dates import InterviewDate, archived_decks, date_for
from prepdeck.scheduling.learner import Learner
from prepdeck.scheduling.memory import Memory, Unseen
from prepdeck.store.answers import introduced_cards
from prepdeck.store.appointments import interview_dates
from prepdeck.store.logbook import Logbook
from prepdeck.study.desk import Desk
from prepdeck.study.library import LoadedDeck, Outline

USUAL_WEIGHT = 2
"""The weight of a card whose author named none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a plan of today needs."""

    today: date
    """The study day."""
    aims: tuple[Aim, ...]
    """The interviews ahead with their cards, the nearest first; each card belongs to the nearest that covers it."""
    dates: tuple[InterviewDate, ...]
    """The interviews of the aims."""
    learner: Learner
    """What the log tells."""
    frame: Frame
    """Minutes, pace and values."""
    sofar: Sofar
    """What was done today."""
    outside: tuple[PlanCard, ...]
    """Cards of the daily queue that no interview ahead covers."""
    outside_introduced: int
    """How many of them were seen for the first time today already."""
    new_on: Callable[[date], int]
    """How many new cards a study day allows over all decks; what interviews need may be more."""
    outlines: dict[CardId, Outline]
    """What lists need of each card."""
    held_back: tuple[CardId, ...] = ()
    """Cards of the daily queue that are suspended, or buried today; no plan holds them."""


def draft_plan(desk: Desk, log: Logbook, *, minutes: float | None = None, intensity: Intensity | None = None) -> Draft:
    """Return what a plan of today needs, within an open transaction.

    Args:
        desk: The opened desk.
        log: The open transaction.
        minutes: Minutes a day instead of the setting.
        intensity: Another intensity than the setting.
    """
    today = desk.today()
    learner = desk.forecasts.learner(log)
    memories = log.all_memories()
    held_back = log.held_back_on(today)
    dates = interview_dates(log.raw)
    groups: dict[InterviewDate | None, list[PlanCard]] = defaultdict(list)
    outlines: dict[CardId, Outline] = {}
    held: list[CardId] = []
    for loaded in queued_decks(desk, dates):
        aim = interview_of(dates, loaded, today)
        for outline in desk.library.outlines([loaded.deck.id]):
            outlines[outline.card] = outline
            if outline.card not in held_back:
                memory = memories.get(outline.card)
                groups[aim].append(plan_card(outline, memory, learner))
            else:
                held.append(outline.card)
    outside = tuple(groups.pop(None, []))
    ordered = [each for each in dates if each.is_ahead(today)]
    aims = tuple(Aim(each.date, min(each.added, today), tuple(groups[each])) for each in ordered)
    names = log.new_names()
    started = {names.get(card, card) for card in introduced_cards(log.raw, today)}
    introduced = tuple(sum(card.card in started for card in aim.cards) for aim in aims)
    return Draft(
        today=today,
        aims=aims,
        dates=tuple(ordered),
        learner=learner,
        frame=frame_of(desk, learner, minutes=minutes, intensity=intensity),
        sofar=Sofar(today, sum(introduced), log.seconds_on(today), introduced_by_aim=introduced),
        outside=outside,
        outside_introduced=len(started) - sum(introduced),
        new_on=desk.settings.new_on,
        outlines=outlines,
        held_back=tuple(held),
    )


def is_break(draft: Draft) -> bool:
    """Tell whether the day is in a break: nothing is planned then, and what is due may be reviewed as on any day."""
    return draft.frame.share_of(draft.today) <= 0


def frame_of(
    desk: Desk, learner: Learner, *, minutes: float | None = None, intensity: Intensity | None = None
) -> Frame:
    """Return what plans work with, from the settings and what the log tells."""
    return Frame(
        minutes=desk.settings.minutes_a_day if minutes is None else minutes,
        pace=learner.pace,
        curve=learner.curve,
        intensity=intensity or Intensity(desk.settings.plan_intensity),
        share_of=desk.settings.week.share_of,
        focus=desk.settings.plan_focus,
    )


def queued_decks(desk: Desk, dates: Collection[InterviewDate]) -> list[LoadedDeck]:
    """Return the decks of the daily queue: optional ones when an interview ahead names them, archived ones not."""
    today = desk.today()
    tracks = {loaded.deck.id: loaded.deck.track.value for loaded in desk.library.decks}
    archived = archived_decks(dates, tracks, today)
    named = {deck for each in dates if each.is_ahead(today) for deck in each.decks}
    return [
        loaded
        for loaded in desk.library.decks
        if (not loaded.deck.optional or loaded.deck.id in named) and loaded.deck.id not in archived
    ]


def interview_of(dates: Iterable[InterviewDate], loaded: LoadedDeck, today: date) -> InterviewDate | None:
    """Return the interview ahead that decides about a deck; of optional decks only one that names them does."""
    deck = loaded.deck
    fitting = (each for each in dates if not deck.optional or deck.id in each.decks)
    return date_for(fitting, deck.id, deck.track.value, today)


def interview_asking(desk: Desk, log: Logbook, card: CardId, day: date) -> InterviewDate | None:
    """Return the interview ahead of a study day that asks a card; None when none does, or no deck holds it."""
    loaded = next((each for each in desk.library.decks if each.deck.id == card.deck), None)
    return interview_of(interview_dates(log.raw), loaded, day) if loaded is not None else None


def is_planned(desk: Desk, log: Logbook, card: CardId, day: date) -> bool:
    """Tell whether a card is studied for an interview ahead on a study day."""
    interview = interview_asking(desk, log, card, day)
    return interview is not None and interview.added <= day


def is_interview_ahead(desk: Desk, log: Logbook) -> bool:
    """Tell whether there is an interview to plan for; this reads a few entries of the log, and no card."""
    today = desk.today()
    return any(each.is_ahead(today) for each in interview_dates(log.raw))


def plan_card(outline: Outline, memory: Memory | None, learner: Learner) -> PlanCard:
    """Return a card as plans see it."""
    trace = learner.traces.get(outline.card)
    if memory is None or isinstance(memory, Unseen) or trace is None:
        strength, last = None, None
    else:
        strength, last = trace.strength, trace.last
    return PlanCard(
        card=outline.card,
        kind=outline.kind,
        memory=memory or Unseen(),
        strength=strength,
        last=last,
        weight=outline.weight / USUAL_WEIGHT,
        target=outline.seconds,
    )


def picks_outside(cards: Iterable[PlanCard], learner: Learner) -> list[Pick]:
    """Return cards of no interview as a plan takes them, in the order given."""
    picks = []
    for card in cards:
        is_new = isinstance(card.memory, Unseen)
        kind, target = card.kind, card.target
        seconds = learner.pace.times(kind, target).first if is_new else learner.pace.times(kind, target).review
        picks.append(Pick(card.card, Reason.OUTSIDE, seconds, None, is_new))
    return picks
