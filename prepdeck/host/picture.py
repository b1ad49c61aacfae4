"""Pictures made of dots from pictures made of lines, where the extra for it is installed."""

from __future__ import annotations

from typing import Final

SCALE: Final = 2
"""Dots on each side of a unit: charts stay sharp on a fine screen."""
EXTRA: Final = "prepdeck[png]"
"""What has to be installed."""
_WORD: Final = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text y='9' font-family='sans-serif'>x</text></svg>"
)


def png_of(svg: str) -> bytes | None:
    """Return an SVG picture as PNG; None without the extra, or where no font is there to draw its words with."""
    try:
        from resvg_py import svg_to_bytes  # an extra, and nobody else should wait for it
    except ImportError:
        return None
    try:
        if svg_to_bytes(svg_string=_WORD) == svg_to_bytes(svg_string=_WORD, skip_system_fonts=True):
            return None
        return bytes(svg_to_bytes(svg_string=svg, zoom=SCALE))
    except (ValueError, TypeError):  # another version than the one we know
        return None
