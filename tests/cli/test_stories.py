from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended

Run = Callable[..., Ended]


def add(run: Run, title: str, *words: str) -> str:
    made: str = run("stories", "add", "--title", title, "--competency", "conflict", *words, "--json").json()["card"]
    return made


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Stand at a terminal whose editor is a script."""
    path = tmp_path / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(path))
    monkeypatch.setattr("prepdeck.cli.stories.at_terminal", lambda: True)


def test_without_stories_it_says_how_to_write_one(run: Run) -> None:
    ended = run("stories")
    assert (ended.status, ended.out) == (0, "")
    assert "prepdeck stories add" in ended.err


def test_a_story_is_added_listed_and_shown(run: Run) -> None:
    card = add(run, "The [x] holdout", "--task", "I owned it: all", "--metric", "1.8 %")
    shown = run("stories", "show", card, "--json").json()
    assert shown["title"] == "The [x] holdout"
    assert shown["parts"][1] == {"part": "task", "text": "I owned it: all", "words": 4, "seconds": 2, "aim_seconds": 15}
    assert "to write: situation, action, result, reflection" in run("stories").out
    assert [each["card"] for each in run("stories", "--json").json()["stories"]] == [card]


def test_edit_changes_one_field(run: Run) -> None:
    card = add(run, "Holdout", "--task", "mine")
    assert run("stories", "edit", card, "--metric", "2 %").out == f"changed metric of {card}\n"
    shown = run("stories", "show", card, "--json").json()
    assert (shown["metric"], shown["parts"][1]["text"]) == ("2 %", "mine")


def test_matrix_shows_holes(run: Run) -> None:
    add(run, "Holdout")
    rows = run("stories", "matrix").out.splitlines()
    assert "conflict              1  Holdout" in rows
    assert "ownership             0  no story yet" in rows
    assert "ownership" in run("stories", "matrix", "--json").json()["holes"]


def test_remove_wants_a_yes(run: Run) -> None:
    card = add(run, "Holdout")
    assert run("stories", "remove", card).status == 2
    assert run("stories", "remove", card, "--yes").status == 0
    assert run("stories", "--json").json()["stories"] == []
    assert run("show", card).status == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show",), "which story?"),
        (("add", "--title", "T"), "which competencies"),
        (("add",), "no terminal"),
        (("list", "--title", "T"), "--title is for"),
        (("add", "--title", "T", "--competency", "No Slug"), "is no competency"),
        (("edit", "probability/bayes", "--title", "T"), "is no story"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    ended = run("stories", *words)
    assert ended.status == 2
    assert said in ended.err


def test_an_editor_writes_a_new_story(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    page = (
        "== title ==\\nFrom an editor\\n== action ==\\n# a heading\\n\\\\== task ==\\n== competencies ==\\nfailure\\n"
    )
    editor(tmp_path, monkeypatch, f"printf '{page}' > \"$1\"")
    assert run("stories", "add").status == 0
    (story,) = run("stories", "--json").json()["stories"]
    assert (story["title"], story["competencies"]) == ("From an editor", ["failure"])
    assert story["parts"][2]["text"] == "# a heading\n== task =="
    assert list((home / "stories").iterdir()) == []


def test_an_untouched_page_changes_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = add(run, "Holdout", "--task", "mine")
    editor(tmp_path, monkeypatch, "true")
    assert run("stories", "edit", card).out == f"nothing changed in {card}\n"
    assert "no title" in run("stories", "add").err


def test_a_page_is_kept_when_the_deck_changed_under_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    card = add(run, "Holdout", "--task", "mine")
    deck = home / "decks" / "stories.yaml"
    editor(tmp_path, monkeypatch, f"sed -i s/mine/yours/ '{deck}'; sed -i 's/^mine$/page/' \"$1\"")
    ended = run("stories", "edit", card)
    assert ended.status == 3
    assert "what you wrote is kept in" in ended.err
    assert "yours" in deck.read_text("utf-8")
    assert "page" in next((home / "stories").iterdir()).read_text("utf-8")
