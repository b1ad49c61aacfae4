"""Promises 16 and 17: every broken deck is told with its line, by one run of the program that stays quick and small."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from prepdeck.deckfile.source import MAX_BYTES
from tests.builders import environment_of
from tests.core.test_deckfile_corpus import CASES, Case
from tests.full import FULL
from tests.promises.harness import ROOT, note
from tests.promises.test_hostile_decks import run_measured

SECONDS = 2.0
"""Work of one run, starting the program included."""
KIBIBYTES = 300 * 1024
"""Largest memory of one run."""
BROKEN = [case for case in CASES if case.expected and len(case.deck) <= MAX_BYTES]
"""Larger files are told by their size alone, which a test of its own holds."""
TRIED = BROKEN if FULL else BROKEN[::40]
"""Each run takes a good part of a second, so that the daily figures try some of them."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home without a deck of its own."""
    return environment_of(tmp_path_factory.mktemp("broken") / "home", decks="", PYTHONPATH=str(ROOT))


def lint(home: dict[str, str], path: Path, *words: str) -> tuple[int, set[str], str]:
    """Run the linter on one file, hold it to its limits, and return its status, what it found and what it said."""
    done, worked, largest = run_measured(home, "lint", "--json", *words, str(path))
    note(f"{path.name}: {worked:.2f} s, {largest // 1024} MiB")
    assert "Traceback" not in done.stderr
    assert worked < SECONDS, worked
    assert largest < KIBIBYTES, largest
    problems = json.loads(done.stdout)["problems"] if done.stdout else []
    return done.returncode, {f"{one['line']}:{one['column']} {one['code']}" for one in problems}, done.stderr


@pytest.mark.promise(16)
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in TRIED])
def test_a_broken_deck_is_told_with_its_line_in_little_time_and_memory(
    home: dict[str, str], tmp_path: Path, case: Case
) -> None:
    path = tmp_path / "broken.yaml"
    path.write_bytes(case.deck)
    status, found, said = lint(home, path, *(["--strict"] if case.strict else []))
    assert set(case.expected) <= found, said
    is_error = any(line.split()[1].startswith("E") for line in case.expected)
    assert status == 1 if is_error or case.strict else status == 0


@pytest.mark.promise(16)
@pytest.mark.parametrize("name", ["a hundred megabytes", "a hundred megabytes of nothing"])
def test_a_huge_file_is_told_without_being_read(home: dict[str, str], tmp_path: Path, name: str) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as huge:
        if name == "a hundred megabytes":
            for _ in range(100):
                huge.write(b"# comment\n" * 104_858)
        else:
            huge.truncate(100 << 20)
    status, found, _ = lint(home, path)
    assert (status, found) == (1, {"1:1 E001"})


@pytest.mark.promise(16)
def test_links_that_go_round_and_files_that_are_none_are_told(home: dict[str, str], tmp_path: Path) -> None:
    loop, outside, pipe = (tmp_path / f"{name}.yaml" for name in ("loop", "outside", "pipe"))
    loop.symlink_to(loop.name)
    outside.symlink_to("../../../../../../../../etc/passwd")
    os.mkfifo(pipe)
    (tmp_path / "round").mkdir()
    (tmp_path / "round" / "again").symlink_to(tmp_path)
    status, found, said = lint(home, tmp_path)
    assert status == 1
    assert found == {"1:1 E001"}
    assert "root:" not in said
