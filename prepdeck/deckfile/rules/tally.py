"""What a deck holds, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prepdeck.cards.card import Ask, Basic, Card, Choice, Cloze, Numeric
from prepdeck.cards.code import Code
from prepdeck.cards.deck import Deck
from prepdeck.deckfile.rules.recall import AIMED_BACK_CHARACTERS

COUNTED_ASKS = frozenset({Ask.WHY, Ask.WHEN, Ask.COMPARE, Ask.DIAGNOSE, Ask.NEXT_STEP})
"""What at least four of ten fronts of a concept deck ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a deck holds, counted."""

    deck: str
    """Slug of the deck."""
    cards: int
    """All cards."""
    kinds: Mapping[str, int]
    """Cards by kind."""
    topics: Mapping[str, int]
    """Cards by topic; the declared topics come first, the ones without a card included."""
    levels: Mapping[int, int]
    """Cards of the four recalled kinds by level, for those that have one."""
    asks: Mapping[str, int]
    """Basic and choice cards by what they ask, for those that say it."""
    answers: int
    """Basic cards."""
    answers_within_aim: int
    """Basic cards whose answer is no longer than an answer aims to be."""
    numbers: int
    """Numeric cards."""
    numbers_with_check: int
    """Numeric cards with an expression that recomputes the answer."""
    programs: int
    """Code cards."""
    tests: int
    """Tests of all code cards."""
    mutants: int
    """Mutants of all code cards."""
    choices: int
    """Choice cards with one right option."""
    longest_correct: int
    """Choice cards whose right option alone is the longest."""
    snippets: int
    """Cards with a `verify` snippet."""
    volatile: int
    """Cards whose answer ages."""
    oldest_check: date | None
    """The day of the longest unchecked volatile answer."""

    @property
    def counted_asks(self) -> int:
        """How many basic and choice cards ask why, when, which of two, what is wrong or what next."""
        return sum(self.asks.get(ask.value, 0) for ask in COUNTED_ASKS)


def tally_of(deck: Deck) -> Tally:
    """Return what `deck` holds."""
    cards = deck.cards
    numbers = [card.body for card in cards if isinstance(card.body, Numeric)]
    programs = [card.body for card in cards if isinstance(card.body, Code)]
    answers = [card.body for card in cards if isinstance(card.body, Basic)]
    choices = [card.body for card in cards if isinstance(card.body, Choice) and not card.body.takes_several]
    topics = Counter({topic.id: 0 for topic in deck.topics})
    topics.update(card.topic for card in cards if card.topic is not None)
    checked = [card.as_of for card in cards if card.volatile and card.as_of is not None]
    return Tally(
        deck=deck.id,
        cards=len(cards),
        kinds=Counter(card.kind for card in cards),
        topics=topics,
        levels=Counter(card.level for card in cards if card.level is not None and _is_recalled(card)),
        asks=Counter(card.ask.value for card in cards if card.ask is not None and _declares_ask(card)),
        answers=len(answers),
        answers_within_aim=sum(len(answer.back) <= AIMED_BACK_CHARACTERS for answer in answers),
        numbers=len(numbers),
        numbers_with_check=sum(number.check is not None for number in numbers),
        programs=len(programs),
        tests=sum(len(program.cases) for program in programs),
        mutants=sum(len(program.mutants) for program in programs),
        choices=len(choices),
        longest_correct=sum(map(_is_longest_correct, choices)),
        snippets=sum(card.verify is not None for card in cards),
        volatile=sum(card.volatile for card in cards),
        oldest_check=min(checked, default=None),
    )


def _is_recalled(card: Card) -> bool:
    return isinstance(card.body, (Basic, Cloze, Choice, Numeric))


def _declares_ask(card: Card) -> bool:
    return isinstance(card.body, (Basic, Choice))


def _is_longest_correct(body: Choice) -> bool:
    correct = max(len(option.text) for option in body.options if option.correct)
    return all(len(option.text) < correct for option in body.options if not option.correct)
