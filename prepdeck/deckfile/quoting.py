"""Texts written as YAML so that every reader takes them for the same characters.

A text stands unquoted only where prepdeck, YAML 1.1 and YAML 1.2 agree on it: it begins with a letter and
is no word such as `no` or `null`. Else it is quoted; a text of several lines stands below `|`, a long one below `>-`.
"""

from __future__ import annotations

import re

from prepdeck.deckfile.maths_escapes import MATHS_ESCAPE
from prepdeck.deckfile.source import FORBIDDEN
from prepdeck.text.cleaning import clean

WIDTH = 100
"""Columns that written lines keep to where a text lets them."""

STEP = "  "
"""One level of indentation."""

_RESERVED = frozenset(
    {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
    # JSON and other readers of YAML know these as numbers.
    | {"nan", "inf", "infinity"}
)
_PLAIN = re.compile(r"[^\W\d_](?:[^\n\t]*\S)?")
_PLAIN_BREAKS = re.compile(r": |:$| #")
_FLOW_BREAKS = re.compile(r"[\[\]{},:?]")
_UNPRINTABLE = re.compile(rf"{FORBIDDEN.pattern[:-1]}\r\ud800-\udfff]")
_TRAILING_BLANK = re.compile(r"[ \t]$", re.MULTILINE)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(rf'[\\"\n\t]|{_UNPRINTABLE.pattern}')
_ESCAPED_TOO = re.compile(rf"{_ESCAPED.pattern}|[^ -~]")


def scalar(text: str, indent: str = "", *, flow: bool = False, taken: int = 0) -> str:
    """Return how `text` is written behind `name: ` or `- `.

    Below `|` it ends in a line end that readers of decks leave away. Further lines begin with their indentation.

    Args:
        text: What is to be read; no half of a surrogate pair.
        indent: Indentation of the name or dash it belongs to.
        flow: Whether it stands inside brackets, and so on one line.
        taken: Columns of its line that are taken already.

    Raises:
        ValueError: When `text` holds half of a surrogate pair, which no YAML file can.
    """
    if re.search("[\ud800-\udfff]", text):
        message = "half of a surrogate pair cannot be written"
        raise ValueError(message)
    if is_plain(text, flow=flow) and (flow or taken + len(text) <= WIDTH):
        return text
    if not flow and "\n" in text and _may_stand_below(text):
        return _literal(text, indent)
    if not flow and taken + len(text) + 2 > WIDTH:
        folded = _folded(text, indent)
        if folded is not None:
            return folded
    return quoted_scalar(text)


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Tell whether `text` may stand without quotes."""
    return (
        _PLAIN.fullmatch(text) is not None
        and text.lower() not in _RESERVED
        and not _PLAIN_BREAKS.search(text)
        and not _UNPRINTABLE.search(text)
        and not (flow and _FLOW_BREAKS.search(text))
    )


def key_text(name: str) -> str:
    """Return how the name of a field or topic is written."""
    return name if is_plain(name, flow=True) else quoted_scalar(name)


def quoted_scalar(text: str) -> str:
    """Return `text` in quotes, on one line: double ones, or single ones where those spare backslashes."""
    is_shown = clean(text) == text and not _UNPRINTABLE.search(text)
    if ("\\" in text or '"' in text) and is_shown and "\n" not in text and "\t" not in text:
        return "'" + text.replace("'", "''") + "'"
    escaped = _ESCAPED if is_shown else _ESCAPED_TOO
    written = escaped.sub(_escape, text)
    # "\\ne" would be read as it should, and warned of as a lost LaTeX command.
    return '"' + MATHS_ESCAPE.sub(_spelt, written) + '"'


def _spelt(match: re.Match[str]) -> str:
    before, command = match[0][: -len(match[1])], match[1]
    spelt = {"n": "\\x0a", "t": "\\x09"}.get(command[1])
    return match[0] if spelt is None else f"{before}{spelt}{command[2:]}"


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    code = ord(found)
    short = f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - what two digits hold
    return _ESCAPES.get(found) or (short if code <= 0xFFFF else f"\\U{code:08x}")  # noqa: PLR2004 - and four


def _may_stand_below(text: str) -> bool:
    """Tell whether no character is lost when `text` stands below `|`; blanks at line ends would be, in many editors."""
    return not text.endswith("\n") and not _UNPRINTABLE.search(text) and not _TRAILING_BLANK.search(text)


def _literal(text: str, indent: str) -> str:
    lines = text.split("\n")
    first = next(line for line in lines if line)
    # The reader counts the indentation of the first line that is not empty, unless it is told.
    sign = f"|{len(STEP)}" if first[0] in " \t" else "|"
    return "\n".join((sign, *(f"{indent}{STEP}{line}" if line else "" for line in lines)))


def _folded(text: str, indent: str) -> str | None:
    """Return a text of one line below `>-`, or None when folding would touch its blanks."""
    if "\n" in text or "\t" in text or text[0] == " " or text[-1] == " " or _UNPRINTABLE.search(text):
        return None
    room = max(40, WIDTH - len(indent) - len(STEP))
    lines, line = [], ""
    # Only a single blank between two words folds back into itself.
    for word in re.split(r"(?<! ) (?! )", text):
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join((">-", *(f"{indent}{STEP}{one}" for one in (*lines, line))))
