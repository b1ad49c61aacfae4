"""Which questions a mock asks, drawn from what the decks hold.

What no mock asked yet comes first, then what was asked longest ago. Among equals chance decides, and it favours what is
weak and what interviews ask often. The dice are given, so that a seed draws the same questions again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from prepdeck.cards.blueprint import Blueprint, Draw
from prepdeck.cards.ids import CardId
from prepdeck.interview.agenda import counts_of
from prepdeck.interview.questions import Question, Sort
from prepdeck.scheduling.simulation.dice import Dice
from prepdeck.text.counts import counted

SCRATCH_DECK: Final = "ml-coding"
"""The deck whose code cards are ML from scratch."""
DEBUGGING_TAG: Final = "debugging"
"""Code cards with this tag are broken scripts."""
LADDER_CARDS: Final = 3
"""How many cards of one topic make a ladder, at most; two at least."""
DEEP_LEVEL: Final = 2
"""From this level on a card goes deep enough for a ladder."""
MOST_OF_A_TOPIC: Final = 2
"""A rapid fire asks no topic more often while others have cards."""

_PLACE: Final = {sort: place for place, sort in enumerate(Sort)}
_RAPID_KINDS: Final = frozenset({"basic", "choice", "numeric"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A card that may be asked, with what is known of it."""

    card: CardId
    """Its name."""
    kind: str
    """Its kind."""
    topic: str = ""
    """Its one subject; empty when it has none."""
    level: int | None = None
    """1-3, how deep it asks."""
    tags: tuple[str, ...] = ()
    """Its labels."""
    weight: int = 2
    """How often interviews ask it, 1-3."""
    family: str = ""
    """The family of a design case."""
    formats: tuple[str, ...] = ()
    """Formats that a design case names; none means any."""
    competency: str = ""
    """What a behavioural prompt looks for."""
    followups: int = 0
    """How many follow-ups a basic card has."""
    minutes: int | None = None
    """What an interview gives for a code card."""
    asked_on: date | None = None
    """The last day a mock asked it."""
    was_seen: bool = False
    """Whether it was reviewed, or asked in a mock."""
    was_reviewed: bool = False
    """Whether it was reviewed."""
    weakness: float = 0.5
    """How weak it is, 0-1."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What the decks lack for a mock."""

    sort: Sort
    """The sort of question."""
    wanted: int
    """How many the mock asks."""
    found: int
    """How many there are."""
    words: str
    """The same for people."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw gave."""

    questions: tuple[Question, ...]
    """In the order of the draw's sorts; fewer than asked for when something is missing."""
    missing: tuple[Missing, ...] = ()
    """What the decks lack."""


@dataclass(slots=True)
class _Table:
    """What lies on the table during one draw."""

    blueprint: Blueprint
    order: list[Candidate]
    taken: set[CardId] = field(default_factory=set)

    def fitting(self, fits: Callable[[Candidate], bool]) -> list[Candidate]:
        return [each for each in self.order if each.card not in self.taken and fits(each)]

    def take(self, candidate: Candidate) -> Candidate:
        self.taken.add(candidate.card)
        return candidate


def draw_questions(blueprint: Blueprint, candidates: Iterable[Candidate], rng: Dice) -> Drawn:
    """Return the questions of a mock, and what the decks lack for it.

    Args:
        blueprint: A format that is no loop.
        candidates: Every card that may be asked, in any order.
        rng: The dice.
    """
    table = _Table(blueprint, _in_order(candidates, rng))
    counts = dict(counts_of(blueprint.draw))
    # Ladders are choosy: a rapid fire that draws first could use up the few cards with follow-ups.
    picky_first = sorted(counts, key=lambda sort: sort is not Sort.DEPTH)
    drawn = {sort: _DRAWS[sort](table, sort, counts[sort]) for sort in picky_first}
    missing = [
        Missing(sort, wanted, len(drawn[sort]), _missing_words(blueprint.draw, sort, wanted, len(drawn[sort])))
        for sort, wanted in counts.items()
        if len(drawn[sort]) < wanted
    ]
    return Drawn(tuple(question for sort in counts for question in drawn[sort]), tuple(missing))


