"""Questions between the pages of a mock: the verdict to expect, a loop that waits, and what its rounds say together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from prepdeck.text.cells import pad
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.screens.framed import stroke_of

if TYPE_CHECKING:
    from prepdeck.cards.rubric import VerdictScale
    from prepdeck.study.mock_loops import RestFacts


class PredictDialog(Dialog):
    """Asks for the expected verdict; closing it with an answer names one.

    Args:
        scale: The verdicts there are.
        words: How the mock ended, in words.
    """

    TITLE_WORDS = "What will the verdict be?"
    FOOTING = "Esc later"

    def __init__(self, scale: VerdictScale, words: str) -> None:
        super().__init__()
        self._steps = tuple(reversed(scale.steps))
        self._words = words

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return why it is asked, and the verdicts with their keys."""
        why = (
            f"{self._words} Say before the answers are shown how it will be judged; afterwards both stand side by side."
        )
        rows = [row(line) for line in wrap(why, width)]
        rows.append(Row())
        for number, step in enumerate(self._steps, 1):
            key = Piece(pad(str(number), 4), Tone.ACCENT, strong=True, target=step.id)
            rows.append(Row((key, foreign(step.title), muted(f"  from {float(step.at_least):g}")), target=step.id))
        return rows

    def takes(self, event: events.Key) -> bool:
        """Choose by a digit."""
        key = stroke_of(event)
        if not key.isdigit() or not 1 <= int(key) <= len(self._steps):
            return False
        self._close(self._steps[int(key) - 1].id)
        return True


class LoopDialog(Dialog):
    """Says how the rounds of a loop went.

    Args:
        words: What they say together, line by line.
    """

    TITLE_WORDS = "The loop"
    FOOTING = "Esc closes"

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return the rounds with their means and verdicts."""
        return [row(foreign(part)) for line in self._words.split("\n") for part in wrap(line.strip(), width)]


class WaitingDialog(Dialog):
    """Asks what becomes of a loop that waits between two rounds; closing it with an answer names that.

    Args:
        facts: The loop and its rest.
    """

    TITLE_WORDS = "A loop waits"

    def __init__(self, facts: RestFacts) -> None:
        super().__init__()
        self._facts = facts

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return which loop it is, and what may be done with it."""
        facts = self._facts
        words = f"{facts.title}: {facts.number - 1} of {facts.rounds} rounds are over, next is {facts.following}."
        return [
            *(row(foreign(line)) for line in wrap(words, width)),
            Row(),
            row(Piece(pad("r", 5), Tone.ACCENT, strong=True, target="go"), "go on", target="go"),
            row(Piece(pad("d", 5), Tone.ACCENT, strong=True, target="discard"), "give up the rest", target="discard"),
            row(Piece(pad("Esc", 5), Tone.ACCENT, strong=True), muted("later; it stays here")),
        ]

    def takes(self, event: events.Key) -> bool:
        """Choose by a letter."""
        answer = {"r": "go", "d": "discard"}.get(stroke_of(event))
        if answer is None:
            return False
        self._close(answer)
        return True
