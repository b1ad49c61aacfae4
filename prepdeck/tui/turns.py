"""Keys one after the other: what is typed behind a key that moves the focus belongs to where it leads."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Final, TypeAlias

from textual import events

Typed: TypeAlias = events.Key | events.Paste
"""What comes from the keyboard."""
LONGEST_WAIT: Final = 0.5
"""Seconds a key waits at most for the one before it: a widget that went away handles nothing any more."""
_AT_ONCE: Final = 50
"""Looks without a pause; a key is mostly handled by then."""
_LOOK: Final = 0.001


class KeyTurns:
    """Holds what is typed back until the key before it was handled.

    Textual sends each key at once to what has the focus just then, though the key before may still be on its way up to
    the page that moves the focus, or to the app that deletes a letter. Keys in one burst, from a script or on a slow
    machine, would go to the wrong field or change places.

    Args:
        is_quiet: Tells whether nothing is on its way from what has the focus up to the app any more.
        is_text: Tells whether what has the focus takes a key for a letter; between two letters nothing moves.
    """

    def __init__(self, is_quiet: Callable[[], bool], is_text: Callable[[Typed], bool]) -> None:
        self._is_quiet = is_quiet
        self._is_text = is_text
        self._was_text = False
        self._under_way: events.Key | None = None
        self._held: deque[Typed] = deque()
        self._is_sending = False

    def takes(self, event: Typed) -> bool:
        """Begin the turn of a key and tell that it may go; else keep it until its turn comes."""
        if self._held or self._is_sending or not self._may_go(event):
            self._held.append(event)
            return False
        self._begin(event)
        return True

    def end(self, event: Typed) -> None:
        """End the turn of a key that nothing on the way up had a use for, and that the app has now dealt with."""
        if event is self._under_way:
            self._under_way = None

    def needs_sender(self) -> bool:
        """Tell whether nobody sends what is held back; whoever asks does it."""
        is_needed = bool(self._held) and not self._is_sending
        self._is_sending = self._is_sending or is_needed
        return is_needed

    async def send_held(self, send: Callable[[Typed], object]) -> None:
        """Send what is held back, each in its turn; for whom `needs_sender` told.

        Args:
            send: Has the app send a key once it has done what it was asked to do before.
        """
        try:
            while self._held:
                event = self._held[0]
                await self._wait(event)
                self._held.popleft()
                self._begin(event)
                send(event)
        finally:
            self._is_sending = False

    def _may_go(self, event: Typed) -> bool:
        if self._under_way is None or (self._was_text and self._is_text(event)):
            return True
        return self._under_way._stop_propagation and self._is_quiet()  # noqa: SLF001 - Textual tells it nowhere else

    def _begin(self, event: Typed) -> None:
        # What is pasted changes no focus, and lies in the same queue as the key behind it.
        self._under_way = event if isinstance(event, events.Key) else None
        self._was_text = self._is_text(event)

    async def _wait(self, event: Typed) -> None:
        looks, last = 0, monotonic() + LONGEST_WAIT
        while not self._may_go(event) and monotonic() < last:
            looks += 1
            await asyncio.sleep(0 if looks < _AT_ONCE else _LOOK)
