"""The road as plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prepdeck.cards.roadmap import Mode
from prepdeck.cli.columns import draw_columns
from prepdeck.cli.wording import count_words, day_words
from prepdeck.road.assessment import LEVELS
from prepdeck.road.items import Item, ItemKind
from prepdeck.road.progress import PhaseProgress, PhaseState
from prepdeck.road.wording import month_name, month_words, pay_words, years_words
from prepdeck.text.cells import shorten
from prepdeck.text.cleaning import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prepdeck.cli.layout import Layout
    from prepdeck.study.road import RoadPage

STATES: Final = {PhaseState.AHEAD: "ahead", PhaseState.UNDER_WAY: "under way", PhaseState.DONE: "done"}
"""What people read of a state."""
LEAST_TITLE: Final = 12
"""Columns that a title has at least."""
_PHASE_NUMBERS: Final = 52
_TOOL_NUMBERS: Final = 37
_LABEL: Final = 11
_INDENT: Final = 6


def draw_phases(page: RoadPage, layout: Layout) -> list[str]:
    """Return the table of phases, with how long the road takes from here."""
    room = max(LEAST_TITLE, layout.width - _PHASE_NUMBERS)
    rows = [("", "Phase", "Months", "State", "Cards", "Seen", "Recall", "Done")]
    for each in page.phases:
        mark = ">" if page.current is not None and each.phase.id == page.current.phase.id else ""
        recall = "" if each.recall is None else f"{each.recall:.0%}"
        title = shorten(f"{each.phase.number} {each.phase.title}", room, ellipsis=_ellipsis(layout))
        things = f"{each.things_done}/{len(each.things)}"
        state = "late" if each.is_late else STATES[each.state]
        cards, seen = (f"{each.cards:,}", f"{each.seen:,}") if each.cards else ("", "")
        rows.append((mark, title, month_words(each.months), state, cards, seen, recall, things))
    lines = draw_columns(rows, right=frozenset({4, 5, 6, 7}))
    return [*lines, "", *(layout.wrapped(words) for words in _summary(page))]


def _ellipsis(layout: Layout) -> str:
    return "..." if layout.ascii_only else "…"


def _summary(page: RoadPage) -> list[str]:
    words = []
    current = page.current
    if current is None:
        words.append("Every phase of the row is done.")
    else:
        begun = f", begun on {day_words(current.started, page.today)}" if current.started else ""
        words.append(f"You are in phase {current.phase.number}, {current.phase.title}{begun}.")
        item = current.next_item
        if item is not None:
            words.append(f"Next: {item.text} (prepdeck roadmap done {item.id}).")
    ends = [each.ends for each in page.phases if each.phase.mode is Mode.SEQUENCE]
    if ends and current is not None:
        soonest = max(first for first, _ in ends)
        latest = max((last for _, last in ends if last is not None), default=None)
        until = f" to {month_name(latest)}" if latest is not None and month_name(latest) != month_name(soonest) else ""
        left = month_words(page.left)
        words.append(f"At {count_words(page.hours, 'hour')} a week {left} are left: done {month_name(soonest)}{until}.")
    if page.proposal is not None:
        if not page.standing.started:
            words.append(f"Your self-assessment says: begin with phase {page.proposal.phase.number}.")
    elif page.roadmap.skills:
        words.append("prepdeck roadmap assess programming=3 ... says where you stand, and proposes a phase.")
    words.append("Recall is forecast as in prepdeck ready; Done counts deliverables, milestone and gate.")
    return words


def draw_phase(page: RoadPage, each: PhaseProgress, layout: Layout) -> list[str]:
    """Return everything about one phase."""
    phase = each.phase
    lines = [f"Phase {phase.number}: {clean_line(phase.title)} ({'late' if each.is_late else STATES[each.state]})", ""]
    facts = [
        (
            "Months",
            f"{month_words(each.months)} at {page.hours} h a week; over {month_words(each.over_after)} from the start",
        ),
        ("Begun", day_words(each.started, page.today) if each.started else ""),
        ("Manner", _manner(each)),
        ("Goals", "; ".join(phase.goals)),
        ("Tools", ", ".join(phase.tools)),
        ("Resources", ", ".join(phase.resources)),
        (
            "Cards",
            f"{each.seen:,} of {each.cards:,} seen"
            + (f", recall {each.recall:.0%}" if each.recall is not None else ""),
        ),
    ]
    for label, words in facts:
        if words:
            lines += _hung(f"{label}:", clean_line(words), layout)
    lines += ["", "Decks"]
    lines += [f"  {line}" for line in _deck_lines(page, each)]
    lines += ["", "Done by"]
    lines += [f"  {line}" for item in each.items for line in _item_lines(item, layout)] or [
        "  nothing that is ticked off"
    ]
    return lines


def _manner(each: PhaseProgress) -> str:
    words = ["beside the other phases"] if each.phase.mode is Mode.CONCURRENT else []
    words += [f"after {', '.join(each.waits_for)}"] if each.waits_for else []
    if each.phase.intensive:
        words.append("intensive")
    if each.phase.is_choice:
        words.append(f"chosen: {each.chosen}" if each.chosen else "choose one: prepdeck roadmap choose DECK")
    return ", ".join(words)


def _deck_lines(page: RoadPage, each: PhaseProgress) -> list[str]:
    rows = []
    for slug in each.phase.decks:
        deck = page.decks[slug]
        if not deck.is_here:
            words = "not here yet"
        elif slug in each.phase.choose_one and slug != each.chosen:
            words = "not chosen"
        else:
            recall = "" if deck.recall is None else f", recall {deck.recall:.0%}"
            held = f", {deck.held_back} held back" if deck.held_back else ""
            queued = "" if deck.is_queued else ", not in the daily queue"
            words = f"{deck.seen:,} of {deck.cards:,} seen{recall}{held}{queued}"
        rows.append((slug, words))
    return draw_columns(rows) if rows else ["none"]


def _item_lines(item: Item, layout: Layout) -> list[str]:
    box = "[x]" if item.is_done else "[ ]"
    indent = "    " if item.kind is ItemKind.CHECK else ""
    count = f" ({len(item.pieces)} of {item.count})" if item.count > 1 else ""
    kind = "" if item.kind in {ItemKind.DELIVERABLE, ItemKind.CHECK} else f"{item.kind.value}: "
    name = "prepdeck track" if item.is_own else item.id
    first, *rest = _wrapped(f"{kind}{clean_line(item.text)}{count} [{name}]", layout.width - len(indent) - _INDENT)
    lines = [f"{indent}{box} {first}", *(f"{indent}    {line}" for line in rest)]
    return [*lines, *(f"{indent}    {clean_line(link)}" for link in item.links)]


def _hung(label: str, words: str, layout: Layout) -> list[str]:
    first, *rest = _wrapped(words, layout.width - _LABEL)
    return [f"{label:<{_LABEL}}{first}", *(" " * _LABEL + line for line in rest)]


def _wrapped(words: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(words, max(LEAST_TITLE, width), break_long_words=False, break_on_hyphens=False) or [""]


def draw_steps(page: RoadPage, layout: Layout) -> list[str]:
    """Return the steps beside the phases, with how far each is."""
    lines = []
    for number, each in enumerate(page.steps, 1):
        box = "[x]" if each.is_done else "[ ]"
        optional = " (if wanted)" if each.step.optional else ""
        words = f"{box} {number}. {each.step.title}{optional}: {each.words} [{each.step.id}]"
        first, *rest = _wrapped(words, layout.width - _INDENT)
        lines += [first, *(f"    {line}" for line in rest)]
        items: Iterable[Item] = each.items[1:]
        lines += [f"    {line}" for item in items for line in _item_lines(item, layout)]
    return lines or ["This road has no steps."]


def draw_skills(page: RoadPage, layout: Layout) -> list[str]:
    """Return the skills, with the learner's own view of each and the phase it proposes."""
    if not page.roadmap.skills:
        return ["This road names no skills."]
    rows = [("Skill", "Level", "")]
    for skill in page.roadmap.skills:
        level = page.standing.levels.get(skill.id)
        rows.append((skill.id, "" if level is None else str(level), "not said yet" if level is None else LEVELS[level]))
    ends = [", ".join(f"{level} {words}" for level, words in LEVELS.items()) + "."]
    if page.proposal is not None:
        because = ", ".join(skill.title for skill in page.proposal.because)
        why = f"; it teaches {because}" if because else ""
        ends.append(f"Begin with phase {page.proposal.phase.number}, {page.proposal.phase.title}{why}.")
    else:
        ends.append("prepdeck roadmap assess programming=3 ml-operations=1 ... keeps your view of them.")
    return [*draw_columns(rows), "", *(layout.wrapped(words) for words in ends)]


