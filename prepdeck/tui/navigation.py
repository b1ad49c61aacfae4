"""The way from page to page: home, rounds, their ends, and the facts of a card."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from prepdeck.errors import PrepdeckError, StoreError
from prepdeck.study.mock_wishes import MockWish
from prepdeck.tui.mock_pages import MockPages
from prepdeck.tui.road_pages import RoadPages
from prepdeck.tui.screens.finished import FinishedScreen, RoundFacts
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.notices import FaultScreen, IdleScreen
from prepdeck.tui.screens.opening import OpeningScreen
from prepdeck.tui.screens.review import ReviewScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.scheduling.dates import InterviewDate
    from prepdeck.study.desk import Desk
    from prepdeck.study.reviewing import RoundRequest, Sitting
    from prepdeck.study.welcoming import Welcome
    from prepdeck.tui.app import PrepdeckApp
    from prepdeck.tui.errands import Served
    from prepdeck.tui.review_state import Asking
    from prepdeck.tui.screens.settings import SettingPage
    from prepdeck.tui.widgets.setting_list import SettingLine


Report = TypeVar("Report")


class Navigator(MockPages, RoadPages):
    """Moves between pages; asks the clerk for what a page shows before it is shown.

    Args:
        app: The app whose pages they are.
    """

    def __init__(self, app: PrepdeckApp) -> None:
        self._app = app
        self.is_busy = False
        """Whether a page is being fetched; until it is there no other one is."""
        self.drilled: CardId | None = None
        """The story of a drill, whose end leads back to the stories; None for rounds that lead home."""
        self._is_arriving = False
        self._busy_on: FramedScreen | None = None
        self._waiting: tuple[Coroutine[None, None, None], FramedScreen | None] | None = None

    @property
    def page(self) -> FramedScreen | None:
        """The page on top, dialogs aside."""
        stack = reversed(self._app.screen_stack)
        return next((screen for screen in stack if isinstance(screen, FramedScreen)), None)

    def say(self, words: str, *, is_error: bool = False) -> None:
        """Say a sentence on the page on top."""
        page = self.page
        if words and page is not None and page.is_mounted:
            page.say(words, is_error=is_error)

    async def enter(self, start: RoundRequest | MockWish | None, notes: str) -> None:
        """Show the first page after the desk is open: home, or what the program was started for."""
        try:
            if isinstance(start, MockWish):
                await self.enter_mock(start)
            elif start is not None:
                await self._begin(partial(self._app.errands.begin, start))
            else:
                welcome = await self._app.clerk.ask(self._app.errands.find_welcome)
                if welcome is None:
                    self._let_in()
                    await self._arrive()
                    notes = " ".join(each for each in (notes, await self.interrupted_words()) if each)
                else:
                    with self._app.batch_update():  # home does not flash by before the welcome covers it
                        await self._arrive(keeps=False)
                        await self._offer(welcome)
        except PrepdeckError as error:
            if isinstance(start, MockWish) and not isinstance(error, StoreError):
                self._app.refuse(error)
                return
            self.fail(error, "")
        self.say(notes)

    def _let_in(self) -> None:
        """Open pages that need no count from now on, while the cards are counted."""
        if isinstance(self._app.screen_stack[0], OpeningScreen):
            self._app.screen_stack[0].let_in()

    def arrive(self) -> None:
        """Show home, once its cards are counted, when one comes back to the page before it."""
        if not self._is_arriving:
            self._app.run_worker(self._come_back(), group="report")

    async def _come_back(self) -> None:
        try:
            await self._arrive()
        except PrepdeckError as error:
            self.fail(error, "")

    async def _arrive(self, *, keeps: bool = True) -> None:
        """Count, and show home; where another page was opened meanwhile home waits until one comes back.

        Args:
            keeps: Whether home then does what was pressed while it was counted.
        """
        self._is_arriving = True
        try:
            report = await self.look(self._app.errands.report_home)
        finally:
            self._is_arriving = False
        opening = self._app.screen
        if isinstance(opening, OpeningScreen):
            home, kept = HomeScreen(report), opening.give_up()
            await self._app.push_screen(home)
            for action in kept if keeps else ():
                home.perform(action)

    async def look(self, report: Callable[[Desk], Report]) -> Report:
        """Return what a long look at the desk finds; the clerk goes on meanwhile."""
        clerk, errands = self._app.clerk, self._app.errands
        lent = await clerk.ask(errands.lend_desk)
        found = await clerk.ask_aside(partial(report, lent))
        clerk.ask_later(partial(errands.take_back, lent))
        return found

    async def _offer(self, welcome: Welcome) -> None:
        """Show the welcome over home, where nothing was ever done."""
        from prepdeck.tui.screens.welcome import WelcomeScreen

        await self._app.push_screen(WelcomeScreen(welcome))

    def skip_welcome(self) -> None:
        """Leave the welcome for good."""
        self.busily(self._skip_welcome())

    async def _skip_welcome(self) -> None:
        self.go_home()
        await self._app.clerk.ask(self._app.errands.close_welcome)
        key = self._app.keys.row("home.assess")
        self.say(f"{key.keys_shown} asks where you stand in ten skills, and proposes a phase." if key else "")

    def answer_welcome(self, day: str, minutes: int, decks: tuple[str, ...]) -> None:
        """Keep the answers of the welcome, and begin the first round."""
        self.busily(self._answer_welcome(partial(self._app.errands.answer_welcome, day, minutes, decks)))

    async def _answer_welcome(self, work: Callable[[], Served]) -> None:
        from prepdeck.errors import UsageError
        from prepdeck.tui.screens.welcome import WelcomeScreen

        try:
            await self._begin(work)
        except UsageError as error:
            if not isinstance(self.page, WelcomeScreen):
                raise
            self.page.refuse(sentence_of(error))

    def fail(self, error: PrepdeckError, database: str) -> None:
        """Show why nothing can be shown."""
        self._app.push_screen(FaultScreen(error, database))

    async def _go_to(self, page: FramedScreen) -> None:
        """Show a page above home, in place of whatever stood there."""
        if isinstance(self.page, (HomeScreen, OpeningScreen)):
            await self._app.push_screen(page)
        else:
            await self._app.switch_screen(page)

    def go_home(self) -> None:
        """Go back to the home screen; a program started for one round ends."""
        if self._end_drill(""):
            return
        if self._app.is_one_round:
            self._app.leave(0)
        elif not isinstance(self.page, HomeScreen):
            self._app.pop_screen()

    def _end_drill(self, words: str) -> bool:
        """Go back to the stories, if a drill of one ends here, and tell whether it does."""
        drilled, self.drilled = self.drilled, None
        if drilled is None or not isinstance(self.page, (ReviewScreen, FinishedScreen)):
            return False
        self.show_stories(drilled, words)
        return True

    def refresh_home(self) -> None:
        """Fetch a new report for the home screen."""
        self._app.run_worker(self._refresh_home(), group="report", exclusive=True)

    async def _refresh_home(self) -> None:
        words = ""
        try:
            if self._app.errands.has_edits:
                words = await self._app.clerk.ask(self._app.errands.take_in)
            report = await self.look(self._app.errands.report_home)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        home = self.page
        if isinstance(home, HomeScreen):
            home.show(report)
            self.say(words)

    def refresh_ready(self) -> None:
        """Have it worked out how ready the learner is, and show it on home; nothing waits for it."""
        self._app.run_worker(self._refresh_ready(), group="ready", exclusive=True)

    async def _refresh_ready(self) -> None:
        try:
            ready = await self.look(self._app.errands.report_ready)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        for screen in self._app.screen_stack:
            if isinstance(screen, HomeScreen) and screen.is_mounted:
                screen.show_ready(ready)

    def refresh_day(self) -> None:
        """Have it worked out what today asks beside cards, and show it on home; nothing waits for it."""
        self._app.run_worker(self._refresh_day(), group="day", exclusive=True)

    async def _refresh_day(self) -> None:
        try:
            day = await self.look(self._app.errands.report_day)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        for screen in self._app.screen_stack:
            if isinstance(screen, HomeScreen) and screen.is_mounted:
                screen.show_day(day)

    def plan(self) -> None:
        """Show the plan."""
        self.busily(self._plan())

    async def _plan(self) -> None:
        from prepdeck.tui.screens.plan import PlanScreen

        page = await self._app.clerk.ask(self._app.errands.report_plan)
        await self._go_to(PlanScreen(page))

    def try_minutes(self, minutes: float) -> None:
        """Show on the plan what other minutes a day would lead to; keys pressed in a hurry count together."""
        if not self.is_busy:
            self.busily(self._try_minutes(minutes))

    async def _try_minutes(self, minutes: float) -> None:
        from prepdeck.tui.screens.plan import PlanScreen, tried_words

        while True:
            shown = await self._app.clerk.ask(partial(self._app.errands.report_plan, minutes))
            page = self.page
            if not isinstance(page, PlanScreen):
                return
            if page.wanted == minutes:
                page.show(shown)
                page.say(tried_words(shown))
                return
            minutes = page.wanted

    def ask_date(self, interview: InterviewDate | None, day: str = "", company: str = "", fault: str = "") -> None:
        """Ask for the day of the next interview, which may be moved.

        Args:
            interview: The one ahead, or None.
            day: What was typed before.
            company: The same for the company.
            fault: Why it was not taken.
        """
        from prepdeck.tui.screens.date import DateDialog

        if interview is not None and not fault:
            day, company = interview.date.isoformat(), interview.company
        self._app.push_screen(DateDialog(partial(self._keep_date, interview), day, company, fault))

    def _keep_date(self, interview: InterviewDate | None, day: str, company: str) -> None:
        self.busily(self._set_date(interview, day, company))

    async def _set_date(self, interview: InterviewDate | None, day: str, company: str) -> None:
        try:
            kept = await self._app.clerk.ask(partial(self._app.errands.set_date, day, company))
        except PrepdeckError as error:
            self.ask_date(interview, day, company, sentence_of(error))
            return
        await self._look_again()
        key = self._app.keys.row("review.undo")
        self.say(f"Interview on {show_day(kept.date)}." + (f" {key.keys_shown} takes it back." if key else ""))

    async def _look_again(self) -> None:
        """Fetch anew what the page on top shows."""
        from prepdeck.tui.screens.assessment import AssessmentScreen
        from prepdeck.tui.screens.lists import ListsScreen
        from prepdeck.tui.screens.plan import PlanScreen
        from prepdeck.tui.screens.readiness import ReadinessScreen
        from prepdeck.tui.screens.road import RoadScreen

        clerk, errands, page = self._app.clerk, self._app.errands, self.page
        if isinstance(page, PlanScreen):
            shown = await clerk.ask(errands.report_plan)
            page.wanted = shown.usual_minutes
            page.show(shown)
        elif isinstance(page, RoadScreen | AssessmentScreen):
            page.show(await clerk.ask(errands.report_road))
        elif isinstance(page, ListsScreen):
            page.show(await clerk.ask(errands.list_tables))
        elif isinstance(page, ReadinessScreen):
            page.show(*await clerk.ask(errands.report_readiness))
        else:
            self.refresh_home()

    def begin(self, *, decks: tuple[str, ...] = (), only_new: bool = False, cram: bool = False) -> None:
        """Begin a round."""
        self.drilled = None
        work = partial(self._app.errands.begin_scope, decks, only_new=only_new, cram=cram)
        self.busily(self._begin(work))

    def redo(self, done: Sitting) -> None:
        """Ask once more what slipped in a round that is over; its dates stay."""
        self.busily(self._begin(partial(self._app.errands.redo, done)))

    async def _begin(self, work: Callable[[], Served]) -> None:
        served = await self._app.clerk.ask(work)
        request = served.sitting.request
        if served.view is not None:
            page = ReviewScreen(
                served.sitting,
                served.view,
                shows_times=self._app.shows_times,
                is_first_round=served.is_first_round,
            )
            await self._go_to(page)
            self.say(served.words)
        elif served.fault is not None:
            raise served.fault
        else:
            report = await self._app.clerk.ask(self._app.errands.report_home)
            await self._go_to(IdleScreen(report, scoped=bool(request.scope.decks), only_new=request.only_new))
            self.say(served.words)

    def finish(self, sitting: Sitting, seconds: float, *, first: bool, words: str = "") -> None:
        """Show the end of a round, with what happened last; one without an answer has none."""
        if not sitting.reviews:
            if self._end_drill(words):
                return
            self.go_home()
            self.say(words)
            return
        slipped = tuple(self._app.errands.title_of(card) for card in sitting.slipped)
        facts = RoundFacts(sitting, seconds, slipped, self._app.retention_goal, is_first=first)
        self._app.run_worker(self._finish(FinishedScreen(facts), words), group="page")

    async def _finish(self, page: FinishedScreen, words: str) -> None:
        await self._go_to(page)
        self.say(words)

    def stats(self) -> None:
        """Show the statistics."""
        self.busily(self._stats())

    async def _stats(self) -> None:
        from prepdeck.tui.screens.stats import FIRST_WINDOW, StatsScreen

        report = await self._app.clerk.ask(partial(self._app.errands.report_stats, FIRST_WINDOW))
        await self._go_to(StatsScreen(report))

    def write(self, slug: str | None, path: str = "") -> None:
        """Show a deck to its author; one that could not be read is known by its path."""
        self.busily(self._write(slug, path))

    async def _write(self, slug: str | None, path: str) -> None:
        from prepdeck.tui.screens.author import AuthorScreen

        preview = await self._app.clerk.ask(partial(self._app.errands.preview_deck, slug, path))
        await self._go_to(AuthorScreen(preview))

    def browse(self, slug: str | None) -> None:
        """Show the cards of a deck, or all cards."""
        self.busily(self._browse("" if slug is None else f"deck:{slug} "))

    async def _browse(self, words: str) -> None:
        from prepdeck.tui.screens.browse import BrowseScreen
        from prepdeck.tui.screens.browse_search import FIRST

        listing = await self._app.clerk.ask(partial(self._app.errands.list_cards, words, FIRST))
        lines = await self._app.clerk.ask(partial(self._app.errands.read_lines, listing, 0, FIRST))
        await self._go_to(BrowseScreen(listing, lines))

    def show_stories(self, marked: CardId | None = None, words: str = "") -> None:
        """Show the learner's stories, one of them marked."""
        self.busily(self._show_stories(marked, words))

    async def _show_stories(self, marked: CardId | None, words: str) -> None:
        from prepdeck.tui.screens.stories import StoriesScreen

        self.drilled = None
        matrix = await self._app.clerk.ask(self._app.errands.list_stories)
        await self._go_to(StoriesScreen(matrix, marked))
        self.say(words)

    def write_story(self, card: CardId | None, competencies: tuple[str, ...] = ()) -> None:
        """Show a story to be written, or a new one that shows some competencies."""
        self.busily(self._write_story(card, competencies))

    async def _write_story(self, card: CardId | None, competencies: tuple[str, ...]) -> None:
        from prepdeck.tui.screens.story import StoryScreen

        page = await self._app.clerk.ask(partial(self._app.errands.open_story, card, competencies))
        await self._go_to(StoryScreen(page))

    def drill_story(self, card: CardId, competency: str | None = None) -> None:
        """Begin a round of one story; its end leads back to the stories."""
        self.busily(self._drill_story(card, competency))

    async def _drill_story(self, card: CardId, competency: str | None) -> None:
        await self._begin(partial(self._app.errands.drill_story, card, competency))
        self.drilled = card

    def undo_into_round(self, sitting: Sitting | None) -> None:
        """Take back the last step; after a grade its card is asked again, in that round or in a new one."""
        self.busily(self._begin(partial(self._app.errands.undo_into, sitting)))

    def undo_from_home(self) -> None:
        """Take back the last step."""
        self.busily(self._undo_from_home())

    async def _undo_from_home(self) -> None:
        undone = await self._app.clerk.ask(self._app.errands.undo_from_home)
        await self._look_again()
        self.say(f"Undid {undone.words}.")

    def show_info(self, asking: Asking) -> None:
        """Show the facts of a card."""
        self.busily(self._show_info(asking))

    async def _show_info(self, asking: Asking) -> None:
        from prepdeck.tui.screens.info import InfoDialog

        record = await self._app.clerk.ask(partial(self._app.errands.show_card, asking.card.id))
        self._app.push_screen(InfoDialog(asking, record))

    def show_settings(self) -> None:
        """Show settings and keys."""
        self.busily(self._show_settings())

    async def _show_settings(self) -> None:
        from prepdeck.tui.screens.settings import SettingsScreen

        await self._go_to(SettingsScreen(await self._read_settings()))

    async def _read_settings(self) -> SettingPage:
        """Read the settings anew, and go by them."""
        from prepdeck.tui.screens.settings import SettingPage

        rows, settings = await self._app.clerk.ask(self._app.errands.list_settings)
        problems = self._app.use_settings(settings)
        return SettingPage(rows, settings.keys, (*settings.problems, *problems))

    def change_setting(self, line: SettingLine, value: str | None) -> None:
        """Write a setting or the keys of an action, and show what is in force then; None restores the default."""
        self.busily(self._change_setting(line, value))

    async def _change_setting(self, line: SettingLine, value: str | None) -> None:
        errands = self._app.errands
        write = errands.change_key if line.is_key else errands.change_setting
        await self._app.clerk.ask(partial(write, line.id, value))
        await self._show_settings_again(_change_words(line, value))

    def read_settings_again(self) -> None:
        """Show the settings as they are now."""
        self.busily(self._show_settings_again(""))

    async def _show_settings_again(self, words: str) -> None:
        from prepdeck.tui.screens.settings import SettingsScreen

        fresh = await self._read_settings()
        if isinstance(self.page, SettingsScreen):
            self.page.taken(fresh, words)

    def save_theme(self, name: str) -> None:
        """Keep the theme for the next start."""
        self._app.run_worker(self._save_theme(name), group="theme")

    async def _save_theme(self, name: str) -> None:
        try:
            await self._app.clerk.ask(partial(self._app.errands.save_theme, name))
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)

    def busily(self, work: Coroutine[None, None, None]) -> None:
        """Do one thing at a time: a key pressed twice begins one round.

        What is pressed on a page that came while the work before it still goes on is done after it.
        """
        if not self.is_busy:
            self._begin_work(work)
            return
        if self._waiting is not None:
            self._waiting[0].close()
            self._waiting = None
        if self.page is self._busy_on:
            work.close()
        else:
            self._waiting = (work, self.page)

    def _begin_work(self, work: Coroutine[None, None, None]) -> None:
        self.is_busy = True
        self._busy_on = self.page
        self._app.run_worker(self._until_done(work), group="page")

    async def _until_done(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
        finally:
            self.is_busy = False
            waiting, self._waiting = self._waiting, None
            if waiting is not None and waiting[1] is self.page:
                self._begin_work(waiting[0])
            elif waiting is not None:
                waiting[0].close()


def _change_words(line: SettingLine, value: str | None) -> str:
    """Return what a change of a setting means, as a sentence."""
    then = " from the next start" if line.waits else ""
    if value is None:
        return f"{line.id} has its default {line.default or 'none'} again{then}."
    return f"{line.id} is {value or 'none'}{then}; saved."
