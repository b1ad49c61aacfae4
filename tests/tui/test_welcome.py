"""The welcome: asked once on a fresh home, answered with defaults, and followed by five easy cards."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.configuring import reset_setting
from prepdeck.study.desk import open_desk
from prepdeck.study.interviews import interviews
from prepdeck.study.options import Options
from prepdeck.study.today import what_waits
from prepdeck.tui.errands import Errands
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.welcome import LEFT_OUT, WelcomeScreen
from tests.tui import stage


@pytest.fixture
def fresh(home: Path) -> Path:
    """A home where the welcome was not answered yet."""
    (home / "welcome").unlink()
    return home


def add_decks(home: Path, count: int) -> None:
    for number in range(count):
        words = f"deck: deck-{number:02}\ntitle: Deck {number:02}\ncards:\n- {{id: one, front: a, back: b}}\n"
        (home / "decks" / f"deck-{number:02}.yaml").write_text(words, encoding="utf-8")


@pytest.mark.parametrize("size", [*stage.SIZES, (40, 12)])
def test_a_fresh_home_is_welcomed(fresh: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        stage.check_golden(pilot, "welcome")
        await stage.press(pilot, "enter", "enter")
        stage.check_golden(pilot, "welcome-decks")

    stage.run(play, size=size)


def test_enter_three_times_shows_a_first_card_without_typing(fresh: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app.screen, WelcomeScreen)
        await stage.press(pilot, "enter", "enter", "enter")
        review = stage.review_of(pilot)
        assert review.is_first_round
        assert "1/5" in stage.text(pilot)

    stage.run(play)


def test_the_first_round_asks_one_card_of_each_easy_kind_and_explains_the_dates(fresh: Path) -> None:
    kinds = []

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "enter", "enter")
        while "Round finished" not in stage.text(pilot):
            kinds.append(stage.review_of(pilot).now().card.kind)
            await stage.grade(pilot)
        assert "Each grade set a date" in " ".join(stage.text(pilot).split())
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "streak 1 day " in stage.text(pilot)

    stage.run(play)
    assert kinds == ["basic", "choice", "cloze", "numeric", "basic"]


def test_undo_works_in_the_first_round(fresh: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "enter", "enter")
        first = stage.review_of(pilot).now().card.id
        await stage.grade(pilot)
        assert stage.review_of(pilot).now().card.id != first
        await stage.press(pilot, "u")
        assert stage.review_of(pilot).now().card.id == first
        assert "1/5" in stage.text(pilot)

    stage.run(play)


@pytest.mark.parametrize("key", ["escape", "q"])
def test_skipping_leaves_a_working_home_and_the_welcome_never_comes_back(fresh: Path, key: str) -> None:
    async def skip(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, key)
        assert isinstance(pilot.app.screen, HomeScreen)
        await stage.press(pilot, "enter")
        stage.review_of(pilot)

    async def look(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(skip)
    stage.run(look)


def test_a_key_pressed_while_the_welcome_is_put_away_is_done_after_it(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    close = Errands.close_welcome

    def close_slowly(errands: Errands) -> None:
        assert gate.wait(30)
        close(errands)

    monkeypatch.setattr(Errands, "close_welcome", close_slowly)

    async def play(pilot: Pilot[Any]) -> None:
        await pilot.press("q", "enter")
        assert isinstance(pilot.app.screen, HomeScreen)
        gate.set()
        await stage.settle(pilot)
        stage.review_of(pilot)

    stage.run(play)


def test_who_reviewed_before_is_not_welcomed(fresh: Path) -> None:
    stage.practise(1)

    async def play(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)


def test_a_round_named_on_the_command_line_begins_without_a_welcome(fresh: Path) -> None:
    from prepdeck.study.request import RoundRequest

    async def play(pilot: Pilot[Any]) -> None:
        stage.review_of(pilot)

    stage.run(play, start=RoundRequest())


def test_the_answers_are_kept(fresh: Path) -> None:
    add_decks(fresh, 2)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *"+18", "enter", "right", "enter", "space", "j", "enter")
        decks = {card.deck for card in stage.review_of(pilot).sitting.round.queue}
        assert decks == {"deck-01", "learning"}

    stage.run(play)
    with open_desk() as desk:
        assert desk.settings.minutes_a_day == 30
        (found,) = interviews(desk)
        assert found.interview.date == date(2026, 12, 10)
        assert found.decks == ("deck-01", "learning")
        assert desk.settings.leave_out == ("deck-00",)


@pytest.mark.parametrize("typed", ["", "+18"])
def test_a_deck_left_out_is_not_asked_until_it_is_taken_in_again(fresh: Path, typed: str) -> None:
    add_decks(fresh, 2)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *typed, "enter", "enter", "space")
        assert LEFT_OUT in stage.text(pilot)
        await stage.press(pilot, "space")
        assert LEFT_OUT not in stage.text(pilot)
        await stage.press(pilot, "space", "enter", "q")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert any(line.split()[1:5] == ["Deck", "00", "-", "-"] for line in stage.rows(pilot))
        await stage.press(pilot, "enter")
        assert "deck-00" not in {card.deck for card in stage.review_of(pilot).sitting.round.queue}
        await stage.press(pilot, "q", "j", "enter")
        assert {card.deck for card in stage.review_of(pilot).sitting.round.queue} == {"deck-00"}

    stage.run(play)
    asked = {deck.slug: deck.new for deck in what_waits(Options())[0].decks}
    assert asked["deck-00"] == 0
    assert asked["deck-01"] == 1
    reset_setting(Options(), "leave_out")
    assert {deck.slug: deck.new for deck in what_waits(Options())[0].decks}["deck-00"] == 1


def test_decks_left_out_before_a_day_was_refused_can_be_taken_in(fresh: Path) -> None:
    add_decks(fresh, 1)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *"+0", "enter", "enter", "space", "enter")
        assert isinstance(pilot.app.screen, WelcomeScreen)
        await stage.press(pilot, "backspace", "backspace", "enter", "enter", "space", "enter")
        assert "deck-00" in {card.deck for card in stage.review_of(pilot).sitting.round.queue}

    stage.run(play)
    with open_desk() as desk:
        assert desk.settings.leave_out == ()


@pytest.mark.parametrize("typed", ["2026", "+0", "2020-01-01"])
def test_a_day_that_makes_no_plan_is_asked_for_again(fresh: Path, typed: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *typed, "enter", "enter", "enter")
        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert pilot.app.glyphs.cross in stage.text(pilot)  # type: ignore[attr-defined]
        await stage.press(pilot, *["backspace"] * 10, "enter", "enter", "enter")
        stage.review_of(pilot)

    stage.run(play)
    with open_desk() as desk:
        assert interviews(desk) == ()


def test_no_deck_at_all_is_refused(fresh: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "enter", "space", "enter")
        assert isinstance(pilot.app.screen, WelcomeScreen)
        assert "at least one deck" in stage.text(pilot)
        await stage.press(pilot, "space", "enter")
        stage.review_of(pilot)

    stage.run(play)


@pytest.mark.parametrize("size", [(200, 60), (120, 36), (80, 24), (40, 20), (40, 12)])
def test_many_decks_scroll_and_keep_the_marked_one_in_sight(fresh: Path, size: tuple[int, int]) -> None:
    add_decks(fresh, 30)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "enter", *["j"] * 20)
        assert "Deck 20" in stage.text(pilot)
        assert all(len(line) <= size[0] for line in stage.rows(pilot))

    stage.run(play, size=size)


def test_clicks_choose_what_they_hit(fresh: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        for words in (" 45 ", "[x]"):
            shown = stage.rows(pilot)
            y = next(number for number, line in enumerate(shown) if words in line)
            await pilot.click(offset=(shown[y].index(words) + 1, y))
            await stage.settle(pilot)
        assert "[45]" in stage.text(pilot)
        assert "[ ]" in stage.text(pilot)

    stage.run(play)


def test_no_decks_no_welcome(fresh: Path) -> None:
    (fresh / "decks" / "small.yaml").unlink()

    async def play(pilot: Pilot[Any]) -> None:
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)
