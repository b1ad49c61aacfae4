"""Homes, decks and processes the proofs are made with: prepdeck itself, killed, starved, traced or on a terminal."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Self

import pytest

from prepdeck.store.inspection import faults_in
from prepdeck.store.migration import create_database
from tests.builders import environment_of, run_here

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "prepdeck"]
PATIENCE = 60.0
"""Seconds after which a process that says nothing counts as hung."""
LET_IN = ("--bounding-set=-dac_override,-dac_read_search,-fowner",)
"""What root gives up to be held to the mode bits of files, as everybody else is."""
QUIT = "\x11"
"""Leaves the interface from any page."""
ON_A_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


def note(figure: str) -> None:
    """Write down a figure that a proof came to; `pytest -rP` shows it."""
    sys.stdout.write(f"{figure}\n")


def numbered_deck(cards: int, name: str = "many") -> str:
    """Return a deck of basic cards c0, c1, ..., whose fronts and backs are single words."""
    entries = [
        f'- {{id: c{number}, front: "Frontword{number}.", back: "Backword{number}."}}' for number in range(cards)
    ]
    return "\n".join([f"deck: {name}", "cards:", *entries, ""])


def fresh_home(
    folder: Path, *, cards: int = 50, now: str | None = None, made: bool = True, **more: str
) -> dict[str, str]:
    """Return the environment of a home with a numbered deck.

    The machine's clock runs unless `now` stops it, and the empty database is there unless it is not to be `made`: the
    first program to start in a home needs half a second for that.
    """
    environment = environment_of(folder, decks=numbered_deck(cards), now=now, PYTHONPATH=str(ROOT), **more)
    if made and not database_of(environment).exists():
        create_database(database_of(environment))
    return environment


def database_of(environment: dict[str, str]) -> Path:
    return Path(environment["PREPDECK_HOME"]) / "prepdeck.db"


def stored_ids(environment: dict[str, str]) -> list[str]:
    """Return the ids of all reviews, read without prepdeck."""
    with closing(sqlite3.connect(database_of(environment))) as raw:
        return [row[0] for row in raw.execute("SELECT id FROM reviews ORDER BY study_day, id")]


def assert_whole(environment: dict[str, str]) -> None:
    """Check that replaying the log gives the kept memory, and that every row is as it was written."""
    checked = run_here(environment, "rebuild", "--check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert faults_in(database_of(environment)) == ()


def assert_said(done: subprocess.CompletedProcess[str], status: int = 5) -> None:
    """Check that a command failed with one plain sentence, the next step, and nothing on stdout."""
    assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
    lines = done.stderr.splitlines()
    assert sum(line.startswith("error: ") for line in lines) == 1, done.stderr
    assert sum(line.startswith("help: ") for line in lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "an error of its own" not in done.stderr
    assert done.stdout == ""


def line_of(card: str, quality: int, at: str | None = None) -> str:
    """Return one line of a batch."""
    return json.dumps({"card": card, "quality": quality, **({"at": at} if at else {})}) + "\n"


@dataclass
class Grader:
    """A running `answer --batch -` whose acknowledgements are read as they come."""

    environment: dict[str, str]
    prefix: tuple[str, ...] = ()
    acked: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [*self.prefix, *PROGRAM, "answer", "--batch", "-", "--quiet"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._input = self.process.stdin
        self._output = self.process.stdout
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._input.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self._output.close()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def feed(self, *lines: str) -> None:
        """Hand over lines; few enough that the pipe takes them at once."""
        with suppress(BrokenPipeError):
            self._input.write("".join(lines).encode())
            self._input.flush()

    def read_until(self, deadline: float, *, count: int | None = None) -> bool:
        """Read acknowledgements until so many came or the deadline passed; return False when the stream ended."""
        while count is None or len(self.acked) < count:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._output], [], [], left)[0]:
                return True
            found = os.read(self._output.fileno(), 1 << 16)
            if not found:
                return False
            *lines, self._rest = (self._rest + found).split(b"\n")
            self.acked += [json.loads(line) for line in lines]
        return True

    def await_acks(self, count: int) -> None:
        """Read until so many acknowledgements came in all."""
        self.read_until(time.monotonic() + PATIENCE, count=count)
        assert len(self.acked) >= count, self.finish()

    def kill(self) -> None:
        """Kill -9, and read what was acknowledged until then."""
        self.process.send_signal(signal.SIGKILL)
        assert not self.read_until(time.monotonic() + PATIENCE)
        self.process.wait(PATIENCE)

    def finish(self) -> subprocess.CompletedProcess[str]:
        """End the input, read everything, and return how the process ended."""
        with suppress(OSError):
            self._input.close()
        self.read_until(time.monotonic() + PATIENCE)
        assert self.process.stderr is not None
        said = self.process.stderr.read().decode()
        return subprocess.CompletedProcess([], self.process.wait(PATIENCE), "", said)


class Terminal:
    """prepdeck on a terminal of its own, 24 rows of 80 columns.

    Args:
        environment: The environment of its home.
        words: The command line.
        rows: Lines of the terminal.
        columns: Cells of a line.
        program: What runs with that command line.
        is_told: Whether the system tells the program of a hang-up, as it does in a window.
    """

    def __init__(
        self,
        environment: dict[str, str],
        *words: str,
        rows: int = 24,
        columns: int = 80,
        program: Sequence[str] = tuple(PROGRAM),
        is_told: bool = True,
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            [*((sys.executable, "-S", "-c", ON_A_TERMINAL) if is_told else ()), *program, *words],
            env={**environment, "TERM": "xterm-256color", "COLUMNS": "", "LINES": ""},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            start_new_session=not is_told,
        )
        os.close(slave)
        self.output = b""
        """Everything the terminal was sent."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def hang_up(self) -> None:
        """Close the window."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def _read(self, deadline: float) -> bool:
        ready = select.select([self._master], [], [], max(0.0, deadline - time.monotonic()))[0]
        try:
            found = os.read(self._master, 1 << 16) if ready else b""
        except OSError:  # Linux says EIO when the last process left the terminal
            return False
        self.output += found
        return bool(found)

    def await_text(self, pattern: str, *, since: int = 0) -> int:
        """Read until a pattern shows after the offset `since`; return the offset behind it."""
        deadline = time.monotonic() + PATIENCE
        wanted = re.compile(pattern.encode())
        while (match := wanted.search(self.output, since)) is None:
            going = self._read(deadline)
            assert going or wanted.search(self.output, since), (pattern, self.output[-3000:])
        return match.end()

    def wait(self) -> int:
        """Read until the program ended; return its status."""
        deadline = time.monotonic() + PATIENCE
        if self._master >= 0:
            while self._read(deadline):
                pass
        return self.process.wait(PATIENCE)


def status_of(process: subprocess.Popen[bytes]) -> int:
    """Return an exit status as a shell shows it."""
    status = process.wait(PATIENCE)
    return 128 - status if status < 0 else status


@cache
def missing_strace() -> str | None:
    """Return why system calls cannot be watched here, or None."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-o", os.devnull, "-e", "inject=write:delay_enter=1", "true"], capture_output=True, check=False
    )
    return None if tried.returncode == 0 else "strace may not trace here"


@cache
def as_bound_user() -> tuple[str, ...]:
    """Return the words before a command that hold it to the mode bits of files; root may do anything otherwise."""
    if os.geteuid() != 0:
        return ()
    prefix = ("setpriv", *LET_IN)
    if shutil.which("setpriv") is None:
        pytest.skip("root may write anything here, and setpriv is missing")
    probe = "import os, sys; sys.exit(os.access('/', os.F_OK) is False)"
    if subprocess.run([*prefix, sys.executable, "-c", probe], capture_output=True, check=False).returncode:
        pytest.skip("root may write anything here, and cannot give that up")
    return prefix


@contextmanager
def small_disk(folder: Path, kibibytes: int) -> Iterator[Path]:
    """Hold a file system of a few kibibytes; skip where none can be made."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k,mode=700", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no small file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def run_bound(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run prepdeck as somebody whom mode bits hold."""
    return subprocess.run(
        [*as_bound_user(), *PROGRAM, *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        cwd=ROOT,
    )
