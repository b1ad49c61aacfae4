"""What is typed into a story, kept beside the deck until it stands in it: a crash costs seconds, not a story."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from prepdeck.cards.ids import CardId
from prepdeck.errors import StoreReadOnly
from prepdeck.host.clock import wall_of
from prepdeck.host.files import FileUnreadable, read_bounded
from prepdeck.host.folders import write_private_file
from prepdeck.study.story_edits import FIELDS, Fields
from prepdeck.text.cleaning import clean

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

LARGEST: Final = 8_000_000
"""Bytes of the longest draft that is read again."""


@dataclass(frozen=True, slots=True)
class TypedBefore:
    """What was typed into a story and is not in its deck."""

    at: datetime
    """When it was kept."""
    typed: Fields
    """What stood in the fields."""
    known: Fields
    """What the deck held of them then."""

    @property
    def wall(self) -> datetime:
        """The same by the clock on the wall."""
        return wall_of(self.at)

    @property
    def changed(self) -> Fields:
        """The fields that were typed into."""
        return {name: value for name, value in self.typed.items() if value != _in(self.known, name, value)}


def keep_typed(desk: Desk, card: CardId | None, typed: Fields, known: Fields) -> None:
    """Keep what stands in the fields of a story, whole or not at all; what equals the deck need not be kept.

    Args:
        desk: Everything opened.
        card: The story; None for one that is in no deck yet.
        typed: What stands in the fields.
        known: What the deck holds of them.

    Raises:
        StoreReadOnly: When it cannot be written; what was kept before stays.
    """
    kept = TypedBefore(desk.clock.now(), typed, known)
    if not _matters(card, kept):
        drop_typed(desk, card)
        return
    page = {"schema": 1, "at": kept.at.isoformat(), "typed": dict(typed), "known": dict(known)}
    path = typed_path(desk, card)
    try:
        write_private_file(path, json.dumps(page, indent=1))
    except OSError as error:
        raise StoreReadOnly(
            f"the draft cannot be kept in {path}: {error.strerror or error}",
            "it is still on the screen; make room, or copy it elsewhere",
        ) from error


def typed_before(desk: Desk, card: CardId | None, present: Fields) -> TypedBefore | None:
    """Return what was typed into a story and never reached its deck, or None.

    Args:
        desk: Everything opened.
        card: The story; None for one that was in no deck yet.
        present: What the deck holds of it now.
    """
    path = typed_path(desk, card)
    try:
        kept = _read(json.loads(read_bounded(path, LARGEST).decode("utf-8")))
    except FileUnreadable:
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        # Not ours any more; it must be in nobody's way, and not be lost either.
        with suppress(OSError):
            path.replace(path.with_suffix(".damaged"))
        return None
    if not _matters(card, kept) or all(value == _in(present, name, value) for name, value in kept.changed.items()):
        drop_typed(desk, card)
        return None
    return kept


def drop_typed(desk: Desk, card: CardId | None) -> None:
    """Throw away what was typed, because it stands in the deck; a file that cannot be deleted stays."""
    with suppress(OSError):
        typed_path(desk, card).unlink(missing_ok=True)


def typed_path(desk: Desk, card: CardId | None) -> Path:
    """Return the file of a draft; it need not exist."""
    name = f"{card.deck}.{card.card}" if card is not None else "+new"
    return desk.folders.state / "story-drafts" / f"{name}.json"


def _matters(card: CardId | None, kept: TypedBefore) -> bool:
    """Tell whether anything would be lost; ticks alone make no story."""
    return any(card is not None or (name != "competencies" and value) for name, value in kept.changed.items())


def _in(fields: Fields, name: str, like: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return fields.get(name, "" if isinstance(like, str) else ())


def _read(page: Mapping[str, Any]) -> TypedBefore:
    return TypedBefore(datetime.fromisoformat(page["at"]), _fields(page["typed"]), _fields(page["known"]))


def _fields(found: Mapping[str, Any]) -> Fields:
    return {
        name: tuple(str(each) for each in value) if isinstance(value, list) else clean(str(value))
        for name, value in found.items()
        if name in FIELDS
    }
