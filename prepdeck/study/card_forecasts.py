"""How likely one card is recalled, now and on the day of the interview that asks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prepdeck.cards.ids import CardId
from prepdeck.store.logbook import Logbook
from prepdeck.study.aims import interview_asking
from prepdeck.study.desk import Desk


@dataclass(frozen=True, slots=True)
class Forecast:
    """How likely a card is recalled if it is left alone."""

    today: float
    """Now, 0-1."""
    day: date | None = None
    """The interview ahead that asks it; None when none does."""
    on_day: float | None = None
    """On that day, 0-1."""


def forecast_of(desk: Desk, log: Logbook, card: CardId) -> Forecast | None:
    """Return the forecast of a card, within an open transaction; None for one that was never answered."""
    learner = desk.forecasts.learner(log)
    if card not in learner.traces:
        return None
    today = desk.today()
    now = learner.recall_on(card, today)
    interview = interview_asking(desk, log, card, today)
    if interview is None:
        return Forecast(now)
    return Forecast(now, interview.date, learner.recall_on(card, interview.date))
