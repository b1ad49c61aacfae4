"""Files of a roadmap."""

from __future__ import annotations

from collections.abc import Iterator

from prepdeck.cards.roadmap import Roadmap
from prepdeck.deckfile.entries import check_known
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Table
from prepdeck.deckfile.path import read_features, read_path, read_targets, read_tools
from prepdeck.deckfile.pay import read_pay
from prepdeck.deckfile.road_phases import (
    check_done_ids,
    check_phases,
    decks_named,
    read_phases,
    read_skills,
    read_steps,
)
from prepdeck.deckfile.scalars import whole_between
from prepdeck.deckfile.schema import Schema, read_fields
from prepdeck.deckfile.spans import read_share

_FILE = Schema(
    owner="a roadmap",
    readers={
        "roadmap": read_phases,
        "skills": read_skills,
        "steps": read_steps,
        "pay": read_pay,
        "tools": read_tools,
        "features": read_features,
        "path": read_path,
        "targets": read_targets,
        "release_floor": read_share,
        "hours_a_week": whole_between(1, 112),
    },
    required=("roadmap",),
    renamed={"phases": "roadmap", "salary_reference": "pay", "path_rows": "path", "target": "targets"},
    hints={
        "formats": "put formats into a file of their own",
        "rubrics": "put rubrics into a file of their own",
        "cards": "put cards into a deck, a file that begins with `deck: its-name`",
    },
)


def read_roadmap(notes: Findings, root: Table) -> Roadmap | None:
    """Return the roadmap of a file, or None when anything in it is wrong: half a road would mislead."""
    before = notes.error_count
    values = read_fields(notes, root, _FILE)
    check_done_ids(notes, root)
    check_phases(notes, root)
    targets = root.entries.get("targets")
    if isinstance(targets, Table):
        for node in decks_of_road(root):
            check_known(notes, node, targets.entries, "a deck of targets", "add it to targets, or write one of them")
    features = root.entries.get("features")
    known = features.entries if isinstance(features, Table) else {}
    for row in _rows(root, "path"):
        if isinstance(row, Table):
            check_known(notes, row.entries.get("features"), known, "a feature", "add it to features")
    if notes.error_count > before or notes.is_marred(root):
        return None
    return Roadmap(phases=values.pop("roadmap"), **values)


def decks_of_road(root: Table) -> Iterator[Node]:
    """Yield every place of a roadmap that names decks."""
    yield from decks_named(root)
    yield from _rows(root, "tools")
    for row in _rows(root, "path"):
        if isinstance(row, Table) and "decks" in row.entries:
            yield row.entries["decks"]


def _rows(root: Table, name: str) -> Iterator[Node]:
    table = root.entries.get(name)
    if isinstance(table, Table):
        yield from table.entries.values()
