"""How much was remembered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """How many first answers of a study day on learned cards were passes: true retention."""

    passed: int
    """Answers of quality 3 or more."""
    answered: int
    """All of them."""

    @property
    def share(self) -> float | None:
        """0-1, or None before the first such answer."""
        return self.passed / self.answered if self.answered else None
