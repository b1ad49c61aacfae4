"""The pieces of a formula, the space between them, and when they need brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum

from prepdeck.text.symbols import FUNCTIONS, PRIME, SIGNS


class Kind(Enum):
    """What a piece of a formula does, which decides the space around it."""

    ORDINARY = "ordinary"
    PREFIX = "prefix"
    NAMED = "named"
    BIG = "big"
    BINARY = "binary"
    RELATION = "relation"
    OPENING = "opening"
    CLOSING = "closing"
    COMMA = "comma"
    SPACE = "space"


class Typed(IntEnum):
    """The space an author typed before a piece."""

    NONE = 0
    WEAK = 1
    """The space that ends a macro's name, which means nothing by itself."""
    PLAIN = 2


class Bond(IntEnum):
    """How tightly the parts of a term hold together."""

    SINGLE = 0
    PRODUCT = 1
    QUOTIENT = 2
    SUM = 3


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a formula that is already text."""

    text: str
    """What is read."""
    kind: Kind = Kind.ORDINARY
    """What it does."""
    typed: Typed = Typed.NONE
    """The space typed before it."""
    bond: Bond = Bond.SINGLE
    """How tightly its own parts hold together."""
    starts_word: bool = False
    """Whether a letter before it would run into it, as into `Var`."""
    ends_word: bool = False
    """Whether a letter behind it would run into it, as into `x_k` or a root without brackets."""

    def behind(self, typed: Typed) -> Atom:
        """Return the same atom with other space before it; `dataclasses.replace` takes ten times as long."""
        return Atom(self.text, self.kind, typed, self.bond, self.starts_word, self.ends_word)


_BARS = frozenset("|‖")
_BEFORE_A_SIGN = frozenset({Kind.BINARY, Kind.RELATION, Kind.OPENING, Kind.COMMA, Kind.NAMED, Kind.BIG, Kind.PREFIX})
_DIFFERENTIAL = re.compile(r"[d∂][²³ⁿ]?\w?[²³ⁿ]?")


def _sign(atoms: Sequence[Atom]) -> list[Atom]:
    """Return `atoms` with each operator that has nothing on its left made a sign, as the minus of `-x`."""
    signed: list[Atom] = []
    before: Atom | None = None
    bars = 0
    for atom in atoms:
        if atom.kind is Kind.BINARY:
            opened = before is not None and before.text in _BARS and bars % 2 == 1 and atom.typed is Typed.NONE
            if before is None or before.kind in _BEFORE_A_SIGN or opened:
                atom = replace(atom, kind=Kind.PREFIX)  # noqa: PLW2901 - the same atom, better known
        bars += atom.text in _BARS
        signed.append(atom)
        if atom.kind is not Kind.SPACE:
            before = atom
    return signed


def _touch(left: Atom, right: Atom) -> bool:
    """Return whether the two would run into one word."""
    if not (left.text and right.text and (left.ends_word or right.starts_word)):
        return False
    return (left.text[-1].isalnum() or left.ends_word) and (right.text[0].isalnum() or right.starts_word)


def _gap(left: Atom, right: Atom, *, tight: bool) -> str:
    """Return the space between two neighbours; `tight` is the spacing inside scripts."""
    kinds = (left.kind, right.kind)
    if Kind.SPACE in kinds or left.kind is Kind.OPENING or right.kind in {Kind.CLOSING, Kind.COMMA}:
        return ""
    if left.kind is Kind.COMMA:
        number = left.text == "," and right.text[:1].isdigit() and right.typed is Typed.NONE
        return "" if tight or number else " "
    if kinds == (Kind.RELATION, Kind.RELATION) and right.typed is Typed.NONE:
        return ""
    if Kind.BINARY in kinds or Kind.RELATION in kinds:
        return " " if not tight or _touch(left, right) else ""
    if left.kind is Kind.PREFIX:
        operator = right.kind is Kind.NAMED and left.text not in SIGNS
        return " " if operator or (left.ends_word and right.kind is not Kind.OPENING) else ""
    if left.kind is Kind.NAMED:
        return "" if right.kind is Kind.OPENING else " "
    if right.kind is Kind.NAMED or Kind.BIG in kinds:
        return " "
    if left.bond is right.bond is Bond.QUOTIENT:
        return " · "
    if Bond.QUOTIENT in {left.bond, right.bond} or _touch(left, right):
        return " "
    if right.typed is Typed.PLAIN or (right.typed is Typed.WEAK and right.kind is not Kind.OPENING):
        return "" if tight else " "
    return ""


def join(atoms: Sequence[Atom], *, tight: bool = False) -> str:
    """Return the atoms as text with the space that belongs between them."""
    parts: list[str] = []
    left: Atom | None = None
    for atom in _sign(atoms):
        if left is None:
            parts.append(atom.text)
        elif atom.bond is Bond.QUOTIENT and left.text in FUNCTIONS:
            parts.append(f"({atom.text})")
        else:
            parts += [_gap(left, atom, tight=tight), atom.text]
        left = atom
    return "".join(parts)


def encloses(atoms: Sequence[Atom]) -> bool:
    """Return whether the first bracket closes with the last."""
    depth = 0
    for number, atom in enumerate(atoms, start=1):
        depth += (atom.kind is Kind.OPENING) - (atom.kind is Kind.CLOSING)
        if depth <= 0:
            return number == len(atoms) > 1 and atom.text in {")", "]", "}", "⌋", "⌉", "⟩"}
    return False


def _outer(atoms: Sequence[Atom]) -> list[Atom]:
    """Return the atoms outside all brackets and bars; a bracketed group leaves its opening bracket."""
    outer: list[Atom] = []
    opened: list[str] = []
    for atom in atoms:
        bar = atom.text[:1] if atom.text[:1] in _BARS and atom.kind is Kind.ORDINARY else ""
        if atom.kind is Kind.CLOSING:
            while opened and opened.pop() in _BARS:
                pass  # a lone bar, as in P(A|B), closes with the bracket around it
        elif bar and opened[-1:] == [bar]:
            opened.pop()
        else:
            if not opened:
                outer.append(atom)
            if bar or atom.kind is Kind.OPENING:
                opened.append(bar or "(")
    return outer


def _factors(outer: Sequence[Atom]) -> int:
    """Return how many things are multiplied.

    A number is one thing, a function with its argument, and a name: two capitals or more as in TP, or letters before a
    bracket; two letters before one may be a product, three are a name.
    """
    count, letters = 0, 0
    number = capital = applies = False
    for atom in outer:
        bracket = atom.kind is Kind.OPENING or atom.text in _BARS
        digit = atom.text.isdigit() or atom.text == "."
        clings = atom.kind is Kind.PREFIX or atom.text in {"!", PRIME}
        upper = atom.text[:1].isupper() and not atom.starts_word
        if bracket:
            count += 0 if applies else 1
            count -= letters - 1 if letters >= 3 and not capital else 0  # noqa: PLR2004 - see above
        elif not (clings or (digit and number) or (upper and capital)):
            count += 1
        letters = letters + 1 if len(atom.text) == 1 and atom.text.isalpha() else 0
        number, capital = digit, upper
        applies = not (bracket or digit or clings)
    return count


def bond_of(atoms: Sequence[Atom]) -> Bond:
    """Return how tightly the atoms hold together when they stand side by side."""
    signed = [atom for atom in _sign(atoms) if atom.kind is not Kind.SPACE or atom.text]
    outer = _outer(signed)
    loose = {Kind.BINARY, Kind.RELATION, Kind.COMMA, Kind.BIG, Kind.SPACE}
    for place, atom in enumerate(outer):
        applied = atom.kind is Kind.NAMED and place + 1 < len(outer) and outer[place + 1].kind is Kind.OPENING
        if atom.kind in loose or atom.bond is Bond.SUM or (atom.kind is Kind.NAMED and not applied):
            return Bond.SUM
    if any(atom.bond is Bond.QUOTIENT or atom.text == "/" for atom in outer):
        return Bond.QUOTIENT
    if _DIFFERENTIAL.fullmatch("".join(atom.text for atom in signed)):
        return Bond.SINGLE
    if any(atom.bond is Bond.PRODUCT for atom in outer) or (outer and outer[0].text in SIGNS):
        return Bond.PRODUCT
    return Bond.PRODUCT if _factors(outer) > 1 else Bond.SINGLE


def bracketed(atoms: Sequence[Atom], most: Bond, *, tight: bool = False) -> str:
    """Return the atoms as text, in brackets when they hold together less tightly than `most`."""
    text = join(atoms, tight=tight)
    return f"({text})" if bond_of(atoms) > most and not encloses(atoms) else text
