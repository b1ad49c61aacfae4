"""Measures and prints one table: `python -m benchmarks.run [NAMES]`, all of them without a name."""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence

from benchmarks import (
    answering,
    browsing,
    finding,
    histories,
    linting,
    painting,
    planning,
    proving,
    reading,
    resting,
    simulating,
    starting,
)
from benchmarks.timing import Finding, Sample

BENCHMARKS: Mapping[str, Callable[[], list[Finding]]] = {
    "version": starting.measure_version,
    "due": starting.measure_due,
    "frame": painting.measure_first_frame,
    "layout": painting.measure_layout,
    "keys": painting.measure_keys,
    "many": painting.measure_many,
    "answer": answering.measure_answer_work,
    "durable": answering.measure_durable_answer,
    "day": histories.measure_day,
    "reading": reading.measure_reading,
    "linting": linting.measure_linting,
    "unchanged": reading.measure_unchanged,
    "taking-in": reading.measure_taking_in,
    "browsing": browsing.measure_browsing,
    "resting": resting.measure_resting,
    "ticking": resting.measure_ticking,
    "search": finding.measure_search,
    "replay": histories.measure_replay,
    "proving": proving.measure_proving,
    "planning": planning.measure_planning,
    "simulating": simulating.measure_simulating,
}
"""Every benchmark by its name."""

HEADINGS = ("", "measured", "ms", "p95", "held against", "ms", "p95", "ratio", "at p95", "target", "within")
RIGHT = frozenset({2, 3, 5, 6, 7, 8, 9})
"""Columns of numbers."""


def main(words: Sequence[str] | None = None) -> None:
    """Measure what is named and print the table; a missed target is something to read, not a failure."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.run",
        description="Measure prepdeck as ratios, both sides in the same run.",
        epilog="\n".join(f"{name:10} {act.__doc__.splitlines()[0]}" for name, act in BENCHMARKS.items() if act.__doc__),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAMES", help=f"some of: {', '.join(BENCHMARKS)}")
    given = parser.parse_args(words)
    unknown = [name for name in given.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]}; there are: {', '.join(BENCHMARKS)}")
    begun = time.monotonic()
    findings, failed = _measure(given.names or list(BENCHMARKS))
    print(draw_table(findings))
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    python = sys.version.split()[0]
    print(f"\n{time.monotonic() - begun:.0f} s; load {load:.1f} on {processors} processors; Python {python}")
    if load > processors:
        # A few milliseconds fit into one turn of the scheduler; what takes longer waits for others in between.
        print("The machine was busy: ratios against a few milliseconds come out too high.")
    for name in failed:
        print(f"{name} could not be measured; the reason stands above")


def _measure(names: Sequence[str]) -> tuple[list[Finding], list[str]]:
    """Return what was found, and the benchmarks that broke."""
    findings: list[Finding] = []
    failed = []
    for name in names:
        begun = time.monotonic()
        print(f"{name:10}", end="", file=sys.stderr, flush=True)
        try:
            findings += BENCHMARKS[name]()
        except Exception:  # noqa: BLE001 - one that breaks leaves the others standing
            traceback.print_exc()
            failed.append(name)
        print(f"{time.monotonic() - begun:5.1f} s", file=sys.stderr)
    return findings, failed


def draw_table(findings: Sequence[Finding]) -> str:
    """Return the table of all ratios; times are in milliseconds."""
    rows = [HEADINGS, *(_row(finding) for finding in findings)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = (
            cell.rjust(width) if place in RIGHT else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _row(finding: Finding) -> tuple[str, ...]:
    return (
        finding.target,
        finding.what,
        *_times(finding.ours),
        finding.against,
        *_times(finding.limit),
        f"{finding.ratio:.2f}",
        f"{finding.late_ratio:.2f}",
        "-" if finding.most is None else f"{finding.most:g}",
        {True: "yes", False: "NO", None: "-"}[finding.is_within],
    )


def _times(sample: Sample) -> tuple[str, str]:
    return f"{sample.median * 1000:.2f}", f"{sample.p95 * 1000:.2f}"


if __name__ == "__main__":
    main()
