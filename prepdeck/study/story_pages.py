"""A story as a page of text for an editor, and back; any text survives the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from prepdeck.study.story_edits import FIELDS

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


def write_page(fields: Mapping[str, str | tuple[str, ...]], competencies: tuple[str, ...]) -> str:
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
