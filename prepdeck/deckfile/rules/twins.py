"""Fronts that read alike, found without comparing every two of them.

Two fronts whose words overlap by 0.8 share one of their rarest words: of n words, one of the n - ceil(0.8 n) + 1 rarest
(prefix filtering: Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search, 2007). So only fronts that share
such a word are compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from prepdeck.cards.card import Card, Cloze, Gap
from prepdeck.cards.spoken import Story

COMMON, OF_ALL = 4, 5
"""Two fronts are near-duplicates when so many of so many of their words are common to both."""
FEWEST_WORDS = 5
"""Shorter fronts are near-duplicates only when they are the same word for word."""
FEWEST_SAME_WORDS = 3
"""Fronts shorter than this say too little to be compared at all."""
MOST_LOOKS = 150
"""Earlier fronts looked at for one front; only a deck made to be slow has more that share its rarest words."""

# Signs that change a meaning count as words: C++ is not C#, x < y is not x > y.
_BITS = 256
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
    """Yield every prompt that reads like an earlier one, with one such."""
    orders = [tuple(_WORD.findall(prompt.casefold())) for prompt in prompts]
    sets = [frozenset(order) for order in orders]
    uses = Counter(chain.from_iterable(sets))
    rank = {word: place for place, word in enumerate(sorted(uses, key=lambda word: (uses[word], word)))}
    same: dict[object, int] = {}
    shelf = _Shelf()
    for place, (order, words) in enumerate(zip(orders, sets, strict=True)):
        if len(order) < FEWEST_SAME_WORDS:
            continue
        is_long = len(words) >= FEWEST_WORDS
        key: object = words if is_long else order
        if key in same:
            yield Twin(place, same[key], 1.0)
            continue
        same[key] = place
        if is_long:
            ranks = sorted([rank[word] for word in words])
            front = _Front(place, words, _sketch(ranks))
            rarest = ranks[: _prefix(len(ranks))]
            twin = shelf.find(front, rarest)
            if twin is not None:
                yield twin
            shelf.add(front, rarest)


class _Front(NamedTuple):
    """A front on the shelf."""

    place: int
    """Its place in the sequence."""
    words: frozenset[str]
    """Its words."""
    sketch: int
    """A bit for each word; words may share one, so two sketches never differ by more bits than the fronts by words."""


class _Shelf:
    """Earlier fronts, each under its rarest words."""

    def __init__(self) -> None:
        self._fronts: defaultdict[int, list[_Front]] = defaultdict(list)

    def add(self, front: _Front, rarest: Sequence[int]) -> None:
        """Put a front on the shelf; its rarest words are given by how rare they are."""
        for rank in rarest:
            self._fronts[rank].append(front)

    def find(self, front: _Front, rarest: Sequence[int]) -> Twin | None:
        """Return the near-duplicate among earlier fronts, or None."""
        place, words, sketch = front
        count = len(words)
        looks = 0
        for rank in rarest:
            for other in self._fronts.get(rank, ()):
                looks += 1
                if looks > MOST_LOOKS:
                    return None
                # Of s words in both sets together at most a ninth may be in one of them alone.
                total = count + len(other.words)
                if (sketch ^ other.sketch).bit_count() * (OF_ALL + COMMON) > total * (OF_ALL - COMMON):
                    continue
                common = len(words & other.words)
                if common * OF_ALL >= (total - common) * COMMON:
                    return Twin(place, other.place, common / (total - common))
        return None


def _prefix(count: int) -> int:
    """Return how many of the rarest of `count` words two near-duplicates cannot both lack."""
    fewest_common = -(-COMMON * count // OF_ALL)
    return count - fewest_common + 1


def _sketch(ranks: Sequence[int]) -> int:
    bits = 0
    for rank in ranks:
        bits |= 1 << rank % _BITS
    return bits
