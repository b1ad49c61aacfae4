"""The question before code of a deck runs together with an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from prepdeck.cards.card import Card
from prepdeck.cards.code import Code
from prepdeck.tui.rows import Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.typesetting import Typesetter


class ConsentDialog(Dialog):
    """Shows the code and asks once; closing it with an answer means yes.

    Args:
        card: Whose code it is.
        pieces: The code, each piece with its name.
    """

    TITLE_WORDS = "Run code of this deck?"
    FOOTING = "y runs it from now on, Esc does not"

    def __init__(self, card: Card, pieces: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._card = card
        self._pieces = pieces

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of a dialog does."""
        return {**super().deeds(), "dialog.yes": self._agree}

    def _agree(self) -> None:
        if self.is_current:
            self.dismiss("yes")

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return the question, and all the code it is about."""
        from prepdeck.study.trusting import LIMITS

        setter = Typesetter(width, self.prepdeck.glyphs)
        language = self._card.body.language.value if isinstance(self._card.body, Code) else ""
        asked = (
            f"Testing an answer to {self._card.id} also runs this code of its deck. You are asked once for this text."
        )
        rows = [row(foreign(line)) for line in wrap(asked, width)]
        for label, text in self._pieces:
            rows += [Row(), row(strong(label, Tone.ACCENT)), *setter.code(text, language)]
        return [*rows, Row(), *(row(muted(line)) for line in wrap(LIMITS, width))]
