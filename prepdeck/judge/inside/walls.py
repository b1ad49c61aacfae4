"""Walls around a card's code: kernel namespaces where Linux grants them, and resource limits everywhere."""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys
from typing import Any, Final

NAMESPACES: Final = 0x10000000 | 0x00020000 | 0x20000000 | 0x40000000 | 0x08000000
"""CLONE_NEWUSER, NEWNS, NEWPID, NEWNET and NEWIPC of sched.h."""
DIES_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of prctl.h."""
ADOPTS_ORPHANS: Final = 36
"""PR_SET_CHILD_SUBREAPER of prctl.h."""
GAINS_NOTHING: Final = 38
"""PR_SET_NO_NEW_PRIVS of prctl.h."""
_PRIVATE: Final = 0x4000 | 0x40000
"""MS_REC and MS_PRIVATE of mount.h."""
_TAME: Final = 2 | 4 | 8
"""MS_NOSUID, MS_NODEV and MS_NOEXEC of mount.h."""
_MOUNT_SETATTR: Final = 442
"""Number of the system call since Linux 5.12, the same on every architecture."""
_READ_ONLY: Final = 1
"""MOUNT_ATTR_RDONLY of mount.h."""
_HERE: Final = -100
"""AT_FDCWD of fcntl.h."""
_RECURSIVE: Final = 0x8000
"""AT_RECURSIVE of fcntl.h."""
MOST_FILES_OPEN: Final = 64
"""Descriptors a card's code may hold."""
MOST_FILES: Final = 1_000
"""Files and folders that fit into the temporary folder where it has its own file system."""


def _c() -> Any:
    """Return the C library, loosely typed."""
    return ctypes.CDLL(None, use_errno=True)


def set_process(option: int, value: int) -> None:
    """Set one option of prctl; a system without it goes on without it."""
    if sys.platform == "linux":
        _c().prctl(option, ctypes.c_ulong(value), 0, 0, 0)


def unshare() -> bool:
    """Move the children of this process into namespaces of their own; tell whether that worked."""
    if sys.platform != "linux":
        return False
    user, group = os.geteuid(), os.getegid()
    if _c().unshare(NAMESPACES) != 0:
        return False
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib would cost 10 ms
            file.write(text)
    return True


def enclose_files(folder: str, bytes_in_all: int) -> tuple[str, ...]:
    """Make every file read-only but a small file system at `folder`; return the names of the walls that stand.

    Called by the first process of the namespaces. What it mounts is gone with the last process in them.
    """
    c = _c()
    standing = []
    c.mount(None, b"/", None, ctypes.c_ulong(_PRIVATE), None)
    options = f"size={bytes_in_all},nr_inodes={MOST_FILES},mode=700".encode()
    own, tame = os.fsencode(folder), ctypes.c_ulong(_TAME)
    if c.mount(b"tmpfs", own, b"tmpfs", tame, options) == 0:
        standing.append("folder")
        everything, nothing = struct.pack("QQQQ", _READ_ONLY, 0, 0, 0), struct.pack("QQQQ", 0, _READ_ONLY, 0, 0)
        if c.syscall(_MOUNT_SETATTR, _HERE, b"/", _RECURSIVE, everything, len(everything)) == 0:
            standing.append("read-only")
            c.syscall(_MOUNT_SETATTR, _HERE, own, 0, nothing, len(nothing))
            c.mount(b"tmpfs", b"/dev/shm", b"tmpfs", tame, options)  # locks of multiprocessing are files there
    if c.mount(b"proc", b"/proc", b"proc", tame, None) == 0:
        standing.append("proc")
    return tuple(standing)


def limit(*, seconds: float, memory_bytes: int, file_bytes: int, processes: int | None) -> None:
    """Set the resource limits of this process and of what it starts.

    Args:
        seconds: Seconds of wall time; processor time is given one more, so that the wall limit speaks first.
        memory_bytes: Address space.
        file_bytes: Size of a file it writes.
        processes: Processes and threads of this user in this user namespace; None outside of one, where the kernel
            would count everything else the user runs.
    """
    cpu = int(seconds) + 2
    wanted = [
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_FSIZE, file_bytes, file_bytes),
        (resource.RLIMIT_NOFILE, MOST_FILES_OPEN, MOST_FILES_OPEN),
        (resource.RLIMIT_AS, memory_bytes, memory_bytes),
    ]
    if processes is not None:
        wanted.append((resource.RLIMIT_NPROC, processes, processes))
    for which, soft, hard in wanted:
        ceiling = resource.getrlimit(which)[1]
        if ceiling != resource.RLIM_INFINITY:
            soft, hard = min(soft, ceiling), min(hard, ceiling)  # noqa: PLW2901 - clamped to what we may ask for
        try:
            resource.setrlimit(which, (soft, hard))
        except (ValueError, OSError):  # macOS has the name RLIMIT_AS and refuses it
            continue
