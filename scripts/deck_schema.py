"""Writes `decks/deck.schema.json`, which lets editors check and complete deck files, from the reader's own tables.

    python scripts/deck_schema.py            writes the file
    python scripts/deck_schema.py --check    fails when the file and the tables differ

Fields, required fields, words and limits come from `prepdeck.deckfile`; only the help of each field is written here.
The schema is draft-07, which every YAML language server knows. Where an editor cannot see what the reader sees, it lets
more pass: a bare `7` is a good id and `2026` a good title, although YAML has made numbers of them by then. It is
stricter in one thing, so that completion offers plain words: numbers and truth values stand without quotes.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from prepdeck.cards.ids import SLUG
from prepdeck.deckfile import basic, choice, cloze, header, kinds, names, quantities, scalars, texts
from prepdeck.deckfile.building import MAX_CARDS, MAX_KEYS
from prepdeck.deckfile.schema import EXAMPLES, Reader, Schema

FILE: Final = Path(__file__).parent.parent / "decks" / "deck.schema.json"

HELP: Final[Mapping[str, Mapping[str, str]]] = {
    "a deck": {
        "deck": "The deck's name for ever: with a card's id it names the card and its history.",
        "title": "What people read; made of the name when it is missing.",
        "track": "The part of an interview the deck prepares for; other when it is missing.",
        "description": "A sentence or two.",
        "phases": "Phases of the roadmap it serves, 1 to 8.",
        "skills": "Skills of the roadmap it serves.",
        "optional": "true keeps it out of the daily queue until the learner chooses it.",
        "tags": "Labels given to every card.",
        "author": "Who wrote it.",
        "license": "Under which terms it may be used.",
        "version": "As the author counts.",
        "topics": "The subjects in learning order, one line slug: Title each.",
        "cards": "The cards, one entry each.",
    },
    "a card": {
        "id": "The card's name in this deck; written once, so that every other text may change and the history stays.",
        "kind": "How it is answered; basic when it is missing.",
        "topic": "The one subject: a slug of the deck's topics.",
        "level": "1 recall, 2 explain or apply, 3 compare, diagnose or design.",
        "tags": "Free labels, beside those of the deck.",
        "ask": "What the front asks for.",
        "why": "One line on why it matters, shown with the answer.",
        "hints": "Shown one after the other on request, the smallest first.",
        "refs": "Where a reader can check the answer.",
        "verify": "A snippet of Python with asserts that proves a claim of the card.",
        "volatile": "true when the answer ages; as_of then says when it was last checked.",
        "as_of": "The day a volatile answer was last checked, such as 2026-01-31.",
        "revision": "Raised when the meaning changed: the card falls due soon, its history stays.",
        "was": "The card's earlier id, old-id or old-deck/old-id, whose history it carries on; or a list of them.",
        "seconds": "Target time for an answer.",
        "weight": "How often interviews ask it: 1 rarely, 2 now and then, 3 nearly always.",
    },
    "a basic card": {
        "front": "The question, Markdown; $...$ is maths.",
        "back": "The answer, Markdown; $...$ is maths.",
        "variants": "Other wordings of the front; each repetition shows one of them.",
        "points": "What a good answer must say; ticking them proposes the grade.",
        "followups": "What an interviewer asks next.",
    },
    "a follow-up": {"front": "The question, Markdown.", "back": "The answer, Markdown."},
    "a cloze card": {
        "text": "The text, Markdown, with gaps {{c1::hidden}} or {{c1::hidden::hint}} that open in number order.",
    },
    "a choice card": {
        "front": "The question, Markdown; $...$ is maths.",
        "options": "Two to eight options, right and wrong ones; they are shuffled when shown.",
    },
    "an option": {
        "text": "What is offered, Markdown.",
        "correct": "true when it belongs to the right answer.",
        "why": "Why it is right or wrong, Markdown.",
    },
    "a numeric card": {
        "front": "The question, Markdown; $...$ is maths.",
        "answer": "The number, such as 0.154, 1_000 or 1e-3.",
        "tolerance": "How far off still counts: {abs: 0.002} in the answer's unit, or {rel: 0.01} as a share of it.",
        "unit": "What the number counts or measures.",
        "check": "An expression that recomputes the answer, such as 0.01*0.9 / 0.0585.",
        "steps": "The working, one line each, Markdown.",
    },
    "a tolerance": {
        "abs": "Largest accepted distance, in the answer's unit.",
        "rel": "Largest accepted distance as a share of the answer, such as 0.05 for 5 %.",
    },
}
"""What each field is for, by what the reader calls the table it stands in; common fields of cards under `a card`."""

_SLUG: Final = SLUG.pattern


def _scalar(pattern: str, told: str, number: str = "number", **limits: int) -> dict[str, Any]:
    """Return the schema of a value the reader takes as its characters, whatever YAML makes of them."""
    return {
        # As one more `type`, editors would offer true and false for every text.
        "if": {"not": {"type": "boolean"}},
        "then": {"type": ["string", number]},
        "pattern": pattern,
        "patternErrorMessage": told,
        **limits,
    }


def _list(item: Mapping[str, Any], **limits: Any) -> dict[str, Any]:
    return {"type": "array", "items": item, "maxItems": MAX_CARDS, **limits}


def _table(schema: Schema, **more: Any) -> dict[str, Any]:
    """Return the schema of a table with its own fields only."""
    required = {"required": list(schema.required)} if schema.required else {}
    fields = _fields(schema.owner, schema.readers)
    return {"type": "object", "properties": fields, **required, "additionalProperties": False, **more}


def _fields(owner: str, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """Return the schema of every field with its help.

    Raises:
        SystemExit: When a field has no help, or help has no field.
    """
    told = HELP.get(owner, {})
    if told.keys() != readers.keys():
        raise SystemExit(f"HELP of {owner} and its fields differ: {sorted(told.keys() ^ readers.keys())}")
    return {name: _field(name, reader, told[name], owner) for name, reader in readers.items()}


def _field(name: str, reader: Reader, told: str, owner: str) -> dict[str, Any]:
    title = name.replace("_", " ").capitalize()
    example = EXAMPLES.get(name) if owner.endswith(("deck", "card")) else None
    return {"title": title, "description": f"{told}\nWrite {example}" if example else told, **_value(name, reader)}


def _value(name: str, reader: Reader) -> dict[str, Any]:
    """Return the schema of what `reader` accepts, looking into the readers that were made to measure.

    Raises:
        SystemExit: When it is a reader this script does not know.
    """
    if reader in _VALUES:
        return dict(_VALUES[reader])
    made_with = inspect.getclosurevars(reader).nonlocals
    match reader.__qualname__.partition(".")[0]:
        case "_or_default":
            return _value(name, made_with["reader"])
        case "whole_between":
            low, high = made_with["low"], made_with["high"]
            if high <= 9:  # noqa: PLR2004 - few enough to be offered one by one
                return {"type": "integer", "enum": list(range(low, high + 1))}
            return {"type": "integer", "minimum": low, "maximum": high}
        case "one_of" | "one_of_enum":
            return {"type": "string", "enum": list(made_with["words"])}
        case "list_of":
            return _list(_value(name, made_with["reader"]))
        case _:
            raise SystemExit(f"the field {name} is read by {reader.__qualname__}, which this script does not know")


_TEXT: Final = _scalar(r"\S", "Write a text, or delete the line.", maxLength=texts.MAX_CHARACTERS)
_TAG: Final = _scalar(r"^.*\S.*$", "A tag is a few words on one line.", maxLength=texts.MAX_TAG_CHARACTERS)
_NAME: Final = _scalar(f"^{_SLUG}$", f"Not a slug: {scalars.SLUG_HELP}.", "integer", minimum=0)
_OLD_NAME: Final = _scalar(f"^(?:{_SLUG}/)?{_SLUG}$", "Write old-id, or old-deck/old-id.", "integer", minimum=0)
_QUANTITY: Final = {
    "type": ["number", "string"],
    "pattern": f"^(?:{quantities.NUMBER.pattern})$",
    "patternErrorMessage": "Not a plain number, such as 0.154, 1_000 or 1e-3.",
    "maxLength": quantities.MAX_NUMBER_CHARACTERS,
}
_GAPS: Final = {
    "type": "string",
    "pattern": cloze.OPENING.pattern,
    "patternErrorMessage": "The text has no gap: write {{c1::hidden}} or {{c1::hidden::hint}}.",
    "maxLength": texts.MAX_CHARACTERS,
}
_TRUE_OPTION: Final = {"required": ["correct"], "properties": {"correct": {"const": True}}}
_BOTH: Final = [{"contains": _TRUE_OPTION}, {"contains": {"not": _TRUE_OPTION}}]

_VALUES: Final[dict[Reader, dict[str, Any]]] = {
    texts.read_text: _TEXT,
    texts.read_texts: _list(_TEXT),
    texts.read_tags: _list(_TAG, maxItems=texts.MAX_TAGS),
    scalars.read_slug: _NAME,
    scalars.read_boolean: {"type": "boolean"},
    scalars.read_day: {
        "type": "string",
        "pattern": f"^{scalars.DAY.pattern}$",
        "patternErrorMessage": "Write year-month-day: 2026-01-31.",
    },
    names.read_was: {"anyOf": [_OLD_NAME, _list(_OLD_NAME)]},
    names.pass_over: {"type": "string", "enum": list(kinds.KINDS), "default": "basic"},
    header.read_topics: {
        "type": "object",
        "propertyNames": {"pattern": f"^{_SLUG}$"},
        "additionalProperties": _TEXT,
        "maxProperties": MAX_KEYS,
    },
    header.read_cards: _list({"$ref": "#/definitions/card"}),
    cloze.read_cloze: _GAPS,
    quantities.read_number: _QUANTITY,
}
"""What each reader of a plain value accepts."""
# The tables inside cards are private to their modules; their fields have the same right to follow the reader.
_VALUES[basic.read_followups] = _list(_table(basic._FOLLOWUP))  # noqa: SLF001 - see above
_VALUES[choice.read_options] = _list(
    _table(choice._OPTION),  # noqa: SLF001 - see above
    minItems=choice.FEWEST_OPTIONS,
    maxItems=choice.MOST_OPTIONS,
    allOf=_BOTH,
)
_VALUES[quantities._read_distance] = {**_QUANTITY, "minimum": 0}  # noqa: SLF001 - see above
_TOLERANCE: Final = _table(quantities._TOLERANCE, minProperties=1, maxProperties=1)  # noqa: SLF001 - see above
_TOLERANCE["properties"]["rel"]["exclusiveMaximum"] = 1
_VALUES[quantities.read_tolerance] = _TOLERANCE


def _card() -> dict[str, Any]:
    """Return the schema of an entry of `cards`: its kind chooses which fields it may have and needs."""
    return {
        "title": "Card",
        "type": "object",
        "required": ["id"],
        "properties": {name: _common(name) for name in ("id", "kind")},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind}}, **({} if kind == "basic" else {"required": ["kind"]})},
                "then": {"$ref": f"#/definitions/{kind}"},
            }
            for kind in kinds.KINDS
        ],
    }


def _common(name: str) -> dict[str, str]:
    return {"$ref": f"#/definitions/card-{name}"}


def _kind(name: str) -> dict[str, Any]:
    kind = kinds.KINDS[name]
    schema = kinds.SCHEMAS[name]
    fields = {**{common: _common(common) for common in kinds.COMMON}, **_fields(schema.owner, kind.readers)}
    return {
        "title": f"{name.capitalize()} card",
        "type": "object",
        "properties": fields,
        "required": list(schema.required),
        "additionalProperties": False,
        "if": {"properties": {"volatile": {"const": True}}, "required": ["volatile"]},
        "then": {"required": ["as_of"]},
    }


def build_schema() -> dict[str, Any]:
    """Return the whole schema."""
    common = _fields("a card", kinds.COMMON)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Written by scripts/deck_schema.py from the tables of prepdeck/deckfile; do not edit it.",
        "title": "prepdeck deck",
        "description": "One deck of flashcards for prepdeck.",
        **_table(header.SCHEMA),
        "definitions": {
            "card": _card(),
            **{kind: _kind(kind) for kind in kinds.KINDS},
            **{f"card-{name}": field for name, field in common.items()},
        },
    }


def draw_schema() -> str:
    """Return the text of the file."""
    return json.dumps(build_schema(), indent=2, ensure_ascii=False) + "\n"


def main(words: Sequence[str] | None = None) -> int:
    """Write the file, or with `--check` tell whether it is up to date."""
    parser = argparse.ArgumentParser(description="Write the JSON Schema of deck files.")
    parser.add_argument("--check", action="store_true", help="only tell whether the file is up to date")
    parser.add_argument("file", nargs="?", type=Path, default=FILE, help="another file")
    given = parser.parse_args(words)
    if not given.check:
        given.file.write_text(draw_schema(), encoding="utf-8")
        return 0
    if given.file.is_file() and given.file.read_text(encoding="utf-8") == draw_schema():
        return 0
    print(f"{given.file} is not what the reader's tables give; run: python scripts/deck_schema.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
