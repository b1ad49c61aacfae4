"""The pages of mocks that are over: all of them with what they tell together, and two side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widget import Widget

from prepdeck.text.counts import counted
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.mock_told import compared_rows, told_rows
from prepdeck.tui.rows import Tone, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.typesetting import Typesetter
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.mock_list import MockList
from prepdeck.tui.widgets.mock_prompt import PromptBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepdeck.study.mock_history import Comparison, MockHistory


class MocksScreen(FramedScreen):
    """Lists mocks that are over, the newest first, and what they tell together.

    Args:
        found: All of it.
        marked: The mock to mark first; the newest when there is none of that name.
        selected: Mocks that are selected to be compared.
    """

    PLACE = Place.MOCKS
    CSS_PATH = "mock_history.tcss"

    def __init__(self, found: MockHistory, marked: str = "", selected: Sequence[str] = ()) -> None:
        super().__init__()
        self._found = found
        self._first = marked
        self._selected = list(selected)

    def compose_body(self) -> Iterator[Widget]:
        """Yield the boxes."""
        with Horizontal(id="desk"):
            yield MockList()
            yield PromptBox("told", "move.page_down")

    def on_mount(self) -> None:
        """Show everything."""
        self.query_one(MockList).focus()
        self._show()
        names = [each.id for each in reversed(self._found.mocks)]
        if self._first in names:
            self._mark(names.index(self._first))

    def on_resize(self) -> None:
        """Give the focus back that a window too small has taken."""
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is None:
            self.query_one(MockList).focus()

    def _show(self) -> None:
        self.query_one(MockList).show(tuple(reversed(self._found.mocks)), self._selected)
        box = self.query_one(PromptBox)
        glyphs = self.prepdeck.glyphs
        box.show("What they tell", "", lambda width: told_rows(self._found, Typesetter(width, glyphs)))
        count = row(muted(counted(len(self._found.mocks), "mock")))
        self.query_one(TitleBar).show(row(strong("Mock", Tone.PRIMARY), "  History"), (count,))
        self.refresh_keys()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        listed, box = self.query_one(MockList), self.query_one(PromptBox)
        return {
            "mocks.open": self._open,
            "mocks.select": self._select,
            "mocks.compare": lambda: self.prepdeck.pages.compare_mocks(*self._selected),
            "mocks.told": self._other_pane,
            "move.down": lambda: self._mark(listed.marked + 1),
            "move.up": lambda: self._mark(listed.marked - 1),
            "move.top": lambda: self._mark(0),
            "move.bottom": lambda: self._mark(1 << 30),
            "move.page_down": lambda: box.scroll_rows(max(1, box.page - 1)),
            "move.page_up": lambda: box.scroll_rows(-max(1, box.page - 1)),
            "app.back": self.prepdeck.pages.set_up_mock,
            "app.leave": self.prepdeck.pages.go_home,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        match action:
            case "mocks.open" | "mocks.select":
                return bool(self._found.mocks)
            case "mocks.compare":
                return len(self._selected) == 2  # noqa: PLR2004 - side by side
            case "mocks.told":
                return self.has_class("-narrow")
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return self.prepdeck.leave_word if key.id == "app.leave" else key.word

    def press(self, target: str) -> None:
        """Mark the row that was clicked; open the one that is marked already."""
        name, _, number = target.partition(":")
        if name == "mocks" and int(number) == self.query_one(MockList).marked:
            self.perform("mocks.open")
        elif name == "mocks":
            self._mark(int(number))
        else:
            super().press(target)

    def _other_pane(self) -> None:
        self.set_class(not self.has_class("-told"), "-told")

    def _mark(self, number: int) -> None:
        self.query_one(MockList).mark(number)
        self.refresh_keys()

    def _open(self) -> None:
        current = self.query_one(MockList).current
        if current is not None:
            self.prepdeck.pages.show_debrief(current.id, self._selected)

    def _select(self) -> None:
        current = self.query_one(MockList).current
        if current is None:
            return
        if current.id in self._selected:
            self._selected.remove(current.id)
        else:
            is_full = len(self._selected) == 2  # noqa: PLR2004 - side by side
            self._selected = [*self._selected, current.id][-2:]
            self.say("Two at most: the one selected first is no longer." if is_full else "")
        self._show()

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self._show()


class CompareScreen(FramedScreen):
    """Shows two attempts side by side.

    Args:
        found: Both.
    """

    PLACE = Place.COMPARE
    CSS_PATH = "mock_history.tcss"

    def __init__(self, found: Comparison) -> None:
        super().__init__()
        self._found = found

    def compose_body(self) -> Iterator[Widget]:
        """Yield the box."""
        yield PromptBox("compared", "move.page_down")

    def on_mount(self) -> None:
        """Show both."""
        self._show()

    def _show(self) -> None:
        box, glyphs = self.query_one(PromptBox), self.prepdeck.glyphs
        box.show("Side by side", "", lambda width: compared_rows(self._found, Typesetter(width, glyphs)))
        self.query_one(TitleBar).show(row(strong("Mock", Tone.PRIMARY), "  Two attempts"), (row(""),))
        self.refresh_keys()

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        box = self.query_one(PromptBox)
        return {
            "move.down": lambda: box.scroll_rows(1),
            "move.up": lambda: box.scroll_rows(-1),
            "move.page_down": lambda: box.scroll_rows(max(1, box.page - 1)),
            "move.page_up": lambda: box.scroll_rows(-max(1, box.page - 1)),
            "move.top": lambda: box.scroll_rows(-(1 << 30)),
            "move.bottom": lambda: box.scroll_rows(1 << 30),
            "app.back": self.prepdeck.pages.show_mocks,
            "app.leave": self.prepdeck.pages.show_mocks,
        }

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return "History" if key.id == "app.leave" else key.word

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self._show()
