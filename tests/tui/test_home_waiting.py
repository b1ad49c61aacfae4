"""Home while its cards are still counted: a key is kept, or opens its page at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study import overview, readiness
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.tui.app import PrepdeckApp
from prepdeck.tui.widgets.decks import DeckList
from tests.tui import stage

PATIENCE_SECONDS = 30
PAGES = {"b": "BrowseScreen", "s": "StatsScreen", "p": "PlanScreen", "S": "StoriesScreen", ",": "SettingsScreen"}
"""Pages that need no count, by their keys."""

Play = Callable[[Pilot[Any], threading.Event], Awaitable[None]]


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Iterator[threading.Event]:
    """Let a long look wait until the event is set."""
    gate = threading.Event()
    look = getattr(module, name)

    def slowly(*given: Any) -> Any:
        assert gate.wait(PATIENCE_SECONDS)
        return look(*given)

    with monkeypatch.context() as patched:
        patched.setattr(module, name, slowly)
        try:
            yield gate
        finally:
            gate.set()


def run_counting(monkeypatch: pytest.MonkeyPatch, play: Play, **flags: Any) -> PrepdeckApp:
    """Start the interface, and let `play` press keys while the cards are counted, until it opens the gate."""
    app = PrepdeckApp(Options(), **flags)

    async def perform() -> None:
        with held_up(monkeypatch, overview, "home_report") as gate:
            async with app.run_test(size=stage.WIDE) as pilot:
                await play(pilot, gate)
                gate.set()
                if not app._exit:
                    await stage.settle(pilot)

    asyncio.run(perform())
    return app


def name_of_page(pilot: Pilot[Any]) -> str:
    return type(pilot.app.screen).__name__


async def shown(pilot: Pilot[Any], name: str) -> None:
    """Wait until a page is on top."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while name_of_page(pilot) != name:
            await pilot.pause()


async def said(pilot: Pilot[Any], words: str) -> None:
    """Wait until some words are on the screen."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while words not in stage.text(pilot):
            await pilot.pause()


def test_enter_pressed_while_cards_are_counted_starts_the_round_when_they_are(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(pilot: Pilot[Any], gate: threading.Event) -> None:
        await pilot.press("enter")
        await said(pilot, "Review comes next.")
        assert name_of_page(pilot) == "OpeningScreen"
        gate.set()
        await stage.settle(pilot)
        assert stage.review_of(pilot).sitting.request.scope.decks == ()

    run_counting(monkeypatch, play)


def test_keys_pressed_while_cards_are_counted_are_done_in_their_order(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(pilot: Pilot[Any], gate: threading.Event) -> None:
        await pilot.press("j", "enter", "enter", "space")
        gate.set()
        await stage.settle(pilot)
        review = stage.review_of(pilot)
        assert review.sitting.request.scope.decks == ("learning",)
        assert review.asking is not None
        assert not review.asking.is_revealed

    run_counting(monkeypatch, play)


@pytest.mark.parametrize("key", PAGES)
def test_a_page_that_needs_no_count_opens_while_cards_are_counted(
    home: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async def play(pilot: Pilot[Any], gate: threading.Event) -> None:
        await pilot.press(key)
        await shown(pilot, PAGES[key])
        assert not gate.is_set()
        gate.set()
        await stage.settle(pilot)
        assert name_of_page(pilot) == PAGES[key]
        await stage.press(pilot, "escape")
        await stage.settle(pilot)
        assert "All due cards" in stage.text(pilot)

    run_counting(monkeypatch, play)


def test_back_before_the_cards_are_counted_leads_to_home_and_forgets_what_was_to_come(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(pilot: Pilot[Any], gate: threading.Event) -> None:
        await pilot.press("b")
        await shown(pilot, "BrowseScreen")
        await pilot.press("escape", "escape", "enter", "escape", "j")
        await shown(pilot, "OpeningScreen")
        gate.set()
        await shown(pilot, "HomeScreen")
        await stage.settle(pilot)
        assert pilot.app.screen.query_one(DeckList).marked == 1

    run_counting(monkeypatch, play)


def test_a_key_pressed_before_the_desk_is_open_opens_its_page_then(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_open = threading.Event()

    def slowly(options: Options) -> Any:
        assert may_open.wait(PATIENCE_SECONDS)
        return open_desk(options)

    async def play(pilot: Pilot[Any], gate: threading.Event) -> None:
        await pilot.press("s")
        await said(pilot, "Stats comes next.")
        may_open.set()
        await shown(pilot, "StatsScreen")
        assert not gate.is_set()

    run_counting(monkeypatch, play, open_desk=slowly)


def test_leaving_while_cards_are_counted_leaves_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(pilot: Pilot[Any], gate: threading.Event) -> None:
        await pilot.press("q")
        assert pilot.app._exit
        assert not gate.is_set()

    assert run_counting(monkeypatch, play).return_code == 0


def test_keys_pressed_before_the_welcome_answer_none_of_its_questions(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "welcome").unlink()

    async def play(pilot: Pilot[Any], gate: threading.Event) -> None:
        await pilot.press("enter", "b")
        gate.set()
        await stage.settle(pilot)
        assert name_of_page(pilot) == "WelcomeScreen"
        assert "▸ 1 When is your interview?" in stage.text(pilot)

    run_counting(monkeypatch, play)


@pytest.mark.parametrize(("key", "page"), [*PAGES.items(), ("enter", "ReviewScreen"), ("l", "ReviewScreen")])
def test_every_page_opens_while_home_works_out_how_ready_one_is(
    home: Path, monkeypatch: pytest.MonkeyPatch, key: str, page: str
) -> None:
    async def perform() -> None:
        app = PrepdeckApp(Options())
        with held_up(monkeypatch, readiness, "readiness") as gate:
            async with app.run_test(size=stage.WIDE) as pilot:
                await shown(pilot, "HomeScreen")
                await pilot.press(key)
                await shown(pilot, page)
                assert not gate.is_set()
                gate.set()
                await stage.settle(pilot)

    asyncio.run(perform())
