"""The colours: dark, light, contrast, and none at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import BUILTIN_THEMES, Theme

from prepdeck.tui.rows import Ground, Piece, Tone


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme."""

    name: str
    """As the settings call it."""
    dark: bool
    """Whether the background is dark."""
    background: str
    """Ground of the screen."""
    surface: str
    """Ground of code and fields."""
    panel: str
    """Ground of title bar and key bar."""
    cursor: str
    """Ground of the marked row."""
    tinted: str
    """Ground of code and maths inside a sentence."""
    text: str
    """What is read."""
    muted: str
    """What is read second."""
    primary: str
    """Names, Easy, bars of work to come."""
    secondary: str
    """Keywords."""
    accent: str
    """Keys, warnings, Hard, today."""
    success: str
    """Right, Good, done."""
    error: str
    """Wrong, Again."""
    rule: str
    """Borders; carries no text."""
    heat: tuple[str, str, str, str]
    """Few to many reviews; carry no text."""


PALETTES: Final = {
    "dark": Palette(
        "dark",
        dark=True,
        background="#11141B",
        surface="#181C26",
        panel="#222836",
        cursor="#263250",
        tinted="#26231D",
        text="#E6EAF2",
        muted="#98A2B8",
        primary="#7DA6FF",
        secondary="#B69CF2",
        accent="#FFC46B",
        success="#7FD39A",
        error="#FF8087",
        rule="#3A4358",
        heat=("#24533F", "#2F8057", "#4FB377", "#9BEBB5"),
    ),
    "light": Palette(
        "light",
        dark=False,
        background="#FBFBF8",
        surface="#F2F2EC",
        panel="#E6E6DE",
        cursor="#CFDDFB",
        tinted="#F5EFDF",
        text="#1A1F2B",
        muted="#565F73",
        primary="#1F55C4",
        secondary="#6A3FB5",
        accent="#8A5200",
        success="#1B6E3C",
        error="#B3202C",
        rule="#BFC3CC",
        heat=("#B5E3C4", "#6CC48B", "#2E9457", "#0F5A30"),
    ),
    "contrast": Palette(
        "contrast",
        dark=True,
        background="#000000",
        surface="#0A0C10",
        panel="#1A1E26",
        cursor="#1B2C5C",
        tinted="#17140C",
        text="#FFFFFF",
        muted="#C9D1E0",
        primary="#A9C7FF",
        secondary="#D5C2FF",
        accent="#FFD27F",
        success="#96EBAF",
        error="#FFB0B4",
        rule="#8E99B0",
        heat=("#2F6B51", "#3E9A6B", "#66CC90", "#B8F7CC"),
    ),
}
"""By the name the settings know."""

ORDER: Final = ("dark", "light", "contrast")
"""The order in which one key goes through the themes."""
PLAIN: Final = "prepdeck-plain"
"""Name of the theme without colours."""


def theme_name(name: str) -> str:
    """Return what Textual calls the theme of that name."""
    return f"prepdeck-{name}"


def make_themes() -> tuple[Theme, ...]:
    """Return every theme in Textual's terms."""
    return (*(_make_theme(palette) for palette in PALETTES.values()), _make_plain_theme())


def variables_of(palette: Palette | None) -> dict[str, str]:
    """Return the style sheet variables that are our own."""
    if palette is None:
        own = ("rule", "muted", "cursor-ground", "code-ground")
        names = (*own, *BUILTIN_THEMES["ansi-dark"].variables)
        return {**dict.fromkeys(names, "ansi_default"), "input-cursor-text-style": "reverse"}
    return {
        "rule": palette.rule,
        "muted": palette.muted,
        "cursor-ground": palette.cursor,
        "code-ground": palette.surface,
        "input-cursor-background": palette.accent,
        "input-cursor-foreground": palette.background,
        "input-selection-background": palette.cursor,
        "screen-selection-background": palette.cursor,
        "screen-selection-foreground": palette.text,
        "scrollbar": palette.rule,
        "scrollbar-hover": palette.muted,
        "scrollbar-active": palette.accent,
        "scrollbar-background": palette.background,
        "scrollbar-background-hover": palette.background,
        "scrollbar-background-active": palette.background,
        "scrollbar-corner-color": palette.background,
    }


