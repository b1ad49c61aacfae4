"""A deck file as its author laid it out: every value with the comments and blank lines around it.

`prepdeck.deckfile.building` keeps what has a meaning; this is what has none, for those who write a file anew. Only
files that were read without an error are looked at, so nothing is reported here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

_COMMENT = re.compile(r"#[^\n]*")
_HEADER_COMMENT = re.compile(r"[|>][0-9+-]*[ \t]+(#[^\n]*)")


@dataclass(slots=True)
class Comment:
    """One comment, from its `#` to the end of its line."""

    text: str
    """What stands there, without blanks behind it."""
    is_apart: bool = False
    """Whether a blank line stands above it."""
    gap: int = 0
    """Blanks before it, when it stands behind something."""


@dataclass(slots=True)
class Leaf:
    """A text."""

    text: str
    """Its characters, with escapes and folding resolved."""
    start: int
    """Index of its first character in the source."""
    end: int
    """Index one past its last character."""
    style: str
    """Empty for unquoted text, else the quote or block sign."""


@dataclass(slots=True)
class Branch:
    """A list or a table."""

    start: int
    """Index of its first character in the source."""
    column: int
    """Column of its entries, from 0."""
    is_table: bool
    """Whether its entries have names."""
    is_flow: bool
    """Whether it stands in brackets."""
    owner: Entry | None
    """What it is the value of; None for the root."""
    depth: int
    """How many lists and tables it stands in."""
    end: int = 0
    """Index one past its last character; exact in brackets only."""
    entries: list[Entry] = field(default_factory=list)
    """In file order."""
    tail: list[Comment] = field(default_factory=list)
    """Comments below its last entry."""


Value: TypeAlias = "Leaf | Branch"
"""What an entry holds."""


@dataclass(slots=True)
class Entry:
    """An entry of a list, or a field of a table."""

    parent: Branch
    """What it stands in."""
    start: int
    """Index of its first character in the source."""
    key: Leaf | None = None
    """Its name, in a table."""
    value: Value | None = None
    """What it holds; there once the file was gone through."""
    lead: list[Comment] = field(default_factory=list)
    """Comments on lines of their own above it."""
    trail: list[Comment] = field(default_factory=list)
    """Comments behind it on its line; more than one when it covers several lines."""
    is_apart: bool = False
    """Whether a blank line stands above it and below its comments."""


@dataclass(slots=True)
class Layout:
    """The whole file."""

    root: Branch
    """Its fields."""
    head: list[Comment]
    """Comments above the first field."""


@dataclass(frozen=True, slots=True)
class _Touch:
    """A character after which a comment in the same line belongs to `entry`."""

    index: int
    entry: Entry


def lay_out(text: str) -> Layout:
    """Return the layout of a file that was read without an error, and whose lines end in a line feed."""
    surveyor = _Surveyor(text)
    surveyor.survey()
    return surveyor.hang_comments()


class _Surveyor:
    """Goes through one file; used once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[Branch] = []
        self._spans: list[tuple[int, int]] = []
        self._touches: list[_Touch] = []
        self._entries: list[Entry] = []
        self._flows: list[Branch] = []
        self._root: Branch | None = None

    def survey(self) -> None:
        """Take the parser's events."""
        loader: Any = yaml.CSafeLoader(self._text)
        try:
            while True:
                event = loader.get_event()
                match event:
                    case yaml.ScalarEvent():
                        self._take_scalar(event)
                    case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                        self._begin(event)
                    case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                        self._finish(event)
                    case yaml.StreamEndEvent():
                        return
        finally:
            loader.dispose()

    def _take_scalar(self, event: Any) -> None:
        leaf = Leaf(event.value, event.start_mark.index, event.end_mark.index, event.style or "")
        self._spans.append((leaf.start, leaf.end))
        top = self._open[-1]
        entry = top.entries[-1] if top.is_table and top.entries and top.entries[-1].value is None else None
        if top.is_table and entry is None:
            entry = self._add(top, leaf.start)
            entry.key = leaf
        elif entry is None:
            entry = self._add(top, leaf.start)
            entry.value = leaf
        else:
            entry.value = leaf
        header = _HEADER_COMMENT.match(self._text, leaf.start) if leaf.style in {"|", ">"} else None
        if header is not None:
            entry.trail.append(Comment(header[1].rstrip(), gap=_gap(self._text, header.start(1))))
        if leaf.style not in {"|", ">"}:
            self._touches.append(_Touch(leaf.end, entry))

    def _begin(self, event: Any) -> None:
        mark = event.start_mark
        owner: Entry | None = None
        if self._open:
            top = self._open[-1]
            owner = top.entries[-1] if top.is_table else self._add(top, mark.index)
        branch = Branch(
            start=mark.index,
            column=mark.column,
            is_table=isinstance(event, yaml.MappingStartEvent),
            is_flow=bool(event.flow_style),
            owner=owner,
            depth=len(self._open),
        )
        if owner is None:
            self._root = branch
        else:
            owner.value = branch
            if branch.is_flow:
                self._touches.append(_Touch(branch.start + 1, owner))
        if branch.is_flow and not (self._open and self._open[-1].is_flow):
            self._flows.append(branch)
        self._open.append(branch)

    def _finish(self, event: Any) -> None:
        branch = self._open.pop()
        branch.end = event.end_mark.index
        if branch.is_flow and branch.owner is not None:
            self._touches.append(_Touch(branch.end, branch.owner))

    def _add(self, top: Branch, start: int) -> Entry:
        entry = Entry(top, start)
        top.entries.append(entry)
        self._entries.append(entry)
        return entry

    def hang_comments(self) -> Layout:
        """Give every comment to what it stands at."""
        root = self._root
        if root is None:
            message = "there is nothing to lay out"
            raise ValueError(message)
        layout = Layout(root, [])
        touched = [touch.index for touch in self._touches]
        starts = [entry.start for entry in self._entries]
        run: _Run | None = None
        for index in self._comment_starts():
            text = _COMMENT.match(self._text, index)
            comment = Comment(text[0].rstrip() if text else "#", _is_apart(self._text, index), _gap(self._text, index))
            place = bisect_right(touched, index) - 1
            if place >= 0 and "\n" not in self._text[touched[place] : index]:
                self._touches[place].entry.trail.append(comment)
                continue
            following = bisect_right(starts, index)
            if run is None or run.following != following:
                run = _Run(following)
            self._hang(layout, comment, index, run)
        for entry in self._entries:
            entry.is_apart = _is_apart(self._text, entry.start)
        return layout

    def _comment_starts(self) -> list[int]:
        """Return where comments begin: at every `#` that is no part of a text."""
        found = []
        position = 0
        for start, end in [*self._spans, (len(self._text), len(self._text))]:
            while (index := self._text.find("#", position, start)) >= 0:
                found.append(index)
                end_of_line = self._text.find("\n", index)
                position = end_of_line if end_of_line >= 0 else len(self._text)
            position = max(position, end)
        return found

    def _hang(self, layout: Layout, comment: Comment, index: int, run: _Run) -> None:
        """Give a comment on a line of its own to what follows it, or to the list or table that ends above it."""
        place = bisect_right(self._flows, index, key=lambda one: one.start) - 1
        if place >= 0 and index < self._flows[place].end:
            flow = _innermost(self._flows[place], index)
            following = next((entry for entry in flow.entries if entry.start > index), None)
            (flow.tail if following is None else following.lead).append(comment)
            return
        if run.following == 0:
            layout.head.append(comment)
            return
        before = self._entries[run.following - 1]
        following = self._entries[run.following] if run.following < len(self._entries) else None
        if _is_before_value(before, index):
            before.lead.append(comment)
            return
        column = index - self._text.rfind("\n", 0, index) - 1
        closed = _closed_between(before, following)
        inside = [branch for branch in closed if branch.column <= column and branch.depth <= run.depth]
        if following is not None and not run.has_led and column <= following.parent.column:
            inside = []
        if run.has_led or not inside:
            if following is None:
                layout.root.tail.append(comment)
                run.depth = 0
            else:
                following.lead.append(comment)
                run.has_led = True
            return
        deepest = max(inside, key=lambda branch: branch.depth)
        deepest.tail.append(comment)
        run.depth = deepest.depth


