"""Every hint in the key bar and every line of the help does something: all of them are pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.reviewing import RoundRequest, begin_round, record_answer
from prepdeck.tui.keys import DEFAULT_ROWS, KeyRow, Place
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.card_list import CardList
from prepdeck.tui.widgets.decks import DeckList
from prepdeck.tui.widgets.matrix import MarkedList
from tests.tui import stage, written
from tests.tui.mocks import with_mocks
from tests.tui.places import DESIGN, PHONE, STAR
from tests.tui.test_planned import aim
from tests.tui.test_stories import break_stories, with_stories

BEFORE: dict[str, tuple[str, tuple[str, ...]]] = {
    "review.accept": ("adam", ("space",)),
    "review.again": ("adam", ("space",)),
    "review.hard": ("adam", ("space",)),
    "review.good": ("adam", ("space",)),
    "review.easy": ("adam", ("space",)),
    **{f"review.pick_{letter}": ("convex", ()) for letter in "abc"},
    "review.field": ("convolution", ("escape",)),
    "review.tick": ("ranking", ("space",)),
    "review.followup": ("ranking", ("space",)),
    "review.next_point": ("ranking", ("space",)),
    "review.previous_point": ("ranking", ("space", "j")),
    "review.source": ("adam", ("space",)),
    "move.right": ("merge", ("space",)),
    "move.left": ("merge", ("space", "right")),
    "move.down": ("adam", ("space", "space")),
    "move.up": ("adam", ("space", "down")),
    "move.page_up": ("adam", ("space", "pagedown")),
    "move.page_down": ("adam", ("space",)),
    "move.top": ("adam", ("space", "pagedown")),
    "move.bottom": ("adam", ("space",)),
}
"""The card, and the keys pressed on it, where an action of the review page shows its effect."""
ON_CODE = {"review.run", "review.submit", "review.editor"}
"""Actions of code cards, which the stage's own deck does not hold."""
# Options d to h need longer cards, and learning from the idle page a second deck: both have tests of their own.
ONLY_ON_LONG_CARDS = {f"review.pick_{letter}" for letter in "defgh"}
FAULTY = "- {id: nearly, kind: bassic, front: q, back: a}\n- {id: again, front: q}\n"
"""Cards with two faults, the first of which can be fixed."""
ZEBRA = "deck: zebra\ncards:\n- {id: one, front: a, back: b}\n"
"""A second deck."""
MOVES = {"move.up", "move.page_up", "move.top"}
UP_AND_DOWN = ("move.down", "move.page_down", "move.bottom", "move.up", "move.page_up", "move.top")
"""Moves that begin at the top or at the bottom."""
DIALOGS = {"app.commands", "app.help"}
"""Actions of every page that open a box."""
ANYWHERE = ("app.theme", "app.copy", *sorted(DIALOGS), "app.quit")
"""Actions of every page, of which only the last leaves it."""


def state(pilot: Pilot[Any]) -> tuple[object, ...]:
    """Return everything a key may change."""
    app: Any = pilot.app
    screen = app.screen
    cards = screen.query(CardPanel)
    decks = screen.query(DeckList)
    lists = [each.marked for kind in (MarkedList, CardList) for each in screen.query(kind)]
    places = (cards.first()._sideways if cards else None, decks.first().marked if decks else None, *lists)
    return (stage.text(pilot), type(screen).__name__, app.theme, app._exit, app.focused, places)


def rows_of(place: Place) -> list[KeyRow]:
    # Marking needs a mock that is over, and further options a card that has them: both have tests of their own.
    missing = (
        ONLY_ON_LONG_CARDS
        | {"mock.mark", "mock.choose_6", "mock.choose_7", "mock.choose_8"}
        | ({"home.learn"} if place is Place.IDLE else set())
    )
    return [row for row in DEFAULT_ROWS if place in row.places and row.id not in missing]


async def to_home(pilot: Pilot[Any], row: KeyRow) -> None:
    if row.id in MOVES:
        await stage.press(pilot, "j")
    if row.id in {"move.left", "move.right"}:
        await stage.press(pilot, "tab", "left")
    if row.id == "app.back":
        await stage.press(pilot, "t")
    if row.id == "home.author":
        await stage.press(pilot, "j")


