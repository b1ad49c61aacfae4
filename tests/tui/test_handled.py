"""What a learner does to a card in a round apart from grading it: bury, suspend, flag, note, edit; undo of each."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.handling import Handling
from prepdeck.study import handling
from prepdeck.study.desk import open_desk
from prepdeck.study.reviewing import record_answer
from prepdeck.tui.screens.finished import FinishedScreen
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.note import NoteDialog
from tests.tui import stage

ADAM = CardId("learning", "adam")
FRAUD = CardId("learning", "fraud")


def handling_of(card: CardId = ADAM) -> Handling:
    with open_desk() as desk, desk.store.reading() as log:
        return log.handling_of(card)


def asked(pilot: Pilot[Any]) -> str:
    return stage.review_of(pilot).now().card.id.card


@pytest.mark.parametrize(("key", "word"), [("z", "Buried"), ("-", "Buried"), ("!", "Suspended"), ("@", "Suspended")])
@pytest.mark.parametrize("side", [(), ("space",)])
def test_point_16_a_card_is_put_away_with_one_key_and_undo_brings_it_back(
    home: Path, key: str, word: str, side: tuple[str, ...]
) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", *side, key)
        assert asked(pilot) == "attention"
        assert f"{word} learning/adam" in stage.text(pilot)
        assert handling_of().is_held_back(stage.NOW.date())
        await stage.press(pilot, "u")
        assert asked(pilot) == "adam"
        assert f"Undid {'bury' if word == 'Buried' else 'suspend'} of learning/adam." in stage.text(pilot)

    stage.run(play)
    assert handling_of() == Handling()


@pytest.mark.parametrize("key", ["z", "!"])
def test_point_16_after_a_restart_undo_brings_the_card_back_as_the_current_one(home: Path, key: str) -> None:
    async def put_away(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "fraud")
        await stage.press(pilot, key)

    async def undo(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        assert asked(pilot) != "fraud"
        await stage.press(pilot, "u")
        assert asked(pilot) == "fraud"

    stage.run(put_away)
    stage.run(undo)
    assert handling_of(FRAUD) == Handling()


def test_point_16_undo_takes_back_grade_bury_suspend_flag_and_note_one_by_one(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "3", "z", "!", "f", "n", *"ok", "escape")
        assert asked(pilot) == "convex"
        for words, card in (
            ("note on learning/convex", "convex"),
            ("flag of learning/convex", "convex"),
            ("suspend of learning/fraud", "fraud"),
            ("bury of learning/attention", "attention"),
            ("good on learning/adam", "adam"),
        ):
            await stage.press(pilot, "u")
            assert f"Undid {words}." in stage.text(pilot)
            assert asked(pilot) == card

    stage.run(play)
    assert stage.reviews_kept() == 0


def test_a_flag_stands_on_the_frame_and_keeps_the_card_where_it_is(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "ranking")
        await stage.press(pilot, "space", "x", "f")
        assert "basic  ⚑ flagged" in stage.text(pilot)
        assert stage.review_of(pilot).now().ticked == {0}
        await stage.press(pilot, "f")
        assert "flagged ─" not in stage.text(pilot)
        assert "Took the flag off learning/ranking." in stage.text(pilot)
        await stage.press(pilot, "u")
        assert "⚑ flagged" in stage.text(pilot)
        assert stage.review_of(pilot).now().ticked == {0}

    stage.run(play)
    assert handling_of(CardId("learning", "ranking")).flagged


def test_a_note_is_written_shown_verbatim_and_taken_away(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "n")
        assert isinstance(pilot.app.screen, NoteDialog)
        await stage.press(pilot, *"a[i] [/b]", "enter", *"q?", "escape")
        shown = stage.text(pilot)
        assert "a[i] [/b]" in shown
        assert "Kept the note on learning/adam." in shown
        assert stage.review_of(pilot).now().is_revealed
        await stage.press(pilot, "n", *["backspace"] * 12, "escape")
        assert "your note" not in stage.text(pilot)
        assert "Took the note off learning/adam." in stage.text(pilot)
        await stage.press(pilot, "u")
        assert "a[i] [/b]" in stage.text(pilot)

    stage.run(play)
    assert handling_of().note == "a[i] [/b]\nq?"


def test_a_note_is_not_seen_before_the_answer(home: Path) -> None:
    with open_desk() as desk:
        handling.note(desk, "adam", "the moments are small")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        assert "the moments" not in stage.text(pilot)
        await stage.press(pilot, "i")
        assert "the moments" not in stage.text(pilot)
        await stage.press(pilot, "escape", "space")
        assert "the moments are small" in stage.text(pilot)

    stage.run(play)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_note_dialog(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "f", "n", *"see [1]: 0.1 * g")
        stage.check_golden(pilot, "note")
        await stage.press(pilot, "escape")
        stage.check_golden(pilot, "noted")

    stage.run(play, size=size)


def test_quitting_in_the_note_keeps_it(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "n", *"abc")
        await pilot.press("ctrl+q")

    stage.run(play)
    assert handling_of().note == "abc"


def test_a_note_too_long_stays_to_be_shortened(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "n")
        dialog = pilot.app.screen
        assert isinstance(dialog, NoteDialog)
        dialog.field.load_text("x" * (handling.LONGEST_NOTE + 1))
        await stage.press(pilot, "escape")
        assert "1 character too long" in stage.text(pilot)
        await stage.press(pilot, "delete", "escape")
        assert "Kept the note" in stage.text(pilot)

    stage.run(play)
    assert len(handling_of().note) == handling.LONGEST_NOTE


def test_keys_of_the_answer_field_put_nothing_away(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "convolution")
        await stage.press(pilot, *"-z!fen")
        assert asked(pilot) == "convolution"
        assert not isinstance(pilot.app.screen, NoteDialog)

    stage.run(play)
    assert handling_of(CardId("learning", "convolution")) == Handling()


@pytest.mark.parametrize("verb", [handling.suspend, handling.bury])
def test_a_card_another_program_put_away_is_left_out_and_the_round_goes_on(home: Path, verb: Any) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        with open_desk() as desk:
            verb(desk, ["attention"])
        await stage.press(pilot, "3")
        assert asked(pilot) == "fraud"
        assert "so it left the round" in stage.text(pilot)

    stage.run(play)


def without_card(home: Path, card: str) -> None:
    """Take a card out of the deck, as its author would."""
    path = home / "decks" / "small.yaml"
    before, rest = path.read_text("utf-8").split(f"- id: {card}\n")
    after = rest[rest.index("\n- id: ") + 1 :]
    path.write_text(before + after, encoding="utf-8")


def test_a_card_another_program_removed_is_left_out_and_the_round_goes_on(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        without_card(home, "attention")
        open_desk().close()
        await stage.press(pilot, "3")
        assert asked(pilot) == "fraud"
        assert "learning/attention is in no deck any more, so it left the round." in stage.text(pilot)

    stage.run(play)


def test_putting_away_a_card_that_another_program_removed_goes_on_with_the_next(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        without_card(home, "adam")
        open_desk().close()
        await stage.press(pilot, "z")
        assert asked(pilot) == "attention"

    stage.run(play)


def test_the_last_card_put_away_ends_the_round_and_says_so(home: Path) -> None:
    deck = "deck: learning\ncards:\n- {id: one, front: a, back: b}\n"
    (home / "decks" / "small.yaml").write_text(deck, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "!")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "Suspended learning/one" in stage.text(pilot)

    stage.run(play)


def test_the_end_of_a_round_can_be_undone_into_the_card_put_away(home: Path) -> None:
    deck = "deck: learning\ncards:\n- {id: one, front: a, back: b}\n- {id: two, front: c, back: d}\n"
    (home / "decks" / "small.yaml").write_text(deck, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "3", "z")
        assert isinstance(pilot.app.screen, FinishedScreen)
        assert "Buried learning/two" in stage.text(pilot)
        await stage.press(pilot, "u")
        assert asked(pilot) == "two"

    stage.run(play)


def editor(home: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Set an editor that writes its arguments down and then edits as `script` says."""
    path = home / "vim"
    told = home / "told"
    path.write_text(f'#!/bin/sh\necho "$@" > {told}\n{script}\n', encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(path))
    monkeypatch.setenv("PATH", os.defpath)
    monkeypatch.setattr("textual.app.App.suspend", suspended)
    return told


