"""The browse page: what is found, what is done to cards, and how it looks."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.searching import find_cards
from prepdeck.text.cells import cell_width
from prepdeck.tui.screens.browse import BrowseScreen
from prepdeck.tui.widgets.card_list import CardList
from prepdeck.tui.widgets.frame import StatusLine
from tests.tui import stage


def browse_of(pilot: Pilot[Any]) -> BrowseScreen:
    screen = pilot.app.screen
    assert isinstance(screen, BrowseScreen)
    return screen


def said(pilot: Pilot[Any]) -> str:
    return pilot.app.screen.query_one(StatusLine).words


def states_of(card: str) -> tuple[bool, bool, bool]:
    from prepdeck.study.records import show_card

    with open_desk() as desk:
        handling = show_card(desk, card).handling
        return handling.suspended, handling.flagged, handling.is_buried(desk.today())


async def search(pilot: Pilot[Any], words: str) -> None:
    await stage.press(pilot, "slash", *("space" if letter == " " else letter for letter in words), "enter")


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_page_looks_as_kept(home: Path, size: tuple[int, int]) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "j", "space", "f")
        stage.check_golden(pilot, "browse")

    stage.run(play, size=size)


def test_a_deed_that_is_over_is_not_told_as_under_way(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A timer that has rung before the end may still call back after it."""
    rung: list[Any] = []
    monkeypatch.setattr(BrowseScreen, "set_timer", lambda _, __, call: rung.append(call) or SimpleNamespace(stop=list))

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "f")
        for call in rung:
            call()
        await stage.settle(pilot)
        assert rung
        assert "flagging" not in stage.rows(pilot)[0]

    stage.run(play)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_preview_and_an_empty_search_look_as_kept(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "enter")
        stage.check_golden(pilot, "browse-preview")
        await stage.press(pilot, "escape")
        await search(pilot, "tag:metrix")
        stage.check_golden(pilot, "browse-nothing")

    stage.run(play, size=size)


@pytest.mark.parametrize("words", ["", "kind:choice", "which", "is:new lo", "topic:metrics a"])
def test_the_page_finds_what_the_command_finds(home: Path, words: str) -> None:
    with open_desk() as desk:
        wanted = [hit.card for hit in find_cards(desk, words, 100).hits]

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "slash", *("space" if letter == " " else letter for letter in words))
        cards = pilot.app.screen.query_one(CardList)
        lines = [cards._line(number) for number in range(cards.count)]
        assert [line.card for line in lines if line] == wanted
        assert len(wanted) > 0

    stage.run(play)


def test_a_search_that_finds_nothing_names_the_nearest_and_esc_clears_it(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b")
        await search(pilot, "topic:metriks")
        shown = stage.text(pilot)
        assert "Nothing found for topic:metriks" in shown
        assert "the nearest is topic:metrics" in shown
        await stage.press(pilot, "escape")
        assert "7 of 7 cards" in stage.text(pilot)

    stage.run(play)


def test_a_click_on_the_nearest_searches_for_it(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b")
        await search(pilot, "topic:metriks")
        line = next(number for number, words in enumerate(stage.rows(pilot)) if "the nearest is" in words)
        await pilot.click(offset=(20, line))
        await stage.settle(pilot)
        assert browse_of(pilot).listing.words == "topic:metrics "
        assert "4 of 7 cards" in stage.text(pilot)

    stage.run(play)


def test_a_filter_that_does_not_exist_is_told_with_what_was_meant(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b")
        await search(pilot, "is:leach")
        assert "No filter is:leach" in stage.text(pilot)
        assert "is:leech?" in " ".join(stage.text(pilot).split())
        assert "0 of 7 cards" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)


@pytest.mark.parametrize(
    ("key", "place", "words"), [("!", 0, "Suspended 2 cards"), ("f", 1, "Flagged 2 cards"), ("z", 2, "Buried 2 cards")]
)
def test_a_key_handles_the_selected_cards_and_one_undo_takes_it_back(
    home: Path, key: str, place: int, words: str
) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "space", "j", "space")
        assert [str(card) for card in browse_of(pilot).selected] == ["learning/adam", "learning/fraud"]
        await stage.press(pilot, key)
        assert words in said(pilot)
        assert states_of("learning/adam")[place]
        assert states_of("learning/fraud")[place]
        assert not states_of("learning/attention")[place]
        assert browse_of(pilot).selected == ()
        await stage.press(pilot, "u")
        assert "Undid" in said(pilot)
        assert states_of("learning/adam") == states_of("learning/fraud") == (False, False, False)

    stage.run(play)


@pytest.mark.parametrize(("key", "place"), [("!", 0), ("f", 1)])
def test_the_same_key_again_takes_it_back(home: Path, key: str, place: int) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", key)
        assert states_of("learning/adam")[place]
        await stage.press(pilot, key)
        assert states_of("learning/adam") == (False, False, False)

    stage.run(play)


def test_reset_asks_first(home: Path) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "r")
        assert "Make learning/adam new again?" in stage.text(pilot)
        await stage.press(pilot, "escape", "r", "y")
        assert said(pilot) == "Reset learning/adam: new again, all reviews stay in the log."
        await stage.press(pilot, "u")
        assert said(pilot) == "Undid reset of learning/adam."

    stage.run(play)


