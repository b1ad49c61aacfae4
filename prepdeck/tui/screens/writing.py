"""Code and outlines written on a card: the field, drafts that are kept, the learner's own editor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.containers import Container

from prepdeck.cards.code import Code
from prepdeck.errors import PrepdeckError
from prepdeck.tui.keys import KeyRow, show_key
from prepdeck.tui.review_state import Asking
from prepdeck.tui.screens.asking import AskingScreen
from prepdeck.tui.screens.editor import run_editor
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.frame import Hint

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.study.reviewing import CardView, Sitting
    from prepdeck.tui.widgets.draft import DraftField

KEEP_SECONDS = 5
"""While somebody writes, the draft is kept about so often."""


class WritingScreen(AskingScreen):
    """Shows cards that are answered in writing; a child runs code."""

    def __init__(self, sitting: Sitting, view: CardView, *, shows_times: bool, is_first_round: bool) -> None:
        super().__init__(sitting, view, shows_times=shows_times, is_first_round=is_first_round)
        self._field: DraftField | None = None
        self._kept = ""
        self._ticks_since_kept = 0
        self._read_back: CardId | None = None

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {
            **super().deeds(),
            "review.editor": lambda: self._begin_work(self._open_editor),
        }

    @property
    def is_typing(self) -> bool:
        """Whether keys go into a field."""
        return super().is_typing or (self._field is not None and self.focused is self._field)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar; in the field only keys that type nothing."""
        if self.asking is None or not self.asking.is_writing or not self.is_typing:
            return super().hints()
        rows = self.prepdeck.keys.rows_of(self.PLACE)
        wanted = {"review.run": 1, "review.submit": 2, "review.hint": 3, "app.commands": 5, "app.quit": 5}
        others = [
            Hint(show_key(_wordless(row)), row.word, row.id, wanted[row.id])
            for row in rows
            if row.id in wanted and self.can(row.id)
        ]
        out = "Cancel" if self.asking.running else "Leave"
        return [*others, Hint("Esc", out, "app.back", 0), Hint("F1", "Help", "app.help", 0)]

    # The field

    def ask(self, view: CardView) -> None:
        """Show the front of a card."""
        self.put_away()
        self._kept = view.draft or ""
        self._read_back = None
        super().ask(view)

    def _to_field(self) -> None:
        if self.now().takes_draft:
            self._begin_work(self._open_field)
        else:
            super()._to_field()

    async def _open_field(self) -> None:
        if self._field is None:
            from prepdeck.tui.widgets.draft import DraftField

            self._field = DraftField()
            await self.query_one("#stage", Container).mount(self._field)
        asking, field = self.now(), self._field
        if not asking.takes_draft:
            return
        body = asking.card.body
        language = body.language.value if isinstance(body, Code) else ""
        field.open(
            asking.draft,
            language=language,
            title=f"your code, {language}" if language else "your outline",
            footing="F2 runs, Esc leaves" if language else "Esc leaves",
        )
        self._become(replace(asking, is_writing=True))
        field.focus()

    def _become(self, asking: Asking, *, keeps_place: bool = True) -> None:
        """Show what became of the card, with the field where it is written on."""
        field = self._field
        if field is not None and field.display != asking.is_writing:
            field.display = asking.is_writing
            self.set_class(asking.is_writing, "-writing")
            if not asking.is_writing and self.focused is field:
                self.set_focus(None)
        super()._become(asking, keeps_place=keeps_place)

    def _go_on(self) -> None:
        if self.asking is not None and self.asking.is_writing:
            self._take_draft()
        super()._go_on()

    def leave_field(self) -> None:
        """Give the keys back to the page, and keep what was written."""
        if self.asking is not None and self.asking.is_writing:
            self._take_draft()
            self._become(replace(self.now(), is_writing=False))
        super().leave_field()

    def renew(self) -> None:
        """Draw everything anew, after the theme, the keys or the size changed."""
        super().renew()
        if self._field is not None:
            self._field.dress()
        if self._field is not None and self.asking is not None and self.asking.is_writing and not self.is_typing:
            self._field.focus()

    # Drafts

    def put_away(self) -> None:
        """Keep what is written, because the page may be left."""
        if self.asking is not None and not self.asking.shows_back:
            self._take_draft()

    def on_screen_suspend(self) -> None:
        """Keep what is written, and stop the times."""
        self.put_away()
        super().on_screen_suspend()

    def _tick(self) -> None:
        self._ticks_since_kept += 1
        if self._ticks_since_kept >= KEEP_SECONDS:
            self._ticks_since_kept = 0
            self.put_away()
        super()._tick()

    def _take_draft(self) -> None:
        """Remember what stands in the field, and have it kept if it is new."""
        if self.asking is None:
            return
        if self.asking.is_writing and self._field is not None:
            self.asking = self.asking.written(self._field.text)
        fresh = Asking.of(self.asking.view).draft
        known = self._kept or fresh
        draft = self.asking.draft
        if self.asking.takes_draft and draft.rstrip() != known.rstrip():
            self._kept = draft
            work = self.prepdeck.clerk.begin(partial(self.prepdeck.errands.keep_draft, self.asking.card, draft))
            self.run_worker(self._watch(work), group="draft")

    async def _watch(self, work: Future[Path]) -> None:
        try:
            await self.prepdeck.clerk.wait_for(work)
        except PrepdeckError as error:
            self._kept = ""
            self.say(sentence_of(error), is_error=True)

    # The learner's own editor

    async def _open_editor(self) -> None:
        app, errands = self.prepdeck, self.prepdeck.errands
        self._take_draft()
        card = self.now().card
        if self._read_back == card.id:
            self._read_back = None
            self._take_over(await app.clerk.ask(partial(errands.read_draft, card)))
            self.say("Read back what the file holds.")
            return
        path = await app.clerk.ask(partial(errands.keep_draft, card, self.now().draft))
        command = errands.editor_command(path)
        try:
            with self.app.suspend():
                fault = run_editor(command)
        except SuspendNotSupported:
            self._read_back = card.id
            self.app.copy_to_clipboard(str(path))
            self.say(f"No editor can be opened from here. The draft is in {path}; O reads it back.")
            return
        if fault:
            self.say(fault, is_error=True)
        self._take_over(await app.clerk.ask(partial(errands.read_draft, card)))

    def _take_over(self, draft: str | None) -> None:
        """Go on with a draft that was written elsewhere."""
        if draft is None:
            return
        self._kept = draft
        if self._field is not None and self.now().is_writing:
            self._field.load_text(draft)
        self._become(self.now().written(draft))

    def _begin_work(self, work: Callable[[], Awaitable[None]]) -> None:
        self.run_worker(self._until_done(work), group="field", exclusive=True)

    async def _until_done(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)


def _wordless(row: KeyRow) -> str:
    """Return the key of an action that types nothing."""
    return next((key for key in row.keys if len(key) > 1), row.keys[0])
