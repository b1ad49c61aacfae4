"""Reviews and changes of the schedule that count on a day after today, because a clock was wrong then."""

from __future__ import annotations

from datetime import date

from prepdeck.scheduling.sm2 import later
from prepdeck.store.glance import Snapshot, last_change_day, last_review_day


def ahead_words(raw: Snapshot, today: date) -> str | None:
    """Return a sentence about entries more than a day ahead of the clock, within an open transaction; None without any.

    Their cards follow the log and wait for their day, which nobody should learn from a card that never comes. One day
    ahead is no fault: who flies west meets yesterday again.
    """
    tomorrow = later(today, 1)
    reviewed, changed = last_review_day(raw), last_change_day(raw, tomorrow)
    if changed is not None and (reviewed is None or reviewed < changed):
        last, what = changed, "changes of the schedule"
    elif reviewed is not None and reviewed > tomorrow:
        last, what = reviewed, "reviews"
    else:
        return None
    return (
        f"the clock stands on {today}, and the log holds {what} up to {last}: those cards wait for that day, or count "
        "on it when they are answered; if the clock was wrong then, prepdeck undo takes it back"
    )
