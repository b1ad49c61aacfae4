"""The self-assessment: levels by digits, each kept at once, and the phase they propose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.errors import StoreLocked
from prepdeck.road.assessment import LEVELS
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.road import RoadPage, road_page
from prepdeck.study.road_deeds import assess
from prepdeck.tui.screens.assessment import AssessmentScreen
from prepdeck.tui.screens.assessment_words import proposal_rows
from prepdeck.tui.screens.plan import PlanScreen
from prepdeck.tui.screens.road import RoadScreen
from prepdeck.tui.widgets.entries import EntryList
from tests.tui import stage

HOSTILE = """\
roadmap:
- {id: begin, title: "[x] a[i] [/b]", months: {from: 1, to: 2}}
skills:
- {id: programming, title: "[x] a[i] = b[j]", text: "[/abc] and [red]", phases: [1]}
"""
BARE = """\
roadmap:
- {id: begin, title: Begin, months: {from: 1, to: 2}}
"""


def kept() -> dict[str, int]:
    with open_desk(Options()) as desk:
        return dict(road_page(desk).standing.levels)


def page_now() -> RoadPage:
    with open_desk(Options()) as desk:
        return road_page(desk)


async def go(pilot: Pilot[Any], *keys: str) -> None:
    await stage.press(pilot, "p", "A")
    assert isinstance(pilot.app.screen, AssessmentScreen)
    await stage.press(pilot, *keys)


def skills(pilot: Pilot[Any]) -> EntryList:
    return pilot.app.screen.query_one(EntryList)


def words(pilot: Pilot[Any]) -> str:
    return " ".join(stage.text(pilot).split())


@pytest.mark.parametrize("size", stage.SIZES)
def test_skills_levels_and_what_they_propose(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        stage.check_golden(pilot, "assessment")
        await stage.press(pilot, *"3321")
        stage.check_golden(pilot, "assessment-answering")
        for meaning in LEVELS.values():
            assert meaning in words(pilot)

    stage.run(play, size=size)


def test_digits_give_a_level_and_move_on_and_undo_takes_it_back(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "3", "2")
        assert skills(pilot).marked == 2
        assert "2 of 10 answered" in words(pilot)
        assert "Phase 1, Foundations" in words(pilot)
        assert "8 skills not answered yet" in words(pilot)
        assert kept() == {"programming": 3, "maths-statistics": 2}
        await stage.press(pilot, "u")
        assert "1 of 10 answered" in words(pilot)
        assert "Undid self-assessment" in words(pilot)
        assert kept() == {"programming": 3}
        await stage.press(pilot, "u")
        assert "0 of 10 answered" in words(pilot)
        assert "1 to 4 gives the marked skill a level" in words(pilot)

    stage.run(play, size=stage.WIDE)
    assert kept() == {}


@pytest.mark.parametrize("leave", ["escape", "q", "ctrl+q"])
def test_every_level_is_kept_however_the_page_is_left(home: Path, leave: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        for key in "4321":
            await pilot.press(key)  # in a hurry: nothing is waited for
        await pilot.press(leave)

    stage.run(play)
    assert list(kept().values()) == [4, 3, 2, 1]


def test_enter_shows_the_phase_on_the_road(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, *"3333333333")
        assert "Every skill is at 3 or above." in words(pilot)
        assert "Every skill has a level. Enter shows the phase." in words(pilot)
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, RoadScreen)
        assert "Begin with phase 8" in words(pilot)
        await stage.press(pilot, "q")
        await go(pilot)
        assert "10 of 10 answered" in words(pilot)
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.screen, PlanScreen)

    stage.run(play, size=stage.WIDE)
    assert set(kept().values()) == {3}


def test_enter_without_an_answer_shows_nothing_and_says_so(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "enter")
        assert "Nothing to show yet" in words(pilot)
        assert isinstance(pilot.app.screen, AssessmentScreen)
        await stage.press(pilot, "q")
        assert isinstance(pilot.app.screen, PlanScreen)

    stage.run(play)
    assert kept() == {}


def test_what_was_kept_before_stands_there_and_can_be_changed(home: Path) -> None:
    with open_desk(Options()) as desk:
        assess(desk, {"programming": 2, "communication": 4})

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        assert "2 of 10 answered" in words(pilot)
        assert skills(pilot).name_marked == "maths-statistics"
        await stage.press(pilot, "g", "4")

    stage.run(play)
    assert kept() == {"programming": 4, "communication": 4}


def test_the_same_level_again_is_no_step(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "3", "k", "3")
        assert skills(pilot).marked == 1
        await stage.press(pilot, "u")

    stage.run(play)
    assert kept() == {}


def test_a_level_that_could_not_be_kept_is_said_and_not_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StoreLocked("the database is in use", "try again")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "3")
        monkeypatch.setattr("prepdeck.study.road_deeds.assess", refuse)
        await stage.press(pilot, "2")
        assert "The database is in use" in words(pilot)
        assert "1 of 10 answered" in words(pilot)

    stage.run(play, size=stage.WIDE)
    assert kept() == {"programming": 3}


def test_levels_and_skills_are_clicked(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        await pilot.click("#skills", offset=(8, 3))
        await stage.settle(pilot)
        assert skills(pilot).marked > 0
        named = skills(pilot).name_marked
        at = stage.rows(pilot)[1].index("4 I could")
        await pilot.click("#levels", offset=(at, 0))
        await stage.settle(pilot)
        assert pilot.app.screen._levels == {named: 4}  # type: ignore[attr-defined]

    stage.run(play)


def test_words_of_a_road_appear_as_they_are(home: Path) -> None:
    (home / "decks" / "roadmap.yaml").write_text(HOSTILE, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "1")
        for told in ("[x] a[i] = b[j]", "[/abc] and [red]", "Phase 1, [x] a[i] [/b]"):
            assert told in words(pilot)

    stage.run(play, size=stage.WIDE)


def test_a_road_without_skills_says_so(home: Path) -> None:
    (home / "decks" / "roadmap.yaml").write_text(BARE, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        assert "This road names no skills" in words(pilot)
        await stage.press(pilot, "1", "enter", "u", "j", "escape")
        assert isinstance(pilot.app.screen, PlanScreen)

    stage.run(play)


def test_a_window_that_was_too_small_loses_nothing(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "3", "3")
        for size in ((30, 10), (40, 12), (200, 60), (40, 12)):
            await stage.resize(pilot, size)
        assert pilot.app.focused is skills(pilot)
        assert "ML algorithms" in stage.text(pilot)
        assert "2/10" in stage.rows(pilot)[0]
        await stage.press(pilot, "4")
        assert "3/10" in stage.rows(pilot)[0]

    stage.run(play)


@pytest.mark.parametrize("levels", [{}, {"programming": 3, "maths-statistics": 3}, {"ml-algorithms": 1}], ids=str)
def test_what_is_shown_is_what_keeping_proposes(home: Path, levels: dict[str, int]) -> None:
    page = page_now()
    shown = " ".join(line.text for line in proposal_rows(page.roadmap, levels, 60))
    if not levels:
        assert "The phase to begin with stands here" in shown
        return
    with open_desk(Options()) as desk:
        proposal = assess(desk, levels)
    assert proposal is not None
    assert f"Phase {proposal.phase.number}, {proposal.phase.title}" in shown
    unanswered = [skill.title for skill in proposal.because if skill.id not in levels]
    assert not any(title in shown for title in unanswered)
