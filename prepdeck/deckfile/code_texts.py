"""Fields that hold code: kept to the last blank, and never run by reading a deck."""

from __future__ import annotations

import builtins
import keyword
import re

from prepdeck.deckfile.fault import Fault, nearest, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Scalar
from prepdeck.deckfile.scalars import written
from prepdeck.deckfile.texts import (
    MAX_LINES,
    hidden_part,
    is_too_long,
    refuse_empty,
    refuse_length,
    refuse_shape,
    warn_of_comment,
)
from prepdeck.text.cleaning import clean

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
"""A name in code, as decks use it."""

EXCEPTIONS = frozenset(
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
)
"""Exceptions that Python brings along."""

WRAPPED = 60
"""Characters of a line at least, when somebody wrapped it for its length alone."""


def read_code(notes: Findings, name: str, node: Node) -> str | None:
    """Return code as it stands in the file, tabs and blanks included, without the line ends behind it."""
    code = read_expression(notes, name, node)
    if code is not None and isinstance(node, Scalar) and _is_folded(notes, node, code):
        fault = Fault(
            "W107",
            f"the lines of {plain(name)} are joined: only below `|` does YAML keep line ends",
            "several lines become one",
            help=f"write `{plain(name)}: |` and indent the code below it",
        )
        notes.report(node, fault)
    return code


def read_expression(notes: Findings, name: str, node: Node) -> str | None:
    """Return code whose line ends do not matter."""
    if not isinstance(node, Scalar):
        refuse_shape(notes, name, node)
        return None
    code = node.text.rstrip("\n")
    if len(code) >= MAX_LINES and is_too_long(code):
        refuse_length(notes, name, node, code)
        return None
    if not code or code.isspace():
        refuse_empty(notes, name, node)
        return None
    if not node.style:
        warn_of_comment(notes, node)
    if clean(code) != code:
        _refuse_hidden(notes, name, node, code)
        return None
    return code


def read_name(notes: Findings, name: str, node: Node) -> str | None:
    """Return a name that Python code can define: ASCII letters, digits and underscores."""
    text = written(notes, name, node, "ValueError" if name == "raises" else "two_sum")
    if text is None:
        return None
    if is_name(text):
        return text
    bare = text.removeprefix("def ").removeprefix("class ").lstrip()
    first = NAME.match(bare)
    if keyword.iskeyword(text):
        help_text = f"{text} is a word of Python itself; choose another name"
    elif first is not None and is_name(first[0]) and bare[first.end() : first.end() + 1] in {"(", ":", " ", ""}:
        help_text = f"write the name alone: {first[0]}"
    else:
        help_text = "use 1-64 of a-z, A-Z, 0-9 and _, beginning with a letter or _"
    fault = Fault("E055", f"{plain(name)} is not a name in Python: {quoted(text)}", "not a name", help=help_text)
    notes.report(node, fault)
    return None


def read_exception(notes: Findings, name: str, node: Node) -> str | None:
    """Return the name of an exception; one that is nearly a name of Python gets a warning."""
    text = read_name(notes, name, node)
    if text is not None and text not in EXCEPTIONS:
        meant = None if notes.is_full else nearest_exception(text)
        if meant is not None:
            message = f"Python has no exception {quoted(text)}"
            fault = Fault("W106", message, "unknown", help=f'did you mean "{meant}"?', fix=meant)
            notes.report(node, fault)
    return text


def nearest_exception(text: str) -> str | None:
    """Return the exception of Python that differs from `text` by its capitals or a letter or two, or None."""
    folded = {name.lower(): name for name in EXCEPTIONS}
    word = text.lower()
    meant = word if word in folded else nearest(text, tuple(folded))
    # Names of exceptions end alike, so that two of them are easily near each other: the beginning has to agree.
    if meant is None or meant[:3] != word[:3] or abs(len(meant) - len(word)) > 1:
        return None
    return folded[meant]


def is_name(text: str) -> bool:
    """Tell whether Python code can define `text`."""
    return NAME.fullmatch(text) is not None and not keyword.iskeyword(text)


def _is_folded(notes: Findings, node: Scalar, code: str) -> bool:
    """Tell whether YAML joined lines of code; one long line that was only wrapped has longer pieces."""
    if node.style == "|":
        return False
    raw = notes.text[node.start : node.end].rstrip()
    joined = raw.count("\n") - code.count("\n") - (node.style == ">")
    return joined > 0 and len(code) < WRAPPED * joined


def _refuse_hidden(notes: Findings, name: str, node: Scalar, code: str) -> None:
    """Say that the code holds what nobody would see, so that it could do something else than it shows."""
    fault = Fault(
        "E054",
        f"{plain(name)} holds {hidden_part(code)}, which is not shown as it is",
        "code that does not show",
        help="delete it; in a string of the code write its escape, such as \\u202e",
    )
    notes.report(node, fault)
