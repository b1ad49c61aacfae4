"""The page of a card: its front, and once it is revealed its back, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from prepdeck.cards.card import Basic, Choice, Cloze, Numeric
from prepdeck.cards.code import Code
from prepdeck.cards.spoken import Design, Star, Story
from prepdeck.tui.code_page import code_back, code_front, run_report
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.quick_page import basic_back, choice_back, choice_front, cloze_text, followups, numeric_back
from prepdeck.tui.review_state import Asking
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, wrap
from prepdeck.tui.spoken_page import design_back, design_front, star_back, star_front, story_back, story_front
from prepdeck.tui.typesetting import Typesetter, without_blank_ends, without_blank_start


@dataclass(frozen=True, slots=True)
class Page:
    """What a card looks like."""

    rows: tuple[Row, ...]
    """Every line of it, seen or not."""
    answer_at: int | None = None
    """Where the answer begins: of an outline its newest phase, before the answer what a run gave."""
    point_at: int | None = None
    """Where the marked point stands."""


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
    ticks: bool = True
    """Whether points can be ticked on the page."""


def draw_page(asking: Asking, style: PageStyle) -> Page:
    """Return the page of a card as far as it may be seen."""
    setter = Typesetter(style.width, style.glyphs, raw_math=asking.shows_source, ticks=style.ticks)
    rows = [*_front(asking, setter), *_hints(asking, setter)]
    if not asking.shows_back:
        report = run_report(asking, setter)
        return Page((*rows, *report), answer_at=len(rows) + 2 if report else None)
    back, newest = _back(asking, setter)
    after, followup_at = _after(asking, setter) if asking.is_revealed else ([], None)
    answer_at = 0
    if not isinstance(asking.card.body, Cloze):
        rows += [Row()] * style.blank_above
        answer_at = len(rows)
        rows += [row(Piece(style.glyphs.rule * setter.width, Tone.RULE))]
        rows += [Row()] * style.blank_below
        if newest:
            answer_at = len(rows) + newest
        rows += without_blank_ends(back)
    if after:
        rows.append(Row())
        if followup_at is not None:
            answer_at = len(rows) + followup_at
        rows += after
    if style.asks_how_well and asking.is_revealed:
        question = wrap("How well did you know it? Press 1, 2, 3 or 4.", setter.width)
        rows += [Row(), *(row(Piece(line, Tone.ACCENT)) for line in question)]
    marked = f"point:{asking.point}"
    point_at = next((number for number, line in enumerate(rows) if line.target == marked), None)
    return Page(tuple(rows), answer_at, point_at)


def _front(asking: Asking, setter: Typesetter) -> list[Row]:
    match asking.card.body:
        case Cloze() as body:
            return cloze_text(body, asking, setter)
        case Choice() as body:
            return choice_front(body, asking, setter)
        case Basic() | Numeric():
            return setter.text(asking.view.front)
        case Code() as body:
            return code_front(body, asking, setter)
        case Design() as body:
            return design_front(body, asking, setter)
        case Star() as body:
            return star_front(body, asking, setter)
        case Story():
            return story_front(asking, setter)
        case _:
            assert_never(asking.card.body)


def _back(asking: Asking, setter: Typesetter) -> tuple[list[Row], int]:
    """Return the back, and where in it the newest phase of an outline begins."""
    match asking.card.body:
        case Basic() as body:
            return basic_back(body, asking, setter), 0
        case Choice() as body:
            return choice_back(body, asking, setter), 0
        case Numeric() as body:
            return numeric_back(body, asking, setter), 0
        case Cloze():
            return [], 0
        case Code() as body:
            return code_back(body, asking, setter), 0
        case Design() as body:
            return design_back(body, asking, setter)
        case Star() as body:
            return without_blank_start(star_back(body, asking, setter)), 0
        case Story() as body:
            return story_back(body, asking, setter), 0
        case _:
            assert_never(asking.card.body)


def _hints(asking: Asking, setter: Typesetter) -> list[Row]:
    rows: list[Row] = []
    for hint in asking.card.hints[: asking.hints_shown]:
        rows += [Row(), *setter.indented(hint, (muted("hint: "),), Tone.MUTED)]
    return rows


def _note(asking: Asking, setter: Typesetter) -> list[Row]:
    """Return what the learner wrote beside the card, as it was written."""
    note = asking.view.handling.note
    if not note:
        return []
    lines = [part for line in note.split("\n") for part in (wrap(line, setter.width) or [""])]
    return [Row(), row(Piece("your note", Tone.ACCENT, strong=True)), *(row(foreign(line)) for line in lines)]


def _after(asking: Asking, setter: Typesetter) -> tuple[list[Row], int | None]:
    """Return what stands below the answer, and where in it the newest follow-up begins."""
    words, followup_at = _afterwords(asking, setter)
    return without_blank_start([*words, *_note(asking, setter)]), followup_at


def _afterwords(asking: Asking, setter: Typesetter) -> tuple[list[Row], int | None]:
    card = asking.card
    rows: list[Row] = []
    followup_at: int | None = None
    if card.why:
        rows += [*setter.indented(card.why, (muted("why: "),), Tone.MUTED), Row()]
    if isinstance(card.body, Basic):
        more, newest = followups(card.body, asking, setter)
        followup_at = None if newest is None else len(rows) + newest
        rows += more
    for ref in card.refs:
        rows += [row(foreign(line, Tone.MUTED)) for line in wrap(f"source: {ref}", setter.width)]
    if card.volatile and card.as_of is not None:
        rows.append(row(muted(f"as of {card.as_of.isoformat()}; may have changed")))
    return without_blank_ends(rows), followup_at
