"""What was given for an answer, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Rater(Enum):
    """Who gives a mark."""

    SELF = "self"
    """The candidate."""
    PARTNER = "partner"
    """Somebody who listened; kept beside the candidate's own marks and never mixed into the verdict."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands for one criterion."""

    level: int | None = None
    """1-4; None while it is not marked."""
    evidence: str = ""
    """One line that says what was seen or heard."""
