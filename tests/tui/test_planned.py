"""The interface while an interview is ahead: home, the round and its end follow the plan."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.interviews import add_interview
from prepdeck.study.readiness import TARGET, readiness
from prepdeck.tui.screens import home_words
from prepdeck.tui.widgets.ready import ReadyBox
from tests.tui import stage


def aim(days: int, company: str = "") -> None:
    with open_desk() as desk:
        add_interview(desk, desk.today() + timedelta(days=days), company)


TRACKS = ("algorithms", "ml-fundamentals", "system-design", "star", "other")


def add_tracks(home: Path) -> None:
    """Add a deck of each track, the later ones with more cards."""
    for number, track in enumerate(TRACKS, 1):
        cards = "".join(f"- {{id: c{each}, front: q, back: a}}\n" for each in range(3 * number))
        words = f"deck: {track}-deck\ntitle: Deck of {track}\ntrack: {track}\ncards:\n{cards}"
        (home / "decks" / f"{track}.yaml").write_text(words, encoding="utf-8")


def data_of(*words: str) -> dict[str, Any]:
    from prepdeck.cli.program import program

    found: dict[str, Any] = json.loads(CliRunner().invoke(program, list(words)).stdout)
    return found


@pytest.mark.parametrize("size", [*stage.SIZES, (80, 36), (120, 24)])
def test_home_with_every_track_and_a_company(home: Path, size: tuple[int, int]) -> None:
    stage.settings(home, "new_a_day = 30\n")
    add_tracks(home)
    stage.practise(9)
    aim(18, "Initech")

    async def play(pilot: Pilot[Any]) -> None:
        stage.check_golden(pilot, "home-busy")

    stage.run(play, size=size)


@pytest.mark.parametrize("has_date", [True, False])
def test_the_numbers_of_home_are_those_of_the_command_line(home: Path, has_date: bool) -> None:
    add_tracks(home)
    stage.practise(9)
    if has_date:
        aim(18)
    due, ready, plan = (data_of(verb, "--json") for verb in ("due", "ready", "plan"))

    async def play(pilot: Pilot[Any]) -> None:
        shown = [" ".join(line.split()) for line in stage.rows(pilot)]
        for deck in due["decks"]:
            title = next(
                line
                for line in shown
                if f"Deck of {deck['deck'].removesuffix('-deck')} " in line
                or (deck["deck"] == "learning" and "Learning theory " in line)
            )
            assert f" {deck['due'] or ('✓' if not deck['new'] else '0')} {deck['new']} {deck['cards']} " in title
        for part in ready["tracks"]:
            name = home_words.TRACK_NAMES[part["track"]]
            assert any(f"{name} " in line and f"{part['recall']:.0%}" in line for line in shown), name
        words = " ".join(shown)
        if has_date:
            share = due.get("plan")
            assert f"{plan['recall']:.0%} if the plan is kept" in words
            if share:
                assert f"{share['reviews']} review · {share['new']} new" in words
        else:
            assert f"{due['due']} due · {due['new']} new · about {due['minutes']} min" in words

    stage.run(play, size=stage.WIDE)


def test_every_track_has_a_name_and_home_knows_the_target() -> None:
    from prepdeck.cards.deck import Track

    assert set(home_words.TRACK_NAMES) == {track.value for track in Track}
    assert home_words.TARGET == TARGET


def test_home_without_colours_still_says_who_is_ready(home: Path) -> None:
    stage.practise(9)
    aim(18)
    with open_desk() as desk:
        (part,) = readiness(desk).tracks

    async def play(pilot: Pilot[Any]) -> None:
        box = pilot.app.screen.query_one(ReadyBox)
        (line,) = box.rows()
        gap = round((TARGET - part.recall) * 100)
        assert line.text.endswith("ok" if part.is_ready else f"-{max(1, gap)}")

    stage.run(play, color=False)


@pytest.mark.parametrize("size", stage.SIZES)
def test_home_counts_the_days_down_in_ascii_too(home: Path, size: tuple[int, int]) -> None:
    aim(18, "Initech")

    async def play(pilot: Pilot[Any]) -> None:
        assert stage.text(pilot).isascii()
        assert "18" in stage.text(pilot)

    stage.run(play, size=size, ascii_only=True)


def test_a_long_company_is_cut_at_every_size(home: Path) -> None:
    add_tracks(home)
    aim(300, "A company with a name as long as the names of companies ever go [/b]")

    async def play(pilot: Pilot[Any]) -> None:
        for size in ((200, 60), (110, 30), (109, 29), (72, 30), (71, 12), (40, 12), (39, 11), (120, 36)):
            await stage.resize(pilot, size)
            assert all(len(line) <= size[0] for line in stage.rows(pilot))
        assert "Sat 18 Sep" in stage.text(pilot)

    stage.run(play)


@pytest.mark.parametrize("size", stage.SIZES)
def test_home_tells_todays_share_of_the_plan(home: Path, size: tuple[int, int]) -> None:
    stage.practise()
    aim(10)

    async def play(pilot: Pilot[Any]) -> None:
        stage.check_golden(pilot, "home-planned")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES)
def test_a_plan_that_is_done_says_so(home: Path, size: tuple[int, int]) -> None:
    (home / "config.toml").write_text("minutes_a_day = 1\n")
    aim(1)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        while "Round finished" not in stage.text(pilot):
            await stage.grade(pilot)
        await stage.press(pilot, "enter", "enter")
        assert "Today's plan is done." in stage.text(pilot)
        stage.check_golden(pilot, "plan-done")

    stage.run(play, size=size)


def test_a_grade_under_a_plan_is_taken_back_with_u(home: Path) -> None:
    aim(10)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        before = stage.text(pilot)
        await stage.grade(pilot)
        assert stage.text(pilot) != before
        await stage.press(pilot, "u")
        assert "Undid" in stage.text(pilot)

    stage.run(play)
    with open_desk() as desk, desk.store.reading() as log:
        assert log.all_memories() == {}
