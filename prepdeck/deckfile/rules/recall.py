"""Rules of fronts, answers and hints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prepdeck.cards.card import Basic, Choice, Cloze, Gap, Numeric
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.nodes import Node
from prepdeck.deckfile.rules.subject import Remark, Subject, entry_of, field_of, words_of

MOST_FRONT_CHARACTERS = 240
"""Longest front, Markdown signs included."""
AIMED_BACK_CHARACTERS = 320
"""What an answer aims at; told by `lint --report` alone, since a good third of good answers are a little longer."""
MOST_BACK_CHARACTERS = 600
"""Longest answer."""
MOST_BULLETS = 3
"""Most entries of lists in one answer."""

_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_LISTING = re.compile(
    r"(?:^|[.!?:;][ \t]+|\n[ \t]*)((?:please\s+|can you\s+|could you\s+)?(?:"
    rf"list (?:the|all|every|{_NUMBER})|name (?:all|every|(?:the )?{_NUMBER})|enumerate"
    rf"|what are (?:all )?the {_NUMBER})\b(?![-(]))",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"\s*(?:is|isn't|are|aren't|was|were|does|doesn't|do|don't|did|can|can't|could|should|shouldn't|would|will"
    r"|has|have|had|must|may)\s(?!you\s)[^?.!:;\n]*\?\s*",
    re.IGNORECASE,
)
_ASKS_MORE = re.compile(r"\b(?:or|why|how|which|what|when|where|who|versus|vs)\b", re.IGNORECASE)
_BULLET = re.compile(r"^ *(?:[-*+]|\d{1,3}[.)])[ \t]+\S", re.MULTILINE)
_FENCED = re.compile(r"^ *(```|~~~).*?(?:^ *\1|\Z)", re.MULTILINE | re.DOTALL)
_OFFERS = re.compile(r"\b(?:or|vs|versus|which|whether|than|between|either)\b", re.IGNORECASE)
CHOICE_OF = re.compile(r"\b(?:or|vs|versus)\b|\w/\w", re.IGNORECASE)
"""What makes a hint name several answers to choose from, such as `flatter or sharper?`."""

_FEWEST_TELLING_WORDS = 3
_FEWEST_TELLING_CHARACTERS = 4


def judge_basic(subject: Subject, body: Basic) -> Iterator[Remark]:
    """Yield what is to be said of a basic card."""
    yield from judge_ask(subject)
    front, back = subject.value("front"), subject.value("back")
    yield from _judge_question(subject, front, body.front)
    yield from _judge_answer(back, body.back)
    for index, variant in enumerate(body.variants):
        yield from _judge_question(subject, subject.entry("variants", index), variant)
    for index, followup in enumerate(body.followups):
        node = entry_of(subject.value("followups"), index)
        yield from _judge_question(subject, field_of(node, "front"), followup.front)
        yield from _judge_answer(field_of(node, "back"), followup.back)
    if len(body.back) <= len(body.front) and _gives_away(body.front, body.back):
        yield (
            front,
            Fault("W206", "the front holds the answer word for word", "holds the answer", help="ask without naming it"),
        )


def judge_front(subject: Subject, text: str) -> Iterator[Remark]:
    """Yield what is to be said of a front's length."""
    if len(text) > MOST_FRONT_CHARACTERS:
        yield subject.value("front"), _too_long_front(len(text))


def judge_ask(subject: Subject) -> Iterator[Remark]:
    """Yield what is to be said of a card that does not declare what it asks."""
    if subject.strict and subject.card.ask is None:
        help_text = "add `ask:` with define, mechanism, why, when, compare, diagnose, predict or next-step"
        message = "the card does not say what it asks, so the mix of the deck cannot be measured"
        yield subject.head, Fault("W208", message, "ask is missing", help=help_text)


