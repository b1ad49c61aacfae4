"""Slugs as people read them."""

from __future__ import annotations


def slug_words(slug: str) -> str:
    """Return a slug as words: `deal-with-ambiguity` as `deal with ambiguity`."""
    return slug.replace("-", " ").replace("_", " ").strip()
