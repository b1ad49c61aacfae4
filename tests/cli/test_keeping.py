"""`lint`, `backup`, `restore`, `rebuild`, `doctor`, `config`, `paths`, `completion`."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

FAULTY = """deck: faulty
cards:
- id: one
  kind: desing
  front: x
  back: y
- {id: two, front: x, back: y}
"""


def test_lint_of_clean_decks_exits_zero_and_counts_on_stderr(run: Run) -> None:
    ended = run("lint")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "0 errors, 0 warnings in 1 file, 4 cards\n"


def test_lint_of_a_faulty_deck_exits_one_with_place_code_and_help(run: Run, tmp_path: Path) -> None:
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    ended = run("lint", str(tmp_path / "faulty.yaml"))
    assert ended.status == 1
    assert f"{tmp_path / 'faulty.yaml'}:4:9" in ended.out
    assert "error[E" in ended.out
    assert "1 error" in ended.err


@pytest.mark.parametrize("words", [["--json"], ["--format", "json"], ["--format=json"]])
def test_lint_json_has_the_shape_of_the_contract(run: Run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    report = run("lint", str(tmp_path / "faulty.yaml"), *words).json()
    assert (report["schema"], report["files"], report["cards"]) == (1, 1, 1)
    problem = report["problems"][0]
    assert set(problem) == {"path", "line", "column", "code", "severity", "message", "help"}
    assert (problem["path"], problem["line"], problem["column"], problem["severity"]) == (
        str(tmp_path / "faulty.yaml"),
        4,
        9,
        "error",
    )


def test_lint_github_prints_annotations(run: Run, tmp_path: Path) -> None:
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    assert run("lint", str(tmp_path / "faulty.yaml"), "--format", "github").out.startswith("::error file=")


def test_lint_of_a_missing_path_exits_two(run: Run) -> None:
    ended = run("lint", "nowhere.yaml")
    assert (ended.status, ended.out) == (2, "")


def test_lint_of_an_unreadable_deck_is_a_finding(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("deck: [\n")
    assert run("lint", str(tmp_path / "bad.yaml")).status == 1


def test_warnings_fail_only_a_strict_lint(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bare.yaml").write_text("deck: bare\ncards:\n- {id: one, front: x, back: 'C# and F'}\n")
    assert run("lint", str(tmp_path / "bare.yaml")).status == 0
    assert run("lint", "--strict", str(tmp_path / "bare.yaml")).status == 1


def test_lint_colours_only_when_asked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "faulty.yaml").write_text(FAULTY)
    assert "\x1b" not in run("lint", str(tmp_path / "faulty.yaml")).out
    assert "\x1b[" in run("lint", str(tmp_path / "faulty.yaml"), "--color", "always").out


def test_a_hostile_deck_cannot_drive_the_terminal_through_lint(run: Run, tmp_path: Path) -> None:
    (tmp_path / "evil.yaml").write_bytes(
        b'deck: evil\ncards:\n- id: a\n  fr\xc2\x9bont: x\n  \xe2\x80\xae: y\n  "\\e[2J": z\n'
    )
    for words in ([], ["--format", "github"], ["--json"]):
        out = run("lint", str(tmp_path / "evil.yaml"), *words).out
        assert not set(out) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), 0x202E)}


def test_a_backup_goes_to_the_folder_for_backups_and_its_path_is_the_data(run: Run, home: Path) -> None:
    run("answer", "bayes", "good")
    ended = run("backup")
    path = Path(ended.out.strip())
    assert ended.status == 0
    assert path.parent == home / "backups"
    assert path.is_file()
    assert "1 review" in ended.err


def test_a_backup_restores_what_was_deleted(run: Run, home: Path, tmp_path: Path) -> None:
    run("answer", "bayes", "good")
    run("backup", str(tmp_path / "copy.db"))
    (home / "prepdeck.db").unlink()
    ended = run("restore", str(tmp_path / "copy.db"))
    assert (ended.status, len(run("log", "--json").lines())) == (0, 1)
    assert "1 review" in ended.out


def test_restore_keeps_what_it_replaces_and_says_where(run: Run, tmp_path: Path) -> None:
    run("answer", "bayes", "good")
    copy = run("backup", str(tmp_path / "copy.db"), "--json").json()
    run("answer", "gaps", "good")
    done = run("restore", copy["path"], "--json").json()
    assert (copy["schema"], copy["reviews"], done["schema"], done["reviews"]) == (1, 1, 1, 1)
    kept = sqlite3.connect(done["kept_as"])
    assert kept.execute("select count(*) from reviews").fetchone() == (2,)
    kept.close()


@pytest.mark.parametrize("name", ["missing.db", "text.db", "empty.db"])
def test_restore_of_what_is_no_backup_changes_nothing(run: Run, tmp_path: Path, name: Any) -> None:
    run("answer", "bayes", "good")
    (tmp_path / "text.db").write_text("hello")
    (tmp_path / "empty.db").write_bytes(b"")
    ended = run("restore", str(tmp_path / name))
    assert (ended.status in {2, 5}, ended.out) == (True, "")
    assert len(run("log", "--json").lines()) == 1


def test_a_backup_of_nothing_exits_five(run: Run) -> None:
    ended = run("backup")
    assert (ended.status, ended.out) == (5, "")


def test_rebuild_check_of_a_whole_database_exits_zero(run: Run) -> None:
    run("answer", "bayes", "good")
    ended = run("rebuild", "--check")
    assert (ended.status, ended.out) == (0, "1 card from 1 review: no difference\n")


def test_rebuild_check_exits_one_on_a_difference_and_rebuild_mends_it(run: Run, home: Path) -> None:
    run("answer", "bayes", "good")
    with sqlite3.connect(home / "prepdeck.db") as database:
        table = (
            "memory" if database.execute("select 1 from sqlite_master where name = 'memory'").fetchone() else "memories"
        )
        database.execute(f"update {table} set interval = 77")
    database.close()
    assert run("rebuild", "--check").status == 1
    assert run("rebuild", "--check", "--json").json()["differences"] != []
    assert run("rebuild").status == 0
    assert run("rebuild", "--check").status == 0


def test_doctor_of_a_healthy_home_exits_zero_with_facts(run: Run) -> None:
    run("answer", "bayes", "good")
    ended = run("doctor")
    assert (ended.status, ended.err) == (0, "")
    assert "every review is whole (1)" in ended.out
    report = run("doctor", "--json").json()
    assert report["schema"] == 1
    assert all(finding["ok"] for finding in report["findings"])
    assert {"prepdeck", "Python", "SQLite", "database", "colours"} <= set(report["facts"])


def test_doctor_exits_one_for_wrong_settings_and_says_where(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("minutes_a_day = 0\n")
    ended = run("doctor")
    assert ended.status == 1
    assert "config.toml:1:" in ended.out


def test_doctor_exits_one_for_a_damaged_database(run: Run, home: Path) -> None:
    run("answer", "bayes", "good")
    (home / "prepdeck.db").write_bytes(b"rubbish" * 1000)
    assert run("doctor").status == 1


@pytest.mark.parametrize(
    ("content", "verb"),
    [
        (b"", ["due"]),
        (b"x", ["due"]),
        (b"rubbish" * 1000, ["due"]),
        (b"", ["log"]),
        (b"", ["answer", "bayes", "good"]),
        (b"x", ["undo"]),
        (b"rubbish" * 1000, ["backup"]),
        (b"rubbish" * 1000, ["rebuild"]),
    ],
)
def test_a_damaged_database_exits_five_and_is_left_alone(run: Run, home: Path, content: Any, verb: str) -> None:
    run("answer", "bayes", "good")
    (home / "prepdeck.db").write_bytes(content)
    ended = run(*verb)
    assert (ended.status, ended.out) == (5, "")
    assert str(home / "prepdeck.db") in ended.err
    assert (home / "prepdeck.db").read_bytes() == content


def test_config_lists_every_setting_with_meaning_and_source(run: Run) -> None:
    settings = run("config", "--json").json()["settings"]
    assert set(settings[0]) == {"key", "value", "default", "source", "meaning"}
    assert "minutes_a_day" in run("config").out


def test_config_prints_the_bare_value_of_one_setting(run: Run) -> None:
    assert run("config", "minutes_a_day").out == "20\n"


def test_config_writes_a_setting(run: Run) -> None:
    assert run("config", "minutes_a_day", "15").out == "minutes_a_day = 15\n"
    row = run("config", "minutes_a_day", "--json").json()
    assert (row["schema"], row["value"], row["source"]) == (1, "15", "config.toml")


@pytest.mark.parametrize("words", [["minutes"], ["minutes_a_day", "0"], ["minutes_a_day", "many"], ["theme", "pink"]])
def test_a_wrong_setting_exits_three(run: Run, words: list[str]) -> None:
    ended = run("config", *words)
    assert (ended.status, ended.out) == (3, "")


def test_wrong_settings_are_a_note_and_the_default_is_used(run: Run, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("new_a_day = 2\nminutes_a_day = []\n")
    ended = run("due", "--json")
    assert (ended.status, ended.json()["new"]) == (0, 2)
    assert "config.toml:2:" in ended.err


def test_paths_lists_files_and_folders(run: Run, home: Path) -> None:
    places = run("paths", "--json").json()
    assert places["schema"] == 1
    assert places["paths"]["database"] == str(home / "prepdeck.db")
    assert str(home / "prepdeck.db") in run("paths").out
    assert not home.exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(run: Run, shell: Any) -> None:
    ended = run("completion", shell)
    assert ended.status == 0
    assert "_PREPDECK_COMPLETE" in ended.out


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("prepdeck re", "review"), ("prepdeck review --min", "--minutes"), ("prepdeck review prob", "probability")],
)
def test_bash_completes_verbs_flags_and_decks(home: Path, typed: Any, expected: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "prepdeck"],
        env={
            **os.environ,
            "_PREPDECK_COMPLETE": "bash_complete",
            "COMP_WORDS": typed,
            "COMP_CWORD": str(len(typed.split()) - 1),
        },
        capture_output=True,
        text=True,
        check=False,
        cwd=home.parent,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"plain,{expected}" in done.stdout.splitlines()
    assert not home.exists()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is missing")
def test_bash_takes_the_completion_script(run: Run, tmp_path: Path) -> None:
    (tmp_path / "script").write_text(run("completion", "bash").out)
    done = subprocess.run(
        ["bash", "-c", f"source {tmp_path}/script && complete -p prepdeck"], capture_output=True, text=True, check=False
    )
    assert "_prepdeck_completion" in done.stdout


def test_backup_json_error_is_an_object(run: Run) -> None:
    assert json.loads(run("backup", "--json").err)["error"]["code"].startswith("store")


def test_doctor_names_the_keys_that_were_not_taken_with_their_place(run: Run, home: Path) -> None:
    settings = home / "config.toml"
    home.mkdir()
    settings.write_text('[keys]\n"home.review" = "ctrl+zz"\nnonsense = "q"\n', encoding="utf-8")
    ended = run("doctor", "--json")
    wrong = [each["words"] for each in ended.json()["findings"] if not each["ok"]]
    assert ended.status == 1
    assert [words.startswith(f"{settings}:{line}:") for line, words in enumerate(wrong, start=2)] == [True, True]


def test_doctor_counts_one_deck_as_one(run: Run) -> None:
    assert "ok     1 deck with 4 cards\n" in run("doctor").out
