"""The author's page: it follows one file, shows its problems, and shows each card as review does."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.card import Body, Card
from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.writing import write_deck
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.previewing import preview_file
from prepdeck.study.reviewing import record_answer
from prepdeck.tui.app import PrepdeckApp
from prepdeck.tui.screens.author import AuthorScreen
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.problems import Excerpt, ProblemList
from tests.builders import make_card, make_choice, make_cloze, make_numeric
from tests.kinds import make_code, make_design, make_star, make_story
from tests.tui import stage

BODIES: dict[str, Body] = {
    "basic": replace(make_card().body, points=("a point [x]", "another")),  # type: ignore[type-var]
    "cloze": make_cloze(),
    "choice": make_choice(),
    "numeric": make_numeric(),
    "code": make_code(),
    "design": make_design(),
    "star": make_star(),
    "story": make_story(),
}
LONG = "- [x] a[i] [/b] `code[0]` and words that go on until the line of a card of eighty columns has to be broken\n"


def deck_of_all_kinds() -> str:
    cards = tuple(
        Card(id=CardId("kinds", kind), body=body, why=LONG.strip("- \n"), seconds=60) for kind, body in BODIES.items()
    )
    return write_deck(Deck(id="kinds", title="Kinds", cards=cards))


def run(play: stage.Play, path: Path, *, size: tuple[int, int] = stage.NORMAL, **flags: Any) -> PrepdeckApp:
    """Start the preview of a file, let `play` press keys, and return the app as it was at the end."""
    app = PrepdeckApp(Options(), start=preview_file(path, Options()), **flags)

    async def perform() -> None:
        async with app.run_test(size=size) as pilot:
            await stage.settle(pilot)
            await play(pilot)

    asyncio.run(perform())
    return app


def author_of(pilot: Pilot[Any]) -> AuthorScreen:
    screen = pilot.app.screen
    assert isinstance(screen, AuthorScreen)
    return screen


def card_rows(pilot: Pilot[Any]) -> list[str]:
    return [row.text for row in pilot.app.screen.query_one(CardPanel).page.rows]


def save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def remove(path: Path) -> None:
    path.unlink()


def replace_file(path: Path, text: str) -> None:
    """Write a file the way careful editors do."""
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait until something followed from the file."""
    async with asyncio.timeout(20):
        while not holds():
            await pilot.pause(0.05)
    await stage.settle(pilot)


def collect_review(size: tuple[int, int]) -> dict[str, list[list[str]]]:
    """Return the rows of each card as a real round shows them, at every step from its front to its back."""
    seen: dict[str, list[list[str]]] = {}

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        while len(seen) < len(BODIES):
            screen = stage.review_of(pilot)
            card = screen.now().card.id
            steps = [card_rows(pilot)]
            if screen.is_typing:
                await stage.press(pilot, "escape")
            while not screen.now().is_revealed:
                await stage.press(pilot, "space")
                steps.append(card_rows(pilot))
            while screen.can("review.followup"):
                await stage.press(pilot, "o")
                steps.append(card_rows(pilot))
            if card.deck == "kinds":
                seen[card.card] = steps
            await stage.press(pilot, "4")

    stage.run(play, size=size, open_desk=stage.HandClock().open_desk)  # the clock of a spoken answer stands at 0:00
    return seen


def collect_preview(path: Path, size: tuple[int, int], columns: int) -> dict[str, list[list[str]]]:
    seen: dict[str, list[list[str]]] = {}

    async def play(pilot: Pilot[Any]) -> None:
        screen = author_of(pilot)
        if screen.columns != columns:
            await stage.press(pilot, "w")
        await stage.press(pilot, *["p"] * len(BODIES))  # it opens with the card of the first problem
        for kind in BODIES:
            assert screen.asking is not None
            assert screen.asking.card.id.card == kind
            steps = [card_rows(pilot)]
            while not screen.asking.is_revealed or screen.asking.followups_left:
                await stage.press(pilot, "space")
                steps.append(card_rows(pilot))
            seen[kind] = steps
            await stage.press(pilot, "n")

    run(play, path, size=size)
    return seen


