"""Names for log entries: UUIDv7 (RFC 9562), made monotonic against the newest entry."""

from __future__ import annotations

import secrets
import uuid
from typing import Final

_RAND_A: Final = 12
"""Bits of the counter between the version and the variant."""
_RAND_B: Final = 62
"""Random bits after the variant."""


def next_id(now_ms: int, newest: str | None) -> str:
    """Return an id larger than `newest`, its time the given one or, when the clock stands or went back, the newest's.

    62 random bits are drawn afresh every time, so that two machines never hand out the same id even when both continue
    the same log within one millisecond.

    Args:
        now_ms: Milliseconds since 1970.
        newest: The largest id handed out so far, or None.
    """
    counter = secrets.randbits(_RAND_A - 1)
    if newest is not None:
        last = uuid.UUID(newest).int
        last_ms, last_counter = last >> 80, (last >> 64) & 0xFFF
        if now_ms <= last_ms:
            now_ms, counter = last_ms, last_counter + 1
            if counter > 0xFFF:  # noqa: PLR2004 - the counter's twelve bits are used up
                now_ms, counter = last_ms + 1, 0
    value = now_ms << 80 | 0x7 << 76 | counter << 64 | 0b10 << _RAND_B | secrets.randbits(_RAND_B)
    return str(uuid.UUID(int=value))
