"""Everything opened once: clock, settings, decks and store."""

from __future__ import annotations

from copy import copy
from datetime import date
from types import TracebackType
from typing import Self

from prepdeck.host.clock import Clock, wall_of
from prepdeck.host.folders import Folders
from prepdeck.host.settings import Settings
from prepdeck.scheduling.scheduler import Scheduler
from prepdeck.scheduling.study_day import study_day
from prepdeck.store.glance import choice_details
from prepdeck.store.store import Store, open_store
from prepdeck.study.ahead import ahead_words
from prepdeck.study.daily_copy import keep_daily_copy
from prepdeck.study.following import chosen_scheduler, follow
from prepdeck.study.forecasting import Forecasts
from prepdeck.study.library import Library
from prepdeck.study.options import Options
from prepdeck.study.queue_wishes import Choices, queue_wish
from prepdeck.study.surroundings import Surroundings, look_around, store_path
from prepdeck.study.survey import look_over
from prepdeck.study.taking_in import TakenIn, take_in


class Desk:
    """Everything a verb needs, opened once.

    Args:
        options: What the command line said.
        surroundings: Clock, folders, settings.
        store: The database.
        library: The decks.
        choices: What was chosen on the road; the library goes by it already.
    """

    def __init__(
        self,
        options: Options,
        surroundings: Surroundings,
        store: Store,
        library: Library,
        choices: Choices = (),
    ) -> None:
        self.options = options
        """What the command line said."""
        self.clock: Clock = surroundings.clock
        """What tells the time."""
        self.settings: Settings = surroundings.settings
        """What the learner chose."""
        self.folders: Folders = surroundings.folders
        """Where files are kept."""
        self.store = store
        """The database."""
        self.library = library
        """The decks."""
        self.choices = choices
        """What was chosen on the road when the decks were taken in."""
        self.forecasts = Forecasts()
        """What the log tells of the learner's memory."""
        self.notes: list[str] = [*surroundings.settings.problems, *store.notes, *library.notes]
        """Sentences worth saying once."""

    @property
    def scheduler(self) -> Scheduler:
        """What decides when a card comes back."""
        return self.store.scheduler

    def today(self) -> date:
        """Return the study day it is now."""
        return study_day(wall_of(self.clock.now()), self.settings.day_start)

    def lend(self) -> Desk:
        """Return a desk that another thread may look from while this one goes on: it must change nothing."""
        lent = copy(self)
        lent.store, lent.forecasts = self.store.lend(), copy(self.forecasts)
        return lent

    def take_back(self, lent: Desk) -> None:
        """Keep what a lent desk has read of the log, where that is more."""
        if lent.forecasts.reviews > self.forecasts.reviews:
            self.forecasts = lent.forecasts

    def close(self) -> str | None:
        """Keep the day's copy if it is due, and close the database; return why there is no copy, where it failed."""
        try:
            words = keep_daily_copy(self)
        finally:
            self.store.close()
        if words is not None:
            self.notes.append(words)
        return words

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self.store.close()


def open_desk(options: Options | None = None) -> Desk:
    """Open everything: makes the home on first use, upgrades the database, takes in changed decks.

    Raises:
        UsageError: When a named path is wrong.
        StoreError: When the database cannot be used; it is left as it is.
    """
    options = options or Options()
    surroundings = look_around(options)
    store = open_store(store_path(surroundings), surroundings.folders.backups, stamp=stamp_of(surroundings.clock))
    try:
        now = surroundings.clock.now()
        today = study_day(wall_of(now), surroundings.settings.day_start)
        scheduler, missing = chosen_scheduler(surroundings.settings)
        worked_out = follow(store, scheduler)
        library, taken = take_in(store, look_over(surroundings.roots), now, today)
        with store.reading() as log:
            wish = queue_wish(log.raw, surroundings.settings.leave_out)
            choices = tuple(choice_details(log.raw))
            ahead = ahead_words(log.raw, today)
        desk = Desk(options, surroundings, store, library.queueing(wish), choices)
        desk.notes += [*missing, *(words for words in (worked_out, ahead) if words)]
        _say(desk, taken)
    except BaseException:
        store.close()
        raise
    return desk


def keep_up(desk: Desk) -> None:
    """Take over what another program chose on the road meanwhile: which decks are in the daily queue."""
    with desk.store.reading() as log:
        choices = tuple(choice_details(log.raw))
    if choices != desk.choices:
        reload_decks(desk)


def reload_decks(desk: Desk) -> TakenIn:
    """Take in what changed in the decks, as after an edit; return what it was."""
    surroundings = look_around(desk.options)
    library, taken = take_in(desk.store, look_over(surroundings.roots), desk.clock.now(), desk.today())
    with desk.store.reading() as log:
        desk.choices = tuple(choice_details(log.raw))
        desk.library = library.queueing(queue_wish(log.raw, surroundings.settings.leave_out))
    _say(desk, taken)
    return taken


def _say(desk: Desk, taken: TakenIn) -> None:
    if taken.words is not None:
        desk.notes.append(taken.words)


def stamp_of(clock: Clock) -> str:
    """Return the moment as it stands in names of copies."""
    return clock.now().strftime("%Y%m%d-%H%M%S")
