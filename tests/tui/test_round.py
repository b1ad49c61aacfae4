"""A round from its first key to its last: what is suggested, what is left when it stops, what its end says."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.review import ReviewKind
from prepdeck.study.configuring import set_setting
from prepdeck.study.desk import open_desk
from prepdeck.study.handling import bury, suspend
from prepdeck.study.options import Options
from prepdeck.study.overview import day_report, home_report, minutes_tomorrow
from prepdeck.study.reviewing import record_answer
from prepdeck.tui.screens.finished import FinishedScreen
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.review import ReviewScreen
from prepdeck.tui.widgets.card import CardPanel
from tests.tui import stage


def asked(pilot: Pilot[Any]) -> str:
    return stage.review_of(pilot).now().card.id.card


def letter_of(pilot: Pilot[Any], words: str) -> str:
    """Return the letter an option stands behind."""
    line = next(line for line in stage.rows(pilot) if words in line)
    found = re.search(r" ([a-h])  ", line)
    assert found is not None
    return found[1]


# Suggested grades


@pytest.mark.parametrize(("option", "grade"), [("Accuracy", Grade.GOOD), ("PR-AUC", Grade.AGAIN)])
def test_point_17_an_option_suggests_its_grade_and_space_takes_it(home: Path, option: str, grade: Grade) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "fraud")
        before = stage.review_of(pilot).sitting.tally[grade]
        await stage.press(pilot, letter_of(pilot, option))
        assert stage.review_of(pilot).now().suggested is grade
        assert re.search(rf"▸ \d {grade.value.capitalize()}", stage.text(pilot))
        await stage.press(pilot, "space")
        assert stage.review_of(pilot).sitting.tally[grade] == before + 1

    stage.run(play)


@pytest.mark.parametrize(
    ("card", "keys", "grade"),
    [
        ("convolution", (*"73856", "enter"), Grade.GOOD),
        ("convolution", (*"7", "enter"), Grade.AGAIN),
        ("ranking", ("space", "x", "j", "x", "j", "x"), Grade.GOOD),
        ("ranking", ("space", "x", "j", "x"), Grade.HARD),
        ("ranking", ("space", "x"), Grade.AGAIN),
        ("adam", ("space",), Grade.GOOD),
        ("adam", ("h", "space"), Grade.HARD),
    ],
)
def test_point_17_numbers_ticks_and_hints_suggest_the_grade(
    home: Path, card: str, keys: tuple[str, ...], grade: Grade
) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, card)
        await stage.press(pilot, *keys)
        assert re.search(rf"▸ \d {grade.value.capitalize()}", stage.text(pilot))

    stage.run(play)


# Texts as they were written


VERBATIM = "[x] a[i] = b[j] [/b] 注意力 🙂"
LONG = "x" * 193 + "the end"


def verbatim_deck() -> str:
    fence = f"```text\n{VERBATIM}\n\tone tab\n{LONG}\n```"
    text, line, cloze = (
        json.dumps(words, ensure_ascii=False) for words in (fence, f"`{VERBATIM}`", f"{{{{c1::a gap}}}}\n\n{fence}")
    )
    return f"""\
deck: learning
cards:
- {{id: basic, front: {line}, back: {text}}}
- {{id: cloze, kind: cloze, text: {cloze}}}
- {{id: numeric, kind: numeric, front: {text}, answer: 1, tolerance: {{abs: 0}}}}
- {{id: choice, kind: choice, front: {text}, options: [{{text: {line}}}, {{text: b, correct: true}}]}}
- {{id: code, kind: code, front: {text}, entry: f, starter: "def f(x): return x", reference: "def f(x): return x",
    tests: {{visible: [{{in: [1], out: 1}}], hidden: [{{in: [2], out: 2}}]}}, mutants: ["def f(x): pass"]}}
- {{id: design, kind: design, front: {text}, family: family, rubric: ml-design, outline: {{framing: [{line}]}}}}
- {{id: star, kind: star, front: {text}, competency: conflict, seconds: 60, rubric: behavioural,
    strong_signals: [{line}]}}
- {{id: story, kind: story, title: {line}, situation: {text}, task: {line}, action: {line}, result: {line},
    competencies: [conflict]}}
