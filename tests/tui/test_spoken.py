"""Design cases, behavioural prompts and stories: phases, ticks, the clock, both ways of a story."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.scheduling.grade import Grade
from prepdeck.study.reviewing import story_front
from prepdeck.tui.app import PrepdeckApp
from prepdeck.tui.glyphs import ASCII, UNICODE, Glyphs
from prepdeck.tui.page import PageStyle, draw_page
from prepdeck.tui.review_state import Asking
from prepdeck.tui.rows import texts
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.draft import DraftField
from tests.kinds import make_code, make_design, make_star, make_story
from tests.tui import stage
from tests.tui.written import DECK, ask


@pytest.fixture(autouse=True)
def written(home: Path) -> Path:
    (home / "decks" / "small.yaml").write_text(DECK, encoding="utf-8")
    return home


def drawn(asking: Asking, width: int = 74, glyphs: Glyphs = UNICODE) -> str:
    return "\n".join(texts(draw_page(asking, PageStyle(width=width, glyphs=glyphs)).rows))


async def to(pilot: Pilot[Any], card: str) -> None:
    """Begin a round and answer until a card is asked."""
    await stage.start(pilot, card)


def asking(pilot: Pilot[Any]) -> Asking:
    return stage.review_of(pilot).now()


KINDS = {
    "feed": (("space", "x", "space"), ("space",)),
    "disagreed": (("space",), ("space", "x")),
    "holdout": (("space",), ("space",)),
}
"""The keys to the middle of each card, and from there to its back."""


@pytest.mark.parametrize("size", stage.SIZES)
def test_spoken_kinds_from_front_to_back(size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await to(pilot, "feed")
        for card, (middle, back) in KINDS.items():
            assert asking(pilot).card.id.card == card
            stage.check_golden(pilot, f"{card}-front")
            await stage.press(pilot, *middle)
            stage.check_golden(pilot, f"{card}-middle")
            await stage.press(pilot, *back)
            stage.check_golden(pilot, f"{card}-back")
            await stage.press(pilot, "3")

    stage.run(play, size=size)


# Design


def test_phases_open_one_by_one_and_the_last_one_brings_the_rest() -> None:
    front = ask(make_design())
    assert "goal" not in drawn(front)
    first = front.forward(10.0)
    assert "goal" in drawn(first)
    assert "joins" not in drawn(first)
    assert (first.is_revealed, first.suggested) == (False, None)
    last = first.forward(20.0).forward(30.0)
    shown = drawn(last)
    assert last.is_revealed
    assert last.answer_seconds == 10.0
    for words in ("200 M users", "Who watches?", "A new video?", "Content features.", "No tracking.", "ml design"):
        assert words in shown
        assert words not in drawn(first)


def test_an_opened_phase_marks_its_first_point() -> None:
    second = ask(make_design()).forward(1.0).forward(1.0)
    assert second.points[second.point] == "labels"


@pytest.mark.parametrize(("ticks", "grade"), [(5, Grade.GOOD), (4, Grade.GOOD), (3, Grade.HARD), (1, Grade.AGAIN)])
def test_ticks_over_all_phases_suggest_the_grade(ticks: int, grade: Grade) -> None:
    card = ask(make_design()).forward(1.0).forward(1.0).forward(1.0)
    for number in range(ticks):
        card = card.tick(number)
    assert card.suggested is grade


def test_points_of_closed_phases_cannot_be_ticked() -> None:
    first = ask(make_design()).forward(1.0)
    assert len(first.points) == 2
    assert first.move_point(9).point == 1


def test_digits_do_nothing_until_the_last_phase_is_open() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await to(pilot, "feed")
        await stage.press(pilot, "3", "space", "3", "space", "3")
        assert asking(pilot).card.id.card == "feed"
        await stage.press(pilot, "space", "3")
        assert asking(pilot).card.id.card == "disagreed"

    stage.run(play)


def test_an_outline_is_typed_kept_and_stands_beside_the_answer(written: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await to(pilot, "feed")
        await stage.press(pilot, "tab")
        pilot.app.screen.query_one(DraftField).load_text("goal:\n  - watch [x] time")
        await stage.press(pilot, "escape")
        assert "- watch [x] time" in stage.text(pilot)
        assert list((written / "drafts").rglob("written.feed.md"))
        await stage.press(pilot, "space")
        assert "Your outline" in stage.text(pilot)
        assert "    - watch [x] time" in stage.text(pilot)
        await stage.press(pilot, "space", "space", "3")

    stage.run(play, size=(100, 40))
    assert not list((written / "drafts").rglob("*.md"))


def test_moving_beyond_the_last_point_scrolls() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await to(pilot, "feed")
        await stage.press(pilot, "space", "space", "space")
        before = pilot.app.screen.query_one(CardPanel).scroll_y
        await stage.press(pilot, *"jjjjj")
        assert pilot.app.screen.query_one(CardPanel).scroll_y > before

    stage.run(play, size=(60, 16))


# Star and story


def test_space_starts_the_clock_and_space_ends_it() -> None:
    clock = stage.HandClock()

    async def play(pilot: Pilot[Any]) -> None:
        await to(pilot, "disagreed")
        clock.seconds += 20
        await stage.press(pilot, "space")
        clock.seconds += 30
        stage.review_of(pilot)._tick()
        await pilot.pause()
        assert "0:30 of 2:30" in stage.text(pilot)
        assert "now: Task" in stage.text(pilot)
        clock.seconds += 10
        await stage.press(pilot, "space")
        assert asking(pilot).is_revealed
        assert "spoken 0:40 of 2:30" in stage.text(pilot)

    stage.run(play, open_desk=clock.open_desk)


def test_a_tick_of_the_clock_draws_only_its_own_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = stage.HandClock()
    drawn_lines: list[int] = []

    async def play(pilot: Pilot[Any]) -> None:
        await to(pilot, "disagreed")
        await stage.press(pilot, "space")
        monkeypatch.setattr(CardPanel, "refresh_lines", lambda _, y: drawn_lines.append(y))
        clock.seconds += 1
        stage.review_of(pilot)._tick()

    stage.run(play, open_desk=clock.open_desk)
    assert 1 <= len(drawn_lines) <= 2


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (0.0, "now: Situation"),
        (25.5, "now: Task"),
        (41.0, "now: Action"),
        (121.0, "now: Result"),
        (140.0, "now: Reflection"),
        (170.0, "0:20 over"),
    ],
)
def test_the_clock_names_the_part_that_should_be_told_now(told: float, words: str) -> None:
    telling = ask(make_star(), seconds=150).forward(0.0).told(told)
    for width in (34, 74):
        assert words in " ".join(drawn(telling, width).split())


def test_the_parts_share_the_target_time() -> None:
    front = drawn(ask(make_star(), seconds=100))
    assert "Situation 17 s   Task 10 s   Action 53 s   Result 13 s   Reflection 7 s" in front


def test_a_prompt_names_the_stories_that_show_its_competency() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await to(pilot, "disagreed")
        assert "The holdout" in stage.text(pilot)

    stage.run(play)
    assert "none of your stories shows it yet" in drawn(ask(make_star()))


@pytest.mark.parametrize(("ticks", "grade"), [(2, Grade.GOOD), (1, Grade.HARD)])
def test_strong_signals_that_were_there_suggest_the_grade(ticks: int, grade: Grade) -> None:
    card = ask(make_star()).forward(0.0).forward(60.0)
    for number in range(ticks):
        card = card.tick(number)
    assert card.suggested is grade
    assert "only we" in drawn(card)
    assert "The same story." in drawn(card)


def test_a_prompt_shows_no_signal_before_it_is_told() -> None:
    telling = ask(make_star()).forward(0.0).told(10.0)
    assert "brought data" not in drawn(telling)
    assert telling.points == ()


def test_a_story_is_asked_both_ways() -> None:
    story = make_story()
    assert story_front(story, 0) == "Tell: The holdout"
    assert "ownership" in story_front(story, 2)
    told = ask(story, wording=0, seconds=120)
    assert told.can_tell
    chosen = ask(story, wording=2, seconds=120)
    assert not chosen.can_tell
    assert "holdout" not in drawn(chosen)
    shown = drawn(chosen.forward(1.0))
    for words in ("The holdout", "Launch in two weeks.", "1.8 % retention", "shows conflict, ownership"):
        assert words in shown


def test_a_story_without_a_target_time_or_a_clock_in_use_has_no_clock() -> None:
    assert ask(make_story()).forward(1.0).is_revealed


def test_parts_of_a_story_have_letters_where_there_is_little_room() -> None:
    shown = drawn(ask(make_story()).forward(1.0), 34).split("\n")
    assert any(line.startswith("L  Numbers") for line in shown)


# All of them


@pytest.mark.parametrize("width", [1, 7, 34, 74, 100])
def test_ascii_pages_hold_nothing_but_ascii(width: int) -> None:
    cards = [
        ask(make_design()).forward(1.0).forward(1.0).forward(1.0).tick(1),
        ask(make_star()).forward(1.0).told(30.0),
        ask(make_star()).forward(1.0).told(300.0),
        ask(make_star()).forward(1.0).forward(1.0).tick(),
        ask(make_story()).forward(1.0),
        ask(make_code()),
        ask(make_code(), draft="def double(x):\n    return x").forward(1.0),
    ]
    for card in cards:
        assert drawn(card, width, ASCII).isascii()


def test_without_colour_every_state_is_told_by_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def play(pilot: Pilot[Any]) -> None:
        await to(pilot, "feed")
        await stage.press(pilot, "space", "x")
        assert "[x] goal and guard-rails" in stage.text(pilot)
        await stage.press(pilot, "space", "space", "3", "space", "tab")

    app: PrepdeckApp = stage.run(play)
    assert app.is_plain


def test_a_suggestion_from_ticks_is_said_on_the_edge_of_the_card() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await to(pilot, "disagreed")
        await stage.press(pilot, "space", "space", "x")
        assert "1 of 2 said: Hard is suggested" in stage.text(pilot)

    stage.run(play)
