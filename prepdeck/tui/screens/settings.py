"""Settings and keys: what each is, where it comes from, and a way to change it that cannot go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Vertical
from textual.widget import Widget

from prepdeck.text.counts import counted
from prepdeck.tui.keys import DEFAULT_ROWS, KeyTable, Place, rebind, show_key
from prepdeck.tui.rows import Tone, muted, row, strong
from prepdeck.tui.screens.wheel import WheeledScreen
from prepdeck.tui.widgets.frame import Hint, TitleBar
from prepdeck.tui.widgets.setting_list import SettingFacts, SettingField, SettingLine, SettingList

if TYPE_CHECKING:
    from prepdeck.study.configuring import SettingRow

_LOW = 16
"""Rows below which the facts are left out."""


@dataclass(frozen=True, slots=True)
class SettingPage:
    """What the page shows."""

    rows: tuple[SettingRow, ...]
    """Every setting."""
    keys: Mapping[str, str]
    """The keys the learner chose, by action id."""
    problems: tuple[str, ...] = ()
    """What is wrong in the file."""


class SettingsScreen(WheeledScreen):
    """Shows settings and keys; what is written is read anew and shown as it is in force."""

    PLACE = Place.SETTINGS
    CSS_PATH = "settings.tcss"

    def __init__(self, page: SettingPage) -> None:
        super().__init__()
        self._page = page

    def compose_body(self) -> Iterator[Widget]:
        """Yield the list, the field and the facts."""
        with Vertical(id="desk"):
            yield SettingList()
            yield SettingField()
            yield SettingFacts()

    def on_mount(self) -> None:
        """Show the settings, and what is wrong with them."""
        self.show(self._page)
        self.query_one(SettingList).focus()
        self.say(" ".join(self._page.problems), is_error=True)

    def show(self, page: SettingPage) -> None:
        """Show other values."""
        self._page = page
        lines = lines_of(page, self.prepdeck.keys)
        self.query_one(SettingList).show(lines)
        changed = sum(not line.is_default for line in lines)
        rights = (muted(f"{counted(len(page.rows), 'setting')}, {changed} changed"), muted(f"{changed} changed"))
        title = row(strong("prepdeck", Tone.PRIMARY), muted("  Settings"))
        self.query_one(TitleBar).show(title, [row(right) for right in rights])
        self._show_facts()

    def _show_facts(self) -> None:
        self.query_one(SettingFacts).show(self.line)
        self.refresh_keys()

    @property
    def line(self) -> SettingLine:
        """The marked row."""
        return self.query_one(SettingList).line

    @property
    def is_typing(self) -> bool:
        """Whether a value is being typed."""
        return bool(self.query_one(SettingField).display)

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        settings = self.query_one(SettingList)
        return {
            "settings.edit": self._edit,
            "settings.next": lambda: self._cycle(1),
            "settings.previous": lambda: self._cycle(-1),
            "settings.default": self._restore,
            "move.down": lambda: self._mark(settings.marked + 1),
            "move.up": lambda: self._mark(settings.marked - 1),
            "move.page_down": lambda: self._mark(settings.marked + settings.page),
            "move.page_up": lambda: self._mark(settings.marked - settings.page),
            "move.top": lambda: self._mark(0),
            "move.bottom": lambda: self._mark(1 << 30),
            "app.theme": self._next_theme,
            "app.back": self._back,
            "app.leave": self.prepdeck.pages.go_home,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        match action:
            case "settings.next" | "settings.previous":
                return bool(self.line.choices) and not self.is_typing
            case "settings.default":
                return not self.line.is_default and not self.is_typing
            case "settings.edit" | "app.back" | "app.help" | "app.quit" | "app.copy":
                return True
            case _:
                return not self.is_typing

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar; in the field only keys that type nothing."""
        if not self.is_typing:
            return super().hints()
        words = {"settings.edit": "Save", "app.back": "Leave", "app.help": "Help"}
        found = {key.id: key for key in self.prepdeck.keys.rows_of(self.PLACE)}
        hints = []
        for action, word in words.items():
            silent = [key for key in found[action].keys if len(key) > 1]
            hints += [Hint(show_key(silent[0]), word, action, 0)] if silent else []
        return hints

    def _mark(self, number: int) -> None:
        self.query_one(SettingList).mark(number)
        self.say("")
        self._show_facts()

    def _edit(self) -> None:
        """Begin to type, keep what was typed, or take the next choice."""
        if self.is_typing:
            self._keep(self.query_one(SettingField).value.strip())
        elif self.line.choices:
            self._cycle(1)
        else:
            field = self.query_one(SettingField)
            field.ask(self.line)
            field.display = True
            field.focus()
            self.say("")
            self.refresh_keys()

    def _cycle(self, step: int) -> None:
        choices = self.line.choices
        place = choices.index(self.line.typed) if self.line.typed in choices else -1
        self._keep(choices[(place + step) % len(choices)])

    def _keep(self, text: str) -> None:
        """Write a value down, unless it would change nothing or is no key."""
        line = self.line
        if line.is_key:
            problem = self._fault_in_keys(line.id, text)
            if problem:
                self.say(problem, is_error=True)
                return
        if text == line.typed:
            self._leave_field()
            return
        self.prepdeck.pages.change_setting(line, text)

    def _fault_in_keys(self, action: str, text: str) -> str:
        """Return what is wrong with keys for an action, as a sentence; empty when they can be taken."""
        _, known = rebind(self._page.keys)
        _, problems = rebind({**self._page.keys, action: text})
        return " ".join(problem for problem in problems if problem not in known)

    def _restore(self) -> None:
        self.prepdeck.pages.change_setting(self.line, None)

    def taken(self, page: SettingPage, words: str) -> None:
        """Show that a change was taken."""
        self._leave_field()
        self.show(page)
        self.say(words)

    def _leave_field(self) -> None:
        field = self.query_one(SettingField)
        self.query_one(SettingList).focus()
        field.display = False
        self.say("")
        self.refresh_keys()

    def _next_theme(self) -> None:
        """Take the next theme, and show that the setting has it."""
        self.prepdeck.deeds()["app.theme"]()
        self.prepdeck.pages.read_settings_again()

    def _back(self) -> None:
        if self.is_typing:
            self._leave_field()
        else:
            self.prepdeck.pages.go_home()

    def press(self, target: str) -> None:
        """Mark the row that was clicked; a marked one is changed."""
        kind, _, number = target.partition(":")
        if kind != "row":
            self.perform(target)
            return
        settings = self.query_one(SettingList)
        was_marked = settings.marked == int(number)
        if self.is_typing:
            self._leave_field()
        self._mark(int(number))
        if was_marked:
            self._edit()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out the facts where the list needs the rows; give the focus back that a window too small has taken."""
        self.set_class(event.size.height < _LOW, "-low")
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is None:
            self.query_one(SettingField if self.is_typing else SettingList).focus()

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self.query_one(SettingList).redraw()


def lines_of(page: SettingPage, keys: KeyTable) -> list[SettingLine]:
    """Return the rows of the list: every setting, then every action with its keys."""
    settings = [
        SettingLine(
            each.key,
            each.value,
            each.value,
            each.default,
            each.source,
            each.meaning,
            choices=each.choices,
            waits=each.waits,
        )
        for each in page.rows
    ]
    actions = []
    for default in DEFAULT_ROWS:
        current = keys.row(default.id) or default
        places = ", ".join(place.value for place in default.places)
        is_own = current.keys != default.keys or default.id in page.keys
        actions.append(
            SettingLine(
                default.id,
                current.keys_shown,
                " ".join(current.keys),
                default.keys_shown,
                "config.toml" if is_own else "default",
                f"{default.meaning} ({places}); keys separated by spaces, such as u or ctrl+e",
                is_key=True,
            )
        )
    return [*settings, *actions]
