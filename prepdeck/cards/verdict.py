"""What came of running code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """How a run ended."""

    PASSED = "passed"
    """Every test passed."""
    FAILED = "failed"
    """The code ran, and a test did not get what it expected."""
    BROKEN = "broken"
    """The code raised an exception, does not compile, or lacks its entry."""
    TIMEOUT = "timeout"
    """The time limit ended it."""
    MEMORY = "memory"
    """The memory limit ended it."""
    FLOOD = "flood"
    """It printed or wrote more than it may."""
    KILLED = "killed"
    """The process ended without a verdict: a signal, or an exit of its own."""
    MISSING = "missing"
    """A package that the card requires is not installed; nothing was run."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What one test gave."""

    passed: bool
    """Whether it got what it expected."""
    given: str
    """The input as people read it, cut to a few hundred characters."""
    expected: str
    """What should have come out, cut likewise; words such as `raises ValueError` where there is no single value."""
    got: str
    """What came out, cut likewise, or the exception's last line."""
    line: int | None = None
    """Line of the answer in which an exception was raised, from 1."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one run gave."""

    outcome: Outcome
    """How it ended."""
    results: tuple[CaseResult, ...] = ()
    """One for each test that was run, in order; the run goes on after a failed test, not after a limit."""
    message: str = ""
    """One sentence for people when the outcome is neither passed nor failed; clean text."""
    line: int | None = None
    """Line of the code in which it broke, from 1."""
    printed: str = ""
    """What the code printed, cut to 4,000 characters; clean text."""
    seconds: float = 0.0
    """Wall time of the run."""

    @property
    def passed(self) -> bool:
        """Whether every test passed."""
        return self.outcome is Outcome.PASSED

    @property
    def passed_count(self) -> int:
        """How many tests passed."""
        return sum(result.passed for result in self.results)
