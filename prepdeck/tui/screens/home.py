"""The home screen: what waits today, the decks, and how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Tone, muted, row, strong
from prepdeck.tui.screens import home_words
from prepdeck.tui.screens.wheel import WheeledScreen
from prepdeck.tui.widgets.countdown import Countdown
from prepdeck.tui.widgets.decks import DeckList
from prepdeck.tui.widgets.forecast import Forecast, ForecastFacts
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.heat import HeatFacts, HeatMap
from prepdeck.tui.widgets.ready import ReadyBox
from prepdeck.tui.widgets.today import PlanBox, TodayBox

if TYPE_CHECKING:
    from prepdeck.road.today import TodayPlan
    from prepdeck.study.overview import HomeReport
    from prepdeck.study.readiness import Readiness

SECONDS_BETWEEN_LOOKS = 60.0
"""How often an open home looks whether a new study day began."""


class HomeScreen(WheeledScreen):
    """Shows one report; asks for a new one whenever it is seen again."""

    PLACE = Place.HOME
    CSS_PATH = "home.tcss"

    def __init__(self, report: HomeReport) -> None:
        super().__init__()
        self._report = report
        self._ready: Readiness | None = None
        self._day: TodayPlan | None = None
        self._is_day_wanted = False
        self._is_first_look = True

    def compose_body(self) -> Iterator[Widget]:
        """Yield the boxes."""
        with Horizontal(id="top"):
            yield TodayBox()
            yield Countdown()
        with Horizontal(id="middle"):
            yield DeckList()
            with Vertical(id="side"):
                yield ReadyBox("Readiness by track")
                yield PlanBox()
        with Horizontal(id="bottom"):
            yield HeatMap()
            yield Forecast()

    def on_mount(self) -> None:
        """Show the report, and look now and then whether the day changed."""
        self.show(self._report)
        for words in home_words.offers_of(self._report):
            self.say(words)
        self.query_one(DeckList).focus()
        self.set_interval(SECONDS_BETWEEN_LOOKS, self._look_at_day)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small, or without the pane, has taken."""
        self.call_after_refresh(self._settle_focus)
        self.call_after_refresh(self._look_at_plan)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is None:
            self.query_one(DeckList).focus()

    def on_screen_resume(self) -> None:
        """Ask for a new report when one comes back to this page."""
        if self._is_first_look:
            self._is_first_look = False
            return
        self.prepdeck.pages.refresh_home()

    def _look_at_day(self) -> None:
        if self.is_current and self.prepdeck.today() != self._report.day.study_day:
            self.prepdeck.pages.refresh_home()

    def show(self, report: HomeReport) -> None:
        """Show another report."""
        is_other_day = report.day.study_day != self._report.day.study_day
        self._report = report
        day = report.day
        title = row(strong("prepdeck", Tone.PRIMARY), muted("  Home"))
        self.query_one(TitleBar).show(title, home_words.rights_of(report))
        folder = self.prepdeck.deck_folder if not day.decks else ""
        facts = home_words.today_facts(report, folder)
        self.query_one(TodayBox).show(facts)
        self.query_one(PlanBox).show(facts, self._key_of("home.plan"))
        if is_other_day:
            self._day = None
            self.query_one(PlanBox).show_others(None)
        if self._ready is not None and not self._fits(self._ready):
            self._ready = None
        self._show_ready()
        self.query_one(DeckList).show(home_words.lines_of(report, self._key_of("home.author")))
        streak = report.streak
        self.query_one(HeatMap).show(HeatFacts(report.heat, day.study_day, streak.days, streak.best, streak.active))
        self.query_one(Forecast).show(ForecastFacts(report.forecast, day.study_day))
        self.refresh_keys()
        self.prepdeck.pages.refresh_ready()

    def _look_at_plan(self) -> None:
        """Have today's plan worked out where its box is seen; nothing waits for it."""
        if self._is_day_wanted and self.is_mounted and self.query_one(PlanBox).size.height:
            self._is_day_wanted = False
            self.prepdeck.pages.refresh_day()

    def show_day(self, day: TodayPlan) -> None:
        """Show what today asks beside cards, once that is worked out."""
        self._day = day
        self.query_one(PlanBox).show_others(home_words.others_of(day))

    def show_ready(self, ready: Readiness) -> None:
        """Show how ready the learner is, once that is worked out; what is out of date by then is left."""
        if self._fits(ready):
            self._ready = ready
            self._show_ready()
        self._is_day_wanted = True  # not before, for what this look has read of the log the next one need not read
        self._look_at_plan()

    def _fits(self, ready: Readiness) -> bool:
        """Tell whether a readiness is about the interview that home shows."""
        return ready.interview == self._report.interview

    def _show_ready(self) -> None:
        ready = self._ready
        self.query_one(Countdown).show(home_words.countdown_facts(self._report, ready, self._key_of("plan.date")))
        waiting = "Looking ahead" + self.prepdeck.glyphs.ellipsis
        self.query_one(ReadyBox).show(
            home_words.ready_lines(ready), waiting if ready is None else home_words.NOTHING_SEEN
        )

    def _key_of(self, action: str) -> str:
        key = self.prepdeck.keys.row(action)
        return key.keys_shown if key is not None else ""

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        decks = self.query_one(DeckList)
        return {
            "home.review": self._review,
            "home.learn": lambda: self._begin(only_new=True),
            "home.cram": lambda: self._begin(cram=True),
            "home.author": self._write,
            "home.browse": self._browse,
            "home.stories": self.prepdeck.pages.show_stories,
            "home.stats": self.prepdeck.pages.stats,
            "home.plan": self.prepdeck.pages.plan,
            "home.assess": self.prepdeck.pages.show_assessment,
            "home.mock": self.prepdeck.pages.set_up_mock,
            "home.settings": self.prepdeck.pages.show_settings,
            "plan.date": lambda: self.prepdeck.pages.ask_date(self._report.interview),
            "review.undo": self.prepdeck.pages.undo_from_home,
            "home.panes": self._next_pane,
            "move.down": lambda: self._move(0, 1),
            "move.up": lambda: self._move(0, -1),
            "move.left": lambda: self._move(-1, 0),
            "move.right": lambda: self._move(1, 0),
            "move.page_down": lambda: self._mark(decks.marked + decks.page),
            "move.page_up": lambda: self._mark(decks.marked - decks.page),
            "move.top": lambda: self._mark(0),
            "move.bottom": lambda: self._mark(1 << 30),
            "app.back": self._settle,
            "app.leave": lambda: self.prepdeck.leave(0),
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        match action:
            case "review.undo":
                return self._report.undoable is not None
            case "home.author":
                line = self.query_one(DeckList).line
                return line is not None and bool(line.slug or line.path)
            case "home.browse" | "home.learn" | "home.cram" | "home.review":
                return bool(self._report.day.decks)
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return {"app.leave": "Quit"}.get(key.id, key.word)

    def _next_pane(self) -> None:
        self.focus_next()

    def _settle(self) -> None:
        """Take the sentence away and go back to the decks: home is where back ends."""
        self.say("")
        self.query_one(DeckList).focus()

    def _move(self, columns: int, rows: int) -> None:
        match self.focused:
            case HeatMap() as heat:
                heat.move(columns, rows)
            case Forecast() as forecast:
                forecast.move(columns or rows)
            case _:
                self._mark(self.query_one(DeckList).marked + (rows or columns))

    def _mark(self, number: int) -> None:
        """Mark a deck, and show the keys it has."""
        self.query_one(DeckList).mark(number)
        self.refresh_keys()

    def _review(self) -> None:
        line = self.query_one(DeckList).line
        if line is not None and line.is_unreadable:
            key = self.prepdeck.keys.row("home.author")
            opens = f"; {key.keys_shown} opens it" if key is not None else ""
            self.say(f"{line.title}: {line.fault}{opens}", is_error=True)
            return
        self._begin()

    def _write(self) -> None:
        line = self.query_one(DeckList).line
        if line is not None:
            self.say("")
            self.prepdeck.pages.write(line.slug, line.path)

    def _browse(self) -> None:
        line = self.query_one(DeckList).line
        self.say("")
        self.prepdeck.pages.browse(line.slug if line is not None else None)

    def _begin(self, *, only_new: bool = False, cram: bool = False) -> None:
        line = self.query_one(DeckList).line
        decks = (line.slug,) if line is not None and line.slug is not None else ()
        self.prepdeck.pages.begin(decks=decks, only_new=only_new, cram=cram)

    def press(self, target: str) -> None:
        """Mark the row or the day that was clicked; a marked row starts."""
        kind, _, name = target.partition(":")
        decks = self.query_one(DeckList)
        if kind == "row":
            was_marked = decks.marked == int(name) and self.focused is decks
            decks.focus()
            self._mark(int(name))
            if was_marked:
                self._review()
        elif kind == "today":
            self._mark(0)
            self._review()
        elif kind == "line":
            self._start_line(name)
        elif kind == "due":
            self.query_one(Forecast).focus()
            self.query_one(Forecast).mark(int(name))
        elif kind == "day":
            self.query_one(HeatMap).focus()
            self.query_one(HeatMap).mark(name)
        else:
            self.perform(target)

    def _start_line(self, name: str) -> None:
        line = next((each for each in self._day.lines if each.kind.value == name), None) if self._day else None
        if line is not None:
            self.prepdeck.pages.start_line(line)
