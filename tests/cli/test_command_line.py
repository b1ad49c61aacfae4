"""What all verbs have in common: help, version, flags, errors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from prepdeck import __version__
from prepdeck.cli.program import program
from prepdeck.cli.verbs import VERBS

Run = Callable[..., Any]


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_the_version_is_one_line_on_stdout(run: Run, flag: str) -> None:
    ended = run(flag)
    assert (ended.status, ended.out, ended.err) == (0, f"prepdeck {__version__}\n", "")


@pytest.mark.parametrize("verb", ["", *VERBS])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_the_help_of_every_verb_shows_at_least_two_examples(run: Run, verb: str, flag: str) -> None:
    ended = run(*verb.split(), flag)
    examples = ended.out.partition("Examples:\n")[2].splitlines()
    assert ended.status == 0
    assert len([line for line in examples if line.startswith("  ") and not line.startswith("   ")]) >= 2
    assert all("prepdeck" in line for line in examples[::2])


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_fits_eighty_columns(run: Run, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    too_long = [line for line in run(*verb.split(), "--help").out.splitlines() if len(line) > 80]
    assert [line for line in too_long if "answer --batch -" not in line] == []


def test_help_lists_every_verb_that_exists_and_no_other(run: Run) -> None:
    listed = run("--help").out.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_the_table_can_be_imported_by_its_name(verb: str) -> None:
    command = program.get_command(click.Context(program), verb)
    assert command is not None
    assert command.name == verb


def test_an_unknown_verb_exits_two_and_names_the_nearest_one(run: Run) -> None:
    ended = run("reviw")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("error: no command 'reviw'\nhelp: did you mean review?")


def test_an_unknown_flag_exits_two_and_names_the_nearest_one(run: Run) -> None:
    ended = run("review", "--minuts", "5")
    assert (ended.status, ended.out) == (2, "")
    assert "error: no flag --minuts\n" in ended.err
    assert "did you mean --minutes?" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ["show"],
        ["restore"],
        ["completion"],
        ["completion", "tcsh"],
        ["due", "extra"],
        ["review", "--plain", "--minutes", "nan"],
        ["review", "--plain", "--minutes", "-3"],
        ["review", "--plain", "--limit", "0"],
        ["review", "--plain", "--new", "-1"],
        ["review", "--plain", "--ahead", "1e3"],
        ["undo", "0"],
        ["undo", "-1"],
        ["log", "--since", "yesterday"],
        ["log", "--since", "2026-02-30"],
        ["lint", "--format", "xml"],
        ["due", "--color", "sometimes"],
        ["due", "--short", "--count"],
    ],
)
def test_wrong_words_exit_two_with_an_error_and_nothing_on_stdout(run: Run, words: list[str]) -> None:
    ended = run(*words)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("error: ")
    assert "Traceback" not in ended.err


def test_an_error_under_json_is_one_object_on_stderr(run: Run) -> None:
    ended = run("show", "nothing-like-it", "--json")
    assert (ended.status, ended.out) == (4, "")
    error = json.loads(ended.err)["error"]
    assert set(error) == {"code", "message", "help"}
    assert error["code"] == "not-found"


def test_a_usage_error_under_json_is_one_object_too(run: Run) -> None:
    ended = run("--json", "due", "--nonsense")
    assert (ended.status, ended.out) == (2, "")
    assert json.loads(ended.err)["error"]["code"] == "usage"


def test_a_flag_that_a_verb_does_not_know_is_named_under_json_as_well(run: Run) -> None:
    ended = run("review", "--plain", "--json")
    assert (ended.status, ended.out) == (2, "")
    assert json.loads(ended.err)["error"]["message"] == "no flag --json"


def test_json_without_a_verb_exits_two(run: Run) -> None:
    ended = run("--json")
    assert (ended.status, ended.out, set(json.loads(ended.err))) == (2, "", {"error"})


@pytest.mark.parametrize("words", [["--json", "due"], ["due", "--json"]])
def test_shared_flags_stand_before_and_after_the_verb(run: Run, words: list[str]) -> None:
    assert run(*words).json()["schema"] == 1


def test_a_flag_after_the_verb_wins_over_one_before_it(run: Run, tmp_path: Path) -> None:
    ended = run("--home", str(tmp_path / "first"), "paths", "--home", str(tmp_path / "second"), "--json")
    assert str(tmp_path / "second") in ended.json()["paths"]["database"]


def test_decks_given_before_and_after_the_verb_are_both_read(run: Run, decks: Path) -> None:
    (decks.parent / "one.yaml").write_text("deck: one\ncards:\n- {id: a, front: x, back: y}\n")
    (decks.parent / "two.yaml").write_text("deck: two\ncards:\n- {id: b, front: x, back: y}\n")
    one, two = str(decks.parent / "one.yaml"), str(decks.parent / "two.yaml")
    ended = run("--decks", one, "due", "--decks", two, "--json")
    assert [row["deck"] for row in ended.json()["decks"]] == ["one", "two"]


def test_a_flag_wins_over_the_environment(run: Run, home: Path, tmp_path: Path) -> None:
    run("due", "--home", str(tmp_path / "other"))
    assert (tmp_path / "other" / "prepdeck.db").is_file()
    assert not (home / "prepdeck.db").exists()


def test_json_before_a_verb_without_data_exits_two(run: Run) -> None:
    ended = run("--json", "completion", "bash")
    assert (ended.status, ended.out) == (2, "")


def test_another_database_than_sqlite_exits_two(run: Run) -> None:
    ended = run("due", "--db", "postgresql://localhost/x")
    assert (ended.status, ended.out) == (2, "")


@pytest.mark.parametrize("value", ["", "1"])
def test_no_color_goes_into_a_pipe(run: Run, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    assert "\x1b" not in run("due").out + run("show", "x").err


def test_colours_come_when_they_are_asked_for(run: Run) -> None:
    assert "\x1b[1;31merror:\x1b[0m" in run("show", "x", "--color", "always").err
