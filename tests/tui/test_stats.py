"""The statistics screen."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.overview import home_report
from prepdeck.study.reviewing import record_answer
from prepdeck.study.statistics import stats_of_window
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.stats import ORDER, StatsScreen
from prepdeck.tui.widgets.columns import ColumnBox
from tests.tui import stage

STARTS = {".csv": b"", ".svg": b"<svg ", ".png": b"\x89PNG\r\n"}
"""How each kind of exported file begins."""
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


def test_many_answers_on_few_days_draw_no_line_yet(home: Path) -> None:
    with open_desk(Options()) as desk:
        for back in (5, 4, 3, 2):
            for card in desk.library.cards:
                record_answer(desk, card.id, 4, at=desk.clock.now() - timedelta(days=back))

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        assert "Retention appears after 7 days with reviews; you have 4." in stage.text(pilot)

    stage.run(play, size=(200, 60))


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
        for _ in range(5):
            await stage.press(pilot, "w")
            titles.append(stage.rows(pilot)[0])
        windows = ("last 30 days", "last 90 days", "last 365 days", "all days", "last 7 days", "last 30 days")
        assert all(f"all decks  {window} " in title for title, window in zip(titles, windows, strict=True))
        assert titles[0] != titles[1]
        assert titles[0] == titles[5]

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


def test_a_click_on_a_window_chooses_it(home: Path) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        assert "[30]" in stage.rows(pilot)[0]
        await pilot.click("#title-bar", offset=(stage.rows(pilot)[0].index("365") + 1, 0))
        await stage.settle(pilot)
        assert "all decks  last 365 days" in stage.rows(pilot)[0]
        assert "[365]" in stage.rows(pilot)[0]

    stage.run(play, size=stage.WIDE)


def test_export_writes_every_chart_as_pictures_and_table_and_says_where(home: Path) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s")
        for _ in ORDER:
            await stage.press(pilot, "x", "tab")
        await stage.press(pilot, "x")
        said = stage.text(pilot).replace("\n", "")
        assert "charts/retention" in said
        assert ".png, and svg and csv beside it" in said

    stage.run(play, size=(200, 60))
    files = sorted((home / "charts").iterdir())
    assert len(files) == 3 * (len(ORDER) + 1)
    assert all(path.read_bytes().startswith(STARTS[path.suffix]) for path in files)


def test_without_the_extra_the_other_two_files_are_written_and_what_is_missing_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s", "x")
        assert "A PNG needs pip install 'prepdeck[png]'" in stage.text(pilot)

    stage.run(play, size=(200, 60))
    assert sorted(path.suffix for path in (home / "charts").iterdir()) == [".csv", ".svg"]


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


def test_the_numbers_are_those_of_home(home: Path) -> None:
    stage.practise()
    with open_desk(Options()) as desk:
        report, home_shown = stats_of_window(desk, 30), home_report(desk)
    assert report.total.kept.share == report.month.share == home_shown.kept
    assert report.forecast[:14] == home_shown.forecast
    assert report.heat == home_shown.heat
    assert report.mature == sum(deck.mature for deck in home_shown.day.decks)
    assert sum(deck.due for deck in report.decks) == home_shown.day.due
