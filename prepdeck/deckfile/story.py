"""Fields of `story` cards."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.spoken import Story
from prepdeck.deckfile.scalars import read_slug, some_of
from prepdeck.deckfile.schema import Kind
from prepdeck.deckfile.texts import read_text


def _build(values: dict[str, Any]) -> Story:
    return Story(**values)


KIND = Kind(
    name="story",
    readers={
        "title": read_text,
        "situation": read_text,
        "task": read_text,
        "action": read_text,
        "result": read_text,
        "competencies": some_of(read_slug, "[prioritisation]"),
        "reflection": read_text,
        "metric": read_text,
    },
    required=("title", "situation", "task", "action", "result", "competencies"),
    build=_build,
    renamed={
        "front": "title",
        "prompt": "title",
        "name": "title",
        "actions": "action",
        "results": "result",
        "outcome": "result",
        "competency": "competencies",
        "competence": "competencies",
        "learning": "reflection",
        "lesson": "reflection",
        "metrics": "metric",
        "minutes": "seconds",
        "time": "seconds",
    },
    examples={"title": "`title: The forecast that was wrong`"},
)
"""A story of the candidate's own, drilled both ways."""
