"""What decks hold against what they are meant to hold: `lint --report`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from prepdeck.cards.roadmap import DeckTarget, Roadmap
from prepdeck.deckfile.rules.recall import AIMED_BACK_CHARACTERS
from prepdeck.deckfile.rules.tally import Tally, tally_of
from prepdeck.study.discovery import FoundFile
from prepdeck.study.linting import LintReport

KINDS = ("basic", "cloze", "choice", "numeric", "code", "design", "star", "story")
"""All kinds, in the order of the columns."""
NOTHING = "-"
"""Stands where there is nothing to count."""


@dataclass(frozen=True, slots=True)
class DeckLine:
    """One deck of the report."""

    path: str
    """Its file."""
    tally: Tally
    """What it holds."""
    target: DeckTarget | None
    """What the roadmap wants it to hold."""


def deck_lines(report: LintReport, bundled: Roadmap | None) -> tuple[DeckLine, ...]:
    """Return a line for every deck that was read.

    Args:
        report: What was found.
        bundled: The roadmap whose targets count when none lies among the files.
    """
    roads = [file.reading.document for file in report.files if isinstance(file.reading.document, Roadmap)]
    road = roads[-1] if roads else bundled
    return tuple(_line(file, road) for file in report.files if file.reading.deck is not None)


def _line(file: FoundFile, road: Roadmap | None) -> DeckLine:
    deck = file.reading.deck
    if deck is None:
        message = f"no deck in {file.path}"
        raise ValueError(message)
    return DeckLine(file.reading.path, tally_of(deck), road.target_of(deck.id) if road is not None else None)


def count_rows(lines: Sequence[DeckLine]) -> list[list[str]]:
    """Return the table of cards: by deck and kind, against the target."""
    kinds = [kind for kind in KINDS if any(line.tally.kinds.get(kind) for line in lines)]
    rows = [["deck", "cards", "target", *kinds]]
    for line in lines:
        target = str(line.target.cards) if line.target is not None else NOTHING
        counts = [str(line.tally.kinds.get(kind) or NOTHING) for kind in kinds]
        rows.append([line.tally.deck, str(line.tally.cards), target, *counts])
    if len(lines) > 1:
        targets = [line.target.cards for line in lines if line.target is not None]
        sums = [str(sum(line.tally.kinds.get(kind, 0) for line in lines)) for kind in kinds]
        cards = str(sum(line.tally.cards for line in lines))
        rows.append(["all", cards, str(sum(targets)) if targets else NOTHING, *sums])
    return rows


def quality_rows(lines: Sequence[DeckLine], report: LintReport) -> list[list[str]]:
    """Return the table of what makes decks good: levels, reasons asked, checks, tests, age, short answers."""
    rows = [["deck", "level 1/2/3", "reasons", "checks", "tests", "oldest", "short"]]
    for line in lines:
        tally = line.tally
        age = NOTHING if tally.oldest_check is None else f"{(report.today - tally.oldest_check).days} d"
        rows.append(
            [
                tally.deck,
                _levels(tally),
                _share(tally.counted_asks, sum(tally.asks.values())),
                _of(tally.numbers_with_check, tally.numbers),
                _of(tally.tests, tally.programs),
                age,
                _of(tally.answers_within_aim, tally.answers),
            ]
        )
    return rows


LEGEND = (
    "level 1/2/3: of the cards that are recalled; the aim is 30/45/25 %",
    "reasons: fronts that ask why, when, compare, diagnose or next-step; 40 % or more",
    "checks: numeric cards that are recomputed; tests: tests of all code cards/code cards",
    "oldest: days since a volatile answer was checked; at most 180",
    f"short: answers of at most {AIMED_BACK_CHARACTERS} characters, the aim",
)
"""What the columns of the second table say."""


def topic_rows(lines: Sequence[DeckLine]) -> list[list[str]]:
    """Return the topics that hold fewer cards than the roadmap wants."""
    rows = [["deck", "topic", "cards", "target"]]
    for line in lines:
        for topic in line.target.topics if line.target is not None else ():
            held = line.tally.topics.get(topic.topic, 0)
            if held < topic.cards:
                rows.append([line.tally.deck, topic.topic, str(held), str(topic.cards)])
    return rows if len(rows) > 1 else []


def report_object(lines: Sequence[DeckLine], report: LintReport) -> dict[str, Any]:
    """Return the report as an object."""
    return {
        "schema": 1,
        "files": len(report.files),
        "cards": report.cards,
        "errors": report.errors,
        "warnings": report.warnings,
        "decks": [_deck_object(line, report) for line in lines],
    }


def _deck_object(line: DeckLine, report: LintReport) -> dict[str, Any]:
    tally, target = line.tally, line.target
    targets = {topic.topic: topic.cards for topic in target.topics} if target is not None else {}
    return {
        "deck": tally.deck,
        "path": line.path,
        "cards": tally.cards,
        "target": None if target is None else target.cards,
        "topics": [
            {"topic": topic, "cards": tally.topics.get(topic, 0), "target": targets.get(topic)}
            for topic in dict.fromkeys((*tally.topics, *targets))
        ],
        "kinds": {kind: tally.kinds.get(kind, 0) for kind in KINDS},
        "levels": {str(level): tally.levels.get(level, 0) for level in (1, 2, 3)},
        "asks": dict(tally.asks),
        "reasons": tally.counted_asks,
        "numeric": {"cards": tally.numbers, "checks": tally.numbers_with_check},
        "code": {"cards": tally.programs, "tests": tally.tests, "mutants": tally.mutants},
        "choice": {"cards": tally.choices, "longest_correct": tally.longest_correct},
        "verify": tally.snippets,
        "volatile": {
            "cards": tally.volatile,
            "oldest": None if tally.oldest_check is None else tally.oldest_check.isoformat(),
            "days": None if tally.oldest_check is None else (report.today - tally.oldest_check).days,
        },
        "answers": {"cards": tally.answers, "aim": AIMED_BACK_CHARACTERS, "within_aim": tally.answers_within_aim},
    }


def _levels(tally: Tally) -> str:
    total = sum(tally.levels.values())
    if not total:
        return NOTHING
    return "/".join(f"{100 * tally.levels.get(level, 0) / total:.0f}" for level in (1, 2, 3)) + " %"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else NOTHING


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole}" if whole else NOTHING
