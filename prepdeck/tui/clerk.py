"""The one thread that works at the desk, one request after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


class Clerk:
    """Carries out work away from the screen; it touches no widget, and never does two things at once."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="prepdeck-clerk")

    def begin(self, work: Callable[[], Answer]) -> Future[Answer]:
        """Take on work at once, to be done after everything taken on before; nothing takes it back any more."""
        return self._thread.submit(work)

    async def wait_for(self, work: Future[Answer]) -> Answer:
        """Return what work that was taken on returns, or raise what it raises; a page that closes does not stop it."""
        return await asyncio.shield(asyncio.wrap_future(work))

    async def ask(self, work: Callable[[], Answer]) -> Answer:
        """Return what `work` returns, or raise what it raises, once everything taken on before is done."""
        return await self.wait_for(self.begin(work))

    def ask_later(self, work: Callable[[], object]) -> None:
        """Have `work` done when there is time; nobody waits for it, and what it raises is dropped."""
        self._thread.submit(work)

    def close(self, last: Callable[[], object]) -> None:
        """Finish what was begun, do one last thing, and stop; what only waits is left undone."""
        future = self._thread.submit(last)
        self._thread.shutdown(wait=True)
        future.exception()
