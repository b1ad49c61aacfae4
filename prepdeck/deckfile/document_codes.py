"""Faults of formats, rubrics and the roadmap."""

from __future__ import annotations

from prepdeck.deckfile.code_doc import CodeDoc

DOCUMENT_CODES: dict[str, CodeDoc] = {}
"""Faults of formats, rubrics and the roadmap."""
