"""How questions of a mock are answered: options, stories told aloud, code that is run, help that is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from prepdeck.cards.card import Choice
from prepdeck.cards.cases import count_tests
from prepdeck.cards.code import Code
from prepdeck.errors import PrepdeckError
from prepdeck.interview.answer import PARTS
from prepdeck.interview.events import Chose, Clarified, Hinted, PartBegan, Picked, Probed, Ran, Said
from prepdeck.interview.mock import State, sheet_of
from prepdeck.interview.questions import Question, Sort
from prepdeck.tui.screens.consent import ConsentDialog
from prepdeck.tui.screens.editor import run_editor
from prepdeck.tui.screens.mock_dialogs import StoryDialog
from prepdeck.tui.screens.mock_kept import KeptMock
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.mock_sheets import SheetField

if TYPE_CHECKING:
    from textual.worker import Worker

    from prepdeck.cards.card import Card
    from prepdeck.cards.verdict import Verdict
    from prepdeck.interview.events import Event
    from prepdeck.study.mock_sitting import Sat


class AnsweredMock(KeptMock):
    """Answers the question on the table; a child shows it."""

    verdict: tuple[Verdict, int, int] | None = None
    """What the last run of the visible tests gave, with tests passed and tests there are."""
    running = ""
    """What is going on in the background."""
    _run: Worker[None] | None = None
    _read_back: Path | None = None

    @property
    def asked(self) -> Question | None:
        """The question on the table."""
        number = self.sat.mock.stop.question
        return None if number is None else self.sat.mock.questions[number]

    @property
    def number(self) -> int:
        """Its number; actions that need one are offered only while there is one."""
        return self.sat.mock.stop.question or 0

    @property
    def card(self) -> Card | None:
        """Its card."""
        asked = self.asked
        return None if asked is None or asked.card is None else self.sat.cards.get(asked.card)

    @property
    def is_code(self) -> bool:
        """Whether code is asked."""
        return self.asked is not None and self.asked.sort.is_code

    def answer_deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of answering does."""
        return {
            **{f"mock.choose_{number}": partial(self._choose, number - 1) for number in range(1, 9)},
            "mock.part": self._next_part,
            "mock.story": self._pick_story,
            "mock.said": self._say_aloud,
            "mock.hint": lambda: self._ask(Hinted),
            "mock.clarify": lambda: self._ask(self._next_clarification),
            "mock.probe": lambda: self._ask(Probed),
            "mock.run": self.begin_run,
            "mock.editor": lambda: self.begin_work(self._open_editor),
        }

    def can_answer(self, action: str) -> bool:
        """Tell whether an action of answering can be done now."""
        asked, mock = self.asked, self.sat.mock
        if asked is None or mock.state is not State.RUNNING:
            return False
        answer = mock.answers[self.number]
        match action:
            case "mock.part":
                return asked.sort is Sort.STAR
            case "mock.story":
                return asked.sort is Sort.STAR and bool(self.sat.stories)
            case "mock.said":
                return not asked.sort.is_code and asked.sort is not Sort.STAR
            case "mock.hint":
                return mock.terms.hints and answer.hints < asked.hints
            case "mock.clarify":
                return len(answer.clarified) < asked.clarifications
            case "mock.probe":
                return answer.probes < asked.probes
            case "mock.run":
                return self.is_code and self.card is not None and not self.running
            case "mock.editor":
                return self.is_code and self.card is not None
            case _:
                return self._can_choose(int(action.removeprefix("mock.choose_")) - 1)

    def _can_choose(self, place: int) -> bool:
        body = self.card.body if self.card is not None else None
        if isinstance(body, Choice):
            return place < len(body.options)
        return self.asked is not None and self.asked.sort is Sort.STAR and place < len(PARTS)

    def _choose(self, place: int) -> None:
        """Pick an option, or take it back; begin a part of a story."""
        body = self.card.body if self.card is not None else None
        if not isinstance(body, Choice):
            self._begin_part(PARTS[place])
            return
        picked = set(self.sat.mock.answers[self.number].options)
        kept = (picked ^ {place}) if body.takes_several else ({place} - picked)
        if self.do(lambda at: Chose(at, self.number, tuple(sorted(kept)))):
            self.show_stop()

    def _begin_part(self, part: str | None) -> None:
        if self.do(lambda at: PartBegan(at, self.number, part)):
            self.say(f"Telling: {part}." if part else "The story is told.")
            self.show_stop()

    def _next_part(self) -> None:
        telling = self.sat.mock.telling
        following = 0 if telling is None else PARTS.index(telling[1]) + 1
        self._begin_part(PARTS[following] if following < len(PARTS) else None)

    def _pick_story(self) -> None:
        told = self.sat.mock.answers[self.number].story
        self.app.push_screen(StoryDialog(self.sat.stories, told), self._take_story)

    def _take_story(self, answer: str | None) -> None:
        if answer is not None and answer.isdigit():
            name = self.sat.stories[int(answer)][0]
            if self.do(lambda at: Picked(at, self.number, name)):
                self.show_stop()

    def _say_aloud(self) -> None:
        is_on = not self.sat.mock.answers[self.number].is_said
        if self.do(lambda at: Said(at, self.number, is_on)):
            self.say("Noted as answered aloud." if is_on else "No longer noted as answered aloud.")

    def _ask(self, make: Callable[[int, int], Hinted | Clarified | Probed]) -> None:
        """Ask for help, which is counted and shown at the end of the prompt."""
        if self.do(lambda at: make(at, self.number)):
            self.show_stop(at_end=True)

    def _next_clarification(self, at: int, number: int) -> Clarified:
        asked = self.sat.mock.answers[number].clarified
        return Clarified(at, number, next(place for place in range(len(asked) + 1) if place not in asked))

    # Code

    @property
    def code(self) -> str:
        """The code as it stands in its field."""
        return self.query_one("#code", SheetField).text

    def begin_run(self) -> None:
        """Run the code against the visible tests."""
        self.say("")
        self._run = self.run_worker(self._judge(), group="judge", exclusive=True)

    async def _judge(self) -> None:
        app, card, number = self.prepdeck, self.card, self.number
        if card is None or not isinstance(card.body, Code):
            return
        try:
            pieces = await app.clerk.ask(partial(app.errands.code_to_trust, card))
            if pieces:
                await app.push_screen(ConsentDialog(card, pieces), self._after_consent)
                return
            self.running = f"running the visible tests {app.glyphs.ellipsis}"
            self.show_stop(at_end=True)
            verdict = await asyncio.to_thread(app.errands.judge, card, self.code, is_submission=False)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        finally:
            self.running = ""
        passed, of = count_tests(card.body, verdict, is_submission=False)
        if self.do(lambda at: Ran(at, number, passed, of)) and number == self.number:
            self.verdict = (verdict, passed, of)
            self.say(f"{passed} of {of} visible tests passed.")
        self.save()
        self.show_stop(at_end=True)

    def _after_consent(self, answer: str | None) -> None:
        if answer is None:
            self.say("Nothing was run.")
        else:
            self.begin_work(self._remember_consent)

    async def _remember_consent(self) -> None:
        if self.card is not None:
            await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.give_consent, self.card))
            self.begin_run()

    def cancel_run(self) -> bool:
        """End a run, and tell whether there was one."""
        if self._run is None or not self.running:
            return False
        self._run.cancel()
        self._run = None
        self.prepdeck.errands.call_off_runs()
        self.say("Cancelled.")
        return True

    async def _open_editor(self) -> None:
        from prepdeck.study.mock_editing import DraftWatch

        app, errands = self.prepdeck, self.prepdeck.errands
        if self._read_back is not None:
            path, self._read_back = self._read_back, None
            self._take_code(await app.clerk.ask(partial(errands.take_mock_draft, path)))
            self.say("Read back what the file holds.")
            return
        await self.save_last()
        path = await app.clerk.ask(partial(errands.open_mock_draft, self.sat, self.number))
        watch = DraftWatch(self.sat, self.number, path, self._reader, self._store_meanwhile)
        try:
            with self.app.suspend():
                fault = run_editor(errands.editor_command(path), watch.look)
        except SuspendNotSupported:
            self._read_back = path
            self.app.copy_to_clipboard(str(path))
            self.say(f"No editor can be opened from here. The draft is in {path}; O reads it back.")
            return
        self.take(watch.sat)
        self._show_code()
        if watch.is_late:
            self.say("What your editor saved after 0:00 is not taken.", is_error=True)
        if fault:
            self.say(fault, is_error=True)
        self.save()

    def _store_meanwhile(self, sat: Sat) -> tuple[Event, ...]:
        """Have a mock stored while an editor has the terminal; the next save finds out what came of it."""
        if self._keeper is not None:
            self.prepdeck.clerk.begin(partial(self._keeper.store, sat))
        return ()

    def _show_code(self) -> None:
        """Show the code as the mock has it."""
        from prepdeck.study.mock_editing import code_of

        field = self.query_one("#code", SheetField)
        if field.sheet == sheet_of(self.number, is_code=True):
            field.put(field.sheet, code_of(self.sat, self.number), field.written_in)

    def _take_code(self, text: str | None) -> None:
        field = self.query_one("#code", SheetField)
        if text is None or field.read_only or field.sheet != sheet_of(self.number, is_code=True):
            return
        from prepdeck.study.mock_sitting import moment_ms

        self._typed_at[field.sheet] = moment_ms(self.sat, self._reader())
        field.put(field.sheet, text, field.written_in)
        self.save()

    def begin_work(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do something that takes a while; what goes wrong is said."""
        self.run_worker(self._until_done(work), group="work", exclusive=True)

    async def _until_done(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
