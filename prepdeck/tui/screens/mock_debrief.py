"""The page of a debrief: result, time by phase, rubric, what shows it, and what happens next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.app import SuspendNotSupported
from textual.containers import Horizontal
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.tui import mock_debriefed
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Row, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.editor import run_editor
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.typesetting import Typesetter
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.mock_prompt import PromptBox
from prepdeck.tui.widgets.ready import target_mark
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.study.mock_closing import Closed, Pulled

SHEETS: Final = {
    "findings": ("Strengths and what to work on", "Tab questions"),
    "questions": ("Questions", "Tab findings"),
}
"""What the large box shows in turn, with its title and footing."""
NARROW: Final = ("phases", "rubric", "findings", "questions", "next")
"""What the one box of a narrow window shows in turn."""
SHORT: Final = ("phases", "findings", "questions")
"""What a short window shows in turn below the result; the first part has room for all boxes but the large one."""


class DebriefScreen(FramedScreen):
    """Shows what a mock says.

    Args:
        closed: The mock with its debrief, the cards it moved, and its files.
        back: Where it leads back to; None for what follows a mock.
    """

    PLACE = Place.DEBRIEF
    CSS_PATH = "mock_debrief.tcss"

    def __init__(self, closed: Closed, back: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._back = back
        self.closed = closed
        """What is shown."""
        self._pulled: Sequence[Pulled] = closed.pulled
        self._sheet = "findings"
        self._part = 0

    def compose_body(self) -> Iterator[Widget]:
        """Yield the boxes."""
        yield PromptBox("result", "move.page_down")
        with Horizontal(id="middle"):
            yield PromptBox("phases", "move.page_down")
            yield PromptBox("rubric", "move.page_down")
        yield PromptBox("sheet", "move.page_down")
        yield PromptBox("next", "debrief.undo")

    def on_mount(self) -> None:
        """Show everything."""
        self._show()

    def _show(self) -> None:
        found, glyphs = self.closed.debrief, self.prepdeck.glyphs
        self._box("result").show("Result", "", lambda width: mock_debriefed.result_rows(found, self._setter(width)))
        target = target_mark(glyphs)
        self._box("phases").show(
            "Time per phase", f"{target} budget", lambda width: mock_debriefed.phase_rows(found, width, glyphs)
        )
        title = found.rubric.title if found.rubric is not None else "Rubric"
        self._box("rubric").show(title, "", lambda width: mock_debriefed.rubric_rows(found, width, glyphs))
        self._show_sheet()
        self._box("next").show(
            "What happens next",
            "x undoes" if self._pulled else "",
            lambda width: mock_debriefed.next_rows(found, self._pulled, self.closed.fault, width),
        )
        self._show_title()
        self.refresh_keys()

    def _show_sheet(self) -> None:
        found = self.closed.debrief
        makers: dict[str, Callable[[Typesetter], list[Row]]] = {
            "findings": partial(mock_debriefed.finding_rows, found),
            "questions": partial(mock_debriefed.question_rows, found),
        }
        title, footing = SHEETS[self._sheet]
        maker = makers[self._sheet]
        self._box("sheet").show(title, footing, lambda width: maker(self._setter(width)))
        part = self._parts[self._part % len(self._parts)]
        for name in NARROW:
            self.set_class(name == part, f"-{name}")
        self.refresh_keys()

    def on_resize(self) -> None:
        """Show the part that fits the new size."""
        if self.is_mounted:
            self.call_after_refresh(self._show_sheet)

    def _setter(self, width: int) -> Typesetter:
        return Typesetter(width, self.prepdeck.glyphs)

    def _box(self, name: str) -> PromptBox:
        return self.query_one(f"#{name}", PromptBox)

    def _show_title(self) -> None:
        found = self.closed.debrief
        left = row(
            strong("Mock", Tone.PRIMARY),
            "  Debrief  ",
            foreign(found.mock.blueprint.title, Tone.MUTED),
            muted(f"  {show_day(found.day)}"),
        )
        path = self.closed.markdown
        saved = row(muted("saved "), foreign(f"mocks/{path.name}")) if path is not None else row(muted("not written"))
        self.query_one(TitleBar).show(left, (saved, row(muted("saved" if path is not None else "not written"))))

    # Keys

    @property
    def _parts(self) -> Sequence[str]:
        """What is shown in turn where not everything has room."""
        return NARROW if self.has_class("-narrow") or self.has_class("-tiny") else SHORT

    @property
    def _is_paged(self) -> bool:
        """Whether not everything has room."""
        return self._parts is NARROW or self.has_class("-short") or self.has_class("-flat")

    @property
    def _scrolled(self) -> PromptBox:
        """The box that scrolling keys move."""
        if self._is_paged:
            name = self._parts[self._part % len(self._parts)]
            return self._box("sheet" if name in SHEETS else name)
        return self._box("sheet")

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        box = self._scrolled
        return {
            "debrief.done": self._done,
            "debrief.open": lambda: self._begin(self._open),
            "debrief.copy": lambda: self._begin(self._copy),
            "debrief.again": lambda: self.prepdeck.pages.mark_again(self.closed.sat),
            "debrief.undo": lambda: self._begin(self._undo),
            "debrief.sheet": self._other_sheet,
            "move.down": lambda: box.scroll_rows(1),
            "move.up": lambda: box.scroll_rows(-1),
            "move.page_down": lambda: box.scroll_rows(max(1, box.page - 1)),
            "move.page_up": lambda: box.scroll_rows(-max(1, box.page - 1)),
            "move.top": lambda: box.scroll_rows(-(1 << 30)),
            "move.bottom": lambda: box.scroll_rows(1 << 30),
            "app.back": self._done,
            "app.leave": self.prepdeck.pages.go_home,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        match action:
            case "debrief.open":
                return self.closed.markdown is not None
            case "debrief.undo":
                return bool(self._pulled)
            case "debrief.again":
                return self.closed.debrief.mock.is_saved
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        match key.id:
            case "debrief.sheet":
                return "More" if self._is_paged else "Questions" if self._sheet == "findings" else "Findings"
            case "app.leave":
                return self.prepdeck.leave_word
            case _:
                return key.word

    def _other_sheet(self) -> None:
        if self._is_paged:
            self._part = (self._part + 1) % len(self._parts)
            if self._parts[self._part] in SHEETS:
                self._sheet = self._parts[self._part]
        else:
            self._sheet = "questions" if self._sheet == "findings" else "findings"
        self._show_sheet()

    def _done(self) -> None:
        if self._back is not None:
            self._back()
        else:
            self.prepdeck.pages.after_debrief(self.closed.sat)

    async def _open(self) -> None:
        path = self.closed.markdown
        if path is None:
            return
        try:
            with self.app.suspend():
                fault = run_editor(self.prepdeck.errands.editor_command(path))
        except SuspendNotSupported:
            self.app.copy_to_clipboard(str(path))
            self.say(f"No editor can be opened from here. The debrief is in {path}.")
            return
        if fault:
            self.say(fault, is_error=True)

    async def _copy(self) -> None:
        words = await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.debrief_markdown, self.closed.debrief))
        self.app.copy_to_clipboard(words)
        self.say("Copied as Markdown.")

    async def _undo(self) -> None:
        moved = await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.undo_pull, self.closed.sat))
        self._pulled = ()
        self._show()
        self.say(f"Moved back: {', '.join(map(str, moved))}.")

    def _begin(self, work: Callable[[], object]) -> None:
        self.run_worker(self._until_done(work), group="work", exclusive=True)

    async def _until_done(self, work: Callable[[], object]) -> None:
        try:
            await work()  # type: ignore[misc] # a coroutine
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self._show()
