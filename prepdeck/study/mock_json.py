"""A debrief and the history of mocks as data; times are seconds, means are 1-4."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from prepdeck.interview.debrief import Debrief
from prepdeck.interview.items import ItemRow
from prepdeck.interview.scoring import Score
from prepdeck.study.mock_markdown import weak_topics

if TYPE_CHECKING:
    from prepdeck.study.mock_history import MockHistory


def as_json(found: Debrief) -> dict[str, Any]:
    """Return a debrief as data."""
    mock = found.mock
    return {
        "schema": 1,
        "mock": found.id,
        "format": mock.blueprint.id,
        "title": mock.blueprint.title,
        "rubric": None if found.rubric is None else found.rubric.id,
        "level": mock.terms.level,
        "seed": mock.terms.seed,
        "strict": mock.is_strict,
        "began": found.began.isoformat(),
        "day": found.day.isoformat(),
        "end": None if mock.end is None else mock.end.value,
        "saved": mock.is_saved,
        "planned_seconds": _seconds(mock.budget_ms),
        "active_seconds": _seconds(mock.clock_ms),
        "overtime_seconds": _seconds(mock.overtime_ms),
        "pauses": mock.pauses,
        "paused_seconds": _seconds(mock.paused_ms),
        "left_out_seconds": _seconds(mock.left_out_ms),
        "recoveries": mock.recoveries,
        "time_factor": float(mock.terms.time_factor),
        "gaps": [{"kind": gap.kind.value, "seconds": _seconds(gap.milliseconds)} for gap in mock.gaps],
        "hints": found.hints,
        "blank": len(mock.unanswered),
        "unseen": _number(found.unseen_share),
        **_score(found.score),
        "predicted": mock.prediction,
        "bar": found.bar,
        "partner": None if found.partner is None else _score(found.partner),
        "criteria": [
            {
                "criterion": row.criterion.id,
                "title": row.criterion.title,
                "weight": row.criterion.weight,
                "level": row.level,
                "given": row.given,
                "anchor": row.anchor,
                "next": row.next_anchor,
                "evidence": row.evidence,
                "seen": None if row.bound is None else row.bound.words,
                "partner": row.partner,
                "partner_evidence": row.partner_evidence,
            }
            for row in found.criteria
        ],
        "phases": [
            {
                "phase": row.id,
                "title": row.title,
                "planned_seconds": _seconds(row.planned_ms),
                "actual_seconds": _seconds(row.actual_ms),
                "over_seconds": _seconds(row.over_ms),
                "reached": row.was_reached,
            }
            for row in found.phases
        ],
        "questions": [_item(row) for row in found.items],
        "notes": [{"phase": title, "text": text} for title, text in found.free_notes],
        "strengths": [{"title": row.title, "level": row.level, "anchor": row.anchor} for row in found.strengths],
        "fixes": [{"title": row.title, "level": row.level, "next": row.anchor} for row in found.fixes],
        "first_run_seconds": None if found.first_run_ms is None else _seconds(found.first_run_ms),
        "first_pass_seconds": None if found.first_pass_ms is None else _seconds(found.first_pass_ms),
        "weak_topics": list(weak_topics(found)),
        "previous": [
            {"mock": each.id, "day": each.day.isoformat(), "mean": _number(each.mean), "verdict": each.verdict}
            for each in found.previous
        ],
        "next": None if found.suggestion is None else {"format": found.suggestion[0], "why": found.suggestion[1]},
    }


def history_json(found: MockHistory) -> dict[str, Any]:
    """Return the history of mocks as data."""
    return {
        "schema": 1,
        "bar": found.bar,
        "completion": _number(found.completion),
        "mocks": [
            {
                "mock": each.id,
                "format": each.format,
                "title": each.title,
                "day": each.day.isoformat(),
                "strict": each.is_strict,
                "end": None if each.end is None else each.end.value,
                "saved": each.is_saved,
                "mean": _number(each.mean),
                "verdict": each.verdict,
                "predicted": each.predicted,
                "levels": dict(each.levels),
                "active_seconds": _seconds(each.active_ms),
                "loop": each.loop,
            }
            for each in found.mocks
        ],
        "waiting": [
            {
                "mock": each.id,
                "title": each.title,
                "began": each.began.isoformat(),
                "phase": each.phase,
                "strict": each.is_strict,
                "over": each.is_over,
            }
            for each in found.waiting
        ],
        "formats": [
            {
                "format": each.format,
                "title": each.title,
                "begun": each.begun,
                "completed": each.completed,
                "means": [_number(mean) for mean in each.means],
                "mean": _number(each.mean),
                "lowest": _number(each.lowest),
                "highest": _number(each.highest),
                "change": _number(each.change),
                "at_bar": each.at_bar,
            }
            for each in found.trends
        ],
        "calibration": {
            "exact": found.calibration.exact,
            "over": found.calibration.over,
            "under": found.calibration.under,
            "gap": _number(found.calibration.gap),
        },
        "overruns": [
            {
                "format": each.format,
                "phase": each.phase,
                "over": each.over,
                "of": each.of,
                "mean_over_seconds": _seconds(each.mean_over_ms),
            }
            for each in found.overruns
        ],
        "parts": dict(found.parts),
        "topics": [
            {
                "topic": each.topic,
                "level": each.level,
                "day": each.day.isoformat(),
                "lapses": each.lapses,
                "learned": each.learned,
            }
            for each in found.topics
        ],
    }


def _score(found: Score) -> dict[str, Any]:
    return {
        "mean": _number(found.mean),
        "verdict": None if found.verdict is None else found.verdict.id,
        "incomplete": found.is_incomplete,
        "caps": list(found.caps),
        "missing": list(found.missing),
    }


def _item(row: ItemRow) -> dict[str, Any]:
    return {
        "number": row.number + 1,
        "sort": row.question.sort.value,
        "card": None if row.question.card is None else str(row.question.card),
        "topic": row.question.topic,
        "prompt": row.prompt,
        "answer": row.own,
        "code": row.code,
        "chosen": list(row.chosen),
        "reference": row.reference,
        "outline": [{"phase": each.phase, "points": list(each.points)} for each in row.outline],
        "level": row.level,
        "partner": row.partner,
        "seconds": _seconds(row.milliseconds),
        "blank": row.is_blank,
        "said": row.is_said,
        "seen_before": row.question.was_seen,
        "right": None if row.checked is None else row.checked.is_right,
        "tests": row.tests,
        "runs": [{"at_seconds": _seconds(run.clock_ms), "passed": run.passed, "of": run.of} for run in row.runs],
        "hints": row.hints,
        "clarified": list(row.clarified),
        "twist": row.twist,
        "probes": [{"ask": probe.ask, "good": probe.good, "asked": was_asked} for probe, was_asked in row.probes],
        "story": None if row.story is None else str(row.story),
        "parts": {part: _seconds(spent) for part, spent in row.told_ms.items()},
    }


def _seconds(milliseconds: int) -> float:
    return milliseconds / 1000


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)
