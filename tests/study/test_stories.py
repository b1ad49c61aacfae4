from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.errors import UsageError
from prepdeck.host.writing import FileChanged, FileUnwritable
from prepdeck.study.desk import Desk, open_desk, reload_decks
from prepdeck.study.options import Options
from prepdeck.study.reviewing import record_answer
from prepdeck.study.stories import add_story, change_story, remove_story
from prepdeck.study.story_drafts import StoryDraft, keep_draft, open_story, save_draft, take_up
from prepdeck.study.story_drill import begin_drill
from prepdeck.study.story_edits import Fields, fields_in
from prepdeck.study.story_faults import stories_path
from prepdeck.study.story_matrix import make_matrix
from prepdeck.study.story_pages import read_page, write_page
from prepdeck.study.story_records import list_stories
from prepdeck.study.story_recovery import typed_path
from prepdeck.text.cleaning import clean
from tests.builders import environment_of
from tests.full import examples

CLOCK = """\
formats:
- {id: own-5, title: Mine, minutes: 5, phases: [{id: all, title: All, minutes: 5}]}
star_timing:
  default_seconds: 120
  lengths: [120]
  parts: {situation: 0.2, task: 0.1, action: 0.4, result: 0.2, reflection: 0.1}
  warnings: {setup_share_over: 0.4, action_share_under: 0.4, total_over_seconds: 210, result_under_seconds: 8}
"""
LOOKALIKES = (
    "no",
    "12:30",
    "[x] a[i]",
    "{a: b}",
    "# not a comment",
    "- a\n- b",
    "a: b # c",
    "'",
    '"',
    "| x",
    "\\\\times",
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    with open_desk(Options()) as opened:
        yield opened


def add(desk: Desk, title: str = "The holdout", *competencies: str, **fields: str) -> CardId:
    return add_story(desk, {"title": title, "competencies": competencies or ("conflict",), **fields})


def test_the_first_story_makes_a_deck_with_comments_that_explain(desk: Desk) -> None:
    assert str(add(desk)) == "stories/holdout"
    text = stories_path(desk).read_text("utf-8")
    assert text.startswith("# Your own stories")
    assert "track: star" in text


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_looks_like_yaml_is_kept_as_it_was_typed(desk: Desk, text: str) -> None:
    card = add(desk, action=text)
    change_story(desk, card, {"reflection": text, "metric": "x"})
    (record,) = list_stories(desk)
    assert (record.story.action, record.story.reflection) == (text, text)


def test_control_characters_are_spelt_out(desk: Desk) -> None:
    add(desk, action="a\x1b[31mb\u202e")
    assert list_stories(desk)[0].story.action == "a\\x1b[31mb\\u202e"


def test_an_edit_leaves_comments_and_other_lines_as_they_are(desk: Desk) -> None:
    card = add(desk, task="I owned it.")
    path = stories_path(desk)
    path.write_text(path.read_text("utf-8").replace("I owned it.", "I owned it.  # said so") + "# the end\n", "utf-8")
    before = path.read_text("utf-8")
    assert change_story(desk, card, {"task": "I led it."}) == ("task",)
    assert path.read_text("utf-8") == before.replace("I owned it.", "I led it.")


def test_a_field_another_program_changed_is_left_alone(desk: Desk) -> None:
    card = add(desk, task="mine")
    known = fields_in(list_stories(desk)[0].story)
    path = stories_path(desk)
    path.write_text(path.read_text("utf-8").replace("mine", "theirs"), "utf-8")
    with pytest.raises(FileChanged, match="task"):
        change_story(desk, card, {"task": "mine again"}, known)
    assert "theirs" in path.read_text("utf-8")


def test_a_file_that_is_no_yaml_any_more_is_not_touched(desk: Desk) -> None:
    card = add(desk)
    path = stories_path(desk)
    path.write_text("deck: [", "utf-8")
    with pytest.raises(FileUnwritable):
        change_story(desk, card, {"task": "x"})
    assert path.read_text("utf-8") == "deck: ["


def test_a_text_too_long_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(UsageError, match="the action holds 100,000 characters"):
        add(desk, action="x" * 100_000)
    assert not stories_path(desk).exists()


def test_parts_are_counted_against_the_clock(desk: Desk) -> None:
    add(desk, action="word " * 280)
    record = list_stories(desk)[0]
    assert [part.aim_seconds for part in record.parts] == [26, 15, 80, 20, 10]
    assert (record.parts[2].words, record.parts[2].seconds) == (280, 120)
    assert record.missing == ("situation", "task", "result", "reflection")


def test_the_clock_warns_where_the_time_is_badly_shared(desk: Desk) -> None:
    add(desk, situation="word " * 100, task="word " * 60, action="word " * 60, result="word " * 10)
    assert list_stories(desk)[0].warnings == (
        "situation and task take 70%, 40% at most",
        "the action takes 26%, 40% at least",
        "the result takes 4 s, 8 s at least",
    )


def test_the_clock_says_nothing_of_a_story_that_is_not_written(desk: Desk) -> None:
    add(desk, situation="word " * 100)
    assert list_stories(desk)[0].warnings == ()


def test_the_learner_s_own_clock_sets_the_aims(desk: Desk) -> None:
    add(desk)
    (desk.folders.decks / "clock.yaml").write_text(CLOCK, "utf-8")
    reload_decks(desk)
    record = list_stories(desk)[0]
    assert [part.aim_seconds for part in record.parts] == [24, 12, 48, 24, 12]
    assert record.aim_seconds == 120


def test_a_clock_that_cannot_be_read_leaves_the_bundled_one(desk: Desk) -> None:
    add(desk)
    (desk.folders.decks / "clock.yaml").write_text(CLOCK.replace("0.4,", "0.9,", 1), "utf-8")
    reload_decks(desk)
    assert list_stories(desk)[0].aim_seconds == 150


def test_a_story_s_own_seconds_come_before_the_clock_s(desk: Desk) -> None:
    add(desk)
    path = stories_path(desk)
    path.write_text(path.read_text("utf-8").rstrip() + "\n  seconds: 100\n", "utf-8")
    reload_decks(desk)
    record = list_stories(desk)[0]
    assert (record.aim_seconds, record.parts[2].aim_seconds) == (100, 53)


def test_faults_of_the_file_are_found_with_their_place(desk: Desk) -> None:
    add(desk)
    path = stories_path(desk)
    good = path.read_text("utf-8")
    path.write_text(good + "\n- {id: half, kind: story, title: Half}\n", "utf-8")
    reload_decks(desk)
    faults = make_matrix(desk).faults
    assert faults
    assert not any(fault.is_whole for fault in faults)
    assert faults[0].place.startswith(f"{path}:{good.count(chr(10)) + 2}:")
    path.write_text(good + "\n- {id: half\n", "utf-8")
    reload_decks(desk)
    (fault,) = make_matrix(desk).faults
    assert fault.is_whole


def test_a_damaged_draft_is_put_aside(desk: Desk) -> None:
    path = typed_path(desk, None)
    path.parent.mkdir()
    path.write_text('{"schema": 1, "at"', "utf-8")
    assert open_story(desk, None).offered is None
    assert path.with_suffix(".damaged").exists()


def test_a_new_story_that_was_saved_is_not_offered_again(desk: Desk) -> None:
    typed: Fields = {"title": "T", "competencies": ("conflict",)}
    keep_draft(desk, StoryDraft(), typed)
    assert open_story(desk, None).offered is not None
    add_story(desk, typed)
    assert open_story(desk, None).offered is None
    assert not typed_path(desk, None).exists()


def test_a_draft_taken_up_leaves_what_another_program_changed_alone(desk: Desk) -> None:
    card = add(desk, task="mine", action="earlier")
    page = open_story(desk, card)
    keep_draft(desk, page.draft, {**page.fields, "task": "mine again"})
    path = stories_path(desk)
    path.write_text(path.read_text("utf-8").replace("mine", "theirs").replace("earlier", "later"), "utf-8")
    reload_decks(desk)
    page = take_up(open_story(desk, card))
    assert (page.fields["task"], page.fields["action"]) == ("mine again", "later")
    saved = save_draft(desk, page.draft, page.fields, is_last=False, over=())
    assert page.draft.conflicts == {"task"}
    assert "changed by another program" in saved.fault
    assert "theirs" in path.read_text("utf-8")


def test_the_matrix_names_holes_and_overused_stories(desk: Desk) -> None:
    wide = add(desk, "Wide", "conflict", "influence", "failure", "teamwork", "learning")
    told = add(desk, "Told", "motivation")
    add(desk, "Other", "motivation")
    for _ in range(4):
        record_answer(desk, told, 4)
    matrix = make_matrix(desk)
    assert "ownership" in matrix.holes
    assert not {"conflict", "motivation"} & set(matrix.holes)
    assert matrix.overused == {wide: "shows 5 competencies", told: "4 of 4 reviews"}


def test_a_removed_story_leaves_its_words_its_history_and_its_name(desk: Desk) -> None:
    card = add(desk, action="Built it.")
    add(desk, "Second")
    record_answer(desk, card, 4)
    kept = remove_story(desk, card)
    assert "Built it." in kept.read_text("utf-8")
    assert [each.title for each in list_stories(desk)] == ["Second"]
    assert str(add(desk)) == "stories/holdout-2"
    with desk.store.reading() as log:
        assert len(list(log.reviews(of=[card]))) == 1


def test_removing_the_last_story_leaves_a_deck_that_takes_another(desk: Desk) -> None:
    remove_story(desk, add(desk))
    assert "cards: []" in stories_path(desk).read_text("utf-8")
    add(desk, "Next")
    assert [each.title for each in list_stories(desk)] == ["Next"]


def test_a_draft_saves_what_it_can_and_keeps_the_rest(desk: Desk) -> None:
    draft = StoryDraft()
    typed: Fields = {"title": "T", "task": "x" * 30_000, "action": "a", "competencies": ("conflict",)}
    saved = save_draft(desk, draft, typed, is_last=True, over=())
    assert set(saved.changed) == {"title", "action", "competencies"}
    assert "What you wrote is kept in" in saved.fault
    (kept,) = (desk.folders.state / "stories").iterdir()
    assert "x" * 30_000 in kept.read_text("utf-8")


def test_a_draft_in_which_nothing_was_typed_makes_no_story(desk: Desk) -> None:
    page = open_story(desk, None)
    assert save_draft(desk, page.draft, page.fields, is_last=True, over=()).changed == ()
    assert not stories_path(desk).exists()


def test_a_story_is_drilled_both_ways(desk: Desk) -> None:
    card = add(desk)
    assert begin_drill(desk, card)[1].front == "Tell: The holdout"
    assert begin_drill(desk, card, "conflict")[1].front == "Which of your stories shows **conflict**?"


def test_a_story_that_is_not_due_is_drilled_without_touching_its_schedule(desk: Desk) -> None:
    card = add(desk)
    record_answer(desk, card, 4)
    assert begin_drill(desk, card)[0].cram


@settings(deadline=None, max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_survives_the_page_of_an_editor(text: str) -> None:
    text = clean(text).strip("\n")
    assert read_page(write_page({"title": "t", "action": text, "competencies": ("a", "b")}, ("a",)))["action"] == text
