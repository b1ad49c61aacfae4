"""Random bodies, cards and decks of every kind, full of texts that YAML would like to misread."""

from __future__ import annotations

import json
import keyword
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from prepdeck.cards.card import Ask, Basic, Body, Card, Choice, Cloze, Followup, Gap, Numeric, Option
from prepdeck.cards.code import Case, Code, Compare, Complexity, Cost, Language, LargeInput, Shape
from prepdeck.cards.deck import Deck, Topic, Track
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Design, Figure, OutlinePhase, Probe, Star, Story
from prepdeck.cards.tolerance import Tolerance
from prepdeck.deckfile.header import SKILLS
from prepdeck.text.cleaning import clean

SLUGS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,12}", fullmatch=True)
PIECES = (
    *"#-?:,[]{}&*!|>'\"%@`~\\$",
    *("a", "b c", "é", "日本", "🙂", "e\u0301", " ", "  ", "\t", "\n", "\n\n", "\n  "),
    *(": ", " #", "- ", "? ", "---", "...", "no", "null", "12:30", "0123", "1e3", "{{", "}}", "\\n", "\ufffe"),
)
READ_ANOTHER_WAY = ["no", "12:30", "0123", "2026-01-31", "~", "a: b", "x # y", "[a]", "*a", "a\n b\n\nc", " a ", "- a"]
TEXTS = (
    (st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=60))
    .map(lambda text: clean(text).rstrip("\n") or "text")
    .filter(str.strip)
) | st.sampled_from(READ_ANOTHER_WAY)
LINES = TEXTS.map(lambda text: " ".join(text.split())).filter(lambda text: 0 < len(text) <= 64)
LISTS = st.lists(TEXTS, max_size=2).map(tuple)
VISIBLE = st.text(alphabet="abc $\\n.:é日#'\"", min_size=1, max_size=12).map(clean)
HIDDEN = st.text(alphabet="abc $\\.é日#'\"", min_size=1, max_size=8).map(clean).filter(str.strip)
NUMBERS = st.sampled_from(["0.154", "1e-3", "1_000", "-5", "+3", ".5", "6.02E23", "0", "350_000.5"])
EXACT = NUMBERS.map(lambda written: Fraction(Decimal(written)))

CODE_LINES = (
    *("def f(x):", "    return x", "\treturn x", "    ", "\t", "", " # a: b", "- 1", "'''", '"a\\tb"', "pass  "),
    *("SELECT 'é' AS \"日本\"; -- all", "%timeit f", "---", "...", "? x", "{{c1::a}}", "@cache", "&a *b !c", "#!x"),
)
CODES = (
    st.lists(st.sampled_from(CODE_LINES), min_size=1, max_size=6).map("\n".join)
    | TEXTS.filter(lambda text: clean(text) == text)
).map(lambda code: code.rstrip("\n") if code.strip() else "pass")
"""Code, or what its author takes for it; it has to survive to the last blank."""
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True).filter(lambda name: not keyword.iskeyword(name))
EXPRESSIONS = CODES.map(lambda code: f"({code},)")


def canonical(value: object) -> str:
    """Return the JSON a test keeps: characters as they are, unless a terminal would do something with one of them."""
    written = json.dumps(value, ensure_ascii=False)
    return written if clean(written) == written else json.dumps(value).replace("\x7f", "\\u007f")


def values() -> st.SearchStrategy[Any]:
    """Return a strategy for what goes into a test and comes out of it."""
    numbers = st.integers() | st.integers(-(10**390), 10**390) | st.floats()
    words = st.text(max_size=8) | TEXTS | st.sampled_from(["null", "true", "-inf", "7", "1_0", "nan", "None", "~", "a"])
    return st.recursive(
        st.none() | st.booleans() | numbers | words,
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(LINES, inside, max_size=3),
        max_leaves=6,
    )


@st.composite
def clozes(draw: st.DrawFn) -> Cloze:
    pieces: list[str | Gap] = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        pieces.append(Gap(number, draw(HIDDEN), draw(st.none() | HIDDEN)))
        pieces.append(draw(VISIBLE))
    return Cloze(tuple(pieces[:-1] if draw(st.booleans()) else ["in ", *pieces]))


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    texts = draw(st.lists(LINES, min_size=2, max_size=8, unique_by=lambda text: " ".join(text.split())))
    right = draw(st.integers(1, len(texts) - 1))
    options = [Option(text, place < right, draw(st.none() | TEXTS)) for place, text in enumerate(texts)]
    return Choice(draw(TEXTS), tuple(draw(st.permutations(options))))


