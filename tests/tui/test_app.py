from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerState

from prepdeck.errors import StoreNewer, UsageError
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.tui import app as tui
from prepdeck.tui.app import PrepdeckApp
from prepdeck.tui.screens.framed import FramedScreen
from tests.tui import stage


def refuse(_: Options) -> Any:
    raise StoreNewer(
        "/data/prepdeck.db was written by a newer prepdeck", "install the newest prepdeck, or restore a backup"
    )


def test_a_database_that_cannot_be_opened_gets_one_clear_page_and_exit_status_5(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        words = stage.text(pilot)
        assert "/data/prepdeck.db was written by a newer prepdeck" in words
        assert "Install the newest prepdeck, or restore a backup" in words
        await pilot.press("q")

    assert stage.run(play, open_desk=refuse).return_code == 5


def test_a_wrong_path_exits_as_the_command_line_would(home: Path) -> None:
    def fail(_: Options) -> Any:
        raise UsageError("no folder /nowhere")

    async def play(pilot: Pilot[Any]) -> None:
        await pilot.press("escape")

    assert stage.run(play, open_desk=fail).return_code == 2


def test_the_first_frame_comes_before_the_desk_is_open(home: Path) -> None:
    may_open = threading.Event()

    def slowly(options: Options) -> Any:
        assert may_open.wait(20)
        return open_desk(options)

    async def perform() -> None:
        app = PrepdeckApp(Options(), open_desk=slowly)
        async with app.run_test(size=stage.NORMAL) as pilot:
            await pilot.pause()
            assert "Opening your decks" in stage.text(pilot)
            may_open.set()
            await stage.settle(pilot)
            assert "All due cards" in stage.text(pilot)

    asyncio.run(perform())


def test_importing_the_interface_loads_no_database_no_yaml_and_no_markdown() -> None:
    heavy = ("sqlalchemy", "alembic", "yaml", "markdown_it", "pylatexenc", "numpy")
    code = f"import sys, prepdeck.tui.app; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_second_copy_key_quits_and_one_alone_does_not(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "ctrl+c")
        assert "^c again quits" in stage.text(pilot)
        await pilot.press("ctrl+c")

    assert stage.run(play).return_code == 130


def test_a_copy_key_long_after_another_asks_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tui, "SECOND_COPY_SECONDS", 0.01)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "ctrl+c")
        async with asyncio.timeout(20):
            while pilot.app._copy_pressed:  # type: ignore[attr-defined]
                await pilot.pause()
        await stage.press(pilot, "ctrl+c")

    assert stage.run(play).return_code is None


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_being_told_to_end_exits_with_the_signals_status(home: Path, name: str) -> None:
    number = getattr(signal, name)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space", "3")
        os.kill(os.getpid(), number)
        async with asyncio.timeout(20):
            while not pilot.app._exit:  # noqa: ASYNC110 - Textual has no event for it
                await asyncio.sleep(0.002)

    assert stage.run(play).return_code == 128 + number
    assert stage.reviews_kept() == 1


def test_quitting_at_once_while_a_grade_is_stored_still_stores_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prepdeck.study import reviewing

    real = reviewing.answer_current
    may_go_on = threading.Event()

    def slowly(*words: Any, **more: Any) -> Any:
        assert may_go_on.wait(20)
        return real(*words, **more)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "space")
        monkeypatch.setattr(reviewing, "answer_current", slowly)
        await pilot.press("3")
        await pilot.press("ctrl+q")
        may_go_on.set()

    assert stage.run(play).return_code == 0
    assert stage.reviews_kept() == 1


def test_an_unexpected_exception_ends_in_three_plain_lines(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run_and_crash(app: PrepdeckApp) -> None:
        app.crash = ZeroDivisionError("with [card text] in it")

    monkeypatch.setattr(PrepdeckApp, "run", run_and_crash)
    assert tui.run(Options()) == tui.CRASHED
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert "ZeroDivisionError" in said[0]
    assert said[1] == "Your grades are saved."
    assert said[2].endswith(str(home / "prepdeck.log"))
    assert "card text" not in " ".join(said)
    assert "with [card text] in it" in (home / "prepdeck.log").read_text(encoding="utf-8")


def test_an_exception_in_a_page_ends_the_program_and_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = PrepdeckApp(Options())

    async def perform() -> None:
        async with app.run_test(size=stage.NORMAL) as pilot:
            await stage.settle(pilot)
            monkeypatch.setattr(app.pages, "begin", lambda **_: 1 / 0)
            await pilot.press("enter")

    with pytest.raises(ZeroDivisionError):
        asyncio.run(perform())
    assert isinstance(app.crash, ZeroDivisionError)
    assert app.return_code == tui.CRASHED


@pytest.mark.parametrize(("value", "is_plain"), [("1", True), ("", False)])
def test_no_color_counts_only_when_it_is_not_empty(
    home: Path, monkeypatch: pytest.MonkeyPatch, value: str, is_plain: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    assert PrepdeckApp(Options()).is_plain is is_plain


def test_the_flag_for_colours_beats_no_color(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not PrepdeckApp(Options(), color=True).is_plain


def test_without_colours_nothing_that_is_drawn_has_one(home: Path) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        for keys in ((), ("tab",), ("escape", "enter"), ("h", "space"), ("?",), ("escape", "ctrl+p")):
            await stage.press(pilot, *keys)
            for strip in pilot.app.screen._compositor.render_strips():
                for segment in strip.apply_filter(pilot.app._filters[-1], pilot.app.background_colors[0]):
                    assert segment.style is None or (segment.style.color is None and segment.style.bgcolor is None)

    stage.run(play, color=False)


@pytest.mark.parametrize("size", stage.SIZES)
def test_every_theme_draws_the_same_text(home: Path, size: tuple[int, int]) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        pages = []
        for _ in range(3):
            await stage.press(pilot, "t")
            await stage.press(pilot, "escape")
            pages.append(stage.text(pilot))
        assert pages[0] == pages[1] == pages[2]

    stage.run(play, size=size)


def test_what_a_page_began_ends_with_it_and_writes_on_no_page_that_is_being_taken_down(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "b")
        page = pilot.app.screen
        assert isinstance(page, FramedScreen)

        async def chatter() -> None:
            while True:
                page.say("still here")
                await asyncio.sleep(0)

        work = page.run_worker(chatter())
        await pilot.press("q")
        await stage.settle(pilot)
        assert (work.state, pilot.app.screen is page) == (WorkerState.CANCELLED, False)

    stage.run(play)
