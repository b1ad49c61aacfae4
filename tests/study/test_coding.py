"""Drafts that are kept, answers that run, and the question before code of a deck runs."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.card import Body, Card
from prepdeck.cards.code import Case, Language, LargeInput, Shape
from prepdeck.cards.verdict import Outcome
from prepdeck.errors import StoreReadOnly, UsageError
from prepdeck.study.coding import (
    draft_of,
    draft_path,
    drop_draft,
    editor_command,
    foreign_code,
    give_consent,
    keep_draft,
    needs_consent,
    run_visible,
    submit,
)
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.reviewing import answer_current, begin_round, view_card
from prepdeck.study.trusting import remember_trust, survey_code
from prepdeck.text.cleaning import clean
from tests.builders import environment_of, make_card
from tests.kinds import RIGHT, WRONG, make_code, make_design, make_star

DECK = """\
deck: small
cards:
- id: one
  kind: code
  front: Double it.
  entry: double
  starter: "def double(x):\\n    pass"
  reference: "def double(x):\\n    return 2 * x"
  tests: {visible: [{in: [2], out: 4}], hidden: [{in: [3], out: 6}]}
  mutants: ["def double(x):\\n    return x + 2"]
  large_input: {input: "(10,)", seconds: 2}
- id: two
  kind: star
  front: A time you disagreed.
  competency: conflict
  seconds: 150
  rubric: behavioural
- {id: three, kind: story, title: Mine, situation: s, task: t, action: a, result: r, competencies: [conflict]}
- {id: four, kind: story, title: Other, situation: s, task: t, action: a, result: r, competencies: [drive]}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home", decks=DECK).items():
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def card_of(body: Body, name: str = "small/one") -> Card:
    return make_card(name, body=body)


def at(desk: Desk, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    from prepdeck.host.clock import clock_of

    desk.clock = clock_of({"PREPDECK_NOW": moment})


# Drafts


def test_a_draft_reads_back_as_it_was_written(desk: Desk) -> None:
    card = card_of(make_code())
    assert draft_of(desk, card) is None
    keep_draft(desk, card, WRONG)
    assert draft_of(desk, card) == WRONG
    keep_draft(desk, card, RIGHT)
    assert draft_of(desk, card) == RIGHT


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Mn", "Me"]) | st.just("\n")
)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_any_draft_reads_back_but_for_blank_ends(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    from types import SimpleNamespace

    from prepdeck.host.folders import Folders
    from tests.builders import TODAY

    home = tmp_path_factory.mktemp("home")
    folders = Folders(data=home, settings_file=home / "x", state=home)
    desk = SimpleNamespace(folders=folders, today=lambda: TODAY)
    card = card_of(make_code())
    keep_draft(desk, card, text)  # type: ignore[arg-type]
    assert (draft_of(desk, card) or "").rstrip() == clean(text).rstrip()  # type: ignore[arg-type]


def test_a_draft_is_readable_by_its_owner_only(desk: Desk) -> None:
    path = keep_draft(desk, card_of(make_code()), WRONG)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.is_relative_to(desk.folders.state / "drafts")


def test_a_draft_for_an_editor_holds_problem_and_tests_as_comments(desk: Desk) -> None:
    held = keep_draft(desk, card_of(make_code()), WRONG).read_text(encoding="utf-8")
    assert held.startswith(WRONG)
    below = held.removeprefix(WRONG).splitlines()
    assert all(line.startswith("#") for line in below if line)
    assert "# [2] -> 4" in held or "# 2 -> 4" in held
    assert "# Double a number." in held
    assert "0 -> 0" not in held


def test_a_query_has_comments_of_its_own_language(desk: Desk) -> None:
    path = keep_draft(desk, card_of(make_code(language=Language.SQL, shape=Shape.SQL)), "SELECT 1;")
    assert path.suffix == ".sql"
    assert "\n-- Tests\n" in path.read_text(encoding="utf-8")


def test_an_outline_is_kept_as_it_is(desk: Desk) -> None:
    path = keep_draft(desk, card_of(make_design()), "goal:\n- watch time")
    assert (path.suffix, path.read_text(encoding="utf-8")) == (".md", "goal:\n- watch time\n")


def test_cards_of_two_decks_keep_two_drafts(desk: Desk) -> None:
    one, other = card_of(make_code(), "a/b"), card_of(make_code(), "a-b/b")
    keep_draft(desk, one, RIGHT)
    assert draft_of(desk, other) is None


def test_a_draft_of_yesterday_is_not_asked_on_with_and_is_gone_a_week_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = card_of(make_code())
    old = keep_draft(desk, card, WRONG)
    at(desk, monkeypatch, "2026-11-23T09:00:00+00:00")
    assert draft_of(desk, card) is None
    keep_draft(desk, card, RIGHT)
    assert old.exists()
    at(desk, monkeypatch, "2026-12-01T09:00:00+00:00")
    keep_draft(desk, card, RIGHT)
    assert not old.exists()


def test_a_file_of_somebody_else_in_the_folder_of_drafts_stays(desk: Desk) -> None:
    folder = desk.folders.state / "drafts"
    (folder / "mine").mkdir(parents=True)
    keep_draft(desk, card_of(make_code()), WRONG)
    assert (folder / "mine").exists()


def test_what_a_file_holds_that_a_terminal_obeys_is_spelt_out(desk: Desk) -> None:
    card = card_of(make_code())
    keep_draft(desk, card, "x").write_bytes(b"a\x1b[31m\xff\n")
    assert draft_of(desk, card) == "a\\x1b[31m\ufffd\n"


@pytest.mark.parametrize("kind", ["pipe", "folder", "huge"])
def test_what_is_no_draft_file_counts_as_none(desk: Desk, kind: str) -> None:
    card = card_of(make_code())
    path = draft_path(desk, card)
    path.parent.mkdir(parents=True)
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case _:
            with path.open("wb") as file:
                file.truncate(1 << 31)
    assert draft_of(desk, card) is None


def test_a_draft_that_cannot_be_kept_is_an_error_that_names_the_place(desk: Desk) -> None:
    (desk.folders.state / "drafts").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreReadOnly, match="drafts"):
        keep_draft(desk, card_of(make_code()), WRONG)


