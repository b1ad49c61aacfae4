"""What `prepdeck mock list` and `prepdeck mock history` print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from prepdeck.cli.mock_clock import clock
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted, one_decimal

if TYPE_CHECKING:
    from prepdeck.interview.history import PastMock, Trend
    from prepdeck.study.mock_begin import FormatRow
    from prepdeck.study.mock_history import MockHistory
    from prepdeck.study.mock_recovery import StoppedMock


def formats_text(rows: Sequence[FormatRow]) -> str:
    """Return the formats as lines: id, minutes, title, how often each was sat, and what the decks lack for it."""
    width = max((len(row.blueprint.id) for row in rows), default=0)
    lines = []
    for row in rows:
        sat = f"sat {row.sat}x, last {row.last_day.isoformat()}" if row.last_day is not None else "never sat"
        lines.append(f"{row.blueprint.id:<{width}} {row.blueprint.minutes:>4} min  {row.blueprint.title}  ({sat})")
        lines += [f"{'':<{width}}           lacks {clean_line(lack.words)}" for lack in row.missing]
    return "\n".join(lines) or "No formats found; prepdeck doctor says what is wrong."


def formats_json(rows: Sequence[FormatRow]) -> dict[str, Any]:
    """Return the formats as data."""
    return {
        "schema": 1,
        "formats": [
            {
                "format": row.blueprint.id,
                "title": row.blueprint.title,
                "minutes": row.blueprint.minutes,
                "rubric": row.blueprint.rubric,
                "loop": row.blueprint.is_loop,
                "phases": [
                    {"id": phase.id, "title": phase.title, "minutes": phase.minutes} for phase in row.blueprint.phases
                ],
                "questions": row.blueprint.draw.questions,
                "sat": row.sat,
                "last": None if row.last_day is None else row.last_day.isoformat(),
                "missing": [
                    {"sort": lack.sort.value, "wanted": lack.wanted, "found": lack.found, "words": lack.words}
                    for lack in row.missing
                ],
            }
            for row in rows
        ],
    }


def history_text(found: MockHistory) -> str:
    """Return what all mocks tell together as lines."""
    waiting = "Waiting, prepdeck mock resume goes on:\n" + "\n".join(map(_waiting_line, found.waiting))
    if not found.mocks:
        none = "No mock was marked yet; prepdeck mock list says which there are."
        return f"{none}\n\n{waiting}" if found.waiting else none
    parts = [
        *([waiting] if found.waiting else []),
        "\n".join(map(_past_line, found.mocks)),
        "By format, the last five:\n" + "\n".join(map(_trend_line, found.trends)),
    ]
    told = found.calibration
    if told.pairs:
        parts.append(
            f"Predicted verdicts: {told.exact} of {len(told.pairs)} right, {told.over} too good, {told.under} too bad."
        )
    if found.overruns:
        rows = [
            f"  {each.format}, {clean_line(each.phase)}: {each.over} of {each.of} times, by {clock(each.mean_over_ms)}"
            for each in found.overruns
        ]
        parts.append("Phases that mostly overrun:\n" + "\n".join(rows))
    if found.parts:
        parts.append("Stories take: " + ", ".join(f"{part} {seconds} s" for part, seconds in found.parts.items()) + ".")
    if found.topics:
        rows = [
            f"  {clean_line(each.topic)}: mock {each.level} ({each.day.isoformat()}), "
            f"{counted(each.lapses, 'lapse')} in {counted(each.learned, 'learned card')}"
            for each in found.topics
        ]
        parts.append("Topics, mocks beside reviews:\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _waiting_line(each: StoppedMock) -> str:
    stands = "to be marked" if each.is_over else f"in phase {each.phase} of {each.phases}"
    return f"  {each.began.astimezone():%Y-%m-%d %H:%M}  {clean_line(each.title)}, {stands}  {each.id}"


def _past_line(each: PastMock) -> str:
    mean = "   -" if each.mean is None else f"{one_decimal(each.mean):>4}"
    verdict = each.verdict.replace("-", " ") if each.verdict is not None else "no verdict"
    predicted = f", predicted {each.predicted.replace('-', ' ')}" if each.predicted is not None else ""
    kind = "strict" if each.is_strict else "practice"
    end = "given up" if not each.was_sat else f"{clock(each.active_ms)}, {kind}"
    return f"{each.day.isoformat()} {mean}  {each.format}: {verdict}{predicted} ({end})  {each.id}"


def _trend_line(each: Trend) -> str:
    sat = f"{each.completed} of {each.begun} sat to the end"
    if each.mean is None or each.lowest is None or each.highest is None:
        return f"  {each.format}: none marked; {sat}"
    change = f", {float(each.change):+.1f}" if each.change is not None else ""
    spread = f"{one_decimal(each.lowest)} to {one_decimal(each.highest)}"
    return f"  {each.format}: mean {one_decimal(each.mean)} ({spread}){change}, {each.at_bar} at the bar; {sat}"
