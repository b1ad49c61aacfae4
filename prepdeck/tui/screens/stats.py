"""The statistics screen: eight charts, four at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.screens import stats_words
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.bars import BarBox
from prepdeck.tui.widgets.columns import ColumnBox
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.figures import Figure
from prepdeck.tui.widgets.forecast import Forecast, ForecastFacts
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.heat import HeatFacts, HeatMap
from prepdeck.tui.widgets.ready import ReadyBox
from prepdeck.tui.widgets.retention import RetentionBox

if TYPE_CHECKING:
    from prepdeck.study.readiness import Readiness
    from prepdeck.study.stats_report import StatsReport

WINDOWS: Final = (7, 30, 90, 365, None)
"""Days a window looks back; None for all."""
FIRST_WINDOW: Final = 30
"""The window that is shown first."""
ORDER: Final = ("retention", "reviews", "readiness", "intervals", "minutes", "forecast", "heat", "hardest")
"""The charts as Tab goes through them."""
NARROW_ORDER: Final = ("retention", "readiness", "reviews", "intervals", "minutes", "forecast", "heat", "hardest")
"""The same where two fit at a time."""
NARROW: Final = 72
"""Columns from which charts stand side by side."""
ROOMY: Final = (110, 30)
"""Columns and rows from which the figures have boxes of their own."""
_FULL, _HALF = 4, 2
_FORECAST_DAYS = 14


class StatsScreen(FramedScreen):
    """Shows one report; asks for another one when the window or the deck changes."""

    PLACE = Place.STATS
    CSS_PATH = "stats.tcss"

    def __init__(self, report: StatsReport) -> None:
        super().__init__()
        self._report = report
        self._ready: Readiness | None = None
        self._window: int | None = FIRST_WINDOW
        self._deck: str | None = None
        self._chosen = ORDER[0]
        self._is_zoomed = False
        self._all_decks = report.names
        self._titles = {deck.deck: deck.title for deck in report.decks}

    def compose_body(self) -> Iterator[Widget]:
        """Yield the figures and the eight boxes, two in a row."""
        with Horizontal(id="figures"):
            yield from (Figure(f"figure-{name}") for name in stats_words.FIGURES)
        with Vertical(id="charts"):
            with Horizontal(classes="charts-row"):
                yield RetentionBox()
                yield ColumnBox("reviews", "Reviews", ("review", "new"))
            with Horizontal(classes="charts-row charts-low"):
                yield ReadyBox("Readiness, largest gap first", id="readiness", scrolls=True)
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
        self.prepdeck.run_worker(self._look_ahead(), group="stats-ready")

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Show as many charts as fit."""
        self._arrange()

    # What is shown

    def _show(self) -> None:
        report = self._report
        for name, forms in stats_words.figures(report).items():
            self.query_one(f"#figure-{name}", Figure).show(*forms)
        self.query_one(RetentionBox).show(stats_words.line_facts(report))
        for name, columns in stats_words.column_facts(report).items():
            self.query_one(f"#{name}", ColumnBox).show(columns)
        self._show_ready()
        self.query_one("#intervals", BarBox).show(stats_words.interval_bars(report), below=f"{report.mature:,} mature")
        self.query_one(Forecast).show(ForecastFacts(report.forecast[:_FORECAST_DAYS], report.today))
        streak = report.streak
        self.query_one(HeatMap).show(HeatFacts(report.heat, report.today, streak.days, streak.best, streak.active))
        hardest = stats_words.hardest_bars(report)
        self.query_one("#hardest", BarBox).show(
            hardest,
            instead="" if hardest else "No card was forgotten.",
            below="times forgotten, recall today" if hardest else "",
        )

    def _show_ready(self) -> None:
        box, ready = self.query_one(ReadyBox), self._ready
        if ready is None:
            box.show((), "Looking ahead" + self.prepdeck.glyphs.ellipsis)
            return
        box.show(stats_words.ready_lines(ready), "No card is in the daily queue.")
        box.border_subtitle = stats_words.target_words(ready, self.prepdeck.glyphs)

    def _show_title(self) -> None:
        deck = "all decks" if self._deck is None else self._titles.get(self._deck, "")
        left = stats_words.title_left(deck, self._window, is_short=not self._is_wide)
        rights = stats_words.title_figures(self._report)
        if self._has_figures:
            key = self.prepdeck.keys.row("stats.window")
            rights = (stats_words.title_windows(WINDOWS, self._window, key.keys_shown if key else ""), *rights[-1:])
        self.query_one(TitleBar).show(left, rights)

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
        self.query_one("#figures").display = self._has_figures
        self._show_title()
        self._box(self._chosen).focus()

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= NARROW

    @property
    def _has_figures(self) -> bool:
        """Whether the figures stand in boxes of their own, and not in the title bar."""
        size = self.app.size
        return size.width >= ROOMY[0] and size.height >= ROOMY[1] and not self._is_zoomed

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

    def press(self, target: str) -> None:
        """Look back over the window that was clicked, or do the action."""
        name, _, number = target.partition(":")
        if name != stats_words.WINDOW_TARGET:
            super().press(target)
            return
        self._window = WINDOWS[int(number)]
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
            report = await self.prepdeck.clerk.ask(work)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        if self.is_mounted:
            self._report = report
            self._show()
            self._show_title()

    async def _look_ahead(self) -> None:
        """Work out readiness, which takes longer than the rest and is the same for every window and deck."""
        try:
            ready = await self.prepdeck.pages.look(self.prepdeck.errands.report_ready)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        if self.is_mounted:
            self._ready = ready
            self._show_ready()

    def _export(self) -> None:
        self.prepdeck.pages.busily(self._save(self._chosen))

    async def _save(self, name: str) -> None:
        app, ready = self.prepdeck, self._ready
        if ready is None:
            ready = await app.pages.look(app.errands.report_ready)
        chart = stats_words.chart_of(name, self._report, ready)
        self.say(stats_words.export_words(await app.clerk.ask(partial(app.errands.export_chart, chart))))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Choose the chart that was clicked."""
        if event.widget.id in ORDER:
            self._chosen = event.widget.id
