"""The plan screen: the phases of the road, what today asks, and what lies ahead up to the interview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from prepdeck.tui.keys import KeyRow
from prepdeck.tui.screens.plan_panes import LINES, PHASES, PlanPanes
from prepdeck.tui.screens.plan_words import tried_words
from prepdeck.tui.widgets.frame import Hint
from prepdeck.tui.widgets.matrix import MarkedList
from prepdeck.tui.widgets.phase_bars import PhaseBars

if TYPE_CHECKING:
    from prepdeck.road.today import Line

STEP = 5
"""Minutes that one press adds or takes away."""
MOST_MINUTES = 600
"""No day has more."""


class PlanScreen(PlanPanes):
    """Shows one page of values; other minutes are tried and never kept."""

    CSS_PATH = "plan.tcss"

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        pages = self.prepdeck.pages
        return {
            "plan.start": self._start,
            "plan.tick": self._tick,
            "plan.road": pages.show_road,
            "plan.ready": pages.show_readiness,
            "plan.lists": pages.show_lists,
            "plan.assess": pages.show_assessment,
            "plan.offer": pages.show_offer,
            "plan.next_phase": lambda: self._move_phase(1),
            "plan.previous_phase": lambda: self._move_phase(-1),
            "plan.more": lambda: self._try(STEP),
            "plan.less": lambda: self._try(-STEP),
            "plan.date": self._ask_date,
            "review.undo": pages.undo_from_home,
            "home.panes": self._next_pane,
            "move.down": lambda: self._move(1),
            "move.up": lambda: self._move(-1),
            "move.page_down": lambda: self._move(self._pane.page),
            "move.page_up": lambda: self._move(-self._pane.page),
            "move.top": lambda: self._move(-(1 << 30)),
            "move.bottom": lambda: self._move(1 << 30),
            "app.back": pages.go_home,
            "app.leave": pages.go_home,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        plan = self._page.plan
        match action:
            case "plan.tick":
                return self._pane_name == LINES and self._line is not None
            case "plan.next_phase" | "plan.previous_phase":
                return bool(self._page.road.phases)
            case "plan.more":
                return plan is not None and self.wanted < MOST_MINUTES
            case "plan.less":
                return plan is not None and self.wanted > STEP
            case "review.undo":
                return self._page.undoable is not None
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        match key.id:
            case "app.leave":
                return "Back"
            case "plan.start" if self._pane_name == PHASES:
                return "Open"
            case "plan.tick" if self._line is not None and self._is_ticked(self._line):
                return "Untick"
            case _:
                return key.word

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar; where one pane is seen at a time the key to the next one stays longest."""
        hints = super().hints()
        if not self.has_class("-narrow"):
            return hints
        return [replace(hint, rank=2) if hint.target == "home.panes" else hint for hint in hints]

    # Deeds

    def _start(self) -> None:
        pages, line = self.prepdeck.pages, self._line
        if self._pane_name == PHASES:
            pages.show_road(marked=self.query_one(PhaseBars).name_marked)
        elif self._pane_name == LINES and line is not None:
            pages.start_line(line)
        else:
            pages.begin()

    def _is_ticked(self, line: Line) -> bool:
        return (self._page.today, line.kind.value) in self._page.road.standing.ticks

    def _tick(self) -> None:
        from prepdeck.road.today import LineKind

        line = self._line
        if line is None:
            return
        if line.kind in {LineKind.REVIEW, LineKind.NEW}:
            self.say("Cards tick by themselves: once they are answered, this line is done.")
        elif line.is_done and not self._is_ticked(line):
            self.say("It was done today, so it is ticked already.")
        else:
            tick = partial(self.prepdeck.errands.tick_line, line.kind.value, is_done=not self._is_ticked(line))
            self.prepdeck.pages.do(tick)

    def _try(self, minutes: int) -> None:
        wanted = (self.wanted // STEP) * STEP + minutes if self.wanted % STEP and minutes > 0 else self.wanted + minutes
        self.wanted = max(STEP, min(MOST_MINUTES, wanted))
        self.prepdeck.pages.try_minutes(self.wanted)

    def _ask_date(self) -> None:
        plan = self._page.plan
        self.prepdeck.pages.ask_date(None if plan is None else plan.interview)

    # Mouse

    def press(self, target: str) -> None:
        """Mark the row that was clicked; a second click starts or opens it."""
        kind, _, number = target.partition(":")
        if kind not in {LINES, PHASES}:
            self.perform(target)
            return
        was_here = self._pane_name == kind
        self._go_to_pane(kind)
        pane = self._pane
        if isinstance(pane, MarkedList):
            was_marked = was_here and pane.marked == int(number)
            self._move(int(number) - pane.marked)
            if was_marked:
                self.perform("plan.start")


__all__ = ["PlanScreen", "tried_words"]
