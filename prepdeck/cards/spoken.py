"""Cards answered by speaking: design cases, behavioural prompts, and a candidate's own stories."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from prepdeck.cards.tolerance import Tolerance


@dataclass(frozen=True, slots=True)
class Probe:
    """What an interviewer asks into an answer."""

    ask: str
    """The question, Markdown."""
    good: str | None = None
    """What a good answer says, Markdown."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that drives a design."""

    text: str
    """The number with its meaning, Markdown."""
    check: str | None = None
    """An expression that recomputes it; never run by reading a deck."""
    answer: Fraction | None = None
    """What the expression must give; there together with `check` only."""
    tolerance: Tolerance | None = None
    """How far off still counts; exact to a relative 1e-9 when it is missing."""


@dataclass(frozen=True, slots=True)
class OutlinePhase:
    """What an answer should reach in one phase of the interview."""

    phase: str
    """Slug of the phase, as formats name it."""
    points: tuple[str, ...]
    """What must be said, Markdown, one point each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Design a system: an outline by phases, revealed and ticked."""

    front: str
    """The problem, Markdown."""
    outline: tuple[OutlinePhase, ...]
    """What a good answer covers, in the order of the phases."""
    rubric: str
    """Slug of the rubric that judges it."""
    family: str | None = None
    """Slug of the group of cases it belongs to, such as `ml-products`."""
    formats: tuple[str, ...] = ()
    """Slugs of the mock formats that may ask it."""
    clarifications: tuple[str, ...] = ()
    """Questions a good candidate asks first."""
    numbers: tuple[Figure, ...] = ()
    """Numbers that drive the design."""
    probes: tuple[Probe, ...] = ()
    """What an interviewer asks into the answer."""
    pitfalls: tuple[str, ...] = ()
    """What weak answers do."""
    twist: str | None = None
    """A change of the requirements at half-time."""

    @property
    def points(self) -> tuple[str, ...]:
        """All outline points, phase after phase."""
        return tuple(point for phase in self.outline for point in phase.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Star:
    """A behavioural prompt, answered with one of the candidate's own stories."""

    front: str
    """The prompt, Markdown."""
    competency: str
    """Slug of what the prompt looks for."""
    rubric: str
    """Slug of the rubric that judges it."""
    probes: tuple[Probe, ...] = ()
    """What an interviewer asks into the answer."""
    strong_signals: tuple[str, ...] = ()
    """What strong answers hold."""
    weak_signals: tuple[str, ...] = ()
    """What weak answers do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story of the candidate's own, drilled both ways."""

    title: str
    """What the candidate calls it, Markdown."""
    situation: str
    """Place and stakes, Markdown."""
    task: str
    """The candidate's own responsibility, Markdown."""
    action: str
    """What the candidate did, and why, Markdown."""
    result: str
    """What came of it, Markdown."""
    competencies: tuple[str, ...]
    """Slugs of what the story shows; at least one."""
    reflection: str | None = None
    """What was learnt, Markdown."""
    metric: str | None = None
    """The result as a number."""
