"""The way through a mock: set-up, the mock itself, marking, debrief, history."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from prepdeck.interview.mock import End
from prepdeck.interview.terms import Mode
from prepdeck.tui.mock_words import Comfort
from prepdeck.tui.pages import Pages
from prepdeck.tui.screens.mock_predict import LoopDialog, PredictDialog, WaitingDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prepdeck.cards.blueprint import Blueprint
    from prepdeck.study.mock_closing import Closed
    from prepdeck.study.mock_loops import RestFacts
    from prepdeck.study.mock_sitting import Sat
    from prepdeck.study.mock_wishes import MockWish
    from prepdeck.tui.widgets.mock_formats import Choices


class MockPages(Pages):
    """Moves between the pages of mocks; `Navigator` is one."""

    # Setting up and sitting a mock

    _chosen: Choices | None = None
    """How mocks were last sat, as long as the program runs."""

    @property
    def choices(self) -> Choices:
        """How mocks were last sat since the program began; before that, what the settings say."""
        from prepdeck.tui.widgets.mock_formats import Choices

        if self._chosen is not None:
            return self._chosen
        settings = self._app.errands.desk.settings
        return Choices(
            factor=Fraction(settings.mock_time_factor),
            comfort=Comfort(bell=settings.mock_bell, hides_clock=settings.mock_hide_clock),
        )

    def set_up_mock(self, words: str = "", chosen: str = "") -> None:
        """Show the formats of mocks, one of them marked, and before them a mock that was cut off."""
        self.busily(self._set_up_mock(words, chosen))

    async def _set_up_mock(self, words: str, chosen: str = "") -> None:
        from prepdeck.tui.screens.mock_setup import MockSetupScreen

        clerk, errands = self._app.clerk, self._app.errands
        formats, last = await clerk.ask(errands.list_formats)
        stopped = await clerk.ask(errands.list_stopped)
        loop = None if stopped else await clerk.ask(errands.waiting_loop)
        await self._go_to(MockSetupScreen(formats, stopped, last, self.choices, chosen))
        self.say(words)
        if loop is not None:
            self._app.push_screen(WaitingDialog(loop), partial(self._take_loop, loop))

    def _take_loop(self, facts: RestFacts, answer: str | None) -> None:
        """Go on with a loop that waits between two rounds, or give it up."""
        if answer == "go":
            self.busily(self._show_rest(facts))
        elif answer == "discard":
            self.busily(self._give_up_loop(facts))

    async def _show_rest(self, facts: RestFacts) -> None:
        from prepdeck.tui.screens.mock_rest import RestScreen

        await self._go_to(RestScreen(facts))

    async def _give_up_loop(self, facts: RestFacts) -> None:
        await self._app.clerk.ask(partial(self._app.errands.give_up_loop, facts.loop))
        await self._set_up_mock("Given up: the rounds that were sat keep their marks.")

    async def enter_mock(self, wish: MockWish) -> None:
        """Show the mock the program was started for."""
        clerk, errands = self._app.clerk, self._app.errands
        match wish.what:
            case None:
                await self._set_up_mock("")
            case "resume":
                waiting = await clerk.ask(errands.list_stopped)
                loop = await clerk.ask(errands.waiting_loop) if wish.which is None and not waiting else None
                if loop is not None and not wish.end:
                    await self._show_rest(loop)
                    return
                if loop is not None and wish.end == "discard":
                    await self._give_up_loop(loop)
                    return
                stopped = await clerk.ask(partial(errands.find_stopped, wish.which))
                if stopped.is_over and wish.end != "discard":
                    self.mark_mock(await clerk.ask(partial(errands.load_mock, stopped.id)))
                elif wish.end == "finish":
                    self.mark_mock(await clerk.ask(partial(errands.finish_stopped, stopped.id)))
                elif wish.end == "discard":
                    await self._discard_mock(stopped.id)
                else:
                    mode = Mode.PRACTICE if wish.terms.mode is Mode.PRACTICE else None
                    await self._sit(partial(errands.recover_mock, stopped.id, mode), self.choices.comfort)
            case words:
                await self._sit(partial(errands.begin_named, words, wish.terms), self.choices.comfort)

    def begin_mock(self, blueprint: Blueprint, choices: Choices) -> None:
        """Start the clock of a mock, or of the first round of a loop."""
        self._chosen = choices
        errands = self._app.errands
        begin = errands.begin_loop if blueprint.is_loop else errands.begin_mock
        self.busily(self._sit(partial(begin, blueprint.id, choices.terms), choices.comfort))

    def recover_mock(self, name: str, mode: Mode) -> None:
        """Go on with a mock that was cut off."""
        self.busily(self._sit(partial(self._app.errands.recover_mock, name, mode), self.choices.comfort))

    async def interrupted_words(self) -> str:
        """Return a sentence on a mock that was cut off, for home; empty without one."""
        from prepdeck.tui.screens.mock_dialogs import stopped_words

        stopped = await self._app.clerk.ask(self._app.errands.list_stopped)
        key = self._app.keys.row("home.mock")
        does = "marks or discards it" if stopped and stopped[0].is_over else "resumes, marks or discards it"
        return f"{stopped_words(stopped[0])} {key.keys_shown if key else 'm'} {does}." if stopped else ""

    def finish_stopped(self, name: str) -> None:
        """End a mock that was cut off as it stood then, and go on to marking."""
        self.busily(self._finish_stopped(name))

    async def _finish_stopped(self, name: str) -> None:
        sat = await self._app.clerk.ask(partial(self._app.errands.finish_stopped, name))
        self._app.call_later(self.mark_mock, sat)  # not before this page is fetched: marking fetches one as well

    def discard_mock(self, name: str) -> None:
        """Give a mock up that was cut off."""
        self.busily(self._discard_mock(name))

    async def _discard_mock(self, name: str) -> None:
        await self._app.clerk.ask(partial(self._app.errands.discard_mock, name))
        await self._set_up_mock("Given up: it is kept without a verdict, and stays out of averages.")

    async def _sit(self, work: Callable[[], Sat], comfort: Comfort) -> None:
        """Show a mock whose clock runs; one whose time was up meanwhile goes on to marking."""
        from prepdeck.tui.screens.mock_run import MockScreen

        sat = await self._app.clerk.ask(work)
        await self._go_to(MockScreen(sat, comfort, self._app.errands.reader()))

    # Marking, debriefs, history

    def mark_mock(self, sat: Sat) -> None:
        """Go on to marking a mock that is over; the verdict is predicted before anything is shown."""
        from prepdeck.study.mock_sitting import waits_for_prediction

        if sat.mock.end is End.ABANDONED:
            self.show_debrief(sat.id)
        elif sat.scale is None or not waits_for_prediction(sat):
            self.busily(self._mark(sat, None))
        else:
            words = "Time is up." if sat.mock.end is End.TIME_UP else "The mock is finished."
            self._app.push_screen(PredictDialog(sat.scale, words), partial(self._predicted, sat))

    def _predicted(self, sat: Sat, verdict: str | None) -> None:
        if verdict is None:
            self.set_up_mock("The mock is over and stored; it waits to be marked.")
        else:
            self.busily(self._mark(sat, verdict))

    async def _mark(self, sat: Sat, verdict: str | None) -> None:
        from prepdeck.tui.screens.mock_mark import MarkScreen

        clerk, errands = self._app.clerk, self._app.errands
        if verdict is not None:
            sat = await clerk.ask(partial(errands.predict_mock, sat, verdict))
        if any(question.sort.is_code for question in sat.mock.questions):
            self.say("Running all tests on the code as it stands.")
        sat, past = await clerk.ask(partial(errands.judge_mock, sat))
        await self._go_to(MarkScreen(sat, past, errands.reader()))

    def mark_again(self, sat: Sat) -> None:
        """Go back from the debrief to the marks."""
        self.busily(self._mark(sat, None))

    def leave_marking(self, sat: Sat, words: str) -> None:
        """Leave the marks as they are; they are stored."""
        del sat
        self.set_up_mock(words)

    def close_mock(self, sat: Sat) -> None:
        """Save the marks, and show the debrief."""
        self.busily(self._show_closed(partial(self._app.errands.close_mock, sat)))

    def show_debrief(self, name: str, selected: Sequence[str] | None = None) -> None:
        """Show the debrief of a mock that is over.

        Args:
            name: The mock.
            selected: What is selected in the history that leads here and is gone back to; None when none does.
        """
        back = None if selected is None else partial(self.show_mocks, name, selected)
        self.busily(self._show_closed(partial(self._app.errands.open_debrief, name), back))

    async def _show_closed(self, work: Callable[[], Closed], back: Callable[[], None] | None = None) -> None:
        from prepdeck.tui.screens.mock_debrief import DebriefScreen

        await self._go_to(DebriefScreen(await self._app.clerk.ask(work), back))

    def after_debrief(self, sat: Sat) -> None:
        """Go on from a debrief: to the rest of a loop, to its next round, or to the formats."""
        self.busily(self._after_debrief(sat))

    async def _after_debrief(self, sat: Sat) -> None:
        clerk, errands = self._app.clerk, self._app.errands
        rest = await clerk.ask(partial(errands.rest_after, sat)) if sat.loop is not None else None
        if rest is not None:
            await self._show_rest(rest)
            return
        if self._app.is_one_round and sat.loop is None:
            self._app.leave(0)
            return
        words = await clerk.ask(partial(errands.loop_words, sat)) if sat.loop is not None else ""
        await self._set_up_mock("")
        if words:
            self._app.push_screen(LoopDialog(words))

    def next_round(self, loop: str) -> None:
        """Begin the next round of a loop."""
        self.busily(self._sit(partial(self._app.errands.next_round, loop), self.choices.comfort))

    def show_mocks(self, marked: str = "", selected: Sequence[str] = ()) -> None:
        """Show mocks that are over, and what they tell together."""
        self.busily(self._show_mocks(marked, selected))

    async def _show_mocks(self, marked: str, selected: Sequence[str]) -> None:
        from prepdeck.tui.screens.mock_history import MocksScreen

        found = await self._app.clerk.ask(self._app.errands.mock_history)
        await self._go_to(MocksScreen(found, marked, selected))

    def compare_mocks(self, first: str, second: str) -> None:
        """Show two mocks side by side."""
        self.busily(self._compare_mocks(first, second))

    async def _compare_mocks(self, first: str, second: str) -> None:
        from prepdeck.tui.screens.mock_history import CompareScreen

        work = partial(self._app.errands.compare_mocks, first, second)
        await self._go_to(CompareScreen(await self._app.clerk.ask(work)))
