"""`answer` and its batch, `show`, `log`, `undo`: what scripts rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
BATCH_KEYS = ["card", "review", "repetition", "interval", "easiness", "due"]
LOG_KEYS = {
    "review", "card", "at", "study_day", "grade", "quality", "seconds", "kind", "repetition", "interval", "easiness",
    "due", "voided",
}  # fmt: skip


def batch(*rows: dict[str, Any]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def count_reviews(run: Run) -> int:
    return len(run("log", "--json").lines())


def test_an_answer_says_when_the_card_comes_next(run: Run) -> None:
    ended = run("answer", "probability/base-rate", "good")
    assert ended.status == 0
    assert ended.out == "probability/base-rate  good  next tomorrow, Mon 23 Nov  easiness 2.50\n"


def test_an_answer_under_json_has_the_keys_of_a_batch_line(run: Run) -> None:
    row = run("answer", "base-rate", "easy", "--json").json()
    assert {key: row[key] for key in BATCH_KEYS if key != "review"} == {
        "card": "probability/base-rate",
        "repetition": 1,
        "interval": 1,
        "easiness": 2.6,
        "due": "2026-11-23",
    }


@pytest.mark.parametrize(
    ("word", "quality", "grade"),
    [("again", 1, "again"), ("hard", 3, "hard"), ("good", 4, "good"), ("easy", 5, "easy")],
)
def test_a_grade_is_logged_with_the_quality_it_stands_for(run: Run, word: Any, quality: Any, grade: Any) -> None:
    run("answer", "bayes", word)
    row = run("log", "--json").lines()[0]
    assert (row["quality"], row["grade"]) == (quality, grade)


@pytest.mark.parametrize(
    ("quality", "grade"), [(0, "again"), (1, "again"), (2, "again"), (3, "hard"), (4, "good"), (5, "easy")]
)
def test_a_quality_is_logged_under_its_grade(run: Run, quality: Any, grade: Any) -> None:
    run("answer", "bayes", "--quality", str(quality))
    row = run("log", "--json").lines()[0]
    assert (row["quality"], row["grade"]) == (quality, grade)


@pytest.mark.parametrize(
    "words",
    [
        ["bayes"],
        ["bayes", "good", "--quality", "4"],
        ["bayes", "goood"],
        ["bayes", "4"],
        ["bayes", "--quality", "6"],
        ["bayes", "--quality", "-1"],
        ["bayes", "--quality", "4.0"],
        ["bayes", "good", "--seconds", "nan"],
        ["bayes", "good", "--seconds", "inf"],
        ["bayes", "good", "--seconds", "-1"],
        ["bayes", "good", "--seconds", "86401"],
        ["bayes", "good", "--at", "2026-11-22T09:30:00"],
        ["bayes", "good", "--at", "2026-11-22"],
        ["bayes", "good", "--at", "now"],
        ["bayes", "good", "--at", "1969-12-31T00:00:00Z"],
        ["bayes", "good", "--at", "9999-12-31T00:00:00Z"],
        ["bayes", "good", "--batch", "-"],
        ["bayes", "good", "extra"],
        [],
    ],
)
def test_a_wrong_answer_exits_two_and_writes_nothing(run: Run, words: list[str]) -> None:
    ended = run("answer", *words)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("error: ")
    assert count_reviews(run) == 0


def test_a_misspelt_grade_is_told_the_right_one(run: Run) -> None:
    assert "did you mean good?" in run("answer", "bayes", "goood").err


def test_a_moment_without_offset_is_told_the_right_form(run: Run) -> None:
    assert "2026-11-22T09:30:00+01:00" in run("answer", "bayes", "good", "--at", "2026-11-22T09:30:00").err


def test_an_answer_before_the_last_review_exits_two_and_writes_nothing(run: Run) -> None:
    run("answer", "bayes", "good", "--at", "2026-11-20T10:00:00Z")
    ended = run("answer", "bayes", "good", "--at", "2026-11-19T10:00:00Z")
    assert (ended.status, ended.out) == (2, "")
    assert count_reviews(run) == 1


def test_moment_and_seconds_are_kept(run: Run) -> None:
    run("answer", "bayes", "hard", "--at", "2026-11-20T23:30:00+01:00", "--seconds", "12.5")
    row = run("log", "--json").lines()[0]
    assert (row["study_day"], row["seconds"]) == ("2026-11-20", 12.5)
    assert row["at"].startswith("2026-11-20T22:30:00")


@pytest.mark.parametrize("word", ["nothing", "probability/nothing", "nowhere/bayes", "", "\x1b]0;x\x07"])
def test_an_unknown_card_exits_four(run: Run, word: Any) -> None:
    ended = run("answer", word, "good")
    assert (ended.status, ended.out) == (4, "")
    assert "\x1b" not in ended.err


def test_an_ambiguous_card_lists_the_candidates(run: Run, decks: Path) -> None:
    (decks / "other.yaml").write_text("deck: other\ncards:\n- {id: bayes, front: x, back: y}\n")
    ended = run("answer", "bayes", "good")
    assert ended.status == 4
    assert "probability/bayes" in ended.err
    assert "other/bayes" in ended.err


def test_a_batch_prints_one_line_per_review_with_exactly_the_keys(run: Run) -> None:
    ended = run(
        "answer",
        "--batch",
        "-",
        text=batch(
            {"card": "probability/bayes", "grade": "good", "at": "2026-11-20T10:00:00Z", "seconds": 3},
            {"card": "bayes", "quality": 5, "at": "2026-11-21T10:00:00+01:00"},
        ),
    )
    assert ended.status == 0
    assert [set(row) for row in ended.lines()] == [set(BATCH_KEYS), set(BATCH_KEYS)]
    assert [(row["repetition"], row["interval"], row["easiness"], row["due"]) for row in ended.lines()] == [
        (1, 1, 2.5, "2026-11-21"),
        (2, 6, 2.6, "2026-11-27"),
    ]


def test_a_batch_can_be_read_from_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "reviews.jsonl").write_text(batch({"card": "bayes", "grade": "good"}))
    assert run("answer", "--batch", str(tmp_path / "reviews.jsonl")).lines()[0]["card"] == "probability/bayes"


def test_blank_lines_of_a_batch_are_skipped_but_counted(run: Run) -> None:
    ended = run("answer", "--batch", "-", text='\n  \n{"card": "bayes"}\n')
    assert ended.status == 2
    assert "line 3: neither grade nor quality" in ended.err


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '"bayes"',
        "null",
        "{",
        '{"card": "bayes"}',
        '{"grade": "good"}',
        '{"card": "", "grade": "good"}',
        '{"card": 7, "grade": "good"}',
        '{"card": "bayes", "grade": "good", "quality": 4}',
        '{"card": "bayes", "grade": "good", "quality": null}',
        '{"card": "bayes", "grade": "perfect"}',
        '{"card": "bayes", "grade": 4}',
        '{"card": "bayes", "quality": 6}',
        '{"card": "bayes", "quality": -1}',
        '{"card": "bayes", "quality": 4.0}',
        '{"card": "bayes", "quality": true}',
        '{"card": "bayes", "quality": "4"}',
        '{"card": "bayes", "grade": "good", "seconds": NaN}',
        '{"card": "bayes", "grade": "good", "seconds": Infinity}',
        '{"card": "bayes", "grade": "good", "seconds": 1e999}',
        '{"card": "bayes", "grade": "good", "seconds": -1}',
        '{"card": "bayes", "grade": "good", "seconds": "3"}',
        '{"card": "bayes", "grade": "good", "seconds": true}',
        '{"card": "bayes", "grade": "good", "seconds": 1' + "0" * 400 + "}",
        '{"card": "bayes", "grade": "good", "seconds": 1' + "0" * 5000 + "}",
        '{"card": "bayes", "grade": "good", "at": "2026-11-22T09:30:00"}',
        '{"card": "bayes", "grade": "good", "at": 1700000000}',
        '{"card": "bayes", "grade": "good", "at": "0001-01-01T00:00:00Z"}',
        '{"card": "bayes", "grade": "good", "when": "now"}',
        '{"card": "bayes", "card": "gaps", "grade": "good"}',
        '{"card": "bayes", "grade": "good"} trailing',
        "[" * 30_000,
        '{"card": "' + "x" * 70_000 + '", "grade": "good"}',
        '{"card": "bayes", "grade": "good", "at": "2020-01-01T00:00:00Z"}',
    ],
)
def test_a_bad_line_stops_a_batch_with_its_number_after_all_before_it_was_stored(run: Run, line: str) -> None:
    good = batch({"card": "bayes", "grade": "good"})
    ended = run("answer", "--batch", "-", text=f"{good}{line}\n{good}")
    assert ended.status == 2
    assert len(ended.lines()) == 1
    assert "line 2: " in ended.err
    assert "Traceback" not in ended.err
    assert count_reviews(run) == 1


def test_bytes_that_are_no_text_stop_a_batch_with_their_line(run: Run) -> None:
    ended = run("answer", "--batch", "-", text=b'{"card": "b\xff", "grade": "good"}\n')
    assert ended.status == 2
    assert "line 1: not UTF-8 text" in ended.err


def test_an_unknown_card_stops_a_batch_with_four_and_its_line(run: Run) -> None:
    ended = run(
        "answer", "--batch", "-", text=batch({"card": "bayes", "grade": "good"}, {"card": "x", "grade": "good"})
    )
    assert (ended.status, len(ended.lines())) == (4, 1)
    assert "line 2: no card x" in ended.err


def test_a_batch_error_under_json_is_one_object_with_the_line(run: Run) -> None:
    error = json.loads(run("answer", "--batch", "-", "--json", text="{}\n").err)["error"]
    assert (error["code"], error["message"][:7]) == ("usage", "line 1:")


@pytest.mark.parametrize("source", ["missing.jsonl", "."])
def test_a_batch_that_cannot_be_read_exits_two(run: Run, source: Any) -> None:
    ended = run("answer", "--batch", source)
    assert (ended.status, ended.out) == (2, "")


def test_a_writer_may_wait_for_each_line_of_a_batch(home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "prepdeck", "answer", "--batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=home.parent,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for card in ("bayes", "gaps"):
            process.stdin.write(batch({"card": card, "grade": "good"}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["card"] == f"probability/{card}"
        process.stdin.close()
        assert process.wait(30) == 0


def test_show_of_an_unseen_card_has_the_memory_of_a_new_one(run: Run) -> None:
    shown = run("show", "probability/bayes", "--json").json()
    assert {key: shown[key] for key in ("schema", "card", "deck", "kind", "title", "reviews")} == {
        "schema": 1,
        "card": "probability/bayes",
        "deck": "probability",
        "kind": "basic",
        "title": "What does Bayes' rule turn around?",
        "reviews": [],
    }
    assert shown["memory"] == {
        "state": "unseen",
        "repetition": 0,
        "interval": 0,
        "easiness": 2.5,
        "due": None,
        "lapses": 0,
        "leech": False,
        "suspended": False,
        "buried": False,
        "retired": False,
        "flagged": False,
        "note": "",
    }


def test_show_of_a_learned_card_tells_memory_and_reviews(run: Run) -> None:
    run("answer", "bayes", "hard", "--at", "2026-11-20T10:00:00Z")
    shown = run("show", "bayes", "--json").json()
    assert shown["memory"]["state"] == "learned"
    assert (shown["memory"]["easiness"], shown["memory"]["due"]) == (2.36, "2026-11-21")
    assert set(shown["reviews"][0]) == LOG_KEYS


def test_show_draws_front_answer_and_memory(run: Run) -> None:
    run("answer", "base-rate", "good")
    out = run("show", "base-rate").out
    assert "Prevalence 1 %" in out
    assert "0.154 probability" in out
    assert "learned, due Mon 23 Nov (tomorrow), interval 1 day, easiness 2.50, repetition 1, lapses 0" in out
    assert "2026-11-22 09:30  good" in out


@pytest.mark.parametrize("card", ["bayes", "gaps", "pick", "base-rate"])
def test_show_draws_every_kind(run: Run, card: Any) -> None:
    ended = run("show", card)
    assert (ended.status, ended.err) == (0, "")


def test_a_card_that_vanished_is_shown_as_retired(run: Run, decks: Path) -> None:
    run("answer", "bayes", "good")
    (decks / "probability.yaml").write_text("deck: probability\ncards:\n- {id: other, front: x, back: y}\n")
    shown = run("show", "probability/bayes", "--json").json()
    assert shown["memory"]["retired"] is True
    assert len(shown["reviews"]) == 1
    assert "retired" in run("show", "probability/bayes").out


def test_the_log_has_exactly_the_keys_of_the_contract_and_the_oldest_first(run: Run) -> None:
    run("answer", "bayes", "good", "--at", "2026-11-20T10:00:00+01:00")
    run("answer", "gaps", "again")
    rows = run("log", "--json").lines()
    assert [row["card"] for row in rows] == ["probability/bayes", "probability/gaps"]
    assert all(set(row) == LOG_KEYS for row in rows)
    assert rows[1]["at"].endswith("+00:00")


def test_the_log_can_be_cut_to_a_card_and_a_day(run: Run) -> None:
    run("answer", "bayes", "good", "--at", "2026-11-18T10:00:00Z")
    run("answer", "gaps", "good", "--at", "2026-11-20T10:00:00Z")
    run("answer", "bayes", "good")
    assert [row["card"] for row in run("log", "--json", "--since", "2026-11-20").lines()] == [
        "probability/gaps",
        "probability/bayes",
    ]
    assert len(run("log", "--json", "--card", "bayes").lines()) == 2
    assert run("log", "--card", "nobody").status == 4


def test_the_log_as_text_has_a_line_per_review(run: Run) -> None:
    run("answer", "bayes", "good")
    run("undo")
    assert run("log").out == (
        "2026-11-22 09:30  good   scheduled  probability/bayes  1 day  easiness 2.50  (taken back)\n"
    )


def test_the_whole_log_holds_the_undo_as_well(run: Run) -> None:
    run("answer", "bayes", "good")
    run("undo")
    review, action = run("log", "--all", "--json").lines()
    assert (review["voided"], action["kind"], action["target"]) == (True, "undo", review["review"])
    assert "undo" in run("log", "--all").out.splitlines()[1]


def test_undo_says_what_it_took_back_and_restores_the_memory(run: Run) -> None:
    run("answer", "bayes", "good")
    ended = run("undo")
    assert (ended.status, ended.out) == (0, "undid good on probability/bayes of 2026-11-22 09:30\n")
    assert run("show", "bayes", "--json").json()["memory"]["state"] == "unseen"


def test_undo_takes_back_several_newest_first(run: Run) -> None:
    run("answer", "bayes", "good")
    run("answer", "gaps", "again")
    undone = run("undo", "2", "--json").json()
    assert (undone["schema"], [row["card"] for row in undone["undone"]]) == (
        1,
        ["probability/gaps", "probability/bayes"],
    )


def test_undo_of_nothing_says_so(run: Run) -> None:
    ended = run("undo")
    assert (ended.status, ended.out) == (4, "")
    assert ended.err == "error: there is nothing to undo\n"


def test_a_deck_named_twice_is_a_note_on_stderr_and_never_on_stdout(run: Run, decks: Path) -> None:
    (decks / "zz.yaml").write_text("deck: probability\ncards:\n- {id: a, front: x, back: y}\n")
    ended = run("due", "--json")
    assert ended.json()["decks"][0]["cards"] == 1
    assert ended.err.startswith("note: deck probability stands in ")
    assert run("due", "--json", "-q").err == ""


def test_answers_survive_in_a_folder_with_odd_letters(run: Run, tmp_path: Path) -> None:
    odd = tmp_path / "ho me \x1b[31m ü"
    assert run("answer", "bayes", "good", "--home", str(odd)).status == 0
    assert Path(odd / "prepdeck.db").is_file()
    assert "\x1b" not in run("paths", "--home", str(odd)).out


def test_an_answer_of_another_day_says_from_today_when_the_card_comes_next(run: Run) -> None:
    ended = run("answer", "base-rate", "good", "--at", "2026-11-15T09:00:00+00:00")
    assert "due since Mon 16 Nov" in ended.out
