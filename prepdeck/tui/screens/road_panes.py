"""The panes of the road: a list, and what is known of its marked row; one at a time where it is narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from prepdeck.road.items import Item
from prepdeck.road.progress import PhaseProgress
from prepdeck.road.wording import month_words
from prepdeck.tui.keys import Place
from prepdeck.tui.road_pages import PATH, PAY, PHASES, SKILLS, STEPS, TOOLS
from prepdeck.tui.rows import Tone, muted, row, strong
from prepdeck.tui.screens.road_sheet import SheetView
from prepdeck.tui.screens.road_sheets import SHEETS, sheet_view
from prepdeck.tui.screens.road_words import DECK, ITEM, DetailText
from prepdeck.tui.screens.wheel import WheeledScreen
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.road_detail import DetailLine, RoadDetail
from prepdeck.tui.widgets.road_list import RoadList, SheetNames

if TYPE_CHECKING:
    from prepdeck.study.road import RoadPage, StepProgress


class RoadPanes(WheeledScreen):
    """Shows one page of the road: its sheets, the rows of one, and what is known of the marked row.

    Args:
        page: The road as the learner stands on it.
        sheet: The sheet to begin with.
        marked: The row to mark there, or the thing whose row it is; empty for the phase one is in.
    """

    PLACE = Place.ROAD

    def __init__(self, page: RoadPage, sheet: str = PHASES, marked: str = "") -> None:
        super().__init__()
        self._page = page
        self._sheet = sheet
        self._wish = marked
        self._marks: dict[str, str] = {PHASES: page.current.phase.id} if page.current is not None else {}
        self._told = ("", "")
        self._is_fresh = False

    def compose_body(self) -> Iterator[Widget]:
        """Yield the names of the sheets, the list, and what is known of its marked row."""
        yield SheetNames()
        with Horizontal(id="middle"):
            yield RoadList()
            yield RoadDetail()

    def on_mount(self) -> None:
        """Show the page with the row that was asked for."""
        self.show(self._page)
        owner = self._owner_of(self._wish)
        if owner:
            self._list.mark_name(owner)
            self._tell()
            self._detail.stand_on(f"{ITEM}{self._wish}")
            self._go_in()
        else:
            self._list.mark_name(self._wish)
            self._tell()
            self._list.focus()

    def _owner_of(self, name: str) -> str:
        """Return the row that a thing to tick belongs to; empty when the name is a row itself, or nothing."""
        if name in self._list.names:
            return ""
        if self._sheet == PHASES:
            return next((each.phase.id for each in self._page.phases if name in {item.id for item in each.items}), "")
        if self._sheet == STEPS:
            return next((each.step.id for each in self._page.steps if name in {item.id for item in each.items}), "")
        return ""

    # What is shown

    @property
    def _list(self) -> RoadList:
        return self.query_one(RoadList)

    @property
    def _detail(self) -> RoadDetail:
        return self.query_one(RoadDetail)

    @property
    def _is_inside(self) -> bool:
        return self.has_class("-inside")

    @property
    def _view(self) -> SheetView:
        return sheet_view(self._page, self._sheet)

    def show(self, page: RoadPage) -> None:
        """Show another page; sheet, row and cursor stay where they are, by name."""
        self._page = page
        name = self._list.name_marked or self._marks.get(self._sheet, "")
        view = self._view
        names = [(f"sheet:{sheet}", title) for sheet, title in SHEETS.items()]
        self.query_one(SheetNames).show(names, SHEETS[self._sheet])
        self._list.show(view.lines, SHEETS[self._sheet], view.footing, view.why_empty)
        self._list.mark_name(name)
        self._show_title()
        self._tell()

    def _show_title(self) -> None:
        page = self._page
        current = page.current
        place = f"phase {current.phase.number} of {len(page.phases)}" if current is not None else "every phase done"
        hours = f"{page.hours} h a week"
        left = f"{month_words(page.left)} left" if current is not None else ""
        rights = (
            row(strong(place, Tone.ACCENT), muted("   ".join(["", *filter(None, (left, hours))]))),
            row(strong(place, Tone.ACCENT), muted(f"   {left or hours}")),
            row(strong(place, Tone.ACCENT)),
        )
        self.query_one(TitleBar).show(row(strong("Road", Tone.PRIMARY)), rights)

    def _tell(self) -> None:
        """Say what is known of the marked row."""
        name, view, glyphs = self._list.name_marked, self._view, self.prepdeck.glyphs
        key = self.prepdeck.keys.row("road.choose")

        def lines(width: int) -> list[DetailLine]:
            text = DetailText(width, glyphs, key.keys_shown if key else "")
            if name:
                view.detail(name, text)
            return text.lines

        self._marks[self._sheet] = name
        self._detail.show(self._detail_title(), lines, is_same=self._told == (self._sheet, name))
        self._told = (self._sheet, name)
        self.refresh_keys()

    def _detail_title(self) -> str:
        phase = self._phase
        if phase is not None:
            return f"Phase {phase.phase.number}"
        titles = {STEPS: "Step", SKILLS: "Skill", TOOLS: "Tool", PATH: "What serves it", PAY: "Published pay"}
        return titles.get(self._sheet, "Phase")

    @property
    def _phase(self) -> PhaseProgress | None:
        name = self._list.name_marked
        if self._sheet != PHASES:
            return None
        return next((each for each in self._page.phases if each.phase.id == name), None)

    @property
    def _step(self) -> StepProgress | None:
        name = self._list.name_marked
        if self._sheet != STEPS:
            return None
        return next((each for each in self._page.steps if each.step.id == name), None)

    @property
    def _item(self) -> Item | None:
        """What Space marks: the thing under the cursor, and on the list of steps the step itself."""
        step, phase = self._step, self._phase
        items = step.items if step is not None else phase.items if phase is not None else ()
        wanted = self._spot_of(ITEM)
        if not self._is_inside and step is not None:
            wanted = step.step.id
        return next((each for each in items if each.id == wanted), None)

    def _spot_of(self, kind: str) -> str:
        """Return the name under the cursor if it is of a kind, else nothing."""
        spot = self._detail.spot if self._is_inside else ""
        return spot.removeprefix(kind) if spot.startswith(kind) else ""

    # Panes

    def _go_in(self) -> None:
        self.add_class("-inside")
        self.call_after_refresh(self._settle_focus)

    def _enter_detail(self) -> None:
        self._go_in()
        first = self._first_to_do()
        if first:
            self.call_after_refresh(self._detail.stand_on, first)
        self.call_after_refresh(self.refresh_keys)

    def _first_to_do(self) -> str:
        """Return the spot of the first thing that waits: a choice before what is to be made and ticked."""
        phase, step = self._phase, self._step
        if phase is not None and phase.phase.choose_one and phase.chosen is None:
            return f"{DECK}{phase.phase.choose_one[0]}"
        items = phase.items if phase is not None else step.items if step is not None else ()
        return next((f"{ITEM}{each.id}" for each in items if not each.is_done), "")

    def _go_out(self) -> None:
        self.remove_class("-inside")
        self._list.focus()
        self.refresh_keys()

    def _to_sheet(self, sheet: str) -> None:
        self._sheet = sheet
        self.remove_class("-inside")
        self._list.show((), "", "", "")
        self.show(self._page)
        self.say("")
        self._list.focus()

    def _next_sheet(self, step: int) -> None:
        sheets = list(SHEETS)
        self._to_sheet(sheets[(sheets.index(self._sheet) + step) % len(sheets)])

    def on_descendant_focus(self) -> None:
        """Take a pane that was clicked for the one in use."""
        is_inside = isinstance(self.focused, RoadDetail)
        if is_inside is not self._is_inside and isinstance(self.focused, RoadDetail | RoadList):
            self.set_class(is_inside, "-inside")
            self._is_fresh = True
            self.refresh_keys()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small has taken."""
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        pane = self._detail if self._is_inside else self._list
        if self.is_current and self.focused is not pane:
            pane.focus()
        self.refresh_keys()

    def _move(self, step: int) -> None:
        if self._is_inside:
            self._detail.move(step)
            self.refresh_keys()
        else:
            self._mark(self._list.marked + step)

    def _turn(self, rows: int, lines: int) -> None:
        if self._is_inside:
            self._detail.scroll_lines(lines)
            self.refresh_keys()
        else:
            self._mark(self._list.marked + rows)

    def _to_end(self, step: int) -> None:
        if self._is_inside:
            self._detail.to_end(step)
            self.refresh_keys()
        else:
            self._mark(0 if step < 0 else 1 << 30)

    def _mark(self, number: int) -> None:
        self._list.mark(number)
        self._tell()

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        self.show(self._page)
