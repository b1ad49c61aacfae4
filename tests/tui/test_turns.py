"""Keys that come in one burst: each has the effect it would have alone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from prepdeck.tui import turns
from prepdeck.tui.turns import KeyTurns, Typed
from prepdeck.tui.widgets.story_fields import StoryField
from tests.tui import stage


def key(name: str) -> events.Key:
    return events.Key(name, name)


def turns_of(*, is_quiet: bool = True, letters: str = "") -> KeyTurns:
    return KeyTurns(lambda: is_quiet, lambda event: isinstance(event, events.Key) and event.key in letters)


def test_a_number_is_checked_and_graded_in_one_burst(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "convolution")
        before = len(stage.review_of(pilot).sitting.reviews)
        stage.burst(pilot, *"73856", "enter", "4")
        await stage.settle(pilot)
        assert len(stage.review_of(pilot).sitting.reviews) == before + 1

    stage.run(play)


def test_a_key_waits_for_the_one_before_it_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0.05)
    sent: list[Typed] = []

    async def play() -> None:
        queue, first, second, third = turns_of(), key("a"), key("b"), key("c")
        assert queue.takes(first)
        assert not queue.takes(second)
        assert queue.needs_sender()
        assert not queue.needs_sender()
        sending = asyncio.create_task(queue.send_held(sent.append))
        await asyncio.sleep(0.01)
        assert sent == []
        first.stop()
        await asyncio.sleep(0.01)
        assert sent == [second]
        await sending
        assert not queue.takes(third)  # the second one is handled by nobody
        assert queue.needs_sender()
        await queue.send_held(sent.append)
        assert sent == [second, third]

    asyncio.run(play())


def test_a_key_that_came_back_ends_its_turn() -> None:
    queue, first, second = turns_of(), key("a"), key("b")
    assert queue.takes(first)
    queue.end(second)
    assert not queue.takes(second)
    queue = turns_of()
    assert queue.takes(first)
    queue.end(first)
    assert queue.takes(second)


def test_a_key_waits_while_a_page_still_has_to_move_the_focus() -> None:
    queue, first, second = turns_of(is_quiet=False), key("tab"), key("b")
    assert queue.takes(first)  # nothing was typed before it
    first.stop()
    assert not queue.takes(second)


def test_between_two_letters_nothing_waits() -> None:
    queue = turns_of(letters="ab")
    assert queue.takes(key("a"))
    assert queue.takes(key("b"))
    assert not queue.takes(key("tab"))
    assert not queue.takes(key("a"))


def test_a_story_is_typed_in_one_burst(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "n")
        stage.burst(pilot, *"Abcd", "backspace", "tab", *"efg", "tab", *"hij")
        await stage.settle(pilot)
        texts = [field.text for field in pilot.app.screen.query(StoryField)]
        assert texts[:3] == ["Abc", "efg", "hij"]

    stage.run(play)


def test_what_is_pasted_holds_nothing_up() -> None:
    queue = turns_of()
    assert queue.takes(events.Paste("150k"))
    assert queue.takes(key("tab"))


def test_leaving_in_the_middle_of_a_burst_ends_the_program(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "S", "n")
        stage.burst(pilot, *"Abc", "tab", *"def", "ctrl+q", *"ghi", "tab", *"jkl")
        while not pilot.app._exit:  # noqa: ASYNC110 - Textual has no event for it
            await asyncio.sleep(0.01)

    app = stage.run(play)
    assert app.crash is None
    assert app.return_code == 0
