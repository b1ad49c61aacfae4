"""The Markdown that decks are written in: CommonMark without HTML, with maths, tables and strike-through.

What differs from CommonMark differs so that a card about code or maths is shown as it was written:

- HTML, entities such as `&lt;` and reference definitions such as `[MASK]: masked` are text;
- `__init__` is a name, not bold `init`, and `2*3*4` is a product: a `*` right behind a letter, digit or closing bracket
  opens nothing;
- only web addresses make links, so that `f[i](x)` is text;
- nesting ends somewhere: deeper list and quote marks are text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from prepdeck.text.dollars import find_closer, find_display_closer
from prepdeck.text.pipes import read_table

DEEPEST = 16
"""Levels of lists and quotes inside each other; a list takes two."""

_DUNDER = re.compile(r"__[A-Za-z0-9]+(?:_+[A-Za-z0-9]+)*__")
_WEB = re.compile(r"(?:https?|ftp)://|mailto:|www\.|\.{0,2}/|#", re.IGNORECASE)
_ADDRESS = re.compile(rf"\]\(\s*<?(?:{_WEB.pattern})", re.IGNORECASE)
_ENDING = re.compile(r"[.,;:]?[ \t]*")
_PUNCTUATION = re.compile(r"[.,;:](?=\s|$)")
_CLOSES_A_TERM = re.compile(r"[A-Za-z0-9_)\]}]")


class _Grammar(MarkdownIt):
    """The parser, with our idea of what a link is."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Return whether brackets before `url` make a link."""
        return _WEB.match(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        """Return `url` as it was written: it is shown, not followed."""
        return url


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Read a run of `*` or `_`, as the library does but for names and products."""
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    if marker == "_" and (dunder := _DUNDER.match(state.src, state.pos, state.posMax)):
        state.pending += dunder[0]
        state.pos = dunder.end()
        return True
    run = state.scanDelims(state.pos, marker == "*")
    after_term = marker == "*" and state.pos > 0 and _CLOSES_A_TERM.match(state.src[state.pos - 1]) is not None
    for _ in range(run.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=run.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=run.can_open and not after_term,
                close=run.can_close,
            )
        )
    state.pos += run.length
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """Read a link, if an address follows anywhere: without the question, brackets alone cost a second."""
    return state.pos < _last_address(state.src) and link(state, silent)


def _image(state: StateInline, silent: bool) -> bool:
    """Read an image, if an address follows anywhere."""
    return state.pos < _last_address(state.src) and image(state, silent)


@lru_cache(maxsize=16)
def _last_address(source: str) -> int:
    """Return where the last address of a link begins, -1 without any."""
    return max((match.start() for match in _ADDRESS.finditer(source)), default=-1)


def _maths(state: StateInline, silent: bool) -> bool:
    """Read `$...$` or `$$...$$` in running text."""
    source, start = state.src, state.pos
    if source[start] != "$":
        return False
    display = source.startswith("$$", start)
    size = 2 if display else 1
    end = find_display_closer(source, start + 2) if display else find_closer(source, start)
    if end is None or end + size > state.posMax:
        if not silent:
            state.pending += source[start : start + size]
        state.pos += size
        return True
    if not silent:
        token = state.push("maths", "", 0)
        token.content = source[start + size : end]
        token.markup = source[start : start + size]
    state.pos = end + size
    if display and (ending := _PUNCTUATION.match(source, state.pos, state.posMax)):
        state.pos = ending.end()
        if not silent:
            state.tokens[-1].info = ending[0]
    return True


def _maths_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read `$$...$$` that begins a line and ends one."""
    opening = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("$$", opening, state.eMarks[start]):
        return False
    closing = find_display_closer(state.src, opening + 2)
    if closing is None:
        return False
    last = start
    while last < end and state.eMarks[last] < closing:
        last += 1
        if last < end and not state.isEmpty(last) and state.sCount[last] < state.blkIndent:
            return False
    if last >= end or not _ENDING.fullmatch(state.src, closing + 2, state.eMarks[last]):
        return False
    if silent:
        return True
    token = state.push("maths_block", "", 0)
    inside = state.getLines(start, last + 1, state.blkIndent, keepLastLF=False).strip()
    formula, _, ending = inside.removeprefix("$$").rpartition("$$")
    token.content = formula
    token.info = ending
    token.markup = "$$"
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a quote, unless it lies too deep."""
    return state.level < DEEPEST and blockquote(state, start, end, silent)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list, unless it lies too deep."""
    return state.level < DEEPEST and list_block(state, start, end, silent)


@cache
def _grammar() -> MarkdownIt:
    """Return the parser, built once; parsing keeps nothing in it."""
    grammar = _Grammar("commonmark", {"html": False, "maxNesting": 2 * DEEPEST}).enable("strikethrough")
    grammar.disable(["html_block", "html_inline", "entity", "reference"])
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    grammar.block.ruler.at("blockquote", _blockquote, {"alt": interrupts})
    grammar.block.ruler.at("list", _list, {"alt": interrupts[:3]})
    grammar.block.ruler.before("fence", "maths_block", _maths_block, {"alt": interrupts})
    grammar.block.ruler.before("code", "cells", read_table, {"alt": interrupts[:1]})
    grammar.inline.ruler.before("escape", "maths", _maths)
    grammar.inline.ruler.at("emphasis", _emphasis)
    grammar.inline.ruler.at("link", _link)
    grammar.inline.ruler.at("image", _image)
    return grammar


def read_blocks(source: str) -> list[Token]:
    """Return the tokens of a text."""
    return _grammar().parse(source)


def read_inline(source: str) -> list[Token]:
    """Return the tokens of running text, in which nothing starts a block."""
    grammar = _grammar()
    tokens: list[Token] = []
    grammar.inline.parse(source, grammar, {}, tokens)
    return tokens
