"""The self-assessment: a level for each skill, and the phase to begin with that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.road.assessment import LEVELS
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Row, Tone, muted, row, strong
from prepdeck.tui.screens.assessment_words import NO_SKILLS, LevelWords, proposal_rows, skill_entries
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.entries import EntryList
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.mock_prompt import PromptBox

if TYPE_CHECKING:
    from prepdeck.study.road import RoadPage

_LOW: Final = 16
"""Rows of a window below which the proposal takes less of them."""


class AssessmentScreen(FramedScreen):
    """Asks for a level of each skill; each is kept at once, and undo takes it back."""

    PLACE = Place.ASSESSMENT
    CSS_PATH = "assessment.tcss"

    def __init__(self, page: RoadPage) -> None:
        super().__init__()
        self._roadmap = page.roadmap
        self._levels = self._known(page)
        self._pending: dict[str, Future[None]] = {}

    def compose_body(self) -> Iterator[Widget]:
        """Yield what levels mean, the skills, and what they propose."""
        yield LevelWords()
        with Horizontal(id="middle"):
            yield EntryList("skills", "Skills", opens_all=True)
            yield PromptBox("proposal", "move.page_down")

    def on_mount(self) -> None:
        """Show everything, and begin at the first skill without a level."""
        skills = self.query_one(EntryList)
        skills.focus()
        self._show()
        first = next((number for number, each in enumerate(self._roadmap.skills) if each.id not in self._levels), 0)
        self._mark(first)

    def show(self, page: RoadPage) -> None:
        """Show what is kept now; what is still being kept stays as it was given."""
        given = {name: self._levels[name] for name in self._pending}
        self._roadmap = page.roadmap
        self._levels = self._known(page) | given
        self._show()

    @staticmethod
    def _known(page: RoadPage) -> dict[str, int]:
        known = {skill.id for skill in page.roadmap.skills}
        return {skill: level for skill, level in page.standing.levels.items() if skill in known}

    def _show(self) -> None:
        count, levels = len(self._roadmap.skills), dict(self._levels)
        footing = f"{len(levels)} of {count} answered" if count else ""
        self.query_one(EntryList).show(skill_entries(self._roadmap, levels), footing, NO_SKILLS)
        is_whole = len(levels) == count
        title = "Begin with" if is_whole and count else "So far"
        box = self.query_one(PromptBox)
        box.display = bool(count)
        box.show(
            title,
            f"{self._key_of('assess.road')} shows it" if levels else "",
            lambda width: proposal_rows(self._roadmap, levels, width),
        )
        right = (row(muted("kept   " if levels else ""), f"{len(levels)}/{count}"), row(f"{len(levels)}/{count}"))
        self.query_one(TitleBar).show(row(strong("Where you stand", Tone.PRIMARY)), right if count else (Row(),))
        self.refresh_keys()

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        skills = self.query_one(EntryList)
        return {
            **{f"assess.give_{level}": partial(self._give, level) for level in LEVELS},
            "assess.road": self._to_road,
            "review.undo": self.prepdeck.pages.undo_from_home,
            "move.down": lambda: skills.step(1),
            "move.up": lambda: skills.step(-1),
            "move.page_down": lambda: self._turn(1),
            "move.page_up": lambda: self._turn(-1),
            "move.top": lambda: self._mark(0),
            "move.bottom": lambda: self._mark(1 << 30),
            "app.back": self.prepdeck.pages.plan,
            "app.leave": self.prepdeck.pages.plan,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        return bool(self._roadmap.skills) if action.startswith("assess.") else True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return "Plan" if key.id == "app.leave" else key.word

    def _mark(self, number: int) -> None:
        self.query_one(EntryList).mark(number)
        self.refresh_keys()

    def _turn(self, by: int) -> None:
        """Turn the page of the reasons where they are cut, else that of the skills."""
        box, skills = self.query_one(PromptBox), self.query_one(EntryList)
        if box.can_scroll:
            box.scroll_rows(by * max(1, box.page - 1))
        else:
            self._mark(skills.marked + by * skills.page)

    def _give(self, level: int) -> None:
        skills, total = self.query_one(EntryList), len(self._roadmap.skills)
        name, was_whole = skills.name_marked, len(self._levels) == total
        if self._levels.get(name) != level:
            self._levels[name] = level
            work = self.prepdeck.clerk.begin(partial(self.prepdeck.errands.keep_level, name, level))
            self._pending[name] = work
            self.run_worker(self._watch(name, work), group="level")
        is_whole = len(self._levels) == total
        self._show()
        self._mark(skills.marked + 1)
        key = self._key_of("assess.road")
        self.say(f"Every skill has a level. {key} shows the phase." if is_whole and not was_whole else "")

    async def _watch(self, name: str, work: Future[None]) -> None:
        """Say why a level could not be kept, and show what is kept instead."""
        fault = ""
        try:
            await self.prepdeck.clerk.wait_for(work)
        except PrepdeckError as error:
            fault = sentence_of(error)
        if self._pending.get(name) is work:
            del self._pending[name]
        if fault:
            self.prepdeck.pages.look_again(fault)

    def _to_road(self) -> None:
        if not self._levels:
            self.say(f"Nothing to show yet: 1 to {max(LEVELS)} gives the marked skill a level.")
            return
        self.prepdeck.pages.show_proposal()

    def _key_of(self, action: str) -> str:
        found = self.prepdeck.keys.row(action)
        return found.keys_shown if found is not None else ""

    # Mouse and window

    def press(self, target: str) -> None:
        """Mark the skill that was clicked; other names are actions."""
        name, _, number = target.partition(":")
        if name == "skills":
            self._mark(int(number))
        else:
            super().press(target)

    def on_mouse_scroll_down(self) -> None:
        """Show the keys of the row that a list went to."""
        self.refresh_keys()

    def on_mouse_scroll_up(self) -> None:
        """Show the keys of the row that a list went to."""
        self.refresh_keys()

    def on_resize(self, event: events.Resize) -> None:
        """Give the focus back that a window too small has taken."""
        self.set_class(event.size.height < _LOW, "-low")
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is None:
            self.query_one(EntryList).focus()

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self._show()
