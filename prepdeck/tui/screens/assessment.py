"""The self-assessment: a level for each skill, and the phase to begin with that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from prepdeck.road.assessment import LEVELS
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Row, Tone, muted, row, strong
from prepdeck.tui.screens.assessment_words import NO_SKILLS, LevelWords, proposal_rows, skill_entries
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.widgets.entries import EntryList
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.mock_prompt import PromptBox

if TYPE_CHECKING:
    from prepdeck.study.road import RoadPage

_LOW: Final = 16
"""Rows of a window below which the proposal takes less of them."""


class AssessmentScreen(FramedScreen):
    """Holds the levels given so far; nothing is kept before Enter."""

    PLACE = Place.ASSESSMENT
    CSS_PATH = "assessment.tcss"

    def __init__(self, page: RoadPage) -> None:
        super().__init__()
        self._roadmap = page.roadmap
        known = {skill.id for skill in page.roadmap.skills}
        self._kept = {skill: level for skill, level in page.standing.levels.items() if skill in known}
        self._levels = dict(self._kept)
        self._is_warned = False

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
            "Enter keeps it" if self._is_changed else "",
            lambda width: proposal_rows(self._roadmap, levels, width),
        )
        state = "not kept yet" if self._is_changed else ("kept" if levels else "")
        right = (row(muted(f"{state}   " if state else ""), f"{len(levels)}/{count}"), row(f"{len(levels)}/{count}"))
        self.query_one(TitleBar).show(row(strong("Where you stand", Tone.PRIMARY)), right if count else (Row(),))
        self.refresh_keys()

    @property
    def _is_changed(self) -> bool:
        return self._levels != self._kept

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        skills = self.query_one(EntryList)
        return {
            **{f"assess.give_{level}": partial(self._give, level) for level in LEVELS},
            "assess.clear": self._clear,
            "assess.keep": self._keep,
            "move.down": lambda: skills.step(1),
            "move.up": lambda: skills.step(-1),
            "move.page_down": lambda: self._turn(1),
            "move.page_up": lambda: self._turn(-1),
            "move.top": lambda: self._mark(0),
            "move.bottom": lambda: self._mark(1 << 30),
            "app.back": self._leave,
            "app.leave": self._leave,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        return bool(self._roadmap.skills) if action.startswith("assess.") else True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return "Plan" if key.id == "app.leave" else key.word

    def perform(self, action: str) -> bool:
        """Do an action; whatever is done before leaving makes leaving warn again."""
        if action not in {"app.back", "app.leave"}:
            self._is_warned = False
        return super().perform(action)

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
        was_whole = len(self._levels) == total
        self._levels[skills.name_marked] = level
        is_whole = len(self._levels) == total
        self._show()
        self._mark(skills.marked + 1)
        key = self._key_of("assess.keep")
        self.say(f"Every skill has a level. {key} keeps them." if is_whole and not was_whole else "")

    def _clear(self) -> None:
        """Take back what was given here; what was kept before can only be given anew."""
        skill = self.query_one(EntryList).name_marked
        kept, given = self._kept.get(skill), self._levels.pop(skill, None)
        if kept is not None:
            self._levels[skill] = kept
        if kept is not None and given == kept:
            self.say(f"Level {kept} was kept before; 1 to {max(LEVELS)} gives another one.")
        else:
            self.say("" if given is None or kept is None else f"Back at level {kept}, as it was kept.")
        self._show()

    def _keep(self) -> None:
        if not self._levels:
            self.say(f"Nothing to keep yet: 1 to {max(LEVELS)} gives the marked skill a level.")
            return
        self.prepdeck.pages.keep_levels(dict(self._levels))

    def _leave(self) -> None:
        if self._is_changed and not self._is_warned:
            self._is_warned = True
            self.say(f"{self._key_of('assess.keep')} keeps it, Esc again leaves.")
            return
        self.prepdeck.pages.plan()

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
