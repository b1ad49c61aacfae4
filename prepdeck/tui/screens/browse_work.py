"""Work of the browse page that the clerk does, and whose faults the page tells."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from prepdeck.errors import PrepdeckError
from prepdeck.tui.screens.review_words import sentence_of

if TYPE_CHECKING:
    from prepdeck.tui.errands import Errands
    from prepdeck.tui.screens.framed import FramedScreen

Answer = TypeVar("Answer")
SECONDS_TO_PAINT = 0.03
"""What is not waited for begins so much later: the clerk, and the threads that paint, share one interpreter."""


class PageWork:
    """Begins work for a page, and says there what went wrong.

    Args:
        page: The page; what is begun is dropped when it closes, the clerk ends what he took on.
    """

    def __init__(self, page: FramedScreen) -> None:
        self._page = page

    def begin(self, work: Coroutine[None, None, None], group: str, *, exclusive: bool = False) -> None:
        """Begin some work; an exclusive one ends what was begun before in its group."""
        self._page.run_worker(self._guard(work), group=group, exclusive=exclusive)

    async def ask(self, errand: Callable[[Errands], Answer]) -> Answer:
        """Return what an errand brings back from the clerk's thread."""
        app = self._page.prepdeck
        return await app.clerk.ask(partial(errand, app.errands))

    async def _guard(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except PrepdeckError as error:
            self._page.say(sentence_of(error), is_error=True)
