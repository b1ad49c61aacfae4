"""What a run may use."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use."""

    seconds: float = 5.0
    """Wall time, counted from when the code begins."""
    memory_bytes: int = 512 * MEBIBYTE
    """Address space of each process."""
    output_bytes: int = MEBIBYTE
    """What it may print."""
    file_bytes: int = 8 * MEBIBYTE
    """Size of each file; all together may have four times as much where Linux grants a file system of their own."""
    processes: int = 32
    """Processes at a time."""
