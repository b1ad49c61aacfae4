"""Fields of `star` cards."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.spoken import Star
from prepdeck.deckfile.probes import read_probes
from prepdeck.deckfile.scalars import read_slug
from prepdeck.deckfile.schema import Kind
from prepdeck.deckfile.texts import read_text, read_texts


def _build(values: dict[str, Any]) -> Star:
    return Star(**values)


KIND = Kind(
    name="star",
    readers={
        "front": read_text,
        "competency": read_slug,
        "probes": read_probes,
        "strong_signals": read_texts,
        "weak_signals": read_texts,
        "rubric": read_slug,
    },
    required=("front", "competency", "seconds", "rubric"),
    build=_build,
    renamed={
        "competence": "competency",
        "competencies": "competency",
        "follow_ups": "probes",
        "followups": "probes",
        "probe": "probes",
        "strong": "strong_signals",
        "green_flags": "strong_signals",
        "weak": "weak_signals",
        "red_flags": "weak_signals",
        "pitfalls": "weak_signals",
        "rubrics": "rubric",
        "minutes": "seconds",
        "time": "seconds",
    },
    hints={"back": "a star card has no back; the candidate answers with a story of their own"},
    examples={"front": "`front: When did you say no to a stakeholder?`", "rubric": "`rubric: behavioural`"},
)
"""A behavioural prompt, answered with one of the candidate's own stories."""
