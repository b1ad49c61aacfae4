"""A chart as values, as a table for spreadsheets and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, assert_never

WIDTH: Final = 720
"""Width of a picture."""
HEIGHT: Final = 400
"""Height of a picture."""
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 56, 24, 48
_COLORS: Final = ("#2f6fde", "#c77800", "#1b6e3c")
_RULE, _TEXT, _GOAL = "#bfc3cc", "#1a1f2b", "#565f73"
_FONT: Final = "font-family='sans-serif'"
_BAR_LABEL: Final = 170
_GRID_LINES: Final = 4
_MOST_LABELS: Final = 8


class Shape(Enum):
    """How a chart is drawn."""

    LINE = "line"
    """Values over days, joined by a line."""
    COLUMNS = "columns"
    """Values over days, as columns that stand on each other."""
    BARS = "bars"
    """Values of things with names, as bars below each other."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values that belong together."""

    name: str
    """What they are."""
    values: tuple[float | None, ...]
    """One for each label; None where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows."""

    name: str
    """Short name, fit for a file: letters and dashes."""
    title: str
    """What people read above it."""
    shape: Shape
    """How it is drawn."""
    axis: str
    """What the labels are."""
    labels: tuple[str, ...]
    """What each value belongs to: a day, a track, a bin."""
    series: tuple[Series, ...]
    """One or more."""
    goal: float | None = None
    """A value to reach; None for none."""
    floor: float = 0.0
    """Where the scale begins."""
    ceiling: float | None = None
    """Where the scale ends; None for the largest value."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for each in self.series for value in each.values)


def chart_csv(chart: Chart) -> str:
    """Return the values of a chart as a table with a line of headings."""
    lines = [[chart.axis, *(each.name for each in chart.series)]]
    if chart.goal is not None:
        lines[0].append("goal")
    for number, label in enumerate(chart.labels):
        values = [_number(each.values[number]) for each in chart.series]
        lines.append([label, *values, *([_number(chart.goal)] if chart.goal is not None else [])])
    return "".join(",".join(_cell(cell) for cell in line) + "\r\n" for line in lines)


def chart_svg(chart: Chart) -> str:
    """Return a picture of a chart."""
    parts = [
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}'>",
        f"<rect width='{WIDTH}' height='{HEIGHT}' fill='#ffffff'/>",
        _words(chart.title, 24, 28, size=17, weight="bold"),
        *_legend(chart),
    ]
    match chart.shape:
        case Shape.LINE:
            parts += [*_grid(chart), *_lines(chart)]
        case Shape.COLUMNS:
            parts += [*_grid(chart), *_columns(chart)]
        case Shape.BARS:
            parts += _bars(chart)
        case _:
            assert_never(chart.shape)
    return "\n".join([*parts, "</svg>", ""])


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else f"{value:.4f}".rstrip("0")


def _cell(text: str) -> str:
    """Return text as one cell; what a spreadsheet would take for a formula is kept from being one."""
    if text.startswith(("=", "+", "@", "\t", "\r")) or (text.startswith("-") and not text[1:2].isdigit()):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text


def _escaped(text: str) -> str:
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, name)
    return text


def _words(  # noqa: PLR0913 - where, how large and how
    text: str, x: float, y: float, *, size: int = 12, anchor: str = "start", weight: str = "normal", fill: str = _TEXT
) -> str:
    place = f"x='{x:.1f}' y='{y:.1f}' font-size='{size}' text-anchor='{anchor}' font-weight='{weight}' fill='{fill}'"
    return f"<text {place} {_FONT}>{_escaped(text)}</text>"


def _legend(chart: Chart) -> list[str]:
    parts, x = [], WIDTH - _RIGHT
    goal = [] if chart.goal is None else [(f"goal {_number(chart.goal)}", _GOAL)]
    named = [(each.name, color) for each, color in zip(chart.series, _COLORS, strict=False)]
    for name, color in reversed([*named, *goal]):
        parts.append(_words(name, x, 28, anchor="end", fill=color))
        x -= 8 * len(name) + 16
    return parts


def _scale(chart: Chart) -> tuple[float, float]:
    sums = [0.0]
    for number in range(len(chart.labels)):
        values = [each.values[number] or 0.0 for each in chart.series]
        sums.append(sum(values) if chart.shape is Shape.COLUMNS else max(values))
    top = chart.ceiling if chart.ceiling is not None else max(*sums, chart.floor + 1)
    return chart.floor, max(top, chart.floor + 1e-9)


def _y(chart: Chart, value: float) -> float:
    low, high = _scale(chart)
    share = max(0.0, min(1.0, (value - low) / (high - low)))
    return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)


def _grid(chart: Chart) -> list[str]:
    low, high = _scale(chart)
    parts = []
    for step in range(_GRID_LINES + 1):
        value = low + (high - low) * step / _GRID_LINES
        y = _y(chart, value)
        parts.append(f"<path d='M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}' stroke='{_RULE}'/>")
        parts.append(_words(f"{value:g}" if high > 9 else f"{value:.2g}", _LEFT - 8, y + 4, anchor="end"))  # noqa: PLR2004 - small scales need their decimals
    every = max(1, -(-len(chart.labels) // _MOST_LABELS))
    for number, label in enumerate(chart.labels):
        if number % every == 0:
            parts.append(_words(label, _x(chart, number), HEIGHT - _BOTTOM + 20, anchor="middle"))
    if chart.goal is not None:
        y = _y(chart, chart.goal)
        parts.append(f"<path d='M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}' stroke='{_GOAL}' stroke-dasharray='4 4'/>")
    return parts


def _x(chart: Chart, number: int) -> float:
    return _LEFT + (number + 0.5) * (WIDTH - _LEFT - _RIGHT) / max(1, len(chart.labels))


def _lines(chart: Chart) -> list[str]:
    parts = []
    for each, color in zip(chart.series, _COLORS, strict=False):
        path, is_drawing = "", False
        for number, value in enumerate(each.values):
            if value is not None:
                path += f"{'L' if is_drawing else 'M'}{_x(chart, number):.1f} {_y(chart, value):.1f}"
            is_drawing = value is not None
        parts.append(f"<path d='{path}' fill='none' stroke='{color}' stroke-width='2.5' stroke-linecap='round'/>")
    return parts


def _columns(chart: Chart) -> list[str]:
    parts = []
    size = max(1.0, 0.7 * (WIDTH - _LEFT - _RIGHT) / max(1, len(chart.labels)))
    for number in range(len(chart.labels)):
        below = 0.0
        for each, color in zip(chart.series, _COLORS, strict=False):
            value = each.values[number] or 0.0
            top, bottom = _y(chart, below + value), _y(chart, below)
            below += value
            if value:
                x = _x(chart, number) - size / 2
                parts.append(_box(x, top, size, bottom - top, color))
    return parts


def _bars(chart: Chart) -> list[str]:
    parts = []
    low, high = _scale(chart)
    room = WIDTH - _BAR_LABEL - _RIGHT - 64
    step = (HEIGHT - _TOP - 16) / max(1, len(chart.labels))
    for number, label in enumerate(chart.labels):
        value = chart.series[0].values[number] or 0.0
        middle = _TOP + (number + 0.5) * step
        length = room * max(0.0, min(1.0, (value - low) / (high - low)))
        parts.append(_words(label, _BAR_LABEL - 12, middle + 4, anchor="end"))
        parts.append(_box(_BAR_LABEL, middle - step * 0.3, length, step * 0.6, _COLORS[0]))
        parts.append(_words(_number(value), _BAR_LABEL + length + 8, middle + 4))
        if chart.goal is not None:
            x = _BAR_LABEL + room * (chart.goal - low) / (high - low)
            parts.append(f"<path d='M{x:.1f} {middle - step * 0.4:.1f}v{step * 0.8:.1f}' stroke='{_GOAL}'/>")
    return parts


def _box(x: float, y: float, width: float, height: float, color: str) -> str:
    return f"<rect x='{x:.1f}' y='{y:.1f}' width='{width:.1f}' height='{height:.1f}' fill='{color}'/>"
