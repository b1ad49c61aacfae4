"""Edits of single fields and cards: splices at the parser's marks, so that nothing else of the file changes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from prepdeck.cards.ids import CardId
from prepdeck.deckfile.fields import Value, Word
from prepdeck.deckfile.nodes import Listing, Node, Refused, Scalar, Table
from prepdeck.deckfile.order import card_order
from prepdeck.deckfile.quoting import key_text
from prepdeck.deckfile.reading import Reading
from prepdeck.deckfile.splicing import Splice
from prepdeck.deckfile.writing import write_entry, write_flow, write_value

_COMMENT_BEHIND = re.compile(r"[ \t]*#[^\r\n]*")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
_HEADER = re.compile(r"[|>][0-9+-]*(?P<comment>[ \t]+#[^\r\n]*)?")
_BLANKS = " \t\r\n"


def set_field(reading: Reading, card: CardId, name: str, value: Value) -> tuple[Splice, ...]:
    """Return the edit that gives a field of a card another value, or adds the field.

    Args:
        reading: The file as it was read.
        card: A card of the file.
        name: The field.
        value: What it is to hold.
    """
    table = reading.tables[card]
    if name not in table.entries:
        return insert_field(reading, card, name, value)
    return (Editor(reading.source.text).changed(table, name, value),)


def insert_field(reading: Reading, card: CardId, name: str, value: Value) -> tuple[Splice, ...]:
    """Return the edit that adds a field to a card, at its place in the canonical order.

    Raises:
        ValueError: When the card has the field already.
    """
    table = reading.tables[card]
    if name in table.entries:
        message = f"{card} has the field {name} already"
        raise ValueError(message)
    kind = table.entries.get("kind")
    order = card_order(kind.text if isinstance(kind, Scalar) else "basic")
    place = order.index(name) if name in order else len(order)
    before = [one for one in table.entries if one in order[:place] or place == len(order)]
    # Behind the last of the fields that belong before it, where authors keep another order.
    after = max(before, key=list(table.entries).index, default=None)
    return (Editor(reading.source.text).added(table, name, value, after),)


def remove_field(reading: Reading, card: CardId, name: str) -> tuple[Splice, ...]:
    """Return the edit that takes a field from a card; comments above it stay.

    Raises:
        ValueError: When it is the card's only field.
    """
    table = reading.tables[card]
    if len(table.entries) == 1:
        message = f"{name} is the only field of {card}"
        raise ValueError(message)
    return (Editor(reading.source.text).removed(table, name),)


class Editor:
    """Finds where things stand in one text.

    Args:
        text: The text the nodes were read from.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        """The text of the file."""
        ending = re.search(r"\r\n|\r|\n", text)
        self.line_end = ending[0] if ending else "\n"
        """How lines end here."""

    def is_flow(self, node: Node) -> bool:
        """Tell whether a list or table stands in brackets."""
        return self.text[node.start : node.start + 1] in {"[", "{"}

    def end_of(self, node: Node) -> int:
        """Return the index one past the last character of a value; libyaml's marks may run into blank lines."""
        match node:
            case Listing(items=items) if items and not self.is_flow(node):
                return self.end_of(items[-1])
            case Table(entries=entries) if entries and not self.is_flow(node):
                return max(self.end_of(value) for value in entries.values())
            case Scalar(style="|" | ">"):
                return node.start + len(self.text[node.start : node.end].rstrip(_BLANKS))
            case _:
                return node.end

    def column_of(self, index: int) -> int:
        """Return the column of a character, from 0."""
        return index - self.line_start(index)

    def line_start(self, index: int) -> int:
        """Return the index of the first character in the line of `index`."""
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def line_rest(self, index: int) -> int:
        """Return where the line of `index` ends, when nothing but blanks and a comment follows; else `index`."""
        rest = _REST_OF_LINE.match(self.text, index)
        end = rest.end() if rest else index
        return end if end == len(self.text) or self.text[end] in "\r\n" else index

    def native(self, text: str) -> str:
        """Return `text` with the line ends of this file."""
        return text.replace("\n", self.line_end)

    def colon_after(self, key_start: int, name: str, value: Node) -> int:
        """Return the index one past the colon behind a key."""
        if self.text[key_start] in "'\"":
            # Quoted names may hold colons and escapes: the last colon before the value is the right one.
            gap = self.text[key_start : value.start]
            return key_start + gap.rindex(":") + 1 if ":" in gap else value.start
        return self.text.index(":", key_start + len(name)) + 1

    def changed(self, table: Table, name: str, value: Value) -> Splice:
        """Return the edit that gives a field of `table` another value."""
        node = table.entries[name]
        key_start = table.key_starts[list(table.entries).index(name)]
        end = self.end_of(node)
        colon = self.colon_after(key_start, name, node)
        between = self.text[colon : node.start]
        if self.is_flow(table) or isinstance(node, Refused):
            return Splice(node.start, end, ("" if between else " ") + write_flow(value))
        indent = " " * self.column_of(key_start)
        comment = _COMMENT_BEHIND.match(self.text, end)
        header = _HEADER.match(self.text, node.start) if isinstance(node, Scalar) and node.style in {"|", ">"} else None
        kept = header["comment"] if header and header["comment"] else ""
        if "#" in between:
            # Comments between the name and a list below it: the first goes behind the new value, others below.
            comments = re.findall(r"#[^\r\n]*", between)
            kept = f"  {comments[0]}" + "".join(f"{self.line_end}{indent}{one}" for one in comments[1:])
        # A comment behind the old value would become a part of a new one that goes on below, and so would blanks.
        written = write_value(value, indent, name, flow=comment is not None or bool(kept))
        if comment is None:
            end = self.line_rest(end)
        return Splice(colon, end, self.native(written) + kept)

    def added(self, table: Table, name: str, value: Value, after: str | None) -> Splice:
        """Return the edit that adds a field behind the field `after`, or before all others."""
        if self.is_flow(table):
            return self._added_in_braces(table, name, value, after)
        column = self.column_of(table.key_starts[0])
        indent = " " * column
        if after is None:
            first = table.key_starts[0]
            written = f"{key_text(name)}:{write_value(value, indent, name)}"
            return Splice(first, first, self.native(f"{written}\n{indent}"))
        end = self.line_rest(self.end_of(table.entries[after]))
        written = f"\n{indent}{key_text(name)}:{write_value(value, indent, name)}"
        return Splice(end, end, self.native(written))

    def _added_in_braces(self, table: Table, name: str, value: Value, after: str | None) -> Splice:
        field = f"{key_text(name)}: {write_flow(value)}"
        if after is not None:
            end = self.end_of(table.entries[after])
            return Splice(end, end, f", {field}")
        if not table.entries:
            return Splice(table.start + 1, table.start + 1, field)
        first = table.key_starts[0]
        return Splice(first, first, f"{field}, ")

    def removed(self, table: Table, name: str) -> Splice:
        """Return the edit that takes a field away."""
        names = list(table.entries)
        place = names.index(name)
        key_start, end = table.key_starts[place], self.end_of(table.entries[name])
        following = table.key_starts[place + 1] if place + 1 < len(names) else None
        if self.is_flow(table):
            if following is not None:
                return Splice(key_start, following, "")
            return Splice(self.end_of(table.entries[names[place - 1]]), end, "")
        if place == 0 and following is not None:
            # The first field stands behind the dash, and the next one moves up there, unless a comment is between.
            has_comment = "#" in self.text[end:following]
            return Splice(key_start, end if has_comment else following, "")
        line_start = self.line_start(key_start)
        stop = self.line_rest(end)
        before = line_start - len(re.search(r"(?:\r\n|\r|\n)?\Z", self.text[:line_start])[0])  # type: ignore[index]
        return Splice(before, stop, "")


