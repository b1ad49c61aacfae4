"""What an edit of decks does to the learner of this machine: changed cards, and the reviews they have here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.comparing import Change, Sort, compare
from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import Reading, not_a_deck
from prepdeck.study.authoring import deck_files, draw_problems
from prepdeck.study.discovery import read_file
from prepdeck.study.options import Options
from prepdeck.study.surroundings import look_around, store_path
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted

LONGEST = 60
"""Characters of a text before and after."""

CONTEXT = 15
"""Characters shown before the place where two long texts part."""

MARKS = {
    Sort.ADDED: "+",
    Sort.REMOVED: "-",
    Sort.RENAMED: ">",
    Sort.MOVED: ">",
    Sort.KIND: "!",
    Sort.REVISED: "!",
    Sort.REWORDED: "~",
}
"""A sign before each change."""


@dataclass(frozen=True, slots=True)
class TouchedCard:
    """A changed card and what it means here."""

    change: Change
    """What happened to it."""
    reviews: int | None
    """How many reviews of this learner it touches; None when the database cannot be looked at."""


@dataclass(frozen=True, slots=True)
class DeckChanges:
    """Two versions of some decks, compared."""

    cards: tuple[TouchedCard, ...]
    """Every changed card."""
    unread: tuple[Reading, ...] = ()
    """Files with errors: what they lack could not be compared."""
    is_whole: bool = True
    """Whether every file held a deck that could be compared."""
    knows_reviews: bool = True
    """Whether the learner's reviews could be counted."""

    def draw_unread(self, *, color: bool = False) -> str:
        """Return the problems of the files with errors as pictures."""
        return draw_problems(self.unread, color=color)


def changes_between(old: Path, new: Path, options: Options) -> DeckChanges:
    """Return what happened to the cards of a deck file, or of a folder of decks, with the reviews they have here.

    The database is only looked at, and nothing is made.

    Raises:
        UsageError: When a path does not exist.
    """
    sides = [[read_file(path, "extra").reading for path in deck_files((side,))] for side in (old, new)]
    readings = [reading for side in sides for reading in side if not_a_deck(reading) is None]
    unread = tuple(one for one in readings if any(each.severity is Severity.ERROR for each in one.problems))
    before, after = ([one.deck for one in side if one.deck is not None] for side in sides)
    path = store_path(look_around(options))
    counts: Mapping[CardId, int] | None = {}
    if path.is_file():
        from prepdeck.store.counting import review_counts

        counts = review_counts(path)
    cards = tuple(TouchedCard(change, _reviews_of(change, counts)) for change in compare(_last(before), _last(after)))
    return DeckChanges(cards, unread, all(one.deck is not None for one in readings), counts is not None)


def _last(decks: list[Deck]) -> list[Deck]:
    """Return decks with different names; of two with one name the later one is used."""
    return list({deck.id: deck for deck in decks}.values())


def _reviews_of(change: Change, counts: Mapping[CardId, int] | None) -> int | None:
    if counts is None:
        return None
    # After the new decks were taken in once, the history of a renamed card stands under its new name.
    names = {card.id for card in (change.old, change.new) if card is not None}
    return sum(counts.get(name, 0) for name in names)


def draw_changes(changes: DeckChanges) -> str:
    """Return every change as lines for people, and the totals."""
    rows: list[str] = []
    for card in changes.cards:
        rows += _rows_of(card)
    if rows:
        rows.append("")
    return "\n".join((*rows, _totals(changes), *_advice(changes)))


def _rows_of(card: TouchedCard) -> list[str]:
    change = card.change
    words = ", ".join(sort.value for sort in change.sorts)
    here = f"  ({counted(card.reviews, 'review')} here)" if card.reviews else ""
    rows = [f"{MARKS[change.sorts[0]]} {change.card}  {words}{here}"]
    if change.old is not None and change.new is not None and change.old.id != change.new.id:
        rows.append(f"    was {change.old.id}")
    rows += [f"    {one.name}: {' -> '.join(_around(one.before, one.after))}" for one in change.fields]
    title = change.new if change.old is None else change.old if change.new is None else None
    if title is not None:
        rows.append(f"    {_short(title.title)}")
    if change.like is not None:
        old = change.card
        name = old.card if old.deck == change.like.deck else str(old)
        rows.append(f"    reads like the new {change.like}: did you mean `was: {name}` there?")
    return rows


def _around(before: str | None, after: str | None) -> tuple[str, str]:
    """Return both texts in short, from shortly before the place where they part."""
    if before is None or after is None:
        return ("nothing" if before is None else _short(before), "nothing" if after is None else _short(after))
    parts = (place for place, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    same = next(parts, min(len(before), len(after)))
    if max(len(before), len(after)) <= LONGEST or same <= CONTEXT:
        return _short(before), _short(after)
    start = same - CONTEXT
    return _short(f"...{before[start:]}"), _short(f"...{after[start:]}")


def _short(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}..."


def _totals(changes: DeckChanges) -> str:
    tally = Counter(sort for card in changes.cards for sort in card.change.sorts)
    if not tally:
        return "no card changed"
    parts = [f"{tally[sort]} {sort.value}" for sort in Sort if tally[sort]]
    reviews = sum(card.reviews or 0 for card in changes.cards)
    here = f"; these cards have {counted(reviews, 'review')} here" if reviews else "; none of your reviews is touched"
    return f"{', '.join(parts)}{here if changes.knows_reviews else ''}"


def _advice(changes: DeckChanges) -> list[str]:
    """Return what the author should think of before learners get the edit."""
    rows = []
    alike = [card for card in changes.cards if card.change.like is not None]
    if alike:
        lost = sum(card.reviews or 0 for card in alike)
        count = counted(len(alike), "id")
        reviews = f"; {counted(lost, 'review')} here would no longer count for the new card" if lost else ""
        verb = "has" if len(alike) == 1 else "have"
        rows.append(f"{count} {verb} changed without `was`: every learner's history of it is lost{reviews}")
    if changes.unread:
        names = ", ".join(clean_line(one.path) for one in changes.unread)
        rows.append(f"{names} has errors: cards that are left out for them count as missing here")
    if not changes.knows_reviews:
        rows.append("the reviews here could not be counted; prepdeck doctor says why")
    return rows


def changes_json(changes: DeckChanges) -> dict[str, Any]:
    """Return the changes under the keys of the JSON contract."""
    return {
        "schema": 1,
        "changes": [_change_json(card) for card in changes.cards],
        "totals": dict(Counter(sort.value for card in changes.cards for sort in card.change.sorts)),
        "advice": _advice(changes),
    }


def _change_json(card: TouchedCard) -> dict[str, Any]:
    change = card.change
    return {
        "card": str(change.card),
        "was": None if change.old is None else str(change.old.id),
        "changes": [sort.value for sort in change.sorts],
        "fields": [{"field": one.name, "before": one.before, "after": one.after} for one in change.fields],
        "reviews": card.reviews,
        "like": None if change.like is None else str(change.like),
    }
