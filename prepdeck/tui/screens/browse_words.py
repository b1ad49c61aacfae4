"""What the browse page says of a card, and asks before a reset."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from prepdeck.scheduling.memory import Learned
from prepdeck.text.cells import cell_width
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui.page import Page, PageStyle, draw_page
from prepdeck.tui.review_state import Asking
from prepdeck.tui.rows import Piece, Row, Tone, fit, foreign, muted, row, strong, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.widgets.frame import Hint
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.study.browsing import Listing, Sight
    from prepdeck.tui.glyphs import Glyphs

FILTERS = "deck: tag: kind: topic: is:due is:new is:leech is:flagged is:suspended is:buried"
"""Filters that may be typed."""
TYPING_HINTS = (
    Hint("Enter", "Cards", "browse.preview", 1),
    Hint("Tab", "Panes", "browse.panes", 3),
    Hint("^p", "Commands", "app.commands", 4),
    Hint("F1", "Help", "app.help", 0),
    Hint("Esc", "Leave", "app.back", 0),
)
"""The key bar while a search is typed."""
_LABEL = 10
_STEPS = 100


def show_cards(count: int) -> str:
    """Return how many cards, in words."""
    return f"{count:,} card{'' if count == 1 else 's'}"


def browse_title(found: int | None, listing: Listing, selected: int, under_way: str) -> tuple[Row, Sequence[Row]]:
    """Return both sides of the title: where one is with what is going on, and the counts, longest first.

    Args:
        found: How many cards were found; None when the search could not be understood.
        listing: What was found last.
        selected: How many cards are selected.
        under_way: What is being done to cards, if anything.
    """
    left = row(strong("Browse", Tone.PRIMARY), muted(f"  {under_way}" if under_way else ""))
    many = f"{found or 0:,}" + ("" if listing.is_whole or found is None else "+")
    number = strong(f"{selected:,}" if selected else "", Tone.ACCENT)
    of_all = f" of {show_cards(listing.total)}"
    chosen, short = (" selected   ", " ") if selected else ("", "")
    return left, (row(number, chosen, strong(many), of_all), row(number, short, strong(many)))


def draw_fault(words: str, fault: str, width: int, glyphs: Glyphs) -> list[Row]:
    """Return why a search cannot be understood, below the place in it that is meant.

    Args:
        words: What was typed.
        fault: What is wrong, and what to do.
        width: Cells.
        glyphs: The signs in use.
    """
    from prepdeck.study.browsing import fault_at

    rows: list[Row] = []
    found = fault_at(words)
    if found is not None:
        start, end = found
        first = start if cell_width(clean_line(words[:end])) > width else 0  # what is meant is seen in any case
        before, meant = clean_line(words[first:start]), clean_line(words[start:end])
        line = row(foreign(before), foreign(meant, Tone.ERROR, bold=True), foreign(words[end:]))
        carets = "^" * max(1, min(width, cell_width(meant)))
        rows += [fit(line, width, glyphs.ellipsis), row(" " * cell_width(before), Piece(carets, Tone.ERROR)), Row()]
    return rows + [row(foreign(line)) for line in wrap(fault, max(1, width))]


def draw_sight(sight: Sight, width: int, glyphs: Glyphs) -> Page:
    """Return the preview of a card: both sides, then its facts."""
    rows: list[Row] = []
    if sight.view is None:
        rows += [row(foreign(line)) for line in wrap(sight.record.title or str(sight.record.id), width)]
        rows += [Row(), row(muted("No deck holds this card any more."))]
    else:
        asking = _opened(Asking.of(sight.view))
        rows += draw_page(asking, PageStyle(width=width, glyphs=glyphs, blank_above=0, blank_below=0, ticks=False)).rows
    rows.append(Row())
    for label, words in _facts(sight):
        for number, line in enumerate(wrap(words, max(1, width - _LABEL))):
            rows.append(row(muted((label if number == 0 else "").ljust(_LABEL)), foreign(line)))
    return Page(tuple(rows))


def _opened(asking: Asking) -> Asking:
    """Return a card with everything of it shown, as at the end of its review."""
    for _step in range(_STEPS):
        if asking.is_revealed and not asking.followups_left:
            break
        if asking.is_revealed:
            asking = asking.follow_up()
            continue
        asking = asking.revealed(0.0) if asking.takes_number else asking.forward(0.0)
    return asking


def _facts(sight: Sight) -> Iterator[tuple[str, str]]:
    record = sight.record
    match record.memory:
        case Learned() as memory:
            yield "easiness", f"{memory.easiness / 100:.2f}"
            yield "interval", counted(memory.interval, "day")
            yield "due", show_day(memory.due, with_year=True)
            yield "lapses", f"{memory.lapses}{', a leech' if record.leech else ''}"
        case _:
            yield "memory", "new"
    grades = [str(_digit(review.grade.value)) for review in record.reviews if not review.voided]
    if grades:
        yield "history", " ".join(grades[-20:])
    states = [
        word
        for word, holds in (
            ("suspended", record.handling.suspended),
            ("buried today", sight.is_buried),
            ("flagged", record.handling.flagged),
        )
        if holds
    ]
    if states:
        yield "state", ", ".join(states)
    if record.handling.note:
        yield "note", record.handling.note
    if record.card is not None and record.card.tags:
        yield "tags", ", ".join(record.card.tags)
    yield "card", str(record.id)


def _digit(grade: str) -> int:
    return ("again", "hard", "good", "easy").index(grade) + 1


class ResetDialog(Dialog):
    """Asks once before cards become new again.

    Args:
        about: The cards, in words.
    """

    TITLE_WORDS = "Reset"
    FOOTING = "y resets, Esc does not"

    def __init__(self, about: str) -> None:
        super().__init__()
        self._about = about

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of a dialog does."""
        return {**super().deeds(), "dialog.yes": self._agree}

    def _agree(self) -> None:
        if self.is_current:
            self.dismiss("yes")

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return the question."""
        asked = f"Make {self._about} new again? The schedule goes, every review stays in the log, and u takes it back."
        rows = [row(foreign(line)) for line in wrap(asked, width)]
        return [*rows, Row(), row(Piece("y", Tone.ACCENT, strong=True), " Reset", target="yes")]
