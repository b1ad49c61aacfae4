"""New decks and cards to begin with, and the schema that editors check them by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from prepdeck.cards.deck import Track
from prepdeck.cards.ids import is_slug
from prepdeck.deckfile.editing import card_splice
from prepdeck.deckfile.fields import Value, Word
from prepdeck.deckfile.fixing import encoded
from prepdeck.deckfile.naming import free_slug, ids_in, slug_of
from prepdeck.deckfile.nodes import Table
from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import Reading, not_a_deck, read_deck
from prepdeck.deckfile.scaffolds import SCAFFOLDS, first_deck
from prepdeck.deckfile.splicing import spliced
from prepdeck.errors import NotFound, UsageError
from prepdeck.host.bundled import bundled_folder
from prepdeck.host.files import SUFFIXES, read_bounded
from prepdeck.host.folders import make_private_folder
from prepdeck.host.writing import FileUnwritable, create_file, replace_file
from prepdeck.study.options import Options
from prepdeck.study.surroundings import look_around

SCHEMA_FILE = "deck.schema.json"
"""The schema's name, beside decks."""

KINDS = tuple(SCAFFOLDS)
"""Kinds of cards that can be begun."""

TRACKS = tuple(track.value for track in Track)
"""Tracks a deck can be given to."""


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card that was added to a file."""

    path: Path
    """The file."""
    line: int
    """The card's first line."""
    card: str
    """The card's id in its deck."""


def new_deck(name: str, options: Options, *, title: str | None = None, track: str | None = None) -> Path:
    """Make a first deck and return its file.

    Args:
        name: A path that ends in .yaml, or a name: its file lies in the learner's own decks.
        options: Where those are.
        title: What people read; made of the name when it is not given.
        track: The part of an interview it prepares for.

    Raises:
        UsageError: When no slug can be made of the name.
        FileUnwritable: When the file is there already or cannot be made.
    """
    path, slug = _deck_file(name, options)
    if not _is_path(name):
        make_private_folder(path.parent)
    elif not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", "make it first, or name another")
    written = _stem(name)
    spoken = slug[:1].upper() + slug[1:].replace("-", " ").replace("_", " ")
    shown = title or (spoken if written == slug else written)
    text = first_deck(slug, shown, track or Track.OTHER.value, _schema_for(path))
    if any(one.severity is Severity.ERROR for one in read_deck(str(path), text.encode()).problems):
        raise UsageError("that title cannot be written in a deck", "write a title of letters, digits and signs")
    create_file(path, text.encode())
    return path


def _deck_file(name: str, options: Options) -> tuple[Path, str]:
    """Return the file and the slug of a deck by its path or name.

    Raises:
        UsageError: When it is neither.
    """
    given, written = Path(name), _stem(name)
    slug = written if is_slug(written) else slug_of(written)
    # A name such as gpt-3.5 has a point in it, while notes.txt is a file of another sort.
    is_name = given.name == name and name not in {".", ".."} and not given.suffix[1:].isalpha()
    if not slug or not (_is_path(name) or is_name):
        raise UsageError(f"{name} names no deck", "write a name such as attention, or a path that ends in .yaml")
    return (given if _is_path(name) else look_around(options).folders.decks / f"{slug}.yaml"), slug


