"""Promises 18 and 50: hostile words in every place a page takes words from, on every page, in two sizes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from prepdeck.cards.ids import CardId
from prepdeck.study.desk import open_desk
from prepdeck.study.handling import note
from prepdeck.study.reviewing import record_answer
from prepdeck.study.stories import add_story
from prepdeck.tui.screens.finished import FinishedScreen
from prepdeck.tui.screens.stats import ORDER
from tests.tui import stage
from tests.tui.places import Way
from tests.tui.test_planned import aim
from tests.tui.test_text_safety import OBEYED, deck_of

BRACKETS = "[b]x[/b] [/abc] a[i] = b[j]"
"""What is shown as it is written."""
CODES = "\x1b[31mred\x1b[0m \x1b]0;own\x07 \u202eback\u202c a\tb 漢字 😀 👩\u200d🔬 e\u0301"
"""What a terminal obeys, what turns text around, and what is two cells wide or none."""
HOSTILE = f"{BRACKETS} {CODES}"
"""Both."""
ENDLESS = (f"{BRACKETS} " + "long[/i]漢😀" * 2_000)[:20_000]
"""The longest text a deck may hold, in one line."""
TOO_LONG = ENDLESS * 6
"""A line of more than 100 kB, which `lint` and the deck's author are shown."""
FIRST = "aa-endless"
"""The deck whose cards are asked first."""


def yaml_of(words: str) -> str:
    """Return YAML made as JSON with its pairs of surrogates as single letters, which is what YAML calls for."""
    return re.sub(r"(\\ud[89ab]..\\ud[c-f]..)", lambda pair: str(json.loads(f'"{pair[1]}"')), words)


KINDS = {"basic", "cloze", "choice", "design", "star", "story", "numeric"}
"""The kinds the deck holds; a code card with such words stands in test_text_safety."""


def hostile_home(home: Path) -> None:
    """Put the words into decks, cards, a story, a note, a company and some weeks of reviews."""
    decks = home / "decks"
    (decks / "small.yaml").write_text(yaml_of(deck_of(HOSTILE)), encoding="utf-8")
    endless = {"deck": FIRST, "title": HOSTILE, "cards": [{"id": "one", "front": ENDLESS, "back": ENDLESS}]}
    (decks / "endless.yaml").write_text(yaml_of(json.dumps(endless)), encoding="utf-8")
    (decks / "broken.yaml").write_text(
        f"deck: broken\ncards: [{{id: '[b]x[/b]', front: '{TOO_LONG}'}}]\n", encoding="utf-8"
    )
    with open_desk() as desk:
        parts = dict.fromkeys(("situation", "task", "action", "result", "reflection", "metric"), HOSTILE)
        add_story(desk, {"title": HOSTILE, **parts, "competencies": ("conflict",)})
        note(desk, "learning/basic", HOSTILE)
    aim(30, HOSTILE[:50])
    stage.practise(6)


def hostile_place(home: Path) -> None:
    """Break the database, so that the first page is an error that names a place with brackets."""
    (home / "prepdeck.db").write_bytes(b"no database at all" * 100)


def nothing_new(home: Path) -> None:
    """Allow no new card, so that a round of new ones is over before it begins."""
    stage.settings(home, "new_a_day = 0\n")


PAGES: dict[str, tuple[Way, bool]] = {
    "home": (Way(), True),
    "browse": (Way(("b",)), True),
    "browse preview": (Way(("b", "enter")), True),
    "search": (Way(("b", "slash"), types="[/abc]"), True),
    "plan": (Way(("p",)), True),
    "stories": (Way(("S",)), True),
    "story": (Way(("S", "e")), True),
    "stats": (Way(("s",)), False),
    "stats zoom": (Way(("s", "z")), False),
    "settings": (Way(("comma",)), False),
    "help": (Way(("question_mark",)), False),
    "palette": (Way(("ctrl+p",)), False),
    "date": (Way(("D",)), False),
    "author": (Way(("j", "a")), True),
    "info": (Way(("enter", "i")), True),
    "note": (Way(("enter", "n")), False),
    "fault": (Way(make=hostile_place), False),
    "idle": (Way(("l",), make=nothing_new), False),
}
"""The pages with the way to each, and whether words of decks, stories or interviews stand on it."""


def assert_harmless(pilot: Pilot[Any]) -> None:
    """Check that nothing on the screen is obeyed by a terminal, and that no line is wider than it."""
    width, height = pilot.app.size
    strips = pilot.app.screen._compositor.render_strips()
    assert len(strips) == height
    for strip in strips:
        assert not OBEYED.search(strip.text.replace("\u200d", "")), strip.text
        assert cell_len(strip.text) == strip.cell_length <= width, strip.text


def unboxed(pilot: Pilot[Any]) -> str:
    return re.sub(r"[\s│╭╮╰╯─┃▌▐█]", "", stage.text(pilot))


@pytest.mark.promise(18)
@pytest.mark.parametrize("size", [stage.NORMAL, stage.NARROW])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_shows_hostile_words_as_text(home: Path, name: str, size: tuple[int, int]) -> None:
    way, has_words = PAGES[name]
    hostile_home(home)
    way.make(home)

    async def play(pilot: Pilot[Any]) -> None:
        assert_harmless(pilot)
        await way.go(pilot)
        assert pilot.app.crash is None
        assert_harmless(pilot)
        if has_words:
            assert "[b]" in unboxed(pilot), stage.text(pilot)
        for key in ("j", "down", "end", "pagedown"):
            if not way.types:
                await stage.press(pilot, key)
                assert_harmless(pilot)

    assert stage.run(play, size=size).crash is None


@pytest.mark.promise(18)
@pytest.mark.parametrize("size", [stage.NORMAL, stage.NARROW])
def test_every_chart_shows_hostile_words_as_text(home: Path, size: tuple[int, int]) -> None:
    hostile_home(home)
    with open_desk() as desk:
        for card in ("learning/basic", "learning/numeric", f"{FIRST}/one"):
            record_answer(desk, CardId.parse(card), 1)
    titles, with_words = set(), set()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "s", "z")
        for _deck in range(4):
            await stage.press(pilot, "d")
            titles.add(stage.rows(pilot)[0].split()[1])
            for _chart in ORDER:
                assert_harmless(pilot)
                if "[b]" in "".join(stage.rows(pilot)[1:]):
                    with_words.add(pilot.app.focused and pilot.app.focused.id)
                await stage.press(pilot, "tab")

    stage.run(play, size=size)
    assert "[b]x[/b]" in titles
    assert with_words == {"hardest"}


@pytest.mark.promise(18)
@pytest.mark.parametrize("size", [stage.NORMAL, stage.NARROW])
def test_every_kind_of_card_asks_hostile_words_as_text(home: Path, size: tuple[int, int]) -> None:
    hostile_home(home)
    kinds = set()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "c")
        for _ in range(60):
            if isinstance(pilot.app.screen, FinishedScreen) or kinds == KINDS:
                break
            screen = stage.review_of(pilot)
            kinds.add(screen.now().card.kind)
            assert_harmless(pilot)
            assert "[b]" in unboxed(pilot)
            await stage.grade(pilot, "3")
            assert_harmless(pilot)
        while not isinstance(pilot.app.screen, FinishedScreen):  # the first escape may only leave a field
            await stage.press(pilot, "escape")
        assert isinstance(pilot.app.screen, FinishedScreen)
        assert_harmless(pilot)

    stage.run(play, size=size)
    assert kinds == KINDS
