from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.errors import StoreLocked
from prepdeck.scheduling.grade import Grade
from prepdeck.study import reviewing
from prepdeck.study.reviewing import RoundRequest, Scope
from prepdeck.tui.screens.finished import FinishedScreen
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.notices import IdleScreen
from prepdeck.tui.widgets.answer import AnswerField
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.frame import StatusLine
from prepdeck.tui.widgets.grades import GradeRow
from tests.tui import stage

KINDS = {
    "adam": ("h", "space"),
    "attention": ("space", "space"),
    "fraud": ("a",),
    "convex": ("a", "b", "space"),
    "convolution": ("7", "3", "0", "0", "0", "enter"),
    "ranking": ("space", "x", "j"),
    "merge": ("space",),
}
"""The keys that answer each card of the stage's deck."""


@pytest.mark.parametrize("size", stage.SIZES)
def test_front_and_back_of_every_kind(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        for card, keys in KINDS.items():
            assert stage.review_of(pilot).now().card.id.card == card
            stage.check_golden(pilot, f"{card}-front")
            await stage.press(pilot, *keys)
            stage.check_golden(pilot, f"{card}-back")
            await stage.press(pilot, "3")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_end_of_a_round(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        for key in "1342":
            await stage.grade(pilot, key)
        await stage.press(pilot, "q")
        stage.check_golden(pilot, "finished")
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play, size=size)


def test_digits_and_the_suggested_grade_do_nothing_before_the_answer_is_seen(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "1", "2", "3", "4")
        assert not stage.review_of(pilot).sitting.reviews
        assert not stage.review_of(pilot).now().is_revealed

    stage.run(play)
    assert stage.reviews_kept() == 0


def test_space_reveals_and_space_again_takes_the_suggested_grade(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "h", "space", "space")
        assert stage.review_of(pilot).sitting.tally[Grade.HARD] == 1

    stage.run(play)


def test_each_digit_stores_its_grade(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        for key in "1234":
            await stage.grade(pilot, key)
        assert list(stage.review_of(pilot).sitting.tally.values()) == [1, 1, 1, 1]

    stage.run(play)
    assert stage.reviews_kept() == 4


def test_each_grade_box_can_be_clicked(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        for number in range(4):
            await stage.press(pilot, "space", "space" if number == 1 else "shift")
            await pilot.click(GradeRow, offset=(20 * number + 6, 1))
            await stage.settle(pilot)
        assert list(stage.review_of(pilot).sitting.tally.values()) == [1, 1, 1, 1]

    stage.run(play)


def test_an_option_can_be_clicked(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "fraud")
        line = next(number for number, words in enumerate(stage.rows(pilot)) if "Accuracy" in words)
        await pilot.click(offset=(12, line))
        await stage.settle(pilot)
        assert "Correct" in stage.text(pilot)

    stage.run(play)


ANSWERS = {
    "adam": "moment estimates",
    "attention": "root of the key",
    "convolution": "73728",
    "ranking": "Candidate",
    "merge": "append",
    "fraud": "scores 99.8",
}


@pytest.mark.parametrize(("card", "answer"), ANSWERS.items())
def test_the_answer_appears_nowhere_before_it_is_revealed(home: Path, card: str, answer: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, card)
        if stage.review_of(pilot).is_typing:
            await stage.press(pilot, "escape")
        for key in ("shift", "i", "escape", "?", "escape", "ctrl+p", "escape"):
            await stage.press(pilot, key)
            assert answer not in " ".join(stage.text(pilot).split())
        while not stage.review_of(pilot).now().is_revealed:
            await stage.press(pilot, "space")
        await stage.press(pilot, "pagedown")
        assert answer in stage.text(pilot)

    stage.run(play, size=(120, 60))


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("73856", "Correct"),
        ("73,856", "Correct"),
        ("7.4e4", "Correct"),
        ("147712/2", "Correct"),
        ("70000", "Not quite"),
    ],
)
def test_a_number_is_checked_as_people_type_it(home: Path, typed: str, verdict: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "convolution")
        await stage.press(pilot, *typed, "enter")
        assert f"{verdict}  {typed}" in stage.text(pilot)
        assert "73856 parameters" in stage.text(pilot)

    stage.run(play)


def test_words_that_are_no_number_are_told_and_stay(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "convolution")
        await stage.press(pilot, *"many?q", "enter")
        assert "That is no number" in stage.text(pilot)
        assert pilot.app.screen.query_one(AnswerField).value == "many?q"
        assert not stage.review_of(pilot).now().is_revealed

    stage.run(play)


def test_escape_leaves_the_field_and_q_stops_then(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "convolution")
        await stage.press(pilot, "q", "escape", "q")
        assert isinstance(pilot.app.screen, FinishedScreen)

    stage.run(play)


def test_an_empty_field_reveals_without_a_verdict(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "convolution")
        await stage.press(pilot, "enter")
        assert "73856 parameters" in stage.text(pilot)
        assert "Not quite" not in stage.text(pilot)

    stage.run(play)


def test_undo_asks_the_card_again_and_says_what_it_undid(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "3", "u")
        assert stage.review_of(pilot).now().card.id.card == "adam"
        assert "Undid good on learning/adam." in stage.text(pilot)
        await stage.press(pilot, "u")
        assert "nothing to undo" in stage.text(pilot)

    stage.run(play)
    assert stage.reviews_kept() == 0


def test_undo_reaches_back_before_a_restart(home: Path) -> None:
    async def answer(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "3", "space", "space", "4")

    async def undo(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "u")
        assert stage.review_of(pilot).now().card.id.card == "attention"
        await stage.press(pilot, "u")
        assert stage.review_of(pilot).now().card.id.card == "adam"

    stage.run(answer)
    stage.run(undo)
    assert stage.reviews_kept() == 0


def test_undo_at_the_end_of_a_round_goes_back_into_it(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "3", "q", "u")
        assert stage.review_of(pilot).now().card.id.card == "adam"
        assert stage.review_of(pilot).sitting.round.total == 7

    stage.run(play)


def test_stopping_without_an_answer_goes_home_and_never_asks(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "q")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)


