"""The signs of the interface, each one cell wide, with a spelling in ASCII."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs."""

    filled: str
    """Done part of a bar."""
    empty: str
    """Rest of a bar."""
    marker: str
    """Points at the suggested or current thing."""
    tick: str
    """Right, done."""
    cross: str
    """Wrong."""
    dot: str
    """Separates words."""
    ellipsis: str
    """Stands for what was cut."""
    down: str
    """More lines below."""
    up: str
    """More lines above."""
    sideways: str
    """More to the left or right."""
    rule: str
    """A line across the card."""
    cursor: str
    """Left edge of the marked row."""
    heat: tuple[str, str, str, str, str]
    """None to most, where colour tells levels apart."""
    heat_plain: tuple[str, str, str, str, str]
    """None to most, where only the sign tells."""
    eighths: str
    """Bars from one to eight eighths of a cell."""
    box: str
    """Corners and edges of a box: top left, top right, bottom left, bottom right, horizontal, vertical."""
    bullet: str
    """Before a list entry."""
    flag: str = "⚑"
    """A card the learner marked to come back to."""
    ascii_only: bool = False
    """Whether every sign is ASCII."""


UNICODE: Final = Glyphs(
    filled="━",
    empty="─",
    marker="▸",
    tick="✓",
    cross="✗",
    dot="·",
    ellipsis="…",
    down="↓",
    up="↑",
    sideways="← →",
    rule="─",
    cursor="▌",
    heat=("·", "■", "■", "■", "■"),
    heat_plain=("·", "░", "▒", "▓", "█"),
    eighths="▁▂▃▄▅▆▇█",
    box="╭╮╰╯─│",
    bullet="•",
)
"""What every modern terminal shows."""

ASCII: Final = Glyphs(
    filled="=",
    empty="-",
    marker=">",
    tick="v",
    cross="x",
    dot="-",
    ellipsis="~",
    down="v",
    up="^",
    sideways="< >",
    rule="-",
    cursor=">",
    heat=(".", "-", "+", "*", "#"),
    heat_plain=(".", "-", "+", "*", "#"),
    eighths="_.-=+*##",
    box="++++-|",
    bullet="*",
    flag="!",
    ascii_only=True,
)
"""What every terminal shows."""

_DIGITS: Final = {
    "0": ("╭─╮", "│ │", "╰─╯"),
    "1": ("╶╮ ", " │ ", "╶┴╴"),
    "2": ("╶─╮", "╭─╯", "╰─╴"),
    "3": ("╶─╮", " ─┤", "╶─╯"),
    "4": ("╷ ╷", "╰─┤", "  ╵"),
    "5": ("╭─╴", "╰─╮", "╶─╯"),
    "6": ("╭─╴", "├─╮", "╰─╯"),
    "7": ("╶─╮", "  │", "  ╵"),
    "8": ("╭─╮", "├─┤", "╰─╯"),
    "9": ("╭─╮", "╰─┤", "╶─╯"),
    ":": ("   ", " : ", "   "),
    ".": (" ", " ", "."),
    "+": ("   ", "╶┼╴", "   "),
    "-": ("   ", "╶─╴", "   "),
}


def large(number: int, glyphs: Glyphs) -> Sequence[str]:
    """Return a number three rows tall, or one row where only ASCII may be drawn."""
    if glyphs.ascii_only:
        return ("", str(number), "")
    return tuple("".join(_DIGITS[digit][row] for digit in str(abs(number))) for row in range(3))


def large_time(text: str, glyphs: Glyphs) -> Sequence[str]:
    """Return a time such as `30:45` three rows tall, or one row where only ASCII may be drawn."""
    if glyphs.ascii_only:
        return ("", text, "")
    return tuple("".join(_DIGITS[sign][row] for sign in text) for row in range(3))


def bar(share: float, width: int, glyphs: Glyphs) -> tuple[str, str]:
    """Return the filled and the empty part of a bar; anything above nothing shows, anything below all leaves a rest."""
    width = max(0, width)
    cells = round(max(0.0, min(1.0, share)) * width)
    if share > 0 and width:
        cells = max(1, cells)
    if share < 1 and cells == width and width > 1:
        cells = width - 1
    return glyphs.filled * cells, glyphs.empty * (width - cells)
