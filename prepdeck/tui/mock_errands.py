"""What the interface asks of the desk for mocks; each method runs in the clerk's thread and touches no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.text.counts import one_decimal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from prepdeck.cards.ids import CardId
    from prepdeck.interview.debrief import Debrief
    from prepdeck.interview.events import Event
    from prepdeck.interview.history import PastMock
    from prepdeck.interview.terms import Mode, Terms
    from prepdeck.interview.timekeeping import Reading
    from prepdeck.study.desk import Desk
    from prepdeck.study.mock_begin import FormatRow
    from prepdeck.study.mock_closing import Closed
    from prepdeck.study.mock_history import Comparison, MockHistory
    from prepdeck.study.mock_loops import RestFacts
    from prepdeck.study.mock_recovery import StoppedMock
    from prepdeck.study.mock_sitting import Sat


class MockErrands:
    """Goes to the desk for mocks; `Errands` is one."""

    @property
    def desk(self) -> Desk:
        """The desk, once it is open."""
        raise NotImplementedError

    # Setting up and sitting a mock

    def list_formats(self) -> tuple[tuple[FormatRow, ...], dict[str, str]]:
        """Return every format, with what it lacks and how often it was sat; and how its last mock was marked."""
        from prepdeck.study.mock_begin import formats_of
        from prepdeck.study.mock_debriefs import past_mocks

        last = {each.format: each for each in past_mocks(self.desk) if each.mean is not None}
        means = {
            slug: f"{one_decimal(each.mean or 0)} {(each.verdict or '').replace('-', ' ')}".strip()
            for slug, each in last.items()
        }
        return formats_of(self.desk), means

    def list_stopped(self) -> tuple[StoppedMock, ...]:
        """Return the mocks that were cut off or not marked, newest first."""
        from prepdeck.study.mock_recovery import stopped_mocks

        return stopped_mocks(self.desk)

    def begin_mock(self, slug: str, terms: Terms) -> Sat:
        """Draw the questions of a format and start its clock."""
        from prepdeck.study.mock_begin import begin_mock

        return begin_mock(self.desk, slug, terms)

    def begin_named(self, words: str, terms: Terms) -> Sat:
        """Begin the format that words name, or the first round of a loop."""
        from prepdeck.study.mock_documents import get_format

        blueprint = get_format(self.desk, words)
        return (self.begin_loop if blueprint.is_loop else self.begin_mock)(blueprint.id, terms)

    def find_stopped(self, words: str | None) -> StoppedMock:
        """Return the mock to go on with: the one named, else the newest that waits."""
        from prepdeck.study.mock_recovery import find_stopped

        return find_stopped(self.desk, words)

    def begin_loop(self, slug: str, terms: Terms) -> Sat:
        """Begin a loop with its first round."""
        from prepdeck.study.mock_loops import begin_loop, next_round

        return next_round(self.desk, begin_loop(self.desk, slug, terms))[1]

    def load_mock(self, name: str) -> Sat:
        """Return a mock as it was last stored."""
        from prepdeck.study.mock_begin import load_mock

        return load_mock(self.desk, name)

    def recover_mock(self, name: str, mode: Mode | None) -> Sat:
        """Go on with a mock that was cut off; without a mode as it was sat."""
        from prepdeck.study.mock_recovery import recover

        return recover(self.desk, name, mode)

    def finish_stopped(self, name: str) -> Sat:
        """End a mock that was cut off at its last sign of life."""
        from prepdeck.study.mock_recovery import finish_stopped

        sat = self.load_mock(name)
        return sat if sat.mock.is_over else finish_stopped(self.desk, name)

    def discard_mock(self, name: str) -> Sat:
        """Give a mock up that was cut off."""
        from prepdeck.study.mock_recovery import discard

        return discard(self.desk, name)

    def store_mock(self, sat: Sat) -> tuple[Event, ...]:
        """Store what has gathered in a mock; return the events that are stored now."""
        from prepdeck.study.mock_sitting import store_pending

        return store_pending(self.desk, sat)

    def reader(self) -> Callable[[], Reading]:
        """Return what reads the clocks of the machine; it asks nothing of the database."""
        from prepdeck.study.mock_sitting import read_now

        desk = self.desk
        return lambda: read_now(desk)

    def open_mock_draft(self, sat: Sat, question: int) -> Path:
        """Write the code of a question into a file for an editor; return the file."""
        from prepdeck.study.mock_editing import open_draft

        return open_draft(self.desk, sat, question)

    def take_mock_draft(self, path: Path) -> str | None:
        """Return what an editor left in a draft's file."""
        from prepdeck.study.mock_editing import take_draft

        return take_draft(path)

    # Marking, debriefs, history

    def predict_mock(self, sat: Sat, verdict: str) -> Sat:
        """Store the verdict that the candidate expects."""
        from prepdeck.interview.events import Predicted
        from prepdeck.study.mock_sitting import happened, moment_ms, read_now, store_pending, stored

        sat = happened(sat, Predicted(moment_ms(sat, read_now(self.desk)), verdict))
        return stored(sat, store_pending(self.desk, sat))

    def judge_mock(self, sat: Sat) -> tuple[Sat, tuple[PastMock, ...]]:
        """Run the last drafts against their hidden tests; return the mock, and the last ones of its format."""
        from prepdeck.study.mock_closing import judge
        from prepdeck.study.mock_debriefs import past_mocks

        past = [each for each in past_mocks(self.desk) if each.format == sat.mock.blueprint.id and each.counts]
        return judge(self.desk, sat), tuple(each for each in past if each.id != sat.id)[-3:]

    def close_mock(self, sat: Sat) -> Closed:
        """Save the marks, move the cards they point at to today, and write the debrief down."""
        from prepdeck.study.mock_closing import close_mock

        return close_mock(self.desk, sat)

    def open_debrief(self, name: str) -> Closed:
        """Return the debrief of a mock that is over."""
        from prepdeck.study.mock_closing import reopen

        return reopen(self.desk, name)

    def undo_pull(self, sat: Sat) -> tuple[CardId, ...]:
        """Move the cards that a mock brought back to where they were."""
        from prepdeck.study.mock_closing import undo_pull

        return undo_pull(self.desk, sat)

    def debrief_markdown(self, found: Debrief) -> str:
        """Return a debrief as Markdown."""
        from prepdeck.study.mock_markdown import markdown

        return markdown(found)

    def mock_history(self) -> MockHistory:
        """Return what all mocks tell together."""
        from prepdeck.study.mock_history import history

        return history(self.desk)

    def compare_mocks(self, first: str, second: str) -> Comparison:
        """Return two mocks side by side."""
        from prepdeck.study.mock_history import compare

        return compare(self.desk, first, second)

    # Loops

    def rest_after(self, sat: Sat) -> RestFacts | None:
        """Return the rest that follows a round of a loop; None for a mock of its own, or after the last round."""
        from prepdeck.study.mock_loops import rest_after

        return rest_after(self.desk, sat)

    def waiting_loop(self) -> RestFacts | None:
        """Return the newest loop that waits between two rounds."""
        from prepdeck.study.mock_loops import waiting_loop

        return waiting_loop(self.desk)

    def give_up_loop(self, loop: str) -> None:
        """Give up the rest of a loop; the rounds that were sat keep their marks."""
        from prepdeck.study.mock_loops import find_loop, give_up_loop

        give_up_loop(self.desk, find_loop(self.desk, loop))

    def next_round(self, loop: str) -> Sat:
        """End the rest of a loop, and begin its next round."""
        from prepdeck.study.mock_loops import end_rest, find_loop, next_round

        return next_round(self.desk, end_rest(self.desk, find_loop(self.desk, loop)))[1]

    def loop_words(self, sat: Sat) -> str:
        """Return what the rounds of a mock's loop say together; empty for a mock of its own."""
        from prepdeck.study.mock_loops import loop_of, sum_up_words

        loop = loop_of(self.desk, sat.id)
        return "" if loop is None else sum_up_words(self.desk, loop)
