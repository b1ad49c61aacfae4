"""Backups, restoring, rebuilding the memory, and the doctor's look at everything."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import prepdeck
from prepdeck.cards.ids import CardId
from prepdeck.errors import PrepdeckError, SettingsError, StoreDamaged, StoreError
from prepdeck.host.file_system import shared_with
from prepdeck.host.settings import Settings
from prepdeck.scheduling.handling import Handling
from prepdeck.scheduling.memory import Learned, Memory
from prepdeck.store import inspection
from prepdeck.store.copies import Copy, Restored, copy_database, restore_database
from prepdeck.store.faults import damaged
from prepdeck.store.migration import revision_of
from prepdeck.store.store import Store, open_store
from prepdeck.study.daily_copy import daily_copies
from prepdeck.study.desk import stamp_of
from prepdeck.study.discovery import read_roots
from prepdeck.study.following import chosen_scheduler, follow, kept_key, scheduler_of
from prepdeck.study.library import library_of
from prepdeck.study.options import Options
from prepdeck.study.surroundings import Surroundings, look_around, store_path
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted

NOTE_SHOWN = 40
"""Characters of a note in a sentence about it."""


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What replaying the logs gave."""

    cards: int
    """Learned cards."""
    reviews: int
    """Reviews in the log."""
    differences: tuple[str, ...]
    """Where what was kept of a card was not what the logs give, one sentence each."""
    notes: tuple[str, ...] = ()
    """What else was done, or is wrong with the scheduler."""
    pending: str | None = None
    """What the next start does to the schedule, where only a comparison was asked for."""
    misfits: int = 0
    """Events of mocks that could not have happened, and are passed over."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at."""

    ok: bool
    """Whether it is as it should be."""
    words: str
    """What was found."""
    help: str | None = None
    """The next step, when it is not."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What the doctor found."""

    findings: tuple[Finding, ...]
    """Each with a verdict."""
    facts: tuple[tuple[str, str], ...]
    """Versions, paths and sizes, for bug reports."""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.ok for finding in self.findings)


def back_up(options: Options, path: Path | None = None) -> Copy:
    """Keep a checked copy of the database under `path`, or with the other backups.

    Raises:
        StoreError: When there is no database, or it is not whole, or the copy cannot be written.
        UsageError: When the target exists.
    """
    surroundings = look_around(options)
    source = store_path(surroundings)
    if not source.exists():
        raise StoreError(f"there is no database {source} yet", "prepdeck makes one on its first start")
    inspection.check_file(source)
    inspection.check_revision(source, revision_of(source))
    faults = inspection.faults_in(source)
    if faults:
        raise damaged(source, faults[0])
    name = f"prepdeck-{stamp_of(surroundings.clock)}.db"
    target = path or surroundings.folders.backups / name
    return copy_database(source, (target / name if target.is_dir() else target).absolute())


def restore(options: Options, path: Path) -> Restored:
    """Put a backup in the place of the database, which is kept as well.

    Raises:
        UsageError: When `path` is no file.
        StoreError: When the backup is not whole; nothing is changed.
    """
    surroundings = look_around(options)
    stamp = stamp_of(surroundings.clock)
    return restore_database(path, store_path(surroundings), surroundings.folders.backups, stamp)


def rebuild(options: Options, *, check: bool = False) -> RebuildReport:
    """Derive every card's memory from the logs again; with `check` only compare.

    Raises:
        StoreError: When the database cannot be used.
    """
    surroundings = look_around(options)
    store = _open(surroundings)
    try:
        notes, pending = _choose_scheduler(store, surroundings, check=check)
        with store.reading() if check else store.writing() as log:
            kept, replayed = log.all_memories(), log.all_replayed()
            handled, handled_anew = log.all_handlings(), log.all_handlings_replayed()
            reviews = sum(1 for _ in log.reviews())
            misfits = log.mocks.count_misfits() if check else 0
            # A schedule that nobody here can work out again is not damaged.
            is_comparable = kept_key(log) == store.scheduler.key
            differences = (
                *(_differences(kept, replayed) if is_comparable else ()),
                *_handling_differences(handled, handled_anew),
            )
            unmarked = log.shelving.count_unmarked()
            if unmarked:
                said = f"{counted(unmarked, 'card')} wrongly marked as answered or as new"
                differences = (*differences, said)
            if not check:
                if differences:
                    log.keep_all_memories(replayed)
                    log.keep_all_handlings(handled_anew)
                log.shelving.mend()
    except ValueError as error:  # an entry that no longer reads as what was written
        raise damaged(store.path, str(error)) from error
    finally:
        store.close()
    return RebuildReport(len(replayed), reviews, differences, notes, pending, misfits)


def _choose_scheduler(store: Store, surroundings: Surroundings, *, check: bool) -> tuple[tuple[str, ...], str | None]:
    """Let a store follow the scheduler of the settings, or for a check the one it followed so far.

    Returns:
        What is to be said, and what the next start does.
    """
    scheduler, missing = chosen_scheduler(surroundings.settings)
    if not check:
        worked_out = follow(store, scheduler)
        return (*missing, *([worked_out] if worked_out else [])), None
    with store.reading() as log:
        key = kept_key(log)
    if key == scheduler.key:
        store.scheduler = scheduler
        return missing, None
    with suppress(SettingsError):
        store.scheduler = scheduler_of(key)
    return missing, f"the next start works the schedule out again from the log, by {scheduler.title}"


def _differences(kept: dict[CardId, Memory], replayed: dict[CardId, Memory]) -> list[str]:
    names = sorted({*kept, *replayed})
    return [
        f"{card}: kept {_said(kept.get(card))}, the log gives {_said(replayed.get(card))}"
        for card in names
        if kept.get(card) != replayed.get(card)
    ]