UNSEEN_SHARE: Final = 3
"""A card that was never reviewed comes first so many times as often; what a mock asked stands behind all others."""


def _in_order(candidates: Iterable[Candidate], rng: Dice) -> list[Candidate]:
    """Return the candidates as they would be asked: never asked before long not asked, weak and weighty ones first.

    Each draws a number; a weight of w raises the chance to come first as w shares of an urn would (Efraimidis and
    Spirakis, Weighted random sampling with a reservoir, 2006: the w-th root of a uniform number, largest first).
    """
    ranked = []
    for each in sorted(candidates, key=lambda candidate: candidate.card):
        share = each.weight * (0.25 + each.weakness) * (1 if each.was_reviewed else UNSEEN_SHARE)
        ranked.append((each.asked_on or date.min, -(rng.random() ** (1 / share)), each))
    ranked.sort(key=lambda row: row[:2])
    return [each for _, _, each in ranked]


def _draw_plain(table: _Table, sort: Sort, wanted: int) -> list[Question]:
    found = table.fitting(lambda each: _is_of(table.blueprint, each, sort))
    return [_question(table.take(each), sort) for each in found[:wanted]]


def _draw_problems(table: _Table, sort: Sort, wanted: int) -> list[Question]:
    """Return code questions; with one level for each problem, of whatever sort, every problem gets its own."""
    draw = table.blueprint.draw
    wishes = [set(draw.levels)] * wanted
    if len(draw.levels) == draw.problems:
        before = sum(count for each, count in counts_of(draw) if each.is_code and _PLACE[each] < _PLACE[sort])
        wishes = [{level} for level in draw.levels[before : before + wanted]]
    drawn = []
    for wish in wishes:
        found = table.fitting(
            lambda each, wish=wish: _is_of(table.blueprint, each, sort) and (not wish or each.level in wish)  # type: ignore[misc]
        )
        if found:
            drawn.append(_question(table.take(found[0]), sort))
    return drawn


def _draw_stars(table: _Table, sort: Sort, wanted: int) -> list[Question]:
    found = table.fitting(lambda each: _is_of(table.blueprint, each, sort))
    drawn: list[Question] = []
    met: set[str] = set()
    for each in found:
        if len(drawn) < wanted and not (table.blueprint.draw.distinct_competencies and each.competency in met):
            met.add(each.competency)
            drawn.append(_question(table.take(each), sort))
    return drawn


def _draw_rapid(table: _Table, sort: Sort, wanted: int) -> list[Question]:
    """Return short questions, no topic more than twice while others have cards."""
    found = table.fitting(lambda each: _is_of(table.blueprint, each, sort))
    topics: Counter[str] = Counter()
    first: list[Candidate] = []
    later: list[Candidate] = []
    for each in found:
        topics[each.topic] += 1
        (first if not each.topic or topics[each.topic] <= MOST_OF_A_TOPIC else later).append(each)
    return [_question(table.take(each), sort) for each in (first + later)[:wanted]]


def _draw_ladders(table: _Table, sort: Sort, wanted: int) -> list[Question]:
    """Return topics to be asked to the bottom, each another one: a card with follow-ups, or cards that go deeper."""
    drawn: list[Question] = []
    met: set[tuple[str, str]] = set()
    for each in table.fitting(lambda each: _is_of(table.blueprint, each, sort)):
        subject = (each.card.deck, each.topic or each.card.card)
        if len(drawn) == wanted:
            break
        if subject in met or each.card in table.taken:
            continue
        question = _ladder(table, each, sort)
        if question is not None:
            met.add(subject)
            drawn.append(question)
    return drawn


def _ladder(table: _Table, first: Candidate, sort: Sort) -> Question | None:
    if first.followups:
        return _question(table.take(first), sort)
    if not first.topic or (first.level or 0) < DEEP_LEVEL:
        return None
    others = table.fitting(
        lambda each: (
            each.card != first.card
            and each.kind == "basic"
            and (each.card.deck, each.topic) == (first.card.deck, first.topic)
            and (each.level or 0) >= DEEP_LEVEL
        )
    )
    if not others:
        return None
    steps = sorted([first, *others[: LADDER_CARDS - 1]], key=lambda each: each.level or 0)
    head, *deeper = (table.take(each) for each in steps)
    return _question(head, sort, tuple(each.card for each in deeper))


