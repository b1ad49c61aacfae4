"""The page of a card: its front, and once it is revealed its back, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import assert_never

from prepdeck.cards.card import Basic, Card, Choice, Cloze, Followup, Gap, Numeric
from prepdeck.cards.number import is_within
from prepdeck.text.spans import Line
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.review_state import LETTERS, Asking
from prepdeck.tui.rows import Ground, Piece, Row, Tone, foreign, line_row, muted, row, strong, wrap
from prepdeck.tui.words import show_seconds


@dataclass(frozen=True, slots=True)
class Page:
    """What a card looks like."""

    rows: tuple[Row, ...]
    """Every line of it, seen or not."""
    answer_at: int | None = None
    """Where the answer begins."""
    point_at: int | None = None
    """Where the marked must-say point stands."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How a page is set."""

    width: int
    """Cells a line may take."""
    glyphs: Glyphs
    """Signs in use."""
    blank_above: int = 1
    """Blank lines before the line between front and back."""
    blank_below: int = 1
    """Blank lines after it."""
    asks_how_well: bool = False
    """Whether a learner who is new here is told what the grades mean."""


def draw_page(asking: Asking, style: PageStyle) -> Page:
    """Return the page of a card as far as it may be seen."""
    return _Setter(asking, style).draw()


@lru_cache(maxsize=512)
def _lay_out(source: str, width: int, *, raw_math: bool, ascii_only: bool) -> tuple[Line, ...]:
    from prepdeck.text.markdown import lay_out

    return lay_out(source, width, raw_math=raw_math, ascii_only=ascii_only)