ON_AUTHOR: dict[str, tuple[str, ...]] = {
    "author.previous": ("n",),
    "review.source": ("space",),
    "move.up": ("j",),
    "move.page_up": ("space", "pagedown"),
    "move.page_down": ("space",),
    "move.top": ("space", "pagedown"),
    "move.bottom": ("space",),
    "move.right": ("n", "n", "n", "n", "n", "n", "space"),
    "move.left": ("n", "n", "n", "n", "n", "n", "space", "right"),
}
"""The keys after which an action of the author's page shows its effect."""


async def to_author(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "j", "a")
    while row.id == "author.fix" and not pilot.app.screen.can(row.id):  # type: ignore[attr-defined]
        await stage.press(pilot, "j")
    if row.id != "author.fix":
        await stage.press(pilot, *"pppppp")
    if row.id.startswith("move."):
        await stage.resize(pilot, (60, 14))
    await stage.press(pilot, *ON_AUTHOR.get(row.id, ()))


async def to_review(pilot: Pilot[Any], row: KeyRow) -> None:
    card, keys = BEFORE.get(row.id, ("double" if row.id in ON_CODE else "adam", ()))
    if row.id == "review.undo":
        card = "attention"
    await stage.start(pilot, card)
    if row.id.startswith("move."):
        await stage.resize(pilot, (60, 14))
        keys = tuple(key for key in keys if key != "space")
        await stage.press(pilot, "space")
    await stage.press(pilot, *keys)


async def to_finished(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "enter", "space", "1" if row.id == "finished.redo" else "3", "q")


async def to_idle(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "enter")


async def to_plan(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "p")
    if row.id.startswith("move."):
        await stage.resize(pilot, (80, 20))
    if row.id in MOVES:
        await stage.press(pilot, "G")


async def to_welcome(pilot: Pilot[Any], row: KeyRow) -> None:
    if row.id in {"welcome.choose", "move.up", "move.left", "move.right"}:
        await stage.press(pilot, "enter")


ON_BROWSE: dict[str, tuple[str, ...]] = {
    "browse.select_range": ("space", "j"),
    "review.undo": ("f",),
    "move.up": ("j",),
    "move.page_up": ("j",),
    "move.top": ("j",),
    "move.right": ("G",),
    "move.left": ("G", "right"),
}
"""The keys after which an action of the browse page shows its effect."""


async def to_browse(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "b", *ON_BROWSE.get(row.id, ()))


async def to_stories(pilot: Pilot[Any], row: KeyRow) -> None:
    if row.id == "stories.problems":
        break_stories(Path(pilot.app.errands.desk.folders.data))  # type: ignore[attr-defined]
    await stage.press(pilot, "S", *(("j",) if row.id in MOVES else ()))


async def to_story(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "S", "e")
    if row.id == "story.save":
        await stage.press(pilot, "x")
    if row.id in {"story.tick", ANYWHERE[0]} or row.id.startswith("move."):
        await stage.press(pilot, "shift+tab")
    if row.id in MOVES:
        await stage.press(pilot, "j")


async def to_settings(pilot: Pilot[Any], row: KeyRow) -> None:
    on_a_choice = ("j",) * 6
    before = {
        **dict.fromkeys(MOVES, ("j",)),
        **dict.fromkeys(("settings.next", "settings.previous"), on_a_choice),
        "settings.default": (*on_a_choice, "right"),
    }
    await stage.press(pilot, "comma", *before.get(row.id, ()))


async def to_stats(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "s")


async def to_setup(pilot: Pilot[Any], row: KeyRow) -> None:
    before = {
        "setup.change": ("tab",),
        "setup.less": ("+",),
        "setup.stopped": (*DESIGN[1:], "enter", "escape", "q", "m"),
    }
    await stage.press(pilot, "m", *before.get(row.id, ()))
    if row.id == "setup.stopped":
        await stage.press(pilot, "escape", "j")


ON_MOCK: dict[str, tuple[str, ...]] = {
    "mock.previous": (*DESIGN, "enter", "f2", "escape"),
    **dict.fromkeys(("mock.sheet", "mock.run", "mock.editor"), (*PHONE, "enter", "f2", "escape")),
    **dict.fromkeys(("mock.part", "mock.story", *(f"mock.choose_{each}" for each in range(1, 6))), (*STAR, "enter")),
}
"""The keys after which an action of a mock shows its effect."""


