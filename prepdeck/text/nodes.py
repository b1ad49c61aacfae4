"""LaTeX as pylatexenc's nodes; with `formulas` the only modules that know it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from pylatexenc.latexwalker import LatexCharsNode, LatexMacroNode, LatexNode, LatexWalker, LatexWalkerError
from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec

from prepdeck.text import symbols

TWO_SIGNS = frozenset({":=", "<=", ">=", "==", "->", "=>", "<<", ">>"})
"""Relations typed as two characters."""

FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac"})
"""Macros with a numerator and a denominator."""

BINOMIALS = frozenset({"binom", "dbinom", "tbinom"})
"""Macros that count choices."""

STACKED = frozenset({"overset", "underset", "stackrel"})
"""Macros that put their first argument over or under their second."""

_RUN = re.compile(rf"\de[+-]?\d+|{'|'.join(sorted(TWO_SIGNS))}|.", re.DOTALL)
_PLAIN = frozenset({"pmod", "substack", "tag", "hspace", "xrightarrow"})
_PERCENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
_LONE_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\s*$")

Item: TypeAlias = str | LatexNode
"""A running character, or anything else the parser found."""


class UnreadableFormulaError(ValueError):
    """A formula with something in it that is not known here; its source is shown instead."""


@cache
def _context() -> LatexContextDb:
    """Return the macros and environments whose arguments the parser must know."""
    one = symbols.UPRIGHT | symbols.TEXT | symbols.WRAPPERS | set(symbols.ACCENTS) | _PLAIN
    two = FRACTIONS | BINOMIALS | STACKED
    macros = [MacroSpec(name, "{") for name in sorted(one - {"operatorname"})]
    macros += [MacroSpec(name, "{{") for name in sorted(two)]
    macros += [MacroSpec("operatorname", "*{"), MacroSpec("sqrt", "[{"), MacroSpec("\\", "*[")]
    fences = [EnvironmentSpec(name, "{" if name == "array" else "") for name in symbols.FENCES]
    stacks = [EnvironmentSpec(name, "{" if name.startswith("alignat") else "") for name in sorted(symbols.STACKS)]
    context = LatexContextDb()
    context.add_context_category("prepdeck", macros=macros, environments=fences + stacks)
    return context


def parse(latex: str) -> list[LatexNode]:
    """Return the nodes of a formula.

    Raises:
        UnreadableFormulaError: It is no well-formed LaTeX.
    """
    if _LONE_BACKSLASH.search(latex):
        raise UnreadableFormulaError("a backslash with nothing behind it")
    walker = LatexWalker(_PERCENT.sub(r"\1\%", latex), latex_context=_context(), tolerant_parsing=False)
    try:
        nodes: list[LatexNode] = walker.get_latex_nodes(parsing_state=walker.make_parsing_state(in_math_mode=True))[0]
    except LatexWalkerError as error:
        raise UnreadableFormulaError(latex) from error
    return nodes


def items_of(nodes: Sequence[LatexNode]) -> Iterator[Item]:
    """Yield the nodes with running characters one by one; `:=` and the like and `1e-3` stay whole."""
    for node in nodes:
        if isinstance(node, LatexCharsNode):
            yield from _RUN.findall(node.chars)
        else:
            yield node


def _is_macro(node: LatexNode, name: str) -> bool:
    """Return whether `node` is the macro `name`."""
    return isinstance(node, LatexMacroNode) and node.macroname == name


def split(items: Sequence[Item], divider: str) -> list[list[Item]]:
    r"""Return the items between dividers, which are `&` or the macro `\\`."""
    parts: list[list[Item]] = [[]]
    for item in items:
        # A node must not be compared with a text: its own comparison fails on one.
        divides = item == divider if isinstance(item, str) else _is_macro(item, divider)
        if divides:
            parts.append([])
        else:
            parts[-1].append(item)
    return parts


@dataclass(slots=True)
class Cursor:
    """A place in a row of items."""

    items: Sequence[Item]
    """What is read."""
    place: int = 0
    """The next item's number."""

    def skip_space(self) -> bool:
        """Go to the next item that is no space; return whether there was space."""
        start = self.place
        while (item := self.peek()) is not None and isinstance(item, str) and item.isspace():
            self.place += 1
        return self.place > start

    def peek(self) -> Item | None:
        """Return the next item, or None at the end."""
        return self.items[self.place] if self.place < len(self.items) else None

    def is_at(self, *characters: str) -> bool:
        """Return whether one of these characters is next."""
        item = self.peek()
        return isinstance(item, str) and item in characters

    def take(self) -> Item:
        """Return the next item and go past it."""
        item = self.peek()
        if item is None:
            raise UnreadableFormulaError("the formula ends too early")
        self.place += 1
        return item

    def take_script_sign(self) -> str | None:
        """Go past a `_`, `^` or prime and return it; None when something else follows."""
        start = self.place
        spaced = self.skip_space()
        if self.is_at("_", "^") or (self.is_at("'") and not spaced):
            return str(self.take())
        self.place = start
        return None
