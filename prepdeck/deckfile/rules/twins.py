"""Fronts that read alike, found without comparing every two of them.

Two fronts whose words overlap by 0.8 share one of their rarest words: of n words, one of the n - ceil(0.8 n) + 1 rarest
(prefix filtering: Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search, 2007). So only fronts that share
such a word are compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from prepdeck.cards.card import Card, Cloze, Gap
from prepdeck.cards.spoken import Story

LEAST_OVERLAP = Fraction(4, 5)
"""Share of common words among all words of two fronts from which they count as near-duplicates."""
FEWEST_WORDS = 5
"""Shorter fronts are near-duplicates only when they are the same word for word."""
FEWEST_SAME_WORDS = 3
"""Fronts shorter than this say too little to be compared at all."""
MOST_LOOKS = 150
"""Earlier fronts looked at for one front; only a deck made to be slow has more that share its rarest words."""

# Signs that change a meaning count as words: C++ is not C#, x < y is not x > y.
_WORD = re.compile(r"\w+[+#]*|[^\w\s.,;:!?'\"()\[\]{}$`*_-]")


class Twin(NamedTuple):
    """A front that reads like an earlier one."""

    later: int
    """Its place in the sequence."""
    earlier: int
    """The place of the earlier one."""
    overlap: float
    """Share of common words, 0.8 to 1."""


def prompt_of(card: Card) -> str:
    """Return what a card asks, in words; gaps are open, since texts with other gaps are other cards."""
    match card.body:
        case Cloze(pieces=pieces):
            return "".join(piece.answer if isinstance(piece, Gap) else piece for piece in pieces)
        case Story(title=title):
            return title
        case body:
            return body.front


def find_twins(prompts: Sequence[str]) -> Iterator[Twin]:
    """Yield every prompt that reads like an earlier one, with the first such."""
    orders = [tuple(_WORD.findall(prompt.casefold())) for prompt in prompts]
    sets = [frozenset(order) for order in orders]
    uses = Counter(word for words in sets for word in words)
    rank = {word: place for place, word in enumerate(sorted(uses, key=lambda word: (uses[word], word)))}
    same: dict[object, int] = {}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, (order, words) in enumerate(zip(orders, sets, strict=True)):
        if len(order) < FEWEST_SAME_WORDS:
            continue
        is_long = len(words) >= FEWEST_WORDS
        key: object = words if is_long else order
        if key in same:
            yield Twin(place, same[key], 1.0)
            continue
        same[key] = place
        if not is_long:
            continue
        rarest = sorted(words, key=rank.__getitem__)[: _prefix(len(words))]
        twin = _first_like(sets, place, rarest, holders)
        if twin is not None:
            yield twin
        for word in rarest:
            holders[word].append(place)


def _prefix(count: int) -> int:
    """Return how many of the rarest of `count` words two near-duplicates cannot both lack."""
    return count - _common(count) + 1


def _common(count: int) -> int:
    """Return the fewest common words of a front of `count` words and any near-duplicate."""
    return -(-LEAST_OVERLAP.numerator * count // LEAST_OVERLAP.denominator)


def _first_like(
    sets: Sequence[frozenset[str]], place: int, rarest: Sequence[str], holders: dict[str, list[int]]
) -> Twin | None:
    """Return the first earlier front that reads like the one at `place`."""
    words = sets[place]
    fewest = _common(len(words))
    most = len(words) * LEAST_OVERLAP.denominator // LEAST_OVERLAP.numerator
    looks = 0
    for word in rarest:
        for earlier in holders.get(word, ()):
            looks += 1
            if looks > MOST_LOOKS:
                return None
            other = sets[earlier]
            if fewest <= len(other) <= most:
                common = len(words & other)
                union = len(words) + len(other) - common
                if common * LEAST_OVERLAP.denominator >= union * LEAST_OVERLAP.numerator:
                    return Twin(place, earlier, common / union)
    return None
