"""Stories written into the learner's own deck file: each edit is a splice, read again before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from prepdeck.cards.ids import CardId, is_slug
from prepdeck.cards.spoken import Story
from prepdeck.deckfile.editing import card_splice, remove_field, set_field
from prepdeck.deckfile.fields import Value, Word
from prepdeck.deckfile.fixing import encoded
from prepdeck.deckfile.naming import free_slug, ids_in, slug_of
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.scaffolds import SCAFFOLDS
from prepdeck.deckfile.splicing import Splice, spliced
from prepdeck.deckfile.texts import MAX_CHARACTERS, MAX_LINES, is_too_long
from prepdeck.errors import UsageError
from prepdeck.host.files import read_bounded
from prepdeck.host.folders import make_private_folder
from prepdeck.host.writing import FileChanged, FileUnwritable, create_file, replace_file
from prepdeck.study.story_files import differs_only, read_stories, story_in
from prepdeck.text.cleaning import clean, clean_line

PARTS: Final = ("situation", "task", "action", "result", "reflection")
"""The five parts of a story, in the order they are told."""
FIELDS: Final = ("title", *PARTS, "metric", "competencies")
"""Everything of a story that can be changed."""
Fields = Mapping[str, str | tuple[str, ...]]
"""Fields of a story by name; texts, and competencies as slugs."""
OPTIONAL: Final = ("reflection", "metric")
"""Fields that are left out when nothing is in them."""

_FIRST: Final = """\
# Your own stories, 8 to 12 of them: each is told in two or three minutes, and shows several competencies.
# `prepdeck stories` and the stories screen write here; your comments and everything else stay as they are.
# A part that begins with TODO is still to be written. `prepdeck lint` checks the file after an edit by hand.
deck: stories
title: My stories
track: star
cards: []
"""


def unwritten(name: str) -> str:
    """Return what stands in the file for a required field that nobody wrote yet."""
    found = SCAFFOLDS["story"].get(name, "")
    return found if isinstance(found, str) else ""


def written(name: str, text: str | None) -> str:
    """Return what somebody wrote into a field: nothing while the placeholder stands there."""
    return "" if text is None or text == unwritten(name) else text


def fields_in(story: Story) -> dict[str, str | tuple[str, ...]]:
    """Return everything of a story that can be changed, as it was written."""
    texts = {name: written(name, getattr(story, name)) for name in FIELDS[:-1]}
    return {**texts, "competencies": story.competencies}


def tidied(name: str, text: str) -> str:
    """Return a text as a deck keeps it: cleaned, without blank ends.

    Raises:
        UsageError: When it is longer than a deck takes.
    """
    kept = clean(text).strip("\n")
    kept = "" if kept.isspace() else kept
    if name in {"title", "metric"}:
        kept = clean_line(kept).strip()
    if is_too_long(kept):
        size = f"{len(kept):,} characters in {kept.count(chr(10)) + 1:,} lines"
        raise UsageError(
            f"the {name} holds {size}; a text has at most {MAX_CHARACTERS:,} characters and {MAX_LINES} lines",
            "shorten it; a story is told in two or three minutes",
        )
    return kept


def slugs_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return competencies as slugs, each once.

    Raises:
        UsageError: When one is no slug.
    """
    slugs = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
    for slug in slugs:
        if not is_slug(slug):
            raise UsageError(f"{slug[:60]!r} is no competency", "use a-z, 0-9, - and _, such as prioritisation")
    return slugs


def add_to(path: Path, fields: Fields, is_known: Callable[[CardId], bool] = lambda _: False) -> CardId:
    """Put a story at the end of a deck file, which is made if it is not there; return its name.

    Args:
        path: The deck's file.
        fields: What the story holds.
        is_known: Whether a name belongs to the history of a story that is gone; a new one must not inherit that.

    Raises:
        UsageError: When a field cannot be written.
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    values: dict[str, Value] = {}
    for name in FIELDS[:-1]:
        given = fields.get(name, "")
        text = tidied(name, given if isinstance(given, str) else "") or ("" if name in OPTIONAL else unwritten(name))
        if text:
            values[name] = text
    slugs = slugs_of(fields.get("competencies", ()))
    if not slugs:
        raise UsageError("which competencies does the story show?", "name at least one, such as prioritisation")
    if not path.exists():
        make_private_folder(path.parent)
        create_file(path, _FIRST.encode())
    data = read_bounded(path)
    reading = read_stories(path, data)
    assert reading.root is not None  # noqa: S101 - read_stories raises otherwise
    assert reading.deck is not None  # noqa: S101 - read_stories raises otherwise
    taken = ids_in(reading.root)
    while True:
        slug = free_slug(slug_of(str(fields.get("title", ""))) or "story", taken)
        story = CardId(reading.deck.id, slug)
        if not is_known(story):
            break
        taken.add(slug)
    entry: dict[str, Value] = {"id": Word(slug), "kind": Word("story"), **values}
    entry["competencies"] = [Word(one) for one in slugs]
    text = spliced(reading.source.text, [card_splice(reading, entry, "story")])
    after = read_deck(str(path), text.encode())
    if not differs_only(reading, after, story) or story not in after.tables:
        raise FileUnwritable(f"{path}: the story finds no place in it", "prepdeck lint may show why")
    replace_file(path, encoded(data, text), expected=data)
    return story


def change_in(
    path: Path,
    card: CardId,
    fields: Fields,
    known: Fields | None = None,
) -> tuple[str, ...]:
    """Give fields of a story other values; return the names of those that changed.

    Args:
        path: The deck's file.
        card: The story.
        fields: The new values; an empty text takes it away.
        known: What the fields held when they were read; a field that holds something else by now is left alone.

    Raises:
        FileChanged: When another program changed one of the fields since; nothing is written.
        UsageError: When a field cannot be written.
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    data = read_bounded(path)
    before = read_stories(path, data)
    present = fields_in(story_in(before, card, path))
    wanted = {
        name: tidied(name, value) if isinstance(value, str) else slugs_of(value) for name, value in fields.items()
    }
    if not wanted.get("competencies", ("one",)):
        raise UsageError("a story shows at least one competency", "name one, such as prioritisation")
    changing = {name: value for name, value in wanted.items() if value != present[name]}
    for name in changing:
        if known is not None and name in known and known[name] != present[name]:
            raise FileChanged(
                f"the {name} of {card} was changed by another program meanwhile; the file is left as it is",
                "save once more to put yours in its place",
            )
    reading, text = before, before.source.text
    for name, value in changing.items():
        text = spliced(text, _field_splices(reading, card, name, value))
        reading = read_deck(str(path), text.encode())
        if card not in reading.tables:
            break
    if not changing:
        return ()
    if not differs_only(before, reading, card) or card not in reading.tables:
        raise FileUnwritable(f"{path}: the edit does not fit into it", "prepdeck fmt may help, or edit it by hand")
    now = fields_in(story_in(reading, card, path))
    if any(now[name] != (wanted[name] if name in wanted else present[name]) for name in FIELDS):
        raise FileUnwritable(f"{path}: the edit does not read back as it was written", "edit it by hand")
    replace_file(path, encoded(data, text), expected=data)
    return tuple(changing)


def _field_splices(reading: Reading, card: CardId, name: str, value: str | tuple[str, ...]) -> tuple[Splice, ...]:
    if isinstance(value, tuple):
        return set_field(reading, card, name, [Word(slug) for slug in value])
    if value or name not in OPTIONAL:
        return set_field(reading, card, name, value or unwritten(name))
    return remove_field(reading, card, name) if name in reading.tables[card].entries else ()
