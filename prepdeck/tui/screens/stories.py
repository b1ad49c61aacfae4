"""The stories page: every story, and the competencies that lack one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Container, Horizontal
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.text.counts import counted
from prepdeck.text.slugs import slug_words
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.screens.wheel import WheeledScreen
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.matrix import FaultBox, MarkedList, MatrixBox, StoryFacts, StoryList

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.study.story_matrix import Matrix
    from prepdeck.study.story_records import StoryRecord


class RemoveDialog(Dialog):
    """The question before a story is removed; closing it with an answer means yes.

    Args:
        story: The story.
    """

    TITLE_WORDS = "Remove this story?"
    FOOTING = "y removes it, Esc does not"

    def __init__(self, story: StoryRecord) -> None:
        super().__init__()
        self._story = story

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of a dialog does."""
        return {**super().deeds(), "dialog.yes": lambda: self._close("yes")}

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return the question."""
        words = "It leaves your deck and is asked no more. Its history stays, and its words are kept in a file."
        lines = [*wrap(self._story.title, width), "", *wrap(words, width)]
        return [row(foreign(line)) for line in lines]


class StoriesScreen(WheeledScreen):
    """Shows one matrix; what is changed comes back as another one."""

    PLACE = Place.STORIES
    CSS_PATH = "stories.tcss"

    def __init__(self, matrix: Matrix, marked: CardId | None = None) -> None:
        super().__init__()
        self._matrix = matrix
        self._wish = marked

    def compose_body(self) -> Iterator[Widget]:
        """Yield the stories, the marked one, and the competencies."""
        with Horizontal(id="desk"):
            with Container(id="told"):
                yield FaultBox()
                yield StoryList()
                yield StoryFacts()
            yield MatrixBox()

    def on_mount(self) -> None:
        """Show the stories."""
        names = [each.card.id for each in self._matrix.stories]
        self.show(self._matrix)
        if self._wish in names:
            self._stories.mark(names.index(self._wish))
        self._to_pane(self._stories)

    @property
    def _stories(self) -> StoryList:
        return self.query_one(StoryList)

    @property
    def _competencies(self) -> MatrixBox:
        return self.query_one(MatrixBox)

    @property
    def _pane(self) -> MarkedList:
        return self._competencies if self.has_class("-matrix") else self._stories

    def show(self, matrix: Matrix) -> None:
        """Show another matrix."""
        self._matrix = matrix
        count, holes = len(matrix.stories), len(matrix.holes)
        due = sum(each.is_due for each in matrix.stories)
        stories = f"{count} {'story' if count == 1 else 'stories'}"
        rights = (
            row(muted(f"{stories}   {due} due   "), strong(counted(holes, "hole"), Tone.ACCENT)),
            row(strong(counted(holes, "hole"), Tone.ACCENT)),
        )
        self.query_one(TitleBar).show(row(strong("Stories", Tone.PRIMARY)), rights)
        self._stories.show(matrix)
        key = self.prepdeck.keys.row("stories.problems")
        self.query_one(FaultBox).show(matrix.faults, key.keys_shown if key else "")
        self.set_class(bool(matrix.faults), "-faulty")
        self._draw()

    def _draw(self) -> None:
        story = self._stories.record
        self.query_one(StoryFacts).show(self._matrix, story)
        self._competencies.show(self._matrix, story)
        self.refresh_keys()

    def _to_pane(self, pane: MarkedList) -> None:
        self.set_class(isinstance(pane, MatrixBox), "-matrix")
        pane.focus()
        self._draw()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small has taken."""
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is not self._pane:
            self._pane.focus()

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        pane = self._pane
        return {
            "stories.drill": self._drill,
            "stories.edit": self._edit,
            "stories.add": self._add,
            "stories.remove": self._remove,
            "stories.problems": self._show_problems,
            "stories.panes": lambda: self._to_pane(self._stories if pane is self._competencies else self._competencies),
            "move.down": lambda: self._mark(pane.marked + 1),
            "move.up": lambda: self._mark(pane.marked - 1),
            "move.page_down": lambda: self._mark(pane.marked + pane.page),
            "move.page_up": lambda: self._mark(pane.marked - pane.page),
            "move.top": lambda: self._mark(0),
            "move.bottom": lambda: self._mark(1 << 30),
            "app.back": self.prepdeck.pages.go_home,
            "app.leave": self.prepdeck.pages.go_home,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        story = self._stories.record
        match action:
            case "stories.drill":
                return story is not None or self._pane is self._competencies
            case "stories.edit" | "stories.remove":
                return story is not None and self._pane is self._stories
            case "stories.problems":
                return bool(self._matrix.faults)
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        if key.id == "stories.drill" and self._pane is self._competencies:
            return "Which story?" if self._showing() else "Write one"
        return {"app.leave": "Home"}.get(key.id, key.word)

    def _mark(self, number: int) -> None:
        self._pane.mark(number)
        self._draw()

    def _showing(self) -> tuple[StoryRecord, ...]:
        competency = self._competencies.competency
        return self._matrix.showing(competency) if competency is not None else ()

    def _drill(self) -> None:
        competency, story = self._competencies.competency, self._stories.record
        if self._pane is self._competencies and competency is not None:
            showing = self._showing()
            if showing:
                least = min(showing, key=lambda each: each.reviews)
                self.prepdeck.pages.drill_story(least.card.id, competency)
            else:
                self.prepdeck.pages.write_story(None, (competency,))
        elif story is not None:
            self.prepdeck.pages.drill_story(story.card.id)

    def _edit(self) -> None:
        story = self._stories.record
        if story is not None:
            self.prepdeck.pages.write_story(story.card.id)

    def _show_problems(self) -> None:
        self.prepdeck.pages.write(None, str(self._matrix.faults[0].path))

    def _add(self) -> None:
        from prepdeck.study.story_faults import STORIES_FILE

        broken = next((fault for fault in self._matrix.faults if fault.is_whole), None)
        if broken is not None and broken.path.name == STORIES_FILE:
            self.say(
                f"A new story goes into {STORIES_FILE}, which cannot be read: mend line {broken.line} first.",
                is_error=True,
            )
            return
        competency = self._competencies.competency
        chosen = (competency,) if self._pane is self._competencies and competency is not None else ()
        self.prepdeck.pages.write_story(None, chosen)

    def _remove(self) -> None:
        story = self._stories.record
        if story is not None:
            self.app.push_screen(RemoveDialog(story), partial(self._removed, story))

    def _removed(self, story: StoryRecord, answer: str | None) -> None:
        if answer == "yes":
            self.run_worker(self._take_out(story), group="remove")

    async def _take_out(self, story: StoryRecord) -> None:
        app = self.prepdeck
        try:
            kept = await app.clerk.ask(partial(app.errands.remove_story, story.card.id))
            self.show(await app.clerk.ask(app.errands.list_stories))
            self.say(f"Removed {slug_words(story.card.id.card)}. Its words are kept in {kept}.")
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)

    def press(self, target: str) -> None:
        """Mark the row that was clicked; a marked row starts."""
        kind, _, number = target.partition(":")
        pane = {"stories": self._stories, "matrix": self._competencies}.get(kind)
        if pane is None:
            self.perform(target)
            return
        was_marked = pane is self._pane and pane.marked == int(number)
        self._to_pane(pane)
        self._mark(int(number))
        if was_marked:
            self.perform("stories.drill")

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        self.show(self._matrix)
