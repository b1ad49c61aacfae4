"""PNG pictures of charts."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from prepdeck.host.picture import SCALE, png_of

SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><text y='9' font-family='sans-serif'>x</text></svg>"
)


def test_a_picture_is_png_at_twice_the_size() -> None:
    pytest.importorskip("resvg_py")
    png = png_of(SVG)
    if png is None:
        pytest.skip("no font is installed here")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (20 * SCALE, 10 * SCALE)


def test_words_are_drawn_with_a_font_that_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system's own sans-serif may be a font it has not: then another one draws the words."""
    asked: list[str | None] = []

    def svg_to_bytes(*, svg_string: str, sans_serif_family: str | None = None, **_: object) -> bytes:
        asked.append(sans_serif_family)
        return b"letters" if "Liberation" in svg_string else b"nothing"

    monkeypatch.setitem(sys.modules, "resvg_py", SimpleNamespace(svg_to_bytes=svg_to_bytes))
    assert png_of(SVG) == b"nothing"
    assert asked[-1] == "Liberation Sans"


def test_there_is_no_picture_without_the_extra_or_without_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", SimpleNamespace(svg_to_bytes=lambda **_: b"the same with no words"))
    assert png_of(SVG) is None
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert png_of(SVG) is None
