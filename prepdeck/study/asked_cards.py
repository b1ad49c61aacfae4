"""Questions of real interviews as cards: a draft in the learner's own deck, to be answered later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from prepdeck.cards.card import Basic
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.editing import card_splice
from prepdeck.deckfile.fields import Value, Word
from prepdeck.deckfile.fixing import encoded
from prepdeck.deckfile.naming import free_slug, ids_in, slug_of
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.splicing import spliced
from prepdeck.errors import NotFound, UsageError
from prepdeck.host.files import read_bounded
from prepdeck.host.folders import make_private_folder
from prepdeck.host.writing import FileUnwritable, create_file, replace_file
from prepdeck.study.handling import suspend
from prepdeck.study.interview_rounds import list_rounds
from prepdeck.study.story_files import differs_only, read_stories
from prepdeck.text.cleaning import clean_line

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

UNANSWERED: Final = "Not answered yet: write the answer you would give next time."
"""What stands on the back of a question that was asked and not worked out yet."""
_FIRST: Final = """\
# Questions that were asked in real interviews; prepdeck interview log adds them, and you write the answers.
deck: asked
title: Asked in interviews
track: other
tags: [asked]
topics:
  asked: Asked in interviews
cards: []
"""


def find_question(desk: Desk, number: int, question: int) -> str:
    """Return a question by the number of its round in the list, and its own, both from 1.

    Raises:
        NotFound: When there is none.
    """
    rounds = list_rounds(desk)
    if not 1 <= number <= len(rounds) or not 1 <= question <= len(rounds[number - 1].questions):
        raise NotFound(f"there is no question {question} in round {number}", "prepdeck interview log lists them")
    return rounds[number - 1].questions[question - 1]


def keep_as_card(desk: Desk, question: str) -> CardId:
    """Make a draft card of a question in the learner's own deck `asked`, and take it in; return its name.

    It is suspended, for a card without an answer is not to be asked. A question that is a card there already stays one.

    Raises:
        UsageError: When the question is empty.
        FileUnwritable: When the deck cannot be read as YAML, or not written.
    """
    front = clean_line(question).strip()
    if not front:
        raise UsageError("which question?", "prepdeck interview log lists them")
    path = desk.folders.decks / "asked.yaml"
    known = _known(path, front)
    if known is not None:
        return known
    with desk.store.reading() as log:
        added = _added(path, front, lambda name: log.shelf.entry(name) is not None)
    from prepdeck.study.desk import reload_decks

    reload_decks(desk)
    suspend(desk, [str(added)])
    return added


def _known(path: Path, front: str) -> CardId | None:
    """Return the card of the deck that asks just this."""
    if not path.exists():
        return None
    deck = read_deck(str(path), read_bounded(path)).deck
    cards = deck.cards if deck is not None else ()
    return next((card.id for card in cards if isinstance(card.body, Basic) and card.body.front == front), None)


def _added(path: Path, front: str, is_known: Any) -> CardId:
    if not path.exists():
        make_private_folder(path.parent)
        create_file(path, _FIRST.encode())
    data = read_bounded(path)
    reading = read_stories(path, data)
    if reading.root is None or reading.deck is None:
        raise FileUnwritable(f"{path} holds no deck", "prepdeck lint shows more")
    taken = ids_in(reading.root)
    while True:
        slug = free_slug(slug_of(" ".join(front.split()[:6])) or "question", taken)
        card = CardId(reading.deck.id, slug)
        if not is_known(card):
            break
        taken.add(slug)
    entry: dict[str, Value] = {
        "id": Word(slug),
        "kind": Word("basic"),
        "topic": Word("asked"),
        "level": Word("2"),
        "front": front,
        "back": UNANSWERED,
    }
    text = spliced(reading.source.text, [card_splice(reading, entry, "basic")])
    after = read_deck(str(path), text.encode())
    if not differs_only(reading, after, card) or card not in after.tables:
        raise FileUnwritable(f"{path}: the card finds no place in it", "prepdeck lint may show why")
    replace_file(path, encoded(data, text), expected=data)
    return card