@st.composite
def tolerances(draw: st.DrawFn) -> Tolerance:
    size = Fraction(draw(st.integers(0, 99)), 100)
    return Tolerance(absolute=size) if draw(st.booleans()) else Tolerance(relative=size)


@st.composite
def numerics(draw: st.DrawFn) -> Numeric:
    written = draw(NUMBERS)
    return Numeric(
        front=draw(TEXTS),
        answer=Fraction(Decimal(written)),
        answer_text=written,
        tolerance=draw(tolerances()),
        unit=draw(st.none() | LINES),
        check=draw(st.none() | TEXTS),
        steps=draw(LISTS),
    )


@st.composite
def cases(draw: st.DrawFn, shape: Shape, compare: Compare, entry: str | None) -> Case:
    """Draw one test as its shape wants it."""
    given = draw(st.lists(values(), max_size=3))
    expected = draw(values())
    if shape is Shape.SQL:
        given, expected = draw(st.lists(CODES, max_size=2)), draw(st.lists(st.lists(values(), max_size=2), max_size=2))
    elif shape is Shape.OPS:
        methods = draw(st.lists(st.tuples(NAMES, values()).map(list), max_size=2))
        given = [[draw(st.sampled_from(["init", entry])), *given], *methods]
        expected = [None, *(draw(values()) for _method in methods)]
    is_expression = shape is not Shape.SQL and draw(st.integers(0, 4)) == 0
    written = draw(EXPRESSIONS) if is_expression else canonical(given)
    if shape is not Shape.SQL and draw(st.integers(0, 3)) == 0:
        return Case(written, None, draw(st.sampled_from(["ValueError", "KeyError", "OwnFault"])), is_expression)
    if compare is Compare.PROPERTY and draw(st.booleans()):
        return Case(written, None, None, is_expression)
    return Case(written, canonical(expected), None, is_expression)


@st.composite
def code_bodies(draw: st.DrawFn) -> Code:
    language = draw(st.sampled_from([Language.PYTHON, Language.PYTHON, Language.SQL]))
    is_python = language is Language.PYTHON
    shape = draw(st.sampled_from([one for one in Shape if one is not Shape.SQL])) if is_python else Shape.SQL
    compare = draw(st.sampled_from([one for one in Compare if is_python or one is not Compare.PROPERTY]))
    compare = Compare.PROPERTY if shape is Shape.PROPERTY else compare
    entry = draw(NAMES) if is_python else None
    tests = st.lists(cases(shape, compare, entry), min_size=1, max_size=2).map(tuple)
    return Code(
        front=draw(TEXTS),
        starter=draw(CODES),
        reference=draw(CODES),
        visible=draw(tests),
        hidden=draw(tests),
        mutants=tuple(draw(st.lists(CODES, min_size=1, max_size=2))),
        entry=entry,
        language=language,
        shape=shape,
        compare=compare,
        complexity=Complexity(
            time=draw(st.none() | LINES),
            space=draw(st.none() | LINES),
            cost=draw(st.none() | st.sampled_from(Cost)) if is_python else None,
            input=draw(st.none() | EXPRESSIONS) if is_python else None,
        ),
        minutes=draw(st.none() | st.integers(1, 240)),
        fixture=draw(st.none() | CODES),
        property_check=draw(CODES) if compare is Compare.PROPERTY else None,
        large_input=draw(st.none() | large_inputs()) if is_python else None,
        requires=draw(st.sampled_from([(), ("numpy",)])) if is_python else (),
    )


def large_inputs() -> st.SearchStrategy[LargeInput]:
    return st.builds(LargeInput, EXPRESSIONS, st.sampled_from([0.1, 0.25, 1.0, 2.0, 60.0]))


def probes() -> st.SearchStrategy[tuple[Probe, ...]]:
    return st.lists(st.builds(Probe, TEXTS, st.none() | TEXTS), max_size=2).map(tuple)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    if draw(st.booleans()):
        return Figure(draw(TEXTS))
    return Figure(draw(TEXTS), draw(TEXTS), draw(EXACT), draw(st.none() | tolerances()))


