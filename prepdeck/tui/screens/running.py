"""Runs of written code against the tests of its card, away from the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from prepdeck.errors import PrepdeckError
from prepdeck.tui.screens.consent import ConsentDialog
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.screens.writing import WritingScreen
from prepdeck.tui.widgets.card import CardPanel

if TYPE_CHECKING:
    from textual.worker import Worker

    from prepdeck.study.reviewing import CardView, Sitting


class RunningScreen(WritingScreen):
    """Shows cards whose code is run; a child stores the grade."""

    def __init__(self, sitting: Sitting, view: CardView, *, shows_times: bool, is_first_round: bool) -> None:
        super().__init__(sitting, view, shows_times=shows_times, is_first_round=is_first_round)
        self._run: Worker[None] | None = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {
            **super().deeds(),
            "review.run": partial(self._begin_run, is_submission=False),
            "review.submit": partial(self._begin_run, is_submission=True),
        }

    def ask(self, view: CardView) -> None:
        """Show the front of a card; a run of the one before is not waited for."""
        self._cancel_run()
        super().ask(view)

    def _begin_run(self, *, is_submission: bool) -> None:
        self.say("")
        self._take_draft()
        self._run = self.run_worker(self._judge(is_submission=is_submission), group="judge", exclusive=True)

    async def _judge(self, *, is_submission: bool) -> None:
        app, asking, seconds = self.prepdeck, self.now(), self.seconds_on_card()
        card = asking.card
        try:
            pieces = await app.clerk.ask(partial(app.errands.code_to_trust, card))
            if pieces:
                answered = partial(self._after_consent, is_submission=is_submission)
                await app.push_screen(ConsentDialog(card, pieces), answered)
                return
            what = "all tests" if is_submission else "the visible tests"
            self._become(replace(self.now(), running=f"running {what} {app.glyphs.ellipsis}"))
            self.query_one(CardPanel).go_to_answer()
            verdict = await asyncio.to_thread(app.errands.judge, card, asking.draft, is_submission=is_submission)
        except PrepdeckError as error:
            if self.asking is not None:
                self._become(replace(self.asking, running=""))
            self.say(sentence_of(error), is_error=True)
            return
        if self.asking is None or self.asking.card is not card:
            return
        if self.asking.is_writing and self._field is not None:
            self.asking = self.asking.written(self._field.text)
        self._become(self.asking.judged(verdict, seconds if is_submission else None))
        if not self.asking.is_revealed:
            self.query_one(CardPanel).go_to_answer()

    def _after_consent(self, answer: str | None, *, is_submission: bool) -> None:
        if self.asking is None or not self.asking.can_run:
            return
        if answer is None:
            self.say("Nothing was run.")
            return
        self._begin_work(partial(self._remember_consent, is_submission=is_submission))

    async def _remember_consent(self, *, is_submission: bool) -> None:
        await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.give_consent, self.now().card))
        self._begin_run(is_submission=is_submission)

    def cancel(self) -> bool:
        """End a run, and tell whether there was one."""
        if self.asking is None or not self.asking.running:
            return False
        self._cancel_run()
        self._become(replace(self.asking, running=""))
        self.say("Cancelled.")
        return True

    def _cancel_run(self) -> None:
        if self._run is not None:
            self._run.cancel()
            self._run = None
            self.prepdeck.errands.call_off_runs()
