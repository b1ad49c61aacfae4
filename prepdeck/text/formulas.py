"""A parsed LaTeX formula turned into atoms; the one module that knows pylatexenc."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexNode,
    LatexWalker,
    LatexWalkerError,
)
from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec

from prepdeck.text import symbols
from prepdeck.text.atoms import Atom, Bond, Kind, Typed, bond_of, bracketed, encloses, join, stands_alone

_TWO_SIGNS = frozenset({":=", "<=", ">=", "==", "->", "=>", "<<", ">>"})
_SIGN_KINDS = (
    {glyph: Kind.BINARY for glyph in symbols.BINARY.values()}
    | {glyph: Kind.RELATION for glyph in symbols.RELATION.values()}
    | {glyph: Kind.PREFIX for glyph in symbols.PREFIX.values() if not glyph.isalpha()}
    | {glyph: Kind.BIG for glyph in symbols.BIG.values()}
    | dict.fromkeys("+-−", Kind.BINARY)
    | dict.fromkeys("=<>", Kind.RELATION)
    | dict.fromkeys("([{⌊⌈⟨", Kind.OPENING)
    | dict.fromkeys(")]}⌋⌉⟩", Kind.CLOSING)
    | dict.fromkeys(",;", Kind.COMMA)
    | dict.fromkeys("|:\\*/", Kind.ORDINARY)
)
_MACRO_KINDS = (
    (symbols.ORDINARY, Kind.ORDINARY),
    (symbols.PREFIX, Kind.PREFIX),
    (symbols.BINARY, Kind.BINARY),
    (symbols.RELATION, Kind.RELATION),
    (symbols.BIG, Kind.BIG),
    (symbols.NAMED, Kind.NAMED),
    (symbols.OPENING, Kind.OPENING),
    (symbols.CLOSING, Kind.CLOSING),
)
_NEGATED = {"∈": "∉", "=": "≠", "⊂": "⊄", "⊆": "⊈", "≡": "≢", "≈": "≉", "~": "≁", "∃": "∄", "|": "∤", "∥": "∦", "<": "≮"}
_SLANTED = re.compile(r"(.)([\W_].*|[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱᵀʲˣ₀₁₂₃₄₅₆₇₈₉ᵢⱼ].*)?")
_ESCAPED = re.compile(r"\\([_%&#${} ,;])|~")


class UnreadableFormulaError(ValueError):
    """A formula with something in it that is not known here; its source is shown instead."""


@cache
def _context() -> LatexContextDb:
    """Return the macros whose arguments the parser must know."""
    one = symbols.UPRIGHT | symbols.TEXT | symbols.WRAPPERS | set(symbols.ACCENTS) | {"pmod", "substack", "tag"}
    two = {"frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "overset", "underset", "stackrel"}
    macros = [MacroSpec(name, "{") for name in sorted(one - {"operatorname"})]
    macros += [MacroSpec(name, "{{") for name in sorted(two)]
    macros += [MacroSpec("operatorname", "*{"), MacroSpec("sqrt", "[{"), MacroSpec("\\", "*[")]
    fences = [EnvironmentSpec(name, "{" if name == "array" else "") for name in symbols.FENCES]
    stacks = [EnvironmentSpec(name, "{" if name.startswith("alignat") else "") for name in symbols.STACKS]
    context = LatexContextDb()
    context.add_context_category("prepdeck", macros=macros, environments=fences + stacks)
    return context


def _items(nodes: Sequence[LatexNode]) -> Iterator[str | LatexNode]:
    """Yield the nodes with running characters one by one; signs made of two characters stay whole."""
    for node in nodes:
        if isinstance(node, LatexCharsNode):
            found = node.chars
            place = 0
            while place < len(found):
                size = 2 if found[place : place + 2] in _TWO_SIGNS else 1
                yield found[place : place + size]
                place += size
        else:
            yield node


def _is_macro(item: str | LatexNode, name: str) -> bool:
    """Return whether `item` is the macro `name`."""
    return isinstance(item, LatexMacroNode) and item.macroname == name


def _split(items: Sequence[str | LatexNode], divider: str) -> list[list[str | LatexNode]]:
    r"""Return the items between dividers, which are `&` or the macro `\\`."""
    parts: list[list[str | LatexNode]] = [[]]
    for item in items:
        if item == divider or _is_macro(item, divider):
            parts.append([])
        else:
            parts[-1].append(item)
    return parts


def _word(text: str, kind: Kind = Kind.ORDINARY) -> Atom:
    """Return letters that must not run into others."""
    return Atom(text, kind, starts_word=len(text) > 1, ends_word=len(text) > 1)


def _ordinary(atoms: list[Atom]) -> list[Atom]:
    """Return the atoms of a braced group; a lone sign in braces, as in `1{,}000`, takes no space."""
    if len(atoms) == 1 and atoms[0].kind in {Kind.COMMA, Kind.BINARY, Kind.RELATION}:
        return [replace(atoms[0], kind=Kind.ORDINARY)]
    return atoms


def _accented(name: str, text: str) -> str:
    """Return `text` under the accent `name`; a base too long to carry it becomes `hat(...)`."""
    mark = symbols.ACCENTS[name]
    if slanted := _SLANTED.fullmatch(text):
        return unicodedata.normalize("NFC", slanted[1] + mark) + (slanted[2] or "")
    if name in {"overline", "underline"} and text.isalnum():
        return "".join(character + mark for character in text)
    return f"{symbols.ACCENT_WORDS.get(name, name)}({text})"


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns nodes into atoms."""

    gaps: Mapping[str, str | None]
    """What stand-in characters mean, as `maths.rows_of` has it."""
    tight: bool = False
    """Whether it reads a script, where signs take no space."""

    def atoms(self, items: Sequence[str | LatexNode]) -> list[Atom]:
        """Return the atoms of a stretch of formula."""
        found: list[Atom] = []
        typed = Typed.NONE
        place = 0
        while place < len(items):
            item = items[place]
            if isinstance(item, str) and item.isspace():
                typed, place = Typed.PLAIN, place + 1
                continue
            base, place = self._primary(items, place, found)
            base, place = self._scripted(base, items, place)
            if base:
                base[0] = replace(base[0], typed=max(typed, base[0].typed))
                typed = Typed.NONE
            if isinstance(item, LatexMacroNode) and item.macro_post_space:
                typed = Typed.WEAK
            if len(base) == 1 and base[0].text.startswith(("max", "min")) and found and found[-1].text == "arg":
                base = [replace(base[0], text="arg" + base[0].text, typed=found.pop().typed)]
            found += base
        return found

    def _inside(self, node: LatexNode | None) -> list[Atom]:
        """Return the atoms of an argument."""
        if node is None:
            raise UnreadableFormulaError("an argument is missing")
        nodes = node.nodelist if isinstance(node, LatexGroupNode) else [node]
        return self.atoms(list(_items(nodes)))

    def _primary(
        self, items: Sequence[str | LatexNode], place: int, before: Sequence[Atom]
    ) -> tuple[list[Atom], int]:
        """Return the atoms of the item at `place`, and the place behind it."""
        item = items[place]
        if isinstance(item, str):
            return self._character(item), place if item in {"_", "^"} else place + 1
        if isinstance(item, LatexGroupNode):
            return _ordinary(self._inside(item)), place + 1
        if isinstance(item, LatexEnvironmentNode):
            return self._environment(item, before), place + 1
        if not isinstance(item, LatexMacroNode):
            raise UnreadableFormulaError(item.latex_verbatim())
        name = item.macroname
        if name not in {"left", "right", "middle", "not"} and not name.lower().startswith("big"):
            return self._macro(item), place + 1
        if name in symbols.BIG:
            return self._macro(item), place + 1
        place += 1
        while place < len(items) and str(items[place]).isspace():
            place += 1
        if place == len(items):
            raise UnreadableFormulaError(name)
        if items[place] == "." and name != "not":
            return [], place + 1
        atoms, place = self._primary(items, place, before)
        return [_resized(name, atoms[0]), *atoms[1:]] if atoms else [], place
