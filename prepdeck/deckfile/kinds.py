"""The kinds of cards, and the fields of all of them."""

from __future__ import annotations

from collections.abc import Mapping

from prepdeck.cards.card import Ask
from prepdeck.deckfile import basic, choice, cloze, code_card, design, numeric, star, story
from prepdeck.deckfile.code_texts import read_code
from prepdeck.deckfile.header import SCHEMA as HEADER
from prepdeck.deckfile.names import pass_over, read_was
from prepdeck.deckfile.scalars import one_of_enum, read_boolean, read_day, read_slug, whole_between
from prepdeck.deckfile.schema import Kind, Reader, Schema
from prepdeck.deckfile.texts import read_tags, read_text, read_texts

KINDS: Mapping[str, Kind] = {
    module.KIND.name: module.KIND for module in (basic, cloze, choice, numeric, code_card, design, star, story)
}
"""How cards of each kind are read, by the word written after `kind:`."""

ALL_KINDS = tuple(sorted(KINDS))
"""Every kind a deck may name."""

OTHER_NAMES: Mapping[str, str] = {
    "flashcard": "basic",
    "qa": "basic",
    "multiple-choice": "choice",
    "mcq": "choice",
    "quiz": "choice",
    "number": "numeric",
    "calculation": "numeric",
    "algorithm": "code",
    "python": "code",
    "sql": "code",
    "system-design": "design",
    "case": "design",
    "behavioural": "star",
    "behavioral": "star",
}
"""Kinds by other names that authors write for them."""

COMMON: Mapping[str, Reader] = {
    "id": read_slug,
    "kind": pass_over,
    "topic": read_slug,
    "level": whole_between(1, 3),
    "tags": read_tags,
    "ask": one_of_enum(Ask),
    "why": read_text,
    "hints": read_texts,
    "refs": read_texts,
    "verify": read_code,
    "volatile": read_boolean,
    "as_of": read_day,
    "revision": whole_between(1, 999_999_999),
    "was": read_was,
    "seconds": whole_between(1, 7200),
    "weight": whole_between(1, 3),
}
"""Fields of every card."""

FIELD_NAMES = frozenset({*HEADER.readers, *COMMON, *(name for kind in KINDS.values() for name in kind.readers)})
"""Every name that begins a field somewhere in a deck."""

_RENAMED = {
    "prompt": "front",
    "question": "front",
    "q": "front",
    "a": "back",
    "explanation": "why",
    "follow_ups": "followups",
    "follow-ups": "followups",
    "type": "kind",
    "difficulty": "level",
    "tag": "tags",
    "hint": "hints",
    "ref": "refs",
    "references": "refs",
    "choices": "options",
    "tol": "tolerance",
}


_HINTS = {
    "contrast": "say it in back, or make it a card of its own",
    "correct": "mark the right option itself: `- text: ...` with `correct: true` below it",
}


def _schema(kind: Kind) -> Schema:
    """Return the fields of the cards of one kind, and what to do about fields of other kinds and of older decks."""
    readers = {**COMMON, **kind.readers}
    renamed = {old: new for old, new in {**_RENAMED, **kind.renamed}.items() if new in readers}
    return Schema(
        owner=f"a {kind.name} card",
        readers=readers,
        required=("id", *kind.required),
        renamed=renamed,
        hints={**_HINTS, **kind.hints},
        elsewhere={name: _owners(name) for other in KINDS.values() for name in other.readers if name not in readers},
        examples={"id": "`id: base-rate`, or let `prepdeck ids` write the missing ones", **kind.examples},
        needs=kind.needs,
    )


def _owners(name: str) -> str:
    """Return the kinds that have the field `name`, in words."""
    *others, last = (f"`kind: {kind.name}`" for kind in KINDS.values() if name in kind.readers)
    return f"{', '.join(others)} or {last}" if others else last


SCHEMAS: Mapping[str, Schema] = {kind.name: _schema(kind) for kind in KINDS.values()}
"""Fields of the cards of each kind."""
