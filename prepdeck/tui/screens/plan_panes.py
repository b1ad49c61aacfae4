"""The panes of the plan: the roadmap, today and the forecast, and which of them has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from textual import events
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from prepdeck.tui.keys import Place, show_key
from prepdeck.tui.screens.plan_words import outlook_of, phase_lines, title_rows
from prepdeck.tui.screens.today_words import day_lines, day_words
from prepdeck.tui.screens.wheel import WheeledScreen
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.matrix import MarkedList
from prepdeck.tui.widgets.phase_bars import PhaseBars
from prepdeck.tui.widgets.plan_days import PlanForecast
from prepdeck.tui.widgets.today_lines import TodayLines
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.road.today import Line
    from prepdeck.study.overview import PlanPage

LINES, OUTLOOK, PHASES = "lines", "outlook", "phases"
"""The panes: today, the forecast, the roadmap."""
_ORDER: Final = (LINES, OUTLOOK, PHASES)
"""In which the key for panes goes round."""


class PlanPanes(WheeledScreen):
    """Holds one page of values and draws it; a child says what its keys do."""

    PLACE = Place.PLAN

    def __init__(self, page: PlanPage) -> None:
        super().__init__()
        self._page = page
        self._pane_name = LINES
        self.wanted = page.usual_minutes
        """Minutes a day that are tried."""

    def compose_body(self) -> Iterator[Widget]:
        """Yield the three boxes."""
        with Horizontal(id="middle"):
            yield PhaseBars()
            with Vertical(id="now"):
                yield TodayLines()
                yield PlanForecast()

    def on_mount(self) -> None:
        """Show the page, today first."""
        self.show(self._page)
        self._go_to_pane(LINES)

    def show(self, page: PlanPage) -> None:
        """Show another page of values."""
        self._page = page
        self._show_title()
        move = f"{self._key('plan.previous_phase')}/{self._key('plan.next_phase')} phase"
        self.query_one(PhaseBars).show(phase_lines(page), move)
        keys = f"{self._key('plan.start')} start  {self._key('plan.tick')} tick"
        title = f"Today, {show_day(page.today)}"
        self.query_one(TodayLines).show(day_lines(page.day), day_words(page.day), title, keys)
        change = f"{self._key('plan.more')} {self._key('plan.less')} minutes a day" if page.plan is not None else ""
        self.query_one(PlanForecast).show(outlook_of(page, self._key("plan.date")), change)
        self.refresh_keys()

    def _show_title(self) -> None:
        left, right = title_rows(self._page, self.size.width - 2, self.prepdeck.glyphs.ellipsis)
        self.query_one(TitleBar).show(left, (right,))

    def _key(self, action: str) -> str:
        """Return the key of an action as people read it; empty without one."""
        found = self.prepdeck.keys.row(action)
        return show_key(found.keys[0]) if found is not None else ""

    @property
    def _pane(self) -> MarkedList | PlanForecast:
        match self._pane_name:
            case "lines":
                return self.query_one(TodayLines)
            case "phases":
                return self.query_one(PhaseBars)
            case _:
                return self.query_one(PlanForecast)

    @property
    def _pane_after(self) -> str:
        return _ORDER[(_ORDER.index(self._pane_name) + 1) % len(_ORDER)]

    def _next_pane(self) -> None:
        self._go_to_pane(self._pane_after)

    def _go_to_pane(self, name: str) -> None:
        """Go to a pane; where it is narrow it takes the place of the other ones."""
        self._pane_name = name
        for each in _ORDER:
            self.set_class(each == name, f"-{each}")
        self.refresh_keys()
        self._pane.focus()
        self.call_after_refresh(self._settle)

    def on_descendant_focus(self) -> None:
        """Follow the mouse to the pane it has put the focus into."""
        name = self.focused.id if self.focused is not None else None
        if name in _ORDER and name != self._pane_name:
            self._go_to_pane(name)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Write the title for the new width, and give the focus back that a window too small has taken."""
        self._show_title()
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Give the pane the focus, and show its keys: only now it is known whether the window is narrow."""
        if self.is_current and self.focused is not self._pane:
            self._pane.focus()
        if self.is_mounted:
            self.refresh_keys()

    def _move(self, by: int) -> None:
        pane = self._pane
        if isinstance(pane, MarkedList):
            pane.mark(pane.marked + by)
        else:
            pane.move(by)
        self.refresh_keys()

    def _move_phase(self, by: int) -> None:
        """Mark another phase, from whatever pane; the roadmap has the focus then, so that its phase opens."""
        phases = self.query_one(PhaseBars)
        phases.mark(phases.marked + by)
        self._go_to_pane(PHASES)

    @property
    def _line(self) -> Line | None:
        lines, marked = self._page.day.lines, self.query_one(TodayLines).marked
        return lines[marked] if marked < len(lines) else None

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self.show(self._page)