@dataclass(slots=True)
class _Run:
    """Comments between the same two entries, so that they keep their order wherever they go."""

    following: int
    """Place of the entry behind them."""
    has_led: bool = False
    """Whether one of them went to that entry; then all later ones do."""
    depth: int = 1000
    """Depth of the list or table the last one went to; later ones go no deeper."""


def _innermost(flow: Branch, index: int) -> Branch:
    """Return the list or table in brackets around `index` that lies deepest in `flow`."""
    for entry in flow.entries:
        value = entry.value
        if isinstance(value, Branch) and value.start < index < value.end:
            return _innermost(value, index)
    return flow


def _is_before_value(entry: Entry, index: int) -> bool:
    """Tell whether `index` lies between the name of an entry and its text or bracket."""
    value = entry.value
    return value is not None and value.start > index and not (isinstance(value, Branch) and not value.is_flow)


def _closed_between(before: Entry, after: Entry | None) -> list[Branch]:
    """Return the lists and tables in lines of their own that end between two entries."""
    still_open = {id(branch) for branch in _parents(after)} if after is not None else set()
    return [branch for branch in _parents(before) if not branch.is_flow and id(branch) not in still_open]


def _parents(entry: Entry) -> list[Branch]:
    """Return what an entry stands in, the nearest first."""
    found = []
    inside: Entry | None = entry
    while inside is not None:
        found.append(inside.parent)
        inside = inside.parent.owner
    return found


def _is_apart(text: str, index: int) -> bool:
    """Tell whether the line above that of `index` is blank."""
    line_start = text.rfind("\n", 0, index) + 1
    above = text[text.rfind("\n", 0, max(0, line_start - 1)) + 1 : line_start]
    return line_start > 0 and not above.strip()


def _gap(text: str, index: int) -> int:
    blanks = text[:index]
    return len(blanks) - len(blanks.rstrip(" \t"))
