"""Which program a running mock belongs to, and whether that program still lives."""

from __future__ import annotations

import os
from pathlib import Path


def own_token() -> str:
    """Return a name for this process that no other one has, before or after it, on this machine."""
    return f"{os.getpid()}:{_began(os.getpid())}"


def is_alive(token: str) -> bool:
    """Tell whether the process of a token still runs here; a token that makes no sense names none."""
    number, _, began = token.partition(":")
    if not number.isascii() or not number.isdigit() or not (pid := int(number)):
        return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return _began(pid) == began
    except (OSError, OverflowError):
        return False
    return _began(pid) == began


def _began(pid: int) -> str:
    """Return when a process was started and in which run of the machine; empty where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
    # A zombie has ended; its parent has not looked yet. Field 22 of proc(5) is the start in clock ticks.
    return "" if fields[0] == "Z" else f"{fields[19]}:{boot}"
