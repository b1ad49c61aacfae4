"""How a command line ends: its exit status, and every error as one sentence with the next step."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from prepdeck.cli.flags import Flags, flags_from
from prepdeck.cli.streams import (
    DIM,
    RED,
    ReaderGone,
    cleaned,
    close_stdout,
    flush,
    json_line,
    paint,
    paints,
    say,
    say_trusted,
)
from prepdeck.errors import PrepdeckError

if TYPE_CHECKING:
    from types import FrameType

CRASHED: Final = 1
"""Exit status of an error of prepdeck's own."""
INTERRUPTED: Final = 130
"""Exit status after ^c."""
SIGNAL_BASE: Final = 128
"""A program ended by signal n exits with so much more."""


class Failure(NamedTuple):
    """Why a command line ended."""

    code: str
    """Stable name of the kind of error."""
    message: str
    """What happened."""
    help: str | None
    """The next step."""
    status: int
    """Exit status."""


def run_guarded(work: Callable[[], Any], words: Sequence[str], given: Mapping[str, Any]) -> int:
    """Return the exit status of a command line.

    Args:
        work: Runs it; returns a status, or None for 0.
        words: The command line, to know how an error is to be drawn even when it could not be parsed.
        given: The shared flags, filled while it is parsed.
    """
    try:
        status = work()
        flush()
    except PrepdeckError as error:
        return _report(Failure(error.code, error.message, error.help, error.exit_status), words, given)
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        return _report(_usage_failure(error), words, given)
    except ReaderGone:
        close_stdout()
        return 0
    except Exception as error:  # noqa: BLE001 - the last face: whatever it is, the learner gets three plain lines
        return _report_crash(error, words, given)
    return status if isinstance(status, int) else 0


def end_on_signals() -> None:
    """Let SIGTERM and SIGHUP end the program as an exception does, so that open transactions roll back."""

    def leave(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(SIGNAL_BASE + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), leave)


def _wants_json(words: Sequence[str], flags: Flags) -> bool:
    said = list(words[: words.index("--")] if "--" in words else words)
    return flags.json or "--json" in said or "--format=json" in said or ("--format", "json") in pairwise(said)


def _report(failure: Failure, words: Sequence[str], given: Mapping[str, Any]) -> int:
    flags = flags_from(given)
    try:
        flush()
    except (ReaderGone, PrepdeckError):
        close_stdout()
    if _wants_json(words, flags):
        error = {"code": failure.code, "message": failure.message, "help": failure.help}
        say_trusted(json_line({"error": error}, sys.stderr))
        return failure.status
    colored = paints(flags.color, sys.stderr)
    say_trusted(f"{paint('error:', RED, wanted=colored)} {_one_line(failure.message)}")
    if failure.help:
        say_trusted(f"{paint('help:', DIM, wanted=colored)} {_one_line(failure.help)}")
    return failure.status


def _one_line(text: str) -> str:
    """Return text on one line; only foreign text has to be looked at closely."""
    if text.isprintable():
        return cleaned(text)
    from prepdeck.text.cleaning import clean_line

    return clean_line(text)


def _usage_failure(error: click.ClickException) -> Failure:
    """Return what click found wrong in our own words."""
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "prepdeck"
    next_step = f"{command} --help shows how it is used"
    if isinstance(error, click.NoSuchOption):
        from difflib import get_close_matches

        message = f"no flag {error.option_name}"
        known = [] if context is None else [name for each in context.command.get_params(context) for name in each.opts]
        near = get_close_matches(error.option_name, [name for name in known if name.startswith("-")], n=1)
        if near:
            next_step = f"did you mean {near[0]}? {next_step}"
    return Failure("usage", message[:1].lower() + message[1:], next_step, error.exit_code)


def _report_crash(error: Exception, words: Sequence[str], given: Mapping[str, Any]) -> int:
    """Say in three lines that prepdeck itself failed; the traceback goes to the log, for it may hold card text."""
    flags = flags_from(given)
    message = f"prepdeck met an error of its own ({type(error).__name__})"
    try:
        from prepdeck.study.places import log_crash

        next_step = f"what happened is written down in {log_crash(flags.options, error)}"
    except Exception as second:  # noqa: BLE001 - a log that cannot be written must not hide the first error
        next_step = f"the log could not be written ({type(second).__name__}); run it again with -v to see more"
    if _wants_json(words, flags):
        return _report(Failure("crash", message, f"your grades are saved; {next_step}", CRASHED), words, given)
    _report(Failure("crash", message, None, CRASHED), words, given)
    say("your grades are saved")
    say(next_step)
    if flags.verbose:
        import traceback

        say("".join(traceback.format_exception(error)).rstrip())
    return CRASHED
