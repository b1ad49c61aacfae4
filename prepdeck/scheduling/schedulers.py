"""The schedulers by their keys, which are kept beside the memories they made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prepdeck.errors import SettingsError

if TYPE_CHECKING:
    from prepdeck.scheduling.scheduler import Scheduler

SM2_KEY: Final = "sm2"
"""The key of the scheduler that memories follow when nothing else is said."""
FSRS_PREFIX: Final = "fsrs:"
"""How a key of FSRS begins; its retention goal comes behind."""


def scheduler_of(key: str) -> Scheduler:
    """Return the scheduler of a key.

    Raises:
        SettingsError: When it is not installed, or when only another prepdeck knows it.
    """
    if key == SM2_KEY:
        from prepdeck.scheduling.scheduler import SM2  # noqa: PLC0415 - a quick count looks at keys alone

        return SM2
    try:
        goal = float(key.removeprefix(FSRS_PREFIX)) if key.startswith(FSRS_PREFIX) else None
    except ValueError:
        goal = None
    if goal is None:
        raise SettingsError(f"the schedule follows {key!r}, which this prepdeck does not know")
    from prepdeck.scheduling.fsrs_schedule import FsrsScheduler  # noqa: PLC0415 - only who chose it waits for it

    return FsrsScheduler(goal)
