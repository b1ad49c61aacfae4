"""Cards proved by running them: `lint --run`. Nothing else in prepdeck runs what a deck holds unasked."""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from prepdeck.cards.card import Card
from prepdeck.deckfile.problem import Problem
from prepdeck.host.folders import find_folders
from prepdeck.host.proof_cache import add_proof, drop_old_proofs, proof_file, read_proofs
from prepdeck.study.discovery import FoundFile
from prepdeck.study.options import Options
from prepdeck.study.proof_keys import Toolchain, claims
from prepdeck.study.trusting import Trust

if TYPE_CHECKING:
    from prepdeck.study.proofs import Bench

MOST_JOBS: Final = 8
"""Cards that are proved at once at most; each may take some hundred megabytes."""
PATIENCE_SECONDS: Final = 1.5
"""How long runs under way may still take to end by themselves once they are not wanted any more."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One card that claims something."""

    place: int
    """Its place in the order of the report."""
    file: FoundFile
    """Its file."""
    card: Card
    """The card."""
    may_run: bool
    """Whether the code on it may run."""
    key: str
    """Hash of all that decides what comes of it."""


def prove(
    files: Sequence[FoundFile],
    options: Options,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    jobs: int | None = None,
    bench: Bench | None = None,
) -> tuple[Problem, ...]:
    """Return what does not hold of what the cards of some files claim, by file and place.

    Cards that were proved before and did not change are not run again. Code that is neither bundled nor trusted is not
    run at all, and that is a problem.

    Args:
        files: The files, already read.
        options: Where consents and proofs are kept.
        on_progress: Told in this thread how many cards are done, and of how many.
        jobs: Cards proved at once; None for as many as there are processors.
        bench: What runs code and computes checks; None for the real one.

    Raises:
        FileUnreadable: When the file of consents cannot be read.
    """
    cache = proof_file(find_folders(options.home, os.environ))
    known = read_proofs(cache)
    tasks = _list_tasks(files, Trust(options))
    waiting = [task for task in tasks if not (task.may_run and task.key in known)]
    found: dict[int, tuple[Problem, ...]] = {}
    done = len(tasks) - len(waiting)
    report = on_progress or _say_nothing
    report(done, len(tasks))
    if waiting:
        drop_old_proofs(cache)
        bench = bench or _real_bench()
        with closing(_work_through(waiting, bench, jobs or _processors())) as ended:
            for task, problems in ended:
                found[task.place] = problems
                if not problems and task.may_run:
                    add_proof(cache, task.key)
                done += 1
                report(done, len(tasks))
    return tuple(problem for place in sorted(found) for problem in found[place])


def _list_tasks(files: Sequence[FoundFile], trust: Trust) -> list[_Task]:
    """Return every card that claims something a machine can check, in the order of the report."""
    toolchain = Toolchain()
    tasks: list[_Task] = []
    for file in files:
        deck = file.reading.deck
        for card in deck.cards if deck is not None else ():
            if claims(card):
                may_run = trust.covers(card, file.path)
                tasks.append(_Task(len(tasks), file, card, may_run, toolchain.key_of(card)))
    return tasks


def _work_through(
    tasks: Sequence[_Task], bench: Bench, jobs: int
) -> Generator[tuple[_Task, tuple[Problem, ...]], None, None]:
    """Yield each task with its problems as it ends; whatever stops this thread stops the others."""
    from prepdeck.judge.child import end_all
    from prepdeck.study.proofs import prove_card

    waiting: queue.SimpleQueue[_Task] = queue.SimpleQueue()
    ended: queue.SimpleQueue[tuple[_Task, tuple[Problem, ...] | BaseException]] = queue.SimpleQueue()
    stopped = threading.Event()
    for task in tasks:
        waiting.put(task)

    def work() -> None:
        while not stopped.is_set():
            try:
                task = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                reading, is_wanted = task.file.reading, lambda: not stopped.is_set()
                problems = prove_card(reading, task.card, bench, may_run=task.may_run, is_wanted=is_wanted)
            except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
                ended.put((task, error))
                return
            ended.put((task, problems))

    # Daemons, since leaving the program must not wait for a limit: what the judge started ends with prepdeck.
    count = min(jobs, MOST_JOBS, len(tasks))
    workers = [threading.Thread(target=work, name=f"prove-{number}", daemon=True) for number in range(count)]
    is_whole = False
    try:
        for worker in workers:
            worker.start()
        for _ in tasks:
            task, outcome = ended.get()
            if isinstance(outcome, BaseException):
                raise outcome
            yield task, outcome
        is_whole = True
    finally:
        stopped.set()
        if not is_whole:
            end_all()
        until = time.monotonic() + PATIENCE_SECONDS
        for worker in workers:
            worker.join(max(0.0, until - time.monotonic()))


def _real_bench() -> Bench:
    from prepdeck.judge import judging
    from prepdeck.judge.expression import evaluate
    from prepdeck.study.proofs import Bench

    return Bench(judging, evaluate)


def _processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _say_nothing(done: int, total: int) -> None:
    del done, total
