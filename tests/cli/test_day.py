"""`due`, and `prepdeck` without a verb."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_due_under_json_has_the_keys_of_the_contract(run: Run) -> None:
    day = run("due", "--json").json()
    assert list(day)[:5] == ["schema", "study_day", "due", "new", "minutes"]
    assert (day["schema"], day["study_day"], day["due"], day["new"]) == (1, "2026-11-22", 0, 4)
    assert {key: day["decks"][0][key] for key in ("deck", "due", "new", "cards")} == {
        "deck": "probability",
        "due": 0,
        "new": 4,
        "cards": 4,
    }


def test_a_card_due_today_is_due_and_no_longer_new(run: Run) -> None:
    run("answer", "bayes", "good", "--at", "2026-11-20T10:00:00Z")
    day = run("due", "--json").json()
    assert (day["due"], day["new"]) == (1, 3)


def test_due_draws_a_row_per_deck_and_a_sentence(run: Run, decks: Path) -> None:
    (decks / "two.yaml").write_text("deck: two\ncards:\n- {id: a, front: x, back: y}\n")
    assert run("due").out.splitlines() == [
        "Deck         Due  New  Cards",
        "probability    0    4      4",
        "two            0    1      1",
        "all            0    5      5",
        "",
        "0 due, 5 new, about 4 min: prepdeck review.",
    ]


def test_due_with_everything_done_says_until_tomorrow(run: Run) -> None:
    for card in ("bayes", "gaps", "pick", "base-rate"):
        run("answer", card, "good")
    assert run("due").out.endswith("Nothing is due until tomorrow.\n")


def test_due_counts_the_cards_that_still_come_back(run: Run) -> None:
    run("answer", "bayes", "again")
    assert "1 of today's cards still comes back." in run("due").out
    assert run("due", "--json").json()["unfinished"] == 1


def test_due_short_is_one_line(run: Run) -> None:
    run("answer", "bayes", "good", "--at", "2026-11-20T10:00:00Z")
    assert run("due", "--short").out == "1 due, 3 new, 3 min\n"


def test_due_count_is_the_number_of_due_cards(run: Run) -> None:
    run("answer", "bayes", "good", "--at", "2026-11-20T10:00:00Z")
    assert run("due", "--count").out == "1\n"


def test_due_quiet_exits_one_with_nothing_due_and_prints_nothing(run: Run) -> None:
    ended = run("due", "--quiet")
    assert (ended.status, ended.out, ended.err) == (1, "", "")


def test_due_quiet_exits_zero_with_a_due_card(run: Run) -> None:
    run("answer", "bayes", "good", "--at", "2026-11-20T10:00:00Z")
    ended = run("due", "-q")
    assert (ended.status, ended.out, ended.err) == (0, "", "")


def test_without_decks_due_says_where_they_belong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPDECK_DECKS", "")
    assert "prepdeck paths" in run("due").out


def test_due_takes_in_an_edited_deck(run: Run, decks: Path) -> None:
    run("due")
    (decks / "probability.yaml").write_text("deck: probability\ncards:\n- {id: bayes, front: x, back: y}\n")
    assert run("due", "--json").json()["decks"][0]["cards"] == 1


def test_prepdeck_alone_without_terminal_names_due_and_plain_on_one_line(start: Run) -> None:
    ended = start()
    assert (ended.status, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1
    assert "prepdeck due" in ended.err
    assert "review --plain" in ended.err


def test_review_without_terminal_names_plain(start: Run) -> None:
    ended = start("review")
    assert (ended.status, ended.out) == (2, "")
    assert "review --plain" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_missing_deck_path_exits_two(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PREPDECK_DECKS", str(Path(tmp_path) / "nowhere"))
    ended = run("due")
    assert (ended.status, ended.out) == (2, "")


@pytest.mark.parametrize("value", ["yesterday", "2026-11-22T09:30:00"])
def test_a_wrong_frozen_clock_exits_two(run: Run, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PREPDECK_NOW", value)
    assert run("due").status == 2
