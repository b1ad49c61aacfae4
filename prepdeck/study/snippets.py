"""What a `verify` snippet needs, read from its text without running it."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from prepdeck.judge.packages import MODULES

PACKAGES: Final = {module: package for package, module in MODULES.items()}
"""Packages whose module is called differently, by module."""


def imported_packages(snippet: str) -> tuple[str, ...]:
    """Return the packages beside Python's own that a snippet imports anywhere, sorted; none when it cannot be read."""
    if "import" not in snippet:
        return ()
    names = {name for statement in _statements(snippet) for name in _imported(statement)}
    return tuple(sorted(PACKAGES.get(name, name) for name in names - sys.stdlib_module_names if name.isidentifier()))


def _statements(snippet: str) -> Iterator[list[str]]:
    """Yield the words of each statement.

    The parser would read more exactly, and print warnings about a deck's backslashes.
    """
    import tokenize

    words: list[str] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(snippet).readline):
            if token.type == tokenize.NEWLINE or token.string in {";", ":"}:
                yield words
                words = []
            elif token.type in {tokenize.NAME, tokenize.OP}:
                words.append(token.string)
    except (tokenize.TokenError, SyntaxError):  # the judge will say what is wrong with it
        return


def _imported(statement: list[str]) -> Iterator[str]:
    """Yield the module at the top of each dotted name that a statement imports."""
    if statement[:1] == ["from"] and statement[1:2] != ["."]:
        yield from statement[1:2]
    elif statement[:1] == ["import"]:
        yield from statement[1:2]
        yield from (name for comma, name in pairwise(statement) if comma == ",")
