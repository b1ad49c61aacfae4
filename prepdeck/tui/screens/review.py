"""The review screen: the next card is drawn once the grade of this one is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from prepdeck.errors import PrepdeckError
from prepdeck.scheduling.grade import Grade
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.screens.running import RunningScreen

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView, Sitting
    from prepdeck.tui.errands import Served


class ReviewScreen(RunningScreen):
    """Holds a sitting; a grade is handed to the clerk, and until it is stored nothing moves."""

    def __init__(self, sitting: Sitting, view: CardView, *, shows_times: bool, is_first_round: bool) -> None:
        super().__init__(sitting, view, shows_times=shows_times, is_first_round=is_first_round)
        self.is_storing = False
        """Whether something is on its way to the store; keys that change it are ignored until it is there."""
        self._leaves_after = False
        self._has_left = False

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        grades = {f"review.{grade.value}": partial(self._grade, grade) for grade in Grade}
        return {
            **super().deeds(),
            **grades,
            "review.accept": self._accept,
            "review.undo": lambda: self._hand_over(partial(self.prepdeck.errands.undo, self.sitting)),
            "app.back": self._back,
            "app.leave": self._leave,
        }

    def _accept(self) -> None:
        suggested = self.now().suggested
        if suggested is not None:
            self._grade(suggested)

    def _grade(self, grade: Grade) -> None:
        seconds, wording = self.seconds_on_card(), self.now().view.wording
        self._hand_over(partial(self.prepdeck.errands.answer, self.sitting, grade.quality, seconds, wording))

    def fetch_card(self) -> None:
        """Try again to load a card that could not be loaded."""
        self._hand_over(partial(self.prepdeck.errands.serve, self.sitting))

    def _hand_over(self, work: Callable[[], Served]) -> None:
        """Give work to the clerk; nothing else is taken on until it is done."""
        if self.is_storing or self._has_left:
            return
        self.is_storing = True
        self.run_worker(self._wait_for(self.prepdeck.clerk.begin(work)), group="store")

    async def _wait_for(self, work: Future[Served]) -> None:
        try:
            served = await self.prepdeck.clerk.wait_for(work)
        except PrepdeckError as error:
            self.is_storing = False
            self.say(sentence_of(error), is_error=True)
        else:
            self.is_storing = False
            self._take(served)
        if self._leaves_after:
            self._leave()

    def _take(self, served: Served) -> None:
        """Show what the store holds now."""
        self.sitting = served.sitting
        self.say(served.words)
        if served.view is not None:
            self.ask(served.view)
        elif served.fault is not None:
            self.lose_card()
            self.say(sentence_of(served.fault), is_error=True)
        else:
            self._leave()

    def _back(self) -> None:
        if self.cancel():
            return
        if self.is_typing:
            self.leave_field()
        else:
            self._leave()

    def _leave(self) -> None:
        """Go to the end of the round, or straight home when nothing was answered; what is being stored comes first."""
        self.put_away()
        if self.is_storing:
            self._leaves_after = True
        elif not self._has_left:
            self._has_left = True
            seconds = self.round_watch.read(self.prepdeck.seconds())
            self.prepdeck.pages.finish(self.sitting, seconds, first=self.is_first_round)
