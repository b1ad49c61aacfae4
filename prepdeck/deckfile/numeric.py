"""Fields of `numeric` cards."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.card import Numeric
from prepdeck.deckfile.quantities import read_number, read_tolerance
from prepdeck.deckfile.schema import Kind
from prepdeck.deckfile.texts import read_text, read_texts


def _build(values: dict[str, Any]) -> Numeric:
    answer, answer_text = values.pop("answer")
    return Numeric(answer=answer, answer_text=answer_text, **values)


KIND = Kind(
    name="numeric",
    readers={
        "front": read_text,
        "answer": read_number,
        "tolerance": read_tolerance,
        "unit": read_text,
        "check": read_text,
        "steps": read_texts,
    },
    required=("front", "answer", "tolerance"),
    build=_build,
    hints={"back": "a numeric card has no back; its number is called `answer`, its working `steps`"},
)
"""Type a number."""
