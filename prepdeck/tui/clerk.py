"""The thread that works at the desk, one request after the other, and the one beside it for long looks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

Answer = TypeVar("Answer")
LAST_SECONDS = 0.5
"""How long the end of the program waits for a long look; nothing is lost with one."""


class Clerk:
    """Carries out work away from the screen; it touches no widget, and never does two things at once."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="prepdeck-clerk")
        self._lookout = Lookout()

    def begin(self, work: Callable[[], Answer]) -> Future[Answer]:
        """Take on work at once, to be done after everything taken on before; nothing takes it back any more."""
        return self._thread.submit(work)

    async def wait_for(self, work: Future[Answer]) -> Answer:
        """Return what work that was taken on returns, or raise what it raises; a page that closes does not stop it."""
        return await asyncio.shield(asyncio.wrap_future(work))

    async def ask(self, work: Callable[[], Answer]) -> Answer:
        """Return what `work` returns, or raise what it raises, once everything taken on before is done."""
        return await self.wait_for(self.begin(work))

    async def ask_aside(self, look: Callable[[], Answer]) -> Answer:
        """Return what a long look returns, or raise what it raises; it changes nothing, and nothing waits for it."""
        return await asyncio.wrap_future(self._lookout.begin(look))

    def ask_later(self, work: Callable[[], object]) -> None:
        """Have `work` done when there is time; nobody waits for it, and what it raises is dropped."""
        self._thread.submit(work)

    def close(self, last: Callable[[], object]) -> None:
        """Finish what was begun, do one last thing, and stop; what only waits is left undone."""
        future = self._thread.submit(last)
        self._thread.shutdown(wait=True)
        future.exception()
        self._lookout.close()


class Lookout:
    """A thread for looks that take seconds, one after the other; the program ends without waiting for it long."""

    def __init__(self) -> None:
        self._looks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def begin(self, look: Callable[[], Answer]) -> Future[Answer]:
        """Take on a look; until it is begun it can be cancelled."""
        future: Future[Answer] = Future()
        self._looks.put(lambda: _settle(future, look))
        if self._thread is None:
            self._thread = Thread(target=self._run, name="prepdeck-lookout", daemon=True)
            self._thread.start()
        return future

    def close(self) -> None:
        """Stop after the look that was begun."""
        while not self._looks.empty():
            self._looks.get()
        self._looks.put(None)
        if self._thread is not None:
            self._thread.join(LAST_SECONDS)

    def _run(self) -> None:
        while (look := self._looks.get()) is not None:
            look()


def _settle(future: Future[Answer], look: Callable[[], Answer]) -> None:
    """Put into a future what a look returns or raises."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        answer = look()
    except BaseException as error:  # noqa: BLE001 - whoever asked gets it
        future.set_exception(error)
    else:
        future.set_result(answer)
