"""One card while it is asked on plain lines."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from prepdeck.cards.card import Card
from prepdeck.cli.layout import Layout
from prepdeck.scheduling.suggestion import Evidence

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView

PROMPT: Final = "[Enter] answer, h hint, q stop"
"""Asked under every front."""
HINT_WORDS: Final = frozenset({"h", "hint"})
"""What asks for a hint."""
TICKS: Final = re.compile(r"(t(?:ick)?\s*)?((?:\d{1,4}[\s,.;]*)+)")
"""Numbers of points that were said: `t 3`, `1 3 4`, `1, 3`."""


class Face(ABC):
    """One card while it is asked: remembers what was typed and shown.

    Args:
        view: The card as it is asked now.
        layout: How its texts are laid out.
    """

    def __init__(self, view: CardView, layout: Layout) -> None:
        self._view = view
        self._layout = layout
        self._hints_shown = 0
        self._ticked: frozenset[int] = frozenset()

    @property
    def card(self) -> Card:
        """The card that is asked."""
        return self._view.card

    @abstractmethod
    def front(self) -> str:
        """Return the prompt of the card, without its answer."""

    @abstractmethod
    def back(self) -> str:
        """Return the answer, with what was right or wrong about what was typed."""

    def prompt(self) -> str:
        """Return the line that says what may be typed."""
        return PROMPT

    def wants(self, words: str) -> bool:  # noqa: ARG002 - a child asks
        """Tell whether words that mean something else as well are an answer on this card."""
        return False

    def take(self, words: str) -> str | None:
        """Take a typed line; return what to say, or None when the answer is to be shown."""
        if words in HINT_WORDS:
            return self._hint()
        return self._answer(words)

    @property
    def points(self) -> Sequence[str]:
        """What a good answer says; the numbers of those that were said are asked for, and suggest the grade."""
        return ()

    def tick(self, words: str) -> str | None:
        """Take the numbers of points that were said; return what to say, or None when `words` are no such line.

        A digit alone is a grade, so one number needs a `t` before it; several are understood without.
        """
        match = TICKS.fullmatch(words)
        if match is None or not self.points or not (match[1] or len(match[2].split()) > 1):
            return None
        numbers = {int(number) for number in re.findall(r"\d+", match[2])}
        if not all(1 <= number <= len(self.points) for number in numbers):
            return f"The points have numbers from 1 to {len(self.points)}."
        self._ticked = frozenset(number - 1 for number in numbers)
        return f"{len(self._ticked)} of {len(self.points)} said."

    def ask_on(self) -> str:
        """Return what an interviewer asks next, or its answer; said when it is wanted."""
        return "Nothing more is asked on this card."

    def evidence(self, elapsed_seconds: float) -> Evidence:
        """Return what was seen of the answer."""
        return Evidence(
            elapsed_seconds=elapsed_seconds,
            hints_shown=self._hints_shown,
            ticked=self._ticked,
            checked=bool(self._ticked),
        )

    def _answer(self, words: str) -> str | None:
        return None if not words else "Press Enter to see the answer."

    def _hint(self) -> str:
        hints = self.card.hints
        if self._hints_shown >= len(hints):
            return "No more hints." if hints else "This card has no hint."
        self._hints_shown += 1
        return f"Hint {self._hints_shown} of {len(hints)}: {self._layout.hanging(hints[self._hints_shown - 1])}"

    def _numbered(self, points: Sequence[str], first: int = 0) -> str:
        """Return points with their numbers, counted from `first` on."""
        return "\n".join(
            f"{number:>3}  {self._layout.hanging(point)}" for number, point in enumerate(points, first + 1)
        )

    def _listed(self, title: str, texts: Iterable[str]) -> str:
        """Return texts as a list under a title, or nothing when there are none."""
        lines = "\n".join(f"- {self._layout.hanging(text)}" for text in texts)
        return f"{title}:\n{lines}" if lines else ""

    def _with_margin(self, *parts: str) -> str:
        """Return an answer with what stands beside it: why it matters, when it was checked, where to read on."""
        card = self.card
        beside = []
        if card.why:
            beside.append(self._layout.shown(f"Why it matters: {card.why}"))
        if card.volatile and card.as_of:
            beside.append(f"As of {card.as_of.isoformat()}.")
        if card.refs:
            beside.append(self._layout.wrapped(f"See: {'; '.join(card.refs)}"))
        return "\n\n".join(part for part in (*parts, "\n".join(beside)) if part)
