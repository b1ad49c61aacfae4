"""One limited child process: starting it, listening to it, and ending it with everything it left behind.

What is promised: time, memory, output, files and stray processes are bounded, secrets of the environment are not handed
on, and prepdeck lives. It is **not** a sandbox. Where Linux grants user namespaces the code also has no network, sees
and signals no process but its own, and can write to its temporary folder alone. Elsewhere (macOS, many containers) it
could open sockets, read and write the learner's files, and kill the learner's processes, prepdeck's among them. Nowhere
is it kept from reading what the learner may read.
"""

from __future__ import annotations

import json
import os
import secrets
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final, Self

from prepdeck.judge.folder import remove
from prepdeck.judge.limits import Limits

LAUNCHER: Final = Path(__file__).with_name("inside") / "launch.py"
"""The program of the child process."""
START_SECONDS: Final = 0.4
"""What starting may take before it counts as time of the code; half of the second that a limit may be overrun by."""
END_SECONDS: Final = 0.5
"""What ending may take before the child is killed without being asked to end its own children."""
LARGEST_REPORT: Final = 32 << 20
"""Bytes of reports that are read, results and their JSON."""
CHUNK: Final = 1 << 16


class Ending(Enum):
    """Why a run was over."""

    DONE = "done"
    """Everything was reported."""
    LOST = "lost"
    """The code's process ended before that."""
    TIMEOUT = "timeout"
    """The time was over."""
    FLOOD = "flood"
    """It printed too much."""
    GLUT = "glut"
    """Its results are too large."""
    CROWD = "crowd"
    """It started too many processes."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came out of one child process."""

    reports: tuple[dict[str, Any], ...]
    """What the harness said, in order."""
    ending: Ending
    """Why it was over."""
    printed: str
    """What the code printed, as far as it was read."""
    status: int | None
    """How the code's process ended, negative for a signal; None when it was ended from outside."""
    seconds: float
    """Wall time of it all."""
    walls: tuple[str, ...]
    """Which of Linux's walls stood around it."""


def run(job: Mapping[str, Any], limits: Limits, *, walled: bool = True) -> Run:
    """Run one job in a child process; returns within a second of the time limit, with no process and no file left.

    Args:
        job: What `prepdeck.judge.inside.playing` reads.
        limits: What it may use.
        walled: Whether to ask for namespaces; False tries what happens where there are none.
    """
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="prepdeck-judge-"))
    try:
        with _Child(folder, limits) as child:
            child.send({
                **job,
                "nonce": child.nonce,
                "folder": str(folder),
                "walled": walled,
                "seconds": limits.seconds,
                "memory_bytes": limits.memory_bytes,
                "file_bytes": limits.file_bytes,
                "processes": limits.processes,
            })  # fmt: skip
            ending = child.listen(began)
        outcome = child.conclude(ending, began)
    finally:
        remove(folder)
    if walled and ending is Ending.LOST and not outcome.reports and not child.is_called_off:
        return run(job, limits, walled=False)  # namespaces were granted and then could not be furnished
    return outcome


def end_all() -> None:
    """End every run at once, whatever its limit; their calls return soon after, without a verdict.

    For a program that is told to stop: the threads that wait for the runs need a moment to clear up behind them.
    """
    with _LOCK:
        for child in _RUNNING:
            child.call_off()


