"""A copy of the database for every study day that brought reviews, and the thinning of older ones."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prepdeck.errors import PrepdeckError, UsageError
from prepdeck.progress.thinning import days_kept
from prepdeck.store.copies import copy_database

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

_NAME: Final = re.compile(r"prepdeck-daily-(\d{4}-\d{2}-\d{2})\.db")
_NOT_MADE: Final = "today's backup was not made"


def name_of(day: date) -> str:
    """Return what the copy of a study day is called."""
    return f"prepdeck-daily-{day.isoformat()}.db"


def daily_copies(folder: Path) -> dict[date, Path]:
    """Return the daily copies that lie in a folder, by their day."""
    found: dict[date, Path] = {}
    for path in folder.glob("prepdeck-daily-*.db"):
        match = _NAME.fullmatch(path.name)
        if match is not None:
            try:
                found[date.fromisoformat(match[1])] = path
            except ValueError:
                continue  # somebody else's file that looks like one
    return found


def keep_daily_copy(desk: Desk) -> str | None:
    """Keep today's copy if there is none and the log has grown since the last; return why it could not be made.

    On the first day there is nothing of before to keep, and a day without reviews brings no copy.
    """
    today = desk.today()
    try:
        copies = daily_copies(desk.folders.backups)
        newest = max(copies, default=None)
        if (newest is not None and newest >= today) or not _has_grown(desk, newest, today):
            return None
        copy_database(desk.store.path, desk.folders.backups / name_of(today))
        kept = days_kept([*copies, today])
        for day, path in copies.items():
            if day not in kept:
                path.unlink(missing_ok=True)
    except UsageError:
        return None  # another prepdeck has just made it
    except PrepdeckError as error:
        return f"{_NOT_MADE}: {error.message}"
    except (OSError, ValueError) as error:  # a damaged entry may name a day that is none
        return f"{_NOT_MADE}: {error}"
    return None


def _has_grown(desk: Desk, since: date | None, today: date) -> bool:
    """Tell whether there are reviews of earlier days, and some that the newest copy may lack."""
    with desk.store.reading() as log:
        span = log.span()
    return span is not None and span[0] < today and (since is None or span[1] >= since)
