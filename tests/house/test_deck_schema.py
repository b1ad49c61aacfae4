from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder
from jsonschema import Draft7Validator

from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import read_deck
from prepdeck.host.bundled import bundled_folder

ROOT = Path(__file__).parent.parent.parent
FOLDER = bundled_folder("decks")
FILE = FOLDER / "deck.schema.json"
SCHEMA = json.loads(FILE.read_text("utf-8"))
DECKS = sorted(FOLDER.glob("*.yaml"))
needs_checkout = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="only a checkout has the script")


class EditorLoader(yaml.SafeLoader):
    """Loads YAML 1.2 as the editors' language server does: `no` and 2026-01-31 are texts there."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own spelling


for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))
EditorLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
EditorLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))


def faults(text: str) -> list[str]:
    """Return what an editor marks in a deck."""
    deck = yaml.load(text, EditorLoader)  # noqa: S506 - a SafeLoader
    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(deck)]


def is_read_whole(text: str) -> bool:
    """Tell whether the reader finds no error."""
    return all(problem.severity is not Severity.ERROR for problem in read_deck("deck.yaml", text.encode()).problems)


def script(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/deck_schema.py", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@needs_checkout
def test_the_schema_is_what_the_readers_tables_give() -> None:
    ended = script("--check")
    assert ended.returncode == 0, ended.stderr


@needs_checkout
def test_the_check_fails_when_the_schema_differs_from_the_tables(tmp_path: Path) -> None:
    other = tmp_path / "deck.schema.json"
    other.write_text(FILE.read_text("utf-8").replace('"maxItems": 50', '"maxItems": 51'), encoding="utf-8")
    assert script("--check", str(other)).returncode == 1
    assert script(str(other)).returncode == 0
    assert other.read_bytes() == FILE.read_bytes()


def test_the_schema_is_a_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)


@needs_checkout
def test_the_wheel_carries_the_schema() -> None:
    files = WheelBuilder(str(ROOT)).recurse_included_files()
    assert "prepdeck/_bundled/decks/deck.schema.json" in {file.distribution_path.replace("\\", "/") for file in files}


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.name)
def test_a_bundled_deck_validates_and_names_the_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    assert faults(text) == []
    assert text.startswith("# yaml-language-server: $schema=./deck.schema.json\n")


def fields_of(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every field of a part of the schema by its path, those of lists and tables inside it too."""
    found = {}
    for name, field in schema.get("properties", {}).items():
        if "$ref" not in field:
            found[name] = field
            for inner in (field, field.get("items", {})):
                found |= {f"{name}.{below}": each for below, each in fields_of(inner).items()}
    return found


def test_every_field_tells_editors_what_it_is_for() -> None:
    fields = fields_of(SCHEMA)
    for name, part in SCHEMA["definitions"].items():
        fields |= {name: part} if name.startswith("card-") else fields_of(part)
    assert {"deck", "topics", "card-ask", "options.correct", "tolerance.rel", "followups.back"} <= fields.keys()
    assert [name for name, field in fields.items() if not (field.get("title") and field.get("description"))] == []


