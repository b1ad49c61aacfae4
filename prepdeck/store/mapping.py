"""The only translator between rows and values of the two logs; `prepdeck.store.mock_mapping` is that of mocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from hashlib import blake2b
from typing import Any, Final, TypeAlias

from sqlalchemy import RowMapping

from prepdeck.cards.ids import CardId
from prepdeck.host.clock import to_milliseconds
from prepdeck.scheduling.handling import Handling
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory, Unseen
from prepdeck.scheduling.review import Review, ReviewKind
from prepdeck.store.schema import MEMORY_FIELDS
from prepdeck.store.tables import actions, mock_events, mock_sheets, mocks, reviews

Row: TypeAlias = RowMapping | dict[str, Any]
"""The columns of one row by name."""


class ActionKind(Enum):
    """What an entry of the action log does."""

    UNDO = "undo"
    """Takes back the entry it names as target."""
    REVISION = "revision"
    """A deck says that the meaning of a card changed."""
    RENAME = "rename"
    """A deck says that a card carries on the history of an older name."""
    RESET = "reset"
    """The learner begins a card anew."""
    SET_DUE = "set-due"
    """The learner chose the day a card is asked again."""
    POSTPONE = "postpone"
    """The learner put a card off."""
    SPREAD = "spread"
    """Late cards were spread over days."""
    PULL = "mock-pull"
    """A mock asks for a card today."""
    SUSPEND = "suspend"
    """The learner does not want to be asked a card."""
    UNSUSPEND = "unsuspend"
    """The learner wants to be asked it again."""
    BURY = "bury"
    """The learner does not want to be asked a card on that study day."""
    FLAG = "flag"
    """The learner marked a card to come back to it."""
    UNFLAG = "unflag"
    """The learner took that mark away."""
    NOTE = "note"
    """The learner wrote something down beside a card."""
    INTERVIEW = "interview"
    """An interview date was added, changed, removed or is over."""
    ROUND = "interview-round"
    """A round of a real interview was written down."""
    ROAD = "road"
    """Something was done on the road: a phase begun, an item done, an entry of a list kept."""
    CHOICE = "road-choice"
    """One deck of a phase that asks for a choice was chosen."""


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of the action log."""

    id: str
    """UUIDv7."""
    at: datetime
    """The moment, with the local offset of then."""
    study_day: date
    """The day it counts on."""
    kind: ActionKind
    """What it does."""
    card: CardId | None
    """The card it is about, if one."""
    target: str | None
    """The entry it takes back, for an undo."""
    step: str
    """The undo step it belongs to: entries of one user action share it."""
    details: str = ""
    """The old name for a rename, the number for a revision, a day, a note, or JSON for interviews and the road."""
    voided: bool = False
    """Whether a later undo took it back."""


def memory_to_row(memory: Memory, prefix: str = "") -> dict[str, Any]:
    """Return the columns of a memory; all None for an unseen card."""
    match memory:
        case Unseen():
            return dict.fromkeys(f"{prefix}{name}" for name in MEMORY_FIELDS)
        case Learned():
            values = (
                memory.repetition,
                memory.easiness,
                memory.interval,
                memory.due.isoformat(),
                memory.last.isoformat(),
                int(memory.drilling),
                memory.lapses,
            )
            return {f"{prefix}{name}": value for name, value in zip(MEMORY_FIELDS, values, strict=True)}


def memory_from_row(row: Row, prefix: str = "") -> Memory:
    """Return the memory in a row's columns."""
    if row[f"{prefix}due"] is None:
        return UNSEEN
    return Learned(
        repetition=row[f"{prefix}repetition"],
        easiness=row[f"{prefix}easiness"],
        interval=row[f"{prefix}interval"],
        due=date.fromisoformat(row[f"{prefix}due"]),
        last=date.fromisoformat(row[f"{prefix}last"]),
        drilling=bool(row[f"{prefix}drilling"]),
        lapses=row[f"{prefix}lapses"],
    )


