"""What `lint --run` finds: code, numbers and snippets that do not hold."""

from __future__ import annotations

from prepdeck.deckfile.code_doc import CodeDoc

PROOF_CODES: dict[str, CodeDoc] = {}
"""What `lint --run` finds: code, numbers and snippets that do not hold."""
