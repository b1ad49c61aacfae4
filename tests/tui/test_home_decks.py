"""The decks on home: a clicked row is the one the keys reach, and many decks and cards are shown as few are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot

from prepdeck.cli.program import program
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.widgets.decks import DeckList
from tests.tui import stage
from tests.tui.test_clicks import click, places_of

CARDS, DECKS = 10_000, 25
"""A large collection."""


def add_many(home: Path) -> None:
    """Add ten thousand cards in many decks, one of them with a fault."""
    for deck in range(DECKS):
        cards = "".join(f"- {{id: c{number}, front: q, back: a}}\n" for number in range(CARDS // DECKS))
        words = f"deck: deck-{deck:02}\ntitle: Deck {deck:02}\ncards:\n{cards}"
        (home / "decks" / f"deck-{deck:02}.yaml").write_text(words, encoding="utf-8")


async def click_row(pilot: Pilot[Any], number: int) -> None:
    decks = pilot.app.screen.query_one(DeckList)
    await click(pilot, decks, dict(places_of(decks))[f"row:{number}"])


@pytest.mark.parametrize("days", [0, 9])
@pytest.mark.parametrize("size", [stage.WIDE, stage.NARROW])
def test_a_clicked_deck_is_the_one_the_keys_reach(home: Path, size: tuple[int, int], days: int) -> None:
    stage.practise(days)

    async def play(pilot: Pilot[Any]) -> None:
        before = stage.rows(pilot)
        await click_row(pilot, 1)
        clicked = stage.rows(pilot)
        assert clicked != before  # without colours the marked row has a sign
        await stage.press(pilot, "g", "j")
        assert stage.rows(pilot) == clicked

    stage.run(play, size=size, color=False)


@pytest.mark.parametrize("days", [0, 9])
@pytest.mark.parametrize("number", [0, 1])
def test_a_second_click_on_a_deck_does_what_enter_does(home: Path, days: int, number: int) -> None:
    stage.practise(days)
    shown = []

    async def use_keys(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *"j" * number, "enter")
        shown.append((stage.review_of(pilot).sitting.request, stage.rows(pilot)[1:]))

    async def use_mouse(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *["j"] * (1 - number))
        await click_row(pilot, number)
        assert isinstance(pilot.app.screen, HomeScreen)
        await click_row(pilot, number)
        shown.append((stage.review_of(pilot).sitting.request, stage.rows(pilot)[1:]))

    stage.run(use_keys)
    stage.run(use_mouse)
    assert shown[0] == shown[1]


def test_the_key_bar_names_the_keys_of_the_marked_deck(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        assert "a Author" not in stage.rows(pilot)[-1]
        await stage.press(pilot, "j")
        assert "a Author" in stage.rows(pilot)[-1]
        await click_row(pilot, 0)
        assert "a Author" not in stage.rows(pilot)[-1]

    stage.run(play, size=stage.WIDE)


def test_ten_thousand_cards_in_many_decks_are_all_within_reach(home: Path) -> None:
    add_many(home)

    async def play(pilot: Pilot[Any]) -> None:
        day = json.loads(CliRunner().invoke(program, ["due", "--json"], catch_exceptions=False).stdout)
        total = CARDS + 7
        for size in (*stage.SIZES, (40, 12), (200, 60)):
            await stage.resize(pilot, size)
            await stage.press(pilot, "g")
            first = next(line for line in stage.rows(pilot) if "All due cards" in line)
            assert f" {day['due']} " in first
            assert f" {day['new']} " in first
            assert f"{DECKS + 1} decks, {total} cards" in stage.text(pilot)
            await stage.press(pilot, "G")
            assert pilot.app.screen.query_one(DeckList).marked == DECKS + 1
            assert "Learning theory" in stage.text(pilot)
            assert all(len(line) <= size[0] for line in stage.rows(pilot))
        await stage.press(pilot, "k", "enter")
        assert stage.review_of(pilot).sitting.request.scope.decks == (f"deck-{DECKS - 1:02}",)

    stage.run(play)
    assert sum(deck["cards"] for deck in json.loads(_due())["decks"]) == CARDS + 7


def _due() -> str:
    return CliRunner().invoke(program, ["due", "--json"], catch_exceptions=False).stdout
