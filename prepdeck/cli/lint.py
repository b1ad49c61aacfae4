"""`prepdeck lint`: check deck files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.streams import paints, say, write_json, write_text, write_trusted
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

if TYPE_CHECKING:
    from prepdeck.study.linting import LintReport

JSON: Final = "json"
"""The shape that `--json` stands for."""


class Wish(NamedTuple):
    """What was asked for."""

    paths: tuple[Path, ...]
    """Files and folders; none for every deck."""
    flags: Flags
    """The shared flags."""
    shape: str
    """`text`, `json` or `github`."""
    strict: bool
    """Whether warnings count, and all that bundled decks have is asked for."""
    run: bool
    """Whether cards are proved."""
    tally: bool
    """Whether the decks are counted instead of their problems listed."""


@verb(
    click.Argument(("paths",), metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path)),
    click.Option(("--format", "shape"), type=click.Choice(("text", JSON, "github")), help="How problems are printed."),
    click.Option(("--strict",), is_flag=True, help="Ask for all that bundled decks have; warnings count as findings."),
    click.Option(("--run",), is_flag=True, help="Also run references, mutants and snippets, and recompute numbers."),
    click.Option(("--fix",), is_flag=True, help="First mend what can be mended without a doubt."),
    click.Option(("--report", "tally"), is_flag=True, help="Print what the decks hold, not their problems."),
    click.Option(("--watch",), is_flag=True, help="Check again whenever a file changes, until ^c."),
    click.Option(("--explain", "code"), metavar="CODE", help="Print what a code means; all lists every code."),
    examples=(
        ("prepdeck lint my-deck.yaml", "Every problem of one deck, with its line and what to write instead."),
        ("prepdeck lint --strict --format github decks/", "A folder of decks, as annotations of GitHub."),
        ("prepdeck lint --explain E012", "What a code means, why it is a fault, and how it is written right."),
    ),
)
def command(
    context: click.Context,
    *,
    paths: tuple[Path, ...],
    shape: str | None,
    strict: bool,
    run: bool,
    fix: bool,
    tally: bool,
    watch: bool,
    code: str | None,
) -> int:
    """Check deck files and folders; without PATH every deck prepdeck knows.

    Errors leave a card or a file out. Warnings are advice: long texts, fronts that ask for lists, thin tests, facts
    that age. The exit status is 1 when there are errors, with --strict also when there are warnings.
    """
    flags = flags_of(context)
    if flags.json and shape not in {None, JSON}:
        raise UsageError(f"--json and --format {shape} exclude each other", "name one of them")
    if shape == "github" and (tally or code is not None):
        raise UsageError("--format github prints problems alone", "leave it out, or write --json")
    if code is not None and (paths or strict or run or fix or tally or watch):
        raise UsageError("--explain CODE stands alone", "prepdeck lint --explain E012")
    if fix and watch:
        raise UsageError("--fix and --watch exclude each other", "fix once, then watch")
    shape = JSON if flags.json else shape or "text"
    if code is not None:
        return _explain(code, shape)
    wish = Wish(paths, flags, shape, strict, run, tally)
    if fix:
        _fix(wish)
    if watch:
        from prepdeck.cli.watching import watch as watch_files

        return watch_files(paths, flags, lambda: check(wish))
    return check(wish)


def check(wish: Wish) -> int:
    """Check once, print what was found and return the exit status."""
    from prepdeck.cli.progress_line import progress_line
    from prepdeck.study.linting import lint, summary

    with progress_line("proved", quiet=wish.flags.quiet or not wish.run) as tell:
        report = lint(wish.paths, wish.flags.options, strict=wish.strict, run=wish.run, on_progress=tell)
    if wish.tally:
        _write_tally(report, wish)
    else:
        _write_problems(report, wish)
    if not wish.flags.quiet:
        say(summary(report))
    return 1 if report.errors or (wish.strict and report.warnings) else 0


def _write_problems(report: LintReport, wish: Wish) -> None:
    from prepdeck.study.linting import draw_github, draw_report, report_json

    match wish.shape:
        case "json":
            write_json(report_json(report))
        case "github":
            _write_unless_empty(draw_github(report))
        case _:
            colored = paints(wish.flags.color, sys.stdout)
            _write_unless_empty(draw_report(report, color=colored), trusted=colored)


def _write_tally(report: LintReport, wish: Wish) -> None:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.study.documents import bundled_documents
    from prepdeck.study.tallies import LEGEND, count_rows, deck_lines, quality_rows, report_object, topic_rows

    lines = deck_lines(report, bundled_documents().roadmap)
    if wish.shape == JSON:
        write_json(report_object(lines, report))
        return
    if not lines:
        return
    counts = count_rows(lines)
    blocks = [
        draw_columns(counts, right=frozenset(range(1, len(counts[0])))),
        [*draw_columns(quality_rows(lines, report), right=frozenset(range(1, 7))), *LEGEND],
    ]
    short = topic_rows(lines)
    if short:
        blocks.append(
            ["Topics with fewer cards than the roadmap wants:", *draw_columns(short, right=frozenset({2, 3}))]
        )
    write_text("\n\n".join("\n".join(block) for block in blocks))


def _explain(code: str, shape: str) -> int:
    from prepdeck.study.explaining import draw_pages, explain, pages_json

    pages = explain(code)
    if shape == JSON:
        write_json(pages_json(pages))
    else:
        write_text(draw_pages(pages))
    return 0


def _fix(wish: Wish) -> None:
    """Mend the files and say what was mended, each problem at the place it had."""
    from prepdeck.study.authoring import fix_files

    for file in fix_files(wish.paths, wish.flags.options, strict=wish.strict):
        for problem in file.applied if not wish.flags.quiet else ():
            say(f"mended {problem.path}:{problem.line}:{problem.column}: {problem.message}")


def _write_unless_empty(text: str, *, trusted: bool = False) -> None:
    """Print a report; one in our own colours was cleaned where it was drawn."""
    text = text.rstrip("\n")
    if not text:
        return
    if trusted:
        write_trusted(text)
    else:
        write_text(text)
