"""What a learner did on the road, in the action log: each deed is one entry, and an undo takes it back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, assert_never

from prepdeck.road.assessment import LEVELS
from prepdeck.road.deeds import Assessed, Chose, Deed, Done, Dropped, Kept, Reopened, Started, Ticked, Told
from prepdeck.road.lists import ListKind
from prepdeck.road.standing import RoadStanding, standing_of
from prepdeck.store.mapping import Action, ActionKind
from prepdeck.text.cleaning import clean_line

if TYPE_CHECKING:
    from datetime import date

    from prepdeck.store.logbook import Logbook
    from prepdeck.study.desk import Desk

KINDS: Final = (ActionKind.ROAD, ActionKind.CHOICE)
"""The actions that are deeds on the road."""
NONSENSE: Final = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
"""Errors of reading an entry that makes no sense; a level may be written as Infinity."""


def standing_at(log: Logbook) -> RoadStanding:
    """Return where the learner stands, within an open transaction."""
    return standing_of(_deeds_at(log))


def _deeds_at(log: Logbook) -> Iterator[Told]:
    """Yield the deeds that were not taken back, in replay order."""
    return (told for entry in log.actions_in_force(KINDS) if (told := told_by(entry)) is not None)


def road_standing(desk: Desk) -> RoadStanding:
    """Return where the learner stands."""
    with desk.store.reading() as log:
        return standing_at(log)


def append_deeds(desk: Desk, log: Logbook, deeds: Sequence[Deed]) -> tuple[str, ...]:
    """Append deeds of one kind as one undo step; return the names of their entries.

    None counts on an earlier study day than the last one about the same thing: a clock that was set back does not put
    it behind what it changes.
    """
    kind = ActionKind.CHOICE if any(isinstance(each, Chose) for each in deeds) else ActionKind.ROAD
    items = [(None, json.dumps(details_of(each), ensure_ascii=True)) for each in deeds]
    day = _day_reached(log, desk.today(), deeds)
    return tuple(entry.id for entry in log.append_actions(kind, desk.clock.now(), day, items))


def _day_reached(log: Logbook, today: date, deeds: Sequence[Deed]) -> date:
    """Return today, or the study day of the last deed about the same things when that is later."""
    things = {_thing(deed) for deed in deeds} - {""}
    days = [told.day for told in _deeds_at(log) if (_thing(told.deed) or told.id) in things] if things else []
    return max([today, *days])


def _thing(deed: Deed) -> str:
    """Return what a deed is about; empty for a new entry of a list, and for a tick, which belongs to its day."""
    match deed:
        case Started(phase=slug) | Done(item=slug) | Reopened(item=slug):
            return slug
        case Chose(phase=phase):
            return f"choice of {phase}"
        case Assessed():
            return "view of the skills"
        case Kept(entry=name) | Dropped(entry=name):
            return name
        case Ticked():
            return ""
        case never:
            assert_never(never)


def details_of(deed: Deed) -> dict[str, Any]:
    """Return a deed as it is kept."""
    match deed:
        case Started(phase=phase):
            return {"do": "start", "phase": phase}
        case Done(item=item, link=link):
            return {"do": "done", "item": item, "link": link}
        case Reopened(item=item):
            return {"do": "reopen", "item": item}
        case Chose(phase=phase, deck=deck, others=others):
            return {"do": "choose", "phase": phase, "deck": deck, "others": list(others)}
        case Assessed(levels=levels):
            return {"do": "assess", "levels": dict(levels)}
        case Ticked(line=line, is_done=is_done):
            return {"do": "tick", "line": line, "done": is_done}
        case Kept(kind=kind, entry=entry, values=values):
            return {"do": "keep", "list": kind.value, "entry": entry, "values": dict(values)}
        case Dropped(kind=kind, entry=entry):
            return {"do": "drop", "list": kind.value, "entry": entry}
        case never:
            assert_never(never)


def told_by(entry: Action) -> Told | None:
    """Return the deed of an entry, or None for one that makes no sense, of a later prepdeck or another program."""
    try:
        deed = _deed_of(json.loads(entry.details))
    except NONSENSE:
        return None
    return None if deed is None else Told(entry.id, entry.study_day, deed)


def _deed_of(told: Mapping[str, Any]) -> Deed | None:
    match told["do"]:
        case "start":
            return Started(_word(told["phase"]))
        case "done":
            return Done(_word(told["item"]), _word(told["link"]))
        case "reopen":
            return Reopened(_word(told["item"]))
        case "choose":
            return Chose(_word(told["phase"]), _word(told["deck"]), tuple(map(_word, told["others"])))
        case "assess":
            levels = {_word(skill): int(level) for skill, level in told["levels"].items()}
            return Assessed({skill: level for skill, level in levels.items() if level in LEVELS})
        case "tick":
            return Ticked(_word(told["line"]), is_done=bool(told["done"]))
        case "keep":
            values = {_word(name): _word(value) for name, value in told["values"].items()}
            return Kept(ListKind(told["list"]), _word(told["entry"]), values)
        case "drop":
            return Dropped(ListKind(told["list"]), _word(told["entry"]))
        case _:
            return None


def _word(value: Any) -> str:
    return clean_line(str(value))


def deed_words(details: str) -> str:
    """Return what an entry did, for people; one that makes no sense is told as a step on the road."""
    try:
        deed = _deed_of(json.loads(details))
    except NONSENSE:
        deed = None
    match deed:
        case Started(phase=phase):
            return f"start of phase {phase}"
        case Done(item=item):
            return f"{item} done"
        case Reopened(item=item):
            return f"{item} reopened"
        case Chose(deck=deck):
            return f"choice of {deck}" if deck else "withdrawal of a choice"
        case Assessed():
            return "self-assessment"
        case Ticked(line=line, is_done=is_done):
            return f"tick of today's {line}" if is_done else f"untick of today's {line}"
        case Kept(kind=kind, entry=entry, values=values):
            return f"{'change to' if entry else 'new entry in'} {kind.value}{_named(kind, values)}"
        case Dropped(kind=kind):
            return f"removal from {kind.value}"
        case None:
            return "step on the road"
        case never:
            assert_never(never)


def _named(kind: ListKind, values: Mapping[str, str]) -> str:
    from prepdeck.road.lists import fields_of

    name = values.get(fields_of(kind)[0].name, "")
    return f": {name}" if name else ""


def keep_deed(desk: Desk, deed: Deed) -> str:
    """Append one deed; return the name of its entry."""
    with desk.store.writing() as log:
        return append_deeds(desk, log, [deed])[0]
