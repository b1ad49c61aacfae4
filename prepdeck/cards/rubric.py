"""How an open answer is judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

LEVELS = 4
"""1 strong no, 2 lean no, 3 lean yes, 4 strong yes: no middle to hide in."""


class Evidence(Enum):
    """What a machine can see of an answer, and hold a mark by."""

    HIDDEN_TESTS = "hidden-tests"
    """The share of hidden tests that passed: under 40 % at most 1, under 80 % at most 2, under 100 % at most 3."""
    OWN_CHECKS = "own-checks"
    """Whether the code was run before the end: without it at most 2."""
    ANSWER_SECONDS = "answer-seconds"
    """Seconds of the slowest rapid-fire answer: more than 150 at most 2."""
    STORY_CLOCK = "story-clock"
    """Seconds of the told stories: one over 4 minutes or under 40 seconds fills a 1."""
    HINTS = "hints"
    """Hints that were taken: the scale of verdicts says what each costs. Its own criterion is held without this."""


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
    evidence: Evidence | None = None
    """What a machine bounds or fills the mark by; `auto` says it in words."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria one sort of interview is judged by."""

    id: str
    """Slug; cards and formats name it."""
    title: str
    """What people read."""
    criteria: tuple[Criterion, ...]
    """In the order they are marked; at least one."""


@dataclass(frozen=True, slots=True)
class VerdictStep:
    """One step of the scale that turns marks into a verdict."""

    id: str
    """Slug, such as `lean-yes`."""
    title: str
    """What people read."""
    at_least: Fraction
    """Lowest weighted mean of the marks that reaches it."""


@dataclass(frozen=True, slots=True)
class HintCap:
    """How far hints lower a mark."""

    criterion: str
    """Slug of the criterion they lower, where a rubric has it."""
    marks: tuple[int, ...]
    """Highest mark after one hint, after two, and so on; the last one holds for any more."""


@dataclass(frozen=True, slots=True)
class LowMarkCap:
    """How far one very low mark lowers the verdict."""

    mark: int
    """A mark this low on any criterion lowers the verdict."""
    verdict: str
    """Slug of the best verdict that is left."""


@dataclass(frozen=True, slots=True)
class VerdictScale:
    """How the marks of a mock become a verdict, and what holds the verdict down."""

    bar: int
    """The mark that an employer would want to see."""
    steps: tuple[VerdictStep, ...]
    """From the best to the worst; the last one takes every mean that is left."""
    hints: HintCap | None = None
    """What hints cost."""
    low_mark: LowMarkCap | None = None
    """What a very low mark costs."""
    unanswered_share: Fraction = Fraction(1)
    """A mock with a larger share of blank answers is incomplete and gets no verdict."""

    def step_of(self, mean: Fraction) -> VerdictStep:
        """Return the step that a weighted mean of marks reaches, before any cap."""
        return next((step for step in self.steps if mean >= step.at_least), self.steps[-1])


@dataclass(frozen=True, slots=True)
class Rubrics:
    """What one rubrics file holds."""

    rubrics: tuple[Rubric, ...]
    """The good rubrics, in file order."""
    verdicts: VerdictScale | None = None
    """The scale of verdicts, if the file sets one."""
