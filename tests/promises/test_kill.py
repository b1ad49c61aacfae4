"""Promises 1, 2, 7 and 13: kill -9 at any moment, two writers at once, and what is on the disk before an answer."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from prepdeck.store.inspection import count_entries, faults_in
from tests.builders import run_here
from tests.full import FULL, times
from tests.promises.harness import (
    PROGRAM,
    ROOT,
    Grader,
    assert_whole,
    database_of,
    fresh_home,
    line_of,
    missing_strace,
    note,
    stored_ids,
)

LINES = 1_000
"""Handed to a grader at once; a pipe holds them all."""
KILLS_PER_HOME = 25
"""After so many a fresh home is taken, so that beginnings are killed as well."""
SLOW = (
    "strace", "-D", "-f", "-o", "/dev/null", "-e", "trace=write,pwrite64,fdatasync,fsync,unlink",
    "-e", "inject=write,pwrite64,fdatasync,fsync,unlink:delay_enter=5000",
)  # fmt: skip


def batch(dice: random.Random) -> list[str]:
    return [line_of(f"many/c{dice.randrange(50)}", dice.randrange(6)) for _ in range(LINES)]


def die(grader: Grader, dice: random.Random, longest: float, *, at_work: bool) -> None:
    """Let a grader work for a while and kill it, counted from its start or from its first answer."""
    if at_work:
        grader.read_until(time.monotonic() + 60, count=1)
    grader.read_until(time.monotonic() + dice.uniform(0, longest))
    grader.kill()


def kill_again_and_again(folder: Path, kills: int, *, writers: int = 1, slow: bool = False) -> None:
    """Kill graders; after each kill every acknowledged review is stored once, and at most one more per grader."""
    dice = random.Random(f"{folder.name}{kills}{writers}")
    acks = unacked = 0
    for trial in range(kills):
        if trial % KILLS_PER_HOME == 0:
            home = fresh_home(folder / str(trial), made=False)
            before: list[str] = []
        graders = [Grader(home, SLOW if slow else ()) for _ in range(writers)]
        for grader in graders:
            grader.feed(*batch(dice))
        seeds = [random.Random(dice.random()) for _ in graders]
        threads = [
            threading.Thread(target=die, args=(grader, seed, 3.0 if slow else 0.6), kwargs={"at_work": trial % 3 != 1})
            for grader, seed in zip(graders, seeds, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        acked = [ack["review"] for grader in graders for ack in grader.acked]
        for grader in graders:
            grader.__exit__()
        assert_whole(home)
        after = stored_ids(home)
        assert len(set(after)) == len(after)
        assert set(before) | set(acked) <= set(after)
        assert len(after) - len(before) - len(acked) <= writers
        acks += len(acked)
        unacked += len(after) - len(before) - len(acked)
        before = after
    note(f"{kills * writers} kills, {acks} acknowledged, 0 lost, 0 twice, {unacked} stored but not acknowledged")
    assert acks > 0


@pytest.mark.promise(1)
def test_an_acknowledged_grade_survives_kill_nine_at_any_moment(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, times(8, 200))


@pytest.mark.promise(1)
@pytest.mark.skipif(missing_strace() is not None, reason=str(missing_strace()))
def test_a_kill_inside_a_slowed_commit_loses_no_acknowledged_grade(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, times(2, 60), slow=True)


@pytest.mark.promise(1)
def test_killing_two_graders_of_one_database_loses_nothing_of_either(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, times(2, 100), writers=2)


@pytest.mark.promise(2)
@pytest.mark.skipif(missing_strace() is not None, reason=str(missing_strace()))
def test_every_grade_is_synced_to_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home")
    run_here(home, "due")
    trace = tmp_path / "trace"
    calls = "write,pwrite64,fsync,fdatasync,unlink"
    lines = "".join(line_of(f"many/c{number % 50}", number % 6) for number in range(times(30, 500)))
    done = subprocess.run(
        ["strace", "-y", "-s", "20", "-o", str(trace), "-e", f"trace={calls}", *PROGRAM, "answer", "--batch", "-"],
        input=lines, env=home, capture_output=True, text=True, cwd=ROOT, check=True, timeout=300,
    )  # fmt: skip
    acked = kept = 0
    last_write = last_sync = journal_gone = folder_synced = 0
    database = str(database_of(home))
    for number, call in enumerate(trace.read_text().splitlines(), 1):
        if re.match(rf"(write|pwrite64)\(\d+<{re.escape(database)}>", call):
            last_write = number
        elif re.match(rf"(fsync|fdatasync)\(\d+<{re.escape(database)}>\) += 0", call):
            last_sync = number
        elif call.startswith(f'unlink("{database[:20]}') and call.endswith("= 0"):
            journal_gone = number
        elif re.match(rf"(fsync|fdatasync)\(\d+<{re.escape(str(database_of(home).parent))}>\) += 0", call):
            folder_synced = number
        elif re.match(r'write\(1<pipe:\[\d+\]>, "\{\\"', call):
            acked += 1
            kept += 0 < last_write < last_sync < journal_gone < folder_synced < number
            last_write = last_sync = journal_gone = folder_synced = 0
    assert acked == len(done.stdout.splitlines()) == len(lines.splitlines())
    assert kept == acked


@pytest.mark.promise(7)
def test_two_programs_grade_at_once_and_neither_loses_or_waits_long(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home")
    run_here(home, "due")
    count = times(60, 500)
    waits: list[float] = []
    failures: list[object] = []

    def work(seed: int) -> None:
        dice = random.Random(seed)
        with Grader(home) as grader:
            for number in range(count):
                began = time.monotonic()
                grader.feed(line_of(f"many/c{dice.randrange(50)}", dice.randrange(6)))
                if not grader.read_until(began + 60, count=number + 1):
                    break
                if number:  # the first answer also waits for the program to start
                    waits.append(time.monotonic() - began)
            done = grader.finish()
            if done.returncode or len(grader.acked) != count:
                failures.append((done.returncode, len(grader.acked), done.stderr))

    threads = [threading.Thread(target=work, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(stored_ids(home)) == 2 * count
    assert_whole(home)
    assert_no_answer_was_decided_on_an_old_memory(database_of(home))
    waits.sort()
    worst, rare = waits[-1], waits[len(waits) * 99 // 100]
    note(f"{2 * count} answers of two programs: p99 {rare * 1000:.0f} ms, longest {worst * 1000:.0f} ms")
    assert worst <= (1 if FULL else 5), f"p99 {rare:.3f} s, longest {worst:.3f} s"


def assert_no_answer_was_decided_on_an_old_memory(database: Path) -> None:
    """Check that each review begins with the memory that the card's review before it left."""
    fields = ("repetition", "easiness", "interval", "due", "last", "drilling", "lapses")
    columns = ", ".join([f"before_{name}" for name in fields] + [f"after_{name}" for name in fields])
    known: dict[tuple[str, str], tuple[object, ...]] = {}
    with closing(sqlite3.connect(database)) as raw:
        for deck, card, *values in raw.execute(f"SELECT deck, card, {columns} FROM reviews ORDER BY study_day, id"):
            assert tuple(values[: len(fields)]) == known.get((deck, card), (None,) * len(fields))
            known[deck, card] = tuple(values[len(fields) :])


