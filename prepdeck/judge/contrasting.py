"""What was expected beside what came out, so that the difference is seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from prepdeck.cards.code import Compare
from prepdeck.judge.comparing import agree
from prepdeck.judge.showing import show
from prepdeck.judge.values import Value

ALIKE: Final = 140
"""Characters after which two texts that did not differ so far are not read to their ends."""


def contrast(expected: Value, got: Value, compare: Compare) -> tuple[str, str]:
    """Return both values as text; of long ones that begin alike only what stands at their first difference."""
    texts = show(expected), show(got)
    if len(texts[0]) <= ALIKE or texts[0][:ALIKE] != texts[1][:ALIKE]:
        return texts
    if compare not in {Compare.EXACT, Compare.CLOSE}:
        return texts  # where order does not matter, no place is the first
    place = ""
    ours: Sequence[Value] = (expected,)
    theirs: Sequence[Value] = (got,)
    while ours and theirs:
        one, other = ours[0], theirs[0]
        if not isinstance(one, list | tuple) or not isinstance(other, list | tuple):
            break
        index = _first_difference(one, other, compare)
        place += f"[{index}]"
        ours, theirs = one[index : index + 1], other[index : index + 1]
    return (_at(place, ours), _at(place, theirs)) if place else texts


def _first_difference(expected: Sequence[Value], got: Sequence[Value], compare: Compare) -> int:
    """Return the first index at which two lists differ, be it that one of them ends there."""
    pairs = zip(expected, got, strict=False)
    return sum(1 for _ in takewhile(lambda pair: agree(*pair, compare), pairs))


def _at(place: str, found: Sequence[Value]) -> str:
    return f"at {place}: {show(found[0]) if found else 'nothing'}"
