from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/guide.md", "docs/authoring.md")
MOST_BYTES = 250_000

pytestmark = pytest.mark.skipif(not (ROOT / "docs").exists(), reason="only a checkout has the pages")


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_and_page_that_is_named_is_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = [name for name in re.findall(r"\]\(([^)#]+)", text) if "://" not in name]
    assert [name for name in named if not ((ROOT / page).parent / name).is_file()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_says_in_words_what_it_shows(page: str) -> None:
    pictures = re.findall(r"!\[([^\]]*)\]", (ROOT / page).read_text("utf-8"))
    assert [words for words in pictures if len(words) < 30] == []


def test_every_picture_is_shown_on_a_page_and_modest() -> None:
    pages = "".join((ROOT / page).read_text("utf-8") for page in PAGES)
    for path in (ROOT / "docs" / "pictures").iterdir():
        assert f"pictures/{path.stem}." in pages, path.name
        assert path.suffix == ".png" or path.stat().st_size < MOST_BYTES, path.name


def test_the_pictures_are_drawn_by_the_program_the_same_each_time(tmp_path: Path) -> None:
    drawn = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        subprocess.run(
            [sys.executable, ROOT / "scripts" / "screenshots.py", folder, "narrow"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PREPDECK_HOME": str(tmp_path / "own")},
            cwd=tmp_path,
            check=True,
            capture_output=True,
            timeout=120,
        )
        drawn.append((folder / "narrow.svg").read_bytes())
    assert drawn[0] == drawn[1]
    assert b"All due cards" in drawn[0]
    assert b"http" not in drawn[0].replace(b"http://www.w3.org/2000/svg", b"").replace(
        b"https://www.textualize.io", b""
    )
    assert not (tmp_path / "own").exists()
