from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.spoken import Story
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.stories import add_story
from prepdeck.study.story_drafts import keep_draft, open_story
from prepdeck.study.story_edits import Fields
from prepdeck.study.story_records import list_stories
from prepdeck.tui.screens.author import AuthorScreen
from prepdeck.tui.screens.finished import FinishedScreen
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.stories import StoriesScreen
from prepdeck.tui.screens.story import SECONDS_BETWEEN_DRAFTS, StoryScreen
from prepdeck.tui.widgets.matrix import StoryList
from tests.tui import stage

CLOCK = """\
formats:
- {id: own-5, title: Mine, minutes: 5, phases: [{id: all, title: All, minutes: 5}]}
star_timing:
  default_seconds: 120
  lengths: [120]
  parts: {situation: 0.2, task: 0.1, action: 0.4, result: 0.2, reflection: 0.1}
  warnings: {setup_share_over: 0.4, action_share_under: 0.4, total_over_seconds: 210, result_under_seconds: 8}
"""
"""A clock of the learner's own."""
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


BROKEN = "\n- {id: half, kind: story, title: Half\n"
"""An entry whose brace is never closed."""
FAULTY = "\n- {id: half, kind: story, title: Half}\n"
"""An entry that lacks what a story must have."""


def break_stories(home: Path, words: str = BROKEN) -> str:
    """Break the file of stories as an edit by hand may, and return what it holds then."""
    path = home / "decks" / "stories.yaml"
    path.write_text(path.read_text("utf-8") + words, "utf-8")
    return path.read_text("utf-8")


def unwrapped(pilot: Pilot[Any]) -> str:
    """Return what stands in the left pane, without blanks and edges."""
    lines = (line.split("││")[0] for line in stage.rows(pilot))
    return "".join(letter for line in lines for letter in line if letter not in " │")


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


# The round


def test_the_end_of_a_drill_leads_back_to_the_stories(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "j", "enter")
        await stage.grade(pilot)
        assert isinstance(pilot.app.screen, FinishedScreen)
        assert "Enter Stories" in stage.rows(pilot)[-1]
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, StoriesScreen)
        assert pilot.app.screen.query_one(StoryList).marked == 1
        await stage.press(pilot, "q")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)


@pytest.mark.parametrize("key", ["q", "escape"])
def test_a_drill_left_without_an_answer_leads_back_to_the_stories(home: Path, key: str) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "enter", key)
        assert isinstance(pilot.app.screen, StoriesScreen)

    stage.run(play)


def test_a_round_begun_from_home_after_a_drill_leads_home(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "enter", "q", "q", "enter", "q")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)


def test_a_story_is_told_against_the_five_part_clock(home: Path) -> None:
    with_stories()
    clock = stage.HandClock()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "enter")
        shown = stage.text(pilot)
        assert "Tell: The holdout" in shown
        assert "Situation 26 s   Task 15 s   Action 80 s   Result 20 s   Reflection 10 s" in shown
        await stage.press(pilot, "space")
        clock.seconds += 50
        stage.review_of(pilot)._tick()
        await stage.settle(pilot)
        assert "0:50 of 2:30" in stage.text(pilot)
        assert "now: Action" in stage.text(pilot)
        await stage.press(pilot, "space")
        assert "spoken 0:50 of 2:30" in stage.text(pilot)
        await stage.press(pilot, "3")

    stage.run(play, open_desk=clock.open_desk)
    assert stage.reviews_kept() == 1


def test_a_competency_is_answered_with_the_story_that_shows_it(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "tab", "enter")
        assert "Which of your stories shows ownership?" in stage.text(pilot)
        assert "The holdout" not in stage.text(pilot)
        await stage.press(pilot, "space")
        assert "The holdout" in stage.text(pilot)
        await stage.press(pilot, "3", "enter")
        assert isinstance(pilot.app.screen, StoriesScreen)

    stage.run(play)
    assert stage.reviews_kept() == 1


def test_the_learner_s_own_clock_counts(home: Path) -> None:
    with_stories()
    (home / "decks" / "formats.yaml").write_text(CLOCK, "utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S")
        assert "2 of  12 s" in stage.text(pilot)
        await stage.press(pilot, "e")
        assert "0:36 of 2:00" in stage.text(pilot)
        assert "60 words, 26 of 24 s, 2 s over" in stage.text(pilot)
        await stage.press(pilot, "escape", "enter")
        assert "Situation 24 s   Task 12 s   Action 48 s   Result 24 s   Reflection 12 s" in stage.text(pilot)

    stage.run(play)


# Files that cannot be read


