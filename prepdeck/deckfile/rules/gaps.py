"""Rules of cloze texts."""

from __future__ import annotations

from collections.abc import Iterator

from prepdeck.cards.card import Cloze, Gap
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.rules.recall import CHOICE_OF
from prepdeck.deckfile.rules.subject import Remark, Subject, words_of

MOST_TEXT_CHARACTERS = 240
"""Longest text with its gaps open."""
MOST_GAPS = 3
"""Most gaps of a text."""
MOST_GAP_CHARACTERS = 40
"""Longest hidden stretch."""
_FEWEST_CHARACTERS = 3


def judge_cloze(subject: Subject, body: Cloze) -> Iterator[Remark]:
    """Yield what is to be said of a cloze card."""
    node = subject.value("text")
    gaps = [piece for piece in body.pieces if isinstance(piece, Gap)]
    length = sum(len(piece.answer if isinstance(piece, Gap) else piece) for piece in body.pieces)
    if length > MOST_TEXT_CHARACTERS:
        message = f"the text has {length} characters; {MOST_TEXT_CHARACTERS} are the most"
        yield node, Fault("W211", message, f"{length} characters", help="keep the sentence that holds the gaps")
    if len(gaps) > MOST_GAPS:
        message = f"the text hides {len(gaps)} stretches; {MOST_GAPS} are the most"
        yield node, Fault("W212", message, f"{len(gaps)} gaps", help="open some of them, or split the card")
    for gap in gaps:
        if len(gap.answer) > MOST_GAP_CHARACTERS:
            message = f"gap {gap.number} hides {len(gap.answer)} characters; {MOST_GAP_CHARACTERS} are the most"
            help_text = "hide the one word or number that matters"
            yield subject.part(node, gap.answer), Fault("W213", message, "a long gap", help=help_text)
    visible = words_of(" ".join("\n" if isinstance(piece, Gap) else piece for piece in body.pieces))
    for gap in gaps:
        answer = words_of(gap.answer)
        if len(answer.strip()) >= _FEWEST_CHARACTERS and answer in visible:
            fault = Fault(
                "W214",
                f"the text shows {quoted(gap.answer)}, which gap {gap.number} hides",
                "also visible",
                help="reword the visible text, or hide something else",
            )
            yield subject.part(node, f"c{gap.number}::{gap.answer}"), fault
        elif gap.hint is not None and len(answer.strip()) >= _FEWEST_CHARACTERS and _tells(gap.hint, answer):
            message = f"the hint of gap {gap.number} gives the answer away: {quoted(gap.answer)}"
            fault = Fault("W207", message, "holds the answer", help="point to the way there instead")
            yield subject.part(node, f"::{gap.hint}"), fault


def _tells(hint: str, answer: str) -> bool:
    """Tell whether a hint holds the answer without offering others beside it."""
    return answer in words_of(hint) and not CHOICE_OF.search(hint)
