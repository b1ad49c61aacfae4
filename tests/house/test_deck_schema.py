from __future__ import annotations

import copy
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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.source import FORBIDDEN
from prepdeck.host.bundled import bundled_folder
from prepdeck.study.documents import BUNDLED_FILES
from tests.deck_writer import Writer
from tests.full import examples
from tests.strategies import decks

ROOT = Path(__file__).parent.parent.parent
FOLDER = bundled_folder("decks")
FILE = FOLDER / "deck.schema.json"
SCHEMA = json.loads(FILE.read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
DECKS = sorted(path for path in FOLDER.glob("*.yaml") if path.name not in BUNDLED_FILES)
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
    return marks(yaml.load(text, EditorLoader))  # noqa: S506 - a SafeLoader


def marks(deck: object) -> list[str]:
    """Return what an editor marks in a deck that is parsed already."""
    return [error.message for error in VALIDATOR.iter_errors(deck)]


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
    Draft202012Validator.check_schema(SCHEMA)


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
            entry = field.get("items", {})
            for inner in (field, entry, *entry.get("anyOf", ())):
                found |= {f"{name}.{below}": each for below, each in fields_of(inner).items()}
    return found


def test_every_field_tells_editors_what_it_is_for() -> None:
    fields = fields_of(SCHEMA)
    for name, part in SCHEMA["$defs"].items():
        fields |= {name: part} if name.startswith("card-") else fields_of(part)
    assert {"deck", "topics", "card-ask", "options.correct", "tolerance.rel", "followups.back"} <= fields.keys()
    assert {"complexity.cost", "tests.hidden", "in", "raises", "probes.good", "numbers.check"} <= fields.keys()
    assert [name for name, field in fields.items() if not (field.get("title") and field.get("description"))] == []


BASIC = "{id: a, front: Q, back: A"
CHOICE = "{id: a, kind: choice, front: Q, options: "
NUMERIC = "{id: a, kind: numeric, front: Q, "
CODE = "{id: a, kind: code, front: Q, starter: s, reference: r, mutants: [m], "
PYTHON = CODE + "entry: f, tests: {visible: [{in: [1], out: 2}], hidden: [{in: [2], out: 4}]}"
SQL = CODE + "language: sql, tests: {visible: [{out: [[1]]}], hidden: [{in: [DELETE FROM t], out: []}]}"
DESIGN = "{id: a, kind: design, front: Q, rubric: ml-design, outline: {framing: [p], 7: [2]}"
STAR = "{id: a, kind: star, front: Q, competency: conflict, seconds: 150, rubric: behavioural"
STORY = "{id: a, kind: story, title: t, situation: s, task: t, action: a, result: r, competencies: [conflict]"


def case(written: str) -> str:
    """Return a code card with this test."""
    return PYTHON.replace("{in: [1], out: 2}", written) + "}"


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
    PYTHON + "}",
    PYTHON + ", language: python, shape: inplace, compare: unordered, minutes: 12, fixture: x = 1, requires: [numpy]}",
    PYTHON + ", complexity: {time: O(n), space: 1, cost: 1, input: '(n,)'}, large_input: {input: '(1,)', seconds: .5}}",
    PYTHON + ", shape: property, property: p}",
    PYTHON + ", compare: property, property: p}",
    PYTHON + ", shape: numpy, compare: close}",
    case("{in: [null, true, 1e-3, .inf, {a: [no, 12:30]}, 'x'], out: null}"),
    case("{in: '([0] * 9,)', raises: ValueError}"),
    case("{in: [], out: {values: [1, 2], tail: 0}}"),
    SQL + "}",
    SQL + ", shape: sql, compare: unordered, fixture: CREATE TABLE t (x), complexity: {time: O(n)}}",
    DESIGN + "}",
    DESIGN + ", family: f, formats: [ml-design-45, 7], clarifications: [c], pitfalls: [p], twist: t}",
    DESIGN + ", numbers: [5 000 a second, 7, {text: t}, {text: t, check: 1+1, answer: 2, tolerance: {abs: 0}}]}",
    DESIGN + ", probes: [why, {ask: how}, {ask: how, good: so}]}",
    STAR + "}",
    STAR + ", probes: [why], strong_signals: [s], weak_signals: [w]}",
    STORY + "}",
    STORY + ", reflection: r, metric: 5, seconds: 120}",
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
    BASIC + ", kind: story}",
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
    PYTHON.replace("entry: f, ", "") + "}",
    PYTHON.replace("entry: f", "entry: f(x)") + "}",
    PYTHON.replace("mutants: [m]", "mutants: []") + "}",
    PYTHON.replace("mutants: [m]", "mutants: m") + "}",
    PYTHON.replace("visible: [{in: [1], out: 2}], ", "") + "}",
    PYTHON.replace("starter: s, ", "") + "}",
    PYTHON + ", shape: sql}",
    PYTHON + ", shape: property}",
    PYTHON + ", compare: property}",
    PYTHON + ", property: p}",
    PYTHON + ", shape: property, compare: exact, property: p}",
    PYTHON + ", compare: about}",
    PYTHON + ", minutes: 241}",
    PYTHON + ", requires: [torch]}",
    PYTHON + ", complexity: O(n)}",
    PYTHON + ", complexity: {cost: n4}}",
    PYTHON + ", large_input: {input: x}}",
    PYTHON + ", large_input: {input: x, seconds: 61}}",
    PYTHON + ", back: A}",
    case("{in: 5, out: 2}"),
    case("{in: {a: 1}, out: 2}"),
    case("{out: 2}"),
    case("{in: [1], out: 2, raises: KeyError}"),
    case("{in: [1], raises: Key Error}"),
    case("{in: [1], expected: 2}"),
    case("[[1], 2]"),
    SQL + ", entry: f}",
    SQL + ", shape: plain}",
    SQL + ", requires: [numpy]}",
    SQL.replace("out: [[1]]", "raises: KeyError") + "}",
    DESIGN.replace("rubric: ml-design, ", "") + "}",
    DESIGN.replace("[p]", "p") + "}",
    DESIGN.replace("[p]", "[]") + "}",
    DESIGN.replace("framing", "Data & labels") + "}",
    DESIGN.replace("{framing: [p], 7: [2]}", "[p]") + "}",
    DESIGN + ", numbers: [{text: t, check: 1+1}]}",
    DESIGN + ", numbers: [{text: t, answer: 2}]}",
    DESIGN + ", numbers: [{peak: 5}]}",
    DESIGN + ", probes: why}",
    DESIGN + ", probes: [{good: so}]}",
    DESIGN + ", formats: ml-design-45}",
    STAR.replace("seconds: 150, ", "") + "}",
    STAR.replace("competency: conflict", "competency: [conflict]") + "}",
    STAR + ", strong_signals: s}",
    STORY.replace("[conflict]", "[]") + "}",
    STORY.replace("[conflict]", "conflict") + "}",
    STORY.replace("task: t, ", "") + "}",
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


@settings(deadline=None, max_examples=examples(30, 2000))
@given(data=st.data())
def test_a_random_deck_that_the_reader_takes_validates(data: st.DataObject) -> None:
    text = Writer(data.draw).deck(data.draw(decks(most_cards=2)))
    assert is_read_whole(text)
    assert faults(text) == []


SMALL_VALUES = (
    *("x", "two words", "O(n)", "", "sql", "property", "ops", 7, -1, 0.5, True, [], ["x"], [[1]], {}),
    *(
        {"text": "x"},
        {"ask": "x", "good": "y"},
        {"a": ["x"]},
        [{"in": [[1]], "out": [[2]]}],
        {"input": "x", "seconds": 1},
    ),
)
NAMES = sorted({name for part in SCHEMA["$defs"].values() for name in part.get("properties", {})} | {"titel", "in"})


@st.composite
def mutilated(draw: st.DrawFn) -> Any:
    """Draw a parsed deck with a few fields renamed, left out, added or given another value."""
    deck = yaml.load(Writer(draw).deck(draw(decks(most_cards=1))), EditorLoader)  # noqa: S506 - a SafeLoader
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from([place for place in tables_in(deck) if place]))
        name = draw(st.sampled_from(sorted(place, key=str)))
        match draw(st.sampled_from(["rename", "drop", "change", "change", "add"])):
            case "rename":
                place[draw(st.sampled_from(NAMES))] = place.pop(name)
            case "drop":
                del place[name]
            case "change":
                place[name] = copy.deepcopy(draw(st.sampled_from(SMALL_VALUES)))
            case _:
                place[draw(st.sampled_from(NAMES))] = copy.deepcopy(draw(st.sampled_from(SMALL_VALUES)))
        if not any(tables_in(deck)):
            break
    return json.loads(json.dumps(deck, default=str))


def tables_in(value: object) -> list[dict[Any, Any]]:
    """Return the tables of a deck, the values of its tests left out."""
    if isinstance(value, dict):
        inner = [found for name, each in value.items() if name not in {"in", "out"} for found in tables_in(each)]
        return [value, *inner]
    return [found for each in value for found in tables_in(each)] if isinstance(value, list) else []


@settings(deadline=None, max_examples=examples(50, 5000), suppress_health_check=[HealthCheck.too_slow])
@given(mutilated())
def test_what_an_editor_marks_in_a_mutilated_deck_is_an_error_to_the_reader(deck: Any) -> None:
    marked = marks(deck)
    text = FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(deck, ensure_ascii=False))
    assert not (marked and is_read_whole(text)), marked
