"""How long it takes to prove every bundled card by running it."""

from __future__ import annotations

import subprocess

from benchmarks.homes import PROGRAM, Home, throw_away_home
from benchmarks.timing import Finding, Measure, Sample, clocked, take_turns

COLD_SECONDS = 120.0
"""What the first run may take on two processors."""
UNCHANGED_SECONDS = 1.0
"""What a run may take when nothing changed since the last."""


def measure_proving() -> list[Finding]:
    """T22: `prepdeck lint --run` of all bundled decks takes at most 120 s cold, and 1 s when nothing changed."""
    with throw_away_home(bundled=True) as home:
        run = _proving(home)
        cold = Sample((run(),))
        (unchanged,) = take_turns(run, turns=3, warm_ups=0)
    return [
        Finding("T22", "lint --run, bundled decks, cold", cold, Sample((COLD_SECONDS,)), "two minutes", 1),
        Finding("T22", "lint --run, unchanged", unchanged, Sample((UNCHANGED_SECONDS,)), "one second", 1),
    ]


def _proving(home: Home) -> Measure:
    def prove() -> None:
        words = (*PROGRAM, "lint", "--run", "--quiet")
        ended = subprocess.run(words, env=home.environment, cwd=home.path, capture_output=True, check=False)
        if ended.returncode:  # what does not hold is run again each time, and would be measured as unchanged
            raise RuntimeError(f"lint --run ended with {ended.returncode}: {(ended.stdout + ended.stderr).decode()}")

    return clocked(prove)
