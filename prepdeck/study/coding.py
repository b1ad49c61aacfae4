"""Writing on cards: drafts that are kept, their runs against tests, and the question before a deck's code runs."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prepdeck.cards.card import Card
from prepdeck.cards.cases import show_case
from prepdeck.cards.code import Code, Language
from prepdeck.cards.spoken import Design
from prepdeck.cards.verdict import CaseResult, Outcome, Verdict
from prepdeck.errors import StoreReadOnly, UsageError
from prepdeck.host.files import FileUnreadable, read_bounded
from prepdeck.host.folders import write_private_file
from prepdeck.text.cleaning import clean

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

KEPT_DAYS: Final = 7
"""Drafts of cards that were left ungraded are thrown away after so many days."""
LARGEST_DRAFT: Final = 2**20
"""Bytes; a longer file is no draft."""
_ENDINGS: Final = {Language.PYTHON: (".py", "# "), Language.SQL: (".sql", "-- ")}
_MARK: Final = "~~~ prepdeck reads nothing back from here on ~~~"
_EDITORS: Final = ("nano", "vim", "vi", "notepad")


def draft_of(desk: Desk, card: Card) -> str | None:
    """Return what was written on a card earlier today; None when nothing was."""
    if not isinstance(card.body, Code | Design):
        return None
    return draft_in(draft_path(desk, card))


def draft_in(path: Path) -> str | None:
    """Return what is written in a draft's file, without what stands below it for an editor; None when there is none."""
    if not path.exists():
        return None
    try:
        text = read_bounded(path, LARGEST_DRAFT).decode("utf-8", "replace")
    except FileUnreadable:
        return None
    lines = clean(text).split("\n")
    end = next((number for number, line in enumerate(lines) if _MARK in line), len(lines))
    return "\n".join(lines[:end]).rstrip() + "\n"


def keep_draft(desk: Desk, card: Card, text: str) -> Path:
    """Write a draft down, readable by its owner only, with problem and tests below it for an editor; return its file.

    Raises:
        StoreReadOnly: When it cannot be written; an earlier draft stays.
    """
    path = draft_path(desk, card)
    write_draft(path, card, text)
    _forget_old(path.parent.parent, desk.today())
    return path


def write_draft(path: Path, card: Card, text: str) -> None:
    """Write a draft into a file, with problem and visible tests below it for an editor.

    Raises:
        StoreReadOnly: When it cannot be written; an earlier draft stays.
    """
    try:
        write_private_file(path, f"{text.rstrip()}\n{_for_editor(card)}")
    except OSError as error:
        raise StoreReadOnly(
            f"the draft cannot be kept in {path}: {error.strerror or error}",
            "it is still on the screen; make room, or copy it elsewhere",
        ) from error


def drop_draft(desk: Desk, card: Card) -> None:
    """Throw away the draft of a card that was graded; one that cannot be deleted stays."""
    try:
        draft_path(desk, card).unlink(missing_ok=True)
    except OSError:
        return


def draft_path(desk: Desk, card: Card) -> Path:
    """Return the file of today's draft; it need not exist."""
    day = desk.today().isoformat()
    return desk.folders.state / "drafts" / day / f"{card.id.deck}.{card.id.card}{ending_of(card)}"


def ending_of(card: Card) -> str:
    """Return how the name of a draft's file ends, such as `.py`."""
    return _ENDINGS[card.body.language][0] if isinstance(card.body, Code) else ".md"


def run_visible(desk: Desk, card: Card, answer: str) -> Verdict:  # noqa: ARG001 - every verb takes the desk
    """Run an answer against the visible tests of its card.

    Raises:
        UsageError: When the card is not answered with code.
    """
    from prepdeck.judge.judging import judge_cases

    body = _code(card)
    return judge_cases(body, answer, body.visible)


def call_off_runs() -> None:
    """End every run under way; their verdicts interest nobody any more."""
    # Where the judge was never loaded nothing runs, and leaving the program need not load it.
    child = sys.modules.get("prepdeck.judge.child")
    if child is not None:
        child.end_all()


