"""Phases, skills and steps of a roadmap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from prepdeck.cards.roadmap import Check, Deliverable, Milestone, Mode, RoadPhase, Skill, Step, Tracker
from prepdeck.deckfile.entries import check_known, check_new, entries_of, table_of, tables_of, texts_in, title_of
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.header import SKILLS
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table
from prepdeck.deckfile.scalars import list_of, one_of, one_of_enum, read_boolean, read_slug, whole_between
from prepdeck.deckfile.schema import Schema
from prepdeck.deckfile.spans import read_months
from prepdeck.deckfile.texts import read_text, read_texts
from prepdeck.text.counts import counted

MOST_PHASES = 8
"""Most phases of a road: decks name them by the numbers 1 to 8."""

FEWEST_CHOICES = 2
"""Fewest decks to choose one from."""

read_decks = list_of(read_slug, "[python, sql]")
"""Reads slugs of decks."""


def _make_check(values: dict[str, Any]) -> Check:
    return Check(**values)


_read_checks = entries_of(
    Schema(
        owner="a check",
        readers={"id": read_slug, "text": read_text},
        required=("id", "text"),
        renamed={"title": "text", "name": "text"},
        examples={"id": "`id: resume-one-page`", "text": "`text: what is to be so`"},
    ),
    _make_check,
    ids_count=False,
)
_read_numbers = list_of(whole_between(1, MOST_PHASES), "[1, 2]")

_DELIVERABLE = Schema(
    owner="a deliverable",
    readers={"id": read_slug, "text": read_text, "count": whole_between(1, 99), "checks": _read_checks},
    required=("id", "text"),
    renamed={"title": "text", "name": "text"},
    examples={"id": "`id: capstone`", "text": "`text: what others can look at`"},
)
_MILESTONE = Schema(
    owner="a milestone",
    readers={"id": read_slug, "text": read_text},
    required=("id", "text"),
    renamed={"title": "text", "name": "text"},
    examples={"id": "`id: capstone`", "text": "`text: what others can look at`"},
)


def _make_deliverable(values: dict[str, Any]) -> Deliverable:
    return Deliverable(**values)


def _make_milestone(values: dict[str, Any]) -> Milestone:
    return Milestone(**values)


def _check_phase(notes: Findings, table: Table, _values: dict[str, Any]) -> None:
    """Report a choice between fewer than two decks, or between decks of other phases."""
    choice = table.entries.get("choose_one")
    decks = {scalar.text: None for scalar in texts_in(table.entries.get("decks"))}
    check_known(notes, choice, decks, "a deck of this phase", "add it to decks too")
    if isinstance(choice, Listing) and len(choice.items) < FEWEST_CHOICES:
        fault = Fault("E086", "there is nothing to choose from", "fewer than two", help="name two decks or more")
        notes.report(choice, fault)


def _make_phase(values: dict[str, Any]) -> RoadPhase:
    values.setdefault("title", title_of(values["id"]))
    values.setdefault("number", 1)
    return RoadPhase(**values)


_PHASE = Schema(
    owner="a phase",
    readers={
        "id": read_slug,
        "title": read_text,
        "months": read_months,
        "mode": one_of_enum(Mode),
        "intensive": read_boolean,
        "goals": read_texts,
        "tools": read_texts,
        "resources": read_texts,
        "deliverables": entries_of(_DELIVERABLE, _make_deliverable, ids_count=False),
        "milestone": table_of(_MILESTONE, _make_milestone, "{id: its-id, text: what others can look at}"),
        "gate": read_text,
        "decks": read_decks,
        "choose_one": read_decks,
        "after": list_of(read_slug, "[foundations]"),
    },
    required=("id", "months"),
    renamed={
        "name": "title",
        "duration": "months",
        "goal": "goals",
        "tool": "tools",
        "deck": "decks",
        "deliverable": "deliverables",
        "milestones": "milestone",
        "choose": "choose_one",
        "choose-one": "choose_one",
        "needs": "after",
        "requires": "after",
    },
    examples={"id": "`id: foundations`", "months": "`months: {from: 1, to: 2}`"},
    hints={"number": "phases are numbered in the order they are written: delete the line"},
)

_read_entries = entries_of(_PHASE, _make_phase, _check_phase)


def read_phases(notes: Findings, name: str, node: Node) -> tuple[RoadPhase, ...] | None:
    """Return the phases, numbered in the order they are written."""
    if isinstance(node, Listing) and len(node.items) > MOST_PHASES:
        message = f"{counted(len(node.items), 'phase')}; decks name the phases 1 to {MOST_PHASES}"
        help_text = "put two phases together"
        notes.report(node.items[MOST_PHASES], Fault("E090", message, "one too many", help=help_text))
        return None
    phases: tuple[RoadPhase, ...] | None = _read_entries(notes, name, node)
    if phases is None:
        return None
    return tuple(replace(phase, number=number) for number, phase in enumerate(phases, 1))


def _make_skill(values: dict[str, Any]) -> Skill:
    values.setdefault("title", title_of(values["id"]))
    return Skill(**values)


read_skills = entries_of(
    Schema(
        owner="a skill",
        readers={"id": one_of(SKILLS), "title": read_text, "text": read_text, "phases": _read_numbers},
        required=("id",),
        renamed={"name": "title", "phase": "phases"},
    ),
    _make_skill,
)
"""Reads the skills."""


def _make_step(values: dict[str, Any]) -> Step:
    values.setdefault("title", title_of(values["id"]))
    return Step(**values)


read_steps = entries_of(
    Schema(
        owner="a step",
        readers={
            "id": read_slug,
            "title": read_text,
            "tracker": one_of_enum(Tracker),
            "decks": read_decks,
            "items": read_texts,
            "checks": _read_checks,
            "optional": read_boolean,
        },
        required=("id", "tracker"),
        renamed={"name": "title", "deck": "decks", "item": "items", "entry_roles": "items", "pieces": "items"},
        examples={"id": "`id: portfolio`", "tracker": "`tracker: checklist`"},
    ),
    _make_step,
    ids_count=False,
)
"""Reads the steps."""


def check_done_ids(notes: Findings, root: Table) -> None:
    """Report a deliverable, milestone, gate, check or step with the id of another one, or of a phase.

    By its id it is marked as done and reopened, as a phase is begun and taken back.
    """
    ids: dict[str, int] = {}
    phases = tables_of(root.entries.get("roadmap"))
    for phase in phases:
        for slug in texts_in(phase.entries.get("id")):
            ids.setdefault(slug.text, notes.place_of(slug.start)[0])
    for phase in phases:
        scalar, gate = phase.entries.get("id"), phase.entries.get("gate")
        if isinstance(scalar, Scalar) and gate is not None:
            check_new(notes, ids, f"{scalar.text}-gate", gate, "something to do")
    for owner, table in _things_to_do(root):
        scalar = table.entries.get("id")
        if isinstance(scalar, Scalar):
            check_new(notes, ids, scalar.text, scalar, owner)


def check_phases(notes: Findings, root: Table) -> None:
    """Report what phases name that is not there, phases that wait for each other, and skills of no phase."""
    tables = [table for table in tables_of(root.entries.get("roadmap")) if isinstance(table.entries.get("id"), Scalar)]
    nodes = {_slug_in(table): table for table in tables}
    known = dict.fromkeys(nodes)
    for table in tables:
        check_known(notes, table.entries.get("after"), known, "a phase of this road", "write the id of a phase")
    waits = {slug: [each.text for each in texts_in(table.entries.get("after"))] for slug, table in nodes.items()}
    before: str | None = None
    for slug, table in nodes.items():
        mode = table.entries.get("mode")
        if isinstance(mode, Scalar) and mode.text == Mode.CONCURRENT.value:
            continue
        if "after" not in table.entries and before is not None:
            waits[slug] = [before]
        before = slug
    for circle in _circles(waits):
        place = next((nodes[slug].entries["after"] for slug in circle if "after" in nodes[slug].entries), None)
        if place is not None:
            message = f"phases wait for each other: {' after '.join((*circle, circle[0]))}"
            notes.report(place, Fault("E099", message, "a circle", help="take one of these names out of its `after`"))
    for skill in tables_of(root.entries.get("skills")):
        for scalar in texts_in(skill.entries.get("phases")):
            if scalar.text.isascii() and scalar.text.isdigit() and len(tables) < int(scalar.text) <= MOST_PHASES:
                message = f"there is no phase {scalar.text}; the road has {counted(len(tables), 'phase')}"
                notes.report(scalar, Fault("E091", message, "not a phase", help="write the number of a phase"))


def _slug_in(table: Table) -> str:
    scalar = table.entries["id"]
    return scalar.text if isinstance(scalar, Scalar) else ""


def _circles(waits: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle once, as the way from one of its phases to the ones it waits for."""
    done: set[str] = set()
    for slug in waits:
        way: list[str] = []
        yield from _walk(slug, waits, way, done)


