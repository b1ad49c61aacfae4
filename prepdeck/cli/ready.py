"""`prepdeck ready`: how ready the learner is for the next interview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from prepdeck.cli.layout import Layout
    from prepdeck.road.items import Item
    from prepdeck.scheduling.learner import Calibration
    from prepdeck.study.readiness import Part, PillarPart, Readiness

GATE = (
    "Mocks: the last means, the newest first; three unseen ones in a row at 3 or above, none with a criterion at 1, "
    "open the gate."
)
"""Said under the pillars."""
HOW = "No interview date is ahead, so this is recall as of today; prepdeck interview add +30 sets one in 30 days."
"""Said when there is no date to forecast for."""
NUMBERS_WIDTH = 44
"""Columns that the numbers behind a name take."""
LEAST_NAME = 20
"""Columns that a name has at least."""


@verb(
    click.Option(("--weakest",), is_flag=True, help="Name the three weakest cards of each topic."),
    examples=(
        ("prepdeck ready", "Coverage and forecast recall by topic, the largest gap named."),
        ("prepdeck ready --weakest", "The same, with the three weakest cards of each topic."),
    ),
)
def command(context: click.Context, weakest: bool) -> None:
    """Say how ready you are for the next interview: cards seen, recall to expect on the day, and mocks.

    By pillar, which is never one number alone, and by topic. Recall is what you would know on the day if you studied
    nothing more; Planned is what the plan leads to.
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
        from prepdeck.cli.layout import Layout

        write_text("\n".join(_draw(report, today, Layout.fitting(flags), weakest=weakest)))


def _report_json(report: Readiness) -> dict[str, Any]:
    from prepdeck.cli.roadmap_json import item_json
    from prepdeck.study.readiness import TARGET

    interview = report.interview
    calibration = report.calibration
    return {
        "schema": 1,
        "date": None if interview is None else interview.date.isoformat(),
        "message": HOW if interview is None else None,
        "topics": [
            {
                "topic": part.name,
                "deck": part.deck,
                **_part_json(part, TARGET),
                "mock": part.mock,
                "held_back": part.held_back,
            }
            for part in report.topics
        ],
        "tracks": [{"track": part.name, **_part_json(part, TARGET)} for part in report.tracks],
        "pillars": [{"pillar": part.name, **_part_json(part, TARGET), **_mocks_json(part)} for part in report.pillars],
        "papers": [item_json(item) for item in report.papers],
        "calibration": {
            "answers": calibration.answers,
            "expected": _rounded(calibration.expected),
            "happened": _rounded(calibration.happened),
            "error": _rounded(calibration.error),
        },
    }


def _mocks_json(part: PillarPart) -> dict[str, Any]:
    """Return what mocks say about a pillar; `mock` is the mean of the newest one."""
    return {
        "mock": _rounded(float(part.mocks[0].mean)) if part.mocks else None,
        "passed_in_a_row": part.passed,
        "through": part.is_through,
        "mocks": [
            {
                "mock": each.id,
                "title": each.title,
                "day": each.day.isoformat(),
                "mean": _rounded(float(each.mean)),
                "unseen": each.is_unseen,
                "lowest": each.lowest,
                "passed": each.is_passed,
            }
            for each in part.mocks
        ],
    }


