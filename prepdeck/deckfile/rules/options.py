"""Rules of choice cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prepdeck.cards.card import Choice
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.rules.recall import judge_ask, judge_front
from prepdeck.deckfile.rules.subject import Remark, Subject, field_of

FEWEST_OPTIONS = 3
"""Fewest options of a card that is hard to guess."""
MOST_OPTIONS = 5
"""Most options of a card that is quick to read."""
MOST_OPTION_CHARACTERS = 110
"""Longest option."""
MOST_TIMES_LONGER = 3
"""How many times as long as the shortest option the longest may be."""
SHORT_OPTION_CHARACTERS = 40
"""Options up to so long are read at a glance, so their lengths tell nothing."""

_CATCH_ALL = re.compile(
    r"\W*(?:all|none|both|neither|any) (?:of )?(?:the )?(?:above|these|those|options|answers|other options)\b.{0,20}",
    re.IGNORECASE | re.DOTALL,
)


def judge_choice(subject: Subject, body: Choice) -> Iterator[Remark]:
    """Yield what is to be said of a choice card."""
    yield from judge_ask(subject)
    yield from judge_front(subject, body.front)
    listing = subject.value("options")
    count = len(body.options)
    if not FEWEST_OPTIONS <= count <= MOST_OPTIONS:
        message = f"{count} options; {FEWEST_OPTIONS} to {MOST_OPTIONS} are hard to guess and quick to read"
        yield listing, Fault("W216", message, f"{count} options", help="add a mistake people make, or drop a weak one")
    yield from _judge_options(subject, body)
    lengths = [len(option.text) for option in body.options]
    if max(lengths) > SHORT_OPTION_CHARACTERS and max(lengths) > MOST_TIMES_LONGER * min(lengths):
        message = f"the options are {min(lengths)} to {max(lengths)} characters long, and the odd one out draws the eye"
        node = field_of(subject.entry("options", lengths.index(max(lengths))), "text")
        yield node, Fault("W220", message, "of another length", help="let all options read alike")


def _judge_options(subject: Subject, body: Choice) -> Iterator[Remark]:
    for index, option in enumerate(body.options):
        if len(option.text) > MOST_OPTION_CHARACTERS:
            message = f"the option has {len(option.text)} characters; {MOST_OPTION_CHARACTERS} are the most"
            node = field_of(subject.entry("options", index), "text")
            yield node, Fault("W217", message, f"{len(option.text)} characters", help="move the reason to `why`")
        if option.why is None and not option.correct:
            fault = Fault(
                "W218",
                f"nothing says why {quoted(option.text)} is wrong",
                "why is missing",
                help="add `why:` with the mistake that leads to it",
            )
            yield field_of(subject.entry("options", index), "text"), fault
        if _CATCH_ALL.fullmatch(option.text):
            node = field_of(subject.entry("options", index), "text")
            message = f"{quoted(option.text)} is judged by the other options, which are shuffled"
            yield node, Fault("W219", message, "about other options", help="write an option that stands for itself")
