"""Code cards: the field, drafts that are kept, runs, submission, consent, the editor."""

from __future__ import annotations

import re
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.verdict import Outcome, Verdict
from prepdeck.scheduling.grade import Grade
from prepdeck.tui.errands import Errands
from prepdeck.tui.review_state import Asking
from prepdeck.tui.screens.consent import ConsentDialog
from prepdeck.tui.screens.editor import run_editor
from prepdeck.tui.widgets.draft import DraftField
from tests.tui import stage
from tests.tui.written import DECK

RIGHT = "def double(nums):\n    return [2 * num for num in nums]"
WRONG = "def double(nums):\n    print('[x] a[i]')\n    return nums"


@pytest.fixture(autouse=True)
def written(home: Path) -> Path:
    (home / "decks" / "small.yaml").write_text(DECK, encoding="utf-8")
    return home


def asking(pilot: Pilot[Any]) -> Asking:
    return stage.review_of(pilot).now()


def field(pilot: Pilot[Any]) -> DraftField:
    return pilot.app.screen.query_one(DraftField)


async def write(pilot: Pilot[Any], text: str) -> None:
    """Open the field and put a text in place of what it holds."""
    await stage.press(pilot, "tab")
    field(pilot).load_text(text)


def drafts(home: Path) -> list[Path]:
    return sorted((home / "drafts").rglob("*.*")) if (home / "drafts").exists() else []


@pytest.mark.parametrize("size", stage.SIZES)
def test_code_from_front_to_back(size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        stage.check_golden(pilot, "double-front")
        await stage.press(pilot, "h", "tab")
        stage.check_golden(pilot, "double-writing")
        await write_wrong(pilot)
        stage.check_golden(pilot, "double-failed")
        await stage.press(pilot, "f8")
        stage.check_golden(pilot, "double-back")

    async def write_wrong(pilot: Pilot[Any]) -> None:
        field(pilot).load_text(WRONG)
        pilot.app.errands.judge = timeless(pilot.app.errands.judge)  # type: ignore[attr-defined]
        await stage.press(pilot, "f2")

    stage.run(play, size=size)


def timeless(judge: Callable[..., Verdict]) -> Callable[..., Verdict]:
    """Return a judge whose verdicts took no time, so that pictures of them stay the same."""
    from dataclasses import replace

    return lambda *values, **named: replace(judge(*values, **named), seconds=0.0)


def test_the_front_shows_the_starter_and_how_to_write() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        shown = stage.text(pilot)
        assert "def double(nums: list[int])" in shown
        assert "[1, 2] -> [2, 4]" in shown
        assert "-1" not in shown
        assert "return" not in shown
        assert "Tab Write" in stage.rows(pilot)[-1]

    stage.run(play)


def test_a_click_on_the_code_opens_the_field() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await pilot.click("#card", offset=(8, 3))
        await stage.settle(pilot)
        assert pilot.app.focused is field(pilot)

    stage.run(play)


def test_the_field_shows_code_in_colours_and_in_none_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    colours = []

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "tab")
        line = field(pilot).get_line(0)
        colours.append({span.style.color for span in line.spans if not isinstance(span.style, str)})
        assert line.plain.startswith("def double")
        await stage.press(pilot, "escape", "t", "tab")

    stage.run(play)
    monkeypatch.setenv("NO_COLOR", "1")
    stage.run(play)
    assert len(colours[0]) > 2
    assert colours[1] == {None}


def test_every_printable_key_types_into_the_field() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, "")
        await stage.press(pilot, "q", "r", "s", "h", "O", "1", "question_mark", "space", "dollar_sign", "x")
        assert field(pilot).text == "qrshO1? $x"
        assert asking(pilot).hints_shown == 0

    stage.run(play)


def test_the_field_keeps_the_indent_and_steps_back_over_it() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, "")
        await stage.press(pilot, *"if", "space", "x", "colon", "enter", "tab", "y", "enter", "backspace", "z")
        assert field(pilot).text == "if x:\n        y\n    z"
        await stage.press(pilot, "ctrl+z")
        assert field(pilot).text != "if x:\n        y\n    z"

    stage.run(play)


def test_letters_do_not_overtake_a_key_that_edits() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, "")
        await pilot.press("a", "b", "backspace", "c", "left", "d")
        await stage.settle(pilot)
        assert field(pilot).text == "adc"

    stage.run(play)


def test_a_run_names_the_first_failing_test_and_what_was_printed() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, WRONG)
        await stage.press(pilot, "f2", "escape")
        shown = stage.text(pilot)
        for words in ("1/2 tests passed", "[1, 2]", "expected  [2, 4]", "got       [1, 2]", "printed", "[x] a[i]"):
            assert words in shown
        assert not asking(pilot).is_revealed

    stage.run(play, size=(100, 40))


def test_an_exception_names_its_line() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, "def double(nums):\n    return nums.nothing")
        await stage.press(pilot, "escape", "r")
        assert "AttributeError" in stage.text(pilot)
        assert re.search(r"line +2\b", stage.text(pilot))

    stage.run(play, size=(100, 40))


@pytest.mark.parametrize(
    ("text", "keys", "grade"),
    [(RIGHT, (), Grade.GOOD), (RIGHT, ("f4",), Grade.HARD), (WRONG, (), Grade.AGAIN), ("def", (), Grade.AGAIN)],
)
def test_submission_reveals_and_suggests_the_grade(text: str, keys: tuple[str, ...], grade: Grade) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, text)
        await stage.press(pilot, *keys, "f8")
        assert asking(pilot).is_revealed
        assert asking(pilot).suggested is grade
        assert "Reference" in stage.text(pilot)
        assert f"{asking(pilot).tests[0]}/4 tests passed" in stage.text(pilot)

    stage.run(play, size=(100, 40))


