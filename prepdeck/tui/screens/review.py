"""The review screen: the next card is drawn once the grade of this one is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from prepdeck.errors import PrepdeckError
from prepdeck.scheduling.grade import Grade
from prepdeck.tui.screens.editor import run_editor
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.screens.running import RunningScreen

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
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
        self._unkept: dict[CardId, str] = {}

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        grades = {f"review.{grade.value}": partial(self._grade, grade) for grade in Grade}
        return {
            **super().deeds(),
            **grades,
            "review.accept": self._accept,
            "review.undo": lambda: self._hand_over(partial(self.prepdeck.errands.undo, self.sitting)),
            "review.bury": lambda: self._handle("bury"),
            "review.suspend": lambda: self._handle("suspend"),
            "review.flag": lambda: self._handle("unflag" if self.now().view.handling.flagged else "flag"),
            "review.note": self._open_note,
            "review.edit": self._edit,
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

    def _handle(self, step: str) -> None:
        """Bury, suspend, flag or unflag the card."""
        from prepdeck.study.round_handling import Step

        self._hand_over(partial(self.prepdeck.errands.handle_asked, self.sitting, Step(step)))

    def _open_note(self) -> None:
        """Let the learner write beside the card."""
        from prepdeck.tui.screens.note import NoteDialog

        if self.is_storing or self._has_left:
            return
        asking = self.now()
        known, unkept = asking.view.handling.note, self._unkept.pop(asking.card.id, None)
        self.app.push_screen(NoteDialog(asking.card.title, known, self._keep_note, unkept=unkept))

    def _keep_note(self, text: str) -> None:
        """Have a note stored; one that could not be stored is what the key opens next time."""
        self._unkept[self.now().card.id] = text
        self._hand_over(partial(self.prepdeck.errands.note_asked, self.sitting, text))

    def put_away(self) -> None:
        """Keep what is written and not kept yet, because the program may end."""
        super().put_away()
        from prepdeck.tui.screens.note import NoteDialog

        dialog = self.app.screen
        if isinstance(dialog, NoteDialog) and dialog.is_mounted and dialog.unkept is not None:
            self._keep_note(dialog.unkept)

    def _edit(self) -> None:
        """Open the learner's editor at the card, and take in what was written."""
        if self.is_storing or self._has_left:
            return
        self.is_storing = True
        self.run_worker(self._edit_card(), group="store")

    async def _edit_card(self) -> None:
        from prepdeck.study.editors import editor_at

        clerk, errands, fault = self.prepdeck.clerk, self.prepdeck.errands, ""
        try:
            path, line = await clerk.ask(partial(errands.place_of, self.now().card.id))
            command = editor_at(path, line)
            self.on_screen_suspend()
            try:
                with self.app.suspend():
                    fault = run_editor(command)
            except SuspendNotSupported:
                self.app.copy_to_clipboard(f"{path}:{line}")
                fault = f"No editor can be opened from here. The place is {path}:{line}; e takes in what changed."
            finally:
                self.on_screen_resume()
            served = await clerk.ask(partial(errands.read_again, self.sitting))
        except PrepdeckError as error:
            self.is_storing = False
            self.say(sentence_of(error), is_error=True)
            return
        self.is_storing = False
        self._take(served)
        if fault and self.is_current:
            self.say(fault, is_error=True)
        if self._leaves_after:
            self._leave()

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
        self._unkept.clear()
        self.say(served.words)
        if served.view is not None and served.keeps_place and self.asking is not None:
            self.renew_view(served.view)
        elif served.view is not None:
            self.ask(served.view)
        elif served.fault is not None:
            self.lose_card()
            self.say(sentence_of(served.fault), is_error=True)
        else:
            self._leave(served.words)

    def _back(self) -> None:
        if self.cancel():
            return
        if self.is_typing:
            self.leave_field()
        else:
            self._leave()

    def _leave(self, words: str = "") -> None:
        """Go to the end of the round, or straight home when nothing was answered; what is being stored comes first."""
        self.put_away()
        if self.is_storing:
            self._leaves_after = True
        elif not self._has_left:
            self._has_left = True
            seconds = self.round_watch.read(self.prepdeck.seconds())
            self.prepdeck.pages.finish(self.sitting, seconds, first=self.is_first_round, words=words)
