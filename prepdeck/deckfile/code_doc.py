"""The page of one code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeDoc:
    """The page of one code."""

    title: str
    """The fault in a few words."""
    explanation: str
    """Why it is a fault, and what is left out because of it."""
    example: str
    """How it is written right."""
