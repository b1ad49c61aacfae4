"""Questions a mock asks in a box: finish now, which story, what becomes of one that was cut off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual import events

from prepdeck.text.cells import pad
from prepdeck.text.counts import counted
from prepdeck.tui.rows import Ground, Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.screens.framed import stroke_of
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.study.mock_recovery import StoppedMock

CHOICES: Final = {
    "r": ("strict", "Resume strict", "the clock ran on meanwhile"),
    "p": ("practice", "Resume as practice", "the gap is left out; no longer strict"),
    "f": ("finish", "Finish and mark", "as it stood when it stopped"),
    "d": ("discard", "Discard", "kept without a verdict, out of averages"),
}
"""What may become of a mock that was cut off: by its key the answer, its name, and what it means."""


class FinishDialog(Dialog):
    """Asks once whether a mock is finished; closing it with an answer means yes.

    Args:
        left: What is left of the time, in words.
        blank: How many questions were not answered.
    """

    TITLE_WORDS = "Finish the mock?"

    def __init__(self, left: str, blank: int) -> None:
        super().__init__()
        self._left = left
        self._blank = blank

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of a dialog does."""
        return {**super().deeds(), "dialog.yes": lambda: self._close("yes")}

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return what would be given away, and what either answer means."""
        asked = f"{self._left}. Your answers are locked and marked next; this cannot be taken back."
        blank = f" {counted(self._blank, 'question')} still blank." if self._blank else ""
        return [
            *(row(line) for line in wrap(asked + blank, width)),
            Row(),
            _answer("y", "yes", "finishes and goes to marking"),
            _answer("Esc", "no", "goes on"),
        ]

    def press(self, target: str) -> None:
        """Answer what was clicked."""
        self._close("yes" if target == "yes" else None)


class StoryDialog(Dialog):
    """Lists the candidate's own stories; closing it with an answer names one by its number.

    Args:
        stories: Name and title of each.
        told: The one picked before, or None.
    """

    TITLE_WORDS = "Which story do you tell?"
    FOOTING = "j k move, Enter picks, Esc closes"

    def __init__(self, stories: Sequence[tuple[CardId, str]], told: CardId | None) -> None:
        super().__init__()
        self._stories = stories
        self._marked = next((number for number, (name, _) in enumerate(stories) if name == told), 0)

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return one row for each story."""
        if not self._stories:
            words = "You have no stories yet; S on the home screen keeps them. Tell one from memory."
            return [row(line) for line in wrap(words, width)]
        return [
            Row(
                (
                    Piece("▸ " if number == self._marked and not self.prepdeck.glyphs.ascii_only else "  "),
                    foreign(title),
                ),
                Ground.CURSOR if number == self._marked else Ground.NONE,
                target=str(number),
            )
            for number, (_, title) in enumerate(self._stories)
        ]

    def takes(self, event: events.Key) -> bool:
        """Move the mark, or pick the marked one."""
        step = {"j": 1, "down": 1, "k": -1, "up": -1}.get(stroke_of(event))
        if step is not None and self._stories:
            self._marked = max(0, min(len(self._stories) - 1, self._marked + step))
            self.sheet.keep_in_sight(self._marked)
            return True
        if event.key == "enter":
            self._close(str(self._marked) if self._stories else None)
            return True
        return False


class StoppedDialog(Dialog):
    """Asks what becomes of a mock that was cut off; closing it with an answer names that.

    Args:
        stopped: The mock.
        others: How many more were cut off.
        told_at: Seconds, as the app counts them, at which `stopped` was true; a strict clock runs on meanwhile.
    """

    TITLE_WORDS = "A mock was interrupted"

    def __init__(self, stopped: StoppedMock, others: int, told_at: float) -> None:
        super().__init__()
        self._stopped = stopped
        self._others = others
        self._told_at = told_at

    def on_mount(self) -> None:
        """Let the time run that a strict clock has left."""
        super().on_mount()
        if self._stopped.is_strict and not self._stopped.is_over:
            self.set_interval(1.0, self.sheet.redraw)

    @property
    def keys(self) -> Mapping[str, tuple[str, str, str]]:
        """What may be chosen."""
        if self._stopped.is_over:
            return {"f": ("finish", "Mark it", "it is over, marks are missing"), "d": CHOICES["d"]}
        if not self._stopped.is_strict:
            return {key: words for key, words in CHOICES.items() if key != "r"}
        return CHOICES

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return which mock it is, and what may be done with it."""
        each = self._stopped
        rows = [row(foreign(line, bold=True)) for line in wrap(each.title, width)]
        rows += [
            row(foreign(line)) for line in wrap(stopped_words(each, self.prepdeck.seconds() - self._told_at), width)
        ]
        rows.append(Row())
        for key, (target, name, means) in self.keys.items():
            head = (Piece(pad(key, 4), Tone.ACCENT, strong=True, target=target), strong(pad(name, 20)))
            if width >= 20 + 4 + len(means):
                rows.append(Row((*head, muted(means)), target=target))
            else:
                rows += [Row(head, target=target), *(row(muted("    " + line)) for line in wrap(means, width - 4))]
        rows.append(Row((Piece(pad("Esc", 4), Tone.ACCENT, strong=True), muted("later; it stays here"))))
        if self._others:
            rows += [Row(), row(muted(f"{counted(self._others, 'more mock')} after this one"))]
        return rows

    def takes(self, event: events.Key) -> bool:
        """Choose by a letter."""
        chosen = self.keys.get(stroke_of(event))
        if chosen is None:
            return False
        self._close(chosen[0])
        return True


def stopped_words(stopped: StoppedMock, seconds: float = 0.0) -> str:
    """Return one sentence on a mock that was cut off, with when it began and its phase.

    Args:
        stopped: The mock.
        seconds: How long ago it stood so.
    """
    began = f"{stopped.began.astimezone():%H:%M}"
    if stopped.is_over:
        return f"A mock from {began} is over and not marked yet."
    left_seconds = stopped.left_ms // 1000
    if stopped.is_strict:
        left_seconds = max(0, int(stopped.left_ms / 1000 - seconds))
    left = f" {show_seconds(left_seconds)} left." if left_seconds else " Its time is over."
    phase = f"phase {stopped.phase} of {stopped.phases}, {stopped.phase_title.lower()}"
    return f"A mock from {began} was interrupted at {phase}.{left}"


def _answer(key: str, target: str, words: str) -> Row:
    return row(Piece(pad(key, 5), Tone.ACCENT, strong=True, target=target), Piece(words, target=target))
