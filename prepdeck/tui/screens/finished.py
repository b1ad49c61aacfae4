"""The end of a round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prepdeck.errors import PrepdeckError
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.review import ReviewKind
from prepdeck.text.cells import cell_width, pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui import glyphs as signs
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, right_aligned, row, strong
from prepdeck.tui.screens.notices import NoticeScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.grades import TONES, WORDS
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.study.overview import HomeReport
    from prepdeck.study.reviewing import Sitting

MOST_SLIPPED = 5
"""Slipped cards named at the end of a round."""

WHERE = "finds the phase to begin with."
"""Said at the end of the first round, behind a key."""


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What the end of a round says."""

    sitting: Sitting
    """The round, as stored."""
    seconds: float
    """How long it took."""
    slipped: tuple[str, ...]
    """Titles of the cards that were failed."""
    goal: float
    """Share the learner wants to keep."""
    is_first: bool = False
    """Whether it was the first round ever."""


class FinishedScreen(NoticeScreen):
    """Counts, share kept, what slipped, and what tomorrow brings."""

    PLACE = Place.FINISHED
    TITLE_WORD = "Round finished"
    BOX_TITLE = "Round finished"
    BOX_TONE = "-success"

    def __init__(self, facts: RoundFacts) -> None:
        super().__init__()
        self._facts = facts
        self._report: HomeReport | None = None
        self._minutes = 0

    def on_mount(self) -> None:
        """Write the box, and again once streak and tomorrow are known."""
        self.run_worker(self._look_ahead(), group="report")

    async def _look_ahead(self) -> None:
        try:
            self._minutes = await self.prepdeck.clerk.ask(self.prepdeck.errands.minutes_tomorrow)
            self._report = await self.prepdeck.clerk.ask(self.prepdeck.errands.report_home)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        self.renew()

    def paragraphs(self, width: int) -> Sequence[Row | str]:
        """Return what the box says."""
        facts = self._facts
        tally = facts.sitting.tally
        answers = sum(tally.values())
        cards = len({review.card for review, _ in facts.sitting.reviews})
        done = f"{counted(cards, 'card')}, {counted(answers, 'answer')} in {show_seconds(facts.seconds)}."
        goal = muted(f" (goal {round(facts.goal * 100)})   ")
        rows: list[Row | str] = [
            *self._headline(done, width),
            Row(),
            *(self._bar(grade, count, answers, width) for grade, count in tally.items()),
            Row(),
            row("Kept ", strong(f"{self._kept()}%"), goal, *self._pace(answers)),
        ]
        rows += self._slipped(width)
        rows += [Row(), row("Due tomorrow: ", *self._tomorrow())]
        if facts.is_first:
            rows += [Row(), "Each grade set a date: what you knew comes back later, what slipped comes back tomorrow."]
            key = self.prepdeck.keys.row("home.assess")
            if key is not None:
                rows.append(row(strong(key.keys_shown, Tone.ACCENT), f" {WHERE}"))
        return rows

    def _headline(self, done: str, width: int) -> list[Row]:
        if self._report is None:
            return [row(strong(done, Tone.SUCCESS))]
        days = self._report.streak.days
        streak = row("Streak ", strong(str(days), Tone.ACCENT), " day." if days == 1 else " days.")
        if cell_width(done) + streak.width + 2 > width:
            return [row(strong(done, Tone.SUCCESS)), streak]
        return [row(strong(done, Tone.SUCCESS), "  ", *streak.pieces)]

    def _bar(self, grade: Grade, count: int, answers: int, width: int) -> Row:
        filled, empty = signs.bar(count / answers if answers else 0.0, min(28, width - 16), self.prepdeck.glyphs)
        number = list(Grade).index(grade) + 1
        name = pad(f"{number} {WORDS[grade]}", 10)
        return row(name, Piece(filled, TONES[grade]), Piece(empty, Tone.RULE), right_aligned(Piece(str(count)), 5))

    def _kept(self) -> int:
        """Return the share of first answers that were passes: a drill says nothing about what was kept."""
        reviews = (review for review, _ in self._facts.sitting.reviews)
        first = [review.grade for review in reviews if review.kind is not ReviewKind.DRILL]
        return round(100 * sum(grade is not Grade.AGAIN for grade in first) / len(first)) if first else 0

    def _pace(self, answers: int) -> list[Piece | str]:
        pace = round(self._facts.seconds / answers) if answers else 0
        return ["pace ", strong(f"{pace} s"), " a card"]

    def _slipped(self, width: int) -> list[Row | str]:
        slipped = self._facts.slipped
        if not slipped:
            return []
        when = "dates stay" if self._facts.sitting.cram else "again tomorrow"
        room = max(8, min(44, width - len(when) - 4))
        rows: list[Row | str] = [Row(), row(strong("Slipped"))]
        for title in slipped[:MOST_SLIPPED]:
            name = shorten(clean_line(title), room, ellipsis=self.prepdeck.glyphs.ellipsis)
            rows.append(row("  ", foreign(name), " " * (room + 2 - cell_width(name)), muted(when)))
        if len(slipped) > MOST_SLIPPED:
            rows.append(row(muted(f"  and {len(slipped) - MOST_SLIPPED} more")))
        return rows

    def _tomorrow(self) -> list[Piece | str]:
        if self._report is None:
            return [muted(self.prepdeck.glyphs.ellipsis)]
        cards = self._report.tomorrow
        about = muted(f", about {self._minutes} min") if cards else ""
        return [strong(str(cards)), " card" if cards == 1 else " cards", about]

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        pages, sitting = self.prepdeck.pages, self._facts.sitting
        return {
            **super().deeds(),
            "finished.redo": lambda: pages.redo(sitting),
            "home.assess": pages.show_assessment,
            "review.undo": lambda: pages.undo_into_round(sitting),
        }

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        if key.id == "finished.home" and self.prepdeck.pages.drilled is not None:
            return "Stories"
        if key.id == "finished.redo":
            return f"Redo {len(self._facts.slipped)} slipped"
        return super().word_for(key)

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        if action == "home.learn":
            return self._report is not None and self._report.day.new > 0
        if action == "finished.redo":
            return bool(self._facts.slipped) and self.prepdeck.pages.drilled is None
        return True
