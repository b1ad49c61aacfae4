"""How many terminal cells a text takes, and cutting it to cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

_JOINER = "\u200d"


@cache
def _measure() -> Callable[[str], int]:
    """Return Rich's measure, which Textual draws by: two rulers would disagree about emoji."""
    from rich.cells import cell_len  # noqa: PLC0415 - verbs that print no foreign letters never load it

    return cell_len


def cell_width(text: str) -> int:
    """Return how many cells `text` takes on one line."""
    if text.isascii() and text.isprintable():
        return len(text)
    return _measure()(text)


def clusters(text: str) -> Iterator[str]:
    """Yield `text` in pieces that must stay together: a character with the marks on it, an emoji with its parts."""
    held, joined = "", False
    for character in text:
        if held and not joined and cell_width(character):
            yield held
            held = ""
        held += character
        joined = character == _JOINER and not joined
    if held:
        yield held


def split_cells(text: str, width: int, *, first: int | None = None) -> list[str]:
    """Return `text` in pieces of at most `width` cells, the first of at most `first`; none when `text` is empty.

    A cluster wider than the room gets a piece of its own.
    """
    room = width if first is None else first
    if text.isascii() and text.isprintable():
        places = [0, *range(max(room, 1), len(text), width)]
        return [text[start:end] for start, end in zip(places, [*places[1:], len(text)], strict=True) if start < end]
    pieces: list[str] = []
    held, used = "", 0
    for cluster in clusters(text):
        size = cell_width(cluster)
        if held and used + size > room:
            pieces.append(held)
            room, held, used = width, "", 0
        held += cluster
        used += size
    if held:
        pieces.append(held)
    return pieces


def shorten(text: str, width: int, *, ellipsis: str = "…") -> str:
    """Return `text` cut to at most `width` cells; `ellipsis` stands for what was cut."""
    if cell_width(text) <= width:
        return text
    room = width - cell_width(ellipsis)
    if room < 0:
        return ""
    head, used = "", 0
    for cluster in clusters(text):
        used += cell_width(cluster)
        if used > room:
            break
        head += cluster
    return head.rstrip() + ellipsis


def pad(text: str, width: int) -> str:
    """Return `text` with spaces behind it up to `width` cells."""
    return text + " " * (width - cell_width(text))


def expand_tabs(text: str, size: int = 4) -> str:
    """Return `text` with each tab as spaces up to the next multiple of `size` cells in its line."""
    if "\t" not in text:
        return text
    lines = []
    for line in text.split("\n"):
        head, *cells = line.split("\t")
        for cell in cells:
            head += " " * (size - cell_width(head) % size) + cell
        lines.append(head)
    return "\n".join(lines)
