"""Rules of good cards and decks."""

from __future__ import annotations

from prepdeck.deckfile.code_doc import CodeDoc

RULE_CODES: dict[str, CodeDoc] = {}
"""Rules of good cards and decks."""