def test_space_reveals_without_a_run_and_the_learner_judges() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        assert asking(pilot).is_revealed
        assert asking(pilot).suggested is Grade.GOOD
        assert "Your answer" not in stage.text(pilot)

    stage.run(play)


def test_a_draft_is_kept_for_its_owner_only_and_asked_on_with(written: Path) -> None:
    async def leave(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, WRONG)
        await stage.press(pilot, "escape")

    async def come_back(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        assert asking(pilot).draft.rstrip() == WRONG
        assert "print('[x] a[i]')" in stage.text(pilot)

    stage.run(leave)
    (path,) = drafts(written)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    stage.run(come_back)


@pytest.mark.parametrize("way", ["signal", "ctrl+q", "dialog", "run"])
def test_a_draft_outlives_every_way_out_of_the_field(written: Path, way: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, WRONG)
        if way == "signal":
            pilot.app.leave(143)  # type: ignore[attr-defined]
        elif way == "ctrl+q":
            await pilot.press("ctrl+q")
        elif way == "dialog":
            await stage.press(pilot, "f1")
        else:
            await stage.press(pilot, "f2")

    stage.run(play)
    assert drafts(written)[0].read_text(encoding="utf-8").startswith(WRONG)


def test_a_graded_card_leaves_no_draft(written: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, WRONG)
        await stage.press(pilot, "f2", "escape", "space")
        assert drafts(written)
        await stage.press(pilot, "3")

    stage.run(play)
    assert not drafts(written)


def test_a_starter_nobody_touched_is_no_draft(written: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "tab", "escape", "q")

    stage.run(play)
    assert not drafts(written)


def test_a_draft_that_cannot_be_kept_is_told(written: Path) -> None:
    (written / "drafts").write_text("in the way", encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, WRONG)
        await stage.press(pilot, "escape")
        assert "cannot be made" in " ".join(stage.text(pilot).split())
        assert asking(pilot).draft == WRONG

    stage.run(play)


def test_a_run_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def judge(*_: object, **__: object) -> Verdict:
        gate.wait(20)
        return Verdict(Outcome.PASSED)

    monkeypatch.setattr(Errands, "judge", judge)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await pilot.press("s")
        while not asking(pilot).running:
            await pilot.pause()
        assert "running all tests" in stage.text(pilot)
        await pilot.press("space")
        assert not asking(pilot).is_revealed
        await pilot.press("escape")
        gate.set()
        await stage.settle(pilot)
        assert not asking(pilot).is_revealed
        assert asking(pilot).verdict is None
        assert "Cancelled." in stage.text(pilot)

    stage.run(play)


def test_a_missing_package_names_the_command_and_leaves_the_card_to_the_learner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = 'NumPy is not installed; pip install "prepdeck[ml]" brings it'
    monkeypatch.setattr(Errands, "judge", lambda *_, **__: Verdict(Outcome.MISSING, message=words))

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "s")
        assert words in stage.text(pilot)
        assert not asking(pilot).is_revealed
        await stage.press(pilot, "space")
        assert asking(pilot).suggested is Grade.GOOD

    stage.run(play)


async def to_query(pilot: Pilot[Any]) -> None:
    await stage.press(pilot, "enter")
    for _ in range(4):
        await stage.grade(pilot)
    assert asking(pilot).card.id.card == "names"


def test_code_of_a_deck_runs_only_after_it_was_shown_and_agreed_to() -> None:
    async def refuse(pilot: Pilot[Any]) -> None:
        await to_query(pilot)
        await stage.press(pilot, "r")
        assert isinstance(pilot.app.screen, ConsentDialog)
        assert "CREATE TABLE person" in stage.text(pilot)
        assert "ORDER BY" not in stage.text(pilot)
        await stage.press(pilot, "escape")
        assert asking(pilot).verdict is None
        assert "Nothing was run." in stage.text(pilot)
        await stage.press(pilot, "r", "y")
        assert "0/1 tests passed" in stage.text(pilot)
        await stage.press(pilot, "r")
        assert not isinstance(pilot.app.screen, ConsentDialog)

    async def come_back(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "s")
        assert asking(pilot).is_revealed

    stage.run(refuse)
    stage.run(come_back)


def test_the_learners_own_code_runs_without_a_question() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "r")
        assert asking(pilot).verdict is not None

    stage.run(play)


def test_where_no_editor_can_be_opened_the_file_is_named_and_read_back(written: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "O")
        (path,) = drafts(written)
        assert path.name in "".join(line.strip() for line in stage.rows(pilot))
        held = path.read_text(encoding="utf-8")
        assert "# [1, 2] -> [2, 4]" in held
        path.write_text(held.replace("pass", "return 1"), encoding="utf-8")
        await stage.press(pilot, "O")
        assert "    return 1" in asking(pilot).draft
        assert "# Tests" not in asking(pilot).draft

    stage.run(play)


def test_an_editor_that_does_not_start_is_told(tmp_path: Path) -> None:
    assert "did not start" in run_editor((str(tmp_path / "nothing"), "x"))
    assert not run_editor(("true",))


def test_what_is_pasted_holds_nothing_a_terminal_obeys() -> None:
    from textual import events

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, "")
        pilot.app.post_message(events.Paste("a\x1b[31mb\u202e"))
        await stage.settle(pilot)
        assert field(pilot).text == "a\\x1b[31mb\\u202e"

    stage.run(play)


def test_resizing_keeps_the_field_and_what_is_in_it() -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        await write(pilot, RIGHT)
        for size in ((200, 60), (40, 12), (30, 8), (120, 36), (80, 24)):
            await stage.resize(pilot, size)
        assert pilot.app.focused is field(pilot)
        assert field(pilot).text == RIGHT

    stage.run(play)
