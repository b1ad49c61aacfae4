"""What the offer page says of each field, of the sums, and of published pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from prepdeck.cards.pay import PayRow, PayTable
from prepdeck.errors import UsageError
from prepdeck.road.offers import USUAL_YEARS, Offer, make_offer
from prepdeck.road.wording import amount_words, month_name, pay_words, years_words
from prepdeck.text.cells import cell_width
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, padded, right_aligned, row, wrap
from prepdeck.tui.screens.review_words import sentence_of

BASE, BONUS, EQUITY, YEARS, SIGN_ON = "base", "bonus", "equity", "years", "sign_on"
"""The fields."""
FIELDS: Final[Mapping[str, tuple[str, str, str]]] = {
    BASE: ("Base", "150k", "yearly pay"),
    BONUS: ("Bonus", "10%", "a year; share or amount"),
    EQUITY: ("Equity", "160k", "the whole grant, today"),
    YEARS: ("Years", str(USUAL_YEARS), "the grant is spread over"),
    SIGN_ON: ("Sign-on", "20k", "once, in the first year"),
}
"""Every field with what people call it, an example, and what belongs into it, in order."""
NO_BASE: Final = "Type the base first: yearly pay such as 150000, 150k or 20 lakh. The sums stand here as you type."
"""Said before there is a base."""
BASE_FIRST: Final = "The sums need a base, and this one cannot be read."
"""Said while the base cannot be read."""
NOT_STORED: Final = "Nothing typed here is stored. Amounts are plain numbers of one currency."
"""Said below the sums."""
NO_PAY: Final = "This road has no pay table: its file roadmap.yaml has none under pay."
"""Said without a table."""
TOGETHER: Final = "Together"
"""The line of the sums."""
_ANY_BASE: Final = "1"
_TITLES: Final = ("First year", "Yearly mean")
_NAMES: Final = 9


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What was typed, worked out as far as it goes."""

    offer: Offer | None
    """The offer without what cannot be read; None without a base."""
    faults: Mapping[str, str]
    """Why a field cannot be read, by field."""
    readings: Mapping[str, str]
    """What a field was read as, by field."""


@dataclass(frozen=True, slots=True)
class _Part:
    field: str
    first: Fraction
    mean: Fraction


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    first: str
    mean: str


def reckon(typed: Mapping[str, str]) -> Reckoning:
    """Return an offer as it was typed; a field that cannot be read is left out, and the others go on."""
    words = {field: typed.get(field, "") for field in FIELDS}
    faults: dict[str, str] = {}
    good = {field: text for field, text in words.items() if field != BASE and text.strip()}
    base = words[BASE] if words[BASE].strip() and not _fault({BASE: words[BASE]}) else ""
    if words[BASE].strip() and not base:
        faults[BASE] = _fault({BASE: words[BASE]})
    for field in tuple(good):
        fault = _fault({BASE: base or _ANY_BASE, field: good[field]})
        if fault:
            faults[field] = fault
            del good[field]
    offer = make_offer(base, **good) if base else None
    return Reckoning(offer, faults, _readings(offer, good))


def _fault(typed: Mapping[str, str]) -> str:
    try:
        make_offer(**typed)
    except UsageError as error:
        return sentence_of(error)
    return ""


def _readings(offer: Offer | None, good: Mapping[str, str]) -> dict[str, str]:
    if offer is None:
        return {}
    read = {BONUS: offer.bonus, EQUITY: offer.equity, SIGN_ON: offer.sign_on}
    found = {field: f"= {amount_words(amount)}" for field, amount in read.items() if field in good}
    return {BASE: f"= {amount_words(offer.base)}", **found}


def sum_rows(found: Reckoning, width: int) -> list[Row]:
    """Return first year and yearly mean with the parts they are made of, each part on a line."""
    offer = found.offer
    if offer is None:
        return _told(BASE_FIRST if BASE in found.faults else NO_BASE, width, Tone.MUTED)
    parts = (
        _Part(BASE, offer.base, offer.base),
        _Part(BONUS, offer.bonus, offer.bonus),
        _Part(EQUITY, offer.equity / offer.years, offer.equity / offer.years),
        _Part(SIGN_ON, offer.sign_on, offer.sign_on / offer.years),
    )
    lines = [
        _Line(FIELDS[each.field][0], _shown(each.first, each, found), _shown(each.mean, each, found)) for each in parts
    ]
    rows = _table([*lines, _Line(TOGETHER, amount_words(offer.first_year), amount_words(offer.yearly_mean))], width)
    left_out = [FIELDS[field][0].lower() for field in FIELDS if field in found.faults]
    if left_out:
        rows += _told(f"Without {' and '.join(left_out)}, which cannot be read.", width, Tone.ERROR)
    if offer.equity or offer.sign_on:
        spread = "equity in equal parts, at its worth of today" if offer.equity else "sign-on spread over them"
        rows += _told(f"Mean over {counted(offer.years, 'year')}; {spread}.", width, Tone.MUTED)
    return [*rows, *_told(NOT_STORED, width, Tone.MUTED)]


