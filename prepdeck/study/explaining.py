"""The page of each code of the linter."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from prepdeck.deckfile.codes import CODES
from prepdeck.errors import UsageError
from prepdeck.text.cleaning import clean_line

EVERYTHING = "all"
"""The word that stands for every code."""
MOST_NEAR = 4
"""How many codes an unknown one is compared to in words."""
COLUMNS = 79
"""Width of a page."""

_LOOK_ALIKE = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class CodePage:
    """What one code means."""

    code: str
    """Such as `E012`."""
    title: str
    """The fault in a few words."""
    explanation: str
    """Why it is a fault, and what is left out because of it."""
    example: str
    """How it is written right."""

    @property
    def severity(self) -> str:
        """`error` or `warning`."""
        return "warning" if self.code.startswith("W") else "error"


def explain(code: str) -> tuple[CodePage, ...]:
    """Return the page of a code, however it is capitalised, or every page for the word `all`.

    Raises:
        UsageError: When there is no such code.
    """
    if code.strip().lower() == EVERYTHING:
        return tuple(_page(known) for known in sorted(CODES))
    wanted = code.strip().upper()
    if wanted not in CODES:
        near = ", ".join(_near(wanted))
        raise UsageError(
            f"there is no code {clean_line(code[:40])}",
            f"did you mean {near}?" if near else f"prepdeck lint --explain {EVERYTHING} lists every code",
        )
    return (_page(wanted),)


def draw_pages(pages: Sequence[CodePage]) -> str:
    """Return one page as people read it, or a line for each of several."""
    if len(pages) != 1:
        return "\n".join(f"{page.code}  {page.title}" for page in pages)
    (page,) = pages
    example = textwrap.indent(page.example, "    ")
    meaning = textwrap.fill(page.explanation, COLUMNS)
    return f"{page.severity}[{page.code}]: {page.title}\n\n{meaning}\n\nWritten right:\n\n{example}"


def pages_json(pages: Sequence[CodePage]) -> dict[str, Any]:
    """Return pages as an object."""
    return {
        "schema": 1,
        "codes": [
            {
                "code": page.code,
                "severity": page.severity,
                "title": page.title,
                "explanation": page.explanation,
                "example": page.example,
            }
            for page in pages
        ],
    }


def _near(wanted: str) -> list[str]:
    """Return codes that look like `wanted`: the number under the other letter, neighbours, or slips of a finger."""
    digits = wanted.lstrip("EW").translate(_LOOK_ALIKE).rjust(3, "0")
    same_number = [code for code in CODES if code[1:] == digits]
    close = get_close_matches(wanted, sorted(CODES), n=MOST_NEAR, cutoff=0.5)
    return list(dict.fromkeys((*same_number, *close)))[:MOST_NEAR]


def _page(code: str) -> CodePage:
    doc = CODES[code]
    return CodePage(code, doc.title, doc.explanation, doc.example)
