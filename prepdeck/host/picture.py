"""Pictures made of dots from pictures made of lines, where the extra for it is installed."""

from __future__ import annotations

from typing import Final

SCALE: Final = 2
"""Dots on each side of a unit: charts stay sharp on a fine screen."""
EXTRA: Final = "prepdeck[png]"
"""What has to be installed."""
FAMILIES: Final = ("sans-serif", "DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica", "Verdana")
"""Families of letters to draw words with, the system's own choice first: resvg does not find one on every system."""


def png_of(svg: str) -> bytes | None:
    """Return an SVG picture as PNG; None without the extra, or where no font is there to draw its words with."""
    try:
        from resvg_py import svg_to_bytes  # an extra, and nobody else should wait for it
    except ImportError:
        return None
    try:
        blank = svg_to_bytes(svg_string=_word(FAMILIES[0]), skip_system_fonts=True)
        family = next((each for each in FAMILIES if svg_to_bytes(svg_string=_word(each)) != blank), None)
        if family is None:
            return None
        named = family if family != FAMILIES[0] else None
        return bytes(svg_to_bytes(svg_string=svg, zoom=SCALE, sans_serif_family=named))
    except (ValueError, TypeError):  # another version than the one we know
        return None


def _word(family: str) -> str:
    text = f"<text y='9' font-family='{family}'>x</text>"
    return f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{text}</svg>"
