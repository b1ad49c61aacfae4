"""The page a mock is chosen on: formats, phases and budgets, and how it is to be sat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from prepdeck.interview.terms import TIME_FACTORS, Mode
from prepdeck.text.counts import counted
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Tone, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.mock_dialogs import StoppedDialog, stopped_words
from prepdeck.tui.widgets.frame import Hint, TitleBar
from prepdeck.tui.widgets.matrix import MarkedList
from prepdeck.tui.widgets.mock_formats import ChoiceList, Choices, FormatList, PhaseSheet
from prepdeck.tui.widgets.search_field import SearchField
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.study.mock_begin import FormatRow
    from prepdeck.study.mock_recovery import StoppedMock


class MockSetupScreen(FramedScreen):
    """Offers the formats; a mock that was cut off is asked about first.

    Args:
        formats: Every format.
        stopped: Mocks that were cut off or not marked, newest first.
        last: How the last mock of a format went, by its slug.
        choices: How mocks were last sat.
        chosen: The slug of the format that is marked at the start; one that is not here marks the first.
    """

    PLACE = Place.MOCK_SETUP
    CSS_PATH = "mock_setup.tcss"

    def __init__(
        self,
        formats: Sequence[FormatRow],
        stopped: Sequence[StoppedMock] = (),
        last: Mapping[str, str] | None = None,
        choices: Choices | None = None,
        chosen: str = "",
    ) -> None:
        super().__init__()
        self._formats = tuple(formats)
        self._stopped = tuple(stopped)
        self._last = last or {}
        self._choices = choices or Choices()
        self._chosen = chosen
        self._told_at = 0.0

    def compose_body(self) -> Iterator[Widget]:
        """Yield the boxes."""
        with Horizontal(id="desk"):
            with Vertical(id="left"):
                yield SearchField("")
                yield FormatList()
            with Vertical(id="right"):
                yield PhaseSheet()
                yield ChoiceList()

    def on_mount(self) -> None:
        """Show the formats, and ask about a mock that was cut off."""
        self._told_at = self.prepdeck.seconds()
        self.query_one(SearchField).placeholder = "words of a title"
        self.query_one(SearchField).display = False
        formats = self.query_one(FormatList)
        formats.show(self._formats, lambda slug: self._last.get(slug, ""))
        formats.border_subtitle = "r random  / search"
        self.query_one(ChoiceList).take(self._choices)
        formats.focus()
        first = next((at for at, each in enumerate(formats.found) if each.can_be_sat), 0)
        chosen = (at for at, each in enumerate(formats.found) if each.blueprint.id == self._chosen)
        self._mark(formats, next(chosen, first))
        if self._stopped:
            self._ask_stopped()

    def _show_title(self) -> None:
        days = [each.last_day for each in self._formats if each.last_day is not None]
        ready = sum(each.can_be_sat for each in self._formats)
        count = muted(f"{ready} of {counted(len(self._formats), 'format')} can be sat")
        last = muted(f"last mock {show_day(max(days))}   ") if days else muted("")
        title = row(strong("Mock", Tone.PRIMARY), muted("  Set up"))
        self.query_one(TitleBar).show(title, (row(last, count), row(count), row(muted(f"{ready} ready"))))

    def _show(self) -> None:
        chosen = self.query_one(ChoiceList).choices
        self.query_one(PhaseSheet).show(self.query_one(FormatList).format, chosen.factor)
        self._show_title()
        self.refresh_keys()

    @property
    def choices(self) -> Choices:
        """How the mock is to be sat."""
        return self.query_one(ChoiceList).choices

    # A mock that was cut off

    def _ask_stopped(self) -> None:
        first, told_at = self._stopped[0], self._told_at
        self.say(stopped_words(first, self.prepdeck.seconds() - told_at))
        self.app.push_screen(StoppedDialog(first, len(self._stopped) - 1, told_at), self._take_stopped)

    def _take_stopped(self, answer: str | None) -> None:
        pages, name = self.prepdeck.pages, self._stopped[0].id
        match answer:
            case "strict" | "practice":
                pages.recover_mock(name, Mode(answer))
            case "finish":
                pages.finish_stopped(name)
            case "discard":
                pages.discard_mock(name)
            case _:
                pass

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {
            "setup.start": self._start,
            "setup.change": self._change,
            "setup.more": lambda: self._time(1),
            "setup.less": lambda: self._time(-1),
            "setup.random": self._random,
            "setup.search": self._search,
            "setup.stopped": self._ask_stopped,
            "setup.panes": self._next_pane,
            "setup.history": self.prepdeck.pages.show_mocks,
            "move.down": lambda: self._move(1),
            "move.up": lambda: self._move(-1),
            "move.page_down": lambda: self._move(self._list.page),
            "move.page_up": lambda: self._move(-self._list.page),
            "move.top": lambda: self._move(-(1 << 30)),
            "move.bottom": lambda: self._move(1 << 30),
            "app.back": self._back,
            "app.leave": self.prepdeck.pages.go_home,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        if self.is_typing:
            return action in {
                "setup.start",
                "setup.panes",
                "app.back",
                "app.help",
                "app.quit",
                "app.copy",
                "app.commands",
            }
        at = TIME_FACTORS.index(self.choices.factor)
        match action:
            case "setup.change":
                return isinstance(self.focused, ChoiceList)
            case "setup.more":
                return at + 1 < len(TIME_FACTORS)
            case "setup.less":
                return at > 0
            case "setup.stopped":
                return bool(self._stopped)
            case "setup.random":
                return sum(each.can_be_sat for each in self.query_one(FormatList).found) > 1
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        words = {
            "app.leave": self.prepdeck.leave_word,
            "setup.panes": "Formats" if isinstance(self.focused, ChoiceList) else "Options",
        }
        return words.get(key.id, key.word)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar; in the field only keys that type nothing."""
        if not self.is_typing:
            return super().hints()
        return [
            Hint("Enter", "Take", "setup.start", 1),
            Hint("Esc", "Clear", "app.back", 0),
            Hint("F1", "Help", "app.help", 0),
        ]

    @property
    def is_typing(self) -> bool:
        """Whether words are looked for."""
        return isinstance(self.focused, SearchField)

    @property
    def _list(self) -> MarkedList:
        return self.focused if isinstance(self.focused, MarkedList) else self.query_one(FormatList)

    def _move(self, by: int) -> None:
        self._mark(self._list, self._list.marked + by)

    def _mark(self, listed: MarkedList, number: int) -> None:
        listed.mark(number)
        self._show()

    def _start(self) -> None:
        formats = self.query_one(FormatList)
        if self.is_typing:
            formats.focus()
            return
        each = formats.format
        if each is None:
            return
        if each.missing:
            lacks = "; ".join(lack.words for lack in each.missing)
            ready = [other.blueprint.title for other in self._formats if other.can_be_sat]
            offer = f" Can be sat: {', '.join(ready[:3])}." if ready else ""
            self.say(f"Cannot be drawn: {lacks}.{offer}", is_error=True)
            return
        self.prepdeck.pages.begin_mock(each.blueprint, self.choices)

    def _change(self) -> None:
        options, chosen = self.query_one(ChoiceList), self.choices
        comfort = chosen.comfort
        match options.name_marked:
            case "mode":
                is_strict = chosen.mode is Mode.STRICT
                chosen = replace(chosen, mode=Mode.PRACTICE if is_strict else Mode.STRICT)
            case "time":
                at = TIME_FACTORS.index(chosen.factor)
                chosen = replace(chosen, factor=TIME_FACTORS[(at + 1) % len(TIME_FACTORS)])
            case "hints":
                chosen = replace(chosen, hints=not chosen.hints)
            case "bell":
                chosen = replace(chosen, comfort=replace(comfort, bell=not comfort.bell))
            case _:
                chosen = replace(chosen, comfort=replace(comfort, hides_clock=not comfort.hides_clock))
        options.take(chosen)
        self._show()

    def _time(self, step: int) -> None:
        options = self.query_one(ChoiceList)
        at = TIME_FACTORS.index(options.choices.factor)
        options.take(replace(options.choices, factor=TIME_FACTORS[at + step]))
        self._show()

    def _random(self) -> None:
        """Mark a format that can be sat, another than the marked one; the clock's seconds are the dice."""
        formats = self.query_one(FormatList)
        others = [at for at, each in enumerate(formats.found) if each.can_be_sat and each is not formats.format]
        self._mark(formats, others[int(self.prepdeck.seconds() * 1000) % len(others)])

    def _search(self) -> None:
        field = self.query_one(SearchField)
        field.display = True
        field.focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look for what is typed."""
        message.stop()
        self.query_one(FormatList).look_for(message.value)
        self._show()

    def _next_pane(self) -> None:
        is_formats = isinstance(self.focused, FormatList)
        self.set_class(is_formats, "-options")
        self.query_one(ChoiceList if is_formats else FormatList).focus()
        self._show()

    def _back(self) -> None:
        """Close the search, go back to the formats, or go home."""
        field = self.query_one(SearchField)
        if field.display:
            field.value = ""
            field.display = False
            self.query_one(FormatList).focus()
        elif isinstance(self.focused, ChoiceList):
            self._next_pane()
        else:
            self.prepdeck.pages.go_home()

    def press(self, target: str) -> None:
        """Mark the row that was clicked; a marked format starts, a marked option changes."""
        kind, _, number = target.partition(":")
        if kind not in {"formats", "options"}:
            self.perform(target)
            return
        listed: MarkedList = self.query_one(f"#{kind}", MarkedList)
        was_marked = listed.marked == int(number) and self.focused is listed
        listed.focus()
        self._mark(listed, int(number))
        if kind == "options":
            self._change()
        elif was_marked:
            self._start()

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane that is entered."""
        self.refresh_keys()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small has taken."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if self.is_mounted and self.is_current and self.focused is None:
            field = self.query_one(SearchField)
            options = self.query_one(ChoiceList)
            (field if field.display else options if self.has_class("-options") else self.query_one(FormatList)).focus()

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self._show()