def test_nothing_due_says_so_and_offers_what_works(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        while not isinstance(pilot.app.screen, FinishedScreen):
            await stage.grade(pilot)
        await stage.press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, IdleScreen)
        stage.check_golden(pilot, "idle")
        await stage.press(pilot, "c")
        assert "no change" in stage.text(pilot) or stage.review_of(pilot).sitting.cram

    stage.run(play)


def test_a_round_given_on_the_command_line_ends_the_program_when_left(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "space", "3", "q")
        await pilot.press("q")

    app = stage.run(play, start=RoundRequest(scope=Scope(topic="metrics")))
    assert app.return_code == 0
    assert stage.reviews_kept() == 1


def test_times_can_be_hidden(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "v")
        assert "0:00" not in stage.text(pilot)
        assert "1/7" in stage.text(pilot)

    stage.run(play)


def test_times_stand_while_another_page_covers_the_card(home: Path) -> None:
    clock = stage.HandClock()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        clock.seconds += 14
        await stage.press(pilot, "i")
        clock.seconds += 600
        await stage.press(pilot, "escape")
        clock.seconds += 1
        await stage.press(pilot, "space")
        assert "card 0:15   round 0:15" in stage.text(pilot)
        await stage.press(pilot, "3")
        assert stage.review_of(pilot).sitting.reviews[0][0].elapsed_seconds == 15
        clock.seconds += 62
        stage.review_of(pilot)._show_title()
        await stage.settle(pilot)
        assert "card 1:02   round 1:17" in stage.text(pilot)

    stage.run(play, open_desk=clock.open_desk)


