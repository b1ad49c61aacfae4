"""The readiness page: the four pillars part by part, every topic beside the target, and what to have at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from prepdeck.road.items import Item
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.road_pages import PHASES
from prepdeck.tui.rows import Row, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.widgets.entries import EntryList
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.ready import target_mark
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.study.readiness import Readiness

PILLARS, TOPICS, PAPERS = "pillars", "topics", "papers"
"""The panes."""
_PANES: Final = (PILLARS, TOPICS, PAPERS)
_WORDS: Final = {PILLARS: "Mock", TOPICS: "Cards", PAPERS: "Road"}
"""What Enter does in each pane."""


class ReadinessScreen(FramedScreen):
    """Shows how ready the learner is; papers that are ticked come back as another value."""

    PLACE = Place.READINESS
    CSS_PATH = "readiness.tcss"

    def __init__(self, ready: Readiness, titles: Mapping[str, str]) -> None:
        super().__init__()
        self._ready = ready
        self._titles = titles
        self._pane_name = PILLARS

    def compose_body(self) -> Iterator[Widget]:
        """Yield the three panes."""
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield EntryList(PILLARS, "Pillars", opens_all=True)
                yield EntryList(PAPERS, "To have at hand")
            yield EntryList(TOPICS, "Topics")

    def on_mount(self) -> None:
        """Show everything."""
        self.show(self._ready, self._titles)
        self._pane.focus()

    def show(self, ready: Readiness, titles: Mapping[str, str]) -> None:
        """Show another value; what is marked stays marked."""
        from prepdeck.study.readiness import TARGET
        from prepdeck.tui.screens import readiness_words as words

        self._ready, self._titles = ready, titles
        target = f"{target_mark(self.prepdeck.glyphs)} target {TARGET:.0%}"
        self._list(PILLARS).show(words.pillar_entries(ready), f"{target}, {words.pillars_through(ready)}")
        footing = target if ready.topics else ""
        self._list(TOPICS).show(words.topic_entries(ready, titles), footing, words.NO_TOPICS)
        self._list(PAPERS).show(words.paper_entries(ready), words.papers_words(ready), words.NO_PAPERS)
        self._show_title()
        self.refresh_keys()

    def _show_title(self) -> None:
        interview = self._ready.interview
        name = strong("Readiness", Tone.PRIMARY)
        if interview is None:
            left, right = row(name), row(muted("as of today"))
            self.query_one(TitleBar).show(left, (right,))
            return
        company = (foreign(interview.company), ", ") if interview.company else ()
        days = interview.days_left(self.prepdeck.today())
        count = row(strong(str(days), Tone.ACCENT), " day left" if days == 1 else " days left")
        left = row(name, "  ", *company, muted(show_day(interview.date)))
        self.query_one(TitleBar).show(left, (count, row(strong(str(days), Tone.ACCENT), " d"), Row()))

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        pane, pages = self._pane, self.prepdeck.pages
        return {
            "readiness.open": self._open,
            "readiness.tick": self._tick,
            "readiness.panes": self._next_pane,
            "review.undo": pages.undo_from_home,
            "move.down": lambda: self._step(1),
            "move.up": lambda: self._step(-1),
            "move.page_down": lambda: self._mark(pane.marked + pane.page),
            "move.page_up": lambda: self._mark(pane.marked - pane.page),
            "move.top": lambda: self._mark(0),
            "move.bottom": lambda: self._mark(1 << 30),
            "app.back": pages.plan,
            "app.leave": pages.plan,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        match action:
            case "readiness.open":
                return bool(self._pane.count)
            case "readiness.tick":
                return self._paper is not None
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        match key.id:
            case "app.leave":
                return "Plan"
            case "readiness.open":
                return _WORDS[self._pane_name]
            case "readiness.tick" if self._paper is not None and self._paper.is_done:
                return "Reopen"
            case _:
                return key.word

    def _list(self, name: str) -> EntryList:
        return self.query_one(f"#{name}", EntryList)

    @property
    def _pane(self) -> EntryList:
        return self._list(self._pane_name)

    @property
    def _paper(self) -> Item | None:
        """The marked paper, while its pane is in use."""
        if self._pane_name != PAPERS:
            return None
        name = self._pane.name_marked
        return next((item for item in self._ready.papers if item.id == name), None)

    def _mark(self, number: int) -> None:
        self._pane.mark(number)
        self.refresh_keys()

    def _step(self, by: int) -> None:
        self._pane.step(by)
        self.refresh_keys()

    def _next_pane(self) -> None:
        self._go_to_pane(_PANES[(_PANES.index(self._pane_name) + 1) % len(_PANES)])

    def _go_to_pane(self, name: str) -> None:
        self._use_pane(name)
        self.call_after_refresh(self._pane.focus)

    def _use_pane(self, name: str) -> None:
        self._pane_name = name
        for each in _PANES:
            self.set_class(each == name, f"-{each}")
        self.refresh_keys()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Go by the pane that has the focus, however it got it."""
        if event.widget.id in _PANES and event.widget.id != self._pane_name:
            self._use_pane(event.widget.id)

    # Deeds

    def _open(self) -> None:
        pages, name = self.prepdeck.pages, self._pane.name_marked
        match self._pane_name:
            case "topics":
                pages.browse_words(name)
            case "papers":
                pages.show_road(PHASES, name)
            case _:
                pages.set_up_mock()

    def _tick(self) -> None:
        item, errands, pages = self._paper, self.prepdeck.errands, self.prepdeck.pages
        if item is None:
            return
        if item.is_own:
            from prepdeck.study.tables import TableKind

            deed = errands.reopen_row if item.is_done else errands.finish_row
            pages.do(partial(deed, TableKind.DELIVERABLES, item.id))
        else:
            pages.do(partial(errands.reopen if item.is_done else errands.mark_done, item.id))

    # Mouse and window

    def press(self, target: str) -> None:
        """Mark the row that was clicked; a second click opens it, or ticks a paper."""
        name, _, number = target.partition(":")
        if name not in _PANES:
            super().press(target)
            return
        was_marked = self._pane_name == name and self._pane.marked == int(number)
        self._go_to_pane(name)
        self._mark(int(number))
        if was_marked:
            self.perform("readiness.tick" if name == PAPERS else "readiness.open")

    def on_mouse_scroll_down(self) -> None:
        """Show the keys of the row that a list went to."""
        self.refresh_keys()

    def on_mouse_scroll_up(self) -> None:
        """Show the keys of the row that a list went to."""
        self.refresh_keys()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small has taken."""
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is None:
            self._pane.focus()

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self.show(self._ready, self._titles)
