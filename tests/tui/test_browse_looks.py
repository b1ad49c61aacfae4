"""The browse page without colour, in ASCII, in a narrow window, and with a search that cannot be understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui import stage


def line_of(pilot: Pilot[Any], words: str) -> str:
    """Return the line of the list that begins with some words; the preview may hold them too."""
    return next(shown for shown in stage.rows(pilot) if 0 <= shown.find(words) < 10)


@pytest.mark.parametrize(("ascii_only", "mark", "tick"), [(False, "▌", "✓"), (True, ">", "v")])
def test_mark_and_selection_are_seen_without_colour(home: Path, ascii_only: bool, mark: str, tick: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "space")
        assert mark in line_of(pilot, "Attention divides")
        assert mark not in line_of(pilot, "Which losses")
        assert tick in line_of(pilot, "Why does Adam")[:6]

    stage.run(play, color=False, ascii_only=ascii_only)


@pytest.mark.parametrize("color", [True, False])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_the_memory_line_says_in_words_where_a_card_stands(home: Path, color: bool, ascii_only: bool) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "!", "G")
        assert "suspended" in line_of(pilot, "Why does")
        assert "due" in line_of(pilot, "Design home")
        shown = stage.text(pilot)
        assert "easiness  2.46" in shown
        assert "interval  6 days" in shown
        assert shown.isascii() or not ascii_only

    stage.run(play, size=stage.WIDE, color=color, ascii_only=ascii_only)


@pytest.mark.parametrize("size", stage.SIZES)
def test_a_filter_that_cannot_be_is_shown_with_its_place(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "slash", *"loss", "space", *"is:leach", "enter")
        stage.check_golden(pilot, "browse-fault")
        lines = stage.rows(pilot)
        under = next(number for number, shown in enumerate(lines) if "^" * 8 in shown and "^p" not in shown)
        assert lines[under].index("^") == lines[under - 1].index("is:leach")
        await stage.press(pilot, "escape")
        assert "7 of 7 cards" in stage.text(pilot)

    stage.run(play, size=size)


def test_the_place_is_seen_behind_a_long_search(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "slash", *("ab cd" * 9).replace(" ", "x"), "space", *"kind:clozee", "enter")
        assert "^" * len("kind:clozee") in stage.text(pilot)

    stage.run(play, size=stage.NARROW)