def _part_json(part: Part, target: float) -> dict[str, Any]:
    return {
        "cards": part.cards,
        "seen": part.seen,
        "recall": _rounded(part.recall) if part.cards else None,
        "planned": _rounded(part.planned),
        "target": target,
        "mock": None,
        "weakest": [str(card) for card in part.weakest],
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def _draw(report: Readiness, today: date, layout: Layout, *, weakest: bool = False) -> list[str]:
    from prepdeck.road.items import ItemKind

    wrapped = layout.wrapped
    if not report.topics:
        return ["No card is in the daily queue; prepdeck due lists the decks."]
    is_ahead = report.interview is not None
    pillars = [(*_headings("Pillar", is_ahead=is_ahead), "Mocks")]
    pillars += [(*_row(part.name or "", part, is_ahead=is_ahead), _mock_words(part)) for part in report.pillars]
    tables = [_drawn(pillars), [wrapped(GATE)], [""]]
    papers = [item for item in report.papers if item.kind is not ItemKind.GATE]
    tables += [[wrapped(_papers_words(papers))], [""]] if papers else []
    tables.append(_topic_lines(report, layout, is_ahead=is_ahead, weakest=weakest))
    ended = [wrapped(words) for words in (_explained(report), _calibration_words(report.calibration))]
    return [wrapped(_head(report, today)), "", *(line for table in tables for line in table), "", *ended]


def _mock_words(part: PillarPart) -> str:
    """Return the means of the newest mocks, and how many of them were passed one after the other."""
    from prepdeck.interview.gates import IN_A_ROW
    from prepdeck.text.counts import one_decimal

    if not part.mocks:
        return "none"
    means = " ".join(one_decimal(each.mean) for each in part.mocks[:IN_A_ROW])
    return f"{means}, {'through' if part.is_through else f'{part.passed} of {IN_A_ROW}'}"


def _papers_words(papers: Sequence[Item]) -> str:
    from prepdeck.road.items import ItemKind

    made = [
        f"{item.id} {len(item.pieces)}/{item.count}"
        for item in papers
        if item.kind is not ItemKind.CHECK and item.kind is not ItemKind.GATE
    ]
    checks = [item for item in papers if item.kind is ItemKind.CHECK]
    ticked = sum(item.is_done for item in checks)
    listed = f"; checks ticked {ticked} of {len(checks)}" if checks else ""
    return f"To have at hand: {', '.join(made)}{listed}. prepdeck roadmap show lists them."


def _topic_lines(report: Readiness, layout: Layout, *, is_ahead: bool, weakest: bool) -> list[str]:
    """Return the table of topics; with `weakest` three cards below each."""
    lines = _drawn(_topic_rows(report, layout, is_ahead=is_ahead))
    if not weakest:
        return lines
    parts = iter(report.topics)
    found = []
    for line in lines[1:]:
        found.append(line)
        if line.startswith("  "):
            found += [f"      {card}" for card in next(parts).weakest]
    return [lines[0], *found]


def _topic_rows(report: Readiness, layout: Layout, *, is_ahead: bool) -> list[tuple[str, ...]]:
    """Return the rows of the topics, each deck's under its name, cut to the columns that the numbers leave."""
    from prepdeck.text.cells import shorten

    room, ellipsis = max(LEAST_NAME, layout.width - NUMBERS_WIDTH), "..." if layout.ascii_only else "…"
    has_mocks = any(part.mock is not None for part in report.topics)
    mock = ("Mock",) if has_mocks else ()
    rows = [(*_headings("Topic", is_ahead=is_ahead), *mock)]
    deck = None
    for part in report.topics:
        if part.deck != deck:
            deck = part.deck
            rows.append((shorten(deck, room, ellipsis=ellipsis), *("" for _ in rows[0][1:])))
        mark = ("" if part.mock is None else str(part.mock),) if has_mocks else ()
        rows.append((*_row(shorten(f"  {part.title}", room, ellipsis=ellipsis), part, is_ahead=is_ahead), *mark))
    return rows


def _drawn(rows: Sequence[tuple[str, ...]]) -> list[str]:
    from prepdeck.cli.columns import draw_columns

    return draw_columns(rows, right=frozenset(range(1, len(rows[0]))))


def _head(report: Readiness, today: date) -> str:
    from prepdeck.cli.wording import day_words, distance_words
    from prepdeck.text.cleaning import clean_line

    if report.interview is None:
        return HOW
    company = f" ({clean_line(report.interview.company)})" if report.interview.company else ""
    day = report.interview.date
    return f"Interview {day_words(day, today)}{company}, {distance_words(day, today)}."


def _headings(what: str, *, is_ahead: bool) -> tuple[str, ...]:
    return (what, "Cards", "Seen", "Recall", *(("Planned",) if is_ahead else ()), "To go")


def _row(name: str, part: Part, *, is_ahead: bool) -> tuple[str, ...]:
    from prepdeck.study.readiness import TARGET

    planned = ("" if part.planned is None else f"{part.planned:.0%}",) if is_ahead else ()
    to_go = "ok" if part.is_ready else f"{(TARGET - part.recall) * 100:.0f}"
    if not part.cards:
        return (name, "0", "", "", *planned, "")
    return (name, f"{part.cards:,}", f"{part.seen:,}", f"{part.recall:.0%}", *planned, to_go)


def _explained(report: Readiness) -> str:
    """Return what the columns mean."""
    from prepdeck.study.readiness import TARGET

    to_go = f"To go: points up to the target of {TARGET:.0%}."
    if report.interview is None:
        return f"Recall is what you would know today; unseen cards count as not known. {to_go}"
    blank = "; it is blank for what that interview does not ask" if _is_partly_asked(report) else ""
    return (
        "Recall is what you would know on the day if you studied nothing more; unseen cards count as not known. "
        f"Planned is what prepdeck plan leads to{blank}. {to_go}"
    )


def _is_partly_asked(report: Readiness) -> bool:
    return any(part.planned is None for part in report.topics)


def _calibration_words(calibration: Calibration) -> str:
    from prepdeck.cli.wording import count_words
    from prepdeck.scheduling.learner import ENOUGH

    if calibration.answers < ENOUGH or calibration.expected is None or calibration.happened is None:
        so_far = f"{calibration.answers} so far" if calibration.answers else "none so far"
        return f"Whether the forecasts hold for you shows after {ENOUGH} answers to cards seen before; {so_far}."
    return (
        f"Forecasts and what happened: over {count_words(calibration.answers, 'answer')} {calibration.expected:.0%} "
        f"were expected to be known, and {calibration.happened:.0%} were; off by {(calibration.error or 0) * 100:.1f} "
        "points on average."
    )
