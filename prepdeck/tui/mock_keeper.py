"""Stores what happens in a mock, each event once, however often and from wherever storing is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prepdeck.interview.events import Event
    from prepdeck.study.mock_sitting import Sat
    from prepdeck.tui.mock_errands import MockErrands


class MockKeeper:
    """Works in the clerk's thread; a page that ends while one save is on its way asks for another without harm.

    Args:
        errands: What goes to the desk.
    """

    def __init__(self, errands: MockErrands) -> None:
        self._errands = errands
        self._stored: tuple[Event, ...] = ()

    def store(self, sat: Sat) -> tuple[Event, ...]:
        """Store what has gathered and is not stored yet; return the pending events that are stored now.

        Raises:
            StoreError: When it could not be stored; nothing of it was.
        """
        from prepdeck.study.mock_sitting import stored

        known = tuple(each for each in self._stored if any(each is one for one in sat.pending))
        self._stored = known
        self._stored = (*known, *self._errands.store_mock(stored(sat, known)))
        return self._stored
