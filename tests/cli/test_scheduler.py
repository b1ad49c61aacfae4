from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended

CARD = "probability/bayes"


def days_of_buttons(shown: str) -> list[str]:
    line = next(line for line in shown.splitlines() if line.startswith("1 again:"))
    return re.findall(r"(\d+ days?)", line)


def test_a_switch_to_fsrs_is_said_once_and_changes_due_days(run: Callable[..., Ended]) -> None:
    run("answer", CARD, "easy")
    assert run("show", CARD, "--json").json()["memory"]["due"] == "2026-11-23"

    assert run("config", "scheduler", "fsrs").out == "scheduler = fsrs\n"
    first, second = run("due"), run("due")

    assert "the schedule now follows FSRS, worked out again from the log for 1 card" in first.err
    assert "FSRS" not in second.err
    assert first.out == second.out
    assert run("show", CARD, "--json").json()["memory"]["due"] == "2026-11-30"


def test_plain_review_shows_the_days_of_each_button_under_fsrs(run: Callable[..., Ended]) -> None:
    by_sm2 = run("review", "--plain", text="\nq\n")
    run("config", "scheduler", "fsrs")
    by_fsrs = run("review", "--plain", text="\nq\n")
    assert days_of_buttons(by_sm2.out + by_sm2.err) == ["1 day"] * 4
    assert days_of_buttons(by_fsrs.out + by_fsrs.err) == ["1 day", "1 day", "2 days", "8 days"]


def test_going_back_to_sm2_gives_its_due_days_back(run: Callable[..., Ended]) -> None:
    run("answer", CARD, "easy")
    before = run("show", CARD, "--json").json()["memory"]
    run("config", "scheduler", "fsrs")
    run("due")
    run("config", "scheduler", "sm2")
    back = run("due", "--short")
    assert "the schedule follows SM-2 again" in back.err
    assert run("show", CARD, "--json").json()["memory"] == before
    assert run("rebuild", "--check").status == 0


def test_rebuild_check_says_that_a_switch_is_pending(run: Callable[..., Ended]) -> None:
    run("answer", CARD, "easy")
    run("config", "scheduler", "fsrs")
    checked = run("rebuild", "--check")
    assert checked.status == 0
    assert checked.err == "note: the next start works the schedule out again from the log, by FSRS\n"
    assert run("doctor").status == 0
    assert "the schedule now follows FSRS" in run("rebuild").err
    assert run("rebuild", "--check").err == ""


def test_choosing_a_scheduler_that_is_not_installed_says_so_at_once(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsrs", None)
    chosen = run("config", "scheduler", "fsrs")
    assert chosen.status == 0
    assert "FSRS needs an extra: pip install 'prepdeck[fsrs]'; until then SM-2 decides" in chosen.err


def test_a_scheduler_that_nobody_knows_is_refused(run: Callable[..., Ended]) -> None:
    refused = run("config", "scheduler", "sm18")
    assert refused.status == 3
    assert "sm2, fsrs" in refused.err


def test_without_the_package_every_command_works_and_says_what_installs_it(
    run: Callable[..., Ended], start: Callable[..., Ended], tmp_path: Path
) -> None:
    run("answer", CARD, "easy")
    run("config", "scheduler", "fsrs")
    (tmp_path / "fsrs.py").write_text("raise ImportError('no such package')\n", "utf-8")
    without = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"}
    for words in (["due"], ["due", "--short"], ["answer", "probability/gaps", "good"], ["review", "--plain"]):
        ended = start(*words, **without)
        assert ended.status == 0, ended.err
        assert ended.err.count("FSRS needs an extra: pip install 'prepdeck[fsrs]'; until then SM-2 decides") == 1
    assert "Traceback" not in start("doctor", **without).out
    assert run("due").err.count("the schedule now follows FSRS") == 1


@pytest.mark.parametrize("words", [("due", "--short"), ("show", CARD), ("lint",)])
def test_sm2_never_loads_the_package(start: Callable[..., Ended], tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "fsrs.py").write_text("raise SystemExit('it was loaded')\n", "utf-8")
    ended = start(*words, PYTHONPATH=f"{tmp_path}:{Path(__file__).parents[2]}")
    assert "it was loaded" not in ended.err
    assert ended.status == 0
