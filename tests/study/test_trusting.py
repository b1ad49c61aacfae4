from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.card import Card
from prepdeck.cards.code import Case, Code, Complexity, LargeInput
from prepdeck.errors import NotFound, UsageError
from prepdeck.host.bundled import bundled_folder
from prepdeck.study.options import Options
from prepdeck.study.trusting import (
    code_of,
    digest_of,
    forget_trust,
    is_bundled,
    is_trusted,
    list_trusted,
    remember_trust,
    survey_code,
)
from tests.builders import environment_of, make_card
from tests.full import examples

ROOT = Path(__file__).parent.parent.parent
BODY = Code(
    front="Add two numbers.",
    starter="def add(a, b): ...",
    reference="def add(a, b): return a + b",
    visible=(Case("[1, 2]", "3"),),
    hidden=(Case("(range(3), 1)", raises="TypeError", is_expression=True),),
    mutants=("def add(a, b): return 3",),
    entry="add",
    complexity=Complexity(time="O(1)", input="(n, n)"),
    fixture="seed = 1",
    property_check="def check(out, a, b): return True",
    large_input=LargeInput("(10**9, 1)", 2),
    requires=("numpy",),
    minutes=10,
)
CARD = make_card("sums/add", body=BODY, verify="assert 1 + 1 == 2")
DECK = """\
deck: sums
cards:
- id: add
  front: What is one and one?
  back: Two.
  verify: assert 1 + 1 == 2
- id: plain
  front: What is three?
  back: A number.
"""


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(home=tmp_path / "home")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "sums.yaml"
    path.write_text(DECK, "utf-8")
    return path


def card_in(path: Path, options: Options) -> Card:
    (file,) = survey_code(path, options).files
    assert file.reading.deck is not None
    return file.reading.deck.cards[0]


def trust(path: Path, options: Options) -> None:
    remember_trust(survey_code(path, options).asking, options)


def test_everything_that_runs_is_shown_by_name() -> None:
    assert dict(code_of(CARD)) == {
        "call": "python; plain; exact; entry add; requires numpy",
        "fixture": "seed = 1",
        "starter": "def add(a, b): ...",
        "reference": "def add(a, b): return a + b",
        "mutant 1": "def add(a, b): return 3",
        "property": "def check(out, a, b): return True",
        "tests": "1, 2 -> 3\n(range(3), 1) -> raises TypeError",
        "large input": "(10**9, 1)",
        "growth input": "(n, n)",
        "verify": "assert 1 + 1 == 2",
    }


def test_an_input_of_several_lines_is_shown_as_it_stands() -> None:
    given = "(1, # harmless\nprint())"
    card = make_card("sums/add", body=replace(BODY, hidden=(Case(given, "1", is_expression=True),)))
    assert ("input of a test", given) in code_of(card)


def test_a_card_without_code_has_none_and_may_be_proved_anywhere(options: Options, tmp_path: Path) -> None:
    assert code_of(make_card()) == ()
    assert is_trusted(make_card(), tmp_path / "any.yaml", options)


PROSE = [
    replace(CARD, body=replace(BODY, front="Sum up.")),
    replace(CARD, body=replace(BODY, minutes=20)),
    replace(CARD, body=replace(BODY, complexity=replace(BODY.complexity, time="O(n)"))),
    replace(CARD, body=replace(BODY, large_input=LargeInput("(10**9, 1)", 3))),
    replace(CARD, id=make_card("other/name").id),
    replace(CARD, why="Because.", hints=("Use +.",), level=2),
]
CODE = [
    replace(CARD, verify="assert True"),
    replace(CARD, verify=None),
    *(
        replace(CARD, body=replace(BODY, **{field: value}))  # type: ignore[arg-type]
        for field, value in {
            "starter": "def add(a, b): pass",
            "reference": "def add(a, b): return b + a",
            "mutants": ("def add(a, b): return 4",),
            "fixture": None,
            "property_check": "def check(out, a, b): return False",
            "large_input": LargeInput("(10**8, 1)", 2),
            "complexity": Complexity(time="O(1)", input="(n, 1)"),
            "entry": "sub",
            "requires": (),
            "visible": (Case("[1, 2]", "4"),),
            "hidden": (Case("(range(4), 1)", raises="TypeError", is_expression=True),),
        }.items()
    ),
]


@pytest.mark.parametrize("card", PROSE, ids=range(len(PROSE)))
def test_rewording_a_card_keeps_the_hash(card: Card) -> None:
    assert digest_of(card) == digest_of(CARD)


@pytest.mark.parametrize("card", CODE, ids=range(len(CODE)))
def test_a_change_of_any_code_changes_the_hash(card: Card) -> None:
    assert digest_of(card) != digest_of(CARD)


def test_a_text_that_moves_between_fields_changes_the_hash() -> None:
    one = replace(BODY, fixture="x = 1", property_check=None)
    other = replace(BODY, fixture=None, property_check="x = 1")
    assert digest_of(replace(CARD, body=one)) != digest_of(replace(CARD, body=other))


@settings(deadline=None, max_examples=examples(200, 2000))
@given(st.lists(st.text(max_size=4), max_size=3), st.lists(st.text(max_size=4), max_size=3))
def test_different_mutants_never_share_a_hash(one: list[str], other: list[str]) -> None:
    first, second = (replace(CARD, body=replace(BODY, mutants=tuple(each))) for each in (one, other))
    assert (digest_of(first) == digest_of(second)) == (one == other)


