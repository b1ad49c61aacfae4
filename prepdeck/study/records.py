"""The log and the cards as they are printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.scheduling.handling import UNTOUCHED, Handling
from prepdeck.scheduling.memory import EASINESS_AT_START, Learned, Memory, Unseen, is_leech
from prepdeck.scheduling.review import Review
from prepdeck.store.mapping import Action, ActionKind
from prepdeck.study.card_forecasts import Forecast, forecast_of
from prepdeck.study.desk import Desk
from prepdeck.study.meaning import known_card
from prepdeck.study.road_log import deed_words
from prepdeck.study.stored_cards import read_entries
from prepdeck.study.undoing import interview_words
from prepdeck.text.cells import shorten
from prepdeck.text.cleaning import clean_line

PAGE = 2000
"""Reviews read from the log at once."""
LONGEST_NOTE_SHOWN = 60
"""Cells of a note in a line of the log."""


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A card with its history; one that no deck holds any more is known from the log alone."""

    id: CardId
    """Its name today."""
    card: Card | None
    """Its content, or None when it is retired."""
    kind: str
    """Its kind, as last seen."""
    title: str
    """Its front as one line, as last seen."""
    deck_title: str
    """What people call its deck."""
    memory: Memory
    """What is known of it."""
    leech: bool
    """Whether it lapsed too often."""
    reviews: tuple[Review, ...]
    """Its reviews under every name it had, undone ones marked."""
    last_seen: Card | None = None
    """Its content as it last stood in a deck, also when it is retired; None when that was before prepdeck kept it."""
    handling: Handling = UNTOUCHED
    """What was done to it apart from answering it."""
    forecast: Forecast | None = None
    """How likely it is recalled; None for a card never answered."""

    @property
    def retired(self) -> bool:
        """Whether no deck holds it any more."""
        return self.card is None


def show_card(desk: Desk, words: str) -> CardRecord:
    """Return the card meant by some words, with its history.

    Raises:
        NotFound: When neither a deck nor the log knows it.
        Ambiguous: When several cards fit.
    """
    with desk.store.reading() as log:
        id_ = known_card(desk, log, words)
        card = desk.library.get(id_)
        known = log.shelf.entry(id_)
        memory, handling = log.memory_of(id_), log.handling_of(id_)
        reviews = tuple(log.reviews(of=log.names_of(id_)))
        forecast = forecast_of(desk, log, id_)
    if card is not None:
        kind, title, deck_title = card.kind, card.title, desk.library.deck(id_.deck).deck.title
    else:
        kind, title, deck_title = (known.kind, known.title, id_.deck) if known else ("", "", id_.deck)
    leech = is_leech(memory, desk.settings.leech_lapses)
    last_seen = card if card is not None or known is None else read_entries([known]).get(id_)
    return CardRecord(id_, card, kind, title, deck_title, memory, leech, reviews, last_seen, handling, forecast)


def read_log(desk: Desk, *, card: str | None = None, since: date | None = None) -> Iterator[Review]:
    """Yield the reviews in replay order, undone ones marked.

    Raises:
        NotFound: When the card is unknown.
    """
    with desk.store.reading() as log:
        names = log.names_of(known_card(desk, log, card)) if card is not None else ()
    last: Review | None = None
    while True:
        # A page at a time: whoever reads slowly, as `less` does, must not keep others from writing.
        with desk.store.reading() as log:
            page = list(log.reviews(of=names, since=since, after=last, limit=PAGE))
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1]


def read_actions(desk: Desk, *, card: str | None = None, since: date | None = None) -> Iterator[Action]:
    """Yield the actions in replay order.

    Raises:
        NotFound: When the card is unknown.
    """
    with desk.store.reading() as log:
        names = log.names_of(known_card(desk, log, card)) if card is not None else ()
        found = list(log.actions(of=names, since=since))
    yield from found


def memory_json(memory: Memory) -> dict[str, Any]:
    """Return what is known of a card under the keys of the JSON contract."""
    match memory:
        case Unseen():
            return {
                "state": "unseen",
                "repetition": 0,
                "interval": 0,
                "easiness": EASINESS_AT_START / 100,
                "due": None,
                "lapses": 0,
            }
        case Learned():
            return {
                "state": "learned",
                "repetition": memory.repetition,
                "interval": memory.interval,
                "easiness": memory.easiness / 100,
                "due": memory.due.isoformat(),
                "lapses": memory.lapses,
            }


def handling_json(handling: Handling, today: date) -> dict[str, Any]:
    """Return what was done to a card apart from answering it, under the keys of the JSON contract."""
    return {
        "suspended": handling.suspended,
        "buried": handling.is_buried(today),
        "flagged": handling.flagged,
        "note": handling.note,
    }


def review_json(review: Review) -> dict[str, Any]:
    """Return a review under the keys of the JSON contract."""
    after = memory_json(review.after)
    return {
        "review": review.id,
        "card": str(review.card),
        "at": review.at.isoformat(timespec="milliseconds"),
        "study_day": review.study_day.isoformat(),
        "grade": review.grade.value,
        "quality": review.quality,
        "seconds": review.elapsed_seconds,
        "kind": review.kind.value,
        "repetition": after["repetition"],
        "interval": after["interval"],
        "easiness": after["easiness"],
        "due": after["due"],
        "voided": review.voided,
    }


def answer_json(review: Review) -> dict[str, Any]:
    """Return a fresh review under the keys that `answer` prints."""
    whole = review_json(review)
    return {key: whole[key] for key in _ANSWER_KEYS}


_ANSWER_KEYS = ("card", "review", "repetition", "interval", "easiness", "due")


def action_json(action: Action) -> dict[str, Any]:
    """Return an action for `log --all --json`."""
    return {
        "action": action.id,
        "kind": action.kind.value,
        "card": str(action.card) if action.card else None,
        "at": action.at.isoformat(timespec="milliseconds"),
        "study_day": action.study_day.isoformat(),
        "target": action.target,
        "details": action.details,
        "step": action.step,
        "voided": action.voided,
    }


def counting_words(entry: Review | Action) -> str:
    """Return on which study day an entry counts, where its moment does not tell: the clock was wrong once."""
    apart = (entry.at.date() - entry.study_day).days
    return "" if apart in {0, 1} else f"counts on {entry.study_day}"


def action_words(action: Action) -> str:
    """Return what the details of an action say, for people; empty when its kind and card say everything."""
    match action.kind:
        case ActionKind.RENAME:
            return f"was {action.details}"
        case ActionKind.REVISION:
            return f"revision {action.details}"
        case ActionKind.SET_DUE | ActionKind.POSTPONE | ActionKind.SPREAD | ActionKind.PULL:
            return f"due {action.details}"
        case ActionKind.BURY:
            return f"for {action.details or action.study_day}"
        case ActionKind.NOTE:
            return shorten(clean_line(action.details), LONGEST_NOTE_SHOWN, ellipsis="...") or "taken away"
        case ActionKind.INTERVIEW:
            return interview_words(action.details)
        case ActionKind.ROUND:
            return round_words(action.details)
        case ActionKind.ROAD | ActionKind.CHOICE:
            return deed_words(action.details)
        case _:
            return ""


def round_words(details: str) -> str:
    """Return which round of a real interview an entry notes down; empty for one that makes no sense."""
    try:
        told = json.loads(details)
        return clean_line(f"{told['company']} {told['round']}").strip()
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""


__all__ = [
    "Action",
    "CardRecord",
    "action_json",
    "action_words",
    "answer_json",
    "counting_words",
    "handling_json",
    "memory_json",
    "read_actions",
    "read_log",
    "review_json",
    "show_card",
]
