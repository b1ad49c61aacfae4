"""`spread`, and the offer of it after a gap."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_terminal import at_a_terminal

Run = Callable[..., Any]

CARDS = 30
DECK = "deck: wide\ncards:\n" + "".join(
    f"- {{id: c{number:02}, seconds: 60, front: 'What is {number:02}?', back: A number.}}\n" for number in range(CARDS)
)
OFFER = "30 cards are late. Do about 10 a day for 3 days? prepdeck spread shows the days."


@pytest.fixture
def late(home: Path, decks: Path, run: Run) -> Path:
    """A home whose thirty cards were learned ten days ago, and nothing since."""
    for path in decks.iterdir():
        path.unlink()
    (decks / "wide.yaml").write_text(DECK)
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text("minutes_a_day = 10\n")
    lines = (
        json.dumps({"card": f"wide/c{number:02}", "grade": "good", "at": f"2026-11-12T10:{number:02}:00Z"})
        for number in range(CARDS)
    )
    assert run("answer", "--batch", "-", text="\n".join(lines)).status == 0
    return home


def test_spread_shows_the_days_moves_the_cards_and_is_undone_at_once(late: Path, run: Run) -> None:
    ended = run("spread", "--yes")
    assert ended.out.splitlines() == [
        "Day         Late  Due anyway  Minutes",
        "Sun 22 Nov    10           0       10",
        "Mon 23 Nov    10           0       10",
        "Tue 24 Nov    10           0       10",
        "20 cards moved. prepdeck undo takes it back.",
    ]
    assert "prepdeck config new_a_day 0 pauses them" in ended.err
    assert run("due", "--count").out == "10\n"
    assert "spread" in run("undo").out
    assert run("due", "--count").out == "30\n"


def test_a_dry_run_changes_nothing(late: Path, run: Run) -> None:
    assert run("spread", "--dry-run", "--minutes", "15").out.splitlines()[1:] == [
        "Sun 22 Nov    15           0       15",
        "Mon 23 Nov    15           0       15",
    ]
    assert run("due", "--count").out == "30\n"


def test_spread_under_json_says_what_would_move_and_what_did(late: Path, run: Run) -> None:
    wished = run("spread", "--dry-run", "--json").json()
    done = run("spread", "--yes", "--json").json()
    assert wished == {**done, "moved": 0}
    assert done == {
        "schema": 1,
        "late": 30,
        "minutes": 10,
        "days": [{"day": f"2026-11-{day}", "late": 10, "due": 0, "minutes": 10} for day in (22, 23, 24)],
        "left": 0,
        "moved": 20,
    }


@pytest.mark.parametrize("words", [(), ("--json",), ("--minutes", "5")])
def test_without_a_terminal_spread_needs_to_be_told(late: Path, run: Run, words: tuple[str, ...]) -> None:
    ended = run("spread", *words)
    assert ended.status == 2
    assert "--dry-run" in ended.err
    assert run("due", "--count").out == "30\n"


@pytest.mark.parametrize("minutes", ["0", "1441", "many", "nan"])
def test_minutes_that_no_day_has_are_refused(late: Path, run: Run, minutes: str) -> None:
    ended = run("spread", "--yes", "--minutes", minutes)
    assert ended.status == 2
    assert "from 1 to 1440" in ended.err


def test_cards_that_find_no_day_are_counted_and_stay_due(late: Path, run: Run) -> None:
    (late / "config.toml").write_text('minutes_a_day = 10\nbreaks = "2026-11-23..2027-06-01"\n')
    ended = run("spread", "--yes")
    assert "20 late cards found no room within 60 days and would stay due" in ended.out
    assert run("due", "--count").out == "30\n"


def test_without_late_cards_spread_says_so(run: Run) -> None:
    assert run("spread", "--yes").out == "No card is late.\n"


def test_late_cards_that_fit_into_today_stay(late: Path, run: Run) -> None:
    assert run("spread", "--yes", "--minutes", "60").out.endswith("That fits into today: prepdeck review.\n")
    assert run("due", "--count").out == "30\n"


@pytest.mark.parametrize(
    ("typed", "due", "said"),
    [
        ("\ny\n", "10", "20 cards moved"),
        ("15\nyes\n", "15", "15 cards moved"),
        ("15\nn\n", "30", "Nothing was changed."),
        ("15\n\n", "30", "Nothing was changed."),
        ("none\n", "30", "'none' is not a number from 1 to 1440"),
    ],
)
def test_at_a_terminal_spread_asks_for_minutes_and_before_it_changes_anything(
    late: Path, run: Run, typed: str, due: str, said: str
) -> None:
    seen = at_a_terminal(late, typed, "spread")[1]
    assert "30 late cards: 3 days with 10 minutes each. Minutes a day? [10]" in seen
    assert said in seen
    assert run("due", "--count").out == f"{due}\n"


def test_due_offers_to_spread_after_a_gap_in_one_line(late: Path, run: Run) -> None:
    assert run("due").out.splitlines()[-1] == OFFER
    assert OFFER not in run("due", "--short").out
    assert list(run("due", "--json").json()) == [
        "schema", "study_day", "due", "new", "minutes", "unfinished", "plan", "decks",
    ]  # fmt: skip


def test_a_plain_review_offers_to_spread_before_its_first_card(late: Path, run: Run) -> None:
    assert run("review", "--plain", text="q\n").out.startswith(OFFER)
    assert OFFER not in run("review", "--plain", "--limit", "5", text="q\n").out


def test_an_answer_ends_the_offer(late: Path, run: Run) -> None:
    run("answer", "wide/c00", "good")
    assert "late" not in run("due").out
