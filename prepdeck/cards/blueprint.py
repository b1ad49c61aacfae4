"""What a mock interview is drawn from: minutes, phases, and the questions it asks.

Users say format, as the files do; a mock is one sitting of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

WRAP_UP = "wrap-up"
"""The phase that no outline has to cover."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of an interview."""

    id: str
    """Slug, unique in its format; outlines of design cards name it."""
    title: str
    """What people read."""
    minutes: int
    """How long it lasts, all repeats together."""
    repeat: int = 1
    """How many questions share its minutes evenly."""
    asks: str | None = None
    """The sort of question it asks, a name of the draw such as `rapid`; None when it asks none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """How many questions of which sort a mock asks, and what they are picked from."""

    star: int = 0
    """Behavioural prompts."""
    basic: int = 0
    """Basic cards."""
    code: int = 0
    """Code cards that are no ML from scratch."""
    ml_coding: int = 0
    """Code cards of the deck `ml-coding`."""
    debugging: int = 0
    """Code cards tagged `debugging`."""
    numeric: int = 0
    """Numeric cards."""
    design: int = 0
    """Design cases."""
    rapid: int = 0
    """Basic, choice and numeric cards asked one after the other."""
    depth: int = 0
    """Topics asked to the bottom: a card with follow-ups, or cards of levels 2 and 3."""
    own_project: int = 0
    """Projects of the candidate's own, told as free text."""
    levels: tuple[int, ...] = ()
    """Levels 1-3: one for each problem in order when there are as many of them, else any of them will do."""
    families: tuple[str, ...] = ()
    """Slugs of the families design cases are picked from; none means all."""
    topics: tuple[str, ...] = ()
    """Slugs of topics or competencies that cards are picked from; none means all."""
    distinct_competencies: bool = False
    """Whether no two behavioural prompts may look for the same competency."""

    @property
    def problems(self) -> int:
        """How many code cards are asked, whatever their sort."""
        return self.code + self.ml_coding + self.debugging

    @property
    def questions(self) -> int:
        """How many questions are asked in all."""
        return (
            self.problems
            + (self.star + self.basic + self.numeric)
            + (self.design + self.rapid + self.depth + self.own_project)
        )


@dataclass(frozen=True, slots=True)
class Sitting:
    """A leg of a loop: one interview."""

    format: str
    """Slug of its format, which is no loop itself."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A leg of a loop: time off between two interviews."""

    minutes: int
    """How long it lasts at most."""


Leg: TypeAlias = Sitting | Rest
"""One round of a loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """A format: an interview of phases with its questions, or a loop of several interviews."""

    id: str
    """Slug; design cards and loops name it."""
    title: str
    """What people read."""
    minutes: int
    """How long it lasts: the sum of its phases, or of its rounds."""
    rubric: str | None = None
    """Slug of the rubric that judges it; None for drills and loops."""
    phases: tuple[Phase, ...] = ()
    """In order; none for a loop."""
    draw: Draw = Draw()
    """The questions it asks; nothing for a loop."""
    rounds: tuple[Leg, ...] = ()
    """The interviews and rests of a loop, in order; none for any other format."""

    @property
    def is_loop(self) -> bool:
        """Whether it is made of other formats."""
        return bool(self.rounds)

    @property
    def formats(self) -> tuple[str, ...]:
        """Slugs of the formats a loop is made of, in order."""
        return tuple(leg.format for leg in self.rounds if isinstance(leg, Sitting))

    def rounds_minutes(self, formats: Mapping[str, Blueprint]) -> int | None:
        """Return how long the rounds of a loop take, or None when one of them is no interview among `formats`."""
        interviews = [formats.get(slug) for slug in self.formats]
        known = [interview.minutes for interview in interviews if interview is not None and not interview.is_loop]
        rests = [leg.minutes for leg in self.rounds if isinstance(leg, Rest)]
        return sum(known) + sum(rests) if len(known) == len(interviews) else None


@dataclass(frozen=True, slots=True)
class StarPart:
    """One of the five parts of a story told aloud."""

    id: str
    """`situation`, `task`, `action`, `result` or `reflection`."""
    share: Fraction
    """Its share of the answer's time; the five add up to 1."""


@dataclass(frozen=True, slots=True)
class StarWarnings:
    """When the clock of a story speaks up."""

    setup_share_over: Fraction
    """Situation and task together took more than this share."""
    action_share_under: Fraction
    """The action took less than this share."""
    total_over_seconds: int
    """The whole answer took longer than this."""
    result_under_seconds: int
    """The result took less than this."""


@dataclass(frozen=True, slots=True)
class StarTiming:
    """The five-part clock of a story told aloud."""

    default_seconds: int
    """How long an answer takes unless its card says otherwise."""
    lengths: tuple[int, ...]
    """Lengths in seconds that a candidate may choose from, shortest first."""
    parts: tuple[StarPart, ...]
    """In the order they are told."""
    warnings: StarWarnings
    """When the clock speaks up."""


@dataclass(frozen=True, slots=True)
class Formats:
    """What one formats file holds."""

    blueprints: tuple[Blueprint, ...]
    """The good formats, in file order."""
    star_timing: StarTiming | None = None
    """The clock of stories, if the file sets one."""
