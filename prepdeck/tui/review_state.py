"""One card being asked: what was shown, picked, typed and ticked so far. Values only; no widget, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from prepdeck.cards.card import Basic, Card, Choice, Cloze, Numeric
from prepdeck.cards.number import parse_number
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.suggestion import Evidence, suggest

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView

LETTERS: Final = "abcdefgh"
"""Names of a choice card's options, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A card between its first line and its grade."""

    view: CardView
    """The card as it is asked."""
    is_revealed: bool = False
    """Whether the answer may be seen."""
    hints_shown: int = 0
    """How many hints were asked for."""
    gaps_open: int = 0
    """Up to which number the gaps of a cloze are open."""
    picked: frozenset[int] = frozenset()
    """Options picked, by their position in the deck."""
    typed: str = ""
    """What was typed when the answer was checked."""
    ticked: frozenset[int] = frozenset()
    """Must-say points that were ticked."""
    point: int = 0
    """The must-say point that is marked."""
    shows_source: bool = False
    """Whether maths is shown as its author wrote it."""
    answer_seconds: float = 0.0
    """How long it took until the answer was shown."""
    complaint: str = ""
    """What is wrong with what was typed."""

    @property
    def card(self) -> Card:
        """The card."""
        return self.view.card

    @property
    def points(self) -> tuple[str, ...]:
        """Must-say points that can be ticked now."""
        body = self.card.body
        return body.points if isinstance(body, Basic) and self.is_revealed else ()

    @property
    def options(self) -> tuple[int, ...]:
        """Options of a choice card in the order they are shown, by position in the deck."""
        return self.view.option_order if isinstance(self.card.body, Choice) else ()

    @property
    def takes_number(self) -> bool:
        """Whether a number is to be typed now."""
        return isinstance(self.card.body, Numeric) and not self.is_revealed

    @property
    def takes_several(self) -> bool:
        """Whether several options may be picked now."""
        return isinstance(self.card.body, Choice) and self.card.body.takes_several and not self.is_revealed

    @property
    def number(self) -> Fraction | None:
        """The number that was typed, or None."""
        return parse_number(self.typed)

    @property
    def has_maths(self) -> bool:
        """Whether the card holds maths whose source could be shown; what is not revealed yet counts as well."""
        return "$" in repr((self.card.body, self.card.hints, self.card.why))

    @property
    def hints_left(self) -> int:
        """How many hints were not shown yet."""
        return len(self.card.hints) - self.hints_shown

    def can_pick(self, letter: str) -> bool:
        """Tell whether an option of that letter may be picked now."""
        return not self.is_revealed and LETTERS.find(letter) in range(len(self.options))

    def forward(self, seconds: float) -> Asking:
        """Return the card after the next thing was shown: the next gap of a cloze, else the answer."""
        if self.is_revealed:
            return self
        body = self.card.body
        if isinstance(body, Cloze):
            opened = self.gaps_open + 1
            if opened < body.last_number:
                return replace(self, gaps_open=opened)
            return replace(self, gaps_open=body.last_number, is_revealed=True, answer_seconds=seconds)
        return replace(self, is_revealed=True, answer_seconds=seconds, complaint="")

    def pick(self, letter: str, seconds: float) -> Asking:
        """Return the card after an option was picked: one right option ends the asking, several toggle."""
        if not self.can_pick(letter):
            return self
        option = self.options[LETTERS.index(letter)]
        body = self.card.body
        if isinstance(body, Choice) and body.takes_several:
            return replace(self, picked=self.picked ^ {option})
        return replace(self, picked=frozenset({option})).forward(seconds)

    def check(self, typed: str, seconds: float) -> Asking:
        """Return the card after a typed number was handed in; nothing typed shows the answer unchecked."""
        if not self.takes_number:
            return self
        if typed.strip() and parse_number(typed) is None:
            return replace(self, complaint="That is no number. Try 73856, 7.4e4, 3/8 or 15%.")
        return replace(self, typed=typed.strip()).forward(seconds)

    def hint(self) -> Asking:
        """Return the card with one more hint."""
        if self.is_revealed or not self.hints_left:
            return self
        return replace(self, hints_shown=self.hints_shown + 1)

    def move_point(self, by: int) -> Asking:
        """Return the card with another must-say point marked."""
        return replace(self, point=max(0, min(len(self.points) - 1, self.point + by)))

    def tick(self, point: int | None = None) -> Asking:
        """Return the card with the marked point, or a given one, ticked or not ticked any more."""
        if not self.points:
            return self
        number = self.point if point is None else point
        return replace(self, ticked=self.ticked ^ {number}, point=number)

    def toggle_source(self) -> Asking:
        """Return the card with maths as Unicode or as it was written."""
        return replace(self, shows_source=not self.shows_source)

    @property
    def evidence(self) -> Evidence:
        """What was seen of the answer."""
        return Evidence(
            elapsed_seconds=self.answer_seconds,
            hints_shown=self.hints_shown,
            ticked=self.ticked,
            picked=self.picked,
            typed=self.number,
            checked=bool(self.picked or self.typed or self.ticked),
        )

    @property
    def suggested(self) -> Grade | None:
        """The grade offered, once the answer is seen."""
        return suggest(self.card, self.evidence) if self.is_revealed else None


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
