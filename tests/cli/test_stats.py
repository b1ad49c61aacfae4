"""`prepdeck stats`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def answer(run: Run, card: str, *days: str, grade: str = "good") -> None:
    for day in days:
        run("answer", card, grade, "--at", f"{day}T10:00:00Z", "--seconds", "30")


def test_under_json_it_has_the_keys_of_the_contract(run: Run) -> None:
    report = run("stats", "--json").json()
    wanted = ("schema", "study_day", "since", "retention", "days", "forecast", "intervals", "decks", "topics")
    assert set(wanted) | {"hardest", "leeches"} <= set(report)
    assert (report["schema"], report["study_day"], report["since"]) == (1, "2026-11-22", None)
    assert report["retention"]["kept"] is None


def test_retention_counts_first_answers_of_a_day_on_learned_cards(run: Run) -> None:
    answer(run, "bayes", "2026-11-18", "2026-11-19", "2026-11-20")
    answer(run, "gaps", "2026-11-18", "2026-11-19")
    answer(run, "gaps", "2026-11-20", "2026-11-20", grade="again")
    report = run("stats", "--json").json()
    assert {key: report["retention"][key] for key in ("passed", "answered", "kept")} == {
        "passed": 3,
        "answered": 4,
        "kept": 0.75,
    }
    assert [(day["day"], day["reviews"], day["new"], day["passed"], day["answered"]) for day in report["days"]] == [
        ("2026-11-18", 2, 2, 0, 0),
        ("2026-11-19", 2, 0, 2, 2),
        ("2026-11-20", 3, 0, 1, 2),
        ("2026-11-21", 0, 0, 0, 0),
        ("2026-11-22", 0, 0, 0, 0),
    ]
    assert report["minutes"] == 3.5
    assert report["hardest"][0]["card"] == "probability/gaps"


def test_an_answer_that_was_taken_back_counts_nowhere(run: Run) -> None:
    answer(run, "bayes", "2026-11-20")
    before = run("stats", "--json").json()
    run("answer", "gaps", "good")
    run("undo")
    assert run("stats", "--json").json() == before


def test_since_looks_at_fewer_days_but_at_every_card(run: Run) -> None:
    answer(run, "bayes", "2026-11-18", "2026-11-19", "2026-11-20")
    report = run("stats", "--since", "2026-11-20", "--json").json()
    assert (report["since"], report["reviews"], len(report["days"])) == ("2026-11-20", 1, 3)
    assert sum(each["cards"] for each in report["intervals"]) == 1
    assert run("stats", "--since", "2030-01-01", "--json").json()["reviews"] == 0


def test_due_new_and_forecast_equal_those_of_due(run: Run) -> None:
    answer(run, "bayes", "2026-11-20")
    answer(run, "gaps", "2026-11-22")
    report, day = run("stats", "--json").json(), run("due", "--json").json()
    assert (report["due"], report["new"], report["forecast"][0]["due"]) == (day["due"], day["new"], day["due"])
    keys = ("deck", "due", "new", "cards")
    assert [[deck[key] for key in keys] for deck in report["decks"]] == [
        [deck[key] for key in keys] for deck in day["decks"]
    ]


def test_one_deck_alone_and_an_unknown_one(run: Run, decks: Path) -> None:
    (decks / "two.yaml").write_text("deck: two\ncards:\n- {id: a, front: x, back: y}\n")
    answer(run, "bayes", "2026-11-20")
    answer(run, "two/a", "2026-11-20")
    report = run("stats", "--deck", "two", "--json").json()
    assert (report["reviews"], [deck["deck"] for deck in report["decks"]]) == (1, ["two"])
    ended = run("stats", "--deck", "tow")
    assert ended.status == 4
    assert "two" in ended.err


def test_leeches_equal_those_of_the_verb_leeches(run: Run) -> None:
    run("config", "leech_lapses", "2")
    answer(run, "gaps", "2026-11-10")
    for day in ("2026-11-11", "2026-11-13"):
        answer(run, "gaps", day, grade="again")
        answer(run, "gaps", f"2026-11-{int(day[-2:]) + 1}")
    report, listed = run("stats", "--json").json(), run("leeches", "--json").json()
    assert listed["leeches"]
    keys = ("card", "lapses", "title", "suspended")
    assert [[leech[key] for key in keys] for leech in report["leeches"]] == [
        [leech[key] for key in keys] for leech in listed["leeches"]
    ]


def test_the_text_fits_eighty_columns_and_says_when_retention_appears(run: Run) -> None:
    answer(run, "bayes", "2026-11-18", "2026-11-19")
    out = run("stats").out
    assert "Retention appears after 20 reviews of cards seen before; you have 1" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "Nothing was answered since then" in run("stats", "--since", "2026-11-21").out


def test_csv_writes_every_day_into_a_new_file_and_keeps_an_old_one(run: Run, tmp_path: Path) -> None:
    answer(run, "bayes", "2026-11-20", "2026-11-21")
    path = tmp_path / "days.csv"
    assert run("stats", "--csv", str(path)).status == 0
    assert path.read_text("utf-8").splitlines() == [
        "day,reviews,new,minutes,answered,passed",
        "2026-11-20,1,1,0.5,0,0",
        "2026-11-21,1,0,0.5,1,1",
        "2026-11-22,0,0,0,0,0",
    ]
    assert run("stats", "--csv", str(path)).status == 2
