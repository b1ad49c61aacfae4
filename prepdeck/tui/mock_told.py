"""What the pages of the history of mocks say: rows made of values, apart from any widget."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from prepdeck.text.cells import pad, shorten
from prepdeck.text.counts import counted, one_decimal, two_decimals
from prepdeck.tui.mock_marked import own_rows
from prepdeck.tui.rows import Piece, Row, Tone, fit, foreign, muted, row, strong
from prepdeck.tui.widgets.mock_marks import LEVEL_TONES
from prepdeck.tui.words import show_day, show_seconds

if TYPE_CHECKING:
    from prepdeck.study.mock_history import Comparison, MockHistory
    from prepdeck.tui.typesetting import Typesetter

COLUMN: Final = 11
"""Cells of an attempt in a comparison."""


def told_rows(found: MockHistory, setter: Typesetter) -> list[Row]:
    """Return trends, calibration, overruns, seconds of stories and the map of topics."""
    rows = _trend_rows(found, setter)
    told = found.calibration
    if told.pairs:
        words = f"{told.exact} of {len(told.pairs)} right, {told.over} too good, {told.under} too bad"
        rows += setter.headed("Predicted verdicts", [row(words)])
    if found.overruns:
        late = [
            row(
                foreign(f"{each.phase} ", bold=True),
                muted(f"{each.format}: {each.over} of {each.of}, by "),
                Piece(show_seconds(each.mean_over_ms // 1000), Tone.ERROR),
            )
            for each in found.overruns
        ]
        rows += setter.headed("Phases that mostly overrun", late)
    if found.parts:
        parts = ", ".join(f"{part} {seconds} s" for part, seconds in found.parts.items())
        rows += setter.headed("Stories take", [row(parts)])
    if found.topics:
        topics = [
            row(
                Piece(f"{each.level} ", LEVEL_TONES[each.level], strong=True),
                foreign(each.topic),
                muted(
                    f"  {counted(each.lapses, 'lapse')} in {each.learned} learned" if each.learned else "  none learned"
                ),
            )
            for each in found.topics
        ]
        rows += setter.headed("Topics: mock beside reviews", topics)
    return [fit(each, setter.width, setter.glyphs.ellipsis) for each in rows]


def _trend_rows(found: MockHistory, setter: Typesetter) -> list[Row]:
    rows = [setter.heading("By format", "the last five")]
    for each in found.trends:
        if each.mean is None or each.lowest is None or each.highest is None:
            rows.append(row(foreign(each.format), muted(f"  none marked, {each.completed} of {each.begun} to the end")))
            continue
        change = f" {float(each.change):+.1f}" if each.change is not None else ""
        tone = Tone.SUCCESS if each.mean >= found.bar else Tone.ACCENT
        rows.append(
            row(
                foreign(each.format),
                "  ",
                Piece(one_decimal(each.mean), tone, strong=True),
                muted(f" ({one_decimal(each.lowest)}-{one_decimal(each.highest)}){change}, {each.at_bar} at the bar"),
            )
        )
    if found.completion is not None:
        rows.append(row(muted(f"{round(float(found.completion) * 100)} % brought to the end")))
    return rows


def compared_rows(found: Comparison, setter: Typesetter) -> list[Row]:
    """Return two attempts side by side: marks, times, and what was written in each."""
    first, second = found.first, found.second
    days = (show_day(first.day), show_day(second.day))
    room = max(6, min(24, setter.width - 2 * COLUMN - 4))
    pair = partial(_pair, room, setter.glyphs.ellipsis)
    rows = [
        row(" " * room, strong(f"{days[0]:>{COLUMN}}"), "  ", strong(f"{days[1]:>{COLUMN}}")),
        *_formats(found, room),
        pair("Mean", *(None if each.score.mean is None else two_decimals(each.score.mean) for each in (first, second))),
        pair(
            "Verdict", *(None if each.score.verdict is None else each.score.verdict.title for each in (first, second))
        ),
        Row(),
    ]
    rows += [
        pair(title, *(None if level is None else str(level) for level in levels)) for title, *levels in found.criteria
    ]
    rows.append(Row())
    for title, *times in found.phases:
        rows.append(pair(title, *(None if each is None else show_seconds(each // 1000) for each in times)))
    for each, day in zip((first, second), days, strict=True):
        rows += [Row(), setter.heading(f"{each.mock.blueprint.title}, {day}")]
        rows += own_rows(each.items, each.free_notes, setter)
    return [fit(each, setter.width, setter.glyphs.ellipsis) for each in rows]


def _formats(found: Comparison, room: int) -> list[Row]:
    """Return the formats of both, where they are not the same."""
    titles = [each.mock.blueprint.title for each in (found.first, found.second)]
    if titles[0] == titles[1]:
        return []
    short = [f"{shorten(title, COLUMN, ellipsis='.'):>{COLUMN}}" for title in titles]
    return [row(" " * room, foreign(short[0], Tone.MUTED), "  ", foreign(short[1], Tone.MUTED))]


def _pair(room: int, ellipsis: str, title: str, first: str | None, second: str | None) -> Row:
    """Return a line with its title in so many cells, and what it is in each attempt."""
    name = foreign(pad(fit(row(foreign(title)), room, ellipsis).text, room))
    return row(name, f"{first or '-':>{COLUMN}}", "  ", f"{second or '-':>{COLUMN}}")


def rest_rows(left_ms: int, following: str, rounds: Sequence[str], setter: Typesetter) -> list[Row]:
    """Return what a rest between two rounds says."""
    done = [row(Piece(f"{setter.glyphs.tick} ", Tone.SUCCESS), foreign(each)) for each in rounds]
    return [
        row(muted("next  "), strong(following)),
        row(
            muted("Enter begins it; a strict rest ends by itself." if left_ms else "The rest is over; Enter begins it.")
        ),
        Row(),
        *done,
    ]
