"""The welcome: three questions that are asked once, and the first round of five easy cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.errors import SettingsError, UsageError
from prepdeck.host.folders import write_private_file
from prepdeck.store.glance import last_review_day
from prepdeck.study.configuring import set_setting
from prepdeck.study.desk import Desk
from prepdeck.study.interviews import add_interview
from prepdeck.study.library import Library, Outline
from prepdeck.study.next_date import read_day
from prepdeck.study.request import RoundRequest, Scope
from prepdeck.study.reviewing import Sitting, begin_round
from prepdeck.study.surroundings import look_around

EASY_KINDS: Final = ("basic", "choice", "cloze", "numeric")
"""Kinds that need no explanation, in the order the first round asks them."""
FIRST_CARDS: Final = 5
"""Cards of the first round."""
MOST_LOOKED_AT: Final = 40
"""So many cards of a kind are read to find an easy one."""
WELCOME_FILE: Final = "welcome"
"""In the state folder; there once the welcome was answered or skipped."""


@dataclass(frozen=True, slots=True)
class DeckChoice:
    """A deck the welcome offers."""

    slug: str
    """Its name."""
    title: str
    """What people read."""
    cards: int
    """How many it holds."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the welcome asks about."""

    decks: tuple[DeckChoice, ...]
    """The decks of the daily queue; all are on at first."""
    minutes: int
    """Minutes a day as they are set."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the learner said."""

    day: str
    """The interview's day as typed; empty for none."""
    minutes: int
    """Minutes a day."""
    decks: tuple[str, ...]
    """The decks that are on."""


def find_welcome(desk: Desk) -> Welcome | None:
    """Return what the welcome asks; None when it was answered before, or anything was ever done."""
    if (desk.folders.state / WELCOME_FILE).exists():
        return None
    with desk.store.reading() as log:
        is_fresh = last_review_day(log.raw) is None and not log.newest_step()
    decks = tuple(
        DeckChoice(each.deck.id, each.deck.title, len(each.deck.cards))
        for each in desk.library.decks
        if not each.deck.optional and each.deck.cards
    )
    if not is_fresh or not decks:
        return None
    return Welcome(decks, desk.settings.minutes_a_day)


def close_welcome(desk: Desk) -> None:
    """Remember that the welcome needs no second showing.

    Raises:
        SettingsError: When that cannot be written.
    """
    path = desk.folders.state / WELCOME_FILE
    try:
        write_private_file(path, "answered\n")
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}", "check the permissions") from error


def answer_welcome(desk: Desk, answers: Answers) -> Sitting:
    """Keep what the learner said, and return the first round; nothing is kept when the day makes no plan.

    Raises:
        UsageError: When the day is none, or makes no plan.
        SettingsError: When the answers cannot be written.
    """
    on = answers.decks or tuple(each.deck.id for each in desk.library.decks)
    off = [each.deck.id for each in desk.library.decks if each.deck.id not in on and not each.deck.optional]
    _take_up(desk, answers.day, off)
    if off:
        set_setting(desk.options, "leave_out", ", ".join([*desk.settings.leave_out, *off]))
    if answers.minutes != desk.settings.minutes_a_day:
        set_setting(desk.options, "minutes_a_day", str(answers.minutes))
    desk.settings = look_around(desk.options).settings
    close_welcome(desk)
    sitting = begin_round(desk, RoundRequest(scope=Scope(decks=on), limit=FIRST_CARDS))
    cards = first_cards(desk.library, on)
    return replace(sitting, round=replace(sitting.round, queue=cards)) if cards else sitting


def _take_up(desk: Desk, day: str, off: Sequence[str]) -> None:
    """Leave decks out and add the interview, or neither when the day makes no plan."""
    before, desk.library = desk.library, desk.library.leaving_out(off)
    try:
        if day.strip():
            add_interview(desk, read_day(day, desk.today()))
    except UsageError:
        desk.library = before
        raise


def first_cards(library: Library, decks: Sequence[str]) -> tuple[CardId, ...]:
    """Return five cards to begin with: the easiest of each easy kind, then more of those."""
    by_kind: dict[str, list[CardId]] = {}
    for kind in EASY_KINDS:
        outlines = [each for each in library.outlines(list(decks)) if each.kind == kind][:MOST_LOOKED_AT]
        by_kind[kind] = [each.card for each in sorted(outlines, key=lambda each: _effort(library, each))]
    first = [cards[0] for cards in by_kind.values() if cards]
    more = [card for turn in range(1, FIRST_CARDS) for cards in by_kind.values() for card in cards[turn : turn + 1]]
    return (*first, *more)[:FIRST_CARDS]


def _effort(library: Library, outline: Outline) -> tuple[int, int]:
    """Return how hard a card is: its author's guess, then how long it is."""
    card = library.get(outline.card)
    return (card.level if card is not None and card.level is not None else 2, len(outline.title))
