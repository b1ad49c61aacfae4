"""What the author's page says around the card: title, and the row below the card."""

from __future__ import annotations

from typing import Final

from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui.author_state import Authoring
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.review_keys import next_words
from prepdeck.tui.review_state import LETTERS, Asking
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.review_words import grade_words
from prepdeck.tui.widgets.grades import GradeRow

_BRIEF: Final = {"error": "err", "warning": "warn"}


def draw_title(state: Authoring, columns: int, glyphs: Glyphs) -> tuple[Row, tuple[Row, ...]]:
    """Return the left side of the title bar, and its right side from long to short."""
    preview, at = state.preview, state.position
    left = row(strong("Author", Tone.PRIMARY), "  ", foreign(clean_line(preview.path.name)))
    following = Piece("gone", Tone.ERROR, strong=True) if state.is_gone else muted(f"{glyphs.dot} watching")
    counts = [(preview.errors, "error", Tone.ERROR), (preview.warnings, "warning", Tone.ACCENT)]
    said = [strong(counted(count, word), tone) for count, word, tone in counts if count]
    brief = [strong(f"{count} {_BRIEF[word]}", tone) for count, word, tone in counts if count]
    place = f"{'-' if at is None else at + 1}/{len(preview.cards)}"
    card = [muted("card "), strong(place)] if preview.cards else [muted("no cards")]
    rights = (
        _spaced([following, *said, muted(f"as at {columns} columns")], card, "   "),
        _spaced([*([following] if state.is_gone else []), *said], card, "  "),
        _spaced(brief, [strong(place)], " "),
        _spaced(brief[:1], [strong(place)], " "),
        row(strong(place)),
    )
    return left, rights


def _spaced(parts: list[Piece], last: list[Piece], gap: str) -> Row:
    return row(*(piece for part in parts for piece in (part, Piece(gap))), *last)


def fill_grades(grades: GradeRow, asking: Asking | None) -> None:
    """Show below the card what review shows there; None stands for no card."""
    if asking is None:
        grades.ask("Enter", "Open the editor", "no card is shown")
    elif asking.suggested is not None:
        grades.offer(grade_words(asking.view), asking.suggested)
    elif asking.takes_several:
        grades.ask("Space", "Check", f"a-{LETTERS[len(asking.options) - 1]} choose")
    elif asking.options:
        grades.ask(f"a-{LETTERS[len(asking.options) - 1]}", "Choose", "or Space shows the answer")
    elif asking.takes_number:
        grades.ask("Space", "Show answer", "review takes a number here")
    else:
        grades.ask("Space", *next_words(asking))
