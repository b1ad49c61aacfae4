"""Phases held against the questions of a format: every question is asked somewhere, and none is in another's way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from prepdeck.cards.blueprint import Draw, Phase
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Table
from prepdeck.text.counts import counted

SORTS: Final = ("star", "basic", "code", "ml_coding", "debugging", "numeric", "design", "rapid", "depth", "own_project")
"""The sorts of questions a draw may ask for."""
_CODE: Final = "E098"


def check_questions(notes: Findings, table: Table, draw: Draw, phases: Sequence[Phase]) -> None:
    """Report phases that ask what is not drawn, or not as often, and questions that would share the same phases."""
    counts = {sort: count for sort in SORTS if (count := getattr(draw, sort))}
    asking = [_sort_asked(phase, counts) for phase in phases]
    before = notes.error_count
    for number, phase in enumerate(phases):
        if phase.asks is not None and phase.asks not in counts:
            notes.report(_place(table, number, "asks"), _not_drawn(phase.asks, phase.repeat, counts))
        elif phase.repeat > 1 and asking[number] is None:
            notes.report(_place(table, number, "repeat"), _unsaid(phase.repeat, counts))
    is_clear = notes.error_count == before
    for sort, count in counts.items():
        askers = [phase for phase, asks in zip(phases, asking, strict=True) if asks == sort]
        _check_sort(notes, table, sort, count, askers)
    if is_clear:  # else a sort that no phase asks is likely the one that a faulty phase was meant to ask
        loose = {sort: count for sort, count in counts.items() if sort not in asking}
        _check_loose(notes, table, loose, has_room=None in asking)


def _not_drawn(sort: str, repeat: int, counts: Mapping[str, int]) -> Fault:
    help_text = f"write a sort that is drawn, or add `{sort}: {repeat}` to the draw"
    return Fault(_CODE, f"the phase asks {sort}, and the draw has none", "not drawn", tuple(counts), help_text)


def _unsaid(repeat: int, counts: Mapping[str, int]) -> Fault:
    message = f"the phase has {repeat} questions, and does not say of which sort"
    help_text = f"add `asks: {next(iter(counts))}`, or another sort that is drawn"
    return Fault(_CODE, message, "which sort?", tuple(counts), help_text)


def _check_sort(notes: Findings, table: Table, sort: str, count: int, askers: Sequence[Phase]) -> None:
    """Report phases that ask a sort more or less often than it is drawn."""
    repeats = sum(phase.repeat for phase in askers)
    fits = repeats == count if repeats > len(askers) else repeats <= count
    if askers and not fits:
        message = f"the draw has {counted(count, 'question')} of the sort {sort}, and the phases ask {repeats}"
        help_text = f"write `{sort}: {repeats}`, or change the phases"
        notes.report(_drawn(table, sort), Fault(_CODE, message, f"not {repeats}", help=help_text))


def _check_loose(notes: Findings, table: Table, loose: Mapping[str, int], *, has_room: bool) -> None:
    """Report questions that no phase asks, when there is more than one or no phase is left for it."""
    through = sum(loose.values())
    if not through or (through == 1 and has_room):
        return
    first, *others = loose
    if has_room:
        message = f"{counted(through, 'question')} that no phase asks would go through the same phases"
    else:
        message = f"no phase asks {' and '.join(loose)}, and every phase asks something else"
    help_text = f"let a phase ask it: `asks: {first}`" if not others else "let phases ask them, as in `asks: rapid`"
    notes.report(_drawn(table, first), Fault(_CODE, message, "asked by no phase", help=help_text))


def _sort_asked(phase: Phase, counts: Mapping[str, int]) -> str | None:
    """Return the sort a phase asks: what it says, or what alone is drawn as often as it repeats."""
    if phase.asks is not None:
        return phase.asks
    fitting = [sort for sort, count in counts.items() if phase.repeat > 1 and count == phase.repeat]
    return fitting[0] if len(fitting) == 1 else None


def _drawn(table: Table, sort: str) -> Node:
    """Return where the draw says how many of a sort there are."""
    draw = table.entries["draw"]
    return draw.entries.get(sort, draw) if isinstance(draw, Table) else draw


def _place(table: Table, number: int, name: str) -> Node:
    """Return where a phase says something, or the phase itself."""
    phases = table.entries["phases"]
    entry = phases.items[number] if isinstance(phases, Listing) and number < len(phases.items) else phases
    return entry.entries.get(name, entry) if isinstance(entry, Table) else entry
