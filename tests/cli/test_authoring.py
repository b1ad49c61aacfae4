from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import DECK, Ended

Run = Callable[..., Ended]

CLEAN = "deck: d\ncards:\n- id: a\n  front: f\n  back: b\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "d.yaml"


def test_a_new_deck_is_made_linted_and_formatted(run: Run, path: Path) -> None:
    ended = run("new", "deck", str(path), "--title", "My deck", "--track", "algorithms")
    assert (ended.status, ended.out) == (0, f"{path}\n")
    assert ended.err == f"next: prepdeck lint {path}\n"
    for kind in ("basic", "cloze", "choice", "numeric", "code", "design", "star", "story"):
        ended = run("new", "card", str(path), "--kind", kind)
        assert ended.status == 0
        assert ended.out.startswith(f"{path}:")
    assert run("lint", str(path)).status == 0
    assert run("fmt", "--check", str(path)).status == 0


def test_a_deck_that_is_there_is_not_overwritten(run: Run, path: Path) -> None:
    path.write_text(CLEAN, "utf-8")
    ended = run("new", "deck", str(path))
    assert (ended.status, ended.out) == (2, "")
    assert "is there already" in ended.err
    assert path.read_text("utf-8") == CLEAN


def test_a_bare_name_goes_to_the_own_decks_and_the_path_is_said(run: Run, home: Path) -> None:
    ended = run("new", "deck", "attention", "--json")
    assert ended.json() == {"schema": 1, "path": str(home / "decks" / "attention.yaml"), "line": 1, "id": None}


def test_a_card_is_added_to_an_own_deck_by_its_name(run: Run, home: Path) -> None:
    run("new", "deck", "attention")
    ended = run("new", "card", "attention", "--kind", "cloze")
    assert (ended.status, ended.out) == (0, f"{home / 'decks' / 'attention.yaml'}:28\n")