def card_splice(reading: Reading, fields: Mapping[str, Value], kind: str) -> Splice:
    """Return the edit that puts a card behind the last one of a file.

    Raises:
        ValueError: When the file has no table of fields to put it in.
    """
    root = reading.root
    if root is None:
        message = "there is no deck to put a card in"
        raise ValueError(message)
    editor = Editor(reading.source.text)
    node = root.entries.get("cards")
    if node is None:
        return editor.added(root, "cards", [fields], list(root.entries)[-1])
    key_start = root.key_starts[list(root.entries).index("cards")]
    if isinstance(node, Listing) and node.items and editor.is_flow(node):
        end = editor.end_of(node.items[-1])
        return Splice(end, end, f", {write_flow(fields)}")
    if editor.is_flow(root):
        return Splice(node.start, editor.end_of(node), f"{'' if node.start < node.end else ' '}[{write_flow(fields)}]")
    if isinstance(node, Listing) and node.items:
        indent = " " * editor.column_of(node.start)
        end = _end_of_last_card(editor, node)
        apart = editor.line_end if _are_apart(editor, node) else ""
        return Splice(end, end, apart + editor.line_end + editor.native(write_entry(fields, kind, indent).rstrip("\n")))
    indent = " " * editor.column_of(key_start)
    colon = editor.colon_after(key_start, "cards", node)
    end = editor.line_rest(max(colon, editor.end_of(node)))
    rest = editor.text[max(colon, editor.end_of(node)) : end].rstrip()
    gap = "  " if rest else ""
    return Splice(
        colon, end, f"{gap}{rest.lstrip()}" + editor.native("\n" + write_entry(fields, kind, indent).rstrip("\n"))
    )


