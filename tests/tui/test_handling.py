"""What the interface says of steps that are no grades, and of leeches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.ids import CardId
from prepdeck.study import handling
from prepdeck.study.desk import open_desk
from prepdeck.study.reviewing import record_answer
from tests.tui import stage

ADAM = CardId("learning", "adam")


def forget(times: int) -> None:
    with open_desk() as desk:
        for number in range(times + 1):
            moment = datetime(2026, 10, 1, 9, tzinfo=UTC) + timedelta(days=number)
            record_answer(desk, ADAM, 1 if number else 4, at=moment)


@pytest.mark.parametrize(("key", "is_told"), [("1", True), ("3", False)])
def test_a_grade_that_makes_a_leech_says_so(home: Path, key: str, is_told: bool) -> None:
    forget(7)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", key)
        assert ("learning/adam was forgotten 8 times: a leech." in stage.text(pilot)) == is_told

    stage.run(play, size=stage.WIDE)


def test_undo_on_the_home_screen_takes_back_what_a_command_did(home: Path) -> None:
    with open_desk() as desk:
        handling.suspend(desk, ["adam", "fraud"])

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "u")
        assert "Undid suspend of 2 cards." in stage.text(pilot)

    stage.run(play)
    with open_desk() as desk, desk.store.reading() as log:
        assert log.all_handlings() == {}


def test_undo_in_a_round_says_what_a_command_did_and_asks_on(home: Path) -> None:
    with open_desk() as desk:
        handling.flag(desk, ["fraud"])

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "u")
        assert "Undid flag of learning/fraud." in stage.text(pilot)
        assert stage.review_of(pilot).now().card.id == ADAM

    stage.run(play)


def test_undo_with_nothing_to_ask_says_what_it_took_back(home: Path) -> None:
    with open_desk() as desk:
        names = [outline.card for outline in desk.library.outlines()]
        handling.suspend(desk, list(map(str, names)))
        handling.note(desk, "adam", "why?")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "u")
        assert "Undid note on learning/adam." in stage.text(pilot)

    stage.run(play)
