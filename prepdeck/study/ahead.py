"""Reviews that count on a day after today, because a clock was wrong when they were given."""

from __future__ import annotations

from datetime import date

from prepdeck.store.glance import Snapshot, last_review_day


def ahead_words(raw: Snapshot, today: date) -> str | None:
    """Return a sentence about reviews more than a day ahead of the clock, within an open transaction; None without any.

    Their cards follow the log and wait for their day, which nobody should learn from a card that never comes. One day
    ahead is no fault: who flies west meets yesterday again.
    """
    last = last_review_day(raw)
    if last is None or (last - today).days <= 1:
        return None
    return (
        f"the clock stands on {today}, and the log holds reviews up to {last}: cards answered then come back after "
        "that day; if the clock was wrong then, prepdeck undo takes the reviews back"
    )
