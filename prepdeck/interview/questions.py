"""What one mock asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prepdeck.cards.ids import CardId


class Sort(Enum):
    """The sort of a question, by the name that a draw has for it."""

    STAR = "star"
    """A behavioural prompt."""
    BASIC = "basic"
    """A basic card."""
    CODE = "code"
    """A code card that is neither from scratch nor broken."""
    ML_CODING = "ml_coding"
    """A code card of the deck `ml-coding`."""
    DEBUGGING = "debugging"
    """A broken script."""
    NUMERIC = "numeric"
    """A number to be worked out."""
    DESIGN = "design"
    """A design case."""
    RAPID = "rapid"
    """A basic, choice or numeric card, one of many in a row."""
    DEPTH = "depth"
    """A topic asked to the bottom: a card with follow-ups, or several cards of one topic."""
    OWN_PROJECT = "own_project"
    """A project of the candidate's own; it has no card."""

    @property
    def is_code(self) -> bool:
        """Whether it is answered with code."""
        return self in {Sort.CODE, Sort.ML_CODING, Sort.DEBUGGING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a mock."""

    sort: Sort
    """How it was drawn."""
    card: CardId | None = None
    """The card it asks; None for a project of the candidate's own."""
    ladder: tuple[CardId, ...] = ()
    """Further cards of the same topic, each deeper, for a depth question whose card has no follow-ups."""
    fingerprint: str = ""
    """Hash of the card as it stood when it was drawn."""
    kind: str = ""
    """The card's kind, such as `choice`."""
    topic: str = ""
    """The card's topic; empty when it has none."""
    competency: str = ""
    """What a behavioural prompt looks for."""
    starter: str = ""
    """The code an answer begins with: a draft equal to it is blank."""
    hints: int = 0
    """How many hints the card has."""
    probes: int = 0
    """How many probes, or follow-ups, the card has."""
    clarifications: int = 0
    """How many clarifications the card has."""
    has_twist: bool = False
    """Whether the card changes its requirements at half-time."""
    seconds: int = 0
    """What its card gives an answer, in seconds; 0 when it does not say."""
    was_seen: bool = False
    """Whether the candidate met the card before, in a review or a mock."""

    @property
    def cards(self) -> tuple[CardId, ...]:
        """Its card and the deeper ones."""
        return (*((self.card,) if self.card is not None else ()), *self.ladder)
