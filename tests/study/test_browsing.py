"""The list of the browse page: the same cards as a search, read page by page, handled in one step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.errors import NotFound, UsageError
from prepdeck.store import search as store_search
from prepdeck.study import handling
from prepdeck.study.browsing import (
    Deed,
    Standing,
    fault_at,
    handle,
    handled_words,
    list_cards,
    look_at,
    names_in,
    read_lines,
)
from prepdeck.study.desk import open_desk
from prepdeck.study.reviewing import record_answer
from prepdeck.study.searching import find_cards, plain
from prepdeck.study.undoing import undo
from tests.builders import environment_of

DECK = "deck: many\ntitle: Many\ntags: [ml]\ncards:\n" + "".join(
    f"- {{id: c{number:03}, front: '**Front** {number:03} {('even', 'odd')[number % 2]}', back: common}}\n"
    for number in range(120)
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home", decks=DECK).items():
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


def test_a_list_is_what_a_search_finds_also_when_words_are_common(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_search, "COMMON", 10)
    with open_desk() as desk:
        for words in ("", "odd", "common", "even 00", "tag:ml front", "deck:many is:new odd"):
            listing = list_cards(desk, words)
            names = names_in(desk, listing)
            found = [hit.card for hit in find_cards(desk, words, 11).hits]
            assert list(names[:11]) == found
            assert len(set(names)) == len(names)
            assert listing.is_whole
        assert len(list_cards(desk, "common").numbers) == 120
        assert len(list_cards(desk, "odd").numbers) == 60


def test_the_first_of_a_list_are_the_first_of_the_whole(home: Path) -> None:
    with open_desk() as desk:
        first, whole = list_cards(desk, "odd", 7), list_cards(desk, "odd")
        assert list(first.numbers) == list(whole.numbers[:7])
        assert not first.is_whole
        assert first.total == whole.total == 120


def test_pages_put_together_are_the_list(home: Path) -> None:
    with open_desk() as desk:
        listing = list_cards(desk, "even")
        pages = [line for first in range(0, 80, 16) for line in read_lines(desk, listing, first, 16)]
        assert tuple(line.card for line in pages) == names_in(desk, listing)
        assert plain(pages[0].title) == "Front 000 even"
        assert [piece.text for piece in pages[0].title if piece.is_match] == ["even"]


def test_a_line_tells_where_a_card_stands(home: Path) -> None:
    with open_desk() as desk:
        before = datetime(2026, 11, 21, 9, tzinfo=UTC)
        for number, quality in enumerate((4, 4, 4, 4)):
            record_answer(desk, CardId("many", f"c{number:03}"), quality, at=before - timedelta(days=number % 2))
        record_answer(desk, CardId("many", "c004"), 4, at=datetime(2026, 11, 22, 8, tzinfo=UTC))
        handling.suspend(desk, ["many/c001"])
        handling.bury(desk, ["many/c002"])
        handling.flag(desk, ["many/c003"])
        lines = read_lines(desk, list_cards(desk, ""), 0, 6)
    assert [line.standing for line in lines] == [
        Standing.DUE,
        Standing.SUSPENDED,
        Standing.BURIED,
        Standing.DUE,
        Standing.WAITING,
        Standing.NEW,
    ]
    assert [line.days for line in lines[3:]] == [-1, 1, None]
    assert [line.is_flagged for line in lines[2:4]] == [False, True]
    assert (lines[4].easiness, lines[4].interval) == (250, 1)


def test_a_deed_on_several_cards_is_one_step(home: Path) -> None:
    cards = [CardId("many", name) for name in ("c000", "c001", "c002")]
    with open_desk() as desk:
        assert handled_words(handle(desk, Deed.SUSPEND, cards)).startswith("Suspended 3 cards:")
        assert undo(desk)[0].words == "suspend of 3 cards"
        assert not list_cards(desk, "is:suspended").numbers


def test_suspend_completes_a_mixed_selection_and_then_takes_it_back(home: Path) -> None:
    cards = [CardId("many", name) for name in ("c000", "c001")]
    with open_desk() as desk:
        handle(desk, Deed.SUSPEND, cards[:1])
        words = handled_words(handle(desk, Deed.SUSPEND, cards))
        assert words == "Suspended many/c001: not asked until unsuspended. 1 needed nothing."
        assert handled_words(handle(desk, Deed.SUSPEND, cards)).startswith("Unsuspended 2 cards")
        assert handled_words(handle(desk, Deed.RESET, cards)) == "2 cards are new: nothing to reset."


def test_a_card_that_went_fails_the_whole_step(home: Path) -> None:
    with open_desk() as desk:
        with pytest.raises(NotFound):
            handle(desk, Deed.FLAG, [CardId("many", "c000"), CardId("many", "nowhere")])
        assert not list_cards(desk, "is:flagged").numbers


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("is:leach", (0, 8)),
        ("odd  is:leach", (5, 13)),
        ("kind:basic kind:clozee x", (11, 22)),
        ("is:due", None),
        ("", None),
    ],
)
def test_the_place_of_a_filter_that_cannot_be_is_found(words: str, place: tuple[int, int] | None) -> None:
    assert fault_at(words) == place


def test_a_look_tells_file_and_line(home: Path) -> None:
    with open_desk() as desk:
        sight = look_at(desk, CardId("many", "c002"))
    assert sight.path is not None
    assert "id: c002" in sight.path.read_text("utf-8").splitlines()[sight.line - 1]
    assert sight.view is not None


def test_a_retired_card_can_be_looked_at(home: Path) -> None:
    path = home / "decks" / "small.yaml"
    with open_desk() as desk:
        record_answer(desk, CardId("many", "c119"), 4)
    path.write_text(path.read_text("utf-8").replace("c119", "other").replace("Front** 119", "Other**"), "utf-8")
    with open_desk() as desk:
        lines = read_lines(desk, list_cards(desk, "is:retired"), 0, 9)
        assert [(str(line.card), line.standing) for line in lines] == [("many/c119", Standing.RETIRED)]
        sight = look_at(desk, lines[0].card)
    assert (sight.view, sight.path) == (None, None)


def test_too_many_cards_are_not_selected_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepdeck.study.browsing.MOST_AT_ONCE", 100)
    with open_desk() as desk:
        with pytest.raises(UsageError, match="120 cards are too many"):
            names_in(desk, list_cards(desk, ""))
        assert len(names_in(desk, list_cards(desk, "odd"))) == 60
