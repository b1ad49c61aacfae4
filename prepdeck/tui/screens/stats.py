"""The statistics screen: eight charts, four at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.progress.tallies import ENOUGH_ANSWERS
from prepdeck.text.markdown import inline_line
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Tone, foreign, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.bars import Bar, BarBox
from prepdeck.tui.widgets.columns import ColumnBox, ColumnFacts
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.forecast import Forecast, ForecastFacts
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.heat import FEWEST_DAYS, HeatFacts, HeatMap
from prepdeck.tui.widgets.retention import LineFacts, RetentionBox
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.progress.chart import Chart
    from prepdeck.study.statistics import StatsPage

WINDOWS: Final = (30, 90, 365, None)
"""Days a window looks back; None for all."""
ORDER: Final = ("retention", "reviews", "readiness", "intervals", "minutes", "forecast", "heat", "hardest")
"""The charts as Tab goes through them."""
NARROW_ORDER: Final = ("retention", "readiness", "reviews", "intervals", "minutes", "forecast", "heat", "hardest")
"""The same where two fit at a time."""
NARROW: Final = 72
"""Columns from which charts stand side by side."""
_FULL, _HALF = 4, 2
_FORECAST_DAYS = 14
_TRACKS: Final = {
    "ml-fundamentals": "ML fundamentals",
    "algorithms": "Algorithms",
    "system-design": "System design",
    "star": "STAR stories",
    "other": "Other",
}


class StatsScreen(FramedScreen):
    """Shows one report; asks for another one when the window or the deck changes."""

    PLACE = Place.STATS
    CSS_PATH = "stats.tcss"

    def __init__(self, page: StatsPage) -> None:
        super().__init__()
        self._page = page
        self._window: int | None = WINDOWS[0]
        self._deck: str | None = None
        self._chosen = ORDER[0]
        self._is_zoomed = False
        self._all_decks = page.report.names
        self._titles = {deck.deck: deck.title for deck in page.report.decks}

    def compose_body(self) -> Iterator[Widget]:
        """Yield the eight boxes, two in a row."""
        with Vertical(id="charts"):
            with Horizontal(classes="charts-row"):
                yield RetentionBox()
                yield ColumnBox("reviews", "Reviews", ("review", "new"))
            with Horizontal(classes="charts-row charts-low"):
                yield BarBox("readiness", "Readiness, largest gap first")
                yield BarBox("intervals", "Cards by interval")
            with Horizontal(classes="charts-row"):
                yield ColumnBox("minutes", "Minutes")
                yield Forecast()
            with Horizontal(classes="charts-row"):
                yield HeatMap()
                yield BarBox("hardest", "Hardest cards")

    def on_mount(self) -> None:
        """Show the report."""
        self.query_one(HeatMap).border_title = "Days with reviews"
        self._show()
        self._arrange()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Show as many charts as fit."""
        self._arrange()

    # What is shown

    def _show(self) -> None:
        page = self._page
        report = page.report
        self._show_title()
        self._show_over_days()
        self.query_one("#readiness", BarBox).show(
            _ready_bars(page), instead="" if page.ready.tracks else "No card is in the daily queue.", below=_below(page)
        )
        most = max((each.cards for each in report.intervals), default=0)
        most = max(most, report.unseen, 1)
        bars = [Bar("not seen", report.unseen / most, f"{report.unseen:,}", Tone.MUTED)]
        for each in report.intervals:
            tone = Tone.SUCCESS if each.is_mature else Tone.PRIMARY
            bars.append(Bar(each.words, each.cards / most, f"{each.cards:,}", tone))
        self.query_one("#intervals", BarBox).show(bars, below=f"{report.mature:,} mature")
        self.query_one(Forecast).show(ForecastFacts(report.forecast[:_FORECAST_DAYS], report.today))
        streak = report.streak
        self.query_one(HeatMap).show(HeatFacts(report.heat, report.today, streak.days, streak.best, streak.active))
        lapses = max((card.lapses for card in report.hardest), default=1)
        hardest = [
            Bar(
                inline_line(card.title),
                card.lapses / lapses,
                f"{card.lapses}x",
                Tone.ERROR if card.is_leech else Tone.ACCENT,
                "leech" if card.is_leech else f"{card.recall:.0%}",
            )
            for card in report.hardest
        ]
        below = "times forgotten, recall today" if hardest else ""
        self.query_one("#hardest", BarBox).show(
            hardest, instead="" if hardest else "No card was forgotten.", below=below
        )

    def _show_over_days(self) -> None:
        from prepdeck.study.charts import minutes_chart, retention_chart, reviews_chart

        report = self._page.report
        answered, active = report.total.kept.answered, report.streak.active
        few = f"Retention appears after {ENOUGH_ANSWERS} reviews; you have {answered}."
        line = retention_chart(report)
        self.query_one(RetentionBox).show(
            LineFacts(line.series[0].values, line.goal or 0.0, line.floor, few if answered < ENOUGH_ANSWERS else "")
        )
        for name, chart, word in (
            ("reviews", reviews_chart(report), "Reviews per day appear"),
            ("minutes", minutes_chart(report), "Minutes per day appear"),
        ):
            instead = (
                f"{word} after {FEWEST_DAYS} days with reviews; you have {active}." if active < FEWEST_DAYS else ""
            )
            parts = [tuple(value or 0.0 for value in series.values) for series in chart.series]
            self.query_one(f"#{name}", ColumnBox).show(ColumnFacts(parts[0], parts[1] if parts[1:] else (), instead))

    def _show_title(self) -> None:
        report = self._page.report
        window = "all days" if self._window is None else f"{self._window} days"
        deck = self._titles.get(self._deck, "") if self._deck is not None else "all decks"
        kept = report.total.kept
        share = "" if kept.share is None or kept.answered < ENOUGH_ANSWERS else f"{kept.share:.1%}"
        reviews = "review" if report.total.reviews == 1 else "reviews"
        figures = row(
            *((strong(share, Tone.ACCENT), muted(" kept   ")) if share else ()),
            strong(f"{report.total.reviews:,}", Tone.ACCENT),
            muted(f" {reviews}   "),
            strong(f"{report.total.minutes:.0f}", Tone.ACCENT),
            muted(" min"),
        )
        short = row(strong(f"{report.total.reviews:,}", Tone.ACCENT), muted(f" {reviews}"))
        left = row(strong("Stats", Tone.PRIMARY), "  ", foreign(deck), muted(f"  {window}"))
        self.query_one(TitleBar).show(left, (figures, short, row()))

    def _arrange(self) -> None:
        """Show the charts of the page the chosen one is on, and give it the focus."""
        count = 1 if self._is_zoomed else _FULL if self._is_wide else _HALF
        order = self._order
        first = order.index(self._chosen) // count * count
        shown = set(order[first : first + count])
        for name in ORDER:
            self._box(name).display = name in shown
        for line in self.query(".charts-row").results(Horizontal):
            line.display = any(box.id in shown for box in line.children)
        self.set_class(self._is_zoomed or not self._is_wide, "-zoomed")
        self._box(self._chosen).focus()

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= NARROW

    @property
    def _order(self) -> tuple[str, ...]:
        return ORDER if self._is_wide else NARROW_ORDER

    def _box(self, name: str) -> Drawing:
        return self.query_one(f"#{name}", Drawing)

    # What is done

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {
            "stats.next": lambda: self._choose(1),
            "stats.previous": lambda: self._choose(-1),
            "stats.zoom": self._zoom,
            "stats.window": self._next_window,
            "stats.deck": self._next_deck,
            "stats.export": self._export,
            "app.back": self._go_back,
            "app.leave": self.prepdeck.pages.go_home,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        return action != "stats.deck" or len(self._all_decks) > 1

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        if key.id == "stats.zoom" and self._is_zoomed:
            return "All charts"
        return "Back" if key.id == "app.leave" else key.word

    def _choose(self, step: int) -> None:
        order = self._order
        self._chosen = order[(order.index(self._chosen) + step) % len(order)]
        self._arrange()

    def _zoom(self) -> None:
        self._is_zoomed = not self._is_zoomed
        self._arrange()
        self.refresh_keys()

    def _go_back(self) -> None:
        if self._is_zoomed:
            self._zoom()
        else:
            self.prepdeck.pages.go_home()

    def _next_window(self) -> None:
        self._window = WINDOWS[(WINDOWS.index(self._window) + 1) % len(WINDOWS)]
        self._fetch()

    def _next_deck(self) -> None:
        choices = (None, *self._all_decks)
        self._deck = choices[(choices.index(self._deck) + 1) % len(choices)]
        self._fetch()

    def _fetch(self) -> None:
        self.prepdeck.run_worker(self._fetch_page(), group="stats", exclusive=True)

    async def _fetch_page(self) -> None:
        decks = (self._deck,) if self._deck is not None else ()
        work = partial(self.prepdeck.errands.report_stats, self._window, decks)
        try:
            page = await self.prepdeck.clerk.ask(work)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        if self.is_mounted:
            self._page = page
            self._show()

    def _export(self) -> None:
        chart = _chart_of(self._chosen, self._page)
        self.prepdeck.pages.busily(self._save(chart))

    async def _save(self, chart: Chart) -> None:
        picture, table = await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.export_chart, chart))
        self.say(f"Wrote {picture} and {table.name} beside it.")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Choose the chart that was clicked."""
        if event.widget.id in ORDER:
            self._chosen = event.widget.id


def _chart_of(name: str, page: StatsPage) -> Chart:
    from prepdeck.study import charts

    report = page.report
    match name:
        case "retention":
            return charts.retention_chart(report)
        case "readiness":
            return charts.readiness_chart(page.ready)
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


def _ready_bars(page: StatsPage) -> list[Bar]:
    from prepdeck.study.readiness import TARGET

    bars = []
    for part in sorted(page.ready.tracks, key=lambda each: (each.recall, each.name or "")):
        gap = round((TARGET - part.recall) * 100)
        tone = Tone.SUCCESS if part.is_ready else Tone.ACCENT if part.recall >= TARGET / 2 else Tone.ERROR
        name = _TRACKS.get(part.name or "", part.name or "")
        bars.append(Bar(name, part.recall, f"{part.recall:.0%}", tone, "ok" if part.is_ready else f"-{gap}", TARGET))
    return bars


def _below(page: StatsPage) -> str:
    from prepdeck.study.readiness import TARGET

    interview = page.ready.interview
    when = "today" if interview is None else f"on {show_day(interview.date)}"
    return f"target {TARGET:.0%} {when}, all decks"
