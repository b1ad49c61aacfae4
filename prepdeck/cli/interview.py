"""`prepdeck interview`: the dates the schedule aims at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.parameters import complete_decks
from prepdeck.cli.streams import at_terminal, say, say_notes, write_json, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

if TYPE_CHECKING:
    from prepdeck.scheduling.dates import Outcome
    from prepdeck.study.desk import Desk
    from prepdeck.study.interviews import Appointment

WORDS: Final = {
    "add": ("DATE",),
    "list": (),
    "remove": ("WHICH",),
    "done": ("WHICH",),
    "scope": ("WHICH",),
    "move": ("WHICH", "DATE"),
    "log": (),
    "card": ("ROUND", "QUESTION"),
}
"""The words each part of the verb takes."""
TAKES: Final = {
    "add": {"company", "track", "deck", "without"},
    "done": {"release", "archive"},
    "scope": {"track", "deck", "without", "all"},
    "log": {"company", "round", "on", "asked", "result", "note"},
}
"""The options each part of the verb takes."""
CHOICES: Final = (
    "--release: its decks go back to normal intervals, and no date is computed anew",
    "--archive: its decks leave the daily queue until another interview asks about them",
)
"""What may become of the decks of an interview that is over."""
NEXT: Final = "prepdeck plan shows the days up to it, and whether the cards fit"
"""What to do once an interview is added."""


@verb(
    click.Argument(
        ("what",), metavar="[add|list|remove|done|scope|move|log|card]", type=click.Choice(tuple(WORDS)), default="list"
    ),
    click.Argument(("words",), metavar="[WORD]...", nargs=-1),
    click.Option(("--company",), metavar="C", help="add, log: who asks; tells apart two interviews of one day."),
    click.Option(("--track",), metavar="T", multiple=True, help="add, scope: decks of track T; may be repeated."),
    click.Option(
        ("--deck",),
        metavar="D",
        multiple=True,
        shell_complete=complete_decks,
        help="add, scope: deck D, beside tracks or alone.",
    ),
    click.Option(
        ("--without",), metavar="D", multiple=True, shell_complete=complete_decks, help="add, scope: not deck D."
    ),
    click.Option(("--all",), is_flag=True, help="scope: begin from every deck of the daily queue."),
    click.Option(("--release",), is_flag=True, help="done: its decks go back to normal intervals."),
    click.Option(("--archive",), is_flag=True, help="done: its decks leave the daily queue."),
    click.Option(("--round",), metavar="R", help="log: which round of a real interview it was, such as onsite."),
    click.Option(("--on",), metavar="DATE", help="log: when it was; today otherwise."),
    click.Option(("--asked",), metavar="Q", multiple=True, help="log: a question that was asked; may be repeated."),
    click.Option(("--result",), metavar="TEXT", help="log: what came of it."),
    click.Option(("--note",), metavar="TEXT", help="log: anything else."),
    examples=(
        ("prepdeck interview add 2026-12-10 --company Acme --track ml-fundamentals", "Aim one track at that day."),
        ("prepdeck interview add +21", "An interview in three weeks, about everything in the daily queue."),
        ("prepdeck interview", "List the dates; WHICH is a date or a number of this list."),
        ("prepdeck interview scope 1 --all --without probability", "All decks but one."),
        ("prepdeck interview move 2026-12-10 2026-12-17", "It was put off; the plan goes on."),
        ("prepdeck interview done 2026-12-10 --release", "It is over: back to normal intervals."),
        (
            'prepdeck interview log --company Acme --asked "Why Adam?"',
            "Note down a real round; without options, list them.",
        ),
        ("prepdeck interview card 1 2", "Make a draft card of the second question of the first round."),
    ),
)
def command(context: click.Context, what: str, words: tuple[str, ...], **options: str | tuple[str, ...] | bool) -> int:
    """Keep the dates of interviews, which the daily schedule aims at.

    DATE is a day such as 2026-12-10, or +21 for so many days from today. Without --track and --deck an interview is
    about every deck of the daily queue. With scope, an option replaces what was said of its kind before; without any
    option scope prints what is in. Several dates may lie ahead: for each deck the nearest that asks about it counts.

    With log, real interviews are noted down round by round: what was asked and what came of it. A question becomes a
    draft card in your own deck asked.yaml with card.
    """
    _check(what, words, {name for name, value in options.items() if value not in {None, False, ()}})
    said = _Said(flags_of(context), words, **options)  # type: ignore[arg-type] # click gives each option its own type
    from prepdeck.study.desk import open_desk

    with open_desk(said.flags.options) as desk:
        return _PARTS[what](desk, said)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stood on the command line."""

    flags: Flags
    words: tuple[str, ...]
    company: str | None
    track: tuple[str, ...]
    deck: tuple[str, ...]
    without: tuple[str, ...]
    all: bool
    release: bool
    archive: bool
    round: str | None
    on: str | None
    asked: tuple[str, ...]
    result: str | None
    note: str | None


