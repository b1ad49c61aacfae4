"""Mocks closed: the last draft judged, the marks saved, weak cards pulled to today, and the debrief written down."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prepdeck.cards.code import Code
from prepdeck.cards.ids import CardId
from prepdeck.cards.verdict import Verdict
from prepdeck.errors import NotFound, PrepdeckError, UsageError
from prepdeck.host.processes import own_token
from prepdeck.interview.agenda import passing_through
from prepdeck.interview.debrief import Debrief
from prepdeck.interview.events import Judged, Saved
from prepdeck.interview.mock import Mock
from prepdeck.interview.running import happen
from prepdeck.interview.scoring import question_levels, score
from prepdeck.scheduling.memory import Learned, Memory
from prepdeck.store.mapping import ActionKind
from prepdeck.study.mock_candidates import weakness_of
from prepdeck.study.mock_editing import code_of, forget_drafts
from prepdeck.study.mock_owners import hold
from prepdeck.study.mock_sitting import Sat, happened, moment_ms, read_now, store_pending, stored
from prepdeck.text.cleaning import clean_line

if TYPE_CHECKING:
    from prepdeck.cards.card import Card
    from prepdeck.study.desk import Desk

WEAK: Final = 2
"""Marks up to this bring cards back."""
MOSTLY: Final = Fraction(4, 5)
"""A share of hidden tests under it is a mark of 2 or less."""
MOST_PULLED: Final = 6
"""Learned cards of weak topics that are brought back, beside the question's own card."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A card that a mock brought back to today."""

    card: CardId
    """Its name."""
    title: str
    """Its prompt as one line, Markdown."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A mock whose marks are saved."""

    sat: Sat
    """The mock."""
    debrief: Debrief
    """What it says."""
    pulled: tuple[Pulled, ...]
    """Cards that were brought back to today by it, and are not moved back."""
    markdown: Path | None
    """The debrief as a file; None when it could not be written."""
    json: Path | None
    """The same as data."""
    fault: str = ""
    """Why there are no files."""


def judge(desk: Desk, sat: Sat) -> Sat:
    """Run the last draft of every code question against its hidden tests; return the mock with what came of it.

    What could not be run is tried again the next time: a deck may be trusted by then.

    A blank draft is not run. Neither is code of a deck that is neither bundled nor trusted, and the mock says so.

    Raises:
        StoreError: When what came of it could not be stored.
    """
    for number, question in enumerate(sat.mock.questions):
        before = sat.mock.answers[number].judged
        if not question.sort.is_code or sat.mock.is_blank(number) or (before is not None and before.of):
            continue
        card = sat.cards.get(question.card) if question.card is not None else None
        passed, of, words = _judged(desk, card, code_of(sat, number))
        if before is not None and (before.passed, before.of, before.words) == (passed, of, words):
            continue  # still not to be run, for the same reason
        now = moment_ms(sat, read_now(desk))
        sat = happened(sat, Judged(now, number, passed, of, words))
    return stored(sat, store_pending(desk, sat)) if sat.pending else sat


def _judged(desk: Desk, card: Card | None, code: str) -> tuple[int, int, str]:
    """Return how many hidden tests passed, how many there are, and what failed first."""
    from prepdeck.study.coding import needs_consent, submit

    if card is None or not isinstance(card.body, Code):
        return 0, 0, "The card is in no deck any more, so nothing was run."
    if needs_consent(desk, card):
        path = clean_line(str(desk.library.deck(card.id.deck).path))
        return 0, 0, f"Not run: its tests are code of a deck you have not trusted; prepdeck trust {path}"
    try:
        verdict = submit(desk, card, code)
    except PrepdeckError as error:
        return 0, 0, f"Not run: {error.message}"
    return _counted(card.body, verdict)


def _counted(body: Code, verdict: Verdict) -> tuple[int, int, str]:
    visible = len(body.visible) if body.hidden else 0
    tried = verdict.results[visible:]
    of = len(body.cases) - visible + max(0, len(verdict.results) - len(body.cases))
    failed = next((result for result in verdict.results if not result.passed), None)
    words = verdict.message
    if failed is not None:
        words = f"{failed.given} gave {failed.got}, not {failed.expected}. {words}".rstrip()
    return sum(result.passed for result in tried), of, words


def close_mock(desk: Desk, sat: Sat) -> Closed:
    """Save the marks of a mock, bring back the cards that low marks point at, and write the debrief down.

    Marks and moved cards are stored in one transaction; the moved cards are one undo step.

    Raises:
        UsageError: When the mock is not over, was given up, or another program marks it.
        StoreError: When it could not be stored; nothing was changed.
    """
    from prepdeck.study.mock_debriefs import debrief_of, write_debrief

    now = moment_ms(sat, read_now(desk))
    happen(sat.mock, Saved(now))  # refused before anything is moved
    day, moment = desk.today(), desk.clock.now()
    with desk.store.writing() as log:
        hold(log, sat.id, own_token())
        memories = log.all_memories()
        held_back = log.held_back_on(day)
        wanted = _wanted(desk, sat, memories, held_back, log.new_names())
        items = [(card, day.isoformat()) for card in wanted]
        actions = log.append_actions(ActionKind.PULL, moment, day, items) if items else []
        event = Saved(now, actions[0].step if actions else "")
        log.mocks.append(sat.id, (*sat.pending, event), at=moment, read=sat.read, seen_ms=sat.read_ms)
    sat = replace(sat, mock=happen(sat.mock, event), pending=())
    forget_drafts(desk, sat)
    found = debrief_of(desk, sat)
    written = write_debrief(desk, found)
    return Closed(sat, found, pulled_by(desk, sat), written.markdown, written.json, written.fault)


