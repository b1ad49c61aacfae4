"""The list of settings and keys, one of them marked, and what the marked one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content
from textual.widgets import Input

from prepdeck.text.cells import cell_width, pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.rows import Ground, Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing

_WIDE: Final = 70
"""Cells from which it is shown where a value comes from."""
_WIDEST: Final = 100
"""Cells from which defaults and meanings are shown as well."""
_LONGEST_TYPED: Final = 2_000


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting, or the keys of one action."""

    id: str
    """Name of the setting, or id of the action."""
    value: str
    """What it is, as people read it."""
    typed: str
    """What it is, as it is typed."""
    default: str
    """What it is when nobody chose."""
    source: str
    """Where it comes from."""
    meaning: str
    """What it does and may be."""
    choices: tuple[str, ...] = ()
    """Every value it may have; empty where a field takes it."""
    is_key: bool = False
    """Whether it is an action with its keys."""
    waits: bool = False
    """Whether a change is in force from the next start only."""

    @property
    def is_default(self) -> bool:
        """Whether nobody chose another value."""
        return self.source == "default"


class SettingList(Drawing, can_focus=True):
    """Every setting, then the keys of every action; one row is marked."""

    def __init__(self) -> None:
        super().__init__(id="settings", classes="box")
        self.border_title = "Settings and keys"
        self._lines: tuple[SettingLine, ...] = ()
        self._first = 0
        self.marked = 0
        """Which row is marked."""

    @property
    def line(self) -> SettingLine:
        """The marked row."""
        return self._lines[self.marked]

    def show(self, lines: Sequence[SettingLine]) -> None:
        """Show these rows; the place of the mark stays."""
        self._lines = tuple(lines)
        self.mark(self.marked)

    def mark(self, number: int) -> None:
        """Mark a row; numbers outside stop at the ends."""
        self.marked = max(0, min(len(self._lines) - 1, number))
        settings = sum(not line.is_key for line in self._lines)
        place = f"{self.marked + 1} of {settings} settings"
        if self.marked >= settings:
            place = f"{self.marked + 1 - settings} of {len(self._lines) - settings} keys"
        self.border_subtitle = place
        self.redraw()

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height - 1)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the heading and the rows around the marked one."""
        page = max(1, height - 1)
        self._first = max(min(self._first, self.marked), self.marked - page + 1, 0)
        self._first = min(self._first, max(0, len(self._lines) - page))
        widths = self._widths(width)
        heading = row(muted(" " + "".join(pad(name, size) for name, size in zip(_HEADINGS, widths, strict=False))))
        shown = list(enumerate(self._lines))[self._first : self._first + page]
        return [heading, *(self._draw_line(line, number, widths) for number, line in shown)]

    def _widths(self, width: int) -> tuple[int, ...]:
        """Return the widths of name, value, source and default, as many as there is room for."""
        room = width - 1
        name = min(max((cell_width(line.id) for line in self._lines), default=0) + 2, room * 3 // 5)
        if width < _WIDE:
            return name, room - name
        if width < _WIDEST:
            return name, room - name - 13, 13
        return name, 22, 13, 14, room - name - 22 - 13 - 14

    def _draw_line(self, line: SettingLine, number: int, widths: Sequence[int]) -> Row:
        is_marked = number == self.marked
        edge = Piece(self.glyphs.cursor if is_marked and self.palette is None else " ", Tone.ACCENT)
        value_tone = Tone.MUTED if line.is_default else Tone.ACCENT
        tones = (Tone.TEXT, value_tone, Tone.MUTED, Tone.MUTED, Tone.TEXT)
        texts = (line.id, line.value or "none", line.source, line.default or "none", line.meaning)
        cells = [
            Piece(pad(shorten(clean_line(text), size - 1, ellipsis=self.glyphs.ellipsis), size), tone)
            for text, tone, size in zip(texts, tones, widths, strict=False)
        ]
        return row(edge, *cells, ground=Ground.CURSOR if is_marked else Ground.NONE, target=f"row:{number}")


_HEADINGS: Final = ("Name", "Value", "From", "Default", "Meaning")


class SettingFacts(Drawing):
    """What the marked setting does and may be."""

    def __init__(self) -> None:
        super().__init__(id="about", classes="box")
        self._line: SettingLine | None = None

    def show(self, line: SettingLine) -> None:
        """Show the facts of a setting."""
        self._line = line
        self.border_title = Content(line.id)
        self.border_subtitle = "from the next start" if line.waits else "at once"
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return its meaning, its value and its default."""
        line = self._line
        if line is None:
            return ()
        meaning = line.meaning[:1].upper() + line.meaning[1:]
        facts = [
            row(muted("now "), strong(shorten(clean_line(line.value or "none"), max(1, width - 4)))),
            row(muted("default "), foreign(line.default or "none"), muted(f", now from {line.source}")),
        ]
        lines = wrap(f"{meaning}.", max(1, width))
        # The list shows the value as well, so it is the first to give way.
        while height and len(lines) + len(facts) > height and facts:
            del facts[0]
        return [*map(row, lines), *facts]


class SettingField(Input):
    """Takes the value of a setting; the page checks it."""

    def __init__(self) -> None:
        super().__init__(id="value", max_length=_LONGEST_TYPED, select_on_focus=False)
        self.cursor_blink = False
        self.display = False

    def ask(self, line: SettingLine) -> None:
        """Begin with the value a setting has."""
        self.value = line.typed
        self.cursor_position = len(line.typed)
        self.border_title = Content(line.id)
        self.border_subtitle = "Enter saves, Esc leaves"