"""


def test_point_18_tabs_wide_signs_and_lines_of_200_columns_are_shown_as_written(home: Path) -> None:
    (home / "decks" / "small.yaml").write_text(verbatim_deck(), encoding="utf-8")
    seen: set[str] = set()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        while not isinstance(pilot.app.screen, FinishedScreen):
            screen = stage.review_of(pilot)
            if screen.is_typing:
                await stage.press(pilot, "escape")
            while not screen.now().is_revealed:
                await stage.press(pilot, "space")
            lines = [row.text for row in pilot.app.screen.query_one(CardPanel).page.rows]
            assert any(VERBATIM in line for line in lines)
            assert any(line.strip() == LONG for line in lines)
            assert any(re.search(r"^ {3,}one tab", line) for line in lines)
            assert "the end" not in stage.text(pilot)
            await stage.press(pilot, *["right"] * 30)
            assert "the end" in stage.text(pilot)
            seen.add(screen.now().card.kind)
            await stage.press(pilot, "4")

    stage.run(play, size=(80, 60))
    assert seen == {"basic", "cloze", "numeric", "choice", "code", "design", "star", "story"}


# Long cards


@pytest.mark.parametrize("size", [stage.WIDE, stage.NORMAL, stage.NARROW, (40, 12)])
def test_point_19_a_long_card_says_how_much_is_below_and_keeps_its_grades(home: Path, size: tuple[int, int]) -> None:
    lines = "\n".join(f"    - point {number}" for number in range(60))
    deck = f"deck: learning\ncards:\n- id: long\n  front: name them\n  back: |\n{lines}\n"
    (home / "decks" / "small.yaml").write_text(deck, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        below = re.search(r"(\d+) more lines", stage.text(pilot))
        assert below is not None
        await stage.press(pilot, "pagedown")
        after = re.search(r"(\d+) more lines", stage.text(pilot))
        assert after is not None
        assert int(after[1]) < int(below[1])
        for key in ("G", "g", "pagedown"):
            await stage.press(pilot, key)
            assert all(word in stage.text(pilot) for word in ("1 Again", "2 Hard", "3 Good", "4 Easy"))
        await stage.press(pilot, "G")
        assert "point 59" in stage.text(pilot)
        assert "more line" not in stage.text(pilot)

    stage.run(play, size=size)


# Numbers


@pytest.mark.parametrize(
    ("answer", "tolerance", "typed", "verdict"),
    [
        ("73856", "{rel: 0.01}", "73856", "Correct"),
        ("73856", "{rel: 0.01}", "73,856", "Correct"),
        ("73856", "{rel: 0.01}", "7.4e4", "Correct"),
        ("73856", "{abs: 0}", "7.4e4", "Not quite"),
        ("0.375", "{abs: 0}", "3/8", "Correct"),
        ("0.375", "{abs: 0.01}", "4/8", "Not quite"),
    ],
)
def test_point_23_a_number_is_taken_as_it_is_typed_and_what_was_expected_is_said(
    home: Path, answer: str, tolerance: str, typed: str, verdict: str
) -> None:
    body = f"kind: numeric, front: how many?, answer: {answer}, tolerance: {tolerance}"
    (home / "decks" / "small.yaml").write_text(f"deck: learning\ncards:\n- {{id: one, {body}}}\n", encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", *typed, "enter")
        assert f"{verdict}  {typed}" in stage.text(pilot)
        assert f"answer     {answer}" in stage.text(pilot)

    stage.run(play)


# Stopping and going on


@pytest.mark.parametrize("side", ["front", "back"])
def test_point_25_q_asks_nothing_and_the_next_round_goes_on_with_the_same_queue(home: Path, side: str) -> None:
    queues: list[tuple[object, ...]] = []

    async def stop(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "3", "space", "space", "3")
        queues.append(left(pilot))
        await stage.press(pilot, *(() if side == "front" else ("a",)), "q")
        assert isinstance(pilot.app.screen, FinishedScreen)
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, HomeScreen)
        await stage.press(pilot, "enter")
        queues.append(left(pilot))
        await stage.press(pilot, "q")

    async def again(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        queues.append(left(pilot))

    stage.run(stop)
    stage.run(again)
    assert queues[0][:2] == ("fraud", "convex")
    assert queues[0] == queues[1] == queues[2]


def left(pilot: Pilot[Any]) -> tuple[object, ...]:
    """Return the cards still to be asked, in order."""
    ahead = stage.review_of(pilot).sitting.round
    cards: list[object] = []
    while ahead.current is not None:
        cards.append(ahead.current.card)
        ahead = ahead.answered(4, 0.0)
    return tuple(cards)


# The end


def test_point_26_the_end_counts_what_was_answered_kept_and_slipped_and_what_tomorrow_brings(home: Path) -> None:
    shown: list[str] = []

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        for key in "1333":
            await stage.grade(pilot, key)
        await stage.press(pilot, "q")
        shown.append(stage.text(pilot))
        words = {hint.word for hint in pilot.app.screen.hints()}  # type: ignore[attr-defined]
        assert {"Home", "Learn new", "Redo 1 slipped"} <= words
        await stage.press(pilot, "u")
        assert stage.review_of(pilot).sitting.tally[Grade.GOOD] == 2

    stage.run(play)
    page = shown[0]
    assert re.search(r"4 cards, 4 answers in \d+:\d\d", page)
    assert re.search(r"1 Again\s+━+─+\s+1 ", page)
    assert re.search(r"3 Good\s+━+─+\s+3 ", page)
    assert "Kept 75% (goal 90)" in page
    assert re.search(r"Slipped\s", page)
    assert re.search(r"bias correction .*again tomorrow", page)
    with open_desk(Options()) as desk:  # one answer was taken back again
        assert home_report(desk).tomorrow == 3
    assert re.search(r"Due tomorrow: 4 cards, about [1-9] min", page)


def test_what_slipped_is_asked_once_more_and_its_dates_stay(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        for key in "1333":
            await stage.grade(pilot, key)
        await stage.press(pilot, "q")
        with open_desk(Options()) as desk, desk.store.reading() as log:
            before = log.all_memories()
        await stage.press(pilot, "r")
        review = stage.review_of(pilot)
        assert review.sitting.round.queue == (CardId("learning", "adam"),)
        await stage.grade(pilot, "3")
        assert isinstance(pilot.app.screen, FinishedScreen)
        assert "Slipped" not in stage.text(pilot)
        assert "finished.redo" not in {row.id for row in pilot.app.screen.available()}
        with open_desk(Options()) as desk, desk.store.reading() as log:
            assert log.all_memories() == before
            assert [review.kind for review in log.reviews()][-1] is ReviewKind.CRAM

    stage.run(play)


def test_a_slipped_card_that_is_suspended_meanwhile_is_not_asked_again(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await stage.grade(pilot, "1")
        await stage.grade(pilot, "3")
        await stage.press(pilot, "q")
        with open_desk(Options()) as desk:
            suspend(desk, ["learning/adam"])
        await stage.press(pilot, "r")
        assert not isinstance(pilot.app.screen, ReviewScreen)

    stage.run(play)


def test_the_minutes_of_tomorrow_are_those_that_tomorrow_says(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_setting(Options(), "new_a_day", "0")
    with open_desk(Options()) as desk:
        for name in ("adam", "fraud", "convex", "convolution"):
            record_answer(desk, CardId("learning", name), 4, seconds=50)
        foreseen = minutes_tomorrow(desk)
    monkeypatch.setenv("PREPDECK_NOW", (desk.clock.now() + timedelta(days=1)).isoformat())
    with open_desk(Options()) as desk:
        day = day_report(desk)
    assert day.due == 4
    assert foreseen == day.minutes > 0


def test_a_card_buried_until_tomorrow_takes_its_minutes_tomorrow(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_setting(Options(), "new_a_day", "0")
    with open_desk(Options()) as desk:
        record_answer(desk, CardId("learning", "adam"), 4, seconds=50)
    monkeypatch.setenv("PREPDECK_NOW", (desk.clock.now() + timedelta(days=1)).isoformat())
    with open_desk(Options()) as desk:
        assert minutes_tomorrow(desk) == 0  # it waits today
        bury(desk, ["learning/adam"])
        tomorrow, foreseen = home_report(desk).tomorrow, minutes_tomorrow(desk)
    monkeypatch.setenv("PREPDECK_NOW", (desk.clock.now() + timedelta(days=1)).isoformat())
    with open_desk(Options()) as desk:
        day = day_report(desk)
    assert (tomorrow, foreseen) == (day.due, day.minutes)
    assert foreseen > 0


# Where there is no Space


def test_the_first_space_on_a_cloze_opens_its_first_gap_only(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "attention")
        front = stage.text(pilot)
        await stage.press(pilot, "space")
        assert stage.text(pilot) != front
        assert "the root of the key size" in stage.text(pilot)
        assert "softmax" not in stage.text(pilot)
        assert not stage.review_of(pilot).now().is_revealed
        await stage.press(pilot, "space")
        assert "softmax" in stage.text(pilot)
        assert stage.review_of(pilot).now().is_revealed

    stage.run(play)
