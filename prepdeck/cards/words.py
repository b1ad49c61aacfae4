"""The words a card is found by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from prepdeck.cards.card import Basic, Body, Card, Choice, Cloze, Gap, Numeric
from prepdeck.cards.code import Code
from prepdeck.cards.spoken import Design, Probe, Star, Story


def words_of(card: Card) -> tuple[str, str, str]:
    """Return what search reads of a card: its title, everything else it says, and the names it goes by.

    Tests and wrong answers of code cards are left out: they would answer to every number.
    """
    body = [part for part in (*_said(card.body), card.why, *card.hints, *card.refs) if part]
    names = [card.id.card, card.topic or "", *card.tags]
    return card.title, "\n".join(body), " ".join(names)


def _said(body: Body) -> Iterable[str | None]:
    match body:
        case Basic():
            followups = (text for followup in body.followups for text in (followup.front, followup.back))
            return (body.back, *body.variants, *body.points, *followups)
        case Cloze():
            return ("".join(piece.answer if isinstance(piece, Gap) else piece for piece in body.pieces),)
        case Choice():
            return tuple(text for option in body.options for text in (option.text, option.why))
        case Numeric():
            return (body.answer_text, body.unit, *body.steps)
        case Code():
            complexity = (body.complexity.time, body.complexity.space)
            return (body.entry, body.starter, body.reference, body.fixture, *complexity)
        case Design():
            figures = (figure.text for figure in body.numbers)
            others = (*body.clarifications, *figures, *_probed(body.probes), *body.pitfalls, body.twist, body.family)
            return (*body.points, *others)
        case Star():
            return (body.competency, *_probed(body.probes), *body.strong_signals, *body.weak_signals)
        case Story():
            parts = (body.situation, body.task, body.action, body.result, body.reflection, body.metric)
            return (*parts, *body.competencies)
        case other:
            assert_never(other)


def _probed(probes: Iterable[Probe]) -> Iterable[str | None]:
    return (text for probe in probes for text in (probe.ask, probe.good))
