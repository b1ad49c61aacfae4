"""The offer calculator: five fields, what they come to as one types, and published pay beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input

from prepdeck.tui.keys import KeyRow, Place, show_key
from prepdeck.tui.rows import Tone, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.offer_words import FIELDS, pay_rows, reckon, sum_rows
from prepdeck.tui.widgets.frame import Hint, TitleBar
from prepdeck.tui.widgets.mock_prompt import PromptBox
from prepdeck.tui.widgets.offer_fields import FieldNote, OfferField, OfferFields

if TYPE_CHECKING:
    from prepdeck.cards.pay import PayTable


class OfferScreen(FramedScreen):
    """Holds the pay table; what is typed is never stored.

    Args:
        pay: Published pay; None when the road has none.
    """

    PLACE = Place.OFFER
    CSS_PATH = "offer.tcss"

    def __init__(self, pay: PayTable | None) -> None:
        super().__init__()
        self._pay = pay
        self._entered = next(iter(FIELDS))

    def compose_body(self) -> Iterator[Widget]:
        """Yield the fields, the sums and the table."""
        with VerticalScroll(id="desk", can_focus=False):
            with VerticalScroll(id="yours", can_focus=False):
                yield OfferFields([(part, title, example) for part, (title, example, _) in FIELDS.items()])
                yield PromptBox("sums", "move.page_down")
            yield PromptBox("pay", "move.page_down")

    def on_mount(self) -> None:
        """Show everything, and begin in the first field."""
        title = row(strong("Offer", Tone.PRIMARY))
        self.query_one(TitleBar).show(title, (row(muted("nothing is stored")),))
        self._field(self._entered).focus()
        self._show_pay()
        self._work_out()

    def _show_pay(self) -> None:
        self.query_one("#pay", PromptBox).show("Published pay", "", lambda width: pay_rows(self._pay, width))

    def _work_out(self) -> None:
        """Show what the fields come to, and beside each what it was read as or what is wrong."""
        found = reckon({field.part: field.value for field in self.query(OfferField)})
        for part, (_, _, meaning) in FIELDS.items():
            fault = found.faults.get(part, "")
            note = self.query_one(f"#note-{part}", FieldNote)
            note.show(fault or found.readings.get(part, meaning), is_fault=bool(fault))
        self.query_one("#sums", PromptBox).show("It pays", "", lambda width: sum_rows(found, width))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Work it out anew as it is typed."""
        message.stop()
        self._work_out()

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {
            "offer.next": lambda: self._step(1),
            "offer.previous": lambda: self._step(-1),
            "move.page_down": lambda: self._scroll(1),
            "move.page_up": lambda: self._scroll(-1),
            "app.back": self.prepdeck.pages.plan,
            "app.leave": self.prepdeck.pages.plan,
        }

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return {"app.leave": "Plan", "app.back": "Plan"}.get(key.id, key.word)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar: keys that type nothing."""
        wanted = {
            "offer.next": 1,
            "offer.previous": 3,
            "move.page_down": 2,
            "app.commands": 5,
            "app.help": 0,
            "app.back": 0,
        }
        words = {"move.page_down": "More"}
        hints = []
        for found in self.available():
            if found.id in wanted:
                key = next((key for key in found.keys if len(key) > 1), found.keys[0])
                word = words.get(found.id, self.word_for(found))
                hints.append(Hint(show_key(key), word, found.id, wanted[found.id]))
        return hints

    def _field(self, part: str) -> OfferField:
        return self.query_one(f"#field-{part}", OfferField)

    def _step(self, by: int) -> None:
        parts = list(FIELDS)
        self._enter(parts[(parts.index(self._entered) + by) % len(parts)])

    def _enter(self, part: str) -> None:
        field = self._field(part)
        self._entered = part
        self.set_focus(field, scroll_visible=False)  # at once: what is typed behind the key belongs there
        field.cursor_position = len(field.value)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say beside the field that is entered what belongs into it."""
        if isinstance(event.widget, OfferField):
            self._entered = event.widget.part
        for part in FIELDS:
            self.query_one(f"#note-{part}", FieldNote).set_class(part == self._entered, "-entered")
        self.call_after_refresh(self._show_entered)

    def _show_entered(self) -> None:
        if self.is_current:
            self.query_one(f"#part-{self._entered}").scroll_visible(animate=False)

    def _scroll(self, by: int) -> None:
        """Scroll the table, or the whole page where everything is in one column."""
        pay, desk = self.query_one("#pay", PromptBox), self.query_one("#desk", VerticalScroll)
        if self.has_class("-narrow"):
            desk.scroll_relative(y=by * max(1, desk.size.height - 1), animate=False)
        elif pay.can_scroll:
            pay.scroll_rows(by * max(1, pay.page - 1))
        else:
            yours = self.query_one("#yours", VerticalScroll)
            yours.scroll_relative(y=by * max(1, yours.size.height - 1), animate=False)

    # Mouse and window

    def press(self, target: str) -> None:
        """Go into the field whose name was clicked; other names are actions."""
        name, _, part = target.partition(":")
        if name == "field":
            self._enter(part)
        else:
            super().press(target)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small has taken."""
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is None:
            self._field(self._entered).focus(scroll_visible=False)
        self._show_entered()

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self._show_pay()
        self._work_out()
