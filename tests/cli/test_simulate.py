"""`simulate`: the learner's decks, minutes and date, tried by made-up learners."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from prepdeck.study import simulating
from prepdeck.study.simulating import Simulation, Trial

Run = Callable[..., Any]

MANY = ("simulate", "--cards", "300", "--days", "30", "--minutes", "15", "--seeds", "3")
KEYS = {"strategy", "recall", "spread", "unseen", "minutes", "longest_day"}
SLOW_CARDS = """
deck: probability
title: Probability
track: ml-fundamentals
cards:
- {id: short, front: What?, back: That.}
- {id: long, seconds: 600, front: What else?, back: This.}
"""


def test_the_plan_is_ahead_of_both_schedulers_as_they_ship(run: Run) -> None:
    rows = {row["strategy"]: row for row in run(*MANY, "--json").json()["rows"]}
    assert list(rows) == ["SM-2", "FSRS", "plan"]
    assert rows["plan"]["recall"] > max(rows["SM-2"]["recall"], rows["FSRS"]["recall"]) + 0.2
    assert rows["plan"]["unseen"] == 0
    assert rows["plan"]["minutes"] <= 1.02 * rows["SM-2"]["minutes"]


def test_json_holds_what_was_asked_for(run: Run) -> None:
    data = run("simulate", "--cards", "30", "--days", "9", "--minutes", "15", "--seeds", "2", "--json").json()
    assert {key: data[key] for key in ("schema", "days", "minutes", "cards", "seeds")} == {
        "schema": 1,
        "days": 9,
        "minutes": 15,
        "cards": 30,
        "seeds": 2,
    }
    assert all(set(row) == KEYS for row in data["rows"])


def test_the_same_words_give_the_same_figures(run: Run) -> None:
    words = ("simulate", "--cards", "30", "--days", "9", "--seeds", "2")
    assert run(*words).out == run(*words).out


def test_the_table_says_what_it_is(run: Run) -> None:
    ended = run("simulate", "--days", "10")
    assert "4 cards, 10 days of 20 min up to Wed 2 Dec, 5 made-up learners" in ended.out
    assert "Never seen" in ended.out
    assert (
        "made-up learners with memories as forecasts assume them: good for comparing schedules, no promise" in ended.out
    )
    assert (ended.status, ended.err) == (0, "")


def test_the_day_is_the_next_interview_with_its_decks(run: Run, decks: Path) -> None:
    (decks / "other.yaml").write_text("deck: other\ntrack: system-design\ncards:\n- {id: a, front: Q?, back: A.}\n")
    assert run("interview", "add", "2026-12-06", "--track", "system-design").status == 0
    data = run("simulate", "--seeds", "1", "--json").json()
    assert (data["days"], data["cards"]) == (14, 1)
    assert run("simulate", "--seeds", "1", "--days", "9", "--json").json()["cards"] == 5


def test_answers_given_so_far_are_where_it_begins(run: Run) -> None:
    fresh = run("simulate", "--days", "1", "--minutes", "1", "--seeds", "1", "--json").json()
    for card in ("bayes", "gaps", "pick", "base-rate"):
        assert run("answer", f"probability/{card}", "good", "--at", "2026-11-20T10:00:00Z").status == 0
    known = run("simulate", "--days", "1", "--minutes", "1", "--seeds", "1", "--json").json()
    assert all(row["unseen"] == 0 for row in known["rows"])
    assert all(row["unseen"] > 0 for row in fresh["rows"])


def test_an_answer_taken_back_and_practice_do_not_count(run: Run) -> None:
    assert run("answer", "probability/bayes", "good").status == 0
    assert "1 of them seen" in run("simulate", "--days", "5", "--seeds", "1").out
    assert run("undo").status == 0
    assert "seen," not in run("simulate", "--days", "5", "--seeds", "1").out.splitlines()[0]


def test_suspended_cards_are_left_out(run: Run) -> None:
    assert run("suspend", "probability/bayes").status == 0
    assert run("simulate", "--days", "5", "--seeds", "1", "--json").json()["cards"] == 3


def test_longer_cards_take_longer(run: Run, decks: Path) -> None:
    short = run("simulate", "--days", "5", "--minutes", "60", "--seeds", "1", "--json").json()
    (decks / "probability.yaml").write_text(SLOW_CARDS)
    long = run("simulate", "--days", "5", "--minutes", "60", "--seeds", "1", "--json").json()
    assert long["rows"][0]["minutes"] > 2 * short["rows"][0]["minutes"]


@pytest.mark.parametrize(
    ("words", "message", "status"),
    [
        (("--minutes", "0", "--days", "3"), "'0' is not a number from 1 to 600", 2),
        (("--days", "0"), "'0' is not a whole number from 1 to 365", 2),
        (("--seeds", "0", "--days", "3"), "'0' is not a whole number from 1 to 200", 2),
        (("--cards", "0", "--days", "3"), "'0' is not a whole number from 1 to 5000", 2),
        (("--date", "2026-11-22"), "2026-11-22 is today; there is no study day before it", 2),
        (("--date", "2026-11-20"), "2026-11-20 is past, 2 days ago", 2),
        (("--date", "2029-01-01"), "2029-01-01 is more than a year ahead", 2),
        (("--date", "soon"), "'soon' is not a day", 2),
        ((), "for which day? no interview is ahead", 2),
        (("--days", "3", "--date", "2026-12-24"), "--date and --days both name the day", 2),
        (("--days", "3", "--cards", "9", "--deck", "probability"), "--cards makes cards up", 2),
        (("--days", "3", "--deck", "nope"), "no deck nope", 4),
        (("--days", "3", "--track", "nope"), "no track nope", 4),
    ],
)
def test_what_cannot_be_simulated_is_said_in_one_sentence(
    run: Run, words: tuple[str, ...], message: str, status: int
) -> None:
    ended = run("simulate", *words)
    assert message in ended.err
    assert (ended.status, ended.out) == (status, "")


def test_without_a_card_there_is_nothing_to_simulate(run: Run, decks: Path) -> None:
    (decks / "probability.yaml").unlink()
    ended = run("simulate", "--days", "3")
    assert "no card is in scope, so there is nothing to simulate" in ended.err
    assert ended.status == 2


@pytest.mark.parametrize(("finished", "learners"), [(3, 1), (7, 2), (0, 0)])
def test_ctrl_c_shows_what_is_finished(run: Run, monkeypatch: pytest.MonkeyPatch, finished: int, learners: int) -> None:
    whole = simulating.trials_of

    def stopped(simulation: Simulation) -> Iterator[Trial]:
        for done, trial in enumerate(whole(simulation)):
            if done == finished:
                raise KeyboardInterrupt
            yield trial

    monkeypatch.setattr(simulating, "trials_of", stopped)
    ended = run("simulate", "--days", "3", "--json")
    assert ended.status == 130
    assert json.loads(ended.out)["seeds"] == learners
    assert len(json.loads(ended.out)["rows"]) == (3 if learners else 0)
    assert ended.err == f"note: stopped; made-up learners finished: {learners} of 5\n"