async def to_mock(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, *ON_MOCK.get(row.id, (*DESIGN, "enter", "escape")))
    if row.id in {"mock.down", "mock.up"}:
        await stage.resize(pilot, (72, 14))
        await stage.press(pilot, *"hhcc", *(("down",) if row.id == "mock.down" else ()))
        if row.id == "mock.down":
            await stage.press(pilot, *("up",) * 9)


ON_ROAD: dict[str, tuple[str, ...]] = {
    "road.tick": ("tab",),
    "road.out": ("l",),
    "road.choose": (*"jjjjj", "l"),
    "review.undo": ("s",),
    **dict.fromkeys(MOVES, ("j",)),
}
"""The keys after which an action of the road shows its effect."""


async def to_road(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "p", "o", *ON_ROAD.get(row.id, ()))


ON_LISTS: dict[str, tuple[str, ...]] = {
    "lists.remove": ("l", "n", *"Acme", "f8"),
    "lists.all": ("space",),
    "review.undo": ("space",),
    **dict.fromkeys(MOVES, ("j",)),
}
"""The keys after which an action of the lists shows its effect."""


async def to_lists(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "p", "w", *ON_LISTS.get(row.id, ()))


ON_READINESS: dict[str, tuple[str, ...]] = {
    "readiness.tick": ("tab", "tab"),
    "review.undo": ("tab", "tab", "space"),
}
"""The keys after which an action of the readiness page shows its effect."""


async def to_readiness(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "p", "r", *ON_READINESS.get(row.id, ()))


async def to_assessment(pilot: Pilot[Any], row: KeyRow) -> None:
    before = {"assess.road": ("1",), "review.undo": ("1",)}
    await stage.press(pilot, "p", "A", *before.get(row.id, ()))


async def to_offer(pilot: Pilot[Any], row: KeyRow) -> None:
    await stage.press(pilot, "p", "O", *(("pagedown",) if row.id in MOVES else ()))
    if row.id in {ANYWHERE[0], "app.leave"}:  # in a field they type
        pilot.app.screen.set_focus(None)


PLACES: dict[Place, tuple[Callable[..., Any], str]] = {
    Place.HOME: (to_home, "weeks"),
    Place.REVIEW: (to_review, "fresh"),
    Place.FINISHED: (to_finished, "fresh"),
    Place.IDLE: (to_idle, "tight"),
    Place.AUTHOR: (to_author, "faulty"),
    Place.BROWSE: (to_browse, "fresh"),
    Place.PLAN: (to_plan, "aim"),
    Place.ROAD: (to_road, "fresh"),
    Place.LISTS: (to_lists, "fresh"),
    Place.READINESS: (to_readiness, "fresh"),
    Place.ASSESSMENT: (to_assessment, "fresh"),
    Place.OFFER: (to_offer, "fresh"),
    Place.WELCOME: (to_welcome, "welcome"),
    Place.SETTINGS: (to_settings, "fresh"),
    Place.STATS: (to_stats, "weeks"),
    Place.MOCK_SETUP: (to_setup, "mocks"),
    Place.MOCK: (to_mock, "mocks"),
    Place.STORIES: (to_stories, "stories"),
    Place.STORY: (to_story, "stories"),
}


def tried_together(place: Place) -> Iterator[tuple[KeyRow, ...]]:
    """Yield the actions of a page; those that leave the page where it was are tried in one start."""
    rows = {row.id: row for row in rows_of(place)}
    for names in (ANYWHERE, () if place is Place.AUTHOR else UP_AND_DOWN):
        if set(names) <= set(rows):
            yield tuple(rows.pop(name) for name in names)
    yield from ((row,) for row in rows.values())


async def to_the_start_of(pilot: Pilot[Any], row: KeyRow) -> None:
    """Go to the end of the list or text from which a move has an effect."""
    start = "move.bottom" if row.id in MOVES else "move.top"
    await stage.press(pilot, next(each.keys[0] for each in DEFAULT_ROWS if each.id == start))


