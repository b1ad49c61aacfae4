"""The questions of a mock as an interviewer puts them on plain lines, without anything of their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.cards.card import Basic, Choice, Numeric
from prepdeck.cards.code import Code
from prepdeck.cards.spoken import Design, Star
from prepdeck.cli.bodies import tests_text
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.text.slugs import slug_words

if TYPE_CHECKING:
    from prepdeck.cards.card import Card
    from prepdeck.cli.layout import Layout
    from prepdeck.interview.questions import Question


def question_text(card: Card, question: Question, layout: Layout) -> str:
    """Return a question as an interviewer puts it, without anything of its answer."""
    match card.body:
        case Choice(front=front, options=options) as body:
            letters = [f"{chr(ord('a') + at)})  {layout.hanging(each.text)}" for at, each in enumerate(options)]
            several = "\n(more than one is right)" if body.takes_several else ""
            return f"{layout.shown(front)}{several}\n\n" + "\n".join(letters) + "\n/pick a chooses."
        case Numeric(front=front, unit=unit):
            return f"{layout.shown(front)}" + (f"\n(unit: {clean_line(unit)})" if unit else "")
        case Code(front=front, visible=visible, hidden=hidden):
            tail = f"{counted(len(hidden), 'hidden test')} at the end." if hidden else ""
            return "\n\n".join(part for part in (layout.shown(front), tests_text(visible, "Tests"), tail) if part)
        case Design(front=front, clarifications=clarifications):
            ask = f"\n/ask 1 to /ask {len(clarifications)} asks for clarifications." if clarifications else ""
            return f"{layout.shown(front)}{ask}"
        case Star(front=front, competency=competency):
            return f"{layout.shown(front)}\n(looks for {slug_words(competency)}; /part begins the five-part clock)"
        case Basic(front=front):
            deeper = counted(question.probes, "deeper question")
            return f"{layout.shown(front)}" + (f"\n({deeper} wait; /o asks the next)" if question.probes else "")
        case _:
            return layout.shown(card.title)
