from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.card import Ask, Basic, Body, Card, Choice, Cloze, Followup, Gap, Numeric, Option
from prepdeck.cards.deck import Deck, Topic, Track
from prepdeck.cards.ids import CardId
from prepdeck.cards.tolerance import Tolerance
from prepdeck.deckfile.header import SKILLS
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.source import FORBIDDEN
from prepdeck.text.cleaning import clean
from tests.full import examples

SLUGS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,12}", fullmatch=True)
TEXTS = (
    (
        st.text(max_size=60)
        | st.sampled_from(["no", "12:30", "0123", "2026-01-31", "~", "a: b", "x # y", "[a]", "*a", "a\n b\n\nc"])
    )
    .map(lambda text: clean(text).rstrip("\n") or "text")
    .filter(str.strip)
)
LINES = TEXTS.map(lambda text: " ".join(text.split())).filter(lambda text: 0 < len(text) <= 64)
VISIBLE = st.text(alphabet="abc $\\n.:é日#'\"", min_size=1, max_size=12).map(clean)
HIDDEN = st.text(alphabet="abc $\\.é日#'\"", min_size=1, max_size=8).map(clean).filter(str.strip)
NUMBERS = st.sampled_from(["0.154", "1e-3", "1_000", "-5", "+3", ".5", "6.02E23", "0", "350_000.5"])


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
def numerics(draw: st.DrawFn) -> Numeric:
    written = draw(NUMBERS)
    size = Fraction(draw(st.integers(0, 99)), 100)
    tolerance = Tolerance(absolute=size) if draw(st.booleans()) else Tolerance(relative=size)
    return Numeric(
        front=draw(TEXTS),
        answer=Fraction(Decimal(written)),
        answer_text=written,
        tolerance=tolerance,
        unit=draw(st.none() | LINES),
        check=draw(st.none() | TEXTS),
        steps=tuple(draw(st.lists(TEXTS, max_size=3))),
    )