@pytest.mark.parametrize(
    ("columns", "review", "window"),
    [(80, (80, 24), (80, 24)), (80, (80, 24), (120, 36)), (40, (40, 20), (80, 24)), (40, (40, 20), (40, 20))],
)
def test_each_kind_is_shown_as_review_shows_it(
    home: Path, columns: int, review: tuple[int, int], window: tuple[int, int]
) -> None:
    with open_desk(Options()) as desk:  # not the first round ever, which explains itself on the card
        record_answer(desk, next(iter(desk.library.cards)).id, 4)
    path = home / "decks" / "kinds.yaml"
    path.write_text(deck_of_all_kinds(), encoding="utf-8")
    stage.settings(home, "new_a_day = 100\nminutes_a_day = 600\n")
    asked = collect_review(review)
    shown = collect_preview(path, window, columns)
    for kind in BODIES:
        assert len(shown[kind]) > 1
        assert shown[kind] == asked[kind], kind


SMALL = """\
deck: small
cards:
- id: one
  front: first front
  back: first back
- id: two
  front: second front
  back: second back
"""


@pytest.fixture
def small(home: Path, tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_an_edit_shows_while_card_and_side_stay(small: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "n", "space")
        save(small, SMALL.replace("second back", "another back"))
        await until(pilot, lambda: "another back" in stage.text(pilot))
        asking = author_of(pilot).asking
        assert asking is not None
        assert (asking.card.id.card, asking.is_revealed) == ("two", True)

    run(play, small)


def test_a_card_that_breaks_stays_as_it_was_with_a_word_about_it(small: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "n")
        save(small, SMALL.replace("  back: second back", "  bakc: second back"))
        await until(pilot, lambda: "E022" in stage.text(pilot))
        assert "second front" in stage.text(pilot)
        assert "as it was, faulty now" in stage.text(pilot)
        save(small, SMALL.replace("second front", "mended front"))
        await until(pilot, lambda: "mended front" in stage.text(pilot))

    run(play, small, size=stage.WIDE)


def test_a_file_that_is_gone_is_told_and_followed_when_it_comes_back(small: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        remove(small)
        await until(pilot, lambda: "is gone" in stage.text(pilot))
        assert "first front" in stage.text(pilot)
        replace_file(small, SMALL.replace("first front", "new front"))
        await until(pilot, lambda: "new front" in stage.text(pilot) and "is gone" not in stage.text(pilot))

    run(play, small)


def test_a_file_that_never_held_a_good_card_says_so(small: Path) -> None:
    small.write_text("deck: small\ncards:\n- id: one\n  frnt: x\n", encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        assert "one cannot be shown until its" in stage.text(pilot)
        await stage.press(pilot, "space", "n", "p", "w")
        save(small, SMALL)
        await until(pilot, lambda: "first front" in stage.text(pilot))

    run(play, small)


def test_marking_a_problem_shows_its_line_and_turns_to_its_card(small: Path) -> None:
    small.write_text(SMALL + "- id: three\n  front: List the parts of it.\n  back: x\n- id: four\n  kind: desing\n")

    async def play(pilot: Pilot[Any]) -> None:
        screen = author_of(pilot)
        listed = screen.query_one(ProblemList)
        assert [problem.code for problem in screen.preview.problems] == ["W204", "E012"]
        assert listed.problem is not None
        await stage.press(pilot, "j", "k")
        assert screen.asking is not None
        assert screen.asking.card.id.card == "three"
        assert "^^^" in stage.text(pilot)
        await stage.press(pilot, "j")
        assert 'unknown card kind "desing"' in stage.text(pilot)
        assert "F fixes it" in str(screen.query_one(Excerpt).border_subtitle)

    run(play, small, size=stage.WIDE)


def test_the_carets_stand_under_wide_characters_and_tabs(small: Path) -> None:
    small.write_text('deck: small\ncards:\n- {id: a, front: "日本\t語", back: b, levle: 2}\n', encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        lines = stage.rows(pilot)
        at = next(number for number, line in enumerate(lines) if "^^^^^" in line)
        above = lines[at - 1]
        cells = lines[at].index("^^^^^")
        # 日本語 take two cells each, so a string index falls behind the cell by one for each of the three.
        assert above[cells - 3 : cells + 2] == "levle"

    run(play, small, size=(200, 40))


def test_f_makes_the_one_fix_and_the_file_follows(small: Path) -> None:
    small.write_text(SMALL.replace("  back: second", "  bakc: second"), encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "F")
        await until(pilot, lambda: not author_of(pilot).preview.problems)

    run(play, small)
    assert small.read_text(encoding="utf-8") == SMALL


def test_the_editor_opens_at_the_problem_or_at_the_card(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, ...]] = []
    monkeypatch.setenv("EDITOR", "vim -n")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("prepdeck.tui.screens.editor.wait_for_editor", lambda command, _: opened.append(tuple(command)))

    class Suspension:
        def __enter__(self) -> None:
            pass

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(PrepdeckApp, "suspend", lambda _: Suspension())

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "n", "enter")
        save(small, SMALL.replace("  back: first", "  bakc: first"))
        await until(pilot, lambda: bool(author_of(pilot).preview.problems))
        await stage.press(pilot, "enter")

    run(play, small)
    assert opened == [("vim", "-n", "+6", str(small)), ("vim", "-n", "+5", str(small))]


def test_without_a_terminal_of_its_own_the_place_is_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "vim")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        assert f"{small.name}:3" in "".join(line.strip() for line in stage.rows(pilot))

    run(play, small, size=stage.WIDE)


def test_the_preview_opens_no_database(small: Path, home: Path) -> None:
    database = home / "prepdeck.db"
    database.write_bytes(b"not a database")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "space", "n", "t", "q")

    assert run(play, small).return_code == 0
    assert database.read_bytes() == b"not a database"