BASIC = "{id: a, front: Q, back: A"
CHOICE = "{id: a, kind: choice, front: Q, options: "
NUMERIC = "{id: a, kind: numeric, front: Q, "
GOOD_CARDS = (
    BASIC + "}",
    BASIC + ", kind: basic, variants: [Q2], points: [p], followups: [{front: Q, back: A}]}",
    BASIC + ", topic: t, level: 3, tags: [x, 2], ask: next-step, why: w, hints: [h], refs: [r], verify: assert True}",
    BASIC + ", volatile: true, as_of: 2026-01-31, revision: 2, was: b, seconds: 7200, weight: 1}",
    BASIC + ", was: [b, other/c, 7], volatile: false}",
    "{id: 7, front: 42, back: true}",
    "{id: 007, front: 12:30, back: no}",
    "{id: 1_0, front: 0123, back: 2026-01-01}",
    "{id: true, front: 1e3, back: Off}",
    "{id: a, kind: cloze, text: 'In {{c1::a gap::hint}} or {{c2::two}}.'}",
    CHOICE + "[{text: true}, {text: 2, correct: true, why: w}]}",
    CHOICE + "[{text: a, correct: true}, {text: b, correct: true}, {text: c, correct: false}]}",
    NUMERIC + "answer: 0.154, tolerance: {abs: 0.002}, unit: ms, check: 1+1, steps: [s]}",
    NUMERIC + "answer: 1_000, tolerance: {rel: 1e-3}}",
    NUMERIC + "answer: '-1.5e20', tolerance: {abs: 0}}",
)
BAD_CARDS = (
    "a text",
    "{front: Q, back: A}",
    "{id: a, frnt: Q, back: A}",
    "{id: a, front: Q}",
    "{id: a, front: Q, back: }",
    "{id: a, front: Q, back: ' '}",
    "{id: a, front: [Q], back: A}",
    "{id: a, front: Q, back: {a: b}}",
    "{id: A b, front: Q, back: A}",
    "{id: -1, front: Q, back: A}",
    BASIC + ", kind: code}",
    BASIC + ", kind: baisc}",
    BASIC + ", level: 4}",
    BASIC + ", level: two}",
    BASIC + ", tags: x}",
    BASIC + ", ask: whom}",
    BASIC + ", hints: h}",
    BASIC + ", volatile: yes}",
    BASIC + ", volatile: true}",
    BASIC + ", as_of: today}",
    BASIC + ", revision: 0}",
    BASIC + ", seconds: 7201}",
    BASIC + ", seconds: 1:30}",
    BASIC + ", weight: high}",
    BASIC + ", was: a/b/c}",
    BASIC + ", steps: [s]}",
    BASIC + ", followups: [{front: Q}]}",
    BASIC + ", followups: [{front: Q, back: A, level: 1}]}",
    "{id: a, kind: cloze, text: no gap}",
    "{id: a, kind: cloze, front: Q, back: A}",
    CHOICE + "[{text: a, correct: true}]}",
    CHOICE + "[{text: a}, {text: b}]}",
    CHOICE + "[{text: a, correct: true}, {text: b, correct: true}]}",
    CHOICE + "[{text: a, correct: true}, {text: b, corect: false}]}",
    CHOICE + "[{text: a, correct: 1}, {text: b}]}",
    CHOICE + "[a, b]}",
    NUMERIC + "answer: 1/7, tolerance: {abs: 1}}",
    NUMERIC + "answer: 15%, tolerance: {abs: 1}}",
    NUMERIC + "answer: 1}",
    NUMERIC + "answer: 1, tolerance: 0.1}",
    NUMERIC + "answer: 1, tolerance: {}}",
    NUMERIC + "answer: 1, tolerance: {abs: 1, rel: 0.1}}",
    NUMERIC + "answer: 1, tolerance: {abs: -1}}",
    NUMERIC + "answer: 1, tolerance: {rel: 1}}",
    NUMERIC + "answer: 1, tolerance: {percent: 5}}",
)
GOOD_HEADERS = (
    "title: 2026",
    "track: star",
    "phases: [1, 8]",
    "skills: [programming]",
    "optional: true",
    "tags: []",
    "version: 1.0",
    "topics: {rules-bayes: Rules, 7: 8}",
    "author: A\nlicense: MIT\ndescription: D",
)
BAD_HEADERS = (
    "titel: T",
    "title: [T]",
    "title:",
    "track: ml",
    "phases: [9]",
    "phases: 1",
    "skills: [juggling]",
    "optional: yes",
    "topics: [rules-bayes]",
    "topics: {Rules: Rules}",
    "front: Q",
    f"tags: [{', '.join(map(str, range(51)))}]",
    f"tags: [{'x' * 65}]",
)


def deck_of(card: str = BASIC + "}", head: str = "title: T") -> str:
    return f"deck: small\n{head}\ncards:\n- {card}\n"


@pytest.mark.parametrize("text", [*map(deck_of, GOOD_CARDS), *(deck_of(head=head) for head in GOOD_HEADERS)])
def test_what_the_reader_takes_validates(text: str) -> None:
    assert is_read_whole(text)
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *map(deck_of, BAD_CARDS),
        *(deck_of(head=head) for head in BAD_HEADERS),
        "deck: small",
        "deck: small\ncards:",
        "deck: small\ncards: {id: a}",
        "cards: []",
        "deck: Small Deck\ncards: []",
    ],
)
def test_a_misspelt_key_a_missing_field_or_a_wrong_type_does_not_validate(text: str) -> None:
    assert not is_read_whole(text)
    assert faults(text) != []
