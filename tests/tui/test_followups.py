"""What an interviewer asks next: each follow-up is asked, and answered, with a key of its own after the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.records import read_log
from prepdeck.tui.screens.finished import FinishedScreen
from tests.tui import stage

DECK = """\
deck: learning
cards:
- id: cache
  front: How do you cut the latency of a ranker?
  back: Cache what changes slowly.
  why: It comes up in every design round.
  refs: [a book on serving]
  followups:
  - {front: What goes stale?, back: Counters and fresh items.}
  - {front: How do you notice?, back: Compare with an uncached share.}
"""
STEPS = (
    "What goes stale?",
    "Counters and fresh items.",
    "How do you notice?",
    "Compare with an uncached share.",
)
"""What each press of the key brings."""


@pytest.fixture
def asked(home: Path) -> Path:
    (home / "decks" / "small.yaml").write_text(DECK, encoding="utf-8")
    return home


def words_on(pilot: Pilot[Any]) -> str:
    return " ".join(stage.text(pilot).replace("│", " ").split())


@pytest.mark.parametrize("size", stage.SIZES)
def test_each_press_brings_one_question_or_its_answer(asked: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        for number, words in enumerate(STEPS):
            assert words not in words_on(pilot)
            await stage.press(pilot, "o")
            assert words in words_on(pilot)
            assert not [later for later in STEPS[number + 1 :] if later in words_on(pilot)]
            assert "Again" in words_on(pilot)

    stage.run(play, size=size)


def test_pictures_of_a_follow_up_that_waits_for_its_answer(asked: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "o", "o", "o")
        for size in stage.SIZES:
            await stage.resize(pilot, size)
            stage.check_golden(pilot, "followup")

    stage.run(play)


def test_nothing_of_a_follow_up_shows_before_the_answer(asked: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "o", "i", "escape")
        assert not [words for words in STEPS if words in words_on(pilot)]
        assert not stage.review_of(pilot).now().is_revealed
        await stage.press(pilot, "space")
        assert "o asks follow-up 1 of 2" in words_on(pilot)

    stage.run(play, size=stage.WIDE)


def test_a_grade_need_not_wait_for_the_follow_ups(asked: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "o", "space")
        assert isinstance(pilot.app.screen, FinishedScreen)

    stage.run(play)
    assert stage.reviews_kept() == 1


def test_after_the_last_one_the_key_is_gone(asked: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        assert "o Follow-up" in stage.rows(pilot)[-1]
        await stage.press(pilot, "o")
        assert "o Its answer" in stage.rows(pilot)[-1]
        await stage.press(pilot, *"oooo")
        assert "o Follow-up" not in stage.rows(pilot)[-1]
        assert stage.review_of(pilot).now().followups_open == len(STEPS)

    stage.run(play, size=stage.WIDE)


WORDINGS = """\
deck: learning
cards:
- {id: one, front: the first wording, back: b, variants: [the second wording, the third wording]}
"""


def test_a_card_is_asked_in_other_wordings_as_it_comes_back_and_the_log_keeps_which(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "decks" / "small.yaml").write_text(WORDINGS, encoding="utf-8")
    wordings = ("the first wording", "the second wording", "the third wording")
    seen: list[int] = []

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        shown = [number for number, words in enumerate(wordings) if words in stage.text(pilot)]
        assert len(shown) == 1
        await stage.press(pilot, "space")
        assert [number for number, words in enumerate(wordings) if words in stage.text(pilot)] == shown
        await stage.press(pilot, "3")
        seen.extend(shown)

    for day in ("2026-11-22", "2026-11-24", "2026-12-02", "2027-01-02", "2027-06-02", "2028-06-02"):
        monkeypatch.setenv("PREPDECK_NOW", f"{day}T09:00:00+00:00")
        stage.run(play)
    assert len(set(seen)) > 1
    with open_desk(Options()) as desk:
        assert [review.wording for review in read_log(desk)] == seen
