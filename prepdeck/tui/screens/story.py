"""The page a story is written on: five parts against the clock, saved on leaving each field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.containers import Container, VerticalScroll
from textual.widget import Widget
from textual.widgets import TextArea

from prepdeck.errors import PrepdeckError
from prepdeck.text.counts import counted
from prepdeck.tui.keys import KeyRow, Place, show_key
from prepdeck.tui.rows import Tone, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.frame import Hint, TitleBar
from prepdeck.tui.widgets.story_fields import Competencies, StoryField
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.study.story_drafts import SavedDraft, StoryPage

FIELDS: Final = ("title", "situation", "task", "action", "result", "reflection", "metric")
"""Fields of text, in the order they are written."""
PARTS: Final = FIELDS[1:6]
"""The parts that are told."""


class StoryScreen(FramedScreen):
    """Holds one draft; every save goes through the clerk, one after the other."""

    PLACE = Place.STORY
    CSS_PATH = "story.tcss"

    def __init__(self, page: StoryPage) -> None:
        super().__init__()
        self._page = page
        self._is_left = False

    def compose_body(self) -> Iterator[Widget]:
        """Yield the fields and the competencies."""
        with Container(id="desk"), VerticalScroll(id="fields", can_focus=False):
            for name in FIELDS:
                yield StoryField(name)
            yield Competencies()

    def on_mount(self) -> None:
        """Fill the fields."""
        for field in self.query(StoryField):
            text = self._page.fields.get(field.field, "")
            field.fill(text if isinstance(text, str) else "")
        shown = self._page.fields.get("competencies", ())
        ticked = shown if isinstance(shown, tuple) else ()
        self.query_one(Competencies).show(self._page.competencies, ticked, self._page.holes)
        self._count()
        self.query(StoryField).first().enter()

    # Counting

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Count words and seconds as they are typed."""
        message.stop()
        self._count()

    def _count(self) -> None:
        from prepdeck.study.stories import seconds_of, words_in

        total = 0
        aims = self._page.aims
        for field in self.query(StoryField):
            if field.field not in PARTS:
                continue
            words = words_in(field.text)
            total += words
            seconds, aim = seconds_of(words), aims[field.field]
            over = f", {seconds - aim} s over" if seconds > aim else ""
            field.tell(f"{counted(words, 'word')}, {seconds} of {aim} s{over}")
            field.set_class(bool(over), "-over")
        told, whole = seconds_of(total), self._page.aim_seconds
        tone = Tone.ERROR if told > whole else Tone.ACCENT
        clock = row(strong(show_seconds(told), tone), muted(f" of {show_seconds(whole)}"))
        rights = (row(muted(f"{counted(total, 'word')}   "), *clock.pieces), clock)
        what = "new" if self._page.draft.card is None else self._page.draft.card.card
        self.query_one(TitleBar).show(row(strong("Story", Tone.PRIMARY), muted(f"  {what}")), rights)

    # Saving

    def _typed(self) -> dict[str, str | tuple[str, ...]]:
        typed: dict[str, str | tuple[str, ...]] = {field.field: field.text for field in self.query(StoryField)}
        return {**typed, "competencies": self.query_one(Competencies).ticked}

    def _begin_save(self, *, is_last: bool = False, overwrites: bool = False) -> Future[SavedDraft]:
        """Have everything saved that was typed; this is done even if the page closes meanwhile."""
        draft = self._page.draft
        over = draft.conflicts if overwrites else frozenset[str]()
        errands = self.prepdeck.errands
        return self.prepdeck.clerk.begin(partial(errands.save_story, draft, self._typed(), over, is_last=is_last))

    async def _watch(self, work: Future[SavedDraft], *, says: bool) -> None:
        try:
            saved = await self.prepdeck.clerk.wait_for(work)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        if saved.fault:
            self.say(saved.fault, is_error=True)
        elif saved.changed or says:
            self.say("Saved." if saved.changed else "All is saved.")
        self._count()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:  # noqa: ARG002 - Textual's signature
        """Save what was typed when a field is left."""
        if not self._is_left and self.is_mounted:
            self.run_worker(self._watch(self._begin_save(), says=False), group="save")

    def put_away(self) -> None:
        """Save everything, because the program may end."""
        if not self._is_left:
            self._begin_save(is_last=True)

    def _save(self) -> None:
        self.run_worker(self._watch(self._begin_save(overwrites=True), says=True), group="save")

    def _leave(self) -> None:
        if not self._is_left:
            self._is_left = True
            self.run_worker(self._save_and_leave(), group="save")

    async def _save_and_leave(self) -> None:
        try:
            saved = await self.prepdeck.clerk.wait_for(self._begin_save(is_last=True))
        except PrepdeckError as error:
            self._is_left = False
            self.say(sentence_of(error), is_error=True)
            return
        self.prepdeck.pages.show_stories(self._page.draft.card, saved.fault or ("Saved." if saved.changed else ""))

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        ticks = self.query_one(Competencies)
        return {
            "story.save": self._save,
            "story.next": lambda: self._step(1),
            "story.previous": lambda: self._step(-1),
            "story.tick": self._tick,
            "move.down": lambda: ticks.mark(ticks.marked + 1),
            "move.up": lambda: ticks.mark(ticks.marked - 1),
            "move.page_down": lambda: ticks.mark(ticks.marked + ticks.page),
            "move.page_up": lambda: ticks.mark(ticks.marked - ticks.page),
            "move.top": lambda: ticks.mark(0),
            "move.bottom": lambda: ticks.mark(1 << 30),
            "app.back": self._leave,
            "app.leave": self._leave,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        if action == "story.tick" or action.startswith("move."):
            return isinstance(self.focused, Competencies)
        return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return {"app.leave": "Done", "app.back": "Done"}.get(key.id, key.word)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar: keys that type nothing."""
        wanted = {"story.save": 3, "story.next": 1, "story.tick": 2, "app.commands": 5, "app.help": 0, "app.back": 0}
        hints = []
        for found in self.available():
            if found.id in wanted:
                key = next((key for key in found.keys if len(key) > 1), found.keys[0])
                hints.append(Hint(show_key(key), self.word_for(found), found.id, wanted[found.id]))
        return hints

    def _step(self, by: int) -> None:
        stops: list[Widget] = [*self.query(StoryField), self.query_one(Competencies)]
        here = next((number for number, stop in enumerate(stops) if stop is self.focused), -1)
        stop = stops[(here + by) % len(stops)]
        if isinstance(stop, StoryField):
            stop.enter()
        else:
            stop.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002 - Textual's signature
        """Show the keys of the field that is entered."""
        self.refresh_keys()

    def _tick(self) -> None:
        if not self.query_one(Competencies).turn():
            self.say("A story shows at least one competency.")

    def press(self, target: str) -> None:
        """Tick what was clicked; other names are actions."""
        kind, _, number = target.partition(":")
        if kind == "ticks":
            ticks = self.query_one(Competencies)
            ticks.focus()
            ticks.mark(int(number))
            self._tick()
        else:
            self.perform(target)

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        for field in self.query(StoryField):
            field.dress()
