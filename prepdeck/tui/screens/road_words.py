"""The road in rows: lines of a detail, and what they say of phases, decks and things to tick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from prepdeck.road.coverage import DeckShare
from prepdeck.road.items import Item, ItemKind
from prepdeck.road.progress import PhaseProgress, PhaseState
from prepdeck.road.wording import month_name, month_words
from prepdeck.text.counts import counted
from prepdeck.tui.glyphs import Glyphs, bar
from prepdeck.tui.rows import Piece, Row, Tone, fit, foreign, muted, right_aligned, row, spread, strong, wrap
from prepdeck.tui.widgets.road_detail import DetailLine
from prepdeck.tui.widgets.road_list import ListLine
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.study.road import RoadPage

ITEM, DECK, FEATURE, PHASE = "item:", "deck:", "feature:", "phase:"
"""How the names of spots begin: something to tick, a deck, a part of prepdeck, a phase."""
_LABEL: Final = 11
_BAR_FROM, _BAR, _LONG_BAR_FROM, _LONG_BAR = 26, 5, 44, 10
_PERCENT, _SIGNS = 5, 4


class DetailText:
    """Collects the lines of a detail for one width.

    Args:
        width: Cells of a line.
        glyphs: Signs in use.
        choose_key: The key that chooses a deck; empty when it has none.
    """

    def __init__(self, width: int, glyphs: Glyphs, choose_key: str = "") -> None:
        self.width = width
        """Cells of a line."""
        self.glyphs = glyphs
        """Signs in use."""
        self.choose_key = choose_key
        """The key that chooses a deck."""
        self.lines: list[DetailLine] = []
        """What was said so far."""

    def blank(self) -> None:
        """Leave a line empty, unless it is the first one or the one before it is empty too."""
        if self.lines and self.lines[-1].row.text:
            self.lines.append(DetailLine(Row()))

    def title(self, words: str) -> None:
        """Say what everything is about."""
        self.lines += [DetailLine(row(foreign(line, bold=True))) for line in wrap(words, max(1, self.width))]

    def heading(self, words: str, note: str = "") -> None:
        """Begin a part."""
        self.blank()
        whole = row(strong(words, Tone.HEADING), muted(f"  {note}"))
        self._add(whole if whole.width <= self.width else row(strong(words, Tone.HEADING)), "")
        if whole.width > self.width:
            self.say(note, Tone.MUTED)

    def say(self, words: str, tone: Tone = Tone.TEXT, *, spot: str = "", lead: Sequence[Piece] = ()) -> None:
        """Say something on as many lines as it takes, the later ones under the first word.

        Args:
            words: What is said.
            tone: What it is.
            spot: What the cursor stands on there.
            lead: What stands before the first word.
        """
        indent = Row(tuple(lead)).width
        for number, line in enumerate(wrap(words, max(1, self.width - indent))):
            before = tuple(lead) if number == 0 else (Piece(" " * indent),)
            self._add(Row((*before, foreign(line, tone))), spot)

    def field(self, label: str, words: str, tone: Tone = Tone.TEXT) -> None:
        """Say something behind what it is called."""
        self.say(words, tone, lead=(muted(label.ljust(_LABEL)),))

    def bullets(self, texts: Iterable[str]) -> None:
        """Say each on lines of its own."""
        for text in texts:
            self.say(text, lead=(Piece(f"{self.glyphs.bullet} ", Tone.PRIMARY),))

    def deck(self, share: DeckShare, *, sign: Piece | None = None, note: str = "") -> None:
        """Say how far a deck is; the cursor stands on it."""
        spot = f"{DECK}{share.slug}"
        right = row(muted("not here yet"))
        if share.is_here:
            recall = "-" if share.recall is None else f"{share.recall:.0%}"
            right = row(muted(f"{share.seen}/{share.cards}"), right_aligned(Piece(recall), _PERCENT))
        left = row(sign or Piece(f"{self.glyphs.bullet} ", Tone.RULE), foreign(share.title))
        self._add(spread(left, right, self.width, self.glyphs.ellipsis), spot)
        notes = [note] if note else []
        notes += ["not in the daily queue"] if share.is_here and not share.is_queued else []
        if notes:
            self.say(", ".join(notes), Tone.MUTED, spot=spot, lead=(Piece("  "),))

    def item(self, item: Item, today: date) -> None:
        """Say whether a thing is done, and where it can be seen; the cursor stands on it."""
        spot = f"{ITEM}{item.id}"
        indent = "  " if item.kind is ItemKind.CHECK else ""
        sign = Piece(f"{self.glyphs.dot} ", Tone.MUTED)
        if item.is_done:
            sign = Piece(f"{self.glyphs.tick} ", Tone.SUCCESS)
        elif item.pieces:
            sign = Piece(f"{self.glyphs.marker} ", Tone.ACCENT)
        words = f"{item.text} ({len(item.pieces)} of {item.count})" if item.count > 1 else item.text
        words += " (your own)" if item.is_own else ""
        self.say(words, spot=spot, lead=(Piece(indent), sign))
        for piece in item.pieces:
            if piece.link:
                self.say(piece.link, Tone.LINK, spot=spot, lead=(Piece(f"{indent}  "),))
            elif item.kind is not ItemKind.CHECK:
                day = show_day(piece.day, with_year=piece.day.year != today.year)
                self.say(f"done {day}", Tone.MUTED, spot=spot, lead=(Piece(f"{indent}  "),))

    def _add(self, line: Row, spot: str) -> None:
        self.lines.append(DetailLine(fit(line, self.width, self.glyphs.ellipsis), spot))


def phase_line(each: PhaseProgress) -> ListLine:
    """Return a phase as a row of the list: its state, number, title, bar and percentage."""

    def set_row(width: int, glyphs: Glyphs) -> Row:
        sign = {
            PhaseState.DONE: Piece(glyphs.tick, Tone.SUCCESS),
            PhaseState.UNDER_WAY: Piece(glyphs.marker, Tone.ACCENT),
            PhaseState.AHEAD: Piece(glyphs.dot, Tone.MUTED),
        }[each.state]
        sign = Piece("!", Tone.ERROR, strong=True) if each.is_late else sign
        left = row(sign, f" {each.phase.number} ", foreign(each.phase.title))
        length = _LONG_BAR if width >= _LONG_BAR_FROM else _BAR if width >= _BAR_FROM else 0
        filled, empty = bar(each.share, length, glyphs)
        gauge = (Piece(filled, Tone.SUCCESS), Piece(empty, Tone.RULE))
        right = row(*gauge, f"{whole_percent(each.share):>{_PERCENT - 1}}%")
        return spread(left, right, width, glyphs.ellipsis)

    return ListLine(each.phase.id, set_row)


def whole_percent(share: float) -> int:
    """Return a share in percent; what is not whole is never rounded up to it."""
    return round(share * 100) if share >= 1 else min(99, round(share * 100))


def mode_words(each: PhaseProgress) -> str:
    """Return how a phase lies beside the others; empty for one that just follows the one before."""
    words = ["beside the others, from the start"] if each.phase.mode.value == "concurrent" else []
    words += ["choose one"] if each.phase.is_choice else []
    words += ["intensive: it asks for most of the week"] if each.phase.intensive else []
    return "; ".join(words)


def end_words(each: PhaseProgress) -> str:
    """Return when a phase is over, to the month."""
    first, last = each.ends
    if last is None:
        return f"not before {month_name(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"in {month_name(first)}"
    early = f"{first:%B}" if first.year == last.year else month_name(first)
    return f"between {early} and {month_name(last)}"


def state_words(each: PhaseProgress) -> str:
    """Return how far a phase is."""
    since = f" since {show_day(each.started, with_year=True)}" if each.started is not None else ""
    match each.state:
        case PhaseState.DONE:
            return "done"
        case PhaseState.AHEAD:
            return "ahead"
        case PhaseState.UNDER_WAY if each.is_late:
            return f"late: under way{since}, longer than it takes at most"
        case PhaseState.UNDER_WAY:
            return f"under way{since}"


def recall_words(page: RoadPage) -> str:
    """Return which day recall is of."""
    return "recall today" if page.day == page.today else f"recall on {show_day(page.day)}"


def phase_detail(page: RoadPage, each: PhaseProgress, text: DetailText) -> None:
    """Say everything about a phase: how long it takes, what it teaches, and what it is done by."""
    phase = each.phase
    over = month_words(each.over_after)
    text.title(phase.title)
    text.field("State", state_words(each), Tone.ERROR if each.is_late else Tone.TEXT)
    text.field("Length", f"{month_words(each.months)} at {page.hours} h a week, over after {over}")
    if each.state is not PhaseState.DONE:
        text.field("Over", end_words(each))
    if mode_words(each):
        text.field("Mode", mode_words(each))
    titles = {other.phase.id: f"{other.phase.number} {other.phase.title}" for other in page.phases}
    if each.waits_for:
        text.field("Waits for", "; ".join(titles.get(slug, slug) for slug in each.waits_for))
    things = len(each.things)
    cards = f"{each.seen} of {counted(each.cards, 'card')} seen" if each.cards else "no cards here"
    recall = f", {recall_words(page)} {each.recall:.0%}" if each.recall is not None else ""
    done = f"; {each.things_done} of {counted(things, 'thing')} done" if things else ""
    text.field("So far", f"{cards}{recall}{done}")
    if phase.choose_one:
        _phase_choice(page, each, text)
    _phase_items(page, each, text)
    decks = [slug for slug in phase.decks if slug not in phase.choose_one]
    if decks:
        text.heading("Decks", f"seen of cards, {recall_words(page)}")
        for slug in decks:
            text.deck(page.decks.get(slug, DeckShare(slug, slug)))
    if phase.goals:
        text.heading("Goals")
        text.bullets(phase.goals)
    if phase.tools or phase.resources:
        text.blank()
    if phase.tools:
        text.field("Tools", ", ".join(phase.tools))
    if phase.resources:
        text.field("Resources", ", ".join(phase.resources))


def _phase_choice(page: RoadPage, each: PhaseProgress, text: DetailText) -> None:
    phase = each.phase
    text.heading("Choose one")
    for slug in phase.choose_one:
        is_chosen = slug == each.chosen
        sign = Piece(f"{text.glyphs.marker} ", Tone.ACCENT, strong=True) if is_chosen else Piece(f"{text.glyphs.dot} ")
        share = page.decks.get(slug, DeckShare(slug, slug))
        text.deck(share, sign=sign, note="chosen" if is_chosen else "")
    others = counted(len(phase.choose_one) - 1, "other deck")
    if each.chosen is None:
        how = f"{text.choose_key} chooses the one" if text.choose_key else "Choose the one"
        text.say(f"{how} you go on with; the {others} then stay out of the daily queue.", Tone.MUTED)
    else:
        back = f" {text.choose_key} on the chosen one takes the choice back." if text.choose_key else ""
        text.say(f"The {others} stay out of the daily queue.{back}", Tone.MUTED)


def _phase_items(page: RoadPage, each: PhaseProgress, text: DetailText) -> None:
    headings = {ItemKind.DELIVERABLE: "To make", ItemKind.MILESTONE: "Milestone", ItemKind.GATE: "Gate"}
    last = None
    for item in each.items:
        kind = ItemKind.DELIVERABLE if item.kind is ItemKind.CHECK else item.kind
        if kind is not last and kind in headings:
            text.heading(headings[kind])
            last = kind
        text.item(item, page.today)
