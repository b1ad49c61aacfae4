"""Real interviews: what was asked in each round, what came of it, and questions that become cards to learn."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from prepdeck.errors import NotFound, UsageError
from prepdeck.store.mapping import Action, ActionKind
from prepdeck.text.cleaning import clean_line

if TYPE_CHECKING:
    from prepdeck.store.logbook import Logbook
    from prepdeck.study.desk import Desk

LONGEST_WORDS: Final = 2_000
"""Characters of one text of a round."""
MOST_QUESTIONS: Final = 50
"""Questions of one round."""


@dataclass(frozen=True, slots=True)
class RealRound:
    """One round of a real interview."""

    id: str
    """Name of its entry in the log."""
    day: date
    """When it was."""
    company: str
    """Who asked."""
    round: str
    """Which round, such as `phone screen`."""
    questions: tuple[str, ...] = ()
    """What was asked."""
    result: str = ""
    """What came of it, in the candidate's own words."""
    notes: str = ""
    """Anything else."""
    is_done: bool = False
    """Whether it was worked through: its questions were studied."""


@dataclass(frozen=True, slots=True)
class RoundChange:
    """What is different about a round from now on; None leaves a field as it is."""

    company: str | None = None
    """Who asked."""
    round_name: str | None = None
    """Which round it was."""
    day: date | None = None
    """When it was."""
    questions: Sequence[str] | None = None
    """What was asked."""
    result: str | None = None
    """What came of it."""
    notes: str | None = None
    """Anything else."""
    is_done: bool | None = None
    """Whether it was worked through."""


def add_round(  # noqa: PLR0913 - what a round is made of
    desk: Desk,
    company: str,
    *,
    round_name: str = "",
    day: date | None = None,
    questions: Sequence[str] = (),
    result: str = "",
    notes: str = "",
    is_done: bool = False,
) -> RealRound:
    """Note down a round of a real interview; undo takes it back.

    Args:
        desk: Everything opened.
        company: Who asked.
        round_name: Which round it was.
        day: When it was; today when nobody says.
        questions: What was asked.
        result: What came of it.
        notes: Anything else.
        is_done: Whether it was worked through already.

    Raises:
        UsageError: When nobody is named, the day lies ahead, or a text is too long.
    """
    draft = RealRound("", day or desk.today(), company, round_name, tuple(questions), result, notes, is_done)
    details = _details_of(_checked(draft, desk.today()))
    with desk.store.writing() as log:
        entry = _append(desk, log, details)
    found = _round_of(entry)
    assert found is not None  # noqa: S101 - it was just written
    return found


def _checked(draft: RealRound, today: date) -> RealRound:
    """Return a round with its texts cleaned.

    Raises:
        UsageError: When nobody is named, the day lies ahead, or a text is too long.
    """
    texts = [clean_line(text).strip() for text in (draft.company, draft.round, draft.result, draft.notes)]
    asked = tuple(text for text in (clean_line(question).strip() for question in draft.questions) if text)
    if not texts[0]:
        raise UsageError("which company was it?", "prepdeck interview log --company Acme --round onsite")
    if draft.day > today:
        raise UsageError(f"{draft.day} lies ahead", "prepdeck interview add keeps dates that are to come")
    if len(asked) > MOST_QUESTIONS or any(len(text) > LONGEST_WORDS for text in (*texts, *asked)):
        raise UsageError(
            "that is too much for one round",
            f"at most {MOST_QUESTIONS} questions, and {LONGEST_WORDS:,} characters of a text",
        )
    company, name, result, notes = texts
    return replace(draft, company=company, round=name, questions=asked, result=result, notes=notes)


def _details_of(each: RealRound) -> dict[str, Any]:
    return {
        "day": each.day.isoformat(),
        "company": each.company,
        "round": each.round,
        "questions": each.questions,
        "result": each.result,
        "notes": each.notes,
        "done": each.is_done,
    }


def _append(desk: Desk, log: Logbook, details: Mapping[str, Any]) -> Action:
    items = [(None, json.dumps(details, ensure_ascii=True))]
    return log.append_actions(ActionKind.ROUND, desk.clock.now(), desk.today(), items)[0]


def list_rounds(desk: Desk) -> tuple[RealRound, ...]:
    """Return the rounds that were noted down, the earliest first; ones taken back are left out."""
    with desk.store.reading() as log:
        return _rounds_at(log)


def _rounds_at(log: Logbook) -> tuple[RealRound, ...]:
    """Return the rounds as their last entries have them; an entry that names an earlier one changes or removes it."""
    found: dict[str, RealRound] = {}
    for entry in log.actions_in_force([ActionKind.ROUND]):
        known = _earlier_of(entry)
        if known is None:
            each = _round_of(entry)
            if each is not None:
                found[each.id] = each
        elif known in found:
            changed = _round_of(entry)
            if changed is None:
                del found[known]
            else:
                found[known] = replace(changed, id=known)
    return tuple(sorted(found.values(), key=lambda each: (each.day, each.id)))


def change_round(desk: Desk, name: str, change: RoundChange) -> RealRound:
    """Change a round that was noted down; undo changes it back.

    Raises:
        NotFound: When it is gone.
        UsageError: When nobody is named, the day lies ahead, or a text is too long.
    """
    with desk.store.writing() as log:
        before = _get_round(log, name)
        draft = RealRound(
            name,
            before.day if change.day is None else change.day,
            before.company if change.company is None else change.company,
            before.round if change.round_name is None else change.round_name,
            before.questions if change.questions is None else tuple(change.questions),
            before.result if change.result is None else change.result,
            before.notes if change.notes is None else change.notes,
            before.is_done if change.is_done is None else change.is_done,
        )
        after = _checked(draft, desk.today())
        if after != before:
            _append(desk, log, {**_details_of(after), "of": name})
    return after


def remove_round(desk: Desk, name: str) -> RealRound:
    """Remove a round that was noted down, and return it; undo brings it back.

    Raises:
        NotFound: When it is gone.
    """
    with desk.store.writing() as log:
        before = _get_round(log, name)
        _append(desk, log, {"of": name, "gone": True})
    return before


def _get_round(log: Logbook, name: str) -> RealRound:
    found = next((each for each in _rounds_at(log) if each.id == name), None)
    if found is None:
        raise NotFound("that round is not in the log any more", "prepdeck interview log lists the rounds")
    return found


def _earlier_of(entry: Action) -> str | None:
    """Return the entry that this one changes or removes; None for a round of its own."""
    try:
        told = json.loads(entry.details)
        return str(told["of"]) if "of" in told else None
    except (ValueError, TypeError, RecursionError):
        return None


def _round_of(entry: Action) -> RealRound | None:
    """Return what an entry says, or None for one that makes no sense, of a later prepdeck or another program."""
    try:
        told = json.loads(entry.details)
        questions = tuple(clean_line(str(each)) for each in told["questions"])
        words = [clean_line(str(told[name])) for name in ("company", "round", "result", "notes")]
        day = date.fromisoformat(told["day"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    company, name, result, notes = words
    return RealRound(entry.id, day, company, name, questions, result, notes, bool(told.get("done", False)))