def submit(desk: Desk, card: Card, answer: str) -> Verdict:
    """Run an answer against all tests of its card, and when it passes against the large input.

    The large input runs the reference as well, which nobody can agree to before it is shown; so it is tried only for
    decks that are bundled or trusted whole.

    Raises:
        UsageError: When the card is not answered with code.
    """
    from prepdeck.judge.judging import judge_cases, judge_large_input
    from prepdeck.study.trusting import Trust

    body = _code(card)
    verdict = judge_cases(body, answer, body.cases)
    if not verdict.passed or body.large_input is None:
        return verdict
    path = desk.library.deck(card.id.deck).path
    if not Trust(desk.options).covers(card, path):
        words = (
            f"The large input was not tried, for it runs code of the deck; prepdeck trust {clean(str(path))} allows it."
        )
        return replace(verdict, message=words)
    large = judge_large_input(body, answer)
    tried = large.results[0] if large.results else None
    result = CaseResult(
        passed=large.passed,
        given="a large input",
        expected=tried.expected
        if tried and large.outcome is Outcome.FAILED
        else f"within {body.large_input.seconds:g} s",
        got=tried.got if tried and large.outcome is Outcome.FAILED else large.message or f"in {large.seconds:.1f} s",
        line=large.line,
    )
    return replace(
        verdict,
        outcome=large.outcome,
        results=(*verdict.results, result),
        message=large.message,
        line=large.line,
        seconds=verdict.seconds + large.seconds,
    )


def foreign_code(card: Card) -> tuple[tuple[str, str], ...]:
    """Return the code of the deck that runs together with an answer, each piece with its name; most tests are data."""
    body = card.body
    if not isinstance(body, Code):
        return ()
    is_query = body.language is Language.SQL
    inputs = "\n".join(case.given for case in body.cases if case.is_expression or (is_query and case.given != "[]"))
    pieces = (("fixture", body.fixture), ("property", body.property_check), ("test inputs", inputs))
    return tuple((label, text) for label, text in pieces if text)


def needs_consent(desk: Desk, card: Card) -> bool:
    """Tell whether running an answer would run code of a deck that is neither bundled nor trusted."""
    from prepdeck.study.trusting import Trust

    if not foreign_code(card):
        return False
    trust = Trust(desk.options)
    return not trust.covers(card, desk.library.deck(card.id.deck).path) and _digest(card) not in trust.consents


def give_consent(desk: Desk, card: Card) -> None:
    """Remember that exactly this code may run together with answers.

    The reference and the mutants are not part of it: nobody has seen them yet.

    Raises:
        StoreReadOnly: When that cannot be written down.
    """
    from prepdeck.host.trust import Consent, add_consents, trust_file

    add_consents(trust_file(desk.folders), [Consent(_digest(card), str(card.id), desk.today())])


def editor_command(path: Path) -> tuple[str, ...]:
    """Return the command that opens a file in the learner's editor.

    Raises:
        UsageError: When there is none.
    """
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(os.environ.get(name, ""))
        except ValueError:
            words = []
        if words:
            return (*words, str(path))
    found = next((editor for editor in map(shutil.which, _EDITORS) if editor), None)
    if found is None:
        raise UsageError(f"no editor is set to open {path}", "set VISUAL or EDITOR, such as EDITOR=nano")
    return (found, str(path))


def _code(card: Card) -> Code:
    if not isinstance(card.body, Code):
        raise UsageError(f"{card.id} is no code card")
    return card.body


def _digest(card: Card) -> str:
    """Return the hash of the code that is asked about, and of what decides how it is called and with what."""
    body = _code(card)
    called = [body.language.value, body.shape.value, body.compare.value, body.entry, body.requires]
    given = [[case.given, case.is_expression] for case in body.cases]
    pieces = json.dumps(["prepdeck answer 2", *foreign_code(card), called, given])
    return sha256(pieces.encode("ascii")).hexdigest()


def _for_editor(card: Card) -> str:
    """Return problem and visible tests as comments, below a line that ends what is read back."""
    if not isinstance(card.body, Code):
        return ""
    sign = _ENDINGS[card.body.language][1]
    tests = [show_case(case) for case in card.body.visible]
    lines = [_MARK, "", *clean(card.body.front).split("\n"), "", "Tests", *map(clean, tests)]
    return "\n" + "".join(f"{sign}{line}".rstrip() + "\n" for line in lines)


def _forget_old(folder: Path, today: date) -> None:
    """Throw away the drafts of days long gone."""
    for entry in folder.iterdir():
        try:
            day = date.fromisoformat(entry.name)
        except ValueError:
            continue
        if day < today - timedelta(days=KEPT_DAYS):
            shutil.rmtree(entry, ignore_errors=True)