def _walk(slug: str, waits: Mapping[str, Sequence[str]], way: list[str], done: set[str]) -> Iterator[tuple[str, ...]]:
    if slug in way:
        yield tuple(way[way.index(slug) :])
    elif slug not in done:
        way.append(slug)
        for each in waits.get(slug, ()):
            yield from _walk(each, waits, way, done)
        way.pop()
        done.add(slug)


def _things_to_do(root: Table) -> Iterator[tuple[str, Table]]:
    for phase in tables_of(root.entries.get("roadmap")):
        for table in tables_of(phase.entries.get("deliverables")):
            yield "something to do", table
            yield from _checks_of(table)
        milestone = phase.entries.get("milestone")
        if isinstance(milestone, Table):
            yield "something to do", milestone
    for table in tables_of(root.entries.get("steps")):
        yield "something to do", table
        yield from _checks_of(table)


def _checks_of(table: Table) -> Iterator[tuple[str, Table]]:
    for check in tables_of(table.entries.get("checks")):
        yield "something to do", check


def decks_named(root: Table) -> Iterator[Scalar]:
    """Yield every deck that phases and steps name."""
    for list_name in ("roadmap", "steps"):
        for table in tables_of(root.entries.get(list_name)):
            yield from texts_in(table.entries.get("decks"))
