"""What the readiness page says of pillars, topics and papers: every number beside the parts it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from prepdeck.interview.gates import IN_A_ROW, LOWEST, PillarMock
from prepdeck.road.items import Item, ItemKind
from prepdeck.study.readiness import PILLARS, TARGET, Part, PillarPart, Readiness, TopicPart
from prepdeck.text.cells import cell_width, pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted, one_decimal
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Piece, Row, Tone, muted, right_aligned, row, strong
from prepdeck.tui.widgets.entries import Entry, indented
from prepdeck.tui.widgets.ready import ReadyLine, bar_with_target
from prepdeck.tui.words import show_day

BEST: Final = 4
"""The highest mark of a criterion."""
PILLAR_NAMES: Final = {"ml design": "ML design"}
"""Pillars whose name is more than one word with a capital."""
NO_TOPICS: Final = (
    "No card is in the daily queue, so there is nothing to forecast: no deck is here, all cards are suspended or "
    "buried, or every deck is left out. Home lists the decks; leave_out in the settings says which stay out."
)
"""Said without a topic."""
NO_PAPERS: Final = "This road asks for nothing to have at hand: its last phase names no deliverables."
"""Said without a paper."""
_SHORTEST_BAR, _LONGEST_BAR = 7, 24
_PERCENT, _GAP, _MOCK = 5, 5, 8
_ROOMY: Final = 48
"""Cells from which gap and mock mark have columns."""


@dataclass(frozen=True, slots=True)
class _Table:
    longest: int
    seen: int
    has_mock: bool = False


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    bar: int
    seen: int
    is_roomy: bool


def on_the_day(ready: Readiness) -> str:
    """Return for which day recall is."""
    return "today" if ready.interview is None else "on the day"


def pillar_entries(ready: Readiness) -> list[Entry]:
    """Return the four pillars."""
    parts = ready.pillars
    table = _Table(max(cell_width(pillar_name(part.name)) for part in parts), max(len(_seen(part)) for part in parts))
    when = on_the_day(ready)
    return [
        Entry(part.name or "", partial(_pillar_lines, part, table), partial(_pillar_more, part, when)) for part in parts
    ]


def pillars_through(ready: Readiness) -> str:
    """Return how many gates are open, in words for people."""
    return f"{sum(part.is_through for part in ready.pillars)} of {len(PILLARS)} through"


def pillar_name(name: str | None) -> str:
    """Return what people call a pillar."""
    return PILLAR_NAMES.get(name or "", (name or "").capitalize())


def _pillar_lines(part: PillarPart, table: _Table, width: int, glyphs: Glyphs) -> list[Row]:
    columns = _columns(width, table)
    head = _measured(pillar_name(part.name), part, columns, glyphs)
    means = " ".join(one_decimal(each.mean) for each in part.mocks[:IN_A_ROW])
    gate = Piece("through", Tone.SUCCESS) if part.is_through else muted(f"{part.passed} of {IN_A_ROW} in a row")
    sign = Piece(f"{glyphs.tick} ", Tone.SUCCESS) if part.is_through else Piece("")
    line = row("  ", f"mocks {means}  " if means else "no mock yet  ", sign, gate)
    return [head, line if line.width <= width else row("  ", f"{means}  ", sign, gate)]


def _pillar_more(part: PillarPart, when: str, width: int, glyphs: Glyphs) -> list[Row]:
    missing = missing_words(part)
    words = f"Missing: {', '.join(missing)}." if missing else "Nothing is missing."
    rows = indented(words, width, Tone.TEXT if missing else Tone.SUCCESS)
    if part.cards:
        rows += indented(f"{seen_words(part)}; {recall_words(part, when)}", width)
    for mock in part.mocks[:IN_A_ROW]:
        sign = glyphs.tick if mock.is_passed else glyphs.cross
        tone = Tone.SUCCESS if mock.is_passed else Tone.ERROR
        words = f"{one_decimal(mock.mean)}, {show_day(mock.day)}: {mock_words(mock)}"
        first, *others = indented(words, width - 4, before="")
        rows += [row("  ", Piece(f"{sign} ", tone), *first.pieces), *(row("    ", *line.pieces) for line in others)]
    return rows


def mock_words(mock: PillarMock) -> str:
    """Return whether a mock counts for its gate, and why not."""
    if mock.is_passed:
        return "counts"
    whys = []
    if mock.mean < mock.bar:
        whys.append(f"below {mock.bar}")
    if mock.lowest <= LOWEST:
        whys.append(f"a criterion at {LOWEST}")
    if not mock.is_unseen:
        whys.append("nothing unseen in it")
    return f"does not count, {', '.join(whys)}"


def missing_words(part: PillarPart) -> list[str]:
    """Return what a pillar still lacks, in words for people; nothing when it is ready."""
    found = []
    if not part.cards:
        found.append("cards (none is in the daily queue)")
    elif part.seen < part.cards:
        found.append(f"{counted(part.cards - part.seen, 'unseen card')}")
    points = points_to_go(part)
    if part.cards and points:
        found.append(f"{counted(points, 'point')} of recall")
    if not part.is_through:
        left = IN_A_ROW - part.passed
        more = "more " if part.passed else ""
        found.append(f"{left} {more}unseen {'mock' if left == 1 else 'mocks'} in a row at the bar")
    return found


def points_to_go(part: Part) -> int:
    """Return how many points of recall are missing up to the target, as the rounded percents show it."""
    return max(0, round(ReadyLine("", part.recall, TARGET).gap * 100))


def seen_words(part: Part) -> str:
    """Return how many cards were seen."""
    return f"{part.seen:,} of {counted(part.cards, 'card')} seen"


def recall_words(part: Part, when: str) -> str:
    """Return recall, what is missing, and what the plan leads to."""
    points = points_to_go(part)
    words = f"{part.recall:.0%} recall {when}, " + (f"{counted(points, 'point')} to go" if points else "at the target")
    return words if part.planned is None else f"{words}; {part.planned:.0%} if the plan is kept"


def topic_entries(ready: Readiness, titles: Mapping[str, str]) -> list[Entry]:
    """Return every topic, each deck's under its title."""
    table = _Table(
        longest=max((cell_width(clean_line(part.title)) for part in ready.topics), default=0) + 2,
        seen=max((len(_seen(part)) for part in ready.topics), default=0),
        has_mock=any(part.mock is not None for part in ready.topics),
    )
    entries: list[Entry] = []
    deck = None
    for part in ready.topics:
        heading = titles.get(part.deck, part.deck) if part.deck != deck else ""
        deck = part.deck
        lines = partial(_topic_lines, part, table)
        entries.append(Entry(topic_key(part), lines, partial(_topic_more, part, table, on_the_day(ready)), heading))
    return entries


