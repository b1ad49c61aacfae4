"""Boxes over a page: the keys, the command palette, the facts of a card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen

from prepdeck.tui.keys import GROUPS, KeyRow, Place
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, muted, padded, row, spread, strong
from prepdeck.tui.screens.framed import stroke_of
from prepdeck.tui.widgets.drawing import Drawing, Pressed
from prepdeck.tui.widgets.frame import TooSmall

if TYPE_CHECKING:
    from prepdeck.tui.app import PrepdeckApp

_TWO_COLUMNS = 64
"""Cells from which the help stands in two columns."""


class Sheet(Drawing):
    """A list of rows that scrolls when it is longer than its box."""

    def __init__(self, setter: Callable[[int], Sequence[Row]]) -> None:
        super().__init__(id="sheet", classes="box")
        self._setter = setter
        self._all: Sequence[Row] = ()
        self._top = 0

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height)

    def scroll_rows(self, rows: int) -> None:
        """Scroll by so many rows, stopping at the ends."""
        self._top = max(0, min(len(self._all) - self.page, self._top + rows))
        self.redraw()

    def keep_in_sight(self, number: int) -> None:
        """Scroll so that a row is seen."""
        self._top = max(min(self._top, number), number - self.page + 1, 0)
        self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the rows that are seen; a height of nothing asks how many there are."""
        self._all = self._setter(width)
        if not height:
            return self._all
        self._top = max(0, min(self._top, len(self._all) - height))
        shown = list(self._all[self._top : self._top + height])
        if self._top + height < len(self._all) and shown:
            shown[-1] = row(muted(f"{self.glyphs.down} {len(self._all) - self._top - height + 1} more lines"))
        return shown


