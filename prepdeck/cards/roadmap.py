"""The road to the job: phases, skills, steps, and what serves each of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from prepdeck.cards.pay import PayTable
from prepdeck.cards.span import Span

HOURS_A_WEEK: Final = 10
"""Hours a week that the months of a road are meant for when it does not say."""


class Mode(Enum):
    """How a phase lies beside the others."""

    SEQUENCE = "sequence"
    """After the one before it."""
    CONCURRENT = "concurrent"
    """Beside the others, from the start."""


class Tracker(Enum):
    """What shows how far a step has come."""

    CHECKLIST = "checklist"
    """Items to tick."""
    SELF_ASSESSMENT = "self-assessment"
    """The candidate's own view of the skills."""
    DECKS = "decks"
    """What is known of its decks."""
    TOOLS = "tools"
    """Which tools the reviewed cards cover."""
    APPLICATIONS = "applications"
    """The list of applications and contacts."""
    PORTFOLIO = "portfolio"
    """The list of projects with their links."""


@dataclass(frozen=True, slots=True)
class Check:
    """One point of a checklist."""

    id: str
    """Slug, unique on the roadmap."""
    text: str
    """What is to be so, in words for people."""


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something to show at the end of a phase."""

    id: str
    """Slug, unique on the roadmap."""
    text: str
    """What it is, in words for people."""
    count: int = 1
    """How many of them."""
    checks: tuple[Check, ...] = ()
    """What a good one holds, to be ticked off."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a phase is over with."""

    id: str
    """Slug, unique on the roadmap."""
    text: str
    """What others can look at, in words for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadPhase:
    """One phase of the road."""

    number: int
    """1-8, as decks name it."""
    id: str
    """Slug."""
    title: str
    """What people read."""
    months: Span
    """How long it usually takes."""
    mode: Mode = Mode.SEQUENCE
    """How it lies beside the others."""
    intensive: bool = False
    """Whether it asks for most of the week."""
    goals: tuple[str, ...] = ()
    """What one can do afterwards."""
    tools: tuple[str, ...] = ()
    """Names of what one works with."""
    resources: tuple[str, ...] = ()
    """Names of places to learn from."""
    deliverables: tuple[Deliverable, ...] = ()
    """What to make."""
    milestone: Milestone | None = None
    """What the phase is over with."""
    gate: str | None = None
    """A test one may put oneself to before going on, in words for people."""
    decks: tuple[str, ...] = ()
    """Slugs of the decks that serve it."""
    choose_one: tuple[str, ...] = ()
    """Those of its decks of which one is chosen; the others stay out of the daily queue."""
    after: tuple[str, ...] | None = None
    """Slugs of the phases that come first; None for the one in the row before it."""

    @property
    def is_choice(self) -> bool:
        """Whether one of several decks is chosen."""
        return bool(self.choose_one)


@dataclass(frozen=True, slots=True)
class Skill:
    """One of the skills of the job."""

    id: str
    """Slug, as decks name it."""
    title: str
    """What people read."""
    text: str | None = None
    """What belongs to it, in words for people."""
    phases: tuple[int, ...] = ()
    """Numbers of the phases that teach it, the first one to begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step from degree to network, beside the phases."""

    id: str
    """Slug, unique on the roadmap."""
    title: str
    """What people read."""
    tracker: Tracker
    """What shows how far it has come."""
    decks: tuple[str, ...] = ()
    """Slugs of the decks that serve it."""
    items: tuple[str, ...] = ()
    """What its tracker lists: things to tick, entry roles, kinds of project."""
    checks: tuple[Check, ...] = ()
    """Points to tick off one by one."""
    optional: bool = False
    """Whether the road goes on without it."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool, library or site on the road."""

    name: str
    """As people write it."""
    decks: tuple[str, ...]
    """Slugs of the decks that cover it; at least one."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A part of prepdeck, other than a deck, that serves the road."""

    id: str
    """Slug."""
    title: str
    """What people read."""


@dataclass(frozen=True, slots=True)
class PathRow:
    """One thing the road asks for, and what serves it."""

    id: str
    """Short mark, such as `S6a`."""
    asks: str
    """What is asked for, in words for people."""
    decks: tuple[str, ...] = ()
    """Slugs of decks that serve it."""
    features: tuple[str, ...] = ()
    """Slugs of features that serve it."""


@dataclass(frozen=True, slots=True)
class TopicTarget:
    """How many cards a topic is meant to hold."""

    topic: str
    """Slug."""
    kinds: tuple[tuple[str, int], ...]
    """Cards by kind."""

    @property
    def cards(self) -> int:
        """How many cards in all."""
        return sum(count for _kind, count in self.kinds)


@dataclass(frozen=True, slots=True)
class DeckTarget:
    """How many cards a deck is meant to hold."""

    deck: str
    """Slug."""
    topics: tuple[TopicTarget, ...]
    """By topic, in learning order."""

    @property
    def cards(self) -> int:
        """How many cards in all."""
        return sum(topic.cards for topic in self.topics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """The whole road."""

    phases: tuple[RoadPhase, ...]
    """In order, numbered from 1."""
    skills: tuple[Skill, ...] = ()
    """In order."""
    steps: tuple[Step, ...] = ()
    """In order."""
    pay: PayTable | None = None
    """Published pay, as a reference."""
    tools: tuple[Tool, ...] = ()
    """In order."""
    features: tuple[Feature, ...] = ()
    """Parts of prepdeck that `path` names."""
    path: tuple[PathRow, ...] = ()
    """Everything the road asks for."""
    targets: tuple[DeckTarget, ...] = ()
    """What the decks are meant to hold; empty when nobody says."""
    release_floor: Fraction = Fraction(1)
    """Share of its target that a deck must hold to be released."""
    hours_a_week: int = HOURS_A_WEEK
    """Hours a week that the months of the phases are meant for."""

    @property
    def months(self) -> Span:
        """How long the phases take that lie behind one another; open when one of them is."""
        spans = [phase.months for phase in self.phases if phase.mode is Mode.SEQUENCE]
        highs = [span.high for span in spans if span.high is not None]
        return Span(sum(span.low for span in spans), sum(highs) if len(highs) == len(spans) else None)

    def target_of(self, deck: str) -> DeckTarget | None:
        """Return what a deck is meant to hold, or None when nobody says."""
        return next((target for target in self.targets if target.deck == deck), None)
