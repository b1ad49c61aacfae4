"""Cards of a few words on the page: basic, cloze, choice and numeric ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from prepdeck.cards.card import Basic, Choice, Cloze, Gap, Numeric
from prepdeck.cards.number import is_within
from prepdeck.tui.review_state import LETTERS
from prepdeck.tui.rows import Piece, Row, Tone, foreign, line_row, muted, row, strong, wrap
from prepdeck.tui.typesetting import Typesetter
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.tui.review_state import Asking


def basic_back(body: Basic, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the answer with the points to tick."""
    rows = setter.text(body.back)
    if body.points:
        rows += [Row(), setter.heading("Did you cover?", *setter.ticking("x ticks, j k move"))]
        rows += setter.points(body.points, asking)
    return rows


def followups(body: Basic, asking: Asking, setter: Typesetter) -> tuple[list[Row], int | None]:
    """Return what an interviewer asks next as far as it is open, and where its newest line begins.

    Each question stands alone first, to be answered aloud; its answer comes with the next step.
    """
    rows: list[Row] = []
    newest: int | None = None
    for number, followup in enumerate(body.followups):
        open_parts = asking.followups_open - 2 * number
        if open_parts > 0:
            newest = len(rows)
            head = Piece("next: ", Tone.ACCENT, strong=True)
            rows += setter.indented(followup.front, (head,), Tone.TEXT, bold=True)
        if open_parts > 1:
            rows += [*setter.indented(followup.back, (Piece("      "),), Tone.TEXT), Row()]
    left = asking.followups_left
    if left:
        words = "o shows its answer" if left % 2 else _followup_offer(body, left)
        offer = (Row((muted(line),), target="review.followup") for line in wrap(words, setter.width))
        rows += [*offer, Row()]
    return rows, newest


def _followup_offer(body: Basic, left: int) -> str:
    count = len(body.followups)
    return "o asks a follow-up" if count == 1 else f"o asks follow-up {count - left // 2 + 1} of {count}"


def cloze_text(body: Cloze, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the text with its gaps as far as they are open."""
    from prepdeck.text.markdown import GapText, lay_out_cloze

    parts: Sequence[str | GapText] = [
        GapText(piece.number, piece.answer, piece.hint) if isinstance(piece, Gap) else piece for piece in body.pieces
    ]
    lines = lay_out_cloze(
        parts, asking.gaps_open, setter.width, raw_math=setter.raw_math, ascii_only=setter.glyphs.ascii_only
    )
    return [line_row(line) for line in lines]


def choice_front(body: Choice, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the prompt with its options."""
    several = [Row(), row(muted("several are right"))] if body.takes_several else []
    return [*setter.text(asking.view.front), Row(), *_options(body, asking, setter), *several]


def _options(body: Choice, asking: Asking, setter: Typesetter) -> Iterator[Row]:
    for letter, position in zip(LETTERS, asking.options, strict=False):
        option = body.options[position]
        is_picked = position in asking.picked
        mark, tone = Piece("  "), Tone.TEXT
        if asking.is_revealed and option.correct:
            mark, tone = Piece(f"{setter.glyphs.tick} ", Tone.SUCCESS, strong=True), Tone.SUCCESS
        elif asking.is_revealed and is_picked:
            mark, tone = Piece(f"{setter.glyphs.cross} ", Tone.ERROR, strong=True), Tone.ERROR
        elif body.takes_several and not asking.is_revealed:
            mark = Piece("[x] " if is_picked else "[ ] ", Tone.ACCENT if is_picked else Tone.MUTED)
        prefix = (mark, Piece(f"{letter}  ", Tone.ACCENT, strong=True))
        lines = setter.indented(option.text, prefix, tone)
        if asking.is_revealed and is_picked:
            lines = _with_note(lines, "your answer", setter.width)
        for line in lines:
            yield replace(line, target=f"review.pick_{letter}")
        if asking.is_revealed and option.why:
            yield from setter.indented(option.why, (Piece("     "),), Tone.MUTED)


def choice_back(body: Choice, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return whether what was picked is right."""
    right = {position for position, option in enumerate(body.options) if option.correct}
    letters = [letter for letter, position in zip(LETTERS, asking.options, strict=False) if position in right]
    answer = f"the answer is {_joined(letters)}"
    if not asking.picked:
        return [row(strong(answer[0].upper() + answer[1:]))]
    return [_verdict(setter, muted(f"  {answer}"), is_right=asking.picked == right)]


def numeric_back(body: Numeric, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the number with its tolerance, how far off the typed one was, and the working."""
    typed = asking.number
    unit = f" {body.unit}" if body.unit else ""
    expected = row(muted("answer     "), foreign(f"{body.answer_text}{unit}", bold=True))
    rows = [expected, row(muted("tolerance  "), foreign(_tolerance(body)))]
    if typed is not None:
        took = f" in {show_seconds(asking.answer_seconds)}"
        words = (Piece("  "), foreign(asking.typed), muted(took))
        verdict = _verdict(setter, *words, is_right=is_within(body, typed))
        off = _distance(typed, body.answer)
        rows = [verdict, Row(), expected, row(muted("off by     "), off), rows[1]]
    if body.steps:
        rows.append(Row())
        for number, step in enumerate(body.steps, 1):
            rows += setter.indented(step, (muted(f"{number:>2}  "),))
    return rows


def _verdict(setter: Typesetter, *words: Piece, is_right: bool) -> Row:
    if is_right:
        return row(Piece(f"{setter.glyphs.tick} Correct", Tone.SUCCESS, strong=True), *words)
    return row(Piece(f"{setter.glyphs.cross} Not quite", Tone.ERROR, strong=True), *words)


def _with_note(lines: list[Row], note: str, width: int) -> list[Row]:
    """Return lines with a quiet note behind the first one, when it fits."""
    first, *rest = lines
    if first.width + len(note) + 3 > width:
        return lines
    return [replace(first, pieces=(*first.pieces, muted(f"   {note}"))), *rest]


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