def test_the_next_command_can_be_copied_into_a_shell(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "My deck.yaml"
    assert run("new", "deck", str(path)).err == f"next: prepdeck lint '{path}'\n"


@pytest.mark.parametrize(
    "words",
    [
        ["new"],
        ["new", "deck"],
        ["new", "note", "x.yaml"],
        ["new", "card", "x.yaml"],
        ["new", "card", "none.yaml", "--kind", "basic"],
        ["new", "card", "x.yaml", "--kind", "essay"],
        ["new", "deck", "x.yaml", "--kind", "basic"],
        ["new", "card", "x.yaml", "--kind", "basic", "--title", "T"],
        ["fmt"],
        ["fmt", "none.yaml"],
        ["ids", "none.yaml"],
        ["diff", "none.yaml", "none.yaml"],
        ["diff", "one.yaml"],
        ["schema", "--write", "none"],
    ],
)
def test_wrong_words_exit_two(run: Run, words: list[str]) -> None:
    ended = run(*words)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("error: ")


def test_fmt_lists_what_it_changed(run: Run, decks: Path) -> None:
    given = decks / "probability.yaml"
    ended = run("fmt", "--check", str(decks))
    assert (ended.status, ended.out) == (1, f"{given}\n")
    assert ended.err == "1 of 1 file would change\n"
    assert given.read_text("utf-8") == DECK
    ended = run("fmt", str(decks))
    assert (ended.status, ended.out, ended.err) == (0, f"{given}\n", "1 of 1 file changed\n")
    assert (run("fmt", "--check", str(decks)).status, run("fmt", str(decks)).out) == (0, "")


def test_fmt_leaves_a_file_with_errors_and_says_which(run: Run, path: Path) -> None:
    path.write_text("deck: d\ncards: [\n", "utf-8")
    ended = run("fmt", str(path))
    assert (ended.status, ended.out) == (1, "")
    assert f"left as it is: {path}:2:8: " in ended.err
    ended = run("fmt", str(path), "--json")
    assert ended.json()["files"][0]["outcome"] == "refused"


def test_ids_says_what_it_wrote(run: Run, path: Path) -> None:
    path.write_text(CLEAN.replace("- id: a\n  front: f", "- front: Why is it blue?"), "utf-8")
    ended = run("ids", str(path))
    assert (ended.status, ended.out, ended.err) == (0, f"{path}:3: blue\n", "1 id written\n")
    assert run("ids", str(path), "--json").json() == {
        "schema": 1,
        "files": [{"path": str(path), "ids": [], "reason": None}],
    }


def test_diff_says_what_an_edit_does_to_the_learner(run: Run, decks: Path, tmp_path: Path) -> None:
    assert run("answer", "probability/bayes", "good").status == 0
    new = tmp_path / "new.yaml"
    new.write_text(DECK.replace("- id: bayes", "- id: bayes-rule").replace('"0.4"', '"0.5"'), "utf-8")
    ended = run("diff", str(decks / "probability.yaml"), str(new))
    assert ended.status == 0
    assert ended.out == (
        "+ probability/bayes-rule  added\n"
        "    What does Bayes' rule turn around?\n"
        "~ probability/pick  reworded\n"
        '    options: [{text: "0.4", correct: true, why: between 0 and 1}, {tex... -> '
        '[{text: "0.5", correct: true, why: between 0 and 1}, {tex...\n'
        "- probability/bayes  removed  (1 review here)\n"
        "    What does Bayes' rule turn around?\n"
        "    reads like the new probability/bayes-rule: did you mean `was: bayes` there?\n"
        "\n"
        "1 added, 1 removed, 1 reworded; these cards have 1 review here\n"
        "1 id has changed without `was`: every learner's history of it is lost; 1 review here would no longer count "
        "for the new card\n"
    )
    found = run("diff", str(decks), str(new), "--json").json()
    assert found["totals"] == {"added": 1, "removed": 1, "reworded": 1}
    removed = next(one for one in found["changes"] if one["changes"] == ["removed"])
    assert (removed["card"], removed["reviews"], removed["like"]) == ("probability/bayes", 1, "probability/bayes-rule")


def test_long_texts_are_shown_from_where_they_part(run: Run, path: Path, tmp_path: Path) -> None:
    path.write_text(CLEAN.replace("back: b", f"back: {'word ' * 40}old end"), "utf-8")
    new = tmp_path / "new.yaml"
    new.write_text(CLEAN.replace("back: b", f"back: {'word ' * 40}new end"), "utf-8")
    assert "    back: ...word word word old end -> ...word word word new end\n" in run("diff", str(path), str(new)).out


def test_diff_of_equal_decks_says_so_and_makes_no_home(run: Run, home: Path, decks: Path) -> None:
    ended = run("diff", str(decks), str(decks))
    assert (ended.status, ended.out, ended.err) == (0, "no card changed\n", "")
    assert not home.exists()


def test_diff_shows_what_keeps_a_file_from_being_read(run: Run, path: Path, decks: Path) -> None:
    path.write_text("deck: d\ncards: [\n", "utf-8")
    ended = run("diff", str(decks), str(path))
    assert ended.status == 1
    assert "error[E050]" in ended.err
    assert "removed" in ended.out
    assert f"{path} has errors: cards that are left out for them count as missing here" in ended.out


def test_ids_says_nothing_of_the_cards_of_a_file_it_cannot_read(run: Run, path: Path) -> None:
    path.write_text("deck: d\ncards: [\n", "utf-8")
    ended = run("ids", str(path))
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.splitlines() == [f"left as it is: {path}:2:8: the [ opened here is not closed"]


def test_diff_never_shows_what_a_terminal_obeys(run: Run, path: Path, tmp_path: Path) -> None:
    path.write_text(CLEAN, "utf-8")
    new = tmp_path / "new.yaml"
    new.write_text(CLEAN.replace("front: f", 'front: "\\e[31m\\u202e"'), "utf-8")
    ended = run("diff", str(path), str(new))
    assert "\x1b" not in ended.out
    assert "\u202e" not in ended.out


def test_the_schema_is_printed_as_it_is(run: Run, tmp_path: Path) -> None:
    assert "$schema" in json.loads(run("schema").out)
    ended = run("schema", "--write", str(tmp_path))
    assert (ended.out, ended.err) == (f"{tmp_path / 'deck.schema.json'}\n", "written\n")
    assert run("schema", "--write", str(tmp_path), "-q").err == ""


@pytest.mark.parametrize("verb", ["new", "ids", "fmt", "diff", "schema"])
def test_help_shows_two_examples(run: Run, verb: str) -> None:
    assert run(verb, "--help").out.count(f"  prepdeck {verb}") == 2


def test_fmt_and_ids_load_no_database_and_no_interface(home: Path, path: Path) -> None:
    path.write_text(CLEAN, "utf-8")
    program = (
        "import sys; from prepdeck.__main__ import main; sys.argv = ['prepdeck', 'fmt', sys.argv[1]]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'sqlalchemy', 'textual', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.endswith("[]\n"), done.stdout + done.stderr