def draw_tools(page: RoadPage, layout: Layout) -> list[str]:
    """Return the tools, with how many of their cards were seen."""
    if not page.tools:
        return ["This road names no tools."]
    rows = [("Tool", "Cards", "Seen", "Decks")]
    for each in page.tools:
        decks = ", ".join(deck.slug if deck.is_here else f"({deck.slug})" for deck in each.decks)
        decks = shorten(decks, max(LEAST_TITLE, layout.width - _TOOL_NUMBERS), ellipsis=_ellipsis(layout))
        rows.append((each.name, f"{each.cards:,}", f"{each.seen:,}", decks))
    met = sum(bool(each.seen) for each in page.tools)
    words = f"You have met cards on the decks of {met} of {count_words(len(page.tools), 'tool')}."
    missing = any(not deck.is_here for each in page.tools for deck in each.decks)
    words += " Decks in brackets are not here yet." if missing else ""
    return [*draw_columns(rows, right=frozenset({1, 2})), "", layout.wrapped(words)]


def draw_path(page: RoadPage, layout: Layout) -> list[str]:
    """Return everything the road asks for, and what serves it."""
    from prepdeck.study.road import served_by

    lines = []
    for row in page.roadmap.path:
        lines += layout.wrapped(f"{row.id}: {clean_line(row.asks)}").splitlines()
        lines += [f"    {line}" for line in _wrapped(clean_line(served_by(page, row)), layout.width - _INDENT)]
    return lines or ["This road does not say what it asks for."]


def draw_pay(page: RoadPage, layout: Layout) -> list[str]:
    """Return the dated table of published pay."""
    table = page.roadmap.pay
    if table is None:
        return ["This road has no table of pay."]
    rows = [("", *(f"{place.title} ({place.currency})" for place in table.places))]
    for each in table.rows:
        span = "" if each.years is None else f" ({years_words(each.years.low, each.years.high)})"
        found = {paid.place: paid for paid in each.ranges}
        rows.append((f"{each.title}{span}", *(pay_words(found[p.id]) if p.id in found else "" for p in table.places)))
    lines = draw_columns(rows, right=frozenset(range(1, len(rows[0]))))
    told = [f"Published yearly pay as of {month_name(table.as_of)}; a reference, and nothing is computed from it."]
    told += [clean_line(table.caution)] if table.caution else []
    return [*lines, "", *(layout.wrapped(words) for words in told), "prepdeck offer compares offers."]