@st.composite
def designs(draw: st.DrawFn) -> Design:
    phases = draw(st.lists(SLUGS, min_size=1, max_size=3, unique=True))
    points = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
    return Design(
        front=draw(TEXTS),
        outline=tuple(OutlinePhase(phase, draw(points)) for phase in phases),
        rubric=draw(SLUGS),
        family=draw(st.none() | SLUGS),
        formats=tuple(draw(st.lists(SLUGS, max_size=2, unique=True))),
        clarifications=draw(LISTS),
        numbers=tuple(draw(st.lists(figures(), max_size=2))),
        probes=draw(probes()),
        pitfalls=draw(LISTS),
        twist=draw(st.none() | TEXTS),
    )


def stars() -> st.SearchStrategy[Star]:
    return st.builds(
        Star,
        front=TEXTS,
        competency=SLUGS,
        rubric=SLUGS,
        probes=probes(),
        strong_signals=LISTS,
        weak_signals=LISTS,
    )


def stories() -> st.SearchStrategy[Story]:
    return st.builds(
        Story,
        title=TEXTS,
        situation=TEXTS,
        task=TEXTS,
        action=TEXTS,
        result=TEXTS,
        competencies=st.lists(SLUGS, min_size=1, max_size=3, unique=True).map(tuple),
        reflection=st.none() | TEXTS,
        metric=st.none() | TEXTS,
    )


def basics() -> st.SearchStrategy[Basic]:
    followups = st.lists(st.builds(Followup, TEXTS, TEXTS), max_size=2).map(tuple)
    return st.builds(Basic, TEXTS, TEXTS, LISTS, LISTS, followups)


BODIES: dict[str, st.SearchStrategy[Body]] = {
    "basic": basics(),
    "cloze": clozes(),
    "choice": choices(),
    "numeric": numerics(),
    "code": code_bodies(),
    "design": designs(),
    "star": stars(),
    "story": stories(),
}
"""A strategy for the bodies of each kind."""


def bodies(*kinds: str) -> st.SearchStrategy[Body]:
    """Return a strategy for bodies of these kinds, or of every kind."""
    return st.one_of([BODIES[kind] for kind in kinds or BODIES])


@st.composite
def cards(
    draw: st.DrawFn,
    deck: str = "deck",
    *,
    name: str | None = None,
    topics: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
) -> Card:
    """Draw a card of the deck with the slug `deck`, which declares `topics` and gives `tags` to every card."""
    own = dict.fromkeys(draw(st.lists(LINES, max_size=2)))
    body = draw(bodies(*kinds))
    seconds = st.integers(1, 7200)
    return Card(
        id=CardId(deck, name or draw(SLUGS)),
        body=body,
        topic=draw(st.sampled_from(topics) if topics else st.none() | SLUGS),
        level=draw(st.none() | st.integers(1, 3)),
        tags=tuple(dict.fromkeys((*tags, *own))),
        ask=draw(st.none() | st.sampled_from(Ask)),
        why=draw(st.none() | TEXTS),
        hints=draw(LISTS),
        refs=draw(LISTS),
        verify=draw(st.none() | CODES),
        volatile=draw(st.booleans()),
        as_of=draw(st.dates()),
        revision=draw(st.integers(1, 50)),
        was=tuple(draw(st.lists(st.builds(CardId, st.just(deck) | SLUGS, SLUGS), max_size=2, unique=True))),
        seconds=draw(seconds if isinstance(body, Star) else st.none() | seconds),
        weight=draw(st.integers(1, 3)),
    )


@st.composite
def decks(draw: st.DrawFn, *, kinds: tuple[str, ...] = (), most_cards: int = 3) -> Deck:
    """Draw a deck with one to `most_cards` cards of these kinds, or of every kind."""
    slug = draw(SLUGS)
    topics = tuple(Topic(one, draw(LINES)) for one in draw(st.lists(SLUGS, max_size=3, unique=True)))
    tags = tuple(dict.fromkeys(draw(st.lists(LINES, max_size=2))))
    known = tuple(topic.id for topic in topics)
    names = draw(st.lists(SLUGS, min_size=1, max_size=most_cards, unique=True))
    return Deck(
        id=slug,
        title=draw(TEXTS),
        cards=tuple(draw(cards(slug, name=name, topics=known, tags=tags, kinds=kinds)) for name in names),
        track=draw(st.sampled_from(Track)),
        description=draw(st.none() | TEXTS),
        phases=tuple(draw(st.lists(st.integers(1, 8), max_size=3))),
        skills=tuple(draw(st.lists(st.sampled_from(SKILLS), max_size=3))),
        optional=draw(st.booleans()),
        tags=tags,
        topics=topics,
        author=draw(st.none() | LINES),
        license=draw(st.none() | LINES),
        version=draw(st.none() | LINES),
    )