@pytest.mark.promise(13)
@pytest.mark.skipif(missing_strace() is not None, reason=str(missing_strace()))
def test_a_backup_that_is_killed_leaves_nothing_unchecked_under_its_name(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home")
    lines = "".join(line_of(f"many/c{number % 50}", number % 6) for number in range(300))
    run_here(home, "answer", "--batch", "-", input=lines)
    dice = random.Random(13)
    kills, half, whole = times(3, 40), 0, 0
    for trial in range(kills):
        target = tmp_path / "copies" / f"{trial}.db"
        with subprocess.Popen(
            [*SLOW, *PROGRAM, "backup", str(target)], env=home, cwd=ROOT, stdout=subprocess.DEVNULL
        ) as process:
            # Killed a while after the copy was begun, which slowed system calls stretch to a third of a second.
            while process.poll() is None and not list(tmp_path.glob("copies/.*.tmp")):
                wait_for(process, 0.005)
            wait_for(process, dice.uniform(0, 0.4))
            process.kill()
        if target.exists():
            whole += 1
            assert faults_in(target) == ()
            assert count_entries(target)[0] == 300
        half += bool(list(tmp_path.glob("copies/.*.tmp")))
        for left_over in tmp_path.glob("copies/.*"):
            left_over.unlink()
    note(f"{kills} backups killed: {half} left a file under another name, {whole} were whole under their own")
    assert_whole(home)


def wait_for(process: subprocess.Popen[bytes], seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
