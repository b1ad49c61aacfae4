"""What may be typed in a mock on plain lines besides notes: commands that begin with a slash."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from prepdeck.cards.card import Choice
from prepdeck.cards.code import Code
from prepdeck.cards.spoken import Design
from prepdeck.cli.bodies import plain_code
from prepdeck.cli.mock_clock import clock, plan_words, time_line
from prepdeck.cli.streams import flush, write_text
from prepdeck.cli.typed import is_agreed, read_line
from prepdeck.errors import UsageError
from prepdeck.interview.answer import PARTS
from prepdeck.interview.events import (
    Chose,
    Clarified,
    Hinted,
    Moved,
    PartBegan,
    Paused,
    Picked,
    Probed,
    Ran,
    Resumed,
    Said,
)
from prepdeck.interview.mock import State, sheet_at, sheet_of
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.cli.mock_table import MockTable


def _go(table: MockTable, step: int) -> None:
    target = table.mock.position + step
    if not 0 <= target < len(table.mock.stops):
        write_text("That was the last one; /f finishes." if step > 0 else "This is the first one.")
        return
    table.do(lambda at: Moved(at, target))
    if behind := plan_words(table.mock):
        write_text(f"{behind}.")
    table.say_stop()


def _hint(table: MockTable, rest: str) -> None:
    del rest
    number = table.question()
    table.do(lambda at: Hinted(at, number))
    card, shown = table.card(number), table.mock.answers[number].hints
    if card is not None and shown <= len(card.hints):
        write_text(f"Hint {shown} of {len(card.hints)}: {table.layout.hanging(card.hints[shown - 1])}")


def _clarify(table: MockTable, rest: str) -> None:
    number = table.question()
    card = table.card(number)
    texts = card.body.clarifications if card is not None and isinstance(card.body, Design) else ()
    place = _place(rest, len(texts))
    if place is None:
        write_text(f"/ask 1 to /ask {len(texts)}." if texts else "There is nothing to ask here.")
        return
    table.do(lambda at: Clarified(at, number, place))
    write_text(table.layout.hanging(texts[place]))


def _probe(table: MockTable, rest: str) -> None:
    from prepdeck.interview.items import asked_next

    del rest
    number = table.question()
    table.do(lambda at: Probed(at, number))
    asked = asked_next(table.mock.questions[number], table.sat.cards)[: table.mock.answers[number].probes]
    if asked:
        write_text(f"Asked next: {table.layout.hanging(asked[-1].ask)}")


def _type_code(table: MockTable, rest: str) -> None:
    del rest
    number = table.code_question()
    write_text("Write the code; a line /end ends it.")
    flush()
    lines: list[str] = []
    kept = 0
    while (line := read_line()) and line.strip() != "/end":
        lines.append(line)
        if table.mock.is_over:
            continue
        try:
            # Line by line: time may run out before the last one.
            table.write(sheet_of(number, is_code=True), "".join(lines))
        except UsageError:
            continue  # the clock ran out; what was typed in time stands
        kept = len(lines)
    if not lines:
        table.write(sheet_of(number, is_code=True), "")
    late = f"; {counted(len(lines) - kept, 'line')} came after 0:00" if kept < len(lines) else ""
    write_text(f"{counted(kept, 'line')} kept{late}; /r runs the visible tests.")


def _edit(table: MockTable, rest: str) -> None:
    from prepdeck.study.coding import editor_command
    from prepdeck.study.editors import wait_for_editor
    from prepdeck.study.mock_editing import DraftWatch, open_draft
    from prepdeck.study.mock_sitting import read_now, store_pending

    del rest
    number = table.code_question()
    path = open_draft(table.desk, table.sat, number)
    if not sys.stdin.isatty():
        write_text(f"No terminal for an editor; /code takes code from here. The draft is in {clean_line(str(path))}")
        return
    command = editor_command(path)

    watch = DraftWatch(table.sat, number, path, lambda: read_now(table.desk), partial(store_pending, table.desk))
    try:
        wait_for_editor(command, watch.look)
    except OSError as error:
        write_text(f"{command[0]} did not start: {error.strerror or error}. Set VISUAL or EDITOR.")
        return
    table.sat = watch.sat
    table.store()
    if watch.is_late:
        write_text("What your editor saved after 0:00 is not taken.")
    write_text(plain_code(table.code(number)))


def _run(table: MockTable, rest: str) -> None:
    from prepdeck.cards.cases import count_tests
    from prepdeck.cli.code_face import CONSENT_PROMPT, verdict_text
    from prepdeck.study.coding import foreign_code, give_consent, needs_consent, run_visible

    del rest
    number = table.code_question()
    card = table.card(number)
    if card is None or not isinstance(card.body, Code):
        return
    if needs_consent(table.desk, card):
        pieces = "\n\n".join(f"{label}:\n{plain_code(text)}" for label, text in foreign_code(card))
        write_text(f"Testing an answer also runs this code of the deck:\n\n{pieces}\n\n{CONSENT_PROMPT}")
        flush()
        if not is_agreed():
            write_text("Nothing was run.")
            return
        give_consent(table.desk, card)
    verdict = run_visible(table.desk, card, table.code(number))
    passed, of = count_tests(card.body, verdict, is_submission=False)
    table.do(lambda at: Ran(at, number, passed, of))
    write_text(verdict_text(card.body, verdict, is_submission=False))


def _pick(table: MockTable, rest: str) -> None:
    number = table.question()
    card = table.card(number)
    body = card.body if card is not None else None
    if not isinstance(body, Choice):
        write_text("There is nothing to pick here.")
        return
    places = {ord(letter) - ord("a") for letter in rest.lower() if letter.isalpha()}
    if not places or max(places) >= len(body.options) or (len(places) > 1 and not body.takes_several):
        several = "letters" if body.takes_several else "one letter"
        write_text(f"Pick {several} from a to {chr(ord('a') + len(body.options) - 1)}, such as /pick a")
        return
    table.do(lambda at: Chose(at, number, tuple(sorted(places))))
    write_text(f"Chosen: {', '.join(chr(ord('a') + place) for place in sorted(places))}.")


def _said(table: MockTable, rest: str) -> None:
    del rest
    number = table.question()
    is_on = not table.mock.answers[number].is_said
    table.do(lambda at: Said(at, number, is_on))
    write_text("Noted as said aloud." if is_on else "No longer noted as said aloud.")


def _story(table: MockTable, rest: str) -> None:
    number, stories = table.question(), table.sat.stories
    place = _place(rest, len(stories))
    if place is None:
        write_text(f"/story 1 to /story {len(stories)}." if stories else "You have no stories yet.")
        return
    name, title = stories[place]
    table.do(lambda at: Picked(at, number, name))
    write_text(f"Told with: {clean_line(title)}")


def _part(table: MockTable, rest: str) -> None:
    number, telling = table.question(), table.mock.telling
    part: str | None = rest
    if not rest:
        following = PARTS.index(telling[1]) + 1 if telling is not None and telling[0] == number else 0
        part = PARTS[following] if following < len(PARTS) else None
    elif rest == "stop":
        part = None
    table.do(lambda at: PartBegan(at, number, part))
    told = table.mock.answers[number].told_ms
    so_far = ", ".join(f"{name} {clock(told[name])}" for name in PARTS if name in told)
    write_text(f"Now: {part or 'nothing, the story is told'}." + (f" So far: {so_far}." if so_far else ""))


def _pause(table: MockTable, rest: str) -> None:
    del rest
    if table.mock.state is State.PAUSED:
        table.do(Resumed)
        write_text(f"The clock runs: {time_line(table.mock)}")
    else:
        table.do(Paused)
        write_text("Paused; /pause lets the clock run on.")


def _notes(table: MockTable, rest: str) -> None:
    del rest
    write_text(table.mock.sheets.get(sheet_at(table.mock.stop), "").rstrip() or "(empty)")


def _place(rest: str, count: int) -> int | None:
    """Return the place that a number from 1 names; None when it names none."""
    if not rest.isascii() or not rest.isdigit() or len(rest) > len(str(count)):
        return None
    return int(rest) - 1 if 1 <= int(rest) <= count else None


Deed = Callable[["MockTable", str], None]

DEEDS: Final[dict[str, tuple[str, str, Deed]]] = {
    "/n": ("", "next question or phase", lambda table, _: _go(table, 1)),
    "/b": ("", "the one before it", lambda table, _: _go(table, -1)),
    "/t": ("", "the times; so does an empty line", lambda table, _: write_text(time_line(table.mock))),
    "/p": ("", "the question once more", lambda table, _: table.show(table.question())),
    "/h": ("", "a hint; it is counted", _hint),
    "/ask": ("1", "a clarification by its number, on design cases", _clarify),
    "/o": ("", "the interviewer asks into your answer", _probe),
    "/code": ("", "write code until a line /end; it replaces what stood there", _type_code),
    "/e": ("", "write code in your editor", _edit),
    "/r": ("", "run the visible tests", _run),
    "/pick": ("a", "choose options, by letter", _pick),
    "/said": ("", "you answered aloud; nothing has to be typed then", _said),
    "/story": ("1", "answer with one of your stories", _story),
    "/part": ("", "begin the next part of a story told aloud; /part stop ends it", _part),
    "/notes": ("", "what is on this sheet", _notes),
    "/clear": ("", "empty this sheet", lambda table, _: table.write(sheet_at(table.mock.stop), "")),
    "/pause": ("", "stop the clock, or let it run on; practice only", _pause),
}
"""Commands by name: an example of what follows, what it does, and the deed."""
