"""Decks written as untidily as YAML allows: any indentation, brackets or lines, any quotes, comments everywhere."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from prepdeck.cards.deck import Deck
from prepdeck.deckfile.fields import Value, Word, fields_of, header_of
from prepdeck.deckfile.quoting import is_plain, quoted_scalar, scalar

COMMENT_WORDS = ("#", "# why", "#no blank", "# a: b", "# - x", '# "quote', "# [", "#\t tab", "# é日  end  ")


class UntidyWriter:
    """Writes a deck with every choice drawn; counts the comments it strews.

    Args:
        draw: Hypothesis' drawing function.
        line_end: What ends each line.
    """

    def __init__(self, draw: st.DrawFn, line_end: str = "\n") -> None:
        self.draw = draw
        self.line_end = line_end
        self.comments: list[str] = []
        self.is_after_block = False

    def write(self, deck: Deck) -> str:
        fields: dict[str, Value] = dict(header_of(deck))
        fields["cards"] = [fields_of(card, deck.tags) for card in deck.cards]
        if self.draw(st.integers(0, 9)) == 0:
            body = self.flow(fields, 0)
            text = f"{body}{self.maybe_trail()}\n"
        else:
            text = self.table(fields, 0, 0)
        start = "---\n" if self.draw(st.integers(0, 9)) == 0 else ""
        text = f"{self.strewn(0)}{start}{text}{self.strewn(0)}"
        if self.draw(st.booleans()):
            text = text.rstrip("\n ")
        return text.replace("\n", self.line_end)

    def table(self, fields: Mapping[str, Value], column: int, hanging: int) -> str:
        """Return lines of a table; the first one hangs behind a dash when `hanging` is not 0."""
        names = self.shuffled(fields)
        rows = []
        for place, name in enumerate(names):
            margin = "" if hanging and not place else f"{self.strewn(column)}{' ' * column}"
            rows.append(f"{margin}{self.key(name)}:{self.block_value(fields[name], column)}")
        return "".join(rows)

    def block_value(self, value: Value, column: int) -> str:
        """Return what follows the colon or dash, up to its line end."""
        blanks = " " * self.draw(st.sampled_from([1, 1, 1, 3]))
        if not isinstance(value, str) and value and self.draw(st.integers(0, 3)):
            inner = column + self.draw(st.sampled_from([1, 2, 2, 3, 5]))
            if isinstance(value, Mapping):
                return f"{self.maybe_trail()}\n{self.table(value, inner, 0)}"
            inner = column + self.draw(st.sampled_from([0, 0, 2, 3]))
            return f"{self.maybe_trail()}\n{self.items(value, inner)}"
        if isinstance(value, str):
            return self.text(value, column, blanks)
        if self.draw(st.integers(0, 5)) == 0:
            blanks = f"\n{self.strewn(column)}{' ' * (column + 2)}"
        return f"{blanks}{self.flow(value, column + 1)}{self.maybe_trail()}\n"

    def items(self, values: object, column: int) -> str:
        rows = []
        assert isinstance(values, list | tuple)
        for value in values:
            rows.append(self.strewn(column))
            blanks = self.draw(st.sampled_from([1, 1, 2, 4]))
            if isinstance(value, Mapping) and value and self.draw(st.integers(0, 2)):
                inner = column + 1 + blanks
                rows.append(f"{' ' * column}-{' ' * blanks}{self.table(value, inner, 1)}")
            else:
                # A list under its own dash may not begin in the dash's column.
                rows.append(f"{' ' * column}-{self.block_value_in_list(value, column)}")
        return "".join(rows)

    def block_value_in_list(self, value: Value, column: int) -> str:
        if isinstance(value, str):
            return self.text(value, column, " ")
        return f" {self.flow(value, column + 1)}{self.maybe_trail()}\n"

    def text(self, value: str, column: int, blanks: str) -> str:
        self.is_after_block = False
        if isinstance(value, Word):
            return f"{blanks}{value}{self.maybe_trail()}\n"
        choice = self.draw(st.integers(0, 3))
        if choice == 0:
            written = quoted_scalar(value)
        elif choice == 1 and is_plain(value) and "\t" not in value:
            written = value
            if self.draw(st.booleans()):
                written = written.replace(" ", f"\n{' ' * (column + 3)}", 1) if "  " not in value else written
        elif choice == 2 and "\n" not in value and " " in value and self.is_tame(value):
            # Folded in double quotes: one line end stands for one blank.
            written = quoted_scalar(value)
            written = written.replace(" ", f"  \n{' ' * self.draw(st.integers(column + 1, column + 4))}", 1)
        else:
            written = scalar(value, " " * column, taken=200 if choice == 3 else 0)
        if written.startswith(("|", ">")):
            first, rest = written.split("\n", 1)
            self.is_after_block = True
            return f"{blanks}{first}{self.maybe_trail()}\n{rest}\n"
        return f"{blanks}{written}{self.maybe_trail()}\n"

    @staticmethod
    def is_tame(text: str) -> bool:
        return "  " not in text and text == text.strip() and text.isprintable() and "\\" not in text

    def flow(self, value: Value, column: int) -> str:
        """Return a value in brackets, now and then over several lines with comments."""
        if isinstance(value, Word):
            return str(value)
        if isinstance(value, str):
            return scalar(value, flow=True) if self.draw(st.booleans()) else quoted_scalar(value)
        self.is_after_block = False
        is_table = isinstance(value, Mapping)
        names = self.shuffled(value) if isinstance(value, Mapping) else [None] * len(value)
        parts = []
        for place, name in enumerate(names):
            one = value[name] if isinstance(value, Mapping) and name is not None else value[place]  # type: ignore[index]
            label = "" if name is None else f"{self.key(name)}: "
            parts.append(f"{self.between(column)}{label}{self.flow(one, column + 1)}")
        opening, closing = "{}" if is_table else "[]"
        comma = "," if parts and self.draw(st.integers(0, 5)) == 0 else ""
        return f"{opening}{','.join(parts)}{comma}{self.between(column)}{closing}"

    def between(self, column: int) -> str:
        """Return what stands after a comma or bracket: a blank, or a line end with a comment before it."""
        if self.draw(st.integers(0, 12)):
            return self.draw(st.sampled_from(["", " ", " ", "  "]))
        return f"{self.maybe_trail()}\n{self.strewn(column)}{' ' * (column + 1)}"

    def shuffled(self, fields: Mapping[str, Value]) -> list[str]:
        """Return the names of a deck's or card's fields in any order; that of topics, phases and data has a meaning."""
        return self.draw(st.permutations(list(fields))) if fields.keys() & {"cards", "id"} else list(fields)

    def key(self, name: str) -> str:
        plain = is_plain(name, flow=True)
        return name if plain and self.draw(st.integers(0, 7)) else quoted_scalar(name)

    def maybe_trail(self) -> str:
        if self.draw(st.integers(0, 9)):
            return self.draw(st.sampled_from(["", "", "", " ", "  "]))
        return f"{' ' * self.draw(st.integers(1, 4))}{self.comment()}"

    def strewn(self, column: int) -> str:
        """Return blank lines and comments of their own."""
        rows = ""
        # Deeper than the name above, it would be a line of the text below `|`.
        columns = [0] if self.is_after_block else [0, column, column, column + 1, 2]
        while self.draw(st.integers(0, 8)) == 0:
            if self.draw(st.booleans()):
                rows += self.draw(st.sampled_from(["\n", "  \n"]))
            else:
                rows += f"{' ' * self.draw(st.sampled_from(columns))}{self.comment()}\n"
        return rows

    def comment(self) -> str:
        comment = self.draw(st.sampled_from(COMMENT_WORDS))
        self.comments.append(comment.rstrip())
        return comment
