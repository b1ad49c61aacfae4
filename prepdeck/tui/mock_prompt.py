"""What a mock asks, as rows: the question as an interviewer puts it, and nothing of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.cards.card import Choice, Numeric
from prepdeck.cards.cases import show_case
from prepdeck.cards.code import Code, Language
from prepdeck.cards.spoken import Design, Star
from prepdeck.interview.mock import Mock
from prepdeck.interview.questions import Sort
from prepdeck.text.counts import counted
from prepdeck.text.slugs import slug_words
from prepdeck.tui.code_page import verdict_rows
from prepdeck.tui.rows import Ground, Piece, Row, Tone, foreign, muted, row, wrap

if TYPE_CHECKING:
    from prepdeck.cards.card import Card
    from prepdeck.cards.verdict import Verdict
    from prepdeck.study.mock_sitting import Sat
    from prepdeck.tui.typesetting import Typesetter


def prompt_rows(sat: Sat, setter: Typesetter, verdict: tuple[Verdict, int, int] | None, running: str) -> list[Row]:
    """Return what is on the table: the twist first when there was one, then prompt, options, tests, help taken.

    Args:
        sat: The mock.
        setter: Sets texts for the width there is.
        verdict: What the last run of the visible tests gave, with tests passed and tests there are.
        running: What is going on; empty for nothing.
    """
    mock, question = sat.mock, sat.mock.stop.question
    if question is None:
        return _free_talk(mock, setter)
    asked = mock.questions[question]
    if asked.sort is Sort.OWN_PROJECT:
        phase = mock.blueprint.phases[mock.stop.phase].title
        words = f"Talk about a project of your own: {phase.lower()}. Notes are kept for every phase together."
        return [row(line) for line in wrap(words, setter.width)]
    card = sat.cards.get(asked.card) if asked.card is not None else None
    if card is None:
        return [
            row(line) for line in wrap("The card of this question left its deck; write what you know.", setter.width)
        ]
    rows = _twist(card, sat, question, setter)
    rows += _question(card, sat, question, setter)
    if running:
        rows += [Row(), row(Piece(f"{setter.glyphs.marker} {running}", Tone.ACCENT))]
    elif verdict is not None:
        rows += [Row(), *verdict_rows(*verdict, setter)]
    return rows + _help_taken(card, sat, question, setter)


def _free_talk(mock: Mock, setter: Typesetter) -> list[Row]:
    phase = mock.blueprint.phases[mock.stop.phase]
    words = f"{phase.title}: talk it through aloud, and note what matters. Nothing is asked from a card here."
    return [row(line) for line in wrap(words, setter.width)]


def _twist(card: Card, sat: Sat, question: int, setter: Typesetter) -> list[Row]:
    body = card.body
    if not isinstance(body, Design) or body.twist is None or not sat.mock.answers[question].is_twisted:
        return []
    sign = Piece("! changed: ", Tone.ACCENT, strong=True)
    lines = setter.indented(body.twist, (sign,), Tone.ACCENT, bold=True)
    return [Row(line.pieces, Ground.CURSOR) for line in lines] + [Row()]


def _question(card: Card, sat: Sat, question: int, setter: Typesetter) -> list[Row]:
    match card.body:
        case Choice() as body:
            return [*setter.text(body.front), *_options(body, sat.mock.answers[question].options, setter)]
        case Numeric(front=front, unit=unit):
            asks = [row(muted("type the number"), foreign(f", in {unit}" if unit else "", Tone.MUTED))]
            return [*setter.text(front), *asks]
        case Code() as body:
            return _code(body, setter)
        case Star(front=front, competency=competency):
            looks = row(muted(f"looks for {slug_words(competency)}"))
            return [*setter.text(front), looks, *_story(sat, question)]
        case body:
            return setter.text(getattr(body, "front", card.title))


def _options(body: Choice, picked: tuple[int, ...], setter: Typesetter) -> list[Row]:
    rows = [row(muted("more than one is right"))] if body.takes_several else []
    for number, option in enumerate(body.options):
        is_on = number in picked
        mark = Piece(f"[{'x' if is_on else ' '}] ", Tone.SUCCESS if is_on else Tone.MUTED)
        key = Piece(f"{number + 1} ", Tone.ACCENT, strong=True)
        lines = setter.indented(option.text, (key, mark), bold=is_on)
        rows += [Row(line.pieces, line.ground, target=f"mock.choose_{number + 1}") for line in lines]
    return rows


def _code(body: Code, setter: Typesetter) -> list[Row]:
    rows = setter.text(body.front)
    if body.visible:
        hidden = f"{counted(len(body.hidden), 'hidden test')} at the end" if body.hidden else ""
        cases = [row("  ", foreign(show_case(case), Tone.CODE)) for case in body.visible]
        rows += setter.headed("Tests", cases, hidden)
    if body.language is Language.SQL and body.fixture:
        rows += setter.headed("Tables", setter.code(body.fixture, body.language.value))
    return rows


def _story(sat: Sat, question: int) -> list[Row]:
    told = sat.mock.answers[question].story
    title = next((words for name, words in sat.stories if name == told), None)
    return [] if title is None else [row(muted("told with "), foreign(title, bold=True))]


def _help_taken(card: Card, sat: Sat, question: int, setter: Typesetter) -> list[Row]:
    """Return clarifications, hints and probes that were asked for, in this order."""
    from prepdeck.interview.items import asked_next

    answer, rows = sat.mock.answers[question], list[Row]()
    if isinstance(card.body, Design):
        for number in answer.clarified:
            if number < len(card.body.clarifications):
                sign = Piece("clarify: ", Tone.PRIMARY, strong=True)
                rows += setter.indented(card.body.clarifications[number], (sign,))
    for number, hint in enumerate(card.hints[: answer.hints], 1):
        rows += setter.indented(hint, (Piece(f"hint {number}: ", Tone.ACCENT, strong=True),))
    for probe in asked_next(sat.mock.questions[question], sat.cards)[: answer.probes]:
        rows += setter.indented(probe.ask, (Piece("asked: ", Tone.SECONDARY, strong=True),), bold=True)
    return [Row(), *rows] if rows else []
