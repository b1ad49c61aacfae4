"""Times of a mock in words, for plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.interview.mock import Heat

if TYPE_CHECKING:
    from prepdeck.interview.mock import Mock


def clock(milliseconds: int) -> str:
    """Return a time as minutes and seconds, such as `5:07`; an hour and more keeps its minutes.

    >>> clock(307_000)
    '5:07'
    """
    seconds = max(0, milliseconds) // 1000
    return f"{seconds // 60}:{seconds % 60:02}"


def left_words(mock: Mock) -> str:
    """Return what is left of the whole time, or how far it was overrun."""
    if mock.overtime_ms:
        return f"+{clock(mock.overtime_ms)} over the end"
    return f"{clock(mock.left_ms)} left of {clock(mock.budget_ms)}"


def plan_words(mock: Mock) -> str:
    """Return how the candidate stands against the plan; nothing while both agree to a second."""
    behind = mock.behind_ms
    if clock(abs(behind)) == clock(0):
        return ""
    return f"{clock(abs(behind))} {'behind' if behind > 0 else 'ahead of'} plan"


def phase_words(mock: Mock) -> str:
    """Return what the present phase has used of its time."""
    phase = mock.stop.phase
    spent, budget = mock.phase_ms(phase), mock.phase_budget_ms(phase)
    words = f"{mock.blueprint.phases[phase].title} {clock(spent)} of {clock(budget)}"
    match mock.phase_heat(phase):
        case Heat.CALM:
            return words
        case Heat.AMBER:
            return f"{words}, nearly used up"
        case Heat.RED:
            return f"{words}, +{clock(spent - budget)} over"


def time_line(mock: Mock) -> str:
    """Return all times as one line."""
    return "; ".join(part for part in (left_words(mock), phase_words(mock), plan_words(mock)) if part)
