from __future__ import annotations

import asyncio
import os
import shutil
import time
from pathlib import Path

import pytest
import textual.app
import textual.pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from tests.builders import environment_of
from tests.tui.stage import DECK


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pilot guesses from the processor's load when a key has had its effect; `settle` knows, so nobody need guess."""

    async def yield_a_few_times(*_: float) -> None:
        for _turn in range(8):
            await asyncio.sleep(0)

    monkeypatch.setattr(textual.app, "wait_for_idle", yield_a_few_times)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", yield_a_few_times)


def enter(wanted: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in set(os.environ) - set(wanted):
        monkeypatch.delenv(name)
    for name, value in wanted.items():
        monkeypatch.setenv(name, value)
    time.tzset()


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose database is made, so that not every test waits for that."""
    folder = tmp_path_factory.mktemp("made") / "home"
    with pytest.MonkeyPatch.context() as monkeypatch:
        enter(environment_of(folder, decks=DECK), monkeypatch)
        open_desk(Options()).close()
    (folder / "welcome").write_text("answered\n", encoding="utf-8")
    return folder


@pytest.fixture
def home(made_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A throw-away home with one deck and a clock that stands."""
    folder = tmp_path / "home"
    shutil.copytree(made_home, folder)
    enter(environment_of(folder, decks=DECK), monkeypatch)
    return folder
