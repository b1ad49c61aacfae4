"""What the author's page shows of a deck file: one card, turned on so far. Values only; no widget, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prepdeck.text.cleaning import clean_line
from prepdeck.tui.review_state import Asking

if TYPE_CHECKING:
    from prepdeck.study.previewing import Entry, Preview, Problem


@dataclass(frozen=True, slots=True)
class Authoring:
    """A deck file with the card that is looked at; every edit of the file replaces it."""

    preview: Preview
    """What the last look gave; while the file is gone, the look before that."""
    asking: Asking | None = None
    """The card that is shown, as it was when it was last good; None while none was."""
    steps: int = 0
    """How often the card was turned on."""
    home: Preview | None = None
    """The last look at the file in which that card was good."""
    missing: Entry | None = None
    """The card that ought to be shown and cannot be."""
    is_gone: bool = False
    """Whether there is no file at the moment."""

    @classmethod
    def of(cls, preview: Preview) -> Authoring:
        """Return the page as it opens: with the card of the first problem, or else with the first card."""
        state = cls(preview).turned_to(0)
        return state.at(preview.problems[0]) if preview.problems else state

    @property
    def position(self) -> int | None:
        """Where the card stands among the good ones; None for one that is shown as it was, and for none."""
        if self.asking is None or self.missing is not None:
            return None
        return self.preview.position_of(self.asking.card.id)

    @property
    def line(self) -> int:
        """Where the card begins in the file."""
        entry = self._entry
        return entry.line if entry is not None else 1

    @property
    def _entry(self) -> Entry | None:
        """The entry of the card in the file as it is, also when the card is faulty now; None when it is gone."""
        if self.missing is not None or self.asking is None:
            return self.missing
        card = self.asking.card.id
        named = (entry for entry in self.preview.entries if entry.name == card.card)
        return self.preview.entry_of(card) or next(named, None)

    @property
    def note(self) -> str:
        """Why the card is shown as it was; empty when it is as it is."""
        if self.asking is None or self.missing is not None:
            return ""
        if self.is_gone:
            return "as it was, no file now"
        if self.position is not None:
            return ""
        return "as it was, faulty now" if self._entry or not self.preview.cards else "as it was, gone now"

    @property
    def notice(self) -> str:
        """What is said where no card can be shown; empty where one can be."""
        if self.missing is not None:
            name = clean_line(self.missing.name) or f"card {self.missing.number + 1}"
            return f"{name} cannot be shown until its errors are mended."
        if self.asking is not None:
            return ""
        if self.is_gone:
            return "There is no such file."
        if self.preview.stamp is None:
            return "Reading the file."
        if self.preview.errors:
            return "No card can be shown until the errors are mended."
        return "This file holds no cards yet."

    def after(self, preview: Preview) -> Authoring:
        """Return the page after another look at the file: same card, same side, as far as that can be."""
        if preview.stamp is None:
            return replace(self, preview=replace(self.preview, stamp=None), is_gone=True)
        state = replace(self, preview=preview, is_gone=False)
        if self.missing is not None:
            return _after_missing(state, self.missing)
        if self.asking is None:
            return Authoring.of(preview)
        at = preview.position_of(self.asking.card.id)
        if at is None:
            at = self._renamed_in(preview)
        return state if at is None else _renewed(state, at)

    def _renamed_in(self, preview: Preview) -> int | None:
        """Return where the card stands when only its id, or its deck's, was changed."""
        if self.home is None or self.asking is None or len(self.home.entries) != len(preview.entries):
            return None
        was = self.home.entry_of(self.asking.card.id)
        card = preview.entries[was.number].card if was is not None else None
        return None if card in self.home.positions else preview.position_of(card)

    # What the keys do

    def turned_to(self, number: int) -> Authoring:
        """Return the page with the front of a good card; numbers outside stop at the ends."""
        last = len(self.preview.cards) - 1
        if last < 0:
            return self
        asking = Asking.of(self.preview.view(max(0, min(last, number))))
        return replace(self, asking=asking, steps=0, home=self.preview, missing=None)

    def turned(self, by: int) -> Authoring:
        """Return the page with the next good card, or the one before."""
        if self.position is not None:
            return self.turned_to(self.position + by)
        number = self._number
        before = sum(entry.card is not None for entry in self.preview.entries if entry.number < number)
        here = sum(entry.card is not None for entry in self.preview.entries if entry.number == number)
        return self.turned_to(before + here if by > 0 else before - 1)

    @property
    def _number(self) -> int:
        """Which entry the card is, or was when it was last good."""
        entry = self._entry
        if entry is None and self.home is not None and self.asking is not None:
            entry = self.home.entry_of(self.asking.card.id)
        return entry.number if entry is not None else 0

    def at(self, problem: Problem) -> Authoring:
        """Return the page with the card a problem lies in; problems of the deck itself leave it as it is."""
        entry = self.preview.entry_at(problem.line)
        if entry is None or entry == self._entry:
            return self
        at = self.preview.position_of(entry.card)
        return replace(self, missing=entry) if at is None else self.turned_to(at)

    def flipped(self) -> Authoring:
        """Return the page with what comes next of the card; after its answer, with its front again."""
        if self.asking is None or self.missing is not None:
            return self
        if self.asking.is_revealed and not self.asking.followups_left:
            return replace(self, asking=Asking.of(self.asking.view), steps=0)
        return replace(self, asking=_forward(self.asking), steps=self.steps + 1)

    def hinted(self) -> Authoring:
        """Return the page with one more hint."""
        return replace(self, asking=self.asking.hint()) if self.asking is not None else self

    def with_source(self) -> Authoring:
        """Return the page with maths as it was written, or as it is shown."""
        return replace(self, asking=self.asking.toggle_source()) if self.asking is not None else self


def _after_missing(state: Authoring, missing: Entry) -> Authoring:
    """Return the page once more with a card that could not be shown; without it once it is gone."""
    entries = state.preview.entries
    entry = next((each for each in entries if missing.name and each.name == missing.name), None)
    if entry is None and missing.number < len(entries):
        entry = entries[missing.number]
    if entry is None:
        without = replace(state, missing=None)
        return without.after(state.preview) if state.preview.cards else without
    at = state.preview.position_of(entry.card)
    return replace(state, missing=entry) if at is None else state.turned_to(at)


def _renewed(state: Authoring, at: int) -> Authoring:
    """Return the page with its card as it is now, turned on as far as it was."""
    was, asking = state.asking, Asking.of(state.preview.view(at))
    if was is not None:
        for _step in range(state.steps):
            asking = _forward(asking)
        while was.is_revealed and not asking.is_revealed:
            asking = _forward(asking)
        hints = min(was.hints_shown, len(asking.card.hints))
        asking = replace(asking, hints_shown=hints, shows_source=was.shows_source)
    return replace(state, asking=asking, home=state.preview)


def _forward(asking: Asking) -> Asking:
    """Return a card one step on, as in a review in which nothing was typed; follow-ups come after the answer."""
    if asking.followups_left:
        return asking.follow_up()
    return asking.revealed(0.0) if asking.takes_number else asking.forward(0.0)