def _check(what: str, words: Sequence[str], given: set[str]) -> None:
    """Refuse what this part of the verb does not take.

    Raises:
        UsageError: When words are missing or too many, or an option belongs elsewhere.
    """
    wanted = WORDS[what]
    usage = " ".join(("prepdeck interview", what, *wanted))
    if len(words) < len(wanted):
        missing = {
            "DATE": "which day?",
            "WHICH": "which interview?",
            "ROUND": "which round of the log?",
            "QUESTION": "which question of it?",
        }[wanted[len(words)]]
        raise UsageError(missing, f"{usage}; a DATE is a day such as 2026-12-10, or +21 for so many days from today")
    if len(words) > len(wanted):
        raise UsageError(f"{words[len(wanted)][:60]!r} is one word too many", usage)
    for name in sorted(given - TAKES.get(what, set())):
        owners = " and ".join(f"interview {part}" for part, names in TAKES.items() if name in names)
        raise UsageError(f"--{name} is for {owners}", usage)
    if {"release", "archive"} <= given:
        raise UsageError("--release and --archive exclude each other", "; ".join(CHOICES))


def _add(desk: Desk, said: _Said) -> int:
    from prepdeck.cli.interview_words import day_meant
    from prepdeck.study.interviews import add_interview

    day = day_meant(said.words[0], desk.today())
    made = add_interview(desk, day, said.company or "", tracks=said.track, decks=said.deck, without=said.without)
    _print(desk, said, made)
    say_notes(said.flags, () if said.flags.json else (NEXT,))
    return 0


def _move(desk: Desk, said: _Said) -> int:
    from prepdeck.cli.interview_words import day_meant
    from prepdeck.study.interviews import move_interview

    return _print(desk, said, move_interview(desk, said.words[0], day_meant(said.words[1], desk.today())))


def _scope(desk: Desk, said: _Said) -> int:
    from prepdeck.study.interviews import ScopeChange, change_scope, find_interview

    if not (said.track or said.deck or said.without or said.all):
        return _print(desk, said, find_interview(desk, said.words[0]))
    change = ScopeChange(said.track or None, said.deck or None, said.without or None, said.all)
    return _print(desk, said, change_scope(desk, said.words[0], change))


def _remove(desk: Desk, said: _Said) -> int:
    from prepdeck.cli.interview_words import named_words
    from prepdeck.study.interviews import remove_interview

    gone = remove_interview(desk, said.words[0])
    return _print(desk, said, gone, f"{named_words(gone.interview, desk.today())} is off the list")


def _done(desk: Desk, said: _Said) -> int:
    from prepdeck.cli.interview_words import decision_words, named_words
    from prepdeck.study.interviews import Outcome, archived, check_is_over, find_interview, finish_interview

    found = find_interview(desk, said.words[0])
    check_is_over(found, desk.today())
    if said.release or said.archive:
        outcome: Outcome | None = Outcome.RELEASED if said.release else Outcome.ARCHIVED
    else:
        outcome = _asked(said.flags, f"What becomes of the decks of {named_words(found.interview, desk.today())}?")
    if outcome is None:
        say("nothing was decided")
        return 0
    done = finish_interview(desk, said.words[0], outcome)
    return _print(desk, said, done, decision_words(done, archived(desk), desk.today()))


