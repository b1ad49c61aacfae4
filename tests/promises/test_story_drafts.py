"""Promises 1 and 27 for stories: what is typed outlives kill -9, SIGTERM and a closed window, which sends SIGHUP."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from prepdeck.tui.screens.story import SECONDS_BETWEEN_DRAFTS
from tests.promises.harness import PATIENCE, Terminal, assert_whole, fresh_home
from tests.promises.test_signals import Death, close_window, terminate


def home_of(folder: Path) -> dict[str, str]:
    """Return the environment of a home whose welcome was seen."""
    environment = fresh_home(folder)
    (folder / "welcome").write_text("", "utf-8")
    return environment


def begin_story(terminal: Terminal, folder: Path, words: str) -> None:
    """Open a new story, type its title, and type into its first part."""
    terminal.await_text("Browse")
    terminal.press("S")
    terminal.await_text("No stories yet")
    terminal.press("n")
    terminal.await_text("of 2:30")
    terminal.press("Holdout\t")
    await_words(terminal, folder / "decks", "Holdout")
    terminal.press(words)


def await_words(terminal: Terminal, folder: Path, words: str) -> None:
    """Wait until a file of a folder holds some words."""
    deadline = time.monotonic() + PATIENCE
    while not any(words in file.read_text("utf-8") for file in folder.glob("[a-z]*")):
        assert time.monotonic() < deadline, terminal.output[-2000:]
        terminal._read(time.monotonic() + 0.1)


@pytest.mark.promise(1)
def test_a_story_being_typed_outlives_kill_9_and_is_offered_again(tmp_path: Path) -> None:
    home = home_of(tmp_path / "home")
    own = tmp_path / "home" / "decks" / "stories.yaml"
    drafts = tmp_path / "home" / "story-drafts"
    with Terminal(home) as terminal:
        begin_story(terminal, tmp_path / "home", "Everybody trusted one number.")
        await_words(terminal, drafts, "Everybody trusted one number.")
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait(PATIENCE)
    assert SECONDS_BETWEEN_DRAFTS <= 4
    before = own.read_text("utf-8")
    own.write_text(before + "# by hand\n", "utf-8")
    with Terminal(home) as terminal:
        terminal.await_text("Browse")
        terminal.press("S")
        terminal.await_text("Told aloud")
        terminal.press("e")
        terminal.await_text("Go on with your draft")
        seen = len(terminal.output)
        terminal.press("y")
        terminal.await_text("Everybody trusted one number", since=seen)
        terminal.press("\x1b")
        terminal.await_text("Told aloud", since=seen)
        terminal.press("\x11")
        terminal.wait()
    after = own.read_text("utf-8")
    assert "Everybody trusted one number." in after
    assert after.startswith("# Your own stories")
    assert after.endswith("# by hand\n")
    assert not list(drafts.iterdir())
    assert_whole(home)


@pytest.mark.promise(27)
@pytest.mark.parametrize(("die", "status"), [(terminate, 143), (close_window, 129)])
def test_a_story_being_typed_is_in_the_deck_after_a_signal(tmp_path: Path, die: Death, status: int) -> None:
    home = home_of(tmp_path / "home")
    with Terminal(home) as terminal:
        begin_story(terminal, tmp_path / "home", "Zebra.")
        await_words(terminal, tmp_path / "home" / "story-drafts", "Zebra.")
        die(terminal)
        assert terminal.wait() == status
    assert "Zebra." in (tmp_path / "home" / "decks" / "stories.yaml").read_text("utf-8")
