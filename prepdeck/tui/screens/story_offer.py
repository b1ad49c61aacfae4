"""The question what becomes of words that were typed into a story and never reached its deck."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from prepdeck.text.cells import pad
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.rows import Piece, Row, Tone, fit, foreign, row, strong, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.study.story_recovery import TypedBefore


class OfferDialog(Dialog):
    """Shows what was typed before; closing it with an answer means to go on with that.

    Args:
        before: What was typed.
    """

    TITLE_WORDS = "Go on with your draft?"

    def __init__(self, before: TypedBefore) -> None:
        super().__init__()
        self._before = before

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of a dialog does."""
        return {**super().deeds(), "dialog.yes": lambda: self._close("yes")}

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return when it was typed, the beginning of each field, and what either answer means."""
        at = self._before.wall
        asked = f"What you typed on {show_day(at.date())} at {at:%H:%M} was not saved in your deck."
        rows = [row(line) for line in wrap(asked, width)]
        rows.append(Row())
        for name, value in self._before.changed.items():
            words = clean_line(value if isinstance(value, str) else ", ".join(value)) or "nothing"
            line = row(strong(pad(name.capitalize(), 14), Tone.ACCENT), foreign(words[: 4 * width]))
            rows.append(fit(line, width, self.prepdeck.glyphs.ellipsis))
        rows.append(Row())
        for key, target, words in (("y", "yes", "puts it into the fields"), ("Esc", "no", "keeps it in a file")):
            rows.append(row(Piece(pad(key, 5), Tone.ACCENT, strong=True, target=target), Piece(words, target=target)))
        return rows
