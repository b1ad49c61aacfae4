"""How editors are told the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from prepdeck.errors import UsageError
from prepdeck.study.editors import editor_at

PATH = "/decks/a b.yaml"


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vim -n", ("vim", "-n", "+14", PATH)),
        ("/usr/bin/nano", ("/usr/bin/nano", "+14", PATH)),
        ("vim.basic", ("vim.basic", "+14", PATH)),
        ("hx", ("hx", f"{PATH}:14")),
        ("code --wait", ("code", "--wait", "--goto", f"{PATH}:14")),
        ("my-editor --x", ("my-editor", "--x", PATH)),
    ],
)
def test_an_editor_is_told_the_line_in_its_own_manner(
    monkeypatch: pytest.MonkeyPatch, editor: str, expected: tuple[str, ...]
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    monkeypatch.setenv("EDITOR", "never")
    assert editor_at(Path(PATH), 14) == expected


def test_a_name_that_looks_like_a_flag_is_given_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VISUAL", "vim")
    monkeypatch.chdir(tmp_path)
    assert editor_at(Path("-c.yaml"), 1)[-1] == str(tmp_path / "-c.yaml")


def test_without_any_editor_the_next_step_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UsageError, match="no editor is set"):
        editor_at(Path(PATH), 1)
