"""From the text of a deck file to a tree of texts, lists and tables.

Only libyaml's events are used: its composer can be crashed by nesting, and its constructors turn `no` into False and
`12:30` into 750 (PROMISES.md 3.2). The tree is built without recursion, and everything of YAML that a deck has no use
for is reported here.
"""

from __future__ import annotations

from typing import Any

import yaml

from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Entry, Listing, Node, Refused, Scalar, Table
from prepdeck.deckfile.source import EMPTY
from prepdeck.deckfile.syntax import explain

MAX_DEPTH = 16
"""Lists and tables inside each other."""

MAX_CARDS = 20_000
"""Cards of one deck, and entries of any list."""

MAX_KEYS = 1_000
"""Keys of one table."""

MAX_NODES = 700_000
"""Values of one file; keeps a hostile file within a second and 200 MB."""

DROPPED = Scalar("", 0, 0, "")
"""Stands for a key that was refused; its value is read and forgotten."""


class Builder:
    """Turns the text of one file into a tree; used once."""

    def __init__(self, notes: Findings) -> None:
        self.notes = notes
        """Where problems go, and whose text is read."""
        self.is_whole = True
        """False when a part of the file could not be looked at."""
        self._root: Node | None = None
        self._last: Node | None = None
        self._open: list[_Open] = []
        self._count = 0

    def build(self) -> Node | None:
        """Return the tree, or None when there is none to read."""
        try:
            if not yaml.__with_libyaml__:
                self._stop(0, 1, _NO_LIBYAML)
            loader = yaml.CSafeLoader(self.notes.text)
            try:
                self._consume(loader)
            finally:
                loader.dispose()
        except yaml.YAMLError as error:
            start, end, fault = explain(error, self.notes.source, self._last)
            self.notes.forget_from_line(self.notes.place_of(start)[0])
            self.notes.report_span(start, end, fault)
            self.is_whole = False
            return None
        except _Stopped:
            self.is_whole = False
        return self._root

    def _consume(self, loader: Any) -> None:
        next_event = loader.get_event
        node: Node
        while True:
            event = next_event()
            kind = event.__class__
            if kind is yaml.ScalarEvent:
                node = Scalar(event.value, event.start_mark.index, event.end_mark.index, event.style)
                if event.anchor or event.tag or (not node.style and node.text and self.notes.text[node.start] == "!"):
                    self._refuse_decoration(event, node)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._begin(event, is_table=kind is yaml.MappingStartEvent)
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                node = self._end(event.end_mark.index)
            elif kind is yaml.AliasEvent:
                node = self._refuse_alias(event)
            elif kind is yaml.StreamEndEvent:
                return
            else:
                self._pass_document(event)
                continue
            self._last = node
            self._attach(node)

    def _attach(self, node: Node) -> None:
        """Put a finished value where it belongs."""
        if not self._open:
            self._take_root(node)
            return
        top = self._open[-1]
        if top.items is not None:
            top.items.append(node)
            if len(top.items) > MAX_CARDS:
                self._stop(node.start, node.end, _TOO_MANY_ENTRIES)
        elif top.key is None:
            top.key = self._checked_key(top, node)
        else:
            if top.key is not DROPPED:
                top.entries[top.key.text] = (top.key, node)
            top.key = None

    def _begin(self, event: Any, *, is_table: bool) -> None:
        start = event.start_mark.index
        if event.anchor or event.tag:
            self._refuse_decoration(event, Refused(start, start + 1))
        if not self._open and (not is_table or self._root is not None):
            self._stop(start, start + 1, _NOT_A_DECK)
        if len(self._open) >= MAX_DEPTH:
            self._stop(start, start + 1, _TOO_DEEP)
        self._open.append(_Open(start, event.start_mark.line + 1, None if is_table else []))

    def _end(self, end: int) -> Node:
        top = self._open.pop()
        if top.items is not None:
            self._count += len(top.items)
            node: Node = Listing(top.items, top.start, end)
        else:
            self._count += 2 * len(top.entries)
            node = Table(top.entries, top.start, end, top.line, top.repeated)
        if self._count > MAX_NODES:
            self._stop(top.start, top.start + 1, _TOO_MANY_VALUES)
        return node

    def _take_root(self, node: Node) -> None:
        self._root = node
        if not isinstance(node, Table):
            is_empty = isinstance(node, Scalar) and not node.text and not node.style
            self._root = None
            self._stop(node.start, node.end, EMPTY if is_empty else _NOT_A_DECK)

    def _checked_key(self, top: _Open, node: Node) -> Scalar:
        """Return `node` as a key, or `DROPPED` after saying why it cannot be one."""
        if not isinstance(node, Scalar):
            fault: Fault | None = _COMPLEX_KEY
        elif node.text == "<<" and not node.style:
            fault = _MERGE_KEY
        elif not node.text or "\n" in node.text or node.style in {"|", ">"}:
            fault = _NO_KEY if not node.text else _COMPLEX_KEY
        elif node.text in top.entries:
            fault = self._repeated(top, node)
        elif len(top.entries) >= MAX_KEYS:
            self._stop(node.start, node.end, _TOO_MANY_KEYS)
        else:
            return node
        self.notes.report_structure(node.start, node.end, fault)
        return DROPPED

    def _repeated(self, top: _Open, key: Scalar) -> Fault:
        first = top.entries[key.text][0]
        top.repeated = (*top.repeated, key.text)
        line, _column = self.notes.place_of(first.start)
        name = quoted(key.text)
        return Fault(
            "E021",
            f"{name} is written twice in the same place; the first is in line {line}",
            f"also in line {line}",
            help="keep one of the two, or begin a new list entry with `- `",
        )

    def _refuse_alias(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if not self._open or self._open[-1].key is not DROPPED:
            self.notes.report_structure(start, end, _ALIAS)
        return Refused(start, end)

    def _refuse_decoration(self, event: Any, node: Node) -> None:
        """Report the anchor or tag before a value."""
        text = self.notes.text
        end = next((at for at in range(node.start, len(text)) if text[at].isspace()), len(text))
        self.notes.report_structure(node.start, end, _ANCHOR if event.anchor else _TAG)

    def _pass_document(self, event: Any) -> None:
        """Look at the start of a document: no directives, and no second one."""
        if event.__class__ is not yaml.DocumentStartEvent:
            return
        start = event.start_mark.index
        if self._root is not None:
            self._stop(start, start + 3, _SECOND_DOCUMENT)
        if event.version or event.tags:
            self.notes.report_structure(start, event.end_mark.index, DIRECTIVE)

    def _stop(self, start: int, end: int, fault: Fault) -> None:
        self.notes.report_span(start, end, fault)
        raise _Stopped
