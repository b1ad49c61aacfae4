"""All rules, asked of one deck or of several together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import assert_never

from prepdeck.cards.card import Basic, Choice, Cloze, Numeric
from prepdeck.cards.code import Code
from prepdeck.cards.spoken import Design, Star, Story
from prepdeck.deckfile.collector import still_collector
from prepdeck.deckfile.findings import MAX_PROBLEMS, Findings
from prepdeck.deckfile.problem import Problem
from prepdeck.deckfile.reading import Reading
from prepdeck.deckfile.rules.ageing import judge_age
from prepdeck.deckfile.rules.figures import judge_numeric
from prepdeck.deckfile.rules.gaps import judge_cloze
from prepdeck.deckfile.rules.leftovers import judge_leftovers
from prepdeck.deckfile.rules.mix import judge_deck
from prepdeck.deckfile.rules.neighbours import judge_names, judge_renames, judge_targets, judge_twins
from prepdeck.deckfile.rules.options import judge_choice
from prepdeck.deckfile.rules.programs import judge_code
from prepdeck.deckfile.rules.recall import judge_basic, judge_hints, judge_refs
from prepdeck.deckfile.rules.speaking import judge_design, judge_star, judge_story
from prepdeck.deckfile.rules.subject import Remark, Subject
from prepdeck.deckfile.rules.tally import tally_of


def check_deck(reading: Reading, today: date, *, strict: bool = False) -> tuple[Problem, ...]:
    """Return what the rules say of one deck, by place; nothing of a file without a deck.

    Args:
        reading: The deck as it was read.
        today: The day on which it is checked, for answers that age.
        strict: Also ask for the fields that bundled decks always have.
    """
    with still_collector():
        return _placed(reading, _judge(reading, today, strict=strict))


def check_decks(readings: Sequence[Reading]) -> tuple[Problem, ...]:
    """Return what the rules say of decks that are used together, file by file; one deck is compared with itself."""
    with still_collector():
        remarks = _judge_together(readings)
    return tuple(
        problem for place, reading in enumerate(readings) for problem in _placed(reading, remarks.get(place, ()))
    )


def _judge_together(readings: Sequence[Reading]) -> dict[int, list[Remark]]:
    """Return what is to be said of each file beside the others, by its place in the sequence."""
    remarks: defaultdict[int, list[Remark]] = defaultdict(list)
    for judge in (judge_names, judge_targets):
        for place, remark in judge(readings):
            remarks[place].append(remark)
    used = _used(readings)
    for judge in (judge_renames, judge_twins):
        for place, remark in judge([readings[home] for home in used]):
            remarks[used[place]].append(remark)
    return remarks


def _used(readings: Sequence[Reading]) -> list[int]:
    """Return the places of the decks that are used: of two with one name, the later one."""
    last = {reading.deck.id: place for place, reading in enumerate(readings) if reading.deck is not None}
    return sorted(last.values())


def _judge(reading: Reading, today: date, *, strict: bool) -> Iterator[Remark]:
    deck, root = reading.deck, reading.root
    if deck is None or root is None:
        return
    text = reading.source.text
    for card in deck.cards:
        yield from _judge_card(Subject(card, reading.tables[card.id], text, today, strict))
    yield from judge_deck(root, tally_of(deck))
    if strict:
        yield from judge_leftovers(root)


def _judge_card(subject: Subject) -> Iterator[Remark]:
    match subject.card.body:
        case Basic() as body:
            yield from judge_basic(subject, body)
            yield from judge_refs(subject)
        case Cloze() as body:
            yield from judge_cloze(subject, body)
            yield from judge_refs(subject)
        case Choice() as body:
            yield from judge_choice(subject, body)
            yield from judge_refs(subject)
        case Numeric() as body:
            yield from judge_numeric(subject, body)
            yield from judge_refs(subject)
        case Code() as body:
            yield from judge_code(subject, body)
        case Design() as body:
            yield from judge_design(subject, body)
        case Star() as body:
            yield from judge_star(subject, body)
        case Story() as body:
            yield from judge_story(subject, body)
        case body:
            assert_never(body)
    if subject.card.hints:
        yield from judge_hints(subject)
    if subject.card.as_of is not None:
        yield from judge_age(subject)


def _placed(reading: Reading, remarks: Iterable[Remark]) -> tuple[Problem, ...]:
    """Return remarks as problems with line and column; after a thousand the rest is only counted."""
    notes = Findings(reading.source)
    unlisted = 0
    for node, fault in remarks:
        if notes.is_full:
            unlisted += 1
        else:
            notes.report(node, fault)
    problems = notes.problems()
    if not unlisted:
        return problems
    stop = replace(
        problems[-1],
        code="W259",
        message=f"{unlisted} more warnings are not listed after the first {MAX_PROBLEMS:,}",
        label="the listing stops here",
        known=(),
        fix=None,
        help="correct the first ones, then check the file again",
    )
    return (*problems, stop)