def _asked(flags: Flags, question: str) -> Outcome | None:
    """Return what whoever sits at the terminal chooses, or None for neither.

    Raises:
        UsageError: When nobody can be asked.
    """
    if flags.json or flags.no_input or not at_terminal():
        raise UsageError("what becomes of its decks, --release or --archive?", "; ".join(CHOICES))
    from prepdeck.cli.typed import read_line
    from prepdeck.study.interviews import Outcome

    say("\n".join((question, *CHOICES, "Release or archive? [r/a, Enter for neither]")))
    match read_line().strip().lower():
        case "r" | "release" | "--release":
            return Outcome.RELEASED
        case "a" | "archive" | "--archive":
            return Outcome.ARCHIVED
        case _:
            return None


def _list(desk: Desk, said: _Said) -> int:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.cli.interview_words import HEADINGS, interview_json, list_row
    from prepdeck.study.interviews import interview_notes, interviews

    listed = interviews(desk)
    say_notes(said.flags, (*desk.notes, *interview_notes(desk)))
    if said.flags.json:
        write_json({"schema": 1, "interviews": [interview_json(each, desk.today()) for each in listed]})
    elif listed:
        rows = [HEADINGS, *(list_row(each, desk.today()) for each in listed)]
        for line in draw_columns(rows, right=frozenset({0, 5})):
            write_text(line)
    else:
        say_notes(said.flags, ("no interview date yet: prepdeck interview add 2026-12-10, or +21 for in three weeks",))
    return 0


def _print(desk: Desk, said: _Said, each: Appointment, sentence: str | None = None) -> int:
    """Print one interview: as JSON, else as the sentence, else when it is and what is in its scope."""
    from prepdeck.cli.interview_words import described, interview_json

    say_notes(said.flags, desk.notes)
    if said.flags.json:
        write_json({"schema": 1, "interviews": [interview_json(each, desk.today())]})
    else:
        write_text(sentence or "\n".join(described(each, desk.today())))
    return 0


def _log(desk: Desk, said: _Said) -> int:
    from prepdeck.cli.interview_words import day_meant, round_json, round_text
    from prepdeck.study.interview_rounds import add_round, list_rounds

    given = (said.company, said.round, said.on, said.result, said.note)
    if any(value is not None for value in given) or said.asked:
        add_round(
            desk,
            said.company or "",
            round_name=said.round or "",
            day=None if said.on is None else day_meant(said.on, desk.today()),
            questions=said.asked,
            result=said.result or "",
            notes=said.note or "",
        )
    rounds = list_rounds(desk)
    if said.flags.json:
        write_json({"schema": 1, "rounds": [round_json(each) for each in rounds]})
    elif rounds:
        write_text("\n".join(round_text(number, each) for number, each in enumerate(rounds, 1)))
    else:
        say_notes(said.flags, ("nothing noted down yet: prepdeck interview log --company Acme --round phone",))
    return 0


def _card(desk: Desk, said: _Said) -> int:
    from prepdeck.study.asked_cards import find_question, keep_as_card

    if not all(word.isascii() and word.isdigit() and len(word) <= 6 for word in said.words):  # noqa: PLR2004 - no list is longer
        raise UsageError("a round and a question are numbers of the list", "prepdeck interview log prints it")
    question = find_question(desk, int(said.words[0]), int(said.words[1]))
    card = keep_as_card(desk, question)
    if said.flags.json:
        write_json({"schema": 1, "card": str(card)})
    else:
        write_text(f"{card}  {question}")
        say(f"note: it is suspended until its answer is written: prepdeck unsuspend {card}")
    return 0


_PARTS: Final = {
    "add": _add,
    "list": _list,
    "remove": _remove,
    "done": _done,
    "scope": _scope,
    "move": _move,
    "log": _log,
    "card": _card,
}
