"""Pages of a few sentences: opening, a fault, nothing due, the end of a round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.scheduling.grade import Grade
from prepdeck.text.cells import cell_width, pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.tui import glyphs as signs
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, right_aligned, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.widgets.frame import Notice, TitleBar
from prepdeck.tui.widgets.grades import TONES, WORDS
from prepdeck.tui.words import counted, show_seconds

if TYPE_CHECKING:
    from prepdeck.study.overview import HomeReport
    from prepdeck.study.reviewing import Sitting

MOST_SLIPPED = 5
"""Slipped cards named at the end of a round."""


class NoticeScreen(FramedScreen):
    """A box of sentences in the middle."""

    CSS_PATH = "notices.tcss"
    TITLE_WORD = "prepdeck"
    BOX_TITLE = ""
    BOX_TONE = ""

    def compose_body(self) -> Iterator[Widget]:
        """Yield the box."""
        with Container(id="stage"):
            yield Notice(self.BOX_TITLE, tone=self.BOX_TONE)

    def on_mount(self) -> None:
        """Write the box."""
        super().on_mount()
        self.query_one(TitleBar).show(row(strong("prepdeck", Tone.PRIMARY), muted(f"  {self.TITLE_WORD}")), ())
        self.write()

    def write(self) -> None:
        """Write the box."""
        self.query_one(Notice).show(self.paragraphs)

    def renew(self) -> None:
        """Write the box anew, after the theme or the keys changed."""
        super().renew()
        self.write()

    def paragraphs(self, width: int) -> Sequence[Row | str]:
        """Return what the box says."""
        raise NotImplementedError

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        home = self.prepdeck.go_home
        return {
            "finished.home": home,
            "home.learn": lambda: self.prepdeck.begin(only_new=True),
            "home.cram": lambda: self.prepdeck.begin(cram=True),
            "app.back": home,
            "app.leave": home,
        }

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        if key.id in {"app.leave", "finished.home"} and self.prepdeck.is_one_round:
            return "Quit"
        return {"app.leave": "Back"}.get(key.id, key.word)

    def key(self, action: str) -> Piece:
        """Return the key of an action, to be named in a sentence and clicked."""
        found = self.prepdeck.keys.row(action)
        return Piece(found.keys_shown if found else "", Tone.ACCENT, strong=True, target=action)


class OpeningScreen(NoticeScreen):
    """The first frame, while the desk is opened."""

    PLACE = Place.FAULT
    TITLE_WORD = "Home"
    BOX_TITLE = "Welcome"

    def paragraphs(self, width: int) -> Sequence[Row | str]:
        """Return what the box says."""
        return [row(strong("Opening your decks" + self.prepdeck.glyphs.ellipsis))]

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {"app.back": lambda: self.prepdeck.leave(0), "app.leave": lambda: self.prepdeck.leave(0)}

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return {"app.leave": "Quit"}.get(key.id, key.word)


class FaultScreen(OpeningScreen):
    """Why the desk cannot be opened, and what helps; leaving exits with the fault's status."""

    TITLE_WORD = "Cannot open"
    BOX_TITLE = "Cannot open your decks"
    BOX_TONE = "-error"

    def __init__(self, error: PrepdeckError, database: str) -> None:
        super().__init__()
        self._error = error
        self._database = database

    def paragraphs(self, width: int) -> Sequence[Row | str]:
        """Return what the box says."""
        message = self._error.message[:1].upper() + self._error.message[1:]
        lines: list[Row | str] = [message, ""]
        if self._database and self._database not in message:
            lines += [f"Database: {self._database}", ""]
        if self._error.help:
            lines += [self._error.help[:1].upper() + self._error.help[1:], ""]
        return [*lines, row("Nothing was changed. ", self.key("app.leave"), " quits.")]

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        status = self._error.exit_status
        return {"app.back": lambda: self.prepdeck.leave(status), "app.leave": lambda: self.prepdeck.leave(status)}