class _Setter:
    def __init__(self, asking: Asking, style: PageStyle) -> None:
        self._asking = asking
        self._style = style
        self._glyphs = style.glyphs
        self._width = max(1, style.width)
        self._point_at: int | None = None

    def draw(self) -> Page:
        asking, card = self._asking, self._asking.card
        rows = [*self._front(card), *self._hints(card)]
        if not asking.is_revealed:
            return Page(tuple(rows))
        back = _without_blank_ends(self._back(card))
        after = self._afterwords(card)
        if isinstance(card.body, Cloze):
            answer_at = 0
            rows += [Row(), *after] if after else []
        else:
            rows += [Row()] * self._style.blank_above
            answer_at = len(rows)
            rows += [row(Piece(self._glyphs.rule * self._width, Tone.RULE))]
            rows += [Row()] * self._style.blank_below
            rows += back
            if isinstance(card.body, Basic) and card.body.points:
                rows += [Row(), *self._points(card.body.points, len(rows) + 1)]
            rows += [Row(), *after] if after else []
        if self._style.asks_how_well:
            question = wrap("How well did you know it? Press 1, 2, 3 or 4.", self._width)
            rows += [Row(), *(row(Piece(line, Tone.ACCENT)) for line in question)]
        return Page(tuple(rows), answer_at, self._point_at)

    def _front(self, card: Card) -> list[Row]:
        match card.body:
            case Cloze(pieces=pieces):
                return self._cloze(pieces)
            case Choice() as body:
                several = [Row(), row(muted("several are right"))] if body.takes_several else []
                return [*self._text(self._asking.view.front), Row(), *self._options(body), *several]
            case Basic() | Numeric():
                return self._text(self._asking.view.front)
            case _:
                assert_never(card.body)

    def _cloze(self, pieces: Sequence[str | Gap]) -> list[Row]:
        from prepdeck.text.markdown import GapText, lay_out_cloze

        parts = [
            piece if isinstance(piece, str) else GapText(piece.number, piece.answer, piece.hint) for piece in pieces
        ]
        lines = lay_out_cloze(
            parts,
            self._asking.gaps_open,
            self._width,
            raw_math=self._asking.shows_source,
            ascii_only=self._glyphs.ascii_only,
        )
        return [line_row(line) for line in lines]

    def _back(self, card: Card) -> list[Row]:
        match card.body:
            case Basic(back=back):
                return self._text(back)
            case Choice() as body:
                return self._verdict_of_choice(body)
            case Numeric() as body:
                return self._verdict_of_number(body)
            case Cloze():
                return []
            case _:
                assert_never(card.body)

    def _options(self, body: Choice) -> Iterator[Row]:
        asking = self._asking
        for letter, position in zip(LETTERS, asking.options, strict=False):
            option = body.options[position]
            is_picked = position in asking.picked
            mark, tone = Piece("  "), Tone.TEXT
            if asking.is_revealed and option.correct:
                mark, tone = Piece(f"{self._glyphs.tick} ", Tone.SUCCESS, strong=True), Tone.SUCCESS
            elif asking.is_revealed and is_picked:
                mark, tone = Piece(f"{self._glyphs.cross} ", Tone.ERROR, strong=True), Tone.ERROR
            elif body.takes_several and not asking.is_revealed:
                mark = Piece("[x] " if is_picked else "[ ] ", Tone.ACCENT if is_picked else Tone.MUTED)
            prefix = (mark, Piece(f"{letter}  ", Tone.ACCENT, strong=True))
            lines = self._indented(option.text, prefix, tone)
            if asking.is_revealed and is_picked:
                lines = _with_note(lines, "your answer", self._width)
            for line in lines:
                yield replace(line, target=f"review.pick_{letter}")
            if asking.is_revealed and option.why:
                yield from self._indented(option.why, (Piece("     "),), Tone.MUTED)

    def _verdict_of_choice(self, body: Choice) -> list[Row]:
        asking = self._asking
        right = {position for position, option in enumerate(body.options) if option.correct}
        letters = [letter for letter, position in zip(LETTERS, asking.options, strict=False) if position in right]
        answer = f"the answer is {_joined(letters)}"
        if not asking.picked:
            return [row(strong(answer[0].upper() + answer[1:]))]
        return [self._verdict(asking.picked == right, muted(f"  {answer}"))]

    def _verdict_of_number(self, body: Numeric) -> list[Row]:
        asking = self._asking
        typed = asking.number
        unit = f" {body.unit}" if body.unit else ""
        expected = row(muted("answer     "), foreign(f"{body.answer_text}{unit}", bold=True))
        rows = [expected, row(muted("tolerance  "), foreign(_tolerance(body)))]
        if typed is not None:
            took = f" in {show_seconds(asking.answer_seconds)}"
            verdict = self._verdict(is_within(body, typed), Piece("  "), foreign(asking.typed), muted(took))
            off = _distance(typed, body.answer)
            rows = [verdict, Row(), expected, row(muted("off by     "), off), rows[1]]
        if body.steps:
            rows.append(Row())
            for number, step in enumerate(body.steps, 1):
                rows += self._indented(step, (muted(f"{number:>2}  "),))
        return rows

    def _verdict(self, is_right: bool, *words: Piece) -> Row:
        if is_right:
            return row(Piece(f"{self._glyphs.tick} Correct", Tone.SUCCESS, strong=True), *words)
        return row(Piece(f"{self._glyphs.cross} Not quite", Tone.ERROR, strong=True), *words)

    def _points(self, points: Sequence[str], at: int) -> Iterator[Row]:
        asking = self._asking
        yield row(strong("Did you cover?"), muted("   x ticks, j k move"))
        at += 1
        for number, point in enumerate(points):
            is_ticked, is_marked = number in asking.ticked, number == asking.point
            box = Piece("[x] " if is_ticked else "[ ] ", Tone.SUCCESS if is_ticked else Tone.MUTED)
            edge = Piece(f"{self._glyphs.marker} " if is_marked else "  ", Tone.ACCENT)
            if is_marked:
                self._point_at = at
            for line in self._indented(point, (edge, box)):
                yield replace(line, target=f"point:{number}", ground=Ground.CURSOR if is_marked else line.ground)
                at += 1

    def _hints(self, card: Card) -> list[Row]:
        rows: list[Row] = []
        for hint in card.hints[: self._asking.hints_shown]:
            rows += [Row(), *self._indented(hint, (muted("hint: "),), Tone.MUTED)]
        return rows

    def _afterwords(self, card: Card) -> list[Row]:
        rows: list[Row] = []
        if card.why:
            rows += [*self._indented(card.why, (muted("why: "),), Tone.MUTED), Row()]
        if isinstance(card.body, Basic):
            for followup in card.body.followups:
                rows += [*self._followup(followup), Row()]
        for ref in card.refs:
            rows += [row(foreign(line, Tone.MUTED)) for line in wrap(f"source: {ref}", self._width)]
        if card.volatile and card.as_of is not None:
            rows.append(row(muted(f"as of {card.as_of.isoformat()}; may have changed")))
        return _without_blank_ends(rows)

    def _followup(self, followup: Followup) -> list[Row]:
        return [
            *self._indented(followup.front, (Piece("next: ", Tone.MUTED, strong=True),), Tone.MUTED, bold=True),
            *self._indented(followup.back, (Piece("      "),), Tone.MUTED),
        ]

    def _text(self, source: str) -> list[Row]:
        return [line_row(line) for line in self._lines(source, self._width)]

    def _lines(self, source: str, width: int) -> tuple[Line, ...]:
        return _lay_out(source, max(1, width), raw_math=self._asking.shows_source, ascii_only=self._glyphs.ascii_only)

    def _indented(
        self, source: str, prefix: Sequence[Piece], tone: Tone = Tone.TEXT, *, bold: bool = False
    ) -> list[Row]:
        """Return a text with pieces before its first line and as much space before the others."""
        indent = row(*prefix).width
        rows = []
        for number, line in enumerate(self._lines(source, self._width - indent)):
            laid = line_row(line)
            pieces = tuple(
                replace(piece, tone=tone if piece.tone is Tone.TEXT else piece.tone, strong=piece.strong or bold)
                for piece in laid.pieces
            )
            before = tuple(prefix) if number == 0 else (Piece(" " * indent),)
            rows.append(replace(laid, pieces=(*before, *pieces)))
        return rows or [row(*prefix)]


