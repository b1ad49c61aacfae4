"""How ready the learner is: coverage and forecast recall by topic, track and pillar, beside the target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from prepdeck.cards.deck import Track
from prepdeck.cards.ids import CardId
from prepdeck.interview.gates import (
    BEHAVIOURAL,
    CODING,
    FUNDAMENTALS,
    IN_A_ROW,
    ML_DESIGN,
    PillarMock,
    passed_in_a_row,
    pillar_mocks,
)
from prepdeck.interview.history import BAR
from prepdeck.road.items import Item, items_of
from prepdeck.scheduling.aim import PlanCard
from prepdeck.scheduling.dates import InterviewDate
from prepdeck.scheduling.learner import Calibration
from prepdeck.scheduling.outlook import recall_on
from prepdeck.study.aims import Draft, draft_plan
from prepdeck.study.desk import Desk
from prepdeck.study.mock_documents import documents_in_use
from prepdeck.study.planning import outlook_of
from prepdeck.study.road_log import standing_at

TARGET = 0.85
"""Recall that counts as ready."""
WEAKEST = 3
"""So many cards of a topic are named."""
PILLARS = {
    CODING: Track.ALGORITHMS,
    FUNDAMENTALS: Track.ML_FUNDAMENTALS,
    ML_DESIGN: Track.SYSTEM_DESIGN,
    BEHAVIOURAL: Track.STAR,
}
"""What interviews test, each with the decks that serve it."""
BEHAVIOURAL_KINDS = frozenset({"star", "story"})
"""Kinds of cards that prepare for behavioural questions."""


@dataclass(frozen=True, slots=True)
class Part:
    """How ready the cards of one topic, track or pillar are."""

    name: str | None
    """Topic, track or pillar; None for the cards of a deck that have no topic."""
    cards: int
    """All of them."""
    seen: int
    """Answered at least once."""
    recall: float
    """Forecast mean recall by weight on the day if nothing more is studied, unseen cards at 0; 0-1."""
    planned: float | None
    """The same if the plan is kept; None without an interview date, or out of its scope."""
    weakest: tuple[CardId, ...] = ()
    """The seen cards with the lowest recall on the day, worst first."""

    @property
    def is_ready(self) -> bool:
        """Whether it reaches the target."""
        return self.recall >= TARGET


@dataclass(frozen=True, slots=True)
class TopicPart(Part):
    """How ready one topic of one deck is."""

    title: str = ""
    """What people call the topic."""
    deck: str = ""
    """Slug of the deck."""
    mock: int | None = None
    """The lowest mark that the newest mock which touched it gave, 1-4; None when none did."""
    held_back: int = 0
    """Cards of it that are suspended, or buried today; they count nowhere else."""


@dataclass(frozen=True, slots=True)
class PillarPart(Part):
    """How ready one pillar is: coverage, memory and mocks, each by itself."""

    mocks: tuple[PillarMock, ...] = ()
    """Its mocks that were marked whole, the newest first."""

    @property
    def passed(self) -> int:
        """How many of the newest mocks were passed one after the other."""
        return passed_in_a_row(self.mocks)

    @property
    def is_through(self) -> bool:
        """Whether as many are as the gate asks for."""
        return self.passed >= IN_A_ROW


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready the learner is."""

    interview: InterviewDate | None
    """The next interview; None when none is ahead, and then recall is that of today."""
    day: date
    """The day the forecast is for."""
    topics: tuple[TopicPart, ...]
    """Every topic of the daily queue, decks and topics in order."""
    tracks: tuple[Part, ...]
    """By track."""
    pillars: tuple[PillarPart, ...]
    """Every pillar, each with its own numbers; one without cards has a recall of 0 that means nothing."""
    calibration: Calibration
    """Forecasts of the past beside what happened."""
    alone: float | None = None
    """Expected recall over the interview's cards on the day if nothing more is studied; None without one."""
    kept: float | None = None
    """The same if the plan is kept."""
    papers: tuple[Item, ...] = ()
    """What the phases of interview readiness ask to have at hand: case studies, resume, profile, with their checks."""


def readiness(desk: Desk) -> Readiness:
    """Return how ready the learner is for the next interview, or today when none is ahead."""
    with desk.store.reading() as log:
        draft = draft_plan(desk, log)
    day = draft.aims[0].day if draft.aims else draft.today
    outlook = outlook_of(draft) if draft.aims else None
    planned = outlook.by_card if outlook is not None else {}
    cards = [*(card for aim in draft.aims for card in aim.cards), *draft.outside]
    forecast = _Forecast(draft, day, planned)
    tracks = {loaded.deck.id: loaded.deck.track for loaded in desk.library.decks}

    def track_of(card: PlanCard) -> Track:
        return tracks[card.card.deck]

    return Readiness(
        interview=draft.dates[0] if draft.dates else None,
        day=day,
        topics=tuple(_topics(desk, cards, forecast, _mock_levels(desk))),
        tracks=tuple(_by_track(cards, track_of, forecast, {track.value: track for track in Track})),
        pillars=tuple(_pillars(desk, cards, track_of, forecast)),
        calibration=draft.learner.calibration,
        alone=recall_on(draft.aims[0].cards, day, draft.learner.curve) if draft.aims else None,
        kept=None if outlook is None else outlook.recall,
        papers=_papers(desk),
    )