def topic_key(part: TopicPart) -> str:
    """Return the words that find the cards of a topic, which no other topic has."""
    return f"deck:{part.deck} topic:{part.name} " if part.name else f"deck:{part.deck} "


def _topic_lines(part: TopicPart, table: _Table, width: int, glyphs: Glyphs) -> list[Row]:
    columns = _columns(width, table)
    line = _measured(f"  {clean_line(part.title)}", part, columns, glyphs)
    if not (table.has_mock and columns.is_roomy):
        return [line]
    mark = Piece("" if part.mock is None else f"mock {part.mock}")
    return [row(*line.pieces, right_aligned(mark, _MOCK))]


def _topic_more(part: TopicPart, table: _Table, when: str, width: int, glyphs: Glyphs) -> list[Row]:
    del glyphs
    is_cut = cell_width(clean_line(part.title)) + 2 > _columns(width, table).name
    rows = indented(part.title, width, Tone.TEXT, before="    ") if is_cut else []
    for number, card in enumerate(part.weakest):
        label = "    weakest  " if number == 0 else " " * len("    weakest  ")
        rows += indented(card.card, width, Tone.TEXT, before=label)
    if not part.weakest:
        rows += indented("No card of it was answered yet.", width, Tone.TEXT, before="    ")
    facts = [recall_words(part, when)]
    if part.mock is not None:
        facts.append(f"last mock mark {part.mock} of {BEST}")
    if part.held_back:
        facts.append(f"{counted(part.held_back, 'card')} suspended or buried")
    return [*rows, *indented("; ".join(facts), width, before="    ")]


