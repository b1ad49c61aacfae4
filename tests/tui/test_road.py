"""The road screen: six sheets, what is done on them, and that every row of the path leads somewhere."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.road.wording import month_words
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.road import RoadPage, road_page
from prepdeck.study.road_deeds import assess, choose_deck, mark_done, start_phase
from prepdeck.study.tables import TableKind
from prepdeck.study.trackers import add_row
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.link_dialog import LinkDialog
from prepdeck.tui.screens.road import RoadScreen
from prepdeck.tui.screens.road_sheets import SHEETS
from prepdeck.tui.widgets.road_detail import RoadDetail
from prepdeck.tui.widgets.road_list import RoadList
from tests.tui import stage

OWN = """\
roadmap:
- id: begin
  title: "Begin [b]here[/b]"
  months: {from: 1, to: 2}
- id: go-on
  title: Go on
  months: {from: 2}
"""
"""A road of two phases and nothing else."""
HERE = ("python", "nlp-llm", "computer-vision", "serving-containers", "career-offers", "ml-fundamentals")
"""Decks of the road that the stage holds, each with one card."""


def with_decks(home: Path) -> None:
    for slug in HERE:
        words = f"deck: {slug}\ncards:\n- {{id: one, front: What is {slug}?, back: This.}}\n"
        (home / "decks" / f"{slug}.yaml").write_text(words, encoding="utf-8")


def with_some_done() -> None:
    with open_desk(Options()) as desk:
        mark_done(desk, "utilities-notebook", "https://github.com/you/python-notes")
        mark_done(desk, "sql-queries")
        start_phase(desk, "1")
        mark_done(desk, "resume-page")
        assess(desk, {"programming": 3, "maths-statistics": 2})
        add_row(desk, TableKind.DELIVERABLES, {"title": "A talk at work [1/2]", "phase": "1"})


def page_now() -> RoadPage:
    with open_desk(Options()) as desk:
        return road_page(desk)


def road_of(pilot: Pilot[Any]) -> RoadScreen:
    screen = pilot.app.screen
    assert isinstance(screen, RoadScreen)
    return screen


def listed(pilot: Pilot[Any]) -> RoadList:
    return road_of(pilot).query_one(RoadList)


def detail(pilot: Pilot[Any]) -> RoadDetail:
    return road_of(pilot).query_one(RoadDetail)


async def show(pilot: Pilot[Any], sheet: str = "phases", marked: str = "") -> None:
    app: Any = pilot.app
    app.pages.show_road(sheet, marked)
    await stage.settle(pilot)


async def stand_on(pilot: Pilot[Any], spot: str) -> None:
    """Go into the details and down to a spot."""
    await stage.press(pilot, *(["l"] if detail(pilot).has_focus is False else []), "g")
    for _ in range(200):
        if detail(pilot).spot == spot:
            return
        await stage.press(pilot, "j")
    message = f"the cursor never stands on {spot}"
    raise AssertionError(message)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_sheets_look_as_they_did(home: Path, size: tuple[int, int]) -> None:
    with_decks(home)
    with_some_done()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "o")
        for sheet in SHEETS:
            stage.check_golden(pilot, f"road-{sheet}")
            await stage.press(pilot, "tab")
        await stage.press(pilot, "l")
        stage.check_golden(pilot, "road-inside")

    stage.run(play, size=size)


def test_every_row_of_the_path_leads_somewhere(home: Path) -> None:
    with_decks(home)
    led: dict[str, tuple[str, str]] = {}
    page = page_now()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "o", *(["tab"] * 4))
        names = listed(pilot).names
        for number, name in enumerate(names):
            if number == 1:
                await stage.press(pilot, "escape")
                await show(pilot, "path", names[0])
                await stage.press(pilot, "j")
            elif number:
                await pilot.app.switch_screen(RoadScreen(page, "path", name))
                await stage.settle(pilot)
            assert (road_of(pilot)._sheet, listed(pilot).name_marked) == ("path", name)
            await stage.press(pilot, "enter")
            screen = pilot.app.screen
            assert isinstance(screen, FramedScreen)
            sheet = screen._sheet if isinstance(screen, RoadScreen) else ""
            led[name] = (type(screen).__name__, sheet)
            if led[name] == ("RoadScreen", "path"):
                shown = stage.text(pilot)
                assert all(use in shown for use in ("Recommendation", "Recognition", "Insight")), name
                assert detail(pilot).has_focus

    stage.run(play)
    assert list(led) == [row.id for row in page.roadmap.path]
    pages = {"Assessment", "Browse", "Lists", "MockSetup", "Plan", "Review", "Road"}
    assert {kind.removesuffix("Screen") for kind, _ in led.values()} == pages
    assert [name for name, place in led.items() if place == ("RoadScreen", "path")] == ["I1"]


def test_a_thing_is_done_with_its_link_and_open_again_and_undo_takes_it_back(home: Path) -> None:
    link = "https://github.com/you/etl"

    async def play(pilot: Pilot[Any]) -> None:
        await show(pilot, "phases", "etl-pipeline")
        assert listed(pilot).name_marked == "scalable-data"
        assert detail(pilot).spot == "item:etl-pipeline"
        await stage.press(pilot, "space")
        assert "Done: a pipeline" in stage.text(pilot)
        assert detail(pilot).spot == "item:etl-pipeline"
        await stage.press(pilot, "space")
        assert "Open again: a pipeline that ingests, cleans, transforms and stores." in stage.text(pilot)
        await stage.press(pilot, "enter", *"github", "enter")
        assert isinstance(pilot.app.screen, LinkDialog)
        assert "'github' is no web address" in stage.text(pilot)
        await stage.press(pilot, *(["backspace"] * 6), *link, "enter")
        assert link in stage.text(pilot)
        assert page_now().standing.done["etl-pipeline"][0].link == link
        await stage.press(pilot, "enter", *"/x", "enter")
        assert f"{link}/x" in stage.text(pilot)
        await stage.press(pilot, "u", "u")
        assert "etl-pipeline" not in page_now().standing.done
        assert detail(pilot).spot == "item:etl-pipeline"

    stage.run(play)


def test_one_deck_of_a_choice_is_chosen_and_left_again(home: Path) -> None:
    with_decks(home)

    async def play(pilot: Pilot[Any]) -> None:
        await show(pilot, "phases", "specialisation")
        assert not road_of(pilot).can("road.choose")
        await stand_on(pilot, "deck:nlp-llm")
        await stage.press(pilot, "c")
        assert page_now().standing.chosen == {"specialisation": "nlp-llm"}
        assert "chosen" in stage.text(pilot)
        await stand_on(pilot, "deck:computer-vision")
        assert "not in the daily queue" in stage.text(pilot)
        await stage.press(pilot, "c")
        assert page_now().standing.chosen == {"specialisation": "computer-vision"}
        await stage.press(pilot, "c")
        assert page_now().standing.chosen == {}

    stage.run(play, size=stage.WIDE)


def test_a_phase_is_begun_once(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "o", "j")
        assert road_of(pilot).can("road.start")
        await stage.press(pilot, "s")
        assert "Phase 2, Core ML concepts, begins today." in stage.text(pilot)
        assert list(page_now().standing.started) == ["core-ml"]
        assert listed(pilot).name_marked == "core-ml"
        assert not road_of(pilot).can("road.start")

    stage.run(play)


def test_each_step_opens_its_tracker_and_is_ticked(home: Path) -> None:
    with_decks(home)
    led = {}

    async def play(pilot: Pilot[Any]) -> None:
        steps = [each.step for each in page_now().steps]
        for step in steps:
            await show(pilot, "steps", step.id)
            await stage.press(pilot, "enter")
            screen = pilot.app.screen
            led[step.id] = f"road {screen._sheet}" if isinstance(screen, RoadScreen) else type(screen).__name__
        await show(pilot, "steps", "portfolio")
        await stage.press(pilot, "space")
        await stand_on(pilot, "item:readme-data")
        await stage.press(pilot, "enter")
        assert {"portfolio", "readme-data"} <= set(page_now().standing.done)

    stage.run(play)
    assert led == {
        "degree": "road steps",
        "role-requirements": "AssessmentScreen",
        "strong-base": "BrowseScreen",
        "ml-concepts": "BrowseScreen",
        "tools-frameworks": "road tools",
        "first-role": "ListsScreen",
        "engineering-practice": "BrowseScreen",
        "advanced-qualification": "road steps",
        "portfolio": "ListsScreen",
        "network-apply": "ListsScreen",
    }


def test_a_road_of_ones_own_with_phases_alone_says_why_sheets_are_empty(home: Path) -> None:
    (home / "decks" / "roadmap.yaml").write_text(OWN, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "o")
        assert "Begin [b]here[/b]" in stage.text(pilot)
        await stage.press(pilot, "l", "j", "space", "enter", "h")
        for sheet in list(SHEETS)[1:]:
            await stage.press(pilot, "tab")
            assert "This road has no" in stage.text(pilot), sheet
            await stage.press(pilot, "enter", "space", "l", "j", "G", "pagedown")
            assert listed(pilot).has_focus
        await stage.press(pilot, "shift+tab", "tab", "tab")
        assert listed(pilot).names == ["begin", "go-on"]

    stage.run(play, size=stage.NARROW)


def test_something_of_ones_own_is_ticked_like_the_rest(home: Path) -> None:
    with_some_done()

    async def play(pilot: Pilot[Any]) -> None:
        (own,) = (item.id for item in page_now().phases[0].items if item.is_own)
        await show(pilot, "phases", own)
        await stage.press(pilot, "space")
        assert next(item for item in page_now().phases[0].items if item.is_own).is_done
        await stage.press(pilot, "space", "enter", *"https://a.b/c", "enter")
        assert next(item for item in page_now().phases[0].items if item.is_own).links == ("https://a.b/c",)

    stage.run(play)


def test_the_details_are_read_line_by_line_where_it_is_low(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await show(pilot, "phases", "interview-readiness")
        await stage.press(pilot, "l", "g")
        seen: list[str] = []
        for _ in range(150):
            seen += [line for line in stage.rows(pilot) if line not in seen]
            if detail(pilot).spot == "item:interview-readiness-gate":
                break
            await stage.press(pilot, "j")
        shown = " ".join("".join(seen).replace("│", " ").split())
        for words in ("Length", "To make", "case-study", "Milestone", "Gate"):
            assert words in shown
        await stage.press(pilot, "G")
        assert "HackerRank" in stage.text(pilot)
        await stage.press(pilot, "g")
        assert "Job prep" in stage.text(pilot)

    stage.run(play, size=(40, 12))


def test_focus_and_place_outlive_other_sizes(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await show(pilot, "phases", "case-again")
        for size in ((40, 12), (30, 8), (200, 60), stage.NORMAL):
            await stage.resize(pilot, size)
        assert detail(pilot).has_focus
        assert detail(pilot).spot == "item:case-again"
        assert any("differently now" in line for line in stage.rows(pilot))

    stage.run(play)


def test_sheets_rows_and_things_can_be_clicked(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "o")
        await pilot.click("#sheets", offset=(stage.rows(pilot)[1].index("Skills"), 0))
        await stage.settle(pilot)
        await pilot.click("#rows", offset=(8, 3))
        await stage.settle(pilot)
        assert listed(pilot).name_marked == "ml-algorithms"
        row = next(number for number, line in enumerate(stage.rows(pilot)) if "3 Deep learning basics" in line)
        for _ in range(2):
            await pilot.click("#detail", offset=(6, row - 2))
            await stage.settle(pilot)
        assert listed(pilot).name_marked == "deep-learning-basics"
        await pilot.click("#detail", offset=(6, 1))
        await stage.settle(pilot)
        assert detail(pilot).has_focus
        await pilot.click("#rows", offset=(6, 3))
        await stage.settle(pilot)
        assert listed(pilot).has_focus
        await pilot.click("#rows", offset=(6, 3))
        await stage.settle(pilot)
        assert detail(pilot).has_focus

    stage.run(play, size=stage.WIDE)


def test_ascii_and_no_colour_tell_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with_some_done()
    with open_desk(Options()) as desk:
        shown = road_page(desk)

    async def play(pilot: Pilot[Any]) -> None:
        late = dataclasses.replace(shown.phases[0], is_late=True)
        await show(pilot)
        road_of(pilot).show(dataclasses.replace(shown, phases=(late, *shown.phases[1:])))
        await stage.settle(pilot)
        for sheet in SHEETS:
            assert stage.text(pilot).isascii(), sheet
            if sheet == "phases":
                assert "! 1 Foundations" in stage.text(pilot)
                assert "late: under way" in stage.text(pilot)
                assert f"{month_words(shown.left)} left" in stage.text(pilot)
            await stage.press(pilot, "tab")

    stage.run(play, ascii_only=True)


def test_a_choice_that_another_program_made_counts_on_home_at_once(home: Path) -> None:
    (home / "decks" / "nlp-llm.yaml").write_text(
        "deck: nlp-llm\noptional: true\ncards:\n- {id: one, front: What is it?, back: This.}\n", encoding="utf-8"
    )

    async def play(pilot: Pilot[Any]) -> None:
        await stage.settle(pilot)
        with open_desk(Options()) as other:
            choose_deck(other, "nlp-llm")
        await stage.press(pilot, "p", "escape")
        line = next(line for line in stage.rows(pilot) if "Nlp llm" in line)
        assert line.split()[4:7] == ["0", "1", "1"]

    stage.run(play, size=stage.WIDE)
