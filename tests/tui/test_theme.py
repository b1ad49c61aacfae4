from __future__ import annotations

import re

import pytest

from prepdeck.tui.rows import Ground, Tone
from prepdeck.tui.theme import PALETTES, Palette, colours_of, style_of

SHAPES = {Tone.RULE, Tone.HEAT_1, Tone.HEAT_2, Tone.HEAT_3, Tone.HEAT_4}
"""Tones that carry no text."""
WANTED = {"dark": 4.5, "light": 4.5, "contrast": 7.0}


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
@pytest.mark.parametrize("tone", [tone for tone in Tone if tone not in SHAPES])
def test_text_can_be_read_on_every_ground(palette: Palette, tone: Tone) -> None:
    colour, own = colours_of(palette, tone)
    grounds = (own,) if own else (palette.background, palette.surface, palette.panel, palette.cursor)
    for ground in grounds:
        assert contrast(colour, ground) >= WANTED[palette.name], f"{tone.value} {colour} on {ground}"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_code_in_a_sentence_can_be_read_on_the_marked_row_and_in_code(palette: Palette) -> None:
    for tone in (Tone.CODE, Tone.MATH):
        for ground in (palette.cursor, palette.surface):
            assert contrast(colours_of(palette, tone)[0], ground) >= WANTED[palette.name]


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_levels_of_the_heat_map_differ(palette: Palette) -> None:
    steps = [luminance(colour) for colour in palette.heat]
    assert steps == sorted(steps, reverse=not palette.dark)
    assert all(contrast(one, other) >= 1.2 for one, other in zip(palette.heat, palette.heat[1:], strict=False))


def test_colours_are_written_in_full() -> None:
    for palette in PALETTES.values():
        for tone in Tone:
            assert re.fullmatch(r"#[0-9A-F]{6}", colours_of(palette, tone)[0])


def test_without_a_palette_nothing_has_a_colour() -> None:
    for tone in Tone:
        for ground in Ground:
            style = style_of(None, (tone, False, False, False), ground)
            assert style.color is None
            assert style.bgcolor is None


def test_without_a_palette_a_marked_row_stands_out() -> None:
    assert style_of(None, (Tone.TEXT, False, False, False), Ground.CURSOR).reverse
    assert not style_of(None, (Tone.TEXT, False, False, False), Ground.NONE).reverse
