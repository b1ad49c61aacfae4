"""The charts of the statistics as values, and as files beside the learner's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from prepdeck.host.folders import make_private_folder
from prepdeck.host.picture import EXTRA, png_of
from prepdeck.host.writing import create_file
from prepdeck.progress.chart import Chart, Series, Shape, chart_csv, chart_svg
from prepdeck.progress.tallies import rolling_kept
from prepdeck.study.desk import Desk, stamp_of
from prepdeck.study.readiness import TARGET, Readiness
from prepdeck.study.statistics import save_table
from prepdeck.study.stats_report import StatsReport

ROLLING_DAYS = 7
"""Days that each point of the retention line sums up."""
CHARTS_FOLDER = "charts"
"""Folder of exported charts in the learner's home."""
ENDINGS = (".csv", ".svg", ".png")
"""How the names of a chart's files end: values, drawing, picture."""
PNG_EXTRA = EXTRA
"""What has to be installed for the last of them."""


def day_table(report: StatsReport) -> str:
    """Return every study day of a report as a table."""
    days = tuple(day.effort for day in report.days)
    columns = (
        Series("reviews", tuple(float(each.reviews) for each in days)),
        Series("new", tuple(float(each.new) for each in days)),
        Series("minutes", tuple(round(each.minutes, 2) for each in days)),
        Series("answered", tuple(float(each.kept.answered) for each in days)),
        Series("passed", tuple(float(each.kept.passed) for each in days)),
    )
    return chart_csv(Chart("days", "Days", Shape.COLUMNS, "day", _day_labels(report), columns))


def retention_chart(report: StatsReport) -> Chart:
    """Return true retention in percent, each point over seven days, with its goal."""
    shares = tuple(
        None if share is None else round(share * 100, 2) for share in rolling_kept(report.days, ROLLING_DAYS)
    )
    goal = round(report.goal * 100, 2)
    lowest = min((share for share in shares if share is not None), default=goal)
    floor = max(0.0, min(70.0, lowest // 10 * 10))
    return Chart(
        "retention",
        "Retention %",
        Shape.LINE,
        "day",
        _day_labels(report),
        (Series("kept", shares),),
        goal,
        floor,
        100.0,
    )


def reviews_chart(report: StatsReport) -> Chart:
    """Return answers a day, first ones ever apart."""
    known = tuple(float(day.effort.reviews - day.effort.new) for day in report.days)
    new = tuple(float(day.effort.new) for day in report.days)
    series = (Series("review", known), Series("new", new))
    return Chart("reviews", "Reviews per day", Shape.COLUMNS, "day", _day_labels(report), series)


def minutes_chart(report: StatsReport) -> Chart:
    """Return minutes a day."""
    minutes = tuple(round(day.effort.minutes, 2) for day in report.days)
    labels = _day_labels(report)
    return Chart("minutes", "Minutes per day", Shape.COLUMNS, "day", labels, (Series("minutes", minutes),))


def intervals_chart(report: StatsReport) -> Chart:
    """Return learned cards by interval."""
    labels = tuple(each.words for each in report.intervals)
    series = (Series("cards", tuple(float(each.cards) for each in report.intervals)),)
    return Chart("intervals", "Cards by interval", Shape.BARS, "interval", labels, series)


def forecast_chart(report: StatsReport) -> Chart:
    """Return cards due on each of the next days."""
    labels = tuple((report.today + timedelta(days=offset)).isoformat() for offset in range(len(report.forecast)))
    series = (Series("due", tuple(float(count) for count in report.forecast)),)
    return Chart("forecast", "Due next", Shape.COLUMNS, "day", labels, series)


def hardest_chart(report: StatsReport) -> Chart:
    """Return the cards forgotten most often."""
    labels = tuple(str(each.card) for each in report.hardest)
    series = (
        Series("lapses", tuple(float(each.lapses) for each in report.hardest)),
        Series("recall", tuple(round(each.recall, 4) for each in report.hardest)),
    )
    return Chart("hardest", "Hardest cards", Shape.BARS, "card", labels, series)


def readiness_chart(ready: Readiness) -> Chart:
    """Return readiness in percent by track, the largest gap first, with its target."""
    tracks = sorted(ready.tracks, key=lambda part: (part.recall, part.name or ""))
    series = (Series("ready", tuple(round(part.recall * 100, 2) for part in tracks)),)
    labels = tuple(part.name or "" for part in tracks)
    return Chart("readiness", "Readiness %", Shape.BARS, "track", labels, series, TARGET * 100, 0.0, 100.0)


@dataclass(frozen=True, slots=True)
class ExportedChart:
    """The files a chart was written into."""

    table: Path
    """Its values, as CSV."""
    drawing: Path
    """Its picture, as SVG."""
    picture: Path | None
    """The same as PNG; None where nothing is installed that draws one."""


def export_chart(desk: Desk, chart: Chart) -> ExportedChart:
    """Write a chart as CSV, as SVG and, where the extra is installed, as PNG into the learner's home.

    Raises:
        PrepdeckError: When they cannot be written.
    """
    folder = desk.folders.data / CHARTS_FOLDER
    make_private_folder(folder)
    stem = _free_stem(folder, f"{chart.name}-{stamp_of(desk.clock)}")
    svg = chart_svg(chart)
    png = png_of(svg)
    table, drawing, picture = (folder / f"{stem}{ending}" for ending in ENDINGS)
    save_table(drawing, svg)
    save_table(table, chart_csv(chart))
    if png is not None:
        create_file(picture, png)
    return ExportedChart(table, drawing, None if png is None else picture)


def _free_stem(folder: Path, stem: str) -> str:
    """Return a name that none of the files has yet."""
    number, free = 1, stem
    while any((folder / f"{free}{ending}").exists() for ending in ENDINGS):
        number += 1
        free = f"{stem}-{number}"
    return free


def _day_labels(report: StatsReport) -> tuple[str, ...]:
    return tuple(day.first.isoformat() for day in report.days)