@pytest.mark.parametrize("size", stage.SIZES)
def test_a_file_that_cannot_be_read_says_so_and_where(home: Path, size: tuple[int, int]) -> None:
    with_stories()
    words = break_stories(home)
    place = f"{words.count(chr(10))}:3"

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S")
        assert f"decks/stories.yaml:{place}:" in unwrapped(pilot)
        assert "cannot be read" in stage.text(pilot)
        await stage.press(pilot, "n")
        assert isinstance(pilot.app.screen, StoriesScreen)
        assert "mend line" in " ".join(stage.text(pilot).split())
        await stage.press(pilot, "a")
        assert isinstance(pilot.app.screen, AuthorScreen)

    stage.run(play, size=size)
    assert kept(home) == words


def test_a_faulty_story_is_named_and_the_others_can_be_edited_and_added(home: Path) -> None:
    with_stories()
    words = break_stories(home, FAULTY)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S")
        assert "in stories.yaml" in stage.text(pilot)
        await stage.press(pilot, "e", *" x", "escape", "n", *"More", "escape")

    stage.run(play)
    assert words.replace("title: The holdout", "title: The holdout x").strip() in kept(home)
    assert [story.title for story in stories()] == ["The holdout x", "A [b]late[/b] pipeline", "More"]


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_stories_beside_one_that_cannot_be_read(home: Path, size: tuple[int, int]) -> None:
    with_stories()
    break_stories(home, FAULTY)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S")
        screen = pilot.app.screen
        assert isinstance(screen, StoriesScreen)
        shown = tuple(replace(fault, path=Path("decks/stories.yaml")) for fault in screen._matrix.faults)
        screen.show(replace(screen._matrix, faults=shown))
        await stage.settle(pilot)
        stage.check_golden(pilot, "stories-faulty")

    stage.run(play, size=size)


def test_a_file_broken_while_a_story_is_written_keeps_both(home: Path) -> None:
    with_stories()
    held: list[str] = []

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e", "tab", "tab", *" Mine.")
        held.append(break_stories(home))
        await stage.press(pilot, "tab")
        assert "decks/stories.yaml:" in unwrapped(pilot)
        await stage.press(pilot, "escape")

    stage.run(play)
    assert kept(home) == held[0]
    assert any("I owned the evaluation. Mine." in file.read_text("utf-8") for file in (home / "stories").glob("*.md"))


# Drafts


def with_a_draft(home: Path) -> None:
    """Leave a draft as a program does that was killed."""
    with open_desk(Options()) as desk:
        page = open_story(desk, list_stories(desk)[0].card.id)
        keep_draft(desk, page.draft, {**page.fields, "task": "I owned it. Mine."})


def test_typing_is_kept_within_seconds(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e", "tab", "tab", *" Mine.")
        screen = pilot.app.screen
        assert isinstance(screen, StoryScreen)
        screen._keep()
        await stage.settle(pilot)
        (draft,) = (home / "story-drafts").iterdir()
        assert "I owned the evaluation. Mine." in draft.read_text("utf-8")
        assert "Mine." not in kept(home)
        await stage.press(pilot, "tab")
        assert "Mine." in kept(home)
        assert not draft.exists()

    stage.run(play)
    assert SECONDS_BETWEEN_DRAFTS < 5


@pytest.mark.parametrize("size", stage.SIZES)
def test_a_draft_is_offered_and_taken_up(home: Path, size: tuple[int, int]) -> None:
    with_stories()
    with_a_draft(home)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e")
        stage.check_golden(pilot, "story-draft")
        await stage.press(pilot, "y", "escape")

    stage.run(play, size=size)
    assert "I owned it. Mine." in kept(home)
    assert not list((home / "story-drafts").iterdir())


def test_a_draft_that_is_not_wanted_is_kept_in_a_file_of_its_own(home: Path) -> None:
    with_stories()
    with_a_draft(home)
    before = kept(home)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e", "escape")
        assert "Your draft is kept in" in stage.text(pilot)
        await stage.press(pilot, "escape", "e")
        assert isinstance(pilot.app.screen, StoryScreen)

    stage.run(play)
    assert kept(home) == before
    assert any("I owned it. Mine." in file.read_text("utf-8") for file in (home / "stories").glob("*.md"))


def test_a_question_left_open_leaves_the_draft(home: Path) -> None:
    with_stories()
    with_a_draft(home)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e")
        pilot.app.leave(143)  # type: ignore[attr-defined]

    stage.run(play)
    assert "Mine." in next((home / "story-drafts").iterdir()).read_text("utf-8")


def test_the_narrow_page_reaches_every_field(home: Path) -> None:
    with_stories()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "e")
        for name in ("Title", "Situation", "Task", "Action", "Result", "Reflection", "Metric"):
            assert f"─ {name} ─" in stage.text(pilot)
            await stage.press(pilot, *"Zq")
            assert "Zq" in stage.text(pilot)
            await stage.press(pilot, "tab")
        assert "─ Shows ─" in stage.text(pilot)
        await stage.press(pilot, "G", "space", "escape")

    for size in ((40, 20), (40, 12)):
        stage.run(play, size=size)
    assert "motivation" not in stories()[0].competencies
    assert stories()[0].metric == "1.8 % retentionZqZq"
