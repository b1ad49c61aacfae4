"""The review screen: a card, its answer, its grade; the next card is drawn once the grade is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from prepdeck.errors import PrepdeckError
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import Learned
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.page import Page, PageStyle, draw_page
from prepdeck.tui.review_state import LETTERS, Asking, Stopwatch
from prepdeck.tui.rows import Row, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.widgets.answer import AnswerField, ProgressLine
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.frame import Hint, TitleBar
from prepdeck.tui.widgets.grades import WORDS, GradeRow
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView, Sitting

_GRADES = {f"review.{grade.value}": grade for grade in Grade}


class ReviewScreen(FramedScreen):
    """Holds a sitting and the card asked now; grading asks the app to store, and waits."""

    PLACE = Place.REVIEW
    CSS_PATH = "review.tcss"

    def __init__(self, sitting: Sitting, view: CardView, *, is_first_round: bool = False) -> None:
        super().__init__()
        self.sitting = sitting
        """The round, as stored."""
        self.asking: Asking | None = Asking(view)
        """The card asked now; None while it could not be loaded."""
        self.is_storing = False
        """Whether a grade is on its way; keys that grade are ignored until it is stored."""
        self._leaves_after = False
        self._is_first_round = is_first_round
        self._shows_times = self.prepdeck_settings_show_times()
        self._card_watch = Stopwatch()
        self._round_watch = Stopwatch()

    def prepdeck_settings_show_times(self) -> bool:
        """Return whether times are shown at first."""
        from textual._context import active_app

        return bool(getattr(active_app.get(), "show_timers", True))

    def compose_body(self) -> Iterator[Widget]:
        """Yield progress, card and grades."""
        yield ProgressLine()
        with Container(id="stage"):
            yield CardPanel()
        with Container(id="answer"):
            yield GradeRow()
            yield AnswerField()
