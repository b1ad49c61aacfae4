"""Markdown of cards as plain lines that fit the terminal."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from textwrap import fill, indent
from typing import Final, Self

from prepdeck.cards.card import Cloze
from prepdeck.cli.flags import Flags
from prepdeck.text.markdown import lay_out_cloze, plain_text

NARROWEST: Final = 40
"""Columns; narrower terminals wrap by themselves."""
WIDEST: Final = 80
"""Columns; longer lines are hard to read."""
MARGIN: Final = "    "
"""Stands before the later lines of an option."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How plain text is laid out."""

    width: int = WIDEST
    """Columns."""
    ascii_only: bool = False
    """Whether only ASCII signs may be drawn."""

    @classmethod
    def fitting(cls, flags: Flags) -> Self:
        """Return the layout for this terminal; a pipe has 80 columns."""
        width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))
        return cls(width, flags.ascii)

    def shown(self, source: str) -> str:
        """Return Markdown as plain lines."""
        return self._laid_out(source, self.width)

    def hanging(self, source: str) -> str:
        """Return Markdown as plain lines, the later ones indented under the first."""
        return indent(self._laid_out(source, self.width - len(MARGIN)), MARGIN).lstrip()

    def _laid_out(self, source: str, width: int) -> str:
        return plain_text(source, width, ascii_only=self.ascii_only).rstrip()

    def wrapped(self, text: str) -> str:
        """Return text that is no Markdown, such as a reference, in lines."""
        return fill(text, self.width, break_long_words=False, break_on_hyphens=False)

    def gaps(self, body: Cloze, opened: int) -> str:
        """Return a text whose gaps up to the number `opened` are open."""
        lines = lay_out_cloze(body.pieces, opened, self.width, ascii_only=self.ascii_only)
        return "\n".join(line.text for line in lines).rstrip()
