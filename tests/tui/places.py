"""Every page and dialog of the interface, and the way to it from a throw-away home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.reviewing import begin_round, record_answer
from tests.tui import stage, written
from tests.tui.mocks import with_mocks
from tests.tui.test_planned import aim
from tests.tui.test_stories import with_stories

ZEBRA = "deck: zebra\ncards:\n- {id: one, front: a, back: b}\n"
"""A second deck."""


def nothing(home: Path) -> None:
    """Leave the home as it is."""


def some_weeks(home: Path) -> None:
    stage.practise(9)


def an_interview(home: Path) -> None:
    aim(40)


def nothing_left(home: Path) -> None:
    """Answer the one new card the day allows, so that nothing is due."""
    stage.settings(home, "new_a_day = 1\n")
    with open_desk(Options()) as desk:
        card = begin_round(desk).current
        assert card is not None
        record_answer(desk, card, 4)


def a_first_start(home: Path) -> None:
    (home / "welcome").unlink()


def a_story(home: Path) -> None:
    with_stories()


def code_cards(home: Path) -> None:
    (home / "decks" / "small.yaml").write_text(written.DECK, encoding="utf-8")


def an_interrupted_mock(home: Path) -> None:
    from prepdeck.study.mock_begin import begin_mock

    with_mocks(home)
    with open_desk(Options()) as desk:
        begin_mock(desk, "ml-design-45")


def a_broken_database(home: Path) -> None:
    (home / "prepdeck.db").write_bytes(b"no database at all" * 100)


DESIGN = ("m", "slash", *"ml-design-45", "enter")
"""The way to a design mock, short of the key that starts its clock."""
PHONE = ("m", "slash", *"phone", "enter")
"""The same for two coding problems."""
STAR = ("m", "slash", *"drill", "enter")
"""The same for four stories."""


@dataclass(frozen=True)
class Way:
    """How to get to a page."""

    keys: tuple[str, ...] = ()
    card: str = ""
    """The card to be asked first, if the way goes through a round."""
    make: Callable[[Path], None] = nothing
    """What the home must hold."""
    types: str = ""
    """What is typed into its field, if it has one."""

    async def go(self, pilot: Pilot[Any]) -> None:
        """Walk from the first page to this one, and type."""
        if self.card:
            await stage.start(pilot, self.card)
        await stage.press(pilot, *self.keys)
        for letter in self.types:
            await pilot.press(letter)
        await stage.settle(pilot)


MARKED = (*DESIGN, "enter", "f8", "y", "3")
"""The way to the marks of a design mock."""
SAT = (*MARKED, *"33332333", "enter", "enter", "enter", "q")
"""The way through a design mock, from the home page back to it."""
PORTFOLIO = ("p", "o", "tab", *"jjjjjjjj", "l")
"""The way to the step of the road that has points to tick off."""

WAYS = {
    "home": Way(make=some_weeks),
    "first day": Way(),
    "front": Way(card="adam"),
    "back": Way(("space",), "adam"),
    "cloze front": Way(card="attention"),
    "choice front": Way(("a",), "convex"),
    "choice back": Way(("a", "enter"), "convex"),
    "numeric front": Way((), "convolution", types="73"),
    "numeric back": Way(("7", "3", "enter"), "convolution"),
    "points back": Way(("space", "x"), "ranking"),
    "code back": Way(("space",), "merge"),
    "writing": Way(("enter", "tab"), make=code_cards, types="pass"),
    "finished": Way(("enter", "space", "3", "q")),
    "author": Way(("j", "a")),
    "browse": Way(("b",), make=some_weeks),
    "search": Way(("b", "slash"), types="adam"),
    "plan": Way(("p",), make=an_interview),
    "plan without a date": Way(("p",)),
    "welcome": Way(make=a_first_start),
    "welcome decks": Way(("enter", "enter"), make=a_first_start),
    "stories": Way(("S",), make=a_story),
    "no stories": Way(("S",)),
    "story": Way(("S", "e"), make=a_story, types="xyz"),
    "new story": Way(("S", "n"), types="late"),
    "stats": Way(("s",), make=some_weeks),
    "stats zoom": Way(("s", "z"), make=some_weeks),
    "settings": Way(("comma",)),
    "settings field": Way(("comma", "enter")),
    "fault": Way(make=a_broken_database),
    "help": Way(("question_mark",)),
    "palette": Way(("ctrl+p",), types="the"),
    "date": Way(("D",), types="2027"),
    "info": Way(("i",), "adam"),
    "note": Way(("n",), "adam", types="mine"),
    "mock setup": Way(("m",), make=with_mocks),
    "mock options": Way(("m", "tab"), make=with_mocks),
    "mock search": Way(("m", "slash"), make=with_mocks, types="design"),
    "mock interrupted": Way(("m",), make=an_interrupted_mock),
    "mock notes": Way((*DESIGN, "enter"), make=with_mocks, types="goal"),
    "mock commands": Way((*DESIGN, "enter", "escape", "h", "c", "o"), make=with_mocks),
    "mock prompt": Way((*DESIGN, "enter", "f4"), make=with_mocks),
    "mock finish": Way((*DESIGN, "enter", "f8"), make=with_mocks),
    "mock code": Way((*PHONE, "enter", "f2"), make=with_mocks, types="pass"),
    "mock predict": Way((*DESIGN, "enter", "f8", "y"), make=with_mocks),
    "mock mark": Way((*MARKED, "j", "2"), make=with_mocks),
    "mock evidence": Way((*MARKED, "c"), make=with_mocks, types="numbers"),
    "mock debrief": Way((*MARKED, *"33332333", "enter", "enter"), make=with_mocks),
    "mock questions": Way((*MARKED, *"33332333", "enter", "enter", "tab"), make=with_mocks),
    "mock history": Way((*SAT, *SAT, "m", "H"), make=with_mocks),
    "mock story": Way((*STAR, "enter", "space"), make=with_mocks),
    "idle": Way(("enter",), make=nothing_left),
    "road": Way(("p", "o")),
    "road details": Way(PORTFOLIO),
    "road link": Way((*PORTFOLIO, "enter"), types="https"),
    "readiness": Way(("p", "r"), make=an_interview),
    "assessment": Way(("p", "A")),
    "offer": Way(("p", "O"), types="150k"),
}
"""By name."""
