"""`prepdeck roadmap`: the phases of the road, and what is done on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.streams import say, say_notes, write_json, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk
    from prepdeck.study.road import RoadPage

WORDS: Final = {
    "list": (),
    "show": ("PHASE",),
    "start": ("PHASE",),
    "done": ("ITEM",),
    "reopen": ("ITEM",),
    "choose": ("DECK",),
    "assess": (),
    "steps": (),
    "skills": (),
    "tools": (),
    "path": (),
    "pay": (),
}
"""The words each part of the verb takes."""
QUESTIONS: Final = {
    "PHASE": "which phase?",
    "ITEM": "which deliverable, milestone, gate, step or check?",
    "DECK": "which deck?",
}
"""Asked where a word is missing."""
SHEETS: Final = ("list", "steps", "skills", "tools", "path", "pay")
"""Parts that only print."""


@verb(
    click.Argument(
        ("what",),
        metavar="[list|show|start|done|reopen|choose|assess|steps|skills|tools|path|pay]",
        type=click.Choice(tuple(WORDS)),
        default="list",
    ),
    click.Argument(("words",), metavar="[WORD]...", nargs=-1),
    click.Option(("--link",), metavar="URL", help="done: where it can be seen."),
    examples=(
        ("prepdeck roadmap", "The phases: months at your hours a week, cards, recall, things done."),
        ("prepdeck roadmap show 2", "One phase: goals, decks, and the names of what it is done by."),
        ("prepdeck roadmap done sql-queries --link https://github.com/you/sql", "Mark a deliverable with its link."),
        ("prepdeck roadmap choose nlp-llm", "Choose a specialisation; the others stay out of the daily queue."),
        ("prepdeck roadmap assess programming=3 ml-operations=1", "Say where you stand, 1-4; without words, print it."),
    ),
)
def command(context: click.Context, what: str, words: tuple[str, ...], link: str | None) -> None:
    """Follow the road from first Python to a signed offer: its phases, and what you did on them.

    PHASE is a number or an id. ITEM is the id of a deliverable, a milestone, a check or a step, or 4-gate for the gate
    of phase 4. Everything can be taken back: reopen, or prepdeck undo. The months follow from the setting hours_a_week.
    """
    _check(what, words, link)
    said = _Said(flags_of(context), what, words, link or "")
    from prepdeck.study.desk import open_desk

    with open_desk(said.flags.options) as desk:
        _DEEDS.get(what, _print)(desk, said)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stood on the command line."""

    flags: Flags
    what: str
    words: tuple[str, ...]
    link: str


def _check(what: str, words: Sequence[str], link: str | None) -> None:
    """Refuse what this part of the verb does not take.

    Raises:
        UsageError: When words are missing or too many, or a link belongs elsewhere.
    """
    wanted = WORDS[what]
    usage = " ".join(("prepdeck roadmap", what, *wanted))
    if len(words) < len(wanted):
        raise UsageError(QUESTIONS[wanted[len(words)]], usage)
    if what != "assess" and len(words) > len(wanted):
        raise UsageError(f"{words[len(wanted)][:60]!r} is one word too many", usage)
    if link is not None and what != "done":
        raise UsageError("--link is for roadmap done", "prepdeck roadmap done ITEM --link URL")


def _start(desk: Desk, said: _Said) -> None:
    from prepdeck.study.road_deeds import start_phase

    phase = start_phase(desk, said.words[0])
    _tell(desk, said, f"phase {phase.number}, {phase.title}, begins today")


def _done(desk: Desk, said: _Said) -> None:
    from prepdeck.study.road_deeds import mark_done

    item = mark_done(desk, said.words[0], said.link)
    count = f" ({len(item.pieces)} of {item.count})" if item.count > 1 else ""
    _tell(desk, said, f"{item.id} is done{count}: {item.text}")


def _reopen(desk: Desk, said: _Said) -> None:
    from prepdeck.study.road_deeds import reopen

    _tell(desk, said, reopen(desk, said.words[0]))


def _choose(desk: Desk, said: _Said) -> None:
    from prepdeck.cli.wording import count_words
    from prepdeck.study.road_deeds import choose_deck

    phase, deck, note = choose_deck(desk, said.words[0])
    others = count_words(len(phase.choose_one) - 1, "deck")
    _tell(desk, said, f"{deck} is chosen for phase {phase.number}; the other {others} stay out of the daily queue")
    if note:
        say(f"note: {note}")


def _assess(desk: Desk, said: _Said) -> None:
    from prepdeck.study.road_deeds import assess

    if not said.words:
        _print(desk, said)
        return
    proposal = assess(desk, _levels(said.words))
    if proposal is None:
        _tell(desk, said, "kept")
        return
    because = ", ".join(skill.title for skill in proposal.because)
    why = f"it teaches what is missing: {because}" if because else "every skill of the phases before is there"
    _tell(desk, said, f"begin with phase {proposal.phase.number}, {proposal.phase.title}: {why}")


def _levels(words: Sequence[str]) -> Mapping[str, int]:
    """Return levels by skill, from words such as `programming=3`.

    Raises:
        UsageError: When a word is not of that form.
    """
    levels = {}
    for word in words:
        skill, sign, level = word.partition("=")
        if not sign or not (level.isascii() and level.isdigit() and len(level) == 1):
            raise UsageError(f"{word[:60]!r} is no skill with a level", "write it like programming=3; levels are 1-4")
        levels[skill.strip().lower()] = int(level)
    return levels


def _tell(desk: Desk, said: _Said, sentence: str) -> None:
    """Print what was done: as JSON the road as it is now, else one sentence."""
    from prepdeck.text.cleaning import clean_line

    say_notes(said.flags, desk.notes)
    if said.flags.json:
        _write_json(desk)
    else:
        write_text(clean_line(sentence))


def _write_json(desk: Desk) -> None:
    from prepdeck.cli.roadmap_json import road_json
    from prepdeck.study.road import road_page

    write_json(road_json(road_page(desk)))


def _print(desk: Desk, said: _Said) -> None:
    """Print one sheet of the road; with JSON always the whole of it."""
    from prepdeck.cli import roadmap_words
    from prepdeck.cli.layout import Layout
    from prepdeck.study.road import road_page
    from prepdeck.study.road_names import get_phase

    page = road_page(desk)
    say_notes(said.flags, desk.notes)
    if said.what == "show":
        get_phase(page.roadmap, said.words[0])
    if said.flags.json:
        _write_json(desk)
        return
    layout = Layout.fitting(said.flags)
    drawn: Mapping[str, Callable[[RoadPage, Layout], list[str]]] = {
        "list": roadmap_words.draw_phases,
        "assess": roadmap_words.draw_skills,
        "skills": roadmap_words.draw_skills,
        "steps": roadmap_words.draw_steps,
        "tools": roadmap_words.draw_tools,
        "path": roadmap_words.draw_path,
        "pay": roadmap_words.draw_pay,
    }
    if said.what == "show":
        phase = get_phase(page.roadmap, said.words[0])
        lines = roadmap_words.draw_phase(page, page.phases[phase.number - 1], layout)
    else:
        lines = drawn[said.what](page, layout)
    write_text("\n".join(lines))


_DEEDS: Final[Mapping[str, Callable[[Desk, _Said], None]]] = {
    "start": _start,
    "done": _done,
    "reopen": _reopen,
    "choose": _choose,
    "assess": _assess,
}
