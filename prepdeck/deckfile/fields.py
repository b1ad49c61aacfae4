"""Decks and cards as fields: the values that stand in a file, by the names they have there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, TypeAlias, assert_never

from prepdeck.cards.card import Basic, Body, Card, Choice, Cloze, Gap, Numeric
from prepdeck.cards.code import Case, Code, Compare, Complexity, Language, LargeInput, Shape
from prepdeck.cards.deck import Deck, Track
from prepdeck.cards.spoken import Design, Figure, Probe, Star, Story
from prepdeck.cards.tolerance import Tolerance
from prepdeck.deckfile.quoting import quoted_scalar

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
"""What a field holds: text (or a `Word`), a list, a table."""

DIGITS = 60
"""Digits kept of a number that has no end."""


class Word(str):
    """YAML that is written as it stands: a number, a slug, a text in its quotes."""

    __slots__ = ()


def header_of(deck: Deck) -> dict[str, Value]:
    """Return the fields of a deck without its cards; what says nothing is left out."""
    return _told(
        {
            "deck": Word(deck.id),
            "title": deck.title,
            "track": None if deck.track is Track.OTHER else Word(deck.track.value),
            "description": deck.description,
            "phases": [Word(phase) for phase in deck.phases],
            "skills": [Word(skill) for skill in deck.skills],
            "optional": Word("true") if deck.optional else None,
            "tags": deck.tags,
            "author": deck.author,
            "license": deck.license,
            "version": deck.version,
            "topics": {topic.id: topic.title for topic in deck.topics},
        }
    )


def fields_of(card: Card, deck_tags: Sequence[str] = ()) -> dict[str, Value]:
    """Return the fields of a card; what says nothing is left out.

    Args:
        card: The card.
        deck_tags: Tags that every card of the deck has.
    """
    return _told(
        {
            "id": Word(card.id.card),
            "was": [Word(old.card if old.deck == card.id.deck else old) for old in card.was],
            "kind": Word(card.kind),
            "topic": None if card.topic is None else Word(card.topic),
            "level": None if card.level is None else Word(card.level),
            "tags": [tag for tag in card.tags if tag not in deck_tags],
            "ask": None if card.ask is None else Word(card.ask.value),
            "weight": None if card.weight == Card.__dataclass_fields__["weight"].default else Word(card.weight),
            "revision": None if card.revision == 1 else Word(card.revision),
            "volatile": Word("true") if card.volatile else None,
            "as_of": None if card.as_of is None else Word(card.as_of.isoformat()),
            "seconds": None if card.seconds is None else Word(card.seconds),
            "hints": card.hints,
            "why": card.why,
            "verify": card.verify,
            "refs": card.refs,
            **_own_fields(card.body),
        }
    )


def _own_fields(body: Body) -> dict[str, Value | None]:
    match body:
        case Basic():
            followups = [{"front": one.front, "back": one.back} for one in body.followups]
            texts: dict[str, Value | None] = {"front": body.front, "back": body.back}
            return {**texts, "variants": body.variants, "points": body.points, "followups": followups}
        case Cloze():
            return {"text": "".join(map(_piece, body.pieces))}
        case Choice():
            options = [
                _told({"text": one.text, "correct": Word("true") if one.correct else None, "why": one.why})
                for one in body.options
            ]
            return {"front": body.front, "options": options}
        case Numeric():
            return {
                "front": body.front,
                "answer": Word(body.answer_text),
                "tolerance": _tolerance(body.tolerance),
                "unit": body.unit,
                "check": body.check,
                "steps": body.steps,
            }
        case Code():
            return _code_fields(body)
        case Design():
            return _design_fields(body)
        case Star():
            return {
                "front": body.front,
                "competency": Word(body.competency),
                "rubric": Word(body.rubric),
                "probes": [_probe(one) for one in body.probes],
                "strong_signals": body.strong_signals,
                "weak_signals": body.weak_signals,
            }
        case Story():
            return {
                "title": body.title,
                "situation": body.situation,
                "task": body.task,
                "action": body.action,
                "result": body.result,
                "reflection": body.reflection,
                "metric": body.metric,
                "competencies": [Word(one) for one in body.competencies],
            }
        case _:
            assert_never(body)


def _piece(piece: str | Gap) -> str:
    if isinstance(piece, str):
        return piece
    # A hidden "::" needs a hint behind it, be it an empty one.
    hint = f"::{piece.hint}" if piece.hint else "::" if "::" in piece.answer else ""
    return f"{{{{c{piece.number}::{piece.answer}{hint}}}}}"


def _code_fields(body: Code) -> dict[str, Value | None]:
    is_sql = body.language is Language.SQL
    return {
        "front": body.front,
        "entry": None if body.entry is None else Word(body.entry),
        "language": Word(body.language.value) if is_sql else None,
        "shape": None if body.shape in {Shape.PLAIN, Shape.SQL} else Word(body.shape.value),
        "compare": None if body.compare is Compare.EXACT else Word(body.compare.value),
        "requires": [Word(one) for one in body.requires],
        "minutes": None if body.minutes is None else Word(body.minutes),
        "fixture": body.fixture,
        "starter": body.starter,
        "reference": body.reference,
        "property": body.property_check,
        "tests": {
            "visible": [_case(one, is_sql=is_sql) for one in body.visible],
            "hidden": [_case(one, is_sql=is_sql) for one in body.hidden],
        },
        "large_input": None if body.large_input is None else _large_input(body.large_input),
        "mutants": body.mutants,
        "complexity": _complexity(body.complexity),
    }


def _case(case: Case, *, is_sql: bool) -> dict[str, Value]:
    given: Value | None
    if case.is_expression:
        given = case.given
    elif is_sql:
        given = json.loads(case.given) or None
    else:
        given = _data(json.loads(case.given))
    return _told(
        {
            "in": given,
            "out": None if case.expected is None else _data(json.loads(case.expected)),
            "raises": None if case.raises is None else Word(case.raises),
        },
        keep=("in", "out") if not is_sql else ("out",),
    )


def _data(value: Any) -> Value:
    """Return a value of a test; its texts keep their quotes, since unquoted words have a type there."""
    match value:
        case None:
            return Word("null")
        case bool():
            return Word(str(value).lower())
        case int() | float():
            return Word(repr(value))
        case str():
            return Word(quoted_scalar(value))
        case list():
            return [_data(one) for one in value]
        case dict():
            return {name: _data(one) for name, one in value.items()}
        case _:
            message = f"{type(value).__name__} is nothing that JSON knows"
            raise TypeError(message)


def _complexity(complexity: Complexity) -> dict[str, Value]:
    cost = None if complexity.cost is None else Word(quoted_scalar(complexity.cost.value))
    if complexity.cost is not None and complexity.cost.value.isalnum():
        cost = Word(complexity.cost.value)
    return _told({"time": complexity.time, "space": complexity.space, "cost": cost, "input": complexity.input})


def _large_input(large: LargeInput) -> dict[str, Value]:
    return {"input": large.input, "seconds": Word(f"{large.seconds:.12g}")}


def _design_fields(body: Design) -> dict[str, Value | None]:
    return {
        "front": body.front,
        "family": None if body.family is None else Word(body.family),
        "formats": [Word(one) for one in body.formats],
        "clarifications": body.clarifications,
        "numbers": [_figure(one) for one in body.numbers],
        "outline": {one.phase: one.points for one in body.outline},
        "probes": [_probe(one) for one in body.probes],
        "pitfalls": body.pitfalls,
        "twist": body.twist,
        "rubric": Word(body.rubric),
    }


def _figure(figure: Figure) -> Value:
    if figure.check is None:
        return figure.text
    answer = None if figure.answer is None else Word(decimal_text(figure.answer))
    tolerance = None if figure.tolerance is None else _tolerance(figure.tolerance)
    return _told({"text": figure.text, "check": figure.check, "answer": answer, "tolerance": tolerance})


def _probe(probe: Probe) -> Value:
    return probe.ask if probe.good is None else {"ask": probe.ask, "good": probe.good}


def _tolerance(tolerance: Tolerance) -> dict[str, Value]:
    if tolerance.absolute is not None:
        return {"abs": Word(decimal_text(tolerance.absolute))}
    return {"rel": Word(decimal_text(tolerance.relative or Fraction(0)))}


def decimal_text(number: Fraction) -> str:
    """Return a number as digits with a point, exactly where that has an end; very long ones with an exponent."""
    with localcontext(prec=DIGITS) as context:
        value = context.divide(Decimal(number.numerator), Decimal(number.denominator)).normalize()
    digits = f"{value:f}"
    return digits if len(digits) <= DIGITS // 2 else str(value).replace("E+", "e").replace("E", "e")


def _told(fields: Mapping[str, Value | None], keep: tuple[str, ...] = ()) -> dict[str, Value]:
    """Return the fields that say something; empty ones too where they are in `keep`."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and (isinstance(value, str) or value or name in keep)
    }
