"""`interview`: dates kept from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]

HEAPS = "deck: heaps\ntrack: algorithms\ncards:\n- {id: top, front: What is on top?, back: The smallest.}\n"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock to a day."""
    return lambda day: monkeypatch.setenv("PREPDECK_NOW", f"{day}T09:30:00+00:00")


def rows(run: Run) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = run("interview", "--json").json()["interviews"]
    return listed


def test_adding_a_date_says_how_far_it_is_and_what_it_covers(run: Run) -> None:
    ended = run("interview", "add", "2026-12-10", "--company", "Acme", "--track", "ml-fundamentals")
    assert (ended.status, ended.err) == (
        0,
        "note: prepdeck plan shows the days up to it, and whether the cards fit\n",
    )
    assert ended.out == (
        "the interview with Acme on Thu 10 Dec, in 18 days\nin scope: track ml-fundamentals; 4 cards in 1 deck\n"
    )


def test_add_json_has_the_shape_of_the_contract(run: Run) -> None:
    answer = run("interview", "add", "+21", "--deck", "probability", "--json").json()
    assert answer == {
        "schema": 1,
        "interviews": [
            {
                "number": 1,
                "date": "2026-12-13",
                "company": "",
                "days_left": 21,
                "tracks": [],
                "decks": ["probability"],
                "without": [],
                "cards": 4,
                "outcome": None,
                "added": "2026-11-22",
            }
        ],
    }
    assert run("interview", "list", "--json").json() == answer


def test_the_list_is_a_table_and_needs_no_word(run: Run, decks: Any) -> None:
    (decks / "heaps.yaml").write_text(HEAPS, "utf-8")
    run("interview", "add", "2027-01-08", "--company", "Beta")
    run("interview", "add", "2026-12-10", "--company", "Acme", "--without", "heaps")
    ended = run("interview")
    assert ended == run("interview", "list")
    assert (ended.status, ended.err) == (0, "")
    assert [" ".join(line.split()) for line in ended.out.splitlines()] == [
        "No Day Company Scope Cards Outcome",
        "1 Thu 10 Dec in 18 days Acme every deck of the daily queue without heaps 4",
        "2 Fri 8 Jan 2027 in 47 days Beta every deck of the daily queue 5",
    ]


