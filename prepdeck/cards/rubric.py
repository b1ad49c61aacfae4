"""How an open answer is judged."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = 4
"""1 strong no, 2 lean no, 3 lean yes, 4 strong yes: no middle to hide in."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric, with an anchor for every level."""

    id: str
    """Slug."""
    title: str
    """What people read."""
    weight: int
    """1-3, how much it counts."""
    anchors: tuple[str, str, str, str]
    """What levels 1 to 4 look like."""
    auto: str | None = None
    """How evidence fills or bounds the mark, in words for people."""
    topics: tuple[str, ...] = ()
    """Slugs of topics whose cards a low mark brings back."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria one sort of interview is judged by."""

    id: str
    """Slug; cards and formats name it."""
    title: str
    """What people read."""
    criteria: tuple[Criterion, ...]
    """In the order they are marked; at least one."""
