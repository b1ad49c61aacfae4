"""A watch that is told the time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Seconds while it runs; the caller tells it the time."""

    since: float | None = None
    """When it was last started, or None while it stands."""
    gathered: float = 0.0
    """What ran before that."""

    def read(self, now: float) -> float:
        """Return the seconds so far."""
        return self.gathered + (0.0 if self.since is None else max(0.0, now - self.since))

    def paused(self, now: float) -> Stopwatch:
        """Return the watch standing."""
        return Stopwatch(None, self.read(now))

    def running(self, now: float) -> Stopwatch:
        """Return the watch running."""
        return Stopwatch(now, self.read(now))