def reopen(desk: Desk, words: str) -> Closed:
    """Return the debrief of a mock that is over, as its page shows it; its files are written anew.

    Raises:
        NotFound: When there is no such mock, or it is not over.
    """
    from prepdeck.study.mock_begin import load_mock
    from prepdeck.study.mock_debriefs import debrief_of, write_debrief

    sat = load_mock(desk, words)
    if not sat.mock.is_over:
        raise NotFound(f"the mock {sat.id} is not over", "prepdeck mock resume goes on with it")
    found = debrief_of(desk, sat)
    written = write_debrief(desk, found)
    return Closed(sat, found, pulled_by(desk, sat), written.markdown, written.json, written.fault)


def pulled_by(desk: Desk, sat: Sat) -> tuple[Pulled, ...]:
    """Return the cards that a mock brought back to today, those moved back since left out."""
    with desk.store.reading() as log:
        newer = log.new_names()
        entries = [entry for step in sat.mock.pulls for entry in log.standing_step(step)]
    names = dict.fromkeys(newer.get(entry.card, entry.card) for entry in entries if entry.card is not None)
    cards = {name: desk.library.get(name) for name in names}
    return tuple(Pulled(name, card.title if card is not None else "") for name, card in cards.items())


def undo_pull(desk: Desk, sat: Sat) -> tuple[CardId, ...]:
    """Move the cards that a mock brought back to where they were; return them.

    Raises:
        UsageError: When there are none, or they were moved back already.
    """
    moment, day = desk.clock.now(), desk.today()
    with desk.store.writing() as log:
        newer = log.new_names()
        entries = [entry for step in sat.mock.pulls for entry in log.standing_step(step)]
        if not entries:
            raise UsageError("this mock moved no card that is still moved")
        log.take_back(entries, moment, day)
    return tuple(dict.fromkeys(newer.get(entry.card, entry.card) for entry in entries if entry.card is not None))


def _wanted(
    desk: Desk,
    sat: Sat,
    memories: Mapping[CardId, Memory],
    held_back: Container[CardId],
    newer: Mapping[CardId, CardId],
) -> list[CardId]:
    """Return the cards that low marks bring back: those of weak questions, then at most six of weak topics.

    Args:
        desk: Everything opened.
        sat: The mock.
        memories: What is known of each card.
        held_back: Cards that are not asked today, whatever comes.
        newer: The names of cards that were renamed since they were asked.
    """
    mock, today = sat.mock, desk.today()

    def may_move(card: CardId) -> bool:
        memory = memories.get(card)
        return card not in held_back and isinstance(memory, Learned) and memory.due > today

    weak_questions = [number for number, level in question_levels(mock).items() if level <= WEAK]
    levels = score(mock, sat.rubric, sat.scale, sat.star).levels
    criteria = (
        [] if sat.rubric is None else [each for each in sat.rubric.criteria if levels.get(each.id, WEAK + 1) <= WEAK]
    )
    if criteria:
        weak_questions += [*_through(mock), *_failed(mock)]
    named = [card for number in dict.fromkeys(weak_questions) for card in mock.questions[number].cards]
    own = [card for name in named if may_move(card := newer.get(name, name))]
    topics = {topic for each in criteria for topic in each.topics}
    outlines = [each for each in desk.library.outlines() if each.topic in topics] if topics else []
    learned = [(each.card, memory) for each in outlines if isinstance(memory := memories.get(each.card), Learned)]
    others = sorted(
        ((card, memory) for card, memory in learned if may_move(card) and card not in own),
        key=lambda pair: (-weakness_of(pair[1]), pair[1].due, pair[0]),
    )
    return list(dict.fromkeys((*own, *(card for card, _ in others[:MOST_PULLED]))))


def _failed(mock: Mock) -> Iterable[int]:
    """Return the problems whose code did not pass most of its hidden tests, blank ones among them."""
    for number, question in enumerate(mock.questions):
        judged = mock.answers[number].judged
        if question.sort.is_code and (mock.is_blank(number) or (judged is not None and judged.of)):
            passed = 0 if mock.is_blank(number) or judged is None else Fraction(judged.passed, judged.of)
            if passed < MOSTLY:
                yield number


def _through(mock: Mock) -> Iterable[int]:
    """Return the question that goes through all phases, which every criterion is about; or the only one there is."""
    number = 0 if len(mock.questions) == 1 else passing_through(mock.blueprint, mock.questions)
    return () if number is None else (number,)
