"""How long this machine has been up, with and without the time it slept, and which of its runs this is."""

from __future__ import annotations

import subprocess
import sys
import time
import uuid
from functools import cache
from pathlib import Path
from typing import Final

BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
"""Where Linux names its run."""
SYSCTL: Final = Path("/usr/sbin/sysctl")
"""The program of macOS that tells what the system knows of itself."""
PATIENCE_SECONDS: Final = 2
"""How long that program may take."""

_NANOSECONDS: Final = 1_000_000
"""Nanoseconds of a millisecond."""


def boot_ms() -> int:
    """Return milliseconds since the machine was started, sleep counted where the system counts it."""
    # macOS: its CLOCK_MONOTONIC_RAW goes on while the machine sleeps, which that of Linux does not.
    name = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC_RAW"}.get(sys.platform, "")
    return _milliseconds_of(name)


def monotonic_ms() -> int:
    """Return milliseconds that stand while the machine sleeps, where the system has such a clock."""
    return _milliseconds_of({"linux": "CLOCK_MONOTONIC", "darwin": "CLOCK_UPTIME_RAW"}.get(sys.platform, ""))


def _milliseconds_of(name: str) -> int:
    number: int | None = getattr(time, name, None) if name else None
    if number is None:
        return time.monotonic_ns() // _NANOSECONDS
    try:
        return time.clock_gettime_ns(number) // _NANOSECONDS
    except OSError:  # a system that names a clock and has none
        return time.monotonic_ns() // _NANOSECONDS


@cache
def boot_id() -> str:
    """Return the name of this run of the machine; where the system does not tell, one for this process alone.

    With a name of its own a process that ends takes its clocks with it, and the wall clock is left.
    """
    return _told_by_linux() or _told_by_macos() or str(uuid.uuid4())


def _told_by_linux() -> str:
    try:
        return BOOT_ID.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _told_by_macos() -> str:
    if sys.platform != "darwin":
        return ""
    try:
        told = subprocess.run(  # noqa: S603 - a fixed program with fixed words
            [SYSCTL, "-n", "kern.bootsessionuuid"],
            capture_output=True,
            check=True,
            timeout=PATIENCE_SECONDS,
            stdin=subprocess.DEVNULL,
        )
        return told.stdout.decode("ascii", "replace").strip()
    except (OSError, subprocess.SubprocessError):
        return ""