class suspended:  # noqa: N801 - stands for a method that is used as a context
    """What the test driver cannot do: give the terminal away."""

    def __init__(self, *_: Any) -> None:
        pass

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


def test_point_22_e_opens_the_editor_at_the_cards_line_and_the_card_is_read_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deck = home / "decks" / "small.yaml"
    told = editor(home, monkeypatch, f"sed -i 's/the scores by/THE SCORES by/' {deck}")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "attention")
        await stage.press(pilot, "e")
        assert asked(pilot) == "attention"
        assert "THE SCORES" in stage.text(pilot)
        await stage.press(pilot, "space", "space", "3")
        assert asked(pilot) == "fraud"

    stage.run(play)
    line = stage.DECK.splitlines().index("- id: attention") + 1
    assert told.read_text("utf-8").split() == [f"+{line}", str(deck)]


def test_point_22_an_answer_already_seen_stays_seen_after_an_edit(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(home, monkeypatch, f"sed -i 's/Both moment/BOTH moment/' {home / 'decks' / 'small.yaml'}")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "e")
        assert "BOTH moment" in stage.text(pilot)
        await stage.press(pilot, "3")
        assert asked(pilot) == "attention"

    stage.run(play)
    assert stage.reviews_kept() == 1


@pytest.mark.parametrize("edit", ["s/id: adam/id: adam2/", "s/back: |/bakc: |/"])
def test_point_22_a_card_that_vanished_or_broke_leaves_the_round(
    home: Path, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    editor(home, monkeypatch, f"sed -i '0,/back: |/{edit}' {home / 'decks' / 'small.yaml'}")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "e")
        assert asked(pilot) == "attention"
        assert "learning/adam is in no deck any more, so it left the round." in " ".join(stage.text(pilot).split())

    stage.run(play)