def _draw_projects(table: _Table, sort: Sort, wanted: int) -> list[Question]:
    del table
    return [Question(sort=sort, was_seen=True) for _ in range(wanted)]


_DRAWS: Final[dict[Sort, Callable[[_Table, Sort, int], list[Question]]]] = {
    Sort.STAR: _draw_stars,
    Sort.BASIC: _draw_plain,
    Sort.CODE: _draw_problems,
    Sort.ML_CODING: _draw_problems,
    Sort.DEBUGGING: _draw_problems,
    Sort.NUMERIC: _draw_plain,
    Sort.DESIGN: _draw_plain,
    Sort.RAPID: _draw_rapid,
    Sort.DEPTH: _draw_ladders,
    Sort.OWN_PROJECT: _draw_projects,
}


def _is_of(blueprint: Blueprint, each: Candidate, sort: Sort) -> bool:
    """Tell whether a card is of a sort, and of the families and topics that the draw names."""
    draw = blueprint.draw
    is_scratch, is_broken = each.card.deck == SCRATCH_DECK, DEBUGGING_TAG in each.tags
    match sort:
        case Sort.CODE:
            return each.kind == "code" and not is_scratch and not is_broken
        case Sort.ML_CODING:
            return each.kind == "code" and is_scratch and not is_broken
        case Sort.DEBUGGING:
            return each.kind == "code" and is_broken
        case Sort.DESIGN:
            fits_family = not draw.families or each.family in draw.families
            return each.kind == "design" and fits_family and (not each.formats or blueprint.id in each.formats)
        case Sort.STAR:
            return each.kind == "star" and (
                not draw.topics or not {each.topic, each.competency}.isdisjoint(draw.topics)
            )
        case Sort.RAPID:
            return each.kind in _RAPID_KINDS and _is_about(draw, each)
        case Sort.DEPTH:
            return each.kind == "basic" and _is_about(draw, each)
        case _:
            return each.kind == sort.value and _is_about(draw, each)


def _is_about(draw: Draw, each: Candidate) -> bool:
    return not draw.topics or each.topic in draw.topics


def _question(candidate: Candidate, sort: Sort, ladder: tuple[CardId, ...] = ()) -> Question:
    return Question(
        sort=sort,
        card=candidate.card,
        ladder=ladder,
        kind=candidate.kind,
        topic=candidate.topic,
        competency=candidate.competency,
        was_seen=candidate.was_seen,
    )


_NAMES: Final = {
    Sort.STAR: ("behavioural prompt", ""),
    Sort.BASIC: ("basic card", ""),
    Sort.CODE: ("code card", ""),
    Sort.ML_CODING: ("code card", f"of the deck {SCRATCH_DECK}"),
    Sort.DEBUGGING: ("code card", f"tagged {DEBUGGING_TAG}"),
    Sort.NUMERIC: ("numeric card", ""),
    Sort.DESIGN: ("design case", ""),
    Sort.RAPID: ("card", "to be asked quickly (basic, choice or numeric)"),
    Sort.DEPTH: ("topic", "to be asked to the bottom (basic cards with follow-ups, or of levels 2 and 3)"),
    Sort.OWN_PROJECT: ("project", ""),
}
"""What a sort is called, and what follows its name."""


def _missing_words(draw: Draw, sort: Sort, wanted: int, found: int) -> str:
    """Return what is missing, with what the draw narrows it to."""
    name, rest = _NAMES[sort]
    narrowed = [rest] if rest else []
    if sort.is_code and draw.levels:
        narrowed.append(f"of level {_either(dict.fromkeys(map(str, draw.levels)))}")
    if sort is Sort.DESIGN and draw.families:
        narrowed.append(f"of the family {_either(draw.families)}")
    if sort in {Sort.STAR, Sort.BASIC, Sort.NUMERIC, Sort.RAPID, Sort.DEPTH} and draw.topics:
        narrowed.append(f"about {_either(draw.topics)}")
    if sort is Sort.STAR and draw.distinct_competencies:
        narrowed.append("of different competencies")
    return f"{' '.join((counted(wanted, name), *narrowed))}, {found or 'none'} found"


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
