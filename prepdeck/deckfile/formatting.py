"""The canonical form of a deck file: what `prepdeck fmt` writes.

- Lines end in a line feed, the last one too; no blanks stand at line ends but those that belong to a text below `|`.
- The fields of the deck come first, the cards last, each beginning with `- id:` in the first column. Below a name
  everything is indented by two columns, except lists, whose dashes stand under the name they belong to.
- Fields stand in the order of `prepdeck.deckfile.order`; fields of smaller tables, such as options, keep theirs.
- How a text is written is its author's choice: quotes, `|` and `>`, and where its lines break stay. So do lists and
  tables in brackets, on one line of up to 130 columns; longer ones get a line for each entry, or, where they hold
  nothing but words and numbers, fill the lines between their brackets. Lists with a line for each entry keep it.
- One blank line at most stands between two cards or two fields of the deck, where the author left one; none inside a
  card.
- Comments at the top of the file stay there. Every other comment on a line of its own stays above the field or card
  that follows it, or, when it is indented as deep as what ends above it, below that. A comment behind something
  stays behind it, with two blanks before it, or more where the author put more.

Values never change: the deck read from the result is the deck that was read before.
"""

from __future__ import annotations

from dataclasses import dataclass

from prepdeck.deckfile.layout import Branch, Comment, Entry, Layout, Leaf, lay_out
from prepdeck.deckfile.order import HEADER, card_order
from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.deckfile.quoting import STEP, is_plain, key_text, scalar
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.relaying import BLOCKS, relaid
from prepdeck.deckfile.source import LINE_END

WIDE = 130
"""Columns of the longest line on which a list or table in brackets may stand."""

FILLED = 120
"""Columns of the lines that words and numbers in brackets fill when one line is too short."""

_CARD_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Formatted:
    """What became of one file."""

    text: str | None
    """The canonical form, or None when the file is left as it is because of `problems`."""
    problems: tuple[Problem, ...] = ()
    """Errors of the file; empty when `text` is there, or when no form was found that leaves every value as it is."""


def format_deck(path: str, data: bytes) -> Formatted:
    """Return the canonical form of a deck file; one with errors has none."""
    reading = read_deck(path, data)
    errors = tuple(problem for problem in reading.problems if problem.severity is Severity.ERROR)
    if errors or (reading.deck is None and reading.document is None):
        return Formatted(None, errors or reading.problems)
    text = canonical_text(LINE_END.sub("\n", reading.source.text), is_deck=reading.deck is not None)
    return Formatted(text if _is_same(reading, text) else None)


def canonical_text(text: str, *, is_deck: bool) -> str:
    """Return the canonical form of the text of a file that was read without an error.

    Args:
        text: The file, its lines ending in a line feed.
        is_deck: Whether its fields are those of a deck, whose order is known.
    """
    return _Printer(text, is_deck=is_deck).print_layout(lay_out(text))


def _is_same(reading: Reading, text: str) -> bool:
    """Tell whether `text` holds what was read."""
    after = read_deck(reading.path, text.encode())
    if after.deck != reading.deck or after.document != reading.document:
        return False
    fingerprints = [
        [card.fingerprint for card in deck.cards] for deck in (after.deck, reading.deck) if deck is not None
    ]
    return not fingerprints or fingerprints[0] == fingerprints[1]