def _with_note(lines: list[Row], note: str, width: int) -> list[Row]:
    """Return lines with a quiet note behind the first one, when it fits."""
    first, *rest = lines
    if first.width + len(note) + 3 > width:
        return lines
    return [replace(first, pieces=(*first.pieces, muted(f"   {note}"))), *rest]


def _without_blank_ends(rows: list[Row]) -> list[Row]:
    while rows and not rows[-1].pieces:
        rows = rows[:-1]
    return rows


def _joined(letters: Sequence[str]) -> str:
    if len(letters) == 1:
        return letters[0]
    return ", ".join(letters[:-1]) + " and " + letters[-1]


def _tolerance(body: Numeric) -> str:
    if body.tolerance.absolute is not None:
        return f"{show_number(body.tolerance.absolute)} either way" if body.tolerance.absolute else "exact"
    share = body.tolerance.relative or Fraction(0)
    return f"{show_number(share * 100)} % either way" if share else "exact"


def _distance(typed: Fraction, answer: Fraction) -> str:
    off = abs(typed - answer)
    if not off:
        return "nothing"
    share = f" ({show_number(off / abs(answer) * 100)} %)" if answer else ""
    return show_number(off) + share


def show_number(number: Fraction) -> str:
    """Return a number with four digits that count; no size overflows."""
    context = Context(prec=4, Emax=10_000, Emin=-10_000)
    shown = context.divide(Decimal(number.numerator), Decimal(number.denominator))
    plain = shown.normalize(context)
    return f"{plain:f}" if -5 <= plain.adjusted() <= 9 else f"{plain:e}"  # noqa: PLR2004 - longer ones are hard to read