@dataclass(frozen=True, slots=True)
class _Forecast:
    draft: Draft
    day: date
    planned: Mapping[CardId, float]

    def part(self, name: str | None, cards: list[PlanCard]) -> Part:
        learner = self.draft.learner
        total = sum(card.weight for card in cards)
        recalls = {card.card: learner.recall_on(card.card, self.day) for card in cards if card.strength is not None}
        mean = sum(card.weight * recalls.get(card.card, 0.0) for card in cards) / total
        known = [card for card in cards if card.card in self.planned]
        planned = None
        if known:
            weights = sum(card.weight for card in known)
            planned = sum(card.weight * self.planned[card.card] for card in known) / weights
        weakest = sorted(recalls, key=lambda card: (recalls[card], str(card)))[:WEAKEST]
        return Part(name, len(cards), len(recalls), mean, planned, tuple(weakest))


def _mock_levels(desk: Desk) -> Mapping[str, int]:
    """Return the lowest mark of the newest mock that touched each topic; its rooms load only where there are mocks."""
    with desk.store.reading() as log:
        if not log.mocks.heads():
            return {}
    from prepdeck.study.mock_debriefs import past_mocks
    from prepdeck.study.mock_history import newest_levels

    return {topic: level for topic, (level, _) in newest_levels(past_mocks(desk)).items()}


def _pillars(
    desk: Desk, cards: list[PlanCard], track_of: Callable[[PlanCard], Track], forecast: _Forecast
) -> Iterable[PillarPart]:
    """Yield every pillar; prompts and stories are behavioural, whatever deck they are in."""
    mocks = _pillar_mocks(desk)

    def pillar_track(card: PlanCard) -> Track:
        return Track.STAR if card.kind in BEHAVIOURAL_KINDS else track_of(card)

    parts = {part.name: part for part in _by_track(cards, pillar_track, forecast, PILLARS)}
    for name in PILLARS:
        part = parts.get(name) or Part(name, 0, 0, 0.0, None)
        values = (part.name, part.cards, part.seen, part.recall, part.planned, part.weakest)
        yield PillarPart(*values, mocks=tuple(mocks.get(name, ())))


def _pillar_mocks(desk: Desk) -> Mapping[str, tuple[PillarMock, ...]]:
    with desk.store.reading() as log:
        if not log.mocks.heads():
            return {}
    from prepdeck.study.mock_debriefs import past_mocks

    documents = documents_in_use(desk)
    bar = documents.verdicts.bar if documents.verdicts is not None else BAR
    return pillar_mocks(past_mocks(desk), documents.formats, bar)


def _papers(desk: Desk) -> tuple[Item, ...]:
    roadmap = documents_in_use(desk).roadmap
    if roadmap is None:
        return ()
    with desk.store.reading() as log:
        standing = standing_at(log)
    return tuple(item for phase in roadmap.phases if phase.intensive for item in items_of(phase, standing))


def _topics(
    desk: Desk, cards: Iterable[PlanCard], forecast: _Forecast, levels: Mapping[str, int]
) -> Iterable[TopicPart]:
    groups: dict[tuple[str, str | None], list[PlanCard]] = {}
    for card in cards:
        outline = forecast.draft.outlines[card.card]
        groups.setdefault((card.card.deck, outline.topic), []).append(card)
    held = Counter((card.deck, forecast.draft.outlines[card].topic) for card in forecast.draft.held_back)
    for loaded in desk.library.decks:
        deck = loaded.deck
        titles: dict[str | None, str] = {topic.id: topic.title for topic in deck.topics}
        order = list(titles)
        mine = [topic for slug, topic in groups if slug == deck.id]
        for topic in sorted(mine, key=lambda each: order.index(each) if each in order else len(order)):
            part = forecast.part(topic, groups[deck.id, topic])
            yield TopicPart(
                part.name,
                part.cards,
                part.seen,
                part.recall,
                part.planned,
                part.weakest,
                title=titles.get(topic, topic or deck.title),
                deck=deck.id,
                mock=levels.get(topic or ""),
                held_back=held.get((deck.id, topic), 0),
            )


def _by_track(
    cards: Iterable[PlanCard], track_of: Callable[[PlanCard], Track], forecast: _Forecast, names: Mapping[str, Track]
) -> Iterable[Part]:
    groups: dict[Track, list[PlanCard]] = {}
    for card in cards:
        groups.setdefault(track_of(card), []).append(card)
    for name, track in names.items():
        if track in groups:
            yield forecast.part(name, groups[track])
