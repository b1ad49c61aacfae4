"""The formats, rubrics, verdicts, clock of stories and road in use: the bundled ones, and the learner's own on top."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from prepdeck.cards.blueprint import Blueprint
from prepdeck.errors import NotFound
from prepdeck.study.discovery import files_that_set
from prepdeck.study.documents import Documents, bundled_documents, documents_of
from prepdeck.study.library import Library
from prepdeck.study.surroundings import look_around

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

_SETS: Final = re.compile(rb"^(formats|rubrics|star_timing|verdicts|roadmap):", re.MULTILINE)
_FOUND: Final[WeakKeyDictionary[Library, Documents]] = WeakKeyDictionary()
"""What was found for the decks in use; looked for again when they are taken in anew."""


def documents_in_use(desk: Desk) -> Documents:
    """Return formats, rubrics, verdicts, story clock and road; a file with faults gives what is good in it.

    Raises:
        NotFound: When this installation lacks its own.
    """
    found = _FOUND.get(desk.library)
    if found is None:
        try:
            bundled = bundled_documents()
        except OSError:
            raise NotFound("the mock formats are missing", "install prepdeck again") from None
        found = _FOUND[desk.library] = documents_of(files_that_set(look_around(desk.options).roots, _SETS), bundled)
    return found


def get_format(desk: Desk, words: str) -> Blueprint:
    """Return the format that `words` names: its id, or a beginning of it that fits only one.

    Raises:
        NotFound: When there is none, or several fit.
    """
    formats = documents_in_use(desk).formats
    wanted = words.strip().lower()
    fitting = [slug for slug in formats if slug == wanted] or [slug for slug in formats if slug.startswith(wanted)]
    if len(fitting) == 1:
        return formats[fitting[0]]
    if fitting:
        raise NotFound(f"{words} fits {len(fitting)} mock formats", f"write one of: {', '.join(fitting)}")
    from difflib import get_close_matches

    near = next(iter(get_close_matches(wanted, formats, n=1)), None)
    raise NotFound(f"no mock format {words}", f"did you mean {near}?" if near else f"formats: {', '.join(formats)}")
