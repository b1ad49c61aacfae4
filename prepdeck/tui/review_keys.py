"""Which actions of the review page can be done now, and what the key bar calls them."""

from __future__ import annotations

from typing import Final

from prepdeck.cards.card import Cloze
from prepdeck.cards.code import Code
from prepdeck.cards.spoken import Design, Star
from prepdeck.scheduling.grade import Grade
from prepdeck.tui.keys import KeyRow
from prepdeck.tui.review_state import Asking
from prepdeck.tui.widgets.grades import WORDS

GRADES: Final = {f"review.{grade.value}": grade for grade in Grade}
"""The grade each action stands for."""
_WITHOUT_CARD: Final = frozenset({"review.reveal", "review.undo", "review.timers"})


def can_do(action: str, asking: Asking | None, *, is_typing: bool) -> bool:
    """Tell whether an action can be done now.

    Args:
        action: Its id.
        asking: The card asked now, or None when it could not be loaded.
        is_typing: Whether keys go into the answer field.
    """
    if asking is None:
        return not action.startswith("review.") or action in _WITHOUT_CARD
    if action in GRADES or action == "review.accept":
        return asking.is_revealed
    if action.startswith("review.pick_"):
        return asking.can_pick(action[-1])
    match action:
        case "review.reveal":
            return not asking.is_revealed and not asking.running
        case "review.field":
            return (asking.takes_number or asking.takes_draft) and not is_typing and not asking.running
        case "review.run" | "review.submit":
            return asking.can_run
        case "review.editor":
            return asking.takes_draft and not asking.running
        case "review.hint":
            return not asking.is_revealed and asking.hints_left > 0
        case "review.followup":
            return asking.followups_left > 0
        case "review.tick" | "review.next_point" | "review.previous_point":
            return bool(asking.points)
        case "review.source":
            return asking.has_maths
        case _:
            return True


def word_for(key: KeyRow, asking: Asking | None) -> str:
    """Return what the key bar says for an action."""
    match key.id:
        case "app.leave":
            return "Stop"
        case "review.flag" if asking is not None and asking.view.handling.flagged:
            return "Unflag"
        case "review.reveal":
            return _word_for_next(key, asking)
        case "review.field" if asking is not None and asking.takes_draft:
            return "Write"
        case "review.followup" if asking is not None and asking.followups_left % 2:
            return "Its answer"
        case "review.accept" if asking is not None and asking.suggested is not None:
            return WORDS[asking.suggested]
        case _:
            return key.word


def _word_for_next(key: KeyRow, asking: Asking | None) -> str:
    if asking is None:
        return "Try again"
    if asking.takes_number or asking.takes_several:
        return "Check"
    if isinstance(asking.card.body, Design):
        return "Phase"
    if asking.can_tell:
        return "Start"
    return "Next gap" if has_more_gaps(asking) else key.word


def next_words(asking: Asking) -> tuple[str, str]:
    """Return what the box below the front offers, and a quiet word beside it."""
    body = asking.card.body
    if isinstance(body, Design):
        number, count = asking.phases_open + 1, len(body.outline)
        aside = "Tab writes an outline first" if not asking.phases_open else "tick what you said"
        return f"Open phase {number} of {count}", aside
    if isinstance(body, Code):
        return "Show reference", "Tab writes code, r runs, s submits"
    if asking.can_tell:
        return "Start the clock", "then tell it aloud"
    if asking.is_telling:
        return "Show what to look for" if isinstance(body, Star) else "Show answer", "when you are done"
    return "Show the next gap" if has_more_gaps(asking) else "Show answer", "think first, then reveal"


def has_more_gaps(asking: Asking) -> bool:
    """Tell whether a gap is left after the next one."""
    body = asking.card.body
    return isinstance(body, Cloze) and asking.gaps_open + 1 < body.last_number
