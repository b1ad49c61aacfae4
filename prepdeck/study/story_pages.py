"""A story as a page of text: for an editor and back, or kept where it could not go into the deck."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prepdeck.errors import StoreReadOnly
from prepdeck.host.folders import write_private_file
from prepdeck.study.story_edits import FIELDS, Fields

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

_HEAD: Final = """\
%% One story. Write below each heading; lines that begin with %% are not read, and headings must stay.
%% Save and close to keep it; an empty page, or one without a title, changes nothing.
%% Competencies: {competencies}
"""
_HINTS: Final = {
    "title": "what you call it",
    "situation": "where it was, and what was at stake, in a few lines",
    "task": "what you were responsible for",
    "action": "what you did, and why that and nothing else: more than half of the time",
    "result": "what came of it",
    "reflection": "what you learnt; may stay empty",
    "metric": "the result as a number; may stay empty",
    "competencies": "what it shows, separated by commas",
}
_HEADING: Final = re.compile(r"== ([a-z]+) ==\s*")
_ESCAPED: Final = re.compile(r"\\*(?:%%|== )")


def write_page(fields: Fields, competencies: tuple[str, ...]) -> str:
    """Return a page to be edited.

    Args:
        fields: What the story holds so far.
        competencies: The usual ones.
    """
    blocks = [_HEAD.format(competencies=", ".join(competencies))]
    for name in FIELDS:
        value = fields.get(name, "")
        text = value if isinstance(value, str) else ", ".join(value)
        lines = [f"\\{line}" if _ESCAPED.match(line) else line for line in text.split("\n")]
        blocks.append("\n".join((f"== {name} ==", f"%% {_HINTS[name]}", *lines, "")))
    return "\n".join(blocks)


def read_page(page: str) -> dict[str, str | tuple[str, ...]]:
    """Return the fields of an edited page; a heading that is gone leaves its field out."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in page.replace("\r\n", "\n").split("\n"):
        heading = _HEADING.fullmatch(line)
        if heading and heading[1] in FIELDS:
            name = heading[1]
            found.setdefault(name, [])
        elif name and not line.startswith("%%"):
            found[name].append(line[1:] if line.startswith("\\") and _ESCAPED.match(line) else line)
    fields: dict[str, str | tuple[str, ...]] = {name: "\n".join(lines).strip("\n") for name, lines in found.items()}
    words = fields.get("competencies")
    if isinstance(words, str):
        fields["competencies"] = tuple(word for word in re.split(r"[,\s]+", words) if word)
    return fields


def keep_words(desk: Desk, name: str, fields: Fields) -> Path:
    """Write down words that could not go into the deck, so that they are not lost; return the file.

    Raises:
        StoreReadOnly: When they cannot be written either.
    """
    return keep_page(desk, name, page_of(fields), ".md")


def keep_page(desk: Desk, name: str, page: str, ending: str = ".txt") -> Path:
    """Write a page beside the learner's other files, readable by its owner only; return its new file.

    Raises:
        StoreReadOnly: When it cannot be written.
    """
    stamp = desk.clock.now().strftime("%Y%m%d-%H%M%S")
    path = desk.folders.state / "stories" / f"{name}-{stamp}{ending}"
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{name}-{stamp}-{number}{ending}")
    try:
        write_private_file(path, page)
    except OSError as error:
        raise StoreReadOnly(
            f"the words cannot be kept in {path}: {error.strerror or error}",
            "they are still on the screen; make room, or copy them elsewhere",
        ) from error
    return path


def page_of(fields: Fields) -> str:
    """Return fields of a story as a page of text."""
    blocks = []
    for name in FIELDS:
        value = fields.get(name)
        if value:
            blocks.append(f"# {name}\n\n{value if isinstance(value, str) else ', '.join(value)}\n")
    return "\n".join(blocks).encode("utf-8", "backslashreplace").decode()