class _Printer:
    """Prints one file."""

    def __init__(self, source: str, *, is_deck: bool) -> None:
        self._source = source
        self._is_deck = is_deck

    def print_layout(self, layout: Layout) -> str:
        """Return the file."""
        rows: list[str] = []
        for place, comment in enumerate(layout.head):
            rows.extend(["", comment.text] if comment.is_apart and place else [comment.text])
        if layout.head and layout.root.entries[0].is_apart:
            rows.append("")
        head = len(rows)
        for entry in _sorted(layout.root, HEADER if self._is_deck else ()):
            is_apart = entry is not layout.root.entries[0] and len(rows) > head
            rows.extend(self._field(entry, "", is_loose=True, is_apart=is_apart))
        rows.extend(_comments(layout.root.tail, "", is_loose=True))
        return "\n".join((*rows, ""))

    def _field(self, entry: Entry, indent: str, *, is_loose: bool = False, is_apart: bool = True) -> list[str]:
        """Return the lines of a field of a table, its comments before it."""
        name = self._name(entry)
        rows = self._value(entry, f"{indent}{name}:", indent, is_top=is_loose)
        lead = _lead(entry, indent, is_loose=is_loose)
        if is_loose and not is_apart:
            lead = lead[1:] if lead and not lead[0] else lead
        return [*lead, *rows]

    def _value(self, entry: Entry, before: str, indent: str, *, is_top: bool = False) -> list[str]:
        """Return the lines of an entry, beginning with `before`, its name or dash."""
        value = entry.value
        match value:
            case Leaf():
                first, *rest = relaid(self._source, value, indent, taken=len(before) + 1).split("\n")
                return self._with_trail(entry, f"{before} {first}", rest, is_last=value.style not in BLOCKS)
            case Branch() if not value.entries:
                entry.lead.extend(value.tail)
                return self._with_trail(entry, f"{before} {'{}' if value.is_table else '[]'}", [])
            case Branch() if (
                value.is_flow and not self._is_list_of_cards(entry, is_top=is_top) and not _has_comments(value)
            ):
                flow = self._flow(value, len(before) + 1)
                if flow is not None:
                    first, *rest = flow.split("\n")
                    inner = [f"{indent}{STEP}{row}" for row in rest[:-1]]
                    rows = [*inner, *(f"{indent}{row}" for row in rest[-1:])]
                    return self._with_trail(entry, f"{before} {first}", rows, is_last=True)
        if not isinstance(value, Branch):
            return [before]
        return self._below(entry, value, before, indent, is_top=is_top)

    def _is_list_of_cards(self, entry: Entry, *, is_top: bool) -> bool:
        return self._is_deck and is_top and entry.key is not None and entry.key.text == "cards"

    def _below(self, entry: Entry, branch: Branch, before: str, indent: str, *, is_top: bool) -> list[str]:
        """Return the lines of a list or table below its name or behind its dash."""
        behind_dash = before.endswith("-")
        deeper = indent + STEP if branch.is_table or behind_dash else indent
        rows: list[str] = []
        for one in _sorted(branch, _kind_order(branch)) if _is_card(branch) else branch.entries:
            if branch.is_table:
                rows.extend(self._field(one, deeper))
            else:
                rows.extend(self._item(one, deeper, is_loose=is_top))
        rows.extend(_comments(branch.tail, deeper, is_loose=is_top and not branch.is_table))
        if not behind_dash:
            return self._with_trail(entry, before, rows)
        # The first line stands behind the dash, and its comments above it.
        first = next((place for place, row in enumerate(rows) if not row.lstrip().startswith("#")), len(rows))
        above = [f"{indent}{row.lstrip()}" for row in rows[:first]]
        above.extend(f"{indent}{comment.text}" for comment in entry.trail)
        joined = f"{before} {rows[first][len(deeper) :]}" if first < len(rows) else f"{before} {{}}"
        return [*above, joined, *rows[first + 1 :]]

    def _item(self, entry: Entry, indent: str, *, is_loose: bool) -> list[str]:
        """Return the lines of a list entry."""
        if is_loose and self._is_deck and isinstance(entry.value, Branch) and entry.value.entries:
            rows = self._below(entry, entry.value, f"{indent}-", indent, is_top=False)
        else:
            rows = self._value(entry, f"{indent}-", indent)
        return [*_lead(entry, indent, is_loose=is_loose), *rows]

    def _with_trail(self, entry: Entry, first: str, rest: list[str], *, is_last: bool = False) -> list[str]:
        """Return lines with the comments behind them: one behind the first or last line, further ones above it."""
        if not entry.trail:
            return [first, *rest]
        *above, last = entry.trail
        indent = first[: len(first) - len(first.lstrip())]
        mark = f"{' ' * max(2, last.gap)}{last.text}"
        lines = [f"{indent}{comment.text}" for comment in above]
        if rest and is_last:
            return [*lines, first, *rest[:-1], f"{rest[-1]}{mark}"]
        return [*lines, f"{first}{mark}", *rest]

    def _name(self, entry: Entry) -> str:
        key = entry.key
        if key is None:
            return ""
        written = self._source[key.start : key.end]
        return written if not key.style or not is_plain(key.text, flow=True) else key_text(key.text)

    def _flow(self, branch: Branch, taken: int) -> str | None:
        """Return a list or table in brackets, or None when it needs a line for each entry."""
        words = self._flow_words(branch)
        if words is None:
            return None
        whole = "".join(words)
        if taken + len(whole) <= WIDE or not any(" " in word.rstrip() for word in words):
            return _filled(words) if taken + len(whole) > WIDE else whole
        return None

    def _flow_words(self, branch: Branch) -> list[str] | None:
        """Return the pieces of a list or table in brackets, each with the comma and blank behind it."""
        opening, closing = "{}" if branch.is_table else "[]"
        words: list[str] = []
        for entry in branch.entries:
            name = f"{self._name(entry)}: " if entry.key is not None else ""
            inner = self._inner_words(entry)
            if inner is None:
                return None
            inner[0] = name + inner[0]
            inner[-1] += ", "
            words.extend(inner)
        if not words:
            return [opening + closing]
        words[0] = opening + words[0]
        words[-1] = words[-1][:-2] + closing
        return words

    def _inner_words(self, entry: Entry) -> list[str] | None:
        value = entry.value
        if isinstance(value, Branch):
            return self._flow_words(value)
        if value is None:
            return [""]
        raw = self._source[value.start : value.end]
        if "\n" not in raw:
            return [raw]
        joined = scalar(value.text, flow=True)
        return [joined] if "\\n" not in joined else None


