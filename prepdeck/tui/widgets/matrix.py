"""The stories, and which of them shows which competency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from prepdeck.text.cells import pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.text.slugs import slug_words
from prepdeck.tui.glyphs import Glyphs, bar
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, foreign, muted, right_aligned, row, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.words import show_day, show_seconds

if TYPE_CHECKING:
    from prepdeck.study.story_clock import StoryPart
    from prepdeck.study.story_faults import StoryFault
    from prepdeck.study.story_matrix import Matrix
    from prepdeck.study.story_records import StoryRecord

_ROOMY: Final = 52
"""Cells from which every column of the stories is shown."""
_SHORTEST_BAR, _LONGEST_BAR, _BESIDE_BAR = 8, 28, 42
_COMPETENCY: Final = 15
"""Cells of the longest usual competency."""


class MarkedList(Drawing, can_focus=True):
    """Rows of which one is marked; a child draws each."""

    HEADINGS = 0

    def __init__(self, id: str, title: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes="box")
        self.border_title = title
        self.marked = 0
        """Which row is marked."""
        self._first = 0

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height - self.HEADINGS)

    def mark(self, number: int) -> None:
        """Mark a row; numbers outside stop at the ends."""
        self.marked = max(0, min(self.count - 1, number))
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the heading and the rows around the marked one."""
        page = max(1, height - self.HEADINGS)
        self._first = max(min(self._first, self.marked), self.marked - page + 1, 0)
        self._first = min(self._first, max(0, self.count - page))
        rows = list(self.headings(width))
        for number in range(self._first, min(self.count, self._first + page)):
            is_marked = number == self.marked
            edge = Piece(self.glyphs.cursor if is_marked and self._shows_edge else " ", Tone.ACCENT)
            line = fit(Row((edge, *self.line(number, width - 1).pieces)), width, self.glyphs.ellipsis)
            ground = Ground.CURSOR if is_marked and self.has_focus else Ground.NONE
            rows.append(Row(line.pieces, ground, target=f"{self.id}:{number}"))
        return rows

    @property
    def _shows_edge(self) -> bool:
        return self.palette is None and self.has_focus

    def headings(self, width: int) -> Sequence[Row]:  # noqa: ARG002 - a child has some
        """Return what stands above the rows."""
        return ()

    def line(self, number: int, width: int) -> Row:
        """Return one row without its edge."""
        raise NotImplementedError

    def on_focus(self) -> None:
        """Draw the mark as that of the pane in use."""
        self.redraw()

    def on_blur(self) -> None:
        """Draw the mark as that of a pane at rest."""
        self.redraw()


class StoryList(MarkedList):
    """Every story with the time it takes, when it is asked, and what is missing."""

    HEADINGS = 1

    def __init__(self) -> None:
        super().__init__("stories", "Stories")
        self._matrix: Matrix | None = None

    @property
    def count(self) -> int:
        """How many stories there are."""
        return len(self._matrix.stories) if self._matrix is not None else 0

    @property
    def record(self) -> StoryRecord | None:
        """The marked story."""
        return self._matrix.stories[self.marked] if self._matrix is not None and self.count else None

    def show(self, matrix: Matrix) -> None:
        """Show these stories."""
        self._matrix = matrix
        self.border_subtitle = f"{self.count} of 8 to 12"
        self.mark(self.marked)

    def headings(self, width: int) -> Sequence[Row]:
        """Return the names of the columns."""
        if not self.count:
            return (row("No stories yet. n writes the first one."),)
        name = max(8, width - 1 - (34 if width >= _ROOMY else 13))
        more = "     Due  Reviews  Recall" if width >= _ROOMY else "    Due"
        return (row(muted(f" {pad('Story', name)}  Told{more}")),)

    def line(self, number: int, width: int) -> Row:
        """Return one story."""
        if self._matrix is None:
            return Row()
        story = self._matrix.stories[number]
        is_roomy = width + 1 >= _ROOMY
        name = max(8, width - (34 if is_roomy else 13))
        overused = self._matrix.overused.get(story.card.id)
        sign = Piece("! ", Tone.ERROR) if overused else Piece(f"{self.glyphs.dot} ", Tone.RULE)
        if story.missing:
            sign = Piece("? ", Tone.ACCENT)
        title = shorten(clean_line(story.title), name - 2, ellipsis=self.glyphs.ellipsis)
        is_long = story.seconds > story.aim_seconds
        told = Piece(show_seconds(story.seconds), Tone.ERROR if is_long else Tone.TEXT)
        due = Piece("today", Tone.ACCENT, strong=True) if story.is_due else muted(_due(story))
        pieces = [sign, Piece(pad(title, name - 2)), right_aligned(told, 6), right_aligned(due, 8 if is_roomy else 7)]
        if is_roomy:
            recall = "-" if story.strength is None else f"{round(story.strength * 100)}%"
            pieces += [right_aligned(Piece(str(story.reviews)), 9), right_aligned(Piece(recall), 8)]
        return Row(tuple(pieces))


def _due(story: StoryRecord) -> str:
    return "new" if story.due is None else show_day(story.due)[4:]