def test_point_22_a_deck_that_cannot_be_read_any_more_never_ends_the_program(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(home, monkeypatch, f"echo '[' > {home / 'decks' / 'small.yaml'}")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "e")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)


def test_point_22_an_editor_that_does_not_start_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(home, monkeypatch, "true")
    monkeypatch.setenv("VISUAL", "/no/such/editor")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "e")
        assert "/no/such/editor did not start" in stage.text(pilot)
        assert asked(pilot) == "adam"

    stage.run(play)


def test_point_22_without_a_terminal_to_give_away_the_place_is_told(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "e")
        assert "No editor can be opened from here." in stage.text(pilot)
        assert asked(pilot) == "adam"

    stage.run(play)


@pytest.mark.parametrize("size", stage.SIZES)
def test_card_info_shows_memory_handling_forecast_note_and_history(home: Path, size: tuple[int, int]) -> None:
    with open_desk() as desk:
        for day, quality in ((1, 4), (2, 4), (8, 3), (23, 1), (24, 4), (25, 5), (31, 4)):
            record_answer(desk, ADAM, quality, at=datetime(2026, 10, day, 9, tzinfo=UTC), seconds=12)
        card = str(ADAM)
        handling.flag(desk, [card])
        handling.note(desk, card, "see [1]\nand [/b]")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "adam")
        await stage.press(pilot, "space", "i")
        stage.check_golden(pilot, "info")

    stage.run(play, size=size)
