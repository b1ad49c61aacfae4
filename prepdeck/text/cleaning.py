"""Foreign text made safe to show: no character that a terminal would obey, hide or reorder by."""

from __future__ import annotations

import re
from functools import cache

from prepdeck.text.marks import combining_class

MOST_MARKS = 4
"""Longest run of combining marks that is kept; more of them climb over the lines above."""

_OBEYED = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    r"\ud800-\udfff"  # lone surrogates cannot be encoded
    r"\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"  # reorder what stands around them
    r"\u200b\u2060-\u206f\ufeff"  # invisible
    r"\u2028\u2029"  # break lines in some places and not in others
    r"\ufff9-\ufffb\U000e0000-\U000e0fff"  # annotations and tags
)

_BREAKS = re.compile(r" *[\n\t]+[ \n\t]*")


_HARMLESS = re.compile(r"[\n\t -~\xa0-\u02ff\u0370-\u0482\u2010-\u2027\u2100-\u2bff\u4e00-\u9fff]*")
"""Latin, Greek, Cyrillic, symbols and Han: most texts hold nothing else, and this one class is searched quickly."""


@cache
def _foreign() -> re.Pattern[str]:
    """Return what must not stay as it is; compiled at the first such text, which is no import's business."""
    marks = combining_class()
    # The lookahead spares Latin text the long table.
    return re.compile(rf"\r\n?|[{_OBEYED}]|(?=[^\x00-\u02ff])([{marks}]{{{MOST_MARKS}}})[{marks}]+")


def _tame(match: re.Match[str]) -> str:
    """Return the harmless spelling of one match."""
    found = match[0]
    if found[0] == "\r":
        return "\n"
    if match[1]:
        return match[1]
    code = ord(found)
    if code <= 0xFF:  # noqa: PLR2004 - the widest code that two hexadecimal digits hold
        return f"\\x{code:02x}"
    if code <= 0xFFFF:  # noqa: PLR2004 - the widest code that four hexadecimal digits hold
        return f"\\u{code:04x}"
    return f"\\U{code:08x}"


def clean(text: str) -> str:
    r"""Return `text` with nothing in it that a terminal obeys; what is taken out is spelt visibly, as in `\x1b`.

    Line ends become `\n`, tabs stay. Cleaning twice changes nothing more, clean text comes back as it is, and the
    result can always be written as UTF-8.
    """
    if _HARMLESS.fullmatch(text):
        return text
    foreign = _foreign()
    return foreign.sub(_tame, text) if foreign.search(text) else text


def _join(match: re.Match[str]) -> str:
    """Return the space that stands for a run of line ends and tabs; nothing at either end of the text."""
    inside = match.start() > 0 and match.end() < len(match.string)
    return " " if inside else ""


def clean_line(text: str) -> str:
    """Return `clean(text)` on one line: each run of line ends and tabs is a single space."""
    return _BREAKS.sub(_join, clean(text))