def test_dropping_a_draft_twice_is_no_error(desk: Desk) -> None:
    card = card_of(make_code())
    keep_draft(desk, card, WRONG)
    drop_draft(desk, card)
    drop_draft(desk, card)
    assert draft_of(desk, card) is None


def test_a_card_is_asked_with_its_draft_until_it_is_graded(desk: Desk) -> None:
    sitting = begin_round(desk)
    assert sitting.current is not None
    card = desk.library.find("small/one")
    assert view_card(desk, card.id).draft is None
    keep_draft(desk, card, WRONG)
    assert view_card(desk, card.id).draft == WRONG
    answer_current(desk, sitting, 4, 60.0)
    assert view_card(desk, card.id).draft is None


# Runs


def test_visible_tests_run_alone(desk: Desk) -> None:
    verdict = run_visible(desk, card_of(make_code()), RIGHT)
    assert (verdict.outcome, len(verdict.results)) == (Outcome.PASSED, 2)


def test_submission_runs_hidden_tests_as_well(desk: Desk) -> None:
    verdict = submit(desk, card_of(make_code()), WRONG)
    assert (verdict.outcome, len(verdict.results), verdict.passed_count) == (Outcome.FAILED, 4, 1)


def test_a_card_without_code_cannot_be_run(desk: Desk) -> None:
    for verb in (run_visible, submit):
        with pytest.raises(UsageError):
            verb(desk, card_of(make_star()), RIGHT)


def test_the_large_input_of_a_trusted_deck_counts_as_a_test(desk: Desk, home: Path) -> None:
    card = desk.library.find("small/one")
    untried = submit(desk, card, RIGHT)
    assert untried.passed
    assert "prepdeck trust" in untried.message
    remember_trust(survey_code(home / "decks", desk.options).cards, desk.options)
    tried = submit(desk, card, RIGHT)
    assert (tried.outcome, len(tried.results), tried.message) == (Outcome.PASSED, 3, "")


