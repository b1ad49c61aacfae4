from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest
import textual.app
import textual.pilot

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


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A throw-away home with one deck and a clock that stands."""
    folder = tmp_path / "home"
    wanted = environment_of(folder, decks=DECK)
    for name in set(os.environ) - set(wanted):
        monkeypatch.delenv(name)
    for name, value in wanted.items():
        monkeypatch.setenv(name, value)
    time.tzset()
    return folder
