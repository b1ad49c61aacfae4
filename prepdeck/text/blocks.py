"""Blocks of Markdown as laid-out lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from prepdeck.text.cells import cell_width, expand_tabs
from prepdeck.text.grammar import read_blocks, read_inline
from prepdeck.text.grids import draw_grid
from prepdeck.text.highlighting import highlight
from prepdeck.text.inlines import Look, fill, maths_rows, rows_from
from prepdeck.text.spans import Ink, Line, Span
from prepdeck.text.wrapping import merge, wrap

NARROWEST = 4
"""Cells that a list or quote leaves its content at least; with less room the content is not indented."""

_BLANK = Line()


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """Return the place of each closing token by the place of its opening one."""
    opened: list[int] = []
    ends: dict[int, int] = {}
    for place, token in enumerate(tokens):
        if token.nesting > 0:
            opened.append(place)
        elif token.nesting < 0:
            ends[opened.pop()] = place
    return ends


def _hung(lines: Sequence[Line], first: Span, rest: Span) -> list[Line]:
    """Return lines behind a mark: `first` before the first one, `rest` before the others."""
    hung = []
    for number, line in enumerate(lines or [_BLANK]):
        mark = rest if number else first
        if line.spans:
            hung.append(replace(line, spans=(mark, *line.spans)))
        else:
            text = mark.text.rstrip()
            hung.append(replace(line, spans=(mark.reading(text),) if text else ()))
    return hung


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of one text, being laid out."""

    tokens: Sequence[Token]
    """As the parser left them."""
    ends: dict[int, int]
    """Where each opened block closes."""
    look: Look
    """How the text is shown."""

    @classmethod
    def of(cls, source: str, look: Look) -> Layout:
        """Return the layout of a text."""
        tokens = read_blocks(source)
        return cls(tokens, _ends(tokens), look)

    def lines(self, start: int, end: int, width: int, *, ink: Ink = Ink.PLAIN, tight: bool = False) -> list[Line]:
        """Return the blocks between two tokens, a blank line between them unless they are `tight`."""
        lines: list[Line] = []
        place = start
        while place < end:
            block = self._block(place, width, ink)
            if lines and block and not tight:
                lines.append(_BLANK)
            lines += block
            place = self.ends.get(place, place) + 1
        return lines

    def _block(self, place: int, width: int, ink: Ink) -> list[Line]:
        """Return the lines of the block that begins at a token."""
        token = self.tokens[place]
        match token.type:
            case "paragraph_open":
                return self._running(self.tokens[place + 1], width, ink)
            case "heading_open":
                return [_bold(line) for line in self._running(self.tokens[place + 1], width, Ink.HEADING)]
            case "bullet_list_open" | "ordered_list_open":
                return self._list(place, width, ink)
            case "blockquote_open":
                mark = Span("> " if self.look.ascii_only else "│ ", Ink.QUOTE)
                return self._behind(mark, mark, width, lambda room: self._inside(place, room, Ink.QUOTE))
            case "fence" | "code_block":
                return self._code(token)
            case "hr":
                return [Line((Span(("-" if self.look.ascii_only else "─") * width, Ink.RULE),))]
            case "maths_block":
                return self._display(maths_rows(token.content, "$$", self.look, token.info), width)
            case "cells":
                return draw_grid(token.meta["rows"], token.meta["aligns"], width, self.look)
            case _:
                return self._running(token, width, ink)

    def _inside(self, place: int, width: int, ink: Ink, *, tight: bool = False) -> list[Line]:
        """Return the lines of what an opened block holds."""
        return self.lines(place + 1, self.ends[place], width, ink=ink, tight=tight)

    def _running(self, token: Token, width: int, ink: Ink) -> list[Line]:
        """Return running text in lines."""
        lines: list[Line] = []
        for row in rows_from(token.children or [], self.look, ink):
            if row.display:
                lines += self._display([row.spans], width)
            else:
                lines += [Line(spans) for spans in wrap(row.spans, width)]
        return lines

    def _display(self, rows: Sequence[Sequence[Span]], width: int) -> list[Line]:
        """Return maths set apart, a little to the right."""
        indent = 2 if width >= 2 * NARROWEST else 0
        margin = Span(" " * indent)
        return [
            Line((margin, *spans) if indent else spans) for row in rows for spans in wrap(list(row), width - indent)
        ]

    def _behind(self, first: Span, rest: Span, width: int, body: Callable[[int], list[Line]]) -> list[Line]:
        """Return what `body` makes of the room behind a mark; without enough room the mark gets its own line."""
        room = width - cell_width(first.text)
        if room >= NARROWEST:
            return _hung(body(room), first, rest)
        return [*(Line(spans) for spans in wrap([first.reading(first.text.strip())], width)), *body(width)]

    def _list(self, place: int, width: int, ink: Ink) -> list[Line]:
        """Return a list, with a blank line between its items only where the author left one."""
        items = []
        item = place + 1
        while item < self.ends[place]:
            items.append(item)
            item = self.ends[item] + 1
        tight = not any(
            token.type == "paragraph_open" and not token.hidden and token.level == self.tokens[place].level + 2
            for token in self.tokens[place : self.ends[place]]
        )
        marks = self._marks([self.tokens[item] for item in items])
        lines: list[Line] = []
        for item, mark in zip(items, marks, strict=True):
            if lines and not tight:
                lines.append(_BLANK)

            def body(room: int, item: int = item) -> list[Line]:
                return self._inside(item, room, ink, tight=tight)

            lines += self._behind(Span(mark, Ink.BULLET), Span(" " * cell_width(mark)), width, body)
        return lines

    def _marks(self, items: Sequence[Token]) -> list[str]:
        """Return what stands before each item: a bullet, or its number as written; lazy numbering counts up."""
        if not items[0].info:
            return ["- " if self.look.ascii_only else "• "] * len(items)
        numbers = [item.info for item in items]
        if len(set(numbers)) == 1:
            numbers = [str(int(numbers[0]) + step) for step in range(len(numbers))]
        longest = max(map(len, numbers))
        return [f"{number:>{longest}}{item.markup} " for number, item in zip(numbers, items, strict=True)]

    def _code(self, token: Token) -> list[Line]:
        """Return code as it stands, one line each, never wrapped."""
        language = (token.info.split() or [""])[0].strip("{}.")
        code = token.content or token.info  # a fence without a body may be a line of tildes that was meant
        lines = highlight(expand_tabs(code.removesuffix("\n")), language)
        if self.look.gaps.answers:
            lines = [[*merge((span.text, span) for span in spans)] for line in lines for spans in self._with_gaps(line)]
        return [Line(tuple(spans), preformatted=True) for spans in lines]

    def _with_gaps(self, line: Sequence[Span]) -> list[list[Span]]:
        """Return a line of code with its gaps; an answer of several lines makes more of them."""
        lines: list[list[Span]] = [[]]
        for span in line:
            for piece, stand_in in self.look.gaps.cut(span.text):
                if stand_in is None or self.look.gaps.answers[stand_in] is None:
                    lines[-1] += fill(span.reading(stand_in or piece), self.look)
                    continue
                first, *others = expand_tabs(piece).split("\n")
                lines[-1].append(Span(first, Ink.FILLED))
                lines += [[Span(other, Ink.FILLED)] for other in others]
        return lines


def _bold(line: Line) -> Line:
    """Return a line in bold."""
    return replace(line, spans=tuple(replace(span, strong=True) for span in line.spans))


def lay_out_blocks(source: str, width: int, look: Look) -> list[Line]:
    """Return a clean text in lines of at most `width` cells."""
    layout = Layout.of(source, look)
    return layout.lines(0, len(layout.tokens), max(width, 1))


def words_of(source: str, look: Look) -> str:
    """Return what a clean text says, without marks, block after block."""
    words = []
    for token in read_blocks(source):
        match token.type:
            case "inline":
                rows = [row.spans for row in rows_from(token.children or [], look)]
            case "fence" | "code_block":
                rows = [[Span(token.content)]]
            case "maths_block":
                rows = maths_rows(token.content, "$$", look, token.info)
            case "cells":
                cells = [cell for row in token.meta["rows"] for cell in row]
                rows = [row.spans for cell in cells for row in rows_from(read_inline(cell), look)]
            case _:
                continue
        words += ["".join(span.text for span in row) for row in rows]
    return " ".join(words)
