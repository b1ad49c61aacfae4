"""The row below the card: how to reveal it, and then the four grades with what each one does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from prepdeck.scheduling.grade import Grade
from prepdeck.text.cells import cell_width
from prepdeck.tui.rows import Piece, Row, Tone, centred, fit, muted, row, strong
from prepdeck.tui.widgets.drawing import Drawing, clip

TONES = {Grade.AGAIN: Tone.ERROR, Grade.HARD: Tone.ACCENT, Grade.GOOD: Tone.SUCCESS, Grade.EASY: Tone.PRIMARY}
"""The colour of each grade."""
WORDS = {grade: grade.value.capitalize() for grade in Grade}
"""What each button says."""
_TALL = 4
_SHORT = 3


def shorter(words: str) -> Iterator[str]:
    """Yield ever shorter ways to say what a grade does: `today, then 9 days`, `today, then 9 d`, `today, 9 d`."""
    yield words
    brief = words.replace(" days", " d").replace(" day", " d") if any(sign.isdigit() for sign in words) else words
    yield brief
    yield brief.replace("then ", "").replace("for ", "")
    yield brief.replace(", then longer", "+").replace(", then ", "+").replace("done for ", "").replace("again ", "")


class GradeRow(Drawing):
    """Before the answer one box that says how to see it, afterwards four boxes."""

    def __init__(self) -> None:
        super().__init__(id="grades")
        self._prompt: tuple[str, str, str] | None = ("Space", "Show answer", "think first, then reveal")
        self._words: Mapping[Grade, str] = {}
        self._suggested: Grade | None = None

    def ask(self, key: str, words: str, aside: str) -> None:
        """Show how to see the answer."""
        self._prompt = (key, words, aside)
        self.redraw()

    def offer(self, words: Mapping[Grade, str], suggested: Grade) -> None:
        """Show the four grades, one of them suggested."""
        self._prompt, self._words, self._suggested = None, words, suggested
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return boxes four or three rows tall, or two rows without boxes."""
        if self._prompt is not None:
            return self._draw_prompt(width, height)
        if height < _SHORT:
            return self._draw_narrow(width)
        gap = 2 if width >= 96 else 1  # noqa: PLR2004 - room to breathe
        sizes = _share(width - 3 * gap, 4)
        boxes = [self._draw_box(grade, size, height) for grade, size in zip(Grade, sizes, strict=True)]
        rows = []
        for line in zip(*boxes, strict=True):
            pieces: list[Piece] = []
            for box in line:
                pieces += [Piece(" " * gap)] if pieces else []
                pieces += box.pieces
            rows.append(Row(tuple(pieces)))
        return rows

    def _draw_prompt(self, width: int, height: int) -> Sequence[Row]:
        key, words, aside = self._prompt or ("", "", "")
        target = "review.reveal"
        inside: list[Piece] = [Piece(f" {key} ", Tone.BUTTON, strong=True), Piece(f"  {words}")]
        if height < _SHORT:
            quiet = fit(row(muted(aside)), width, self.glyphs.ellipsis)
            return [centred(Row(tuple(inside), target=target), width), centred(quiet, width)]
        edge = Piece(self.glyphs.box[5], Tone.ACCENT)
        if height >= _TALL:
            lines = [inside, [muted(aside)]]
        else:
            lines = [[*inside, muted(f"    {aside}")] if row(*inside).width + len(aside) + 8 <= width else inside]
        boxed = [Row(_boxed(line, width, edge).pieces, target=target) for line in lines]
        return [self._edge(width, Tone.ACCENT, top=True), *boxed, self._edge(width, Tone.ACCENT, top=False)]

    def _edge(self, width: int, tone: Tone, *, top: bool) -> Row:
        corners = self.glyphs.box
        left, right = (corners[0], corners[1]) if top else (corners[2], corners[3])
        return row(Piece(left + corners[4] * max(0, width - 2) + right, tone))

    def _draw_box(self, grade: Grade, width: int, height: int) -> list[Row]:
        is_suggested = grade is self._suggested
        tone = TONES[grade] if is_suggested else Tone.RULE
        target = f"review.{grade.value}"
        number = list(Grade).index(grade) + 1
        mark = f"{self.glyphs.marker} " if is_suggested else ""
        name = [Piece(mark, tone), Piece(str(number), TONES[grade], strong=True), strong(f" {WORDS[grade]}")]
        words = Piece(self._fitting(grade, width - 2), Tone.MUTED)
        if self.palette is None and is_suggested:
            name[2] = Piece(f" {WORDS[grade]} ", Tone.BUTTON, strong=True)
        corners = self.glyphs.box
        edge = Piece(corners[5], tone)
        if height >= _TALL:
            rows = [self._edge(width, tone, top=True), _boxed(name, width, edge), _boxed([words], width, edge)]
        else:
            size = row(*name).width
            left = max(0, (width - 4 - size) // 2)
            rest = max(0, width - 4 - size - left)
            first = Piece(corners[0] + corners[4] * left + " ", tone)
            last = Piece(" " + corners[4] * rest + corners[1], tone)
            rows = [row(first, *name, last), _boxed([words], width, edge)]
        rows.append(self._edge(width, tone, top=False))
        return [_aimed(line, target) for line in rows]

    def _draw_narrow(self, width: int) -> Sequence[Row]:
        sizes = _share(width, 2)
        cells = []
        for number, grade in enumerate(Grade, 1):
            is_suggested = grade is self._suggested
            size = sizes[(number - 1) % 2]
            mark = Piece(self.glyphs.marker if is_suggested else " ", TONES[grade])
            name = [mark, Piece(str(number), TONES[grade], strong=True), strong(f" {WORDS[grade]} ")]
            words = self._fitting(grade, size - row(*name).width)
            rest = size - row(*name).width - cell_width(words)
            cells.append(_aimed(row(*name, muted(words), " " * rest), f"review.{grade.value}"))
        return [Row((*cells[0].pieces, *cells[1].pieces)), Row((*cells[2].pieces, *cells[3].pieces))]

    def _fitting(self, grade: Grade, width: int) -> str:
        ways = shorter(self._words.get(grade, ""))
        return next((way for way in ways if cell_width(way) <= width), clip(self._words.get(grade, ""), width))


def _share(width: int, parts: int) -> list[int]:
    """Return `width` in parts that differ by one at most."""
    each, rest = divmod(max(0, width), parts)
    return [each + (number < rest) for number in range(parts)]


def _boxed(inside: Sequence[Piece], width: int, edge: Piece) -> Row:
    size = row(*inside).width
    before = max(0, (width - 2 - size) // 2)
    after = max(0, width - 2 - size - before)
    return row(edge, " " * before, *inside, " " * after, edge)


def _aimed(line: Row, target: str) -> Row:
    return Row(tuple(Piece(p.text, p.tone, p.strong, p.emphasis, p.strike, target) for p in line.pieces))
