"""What questions of a mock are drawn from: the learner's cards, and how each is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from prepdeck.cards.blueprint import Blueprint
from prepdeck.cards.card import Basic, Card
from prepdeck.cards.code import Code
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Design, Star
from prepdeck.interview.drawing import Candidate
from prepdeck.interview.questions import Question
from prepdeck.scheduling.memory import EASINESS_AT_START, EASINESS_FLOOR, UNSEEN, Learned, Memory
from prepdeck.store.appointments import interview_dates
from prepdeck.study.aims import queued_decks
from prepdeck.study.library import Outline
from prepdeck.study.mock_documents import documents_in_use

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

UNKNOWN_WEAKNESS: Final = 0.5
"""How weak a card counts that was never answered."""
_READ_KINDS: Final = ("code", "design", "star")
"""Kinds whose cards are read whole to draw among them; the others are drawn by their outline."""
_QUICK_KINDS: Final = ("basic", "choice", "numeric")


def candidates_for(desk: Desk, blueprints: Iterable[Blueprint]) -> tuple[Candidate, ...]:
    """Return every card that mocks of some formats may ask; suspended and buried ones are left out.

    Quick questions come from the decks of the daily queue. Problems, cases and prompts come from optional decks too: a
    format that asks for them was chosen by name.
    """
    draws = [blueprint.draw for blueprint in blueprints]
    with desk.store.reading() as log:
        memories = log.all_memories()
        held_back = log.held_back_on(desk.today())
        asked_on = log.mocks.asked_on()
        queued = {loaded.deck.id for loaded in queued_decks(desk, interview_dates(log.raw))}
    outlines = {
        each.card: each
        for each in desk.library.outlines()
        if each.card not in held_back and (each.card.deck in queued or each.kind in _READ_KINDS)
    }
    bodies: dict[CardId, Card] = {}
    kinds = {*_READ_KINDS, *(("basic",) if any(draw.depth for draw in draws) else ())}
    for kind in sorted(kinds):
        if any(each.kind == kind for each in outlines.values()):
            bodies |= {card.id: card for card in desk.library.of_kind(kind) if card.id in outlines}
    twins = _twins(desk)
    return tuple(
        _candidate(each, bodies.get(each.card), memories, asked_on, twins)
        for each in outlines.values()
        if each.kind in {*_READ_KINDS, *_QUICK_KINDS}
    )


def _twins(desk: Desk) -> Mapping[str, tuple[str, ...]]:
    """Return for each format those with the same phases, itself included: they share their design cases."""
    formats = documents_in_use(desk).formats
    phases = {slug: tuple(phase.id for phase in each.phases) for slug, each in formats.items() if not each.is_loop}
    return {slug: tuple(twin for twin, own in phases.items() if own == wanted) for slug, wanted in phases.items()}


def _candidate(
    outline: Outline,
    card: Card | None,
    memories: Mapping[CardId, Memory],
    asked_on: Mapping[CardId, date],
    twins: Mapping[str, tuple[str, ...]],
) -> Candidate:
    memory = memories.get(outline.card, UNSEEN)
    asked = asked_on.get(outline.card)
    candidate = Candidate(
        card=outline.card,
        kind=outline.kind,
        topic=outline.topic or "",
        tags=outline.tags,
        weight=outline.weight,
        asked_on=asked,
        was_seen=asked is not None or isinstance(memory, Learned),
        was_reviewed=isinstance(memory, Learned),
        weakness=weakness_of(memory),
        level=outline.level,
    )
    if card is None:
        return candidate
    match card.body:
        case Design(family=family, formats=formats):
            wider = dict.fromkeys(twin for slug in formats for twin in twins.get(slug, (slug,)))
            return replace(candidate, family=family or "", formats=tuple(wider))
        case Star(competency=competency):
            return replace(candidate, competency=competency)
        case Basic(followups=followups):
            return replace(candidate, followups=len(followups))
        case Code(minutes=minutes):
            return replace(candidate, minutes=minutes)
        case _:
            return candidate


def weakness_of(memory: Memory) -> float:
    """Return how weak a card is, 0-1, by what it cost so far: lapses, and easiness lost.

    Half of it are lapses (four or more are the whole half), half is how far the easiness fell from its start to its
    floor of 1.3.
    """
    if not isinstance(memory, Learned):
        return UNKNOWN_WEAKNESS
    lost = (EASINESS_AT_START - memory.easiness) / (EASINESS_AT_START - EASINESS_FLOOR)
    return min(1.0, memory.lapses / 4) / 2 + min(1.0, max(0.0, lost)) / 2


def filled(question: Question, cards: Mapping[CardId, Card]) -> Question:
    """Return a drawn question with what its card offers: starter, hints, probes, clarifications, twist."""
    card = cards.get(question.card) if question.card is not None else None
    if card is None:
        return question
    question = replace(
        question,
        fingerprint=card.fingerprint,
        kind=card.kind,
        topic=card.topic or "",
        hints=len(card.hints),
        seconds=card.seconds or 0,
    )
    match card.body:
        case Code(starter=starter):
            return replace(question, starter=starter)
        case Design(probes=probes, clarifications=clarifications, twist=twist):
            return replace(
                question, probes=len(probes), clarifications=len(clarifications), has_twist=twist is not None
            )
        case Star(probes=probes, competency=competency):
            return replace(question, probes=len(probes), competency=competency)
        case Basic(followups=followups):
            return replace(question, probes=len(question.ladder) or len(followups))
        case _:
            return question
