"""Rules of answers that age."""

from __future__ import annotations

from collections.abc import Iterator

from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.rules.subject import Remark, Subject

VOLATILE_DAYS = 180
"""Days after which a volatile answer has to be looked at again."""


def judge_age(subject: Subject) -> Iterator[Remark]:
    """Yield what is to be said of the day on which an answer was checked."""
    checked = subject.card.as_of
    if checked is None:
        return
    age = (subject.today - checked).days
    if age < 0:
        message = f"as_of is {checked}, and today is {subject.today}"
        help_text = "write the day on which the answer was last checked"
        yield subject.value("as_of"), Fault("W244", message, "in the future", help=help_text)
    elif subject.card.volatile and age > VOLATILE_DAYS:
        message = f"the answer ages and was last checked {age} days ago; {VOLATILE_DAYS} days are the most"
        help_text = f"check the answer, then write `as_of: {subject.today}`"
        yield subject.value("as_of"), Fault("W243", message, f"{age} days old", help=help_text)
