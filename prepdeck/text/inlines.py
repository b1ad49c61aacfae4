"""Running text as spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from prepdeck.text.cleaning import clean_line
from prepdeck.text.gaps import NO_GAPS, Gaps
from prepdeck.text.maths import rows_of
from prepdeck.text.spans import Ink, Span

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is to be shown."""

    raw_math: bool = False
    """Whether maths is shown as its source."""
    ascii_only: bool = False
    """Whether marks and rules are drawn in ASCII."""
    addresses: bool = True
    """Whether links say where they lead."""
    gaps: Gaps = NO_GAPS
    """Stand-ins of a cloze text."""


@dataclass(slots=True)
class Row:
    """A stretch of running text that begins on a line of its own."""

    spans: list[Span] = field(default_factory=list)
    """From left to right."""
    display: bool = False
    """Whether it is maths set apart."""


def maths_rows(source: str, mark: str, look: Look, ending: str = "") -> list[list[Span]]:
    """Return maths as rows of spans, one row unless it is set apart; `mark` is the dollar or dollars around it.

    What cannot be read is shown as it was written, dollars and all: it may have been no maths.
    """
    gaps = look.gaps
    rows = None if look.raw_math else rows_of(source, gaps.answers if gaps.pattern.search(source) else None)
    if rows is None or (look.ascii_only and not gaps.pattern.sub("", "".join(rows)).isascii()):
        lines = f"{mark}{source}{mark}{ending}".split("\n")
        return [list(fill(Span(clean_line(line), Ink.MATH), look)) for line in lines if line.strip()]
    if mark == "$":
        rows = ("; ".join(rows),)
    return [list(_fill_paired(row, look)) for row in (*rows[:-1], rows[-1] + ending)]


def _fill_paired(text: str, look: Look) -> Iterator[Span]:
    """Yield rendered maths as spans; an open gap's answer stands between two of its stand-ins."""
    pieces = iter(look.gaps.cut(text))
    for piece, stand_in in pieces:
        if stand_in is None:
            yield Span(piece, Ink.MATH)
        elif look.gaps.answers[stand_in] is None:
            yield closed(stand_in, look)
        else:
            inside = ""
            for part, mark in pieces:
                if mark == stand_in:
                    break
                inside += part
            yield Span(inside, Ink.FILLED)


def closed(stand_in: str, look: Look) -> Span:
    """Return a closed gap with its hint."""
    hint = look.gaps.hints.get(stand_in)
    return Span(f"[ {hint_text(hint, look)} ]" if hint else "[ ... ]", Ink.GAP)


def hint_text(source: str, look: Look) -> str:
    """Return short Markdown as plain text on one line."""
    from prepdeck.text.grammar import read_inline  # noqa: PLC0415 - loads the Markdown parser

    rows = rows_from(read_inline(clean_line(source)), replace(look, gaps=NO_GAPS))
    return " ".join("".join(span.text for span in row.spans) for row in rows)


def fill(span: Span, look: Look) -> Iterator[Span]:
    """Yield `span` with stand-ins replaced by closed gaps, or by answers word for word."""
    for piece, stand_in in look.gaps.cut(span.text):
        if stand_in is None:
            yield span.reading(piece)
        elif look.gaps.answers[stand_in] is None:
            yield closed(stand_in, look)
        elif piece:
            yield replace(span, text=clean_line(piece), ink=Ink.FILLED)


def _fill_read(span: Span, look: Look) -> Iterator[Span]:
    """Yield `span` with stand-ins replaced by closed gaps, or by answers read as Markdown."""
    from prepdeck.text.grammar import read_inline  # noqa: PLC0415 - loads the Markdown parser

    for piece, stand_in in look.gaps.cut(span.text):
        if stand_in is None:
            yield span.reading(piece)
        elif look.gaps.answers[stand_in] is None:
            yield closed(stand_in, look)
        else:
            for number, row in enumerate(rows_from(read_inline(clean_line(piece)), replace(look, gaps=NO_GAPS))):
                if number:
                    yield replace(span, text=" ", ink=Ink.FILLED)
                for part in row.spans:
                    yield replace(
                        part,
                        ink=Ink.FILLED,
                        strong=part.strong or span.strong,
                        emphasis=part.emphasis or span.emphasis,
                        strike=part.strike or span.strike,
                    )


@dataclass(slots=True)
class _Writer:
    """Collects rows of spans while tokens go by."""

    look: Look
    """How the text is shown."""
    ink: Ink
    """What plain text is drawn in."""
    rows: list[Row] = field(default_factory=lambda: [Row()])
    """What was collected."""
    strong: int = 0
    """How many bold stretches are open."""
    emphasis: int = 0
    """How many italic stretches are open."""
    strike: int = 0
    """How many struck stretches are open."""
    links: list[tuple[str, int]] = field(default_factory=list)
    """Open links: address, and how many spans stood in the row before."""

    def span(self, text: str, ink: Ink | None = None) -> Span:
        """Return text in the look of this place."""
        plain = Ink.LINK if self.links else self.ink
        return Span(text, ink or plain, self.strong > 0, self.emphasis > 0, self.strike > 0)

    def add(self, spans: Iterable[Span]) -> None:
        """Go on with spans in the same row."""
        self.rows[-1].spans += [span for span in spans if span.text]

    def add_text(self, text: str) -> None:
        """Go on with running text."""
        self.add(_fill_read(self.span(text.replace("\t", " ").replace("\n", " ")), self.look))

    def add_maths(self, token: Token) -> None:
        """Go on with maths; set apart, it gets rows of its own."""
        rows = maths_rows(token.content, token.markup, self.look, token.info)
        flags = self.span("")
        styled = [
            [Span(span.text, span.ink, flags.strong, flags.emphasis, flags.strike) for span in row] for row in rows
        ]
        if token.markup == "$":
            self.add(styled[0])
            return
        self.rows += [Row(spans, display=True) for spans in styled]
        self.rows.append(Row())

    def close_link(self) -> None:
        """End a link with its address, unless its text is the address already."""
        address, start = self.links.pop()
        text = "".join(span.text for span in self.rows[-1].spans[start:])
        if not address:
            self.rows[-1].spans.insert(start, self.span("["))
            self.add([self.span("]()")])
        elif self.look.addresses and address not in {text, f"mailto:{text}"}:
            self.add(fill(self.span(f" ({clean_line(address)})", Ink.LINK), self.look))


def rows_from(tokens: Sequence[Token], look: Look, ink: Ink = Ink.PLAIN) -> list[Row]:
    """Return the rows that running text makes; more than one only where a line was broken on purpose."""
    writer = _Writer(look, ink)
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                writer.add_text(token.content)
            case "softbreak":
                writer.add([writer.span(" ")])
            case "hardbreak":
                writer.rows.append(Row())
            case "code_inline":
                writer.add(fill(writer.span(clean_line(token.content), Ink.CODE), look))
            case "maths":
                writer.add_maths(token)
            case "strong_open" | "strong_close":
                writer.strong += token.nesting
            case "em_open" | "em_close":
                writer.emphasis += token.nesting
            case "s_open" | "s_close":
                writer.strike += token.nesting
            case "link_open":
                writer.links.append((str(token.attrs.get("href", "")), len(writer.rows[-1].spans)))
            case "link_close":
                writer.close_link()
            case "image":
                writer.links.append((str(token.attrs.get("src", "")), len(writer.rows[-1].spans)))
                for row in rows_from(token.children or [], look, Ink.LINK):
                    writer.add(row.spans)
                writer.close_link()
            case _:
                writer.add_text(token.content)
    return [row for row in writer.rows if row.spans] or [Row()]