def test_code_is_trusted_once_somebody_said_so(deck: Path, options: Options) -> None:
    card = card_in(deck, options)
    assert not is_trusted(card, deck, options)
    trust(deck, options)
    assert is_trusted(card, deck, options)


def test_trust_survives_new_prose_and_not_new_code(deck: Path, options: Options) -> None:
    trust(deck, options)
    deck.write_text(DECK.replace("What is one and one?", "One and one?"), "utf-8")
    assert is_trusted(card_in(deck, options), deck, options)
    deck.write_text(DECK.replace("1 + 1 == 2", "1 + 1 == 2.0"), "utf-8")
    assert not is_trusted(card_in(deck, options), deck, options)


def test_trust_follows_the_code_to_another_file(deck: Path, options: Options, tmp_path: Path) -> None:
    trust(deck, options)
    assert is_trusted(card_in(deck, options), tmp_path / "copy.yaml", options)


def test_trust_is_listed_with_card_and_day(deck: Path, options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPDECK_NOW", "2026-11-22T09:00:00+00:00")
    trust(deck, options)
    (consent,) = list_trusted(options)
    assert (consent.card, consent.day) == ("sums/add", date(2026, 11, 22))


def test_trust_in_a_deck_is_taken_back_by_its_file(deck: Path, options: Options) -> None:
    trust(deck, options)
    deck.write_text(DECK.replace("1 + 1 == 2", "2 == 1 + 1"), "utf-8")
    trust(deck, options)
    assert len(forget_trust(str(deck), options)) == 2  # also what was trusted before the edit
    assert list_trusted(options) == ()


@pytest.mark.parametrize("words", ["sums", "sums/add"])
def test_trust_in_a_deck_that_is_gone_is_taken_back_by_name(deck: Path, options: Options, words: str) -> None:
    trust(deck, options)
    deck.unlink()
    assert len(forget_trust(words, options)) == 1
    assert list_trusted(options) == ()


def test_an_unknown_name_is_not_forgotten_in_silence(options: Options) -> None:
    with pytest.raises(NotFound, match="nothing trusted"):
        forget_trust("nothing", options)


def test_a_missing_path_is_a_wrong_usage(options: Options, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        survey_code(tmp_path / "none.yaml", options)


def test_bundled_decks_are_bundled_by_any_way_that_leads_there(tmp_path: Path) -> None:
    folder = bundled_folder("decks")
    path = next(folder.glob("*.yaml"))
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert is_bundled(path)
    assert is_bundled(folder / ".." / folder.name / path.name)
    assert is_bundled(link)


def test_a_deck_elsewhere_is_not_bundled_whatever_it_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bundle" / "decks"
    folder.mkdir(parents=True)
    monkeypatch.setattr("prepdeck.study.trusting.bundled_folder", (tmp_path / "bundle").joinpath)
    outside = tmp_path / "outside.yaml"
    outside.write_text(DECK, "utf-8")
    (folder / "link.yaml").symlink_to(outside)
    sibling = tmp_path / "bundle" / "decks-of-mine"
    sibling.mkdir()
    shutil.copy(outside, sibling / "deck.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    for path in (
        outside,
        folder / ".." / ".." / "outside.yaml",
        folder / "link.yaml",
        sibling / "deck.yaml",
        folder,
        tmp_path / "loop.yaml",
        Path("nul\x00byte"),
    ):
        assert not is_bundled(path), path


CANARY = """\
deck: canary
cards:
- id: code
  kind: code
  front: Write.
  entry: f
  fixture: "open({path!r}, 'w')"
  starter: "open({path!r}, 'w')"
  reference: "open({path!r}, 'w')"
  property: "open({path!r}, 'w')"
  compare: property
  tests:
    visible: [{{in: "(open({path!r}, 'w'),)"}}]
    hidden: [{{in: "(open({path!r}, 'w'),)"}}]
  mutants: ["open({path!r}, 'w')", "open({path!r}, 'x')"]
  complexity: {{cost: n, input: "(open({path!r}, 'w'), n)"}}
  large_input: {{input: "(open({path!r}, 'w'),)", seconds: 1}}
- id: snippet
  front: What?
  back: That.
  verify: "open({path!r}, 'w')"
- id: number
  kind: numeric
  front: How many?
  answer: 1
  tolerance: {{abs: 0}}
  check: "open({path!r}, 'w')"
"""

WATCHED = """
import sys
def watch(event, arguments):
    if event in {"subprocess.Popen", "os.fork", "os.exec", "os.posix_spawn", "os.system", "socket.connect", "exec.run"}:
        print("EVENT", event, arguments, file=sys.__stderr__)
sys.addaudithook(watch)
from prepdeck.__main__ import main
main()
"""


@pytest.mark.promise(20)
@pytest.mark.parametrize("words", [["lint"], ["due"], ["trust", "{deck}"], ["show", "canary/code"]])
def test_no_command_runs_the_code_of_a_deck_unasked(tmp_path: Path, words: list[str]) -> None:
    home, canary = tmp_path / "home", tmp_path / "canary"
    environment = environment_of(home, decks=CANARY.format(path=str(canary)))
    deck = home / "decks" / "small.yaml"
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, *(word.format(deck=deck) for word in words)],
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    assert "EVENT" not in ended.stderr
    assert not canary.exists()
