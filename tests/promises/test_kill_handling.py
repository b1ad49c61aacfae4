"""Promises 1, 4 and 5 for what a learner does to cards: kill -9 at any moment leaves each step whole, or not there."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.builders import run_here
from tests.full import times
from tests.promises.harness import PATIENCE, PROGRAM, ROOT, assert_whole, database_of, fresh_home, line_of, note

CARDS = 40
KILLS_PER_HOME = 15
"""After so many a fresh home is taken; logs that grow make replays long."""

LEARNER = """
import json, random, sys
from datetime import timedelta
from prepdeck.cards.ids import CardId
from prepdeck.errors import NotFound
from prepdeck.study import comeback, handling, undoing
from prepdeck.study.desk import open_desk
from prepdeck.study.reviewing import record_answer

dice = random.Random(int(sys.argv[1]))
names = [f"many/c{number}" for number in range(int(sys.argv[2]))]


def say(what, **more):
    print(json.dumps({"what": what, **more}), flush=True)


with open_desk() as desk:
    learned = names[: len(names) // 2]
    verbs = (
        (handling.suspend, names), (handling.unsuspend, names), (handling.bury, names), (handling.flag, names),
        (handling.unflag, names), (handling.reset, names[-5:]), (handling.postpone, learned),
        (lambda desk, cards: handling.set_due(desk, cards, desk.today() + timedelta(days=dice.randrange(9))), learned),
    )
    while True:
        match dice.randrange(8):
            case 0:
                say("undo")
                try:
                    undoing.undo(desk, dice.randrange(1, 3))
                except NotFound:
                    pass
            case 1:
                say("answer")
                review = record_answer(desk, CardId.parse(dice.choice(names)), dice.randrange(6))
                say("done", review=review.id)
                continue
            case 2:
                text = f"note {dice.random()}"
                say("note", cards=1)
                handling.note(desk, dice.choice(names), text)
            case 3:
                say("spread", cards=len(comeback.preview(desk, 1).moves))
                comeback.spread(desk, 1)
            case _:
                verb, cards = dice.choice(verbs)
                say("verb")
                done = verb(desk, dice.sample(cards, dice.randrange(1, len(cards))))
                say("done", kind=done.kind.value, cards=len(done.changed))
                continue
        say("done")
"""
"""Handles cards without end; says what it begins, and once that is stored what it was."""


def one_home(folder: Path) -> dict[str, str]:
    """Return a home in which half of the cards are learned and late."""
    home = fresh_home(folder, cards=CARDS, now="2026-11-22T12:00:00+00:00", TZ="UTC")
    lines = "".join(line_of(f"many/c{number}", 4, "2026-11-02T12:00:00+00:00") for number in range(CARDS // 2))
    assert run_here(home, "answer", "--batch", "-", input=lines).returncode == 0
    return home


def live_and_die(home: dict[str, str], seed: int, seconds: float) -> list[dict[str, Any]]:
    """Let a learner handle cards for a while, kill it, and return what it said."""
    process = subprocess.Popen(
        [sys.executable, "-c", LEARNER, str(seed), str(CARDS)], env=home, stdout=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    said = first + process.stdout.read()
    process.stdout.close()
    assert process.wait(PATIENCE) == -signal.SIGKILL
    whole = said[: said.rfind(b"\n") + 1]
    return [json.loads(line) for line in whole.splitlines()]


def steps_of(home: dict[str, str]) -> dict[str, list[tuple[str, str | None]]]:
    """Return every step of the action log with kind and target of each of its entries, read without prepdeck."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    with closing(sqlite3.connect(database_of(home))) as raw:
        for step, kind, target in raw.execute("SELECT step, kind, target FROM actions ORDER BY id"):
            found.setdefault(step, []).append((kind, target))
    return found


def assert_undone_whole(home: dict[str, str]) -> None:
    """Check that no step was ever taken back in part, and nothing twice."""
    with closing(sqlite3.connect(database_of(home))) as raw:
        targets = [row[0] for row in raw.execute("SELECT target FROM actions WHERE kind = 'undo'")]
        halves = raw.execute(
            "SELECT step FROM actions AS a GROUP BY step HAVING count(*) != sum(EXISTS (SELECT 1 FROM actions AS u "
            "WHERE u.kind = 'undo' AND u.target = a.id)) AND sum(EXISTS (SELECT 1 FROM actions AS u "
            "WHERE u.kind = 'undo' AND u.target = a.id)) > 0"
        ).fetchall()
    assert halves == []
    assert len(set(targets)) == len(targets)


def acknowledged(said: Iterable[dict[str, Any]]) -> Counter[tuple[str, int]]:
    """Return how many steps of each kind and size were said to be stored."""
    kept = [(each["kind"], each["cards"]) for each in said if each["what"] == "done" and each.get("cards")]
    return Counter(kept)


@pytest.mark.promise(1)
@pytest.mark.promise(4)
@pytest.mark.promise(5)
def test_a_kill_while_cards_are_handled_leaves_every_step_whole_and_what_the_log_gives(tmp_path: Path) -> None:
    kills, acked = times(2, 60), 0
    dice = random.Random(8)
    for trial in range(kills):
        if trial % KILLS_PER_HOME == 0:
            home = one_home(tmp_path / str(trial))
        before = steps_of(home)
        said = live_and_die(home, trial, dice.uniform(0, 0.6))
        assert_whole(home)
        assert_undone_whole(home)
        after = steps_of(home)
        assert {step: after[step] for step in before} == before
        fresh = [entries for step, entries in after.items() if step not in before]
        assert all(len({kind for kind, _ in entries}) == 1 for entries in fresh)
        stored = Counter((entries[0][0], len(entries)) for entries in fresh)
        assert acknowledged(said) <= stored
        with closing(sqlite3.connect(database_of(home))) as raw:
            reviews = {row[0] for row in raw.execute("SELECT id FROM reviews")}
        assert {each["review"] for each in said if "review" in each} <= reviews
        acked += sum(each["what"] == "done" for each in said)
    assert run_here(home, "doctor").returncode == 0
    note(f"{kills} kills, {acked} acknowledged steps, 0 lost, 0 in part")
    assert acked > 0


@pytest.mark.promise(1)
@pytest.mark.promise(4)
@pytest.mark.promise(5)
def test_a_command_that_is_killed_moves_all_of_its_cards_or_none(tmp_path: Path) -> None:
    home = one_home(tmp_path)
    dice = random.Random(9)
    every = [f"c{number}" for number in range(CARDS // 2)]
    commands = (["suspend", *every], ["spread", "--yes", "--minutes", "1"], ["undo", "3"], ["unsuspend", *every])
    kills = times(3, 60)
    for trial in range(kills):
        words = commands[trial % len(commands)]
        process = subprocess.Popen(
            [*PROGRAM, *words], env=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        time.sleep(dice.uniform(0.2, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
        assert_whole(home)
        assert_undone_whole(home)
        sizes = {(entries[0][0], len(entries)) for entries in steps_of(home).values()}
        assert {size for kind, size in sizes if kind in {"suspend", "unsuspend"}} <= {len(every)}
    note(f"{kills} kills of commands, 0 in part")
