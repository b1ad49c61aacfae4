from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.tui.keys import DEFAULT_ROWS, GROUPS, Place, read_key, rebind, show_key
from prepdeck.tui.screens.finished import FinishedScreen
from prepdeck.tui.screens.help import HelpDialog
from prepdeck.tui.screens.palette import rank_of
from tests.tui import stage

TAKEN = {"ctrl+a", "ctrl+b", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+s", "ctrl+z", "ctrl+w", "ctrl+t", "ctrl+n"}


def test_every_action_has_one_id_a_group_and_words() -> None:
    assert len({row.id for row in DEFAULT_ROWS}) == len(DEFAULT_ROWS)
    assert all(row.group in GROUPS and row.word and row.meaning and row.keys for row in DEFAULT_ROWS)


def test_no_key_is_bound_that_terminals_take() -> None:
    keys = {key for row in DEFAULT_ROWS for key in row.keys}
    assert not keys & (TAKEN | {"f5", "f6", "f7", "f10", "f11", "f12"})


def test_one_key_means_one_thing_on_a_page_unless_an_action_yields() -> None:
    for place in Place:
        rows = [row for row in DEFAULT_ROWS if place in row.places and not row.yields]
        for one, other in combinations(rows, 2):
            if {one.id, other.id} != {"review.reveal", "review.accept"}:
                assert not set(one.keys) & set(other.keys), f"{one.id} and {other.id}"


def test_a_key_bar_never_loses_the_help_and_the_way_out() -> None:
    for place in set(Place) - {Place.DIALOG}:
        kept = {row.id for row in DEFAULT_ROWS if place in row.places and row.rank == 0}
        assert kept == {"app.help", "app.leave"}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("u", "u"),
        ("U", "U"),
        ("^e", "ctrl+e"),
        ("Ctrl+E", "ctrl+e"),
        ("PgDn", "pagedown"),
        ("esc", "escape"),
        ("F4", "f4"),
    ],
)
def test_keys_are_read_as_people_write_them(written: str, key: str) -> None:
    assert read_key(written) == key
    assert read_key(show_key(key)) == key


@pytest.mark.parametrize("written", ["", " ", "hyper", "ctrl+", "f13", "ab", "\t"])
def test_what_is_no_key_is_none(written: str) -> None:
    assert read_key(written) is None


def test_an_action_gets_the_keys_the_learner_chose() -> None:
    table, problems = rebind({"review.undo": "U ^e"})
    undo = table.row("review.undo")
    assert undo is not None
    assert undo.keys == ("U", "ctrl+e")
    assert not problems
    assert [row.id for row in table.starting(Place.REVIEW, "U")] == ["review.undo"]
    assert not table.starting(Place.REVIEW, "u")


def test_two_actions_may_swap_their_keys() -> None:
    table, problems = rebind(
        {
            "review.undo": "h",
            "review.hint": "u",
            "plan.previous_phase": "left",
            "road.out": "left",
            "lists.previous": "left",
        }
    )
    assert not problems
    assert [row.id for row in table.starting(Place.HOME, "h")] == ["review.undo"]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"review.unod": "u"}, "keys: there is no action 'review.unod'; did you mean review.undo?"),
        ({"review.tick": "h"}, "keys: h cannot be both review.tick and review.hint; review.tick keeps x"),
        ({"review.undo": "hyper"}, "keys: 'hyper' is no key; review.undo keeps u"),
        ({"review.undo": "ctrl+s"}, "keys: ^s cannot be bound, terminals and multiplexers own it; review.undo keeps"),
        ({"review.undo": ""}, "keys: review.undo needs a key; it keeps u"),
        ({"review.undo": "W", "review.info": "W"}, "keys: W cannot be both review.info and review.undo"),
    ],
)
def test_a_choice_that_cannot_be_taken_is_told_and_the_default_stays(chosen: dict[str, str], said: str) -> None:
    table, problems = rebind(chosen)
    assert len(problems) == 1
    assert problems[0].startswith(said)
    assert table.row("review.info").keys == ("i",)  # type: ignore[union-attr]


def test_help_and_key_bar_follow_the_settings(home: Path) -> None:
    stage.settings(home, '[keys]\n"review.undo" = "Z"\n')
    stage.practise(2)

    async def play(pilot: Pilot[Any]) -> None:
        assert "Z Undo" in stage.text(pilot)
        await stage.press(pilot, "?")
        assert "Z           undo, many times" in stage.text(pilot)
        await stage.press(pilot, "escape", "Z")
        assert "Undid" in stage.text(pilot)

    stage.run(play)


@pytest.mark.parametrize("letters", ["und", "cra", "hlp", "the", "inf", "qui", "hin", "tim"])
def test_three_letters_find_an_action(letters: str) -> None:
    listed = [row for row in DEFAULT_ROWS if {Place.HOME, Place.REVIEW} & set(row.places)]
    best = min((rank, number) for number, row in enumerate(listed) if (rank := rank_of(row, letters)) >= 0)
    assert letters[0] in listed[best[1]].word.lower()


@pytest.mark.parametrize("place", ["home", "review", "finished"])
def test_the_help_fits_the_usual_window_uncut(home: Path, place: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        if place != "home":
            await stage.press(pilot, "enter")
        if place == "finished":
            await stage.press(pilot, "space", "3", "q")
            assert isinstance(pilot.app.screen, FinishedScreen)
        await stage.press(pilot, "?")
        stage.check_golden(pilot, f"help-{place}")
        assert "…" not in stage.text(pilot)
        assert "more lines" not in stage.text(pilot)

    stage.run(play)


@pytest.mark.parametrize("key", ["escape", "question_mark", "q", "f1"])
def test_the_help_closes(home: Path, key: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "?")
        assert isinstance(pilot.app.screen, HelpDialog)
        await stage.press(pilot, key)
        assert not isinstance(pilot.app.screen, HelpDialog)

    stage.run(play)


def test_typing_filters_the_help(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "?", *"theme")
        assert "next theme" in stage.text(pilot)
        assert "command palette" not in stage.text(pilot)
        await stage.press(pilot, "escape")
        assert "command palette" in stage.text(pilot)

    stage.run(play)


def test_the_palette_does_what_is_chosen(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "ctrl+p")
        stage.check_golden(pilot, "palette")
        await stage.press(pilot, *"cra", "enter")
        assert stage.review_of(pilot).sitting.cram

    stage.run(play)


def test_the_palette_offers_only_what_can_be_done(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "ctrl+p")
        assert "knew it at once" not in stage.text(pilot)
        await stage.press(pilot, "escape", "space", "ctrl+p", *"eas", "enter")
        assert stage.reviews_kept() == 1

    stage.run(play)
