"""Which scheduler decides: the one of the settings, with the kept memories brought over when they follow another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.errors import SettingsError
from prepdeck.host.settings import Settings
from prepdeck.scheduling.schedulers import FSRS_PREFIX, SM2_KEY, scheduler_of
from prepdeck.store import glance
from prepdeck.store.glance import SCHEDULER_FACT
from prepdeck.study.surroundings import look_around
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.scheduling.memory import Memory
    from prepdeck.scheduling.scheduler import Scheduler
    from prepdeck.store.logbook import Logbook
    from prepdeck.store.store import Store
    from prepdeck.study.options import Options


def key_wanted(settings: Settings) -> str:
    """Return the key of the scheduler that the settings name, without loading it.

    The package may yet turn out not to load; then this is another key than the memories have, and opening says why.
    """
    if settings.scheduler == SM2_KEY:
        return SM2_KEY
    from prepdeck.scheduling.fsrs_schedule import is_installed, key_of

    return key_of(settings.retention_goal) if is_installed() else SM2_KEY


def missing_words(settings: Settings) -> tuple[str, ...]:
    """Return a sentence when the scheduler that the settings name is not installed."""
    is_there = settings.scheduler == SM2_KEY or key_wanted(settings) != SM2_KEY
    return () if is_there else chosen_scheduler(settings)[1]


def chosen_scheduler(settings: Settings) -> tuple[Scheduler, tuple[str, ...]]:
    """Return the scheduler that the settings name, and what is worth saying: SM-2 stands in for one that is missing."""
    wanted = SM2_KEY if settings.scheduler == SM2_KEY else f"{FSRS_PREFIX}{settings.retention_goal}"
    try:
        return scheduler_of(wanted), ()
    except SettingsError as error:
        help_words = f" ({error.help})" if error.help else ""
        return scheduler_of(SM2_KEY), (f"{error.message}; until then SM-2 decides{help_words}",)


def scheduler_notes(options: Options) -> tuple[str, ...]:
    """Return what is worth saying of the scheduler that the settings name: that it is missing, for one."""
    return chosen_scheduler(look_around(options).settings)[1]


def kept_key(log: Logbook) -> str:
    """Return the key of the scheduler that the kept memories follow."""
    return glance.kept_key(log.raw)


def follow(store: Store, scheduler: Scheduler) -> str | None:
    """Let the store's memories follow a scheduler; return a sentence when they were worked out again.

    That is one transaction: a program that is killed meanwhile leaves every card with the scheduler of before.

    Raises:
        StoreError: When another scheduler was chosen and the store cannot be written, or an entry is damaged.
    """
    store.scheduler = scheduler
    with store.reading() as log:
        if kept_key(log) == scheduler.key:
            return None
    with store.writing() as log:
        before = kept_key(log)
        if before == scheduler.key:  # another program was first
            return None
        found = _work_out(store, log)
        log.catalogue.keep_fact(SCHEDULER_FACT, scheduler.key)
    return _said(scheduler, before, len(found)) if found else None


def catch_up(store: Store, key: str) -> str | None:
    """Let a store follow the scheduler that another program chose; return a sentence, or None when that cannot be.

    Args:
        store: The database.
        key: What its memories follow; so does every answer that this program stored meanwhile.
    """
    try:
        store.scheduler = scheduler_of(key)
    except SettingsError:
        return None
    return f"another prepdeck chose the scheduler anew; this one follows {store.scheduler.title} from now on"


def _work_out(store: Store, log: Logbook) -> dict[CardId, Memory]:
    """Keep what the log gives, and return it.

    Raises:
        StoreDamaged: When an entry no longer reads as what was written.
    """
    from prepdeck.store.faults import damaged

    try:
        found = log.all_replayed(store.scheduler)
    except ValueError as error:
        raise damaged(store.path, str(error)) from error
    log.keep_all_memories(found)
    return found


def _said(scheduler: Scheduler, before: str, cards: int) -> str:
    worked_out = f"worked out again from the log for {counted(cards, 'card')}"
    if scheduler.key == SM2_KEY:
        return f"the schedule follows SM-2 again, {worked_out}"
    if before.startswith(FSRS_PREFIX):
        return f"the schedule follows the new retention_goal, {worked_out}"
    return f"the schedule now follows {scheduler.title}, {worked_out}; prepdeck config scheduler sm2 goes back"


__all__ = [
    "SCHEDULER_FACT",
    "SM2_KEY",
    "catch_up",
    "chosen_scheduler",
    "follow",
    "kept_key",
    "key_wanted",
    "missing_words",
    "scheduler_of",
]
