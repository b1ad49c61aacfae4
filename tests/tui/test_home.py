from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.widgets.decks import DeckList
from prepdeck.tui.widgets.forecast import Forecast
from prepdeck.tui.widgets.heat import HeatMap
from prepdeck.tui.widgets.today import PlanBox
from tests.tui import stage


@pytest.mark.parametrize("size", stage.SIZES)
def test_home_on_the_first_day(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        stage.check_golden(pilot, "home-first-day")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES)
def test_home_after_some_weeks(home: Path, size: tuple[int, int]) -> None:
    stage.practise()

    async def play(pilot: Pilot[Any]) -> None:
        stage.check_golden(pilot, "home")

    stage.run(play, size=size)


def test_home_without_colours_tells_levels_and_marks_by_signs(home: Path) -> None:
    stage.practise()

    async def play(pilot: Pilot[Any]) -> None:
        stage.check_golden(pilot, "home-plain")

    stage.run(play, color=False)


def test_home_in_ascii_is_ascii(home: Path) -> None:
    stage.practise()

    async def play(pilot: Pilot[Any]) -> None:
        stage.check_golden(pilot, "home-ascii")
        assert stage.text(pilot).isascii()

    stage.run(play, ascii_only=True)


def test_a_marked_deck_stays_marked_when_home_is_seen_again(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "j", "enter")
        await stage.grade(pilot)
        await stage.press(pilot, "q", "enter")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app.screen.query_one(DeckList).line.slug == "learning"  # type: ignore[union-attr]
        assert "goal 1/7 today" in stage.text(pilot)

    stage.run(play)


def test_keys_move_the_mark_and_stop_at_the_ends(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        decks = pilot.app.screen.query_one(DeckList)
        marks = []
        for key in ("k", "j", "down", "g", "G", "up", "pagedown", "pageup"):
            await stage.press(pilot, key)
            marks.append(decks.marked)
        assert marks == [0, 1, 1, 0, 1, 0, 1, 0]

    stage.run(play)


def test_tab_goes_through_the_panes_and_arrows_name_a_day(home: Path) -> None:
    stage.practise()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "tab", "left")
        assert isinstance(pilot.app.focused, HeatMap)
        assert "Sun 15 Nov: 1 review " in stage.text(pilot)
        await stage.press(pilot, "tab", "right")
        assert isinstance(pilot.app.focused, Forecast)
        assert "Mon 23 Nov: " in stage.text(pilot)
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.focused, DeckList)

    stage.run(play, size=stage.WIDE)


def test_a_click_marks_a_row_and_a_second_one_starts_it(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await pilot.click(DeckList, offset=(5, 3))
        await stage.settle(pilot)
        assert pilot.app.screen.query_one(DeckList).marked == 1
        await pilot.click(DeckList, offset=(5, 3))
        await stage.settle(pilot)
        assert stage.review_of(pilot).sitting.request.scope.decks == ("learning",)

    stage.run(play)


def test_a_click_on_a_hint_does_what_its_key_does(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await pilot.click("#key-bar", offset=(stage.rows(pilot)[-1].index("Review"), 0))
        await stage.settle(pilot)
        stage.review_of(pilot)

    stage.run(play)


def test_a_click_on_a_step_of_todays_plan_begins_all_of_today(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "j")
        await pilot.click(PlanBox, offset=(5, 1))
        await stage.settle(pilot)
        assert stage.review_of(pilot).sitting.request.scope.decks == ()

    stage.run(play, size=stage.WIDE)


def test_todays_plan_ticks_what_was_done(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await stage.grade(pilot)
        await stage.grade(pilot, "1")
        await stage.press(pilot, "q", "enter")
        assert "✓ 2 answers given" in stage.text(pilot)
        assert "▸ Learn 5 new" in stage.text(pilot)
        assert "Repeat 1 card that slipped" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)


def test_a_deck_with_faults_says_so_and_stays_reviewable(home: Path) -> None:
    (home / "decks" / "broken.yaml").write_text("deck: [", encoding="utf-8")
    (home / "decks" / "faulty.yaml").write_text(
        "deck: faulty\ncards:\n- {id: good, front: a, back: b}\n- {id: bad, frnt: a}\n", encoding="utf-8"
    )

    async def play(pilot: Pilot[Any]) -> None:
        assert "Faulty 2 errors, a opens" in stage.text(pilot)
        assert "opened here is not closed" in stage.text(pilot)
        await stage.press(pilot, "G", "enter")
        assert "broken.yaml" in stage.text(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play, size=stage.WIDE)


def test_no_decks_at_all_says_where_decks_belong(home: Path) -> None:
    (home / "decks" / "small.yaml").unlink()

    async def play(pilot: Pilot[Any]) -> None:
        words = stage.text(pilot)
        assert f"No decks in {home}"[:30] in words
        assert "prepdeck new deck" in words
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)


def test_wrong_settings_are_told_and_the_app_starts(home: Path) -> None:
    stage.settings(home, 'new_a_day = "many"\n[keys]\n"review.undo" = "h"\n"review.fly" = "y"\n')

    async def play(pilot: Pilot[Any]) -> None:
        words = " ".join(stage.text(pilot).split())
        assert "config.toml:1:13 new_a_day must be" in words
        assert "there is no action 'review.fly'" in words
        assert "Keys: 2 problems; , lists them all." in words
        await stage.press(pilot, "comma")
        assert "h cannot be both review.undo and " in " ".join(stage.text(pilot).split())

    stage.run(play, size=(180, 40))


def test_home_offers_once_after_a_gap_to_spread_late_cards(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.settings(home, "minutes_a_day = 1\n")
    stage.practise(3)
    monkeypatch.setenv("PREPDECK_NOW", "2026-12-02T09:00:00+00:00")

    async def play(pilot: Pilot[Any]) -> None:
        assert "cards are late. Do about" in stage.text(pilot)
        assert "prepdeck spread" in stage.text(pilot)
        await stage.press(pilot, "escape", "enter", "q")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "late" not in stage.text(pilot)

    stage.run(play)


def test_undo_on_home_takes_back_the_last_grade_and_says_which(home: Path) -> None:
    stage.practise(3)
    before = stage.reviews_kept()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "u")
        assert "Undid " in stage.text(pilot)

    stage.run(play)
    assert stage.reviews_kept() == before - 1


def test_the_theme_is_kept_for_the_next_start(home: Path) -> None:
    async def switch(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "t")
        assert "Theme light." in stage.text(pilot)

    async def look(pilot: Pilot[Any]) -> None:
        assert pilot.app.theme == "prepdeck-light"

    stage.run(switch)
    stage.run(look)


def test_a_new_study_day_is_noticed_by_an_open_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        assert "Sun 22 Nov" in stage.text(pilot)
        monkeypatch.setenv("PREPDECK_NOW", "2026-11-23T04:00:00+00:00")
        desk = pilot.app.errands.desk  # type: ignore[attr-defined]
        from prepdeck.host.clock import clock_of

        desk.clock = clock_of({"PREPDECK_NOW": "2026-11-23T04:00:00+00:00"})
        pilot.app.screen._look_at_day()  # type: ignore[attr-defined]
        await stage.settle(pilot)
        assert "Mon 23 Nov" in stage.text(pilot)

    stage.run(play)
