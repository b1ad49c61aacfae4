"""What the statistics screen says: its title, its figures, its bars, and the chart behind each box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prepdeck.progress.tallies import ENOUGH_ANSWERS
from prepdeck.text.markdown import inline_line
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.home_words import TRACK_NAMES
from prepdeck.tui.widgets.bars import Bar
from prepdeck.tui.widgets.columns import ColumnFacts
from prepdeck.tui.widgets.heat import FEWEST_DAYS
from prepdeck.tui.widgets.ready import ReadyLine, target_mark
from prepdeck.tui.widgets.retention import LineFacts
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepdeck.progress.chart import Chart
    from prepdeck.progress.tallies import Effort
    from prepdeck.study.charts import ExportedChart
    from prepdeck.study.readiness import Readiness
    from prepdeck.study.stats_report import StatsReport
    from prepdeck.tui.glyphs import Glyphs

FIGURES: Final = ("kept", "answers", "pace", "time", "mature")
"""The boxed figures, from left to right."""
WINDOW_TARGET: Final = "window"
"""What a click on a window starts, with its place among the windows."""
_HOUR: Final = 3600
_TEN_HOURS: Final = 36_000
_INTERVAL_TONES: Final = (Tone.ERROR, Tone.ACCENT, Tone.PRIMARY, Tone.SUCCESS, Tone.SUCCESS)


def share_words(effort: Effort) -> str:
    """Return true retention in percent; nothing while it would say little."""
    kept = effort.kept
    return "" if kept.share is None or kept.answered < ENOUGH_ANSWERS else f"{kept.share:.1%}"


def time_words(seconds: float) -> tuple[str, str]:
    """Return a time of study as number and unit."""
    if seconds < _HOUR:
        return f"{seconds / 60:.0f}", "min"
    return f"{seconds / _HOUR:.0f}" if seconds >= _TEN_HOURS else f"{seconds / _HOUR:.1f}", "h"


def title_left(deck: str, window: int | None, *, is_short: bool = False) -> Row:
    """Return what the title bar says of what is looked at."""
    words = "all days" if window is None else f"{'' if is_short else 'last '}{window} days"
    return row(strong("Stats", Tone.PRIMARY), "  ", foreign(deck), muted(f"  {words}"))


def title_windows(windows: Sequence[int | None], current: int | None, key: str) -> Row:
    """Return the windows to choose from, each of which can be clicked."""
    pieces: list[Piece | str] = [Piece(f"{key} ", Tone.ACCENT, strong=True)] if key else []
    for number, window in enumerate(windows):
        word = "all" if window is None else str(window)
        is_current = window == current
        tone = Tone.TEXT if is_current else Tone.MUTED
        pieces.append(
            Piece(f"[{word}]" if is_current else f" {word} ", tone, is_current, target=f"{WINDOW_TARGET}:{number}")
        )
    return row(*pieces, muted(" days"))


def title_figures(report: StatsReport) -> tuple[Row, ...]:
    """Return the figures of the title bar, longest form first."""
    total, share = report.total, share_words(report.total)
    reviews = "review" if total.reviews == 1 else "reviews"
    kept = (strong(share, Tone.ACCENT), muted(" kept   ")) if share else ()
    answers = (strong(f"{total.reviews:,}", Tone.ACCENT), muted(f" {reviews}"))
    time, unit = time_words(total.seconds)
    return row(*kept, *answers, muted("   "), strong(time, Tone.ACCENT), muted(f" {unit}")), row(*answers), row()


def figures(report: StatsReport) -> dict[str, tuple[Row, ...]]:
    """Return each boxed figure, longest form first."""
    total, share = report.total, share_words(report.total)
    time, unit = time_words(total.seconds)
    pace = f"{total.seconds / total.reviews:.0f} s" if total.reviews else "- s"
    goal = f"{report.goal:.0%}"
    kept = (
        (_figure(share, f"kept (goal {goal[:-1]})"), _figure(share, "kept"))
        if share
        else (_figure(goal, "to be kept"), _figure(goal, "goal"))
    )
    return {
        "kept": kept,
        "answers": (_figure(f"{total.reviews:,}", "review" if total.reviews == 1 else "reviews"),),
        "pace": (_figure(pace, "per card"), _figure(pace, "a card")),
        "time": (_figure(f"{time} {unit}", "studied"),),
        "mature": (_figure(f"{report.mature:,}", "mature cards"), _figure(f"{report.mature:,}", "mature")),
    }


def _figure(number: str, word: str) -> Row:
    return row(strong(number, Tone.ACCENT), muted(f" {word}"))


def line_facts(report: StatsReport) -> LineFacts:
    """Return the line of retention; a sentence instead while answers are few."""
    from prepdeck.study.charts import retention_chart

    answered, active = report.total.kept.answered, report.streak.active
    few = ""
    if answered < ENOUGH_ANSWERS:
        few = f"Retention appears after {ENOUGH_ANSWERS} reviews; you have {answered}."
    elif active < FEWEST_DAYS:
        few = f"Retention appears after {FEWEST_DAYS} days with reviews; you have {active}."
    line = retention_chart(report)
    return LineFacts(line.series[0].values, line.goal or 0.0, line.floor, few)


def column_facts(report: StatsReport) -> dict[str, ColumnFacts]:
    """Return the columns of reviews and minutes; a sentence instead while days are few."""
    from prepdeck.study.charts import minutes_chart, reviews_chart

    active, columns = report.streak.active, {}
    for chart in (reviews_chart(report), minutes_chart(report)):
        few = f"{chart.title} appear after {FEWEST_DAYS} days with reviews; you have {active}."
        parts = [tuple(value or 0.0 for value in series.values) for series in chart.series]
        columns[chart.name] = ColumnFacts(parts[0], parts[1] if parts[1:] else (), few if active < FEWEST_DAYS else "")
    return columns


def ready_lines(ready: Readiness) -> list[ReadyLine]:
    """Return readiness by track, the largest gap first."""
    from prepdeck.study.readiness import TARGET

    parts = sorted(ready.tracks, key=lambda each: (each.recall, each.name or ""))
    return [ReadyLine(TRACK_NAMES.get(part.name or "", part.name or ""), part.recall, TARGET) for part in parts]


def target_words(ready: Readiness, glyphs: Glyphs) -> str:
    """Return what the mark on the readiness bars stands for."""
    from prepdeck.study.readiness import TARGET

    when = "" if ready.interview is None else f" for {show_day(ready.interview.date)}"
    return f"{target_mark(glyphs)} target {TARGET:.0%}{when}"


def interval_bars(report: StatsReport) -> list[Bar]:
    """Return cards by interval, those never seen first."""
    most = max((each.cards for each in report.intervals), default=0)
    most = max(most, report.unseen, 1)
    bars = [Bar("not seen", report.unseen / most, f"{report.unseen:,}", Tone.MUTED)]
    bars += [
        Bar(each.words, each.cards / most, f"{each.cards:,}", tone)
        for each, tone in zip(report.intervals, _INTERVAL_TONES, strict=True)
    ]
    return bars


def hardest_bars(report: StatsReport) -> list[Bar]:
    """Return the cards forgotten most often, with the recall to expect of each today."""
    lapses = max((card.lapses for card in report.hardest), default=1)
    return [
        Bar(
            inline_line(card.title),
            card.lapses / lapses,
            f"{card.lapses}x",
            Tone.ERROR if card.is_leech else Tone.ACCENT,
            "leech" if card.is_leech else f"{card.recall:.0%}",
        )
        for card in report.hardest
    ]


def chart_of(name: str, report: StatsReport, ready: Readiness) -> Chart:
    """Return the chart of a box, as it is exported."""
    from prepdeck.study import charts

    match name:
        case "retention":
            return charts.retention_chart(report)
        case "readiness":
            return charts.readiness_chart(ready)
        case "intervals":
            return charts.intervals_chart(report)
        case "minutes":
            return charts.minutes_chart(report)
        case "forecast":
            return charts.forecast_chart(report)
        case "hardest":
            return charts.hardest_chart(report)
        case _:  # the heat map shows the same numbers as the columns of reviews
            return charts.reviews_chart(report)


def export_words(files: ExportedChart) -> str:
    """Return where a chart was written to."""
    if files.picture is None:
        from prepdeck.study.charts import PNG_EXTRA

        return f"Wrote {files.drawing} and {files.table.name}. A PNG needs pip install '{PNG_EXTRA}' and a font."
    return f"Wrote {files.picture}, and {files.drawing.suffix[1:]} and {files.table.suffix[1:]} beside it."
