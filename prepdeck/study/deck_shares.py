"""What is known of each deck of the road: cards, those seen, and the recall to expect, as readiness counts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from prepdeck.cards.ids import CardId
from prepdeck.cards.roadmap import Roadmap
from prepdeck.deckfile.entries import title_of
from prepdeck.road.coverage import DeckShare
from prepdeck.scheduling.aim import PlanCard
from prepdeck.study.aims import plan_card

if TYPE_CHECKING:
    from prepdeck.scheduling.memory import Memory
    from prepdeck.study.aims import Draft
    from prepdeck.study.desk import Desk


def decks_of(roadmap: Roadmap) -> tuple[str, ...]:
    """Return every deck that a road names, each once, in order."""
    named: Iterable[str] = (
        *(slug for phase in roadmap.phases for slug in phase.decks),
        *(slug for step in roadmap.steps for slug in step.decks),
        *(slug for tool in roadmap.tools for slug in tool.decks),
        *(slug for row in roadmap.path for slug in row.decks),
    )
    return tuple(dict.fromkeys(named))


def deck_shares(
    desk: Desk,
    draft: Draft,
    roadmap: Roadmap,
    memories: Mapping[CardId, Memory],
    held_back: Collection[CardId],
) -> Mapping[str, DeckShare]:
    """Return what is known of every deck that the road names; recall is that of the day readiness forecasts.

    Args:
        desk: The opened desk.
        draft: What a plan of today needs, which holds the cards of the daily queue.
        roadmap: The road.
        memories: What is known of each card.
        held_back: Cards that are suspended or buried; they count nowhere.
    """
    from prepdeck.study.road import forecast_day

    day = forecast_day(draft)
    queued: dict[str, list[PlanCard]] = defaultdict(list)
    for card in (*(card for aim in draft.aims for card in aim.cards), *draft.outside):
        queued[card.card.deck].append(card)
    held = {card.deck for card in draft.held_back}
    here = {loaded.deck.id: loaded.deck for loaded in desk.library.decks}
    found = {}
    for slug in decks_of(roadmap):
        if slug not in here:
            found[slug] = DeckShare(slug, title_of(slug))
            continue
        is_queued = slug in queued or slug in held
        cards = queued[slug] if is_queued else _unqueued(desk, slug, draft, memories, held_back)
        seen = [card for card in cards if card.strength is not None]
        found[slug] = DeckShare(
            slug,
            here[slug].title,
            cards=len(cards),
            seen=len(seen),
            weight=sum(card.weight for card in cards),
            known=sum(card.weight * draft.learner.recall_on(card.card, day) for card in seen),
            held_back=len(here[slug].cards) - len(cards),
            is_here=True,
            is_queued=is_queued,
        )
    return found


def _unqueued(
    desk: Desk, slug: str, draft: Draft, memories: Mapping[CardId, Memory], held_back: Collection[CardId]
) -> list[PlanCard]:
    """Return the cards of a deck that stays out of the daily queue."""
    outlines = (each for each in desk.library.outlines([slug]) if each.card not in held_back)
    return [plan_card(each, memories.get(each.card), draft.learner) for each in outlines]