def _end_of_last_card(editor: Editor, listing: Listing) -> int:
    """Return the end of the last card's last line; comments below it that are indented deeper are its own."""
    end = editor.line_rest(editor.end_of(listing))
    column = editor.column_of(listing.start)
    position = end
    while (
        line := re.compile(r"(?:\r\n|\r|\n)([ \t]*)(#[^\r\n]*)?(?=\r|\n|\Z)").match(editor.text, position)
    ) is not None:
        if line[2] is not None and len(line[1]) <= column:
            break
        position = line.end()
        if line[2] is not None:
            end = position
        if position == len(editor.text):
            break
    return end


def _are_apart(editor: Editor, listing: Listing) -> bool:
    """Tell whether a blank line stands between the last two cards."""
    if len(listing.items) == 1:
        return False
    before, last = listing.items[-2:]
    between = editor.text[editor.end_of(before) : last.start]
    return re.search(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)", between) is not None


def id_splices(reading: Reading, ids: Mapping[int, str]) -> tuple[Splice, ...]:
    """Return the edits that give an id to entries of the list of cards.

    Args:
        reading: The file as it was read.
        ids: The id by place of the entry in the list, from 0.
    """
    listing = reading.root.entries["cards"] if reading.root is not None else None
    if not isinstance(listing, Listing):
        return ()
    editor = Editor(reading.source.text)
    splices = []
    for place, slug in ids.items():
        table = listing.items[place]
        if isinstance(table, Table):
            splices.append(_id_splice(editor, table, Word(slug), in_flow=editor.is_flow(listing)))
    return tuple(splices)


def _id_splice(editor: Editor, table: Table, slug: str, *, in_flow: bool) -> Splice:
    node = table.entries.get("id")
    if isinstance(node, Scalar):  # written, but empty
        return editor.changed(table, "id", slug)
    if in_flow and not editor.is_flow(table):  # [front: a] is a table without its braces
        return Splice(
            table.start, editor.end_of(table), f"{{id: {slug}, {editor.text[table.start : editor.end_of(table)]}}}"
        )
    return editor.added(table, "id", slug, None)
