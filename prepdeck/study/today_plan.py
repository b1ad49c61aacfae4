"""What today asks on the road: due reviews, new cards, one mock or drill and one item, fitted to the day's minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from prepdeck.interview.history import suggest_next
from prepdeck.road.today import (
    ACTION_MINUTES,
    ROAD_MINUTES,
    Line,
    LineKind,
    TodayPlan,
    fit_lines,
    minutes_of_day,
)
from prepdeck.scheduling.load import Candidate, load_of
from prepdeck.scheduling.need import SECONDS
from prepdeck.study.mock_begin import FormatRow, formats_of
from prepdeck.study.mock_debriefs import past_mocks
from prepdeck.study.mock_recovery import stopped_mocks
from prepdeck.study.overview import facts_of, look_at_day
from prepdeck.study.tables import due_actions
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk
    from prepdeck.study.road import RoadPage

DAYS_BETWEEN_MOCKS: Final = 3
"""After a mock of full length drills come first for so many days."""
ASSESS: Final = "assess"
"""What the first line of the road starts: the self-assessment."""
ASSESS_MINUTES: Final = 5
"""Minutes it takes."""
TEN: Final = 10
"""Skills of the bundled road; people read them as a word."""
STOPPED: Final = "stopped"
"""What a line starts that leads to an interrupted mock."""
MARK_MINUTES: Final = 10
"""Minutes that marking a mock takes."""
CHOOSE: Final = "choose"
"""What a line starts that asks for a choice of one deck."""


def today_plan(desk: Desk, page: RoadPage, card_minutes: float | None = None) -> TodayPlan:
    """Return what today asks, fitted to its minutes.

    Args:
        desk: The opened desk.
        page: The road as the learner stands on it.
        card_minutes: Minutes a day for cards that are tried instead of the setting.
    """
    share = desk.settings.week.share_of(page.today)
    for_cards = desk.settings.minutes_on(page.today) if card_minutes is None else card_minutes * share
    minutes = minutes_of_day(for_cards, desk.settings.hours_a_week, share)
    cards, is_planned = _card_lines(desk, page.today, card_minutes, round(for_cards))
    asked = sum(line.minutes for line in cards if not line.is_done)
    if is_planned:  # the plan fitted them into the minutes for cards, by its own measure
        minutes = max(minutes, asked)
    left = minutes - asked
    lines = [*cards, *_mock_lines(desk, page, left), *_road_lines(page)]
    return fit_lines(lines, minutes, round(for_cards))


def _card_lines(desk: Desk, today: date, minutes: float | None, room: int) -> tuple[list[Line], bool]:
    """Return reviews and new cards, and whether a plan for an interview picked them.

    Args:
        desk: The opened desk.
        today: The study day.
        minutes: Minutes a day for cards that are tried instead of the setting.
        room: Minutes meant for cards: of new ones that take longer only so many are asked as fit.
    """
    with desk.store.reading() as log:
        _, seen, share = look_at_day(desk, log, facts_of(desk.library), minutes)
        done = log.reviews_by_day(today).get(today, 0)
        introduced = log.introduced_on(today)
    load, due = load_of(seen.waiting, today, new_left=seen.new_left), load_of(seen.waiting, today, new_left=0)
    waiting, new, of = len(due.due) + len(due.unfinished), len(load.new), ""
    review_minutes, new_minutes = due.minutes, max(0, load.minutes - due.minutes)
    if share is not None:
        waiting, new = share.reviews + len(due.unfinished), share.new
        review_minutes, new_minutes = share.minutes - share.new_minutes, share.new_minutes
    elif load.minutes > room and (fitting := _that_fit(load.new, room - review_minutes)) is not None:
        of = f"{fitting[0]} of " if fitting[0] < new else ""
        new_minutes = fitting[1]
    lines = []
    if waiting:
        lines.append(Line(LineKind.REVIEW, f"Review {counted(waiting, 'card')}", max(1, review_minutes)))
    else:
        words = f"Reviews: {done} done" if done - introduced > 0 else "No card is due"
        lines.append(Line(LineKind.REVIEW, words, 0, is_done=True))
    if new:
        lines.append(Line(LineKind.NEW, f"Learn {of}{counted(new, 'new card')}", max(1, new_minutes)))
    elif introduced:
        lines.append(Line(LineKind.NEW, f"New cards: {introduced} learned", 0, is_done=True))
    return lines, share is not None


def _that_fit(cards: Sequence[Candidate], minutes: int) -> tuple[int, int] | None:
    """Return how many of the first new cards fit into some minutes, and how long they take; None when none does."""
    seconds, count = 0.0, 0
    for card in cards:
        if seconds + card.estimated_seconds > minutes * SECONDS:
            break
        seconds, count = seconds + card.estimated_seconds, count + 1
    return (count, ceil(seconds / SECONDS)) if count else None


def _mock_lines(desk: Desk, page: RoadPage, left: int) -> list[Line]:
    """Return the mock or drill of the day: one that was sat, one that was interrupted, else the one to sit next."""
    stopped = stopped_mocks(desk)
    past = past_mocks(desk)
    sat = [each for each in past if each.day == page.today and each.was_sat]
    if sat:
        return [Line(LineKind.MOCK, f"Mock: {sat[-1].title}", 0, is_done=True, target=sat[-1].format)]
    is_ticked = (page.today, LineKind.MOCK.value) in page.standing.ticks
    if stopped:
        first = stopped[0]
        words = f"{'Mark' if first.is_over else 'Interrupted'}: {first.title}"
        minutes = MARK_MINUTES if first.is_over else max(1, round(first.left_ms / 60_000))
        return [Line(LineKind.MOCK, words, minutes, is_done=is_ticked, target=STOPPED)]
    rows = {row.blueprint.id: row for row in formats_of(desk) if row.can_be_sat and not row.blueprint.is_loop}
    rested = page.today - timedelta(days=DAYS_BETWEEN_MOCKS)
    is_fresh = any(
        each.was_sat and each.day > rested and each.format in rows and not _is_drill(rows[each.format]) for each in past
    )
    wanted = [row for row in rows.values() if _is_drill(row) == is_fresh] or list(rows.values())
    other = [row for row in rows.values() if row not in wanted]
    for group in (_within(wanted, left), _within(other, left), wanted):
        found = suggest_next(_names(group), past, page.today)
        if found is not None:
            blueprint = rows[found[0]].blueprint
            word = "Drill" if blueprint.rubric is None else "Mock"
            words = f"{word}: {blueprint.title}"
            return [Line(LineKind.MOCK, words, blueprint.minutes, is_done=is_ticked, target=blueprint.id)]
    return []


def _within(rows: Iterable[FormatRow], minutes: int) -> list[FormatRow]:
    return [row for row in rows if row.blueprint.minutes <= minutes]


def _is_drill(row: FormatRow) -> bool:
    return row.blueprint.rubric is None


def _names(rows: Sequence[FormatRow]) -> list[tuple[str, str]]:
    return [(row.blueprint.id, row.blueprint.title) for row in rows]


def _road_lines(page: RoadPage) -> list[Line]:
    """Return the item of the day: what was done today, a next action that is due, else the next thing of the phase."""
    today, standing = page.today, page.standing
    is_ticked = (today, LineKind.ROAD.value) in standing.ticks
    made = [item for each in page.phases for item in each.items if any(piece.day == today for piece in item.pieces)]
    if made:
        return [Line(LineKind.ROAD, made[-1].text, 0, is_done=True, target=made[-1].id)]
    actions = due_actions(standing, today)
    if actions:
        first = actions[0]
        step = first.values.get("next") or "next step"
        words = f"{step[0].upper()}{step[1:]}: {first.title}"
        more = f", and {len(actions) - 1} more due" if len(actions) > 1 else ""
        target = f"{first.kind.value}:{first.id}"
        return [Line(LineKind.ROAD, words + more, ACTION_MINUTES, is_done=is_ticked, target=target)]
    left = sum(skill.id not in standing.levels for skill in page.roadmap.skills)
    if left and not standing.started:
        words = f"Say where you stand: {'ten skills' if left == TEN else counted(left, 'skill')}"
        return [Line(LineKind.ROAD, words, ASSESS_MINUTES, is_done=is_ticked, target=ASSESS)]
    current = page.current
    if current is None:
        return []
    if current.phase.is_choice and current.chosen is None:
        words = f"Choose one: {current.phase.title.lower()}"
        return [Line(LineKind.ROAD, words, ASSESS_MINUTES, is_done=is_ticked, target=f"{CHOOSE}:{current.phase.id}")]
    item = current.next_item
    if item is None:
        return []
    words = f"Phase {current.phase.number}: {item.text}"
    return [Line(LineKind.ROAD, words, ROAD_MINUTES, is_done=is_ticked, target=item.id)]


def left_out_words(plan: TodayPlan) -> str:
    """Return what does not fit into the day, in one sentence; empty when everything does."""
    if not plan.left_out:
        return ""
    named = ", ".join(f"{line.title} ({line.minutes} min)" for line in plan.left_out)
    return f"Does not fit into {plan.minutes} min: {named}."


__all__ = [
    "ASSESS",
    "CHOOSE",
    "STOPPED",
    "Line",
    "LineKind",
    "TodayPlan",
    "left_out_words",
    "today_plan",
]
