"""Fields of a deck itself."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.deck import Topic, Track
from prepdeck.cards.ids import is_slug
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table
from prepdeck.deckfile.scalars import list_of, one_of, one_of_enum, read_boolean, read_slug, refuse_slug, whole_between
from prepdeck.deckfile.schema import Reader, Schema, read_fields, report_shape, report_strict
from prepdeck.deckfile.texts import read_tags, read_text

SKILLS = (
    "programming",
    "maths-statistics",
    "ml-algorithms",
    "system-design-engineering",
    "ml-operations",
    "computer-science",
    "data-modelling-evaluation",
    "communication",
    "continuous-learning",
    "problem-solving",
)
"""The ten skills of the roadmap."""

STRICT_FIELDS = ("title", "track", "topics")
"""Fields that `--strict` asks for."""

OTHER_FILES = {"formats": "mock formats", "rubrics": "rubrics", "roadmap": "a roadmap"}
"""Files that lie beside decks, by the field that tells them apart."""


def read_topics(notes: Findings, name: str, node: Node) -> tuple[Topic, ...] | None:
    """Return the topics of a deck in learning order."""
    if not isinstance(node, Table):
        report_shape(
            notes, name, node, "a table", "write one line `slug: Title` for each topic, indented by two spaces"
        )
        return None
    topics = []
    for slug, value in node.entries.items():
        if not is_slug(slug):
            refuse_slug(notes, "a topic", node.key(slug), slug)
        title = read_text(notes, f"the title of topic {slug}" if is_slug(slug) else "a topic's title", value)
        topics.append(Topic(slug, title or slug))
    return tuple(topics)


def read_cards(notes: Findings, name: str, node: Node) -> Listing | None:
    """Return the list of cards, unread."""
    if isinstance(node, Listing):
        return node
    if isinstance(node, Scalar) and not node.text:
        fault = Fault(
            "E025", "cards is empty", "no cards", help="write one `- id: ...` entry for each card, or `cards: []`"
        )
        notes.report(node, fault)
        return None
    report_shape(notes, name, node, "a list", "begin each card with `- id: ...`")
    return None


def _or_default(reader: Reader) -> Reader:
    """Return a reader that gives a value only when nothing in it was wrong, so that the default steps in."""

    def read_whole_field(notes: Findings, name: str, node: Node) -> Any:
        before = notes.error_count
        value = reader(notes, name, node)
        return None if notes.error_count > before or notes.is_marred(node) else value

    return read_whole_field


SCHEMA = Schema(
    owner="a deck",
    readers={
        "deck": _or_default(read_slug),
        "title": _or_default(read_text),
        "track": _or_default(one_of_enum(Track)),
        "description": _or_default(read_text),
        "phases": _or_default(list_of(whole_between(1, 8), "[1, 2]")),
        "skills": _or_default(list_of(one_of(SKILLS), "[maths-statistics]")),
        "optional": _or_default(read_boolean),
        "tags": _or_default(read_tags),
        "author": _or_default(read_text),
        "license": _or_default(read_text),
        "version": _or_default(read_text),
        "topics": _or_default(read_topics),
        "cards": read_cards,
    },
    required=("deck", "cards"),
    renamed={
        "id": "deck",
        "name": "deck",
        "topic": "topics",
        "licence": "license",
        "phase": "phases",
        "skill": "skills",
    },
    hints={
        **dict.fromkeys(
            ("front", "back", "text", "kind", "options", "answer", "level", "hints", "points", "refs", "ask", "why"),
            "this is a field of a card: put it below `cards:`, after `- id: ...`",
        ),
        **{name: f"keep {words} in a file without deck and cards" for name, words in OTHER_FILES.items()},
    },
)
"""The fields of a deck."""


def read_header(notes: Findings, table: Table, *, strict: bool) -> dict[str, Any]:
    """Return the fields of a deck that hold no problem; the others are left to their defaults."""
    values = read_fields(notes, table, SCHEMA)
    for name in table.repeated:
        values.pop(name, None)
    if strict:
        for name in STRICT_FIELDS:
            report_strict(notes, table, name, "a deck")
    return values
