"""Filters, selection and what is done to many cards on the browse page, by keys and by mouse."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.ids import CardId
from prepdeck.store.store import Store
from prepdeck.study import handling
from prepdeck.study.desk import open_desk
from prepdeck.study.reviewing import record_answer
from prepdeck.study.searching import find_cards
from prepdeck.tui.errands import Errands
from prepdeck.tui.screens.browse import BrowseScreen
from prepdeck.tui.widgets.card_list import CardList
from prepdeck.tui.widgets.frame import StatusLine
from tests.tui import stage

MANY = 5_000


def browse_of(pilot: Pilot[Any]) -> BrowseScreen:
    screen = pilot.app.screen
    assert isinstance(screen, BrowseScreen)
    return screen


def selected(pilot: Pilot[Any]) -> list[str]:
    return [card.card for card in browse_of(pilot).selected]


def said(pilot: Pilot[Any]) -> str:
    return pilot.app.screen.query_one(StatusLine).words


async def click(pilot: Pilot[Any], words: str, at: int | None = None) -> None:
    """Click where some words stand, or into a column of their line."""
    lines = stage.rows(pilot)
    line = next(number for number, shown in enumerate(lines) if words in shown)
    await pilot.click(offset=(lines[line].index(words) if at is None else at, line))
    await stage.settle(pilot)


@pytest.mark.parametrize(
    "words",
    [
        "deck:learning",
        "tag:vision",
        "kind:numeric",
        "topic:metrics",
        "is:due",
        "is:new",
        "is:leech",
        "is:flagged",
        "is:suspended",
        "is:buried",
        "kind:choice topic:metrics which",
    ],
)
def test_every_filter_finds_its_cards_and_no_others(home: Path, words: str) -> None:
    stage.settings(home, "leech_lapses = 2\n")
    extra = "deck: other\ntags: [vision]\ncards:\n- {id: iou, front: What is IoU?, back: Overlap.}\n"
    (home / "decks" / "other.yaml").write_text(extra, encoding="utf-8")
    with open_desk() as desk:
        for days_ago, quality in ((20, 4), (15, 1), (10, 4), (5, 1)):
            record_answer(desk, CardId("learning", "ranking"), quality, at=stage.NOW - timedelta(days=days_ago))
        handling.flag(desk, ["learning/convex"])
        handling.suspend(desk, ["learning/merge"])
        handling.bury(desk, ["learning/fraud"])
        wanted = [hit.card for hit in find_cards(desk, words, 100).hits]
    assert 0 < len(wanted) < 8

    async def play(pilot: Pilot[Any]) -> None:
        typed = ("space" if letter == " " else letter for letter in words)
        await stage.press(pilot, "b", "slash", *typed, "enter")
        cards = pilot.app.screen.query_one(CardList)
        lines = [cards._line(number) for number in range(cards.count)]
        assert [line.card for line in lines if line] == wanted
        assert f"{len(wanted)} of 8 cards" in stage.text(pilot)

    stage.run(play)


def test_space_selects_one_card_and_lets_it_go_again(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "space")
        assert selected(pilot) == ["adam"]
        assert "1 selected" in stage.text(pilot)
        await stage.press(pilot, "k", "space")
        assert selected(pilot) == []

    stage.run(play)


@pytest.mark.parametrize("keys", [("space", "j", "j", "v"), ("j", "j", "j", "space", "g", "v")])
def test_v_selects_from_the_card_selected_last_to_the_marked_one(home: Path, keys: tuple[str, ...]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", *keys)
        assert sorted(selected(pilot)) == ["adam", "attention", "convex", "fraud"]
        assert said(pilot) == "Selected 4 cards."

    stage.run(play)


def test_a_range_needs_a_card_to_begin_at(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "v")
        assert selected(pilot) == []
        await stage.press(pilot, "space", "escape", "v")
        assert selected(pilot) == []

    stage.run(play)


def test_capital_a_selects_every_card_found_and_then_none(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "slash", *"kind:choice", "enter", "A")
        assert sorted(selected(pilot)) == ["convex", "fraud"]
        await stage.press(pilot, "A")
        assert selected(pilot) == []

    stage.run(play)


def test_more_cards_than_one_step_may_handle_are_not_selected(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepdeck.study.browsing.MOST_AT_ONCE", 6)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "A")
        assert said(pilot) == "7 cards are too many to select at once. Search for at most 6 of them"
        assert selected(pilot) == []

    stage.run(play)


def test_a_selection_outlives_another_search(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "space", "slash", *"kind:numeric", "enter", "space", "f")
        assert said(pilot).startswith("Flagged 2 cards")
        assert selected(pilot) == []

    stage.run(play)


def test_the_mouse_selects_one_card_and_handles_it(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b")
        await click(pilot, "Which losses", at=3)
        await click(pilot, "Design home", at=3)
        assert selected(pilot) == ["convex", "ranking"]
        await click(pilot, "f Flag")
        assert said(pilot).startswith("Flagged 2 cards")

    stage.run(play, size=stage.WIDE)


def made_many(home: Path) -> None:
    rows = "".join(f"- {{id: c{at:04}, front: Many {at:04}, back: b}}\n" for at in range(MANY))
    (home / "decks" / "many.yaml").write_text(f"deck: many\ncards:\n{rows}", encoding="utf-8")
    open_desk().close()


def suspended(home: Path) -> int:
    with sqlite3.connect(home / "prepdeck.db") as database:
        return int(database.execute("SELECT count(*) FROM handlings WHERE suspended").fetchone()[0])


def test_thousands_of_cards_are_one_transaction_one_undo_and_leave_the_keys_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_many(home)
    may_begin, transactions = Event(), []
    handle, writing = Errands.handle, Store.writing

    def handle_when_told(errands: Errands, *about: Any) -> str:
        assert may_begin.wait(30)
        return handle(errands, *about)

    def count_writing(store: Store, **more: Any) -> Any:
        transactions.append(store)
        return writing(store, **more)

    monkeypatch.setattr(Errands, "handle", handle_when_told)
    monkeypatch.setattr(Store, "writing", count_writing)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "slash", *"deck:many", "enter", "A")
        assert said(pilot) == "Selected 5,000 cards."
        transactions.clear()
        await pilot.press("!")
        async with asyncio.timeout(30):
            while "suspending 5,000 cards" not in stage.rows(pilot)[0]:  # noqa: ASYNC110 - until the title says it
                await asyncio.sleep(0.002)
        marked = pilot.app.screen.query_one(CardList).marked
        await pilot.press("j", "j", "j")
        await pilot.pause()
        assert pilot.app.screen.query_one(CardList).marked == marked + 3
        await pilot.press("f")
        await pilot.pause()
        assert said(pilot) == "Still suspending 5,000 cards."
        may_begin.set()
        await stage.settle(pilot)
        assert said(pilot) == "Suspended 5,000 cards: not asked until unsuspended."
        assert "suspending" not in stage.rows(pilot)[0]
        assert selected(pilot) == []
        assert (len(transactions), suspended(home)) == (1, MANY)
        await stage.press(pilot, "u")
        assert said(pilot) == f"Undid suspend of {MANY} cards."
        assert suspended(home) == 0

    stage.run(play)


def test_a_bulk_action_goes_on_when_the_page_is_left(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "A")
        await pilot.press("!", "q")
        await stage.settle(pilot)

    stage.run(play)
    assert suspended(home) == 7