def _filled(words: list[str]) -> str:
    """Return a list or table whose brackets stand apart, and whose entries fill the lines between them."""
    whole = "".join(words)
    words = [words[0][1:], *words[1:]]
    words[-1] = words[-1][:-1]
    rows, row = [], ""
    for word in words:
        if row and len(row) + len(word.rstrip()) > FILLED:
            rows.append(row.rstrip())
            row = ""
        row += word
    return "\n".join((whole[0], *rows, row, whole[-1]))


def _sorted(branch: Branch, order: tuple[str, ...]) -> list[Entry]:
    places = {name: place for place, name in enumerate(order)}
    return sorted(branch.entries, key=lambda one: places.get(one.key.text if one.key else "", len(places)))


def _kind_order(card: Branch) -> tuple[str, ...]:
    """Return the order of a card's fields."""
    kinds = [
        one.value.text for one in card.entries if one.key and one.key.text == "kind" and isinstance(one.value, Leaf)
    ]
    return card_order(kinds[0] if kinds else "basic")


def _is_card(branch: Branch) -> bool:
    """Tell whether a table is an entry of the list of cards."""
    owner = branch.owner.parent.owner if branch.owner is not None else None
    return (
        branch.is_table
        and owner is not None
        and owner.key is not None
        and owner.key.text == "cards"
        and branch.depth == _CARD_DEPTH
    )


def _has_comments(branch: Branch) -> bool:
    if branch.tail:
        return True
    return any(
        one.lead or one.trail or (isinstance(one.value, Branch) and _has_comments(one.value)) for one in branch.entries
    )


def _lead(entry: Entry, indent: str, *, is_loose: bool) -> list[str]:
    """Return the comments above an entry, and the blank lines where they may stand."""
    rows = _comments(entry.lead, indent, is_loose=is_loose)
    return [*rows, ""] if is_loose and entry.is_apart else rows


def _comments(comments: list[Comment], indent: str, *, is_loose: bool) -> list[str]:
    rows = []
    for comment in comments:
        if is_loose and comment.is_apart:
            rows.append("")
        rows.append(f"{indent}{comment.text}")
    return rows