def test_an_empty_list_says_how_to_begin(run: Run) -> None:
    ended = run("interview")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "note: no interview date yet: prepdeck interview add 2026-12-10, or +21 for in three weeks\n"
    assert run("interview", "-q").err == ""
    assert run("interview", "--json").json() == {"schema": 1, "interviews": []}


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["add"], 2, "which day?"),
        (["add", "soon"], 2, "'soon' is not a day"),
        (["add", "2026-02-30"], 2, "is not a day"),
        (["add", "+0"], 2, "2026-11-22 is today; a plan needs at least one study day before the interview"),
        (["add", "+99999"], 2, "more than three years ahead"),
        (["add", "2026-11-20"], 2, "2026-11-20 is past, 2 days ago"),
        (["add", "2026-12-10", "2026-12-11"], 2, "one word too many"),
        (["add", "+5", "--track", "ml-fundamental"], 4, "no track ml-fundamental"),
        (["add", "+5", "--deck", "probabilty"], 4, "no deck probabilty"),
        (["add", "+5", "--without", "probability"], 2, "no deck is in scope"),
        (["add", "+5", "--company", "x" * 81], 2, "81 characters"),
        (["add", "+5", "--release"], 2, "--release is for interview done"),
        (["list", "--track", "star"], 2, "--track is for interview add and interview scope"),
        (["remove"], 2, "which interview?"),
        (["remove", "2"], 4, "no interview 2"),
        (["remove", "2026-12-11"], 4, "no interview on 2026-12-11"),
        (["remove", "next"], 2, "names no interview"),
        (["move", "1"], 2, "which day?"),
        (["move", "1", "+0"], 2, "is today"),
        (["done", "1"], 2, "still 18 days ahead"),
        (["done", "1", "--release", "--archive"], 2, "exclude each other"),
        (["scope", "1", "--without", "probability"], 2, "no deck is in scope"),
        (["praise", "1"], 2, "'praise' is not one of"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(run: Run, words: list[str], status: int, message: str) -> None:
    run("interview", "add", "2026-12-10")
    before = rows(run)
    ended = run("interview", *words)
    assert (ended.status, ended.out) == (status, "")
    assert message in ended.err
    failed = run("interview", *words, "--json")
    assert (failed.status, failed.out) == (status, "")
    assert message in json.loads(failed.err)["error"]["message"]
    assert rows(run) == before


def test_a_near_miss_is_suggested(run: Run) -> None:
    assert "help: did you mean ml-fundamentals?" in run("interview", "add", "+5", "--track", "ml-fundamental").err


def test_two_interviews_of_one_day_are_told_apart_by_number(run: Run) -> None:
    run("interview", "add", "2026-12-10", "--company", "Acme")
    assert run("interview", "add", "2026-12-10", "--company", "acme").status == 2
    run("interview", "add", "2026-12-10", "--company", "Beta")
    ended = run("interview", "remove", "2026-12-10")
    assert (ended.status, ended.out) == (4, "")
    assert "1 (Acme) or 2 (Beta)" in ended.err
    assert run("interview", "remove", "2").out == "the interview with Beta on Thu 10 Dec is off the list\n"
    assert [row["company"] for row in rows(run)] == ["Acme"]


def test_scope_prints_and_changes_what_is_in(run: Run, decks: Any) -> None:
    (decks / "heaps.yaml").write_text(HEAPS, "utf-8")
    run("interview", "add", "+18", "--track", "algorithms")
    assert run("interview", "scope", "1").out.splitlines()[1] == "in scope: track algorithms; 1 card in 1 deck"
    wider = run("interview", "scope", "1", "--deck", "probability")
    assert wider.out.splitlines()[1] == "in scope: track algorithms, deck probability; 5 cards in 2 decks"
    changed = run("interview", "scope", "2026-12-10", "--all", "--without", "heaps", "--json").json()["interviews"][0]
    assert (changed["tracks"], changed["decks"], changed["without"], changed["cards"]) == ([], [], ["heaps"], 4)


def test_a_date_moves_and_keeps_its_beginning(run: Run, later: Callable[[str], None]) -> None:
    run("interview", "add", "2026-12-10")
    later("2026-11-30")
    ended = run("interview", "move", "2026-12-10", "+14")
    assert ended.out.startswith("the interview on Mon 14 Dec, in 14 days\n")
    assert [(row["date"], row["added"]) for row in rows(run)] == [("2026-12-14", "2026-11-22")]


def test_a_date_that_is_over_is_asked_about_and_decided(run: Run, later: Callable[[str], None]) -> None:
    run("interview", "add", "2026-12-10", "--company", "Acme")
    later("2026-12-12")
    listed = run("interview")
    assert "the interview of Thu 10 Dec (Acme) is over: prepdeck interview done 2026-12-10 --release" in listed.err
    assert listed.out.rstrip().endswith("undecided")
    asked = run("interview", "done", "2026-12-10")
    assert (asked.status, asked.out) == (2, "")
    assert "--release: its decks go back to normal intervals" in asked.err
    assert "--archive: its decks leave the daily queue" in asked.err
    done = run("interview", "done", "2026-12-10", "--archive")
    assert done.out == "the interview with Acme on Thu 10 Dec is over: 1 deck out of the daily queue\n"
    assert [(row["outcome"], row["days_left"]) for row in rows(run)] == [("archive", -2)]
    again = run("interview", "done", "1", "--release")
    assert again.out == "the interview with Acme on Thu 10 Dec is over: its decks go back to normal intervals\n"
    assert run("interview").err == ""


def test_archiving_says_what_another_interview_keeps(run: Run, decks: Any, later: Callable[[str], None]) -> None:
    (decks / "heaps.yaml").write_text(HEAPS, "utf-8")
    run("interview", "add", "2026-12-10")
    run("interview", "add", "2026-12-20", "--deck", "heaps")
    later("2026-12-10")
    kept = run("interview", "done", "1", "--archive")
    assert kept.out.endswith(": 1 deck out of the daily queue; another interview keeps 1 deck there\n")
    run("interview", "scope", "2", "--deck", "heaps", "--deck", "probability")
    assert run("interview", "done", "1", "--archive").out.endswith(
        "stay in the daily queue, for another interview asks about them\n"
    )


@pytest.mark.parametrize(
    ("typed", "outcome"), [("r\n", "release"), ("Archive\n", "archive"), ("\n", None), ("", None), ("yes\n", None)]
)
def test_at_a_terminal_the_learner_is_asked(
    run: Run, later: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, typed: str, outcome: str | None
) -> None:
    run("interview", "add", "2026-12-10", "--company", "Ac\x1b[2Jme")
    later("2026-12-12")
    monkeypatch.setattr("prepdeck.cli.interview.at_terminal", lambda: True)
    assert run("interview", "done", "1", "--no-input").status == 2
    ended = run("interview", "done", "1", text=typed)
    assert ended.status == 0
    assert "What becomes of the decks of the interview with Ac\\x1b[2Jme on Thu 10 Dec?" in ended.err
    assert ("nothing was decided" in ended.err) == (outcome is None)
    assert rows(run)[0]["outcome"] == outcome


def test_undo_takes_a_date_back(run: Run) -> None:
    run("interview", "add", "2026-12-10")
    run("interview", "move", "1", "2026-12-11")
    assert "2026-12-11" in run("undo").out
    assert [row["date"] for row in rows(run)] == ["2026-12-10"]
    assert run("undo").status == 0
    assert rows(run) == []


def test_a_company_cannot_drive_the_terminal(run: Run) -> None:
    company = "Ac\x1b]0;evil\x07me\u202e\n\x9b2J"
    outs = [run("interview", "add", "+5", "--company", company).out]
    outs += [run("interview", *words).out for words in ((), ("--json",), ("scope", "1"), ("remove", "1"))]
    for out in outs:
        assert not set(out) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), 0x202E)}
    assert "\\x1b]0;evil" in outs[0]


def test_a_database_that_is_damaged_exits_five(run: Run, home: Any) -> None:
    run("interview", "add", "+5")
    (home / "prepdeck.db").write_bytes(b"rubbish" * 1000)
    ended = run("interview", "remove", "1")
    assert (ended.status, ended.out) == (5, "")
