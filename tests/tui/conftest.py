from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import textual.app
import textual.pilot
from textual._styles_cache import StylesCache
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

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


@pytest.fixture(autouse=True)
def no_widgets_kept() -> Iterator[None]:
    """Textual's cache of border styles keeps a thousand widgets with all they drew; walking them took a tenth."""
    yield
    StylesCache.get_inner_outer.cache_clear()


@pytest.fixture(scope="session")
def read_styles() -> dict[tuple[object, ...], list[RuleSet]]:
    """What style sheets say, by their text and the colours they were read with."""
    return {}


@pytest.fixture(autouse=True)
def styles_read_once(read_styles: dict[tuple[object, ...], list[RuleSet]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every app keeps the rules it has read; here hundreds of apps share them, for all start with the same sheets."""
    read = Stylesheet._parse_rules

    def read_once(sheet: Stylesheet, *where: Any, **more: Any) -> list[RuleSet]:
        key = (where, *more.items(), *sheet._variables.items())
        if key not in read_styles:
            read_styles[key] = read(sheet, *where, **more)
        return read_styles[key]

    monkeypatch.setattr(Stylesheet, "_parse_rules", read_once)


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
