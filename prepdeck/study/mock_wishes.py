"""What a candidate asked for on the command line, for the screen that opens with it."""

from __future__ import annotations

from dataclasses import dataclass

from prepdeck.interview.terms import Terms


@dataclass(frozen=True, slots=True)
class MockWish:
    """Which mock to begin, or to go on with."""

    what: str | None
    """A format, `resume`, or None for the page that offers all formats."""
    which: str | None
    """The mock to go on with; None for the newest."""
    terms: Terms
    """What the candidate chose; of a resumed mock practice alone counts."""
    end: str = ""
    """`finish` or `discard` ends a resumed mock instead."""