def judge_refs(subject: Subject) -> Iterator[Remark]:
    """Yield what is to be said of a card without a reference."""
    if subject.strict and not subject.card.refs:
        help_text = 'add `refs: ["Bishop, Pattern Recognition and Machine Learning, ch. 3"]`'
        message = "the card names nothing to check its answer against"
        yield subject.head, Fault("W209", message, "refs is missing", help=help_text)


def judge_hints(subject: Subject) -> Iterator[Remark]:
    """Yield what is to be said of hints that tell the answer."""
    answers = _short_answers(subject)
    if not answers:
        return
    for index, hint in enumerate(subject.card.hints):
        said = words_of(hint)
        told = next((answer for answer, words in answers if words in said), None)
        if told is not None and not CHOICE_OF.search(hint):
            fault = Fault(
                "W207",
                f"the hint gives the answer away: {quoted(told)}",
                "holds the answer",
                help="point to the way there instead",
            )
            yield subject.entry("hints", index), fault


def count_bullets(text: str) -> int:
    """Return how many entries of lists a text holds; code does not count."""
    if len(_BULLET.findall(text)) <= MOST_BULLETS:
        return 0
    return len(_BULLET.findall(_FENCED.sub("", text)))


def _judge_question(subject: Subject, node: Node, text: str) -> Iterator[Remark]:
    if len(text) > MOST_FRONT_CHARACTERS:
        yield node, _too_long_front(len(text))
    listing = _LISTING.search(text)
    if listing is not None:
        yield (
            subject.part(node, listing[1]),
            Fault(
                "W204",
                f"{quoted(listing[1])} asks for a list, and half a list remembered is neither right nor wrong",
                "asks for a list",
                help="ask which comes first and why, or make a cloze card of each entry",
            ),
        )
    if _YES_NO.fullmatch(text) and not _ASKS_MORE.search(text):
        yield (
            node,
            Fault(
                "W205",
                "a question that yes or no answers is guessed right half of the time",
                "yes or no",
                help="ask why, when or which instead",
            ),
        )


def _judge_answer(node: Node, text: str) -> Iterator[Remark]:
    if len(text) > MOST_BACK_CHARACTERS:
        message = (
            f"the answer has {len(text)} characters; aim at {AIMED_BACK_CHARACTERS}, stop at {MOST_BACK_CHARACTERS}"
        )
        help_text = "split the card, or leave out what the front does not ask for"
        yield node, Fault("W202", message, f"{len(text)} characters", help=help_text)
    bullets = count_bullets(text)
    if bullets > MOST_BULLETS:
        message = f"the answer lists {bullets} entries; more than {MOST_BULLETS} are hardly recalled together"
        help_text = "split the card, or make cloze cards of the entries"
        yield node, Fault("W203", message, f"{bullets} entries", help=help_text)


def _too_long_front(length: int) -> Fault:
    message = f"the front has {length} characters; {MOST_FRONT_CHARACTERS} are the most"
    return Fault("W201", message, f"{length} characters", help="shorten the story, or split the card")


def _gives_away(front: str, back: str) -> bool:
    """Tell whether `front` holds the whole answer without offering it as one of several."""
    answer = words_of(back)
    return answer.count(" ") > _FEWEST_TELLING_WORDS and answer in words_of(front) and not _OFFERS.search(front)


def _short_answers(subject: Subject) -> list[tuple[str, str]]:
    """Return answers that a hint could hold, each with its words."""
    if not subject.card.hints:
        return []
    match subject.card.body:
        case Basic(back=back):
            answers = [back]
        case Cloze(pieces=pieces):
            answers = [piece.answer for piece in pieces if isinstance(piece, Gap)]
        case Choice(options=options):
            answers = [option.text for option in options if option.correct]
        case Numeric(answer_text=text):
            answers = [text]
        case _:
            answers = []
    with_words = [(answer, words_of(answer)) for answer in answers]
    return [(answer, words) for answer, words in with_words if len(words.strip()) >= _FEWEST_TELLING_CHARACTERS]
