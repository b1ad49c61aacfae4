"""What made-up people recall on the day, by scheduler: the table of SCHEDULING.md section 5.

`python -m benchmarks.simulating [--seeds 20] [--only 300/30/15] [--truth flat|steep|exponential]`
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import NamedTuple, TypeAlias

from benchmarks.timing import Finding, computed, take_turns
from prepdeck.scheduling.simulation.registry import RIVALS, plans, strategies
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.trial import Score, World, is_ahead, score_of, summary_of, try_out
from prepdeck.scheduling.simulation.truth import Truth

FIRST_SEED = 100
"""The published table shows persons 100-119; the constants were tuned on others."""
SEEDS = 20
"""Persons of the published table."""
PROCESSES = 2
"""How many trials are played side by side."""
SETTINGS = tuple(f"{cards}/{days}/{minutes}" for cards in (300, 1000) for days in (30, 60) for minutes in (15, 30))
"""Cards, days and minutes a day."""
LARGEST = SETTINGS[-1]
"""The setting that takes longest."""

Scores: TypeAlias = Mapping[tuple[str, str], Sequence[Score]]
"""Scores by setting and strategy, person by person."""


class Job(NamedTuple):
    """Some persons with one strategy in one setting."""

    setting: str
    """Cards, days, minutes."""
    strategy: str
    """Its name."""
    truth: Truth
    """How people forget."""
    seeds: int
    """How many persons."""


def setting_of(words: str) -> Setting:
    """Return the setting written as cards/days/minutes.

    Raises:
        ValueError: When it is not three whole numbers above 0.
    """
    cards, days, minutes = (int(word) for word in words.split("/"))
    if min(cards, days, minutes) < 1:
        raise ValueError(words)
    return Setting(cards, days, minutes)


def play(job: Job) -> list[Score]:
    """Return the scores of a job, person by person."""
    make, setting, world = strategies()[job.strategy], setting_of(job.setting), World(random.Random, job.truth)
    return [score_of(try_out(make, FIRST_SEED + seed, setting, world)) for seed in range(job.seeds)]


def play_all(settings: Sequence[str], truth: Truth, seeds: int) -> Scores:
    """Return the scores of every strategy in some settings; how far it has come is said on stderr."""
    jobs = [Job(setting, strategy, truth, seeds) for setting in reversed(settings) for strategy in strategies()]
    scores: dict[tuple[str, str], list[Score]] = {}
    with ProcessPoolExecutor(PROCESSES) as pool:
        waiting = {pool.submit(play, job): job for job in jobs}
        for done in as_completed(waiting):
            job = waiting[done]
            scores[job.setting, job.strategy] = done.result()
            if sys.stderr.isatty():
                print(f"\r{len(scores)} of {len(jobs)}: {job.setting} {job.strategy}\x1b[K", end="", file=sys.stderr)
            elif len(scores) % len(strategies()) == 0:
                print(f"{len(scores)} of {len(jobs)}", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return scores


def draw(settings: Sequence[str], scores: Scores) -> str:
    """Return the two tables of section 5; a star marks a plan that is ahead of the best rival."""
    names = list(strategies())
    recall, rest = [("recall on the day", *names)], [("unseen; minutes; longest day", *names)]
    for setting in settings:
        best = max(RIVALS, key=lambda name: summary_of(scores[setting, name]).recall)
        shown = defaultdict(list)
        for name in names:
            summary = summary_of(scores[setting, name])
            ahead = name in plans() and is_ahead(scores[setting, name], scores[setting, best])
            mark = "*" if ahead else " "
            shown["recall"].append(f"{_short(summary.recall)}+-{_short(summary.spread)}{mark}")
            shown["rest"].append(f"{summary.unseen:.0f}; {summary.minutes:.0f}; {summary.longest_day:.0f} ")
        recall.append((setting, *shown["recall"]))
        rest.append((setting, *shown["rest"]))
    return "\n\n".join(_columns(rows) for rows in (recall, rest))


def _short(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def measure_simulating() -> list[Finding]:
    """The table of SCHEDULING.md section 5, printed, and how much longer the plan ponders than SM-2."""
    print("\n" + draw(SETTINGS, play_all(SETTINGS, Truth.FLAT, SEEDS)) + "\n")
    plan, rival = (
        computed(lambda name=name: play(Job(LARGEST, name, Truth.FLAT, 1)))  # type: ignore[misc]
        for name in ("plan, balanced", "SM-2 lean even")
    )
    ours, limit = take_turns(plan, rival, turns=5)
    return [Finding("-", f"the plan, cards/days/minutes {LARGEST}", ours, limit, "SM-2 lean even", None)]


def main() -> None:
    """Print the table, or a part of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulating", description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"how many persons, {SEEDS} by default")
    parser.add_argument("--only", action="append", metavar="CARDS/DAYS/MINUTES", help="this setting alone; repeatable")
    truths = [truth.value for truth in Truth]
    parser.add_argument("--truth", choices=truths, default=Truth.FLAT.value, help="how people forget")
    given = parser.parse_args()
    settings = given.only or list(SETTINGS)
    try:
        for words in settings:
            setting_of(words)
    except ValueError:
        parser.error(f"--only wants something like 300/30/15, not {words}")
    if given.seeds < 1:
        parser.error("--seeds must be at least 1")
    print(draw(settings, play_all(settings, Truth(given.truth), given.seeds)))
    print(f"\n*: better than the best rival in 17 of 20; truth {given.truth}, {given.seeds} persons")


if __name__ == "__main__":
    main()
