"""The memory model of this learner, kept up with the log: an answer is added, anything else is read again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from prepdeck.errors import StoreError
from prepdeck.scheduling.learner import Learner
from prepdeck.store.answers import START, LogState, Place, answers_after, card_kinds, log_state
from prepdeck.store.logbook import Logbook
from prepdeck.store.pacing import PACE_FACT, pace_words, was_kept_on

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

NO_KIND = "basic"
"""The kind that a card counts as whose deck was never met, as after a merge of logs."""


class Forecasts:
    """What the log tells of the learner; reads only what was added since it was last asked."""

    def __init__(self) -> None:
        self._learner = Learner()
        self._state = LogState(0, 0, 0)
        self._place: Place = START

    def learner(self, log: Logbook) -> Learner:
        """Return what the log tells, within an open transaction; the value is replaced, never changed, by later calls.

        An undo, a rename or an older entry, as a merge brings, changes what was read before: all is read again then.
        """
        state = log_state(log.raw)
        if state == self._state:
            return self._learner
        fresh = list(answers_after(log.raw, self._place))
        resets = sum(answer.quality is None for answer in fresh)
        grown = LogState(self._state.reviews + len(fresh) - resets, self._state.upheavals, self._state.resets + resets)
        if grown != state:
            self._learner, self._place = Learner(), START
            fresh = list(answers_after(log.raw, START))
        learner = self._learner.copy()
        names = log.new_names()
        kinds = card_kinds(log.raw, {names.get(answer.card, answer.card) for answer in fresh})
        for answer in fresh:
            card = names.get(answer.card, answer.card)
            if answer.quality is None:
                learner.forgot(card)
            elif answer.counts:
                learner.answered(card, kinds.get(card, NO_KIND), answer.day, answer.quality, answer.seconds)
        self._learner, self._state = learner, state
        self._place = fresh[-1].place if fresh else self._place
        return learner


def keep_pace(desk: Desk) -> None:
    """Keep how long answers take, once a study day and only when no other program writes: counts read it in no time."""
    today = desk.today()
    with desk.store.reading() as log:
        kept = log.catalogue.fact(PACE_FACT)
        if was_kept_on(kept, today):
            return
        pace = desk.forecasts.learner(log).pace
    if pace.measured:
        with suppress(StoreError), desk.store.writing(patience_ms=0) as log:
            log.catalogue.keep_fact(PACE_FACT, pace_words(pace, today))