def _seen(part: Part) -> str:
    return f"{part.seen:,}/{part.cards:,}"


def _columns(width: int, table: _Table) -> _Columns:
    is_roomy = width >= _ROOMY
    left = width - _PERCENT - table.seen - 2
    if is_roomy:
        left -= _GAP + (_MOCK if table.has_mock else 0)
    bar = max(_SHORTEST_BAR, min(_LONGEST_BAR, left - table.longest - 1))
    return _Columns(max(6, min(table.longest, left - bar - 1)), bar, table.seen + 2, is_roomy)


def _measured(name: str, part: Part, columns: _Columns, glyphs: Glyphs) -> Row:
    """Return name, bar, recall, gap where there is room, and cards seen."""
    shown = pad(shorten(name, columns.name, ellipsis=glyphs.ellipsis), columns.name)
    seen = right_aligned(muted(_seen(part)), columns.seen)
    if not part.cards:
        blank = " " * (columns.bar + 1 + _PERCENT + (_GAP if columns.is_roomy else 0) + columns.seen)
        return row(shown, muted(pad("  no cards", len(blank))))
    line = ReadyLine(name, part.recall, TARGET)
    bar: Sequence[Piece] = bar_with_target(line, columns.bar, glyphs)
    points = points_to_go(part)
    gap = (right_aligned(Piece(f"-{points}" if points else "ok", line.tone), _GAP),) if columns.is_roomy else ()
    return row(shown, " ", *bar, right_aligned(strong(f"{part.recall:.0%}"), _PERCENT), *gap, seen)


def papers_of(ready: Readiness) -> tuple[Item, ...]:
    """Return what is to have at hand; the gate is told by the pillars."""
    return tuple(item for item in ready.papers if item.kind is not ItemKind.GATE)


def paper_entries(ready: Readiness) -> list[Entry]:
    """Return what is to have at hand, the checks below what they belong to."""
    return [Entry(item.id, partial(_paper_lines, item), partial(_paper_more, item)) for item in papers_of(ready)]


def papers_words(ready: Readiness) -> str:
    """Return how many papers and checks are done."""
    papers = papers_of(ready)
    return f"{sum(item.is_done for item in papers)} of {len(papers)} done" if papers else ""


def _paper_lines(item: Item, width: int, glyphs: Glyphs) -> list[Row]:
    before = "  " if item.kind is ItemKind.CHECK else ""
    box = Piece("[x] " if item.is_done else "[ ] ", Tone.SUCCESS if item.is_done else Tone.MUTED)
    count = f"  {len(item.pieces)} of {item.count}" if item.count > 1 else ""
    room = max(1, width - len(before) - 4 - len(count))
    words = shorten(_sentence(item), room, ellipsis=glyphs.ellipsis)
    return [row(before, box, Piece(words, strong=item.kind is not ItemKind.CHECK), Piece(count, Tone.ACCENT))]


def _paper_more(item: Item, width: int, glyphs: Glyphs) -> list[Row]:
    del glyphs
    before = "      " if item.kind is ItemKind.CHECK else "    "
    rows: list[Row] = []
    count = f"  {len(item.pieces)} of {item.count}" if item.count > 1 else ""
    if cell_width(_sentence(item)) > width - len(before) - len(count):
        rows += indented(_sentence(item), width, Tone.TEXT, before=before)
    for piece in item.pieces:
        link = f", {piece.link}" if piece.link else ""
        rows += indented(f"done {show_day(piece.day)}{link}", width, before=before)
    return rows


def _sentence(item: Item) -> str:
    words = clean_line(item.text)
    return words[:1].upper() + words[1:]
