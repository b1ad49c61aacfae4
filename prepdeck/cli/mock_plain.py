"""`prepdeck mock --plain`: a mock as lines, for screen readers, dumb terminals and pipes.

What is typed is kept as notes, line by line; what begins with a slash is a command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prepdeck.cli.mock_clock import clock, time_line
from prepdeck.cli.mock_deeds import DEEDS
from prepdeck.cli.mock_table import MockTable
from prepdeck.cli.streams import flush, say, write_text
from prepdeck.cli.typed import read_line
from prepdeck.errors import PrepdeckError, StoreError
from prepdeck.interview.events import Finished
from prepdeck.interview.mock import End, State, sheet_at
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.cli.layout import Layout
    from prepdeck.study.desk import Desk
    from prepdeck.study.mock_sitting import Sat

HELP: Final = "Type notes; /n next, /t time, /f finish, /q leave, /? all commands."
"""Said once at the start."""


class PlainMock:
    """A mock on plain lines.

    Args:
        desk: Everything opened.
        sat: The mock as it begins, or as it goes on.
        layout: How texts are laid out.
    """

    def __init__(self, desk: Desk, sat: Sat, layout: Layout) -> None:
        self._table = MockTable(desk, sat, layout)
        self._asks_finish = False

    def sit(self) -> Sat:
        """Talk until the mock is over or left; return it as it is stored.

        Raises:
            StoreError: When the last of it could not be stored.
        """
        table = self._table
        if not table.mock.is_over:
            write_text(_heading(table))
            table.say_stop()
        going = True
        while going and not table.mock.is_over:
            flush()
            line = read_line()
            table.tick()
            if table.mock.is_over:
                if line.strip():
                    write_text("Time was up before that line; it is not kept.")
            elif not line:
                going = self._leave()
            else:
                going = self._try(line.rstrip("\n"))
        if table.mock.is_over:
            write_text("\nTime is up." if table.mock.end is End.TIME_UP else "\nFinished.")
        table.store()
        return table.sat

    def _try(self, line: str) -> bool:
        """Take a line, and say what is wrong with it; return whether to go on."""
        try:
            return self._take(line)
        except StoreError as error:
            say(f"error: {error.message}\nhelp: {error.help or 'not stored yet; it is tried again with the next line'}")
        except PrepdeckError as error:
            write_text(f"{error.message}{'; ' if error.help else ''}{error.help or ''}.")
        return True

    def _take(self, line: str) -> bool:
        table, text = self._table, line.strip()
        asked, self._asks_finish = self._asks_finish, False
        if table.mock.state is State.PAUSED and text not in {"", "/?", "/pause", "/f", "/q"}:
            write_text("Paused: question, notes and code are put away. /pause lets the clock run on.")
        elif not text:
            write_text(time_line(table.mock))
        elif not text.startswith("/") or text.startswith("//"):
            sheet = sheet_at(table.mock.stop)
            table.write(sheet, f"{table.mock.sheets.get(sheet, '')}{line[1:] if text.startswith('//') else line}\n")
        elif text == "/?":
            write_text(_help())
        elif text == "/q":
            return self._leave()
        elif text == "/f":
            return self._finish(is_sure=asked)
        else:
            head, _, rest = text.partition(" ")
            if head in DEEDS:
                DEEDS[head][2](table, rest.strip())
            else:
                write_text(f"No command {clean_line(head)}; /? lists them, // begins a line with a slash.")
        return True

    def _finish(self, *, is_sure: bool) -> bool:
        if is_sure:
            self._table.do(Finished)
            return False
        blank = len(self._table.mock.unanswered)
        left = f"{counted(blank, 'question')} still blank; " if blank else ""
        write_text(f"{left}{time_line(self._table.mock)}. /f once more finishes.")
        self._asks_finish = True
        return True

    def _leave(self) -> bool:
        strict = "; its clock runs on" if self._table.mock.is_strict else ""
        write_text(f"Left{strict}. Everything is kept: prepdeck mock resume --plain goes on.")
        return False


def _heading(table: MockTable) -> str:
    mock = table.mock
    factor = f", time x{float(mock.terms.time_factor):g}" if mock.terms.time_factor != 1 else ""
    phases = [
        f"{number:>3}  {phase.title}  {clock(mock.phase_budget_ms(number - 1))}"
        for number, phase in enumerate(mock.blueprint.phases, 1)
    ]
    title = f"{mock.blueprint.title}: {clock(mock.budget_ms)}, {mock.mode.value}{factor}."
    return "\n".join((title, *phases, HELP))


def _help() -> str:
    rows = [(f"{name} {example}".rstrip(), words) for name, (example, words, _) in DEEDS.items()]
    rows += [("/f", "finish"), ("/q", "leave; prepdeck mock resume goes on"), ("//", "begins a note with a slash")]
    return "\n".join(f"{name:<10}{words}" for name, words in rows)