def test_an_answer_too_slow_for_the_large_input_fails(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepdeck.study.trusting.Trust.covers", lambda *_: True)
    slow = "def double(x):\n    while x > 10**6:\n        pass\n    return 2 * x"
    body = make_code(large_input=LargeInput("(10**7,)", 0.2))
    verdict = submit(desk, card_of(body), slow)
    assert (verdict.outcome, verdict.passed_count, len(verdict.results)) == (Outcome.TIMEOUT, 4, 5)
    assert verdict.results[-1].expected == "within 0.2 s"


def test_a_wrong_result_on_the_large_input_shows_both(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepdeck.study.trusting.Trust.covers", lambda *_: True)
    wrong = "def double(x):\n    return 2 * x if x < 100 else 7"
    body = make_code(large_input=LargeInput("(1000,)", 2))
    last = submit(desk, card_of(body), wrong).results[-1]
    assert (last.passed, last.expected, last.got) == (False, "2000", "7")


# Consent


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        (make_code(), ()),
        (make_code(fixture="x = 1"), ("fixture",)),
        (make_code(property_check="def check(out, *args): ..."), ("property",)),
        (make_code(hidden=(Case("(1,)", "2", is_expression=True),)), ("test inputs",)),
        (
            make_code(language=Language.SQL, shape=Shape.SQL, hidden=(Case('["DELETE FROM t"]', "[]"),)),
            ("test inputs",),
        ),
        (make_code(language=Language.SQL, shape=Shape.SQL, hidden=(Case("[]", "[]"),), visible=()), ()),
        (make_code(large_input=LargeInput("(1,)", 1)), ()),
        (make_star(), ()),
    ],
)
def test_only_code_that_runs_with_an_answer_is_asked_about(desk: Desk, body: Body, labels: tuple[str, ...]) -> None:
    card = card_of(body)
    assert tuple(label for label, _ in foreign_code(card)) == labels
    assert needs_consent(desk, card) is bool(labels)


def test_consent_holds_for_exactly_the_code_that_was_shown(desk: Desk) -> None:
    card = card_of(make_code(fixture="x = 1"))
    give_consent(desk, card)
    assert not needs_consent(desk, card)
    assert not needs_consent(desk, card_of(make_code(fixture="x = 1", front="Other words.")))
    assert needs_consent(desk, card_of(make_code(fixture="x = 2")))


@pytest.mark.parametrize(
    "change",
    [{"entry": "run"}, {"shape": Shape.OPS}, {"hidden": (Case('[["rm", "-r", "."]]', "1"),)}, {"requires": ("numpy",)}],
)
def test_consent_is_lost_when_that_code_would_be_called_otherwise(desk: Desk, change: dict[str, Any]) -> None:
    give_consent(desk, card_of(make_code(fixture="from subprocess import run")))
    assert needs_consent(desk, card_of(make_code(fixture="from subprocess import run", **change)))


def test_consent_to_an_answers_surroundings_lets_nothing_else_run(desk: Desk) -> None:
    from prepdeck.study.trusting import is_trusted

    card = card_of(make_code(fixture="x = 1"))
    give_consent(desk, card)
    assert not is_trusted(card, desk.library.deck("small").path, desk.options)


def test_a_deck_that_is_trusted_whole_is_not_asked_about(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepdeck.study.trusting.Trust.covers", lambda *_: True)
    assert not needs_consent(desk, card_of(make_code(fixture="x = 1")))


# The editor, and other verbs


def test_visual_comes_before_editor_and_may_have_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "ed")
    assert editor_command(Path("/x y")) == ("ed", "/x y")
    monkeypatch.setenv("VISUAL", "code --wait")
    assert editor_command(Path("/x y")) == ("code", "--wait", "/x y")


def test_without_an_editor_the_variable_to_set_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.setenv(name, "'unbalanced" if name == "EDITOR" else "")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="no editor is set") as caught:
        editor_command(Path("/x"))
    assert "EDITOR" in str(caught.value.help)


def test_a_prompt_is_asked_with_the_stories_that_show_its_competency(desk: Desk) -> None:
    assert view_card(desk, desk.library.find("small/two").id).stories == ("Mine",)


def test_the_wording_of_a_story_says_which_way_it_is_asked(desk: Desk) -> None:
    view = view_card(desk, desk.library.find("small/three").id)
    assert view.front == ("Tell: Mine", "Which of your stories shows **conflict**?")[view.wording]


def test_both_ways_of_a_story_come_up(desk: Desk) -> None:
    card = desk.library.find("small/three")
    ways = set()
    for _ in range(12):
        ways.add(view_card(desk, card.id).wording)
        sitting = begin_round(desk)
        while sitting.current is not None and sitting.current != card.id:
            sitting, _ = answer_current(desk, sitting, 4, 1.0)
        sitting, review = answer_current(desk, sitting, 4, 1.0)
        desk.clock = _clock_after(review.after)
    assert ways == {0, 1}


def _clock_after(memory: object) -> object:
    from prepdeck.host.clock import clock_of

    return clock_of({"PREPDECK_NOW": f"{memory.due.isoformat()}T09:00:00+00:00"})  # type: ignore[attr-defined]
