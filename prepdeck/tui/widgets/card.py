"""The card: a page of rows that scrolls, with code that scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from prepdeck.tui.page import Page
from prepdeck.tui.rows import Row, fit
from prepdeck.tui.widgets.drawing import Pressed, paint

if TYPE_CHECKING:
    from prepdeck.tui.app import PrepdeckApp

SIDEWAYS_STEP = 8
"""Cells code moves at a key press."""


class CardPanel(ScrollView, can_focus=False, inherit_bindings=False):
    """Shows one page; the page is set anew for each width, and revealing mounts nothing."""

    def __init__(self) -> None:
        super().__init__(id="card", classes="box")
        self._setter: Callable[[int, int], Page] = lambda width, height: Page(())  # noqa: ARG005 - nothing to set yet
        self._page = Page(())
        self._set_for: tuple[int, int] | None = None
        self._sideways = 0
        self._footing = ""

    def show(self, setter: Callable[[int, int], Page], *, title: str, footing: str, keeps_place: bool) -> None:
        """Show a page.

        Args:
            setter: Returns the page for a width and a height.
            title: The kind of card.
            footing: What is known of the card, for the lower edge.
            keeps_place: Whether it is the same card, so that the lines seen stay where they are.
        """
        self._setter = setter
        self._footing = footing
        self.border_title = title
        self._set_for = None
        if not keeps_place:
            self._sideways = 0
        self._set_page()
        if not keeps_place:
            self.scroll_to(y=0, animate=False)
        self._write_footing()

    @property
    def room(self) -> Size:
        """The cells a page may take: inside border, padding and scrollbar."""
        return self.scrollable_content_region.size

    @property
    def page(self) -> Page:
        """What is shown."""
        return self._page

    def go_to_answer(self) -> None:
        """Scroll so that the answer begins in the upper half, if it does not fit below the front."""
        at = self._page.answer_at
        height = self.room.height
        if at is not None and len(self._page.rows) > height and at > height // 2:
            self.scroll_to(y=at - 1, animate=False)

    def go_to_point(self) -> None:
        """Scroll so that the marked point is seen."""
        at = self._page.point_at
        if at is None:
            return
        top, height = round(self.scroll_y), self.room.height
        if not top <= at < top + height:
            self.scroll_to(y=max(0, at - height + 2 if at >= top + height else at - 1), animate=False)

    def scroll_rows(self, rows: int) -> None:
        """Scroll by so many rows."""
        self.scroll_to(y=self.scroll_y + rows, animate=False)

    def scroll_sideways(self, steps: int) -> None:
        """Move code to the left or right."""
        widest = max((line.width for line in self._page.rows if line.sideways), default=0)
        self._sideways = max(0, min(widest - self.room.width, self._sideways + steps * SIDEWAYS_STEP))
        self.refresh()

    @property
    def has_wide_code(self) -> bool:
        """Whether some code is wider than the card."""
        return any(line.sideways and line.width > self.room.width for line in self._page.rows)

    def notify_style_update(self) -> None:
        """Draw anew: the theme may have changed."""
        super().notify_style_update()
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Set the page for the new width."""
        self._set_page()
        self._write_footing()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say how much is still below."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._write_footing()

    def _set_page(self) -> None:
        size = (self.room.width, self.room.height)
        if self._set_for == size:
            return
        if size[0] > 0:
            self._set_for = size
            self._page = self._setter(*size)
            self.virtual_size = Size(size[0], len(self._page.rows))
        self.refresh()

    def renew_changed(self) -> None:
        """Set the page again, and draw only the lines that became others: a clock ticks on one or two of them."""
        before = self._page.rows
        self._page = self._setter(self.room.width, self.room.height)
        if len(before) != len(self._page.rows):
            self._set_for = None
            self._set_page()
            return
        for number, (old, new) in enumerate(zip(before, self._page.rows, strict=True)):
            if old != new:
                self.refresh_lines(number)

    def _write_footing(self) -> None:
        glyphs = cast("PrepdeckApp", self.app).glyphs
        below = len(self._page.rows) - round(self.scroll_y) - self.room.height
        more = []
        if self.has_wide_code:
            more.append(f"{glyphs.sideways} code")
        if below > 0 and self.room.height:
            more.append(f"{glyphs.down} {below} more line{'s' if below > 1 else ''}")
        room = self.room.width - 2
        parts = [self._footing, *more]
        while len(parts) > 1 and len("   ".join(parts)) > room:
            parts.pop(0)
        self.border_subtitle = "   ".join(parts)

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        app = cast("PrepdeckApp", self.app)
        number = round(self.scroll_y) + y
        width, base = self.room.width, self.rich_style
        if number >= len(self._page.rows):
            return Strip.blank(width, base)
        line = self._page.rows[number]
        skip = self._sideways if line.sideways and line.width > width else 0
        shown = line if line.sideways else fit(line, width, app.glyphs.ellipsis)
        strip = paint(shown, width, app.palette, base, skip=skip)
        return self._selected(strip, number).apply_offsets(skip, number)

    def _selected(self, strip: Strip, number: int) -> Strip:
        span = self.text_selection.get_span(number) if self.text_selection is not None else None
        if span is None:
            return strip
        start, end = span
        end = strip.cell_length if end == -1 else min(end, strip.cell_length)
        if start >= end:
            return strip
        left, middle, right = strip.crop(0, start), strip.crop(start, end), strip.crop(end, strip.cell_length)
        style = self.screen.get_component_rich_style("screen--selection")
        if cast("PrepdeckApp", self.app).palette is None:
            style = Style(reverse=True)
        return Strip.join([left, middle.apply_style(style), right])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that was selected with the mouse."""
        return selection.extract("\n".join(line.text for line in self._page.rows)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's signature
        """Draw what is selected."""
        self.refresh()

    def row_at(self, y: int) -> Row | None:
        """Return the row on a line of the screen, or None below the last one."""
        number = round(self.scroll_y) + y
        return self._page.rows[number] if 0 <= number < len(self._page.rows) else None

    def on_click(self, event: events.Click) -> None:
        """Say which option or point was clicked."""
        offset = event.get_content_offset(self)
        line = self.row_at(offset.y) if offset is not None else None
        target = line.target_at(offset.x) if line is not None and offset is not None else None
        if target is not None:
            event.stop()
            self.post_message(Pressed(target))
