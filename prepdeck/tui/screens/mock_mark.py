"""The page a mock is marked on: rubric and questions, their anchors, and what was answered beside what was right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.interview.events import Event, Evidenced, Marked, QuestionMarked
from prepdeck.interview.marks import Rater
from prepdeck.text.counts import counted
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.mock_keeper import MockKeeper
from prepdeck.tui.mock_marked import anchor_rows, own_rows, right_rows, total_rows
from prepdeck.tui.rows import Piece, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.line_dialog import LineDialog
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.typesetting import Typesetter
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.mock_marks import MarkList
from prepdeck.tui.widgets.mock_prompt import PromptBox

if TYPE_CHECKING:
    from prepdeck.interview.history import PastMock
    from prepdeck.interview.timekeeping import Reading
    from prepdeck.study.mock_marking import MarkLine
    from prepdeck.study.mock_sitting import Sat

LONGEST_EVIDENCE = 240
"""Characters of a line of evidence."""


class MarkScreen(FramedScreen):
    """Marks a mock that is over; every mark is stored at once.

    Args:
        sat: The mock.
        past: The last mocks of its format.
        reader: Reads the clocks of the machine.
    """

    PLACE = Place.MARK
    CSS_PATH = "mock_mark.tcss"

    def __init__(self, sat: Sat, past: Sequence[PastMock], reader: Callable[[], Reading]) -> None:
        super().__init__()
        from prepdeck.study.mock_marking import marking_of

        self.sat = sat
        """The mock with the marks so far."""
        self._past = past
        self._reader = reader
        self._keeper: MockKeeper | None = None
        self._page = marking_of(sat)
        self._rater = Rater.SELF
        self._shows_answers = False
        self._was_warned = False

    def compose_body(self) -> Iterator[Widget]:
        """Yield the boxes."""
        with Horizontal(id="desk"):
            with Vertical(id="left"):
                yield MarkList()
                yield PromptBox("paper", "move.page_down")
            with Vertical(id="right"):
                yield PromptBox("anchors", "move.page_down")
                yield PromptBox("total", "move.page_down")

    def on_mount(self) -> None:
        """Show what is marked, the first line without a mark first."""
        self._keeper = MockKeeper(self.prepdeck.errands)
        marks = self.query_one(MarkList)
        first = next((number for number, line in enumerate(self._page.lines) if not line.is_marked), 0)
        marks.show(self._page.lines, self._rater)
        marks.mark(first)
        marks.focus()
        self._show()

    def on_resize(self) -> None:
        """Give the focus back that a window too small has taken."""
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is None:
            self.query_one(MarkList).focus()

    def _show(self) -> None:
        page = self._page
        marks = self.query_one(MarkList)
        marks.show(page.lines, self._rater)
        marks.border_subtitle = "1-4 mark  c evidence"
        line = marks.current
        self._box("#anchors").show(
            line.title if line is not None else "Marks",
            "what each mark means",
            lambda width: anchor_rows(line, self._setter(width)),
        )
        self._box("#total").show("Total", "", lambda width: total_rows(page, self._past, self._setter(width)))
        items = [each for each in page.items if line is None or line.question in {None, each.number}]
        if self._shows_answers:
            self._box("#paper").show("The answers", "Tab yours", lambda width: right_rows(items, self._setter(width)))
        else:
            notes = page.free_notes if line is None or line.question is None else ()
            self._box("#paper").show(
                "Your answers", "Tab the answers", lambda width: own_rows(items, notes, self._setter(width))
            )
        self._show_title()
        self.refresh_keys()

    def _setter(self, width: int) -> Typesetter:
        return Typesetter(width, self.prepdeck.glyphs)

    def _box(self, selector: str) -> PromptBox:
        return self.query_one(selector, PromptBox)

    def _show_title(self) -> None:
        lines = [line for line in self._page.lines if not line.is_blank]
        done = sum(line.is_marked for line in lines)
        count = (strong(f"{done}/{len(lines)}"), muted(" marked"))
        who = (Piece("partner  ", Tone.ACCENT, strong=True),) if self._rater is Rater.PARTNER else ()
        left = row(
            strong("Mock", Tone.PRIMARY), "  Mark yourself  ", foreign(self.sat.mock.blueprint.title, Tone.MUTED)
        )
        advice = muted("be strict: mark what you said and wrote   ")
        self.query_one(TitleBar).show(left, (row(*who, advice, *count), row(*who, *count), row(*count)))

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        marks = self.query_one(MarkList)
        paper = self._box("#paper")
        paper = paper if paper.display else self._box("#anchors")
        return {
            **{f"mark.give_{level}": partial(self._give, level) for level in range(1, 5)},
            "mark.clear": lambda: self._give(None),
            "mark.evidence": self._ask_evidence,
            "mark.partner": self._other_rater,
            "mark.paper": self._other_paper,
            "mark.save": self._save,
            "move.down": lambda: self._mark(marks.marked + 1),
            "move.up": lambda: self._mark(marks.marked - 1),
            "move.top": lambda: self._mark(0),
            "move.bottom": lambda: self._mark(1 << 30),
            "move.page_down": lambda: paper.scroll_rows(max(1, paper.page - 1)),
            "move.page_up": lambda: paper.scroll_rows(-max(1, paper.page - 1)),
            "app.back": self._leave,
            "app.leave": self._leave,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        line = self._line
        if action.startswith("mark.give_"):
            return line is not None and not line.is_blank
        match action:
            case "mark.clear":
                return line is not None and line.given_by(self._rater) is not None
            case "mark.evidence":
                return line is not None and line.question is None
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        match key.id:
            case "mark.partner":
                return "Own marks" if self._rater is Rater.PARTNER else "Partner"
            case "mark.paper":
                return "Yours" if self._shows_answers else "Answers"
            case "app.leave":
                return "Debrief" if self.sat.mock.saves else "Later"
            case _:
                return key.word

    def press(self, target: str) -> None:
        """Do what was clicked: a box of a line, or a line."""
        name, _, rest = target.partition(":")
        number, _, level = rest.partition(":")
        if name == "marks":
            self._mark(int(number))
        elif name == "mark" and level:
            self._mark(int(number))
            self.perform(f"mark.give_{level}")
        elif name == "mark":
            self.perform(f"mark.give_{number}")
        else:
            super().press(target)

    @property
    def _line(self) -> MarkLine | None:
        return self.query_one(MarkList).current if self.is_mounted else None

    def _mark(self, number: int) -> None:
        self.query_one(MarkList).mark(number)
        self.say("")
        self._show()

    def _give(self, level: int | None) -> None:
        line = self._line
        if line is None:
            return
        if line.question is not None:
            self._do(lambda at: QuestionMarked(at, line.question or 0, level, self._rater))
        else:
            self._do(lambda at: Marked(at, line.id, level, self._rater))
        if level is not None:
            self._mark(self._following(self.query_one(MarkList).marked))

    def _following(self, number: int) -> int:
        """Return the next line that can be marked; the same one behind the last."""
        lines = self._page.lines
        return next((at for at in range(number + 1, len(lines)) if not lines[at].is_blank), number)

    def _ask_evidence(self) -> None:
        line = self._line
        if line is None:
            return
        known = line.partner_evidence if self._rater is Rater.PARTNER else line.evidence
        title, slug = f"What shows it: {line.title}", line.id

        def keep(text: str | None) -> None:
            if text is not None and text != known:
                self._do(lambda at: Evidenced(at, slug, text, self._rater))

        self.app.push_screen(LineDialog(title, known, LONGEST_EVIDENCE), keep)

    def _other_rater(self) -> None:
        self._rater = Rater.SELF if self._rater is Rater.PARTNER else Rater.PARTNER
        words = "Marks of a partner are kept beside yours and change no verdict; P goes back to yours."
        self.say(words if self._rater is Rater.PARTNER else "")
        self._show()

    def _other_paper(self) -> None:
        """Show the candidate's answers or the right ones; a narrow window shows the marks between them."""
        if self.has_class("-narrow") and not self.has_class("-paper"):
            self.add_class("-paper")
            self._shows_answers = False
        elif self.has_class("-narrow") and self._shows_answers:
            self.remove_class("-paper")
        else:
            self._shows_answers = not self._shows_answers
        self._show()

    def _do(self, make: Callable[[int], Event]) -> None:
        """Let something happen, show it, and store it."""
        from prepdeck.study.mock_marking import marking_of
        from prepdeck.study.mock_sitting import happened, moment_ms

        self._was_warned = False
        try:
            self.sat = happened(self.sat, make(moment_ms(self.sat, self._reader())))
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        self._page = marking_of(self.sat)
        self._show()
        self.run_worker(self._store(), group="store")

    async def _store(self) -> bool:
        from prepdeck.study.mock_sitting import stored

        if self._keeper is None or not self.sat.pending:
            return True
        try:
            events = await self.prepdeck.clerk.ask(partial(self._keeper.store, self.sat))
        except PrepdeckError as error:
            self.say(f"Not stored yet: {sentence_of(error)}", is_error=True)
            return False
        self.sat = stored(self.sat, events)
        return True

    def put_away(self) -> None:
        """Store what is not stored yet, because the program ends."""
        if self._keeper is not None and self.sat.pending:
            self.prepdeck.clerk.ask_later(partial(self._keeper.store, self.sat))

    def _save(self) -> None:
        """Save the marks; what is missing is named first, and saved so with the same key."""
        page = self._page
        gaps = []
        if page.missing:
            gaps.append(f"not marked: {', '.join(line.title for line in page.missing)}")
        if page.bare:
            gaps.append(f"without evidence: {', '.join(line.title for line in page.bare)}")
        if gaps and not self._was_warned:
            self._was_warned = True
            words = "; ".join(gaps)
            self.say(f"{words[0].upper()}{words[1:]}. Enter again saves it so.")
            return
        self.prepdeck.pages.close_mock(self.sat)

    def _leave(self) -> None:
        if self.sat.mock.saves:  # it was saved before: its debrief must say what its marks say now
            self.prepdeck.pages.close_mock(self.sat)
            return
        left = len(self._page.missing)
        words = f"{counted(left, 'mark')} missing; m goes on with it." if left else "m goes on with it."
        self.prepdeck.pages.leave_marking(self.sat, f"What was marked is kept. {words}")

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self._show()
