"""From the text of a deck file to a tree of texts, lists and tables.

Only libyaml's events are used: its composer can be crashed by nesting, and its constructors turn `no` into False and
`12:30` into 750 (PROMISES.md 3.2). The tree is built without recursion, and everything of YAML that a deck has no use
for is reported here.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

import yaml

from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.findings import MAX_PROBLEMS, Findings
from prepdeck.deckfile.nodes import Listing, Node, Refused, Scalar, Table
from prepdeck.deckfile.source import EMPTY
from prepdeck.deckfile.syntax import DIRECTIVE, NO_KEY, SECOND_DOCUMENT, bad_start, explain, missing_space

MAX_DEPTH = 16
"""Lists and tables inside each other."""

MAX_CARDS = 20_000
"""Cards of one deck, and entries of any list."""

MAX_KEYS = 1_000
"""Keys of one table."""

MAX_NODES = 400_000
"""Values of one file; keeps a hostile file within a second and 200 MB."""

DROPPED = ""
"""Stands for a key that was refused; its value is read and forgotten."""

_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_BLOCKS = frozenset({"|", ">"})
_ODD_KEYS = frozenset({"", "<<"})
_new: Any = tuple.__new__  # half the time of calling the named tuple itself
_WORD = re.compile(r"\S{1,60}")


class _Stopped(Exception):
    """The rest of the file is not looked at."""


class _Open:
    """A list or table whose end was not seen yet; changed in place, since it is touched for every value."""

    __slots__ = ("entries", "items", "key", "key_start", "key_starts", "line", "repeated", "start")

    def __init__(self, start: int, line: int, items: list[Node] | None) -> None:
        self.start = start
        self.line = line
        self.items = items
        self.entries: dict[str, Node] = {}
        self.key_starts: list[int] = []
        self.key: str | None = None
        self.key_start = start
        self.repeated: tuple[str, ...] = ()


_NOTHING: Node = Scalar("", 0, 0, "")
"""Stands for the node read last before there is one."""


class Builder:
    """Turns the text of one file into a tree; used once."""

    def __init__(self, notes: Findings) -> None:
        self.notes = notes
        """Where problems go, and whose text is read."""
        self.is_whole = True
        """False when a part of the file could not be looked at."""
        self._root: Table | None = None
        self._last: Node | None = None
        self._open: list[_Open] = []
        self._count = 0

    def build(self) -> Table | None:
        """Return the tree, or None when there is none to read."""
        try:
            if not yaml.__with_libyaml__:
                self._stop(0, 1, _NO_LIBYAML)
            self._consume(yaml.CSafeLoader(self.notes.text))
        except yaml.YAMLError as error:
            start, end, fault = explain(error, self.notes.source, self._last)
            self.notes.forget_from_line(self.notes.place_of(start)[0])
            self.notes.report_span(start, end, fault)
            self.is_whole = False
            return None
        except _Stopped:
            self.is_whole = False
            return self._root
        if self._root is None:
            self.notes.report_span(0, 1, EMPTY)
        return self._root

    def _consume(self, loader: Any) -> None:
        """Take the events of the whole file.

        The one long loop of this room: it runs a hundred thousand times for a large deck, and a call for each key and
        value would double its time. Everything that is rare is done elsewhere.
        """
        next_event, source = loader.get_event, self.notes.text
        scalar_event, stack = yaml.ScalarEvent, self._open
        top = _Open(0, 0, [])  # the outside: what ends here is the root
        node: Node = _NOTHING
        try:
            while True:
                event = next_event()
                kind = event.__class__
                if kind is scalar_event:
                    text, start, style = event.value, event.start_mark.index, event.style
                    if event.anchor or event.tag or (not style and text and source[start] == "!"):
                        self._refuse_decoration(event)
                    if top.key is None and top.items is None:
                        key = text
                        if (
                            text in top.entries
                            or text in _ODD_KEYS
                            or (style and (style in _BLOCKS or "\n" in text))
                            or len(top.key_starts) >= MAX_KEYS
                        ):
                            key = self._refuse_key(top, Scalar(text, start, event.end_mark.index, style))
                        top.key = key
                        top.key_start = start
                        continue
                    node = _new(Scalar, (text, start, event.end_mark.index, style))
                elif kind in _STARTS:
                    top = self._begin(event)
                    continue
                elif kind in _ENDS:
                    node = self._end(event.end_mark.index)
                    top = stack[-1] if stack else top
                elif kind is yaml.AliasEvent:
                    node = self._refuse_alias(event)
                elif kind is yaml.StreamEndEvent:
                    return
                else:
                    self._pass_document(event)
                    continue
                if not stack:
                    self._take_root(node)
                elif top.items is not None:
                    top.items.append(node)
                    if len(top.items) > MAX_CARDS:
                        self._stop(node.start, node.end, _TOO_MANY_ENTRIES)
                elif top.key is None:
                    top.key = self._refuse_key(top, node)
                else:
                    if top.key != DROPPED:
                        top.entries[top.key] = node
                        top.key_starts.append(top.key_start)
                    top.key = None
        finally:
            self._last = None if node is _NOTHING else node
            loader.dispose()

    def _begin(self, event: Any) -> _Open:
        mark = event.start_mark
        start = mark.index
        is_table = type(event) is yaml.MappingStartEvent
        if event.anchor or event.tag:
            self._refuse_decoration(event)
        if not self._open and not is_table:
            self._stop(start, start + 1, _NOT_A_DECK)
        if len(self._open) >= MAX_DEPTH:
            self._stop(start, start + 1, _TOO_DEEP)
        top = _Open(start, mark.line + 1, None if is_table else [])
        self._open.append(top)
        return top

    def _end(self, end: int) -> Node:
        top = self._open.pop()
        if top.items is not None:
            self._count += len(top.items)
            node: Node = Listing(top.items, top.start, end)
        else:
            self._count += 2 * len(top.entries)
            node = Table(top.entries, top.start, end, top.line, top.key_starts, top.repeated)
        if self._count > MAX_NODES:
            self._stop(top.start, top.start + 1, _TOO_MANY_VALUES)
        return node

    def _take_root(self, node: Node) -> None:
        if isinstance(node, Table):
            self._root = node
            return
        if isinstance(node, Scalar) and not node.text and not node.style:
            self._stop(0, 1, EMPTY)
        line = self.notes.source.lines[self.notes.place_of(node.start)[0] - 1]
        stuck = missing_space(line, node.start)
        self._stop(*(stuck or (node.start, node.end, _NOT_A_DECK)))

    def _refuse_key(self, top: _Open, node: Node) -> str:
        """Say why `node` cannot be a key of `top`; return what stands for it."""
        if len(top.key_starts) >= MAX_KEYS:
            self._stop(node.start, node.end, _TOO_MANY_KEYS)
        if self.notes.text.startswith("{{", node.start - 1):
            # {{c1::hidden}} without quotes: to YAML a table within a table.
            self._refuse(*bad_start(self.notes.source, node.start - 1))
            return DROPPED
        if not isinstance(node, Scalar):
            fault = _COMPLEX_KEY
        elif node.text in top.entries:
            fault = self._repeated(top, node)
        elif node.text == "<<":
            if node.style:
                return node.text
            fault = _MERGE_KEY
        else:
            fault = _COMPLEX_KEY if node.text else NO_KEY
        self._refuse(node.start, node.end, fault)
        return DROPPED

    def _repeated(self, top: _Open, key: Scalar) -> Fault:
        first = top.key_starts[list(top.entries).index(key.text)]
        top.repeated = (*top.repeated, key.text)
        line, _column = self.notes.place_of(first)
        name = quoted(key.text)
        return Fault(
            "E021",
            f"{name} is written twice in the same place; the first is in line {line}",
            f"also in line {line}",
            help="keep one of the two, or begin a new list entry with `- `",
        )

    def _refuse_alias(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if not self._open or self._open[-1].key != DROPPED:
            self._refuse(start, end, _ALIAS)
        return Refused(start, end)

    def _refuse_decoration(self, event: Any) -> None:
        """Report the anchor or tag before a value."""
        start = event.start_mark.index
        word = _WORD.match(self.notes.text, start)
        self._refuse(start, word.end() if word is not None else start + 1, _ANCHOR if event.anchor else _TAG)

    def _pass_document(self, event: Any) -> None:
        """Look at the start of a document: no directives, and no second one."""
        if type(event).__name__ != "DocumentStartEvent":
            return
        start = event.start_mark.index
        if self._root is not None:
            self._stop(start, start + 3, SECOND_DOCUMENT)
        if event.version or event.tags:
            self._refuse(start, event.end_mark.index, DIRECTIVE)

    def _refuse(self, start: int, end: int, fault: Fault) -> None:
        """Report something of YAML that decks do without; a file full of it is not read to its end."""
        self.notes.report_structure(start, end, fault)
        if self.notes.error_count > MAX_PROBLEMS:
            raise _Stopped

    def _stop(self, start: int, end: int, fault: Fault) -> NoReturn:
        self.notes.report_span(start, end, fault)
        raise _Stopped


_NO_LIBYAML = Fault(
    "E043",
    "this Python's PyYAML was built without libyaml, and decks cannot be read safely without it",
    "not read",
    help="install a PyYAML wheel: python -m pip install --force-reinstall --only-binary :all: pyyaml",
)
_NOT_A_DECK = Fault(
    "E045",
    "a deck file holds fields such as `deck:` and `cards:`, and this one starts with something else",
    "not a field",
    help="begin with `deck: its-name`, then `cards:`, then one `- id: ...` entry for each card",
)
_TOO_DEEP = Fault(
    "E014",
    f"lists and tables stand inside each other more than {MAX_DEPTH} deep",
    "too deep",
    help="a deck needs five levels; if this is text, put it in quotes",
)
_TOO_MANY_ENTRIES = Fault(
    "E005",
    f"a list holds more than {MAX_CARDS:,} entries",
    "one too many",
    help=f"a deck has at most {MAX_CARDS:,} cards: split it into several files",
)
_TOO_MANY_KEYS = Fault(
    "E005", f"a table holds more than {MAX_KEYS:,} fields", "one too many", help="split the deck into several files"
)
_TOO_MANY_VALUES = Fault(
    "E005", f"the file holds more than {MAX_NODES:,} values", "too many", help="split the deck into several files"
)
_ALIAS = Fault(
    "E015", "a deck file takes no aliases", "an alias", help="write the value itself; if it is text, put it in quotes"
)
_ANCHOR = Fault(
    "E015",
    "a deck file takes no anchors",
    "an anchor",
    help="delete it; if it is part of the text, put the text in quotes",
)
_TAG = Fault(
    "E016", "a deck file takes no tags", "a tag", help="delete it; if it is part of the text, put the text in quotes"
)
_MERGE_KEY = Fault("E017", "a deck file takes no merge keys", "a merge key", help="write the fields out in each card")
_COMPLEX_KEY = Fault(
    "E020",
    "a field name is one short text",
    "not a field name",
    help="write `name: value`; if this is text, put it in quotes",
)
