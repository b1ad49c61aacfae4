"""The plan screen: the days up to the interview, what other minutes would lead to, and readiness by topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from prepdeck.text.counts import counted
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Row, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.plan_days import PlanDay, PlanDays, PlanHead, PlanHeadFacts, Way
from prepdeck.tui.widgets.ready import ReadyBox, ReadyLine
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.study.overview import PlanPage
    from prepdeck.study.planning import PlanReport

STEP = 5
"""Minutes that one press adds or takes away."""
MOST_MINUTES = 600
"""No day has more."""
NO_DATE = "No interview date is set, so there is no plan: each day asks what is due, and new cards."
"""Said without a date."""
NO_DAYS = "With a date, each day up to it stands here: reviews, new cards, minutes, and what you would know."
"""Said in place of the days without a date."""
NO_TOPICS = "No card is in the daily queue."
"""Said without a topic."""


class PlanScreen(FramedScreen):
    """Shows one page of values; other minutes are tried and never kept."""

    PLACE = Place.PLAN
    CSS_PATH = "plan.tcss"

    def __init__(self, page: PlanPage) -> None:
        super().__init__()
        self._page = page
        self.wanted = page.usual_minutes
        """Minutes a day that are tried."""

    def compose_body(self) -> Iterator[Widget]:
        """Yield the three boxes."""
        yield PlanHead()
        with Horizontal(id="middle"):
            yield PlanDays()
            yield ReadyBox("Readiness by topic", id="topics", scrolls=True)

    def on_mount(self) -> None:
        """Show the page."""
        self.show(self._page)
        self.query_one(PlanDays).focus()

    def show(self, page: PlanPage) -> None:
        """Show another page of values."""
        self._page = page
        plan = page.plan
        self._show_title()
        if plan is None:
            key = self.prepdeck.keys.row("plan.date")
            self.query_one(PlanHead).show(PlanHeadFacts(NO_DATE, date_key=key.keys_shown if key else ""))
            self.query_one(PlanDays).show((), NO_DAYS)
        else:
            self.query_one(PlanHead).show(PlanHeadFacts(plan.message, _ways(plan), plan.alone))
            self.query_one(PlanDays).show(_days(plan), plan.message)
        self.query_one(ReadyBox).show(topic_lines(page), NO_TOPICS)
        self.refresh_keys()

    @property
    def is_trying(self) -> bool:
        """Whether the days shown are those of other minutes than the setting."""
        return self._page.plan is not None and self._page.plan.minutes != self._page.usual_minutes

    def _show_title(self) -> None:
        plan = self._page.plan
        left: list[Row] = [row(strong("Plan", Tone.PRIMARY))]
        if plan is None:
            self.query_one(TitleBar).show(left[0], (row(muted(show_day(self._page.today))), Row()))
            return
        when = show_day(plan.interview.date)
        company = plan.interview.company
        named = row(*left[0].pieces, "  ", *((foreign(company), ", ") if company else ()), muted(when))
        days = plan.interview.days_left(self._page.today)
        unit = " day" if days == 1 else " days"
        minutes = f"{plan.minutes:g} min a day" + (", tried" if self.is_trying else "")
        count = row(strong(str(days), Tone.ACCENT), unit)
        rights = (row(*count.pieces, "   ", muted(minutes)), count)
        self.query_one(TitleBar).show(named, rights)

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {
            "plan.start": self.prepdeck.pages.begin,
            "plan.more": lambda: self._try(STEP),
            "plan.less": lambda: self._try(-STEP),
            "plan.date": self._ask_date,
            "review.undo": self.prepdeck.pages.undo_from_home,
            "home.panes": self._next_pane,
            "move.down": lambda: self._pane.move(1),
            "move.up": lambda: self._pane.move(-1),
            "move.page_down": lambda: self._pane.move(self._pane.page),
            "move.page_up": lambda: self._pane.move(-self._pane.page),
            "move.top": lambda: self._pane.move(-(1 << 30)),
            "move.bottom": lambda: self._pane.move(1 << 30),
            "app.back": self.prepdeck.pages.go_home,
            "app.leave": self.prepdeck.pages.go_home,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        plan = self._page.plan
        match action:
            case "plan.more":
                return plan is not None and self.wanted < MOST_MINUTES
            case "plan.less":
                return plan is not None and self.wanted > STEP
            case "review.undo":
                return self._page.undoable is not None
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return {"app.leave": "Back"}.get(key.id, key.word)

    @property
    def _pane(self) -> PlanDays | ReadyBox:
        topics = self.query_one(ReadyBox)
        return topics if self.focused is topics else self.query_one(PlanDays)

    def _next_pane(self) -> None:
        days, topics = self.query_one(PlanDays), self.query_one(ReadyBox)
        to_topics = self._pane is days
        self.set_class(to_topics, "-topics")
        self.call_after_refresh((topics if to_topics else days).focus)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small has taken."""
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is None:
            (self.query_one(ReadyBox) if self.has_class("-topics") else self.query_one(PlanDays)).focus()

    def _try(self, minutes: int) -> None:
        wanted = (self.wanted // STEP) * STEP + minutes if self.wanted % STEP and minutes > 0 else self.wanted + minutes
        self.wanted = max(STEP, min(MOST_MINUTES, wanted))
        self.prepdeck.pages.try_minutes(self.wanted)

    def _ask_date(self) -> None:
        plan = self._page.plan
        self.prepdeck.pages.ask_date(None if plan is None else plan.interview)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self._pane.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self._pane.move(-1)


def _ways(plan: PlanReport) -> tuple[Way, ...]:
    ways = [Way(lever.minutes, lever.recall) for lever in plan.levers]
    ways.append(Way(plan.minutes, plan.recall, is_shown=True))
    return tuple(sorted(ways, key=lambda way: way.minutes))


def _days(plan: PlanReport) -> list[PlanDay]:
    from prepdeck.study.planning import whole_minutes

    if not plan.cards:
        return []
    return [PlanDay(each.day, each.reviews, each.new, whole_minutes(each.minutes), each.recall) for each in plan.days]


def topic_lines(page: PlanPage) -> list[ReadyLine]:
    """Return the topics, each deck's under its title."""
    from prepdeck.study.readiness import TARGET

    lines: list[ReadyLine] = []
    deck = None
    for part in page.ready.topics:
        if part.deck != deck:
            deck = part.deck
            lines.append(ReadyLine(page.deck_titles.get(deck, deck), 0.0, TARGET, is_heading=True))
        lines.append(ReadyLine(part.title, part.recall, TARGET))
    return lines


def tried_words(page: PlanPage) -> str:
    """Return what is said of minutes that were tried."""
    plan = page.plan
    if plan is None or plan.minutes == page.usual_minutes:
        return "These are your own minutes again."
    unseen = f", {counted(plan.unseen, 'card')} unseen" if plan.unseen else ""
    led = f"Tried: {plan.minutes:g} min a day lead to {plan.recall:.0%}{unseen}."
    return f"{led} Your setting stays {page.usual_minutes:g}."