def _make_theme(palette: Palette) -> Theme:
    return Theme(
        name=theme_name(palette.name),
        dark=palette.dark,
        primary=palette.primary,
        secondary=palette.secondary,
        warning=palette.accent,
        error=palette.error,
        success=palette.success,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.background,
        surface=palette.surface,
        panel=palette.panel,
        text_alpha=1.0,
        variables=variables_of(palette),
    )


def _make_plain_theme() -> Theme:
    names = ("primary", "secondary", "warning", "error", "success", "accent", "foreground", "background")
    colours = dict.fromkeys((*names, "surface", "panel"), "ansi_default")
    return Theme(name=PLAIN, ansi=True, variables=variables_of(None), **colours)  # type: ignore[arg-type]


class Colourless(LineFilter):
    """Takes every colour off what is drawn, so that no colour code reaches the terminal at all."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Return the segments with bold, italic and reverse, but without colour."""
        return [
            Segment(text, None if style is None else style.without_color, control) for text, style, control in segments
        ]


_FOREGROUND: Final = {
    Tone.TEXT: "text",
    Tone.MUTED: "muted",
    Tone.PRIMARY: "primary",
    Tone.SECONDARY: "secondary",
    Tone.ACCENT: "accent",
    Tone.SUCCESS: "success",
    Tone.ERROR: "error",
    Tone.RULE: "rule",
    Tone.BUTTON: "background",
    Tone.FILLED: "background",
    Tone.GAP: "accent",
    Tone.HEADING: "primary",
    Tone.CODE: "accent",
    Tone.MATH: "accent",
    Tone.LINK: "primary",
    Tone.QUOTE: "muted",
    Tone.KEYWORD: "secondary",
    Tone.NAME: "primary",
    Tone.STRING: "success",
    Tone.NUMBER: "accent",
    Tone.COMMENT: "muted",
    Tone.OPERATOR: "text",
}
_BACKGROUND: Final = {Tone.BUTTON: "accent", Tone.FILLED: "success", Tone.CODE: "tinted", Tone.MATH: "tinted"}
_HEAT: Final = (Tone.HEAT_1, Tone.HEAT_2, Tone.HEAT_3, Tone.HEAT_4)


def colours_of(palette: Palette, tone: Tone) -> tuple[str, str | None]:
    """Return the colour a tone is written in, and its own ground if it has one."""
    if tone in _HEAT:
        return palette.heat[_HEAT.index(tone)], None
    ground = _BACKGROUND.get(tone)
    return getattr(palette, _FOREGROUND[tone]), None if ground is None else getattr(palette, ground)


@lru_cache(maxsize=1024)
def style_of(palette: Palette | None, piece_style: tuple[Tone, bool, bool, bool], ground: Ground) -> Style:
    """Return how a stretch is drawn over a ground; without a palette only by weight and reversal.

    Args:
        palette: The colours, or None for none.
        piece_style: Tone, bold, italic, struck through.
        ground: What the row lies on.
    """
    tone, bold, italic, strike = piece_style
    if palette is None:
        reverse = (tone in {Tone.BUTTON, Tone.FILLED}) != (ground is Ground.CURSOR)
        bold = bold or tone in {Tone.BUTTON, Tone.HEADING, Tone.KEYWORD}
        return Style(bold=bold, italic=italic, strike=strike, reverse=reverse, underline=tone is Tone.LINK)
    colour, own_ground = colours_of(palette, tone)
    grounds = {Ground.NONE: None, Ground.CURSOR: palette.cursor, Ground.CODE: palette.surface}
    below = grounds[ground]
    return Style(
        color=colour,
        bgcolor=own_ground if own_ground and (below is None or tone in {Tone.BUTTON, Tone.FILLED}) else below,
        bold=bold or tone is Tone.BUTTON,
        italic=italic,
        strike=strike,
        underline=tone is Tone.LINK,
    )


def piece_style(piece: Piece) -> tuple[Tone, bool, bool, bool]:
    """Return what `style_of` needs to know of a stretch."""
    return piece.tone, piece.strong, piece.emphasis, piece.strike
