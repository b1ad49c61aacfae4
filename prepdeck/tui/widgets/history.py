"""The history of one card as a small plot: grades over days, and above each the interval it left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import Learned
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Piece, Row, Tone, muted, row, spread, strong
from prepdeck.tui.widgets.grades import TONES
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.scheduling.review import Review

HEIGHT: Final = 3
"""Rows of the bars."""


def draw_history(reviews: Sequence[Review], width: int, glyphs: Glyphs) -> list[Row]:
    """Return the plot of reviews, oldest first; of several in one column the last one shows.

    Bars grow with the logarithm of the interval, for intervals multiply.
    """
    if not reviews or width < 1:
        return []
    first, last = reviews[0].study_day, reviews[-1].study_day
    span = max(1, (last - first).days)
    cells: dict[int, Review] = {}
    for review in reviews:
        cells[round((review.study_day - first).days / span * (width - 1))] = review
    longest = max(_interval(review) for review in reviews)
    title = row(strong("History"), muted(f"  digits are grades, bars are intervals, the longest {longest} d"))
    bars = [_bars(cells, width, level, longest, glyphs) for level in range(HEIGHT - 1, -1, -1)]
    digits = [_digit(cells[x].grade) if x in cells else muted(glyphs.dot) for x in range(width)]
    days = spread(row(muted(show_day(first))), row(muted(show_day(last) if last != first else "")), width)
    return [title, *bars, Row(tuple(digits)), days]


def _bars(cells: dict[int, Review], width: int, level: int, longest: int, glyphs: Glyphs) -> Row:
    pieces = []
    steps = len(glyphs.eighths)
    for x in range(width):
        review = cells.get(x)
        share = math.log1p(_interval(review)) / math.log1p(longest) if review is not None and longest else 0.0
        filled = min(steps, round(share * HEIGHT * steps) - level * steps)
        sign = glyphs.eighths[filled - 1] if filled > 0 else " "
        pieces.append(Piece(sign, TONES[review.grade] if review is not None else Tone.MUTED))
    return Row(tuple(pieces))


def _digit(grade: Grade) -> Piece:
    return Piece(str(list(Grade).index(grade) + 1), TONES[grade], strong=True)


def _interval(review: Review | None) -> int:
    return review.after.interval if review is not None and isinstance(review.after, Learned) else 0
