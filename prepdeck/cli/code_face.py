"""How code cards are asked on plain lines: the draft is a file, an editor opens it, tests run on it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

from prepdeck.cards.cases import count_tests
from prepdeck.cards.code import Code
from prepdeck.cards.verdict import Outcome, Verdict
from prepdeck.cli.bodies import cost_text, plain_code, tables_text, tests_text
from prepdeck.cli.face import PROMPT, Face
from prepdeck.cli.layout import Layout
from prepdeck.errors import PrepdeckError
from prepdeck.scheduling.suggestion import Evidence
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk
    from prepdeck.study.reviewing import CardView

CODE_PROMPT: Final = f"e editor, r run, s submit, {PROMPT}"
"""Asked under the front of a code card."""
CONSENT_PROMPT: Final = "y runs this code from now on, anything else does not"
"""Asked before code of a deck runs for the first time."""
_DEEDS: Final = {"e": "e", "editor": "e", "r": "r", "run": "r", "s": "s", "submit": "s"}


class CodeFace(Face):
    """A problem to solve in code.

    Args:
        view: The card as it is asked now.
        layout: How its texts are laid out.
        body: The problem.
        desk: Keeps the draft, and runs it.
    """

    def __init__(self, view: CardView, layout: Layout, body: Code, desk: Desk) -> None:
        super().__init__(view, layout)
        self._body = body
        self._desk = desk
        self._asks_consent_for: str | None = None
        self._submitted: Verdict | None = None

    def front(self) -> str:
        """Return the problem, what is written so far and in which file, and the visible tests."""
        from prepdeck.study.coding import keep_draft

        hidden = f"{counted(len(self._body.hidden), 'hidden test')} on submission." if self._body.hidden else ""
        try:
            place = f"Your answer: {clean_line(str(keep_draft(self._desk, self.card, self._draft())))}"
        except PrepdeckError as error:
            place = f"No file for your answer: {error.message}"
        parts = (
            self._layout.shown(self._view.front),
            plain_code(self._draft()),
            tests_text(self._body.visible, "Tests"),
            tables_text(self._body),
            "\n".join(part for part in (hidden, place) if part),
        )
        return "\n\n".join(part for part in parts if part)

    def prompt(self) -> str:
        """Return the line that says what may be typed."""
        return CODE_PROMPT if self._asks_consent_for is None else CONSENT_PROMPT

    def take(self, words: str) -> str | None:
        """Open the editor, run, submit, or show the answer."""
        waiting, self._asks_consent_for = self._asks_consent_for, None
        try:
            if waiting is not None:
                return self._after_consent(words, waiting)
            match _DEEDS.get(words):
                case "e":
                    return self._edit()
                case None:
                    return super().take(words)
                case deed:
                    return self._run(deed)
        except PrepdeckError as error:
            return f"{error.message}. {error.help or ''}".rstrip()

    def evidence(self, elapsed_seconds: float) -> Evidence:
        """Return which tests the answer that was handed in passed."""
        verdict = self._submitted
        passed, total = (0, 0) if verdict is None else count_tests(self._body, verdict, is_submission=True)
        return Evidence(
            elapsed_seconds=elapsed_seconds,
            hints_shown=self._hints_shown,
            checked=verdict is not None,
            tests_passed=passed,
            tests_total=total,
        )

    def back(self) -> str:
        """Return what the tests said, the reference with its cost, and what was written."""
        body, draft = self._body, self._draft()
        verdict = "" if self._submitted is None else verdict_text(body, self._submitted, is_submission=True)
        own = f"Your answer:\n{plain_code(draft)}" if draft.strip() != body.starter.strip() else ""
        return self._with_margin(verdict, f"Reference:\n{plain_code(body.reference)}", cost_text(body), own)

    def _draft(self) -> str:
        from prepdeck.study.coding import draft_of

        kept = draft_of(self._desk, self.card)
        return self._body.starter if kept is None else kept

    def _edit(self) -> str:
        from prepdeck.study.coding import editor_command, keep_draft

        path = keep_draft(self._desk, self.card, self._draft())
        if not sys.stdin.isatty():
            return f"No terminal for an editor; edit {clean_line(str(path))}, then r runs it."
        command = editor_command(path)
        try:
            subprocess.run(command, check=False)  # noqa: S603 - the learner's own editor
        except OSError as error:
            return f"{command[0]} did not start: {error.strerror or error}. Set VISUAL or EDITOR."
        return plain_code(self._draft())

    def _run(self, deed: str) -> str | None:
        from prepdeck.study.coding import foreign_code, needs_consent, run_visible, submit

        if needs_consent(self._desk, self.card):
            self._asks_consent_for = deed
            pieces = "\n\n".join(f"{label}:\n{plain_code(text)}" for label, text in foreign_code(self.card))
            return f"Testing an answer also runs this code of the deck:\n\n{pieces}\n\n{_limits(self._layout)}"
        if deed == "r":
            return verdict_text(self._body, run_visible(self._desk, self.card, self._draft()), is_submission=False)
        verdict = submit(self._desk, self.card, self._draft())
        if verdict.outcome is Outcome.MISSING:
            return verdict_text(self._body, verdict, is_submission=True)
        self._submitted = verdict
        return None

    def _after_consent(self, words: str, deed: str) -> str | None:
        from prepdeck.study.coding import give_consent

        if words not in {"y", "yes"}:
            return "Nothing was run."
        give_consent(self._desk, self.card)
        return self._run(deed)

    def _answer(self, words: str) -> str | None:
        return None if not words else "Type e, r or s, or press Enter to see the reference."


def verdict_text(body: Code, verdict: Verdict, *, is_submission: bool) -> str:
    """Return how a run ended, with the first test that failed."""
    passed, total = count_tests(body, verdict, is_submission=is_submission)
    lines = [] if verdict.outcome is Outcome.MISSING else [f"{passed}/{total} tests passed"]
    if verdict.message:
        lines.append(clean_line(verdict.message))
    if verdict.line is not None and f"line {verdict.line}" not in verdict.message:
        lines.append(f"line: {verdict.line}")
    failed = next((result for result in verdict.results if not result.passed), None)
    if failed is not None:
        given = (("input", failed.given), ("expected", failed.expected), ("got", failed.got))
        lines += ["First failing test:", *(f"    {label}: {clean_line(words)}" for label, words in given)]
        lines += [f"    line: {failed.line}"] if failed.line is not None else []
    if verdict.printed.strip():
        lines += ["Printed:", plain_code(verdict.printed)]
    return "\n".join(lines)


def _limits(layout: Layout) -> str:
    from prepdeck.study.trusting import LIMITS

    return layout.wrapped(LIMITS)
