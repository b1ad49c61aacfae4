from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.spoken import Story
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.stories import Fields, add_story, list_stories
from prepdeck.tui.screens.stories import StoriesScreen
from prepdeck.tui.screens.story import StoryScreen
from tests.tui import stage

HOLDOUT: Fields = {
    "title": "The holdout",
    "situation": "Launch in two weeks, and nobody had kept a holdout. " * 6,
    "task": "I owned the evaluation.",
    "action": "Built a backtest in a day.\n\nThen I showed it to both teams.",
    "result": "The holdout is standard now.",
    "reflection": "Bring numbers first.",
    "metric": "1.8 % retention",
    "competencies": ("conflict", "influence", "ownership", "failure", "learning"),
}


def with_stories() -> None:
    with open_desk(Options()) as desk:
        add_story(desk, HOLDOUT)
        add_story(desk, {"title": "A [b]late[/b] pipeline", "situation": "x", "competencies": ("prioritisation",)})


def kept(home: Path) -> str:
    return (home / "decks" / "stories.yaml").read_text("utf-8")


def stories() -> list[Story]:
    with open_desk(Options()) as desk:
        return [each.story for each in list_stories(desk)]


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_stories_with_their_competencies(home: Path, size: tuple[int, int]) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S")
        stage.check_golden(pilot, "stories")
        await stage.press(pilot, "tab")
        stage.check_golden(pilot, "stories-competencies")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_editor_of_a_story(home: Path, size: tuple[int, int]) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e")
        stage.check_golden(pilot, "story")

    stage.run(play, size=size)


def test_a_story_typed_with_keys_stands_in_the_deck(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "n", *"Ab: [c]", "enter", *"no", "tab", *"x#y", "escape")
        assert isinstance(pilot.app.screen, StoriesScreen)
        assert "Ab: [c]" in stage.text(pilot)

    stage.run(play)
    (story,) = stories()
    assert (story.title, story.situation, story.task) == ("Ab: [c]", "no", "x#y")


def test_a_field_is_saved_when_it_is_left(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e", "tab", "tab", *" Mine.", "tab")
        assert "I owned the evaluation. Mine." in kept(home)

    stage.run(play)


def test_what_is_typed_is_kept_when_the_program_is_told_to_end(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e", "tab", "tab", *" Mine.")
        pilot.app.leave(143)  # type: ignore[attr-defined]

    stage.run(play)
    assert "I owned the evaluation. Mine." in kept(home)


def test_words_and_seconds_are_counted_while_typing(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "n", "tab", *"one two three")
        assert "3 words, 1 of 26 s" in stage.text(pilot)

    stage.run(play)


def test_another_program_s_edit_is_not_overwritten_unasked(home: Path) -> None:
    with_stories()
    path = home / "decks" / "stories.yaml"

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e", "tab", "tab", *" Mine.")
        path.write_text(kept(home).replace("I owned the evaluation.", "Theirs.  # said so"), "utf-8")
        await stage.press(pilot, "tab")
        assert "was changed by another program" in stage.text(pilot).replace("\n", " ")
        assert "Theirs." in kept(home)
        await stage.press(pilot, "f8")
        assert "I owned the evaluation. Mine." in kept(home)

    stage.run(play)


def test_edits_of_other_fields_meanwhile_stay(home: Path) -> None:
    with_stories()
    path = home / "decks" / "stories.yaml"

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e", "tab", "tab", *" Mine.")
        path.write_text(kept(home).replace("The holdout is standard now.", "Theirs."), "utf-8")
        await stage.press(pilot, "escape")

    stage.run(play)
    assert "Theirs." in kept(home)
    assert "I owned the evaluation. Mine." in kept(home)


def test_a_text_too_long_is_kept_in_a_file_of_its_own(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e", "tab")
        screen = pilot.app.screen
        assert isinstance(screen, StoryScreen)
        screen.focused.load_text("y" * 100_000)  # type: ignore[union-attr]
        await stage.press(pilot, "escape")
        assert "What you wrote is kept in" in stage.text(pilot).replace("\n", " ")

    stage.run(play)
    assert any("y" * 100_000 in file.read_text("utf-8") for file in (home / "stories").glob("*.md"))


def test_a_competency_is_ticked_and_the_last_tick_stays(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "n", *"T", "shift+tab", "space")
        assert "at least one competency" in stage.text(pilot)
        await stage.press(pilot, "j", "space", "k", "space", "escape")

    stage.run(play)
    assert stories()[0].competencies == ("conflict",)


def test_enter_drills_the_marked_story_and_its_grade_is_stored(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "enter")
        assert "Tell: The holdout" in stage.text(pilot)
        await stage.grade(pilot)

    stage.run(play)
    assert stage.reviews_kept() == 1


def test_a_competency_asks_which_story(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "tab", "enter")
        assert "Which of your stories shows ownership?" in stage.text(pilot)

    stage.run(play)


def test_a_hole_begins_a_story_that_shows_it(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "tab", "G", "enter", *"Why", "escape")

    stage.run(play)
    assert stories()[0].competencies == ("motivation",)


def test_removing_a_story_asks_first(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "x", "escape")
        assert len(stories()) == 2
        await stage.press(pilot, "x", "y")
        assert "Removed" in stage.text(pilot)

    stage.run(play)
    assert [story.title for story in stories()] == ["A [b]late[/b] pipeline"]


def test_resizing_loses_neither_page_nor_words(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S")
        for size in ((200, 60), (40, 12), (30, 8), (80, 24)):
            await stage.resize(pilot, size)
        await stage.press(pilot, "e", "tab", "tab", *" Mine.")
        for size in ((200, 60), (40, 12), (30, 8), (80, 24)):
            await stage.resize(pilot, size)
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.screen, StoriesScreen)

    stage.run(play)
    assert "I owned the evaluation. Mine." in kept(home)


def test_clicking_a_row_marks_it_and_clicking_again_drills(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S")
        for _ in range(2):
            await pilot.click("#stories", offset=(5, 3))
            await stage.settle(pilot)
        assert "Tell: A [b]late[/b] pipeline" in stage.text(pilot)

    stage.run(play)
