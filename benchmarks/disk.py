"""What the disk asks for one durable answer."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.homes import PROGRAM, Home, mixed_deck, throw_away_home

PAGE = b"\0" * 4096
"""What is written before each fsync: one page of the database."""
USUAL_SYNCS = 5
"""How often an answer is synced, where there is no strace to count it."""
FEW, MORE = 2, 12
"""Answers of the two runs whose difference is counted."""


class Disk:
    """A file of its own, written and synced as often as an answer is.

    Args:
        folder: Where the file lies: on the same disk as the database.
    """

    def __init__(self, folder: Path) -> None:
        self._handle = os.open(folder / "synced", os.O_CREAT | os.O_RDWR)
        self._syncs = count_syncs()
        os.pwrite(self._handle, PAGE * self._syncs, 0)
        os.fsync(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        os.close(self._handle)

    def sync(self) -> float:
        """Write and sync a page as often as an answer does, and return the seconds."""
        begun = time.perf_counter()
        for number in range(self._syncs):
            os.pwrite(self._handle, PAGE, number * len(PAGE))
            os.fsync(self._handle)
        return time.perf_counter() - begun


@cache
def count_syncs() -> int:
    """Return how often one answer of the program is synced, as strace sees it."""
    if shutil.which("strace") is None:
        return USUAL_SYNCS
    with throw_away_home({"traced": mixed_deck("traced", MORE + FEW)}) as home:
        subprocess.run((*PROGRAM, "due"), env=home.environment, check=True, capture_output=True)  # makes the database
        few = _syncs_of(home, range(FEW))
        more = _syncs_of(home, range(FEW, FEW + MORE))
    return round((more - few) / (MORE - FEW))


def _syncs_of(home: Home, numbers: range) -> int:
    """Return how often a run of the program syncs that records some answers.

    Raises:
        RuntimeError: When it could not be traced.
    """
    trace = home.path / "trace"
    lines = (json.dumps({"card": f"traced/c{number:05}", "grade": "good"}) for number in numbers)
    ended = subprocess.run(
        ("strace", "-f", "-o", trace, "-e", "trace=fsync,fdatasync", *PROGRAM, "answer", "--batch", "-", "--quiet"),
        env=home.environment,
        input="\n".join(lines).encode(),
        check=False,
        capture_output=True,
    )
    if ended.returncode:
        raise RuntimeError(f"strace and prepdeck ended with {ended.returncode}: {ended.stderr.decode()}")
    return sum("sync(" in line for line in trace.read_text(encoding="utf-8").splitlines())
