"""Texts of several lines moved to another indentation, as their authors wrote them."""

from __future__ import annotations

import re
from typing import Any

import yaml

from prepdeck.deckfile.layout import Leaf
from prepdeck.deckfile.quoting import STEP, scalar

BLOCKS = frozenset({"|", ">"})
"""Signs below which a text stands in lines of its own."""

_BLOCK = re.compile(r"(?P<sign>[|>])(?P<marks>[0-9+-]*)[^\n]*\n?(?P<body>.*)", re.DOTALL)


def relaid(source: str, leaf: Leaf, indent: str, *, taken: int) -> str:
    """Return a text as its author wrote it, with its further lines indented anew.

    Args:
        source: The file, with line feeds alone as line ends.
        leaf: The text.
        indent: Indentation of the name or dash it belongs to.
        taken: Columns of its line that are taken.
    """
    raw = source[leaf.start : leaf.end]
    if leaf.style in BLOCKS:
        written = _relaid_block(raw, leaf, indent)
    elif "\n" not in raw:
        return raw
    else:
        written = _relaid_lines(raw, leaf, indent)
    is_kept = _read_back(f"{indent}k: {written}\n") == leaf.text.rstrip("\n") if written else False
    return written if written and is_kept else scalar(leaf.text.rstrip("\n"), indent, taken=taken)


def _relaid_block(raw: str, leaf: Leaf, indent: str) -> str | None:
    """Return a text below `|` or `>` at its new indentation."""
    match = _BLOCK.fullmatch(raw)
    lines = match["body"].rstrip("\n ").split("\n") if match else [""]
    body = [line for line in lines if line.strip(" ")]
    if match is None or not body:
        return None
    depth = min(len(line) - len(line.lstrip(" ")) for line in body)
    if any(mark.isdigit() for mark in match["marks"]):
        depth = _told_depth(leaf, body, depth)
    moved = [line[depth:] if line.strip(" ") or len(line) > depth else "" for line in lines]
    marks = "-" if "-" in match["marks"] else ""
    first = next(line for line in moved if line)
    width = str(len(STEP)) if first[0] in " \t" else ""
    return "\n".join((f"{match['sign']}{width}{marks}", *(f"{indent}{STEP}{line}" if line else "" for line in moved)))


def _told_depth(leaf: Leaf, body: list[str], deepest: int) -> int:
    """Return the indentation of a text that says how deep it is indented, for its lines may all begin with blanks."""
    first = next(line for line in leaf.text.split("\n") if line.strip(" "))
    return min(deepest, max(0, len(body[0]) - len(body[0].lstrip(" ")) - (len(first) - len(first.lstrip(" ")))))


def _relaid_lines(raw: str, leaf: Leaf, indent: str) -> str:
    """Return quoted or plain text of several lines at its new indentation."""
    first, *rest = raw.split("\n")
    lines = [first, *(line.lstrip(" \t") for line in rest)]
    kept = [*(_without_blanks(line, leaf.style) for line in lines[:-1]), lines[-1]]
    return "\n".join((kept[0], *(f"{indent}{STEP}{line}" if line else "" for line in kept[1:])))


def _without_blanks(line: str, style: str) -> str:
    short = line.rstrip(" \t")
    slashes = len(short) - len(short.rstrip("\\"))
    is_escaped = style == '"' and slashes % 2 == 1 and len(short) < len(line)
    return line[: len(short) + 1] if is_escaped else short


def _read_back(text: str) -> str | None:
    """Return the value of the only field of a text, or None when it cannot be read."""
    loader: Any = yaml.CSafeLoader(text)
    try:
        values = [event.value for event in iter(loader.get_event, None) if isinstance(event, yaml.ScalarEvent)]
    except yaml.YAMLError:
        return None
    finally:
        loader.dispose()
    return str(values[1]).rstrip("\n") if len(values) == 2 else None  # noqa: PLR2004 - a name and its value
