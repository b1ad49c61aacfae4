"""The page a story is written on: five parts against the clock, saved on leaving each field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
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
from prepdeck.tui.screens.story_offer import OfferDialog
from prepdeck.tui.widgets.frame import Hint, TitleBar
from prepdeck.tui.widgets.story_fields import Competencies, StoryField
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.study.story_drafts import SavedDraft, StoryPage

FIELDS: Final = ("title", "situation", "task", "action", "result", "reflection", "metric")
"""Fields of text, in the order they are written."""
SECONDS_BETWEEN_DRAFTS: Final = 2.0
"""How much typing a crash costs at most, besides the time that writing takes."""
PARTS: Final = FIELDS[1:6]
"""The parts that are told."""


class StoryScreen(FramedScreen):
    """Holds one draft; every save goes through the clerk, one after the other."""

    PLACE = Place.STORY
    CSS_PATH = "story.tcss"

    def __init__(self, page: StoryPage) -> None:
        super().__init__()
        self._entered: Widget | None = None
        self._page = page
        self._is_left = False
        self._is_kept = True
        """Whether everything typed is in the deck or in the draft."""

    def compose_body(self) -> Iterator[Widget]:
        """Yield the fields and the competencies."""
        with Container(id="desk"), VerticalScroll(id="fields", can_focus=False):
            for name in FIELDS:
                yield StoryField(name)
            yield Competencies()

    def on_mount(self) -> None:
        """Fill the fields, and ask about what was typed before."""
        self._fill()
        self.query(StoryField).first().enter()
        self.set_interval(SECONDS_BETWEEN_DRAFTS, self._keep)
        if self._page.offered is not None:
            self.app.push_screen(OfferDialog(self._page.offered), self._answer_offer)

    def _fill(self) -> None:
        for field in self.query(StoryField):
            text = self._page.fields.get(field.field, "")
            field.fill(text if isinstance(text, str) else "")
        shown = self._page.fields.get("competencies", ())
        ticked = shown if isinstance(shown, tuple) else ()
        self.query_one(Competencies).show(self._page.competencies, ticked, self._page.holes)
        self._count()

    def _answer_offer(self, answer: str | None) -> None:
        self.run_worker(self._take_up() if answer == "yes" else self._turn_down(), group="save")

    async def _take_up(self) -> None:
        from prepdeck.study.story_drafts import take_up

        self._page = take_up(self._page)
        self._fill()
        self.query(StoryField).first().enter()
        self.say("Your draft is in the fields. It is saved when you leave one of them.")

    async def _turn_down(self) -> None:
        app = self.prepdeck
        try:
            self._page, kept = await app.clerk.ask(partial(app.errands.turn_down_story, self._page))
            self.say(f"Your draft is kept in {kept}.")
        except PrepdeckError as error:
            self._page = replace(self._page, offered=None)
            self.say(sentence_of(error), is_error=True)

    # Counting

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Count words and seconds as they are typed."""
        message.stop()
        self._is_kept = False
        self._count()

    def _count(self) -> None:
        from prepdeck.study.story_clock import seconds_of, words_in

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
        self._is_kept = True
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

    def _keep(self) -> None:
        """Keep a draft of what was typed since the last time."""
        if not self._is_kept and not self._is_left and self._page.offered is None:
            self._is_kept = True
            errands = self.prepdeck.errands
            work = self.prepdeck.clerk.begin(partial(errands.keep_story, self._page.draft, self._typed()))
            self.run_worker(self._watch_draft(work), group="draft")

    async def _watch_draft(self, work: Future[None]) -> None:
        try:
            await self.prepdeck.clerk.wait_for(work)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:  # noqa: ARG002 - Textual's signature
        """Save what was typed when a field is left."""
        if not self._is_left and self.is_mounted and self._page.offered is None:
            self.run_worker(self._watch(self._begin_save(), says=False), group="save")

    def put_away(self) -> None:
        """Save everything, because the program may end."""
        if not self._is_left and self._page.offered is None:
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
            stop.focus(scroll_visible=False)
            stop.scroll_visible(animate=False)

    def _show_focused(self) -> None:
        if self.focused is not None and self.is_current:
            self.focused.scroll_visible(animate=False)

    def say(self, words: str, *, is_error: bool = False) -> None:
        """Say a sentence above the key bar, which may leave the fields less room."""
        super().say(words, is_error=is_error)
        self.call_after_refresh(self._show_focused)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Keep the field in sight that is written in, and give it back what a window too small has taken."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if self.focused is None and self.is_current and self._entered is not None:
            self._entered.focus(scroll_visible=False)
        self._show_focused()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys of the field that is entered."""
        self._entered = event.widget
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