BASICS = st.builds(
    Basic,
    TEXTS,
    TEXTS,
    st.lists(TEXTS, max_size=2).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
    st.lists(st.builds(Followup, TEXTS, TEXTS), max_size=2).map(tuple),
)


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    slug = draw(SLUGS)
    topics = tuple(Topic(one, draw(LINES)) for one in draw(st.lists(SLUGS, max_size=3, unique=True)))
    tags = tuple(dict.fromkeys(draw(st.lists(LINES, max_size=2))))
    cards = []
    for name in draw(st.lists(SLUGS, min_size=1, max_size=3, unique=True)):
        own = dict.fromkeys(draw(st.lists(LINES, max_size=2)))
        card = Card(
            id=CardId(slug, name),
            body=draw(BASICS | clozes() | choices() | numerics()),
            topic=draw(st.sampled_from([topic.id for topic in topics]) if topics else st.none() | SLUGS),
            level=draw(st.none() | st.integers(1, 3)),
            tags=tuple(dict.fromkeys((*tags, *own))),
            ask=draw(st.none() | st.sampled_from(Ask)),
            why=draw(st.none() | TEXTS),
            hints=tuple(draw(st.lists(TEXTS, max_size=2))),
            refs=tuple(draw(st.lists(TEXTS, max_size=2))),
            verify=draw(st.none() | TEXTS),
            volatile=draw(st.booleans()),
            as_of=draw(st.dates()),
            revision=draw(st.integers(1, 50)),
            was=tuple(draw(st.lists(st.builds(CardId, st.just(slug) | SLUGS, SLUGS), max_size=2, unique=True))),
            seconds=draw(st.none() | st.integers(1, 7200)),
            weight=draw(st.integers(1, 3)),
        )
        cards.append(card)
    return Deck(
        id=slug,
        title=draw(TEXTS),
        cards=tuple(cards),
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


class Word(str):
    """A value that is no text and so stands alone on its line."""

    __slots__ = ()


class Writer:
    """Writes decks as an author might: in any quotes that can hold the text."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def deck(self, deck: Deck) -> str:
        fields: dict[str, object] = {
            "deck": Word(deck.id),
            "title": deck.title,
            "track": Word(deck.track.value),
            "description": deck.description,
            "phases": list(deck.phases),
            "skills": list(deck.skills),
            "optional": deck.optional,
            "tags": list(deck.tags),
            "topics": {topic.id: topic.title for topic in deck.topics},
            "author": deck.author,
            "license": deck.license,
            "version": deck.version,
        }
        rows = self.fields(fields, "")
        rows.append("cards:")
        for card in deck.cards:
            first, *others = self.fields(self.card(card, deck), "  ")
            rows.extend([f"- {first[2:]}", *others])
        return "\n".join(rows) + "\n"

    def card(self, card: Card, deck: Deck) -> dict[str, object]:
        return {
            "id": Word(card.id.card),
            "kind": Word(card.kind),
            **self.body(card.body),
            "topic": card.topic and Word(card.topic),
            "level": card.level,
            "tags": [tag for tag in card.tags if tag not in deck.tags],
            "ask": card.ask and Word(card.ask.value),
            "why": card.why,
            "hints": list(card.hints),
            "refs": list(card.refs),
            "verify": card.verify,
            "volatile": card.volatile,
            "as_of": card.as_of and Word(card.as_of.isoformat()),
            "revision": card.revision,
            "was": [str(was) if was.deck != deck.id or self.draw(st.booleans()) else was.card for was in card.was],
            "seconds": card.seconds,
            "weight": card.weight,
        }

    def body(self, body: Body) -> dict[str, object]:
        match body:
            case Basic():
                followups = [{"front": one.front, "back": one.back} for one in body.followups]
                lists = {"variants": list(body.variants), "points": list(body.points), "followups": followups}
                return {"front": body.front, "back": body.back, **lists}
            case Cloze():
                pieces = []
                for piece in body.pieces:
                    hint = f"::{piece.hint}" if isinstance(piece, Gap) and piece.hint else ""
                    pieces.append(piece if isinstance(piece, str) else f"{{{{c{piece.number}::{piece.answer}{hint}}}}}")
                return {"text": "".join(pieces)}
            case Choice():
                options = [{"text": one.text, "correct": one.correct, "why": one.why} for one in body.options]
                return {"front": body.front, "options": options}
            case Numeric():
                reach = body.tolerance.absolute if body.tolerance.relative is None else body.tolerance.relative
                assert reach is not None
                sort = "abs" if body.tolerance.relative is None else "rel"
                fields = {
                    "front": body.front,
                    "answer": Word(body.answer_text),
                    "tolerance": {sort: Word(float(reach))},
                }
                return {**fields, "unit": body.unit, "check": body.check, "steps": list(body.steps)}

    def fields(self, fields: dict[str, object], margin: str) -> list[str]:
        rows: list[str] = []
        for name, value in fields.items():
            if value is not None and value != {}:
                rows.append(f"{margin}{name}:{self.value(value, margin)}")
        return rows

    def value(self, value: object, margin: str) -> str:
        match value:
            case bool():
                return f" {str(value).lower()}"
            case dict():
                return "".join(f"\n{row}" for row in self.fields(value, f"{margin}  "))
            case list():
                return f" [{', '.join(self.flow(item) for item in value)}]"
            case Word():
                return f" {value}"
            case str():
                return f" {self.text(value, margin)}"
            case _:
                return f" {value}"

    def flow(self, value: object) -> str:
        match value:
            case bool() | int():
                return str(value).lower()
            case dict():
                return (
                    "{" + ", ".join(f"{name}: {self.flow(one)}" for name, one in value.items() if one is not None) + "}"
                )
            case _:
                return self.quote(str(value))

    def text(self, text: str, margin: str) -> str:
        rows = text.split("\n")
        is_tame = all(row == row.strip() and row.isprintable() and "\ufffe" not in row for row in rows) and rows[0]
        if is_tame and self.draw(st.booleans()):
            sign = self.draw(st.sampled_from(["|", "|-", "|+"]))
            return sign + "".join(f"\n{margin}  {row}" if row else "\n" for row in rows)
        return self.quote(text)

    def quote(self, text: str) -> str:
        if "\n" not in text and not FORBIDDEN.search(text) and self.draw(st.booleans()):
            return "'" + text.replace("'", "''") + "'"
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return '"' + FORBIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", escaped) + '"'


@settings(deadline=None, max_examples=examples(50, 3000))
@given(st.data())
def test_a_good_deck_reads_back_as_it_was_written(data: st.DataObject) -> None:
    deck = data.draw(decks())
    written = Writer(data.draw).deck(deck)
    reading = read_deck("deck.yaml", written.encode())
    assert reading.problems == (), written
    assert reading.deck == deck
    assert list(reading.places) == [card.id for card in deck.cards]


@settings(deadline=None, max_examples=examples(20, 1000))
@given(decks(), st.data())
def test_the_fingerprint_does_not_depend_on_how_a_text_is_quoted(deck: Deck, data: st.DataObject) -> None:
    once, again = (read_deck("d", Writer(data.draw).deck(deck).encode()).deck for _ in range(2))
    assert once is not None
    assert again is not None
    # `was` counts as it is written, with the deck or without.
    unmoved = [place for place, card in enumerate(deck.cards) if not card.was]
    assert [once.cards[place].fingerprint for place in unmoved] == [again.cards[place].fingerprint for place in unmoved]
