"""Markdown of cards as plain lines that fit the terminal."""

from __future__ import annotations

import shutil
from textwrap import indent
from typing import Final

from prepdeck.cards.card import Cloze
from prepdeck.text.markdown import plain_text

NARROWEST: Final = 40
"""Columns; narrower terminals wrap by themselves."""
WIDEST: Final = 80
"""Columns; longer lines are hard to read."""


def columns() -> int:
    """Return how wide plain text is laid out."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def shown(source: str) -> str:
    """Return Markdown as plain lines."""
    return plain_text(source, columns()).rstrip()


def shown_gaps(body: Cloze, opened: int) -> str:
    """Return a text whose gaps up to the number `opened` are open."""
    from prepdeck.text.markdown import lay_out_cloze

    return "\n".join(line.text for line in lay_out_cloze(body, opened, columns())).rstrip()


def hanging(source: str) -> str:
    """Return Markdown as plain lines, the later ones indented under the first."""
    return indent(shown(source), "    ").lstrip()
