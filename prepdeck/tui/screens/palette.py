"""The command palette: every action of a page by name; three letters find it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual import events

from prepdeck.tui.keys import KeyRow
from prepdeck.tui.rows import Ground, Piece, Row, Tone, muted, row, spread, strong
from prepdeck.tui.screens.dialogs import Typing
from prepdeck.tui.screens.framed import stroke_of

_MEANINGS = 50
"""Cells from which meanings are shown beside names."""


class CommandDialog(Typing):
    """Every action of a page by name; three letters find it."""

    TITLE_WORDS = "Commands"
    FOOTING = "Enter does it   Esc closes"

    def __init__(self, rows: Sequence[KeyRow], words: Callable[[KeyRow], str]) -> None:
        super().__init__()
        # What moves a mark has keys that nobody looks up; it comes last.
        ordered = sorted(rows, key=lambda row: row.group == "Move")
        self._rows = tuple(replace(row, word=words(row)) for row in ordered)
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
            meaning = muted(f" {action.meaning}" if width >= _MEANINGS else "")
            name = row(" ", strong(action.word.ljust(11)), meaning, ground=ground, target=action.id)
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
    for rank, text in ((3, word), (4, words)):
        letters = iter(text)
        if all(letter in letters for letter in wanted):
            return rank
    return -1
