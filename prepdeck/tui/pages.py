"""What every part of the way between pages can do: ask, show, say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from prepdeck.tui.app import PrepdeckApp
    from prepdeck.tui.screens.framed import FramedScreen


class Pages:
    """Moves between pages; `Navigator` does what is only named here."""

    _app: PrepdeckApp

    @property
    def page(self) -> FramedScreen | None:
        """The page on top, dialogs aside."""
        raise NotImplementedError

    def say(self, words: str, *, is_error: bool = False) -> None:
        """Say a sentence on the page on top."""
        raise NotImplementedError

    def busily(self, work: Coroutine[None, None, None]) -> None:
        """Fetch a page; until it is there no other one is."""
        raise NotImplementedError

    async def _go_to(self, page: FramedScreen) -> None:
        raise NotImplementedError