def _shown(amount: Fraction, part: _Part, found: Reckoning) -> str:
    return "-" if part.field in found.faults else amount_words(amount)


def _table(lines: Sequence[_Line], width: int) -> list[Row]:
    """Return the parts in two columns, or in two tables where the amounts are too long for that."""
    columns = ([line.first for line in lines], [line.mean for line in lines])
    sizes = [max(map(len, (title, *column))) + 2 for title, column in zip(_TITLES, columns, strict=True)]
    if _NAMES + sum(sizes) <= width:
        heads = [right_aligned(muted(title), size) for title, size in zip(_TITLES, sizes, strict=True)]
        cells = (((line.first, sizes[0]), (line.mean, sizes[1])) for line in lines)
        return [row(" " * _NAMES, *heads), *(_drawn(line.name, each) for line, each in zip(lines, cells, strict=True))]
    rows: list[Row] = []
    for title, column, size in zip(_TITLES, columns, sizes, strict=True):
        rows.append(row(muted(title)))
        rows += [_drawn(line.name, [(cell, size)]) for line, cell in zip(lines, column, strict=True)]
    return rows


def _drawn(name: str, cells: Iterable[tuple[str, int]]) -> Row:
    is_sum = name == TOGETHER
    tone = Tone.ACCENT if is_sum else Tone.TEXT
    pieces = [right_aligned(Piece(text, tone, strong=is_sum), size) for text, size in cells]
    return row(Piece(name.ljust(_NAMES), strong=is_sum), *pieces)


def pay_rows(pay: PayTable | None, width: int) -> list[Row]:
    """Return published pay with its month and its caution: a line for each group, or more where it is narrow."""
    if pay is None:
        return _told(NO_PAY, width, Tone.MUTED)
    cells = [[_cell(each, place.id) for place in pay.places] for each in pay.rows]
    titles = [clean_line(f"{place.title}, {place.currency}") for place in pay.places]
    sizes = [
        max([cell_width(title), *(len(line[number]) for line in cells)]) + 2 for number, title in enumerate(titles)
    ]
    name = max((cell_width(_group(each)) for each in pay.rows), default=0)
    rows = _told(f"As of {month_name(pay.as_of)}, a year; + means and more.", width, Tone.ACCENT)
    if pay.caution:
        rows += _told(pay.caution, width, Tone.MUTED)
    rows.append(Row())
    if name + sum(sizes) <= width:
        rows.append(
            row(" " * name, *(right_aligned(muted(title), size) for title, size in zip(titles, sizes, strict=True)))
        )
        for each, line in zip(pay.rows, cells, strict=True):
            amounts = [right_aligned(Piece(cell), size) for cell, size in zip(line, sizes, strict=True)]
            rows.append(row(*padded(row(foreign(_group(each))), name).pieces, *amounts))
        return rows
    for each, line in zip(pay.rows, cells, strict=True):
        rows += [row(foreign(part, bold=True)) for part in wrap(_group(each), width)]
        rows += [_placed(title, cell, width) for title, cell in zip(titles, line, strict=True)]
    return rows


def _placed(title: str, cell: str, width: int) -> Row:
    room = max(1, width - 2 - len(cell) - 2)
    name = title if cell_width(title) <= room else title.rpartition(", ")[2]
    return row("  ", *padded(row(foreign(name, Tone.MUTED)), room).pieces, "  ", cell)


def _cell(each: PayRow, place: str) -> str:
    return next((pay_words(paid) for paid in each.ranges if paid.place == place), "-")


def _group(each: PayRow) -> str:
    title = clean_line(each.title)
    return title if each.years is None else f"{title}, {years_words(each.years.low, each.years.high)}"


def _told(words: str, width: int, tone: Tone = Tone.TEXT) -> list[Row]:
    return [row(foreign(line, tone)) for line in wrap(words, max(1, width))]
