"""One prompt with its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from prepdeck.cards.code import Code
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Design, Star, Story
from prepdeck.cards.tolerance import Tolerance


class Ask(Enum):
    """What a front asks for."""

    DEFINE = "define"
    MECHANISM = "mechanism"
    WHY = "why"
    WHEN = "when"
    COMPARE = "compare"
    DIAGNOSE = "diagnose"
    PREDICT = "predict"
    NEXT_STEP = "next-step"


@dataclass(frozen=True, slots=True)
class Followup:
    """A question an interviewer asks next, with its answer."""

    front: str
    """The question, Markdown."""
    back: str
    """The answer, Markdown."""


@dataclass(frozen=True, slots=True)
class Basic:
    """Recall, then reveal."""

    front: str
    """The prompt, Markdown."""
    back: str
    """The answer, Markdown."""
    variants: tuple[str, ...] = ()
    """Other wordings of the front."""
    points: tuple[str, ...] = ()
    """What a good answer must say; ticking them proposes the grade."""
    followups: tuple[Followup, ...] = ()
    """What an interviewer asks next."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One hidden stretch of a cloze text."""

    number: int
    """Order in which it opens, from 1; gaps with the same number open together."""
    answer: str
    """What is hidden, Markdown."""
    hint: str | None = None
    """Shown in the gap while it is closed."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """A text with gaps that open one by one, in number order."""

    pieces: tuple[str | Gap, ...]
    """The text in order: visible Markdown and gaps."""

    @property
    def last_number(self) -> int:
        """The highest gap number; numbers run from 1 to it without holes."""
        return max((piece.number for piece in self.pieces if isinstance(piece, Gap)), default=0)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice card."""

    text: str
    """What is offered, Markdown."""
    correct: bool = False
    """Whether it belongs to the right answer."""
    why: str | None = None
    """Why it is right or wrong, Markdown."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Pick one or several of the options, which are shuffled when shown."""

    front: str
    """The prompt, Markdown."""
    options: tuple[Option, ...]
    """Two to eight options, at least one correct and at least one wrong."""

    @property
    def takes_several(self) -> bool:
        """Whether more than one option is correct."""
        return sum(option.correct for option in self.options) > 1


@dataclass(frozen=True, slots=True)
class Numeric:
    """Type a number; its distance from the answer proposes the grade."""

    front: str
    """The prompt, Markdown."""
    answer: Fraction
    """The exact value as written in the deck."""
    answer_text: str
    """The value as the author wrote it."""
    tolerance: Tolerance
    """How far off still counts."""
    unit: str | None = None
    """What the number counts or measures."""
    check: str | None = None
    """An expression that recomputes the answer; never run by reading a deck."""
    steps: tuple[str, ...] = ()
    """The working, one line each, Markdown."""


Body: TypeAlias = Basic | Cloze | Choice | Numeric | Code | Design | Star | Story
"""What a card asks, by kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One prompt with its answer: what every kind has, and the body that makes its kind."""

    id: CardId
    """The card's name for ever."""
    body: Body
    """What is asked."""
    topic: str | None = None
    """Slug of the one subject."""
    level: int | None = None
    """1 recall, 2 explain or apply, 3 compare, diagnose or design; None when the author did not say."""
    tags: tuple[str, ...] = ()
    """Free labels, the deck's own first."""
    ask: Ask | None = None
    """What the front asks for."""
    why: str | None = None
    """One line on why it matters."""
    hints: tuple[str, ...] = ()
    """Shown one after the other on request."""
    refs: tuple[str, ...] = ()
    """Where a reader can check the answer."""
    verify: str | None = None
    """A snippet with asserts that proves a claim; never run by reading a deck."""
    volatile: bool = False
    """Whether the answer ages."""
    as_of: date | None = None
    """The day a volatile answer was last checked."""
    revision: int = 1
    """Raised by the author when the meaning changed."""
    was: tuple[CardId, ...] = ()
    """Earlier names whose history this card carries on."""
    seconds: int | None = None
    """Target time for an answer."""
    weight: int = 2
    """How often interviews ask it, 1-3."""
    fingerprint: str = field(default="", compare=False)
    """Hash of the card's content as written, to notice edits."""

    @property
    def kind(self) -> str:
        """The kind as decks write it: `basic`, `cloze`, `choice`, `numeric`, `code`, `design`, `star`, `story`."""
        return type(self.body).__name__.lower()

    @property
    def title(self) -> str:
        """The prompt as one line of Markdown source; gaps of a cloze stay closed."""
        match self.body:
            case Cloze(pieces=pieces):
                source = "".join(piece if isinstance(piece, str) else "[...]" for piece in pieces)
            case Story(title=title):
                source = title
            case body:
                source = body.front
        return " ".join(source.split())
