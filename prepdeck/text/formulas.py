"""A parsed formula turned into atoms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pylatexenc.latexwalker import LatexEnvironmentNode, LatexGroupNode, LatexMacroNode, LatexNode

from prepdeck.text import symbols
from prepdeck.text.atoms import Atom, Bond, Kind, Typed, bond_of, bracketed, join
from prepdeck.text.nodes import (
    BINOMIALS,
    FRACTIONS,
    STACKED,
    TWO_SIGNS,
    Cursor,
    Item,
    UnreadableFormulaError,
    items_of,
    parse,
    split,
)
from prepdeck.text.scripts import accented, attach

_SIGN_KINDS = (
    dict.fromkeys(symbols.BINARY.values(), Kind.BINARY)
    | dict.fromkeys(symbols.RELATION.values(), Kind.RELATION)
    | dict.fromkeys((glyph for glyph in symbols.PREFIX.values() if not glyph.isalpha()), Kind.PREFIX)
    | dict.fromkeys(symbols.BIG.values(), Kind.BIG)
    | dict.fromkeys(symbols.SIGNS, Kind.BINARY)
    | dict.fromkeys([*"=<>", *TWO_SIGNS], Kind.RELATION)
    | dict.fromkeys("([{⌊⌈⟨", Kind.OPENING)
    | dict.fromkeys(")]}⌋⌉⟩", Kind.CLOSING)
    | dict.fromkeys(",;", Kind.COMMA)
    | dict.fromkeys("|:\\", Kind.ORDINARY)
)
_TABLES = (
    (symbols.ORDINARY, Kind.ORDINARY),
    (symbols.PREFIX, Kind.PREFIX),
    (symbols.BINARY, Kind.BINARY),
    (symbols.RELATION, Kind.RELATION),
    (symbols.BIG, Kind.BIG),
    (symbols.NAMED, Kind.NAMED),
    (symbols.OPENING, Kind.OPENING),
    (symbols.CLOSING, Kind.CLOSING),
    (symbols.SPACES, Kind.SPACE),
)
_SIGNS = {name: Atom(glyph, kind) for table, kind in _TABLES for name, glyph in table.items()}
_NEGATED = {
    "∈": "∉",
    "=": "≠",
    "⊂": "⊄",
    "⊆": "⊈",
    "≡": "≢",
    "≈": "≉",
    "~": "≁",
    "∃": "∄",
    "|": "∤",
    "∥": "∦",
    "<": "≮",
}
_ESCAPED = re.compile(r"\\([_%&#${}])|(\\[ ,;:!]|~)|[{}]")
_CONDITION = re.compile(r"(if|otherwise|else|for|when|where|unless|in)\b")


def _word(text: str, kind: Kind = Kind.ORDINARY) -> Atom:
    """Return letters that must not run into others."""
    several = len(text) > 1
    return Atom(text, kind, starts_word=several and text[0].isalnum(), ends_word=several and text[-1].isalnum())


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns items into atoms."""

    gaps: Mapping[str, str | None]
    """What stand-in characters mean, as `maths.rows_of` has it."""
    tight: bool = False
    """Whether it reads a script, where signs take no space."""

    def atoms(self, items: Sequence[Item]) -> list[Atom]:
        """Return the atoms of a stretch of formula."""
        found: list[Atom] = []
        cursor = Cursor(items)
        typed = Typed.NONE
        while cursor.peek() is not None:
            if cursor.skip_space():
                typed = Typed.PLAIN
                continue
            some = self._with_scripts(cursor, found)
            last = items[cursor.place - 1]
            if some:
                if typed > some[0].typed:
                    some[0] = some[0].behind(typed)
                typed = Typed.NONE
            if isinstance(last, LatexMacroNode) and last.macro_post_space:
                typed = max(typed, Typed.WEAK)
            if some and found and found[-1].text == "arg" and some[0].text.startswith(("max", "min")):
                some[0] = replace(some[0], text="arg" + some[0].text, typed=found.pop().typed)
            found += some
        return found

    def inside(self, node: LatexNode | None) -> list[Atom]:
        """Return the atoms of an argument or group."""
        if node is None:
            raise UnreadableFormulaError("an argument is missing")
        items = list(items_of(node.nodelist if isinstance(node, LatexGroupNode) else [node]))
        for infix, name in (("choose", "binom"), ("over", "frac")):
            parts = split(items, infix)
            if len(parts) == 2:  # noqa: PLR2004 - what stands before it and what stands behind it
                return self._built(name, [self.atoms(part) for part in parts])
        return self.atoms(items)

    def _with_scripts(self, cursor: Cursor, before: Sequence[Atom]) -> list[Atom]:
        """Return the next item's atoms with the scripts behind it."""
        base = [] if cursor.is_at("_", "^", "'") else self._item(cursor, before)
        sign = cursor.take_script_sign()
        if sign is None:
            return base
        primes, scripts = 0, dict[str, list[Atom]]()
        script_reader = self if self.tight else Reader(self.gaps, tight=True)
        while sign is not None:
            if sign == "'":
                primes += 1
            elif sign in scripts:
                raise UnreadableFormulaError("two scripts in one place")
            else:
                cursor.skip_space()
                scripts[sign] = script_reader._item(cursor, [])  # noqa: SLF001 - another reader of this very class
            sign = cursor.take_script_sign()
        opened = {stand_in for stand_in, answer in self.gaps.items() if answer is not None}
        return attach(base, primes=primes, below=scripts.get("_"), above=scripts.get("^"), gaps=opened)

    def _item(self, cursor: Cursor, before: Sequence[Atom]) -> list[Atom]:
        """Return the next item's atoms, without scripts."""
        item = cursor.take()
        if isinstance(item, str):
            return self._character(item)
        if isinstance(item, LatexGroupNode):
            atoms = self.inside(item)
            if len(atoms) == 1 and atoms[0].kind in {Kind.COMMA, Kind.BINARY, Kind.RELATION}:
                return [replace(atoms[0], kind=Kind.ORDINARY)]  # 1{,}000 takes no space
            return atoms
        if isinstance(item, LatexEnvironmentNode):
            return self._environment(item, before[-1].text if before and before[-1].kind is Kind.OPENING else "")
        if not isinstance(item, LatexMacroNode):
            raise UnreadableFormulaError(item.latex_verbatim())
        if item.macroname in symbols.SIZED:
            return self._sized(cursor, symbols.SIZED[item.macroname], before)
        if item.macroname == "not":
            cursor.skip_space()
            struck, *rest = self._item(cursor, before) or [Atom("")]
            glyph = _NEGATED.get(struck.text) or unicodedata.normalize("NFC", struck.text + "\u0338")
            return [replace(struck, text=glyph), *rest]
        return self._macro(item)

    def _sized(self, cursor: Cursor, kind: str, before: Sequence[Atom]) -> list[Atom]:
        """Return a bracket whose size was named; a dot is none, but closes a brace: on one line it would stay open."""
        cursor.skip_space()
        if cursor.is_at("."):
            cursor.take()
            open_braces = sum(atom.text == "{" for atom in before) - sum(atom.text == "}" for atom in before)
            return [Atom("}", Kind.CLOSING)] if kind == "closing" and open_braces else []
        atoms = self._item(cursor, [])
        return [replace(atom, kind=Kind(kind)) if kind else atom for atom in atoms]

    def _character(self, character: str) -> list[Atom]:
        """Return a running character's atoms."""
        if character in self.gaps:
            return [self._gap(character)]
        if character == "&":
            return []
        if character == "~":
            return [Atom(" ", Kind.SPACE)]
        return [Atom(character, _SIGN_KINDS.get(character, Kind.ORDINARY))]

    def _gap(self, stand_in: str) -> Atom:
        """Return a closed gap as its stand-in, an open one as its answer between two stand-ins."""
        answer = self.gaps[stand_in]
        if answer is None:
            return Atom(stand_in)
        atoms = Reader({}, tight=self.tight).atoms(list(items_of(parse(answer.strip().strip("$")))))
        return Atom(f"{stand_in}{join(atoms, tight=self.tight)}{stand_in}", bond=bond_of(atoms))

    def _macro(self, node: LatexMacroNode) -> list[Atom]:
        """Return the atoms of a macro that needs nothing from behind its arguments."""
        name, arguments = node.macroname, node.nodeargd.argnlist if node.nodeargd else []
        if sign := _SIGNS.get(name):
            return [_word(sign.text, sign.kind) if sign.text.isalpha() and len(sign.text) > 1 else sign]
        if name in symbols.IGNORED:
            return []
        if name == "\\":
            return [Atom(";", Kind.COMMA)]
        if name == "hspace":
            return [Atom(" ", Kind.SPACE)]
        if not arguments:
            raise UnreadableFormulaError(name)
        if name in symbols.TEXT:
            return self._words(name, arguments[-1])
        if name in symbols.UPRIGHT:
            return self._upright(name, self.inside(arguments[-1]))
        if name in symbols.ACCENTS:
            return [Atom(accented(name, join(self.inside(arguments[0]), tight=self.tight)))]
        if name in symbols.WRAPPERS:
            atoms = self.inside(arguments[0])
            return [Atom(bracketed(atoms, Bond.SINGLE))] if name.endswith("brace") and len(atoms) > 1 else atoms
        return self._built(name, [None if part is None else self.inside(part) for part in arguments])

    def _built(self, name: str, parts: Sequence[list[Atom] | None]) -> list[Atom]:
        """Return the atoms of a macro that puts its arguments together."""
        first, last = parts[0] or [], parts[-1] or []
        if name in FRACTIONS:
            above = bracketed(first, Bond.PRODUCT, tight=self.tight)
            below = bracketed(last, Bond.SINGLE, tight=self.tight)
            return [Atom(f"{above}/{below}", bond=Bond.QUOTIENT, ends_word=True)]
        if name in BINOMIALS:
            return [Atom(f"C({join(first)}, {join(last)})")]
        if name == "sqrt":
            index = join(first, tight=True)
            body = bracketed(last, Bond.SINGLE, tight=self.tight)
            raised = symbols.ROOTS.get(index) or index.translate(symbols.SUPERSCRIPTS) + "√"
            return [Atom((raised if index else "√") + body, ends_word=not body.endswith(")"))]
        if name in STACKED:
            return attach(last, below=first) if name == "underset" else attach(last, above=first)
        if name == "xrightarrow":
            return attach([Atom("→", Kind.RELATION)], above=last)
        if name == "pmod":
            return [Atom(f"(mod {join(last)})", starts_word=True)]
        return [Atom(f"({join(last)})" if name == "tag" else join(last), bond=bond_of(last))]

    def _words(self, name: str, node: LatexNode | None) -> list[Atom]:
        """Return words as they stand in the source, with the maths inside them read."""
        source = "" if node is None else node.latex_verbatim().removeprefix("{").removesuffix("}")
        parts: list[str] = [*source.split("$")]
        if len(parts) % 2 == 0:
            raise UnreadableFormulaError(source)
        parts[1::2] = ["; ".join(read_rows(formula, self.gaps)) for formula in parts[1::2]]
        parts[::2] = [_ESCAPED.sub(lambda match: match[1] or (match[2] and " ") or "", words) for words in parts[::2]]
        parts[::2] = ["".join(map(self._spelt, words)) for words in parts[::2]]
        text = "".join(parts)
        if "\\" in text:
            raise UnreadableFormulaError(source)
        if name == "operatorname":
            return [_word(re.sub(r"^arg +(?=m)", "arg", text.strip()), Kind.NAMED)]
        spaces = [Atom(" ", Kind.SPACE)]
        if not text.strip():
            return spaces if text else []
        before, after = text[0].isspace(), text[-1].isspace()
        return [*(spaces if before else []), _word(text.strip()), *(spaces if after else [])]

    def _spelt(self, character: str) -> str:
        """Return a character of a word; an open gap stands between two of its stand-ins here too."""
        answer = self.gaps.get(character)
        return character if answer is None else f"{character}{answer}{character}"

    def _upright(self, name: str, atoms: list[Atom]) -> list[Atom]:
        """Return letters in another face, which a terminal has not; only number sets keep theirs."""
        if name == "mathbb":
            return [replace(atom, text=symbols.DOUBLE_STRUCK.get(atom.text, atom.text)) for atom in atoms]
        if name in symbols.WORDS and len(atoms) > 1:
            return [_word(join(atoms, tight=True))]
        return atoms

    def _environment(self, node: LatexEnvironmentNode, fence: str) -> list[Atom]:
        """Return a matrix or a choice of cases on one line; `fence` is a bracket that stands before it already."""
        name = node.environmentname
        rows = [[self.atoms(cell) for cell in split(row, "&")] for row in split(list(items_of(node.nodelist)), "\\")]
        if rows and not any(rows[-1]):
            rows.pop()  # after the last line's end
        if name in symbols.STACKS:
            lines = [join([atom for cell in row for atom in cell]) for row in rows]
            return [Atom("; ".join(lines), bond=Bond.SUM)]
        if name not in symbols.FENCES:
            raise UnreadableFormulaError(name)
        cells = [[join(cell).strip() for cell in row] for row in rows]
        fenced = bool(fence) and name in {"array", "matrix"}
        if name.endswith("cases") or (fenced and fence == "{"):
            text = "; ".join(_case(row) for row in cells)
        else:
            divider = ", " if any(" " in cell for row in cells for cell in row) else " "
            text = "; ".join(divider.join(row) for row in cells)
        body = Atom(text, bond=Bond.SUM)
        opening, closing = symbols.FENCES[name]
        return [body] if fenced else [Atom(opening, Kind.OPENING), body, Atom(closing, Kind.CLOSING)]


def _case(cells: Sequence[str]) -> str:
    """Return one line of a choice as `value if condition`."""
    value, condition = cells[0].rstrip(", "), " ".join(cells[1:]).strip(", ")
    if not condition:
        return value
    return f"{value} {condition}" if _CONDITION.match(condition) else f"{value} if {condition}"


def read_rows(latex: str, gaps: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return the rows of a formula as text; see `maths.rows_of`.

    Raises:
        UnreadableFormulaError: Something in it is not known here.
    """
    nodes = [node for node in parse(latex) if node.latex_verbatim().strip()]
    if len(nodes) == 1 and isinstance(nodes[0], LatexEnvironmentNode) and nodes[0].environmentname in symbols.STACKS:
        nodes = nodes[0].nodelist
    reader = Reader(gaps)
    rows = [join(reader.atoms(row)).strip() for row in split(list(items_of(nodes)), "\\")]
    return tuple(row for row in rows if row) or ("",)
