"""The statistics screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.overview import home_report
from prepdeck.study.readiness import readiness
from prepdeck.study.reviewing import record_answer
from prepdeck.study.statistics import stats_page
from prepdeck.tui.keys import DEFAULT_ROWS, KeyRow, Place
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.stats import ORDER, StatsScreen
from prepdeck.tui.widgets.columns import ColumnBox
from tests.tui import stage

TWO = "deck: zebra\ntitle: Zebra\ncards:\n- {id: one, front: a, back: b}\n"


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_charts_after_some_weeks(home: Path, size: tuple[int, int]) -> None:
    stage.practise()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        stage.check_golden(pilot, "stats")
        await stage.press(pilot, "tab", "tab", "tab", "tab")
        stage.check_golden(pilot, "stats-more")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_first_day_has_sentences_instead_of_empty_charts(home: Path, size: tuple[int, int]) -> None:
    with open_desk(Options()) as desk:
        record_answer(desk, desk.library.cards[0].id, 4)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        stage.check_golden(pilot, "stats-first-day")

    stage.run(play, size=size)


@pytest.mark.parametrize("flags", [{"color": False}, {"ascii_only": True}], ids=["plain", "ascii"])
def test_the_charts_without_colours_and_in_ascii(home: Path, flags: dict[str, Any]) -> None:
    stage.practise()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        stage.check_golden(pilot, f"stats-{next(iter(flags))}")
        if "ascii_only" in flags:
            assert stage.text(pilot).isascii()

    stage.run(play, **flags)


def test_tab_goes_through_every_chart_and_back_to_the_first(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        seen = []
        for _ in ORDER:
            seen.append(pilot.app.focused.id)  # type: ignore[union-attr]
            await stage.press(pilot, "tab")
        assert tuple(seen) == ORDER
        assert pilot.app.focused.id == ORDER[0]  # type: ignore[union-attr]
        await stage.press(pilot, "shift+tab")
        assert pilot.app.focused.id == ORDER[-1]  # type: ignore[union-attr]

    stage.run(play)


def test_zoom_shows_one_chart_and_escape_shows_all_again(home: Path) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s", "tab", "z")
        assert "Reviews per day" in stage.text(pilot)
        assert "Retention" not in stage.text(pilot)
        await stage.press(pilot, "escape")
        assert "Retention" in stage.text(pilot)
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)


def test_the_window_counts_more_days(home: Path) -> None:
    stage.practise()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        titles = [stage.rows(pilot)[0]]
        for _ in range(4):
            await stage.press(pilot, "w")
            titles.append(stage.rows(pilot)[0])
        windows = ("30 days", "90 days", "365 days", "all days", "30 days")
        assert all(f"all decks  {window} " in title for title, window in zip(titles, windows, strict=True))
        assert titles[0] != titles[1]
        assert titles[0] == titles[4]

    stage.run(play)


def test_the_deck_filter_goes_through_the_decks(home: Path) -> None:
    (home / "decks" / "zebra.yaml").write_text(TWO, encoding="utf-8")
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s", "d", "d")
        assert "Stats  Zebra" in stage.rows(pilot)[0]
        assert isinstance(pilot.app.screen, StatsScreen)
        await stage.press(pilot, "d")
        assert "all decks" in stage.rows(pilot)[0]

    stage.run(play)


def test_export_writes_the_chart_as_picture_and_table_and_says_where(home: Path) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        for _ in ORDER:
            await stage.press(pilot, "x", "tab")
        await stage.press(pilot, "x")
        assert "charts/retention" in stage.text(pilot).replace("\n", "")

    stage.run(play, size=(200, 60))
    files = sorted(path.name for path in (home / "charts").iterdir())
    assert len(files) == 2 * (len(ORDER) + 1)
    assert all(path.read_text("utf-8") for path in (home / "charts").iterdir())


def test_a_click_chooses_a_chart(home: Path) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        await pilot.click("#reviews")
        await stage.settle(pilot)
        assert isinstance(pilot.app.focused, ColumnBox)
        await stage.press(pilot, "z")
        assert "Retention" not in stage.text(pilot)

    stage.run(play)


def test_no_size_breaks_the_screen(home: Path) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s", "tab", "tab")
        for size in ((200, 60), (40, 12), (71, 29), (72, 30), (110, 20), (30, 8), (80, 24)):
            await stage.resize(pilot, size)
            await stage.press(pilot, "z", "z")
        assert pilot.app.focused.id == "readiness"  # type: ignore[union-attr]

    stage.run(play)


def test_the_numbers_are_those_of_home_and_of_readiness(home: Path) -> None:
    stage.practise()
    with open_desk(Options()) as desk:
        page, home_shown, ready = stats_page(desk, 30), home_report(desk), readiness(desk)
    assert page.report.total.kept.share == page.report.month.share == home_shown.kept
    assert page.report.forecast[:14] == home_shown.forecast
    assert page.report.heat == home_shown.heat
    assert page.ready.tracks == ready.tracks
    assert page.report.mature == sum(deck.mature for deck in home_shown.day.decks)
    assert sum(deck.due for deck in page.report.decks) == home_shown.day.due


@pytest.mark.parametrize("key", [row for row in DEFAULT_ROWS if Place.STATS in row.places], ids=lambda row: row.id)
def test_every_key_of_the_screen_does_something(home: Path, key: KeyRow) -> None:
    (home / "decks" / "zebra.yaml").write_text(TWO, encoding="utf-8")
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        before = (stage.text(pilot), type(pilot.app.screen), pilot.app.focused, pilot.app.theme, pilot.app._exit)
        await pilot.press(key.keys[0])
        if not pilot.app._exit:
            await stage.settle(pilot)
        after = (stage.text(pilot), type(pilot.app.screen), pilot.app.focused, pilot.app.theme, pilot.app._exit)
        assert before != after

    stage.run(play)
