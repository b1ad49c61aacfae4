"""The memory model of this learner, kept up with the log: an answer is added, anything else is read again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from prepdeck.errors import StoreError
from prepdeck.scheduling.learner import Learner
from prepdeck.scheduling.pace import usual_seconds
from prepdeck.store.answers import START, Length, LogState, Place, answers_after, card_lengths, log_state
from prepdeck.store.learning import LEARNER_FACT, learner_from, learner_words
from prepdeck.store.logbook import Logbook
from prepdeck.store.pacing import PACE_FACT, pace_words, was_kept_on

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

NO_KIND = "basic"
"""The kind that a card counts as whose deck was never met, as after a merge of logs."""
UNKNOWN = Length(NO_KIND, None)
"""What such a card counts as."""
WORTH_KEEPING = 1000
"""Reviews from which it takes less to read what was kept than to read the log."""
EMPTY = LogState(0, 0, 0)
"""A log before its first entry."""


class Forecasts:
    """What the log tells of the learner; reads only what was added since it was last asked."""

    def __init__(self) -> None:
        self._learner = Learner()
        self._state = EMPTY
        self._place: Place = START

    def learner(self, log: Logbook) -> Learner:
        """Return what the log tells, within an open transaction; the value is replaced, never changed, by later calls.

        An undo, a rename or an older entry, as a merge brings, changes what was read before: all is read again then.
        """
        names = log.new_names()
        state = log_state(log.raw, names)
        if self._state == EMPTY and state.reviews > WORTH_KEEPING:
            self._restore(log)
        if state == self._state:
            return self._learner
        fresh = list(answers_after(log.raw, self._place))
        resets = sum(answer.quality is None for answer in fresh)
        before = self._state
        grown = before._replace(reviews=before.reviews + len(fresh) - resets, resets=before.resets + resets)
        if grown != state:
            self._learner, self._place = Learner(), START
            fresh = list(answers_after(log.raw, START))
        learner = self._learner.copy()
        lengths = card_lengths(log.raw, {names.get(answer.card, answer.card) for answer in fresh})
        for answer in fresh:
            card = names.get(answer.card, answer.card)
            if answer.quality is None:
                learner.forgot(card)
            elif answer.counts:
                kind, target = lengths.get(card, UNKNOWN)
                seconds = None if answer.seconds is None else usual_seconds(kind, answer.seconds, target)
                learner.answered(card, kind, answer.day, answer.quality, seconds)
        self._learner, self._state = learner, state
        self._place = fresh[-1].place if fresh else self._place
        return learner

    @property
    def reviews(self) -> int:
        """How many reviews were read."""
        return self._state.reviews

    @property
    def is_long(self) -> bool:
        """Whether so much was read that the next start is spared something by keeping it."""
        return self._state.reviews > WORTH_KEEPING

    def kept(self) -> str:
        """Return what was read so far, as a small fact keeps it."""
        return learner_words(self._learner, self._state, self._place)

    def _restore(self, log: Logbook) -> None:
        """Go on from what was kept, if anything was."""
        found = learner_from(log.catalogue.fact(LEARNER_FACT))
        if found is not None:
            self._learner, self._state, self._place = found


def keep_forecasts(desk: Desk) -> None:
    """Keep what the log tells, once a study day and only when no other program writes.

    Counts read the pace in no time, and the next start goes on from here instead of reading the whole log.
    """
    today = desk.today()
    with desk.store.reading() as log:
        if was_kept_on(log.catalogue.fact(PACE_FACT), today):
            return
        learner = desk.forecasts.learner(log)
    if learner.pace.measured:
        with suppress(StoreError), desk.store.writing(patience_ms=0) as log:
            log.catalogue.keep_fact(PACE_FACT, pace_words(learner.pace, today))
            if desk.forecasts.is_long:
                log.catalogue.keep_fact(LEARNER_FACT, desk.forecasts.kept())
