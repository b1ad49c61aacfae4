"""Fields of `cloze` cards, and the marks in their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from prepdeck.cards.card import Cloze, Gap
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Scalar
from prepdeck.deckfile.schema import Kind
from prepdeck.deckfile.texts import read_text

MAX_GAPS = 20
"""Most gaps of a card."""

OPENING = re.compile(r"\{\{c([1-9][0-9]{0,2})::")
"""How a gap begins."""

ALMOST_OPENING = re.compile(r"\{\{ *(?:[cC] *[0-9]* *:{1,2}|[cC]? *[0-9]+ *:{1,2}|[cC][0-9]+ *\}\})")
"""How a gap does not begin."""

BRACES = re.compile(r"\{+|\}+")
"""Braces of one sort in a row."""

_RIGHT = "write a gap as {{c1::hidden}} or {{c1::hidden::hint}}"


@dataclass(frozen=True, slots=True)
class _Mistake:
    """What is wrong with the marks, and at which character of the text."""

    at: int
    length: int
    fault: Fault


def read_cloze(notes: Findings, name: str, node: Node) -> tuple[str | Gap, ...] | None:
    """Return the pieces of a text with gaps."""
    text = read_text(notes, name, node)
    if text is None or not isinstance(node, Scalar):
        return None
    pieces, mistake = split_gaps(text)
    mistake = mistake or _numbering_mistake(text, pieces)
    if mistake is None:
        return tuple(pieces)
    start = _index_of(notes.text, node, text, mistake.at)
    fault = mistake.fault
    if not notes.text.startswith(text[mistake.at : mistake.at + mistake.length], start):
        fault = replace(fault, fix=None)
    notes.report_span(start, start + mistake.length, fault)
    return None


def split_gaps(text: str) -> tuple[list[str | Gap], _Mistake | None]:
    """Return visible stretches and gaps of `text` in order, and the first mistake in its marks."""
    pieces: list[str | Gap] = []
    position = 0
    while True:
        opening = OPENING.search(text, position)
        end = len(text) if opening is None else opening.start()
        mistake = _visible_mistake(text, position, end)
        if mistake is not None:
            return pieces, mistake
        if end > position:
            pieces.append(text[position:end])
        if opening is None:
            return pieces, None
        # Braces inside a gap, as in $e^{z_{i}}$, come in pairs.
        close = _unpaired(text, opening.end(), len(text))
        if close is None:
            return pieces, _Mistake(opening.start(), len(opening[0]), _UNCLOSED)
        inner = OPENING.search(text, opening.end(), close)
        if inner is not None:
            return pieces, _Mistake(inner.start(), len(inner[0]), _NESTED)
        gap = _gap(int(opening[1]), text[opening.end() : close])
        if gap is None:
            return pieces, _Mistake(opening.start(), close + 2 - opening.start(), _EMPTY)
        pieces.append(gap)
        position = close + 2


def _unpaired(text: str, start: int, end: int) -> int | None:
    """Return the first "}}" between `start` and `end` that closes no brace opened after `start`."""
    depth = 0
    for braces in BRACES.finditer(text, start, end):
        count = braces.end() - braces.start()
        if braces[0][0] == "{":
            depth += count
        elif count >= depth + 2:
            return braces.start() + depth
        else:
            depth = max(0, depth - count)
    return None


def _gap(number: int, inside: str) -> Gap | None:
    # The last "::" parts the hint, so that std::vector can be hidden by giving it a hint, even an empty one.
    answer, parted, hint = inside.rpartition("::")
    if not parted:
        answer, hint = inside, ""
    if not answer.strip():
        return None
    return Gap(number, answer, hint if hint.strip() else None)


def _visible_mistake(text: str, start: int, end: int) -> _Mistake | None:
    """Return a mark between gaps that opens or closes nothing."""
    almost = ALMOST_OPENING.search(text, start, end)
    if almost is not None:
        number = "".join(filter(str.isdigit, almost[0])).lstrip("0")
        fix = f"{{{{c{number}::" if number and almost[0].endswith(":") else None
        fault = Fault("E037", f"{quoted(almost[0])} does not begin a gap", "not a gap", help=_RIGHT, fix=fix)
        return _Mistake(almost.start(), len(almost[0]), fault)
    stray = _unpaired(text, start, end)
    return None if stray is None else _Mistake(stray, 2, _UNOPENED)


def _numbering_mistake(text: str, pieces: list[str | Gap]) -> _Mistake | None:
    gaps = [piece for piece in pieces if isinstance(piece, Gap)]
    if not gaps:
        return _Mistake(0, len(text), _NO_GAP)
    if len(gaps) > MAX_GAPS:
        message = f"{len(gaps)} gaps in one text; at most {MAX_GAPS} are allowed"
        return _Mistake(0, len(text), Fault("E039", message, "too many gaps", help="split the card"))
    numbers = {gap.number for gap in gaps}
    missing = next((number for number in range(1, max(numbers)) if number not in numbers), None)
    if missing is None:
        return None
    wrong = min(number for number in numbers if number > missing)
    fault = Fault(
        "E038",
        f"there is a gap {wrong} but no gap {missing}",
        f"gap {missing} is missing",
        help="number the gaps 1, 2, 3 in the order they open; gaps that open together share a number",
    )
    mark = f"{{{{c{wrong}::"
    return _Mistake(text.index(mark), len(mark), fault)


def _index_of(source: str, node: Scalar, text: str, at: int) -> int:
    """Return where character `at` of the text stands in the source; the start of the value when that is unclear."""
    sample = text[at : at + 6].split("\n", 1)[0]
    index = node.start - 1
    for _occurrence in range(text.count(sample, 0, at) + 1 if sample else 0):
        index = source.find(sample, index + 1, node.end)
        if index < 0:
            return node.start
    return max(index, node.start)


_NESTED = Fault("E037", "a gap may not stand inside a gap", "a gap in a gap", help="close the first gap before it: }}")
_UNCLOSED = Fault("E037", "this gap is never closed", "no closing }}", help=f"{_RIGHT}; braces inside it come in pairs")
_UNOPENED = Fault("E037", 'this "}}" closes no gap', "no gap is open", help=_RIGHT)
_EMPTY = Fault("E039", "this gap hides nothing", "an empty gap", help=_RIGHT)
_NO_GAP = Fault("E039", "the text has no gap", "nothing is hidden", help=_RIGHT)


def _build(values: dict[str, Any]) -> Cloze:
    return Cloze(pieces=values["text"])


KIND = Kind(
    name="cloze",
    readers={"text": read_cloze},
    required=("text",),
    build=_build,
    hints={
        "front": "a cloze card has no front; the text with its gaps is called `text`",
        "back": "a cloze card has no back; what is hidden stands in the gaps of `text`",
    },
)
"""Gaps that open one by one."""