def _is_path(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def _stem(name: str) -> str:
    return Path(name).stem if _is_path(name) else name


def find_deck(name: str, options: Options) -> Path:
    """Return the file of a deck by its path, or by the name it was made under among the learner's own.

    Raises:
        UsageError: When there is none.
    """
    given = Path(name)
    if given.exists():
        return given
    stem = _stem(name)
    slug = stem if is_slug(stem) else slug_of(stem)
    own = look_around(options).folders.decks / f"{slug}.yaml"
    is_own = given.name == name and own.exists()
    if is_own and not _is_path(name):
        return own
    raise UsageError(f"no file {name}", f"is it {own}?" if is_own else "prepdeck new deck PATH makes one")


def _schema_for(path: Path) -> str | None:
    """Return where the schema lies for an editor that opens `path`."""
    if (path.parent / SCHEMA_FILE).is_file():
        return f"./{SCHEMA_FILE}"
    bundled = bundled_folder("decks") / SCHEMA_FILE
    return bundled.as_uri() if bundled.is_file() else None


def new_card(path: Path, kind: str, *, name: str | None = None, topic: str | None = None) -> NewCard:
    """Put a card of one kind, whole but for its words, behind the last card of a deck.

    Args:
        path: The deck's file.
        kind: The kind of card.
        name: Its id; made of the kind when it is not given.
        topic: Its topic; the deck's first one when it is not given.

    Raises:
        UsageError: When there is no such file, or id or topic cannot be used.
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    if not path.exists():
        raise UsageError(f"no file {path}", "prepdeck new deck PATH makes one")
    data = read_bounded(path)
    reading = read_deck(str(path), data)
    other = not_a_deck(reading)
    if other is not None or reading.root is None:
        fault = other or reading.problems[0]
        raise FileUnwritable(f"{path}:{fault.line}:{fault.column}: {fault.message}", "prepdeck lint shows more")
    fields = _fields(reading, reading.root, kind, name, topic)
    text = spliced(reading.source.text, [card_splice(reading, fields, kind)])
    after = read_deck(str(path), text.encode())
    added = _added(reading, after, str(fields["id"]))
    if added is None:
        raise FileUnwritable(f"{path}: the card finds no place in it", "prepdeck fmt may help, or add it by hand")
    replace_file(path, encoded(data, text), expected=data)
    return NewCard(path, added, str(fields["id"]))


def _fields(reading: Reading, root: Table, kind: str, name: str | None, topic: str | None) -> dict[str, Value]:
    taken = ids_in(root)
    if name is not None and not is_slug(name):
        raise UsageError(f"{name} is no id", "use 1-64 of a-z, 0-9, - and _, beginning with a letter or digit")
    if name in taken:
        raise UsageError(f"the deck has a card {name} already", "choose another id")
    topics = [one.id for one in reading.deck.topics] if reading.deck is not None else []
    if topic is not None and (not is_slug(topic) or (topics and topic not in topics)):
        known = f"topics: {', '.join(topics)}" if topics else "use a-z, 0-9, - and _"
        raise UsageError(f"the deck has no topic {topic}", known)
    chosen = topic or (topics[0] if topics else None)
    fields: dict[str, Value] = {"id": Word(name or free_slug(f"new-{kind}", taken)), "kind": Word(kind)}
    if chosen is not None:
        fields["topic"] = Word(chosen)
    return {**fields, "level": Word("2"), **SCAFFOLDS[kind]}


def _added(before: Reading, after: Reading, name: str) -> int | None:
    """Return the line of the card that was added, or None when anything else changed."""
    if len(_errors(after)) > len(_errors(before)) or after.root is None:
        return None
    if before.deck is None:
        return _line_in(after.root, name)
    if after.deck is None or after.deck.cards[:-1] != before.deck.cards:
        return None
    card = after.deck.cards[-1].id
    return after.places[card] if card.card == name else None


def _line_in(root: Table, name: str) -> int | None:
    last = getattr(root.entries.get("cards"), "items", [None])[-1]
    named = last.entries.get("id") if isinstance(last, Table) else None
    return last.line if isinstance(last, Table) and getattr(named, "text", None) == name else None


def _errors(reading: Reading) -> list[str]:
    return [one.code for one in reading.problems if one.severity is Severity.ERROR]


def schema_text() -> str:
    """Return the JSON Schema of deck files.

    Raises:
        NotFound: When this installation lacks it.
    """
    path = bundled_folder("decks") / SCHEMA_FILE
    if not path.is_file():
        raise NotFound(f"the schema {path} is missing", "install prepdeck again")
    return read_bounded(path).decode()


def write_schema(folder: Path) -> tuple[Path, bool]:
    """Put the schema into a folder of decks; return its file, and whether that was new or other than before.

    Raises:
        UsageError: When there is no such folder.
        FileUnwritable: When it cannot be written.
    """
    if not folder.is_dir():
        raise UsageError(f"no folder {folder}", "name the folder your decks are in")
    data = schema_text().encode()
    path = folder / SCHEMA_FILE
    if not path.exists():
        create_file(path, data)
        return path, True
    old = read_bounded(path)
    if old != data:
        replace_file(path, data, expected=old)
    return path, old != data
