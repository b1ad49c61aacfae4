"""`prepdeck ready`: how ready the learner is for the next interview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from datetime import date

    from prepdeck.scheduling.learner import Calibration
    from prepdeck.study.readiness import Part, Readiness

HOW = "No interview date is ahead, so this is recall as of today; prepdeck interview add DATE sets one."
"""Said when there is no date to forecast for."""


@verb(
    examples=(
        ("prepdeck ready", "Coverage and forecast recall by topic, the largest gap named."),
        ("prepdeck ready --json", "The same for scripts."),
    ),
)
def command(context: click.Context) -> None:
    """Say how ready you are for the next interview: cards seen, and recall to expect on the day, by topic.

    Recall is what you would know on the day if you studied nothing more; Plan is what the plan leads to.
    """
    from prepdeck.study.desk import open_desk
    from prepdeck.study.interviews import interview_notes
    from prepdeck.study.readiness import readiness

    flags = flags_of(context)
    with open_desk(flags.options) as desk:
        report = readiness(desk)
        today = desk.today()
        notes = (*desk.notes, *interview_notes(desk))
    say_notes(flags, notes)
    if flags.json:
        write_json(_report_json(report))
    else:
        write_text("\n".join(_draw(report, today)))


def _report_json(report: Readiness) -> dict[str, Any]:
    from prepdeck.study.readiness import TARGET

    interview = report.interview
    calibration = report.calibration
    return {
        "schema": 1,
        "date": None if interview is None else interview.date.isoformat(),
        "message": HOW if interview is None else None,
        "topics": [{"topic": part.name, "deck": part.deck, **_part_json(part, TARGET)} for part in report.topics],
        "tracks": [{"track": part.name, **_part_json(part, TARGET)} for part in report.tracks],
        "pillars": [{"pillar": part.name, **_part_json(part, TARGET)} for part in report.pillars],
        "calibration": {
            "answers": calibration.answers,
            "expected": _rounded(calibration.expected),
            "happened": _rounded(calibration.happened),
            "error": _rounded(calibration.error),
        },
    }


def _part_json(part: Part, target: float) -> dict[str, Any]:
    return {
        "cards": part.cards,
        "seen": part.seen,
        "recall": _rounded(part.recall),
        "planned": _rounded(part.planned),
        "target": target,
        "mock": None,
        "weakest": [str(card) for card in part.weakest],
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def _draw(report: Readiness, today: date) -> list[str]:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.cli.wording import day_words, distance_words
    from prepdeck.study.readiness import TARGET

    if not report.topics:
        return ["No card is in the daily queue; prepdeck due lists the decks."]
    if report.interview is None:
        head = HOW
    else:
        company = f" ({report.interview.company})" if report.interview.company else ""
        day = report.interview.date
        head = f"Interview {day_words(day, today)}{company}, {distance_words(day, today)}; target {TARGET:.0%}."
    rows = [("Pillar", "Cards", "Seen", "Recall", "Plan", "")]
    rows += [_row(part.name or "", part, TARGET) for part in report.pillars]
    topics = [("Topic", "Cards", "Seen", "Recall", "Plan", "")]
    topics += [_row(f"{part.deck} / {part.title}", part, TARGET) for part in report.topics]
    right = frozenset({1, 2, 3, 4})
    parts = [head, "", *draw_columns(rows, right=right), ""] if report.pillars else [head, ""]
    return [*parts, *draw_columns(topics, right=right), "", _calibration_words(report.calibration)]


def _row(name: str, part: Part, target: float) -> tuple[str, str, str, str, str, str]:
    planned = "" if part.planned is None else f"{part.planned:.0%}"
    gap = "ok" if part.is_ready else f"{(part.recall - target) * 100:+.0f}"
    return (name, str(part.cards), str(part.seen), f"{part.recall:.0%}", planned, gap)


def _calibration_words(calibration: Calibration) -> str:
    from prepdeck.scheduling.learner import ENOUGH

    if calibration.answers < ENOUGH or calibration.expected is None or calibration.happened is None:
        so_far = f"so far {calibration.answers}"
        return f"Forecasts use a typical memory until {ENOUGH} of your answers were foretold; {so_far}."
    return (
        f"Forecasts so far said {calibration.expected:.0%}, {calibration.happened:.0%} happened, "
        f"over {calibration.answers:,} answers (mean error {calibration.error or 0:.1%})."
    )