def _handling_differences(kept: dict[CardId, Handling], replayed: dict[CardId, Handling]) -> list[str]:
    return [
        f"{card}: kept as {_handling_said(kept.get(card))}, the log gives {_handling_said(replayed.get(card))}"
        for card in sorted({*kept, *replayed})
        if kept.get(card) != replayed.get(card)
    ]


def _handling_said(handling: Handling | None) -> str:
    if handling is None:
        return "untouched"
    parts = (
        "suspended" if handling.suspended else "",
        f"buried on {handling.buried_on}" if handling.buried_on is not None else "",
        "flagged" if handling.flagged else "",
        f'note "{clean_line(handling.note[:NOTE_SHOWN])}"' if handling.note else "",
    )
    return ", ".join(part for part in parts if part) or "untouched"


def _said(memory: Memory | None) -> str:
    if not isinstance(memory, Learned):
        return "nothing"
    return f"repetition {memory.repetition}, interval {memory.interval}, easiness {memory.easiness / 100}, {memory.due}"


def _open(surroundings: Surroundings) -> Store:
    stamp = stamp_of(surroundings.clock)
    return open_store(store_path(surroundings), surroundings.folders.backups, stamp=stamp)


def examine(options: Options, faults_of_keys: Callable[[Settings], Sequence[str]] = lambda _: ()) -> Examination:
    """Look at everything and change nothing.

    Args:
        options: What the command line said.
        faults_of_keys: Tells what is wrong with the learner's keys: only the interface knows what keys there are.
    """
    surroundings = look_around(options)
    path = store_path(surroundings)
    problems = (*surroundings.settings.problems, *faults_of_keys(surroundings.settings))
    findings = [*_settings_findings(surroundings, problems), *_deck_findings(surroundings)]
    findings += _store_findings(path, options)
    size = f"{path.stat().st_size} bytes" if path.is_file() else "not there yet"
    facts = (
        ("prepdeck", prepdeck.__version__),
        ("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        ("SQLite", inspection.sqlite_version()),
        ("database", f"{path} ({size})"),
        ("settings", str(surroundings.folders.settings_file)),
        ("backups", f"{surroundings.folders.backups} ({_newest_copy(surroundings)})"),
        ("now", surroundings.clock.now().isoformat(timespec="seconds")),
        ("terminal", f"TERM={os.environ.get('TERM', '')}, {_terminal_size()}"),
    )
    return Examination(tuple(findings), facts)


def _newest_copy(surroundings: Surroundings) -> str:
    days = daily_copies(surroundings.folders.backups)
    return f"the last daily one of {max(days)}" if days else "no daily one yet"


def _terminal_size() -> str:
    try:
        size = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):
        return "no terminal"
    return f"{size.columns}x{size.lines}"


def _settings_findings(surroundings: Surroundings, problems: Sequence[str]) -> list[Finding]:
    findings = [Finding(ok=False, words=problem, help="mend it in an editor") for problem in problems]
    findings += [Finding(ok=False, words=words) for words in chosen_scheduler(surroundings.settings)[1]]
    return findings or [Finding(ok=True, words="settings are fine")]


def _deck_findings(surroundings: Surroundings) -> list[Finding]:
    files = read_roots(surroundings.roots)
    library = library_of(files)
    decks = counted(len(library.decks), "deck")
    findings = [Finding(ok=True, words=f"{decks} with {counted(len(library), 'card')}")]
    findings += [Finding(ok=False, words=note, help="run: prepdeck lint") for note in library.notes]
    return findings


def _store_findings(path: Path, options: Options) -> list[Finding]:
    if not path.exists():
        return [Finding(ok=True, words="no database yet; the first start makes one")]
    try:
        inspection.check_file(path)
        current = inspection.check_revision(path, revision_of(path))
    except PrepdeckError as error:
        return [Finding(ok=False, words=error.message, help=error.help)]
    findings = []
    other = shared_with(path.parent)
    if other is not None:
        words = f"{path.parent} belongs to {other} too, which may lose or mix up what prepdeck writes"
        findings.append(
            Finding(ok=False, words=words, help="keep the home on a disk of this machine: --home or PREPDECK_HOME")
        )
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        words = f"{path} may be read by others (mode {mode:o})"
        findings.append(Finding(ok=False, words=words, help=f"run: chmod 600 {path}"))
    if not current:
        return [*findings, Finding(ok=True, words="the database is of an older version; the next start upgrades it")]
    faults = inspection.faults_in(path)
    if faults:
        next_step = damaged(path, "").help
        return [*findings, *(Finding(ok=False, words=fault, help=next_step) for fault in faults)]
    try:
        report = rebuild(options, check=True)
    except StoreDamaged as error:
        return [*findings, Finding(ok=False, words=error.message, help=error.help)]
    if report.differences:
        first = report.differences[0]
        words = f"what is kept of {len(report.differences)} cards is not what the log gives ({first})"
        findings.append(Finding(ok=False, words=words, help="run: prepdeck rebuild"))
    if report.pending is not None:
        findings.append(Finding(ok=True, words=report.pending))
    words = f"every review is whole ({report.reviews}); cards learned: {report.cards}"
    findings.append(Finding(ok=True, words=words))
    mocks = inspection.count_mocks(path)
    if mocks:
        findings.append(Finding(ok=True, words=f"every mock is whole, its notes too ({mocks})"))
    if report.misfits:
        told = f"{counted(report.misfits, 'event')} of mocks could not have happened, written by two programs at once"
        findings.append(Finding(ok=True, words=f"{told}; passed over"))
    return findings


__all__ = ["Copy", "Examination", "Finding", "RebuildReport", "Restored", "back_up", "examine", "rebuild", "restore"]