class _Child:
    """The launcher's process and the descriptors that lead to it.

    The control socket closes when either side ends, whatever the code does: the launcher takes that as the order to
    end everything, and here it is the sign that everything has ended.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.nonce = secrets.token_hex(16)
        """Begins every report, so that a line which the code writes is none."""
        self._limits = limits
        self._folder = folder
        self._control, theirs = socket.socketpair()
        self._reports, report_end = os.pipe()
        self._prints, print_end = os.pipe()
        self._text = {self._reports: bytearray(), self._prints: bytearray()}
        self._parsed = self._searched = 0
        self._said: list[dict[str, Any]] = []
        self.is_called_off = False
        """Whether it was ended because nobody waits for it any more."""
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
                [sys.executable, "-S", "-s", "-P", "-X", "utf8", str(LAUNCHER), str(theirs.fileno()), str(report_end)],
                stdin=subprocess.DEVNULL,
                stdout=print_end,
                stderr=subprocess.STDOUT,
                cwd=folder,
                # The seed makes the order of sets, and with it every count, the same each time; it is taken out inside.
                env={"PATH": os.defpath, "HOME": str(folder), "PYTHONHASHSEED": "0"},
                pass_fds=(theirs.fileno(), report_end),
                start_new_session=True,
            )
        except BaseException:
            self._close()
            raise
        finally:
            theirs.close()
            os.close(report_end)
            os.close(print_end)

    def __enter__(self) -> Self:
        with _LOCK:
            _RUNNING.add(self)
        return self

    def call_off(self) -> None:
        """Have it end now; may be called from any thread while it runs."""
        self.is_called_off = True
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def __exit__(self, *_: object) -> None:
        """End the process, and read what it still said."""
        with _LOCK:
            _RUNNING.discard(self)
        self._control.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for descriptor in self._text:
            os.set_blocking(descriptor, False)
            with suppress(BlockingIOError):
                while self._take(descriptor) and not self._is_flooded():
                    pass
        self._parse()
        self._kill_group()
        self._close()

    def send(self, job: Mapping[str, Any]) -> None:
        """Hand the job over."""
        line = json.dumps(job).encode()
        self._control.settimeout(START_SECONDS + self._limits.seconds)
        with suppress(OSError):  # it ended already, which the end of its reports will tell
            self._control.sendall(struct.pack("!Q", len(line)) + line)

    def listen(self, began: float) -> Ending:
        """Read until all is said, or a limit is reached."""
        until = began + START_SECONDS + self._limits.seconds
        is_ready = False
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            for source in self._text:
                selector.register(source, selectors.EVENT_READ)
            while True:
                left = until - time.monotonic()
                if left <= 0:
                    return Ending.TIMEOUT
                for key, _ in selector.select(left):
                    if key.fileobj is self._control:
                        return Ending.LOST
                    if not self._take(key.fd):
                        selector.unregister(key.fd)
                if self._is_flooded():
                    return Ending.GLUT if len(self._text[self._reports]) > LARGEST_REPORT else Ending.FLOOD
                self._parse()
                if not is_ready and self._said and self._said[-1].keys() & {"ready", "begin", "end"}:
                    is_ready = True
                    until = min(until, time.monotonic() + self._limits.seconds)

    def conclude(self, ending: Ending, began: float) -> Run:
        """Return what came of it, after everything has ended."""
        ended: dict[str, Any] = next((each for each in reversed(self._said) if "ended" in each), {})
        if any("done" in each for each in self._said):
            ending = Ending.FLOOD if ending is Ending.FLOOD else Ending.DONE
        elif ended.get("why") == "processes":
            ending = Ending.CROWD
        printed = bytes(self._text[self._prints][: self._limits.output_bytes]).decode("utf-8", "replace")
        walls = next((tuple(each["walls"]) for each in self._said if "walls" in each), ())
        seconds = time.monotonic() - began
        return Run(tuple(self._said), ending, printed, ended.get("ended"), seconds, walls)

    def _take(self, descriptor: int) -> bool:
        """Read some bytes; return False at the end."""
        found = os.read(descriptor, CHUNK)
        self._text[descriptor] += found
        return bool(found)

    def _is_flooded(self) -> bool:
        return (
            len(self._text[self._prints]) > self._limits.output_bytes or len(self._text[self._reports]) > LARGEST_REPORT
        )

    def _parse(self) -> None:
        """Take in the whole lines that bear the nonce."""
        text = self._text[self._reports]
        end = text.rfind(b"\n", self._searched) + 1  # not from the beginning: a report may be many chunks long
        self._searched = len(text)
        if not end:
            return
        for line in bytes(text[self._parsed : end]).split(b"\n"):
            if line.startswith(self.nonce.encode()):
                with suppress(ValueError, RecursionError):
                    report = json.loads(line[len(self.nonce) :])
                    if isinstance(report, dict):
                        self._said.append(report)
        self._parsed = end

    def _kill_group(self) -> None:
        """Kill what the code left in its group when the launcher, outside of namespaces, was killed before it could."""
        started = next((each for each in self._said if "started" in each), None)
        if started and not started["walls"] and not any("ended" in each for each in self._said):
            until = time.monotonic() + END_SECONDS / 2
            with suppress(OSError):  # there is no such group any more
                while time.monotonic() < until:
                    os.killpg(started["started"], signal.SIGKILL)
                    time.sleep(0.002)
            self._kill_strays()

    def _kill_strays(self) -> None:
        """Kill what left that group: every process whose environment still names the temporary folder as its home."""
        mark = b"HOME=" + os.fsencode(self._folder) + b"\0"
        until = time.monotonic() + END_SECONDS / 2
        is_any = True
        while is_any and time.monotonic() < until:
            is_any = False
            for environment in Path("/proc").glob("[0-9]*/environ"):
                with suppress(OSError):  # another user's, or gone
                    if mark in environment.read_bytes():
                        os.kill(int(environment.parent.name), signal.SIGKILL)
                        is_any = True

    def _close(self) -> None:
        self._control.close()
        os.close(self._reports)
        os.close(self._prints)


_LOCK: Final = threading.Lock()
_RUNNING: Final[set[_Child]] = set()
