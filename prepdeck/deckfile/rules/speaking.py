"""Rules of design cases, behavioural prompts and stories."""

from __future__ import annotations

from collections.abc import Iterator

from prepdeck.cards.spoken import Design, Star, Story
from prepdeck.deckfile.fault import Fault, plain
from prepdeck.deckfile.rules.recall import judge_front
from prepdeck.deckfile.rules.subject import Remark, Subject, field_of
from prepdeck.text.counts import counted

FEWEST_POINTS = 2
"""Fewest outline points of a phase."""
MOST_POINTS = 5
"""Most outline points of a phase."""
FEWEST_OF_DESIGN = {"probes": 5, "clarifications": 4, "numbers": 2}
"""Fewest entries of the fields of a design case."""
FEWEST_OF_STAR = {"probes": 3, "strong_signals": 2, "weak_signals": 2}
"""Fewest entries of the fields of a behavioural prompt."""
MOST_PART_WORDS = 200
"""Most words of a story's part: 80 seconds of speech, the longest part of the answer clock."""

_WHAT_THEY_DO = {
    "probes": "what an interviewer asks into the answer",
    "clarifications": "questions that a good candidate asks first",
    "numbers": "figures that drive the design",
    "strong_signals": "what strong answers hold",
    "weak_signals": "what weak answers do",
}


def judge_design(subject: Subject, body: Design) -> Iterator[Remark]:
    """Yield what is to be said of a design case."""
    yield from judge_front(subject, body.front)
    outline = subject.value("outline")
    for phase in body.outline:
        if not FEWEST_POINTS <= len(phase.points) <= MOST_POINTS:
            points = counted(len(phase.points), "point")
            message = (
                f"phase {plain(phase.phase)} has {points}; {FEWEST_POINTS} to {MOST_POINTS} can be ticked at a glance"
            )
            help_text = (
                "add what is missing" if len(phase.points) < FEWEST_POINTS else "join points that belong together"
            )
            yield field_of(outline, phase.phase), Fault("W237", message, points, help=help_text)
    yield from _judge_counts(subject, body, FEWEST_OF_DESIGN, "W238")


def judge_star(subject: Subject, body: Star) -> Iterator[Remark]:
    """Yield what is to be said of a behavioural prompt."""
    yield from judge_front(subject, body.front)
    yield from _judge_counts(subject, body, FEWEST_OF_STAR, "W239")


def judge_story(subject: Subject, body: Story) -> Iterator[Remark]:
    """Yield what is to be said of a story."""
    for name, what in (("metric", "the result as a number"), ("reflection", "what you learnt from it")):
        if getattr(body, name) is None:
            message = f"the story lacks {what}, which interviewers ask for"
            yield subject.head, Fault("W240", message, f"{name} is missing", help=f"add `{name}:`")
    for name in ("situation", "task", "action", "result", "reflection"):
        words = len((getattr(body, name) or "").split())
        if words > MOST_PART_WORDS:
            message = f"{name} has {words} words; {MOST_PART_WORDS} are 80 seconds of speech"
            yield subject.value(name), Fault("W241", message, f"{words} words", help="keep what you would say aloud")


def _judge_counts(subject: Subject, body: Design | Star, fewest: dict[str, int], code: str) -> Iterator[Remark]:
    for name, least in fewest.items():
        count = len(getattr(body, name))
        if count < least:
            called = name.replace("_", " ")
            message = f"{count} {called}; a case needs {least}: {_WHAT_THEY_DO[name]}"
            yield subject.value(name), Fault(code, message, f"{count} of {least} {called}", help=f"add to `{name}:`")