@pytest.mark.parametrize(
    ("place", "rows"),
    [
        pytest.param(place, rows, id=f"{place.name}-{rows[0].id}")
        for place in PLACES
        for rows in tried_together(place)
        if rows
    ],
)
def test_the_key_does_something(home: Path, place: Place, rows: tuple[KeyRow, ...]) -> None:
    go, history = PLACES[place]
    if history == "weeks":
        stage.practise(9)
    if history == "tight":
        stage.settings(home, "new_a_day = 1\n")
        with_one_answer()
    if history == "faulty":
        deck = home / "decks" / "small.yaml"
        deck.write_text(deck.read_text("utf-8") + FAULTY, encoding="utf-8")
    if history == "aim":
        aim(40)
    if history == "stories":
        with_stories()
    if history == "mocks":
        with_mocks(home)
        with_stories()
    if history == "welcome":
        (home / "welcome").unlink()
    if rows[0].id == "stats.deck":
        (home / "decks" / "zebra.yaml").write_text(ZEBRA, encoding="utf-8")
    if rows[0].id in ON_CODE:
        (home / "decks" / "small.yaml").write_text(written.DECK, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, rows[0])
        for row in rows:
            assert isinstance(pilot.app.screen, FramedScreen)
            assert pilot.app.screen.PLACE is place
            if len(rows) > 1 and row.id in UP_AND_DOWN:
                await to_the_start_of(pilot, row)
            before = state(pilot)
            await pilot.press(row.keys[0])
            if not pilot.app._exit:
                await stage.settle(pilot)
            assert state(pilot) != before, row.id
            if row.id in DIALOGS:
                await stage.press(pilot, "escape")

    stage.run(play, size=(80, 24))


@pytest.mark.parametrize(("key", "started"), [("f2", "review.run"), ("f8", "review.submit"), ("f4", "review.hint")])
def test_keys_that_type_nothing_start_the_same_actions_in_the_field(home: Path, key: str, started: str) -> None:
    (home / "decks" / "small.yaml").write_text(written.DECK, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "tab")
        assert any(hint.target == started for hint in stage.review_of(pilot).hints())
        before = state(pilot)
        await stage.press(pilot, key)
        assert state(pilot) != before

    stage.run(play)


def test_the_hints_of_the_field_type_nothing(home: Path) -> None:
    (home / "decks" / "small.yaml").write_text(written.DECK, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", "tab")
        assert all(len(hint.keys) > 1 for hint in stage.review_of(pilot).hints())

    stage.run(play)


def with_one_answer() -> None:
    with open_desk(Options()) as desk:
        card = begin_round(desk, RoundRequest()).current
        assert card is not None
        record_answer(desk, card, 4)


def test_the_idle_page_of_one_deck_learns_what_is_new_in_another(home: Path) -> None:
    (home / "decks" / "zebra.yaml").write_text(ZEBRA, encoding="utf-8")
    with open_desk(Options()) as desk:
        for card in desk.library.cards:
            if card.id.deck == "learning":
                record_answer(desk, card.id, 4)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "j", "enter", "l")
        assert str(stage.review_of(pilot).now().card.id) == "zebra/one"

    stage.run(play)


def test_letters_up_to_h_pick_the_options_of_a_long_card(home: Path) -> None:
    options = "".join(f"  - {{text: option {number}, correct: {str(number < 7).lower()}}}\n" for number in range(8))
    deck = f"deck: learning\ncards:\n- id: long\n  kind: choice\n  front: Which?\n  hints: [x]\n  options:\n{options}"
    (home / "decks" / "small.yaml").write_text(deck, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter", *"abcdefgh")
        assert stage.review_of(pilot).now().picked == set(range(8))
        await stage.press(pilot, "H")
        assert stage.review_of(pilot).now().hints_shown == 1

    stage.run(play)


def test_every_hint_of_the_key_bar_can_be_clicked(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        bar = stage.rows(pilot)[-1]
        for words, expected in (("Info", "This card"), ("Help", "Keys on this screen"), ("Commands", "type a few")):
            await pilot.click("#key-bar", offset=(bar.index(words), 0))
            await stage.settle(pilot)
            assert expected in stage.text(pilot)
            await stage.press(pilot, "escape")
        await pilot.click("#key-bar", offset=(bar.index("Reveal"), 0))
        await stage.settle(pilot)
        assert stage.review_of(pilot).now().is_revealed

    stage.run(play, size=stage.WIDE)


def test_a_key_pressed_twice_in_a_hurry_begins_one_round(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        assert pilot.app.screen.query_one(DeckList)
        await pilot.press("enter", "enter", "enter")
        await stage.settle(pilot)
        assert len([screen for screen in pilot.app.screen_stack if type(screen).__name__ == "ReviewScreen"]) == 1

    stage.run(play)
