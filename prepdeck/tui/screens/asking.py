"""A card being asked: its page, its answer, and the keys that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Container
from textual.widget import Widget

from prepdeck.cards.card import Numeric
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.page import Page, PageStyle, draw_page
from prepdeck.tui.review_keys import can_do, next_words, word_for
from prepdeck.tui.review_state import LETTERS, Asking
from prepdeck.tui.screens.review_words import footing_of, grade_words, heading_of, said_of
from prepdeck.tui.screens.timed import TimedScreen
from prepdeck.tui.widgets.answer import AnswerField, ProgressLine
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.frame import Hint
from prepdeck.tui.widgets.grades import GradeRow

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView, Sitting

_AIRY = 22
"""Rows of a card from which blank lines set front and back apart."""
_CLOSE = 14
"""Rows below which nothing does."""


class AskingScreen(TimedScreen):
    """Shows the card asked now, from its front to its grade; a child stores the grade."""

    PLACE = Place.REVIEW
    CSS_PATH = "review.tcss"

    def __init__(self, sitting: Sitting, view: CardView, *, shows_times: bool, is_first_round: bool) -> None:
        super().__init__(sitting, view, shows_times=shows_times)
        self.is_first_round = is_first_round
        """Whether nothing was ever answered before this round."""
        self._wants_field = False
        self._told_from = 0.0

    def compose_body(self) -> Iterator[Widget]:
        """Yield progress, card and grades."""
        yield ProgressLine()
        with Container(id="stage"):
            yield CardPanel()
        with Container(id="answer"):
            yield GradeRow()
            yield AnswerField()

    def on_mount(self) -> None:
        """Ask the first card."""
        self.begin_round_time()
        if self.asking is not None:
            self.ask(self.asking.view)

    # What the keys do

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        card = self.query_one(CardPanel)
        return {
            "review.reveal": self._go_on,
            **{f"review.pick_{letter}": partial(self._pick, letter) for letter in LETTERS},
            "review.field": self._to_field,
            "review.hint": lambda: self._become(self.now().hint()),
            "review.followup": lambda: self._become(self.now().follow_up()),
            "review.tick": lambda: self._become(self.now().tick()),
            "review.next_point": lambda: self._move_point(1),
            "review.previous_point": lambda: self._move_point(-1),
            "review.info": self._show_info,
            "review.source": lambda: self._become(self.now().toggle_source()),
            "review.timers": self._toggle_times,
            "move.down": lambda: card.scroll_rows(1),
            "move.up": lambda: card.scroll_rows(-1),
            "move.left": lambda: card.scroll_sideways(-1),
            "move.right": lambda: card.scroll_sideways(1),
            "move.page_down": lambda: card.scroll_rows(max(1, card.size.height - 2)),
            "move.page_up": lambda: card.scroll_rows(-max(1, card.size.height - 2)),
            "move.top": lambda: card.scroll_rows(-(1 << 30)),
            "move.bottom": lambda: card.scroll_rows(1 << 30),
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        return can_do(action, self.asking, is_typing=self.is_typing)

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return word_for(key, self.asking)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar; in the answer field other keys lead out."""
        keys = self.prepdeck.keys
        if self.is_typing:
            more = [replace(self._hint(row), rank=5) for row in map(keys.row, ("app.commands", "app.quit")) if row]
            return [
                Hint("Enter", "Check", "review.reveal", 1),
                Hint("Esc", "Leave", "app.back", 0),
                Hint("F1", "Help", "app.help", 0),
                *more,
            ]
        grades = [Hint("1-4", "Grade", "grades", 1)] if self.can("review.again") else []
        return [*grades, *super().hints()]

    def press(self, target: str) -> None:
        """Do what was clicked."""
        kind, _, name = target.partition(":")
        if kind == "point":
            self._become(self.now().tick(int(name)))
        elif kind == "grades":
            self.say("Press 1, 2, 3 or 4, or click one of the four boxes.")
        else:
            self.perform(target)

    @property
    def is_typing(self) -> bool:
        """Whether keys go into the answer field."""
        return isinstance(self.focused, AnswerField)

    # One card

    def ask(self, view: CardView) -> None:
        """Show the front of a card."""
        self.begin_card_time()
        field = self.query_one(AnswerField)
        body = view.card.body
        if isinstance(body, Numeric):
            field.ask(body.unit)
        self._become(Asking.of(view), keeps_place=False)
        if isinstance(body, Numeric):
            self._to_field()

    def renew_view(self, view: CardView) -> None:
        """Go on with the same card after its flag, its note or its text changed."""
        was, body = self.now(), view.card.body
        if isinstance(body, Numeric) and body != was.card.body:
            self.query_one(AnswerField).ask(body.unit)
        self._become(was.reread(view))
        if self.now().takes_number and self._wants_field and not self.is_typing:
            self._to_field()

    def _become(self, asking: Asking, *, keeps_place: bool = True) -> None:
        """Show what became of the card."""
        was_at = _reached(self.asking) if self.asking is not None else (False, 0, 0)
        self.asking = asking
        field, grades, card = self.query_one(AnswerField), self.query_one(GradeRow), self.query_one(CardPanel)
        if field.display != asking.takes_number:
            field.display, grades.display = asking.takes_number, not asking.takes_number
            if not asking.takes_number:
                self.leave_field()
        is_narrow = self.size.width < 72  # noqa: PLR2004 - the narrow breakpoint
        card.show(
            self._set_page,
            title=heading_of(asking.view, self.prepdeck.glyphs),
            footing=said_of(asking) or footing_of(asking.view, is_narrow=is_narrow),
            keeps_place=keeps_place,
        )
        suggested = asking.suggested
        if suggested is not None:
            grades.offer(grade_words(asking.view), suggested)
        elif asking.takes_several:
            grades.ask("Space", "Check", f"a-{LETTERS[len(asking.options) - 1]} choose")
        elif asking.options:
            grades.ask(f"a-{LETTERS[len(asking.options) - 1]}", "Choose", "or Space shows the answer")
        else:
            grades.ask("Space", *self._next_words(asking))
        if _reached(asking) != was_at:
            card.go_to_answer()
        card.go_to_point()
        self._show_title()
        self.refresh_keys()

    def _next_words(self, asking: Asking) -> tuple[str, str]:
        words, aside = next_words(asking)
        if self.is_first_round and not self.sitting.reviews and aside.startswith("think"):
            aside = "Space shows the answer"
        return words, aside

    def _set_page(self, width: int, height: int) -> Page:
        style = PageStyle(
            width=width,
            glyphs=self.prepdeck.glyphs,
            blank_above=0 if height < _CLOSE else 1,
            blank_below=1 if height >= _AIRY else 0,
            asks_how_well=self.is_first_round,
        )
        return draw_page(self.asking, style) if self.asking is not None else Page(())

    def _tick(self) -> None:
        """Show the times a second later; of the card only the lines of a running clock are drawn again."""
        self._show_title()
        if self.asking is not None and self.asking.is_telling:
            self.asking = self.asking.told(self.seconds_on_card() - self._told_from)
            self.query_one(CardPanel).renew_changed()

    def _go_on(self) -> None:
        """Show what comes next: a gap, the answer, the verdict on a number, or a card that could not be loaded."""
        self.say("")
        if self.asking is None:
            self.fetch_card()
        elif self.asking.takes_number:
            checked = self.asking.check(self.query_one(AnswerField).value, self.seconds_on_card())
            self._become(checked)
            if checked.complaint:
                self.say(checked.complaint, is_error=True)
        else:
            seconds = self.seconds_on_card()
            if self.asking.can_tell:
                self._told_from = seconds
            self._become(self.asking.told(seconds - self._told_from).forward(seconds))

    def fetch_card(self) -> None:
        """Try again to load a card that could not be loaded."""
        raise NotImplementedError

    def lose_card(self) -> None:
        """Show that the card could not be loaded."""
        self.asking = None
        field, grades = self.query_one(AnswerField), self.query_one(GradeRow)
        field.display, grades.display = False, True
        grades.ask("Space", "Try again", "what was graded is stored")
        self.query_one(CardPanel).show(self._set_page, title="", footing="", keeps_place=False)
        self.refresh_keys()

    def _pick(self, letter: str) -> None:
        self._become(self.now().pick(letter, self.seconds_on_card()))

    def _move_point(self, by: int) -> None:
        """Mark another point; beyond the first and the last one the card scrolls."""
        moved = self.now().move_point(by)
        if moved == self.asking:
            self.query_one(CardPanel).scroll_rows(by)
        else:
            self._become(moved)

    def _to_field(self) -> None:
        self._wants_field = True
        self.query_one(AnswerField).focus()

    def leave_field(self) -> None:
        """Give the keys back to the page."""
        self._wants_field = False
        self.set_focus(None)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002 - Textual's signature
        """Show the keys of the field."""
        self.refresh_keys()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:  # noqa: ARG002 - Textual's signature
        """Show the keys of the page."""
        self.call_later(self.refresh_keys)

    def _show_info(self) -> None:
        self.prepdeck.pages.show_info(self.now())

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        if self.asking is not None:
            self._become(self.asking)
            if self._wants_field and self.asking.takes_number and not self.is_typing:
                self.query_one(AnswerField).focus()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Set the words for the new width; a window too small for the field has taken its focus."""
        if self.asking is not None and self.is_mounted:
            self.call_after_refresh(self.renew)


def _reached(asking: Asking) -> tuple[bool, int, int]:
    """Return how much of a card is open; when it changes, the card scrolls to what is new."""
    return asking.is_revealed, asking.phases_open, asking.followups_open
