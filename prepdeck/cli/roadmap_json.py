"""The road under the keys of the JSON contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prepdeck.cards.pay import PayTable
    from prepdeck.road.coverage import DeckShare
    from prepdeck.road.items import Item
    from prepdeck.road.pacing import Months
    from prepdeck.road.progress import PhaseProgress
    from prepdeck.study.road import RoadPage


def road_json(page: RoadPage) -> dict[str, Any]:
    """Return the whole road."""
    return {
        "schema": 1,
        "study_day": page.today.isoformat(),
        "date": None if page.interview is None else page.interview.date.isoformat(),
        "hours_a_week": page.hours,
        "current": None if page.current is None else page.current.phase.id,
        "left_months": _months(page.left),
        "phases": [_phase_json(each) for each in page.phases],
        "steps": [
            {
                "id": each.step.id,
                "title": each.step.title,
                "tracker": each.step.tracker.value,
                "optional": each.step.optional,
                "done": each.is_done,
                "words": each.words,
                "items": [item_json(item) for item in each.items],
            }
            for each in page.steps
        ],
        "skills": [
            {
                "id": skill.id,
                "title": skill.title,
                "level": page.standing.levels.get(skill.id),
                "phases": list(skill.phases),
            }
            for skill in page.roadmap.skills
        ],
        "proposal": None if page.proposal is None else page.proposal.phase.id,
        "tools": [
            {"tool": each.name, "decks": [deck.slug for deck in each.decks], "cards": each.cards, "seen": each.seen}
            for each in page.tools
        ],
        "path": [
            {"id": row.id, "asks": row.asks, "decks": list(row.decks), "features": list(row.features)}
            for row in page.roadmap.path
        ],
        "pay": None if page.roadmap.pay is None else _pay_json(page.roadmap.pay),
    }


def _phase_json(each: PhaseProgress) -> dict[str, Any]:
    phase = each.phase
    first, last = each.ends
    return {
        "phase": phase.number,
        "id": phase.id,
        "title": phase.title,
        "mode": phase.mode.value,
        "intensive": phase.intensive,
        "after": list(each.waits_for),
        "state": each.state.value,
        "late": each.is_late,
        "started": None if each.started is None else each.started.isoformat(),
        "months": _months(each.months),
        "over_after": _months(each.over_after),
        "ends": [first.isoformat(), None if last is None else last.isoformat()],
        "share": round(each.share, 4),
        "cards": each.cards,
        "seen": each.seen,
        "recall": rounded(each.recall),
        "decks": [_deck_json(deck) for deck in each.decks],
        "choose_one": list(phase.choose_one),
        "chosen": each.chosen,
        "goals": list(phase.goals),
        "tools": list(phase.tools),
        "resources": list(phase.resources),
        "items": [item_json(item) for item in each.items],
        "done": each.things_done,
        "of": len(each.things),
    }


def _deck_json(deck: DeckShare) -> dict[str, Any]:
    return {
        "deck": deck.slug,
        "cards": deck.cards,
        "seen": deck.seen,
        "recall": rounded(deck.recall),
        "held_back": deck.held_back,
        "here": deck.is_here,
        "queued": deck.is_queued,
    }


def item_json(item: Item) -> dict[str, Any]:
    """Return something that is ticked off."""
    return {
        "id": item.id,
        "kind": item.kind.value,
        "text": item.text,
        "of": item.of or None,
        "count": item.count,
        "done": item.is_done,
        "own": item.is_own,
        "made": [{"day": piece.day.isoformat(), "link": piece.link or None} for piece in item.pieces],
    }


def _months(months: Months) -> list[float | None]:
    return [round(months.low, 2), rounded(months.high, 2)]


def rounded(number: float | None, places: int = 4) -> float | None:
    """Return a number as JSON has it, or None."""
    return None if number is None else round(number, places)


def _pay_json(table: PayTable) -> dict[str, Any]:
    return {
        "as_of": f"{table.as_of:%Y-%m}",
        "caution": table.caution,
        "places": [{"id": each.id, "title": each.title, "currency": each.currency} for each in table.places],
        "rows": [
            {
                "id": row.id,
                "title": row.title,
                "years": None if row.years is None else [row.years.low, row.years.high],
                "pay": {
                    paid.place: {"from": paid.low, "to": paid.high, "and_more": paid.and_more} for paid in row.ranges
                },
            }
            for row in table.rows
        ],
    }
