"""What lies on the table of a mock on plain lines: the mock, its cards, and the pen that writes everything down."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from prepdeck.cards.code import Code
from prepdeck.cards.spoken import Design, Star
from prepdeck.cli.bodies import plain_code
from prepdeck.cli.layout import Layout
from prepdeck.cli.mock_clock import clock
from prepdeck.cli.mock_questions import question_text
from prepdeck.cli.streams import write_text
from prepdeck.errors import UsageError
from prepdeck.text.cleaning import clean_line

if TYPE_CHECKING:
    from prepdeck.cards.card import Card
    from prepdeck.interview.events import Event
    from prepdeck.interview.mock import Mock
    from prepdeck.study.desk import Desk
    from prepdeck.study.mock_sitting import Sat


class MockTable:
    """A mock on plain lines; whatever happens in it is stored at once.

    Args:
        desk: Everything opened.
        sat: The mock as it begins, or as it goes on.
        layout: How texts are laid out.
    """

    def __init__(self, desk: Desk, sat: Sat, layout: Layout) -> None:
        self.desk = desk
        """Everything opened."""
        self.sat = sat
        """The mock."""
        self.layout = layout
        """How texts are laid out."""
        self._shown: int | None = None
        self._told_twists = {number for number, answer in enumerate(sat.mock.answers) if answer.is_twisted}

    @property
    def mock(self) -> Mock:
        """The mock as it stands."""
        return self.sat.mock

    def do(self, make: Callable[[int], Event]) -> None:
        """Let something happen now, and store it.

        Raises:
            UsageError: When it cannot happen now.
            StoreError: When it could not be stored; it is tried again with the next thing that happens.
        """
        from prepdeck.study.mock_sitting import happened

        self.tick()
        self.sat = happened(self.sat, make(self.sat.read_ms))
        self.store()

    def store(self) -> None:
        """Store what waits for it.

        Raises:
            StoreError: When it could not be stored; it waits on.
        """
        from prepdeck.study.mock_sitting import store_pending, stored

        self.sat = stored(self.sat, store_pending(self.desk, self.sat))

    def write(self, sheet: str, text: str) -> None:
        """Write a text on a sheet."""
        from prepdeck.interview.events import Written

        self.do(lambda at: Written(at, sheet, text))

    def tick(self) -> None:
        """Let the clock go on to now, and say what came of it."""
        from prepdeck.study.mock_sitting import read_now, ticked

        before = len(self.sat.words)
        self.sat = ticked(self.sat, read_now(self.desk), was_waiting=True)
        for words in self.sat.words[before:]:
            write_text(words)
        for number, answer in enumerate(self.mock.answers):
            card = self.card(number)
            if answer.is_twisted and number not in self._told_twists and card is not None:
                self._told_twists.add(number)
                twist = card.body.twist if isinstance(card.body, Design) else None
                write_text(f"\nThe requirement changes: {self.layout.hanging(twist or '')}")

    def say_stop(self) -> None:
        """Say where the candidate is now, and the question when it is another one."""
        mock, stop = self.mock, self.mock.stop
        phase = mock.blueprint.phases[stop.phase]
        place = f", question {stop.number} of {stop.of}" if stop.of > 1 else ""
        write_text(
            f"\nPhase {stop.phase + 1} of {len(mock.blueprint.phases)}: {phase.title}{place}, "
            f"{clock(stop.budget_ms)} ({clock(mock.left_ms)} left in all)"
        )
        if stop.question is not None and stop.question != self._shown:
            self.show(stop.question)

    def show(self, number: int) -> None:
        """Put a question."""
        self._shown = number
        question, card = self.mock.questions[number], self.card(number)
        if card is None:
            is_own = question.card is None
            write_text("Tell about a project of your own." if is_own else f"The card {question.card} is gone.")
            return
        write_text(question_text(card, question, self.layout))
        if isinstance(card.body, Star) and self.sat.stories:
            rows = [f"{at:>3}  {clean_line(title)}" for at, (_, title) in enumerate(self.sat.stories, 1)]
            write_text("Your stories (/story 1 picks one):\n" + "\n".join(rows))
        if isinstance(card.body, Code):
            write_text(plain_code(self.code(number)))

    def question(self) -> int:
        """Return the number of the question on the table.

        Raises:
            UsageError: When there is none.
        """
        number = self.mock.stop.question
        if number is None:
            raise UsageError("no question is on the table in this phase")
        return number

    def code_question(self) -> int:
        """Return the number of the question on the table, which is answered with code.

        Raises:
            UsageError: When it is not.
        """
        number = self.question()
        if not self.mock.questions[number].sort.is_code:
            raise UsageError("this question is not answered with code")
        return number

    def card(self, number: int) -> Card | None:
        """Return the card of a question; None for a project of one's own, or a card that is gone."""
        name = self.mock.questions[number].card
        return self.sat.cards.get(name) if name is not None else None

    def code(self, number: int) -> str:
        """Return the code of a question as it stands."""
        from prepdeck.study.mock_editing import code_of

        return code_of(self.sat, number)