class Dialog(ModalScreen[str | None], inherit_bindings=False):
    """A box over a page; closing it may name an action to do."""

    AUTO_FOCUS = ""
    CSS_PATH = "dialogs.tcss"
    PLACE = Place.DIALOG
    TITLE_WORDS: ClassVar[str] = ""
    FOOTING: ClassVar[str] = ""

    @property
    def prepdeck(self) -> PrepdeckApp:
        """The app, with what it holds."""
        return cast("PrepdeckApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the sheet into the middle."""
        with Container(id="stage"):
            yield Sheet(self.set_rows)
        yield TooSmall()

    def on_mount(self) -> None:
        """Name the sheet."""
        self.sheet.border_title = Content(self.title_words())
        self.sheet.border_subtitle = Content(self.FOOTING)

    @property
    def sheet(self) -> Sheet:
        """What is drawn."""
        return self.query_one(Sheet)

    def title_words(self) -> str:
        """Return the title of the box."""
        return self.TITLE_WORDS

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return all rows for a width."""
        raise NotImplementedError

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of a dialog does."""
        sheet = self.sheet
        return {
            "move.down": lambda: sheet.scroll_rows(1),
            "move.up": lambda: sheet.scroll_rows(-1),
            "move.page_down": lambda: sheet.scroll_rows(sheet.page - 1),
            "move.page_up": lambda: sheet.scroll_rows(1 - sheet.page),
            "move.top": lambda: sheet.scroll_rows(-(1 << 30)),
            "move.bottom": lambda: sheet.scroll_rows(1 << 30),
            "app.back": lambda: self._close(None),
            "app.leave": lambda: self._close(None),
        }

    def on_key(self, event: events.Key) -> None:
        """Do what the key table says; a child sees the key before."""
        if not self.takes(event):
            deeds = self.deeds()
            for action in self.prepdeck.keys.starting(self.PLACE, stroke_of(event)):
                deed = deeds.get(action.id) or self.prepdeck.deeds().get(action.id)
                if deed is not None:
                    deed()
                    break
        event.stop()
        event.prevent_default()

    def takes(self, event: events.Key) -> bool:  # noqa: ARG002 - a child asks
        """Do what a key means here alone, and tell whether it meant anything."""
        return False

    def on_pressed(self, message: Pressed) -> None:
        """Do what was clicked."""
        message.stop()
        self._close(message.target)

    def on_click(self, event: events.Click) -> None:
        """Close when the page behind is clicked."""
        if not self.sheet.region.contains(event.screen_x, event.screen_y):
            self._close(None)

    def _close(self, action: str | None) -> None:
        if self.is_current:
            self.dismiss(action)

    def renew(self) -> None:
        """Draw everything anew, after the theme changed."""
        self.sheet.redraw(layout=True)


class Typing(Dialog):
    """A dialog that takes letters, to look for something."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""
        """What was typed."""

    def takes(self, event: events.Key) -> bool:
        """Take a letter, or take one back."""
        key = stroke_of(event)
        if key == "backspace" and self.typed:
            self.type(self.typed[:-1])
        elif key == "escape" and self.typed:
            self.type("")
        elif event.is_printable and event.character and self.wants(event.character):
            self.type(self.typed + event.character)
        else:
            return False
        return True

    def wants(self, character: str) -> bool:  # noqa: ARG002 - a child asks
        """Tell whether a character is to be typed."""
        return True

    def type(self, words: str) -> None:
        """Look for these words."""
        self.typed = words
        self.sheet.redraw(layout=True)

    def on_paste(self, event: events.Paste) -> None:
        """Look for pasted words."""
        event.stop()
        self.type(self.typed + "".join(filter(str.isprintable, event.text))[:60])


class HelpDialog(Typing):
    """Every key of a page, by task."""

    FOOTING = "type to filter   Esc closes"

    def __init__(self, place: Place, rows: Sequence[KeyRow]) -> None:
        super().__init__()
        self._place = place
        self._rows = tuple(rows)

    def title_words(self) -> str:
        """Return the title of the box."""
        return f"Keys on this screen: {self._place.value}"

    def wants(self, character: str) -> bool:
        """Tell whether a character is to be typed: q and ? close, unless a word was begun."""
        return bool(self.typed) or character not in {"q", "?", " "}

    def takes(self, event: events.Key) -> bool:
        """Close on the key that opened it."""
        if stroke_of(event) in {"?", "f1"} and not self.typed:
            self._close(None)
            return True
        return super().takes(event)

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return the keys in one or two columns."""
        rows: list[Row] = []
        if self.typed:
            rows += [row(muted("filter: "), strong(self.typed, Tone.ACCENT)), Row()]
        blocks = [block for group in GROUPS if (block := self._block(group))]
        if not blocks:
            return [*rows, row("No key does that. Esc clears.")]
        if width < _TWO_COLUMNS:
            return [*rows, *_stacked(blocks), Row(), row(muted("Change keys: config.toml, table [keys]"))]
        half = width // 2
        left, right = _balanced(blocks)
        right = [*right, Row(), row(muted("Change keys: config.toml [keys]"))]
        for number in range(max(len(left), len(right))):
            first = left[number] if number < len(left) else Row()
            second = right[number] if number < len(right) else Row()
            rows.append(Row((*padded(fit(first, half - 1), half).pieces, *second.pieces)))
        return rows

    def _block(self, group: str) -> list[Row]:
        lines = merged(self._rows, group)
        words = self.typed.lower()
        lines = [line for line in lines if words in f"{line[0]} {line[1]}".lower()]
        if not lines:
            return []
        return [row(strong(group)), *(self._line(keys, meaning, target) for keys, meaning, target in lines)]

    def _line(self, keys: str, meaning: str, target: str | None) -> Row:
        return row(Piece(keys.ljust(11) + " ", Tone.ACCENT, strong=True), meaning, target=target)


def merged(rows: Sequence[KeyRow], group: str) -> list[tuple[str, str, str | None]]:
    """Return keys, meaning and action of a group; what belongs together stands on one line."""
    together = {
        "review.reveal": ("reveal, then suggested", ("review.accept",)),
        "review.again": ("Again Hard Good Easy", ("review.hard", "review.good", "review.easy")),
        "review.pick_a": ("choose (choice cards)", tuple(f"review.pick_{letter}" for letter in "bcdefgh")),
        "review.next_point": ("move between points", ("review.previous_point",)),
        "move.down": ("down, up", ("move.up",)),
        "move.left": ("sideways: code, days", ("move.right",)),
        "move.page_down": ("page", ("move.page_up",)),
        "move.top": ("top, bottom", ("move.bottom",)),
    }
    known = {row.id: row for row in rows if row.group == group}
    hidden = {other for _, others in together.values() for other in others}
    lines: list[tuple[str, str, str | None]] = []
    for action, key_row in known.items():
        if action in hidden:
            continue
        meaning, others = together.get(action, (key_row.meaning, ()))
        keys = list(key_row.keys)
        if action in {"review.again", "move.down", "review.next_point", "move.left", "move.page_down", "move.top"}:
            parts = [key_row, *(known[other] for other in others if other in known)]
            keys = [part.keys[0] for part in parts]
        shown = " ".join(_shown(keys))
        if action == "review.pick_a":
            last = known.get("review.pick_h", key_row)
            shown = f"{key_row.keys_shown} - {last.keys_shown}"
        lines.append((shown, meaning, None if others else action))
    return lines


def _shown(keys: Sequence[str]) -> Iterator[str]:
    from prepdeck.tui.keys import show_key

    return (show_key(key) for key in keys)


def _stacked(blocks: Sequence[Sequence[Row]]) -> list[Row]:
    rows: list[Row] = []
    for block in blocks:
        rows += [Row()] if rows else []
        rows += block
    return rows


def _balanced(blocks: list[list[Row]]) -> tuple[list[Row], list[Row]]:
    """Return the blocks in two columns of about the same height, their order kept."""
    ways = [(_stacked(blocks[:cut]), _stacked(blocks[cut:])) for cut in range(1, len(blocks) + 1)]
    return min(ways, key=lambda way: max(len(way[0]), len(way[1]) + 2))


class Palette(Typing):
    """Every action of a page by name; three letters find it."""

    TITLE_WORDS = "Commands"
    FOOTING = "Enter does it   Esc closes"

    def __init__(self, rows: Sequence[KeyRow], words: Callable[[KeyRow], str]) -> None:
        super().__init__()
        self._rows = tuple(replace(row, word=words(row)) for row in rows)
        self._marked = 0

    @property
    def found(self) -> list[KeyRow]:
        """The actions that fit what was typed, best first."""
        ranked = [
            (rank, number, row) for number, row in enumerate(self._rows) if (rank := rank_of(row, self.typed)) >= 0
        ]
        return [row for _, _, row in sorted(ranked, key=lambda each: each[:2])]

    def takes(self, event: events.Key) -> bool:
        """Move the mark, do the marked action, or type."""
        key = stroke_of(event)
        if key in {"down", "up"}:
            self._marked = max(0, min(len(self.found) - 1, self._marked + (1 if key == "down" else -1)))
            self.sheet.keep_in_sight(self._marked + 2)
        elif key == "enter":
            found = self.found
            self._close(found[self._marked].id if found else None)
        elif key == "ctrl+p":
            self._close(None)
        else:
            return super().takes(event)
        return True

    def type(self, words: str) -> None:
        """Look for these words."""
        self._marked = 0
        super().type(words)

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return what is typed, and the actions that fit."""
        prompt = Piece(f"{self.prepdeck.glyphs.marker} ", Tone.ACCENT)
        typed = strong(self.typed) if self.typed else muted("type a few letters")
        rows = [row(prompt, typed, Piece(self.prepdeck.glyphs.cursor if self.typed else "", Tone.ACCENT)), Row()]
        for number, action in enumerate(self.found):
            ground = Ground.CURSOR if number == self._marked else Ground.NONE
            name = row(" ", strong(action.word.ljust(11)), muted(f" {action.meaning}"), ground=ground, target=action.id)
            keys = row(Piece(action.keys_shown + " ", Tone.ACCENT))
            rows.append(spread(name, keys, width, self.prepdeck.glyphs.ellipsis))
        return rows if self.found else [*rows, row(muted("No action has that name."))]


def rank_of(action: KeyRow, typed: str) -> int:
    """Return how well an action fits some letters, 0 best; -1 when it does not."""
    wanted = typed.lower().strip()
    word, words = action.word.lower(), f"{action.word} {action.meaning} {action.id}".lower()
    if word.startswith(wanted):
        return 0
    if any(part.startswith(wanted) for part in words.replace(".", " ").replace("_", " ").split()):
        return 1
    if wanted in words:
        return 2
    letters = iter(words)
    return 3 if all(letter in letters for letter in wanted) else -1
