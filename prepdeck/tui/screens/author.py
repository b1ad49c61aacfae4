"""The author's page: problems of one deck file, the faulty line, and each card as review shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import SuspendNotSupported
from textual.containers import Container
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.author_state import Authoring
from prepdeck.tui.keys import KeyRow, Place, show_key
from prepdeck.tui.page import Page, PageStyle, draw_page
from prepdeck.tui.review_state import Asking
from prepdeck.tui.rows import foreign, row, wrap
from prepdeck.tui.screens.author_words import draw_title, fill_grades
from prepdeck.tui.screens.editor import run_editor
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import footing_of, sentence_of
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.grades import GradeRow
from prepdeck.tui.widgets.problems import Excerpt, ProblemList

if TYPE_CHECKING:
    from prepdeck.study.previewing import Preview

SECONDS_BETWEEN_LOOKS: Final = 0.4
"""How often the file is looked at; an edit shows within a second."""
WIDTHS: Final = (80, 40)
"""Columns of the terminals whose review is shown."""
_SIDE_BY_SIDE: Final = 110
"""Columns of a window in which problems stand beside a card of 80 columns."""
_STACKED: Final = 72
"""Columns below which they stand above any card."""
_LOW: Final = 18
"""Rows below which only one problem is listed."""


class AuthorScreen(FramedScreen):
    """Follows one file; an edit keeps the card, its side and what of it is seen."""

    PLACE = Place.AUTHOR
    CSS_PATH = "author.tcss"

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.state = Authoring.of(preview)
        """The file, and the card that is shown."""
        self._wish: int | None = None
        self._is_looking = False
        self._is_fixing = False

    @property
    def preview(self) -> Preview:
        """What the last look at the file gave."""
        return self.state.preview

    @property
    def asking(self) -> Asking | None:
        """The card that is shown; None while no card can be."""
        return None if self.state.notice else self.state.asking

    @property
    def columns(self) -> int:
        """Columns of the terminal whose review is shown; a narrow window has no room for 80."""
        width = self.app.size.width
        wish = self._wish or (WIDTHS[0] if width >= _SIDE_BY_SIDE else WIDTHS[1])
        return wish if width >= wish else WIDTHS[1]

    def compose_body(self) -> Iterator[Widget]:
        """Yield problems and excerpt, then the card with its grades."""
        with Container(id="desk"):
            with Container(id="faults"):
                yield ProblemList()
                yield Excerpt()
            with Container(id="paper"):
                with Container(id="stage"):
                    yield CardPanel()
                yield GradeRow()

    def on_mount(self) -> None:
        """Show the file and follow it."""
        self._draw_all()
        self._look()
        self.set_interval(SECONDS_BETWEEN_LOOKS, self._look)

    # The file

    def _look(self) -> None:
        """Read the file again once it changed; reading goes on beside the screen."""
        from prepdeck.study.previewing import stamp_of

        if not self._is_looking and stamp_of(self.preview.path) != self.preview.stamp:
            self._is_looking = True
            self.run_worker(self._read(), group="look")

    async def _read(self) -> None:
        from prepdeck.study.previewing import look_again

        try:
            work = partial(look_again, self.preview.path, self.prepdeck.options)
            self.show(await self.prepdeck.clerk.ask(work))
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
        finally:
            self._is_looking = False

    def show(self, preview: Preview) -> None:
        """Show another look at the file; a card that cannot be read now stays as it was."""
        was_gone, self.state = self.state.is_gone, self.state.after(preview)
        self.prepdeck.errands.has_edits = self.prepdeck.errands.is_open
        if self.state.is_gone:
            name = clean_line(preview.path.name)
            self.say(f"{name} is gone. It is followed again once it is back.", is_error=True)
        elif was_gone:
            self.say("")
        self._draw_all()

    # The page

    def _draw_all(self, *, keeps_place: bool = True) -> None:
        self.query_one(ProblemList).show(self.preview)
        self._draw(keeps_place=keeps_place)

    def _draw(self, *, keeps_place: bool = True) -> None:
        """Draw what belongs to the card and to the marked problem."""
        self._arrange()
        card, asking = self.query_one(CardPanel), self.asking
        if asking is None:
            card.show(self._set_page, title="", footing="", keeps_place=False)
        else:
            note = f"  {self.state.note}" if self.state.note else ""
            footing = footing_of(asking.view, is_narrow=self.columns < _STACKED)
            card.show(self._set_page, title=asking.card.kind + note, footing=footing, keeps_place=keeps_place)
        fill_grades(self.query_one(GradeRow), asking)
        self._show_place()
        glyphs = self.prepdeck.glyphs
        self.query_one(TitleBar).show(*draw_title(self.state, self.columns, glyphs))
        self.refresh_keys()

    def _arrange(self) -> None:
        """Give the window the layout that fits its size, the width of the card, and whether anything is wrong."""
        width, height = self.app.size
        is_phone = self.columns == WIDTHS[1]
        self.set_class(is_phone, "-phone")
        self.set_class(width < (_STACKED if is_phone else _SIDE_BY_SIDE), "-stacked")
        self.set_class(height < _LOW, "-low")
        self.set_class(not self.preview.problems, "-clean")

    def _show_place(self) -> None:
        """Show the line of the marked problem, or that of the card where nothing is wrong."""
        problems = self.query_one(ProblemList)
        fix = self._key_of("author.fix")
        self.query_one(Excerpt).show(self.preview, problems.problem, self.state.line, offer=f"{fix} fixes it")
        problems.tell(f"{self._key_of('author.edit')} opens line {self._line_to_edit}")

    def _key_of(self, action: str) -> str:
        found = self.prepdeck.keys.row(action)
        return show_key(found.keys[0]) if found is not None else ""

    def _set_page(self, width: int, height: int) -> Page:  # noqa: ARG002 - the height is that of a review, not of this box
        asking = self.asking
        if asking is None:
            return Page(tuple(row(foreign(line)) for line in wrap(self.state.notice, max(1, width))))
        style = PageStyle(
            width=width,
            glyphs=self.prepdeck.glyphs,
            blank_above=1 if self.columns == WIDTHS[0] else 0,
            blank_below=0,
            asks_how_well=False,
        )
        return draw_page(asking, style)

    def renew(self) -> None:
        """Draw everything anew, after the theme, the keys or the size changed."""
        self._draw_all()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Lay the page out for the new size."""
        if self.is_mounted:
            self.call_after_refresh(self.renew)

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        problems, card = self.query_one(ProblemList), self.query_one(CardPanel)
        return {
            "author.edit": lambda: self._edit(self._line_to_edit),
            "author.edit_card": lambda: self._edit(self.state.line),
            "author.flip": lambda: self._become(self.state.flipped(), keeps_place=not self._is_at_back),
            "author.next": lambda: self._turn(1),
            "author.previous": lambda: self._turn(-1),
            "author.fix": self._fix,
            "author.width": self._change_width,
            "review.hint": lambda: self._become(self.state.hinted()),
            "review.source": lambda: self._become(self.state.with_source()),
            "move.down": lambda: self._mark(problems.marked + 1),
            "move.up": lambda: self._mark(problems.marked - 1),
            "move.left": lambda: card.scroll_sideways(-1),
            "move.right": lambda: card.scroll_sideways(1),
            "move.page_down": lambda: card.scroll_rows(max(1, card.size.height - 2)),
            "move.page_up": lambda: card.scroll_rows(-max(1, card.size.height - 2)),
            "move.top": lambda: card.scroll_rows(-(1 << 30)),
            "move.bottom": lambda: card.scroll_rows(1 << 30),
            "app.back": self._leave,
            "app.leave": self._leave,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        asking, problem = self.asking, self.query_one(ProblemList).problem
        match action:
            case "author.fix":
                return problem is not None and problem.fix is not None
            case "author.flip":
                return asking is not None
            case "author.next" | "author.previous":
                return bool(self.preview.cards)
            case "author.width":
                return self.app.size.width >= WIDTHS[0]
            case "review.hint":
                return asking is not None and not asking.is_revealed and asking.hints_left > 0
            case "review.source":
                return asking is not None and asking.has_maths
            case "move.down" | "move.up":
                return problem is not None
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        other = WIDTHS[1] if self.columns == WIDTHS[0] else WIDTHS[0]
        leave = "Quit" if self.prepdeck.is_one_round else "Back"
        return {"author.width": f"{other} wide", "app.leave": leave}.get(key.id, key.word)

    def press(self, target: str) -> None:
        """Mark the problem that was clicked, turn the card on, or do what a hint says."""
        kind, _, name = target.partition(":")
        if kind == "problem":
            self._mark(int(name))
        elif target == "review.reveal" or kind.startswith("review.pick_"):
            self.perform("author.flip" if self.asking is not None else "author.edit")
        elif kind == "point" or (kind.startswith("review.") and kind not in {"review.hint", "review.source"}):
            self.say("Here a card is only looked at; nothing is ticked or graded.")
        else:
            self.perform(target)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Mark the next problem, over the list of problems."""
        self._scroll(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Mark the problem before, over the list of problems."""
        self._scroll(event, -1)

    def _scroll(self, event: events.MouseEvent, by: int) -> None:
        problems = self.query_one(ProblemList)
        if problems.problem is not None and problems.region.contains(event.screen_x, event.screen_y):
            event.stop()
            self._mark(problems.marked + by)

    @property
    def _is_at_back(self) -> bool:
        return self.asking is not None and self.asking.is_revealed

    def _become(self, state: Authoring, *, keeps_place: bool = True) -> None:
        was, self.state = self.asking, state
        self._draw(keeps_place=keeps_place)
        now = self.asking
        if was is None or now is None or not keeps_place:
            return
        if (was.is_revealed, was.phases_open) != (now.is_revealed, now.phases_open):
            self.query_one(CardPanel).go_to_answer()

    def _mark(self, number: int) -> None:
        """Mark a problem, and show the card it lies in."""
        problems = self.query_one(ProblemList)
        problems.mark(number)
        self.say("")
        if problems.problem is not None:
            state = self.state.at(problems.problem)
            is_same = state.asking is self.state.asking and state.missing is self.state.missing
            self._become(state, keeps_place=is_same)

    def _turn(self, by: int) -> None:
        self.say("")
        self._become(self.state.turned(by), keeps_place=False)

    def _change_width(self) -> None:
        self._wish = WIDTHS[1] if self.columns == WIDTHS[0] else WIDTHS[0]
        self._draw(keeps_place=False)

    def _fix(self) -> None:
        problem = self.query_one(ProblemList).problem
        if problem is not None and not self._is_fixing:
            self._is_fixing = True
            self.run_worker(self._apply(partial(self.prepdeck.errands.fix_problem, self.preview.path, problem)))

    async def _apply(self, work: Callable[[], str]) -> None:
        try:
            self.say(await self.prepdeck.clerk.ask(work))
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
        finally:
            self._is_fixing = False
        self._look()

    @property
    def _line_to_edit(self) -> int:
        """The line of the marked problem, or that of the card where nothing is wrong."""
        problem = self.query_one(ProblemList).problem
        return problem.line if problem is not None else self.state.line

    def _edit(self, line: int) -> None:
        """Open the author's editor."""
        from prepdeck.study.editors import editor_at

        try:
            self._run(editor_at(self.preview.path, line))
        except SuspendNotSupported:
            self.app.copy_to_clipboard(f"{self.preview.path}:{line}")
            self.say(f"No editor can be opened from here. The place is {self.preview.path}:{line}.")
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
        self._look()

    def _run(self, command: Sequence[str]) -> None:
        with self.app.suspend():
            fault = run_editor(command)
        self.say(fault, is_error=True)

    def _leave(self) -> None:
        self.prepdeck.pages.go_home()
