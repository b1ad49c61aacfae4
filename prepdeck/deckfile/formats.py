"""Files of mock formats: what each interview is drawn from."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.blueprint import Blueprint, Draw, Formats, Phase
from prepdeck.deckfile.entries import entries_of, entries_of_either, first_of_each_id, is_complete, table_of, title_of
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.loops import LOOP, MOST_MINUTES, check_loop, make_loop
from prepdeck.deckfile.nodes import Node, Table
from prepdeck.deckfile.phase_questions import SORTS, check_questions
from prepdeck.deckfile.scalars import list_of, one_of, read_boolean, read_slug, whole_between
from prepdeck.deckfile.schema import Schema, read_fields
from prepdeck.deckfile.star_timing import read_star_timing
from prepdeck.deckfile.texts import read_text
from prepdeck.text.counts import counted

MOST_QUESTIONS = 50
"""Most questions of one sort, and most repeats of a phase."""

_COUNT = whole_between(1, MOST_QUESTIONS)

_SLUGS = list_of(read_slug, "[first, second]")

_DRAW = Schema(
    owner="a draw",
    readers={
        **dict.fromkeys(SORTS, _COUNT),
        "levels": list_of(whole_between(1, 3), "[1, 2]"),
        "families": _SLUGS,
        "topics": _SLUGS,
        "distinct_competencies": read_boolean,
    },
    renamed={
        "level": "levels",
        "family": "families",
        "topic": "topics",
        "ml-coding": "ml_coding",
        "own-project": "own_project",
        "problems": "code",
        "stories": "star",
        "competencies": "topics",
    },
)

_PHASE = Schema(
    owner="a phase",
    readers={
        "id": read_slug,
        "title": read_text,
        "minutes": whole_between(1, MOST_MINUTES),
        "repeat": _COUNT,
        "asks": one_of(SORTS),
    },
    required=("id", "minutes"),
    renamed={
        "name": "title",
        "min": "minutes",
        "repeats": "repeat",
        "times": "repeat",
        "ask": "asks",
        "draw": "asks",
        "sort": "asks",
    },
    examples={"id": "`id: clarify`", "minutes": "`minutes: 5`"},
)


def _check_draw(notes: Findings, table: Table, _values: dict[str, Any]) -> None:
    if not any(name in table.entries for name in SORTS):
        if not table.entries.keys() <= _DRAW.readers.keys():
            return  # the unknown field was reported, and is the likely question
        help_text = "say how many questions of which sort, such as {code: 1} or {rapid: 12, depth: 2}"
        notes.report(table, Fault("E085", "the draw asks no question", "no question", SORTS, help_text))
        return
    for name, needed in (("families", "design"), ("distinct_competencies", "star")):
        if name in table.entries and needed not in table.entries:
            message = f"{name} picks among {needed} cards, and the draw asks none"
            help_text = f"add `{needed}: 1`, or delete the line"
            notes.report(table.key(name), Fault("E085", message, "nothing to pick from", help=help_text))


def _make_draw(values: dict[str, Any]) -> Draw:
    return Draw(**values)


def _make_phase(values: dict[str, Any]) -> Phase:
    values.setdefault("title", title_of(values["id"]))
    return Phase(**values)


def _check_format(notes: Findings, table: Table, values: dict[str, Any]) -> None:
    """Report phases that do not add up, unless one of them could not be read."""
    if "minutes" not in values or not is_complete(values, table, "phases"):
        return
    total = sum(phase.minutes for phase in values["phases"])
    if total != values["minutes"]:
        message = f"the format lasts {counted(values['minutes'], 'minute')}, but its phases add up to {total}"
        help_text = f"write `minutes: {total}`, or change the phases"
        notes.report(table.entries["minutes"], Fault("E080", message, f"not {total}", help=help_text))
    if "draw" in values:
        check_questions(notes, table, values["draw"], values["phases"])


_FORMAT = Schema(
    owner="a format",
    readers={
        "id": read_slug,
        "title": read_text,
        "minutes": whole_between(1, MOST_MINUTES),
        "rubric": read_slug,
        "draw": table_of(_DRAW, _make_draw, "what to ask, such as `draw: {code: 1}`", _check_draw),
        "phases": entries_of(_PHASE, _make_phase),
    },
    required=("id", "minutes", "draw", "phases"),
    renamed={"name": "title", "min": "minutes", "rubrics": "rubric", "phase": "phases", "draws": "draw"},
    examples={
        "id": "`id: coding-45`",
        "minutes": "`minutes: 45`",
        "draw": "`draw: {code: 1}`",
        "phases": "`phases:` and one `- {id: clarify, minutes: 5}` line for each phase below it",
    },
)


def _schema_of(table: Table) -> Schema:
    return LOOP if "rounds" in table.entries else _FORMAT


def _make(values: dict[str, Any]) -> Blueprint:
    if "rounds" in values:
        return make_loop(values)
    values.setdefault("title", title_of(values["id"]))
    return Blueprint(**values)


_read_entries = entries_of_either(_schema_of, _make, _check_format)


def _read_formats(notes: Findings, name: str, node: Node) -> tuple[Blueprint, ...] | None:
    """Return the good formats; loops come last in being judged, since their formats may stand below them."""
    blueprints: tuple[Blueprint, ...] | None = _read_entries(notes, name, node)
    if blueprints is None:
        return None
    known = {blueprint.id: blueprint for blueprint in blueprints}
    tables = first_of_each_id(node)
    faulty = set()
    for loop in blueprints:
        # A loop of formats that stand in other files is judged together with them, in `references`.
        if loop.is_loop and all(slug in known for slug in loop.formats):
            before = notes.error_count
            check_loop(notes, tables[loop.id], loop, known)
            if notes.error_count > before:
                faulty.add(loop.id)
    return tuple(blueprint for blueprint in blueprints if blueprint.id not in faulty)


_FILE = Schema(
    owner="a file of formats",
    readers={"formats": _read_formats, "star_timing": read_star_timing},
    required=("formats",),
    hints={
        "rubrics": "put rubrics into a file of their own",
        "roadmap": "put the roadmap into a file of its own",
        "cards": "put cards into a deck, a file that begins with `deck: its-name`",
    },
)


def read_formats(notes: Findings, root: Table) -> Formats:
    """Return the good formats of a file."""
    values = read_fields(notes, root, _FILE)
    return Formats(values.get("formats", ()), values.get("star_timing"))
