"""What the log told of a learner, kept as a fact, so that a start need not read the whole log again.

It is a cache of the log: whatever does not read as such, or does not fit the log any more, is left aside.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final, TypeAlias

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.curve import Curves
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.learner import Bin, Calibration, Learner, Trace
from prepdeck.scheduling.pace import Event
from prepdeck.scheduling.recall import Strength
from prepdeck.store.answers import LogState, Place
from prepdeck.store.pacing import measured_rows, pace_of_rows

LEARNER_FACT: Final = "learner"
"""The fact that holds it."""
MODEL: Final = 1
"""Counts up when the memory model changes, so that another model's numbers are worked out anew."""

Reached: TypeAlias = tuple[Learner, LogState, Place]
"""What the log told up to a place, and how long it was then."""


def learner_words(learner: Learner, state: LogState, place: Place) -> str:
    """Return what the log told, as the fact holds it; numbers come back exactly."""
    pace = learner.pace
    return json.dumps(
        {
            "model": MODEL,
            "state": state,
            "place": place,
            "curves": learner.curves,
            "calibration": learner.calibration.bins,
            "seconds": measured_rows(pace),
            "firsts": [pace.firsts[grade] for grade in Grade],
            "passes": {grade.value: count for grade, count in pace.passes.items()},
            "traces": [
                [card.deck, card.card, *trace.strength, trace.last.isoformat(), trace.event.value]
                for card, trace in learner.traces.items()
            ],
        },
        separators=(",", ":"),
    )


def learner_from(words: str | None) -> Reached | None:
    """Return what a fact holds; None when there is none, or another model wrote it."""
    if words is None:
        return None
    try:
        kept = json.loads(words)
        return _read(kept) if kept["model"] == MODEL else None
    except (ValueError, TypeError, KeyError, IndexError):
        return None


def _read(kept: dict[str, Any]) -> Reached:
    learner = Learner()
    scales, scores = kept["curves"]
    learner.curves = Curves(tuple(map(float, scales)), tuple(map(float, scores)))
    learner.calibration = Calibration(
        tuple(Bin(int(n), float(sum_), int(good)) for n, sum_, good in kept["calibration"])
    )
    pace = pace_of_rows(kept["seconds"])
    pace.firsts = dict(zip(Grade, map(int, kept["firsts"]), strict=True))
    pace.passes |= {Grade(grade): int(count) for grade, count in kept["passes"].items()}
    learner.pace = pace
    days: dict[str, date] = {}
    for deck, card, stability, difficulty, last, event in kept["traces"]:
        if last not in days:
            days[last] = date.fromisoformat(last)
        learner.traces[CardId(deck, card)] = Trace(Strength(stability, difficulty), days[last], Event(event))
    day, id_ = kept["place"]
    return learner, _state(kept["state"]), (str(day), str(id_))


def _state(kept: list[Any]) -> LogState:
    *counts, names = kept
    reviews, upheavals, resets = map(int, counts)
    return LogState(reviews, upheavals, resets, str(names))