def test_a_card_that_leaves_the_list_leaves_the_mark_where_it_was(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b")
        await search(pilot, "is:new")
        await stage.press(pilot, "j")
        await search(pilot, " is:flagged")
        assert "Nothing found" in stage.text(pilot)

    stage.run(play)


def test_edit_opens_the_editor_at_the_line_and_takes_the_deck_in_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = home / "nano"
    script.write_text(
        '#!/bin/sh\nprintf \'%s\\n\' "$@" > "$PREPDECK_HOME/args"\nsed -i \'s/convex?/convex now?/\' "$2"\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.setenv("PATH", os.environ.get("PATH") or "/usr/bin:/bin")
    monkeypatch.setenv("PREPDECK_HOME", str(home))

    async def play(pilot: Pilot[Any]) -> None:
        from contextlib import nullcontext

        monkeypatch.setattr(pilot.app, "suspend", nullcontext)
        await stage.press(pilot, "b")
        await search(pilot, "convex")
        await stage.press(pilot, "e")
        assert "convex now?" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)
    line, path = (home / "args").read_text().split()
    assert (home / "decks" / "small.yaml").read_text().splitlines()[int(line[1:]) - 1].strip() == "- id: convex"
    assert path.endswith("small.yaml")


def test_y_copies_the_card_id(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "y")
        assert pilot.app.clipboard == "learning/adam"

    stage.run(play)


def test_clicks_mark_select_and_read(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b")
        line = next(number for number, words in enumerate(stage.rows(pilot)) if "Which losses" in words)
        await pilot.click(offset=(10, line))
        await stage.settle(pilot)
        assert pilot.app.screen.query_one(CardList).marked == 3
        await pilot.click(offset=(3, line))
        await stage.settle(pilot)
        assert [str(card) for card in browse_of(pilot).selected] == ["learning/convex"]

    stage.run(play)


@pytest.mark.parametrize("keys", [("b",), ("b", "enter"), ("b", "slash", "a")])
def test_the_page_survives_every_size_and_keeps_what_was_typed(home: Path, keys: tuple[str, ...]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *keys)
        before = stage.text(pilot)
        for size in ((200, 60), (72, 20), (40, 12), (30, 8), (60, 14), stage.NORMAL):
            await stage.resize(pilot, size)
            assert all(cell_width(line) <= size[0] for line in stage.rows(pilot))
        assert stage.text(pilot) == before

    stage.run(play)


def test_a_long_list_holds_few_lines_and_reaches_its_end(home: Path) -> None:
    cards = "".join(f"- {{id: c{number:04}, front: Front {number:04}, back: b}}\n" for number in range(3000))
    (home / "decks" / "long.yaml").write_text(f"deck: long\ncards:\n{cards}", encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b")
        await search(pilot, "deck:long")
        assert "3,000 of 3,007 cards" in stage.text(pilot)
        await stage.press(pilot, "G")
        assert "Front 2999" in stage.text(pilot)
        for _ in range(40):
            await stage.press(pilot, "pageup")
        listed = pilot.app.screen.query_one(CardList)
        assert listed.line is not None
        assert len(listed._pages) <= 24
        await stage.press(pilot, "!")
        assert f"Suspended {listed.line.card}" in said(pilot)
        await stage.press(pilot, "g", "A")
        assert said(pilot) == "Selected 3,000 cards."

    stage.run(play)


def test_card_text_is_shown_verbatim(home: Path) -> None:
    evil = '- {id: evil, front: "[red]a[i][/b] \\e]52;c;aGk=\\a zzz", back: "[x] [/y]"}\n'
    (home / "decks" / "evil.yaml").write_text(f"deck: evil\ncards:\n{evil}", encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b")
        await search(pilot, "zzz")
        assert "[red]a[i][/b] \\x1b]52" in stage.text(pilot)
        assert "[x] [/y]" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)


def test_pasted_control_codes_are_spelt_out(home: Path) -> None:
    from textual import events

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b", "slash")
        pilot.app.screen.focused.post_message(events.Paste("a\x1b[31m[b]"))  # type: ignore[union-attr]
        await stage.settle(pilot)
        assert "\x1b" not in stage.text(pilot)
        assert "[b]" in stage.text(pilot)

    stage.run(play)
