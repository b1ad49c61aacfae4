"""Formats of mocks to choose from, the phases of one, and how it is to be sat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from prepdeck.cards.blueprint import Rest, Sitting
from prepdeck.interview.terms import TIME_FACTORS, Mode, Terms
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui.mock_words import Comfort
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, foreign, muted, row, spread, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.matrix import MarkedList
from prepdeck.tui.words import show_day, show_seconds

if TYPE_CHECKING:
    from prepdeck.study.mock_begin import FormatRow

_LINES: Final = 2


class FormatList(MarkedList):
    """Every format on two lines: its title, then minutes, how often it was sat, and what it lacks."""

    def __init__(self) -> None:
        super().__init__("formats", "Choose a mock")
        self._all: tuple[FormatRow, ...] = ()
        self._found: tuple[FormatRow, ...] = ()
        self._last: Callable[[str], str] = lambda slug: ""  # noqa: ARG005 - nothing is known yet

    @property
    def count(self) -> int:
        """How many formats are found."""
        return len(self._found)

    @property
    def format(self) -> FormatRow | None:
        """The marked one."""
        return self._found[self.marked] if self._found else None

    @property
    def found(self) -> tuple[FormatRow, ...]:
        """The formats that are shown."""
        return self._found

    def show(self, formats: Sequence[FormatRow], last: Callable[[str], str]) -> None:
        """Show these formats; `last` says how the last mock of one went."""
        self._all, self._last = tuple(formats), last
        self.look_for("")

    def look_for(self, words: str) -> None:
        """Show the formats whose title or name holds some words."""
        wanted = words.lower().split()
        kept = self.format
        self._found = tuple(
            each
            for each in self._all
            if all(word in f"{each.blueprint.title} {each.blueprint.id}".lower() for word in wanted)
        )
        self.mark(self._found.index(kept) if kept in self._found else 0)

    @property
    def page(self) -> int:
        """How many formats are seen at once."""
        return max(1, self.size.height // _LINES)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the formats around the marked one."""
        if not self._found:
            return [row(muted(line)) for line in wrap("No format holds these words. Esc clears them.", width)]
        page = max(1, height // _LINES)
        self._first = max(min(self._first, self.marked), self.marked - page + 1, 0)
        self._first = min(self._first, max(0, self.count - page))
        rows: list[Row] = []
        for number in range(self._first, min(self.count, self._first + page)):
            is_marked = number == self.marked
            edge = Piece(self.glyphs.cursor if is_marked and self._shows_edge else " ", Tone.ACCENT)
            ground = Ground.CURSOR if is_marked and self.has_focus else Ground.NONE
            for line in self._pair(self._found[number], is_marked=is_marked):
                held = fit(Row((edge, *line.pieces)), width, self.glyphs.ellipsis)
                rows.append(Row(held.pieces, ground, target=f"{self.id}:{number}"))
        return rows

    def _pair(self, each: FormatRow, *, is_marked: bool) -> tuple[Row, Row]:
        blueprint = each.blueprint
        title = foreign(
            blueprint.title, Tone.TEXT if each.can_be_sat else Tone.MUTED, bold=is_marked or each.can_be_sat
        )
        if each.missing:
            lacks = "; ".join(lack.words for lack in each.missing)
            return row(title), row(Piece("   cannot be drawn: ", Tone.ACCENT), foreign(lacks, Tone.MUTED))
        words = [f"{blueprint.minutes} min", "loop" if blueprint.is_loop else questions_words(each)]
        words.append(f"sat {each.sat}, {show_day(each.last_day)}" if each.last_day is not None else "never sat")
        words += [last] if (last := self._last(blueprint.id)) else []
        return row(title), row(muted(f"   {f' {self.glyphs.dot} '.join(words)}"))


def questions_words(each: FormatRow) -> str:
    """Return how many questions a format asks."""
    return counted(each.blueprint.draw.questions, "question")


class PhaseSheet(Drawing):
    """The phases of a format with the minutes of each, and what it lacks."""

    def __init__(self) -> None:
        super().__init__(id="budgets", classes="box")
        self.border_title = "Phases and budgets"
        self._format: FormatRow | None = None
        self._factor = Fraction(1)

    def show(self, each: FormatRow | None, factor: Fraction) -> None:
        """Show one format, its budgets times a factor."""
        self._format, self._factor = each, factor
        self.border_subtitle = "+ - time" if factor == 1 else f"{factor_words(factor)}, + - change"
        self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return a line for each phase or round, and the total."""
        if self._format is None:
            return ()
        blueprint, ellipsis = self._format.blueprint, self.glyphs.ellipsis
        lines: list[tuple[str, int]] = []
        for phase in blueprint.phases:
            times = f" x {phase.repeat}" if phase.repeat > 1 else ""
            lines.append((clean_line(phase.title) + times, phase.minutes))
        for leg in blueprint.rounds:
            match leg:
                case Sitting(format=slug):
                    lines.append((slug, 0))
                case Rest(minutes=minutes):
                    lines.append(("rest", minutes))
        rows = [
            spread(row(title), row(muted(self._time(minutes)) if minutes else Piece("")), width, ellipsis)
            for title, minutes in lines
        ]
        total = spread(row(strong("Total")), row(strong(self._time(blueprint.minutes))), width, ellipsis)
        lacks = [
            row(Piece(line, Tone.ACCENT))
            for lack in self._format.missing
            for line in wrap(f"Missing: {lack.words}", max(1, width))
        ]
        room = height - len(lacks) - 1
        if height and len(rows) + 1 > room:
            return [
                *rows[: max(0, room - 1)],
                row(muted(f"{ellipsis} {len(rows) - max(0, room - 1)} more")),
                total,
                *lacks,
            ]
        return [*rows, row(Piece(self.glyphs.rule * width, Tone.RULE)), total, *lacks]

    def _time(self, minutes: int) -> str:
        return show_seconds(round(minutes * 60 * self._factor))


@dataclass(frozen=True, slots=True)
class Choices:
    """How a mock is to be sat."""

    mode: Mode = Mode.STRICT
    """How strict the clock is."""
    factor: Fraction = Fraction(1)
    """How much more time there is."""
    hints: bool = True
    """Whether hints may be taken."""
    comfort: Comfort = field(default_factory=Comfort)
    """How it is shown."""

    @property
    def terms(self) -> Terms:
        """The terms of the mock."""
        return Terms(mode=self.mode, time_factor=self.factor, hints=self.hints)


def factor_words(factor: Fraction) -> str:
    """Return a factor as people read it, `x1.25`."""
    return f"x{float(factor):g}"


class ChoiceList(MarkedList):
    """How a mock is to be sat; the page changes what is marked."""

    NAMES = ("mode", "time", "hints", "bell", "clock")

    def __init__(self) -> None:
        super().__init__("options", "Options")
        self.choices = Choices()
        """What is chosen."""
        self.border_subtitle = "Space changes"

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.NAMES)

    @property
    def name_marked(self) -> str:
        """The marked one."""
        return self.NAMES[self.marked]

    def take(self, choices: Choices) -> None:
        """Show other choices."""
        self.choices = choices
        self.redraw()

    def line(self, number: int, width: int) -> Row:  # noqa: ARG002 - the list cuts it
        """Return one option."""
        chosen, comfort = self.choices, self.choices.comfort
        match self.NAMES[number]:
            case "mode":
                return row(
                    *_either("practice", chosen.mode is Mode.PRACTICE),
                    "   ",
                    *_either("strict", chosen.mode is Mode.STRICT),
                )
            case "time":
                steps = [_step(factor, factor == chosen.factor) for factor in TIME_FACTORS]
                return row(muted("time "), *steps)
            case "hints":
                return row(*_box("hints may be taken", is_on=chosen.hints))
            case "bell":
                return row(*_box("bell when a phase is over", is_on=comfort.bell))
            case _:
                return row(*_box("hide clock until 5 min left", is_on=comfort.hides_clock))


def _either(word: str, is_on: bool) -> tuple[Piece, ...]:
    return Piece("(*) " if is_on else "( ) ", Tone.ACCENT if is_on else Tone.MUTED), Piece(word, strong=is_on)


def _step(factor: Fraction, is_on: bool) -> Piece:
    words = factor_words(factor)
    return strong(f"[{words}]", Tone.ACCENT) if is_on else muted(f" {words} ")


def _box(words: str, *, is_on: bool) -> tuple[Piece, ...]:
    return Piece(f"[{'x' if is_on else ' '}] ", Tone.SUCCESS if is_on else Tone.MUTED), Piece(words)
