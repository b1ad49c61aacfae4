"""Mocks begun: the formats there are, what each would ask, and the first tick of the clock."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from prepdeck.cards.blueprint import Blueprint
from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Story
from prepdeck.errors import NotFound, UsageError
from prepdeck.host.clock import read_clocks, to_milliseconds
from prepdeck.host.processes import own_token
from prepdeck.interview.drawing import Candidate, Drawn, Missing, draw_questions
from prepdeck.interview.mock import begin_mock as first_state
from prepdeck.interview.questions import Question
from prepdeck.interview.running import advanced
from prepdeck.interview.terms import Terms
from prepdeck.study.mock_candidates import candidates_for, filled
from prepdeck.study.mock_documents import documents_in_use, get_format
from prepdeck.study.mock_owners import claim
from prepdeck.study.mock_sitting import Sat
from prepdeck.study.story_edits import written
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.store.logbook import Logbook
    from prepdeck.store.mocks import StoredMock
    from prepdeck.study.desk import Desk

SEEDS: Final = 1_000_000
"""A mock whose seed nobody chose gets one below this."""


class NotEnoughCards(UsageError):
    """A mock cannot be drawn: the decks hold too few cards of a sort."""

    code = "not-enough-cards"


@dataclass(frozen=True, slots=True)
class FormatRow:
    """One format with what is known of it."""

    blueprint: Blueprint
    """The format."""
    missing: tuple[Missing, ...]
    """What the decks lack for it; nothing when it can be sat."""
    sat: int
    """How often it was begun."""
    last_day: date | None
    """The last day it was begun."""

    @property
    def can_be_sat(self) -> bool:
        """Whether the decks hold enough for it."""
        return not self.missing


def formats_of(desk: Desk) -> tuple[FormatRow, ...]:
    """Return every format in the order of its file, with what it lacks and how often it was sat."""
    formats = documents_in_use(desk).formats
    candidates = candidates_for(desk, formats.values())
    with desk.store.reading() as log:
        heads = log.mocks.heads()
    rows = []
    for slug, blueprint in formats.items():
        days = [head.study_day for head in heads if head.format == slug and (head.is_over or blueprint.is_loop)]
        missing = missing_for(blueprint, formats, candidates)
        rows.append(FormatRow(blueprint, missing, len(days), max(days, default=None)))
    return tuple(rows)


def missing_for(
    blueprint: Blueprint, formats: Mapping[str, Blueprint], candidates: Sequence[Candidate]
) -> tuple[Missing, ...]:
    """Return what the decks lack for a format; for a loop what they lack for each of its interviews."""
    if blueprint.is_loop:
        rounds = [formats[slug] for slug in dict.fromkeys(blueprint.formats)]
        lacks = [lack for each in rounds for lack in missing_for(each, formats, candidates)]
        return tuple({lack.words: lack for lack in lacks}.values())
    return _draw(blueprint, candidates, 0).missing


def begin_mock(  # noqa: PLR0913 - what a round of a loop needs beside a mock
    desk: Desk,
    words: str,
    terms: Terms | None = None,
    *,
    loop: str | None = None,
    leg: int | None = None,
    along: Callable[[Logbook, str], None] | None = None,
) -> Sat:
    """Draw the questions of a format and start its clock; the mock is stored before anything is shown.

    Args:
        desk: Everything opened.
        words: The format's id, or a beginning of it.
        terms: What the candidate chose; the dice begin with the moment when it has no seed.
        loop: The loop it is a round of.
        leg: Which leg of the loop it is, from 0.
        along: What is written in the same transaction, given the name of the mock; what it raises undoes both.

    Raises:
        NotFound: When there is no such format.
        NotEnoughCards: When the decks hold too few cards for it.
        UsageError: When the format is a loop.
    """
    blueprint = get_format(desk, words)
    if blueprint.is_loop:
        raise UsageError(f"{blueprint.id} is a loop of several mocks", f"prepdeck mock {blueprint.id} begins it")
    documents = documents_in_use(desk)
    terms = terms or Terms()
    candidates = candidates_for(desk, [blueprint])
    if terms.seed:
        # Who names the dice wants the same questions again, though they were asked before.
        candidates = tuple(replace(each, asked_on=None) for each in candidates)
    else:
        terms = replace(terms, seed=to_milliseconds(desk.clock.now()) % SEEDS + 1)
    drawn = _draw(blueprint, candidates, terms.seed)
    if drawn.missing:
        raise not_enough(desk, blueprint, drawn.missing)
    cards = cards_of(desk, drawn.questions)
    questions = tuple(filled(question, cards) for question in drawn.questions)
    rubric = documents.rubrics.get(blueprint.rubric) if blueprint.rubric is not None else None
    began, read = desk.clock.now(), read_clocks(desk.clock)
    with desk.store.writing() as log:
        name = log.mocks.add(
            blueprint=blueprint,
            rubric=rubric,
            terms=terms,
            questions=questions,
            began=began,
            study_day=desk.today(),
            read=read,
            loop=loop,
            leg=leg,
        )
        claim(log, name, own_token())
        if along is not None:
            along(log, name)
    return Sat(
        id=name,
        began=began,
        day=desk.today(),
        mock=first_state(blueprint, terms, questions),
        cards=cards,
        rubric=rubric,
        scale=documents.verdicts,
        star=documents.star_timing,
        stories=stories_of(desk),
        read=read,
        loop=loop,
    )


def load_mock(desk: Desk, words: str) -> Sat:
    """Return a mock as it was last stored, over or not.

    Args:
        desk: Everything opened.
        words: Its id, or a beginning of it that fits only one.

    Raises:
        NotFound: When there is none, or several fit.
    """
    with desk.store.reading() as log:
        found = log.mocks.find(words)
        kept = log.mocks.get(found[0]) if len(found) == 1 else None
    if kept is None:
        if found:
            raise NotFound(f"{words} fits {counted(len(found), 'mock')}", f"write one of: {', '.join(found[:12])}")
        raise NotFound(f"no mock {words}", "prepdeck mock history lists them")
    return sat_of(desk, kept)


def sat_of(desk: Desk, kept: StoredMock) -> Sat:
    """Return a stored mock with its cards as they are today."""
    documents = documents_in_use(desk)
    return Sat(
        id=kept.id,
        began=kept.began,
        day=kept.study_day,
        mock=advanced(kept.replayed(), kept.seen_ms),
        cards=cards_of(desk, kept.questions),
        rubric=kept.rubric,
        scale=documents.verdicts,
        star=documents.star_timing,
        stories=stories_of(desk),
        read=kept.read,
        read_ms=kept.seen_ms,
        loop=kept.loop,
    )


def cards_of(desk: Desk, questions: Sequence[Question]) -> dict[CardId, Card]:
    """Return the cards of some questions by the name they were asked under; one that no deck holds is missing."""
    with desk.store.reading() as log:
        newer = log.new_names()
    found = {name: desk.library.get(newer.get(name, name)) for question in questions for name in question.cards}
    return {name: card for name, card in found.items() if card is not None}


def stories_of(desk: Desk) -> tuple[tuple[CardId, str], ...]:
    """Return name and title of the candidate's stories."""
    cards = [(card.id, card.body) for card in desk.library.of_kind("story")]
    return tuple(
        (name, written("title", body.title) or "Untitled story") for name, body in cards if isinstance(body, Story)
    )


def _draw(blueprint: Blueprint, candidates: Sequence[Candidate], seed: int) -> Drawn:
    return draw_questions(blueprint, candidates, random.Random(f"{blueprint.id} {seed}"))  # noqa: S311 - a draw, not a secret


def not_enough(desk: Desk, blueprint: Blueprint, missing: Sequence[Missing]) -> NotEnoughCards:
    """Return the error that names what the decks lack for a format, and what can be sat instead."""
    lacks = "; ".join(lack.words for lack in missing)
    offers = [row.blueprint.id for row in formats_of(desk) if row.can_be_sat]
    listed = ", ".join(offers) or "none yet: add decks to the folder that prepdeck paths shows"
    return NotEnoughCards(f"the decks hold too little for {blueprint.id}: {lacks}", f"what can be sat now: {listed}")
