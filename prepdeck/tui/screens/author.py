"""The author's page: problems of one deck file, the faulty line, and each card as review shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.app import SuspendNotSupported
from textual.containers import Container
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.page import Page, PageStyle, draw_page
from prepdeck.tui.review_keys import has_more_gaps
from prepdeck.tui.review_state import LETTERS, Asking
from prepdeck.tui.rows import Row, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.editor import run_editor
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import footing_of, grade_words, sentence_of
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


class AuthorScreen(FramedScreen):
    """Follows one file; an edit keeps the card, its side and what of it is seen."""

    PLACE = Place.AUTHOR
    CSS_PATH = "author.tcss"

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview
        """What the last look gave."""
        self.asking: Asking | None = None
        """The card that is shown; None while the file never had a good one."""
        self.columns = WIDTHS[0]
        """Columns of the terminal whose review is shown."""
        self._is_looking = False

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
        self.show(self.preview)
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
        if preview.stamp is None:
            self.say(f"{preview.path} is gone; its last cards are shown.", is_error=True)
            preview = _without_file(preview, self.preview)
        elif self.preview.stamp is None:
            self.say("")
        self.preview = preview
        problems = self.query_one(ProblemList)
        problems.show(preview)
        self.query_one(Excerpt).show(preview, problems.problem)
        at = preview.position_of(self.asking.card.id) if self.asking is not None else None
        if at is not None and self.asking is not None:
            self._become(_with_view(self.asking, preview, at))
        elif self.asking is None and preview.views:
            self._turn_to(0)
        else:
            self._draw()

    # The card

    def _turn_to(self, number: int) -> None:
        """Show the front of another card."""
        if self.preview.views:
            number = max(0, min(len(self.preview.views) - 1, number))
            self._become(Asking.of(self.preview.views[number]), keeps_place=False)

    def _become(self, asking: Asking, *, keeps_place: bool = True) -> None:
        self.asking = asking
        self._draw(keeps_place=keeps_place)

    def _draw(self, *, keeps_place: bool = True) -> None:
        card, grades, asking = self.query_one(CardPanel), self.query_one(GradeRow), self.asking
        self.set_class(self.columns == WIDTHS[1], "-phone")
        if asking is None:
            card.show(self._set_page, title="", footing="", keeps_place=False)
            grades.ask("Enter", "Open the editor", "no card can be shown yet")
        else:
            footing = footing_of(asking.view, is_narrow=self.columns < 72)  # noqa: PLR2004 - the narrow breakpoint
            card.show(self._set_page, title=asking.card.kind, footing=footing, keeps_place=keeps_place)
            self._show_grades(grades, asking)
        self._show_title()
        self.refresh_keys()

    def _show_grades(self, grades: GradeRow, asking: Asking) -> None:
        suggested = asking.suggested
        if suggested is not None:
            grades.offer(grade_words(asking.view), suggested)
        elif asking.options:
            grades.ask(f"a-{LETTERS[len(asking.options) - 1]}", "Choose", "or Space shows the answer")
        else:
            grades.ask("Space", "Show the next gap" if has_more_gaps(asking) else "Show answer", "as in review")

    def _set_page(self, width: int, height: int) -> Page:  # noqa: ARG002 - the height is that of a review, not of this box
        if self.asking is None:
            return Page(())
        is_wide = self.columns == WIDTHS[0]
        style = PageStyle(
            width=width,
            glyphs=self.prepdeck.glyphs,
            blank_above=1 if is_wide else 0,
            blank_below=0,
            asks_how_well=False,
        )
        return draw_page(self.asking, style)

    def _show_title(self) -> None:
        preview, at = self.preview, None
        if self.asking is not None:
            at = preview.position_of(self.asking.card.id)
        name = clean_line(preview.path.name)
        watching = f"{self.prepdeck.glyphs.dot} watching"
        counts: list[Row] = []
        if preview.errors:
            counts.append(row(strong(counted(preview.errors, "error"), Tone.ERROR)))
        if preview.warnings:
            counts.append(row(strong(counted(preview.warnings, "warning"), Tone.ACCENT)))
        words = [piece for each in counts for piece in (*each.pieces, muted("  "))]
        if self.asking is None:
            place = "no good card"
        elif at is None:
            place = "card as it was before the last edit"
        else:
            place = f"card {at + 1}/{len(preview.views)}"
        left = row(strong("Author", Tone.PRIMARY), "  ", foreign(name))
        rights = (
            row(muted(f"{watching}   "), *words, muted(f"{self.columns} columns   "), place),
            row(*words, place),
            row(*words) if words else row(place),
        )
        self.query_one(TitleBar).show(left, rights)

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        problems, card = self.query_one(ProblemList), self.query_one(CardPanel)
        return {
            "author.edit": self._edit,
            "author.flip": self._flip,
            "author.next": lambda: self._turn(1),
            "author.previous": lambda: self._turn(-1),
            "author.fix": self._fix,
            "author.width": self._change_width,
            "move.down": lambda: self._mark(problems.marked + 1),
            "move.up": lambda: self._mark(problems.marked - 1),
            "move.left": lambda: card.scroll_sideways(-1),
            "move.right": lambda: card.scroll_sideways(1),
            "move.page_down": lambda: card.scroll_rows(max(1, card.size.height - 2)),
            "move.page_up": lambda: card.scroll_rows(-max(1, card.size.height - 2)),
            "move.top": lambda: card.scroll_rows(-(1 << 30)),
            "move.bottom": lambda: card.scroll_rows(1 << 30),
            "review.source": self._toggle_source,
            "app.back": self._leave,
            "app.leave": self._leave,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        problem = self.query_one(ProblemList).problem
        match action:
            case "author.fix":
                return problem is not None and problem.fix is not None
            case "author.flip" | "author.next" | "author.previous":
                return self.asking is not None
            case "review.source":
                return self.asking is not None and self.asking.has_maths
            case "move.down" | "move.up":
                return problem is not None
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        if key.id == "author.width":
            return f"{WIDTHS[1] if self.columns == WIDTHS[0] else WIDTHS[0]} columns"
        return {"app.leave": "Leave"}.get(key.id, key.word)

    def press(self, target: str) -> None:
        """Mark the problem that was clicked, or do what a hint says."""
        kind, _, name = target.partition(":")
        if kind == "problem":
            self._mark(int(name))
        elif target == "review.reveal" or kind == "review":
            self._flip()
        else:
            self.perform(target)

    def _mark(self, number: int) -> None:
        """Mark a problem, and show the card it lies in."""
        problems = self.query_one(ProblemList)
        problems.mark(number)
        problem = problems.problem
        self.query_one(Excerpt).show(self.preview, problem)
        at = self.preview.position_at(problem.line) if problem is not None else None
        if at is not None and (self.asking is None or self.preview.views[at].card.id != self.asking.card.id):
            self._turn_to(at)
        self.refresh_keys()

    def _turn(self, by: int) -> None:
        at = self.preview.position_of(self.asking.card.id) if self.asking is not None else None
        self._turn_to(0 if at is None else at + by)

    def _flip(self) -> None:
        """Show what comes next of the card; after its answer, its front again."""
        if self.asking is None:
            return
        if self.asking.is_revealed:
            self._become(Asking.of(self.asking.view), keeps_place=False)
        elif self.asking.takes_number:
            self._become(self.asking.revealed(0.0))
        else:
            self._become(self.asking.forward(0.0))

    def _toggle_source(self) -> None:
        if self.asking is not None:
            self._become(self.asking.toggle_source())

    def _change_width(self) -> None:
        self.columns = WIDTHS[1] if self.columns == WIDTHS[0] else WIDTHS[0]
        self._draw(keeps_place=False)

    def _fix(self) -> None:
        problem = self.query_one(ProblemList).problem
        if problem is not None:
            self.run_worker(self._apply(partial(self.prepdeck.errands.fix_problem, self.preview.path, problem)))

    async def _apply(self, work: Callable[[], str]) -> None:
        try:
            self.say(await self.prepdeck.clerk.ask(work))
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
        self._look()

    def _edit(self) -> None:
        """Open the author's editor at the marked problem, or at the card."""
        from prepdeck.study.previewing import editor_at

        problem = self.query_one(ProblemList).problem
        line = problem.line if problem is not None else 1
        if problem is None and self.asking is not None:
            line = self.preview.card_lines.get(self.asking.card.id, 1)
        try:
            command = editor_at(self.preview.path, line)
            with self.app.suspend():
                self.say(run_editor(command), is_error=True)
        except SuspendNotSupported:
            self.app.copy_to_clipboard(f"{self.preview.path}:{line}")
            self.say(f"No editor can be opened from here. The place is {self.preview.path}:{line}.")
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
        self._look()

    def _leave(self) -> None:
        self.prepdeck.pages.go_home()


def _with_view(asking: Asking, preview: Preview, at: int) -> Asking:
    """Return the same side of a card after an edit."""
    fresh = Asking.of(preview.views[at])
    while asking.is_revealed and not fresh.is_revealed:
        fresh = fresh.revealed(0.0) if fresh.takes_number else fresh.forward(0.0)
    return fresh


def _without_file(preview: Preview, last: Preview) -> Preview:
    """Return the last look, without a file: what was there stays on the screen."""
    from dataclasses import replace

    return replace(last, stamp=preview.stamp)
