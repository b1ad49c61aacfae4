"""Subscripts, superscripts and accents: raised or lowered characters where every font has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from prepdeck.text import symbols
from prepdeck.text.atoms import Atom, Bond, Kind, bracketed, encloses, join
from prepdeck.text.cells import clusters

_SCRIPTED = re.compile(rf"[{''.join([*symbols.SUPERSCRIPTS.values(), *symbols.SUBSCRIPTS.values()])}_^].*")
_WORD = re.compile(r"[A-Za-z0-9\u0370-\u03ff]+")
_NUMBER = re.compile(r"\d+(\.\d+)?")


def _bare(text: str, gaps: Collection[str]) -> str:
    """Return `text` without the stand-ins around open gaps."""
    return "".join(character for character in text if character not in gaps)


def _moved(text: str, glyphs: Mapping[int, str], gaps: Collection[str]) -> str | None:
    """Return `text` raised or lowered, or None when a character of it does not exist so."""
    if all(ord(character) in glyphs for character in _bare(text, gaps)):
        return text.translate(glyphs)
    return None


def _on_the_line(sign: str, atoms: Sequence[Atom], gaps: Collection[str]) -> str:
    """Return a script behind `_` or `^`, in brackets unless it is one sign, a number or a word."""
    text = join(atoms, tight=True)
    bare = _bare(text, gaps)
    word = _WORD.fullmatch(bare) and (
        sign == "_" or bare in symbols.ORDINALS or (len(atoms) == 1 and atoms[0].ends_word)
    )
    one_sign = len(list(clusters(bare.rstrip(symbols.PRIME)))) <= 1
    alone = word or one_sign or _NUMBER.fullmatch(bare) or encloses(atoms)
    return f"{sign}{text}" if alone else f"{sign}({text})"


def attach(
    base: list[Atom],
    *,
    primes: int = 0,
    below: Sequence[Atom] | None = None,
    above: Sequence[Atom] | None = None,
    gaps: Collection[str] = (),
) -> list[Atom]:
    """Return `base` with its scripts; of a bracketed base the last bracket carries them.

    `gaps` are the stand-ins that surround open gaps.
    """
    carrier = base[-1] if base else Atom("")
    head = base[:-1]
    if head and not encloses(base):
        head, carrier = [], Atom(bracketed(base, Bond.SINGLE))
    elif carrier.bond > Bond.SINGLE:
        carrier = replace(carrier, text=f"({carrier.text})", bond=Bond.SINGLE)
    text, on_the_line = carrier.text + symbols.PRIME * primes, False
    if below:
        lowered = _moved(join(below, tight=True), symbols.SUBSCRIPTS, gaps)
        on_the_line = lowered is None
        text += _on_the_line("_", below, gaps) if lowered is None else lowered
    if above:
        raised = _moved(join(above, tight=True), symbols.SUPERSCRIPTS, gaps)
        if on_the_line and carrier.kind is Kind.BIG:
            raised = None  # limits look alike: both on the line or neither
        on_the_line = raised is None
        text += _on_the_line("^", above, gaps) if raised is None else raised
    ends_word = carrier.ends_word or on_the_line
    return [*head, Atom(text, carrier.kind, carrier.typed, Bond.SINGLE, carrier.starts_word, ends_word)]


def accented(name: str, text: str) -> str:
    """Return `text` under the accent `name`; a base too long to carry it becomes `hat(...)`."""
    mark = symbols.ACCENTS[name]
    first, *rest = clusters(text) if text else [" "]
    tail = "".join(rest)
    if first[0].isalpha() and (not tail or _SCRIPTED.fullmatch(tail)):
        return unicodedata.normalize("NFC", first + mark) + tail
    if name in {"overline", "underline"} and text.isalnum():
        return "".join(character + mark for character in text)
    return f"{symbols.ACCENT_WORDS.get(name, name)}({text})"
