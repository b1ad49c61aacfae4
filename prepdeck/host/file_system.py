"""What kind of disk a folder lies on, as far as the machine tells."""

from __future__ import annotations

from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/mounts")
"""Where Linux lists its file systems."""
NETWORK_KINDS: Final = ("nfs", "cifs", "smb", "afs", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "glusterfs", "ceph")
"""Beginnings of the names of file systems whose locks and syncs reach over a network."""
SYNCED_NAMES: Final = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud")
"""Beginnings of the names of folders that a sync client rewrites behind a program's back."""


def shared_with(folder: Path, mounts: str | None = None) -> str | None:
    """Return what else may write to a folder, `a network (nfs4)` or `a sync client (Dropbox)`, or None.

    Args:
        folder: A folder that exists.
        mounts: The list of mounts as Linux prints it; None reads the machine's own.
    """
    place = folder.resolve()
    for part in place.parts:
        if part.lower().startswith(SYNCED_NAMES):
            return f"a sync client ({part})"
    kind = _kind_of(place, _read_mounts() if mounts is None else mounts)
    return f"a network ({kind})" if kind.startswith(NETWORK_KINDS) else None


def _read_mounts() -> str:
    try:
        return MOUNTS.read_text("utf-8", "replace")
    except OSError:  # not Linux
        return ""


def _kind_of(place: Path, mounts: str) -> str:
    best, kind = Path("/"), ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:  # noqa: PLR2004 - device, mount point, kind
            point = Path(fields[1].replace("\\040", " "))
            if place.is_relative_to(point) and len(point.parts) >= len(best.parts):
                best, kind = point, fields[2]
    return kind
