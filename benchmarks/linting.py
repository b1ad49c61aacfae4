"""How long checking decks takes, rules included."""

from __future__ import annotations

import random
from datetime import date

import yaml

from benchmarks.homes import mixed_deck
from benchmarks.timing import Finding, computed, take_turns
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.rules.checking import check_deck, check_decks

CARDS = 10_000
"""Cards of the deck that is checked."""
TODAY = date(2026, 11, 22)
"""The day on which it is checked."""
WORDS_OF_A_FRONT = 14
"""Words put in front of each front, so that few fronts read alike, as in real decks."""


def measure_linting() -> list[Finding]:
    """T10: reading a deck of 10,000 cards and asking all rules takes at most 0.3 times as long as `yaml.load` in C."""
    data = _deck_of_different_fronts().encode()
    ours, limit = take_turns(
        computed(lambda: _lint(data)), computed(lambda: yaml.load(data, yaml.CSafeLoader)), turns=3, warm_ups=0
    )
    reading = read_deck("large.yaml", data)
    rules, read = take_turns(
        computed(lambda: _ask_rules(reading)), computed(lambda: read_deck("large.yaml", data)), turns=5
    )
    return [
        Finding("T10", f"reading and rules, {CARDS:,} cards", ours, limit, "yaml.load(CSafeLoader)", 0.3),
        Finding("T10", f"rules alone, {CARDS:,} cards", rules, read, "reading the deck", 1),
    ]


def _lint(data: bytes) -> None:
    _ask_rules(read_deck("large.yaml", data))


def _ask_rules(reading: Reading) -> None:
    check_deck(reading, TODAY, strict=True)
    check_decks([reading])


def _deck_of_different_fronts() -> str:
    """Return a mixed deck whose fronts and texts begin with words of their own, common ones and rare ones."""
    dice = random.Random(1)
    vocabulary = [f"word{number}" for number in range(6_000)]
    weights = [1 / (number + 1) for number in range(len(vocabulary))]
    lines = []
    for line in mixed_deck("large", CARDS).splitlines():
        name, quote, rest = line.partition(': "')
        if quote and name.strip() in {"front", "text"}:
            words = " ".join(dice.choices(vocabulary, weights, k=WORDS_OF_A_FRONT))
            lines.append(f'{name}: "{words} {rest}')
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"
