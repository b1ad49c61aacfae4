"""The readiness page: pillars part by part, topics beside the target, papers that are ticked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.interview.gates import PillarMock
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.readiness import PillarPart, Readiness, TopicPart, readiness
from prepdeck.study.road_deeds import mark_done
from prepdeck.tui.glyphs import ASCII, UNICODE
from prepdeck.tui.screens import readiness_words
from prepdeck.tui.screens.browse import BrowseScreen
from prepdeck.tui.screens.mock_setup import MockSetupScreen
from prepdeck.tui.screens.readiness import PAPERS, PILLARS, TOPICS, ReadinessScreen
from prepdeck.tui.screens.road import RoadScreen
from prepdeck.tui.widgets.entries import EntryList
from tests.tui import stage
from tests.tui.test_planned import add_tracks, aim, data_of

HOSTILE = """\
deck: hostile
title: "[x] a[i] = [/b]"
track: algorithms
topics: {odd: "b[j] [/abc] [red]"}
cards:
- {id: one, topic: odd, front: q, back: a}
"""
MOCK = PillarMock("design-1", "Design", date(2026, 11, 20), Fraction(16, 5), is_unseen=True, lowest=2, bar=3)


def busy(home: Path) -> None:
    add_tracks(home)
    stage.practise(9)
    aim(18, "Initech")
    with open_desk(Options()) as desk:
        mark_done(desk, "case-studies", "https://example.org/one")
        mark_done(desk, "resume-page")


async def go(pilot: Pilot[Any], *keys: str) -> None:
    await stage.press(pilot, "p", "r", *keys)
    assert isinstance(pilot.app.screen, ReadinessScreen)


def pane(pilot: Pilot[Any], name: str) -> EntryList:
    found: EntryList = pilot.app.screen.query_one(f"#{name}", EntryList)
    return found


async def mark(pilot: Pilot[Any], name: str) -> None:
    focused = pilot.app.focused
    assert isinstance(focused, EntryList)
    await stage.press(pilot, "g")
    while focused.name_marked != name:
        before = focused.marked
        await stage.press(pilot, "j")
        assert focused.marked != before, f"no row {name}"


def percents(rounded: float) -> set[str]:
    """Return the percents that a number of four decimals may have been before it was rounded to them."""
    return {f"{rounded + off:.0%}" for off in (-0.00005, 0.00005)}


@pytest.mark.parametrize("size", stage.SIZES)
def test_pillars_topics_and_papers(home: Path, size: tuple[int, int]) -> None:
    busy(home)

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        stage.check_golden(pilot, "readiness")
        await stage.press(pilot, "tab")
        stage.check_golden(pilot, "readiness-topics")
        await stage.press(pilot, "tab", "j")
        stage.check_golden(pilot, "readiness-papers")

    stage.run(play, size=size)


@pytest.mark.parametrize("has_date", [True, False])
def test_the_numbers_are_those_of_the_command_line(home: Path, has_date: bool) -> None:
    add_tracks(home)
    stage.practise(9)
    if has_date:
        aim(18)
    told = data_of("ready", "--json")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        pillars = pane(pilot, PILLARS)
        for part in told["pillars"]:
            await mark(pilot, part["pillar"])
            shown = " ".join(" ".join(line.text for line in pillars.rows()).split())
            name = readiness_words.pillar_name(part["pillar"])
            assert f"{name} " in shown
            assert any(
                f"{part['seen']} of {part['cards']} cards seen; {each} recall" in shown
                for each in percents(part["recall"])
            )
            assert f"{part['passed_in_a_row']} of 3 in a row" in shown
            if has_date:
                assert any(f"{each} if the plan is kept" in shown for each in percents(part["planned"]))
        await stage.press(pilot, "tab")
        topics = pane(pilot, TOPICS)
        assert topics.count == len(told["topics"])
        for number, part in enumerate(told["topics"]):
            topics.mark(number)
            shown = " ".join(" ".join(line.text for line in topics.draw(60, 0)).split())
            assert f"{part['seen']}/{part['cards']}" in shown
            when = "on the day" if has_date else "today"
            assert any(f"{each} recall {when}" in shown for each in percents(part["recall"]))
            weakest = [card.rpartition("/")[2] for card in part["weakest"]]
            wanted = f"weakest {' '.join(weakest)}" if weakest else "No card of it was answered yet."
            assert wanted in shown

    stage.run(play, size=stage.WIDE)


def test_the_title_names_the_interview_and_the_days_left(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        assert stage.rows(pilot)[0].endswith("as of today")
        aim(18, "Initech")
        await stage.press(pilot, "q")
        await go(pilot)
        assert "Initech, Thu 10 Dec" in stage.rows(pilot)[0]
        assert stage.rows(pilot)[0].endswith("18 days left")

    stage.run(play)


def test_enter_opens_the_cards_of_a_topic(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "tab", "j")
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, BrowseScreen)
        assert "deck:learning topic:metrics" in stage.text(pilot)
        assert "4" in stage.rows(pilot)[0]

    stage.run(play)


@pytest.mark.parametrize(
    ("keys", "page"), [(("j",), MockSetupScreen), (("tab",), BrowseScreen), (("tab", "tab", "j"), RoadScreen)]
)
def test_enter_opens_what_the_row_is_about(home: Path, keys: tuple[str, ...], page: type[Any]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, *keys)
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, page)

    stage.run(play)


def test_space_ticks_a_paper_the_mark_stays_and_undo_takes_it_back(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "tab", "tab")
        await mark(pilot, "resume-numbers")
        papers = pane(pilot, PAPERS)
        assert papers.border_subtitle == "0 of 14 done"
        await stage.press(pilot, "space")
        assert papers.name_marked == "resume-numbers"
        assert papers.border_subtitle == "1 of 14 done"
        assert "[x] Each line of experience" in stage.text(pilot)
        await stage.press(pilot, "u")
        assert papers.border_subtitle == "0 of 14 done"
        await stage.press(pilot, "space", "space")
        assert papers.border_subtitle == "0 of 14 done"
        assert "[ ] Each line of experience" in stage.text(pilot)

    stage.run(play)


def test_a_home_without_cards_says_why_it_is_empty(home: Path) -> None:
    (home / "decks" / "small.yaml").write_text("deck: learning\ncards: []\n", encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        words = " ".join(stage.text(pilot).split())
        assert "No card is in the daily queue" in words
        assert words.count("no mock yet") == 4
        assert "none is in the daily queue" in words

    stage.run(play, size=stage.WIDE)


def test_words_of_decks_appear_as_they_are(home: Path) -> None:
    (home / "decks" / "hostile.yaml").write_text(HOSTILE, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "tab")
        await mark(pilot, "deck:hostile topic:odd ")
        assert "[x] a[i] = [/b]" in stage.text(pilot)
        assert "b[j] [/abc] [red]" in stage.text(pilot)
        await stage.press(pilot, "enter")
        assert "deck:hostile topic:odd" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)


def test_rows_are_clicked_and_a_second_click_opens(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        async def click(words: str) -> None:
            rows = [line.text for line in pane(pilot, TOPICS).rows()]
            at = next(number for number, line in enumerate(rows) if words in line)
            await pilot.click("#topics", offset=(10, at + 1))
            await stage.settle(pilot)

        await go(pilot)
        await click("Metrics")
        assert pilot.app.focused is pane(pilot, TOPICS)
        assert pane(pilot, TOPICS).name_marked == "deck:learning topic:metrics "
        await click("Metrics")
        assert isinstance(pilot.app.screen, BrowseScreen)

    stage.run(play, size=stage.WIDE)


def test_a_window_that_was_too_small_gives_the_focus_back(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "tab", "j")
        marked = pane(pilot, TOPICS).name_marked
        for size in ((30, 10), (40, 12), (200, 60), (39, 12), (40, 12)):
            await stage.resize(pilot, size)
        assert pilot.app.focused is pane(pilot, TOPICS)
        assert pane(pilot, TOPICS).name_marked == marked
        assert any("Metrics" in line for line in stage.rows(pilot))

    stage.run(play)


def test_ascii_and_no_colour_leave_every_state_readable(home: Path) -> None:
    busy(home)

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "tab")
        assert stage.text(pilot).isascii()
        marked = [line.text for line in pane(pilot, TOPICS).rows() if line.text.startswith(">")]
        assert len(marked) > 0
        assert any("|" in line and "%" in line for line in marked)

    stage.run(play, size=stage.WIDE, ascii_only=True, color=False)


def test_an_entry_longer_than_its_pane_is_read_through_line_by_line(home: Path) -> None:
    stage.practise(9)
    aim(18)

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, "tab")
        seen = stage.text(pilot)
        while pane(pilot, TOPICS).marked == 0:
            await stage.press(pilot, "j")
            seen += stage.text(pilot)
        assert "if the plan is kept" in " ".join(seen.split())
        await stage.press(pilot, "k", "k")
        assert pane(pilot, TOPICS).marked == 0

    stage.run(play, size=(40, 12))


# What is said of a pillar


def lines_of(part: PillarPart, width: int = 60) -> str:
    made = Readiness(None, date(2026, 11, 22), (), (), (part,), None)  # type: ignore[arg-type]
    entry = next(each for each in readiness_words.pillar_entries(made) if each.name == part.name)
    rows = [*entry.set(width, UNICODE), *entry.more(width, UNICODE)]
    return " ".join(" ".join(line.text for line in rows).split())


@pytest.mark.parametrize(
    ("mocks", "told"),
    [
        ((), "3 unseen mocks in a row at the bar"),
        ((MOCK,), "3.2, Fri 20 Nov: counts"),
        ((MOCK,), "2 more unseen mocks in a row at the bar"),
        ((MOCK, MOCK), "1 more unseen mock in a row at the bar"),
        ((MOCK, MOCK), "2 of 3 in a row"),
        ((MOCK, MOCK, MOCK), "✓ through"),
        ((MOCK, MOCK, MOCK), "Nothing is missing."),
        ((replace(MOCK, mean=Fraction(14, 5)), MOCK), "2.8, Fri 20 Nov: does not count, below 3"),
        ((replace(MOCK, lowest=1),), "does not count, a criterion at 1"),
        ((replace(MOCK, is_unseen=False),), "does not count, nothing unseen in it"),
        ((replace(MOCK, mean=Fraction(2), lowest=1),), "does not count, below 3, a criterion at 1"),
        ((MOCK, replace(MOCK, mean=Fraction(5, 2)), MOCK, MOCK), "mocks 3.2 2.5 3.2 1 of 3 in a row"),
    ],
    ids=str,
)
def test_a_pillar_says_what_its_mocks_say(mocks: tuple[PillarMock, ...], told: str) -> None:
    assert told in lines_of(PillarPart("coding", 10, 10, 0.9, None, (), mocks))


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (PillarPart("coding", 10, 10, 0.9, None), "10 of 10 cards seen; 90% recall today, at the target"),
        (PillarPart("coding", 10, 4, 0.31, 0.87), "31% recall today, 54 points to go; 87% if the plan is kept"),
        (PillarPart("coding", 10, 4, 0.31, None), "Missing: 6 unseen cards, 54 points of recall, 3 unseen mocks"),
        (PillarPart("coding", 2, 1, 0.842, None), "Missing: 1 unseen card, 1 point of recall"),
        (PillarPart("coding", 0, 0, 0.0, None), "Missing: cards (none is in the daily queue), 3 unseen mocks"),
    ],
    ids=str,
)
def test_a_pillar_says_what_is_missing(part: PillarPart, told: str) -> None:
    assert told in lines_of(part)


@pytest.mark.parametrize("width", [20, 33, 48, 120])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_a_topic_fits_its_line_at_every_width(width: int, glyphs: Any) -> None:
    part = TopicPart("t", 1234, 1000, 0.4, 0.5, (), title="A topic with quite a long name", deck="d", mock=3)
    made = Readiness(None, date(2026, 11, 22), (part,), (), (), None)  # type: ignore[arg-type]
    (entry,) = readiness_words.topic_entries(made, {"d": "Deck"})
    assert entry.heading == "Deck"
    (line,) = entry.set(width, glyphs)
    assert "1,000/1,234" in line.text or width == 20
    assert line.width <= max(width, 33)
    assert "40%" in line.text


def test_every_pillar_is_listed_though_the_home_has_none_of_it(home: Path) -> None:
    with open_desk(Options()) as desk:
        entries = readiness_words.pillar_entries(readiness(desk))
    assert [entry.name for entry in entries] == ["coding", "fundamentals", "ml design", "behavioural"]
