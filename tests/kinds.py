"""Bodies of the written and spoken kinds, with good defaults."""

from __future__ import annotations

from prepdeck.cards.code import Case, Code, Complexity
from prepdeck.cards.spoken import Design, Figure, OutlinePhase, Probe, Star, Story

RIGHT = "def double(x):\n    return 2 * x\n"
WRONG = "def double(x):\n    return x + 2\n"


def make_code(**fields: object) -> Code:
    values: dict[str, object] = {
        "front": "Double a number.",
        "entry": "double",
        "starter": "def double(x):\n    pass\n",
        "reference": RIGHT,
        "visible": (Case("[2]", "4"), Case("[3]", "6")),
        "hidden": (Case("[0]", "0"), Case("[-1]", "-2")),
        "mutants": (WRONG,),
        "complexity": Complexity(time="O(1)", space="O(1)"),
        "minutes": 2,
    }
    return Code(**{**values, **fields})  # type: ignore[arg-type]


def make_design(**fields: object) -> Design:
    values: dict[str, object] = {
        "front": "Design the feed.",
        "outline": (
            OutlinePhase("framing", ("goal", "scale")),
            OutlinePhase("data-labels", ("labels", "joins")),
            OutlinePhase("serving", ("budget",)),
        ),
        "rubric": "ml-design",
        "family": "ranking",
        "formats": ("ml-design-45",),
        "clarifications": ("Who watches?",),
        "numbers": (Figure("200 M users"),),
        "probes": (Probe("A new video?", "Content features."), Probe("Ten times the load?")),
        "pitfalls": ("a model before the metric",),
        "twist": "No tracking.",
    }
    return Design(**{**values, **fields})  # type: ignore[arg-type]


def make_star(**fields: object) -> Star:
    values: dict[str, object] = {
        "front": "A time you disagreed.",
        "competency": "conflict",
        "rubric": "behavioural",
        "probes": (Probe("What would they say?", "The same story."),),
        "strong_signals": ("states the other view", "brought data"),
        "weak_signals": ("only we",),
    }
    return Star(**{**values, **fields})  # type: ignore[arg-type]


def make_story(**fields: object) -> Story:
    values: dict[str, object] = {
        "title": "The holdout",
        "situation": "Launch in two weeks.",
        "task": "I owned the evaluation.",
        "action": "Built a backtest.",
        "result": "The holdout is standard.",
        "reflection": "Numbers before opinions.",
        "metric": "1.8 % retention",
        "competencies": ("conflict", "ownership"),
    }
    return Story(**{**values, **fields})  # type: ignore[arg-type]