class IdleScreen(NoticeScreen):
    """Nothing is due: why, and what may be done instead."""

    PLACE = Place.IDLE
    TITLE_WORD = "All done"
    BOX_TITLE = "All done"

    def __init__(self, report: HomeReport, *, scoped: bool, only_new: bool) -> None:
        super().__init__()
        self._report = report
        self._scoped = scoped
        self._only_new = only_new

    def paragraphs(self, width: int) -> Sequence[Row | str]:
        """Return what the box says."""
        report = self._report
        return [
            row(strong(self._headline())),
            Row(),
            row(self._done_words(), f" Tomorrow: {report.tomorrow}."),
            Row(),
            "If you have time:",
            *self._offers(),
        ]

    def _headline(self) -> str:
        day = self._report.day
        if not day.decks:
            return "There are no decks yet."
        if self._only_new:
            return "No new cards are left for today."
        if self._scoped and day.due + day.new:
            return "Nothing is due here until tomorrow."
        return "Nothing is due until tomorrow."

    def _done_words(self) -> str:
        done = self._report.done_today
        if not done:
            return "No card was asked today."
        return f"You gave {counted(done, 'answer')} today."

    def _offers(self) -> list[Row]:
        new = self._report.day.new
        offers = []
        if new:
            offers.append(("home.learn", f"Learn {new} new", "new cards of today"))
        offers.append(("home.cram", "Cram", "practise all, dates stay as they are"))
        if self.can("review.undo"):
            offers.append(("review.undo", "Undo", self._report.undoable or ""))
        return [
            row("  ", self.key(action), "  " + pad(words, 16), foreign(aside, Tone.MUTED))
            for action, words, aside in offers
        ]

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {**super().deeds(), "review.undo": lambda: self.prepdeck.undo_into_round(None)}

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        match action:
            case "home.learn":
                return bool(self._report.day.new)
            case "home.cram":
                return bool(self._report.day.decks)
            case "review.undo":
                return self._report.undoable is not None
            case _:
                return True


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

    def on_mount(self) -> None:
        """Write the box, and again once streak and tomorrow are known."""
        super().on_mount()
        self.run_worker(self._look_ahead(), group="report")

    async def _look_ahead(self) -> None:
        try:
            self._report = await self.prepdeck.clerk.ask(self.prepdeck.errands.report_home)
        except PrepdeckError as error:
            self.say(str(error), is_error=True)
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
            row(strong(done, Tone.SUCCESS), *self._streak()),
            Row(),
            *(self._bar(grade, count, answers, width) for grade, count in tally.items()),
            Row(),
            row("Kept ", strong(f"{self._kept()}%"), goal, *self._pace(answers)),
        ]
        rows += self._slipped(width)
        rows += [Row(), row("Tomorrow: ", *self._tomorrow())]
        if facts.is_first:
            rows += [Row(), "Each grade set a date: what you knew comes back later, what slipped comes back tomorrow."]
        return rows

    def _streak(self) -> list[Piece | str]:
        if self._report is None:
            return []
        days = self._report.streak.days
        return ["  Streak ", strong(str(days), Tone.ACCENT), " day." if days == 1 else " days."]

    def _bar(self, grade: Grade, count: int, answers: int, width: int) -> Row:
        filled, empty = signs.bar(count / answers if answers else 0.0, min(28, width - 16), self.prepdeck.glyphs)
        number = list(Grade).index(grade) + 1
        name = pad(f"{number} {WORDS[grade]}", 10)
        return row(name, Piece(filled, TONES[grade]), Piece(empty, Tone.RULE), right_aligned(Piece(str(count)), 5))

    def _kept(self) -> int:
        tally = self._facts.sitting.tally
        answers = sum(tally.values())
        return round(100 * (answers - tally[Grade.AGAIN]) / answers) if answers else 0

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
        return [strong(str(self._report.tomorrow)), " card" if self._report.tomorrow == 1 else " cards"]

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {**super().deeds(), "review.undo": lambda: self.prepdeck.undo_into_round(self._facts.sitting)}

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        if action == "home.learn":
            return self._report is not None and self._report.day.new > 0
        return True
