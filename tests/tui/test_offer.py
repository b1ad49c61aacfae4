"""The offer calculator: fields that type, sums as they are typed, faults beside them, and dated pay."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.pay import PayPlace, PayRange, PayRow, PayTable
from prepdeck.cards.span import Span
from prepdeck.tui.screens.offer import OfferScreen
from prepdeck.tui.screens.offer_words import FIELDS, pay_rows, reckon, sum_rows
from prepdeck.tui.screens.plan import PlanScreen
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.offer_fields import OfferField
from tests.tui import stage
from tests.tui.test_planned import data_of

TYPED = (*"150k", "tab", *"10%", "enter", *"160k", "down", "4", "tab", *"20k")
EXAMPLE = {"base": "150k", "bonus": "10%", "equity": "160k", "years": "4", "sign_on": "20k"}
HOSTILE = """\
roadmap:
- {id: begin, title: Begin, months: {from: 1, to: 2}}
pay:
  as_of: 2025-03
  caution: "[x] a[i] [/b]"
  places: [{id: here, title: "[red] b[j]", currency: EUR}]
  rows:
  - {id: all, title: "[/abc]", pay: {here: {from: 1000, to: 2000, and_more: true}}}
"""
BARE = """\
roadmap:
- {id: begin, title: Begin, months: {from: 1, to: 2}}
"""


async def go(pilot: Pilot[Any], *keys: str) -> None:
    await stage.press(pilot, "p", "O")
    assert isinstance(pilot.app.screen, OfferScreen)
    for key in keys:
        await pilot.press(key)
    await stage.settle(pilot)


def field(pilot: Pilot[Any]) -> OfferField:
    focused = pilot.app.focused
    assert isinstance(focused, OfferField)
    return focused


def words(pilot: Pilot[Any]) -> str:
    return " ".join(stage.text(pilot).replace("│", " ").split())


def said(pilot: Pilot[Any], name: str) -> str:
    """Return what one drawing says, its lines put together."""
    drawing = pilot.app.screen.query_one(f"#{name}", Drawing)
    return " ".join(" ".join(line.text for line in drawing.rows()).split())


def files_in(home: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in home.rglob("*") if each.suffix in {".toml", ".yaml"}}


@pytest.mark.parametrize("size", stage.SIZES)
def test_fields_sums_and_published_pay(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        stage.check_golden(pilot, "offer")
        await go_on(pilot, *TYPED)
        stage.check_golden(pilot, "offer-typed")
        await go_on(pilot, "x")
        stage.check_golden(pilot, "offer-fault")

    stage.run(play, size=size)


async def go_on(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await stage.settle(pilot)


def test_the_sums_are_those_of_the_command_line(home: Path) -> None:
    options = ("--bonus", "10%", "--equity", "160k", "--years", "4", "--sign-on", "20k")
    told = data_of("offer", "150k", *options, "--json")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, *TYPED)
        assert f"Together {told['first_year']:,} {told['yearly_mean']:,}" in words(pilot)
        assert "225,000" in words(pilot)
        assert "210,000" in words(pilot)

    stage.run(play, size=stage.NORMAL)


def test_printable_keys_type_and_the_others_are_the_page_s(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        theme = pilot.app.theme
        await go(pilot, "q", "question_mark", "t", "j", "G")
        assert field(pilot).value == "q?tjG"
        assert pilot.app.theme == theme
        await stage.press(pilot, "f1")
        assert "Keys on this screen" in stage.text(pilot)
        await stage.press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, PlanScreen)

    stage.run(play)


def test_tab_enter_and_arrows_go_from_field_to_field(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        seen = [field(pilot).part]
        for key in ("tab", "enter", "down", "tab", "tab", "shift+tab", "up"):
            await stage.press(pilot, key)
            seen.append(field(pilot).part)
        assert seen == ["base", "bonus", "equity", "years", "sign_on", "base", "sign_on", "years"]

    stage.run(play)


def test_keys_in_one_burst_go_where_they_would_one_by_one(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        stage.burst(pilot, *"150kx", "backspace", "tab", *"10%", "enter", "down", "4", "up", *"160k")
        await stage.settle(pilot)
        values = {each.part: each.value for each in pilot.app.screen.query(OfferField)}
        assert values == {"base": "150k", "bonus": "10%", "equity": "160k", "years": "4", "sign_on": ""}

    stage.run(play)


def test_a_wrong_field_says_why_and_the_others_go_on(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, *"150k", "tab", *"abc", "tab", *"160k", "tab", *"40")
        assert "✗ 'abc' is no amount for the bonus" in said(pilot, "note-bonus")
        assert "✗ '40' is no number of years" in said(pilot, "note-years")
        assert "Without bonus and years" in said(pilot, "sums")
        assert "Together 190,000 190,000" in said(pilot, "sums")
        await go_on(pilot, "backspace", "shift+tab", "shift+tab", *("backspace",) * 3)
        assert said(pilot, "note-bonus") == "a year; share or amount"
        assert "Without" not in said(pilot, "sums")

    stage.run(play)


def test_page_down_shows_the_rest_of_the_table(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        assert "Highest reported" not in stage.text(pilot)
        await stage.press(pilot, "pagedown")
        assert "Highest reported" in stage.text(pilot)
        await stage.press(pilot, "pageup")
        assert "As of April 2026" in stage.text(pilot)
        await stage.resize(pilot, stage.NARROW)
        for _ in range(3):
            await stage.press(pilot, "pagedown")
        assert "Highest reported" in stage.text(pilot)
        assert isinstance(pilot.app.focused, OfferField)

    stage.run(play)


def test_what_was_typed_outlives_a_window_too_small_and_is_kept_nowhere(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        before = files_in(home)
        await go(pilot, *"123456789k")
        for size in ((30, 10), (40, 12), (200, 60), (40, 12)):
            await stage.resize(pilot, size)
        assert field(pilot).value == "123456789k"
        assert "123456789k" in stage.text(pilot)
        assert before == files_in(home)
        await stage.press(pilot, "escape")
        await go(pilot)
        assert field(pilot).value == ""
        assert "nothing is stored" in stage.rows(pilot)[0]

    stage.run(play)


def test_names_and_hints_are_clicked(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        at = next(number for number, line in enumerate(stage.rows(pilot)) if line.startswith("│ Equity"))
        await pilot.click(offset=(3, at))
        await stage.settle(pilot)
        assert field(pilot).part == "equity"
        await pilot.click("#key-bar", offset=(stage.rows(pilot)[-1].index("Next"), 0))
        await stage.settle(pilot)
        assert field(pilot).part == "years"

    stage.run(play)


def test_words_of_a_road_appear_as_they_are(home: Path) -> None:
    (home / "decks" / "roadmap.yaml").write_text(HOSTILE, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot, *"[x]")
        for told in ("As of March 2025", "[x] a[i] [/b]", "[red] b[j], EUR", "[/abc]", "1,000-2,000+"):
            assert told in words(pilot)
        assert "'[x]' is no amount for the base" in said(pilot, "note-base")

    stage.run(play, size=stage.WIDE)


def test_a_road_without_pay_says_so(home: Path) -> None:
    (home / "decks" / "roadmap.yaml").write_text(BARE, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await go(pilot)
        assert "This road has no pay table" in words(pilot)

    stage.run(play)


# What is worked out


def test_fields_are_worked_out_one_by_one() -> None:
    found = reckon(EXAMPLE)
    assert found.offer is not None
    assert found.faults == {}
    assert found.readings == {
        "base": "= 150,000",
        "bonus": "= 15,000",
        "equity": "= 160,000",
        "sign_on": "= 20,000",
    }


@pytest.mark.parametrize("part", list(FIELDS))
def test_one_wrong_field_harms_no_other(part: str) -> None:
    found = reckon({**EXAMPLE, part: "many"})
    assert list(found.faults) == [part]
    assert part not in found.readings
    if part == "base":
        assert found.offer is None
        return
    assert found.offer is not None
    assert found.offer.base == 150_000
    assert found.offer == reckon({**EXAMPLE, part: ""}).offer


def test_nothing_typed_is_no_fault() -> None:
    found = reckon({})
    assert (found.offer, dict(found.faults), dict(found.readings)) == (None, {}, {})
    assert reckon({"base": "  ", "bonus": "10%"}).faults == {}


@pytest.mark.parametrize("width", [20, 34, 50, 120])
def test_the_parts_add_up_on_the_screen(width: int) -> None:
    rows = [line.text.split() for line in sum_rows(reckon(EXAMPLE), width)]
    parts = {line[0]: [int(cell.replace(",", "")) for cell in line[1:]] for line in rows if line[0] in NAMES}
    whole = [line for line in rows if line[0] == "Together"]
    if len(whole) == 1:
        assert [sum(column) for column in zip(*parts.values(), strict=True)] == [225_000, 210_000]
    assert "".join(whole[0][1:] + whole[-1][1:]).startswith("225,000")


NAMES = {"Base", "Bonus", "Equity", "Sign-on"}


@pytest.mark.parametrize("width", [20, 34, 60, 120])
def test_the_largest_amounts_fit_or_stand_below_each_other(width: int) -> None:
    found = reckon({"base": "1000000m", "bonus": "999%", "sign_on": "1000000m"})
    assert found.offer is not None
    assert found.offer.first_year == Fraction(10**12) * Fraction(1199, 100)
    rows = sum_rows(found, width)
    together = " ".join(line.text for line in rows if line.text.startswith("Together"))
    assert "11,990,000,000,000" in together
    assert "11,240,000,000,000" in together


TABLE = PayTable(
    as_of=date(2026, 4, 1),
    places=(PayPlace("a", "Alpha", "AAA"), PayPlace("b", "Beta", "BBB")),
    rows=(
        PayRow("one", "One", (PayRange("a", 100_000), PayRange("b", 1_000, 2_000, and_more=True)), Span(3)),
        PayRow("two", "Two", (PayRange("b", 5_000, and_more=True),)),
    ),
    caution="Be careful.",
)


@pytest.mark.parametrize("width", [24, 36, 60])
def test_published_pay_is_dated_and_says_where_there_is_more(width: int) -> None:
    told = " ".join(" ".join(line.text for line in pay_rows(TABLE, width)).split())
    for expected in (
        "As of April 2026",
        "Be careful.",
        "One, 3+ years",
        "100,000",
        "1,000-2,000+",
        "5,000+",
        "AAA",
        "BBB",
    ):
        assert expected in told
    assert all(line.width <= width for line in pay_rows(TABLE, width))
