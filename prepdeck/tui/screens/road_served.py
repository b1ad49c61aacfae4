"""What serves the road: its tools, every row of its path, and published pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prepdeck.cards.roadmap import PathRow
from prepdeck.road.coverage import ToolCover
from prepdeck.road.wording import month_name, pay_words, years_words
from prepdeck.text.cells import cell_width, pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, spread
from prepdeck.tui.screens.road_sheet import SheetView, tell_decks, told, why_empty
from prepdeck.tui.screens.road_words import FEATURE, DetailText
from prepdeck.tui.widgets.road_list import ListLine

if TYPE_CHECKING:
    from prepdeck.study.road import RoadPage

_YEARS_FROM: Final = 28
"""Cells from which a row of pay says the years in the job."""
_LEAST_TITLE: Final = 8
"""Cells that a group of people keeps beside its pay."""
_LONGEST_MARK: Final = 8
"""Cells of the marks of a path."""
_LEARNS: Final = (
    "Machine learning finds the rule in examples, where nobody could write the rule down. "
    "You meet it every day in three ways."
)
_EVERYDAY: Final = (
    "Recommendation: which film, song, product or post comes next for you.",
    "Recognition: a face, a word that was spoken, a line of handwriting, a tumour in a scan.",
    "Insight: what will sell, who may leave, which payment is a fraud, from more data than people can read.",
)
WELCOME: Final = "welcome"
"""The part of prepdeck whose words stand on the path itself."""


def tools_view(page: RoadPage) -> SheetView:
    """Return the tools, each with the decks that cover it."""
    by_name = {each.name: each for each in page.tools}
    met = sum(bool(each.seen) for each in page.tools)

    def line(cover: ToolCover) -> ListLine:
        def set_row(width: int, glyphs: Glyphs) -> Row:
            sign = Piece(glyphs.tick, Tone.SUCCESS) if cover.seen else muted(glyphs.dot)
            left = row(sign, " ", foreign(cover.name))
            words = f"{cover.seen}/{cover.cards}" if cover.cards else "not here"
            return spread(left, row(muted(words)), width, glyphs.ellipsis)

        return ListLine(cover.name, set_row)

    def detail(name: str, text: DetailText) -> None:
        cover = by_name[name]
        text.title(cover.name)
        words = f"{cover.seen} of {counted(cover.cards, 'card')} seen" if cover.cards else "its decks are not here"
        text.field("So far", words)
        slugs = next((tool.decks for tool in page.roadmap.tools if tool.name == name), ())
        tell_decks(page, slugs, text)
        text.blank()
        text.say(
            f"{met} of {counted(len(page.tools), 'tool')} met. A tool is met once a card of its decks was seen.",
            Tone.MUTED,
        )

    return SheetView(
        tuple(map(line, page.tools)), f"{met} of {len(page.tools)} met", why_empty("tools", "tools"), detail
    )


def path_view(page: RoadPage) -> SheetView:
    """Return everything the road asks for."""
    by_name = {each.id: each for each in page.roadmap.path}
    column = min(_LONGEST_MARK, max((cell_width(each) for each in by_name), default=0))

    def line(asked: PathRow) -> ListLine:
        def set_row(width: int, glyphs: Glyphs) -> Row:  # noqa: ARG001 - fits any
            mark = shorten(clean_line(asked.id), column, ellipsis=glyphs.ellipsis)
            return row(muted(pad(mark, column + 1)), foreign(asked.asks))

        return ListLine(asked.id, set_row)

    lines = tuple(map(line, by_name.values()))
    return SheetView(
        lines,
        counted(len(lines), "row"),
        why_empty("path from first Python to signed offer", "path"),
        lambda name, text: _row_detail(page, by_name[name], text),
    )


def _row_detail(page: RoadPage, asked: PathRow, text: DetailText) -> None:
    text.title(f"{asked.id}  {asked.asks}")
    if WELCOME in asked.features:
        text.blank()
        text.say(_LEARNS)
        text.bullets(_EVERYDAY)
    titles = {each.id: each.title for each in page.roadmap.features}
    if asked.features:
        text.heading("Served by")
    for feature in asked.features:
        sign = Piece(f"{text.glyphs.marker} ", Tone.PRIMARY)
        text.say(titles.get(feature, feature), spot=f"{FEATURE}{feature}", lead=(sign,))
    tell_decks(page, asked.decks, text)


def pay_view(page: RoadPage) -> SheetView:
    """Return published pay, group by group."""
    table = page.roadmap.pay
    rows = table.rows if table is not None else ()
    years = {each.id: years_words(each.years.low, each.years.high) for each in rows if each.years is not None}
    lines = tuple(told(each.id, row(foreign(each.title)), years.get(each.id, ""), _YEARS_FROM) for each in rows)

    def detail(name: str, text: DetailText) -> None:
        if table is None:
            return
        marked = next(each for each in rows if each.id == name)
        text.title(", ".join([marked.title, *([years[name]] if name in years else [])]))
        text.field("As of", month_name(table.as_of))
        widest = max(cell_width(pay_words(paid)) for each in rows for paid in each.ranges)
        column = min(max(_LEAST_TITLE, text.width - widest), max(cell_width(each.title) for each in rows) + 2)
        for place in table.places:
            text.heading(place.title, f"{place.currency} a year")
            for each in rows:
                paid = next((paid for paid in each.ranges if paid.place == place.id), None)
                tone = Tone.ACCENT if each.id == name else Tone.MUTED
                title = shorten(clean_line(each.title), column - 1, ellipsis=text.glyphs.ellipsis)
                lead = Piece(pad(title, column), tone, strong=each.id == name)
                text.say(pay_words(paid) if paid is not None else "-", lead=(lead,))
        text.blank()
        if table.caution:
            text.say(table.caution, Tone.MUTED)
        text.say("Nothing is computed from it; offers of your own go into the offer calculator.", Tone.MUTED)

    footing = f"as of {month_name(table.as_of)}" if table is not None else ""
    return SheetView(lines, footing, why_empty("pay table", "pay"), detail)
