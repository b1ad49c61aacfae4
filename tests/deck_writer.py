"""Writes decks as an author might, without asking the program that reads them."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import assert_never

from hypothesis import strategies as st

from prepdeck.cards.card import Basic, Body, Card, Choice, Cloze, Gap, Numeric
from prepdeck.cards.code import Case, Code, Complexity, Shape
from prepdeck.cards.deck import Deck
from prepdeck.cards.spoken import Design, Figure, Probe, Star, Story
from prepdeck.cards.tolerance import Tolerance
from prepdeck.deckfile.source import FORBIDDEN


class Word(str):
    """A value that is no text and so stands alone on its line."""

    __slots__ = ()


class Script(str):
    """A text that is code: its line ends have to stay."""

    __slots__ = ()


class Typed:
    """A value of a test, in which quotes make a difference."""

    def __init__(self, value: object) -> None:
        self.value = value


class Writer:
    """Writes decks in any quotes that can hold the text.

    Args:
        draw: Draws which of several ways something is written.
        spells_one_way: Whether only quotes may differ, so that two decks of one writer hold the same fields and words.
    """

    def __init__(self, draw: st.DrawFn, *, spells_one_way: bool = False) -> None:
        self.draw = draw
        self.spells_one_way = spells_one_way

    def is_other(self) -> bool:
        """Tell whether the rarer of two spellings is used."""
        return not self.spells_one_way and self.draw(st.booleans())

    def deck(self, deck: Deck) -> str:
        fields: dict[str, object] = {
            "deck": Word(deck.id),
            "title": deck.title,
            "track": Word(deck.track.value),
            "description": deck.description,
            "phases": list(deck.phases),
            "skills": [Word(skill) for skill in deck.skills],
            "optional": deck.optional,
            "tags": list(deck.tags),
            "topics": {topic.id: topic.title for topic in deck.topics},
            "author": deck.author,
            "license": deck.license,
            "version": deck.version,
        }
        rows = self.fields(fields, "")
        rows.append("cards:")
        for card in deck.cards:
            first, *others = self.fields(self.card(card, deck), "  ")
            rows.extend([f"- {first[2:]}", *others])
        return "\n".join(rows) + "\n"

    def card(self, card: Card, deck: Deck) -> dict[str, object]:
        return {
            "id": Word(card.id.card),
            "kind": Word(card.kind),
            **self.body(card.body),
            "topic": card.topic and Word(card.topic),
            "level": card.level,
            "tags": [tag for tag in card.tags if tag not in deck.tags],
            "ask": card.ask and Word(card.ask.value),
            "why": card.why,
            "hints": list(card.hints),
            "refs": list(card.refs),
            "verify": card.verify and Script(card.verify),
            "volatile": card.volatile,
            "as_of": card.as_of and Word(card.as_of.isoformat()),
            "revision": card.revision,
            "was": [Word(was) if was.deck != deck.id or self.is_other() else Word(was.card) for was in card.was],
            "seconds": card.seconds,
            "weight": card.weight,
        }

    def body(self, body: Body) -> dict[str, object]:
        match body:
            case Basic():
                followups = [{"front": one.front, "back": one.back} for one in body.followups]
                lists = {"variants": list(body.variants), "points": list(body.points), "followups": followups}
                return {"front": body.front, "back": body.back, **lists}
            case Cloze():
                pieces = []
                for piece in body.pieces:
                    hint = f"::{piece.hint}" if isinstance(piece, Gap) and piece.hint else ""
                    pieces.append(piece if isinstance(piece, str) else f"{{{{c{piece.number}::{piece.answer}{hint}}}}}")
                return {"text": "".join(pieces)}
            case Choice():
                options = [{"text": one.text, "correct": one.correct, "why": one.why} for one in body.options]
                return {"front": body.front, "options": options}
            case Numeric():
                numbers = {"answer": Word(body.answer_text), "tolerance": self.tolerance(body.tolerance)}
                return {
                    "front": body.front,
                    **numbers,
                    "unit": body.unit,
                    "check": body.check,
                    "steps": list(body.steps),
                }
            case Code():
                return self.code(body)
            case Design() | Star() | Story():
                return self.spoken(body)
            case never:
                assert_never(never)

    def tolerance(self, tolerance: Tolerance) -> dict[str, object]:
        if tolerance.relative is not None:
            return {"rel": number(tolerance.relative)}
        return {"abs": number(tolerance.absolute or Fraction(0))}

    def code(self, body: Code) -> dict[str, object]:
        """Return the fields of a code card; what is as it would be anyway is written or left out."""
        is_default = body.shape in {Shape.PLAIN, Shape.SQL}
        large = body.large_input
        return {
            "front": body.front,
            "entry": body.entry and Word(body.entry),
            "language": Word(body.language.value),
            "shape": None if is_default and self.is_other() else Word(body.shape.value),
            "compare": Word(body.compare.value),
            "starter": Script(body.starter),
            "reference": Script(body.reference),
            "tests": {
                "visible": [self.case(case, body) for case in body.visible],
                "hidden": [self.case(case, body) for case in body.hidden],
            },
            "mutants": [Script(mutant) for mutant in body.mutants],
            "complexity": self.complexity(body.complexity),
            "minutes": body.minutes,
            "fixture": body.fixture and Script(body.fixture),
            "property": body.property_check and Script(body.property_check),
            "large_input": large and {"input": Script(large.input), "seconds": Word(large.seconds)},
            "requires": [Word(package) for package in body.requires] or None,
        }

    def complexity(self, complexity: Complexity) -> dict[str, object]:
        return {
            "time": complexity.time,
            "space": complexity.space,
            "cost": complexity.cost and Word(complexity.cost.value),
            "input": complexity.input and Script(complexity.input),
        }

    def case(self, case: Case, body: Code) -> dict[str, object]:
        given: object = Script(case.given)
        if not case.is_expression:
            values = json.loads(case.given)
            given = [Script(script) for script in values] if body.shape is Shape.SQL else Typed(values)
        out = None if case.expected is None else Typed(json.loads(case.expected))
        return {"in": given, "out": out, "raises": case.raises and Word(case.raises)}

    def spoken(self, body: Design | Star | Story) -> dict[str, object]:
        match body:
            case Design():
                return {
                    "front": body.front,
                    "family": body.family and Word(body.family),
                    "formats": [Word(one) for one in body.formats],
                    "clarifications": list(body.clarifications),
                    "numbers": [self.figure(figure) for figure in body.numbers],
                    "outline": {phase.phase: list(phase.points) for phase in body.outline},
                    "probes": [self.probe(probe) for probe in body.probes],
                    "pitfalls": list(body.pitfalls),
                    "twist": body.twist,
                    "rubric": Word(body.rubric),
                }
            case Star():
                return {
                    "front": body.front,
                    "competency": Word(body.competency),
                    "probes": [self.probe(probe) for probe in body.probes],
                    "strong_signals": list(body.strong_signals),
                    "weak_signals": list(body.weak_signals),
                    "rubric": Word(body.rubric),
                }
            case Story():
                return {
                    "title": body.title,
                    "situation": body.situation,
                    "task": body.task,
                    "action": body.action,
                    "result": body.result,
                    "competencies": [Word(one) for one in body.competencies],
                    "reflection": body.reflection,
                    "metric": body.metric,
                }
            case never:
                assert_never(never)

    def figure(self, figure: Figure) -> object:
        if figure.answer is None:
            return figure.text if self.is_other() else {"text": figure.text}
        tolerance = figure.tolerance and self.tolerance(figure.tolerance)
        return {"text": figure.text, "check": figure.check, "answer": number(figure.answer), "tolerance": tolerance}

    def probe(self, probe: Probe) -> object:
        if probe.good is None and self.is_other():
            return probe.ask
        return {"ask": probe.ask, "good": probe.good}

    def fields(self, fields: dict[str, object], margin: str) -> list[str]:
        rows: list[str] = []
        for name, value in fields.items():
            if value is not None and value != {}:
                rows.append(f"{margin}{name}:{self.value(value, margin)}")
        return rows

    def value(self, value: object, margin: str) -> str:
        match value:
            case dict():
                rows = self.fields(value, f"{margin}  ")
                return "".join(f"\n{row}" for row in rows) if rows else " {}"
            case list():
                if value and self.draw(st.booleans()):
                    return "".join(f"\n{margin}- {self.entry(item, margin)}" for item in value)
                return f" [{', '.join(self.flow(item) for item in value)}]"
            case Word() | Typed():
                return f" {self.flow(value)}"
            case str():
                return f" {self.text(value, margin)}"
            case _:
                return f" {self.flow(value)}"

    def entry(self, item: object, margin: str) -> str:
        """Return an entry of a list that stands on lines of its own."""
        rows = self.fields(item, f"{margin}  ") if isinstance(item, dict) else []
        if rows:
            return "\n".join(rows)[len(margin) + 2 :]
        if isinstance(item, str) and not isinstance(item, Word):
            return self.text(item, margin)
        return self.flow(item)

    def flow(self, value: object) -> str:
        match value:
            case bool() | int():
                return str(value).lower()
            case dict():
                rows = [f"{name}: {self.flow(one)}" for name, one in value.items() if one is not None]
                return "{" + ", ".join(rows) + "}"
            case list():
                return f"[{', '.join(self.flow(item) for item in value)}]"
            case Word():
                return str(value)
            case Typed():
                return self.typed(value.value)
            case _:
                return self.quote(str(value))

    def typed(self, value: object) -> str:
        """Return a value of a test on one line."""
        match value:
            case None:
                return "~" if self.is_other() else "null"
            case float() if not isfinite(value):
                return f"{'-' if value < 0 else ''}{'.' if self.is_other() else ''}{abs(value)}"
            case bool() | int() | float():
                return str(value).lower()
            case str():
                is_word = value.isascii() and value.isalpha() and value not in {"null", "true", "false", "inf", "nan"}
                is_safe = is_word and value.lower() not in {"none", "null", "true", "false", "nan", "infinity", "inf"}
                return value if is_safe and self.draw(st.booleans()) else self.quote(value, escaped=True)
            case list():
                return f"[{', '.join(self.typed(item) for item in value)}]"
            case dict():
                rows = [f"{self.quote(key, escaped=True)}: {self.typed(item)}" for key, item in value.items()]
                return "{" + ", ".join(rows) + "}"
            case _:
                raise TypeError(value)

    def text(self, text: str, margin: str) -> str:
        """Return a text in quotes or below a bar; where the bar cannot tell the indentation it is given a number."""
        rows = text.split("\n")
        may_stand_below = not FORBIDDEN.search(text) and all(row.strip(" ") or not row for row in rows)
        if may_stand_below and self.draw(st.booleans()):
            width = "" if rows[0] and rows[0][0] not in " \t" and self.draw(st.booleans()) else "2"
            sign = f"|{width}{self.draw(st.sampled_from(['', '-', '+']))}"
            return sign + "".join(f"\n{margin}  {row}" if row else "\n" for row in rows)
        return self.quote(text)

    def quote(self, text: str, *, escaped: bool = False) -> str:
        """Return a text in quotes; with `escaped`, what nobody would see is spelt as an escape."""
        is_plain = "\n" not in text and "\r" not in text and not FORBIDDEN.search(text)
        if is_plain and not (escaped and not text.isprintable()) and self.draw(st.booleans()):
            return "'" + text.replace("'", "''") + "'"
        if escaped:
            return json.dumps(text).replace("\x7f", "\\u007f") if text.isascii() else '"' + utf32(text) + '"'
        rows = text.replace("\\", "\\\\").replace('"', '\\"')
        # An escape that letters follow could be taken for a LaTeX command.
        rows = rows.replace("\n", "\\x0a").replace("\t", "\\x09").replace("\r", "\\x0d")
        return '"' + FORBIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", rows) + '"'


def number(value: Fraction) -> Word:
    """Return the digits of a number that has an end."""
    return Word(Decimal(value.numerator) / Decimal(value.denominator))


def utf32(text: str) -> str:
    """Return every character as the escape of YAML that any character has."""
    return "".join(f"\\U{ord(one):08x}" for one in text)
