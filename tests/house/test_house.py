from __future__ import annotations

import ast
import math
import re
import subprocess
import sys
import tomllib
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import prepdeck
from prepdeck.cards.card import Card, Numeric
from prepdeck.cards.number import is_within
from prepdeck.host.bundled import bundled_folder
from prepdeck.study.discovery import read_roots
from prepdeck.study.linting import lint
from prepdeck.study.surroundings import Root
from tests.builders import environment_of
from tests.builders import prepdeck as run

ROOT = Path(__file__).parent.parent.parent
DECKS = bundled_folder("decks")
needs_checkout = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="only a checkout has the project")


def modules_after(tmp_path: Path, *words: str) -> set[str]:
    """Return the top-level packages loaded once a command has run."""
    script = (
        "import sys\n"
        f"sys.argv = ['prepdeck', *{list(words)!r}]\n"
        "from prepdeck.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code in (0, None), end.code\n"
        "print('MODULES', *sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env={**environment_of(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stderr.rsplit("MODULES", 1)[1].split())


@pytest.fixture(scope="module")
def begun_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose first start, for which Alembic is needed, lies behind."""
    home = tmp_path_factory.mktemp("begun")
    modules_after(home, "due")
    return home


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["--version"], {"textual", "sqlalchemy", "alembic", "yaml", "asyncio"}),
        (["--help"], {"textual", "sqlalchemy", "alembic", "yaml", "asyncio"}),
        (["lint"], {"textual", "sqlalchemy", "alembic", "sqlite3"}),
        (["due"], {"textual", "sqlalchemy", "alembic"}),
        (["answer", "small/one", "good"], {"textual", "alembic"}),
        (["log"], {"textual", "alembic"}),
        (["config"], {"textual", "sqlalchemy", "yaml"}),
    ],
)
def test_a_command_loads_only_what_it_needs(begun_home: Path, words: list[str], absent: set[str]) -> None:
    assert modules_after(begun_home, *words) & absent == set()


@needs_checkout
def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["version"] == prepdeck.__version__


@needs_checkout
def test_the_wheel_carries_decks_and_migrations_and_styles(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern in (("decks", "*.yaml"), ("migrations", "**/*.py"), ("migrations", "*.mako")):
        for path in (ROOT / folder).glob(pattern):
            assert f"prepdeck/_bundled/{path.relative_to(ROOT)}" in names
    for path in (ROOT / "prepdeck").rglob("*.tcss"):
        assert str(path.relative_to(ROOT)) in names
    assert "prepdeck/py.typed" in names


def bundled_cards() -> list[Card]:
    files = read_roots((Root(DECKS, "bundled"),), strict=True)
    return [card for file in files if file.reading.deck is not None for card in file.reading.deck.cards]


def test_every_starter_deck_lints_clean() -> None:
    report = lint((DECKS,), strict=True)
    assert report.problems == ()
    assert len(report.files) >= 4


def test_the_starter_decks_hold_at_least_25_cards_each_and_all_four_kinds() -> None:
    cards = bundled_cards()
    by_deck = {deck: [card for card in cards if card.id.deck == deck] for deck in {card.id.deck for card in cards}}
    assert {"probability", "ml-fundamentals", "structures-complexity", "system-design-blocks"} <= set(by_deck)
    scripts = by_deck.pop("ml-debugging")
    assert len(scripts) >= 3
    assert {card.kind for card in scripts} == {"code"}
    assert min(len(each) for each in by_deck.values()) >= 25
    assert {card.kind for each in by_deck.values() for card in each} == {"basic", "cloze", "choice", "numeric"}


def test_every_bundled_card_names_a_reference() -> None:
    assert [str(card.id) for card in bundled_cards() if not card.refs] == []


ALLOWED = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.Constant, ast.Name, ast.Attribute, ast.Call, ast.List, ast.Tuple,
    ast.Load, ast.operator, ast.unaryop,
)  # fmt: skip


def value_of(check: str) -> Fraction:
    """Evaluate a bundled check with nothing but math and NumPy in reach."""
    tree = ast.parse(check, mode="eval")
    for node in ast.walk(tree):
        assert isinstance(node, ALLOWED), f"{type(node).__name__} in {check!r}"
        if isinstance(node, ast.Attribute):
            assert not node.attr.startswith("_")
        if isinstance(node, ast.Name):
            assert node.id in {"math", "np", "numpy"}
    found = eval(compile(tree, "check", "eval"), {"__builtins__": {}, "math": math, "np": np, "numpy": np})  # noqa: S307
    return Fraction(float(found))


@pytest.mark.parametrize(
    "card", [card for card in bundled_cards() if isinstance(card.body, Numeric)], ids=lambda card: str(card.id)
)
def test_the_number_on_a_bundled_card_is_recomputed(card: Card) -> None:
    assert isinstance(card.body, Numeric)
    assert card.body.check is not None
    assert card.body.unit or card.id.card in {"average-two-models", "seven-half-size-products"}  # pure numbers
    assert is_within(card.body, value_of(card.body.check))


def test_no_bundled_text_leaves_latex_unrendered() -> None:
    from prepdeck.text.markdown import lay_out

    texts = re.findall(r"\$[^$\n]+\$", "\n".join(path.read_text("utf-8") for path in DECKS.glob("*.yaml")))
    assert texts
    for text in texts:
        for line in lay_out(text.replace("\\\\", "\\"), 200):
            assert "\\" not in line.text, text


@needs_checkout
def test_the_readme_names_no_command_that_is_missing(tmp_path: Path) -> None:
    named = set(re.findall(r"prepdeck ([a-z]+)\b", (ROOT / "README.md").read_text("utf-8")))
    help_text = run(environment_of(tmp_path), "--help").stdout
    offered = set(re.findall(r"^  ([a-z][a-z-]*)  ", help_text, re.MULTILINE))
    verbs = {"review", "due", "answer", "show", "log", "undo", "lint", "backup", "restore", "rebuild", "doctor"}
    author_verbs = {"new", "ids", "fmt", "preview", "diff", "schema"}
    card_verbs = {"suspend", "unsuspend", "bury", "reset", "set-due", "postpone", "flag", "note", "leeches", "simulate"}
    plan_verbs = {"interview", "plan", "ready", "spread", "stats", "roadmap", "track", "offer"}
    rest = {"mock", "config", "stories", "demo", "serve", "paths", "completion", "trust", "search"}
    assert verbs | author_verbs | card_verbs | plan_verbs | rest == offered
    assert named & verbs
    assert "import" not in named
