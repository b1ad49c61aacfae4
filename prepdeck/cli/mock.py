"""`prepdeck mock`: timed mock interviews, on the screen or as plain lines."""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.parameters import whole_between
from prepdeck.cli.streams import at_terminal, is_dumb, paints, write_json, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError
from prepdeck.interview.terms import FACTOR_WORDS

if TYPE_CHECKING:
    from prepdeck.interview.terms import Terms

PARTS: Final = ("list", "resume", "report", "history")
"""Words that are no format."""
ENDS: Final = ("finish", "discard")
"""What resume may do instead of going on."""


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Complete the words of this verb and the bundled formats; nothing is opened for it."""
    del context, parameter
    from prepdeck.study.documents import bundled_documents

    try:
        formats = tuple(bundled_documents().formats)
    except OSError:
        formats = ()
    return [word for word in (*PARTS, *formats) if word.startswith(incomplete)]


@verb(
    click.Argument(("what",), metavar="[FORMAT|list|resume|report|history]", required=False, shell_complete=_complete),
    click.Argument(("which",), metavar="[ID]", required=False),
    click.Option(("--practice",), is_flag=True, help="With a pause, and overtime instead of a lock at 0:00."),
    click.Option(
        ("--time-factor",),
        type=click.Choice(FACTOR_WORDS),
        help="More time for all phases, for those who need it; the setting mock_time_factor is its default.",
    ),
    click.Option(
        ("--seed",),
        callback=whole_between(1, 10**9),
        metavar="N",
        help="The same N draws the same questions, from the same decks.",
    ),
    click.Option(("--level",), metavar="WORD", help="The seniority you aim at, such as senior; kept, not scored."),
    click.Option(("--finish",), is_flag=True, help="resume: end it at its last sign of life, and mark it."),
    click.Option(("--discard",), is_flag=True, help="resume: give it up; it is kept, without a verdict."),
    click.Option(("--format", "form"), type=click.Choice(("md", "json")), help="report: Markdown or JSON."),
    examples=(
        ("prepdeck mock ml-design-45", "Forty-five minutes against a strict clock."),
        ("prepdeck mock fundamentals-30 --practice --time-factor 1.5", "With pauses and half as much time again."),
        ("prepdeck mock list", "Every format: minutes, rubric, and what the decks lack for it."),
        ("prepdeck mock coding-45 --plain", "The whole flow as lines, for screen readers and pipes."),
        ("prepdeck mock resume --finish", "End a mock that was cut off, and mark it."),
        ("prepdeck mock report --format md", "The debrief of the newest mock as Markdown."),
    ),
)
def command(
    context: click.Context,
    *,
    what: str | None,
    which: str | None,
    practice: bool,
    time_factor: str | None,
    seed: int | None,
    level: str | None,
    finish: bool,
    discard: bool,
    form: str | None,
) -> int:
    """Sit a timed mock interview, mark it against its rubric, and see what to study next.

    Without FORMAT the screen offers all of them. The clock is strict unless --practice is given: it cannot be
    paused, and at 0:00 the answers are locked. Everything typed is kept: a mock that was cut off goes on with resume.
    """
    flags = flags_of(context)
    _check(
        what,
        which,
        {
            "--practice": practice,
            "--time-factor": time_factor,
            "--seed": seed,
            "--level": level,
            "--finish": finish,
            "--discard": discard,
            "--format": form,
        },
    )
    match what:
        case "list":
            return _list(flags)
        case "report":
            return _report(flags, which, form)
        case "history":
            return _history(flags)
        case _:
            pass
    if flags.json:
        raise UsageError("a mock is sat, not printed; --json is for list, report and history")
    plain = flags.plain or is_dumb()
    if not plain and not at_terminal():
        raise UsageError("the mock screen needs a terminal; prepdeck mock FORMAT --plain works without one")
    from prepdeck.interview.terms import Mode, Terms
    from prepdeck.study.configuring import get_setting

    mode = Mode.PRACTICE if practice else Mode.STRICT
    factor = Fraction(time_factor or get_setting(flags.options, "mock_time_factor").value)
    terms = Terms(mode=mode, time_factor=factor, seed=seed or 0, level=level or "")
    end = "finish" if finish else "discard" if discard else ""
    if plain:
        from prepdeck.cli.mock_flow import go_on_plainly, sit_plainly

        if what == "resume":
            return go_on_plainly(flags, which, mode if practice else None, end)
        if what is None:
            raise UsageError("name the format to sit", "prepdeck mock list says which there are")
        return sit_plainly(flags, what, terms)
    return _on_screen(flags, what, which, terms, end)


def _check(what: str | None, which: str | None, given: dict[str, object]) -> None:
    """Refuse words and options that another part of the verb takes.

    Raises:
        UsageError: When there is one.
    """
    if which is not None and what not in {"resume", "report"}:
        raise UsageError(f"{what} takes no second word {which}", "prepdeck mock -h shows what it takes")
    begins = {"--practice", "--time-factor", "--seed", "--level"}
    takes = {
        "list": set[str](),
        "history": set[str](),
        "report": {"--format"},
        "resume": {"--practice", "--finish", "--discard"},
    }.get(what or "", begins)
    for name, value in given.items():
        if value and name not in takes:
            raise UsageError(f"{name} does not go with {what or 'no format'}", "prepdeck mock -h shows what it takes")
    if given["--finish"] and given["--discard"]:
        raise UsageError("--finish and --discard exclude each other")


def _list(flags: Flags) -> int:
    from prepdeck.cli.mock_lists import formats_json, formats_text
    from prepdeck.cli.opening import opened_desk
    from prepdeck.study.mock_begin import formats_of

    with opened_desk(flags) as desk:
        rows = formats_of(desk)
    if flags.json:
        write_json(formats_json(rows))
    else:
        write_text(formats_text(rows))
    return 0


def _report(flags: Flags, which: str | None, form: str | None) -> int:
    from prepdeck.cli.opening import opened_desk
    from prepdeck.study.mock_debriefs import debrief
    from prepdeck.study.mock_json import as_json
    from prepdeck.study.mock_markdown import markdown

    with opened_desk(flags) as desk:
        found = debrief(desk, which)
    if flags.json or form == "json":
        write_json(as_json(found))
    else:
        write_text(markdown(found))
    return 0


def _history(flags: Flags) -> int:
    from prepdeck.cli.mock_lists import history_text
    from prepdeck.cli.opening import opened_desk
    from prepdeck.study.mock_history import history
    from prepdeck.study.mock_json import history_json

    with opened_desk(flags) as desk:
        found = history(desk)
    if flags.json:
        write_json(history_json(found))
    else:
        write_text(history_text(found))
    return 0


def _on_screen(flags: Flags, what: str | None, which: str | None, terms: Terms, end: str) -> int:
    from prepdeck.study.mock_wishes import MockWish
    from prepdeck.tui.app import run

    wish = MockWish(what, which, terms, end)
    return run(flags.options, ascii_only=flags.ascii, start=wish, color=paints(flags.color, sys.stdout))
