"""Writes `decks/deck.schema.json`, which lets editors check and complete deck files, from the reader's own tables.

    python scripts/deck_schema.py            writes the file
    python scripts/deck_schema.py --check    fails when the file and the tables differ

Fields, required fields, words and limits come from `prepdeck.deckfile`; only the help of each field is written here.
The schema is JSON Schema 2020-12. Where an editor cannot see what the reader sees, it lets more pass: a bare `7` is a
good id and `2026` a good title, although YAML has made numbers of them by then. It is stricter in two things, so that
completion offers plain words: numbers and truth values stand without quotes, and a text `null` stands in quotes.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from deck_schema_help import HELP

from prepdeck.cards.ids import SLUG
from prepdeck.deckfile import (
    basic,
    cases,
    choice,
    cloze,
    code_card,
    code_texts,
    design,
    header,
    json_values,
    kinds,
    names,
    probes,
    quantities,
    scalars,
    texts,
)
from prepdeck.deckfile.building import MAX_CARDS, MAX_KEYS
from prepdeck.deckfile.schema import EXAMPLES, Reader, Schema

FILE: Final = Path(__file__).parent.parent / "decks" / "deck.schema.json"

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
    fields = _fields(schema)
    return {"type": "object", "properties": fields, **required, "additionalProperties": False, **more}


def _tests_of(name: str) -> dict[str, Any]:
    """Return the schema of tests that are all of one sort."""
    return {"properties": {part: {"items": {"$ref": f"#/$defs/{name}"}} for part in cases.TESTS.readers}}


def _fields(schema: Schema) -> dict[str, Any]:
    """Return the schema of every field with its help.

    Raises:
        SystemExit: When a field has no help, or help has no field.
    """
    told = HELP.get(schema.owner, {})
    if told.keys() != schema.readers.keys():
        raise SystemExit(f"HELP of {schema.owner} and its fields differ: {sorted(told.keys() ^ schema.readers.keys())}")
    return {name: _field(name, reader, told[name], schema) for name, reader in schema.readers.items()}


def _field(name: str, reader: Reader, told: str, schema: Schema) -> dict[str, Any]:
    title = name.replace("_", " ").capitalize()
    example = EXAMPLES.get(name) if schema.owner.endswith(("deck", "card")) else None
    example = schema.examples.get(name, example)
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
            # To an editor the unquoted word 1 is a number.
            words = [
                value for word in made_with["words"] for value in ([word, int(word)] if word.isdigit() else [word])
            ]
            return {"enum": words} if len(words) > len(made_with["words"]) else {"type": "string", "enum": words}
        case "list_of":
            return _list(_value(name, made_with["reader"]))
        case "some_of":
            return {**_value(name, made_with["read_list"]), "minItems": 1}
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
_PYTHON_NAME: Final = {
    "if": {"not": {"type": "boolean"}},
    "then": {"type": "string"},
    "pattern": f"^{code_texts.NAME.pattern}$",
    "patternErrorMessage": "Write the name alone: letters, digits and _.",
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
    header.read_cards: _list({"$ref": "#/$defs/card"}),
    cloze.read_cloze: _GAPS,
    quantities.read_number: _QUANTITY,
    code_texts.read_code: _TEXT,
    code_texts.read_expression: _TEXT,
    code_texts.read_name: _PYTHON_NAME,
    code_card.read_limit: {**_QUANTITY, "exclusiveMinimum": 0, "maximum": code_card.MOST_SECONDS},
    code_texts.read_exception: _PYTHON_NAME,
    cases.take: {"type": ["array", "string"], "pattern": r"\S"},
    cases.take_list: _list({"type": "object"}, minItems=1),
    json_values.read_json: {},
    design.read_outline: {
        "type": "object",
        "propertyNames": {"pattern": f"^{_SLUG}$"},
        "additionalProperties": _list(_TEXT, minItems=1),
        "minProperties": 1,
        "maxProperties": MAX_KEYS,
    },
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
_VALUES[cases.take_table] = _table(cases.TESTS)
_VALUES[code_card.read_complexity] = _table(code_card.COMPLEXITY)
_VALUES[code_card.read_large_input] = _table(code_card.LARGE_INPUT)
_VALUES[probes.read_probes] = _list({"anyOf": [_TEXT, _table(probes.PROBE)]})
_FIGURE: Final = _table(design.FIGURE)
_FIGURE["dependentRequired"] = {"check": ["answer"], "answer": ["check"], "tolerance": ["check", "answer"]}
_VALUES[design.read_figures] = _list({"anyOf": [_TEXT, _FIGURE]})


_PYTHON_ONLY: Final = dict.fromkeys(code_card.PYTHON_ONLY, False)
_SAYS_PROPERTY: Final = [
    {"properties": {name: {"const": "property"}}, "required": [name]} for name in ("shape", "compare")
]
_CODE_RULES: Final[list[dict[str, Any]]] = [
    {
        "if": {"properties": {"language": {"const": "sql"}}, "required": ["language"]},
        "then": {
            "properties": {
                **_PYTHON_ONLY,
                "shape": {"const": "sql"},
                "compare": {"not": {"const": "property"}},
                "tests": _tests_of("query-test"),
            },
        },
        "else": {
            "required": ["entry"],
            "properties": {"shape": {"not": {"const": "sql"}}, "tests": _tests_of("test")},
        },
    },
    {"if": {"anyOf": _SAYS_PROPERTY}, "then": {"required": ["property"]}, "else": {"properties": {"property": False}}},
    {"if": _SAYS_PROPERTY[0], "then": {"properties": {"compare": {"const": "property"}}}},
]
"""What fields of a code card ask of each other."""


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
                "then": {"$ref": f"#/$defs/{kind}"},
            }
            for kind in kinds.KINDS
        ],
    }


def _common(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/card-{name}"}


def _kind(name: str) -> dict[str, Any]:
    kind = kinds.KINDS[name]
    schema = kinds.SCHEMAS[name]
    own = Schema(owner=schema.owner, readers=kind.readers, examples=kind.examples)
    fields = {**{common: _common(common) for common in kinds.COMMON}, **_fields(own)}
    return {
        "title": f"{name.capitalize()} card",
        "type": "object",
        "properties": fields,
        "required": list(schema.required),
        "additionalProperties": False,
        "if": {"properties": {"volatile": {"const": True}}, "required": ["volatile"]},
        "then": {"required": ["as_of"]},
        **({"allOf": _CODE_RULES} if name == "code" else {}),
    }


def build_schema() -> dict[str, Any]:
    """Return the whole schema."""
    common = _fields(Schema(owner="a card", readers=kinds.COMMON))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Written by scripts/deck_schema.py from the tables of prepdeck/deckfile; do not edit it.",
        "title": "prepdeck deck",
        "description": "One deck of flashcards for prepdeck.",
        **_table(header.SCHEMA),
        "$defs": {
            "card": _card(),
            **{kind: _kind(kind) for kind in kinds.KINDS},
            **{f"card-{name}": field for name, field in common.items()},
            "test": _table(cases.CASE, **{"not": {"required": ["out", "raises"]}}),
            "query-test": _table(cases.QUERY),
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
