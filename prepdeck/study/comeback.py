"""Coming back after a gap: late cards spread over days, offered, shown beforehand and undone in one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from prepdeck.host.settings import Settings
from prepdeck.scheduling.comeback import FARTHEST, Comeback, is_long_gap, is_offered, spread_over
from prepdeck.scheduling.sm2 import later
from prepdeck.store.appointments import interview_dates
from prepdeck.store.glance import Snapshot, last_review_day, learned_until
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


def offer(desk: Desk) -> Comeback | None:
    """Return the late cards spread over days; None unless there was a long gap and they are more than a day's work."""
    with desk.store.reading() as log:
        return offer_at(log.raw, desk.today(), _daily(desk, log.raw), desk.settings)


def offer_at(raw: Snapshot, today: date, decks: Sequence[str], settings: Settings) -> Comeback | None:
    """Return what `offer` does; nothing while an interview is ahead, whose plan shares out the minutes by itself.

    Args:
        raw: An open transaction.
        today: The study day.
        decks: Slugs of the decks that are asked every day, in order.
        settings: What the learner chose.
    """
    last = last_review_day(raw)
    if not is_long_gap(last, today) or any(each.is_ahead(today) for each in interview_dates(raw)):
        return None
    found = _spread(raw, today, decks, settings, settings.minutes_a_day)
    is_more_than_a_day = bool(found.moves or found.left)
    return found if is_offered(last, today, found.late) and is_more_than_a_day else None


def preview(desk: Desk, minutes: float | None = None) -> Comeback:
    """Return how late cards would be spread; nothing is changed.

    Args:
        desk: The opened desk.
        minutes: Minutes meant for a usual day; None for the setting.
    """
    with desk.store.reading() as log:
        return _spread(log.raw, desk.today(), _daily(desk, log.raw), desk.settings, _minutes(desk, minutes))


def spread(desk: Desk, minutes: float | None = None) -> Comeback:
    """Give late cards their new due days, in one transaction and one undo step, and return them.

    Raises:
        StoreError: When it could not be stored; nothing is changed then.
    """
    from prepdeck.store.mapping import ActionKind

    today = desk.today()
    with desk.store.writing() as log:
        found = _spread(log.raw, today, _daily(desk, log.raw), desk.settings, _minutes(desk, minutes))
        if found.moves:
            items = [(card, day.isoformat()) for card, day in found.moves]
            log.append_actions(ActionKind.SPREAD, desk.clock.now(), today, items)
    return found


def offer_words(found: Comeback) -> str:
    """Return the sentences that offer a spread, and the command that shows it."""
    are = "is" if found.late == 1 else "are"
    days = counted(len(found.days), "day")
    ask = f" Do about {found.per_day} a day for {days}?" if found.days else ""
    return f"{counted(found.late, 'card')} {are} late.{ask} prepdeck spread shows the days."


def _minutes(desk: Desk, minutes: float | None) -> float:
    return desk.settings.minutes_a_day if minutes is None else minutes


def _daily(desk: Desk, raw: Snapshot) -> list[str]:
    from prepdeck.study.aims import queued_decks

    return [loaded.deck.id for loaded in queued_decks(desk, interview_dates(raw))]


def _spread(raw: Snapshot, today: date, decks: Sequence[str], settings: Settings, minutes: float) -> Comeback:
    cards = learned_until(raw, today, later(today, FARTHEST), decks)
    return spread_over(cards, today, minutes, settings.week)


__all__ = ["Comeback", "offer", "offer_at", "offer_words", "preview", "spread"]
