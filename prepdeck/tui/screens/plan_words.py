"""What the plan says, from its page: title, phases, forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.road.progress import PhaseProgress, PhaseState
from prepdeck.text.cells import cell_width, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui.rows import Row, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.road_words import whole_percent
from prepdeck.tui.widgets.phase_bars import PhaseLine, PhaseSign, PhaseThing
from prepdeck.tui.widgets.plan_days import Outlook, PlanDay, Way
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.study.overview import PlanPage
    from prepdeck.study.planning import PlanReport

LONGEST_COMPANY = 40
"""Cells of a company in the title bar."""
_GAP = 3
"""Cells between both sides of the title bar, as far as there is a choice."""
NO_DATE = "No interview date is set, so there is no plan: each day asks what is due, and new cards."
"""Said without a date."""
NO_DAYS = "With a date, each day up to it stands here: reviews, new cards, minutes, and what you would know."
"""Said in place of the days without a date."""


def title_rows(page: PlanPage, width: int, ellipsis: str) -> tuple[Row, Row]:
    """Return both sides of the title bar for a width; the company gives way before the date does."""
    plan, current = page.plan, page.road.current
    count = len(page.road.phases)
    phase = [] if current is None else [f"phase {current.phase.number} of {count}"]
    short = [] if current is None else [f"phase {current.phase.number}/{count}"]
    if plan is None:
        today = show_day(page.today)
        return row(strong("Plan", Tone.PRIMARY)), row(muted("   ".join([*phase, today])))
    days = plan.interview.days_left(page.today)
    is_tried = plan.minutes != page.usual_minutes
    minutes = f"{plan.minutes:g} min a day" + (", tried" if is_tried else "")
    forms = [[*phase, minutes], [minutes] if is_tried else phase, [] if is_tried else short, []]
    unit = " day" if days == 1 else " days"
    rights = [row(strong(str(days), Tone.ACCENT), unit, *(muted(f"   {each}") for each in form)) for form in forms]
    left = _aim_row(plan, LONGEST_COMPANY, ellipsis)
    right = next((each for each in rights if left.width + _GAP + each.width <= width), rights[-1])
    too_wide = left.width + 1 + right.width - width
    if too_wide > 0:
        company = cell_width(shorten(clean_line(plan.interview.company), LONGEST_COMPANY, ellipsis=ellipsis))
        left = _aim_row(plan, max(1, company - too_wide), ellipsis)
    return left, right


def _aim_row(plan: PlanReport, longest: int, ellipsis: str) -> Row:
    """Return which interview the plan is for, its company cut to so many cells."""
    company = shorten(clean_line(plan.interview.company), longest, ellipsis=ellipsis)
    named = (foreign(company), ", ") if company else ()
    return row(strong("Plan", Tone.PRIMARY), "  ", *named, muted(show_day(plan.interview.date)))


def phase_lines(page: PlanPage) -> list[PhaseLine]:
    """Return the phases of the road."""
    current = page.road.current
    return [
        PhaseLine(
            name=each.phase.id,
            number=each.phase.number,
            title=each.phase.title,
            sign=_sign_of(each, is_current=current is not None and each.phase.id == current.phase.id),
            share=each.share,
            percent=whole_percent(each.share),
            left=_left_of(each),
            things=tuple(PhaseThing(item.text, item.is_done) for item in each.things),
            is_current=current is not None and each.phase.id == current.phase.id,
        )
        for each in page.road.phases
    ]


def _sign_of(each: PhaseProgress, *, is_current: bool) -> PhaseSign:
    if each.state is PhaseState.DONE:
        return PhaseSign.DONE
    if each.is_late:
        return PhaseSign.LATE
    return PhaseSign.UNDER_WAY if is_current or each.state is PhaseState.UNDER_WAY else PhaseSign.AHEAD


def _left_of(each: PhaseProgress) -> tuple[str, ...]:
    """Return how much of a phase is done, in long and in short words."""
    things, cards = counted(len(each.things), "thing"), counted(each.cards, "card")
    long = [f"{each.things_done} of {things} done"] if each.things else []
    short = [f"{each.things_done} of {things}"] if each.things else []
    if each.phase.is_choice and each.chosen is None:
        long, short = [*long, "no deck chosen yet"], [*short, "none chosen"]
    elif each.cards:
        long, short = [*long, f"{each.seen} of {cards} seen"], [*short, f"{each.seen} of {cards}"]
    else:
        long, short = [*long, "no cards here"], [*short, "no cards"]
    return ", ".join(long), ", ".join(short)


def outlook_of(page: PlanPage, date_key: str) -> Outlook:
    """Return what the forecast shows; `date_key` sets a date."""
    plan = page.plan
    if plan is None:
        return Outlook(NO_DATE, date_key=date_key, no_days=NO_DAYS)
    return Outlook(plan.message, _ways(plan), plan.alone, days=_days(plan))


def _ways(plan: PlanReport) -> tuple[Way, ...]:
    ways = [Way(lever.minutes, lever.recall) for lever in plan.levers]
    ways.append(Way(plan.minutes, plan.recall, is_shown=True))
    return tuple(sorted(ways, key=lambda way: way.minutes))


def _days(plan: PlanReport) -> tuple[PlanDay, ...]:
    from prepdeck.study.planning import whole_minutes

    if not plan.cards:
        return ()
    return tuple(
        PlanDay(each.day, each.reviews, each.new, whole_minutes(each.minutes), each.recall) for each in plan.days
    )


def tried_words(page: PlanPage) -> str:
    """Return what is said of minutes that were tried."""
    plan = page.plan
    if plan is None or plan.minutes == page.usual_minutes:
        return "These are your own minutes again."
    unseen = f", {counted(plan.unseen, 'card')} unseen" if plan.unseen else ""
    led = f"Tried: {plan.minutes:g} min a day lead to {plan.recall:.0%}{unseen}."
    return f"{led} Your setting stays {page.usual_minutes:g}."