def test_the_author_page_of_home_goes_back_home(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "j", "a")
        assert author_of(pilot).preview.path == home / "decks" / "small.yaml"
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)


@pytest.mark.parametrize("size", stage.SIZES)
@pytest.mark.parametrize("flags", [{}, {"ascii_only": True}, {"color": False}])
def test_foreign_text_is_shown_as_written_at_every_size(
    small: Path, size: tuple[int, int], flags: dict[str, Any]
) -> None:
    odd = "\u6f22 [/b] a[i] [@click=app.bell]x"
    small.write_text(f"deck: small\ncards:\n- id: one\n  front: '{odd}'\n  back: y\n- id: '{odd}'\n", encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        assert "[/b] a[i]" in stage.text(pilot)
        if flags.get("ascii_only"):
            assert stage.text(pilot).replace("\u6f22", "").isascii()
        for width, height in ((200, 60), (40, 12), (39, 11), size):
            await stage.resize(pilot, (width, height))

    run(play, small, size=size, **flags)


def test_many_problems_scroll(small: Path) -> None:
    small.write_text("deck: small\ncards:\n" + "".join(f"- id: c{number}\n" for number in range(300)), encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        screen = author_of(pilot)
        assert len(screen.preview.problems) == 600
        for _ in range(20):
            await pilot.press("j")
        await stage.settle(pilot)
        marked = screen.query_one(ProblemList).problem
        assert marked is not None
        assert f"{marked.line}:{marked.column}" in stage.text(pilot)

    run(play, small)


def test_a_click_marks_a_problem(small: Path) -> None:
    small.write_text(SMALL + "- id: three\n- id: four\n", encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        listed = author_of(pilot).query_one(ProblemList)
        await pilot.click(ProblemList, offset=(5, 3))
        await stage.settle(pilot)
        assert listed.marked > 0

    run(play, small, size=stage.WIDE)


def test_the_page_looks_as_kept(small: Path) -> None:
    small.write_text(SMALL + "- id: three\n  kind: desing\n", encoding="utf-8")
    os.utime(small, (1, 1))

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "space")
        stage.check_golden(pilot, "author")

    for size in stage.SIZES:
        run(play, small, size=size)
