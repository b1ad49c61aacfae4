"""Where the keys of the settings file stand, for problems that name a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_NAME: Final = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_DOTTED: Final = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER: Final = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_ASSIGNED: Final = re.compile(rf"\s*({_DOTTED})\s*=\s*")


def places_of_keys(text: str) -> dict[str, tuple[int, int]]:
    """Return line and column, from 1, of the value of every action in the table [keys]."""
    found: dict[str, tuple[int, int]] = {}
    table: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header is not None:
            table = _parts(header[1])
            continue
        assigned = _ASSIGNED.match(line)
        if assigned is None:
            continue
        root, *names = [*table, *_parts(assigned[1])]
        if root == "keys" and names:
            found[".".join(names)] = (number, assigned.end() + 1)
    return found


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_NAME, dotted)]


def flat_keys(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return the entries of a table and of the tables in it, by names with dots."""
    flat: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            flat.update(flat_keys(value, f"{prefix}{name}."))
        else:
            flat[f"{prefix}{name}"] = value
    return flat