def handling_to_row(handling: Handling) -> dict[str, Any]:
    """Return the columns of a handling."""
    return {
        "suspended": int(handling.suspended),
        "buried_on": None if handling.buried_on is None else handling.buried_on.isoformat(),
        "flagged": int(handling.flagged),
        "note": handling.note,
    }


def handling_from_row(row: Row) -> Handling:
    """Return the handling in a row's columns."""
    return Handling(
        suspended=bool(row["suspended"]),
        buried_on=None if row["buried_on"] is None else date.fromisoformat(row["buried_on"]),
        flagged=bool(row["flagged"]),
        note=row["note"],
    )


def moment_from(at_ms: int, offset_minutes: int) -> datetime:
    """Return the aware moment, with the offset it was recorded with."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms)
    return moment.astimezone(timezone(timedelta(minutes=offset_minutes)))


def _moment_columns(moment: datetime) -> dict[str, int]:
    offset = moment.utcoffset() or timedelta(0)
    return {"at_ms": to_milliseconds(moment), "offset_minutes": round(offset.total_seconds() / 60)}


def review_to_row(review: Review) -> dict[str, Any]:
    """Return the row of a review, its checksum included."""
    row: dict[str, Any] = {
        "id": review.id,
        "deck": review.card.deck,
        "card": review.card.card,
        **_moment_columns(review.at),
        "study_day": review.study_day.isoformat(),
        "quality": review.quality,
        "elapsed_ms": None if review.elapsed_seconds is None else round(review.elapsed_seconds * 1000),
        "kind": review.kind.value,
        "wording": review.wording,
        **memory_to_row(review.before, "before_"),
        **memory_to_row(review.after, "after_"),
    }
    return {**row, "checksum": checksum_of(row, REVIEW_COLUMNS)}


def review_from_row(row: Row, *, voided: bool) -> Review:
    """Return the review in a row."""
    return Review(
        id=row["id"],
        card=CardId(row["deck"], row["card"]),
        at=moment_from(row["at_ms"], row["offset_minutes"]),
        study_day=date.fromisoformat(row["study_day"]),
        quality=row["quality"],
        elapsed_seconds=None if row["elapsed_ms"] is None else row["elapsed_ms"] / 1000,
        kind=ReviewKind(row["kind"]),
        wording=row["wording"],
        before=memory_from_row(row, "before_"),
        after=memory_from_row(row, "after_"),
        voided=voided,
    )


def action_to_row(action: Action) -> dict[str, Any]:
    """Return the row of an action, its checksum included."""
    row: dict[str, Any] = {
        "id": action.id,
        **_moment_columns(action.at),
        "study_day": action.study_day.isoformat(),
        "kind": action.kind.value,
        "deck": action.card.deck if action.card else None,
        "card": action.card.card if action.card else None,
        "target": action.target,
        "step": action.step,
        "details": action.details,
    }
    return {**row, "checksum": checksum_of(row, ACTION_COLUMNS)}


def action_from_row(row: Row, *, voided: bool = False) -> Action:
    """Return the action in a row."""
    return Action(
        id=row["id"],
        at=moment_from(row["at_ms"], row["offset_minutes"]),
        study_day=date.fromisoformat(row["study_day"]),
        kind=ActionKind(row["kind"]),
        card=CardId(row["deck"], row["card"]) if row["deck"] is not None else None,
        target=row["target"],
        step=row["step"],
        details=row["details"],
        voided=voided,
    )


def checksum_of(row: Row, columns: tuple[str, ...]) -> str:
    """Return the hash over a row's columns: a changed bit shows, which SQLite's own check misses one time in three."""
    text = "\x1f".join("" if row[name] is None else f"{type(row[name]).__name__[0]}{row[name]}" for name in columns)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


REVIEW_COLUMNS: Final = tuple(column.name for column in reviews.columns if column.name != "checksum")
"""The columns a review's checksum covers."""
ACTION_COLUMNS: Final = tuple(column.name for column in actions.columns if column.name != "checksum")
"""The columns an action's checksum covers."""
MOCK_COLUMNS: Final = {
    table.name: tuple(column.name for column in table.columns if column.name != "checksum")
    for table in (mocks, mock_events, mock_sheets)
}
"""The columns that a row's checksum covers, by table."""