class MatrixBox(MarkedList):
    """Each competency with a sign for every story that shows it; those without one stand out."""

    def __init__(self) -> None:
        super().__init__("matrix", "Competencies")
        self._matrix: Matrix | None = None
        self._story: StoryRecord | None = None

    @property
    def count(self) -> int:
        """How many competencies there are."""
        return len(self._matrix.competencies) if self._matrix is not None else 0

    @property
    def competency(self) -> str | None:
        """The marked competency."""
        return self._matrix.competencies[self.marked] if self._matrix is not None and self.count else None

    def show(self, matrix: Matrix, story: StoryRecord | None) -> None:
        """Show this matrix, with the signs of one story picked out."""
        self._matrix, self._story = matrix, story
        words = [counted(len(matrix.holes), "hole")] if matrix.holes else ["each has a story"]
        words += [f"{len(matrix.overused)} over-used"] if matrix.overused else []
        self.border_subtitle = ", ".join(words)
        self.mark(self.marked)

    def line(self, number: int, width: int) -> Row:
        """Return one competency."""
        if self._matrix is None:
            return Row()
        slug = self._matrix.competencies[number]
        name = pad(shorten(slug_words(slug), _COMPETENCY, ellipsis=self.glyphs.ellipsis), _COMPETENCY + 1)
        showing = self._matrix.showing(slug)
        if not showing:
            return row(Piece(name, Tone.ACCENT, strong=True), Piece(f"{self.glyphs.cross} no story", Tone.ERROR))
        signs = [self._sign(story, slug) for story in self._matrix.stories[: max(0, width - _COMPETENCY - 8)]]
        return row(Piece(name), *signs, muted(f"  {len(showing)}"))

    def _sign(self, story: StoryRecord, slug: str) -> Piece:
        is_marked = self._story is not None and story.card.id == self._story.card.id
        if slug not in story.story.competencies:
            return Piece(self.glyphs.dot, Tone.RULE)
        return Piece(_shown(self.glyphs), Tone.ACCENT if is_marked else Tone.SUCCESS, strong=is_marked)


def _shown(glyphs: Glyphs) -> str:
    return glyphs.heat[4]


class StoryFacts(Drawing):
    """The marked story in a few lines: its parts against the clock, what it shows, what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(id="facts", classes="box")
        self._matrix: Matrix | None = None
        self._story: StoryRecord | None = None

    def show(self, matrix: Matrix, story: StoryRecord | None) -> None:
        """Show this story."""
        self._matrix, self._story = matrix, story
        self.border_title = "Told aloud"
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return as many lines as fit."""
        story, matrix = self._story, self._matrix
        if story is None or matrix is None:
            return [row(muted("Situation, task, action, result, reflection: about two minutes."))]
        rows = [row(foreign(story.title, bold=True)), *(self._part(part, width) for part in story.parts)]
        shows = ", ".join(map(slug_words, story.story.competencies))
        why = matrix.overused.get(story.card.id)
        if why:
            rows.append(row(Piece(f"! over-used: {why}", Tone.ERROR)))
        elif story.warnings:
            rows.append(row(Piece(f"! {story.warnings[0]}", Tone.ACCENT)))
        rows.append(row(muted("shows "), foreign(shows)))
        return [fit(line, width, self.glyphs.ellipsis) for line in rows][: height or None]

    def _part(self, part: StoryPart, width: int) -> Row:
        is_over = part.seconds > part.aim_seconds
        note = Piece("to be written", Tone.ACCENT) if not part.text else muted(counted(part.words, "word"))
        times = Piece(f"{part.seconds:>4} of {part.aim_seconds:>3} s  ", Tone.ERROR if is_over else Tone.TEXT)
        room = min(_LONGEST_BAR, width - _BESIDE_BAR)
        if room < _SHORTEST_BAR:
            return row(pad(part.name.capitalize(), 12), times, note)
        share = min(1.0, part.seconds / part.aim_seconds) if part.aim_seconds else 1.0
        filled, empty = bar(share, room, self.glyphs)
        gauge = (Piece(filled, Tone.ERROR if is_over else Tone.SUCCESS), Piece(f"{empty} ", Tone.RULE))
        return row(pad(part.name.capitalize(), 12), *gauge, times, note)


class FaultBox(Drawing):
    """What is wrong with the files of stories, where, and what helps; takes no room while nothing is."""

    def __init__(self) -> None:
        super().__init__(id="faults", classes="box -error")
        self._faults: tuple[StoryFault, ...] = ()

    def show(self, faults: tuple[StoryFault, ...], key: str) -> None:
        """Show these; the key opens their file."""
        self._faults = faults
        self.set_class(not faults, "-silent")
        if faults:
            name = clean_line(faults[0].path.name)
            words = f"{name} cannot be read" if faults[0].is_whole else f"{counted(len(faults), 'error')} in {name}"
            self.border_title = Content(words)
            self.border_subtitle = Content(f"{key} opens it" if key else "prepdeck lint shows more")
        self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return place and message of each, and what it means for the stories."""
        if not self._faults:
            return []
        is_whole = self._faults[0].is_whole
        means = "Nothing in it is lost or written over." if is_whole else "The other stories are not touched by it."
        rows: list[Row] = []
        for fault in self._faults:
            place = f"{clean_line(str(fault.path))}:{fault.line}:{fault.column}"
            words = f"{place}: {clean_line(fault.message)}"
            rows += [row(foreign(line)) for line in wrap(words, width)]
        rows += [row(muted(line)) for line in wrap(means, width)]
        return rows[: height or None]
