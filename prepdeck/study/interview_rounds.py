"""Real interviews: what was asked in each round, what came of it, and questions that become cards to learn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
from prepdeck.store.mapping import Action, ActionKind
from prepdeck.study.handling import suspend
from prepdeck.study.story_files import differs_only, read_stories
from prepdeck.text.cleaning import clean_line

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

LONGEST_WORDS: Final = 2_000
"""Characters of one text of a round."""
MOST_QUESTIONS: Final = 50
"""Questions of one round."""
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


@dataclass(frozen=True, slots=True)
class RealRound:
    """One round of a real interview."""

    id: str
    """Name of its entry in the log."""
    day: date
    """When it was."""
    company: str
    """Who asked."""
    round: str
    """Which round, such as `phone screen`."""
    questions: tuple[str, ...] = ()
    """What was asked."""
    result: str = ""
    """What came of it, in the candidate's own words."""
    notes: str = ""
    """Anything else."""


def add_round(  # noqa: PLR0913 - what a round is made of
    desk: Desk,
    company: str,
    *,
    round_name: str = "",
    day: date | None = None,
    questions: Sequence[str] = (),
    result: str = "",
    notes: str = "",
) -> RealRound:
    """Note down a round of a real interview; undo takes it back.

    Args:
        desk: Everything opened.
        company: Who asked.
        round_name: Which round it was.
        day: When it was; today when nobody says.
        questions: What was asked.
        result: What came of it.
        notes: Anything else.

    Raises:
        UsageError: When nobody is named, the day lies ahead, or a text is too long.
    """
    today = desk.today()
    texts = [clean_line(text).strip() for text in (company, round_name, result, notes)]
    asked = tuple(text for text in (clean_line(question).strip() for question in questions) if text)
    if not texts[0]:
        raise UsageError("which company was it?", "prepdeck interview log --company Acme --round onsite")
    if day is not None and day > today:
        raise UsageError(f"{day} lies ahead", "prepdeck interview add keeps dates that are to come")
    if len(asked) > MOST_QUESTIONS or any(len(text) > LONGEST_WORDS for text in (*texts, *asked)):
        raise UsageError(
            "that is too much for one round",
            f"at most {MOST_QUESTIONS} questions, and {LONGEST_WORDS:,} characters of a text",
        )
    details = {
        "day": (day or today).isoformat(),
        "company": texts[0],
        "round": texts[1],
        "questions": asked,
        "result": texts[2],
        "notes": texts[3],
    }
    with desk.store.writing() as log:
        entry = log.append_actions(
            ActionKind.ROUND, desk.clock.now(), today, [(None, json.dumps(details, ensure_ascii=True))]
        )[0]
    found = _round_of(entry)
    assert found is not None  # noqa: S101 - it was just written
    return found


def list_rounds(desk: Desk) -> tuple[RealRound, ...]:
    """Return the rounds that were noted down, the earliest first; ones taken back are left out."""
    with desk.store.reading() as log:
        found = [_round_of(entry) for entry in log.actions_in_force([ActionKind.ROUND])]
    return tuple(sorted((each for each in found if each is not None), key=lambda each: (each.day, each.id)))


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


def _round_of(entry: Action) -> RealRound | None:
    """Return what an entry says, or None for one that makes no sense, of a later prepdeck or another program."""
    try:
        told = json.loads(entry.details)
        questions = tuple(clean_line(str(each)) for each in told["questions"])
        words = [clean_line(str(told[name])) for name in ("company", "round", "result", "notes")]
        day = date.fromisoformat(told["day"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    company, name, result, notes = words
    return RealRound(entry.id, day, company, name, questions, result, notes)