def test_a_slow_answer_suggests_hard(home: Path) -> None:
    clock = stage.HandClock()
    deck = "deck: learning\ncards:\n- {id: one, front: a, back: b, seconds: 10}\n"
    (home / "decks" / "small.yaml").write_text(deck, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        clock.seconds += 31
        await stage.press(pilot, "space", "space")
        assert stage.review_of(pilot).sitting.tally[Grade.HARD] == 1

    stage.run(play, open_desk=clock.open_desk)


def test_the_source_of_maths_is_one_key_away(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "$")
        assert r"$\hat m = m / (1 - \beta_1^t)$" in stage.text(pilot)

    stage.run(play)


def test_long_cards_scroll_and_the_grades_stay(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        assert "more lines" in stage.text(pilot)
        await stage.press(pilot, "G")
        assert "more line" not in stage.text(pilot)
        assert "Kingma" in stage.text(pilot)
        assert "Again" in stage.text(pilot)
        await stage.press(pilot, "g")
        assert "Why does Adam" in stage.text(pilot)

    stage.run(play, size=(60, 16))


def test_code_is_not_wrapped_and_scrolls_sideways(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "merge")
        await stage.press(pilot, "space")
        assert "goes first" not in stage.text(pilot)
        await stage.press(pilot, *["right"] * 12)
        assert "goes first" in stage.text(pilot)
        assert "Merge two sorted lists." in stage.text(pilot)

    stage.run(play)


def test_a_reveal_mounts_no_widget(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        before = list(pilot.app.screen.walk_children())
        await stage.press(pilot, "space", "3")
        assert list(pilot.app.screen.walk_children()) == before

    stage.run(play)


def test_a_resize_to_the_smallest_window_and_back_keeps_everything(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "convolution")
        await stage.press(pilot, "7", "3")
        before = stage.text(pilot)
        for size in ((40, 12), (39, 11), (1, 1), (200, 60)):
            await stage.resize(pilot, size)
        assert isinstance(pilot.app.focused, AnswerField)
        assert pilot.app.focused.value == "73"
        await stage.resize(pilot, stage.NORMAL)
        assert stage.text(pilot) == before

    stage.run(play)


def test_a_window_too_small_gets_one_line(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        assert [line.strip() for line in stage.rows(pilot) if line.strip()] == ["prepdeck needs 40 x 12 cells"]

    stage.run(play, size=(39, 12))


@pytest.mark.promise(3)
def test_the_old_card_stays_until_the_grade_is_stored(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on = threading.Event()
    real = reviewing.answer_current

    def blocked(*words: Any, **more: Any) -> Any:
        assert may_go_on.wait(20)
        return real(*words, **more)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        monkeypatch.setattr(reviewing, "answer_current", blocked)
        for key in ("3", "3", "1", "space", "u"):
            await pilot.press(key)
        await pilot.pause()
        assert stage.review_of(pilot).now().card.id.card == "adam"
        assert "Both moment estimates" in stage.text(pilot)
        may_go_on.set()
        await stage.settle(pilot)
        assert stage.review_of(pilot).now().card.id.card == "attention"

    stage.run(play)
    assert stage.reviews_kept() == 1


@pytest.mark.promise(3)
@pytest.mark.parametrize("stores_first", [False, True])
def test_a_failing_store_keeps_the_card_and_a_retry_stores_one_review(
    home: Path, monkeypatch: pytest.MonkeyPatch, stores_first: bool
) -> None:
    real = reviewing.answer_current

    def failing(*words: Any, **more: Any) -> Any:
        if stores_first:
            real(*words, **more)
        raise StoreLocked("another program holds the database", "close it and press the grade again")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        monkeypatch.setattr(reviewing, "answer_current", failing)
        await stage.press(pilot, "3")
        said = pilot.app.screen.query_one(StatusLine).words
        assert said == "Another program holds the database. Close it and press the grade again"
        assert stage.review_of(pilot).now().card.id.card == "adam"
        monkeypatch.setattr(reviewing, "answer_current", real)
        await stage.press(pilot, "3")
        assert stage.review_of(pilot).now().card.id.card == "attention"

    stage.run(play)
    assert stage.reviews_kept() == 1


def test_a_card_that_cannot_be_loaded_leaves_the_grade_stored_and_can_be_tried_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reviewing.view_card

    def failing(*_: Any, **__: Any) -> Any:
        raise StoreLocked("another program holds the database")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        monkeypatch.setattr(reviewing, "view_card", failing)
        await stage.press(pilot, "3")
        assert "Try again" in stage.text(pilot)
        await stage.press(pilot, "3", "1")
        monkeypatch.setattr(reviewing, "view_card", real)
        await stage.press(pilot, "space")
        assert stage.review_of(pilot).now().card.id.card == "attention"

    stage.run(play)
    assert stage.reviews_kept() == 1


def test_leaving_while_a_grade_is_stored_waits_for_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on = threading.Event()
    real = reviewing.answer_current

    def blocked(*words: Any, **more: Any) -> Any:
        assert may_go_on.wait(20)
        return real(*words, **more)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        monkeypatch.setattr(reviewing, "answer_current", blocked)
        await pilot.press("3")
        await pilot.press("q")
        may_go_on.set()
        await stage.settle(pilot)
        assert isinstance(pilot.app.screen, FinishedScreen)
        assert "1 card, 1 answer" in stage.text(pilot)

    stage.run(play)


def test_selected_text_is_copied(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await pilot.mouse_down(CardPanel, offset=(3, 1))
        await pilot.hover(CardPanel, offset=(11, 1))
        await pilot.mouse_up(CardPanel, offset=(11, 1))
        await stage.settle(pilot)
        await stage.press(pilot, "ctrl+c")
        assert "Copied." in stage.text(pilot)
        assert pilot.app.clipboard == "Why does "

    stage.run(play)
