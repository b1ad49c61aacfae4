"""Every key of a page, by task."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from prepdeck.tui.keys import GROUPS, KeyRow, Place, show_key
from prepdeck.tui.rows import Piece, Row, Tone, fit, muted, padded, row, strong
from prepdeck.tui.screens.dialogs import Typing
from prepdeck.tui.screens.framed import stroke_of

_TWO_COLUMNS = 64
"""Cells from which the help stands in two columns."""
_KEYS = 11
"""Cells of the keys of one line; what does not fit is left out from the end, the first key never."""


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
        while len(keys) > _KEYS and " " in keys:
            keys = keys.rpartition(" ")[0]
        # Pieces are aimed, not rows: two lines stand beside each other where there is room.
        shown = Piece(keys.ljust(_KEYS) + " ", Tone.ACCENT, strong=True, target=target)
        return row(shown, Piece(meaning, target=target))


def merged(rows: Sequence[KeyRow], group: str) -> list[tuple[str, str, str | None]]:
    """Return keys, meaning and action of a group; what belongs together stands on one line."""
    together = {
        "review.reveal": ("reveal, then suggested", ("review.accept",)),
        "review.again": ("Again Hard Good Easy", ("review.hard", "review.good", "review.easy")),
        "review.pick_a": ("choose (choice cards)", tuple(f"review.pick_{letter}" for letter in "bcdefgh")),
        "review.tick": ("tick; next, previous", ("review.next_point", "review.previous_point")),
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
        if action in {"review.again", "move.down", "review.tick", "move.left", "move.page_down", "move.top"}:
            parts = [key_row, *(known[other] for other in others if other in known)]
            keys = [part.keys[0] for part in parts]
        shown = " ".join(show_key(key) for key in keys)
        if action == "review.pick_a":
            last = known.get("review.pick_h", key_row)
            shown = f"{key_row.keys_shown} - {last.keys_shown}"
        lines.append((shown, meaning, None if others else action))
    return lines


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
