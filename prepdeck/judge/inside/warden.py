"""The process between prepdeck and a card's code: it starts the code behind walls and ends whatever is left of it.

With namespaces there are three processes: this one outside, the first process of the namespaces, whose end the kernel
makes the end of everything in them, and the card's code. Without them the first two are one, which adopts orphans.
"""

# pathlib would be loaded at every start, for two reads of /proc.
# ruff: noqa: PTH115, PTH123, PTH208

from __future__ import annotations

import json
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from prepdeck.judge.inside.playing import play
from prepdeck.judge.inside.walls import (
    ADOPTS_ORPHANS,
    DIES_WITH_PARENT,
    GAINS_NOTHING,
    enclose_files,
    limit,
    set_process,
    unshare,
)

TICK_SECONDS: Final = 0.02
"""How often processes are counted; five times as long where /proc shows those of the whole machine."""
PATIENCE_SECONDS: Final = 0.4
"""How long strays are hunted where no namespace ends them."""
SPARE_PROCESSES: Final = 8
"""Processes of ours in the namespace, and a few threads of libraries."""

Send = Callable[[dict[str, Any]], None]


def stand(control_fd: int, report_fd: int) -> None:
    """Read the job, run it, and end with everything that it started."""
    control = socket.socket(fileno=control_fd)
    control.set_inheritable(False)
    os.set_inheritable(report_fd, False)
    job = _read_job(control)
    send = _sender(report_fd, str(job.pop("nonce")))
    if job["walled"] and unshare():
        outer = os.fork()
        if outer:
            os.close(report_fd)
            _watch(outer, control)
            with suppress(ProcessLookupError):
                os.kill(outer, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(outer, 0)
            os._exit(0)
        set_process(DIES_WITH_PARENT, signal.SIGKILL)
        standing = ("namespaces", *enclose_files(job["folder"], 4 * job["file_bytes"]))
    else:
        standing = ()
        set_process(ADOPTS_ORPHANS, 1)
    os.chdir(job["folder"])
    set_process(GAINS_NOTHING, 1)
    child = os.fork()
    if not child:
        # Told by the child: a line of ours could fall into the middle of a long one of its own.
        send({"started": os.getpid(), "walls": standing})
        _become_code(job, control, send, processes=job["processes"] if standing else None)
    tick = TICK_SECONDS if "proc" in standing else 5 * TICK_SECONDS
    status, why = _watch(child, control, most=job["processes"], tick=tick)
    if not standing:
        _sweep(child)
    with suppress(OSError):
        send({"ended": status, "why": why})
    os._exit(0)


def _read_job(control: socket.socket) -> dict[str, Any]:
    """Return the job, which is sent as its length and JSON."""
    (length,) = struct.unpack("!Q", control.recv(8, socket.MSG_WAITALL))
    read = bytearray()
    while len(read) < length:
        found = control.recv(min(length - len(read), 1 << 20))
        if not found:
            os._exit(1)
        read += found
    job: dict[str, Any] = json.loads(read)
    return job


def _sender(report_fd: int, nonce: str) -> Send:
    """Return what writes one report a line; the nonce tells our lines from what a card's code writes there."""

    def send(report: dict[str, Any]) -> None:
        line = f"\n{nonce}{json.dumps(report)}\n".encode()
        while line:
            line = line[os.write(report_fd, line) :]

    return send


def _become_code(job: dict[str, Any], control: socket.socket, send: Send, *, processes: int | None) -> None:
    """Be the process that runs the card's code; never returns."""
    status = 1
    try:
        set_process(DIES_WITH_PARENT, signal.SIGKILL)  # which matters where it can kill us
        os.setsid()
        control.close()
        spare = None if processes is None else processes + SPARE_PROCESSES
        limit(seconds=job["seconds"], memory_bytes=job["memory_bytes"], file_bytes=job["file_bytes"], processes=spare)
        play(job, send)
        status = 0
    finally:
        os._exit(status)


def _watch(
    child: int, control: socket.socket, *, most: int | None = None, tick: float | None = None
) -> tuple[int | None, str]:
    """Wait until `child` ends, prepdeck hangs up or is gone, or more than `most` processes run.

    Returns:
        The child's exit status, negative for a signal, and None with the reason when it was not awaited.
    """
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        status = _reap(child)
        if status is not None:
            return status, ""
        ready = select.select([control.fileno(), reader], [], [], tick)[0]
        if control.fileno() in ready:
            return None, "hung up"
        if reader in ready:
            with suppress(BlockingIOError):
                os.read(reader, 4096)
        if most is not None and _count(most) > most:
            return None, "processes"


def _reap(child: int) -> int | None:
    """Collect ended children, strays among them; return the exit status of `child` when it is one of them."""
    status = None
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            if found[0] == child:
                status = os.waitstatus_to_exitcode(found[1])
    return status


def _parents() -> dict[int, int]:
    """Return the parent of every process to be seen; empty where there is no /proc."""
    parents = {}
    with suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdigit():
                with suppress(OSError, ValueError), open(f"/proc/{name}/stat", "rb") as file:
                    parents[int(name)] = int(file.read().rpartition(b")")[2].split()[1])
    return parents


def _count(enough: int) -> int:
    """Return how many processes descend from this one; once it is clearly more than `enough`, an estimate will do."""
    parents = _parents()
    if not parents:
        return 0
    family = {int(os.readlink("/proc/self"))}  # not getpid: /proc may be that of the machine outside
    while len(family) <= enough + 1:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        if not more:
            break
        family |= more
    return len(family) - 1


def _sweep(child: int) -> None:
    """Kill the group of the card's code, and every child that is left or handed to us, until there is none."""
    until = time.monotonic() + PATIENCE_SECONDS
    with suppress(OSError):
        os.killpg(child, signal.SIGKILL)
    while time.monotonic() < until:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        mine = os.getpid()
        for pid, parent in _parents().items():
            if parent == mine:
                with suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)
