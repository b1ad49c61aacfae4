"""`prepdeck simulate`: what a date and minutes a day lead to, tried by made-up learners."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.parameters import complete_decks, day_value, number_between, whole_between
from prepdeck.cli.streams import say, say_notes, write_json, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepdeck.study.simulating import Row, Simulation, Trial

MOST_MINUTES: Final = 600
"""As many as the setting takes."""
MOST_DAYS: Final = 365
"""A year."""
MOST_SEEDS: Final = 200
"""More learners would change nothing but the time it takes."""
MOST_CARDS: Final = 5000
"""More than anybody learns for an interview."""
INTERRUPTED: Final = 130
"""Exit status after ^c."""


@verb(
    click.Option(("--date", "day"), callback=day_value, metavar="DAY", help="The day of the interview."),
    click.Option(
        ("--days",), callback=whole_between(1, MOST_DAYS), metavar="N", help="The same: in N days, today the first."
    ),
    click.Option(
        ("--minutes",), callback=number_between(1, MOST_MINUTES), metavar="N", help="N minutes a day; else the setting."
    ),
    click.Option(
        ("--deck", "decks_named"),
        metavar="D",
        multiple=True,
        shell_complete=complete_decks,
        help="Only deck D; may be repeated.",
    ),
    click.Option(("--track",), metavar="T", help="Only decks of one track."),
    click.Option(
        ("--cards",),
        callback=whole_between(1, MOST_CARDS),
        metavar="N",
        help="N made-up cards nobody has seen, instead of decks.",
    ),
    click.Option(
        ("--seeds",),
        callback=whole_between(1, MOST_SEEDS),
        metavar="N",
        default="5",
        help="How many made-up learners; 5 unless you say more.",
    ),
    examples=(
        ("prepdeck simulate", "Your decks and minutes up to the interview, by SM-2, FSRS and the plan."),
        ("prepdeck simulate --cards 300 --days 30 --minutes 15", "300 new cards in a month of quarter hours."),
    ),
)
def command(
    context: click.Context,
    *,
    day: date | None,
    days: int | None,
    minutes: float | None,
    decks_named: tuple[str, ...],
    track: str | None,
    cards: int | None,
    seeds: int,
) -> int:
    """Let made-up learners study your decks up to a day, by SM-2 alone, by FSRS alone and by the plan.

    They begin with what you answered so far. Without --date and --days the day is your next interview, with the decks
    it asks about. ^c stops and shows what is finished.
    """
    if day is not None and days is not None:
        raise UsageError("--date and --days both name the day", "leave one of them out")
    if cards is not None and (decks_named or track):
        raise UsageError("--cards makes cards up; --deck and --track name real ones", "leave one of them out")
    from prepdeck.study.desk import open_desk
    from prepdeck.study.request import Scope
    from prepdeck.study.simulating import SimulationRequest, simulation_of

    flags = flags_of(context)
    request = SimulationRequest(Scope(decks=decks_named, track=track), minutes, day, days, seeds, cards)
    with open_desk(flags.options) as desk:
        simulation = simulation_of(desk, request)
        today, notes = desk.today(), tuple(desk.notes)
    say_notes(flags, notes)
    trials = _play(simulation, flags)
    _print(simulation, trials, flags, today)
    return INTERRUPTED if len(trials) < simulation.total else 0


def _play(simulation: Simulation, flags: Flags) -> list[Trial]:
    """Return every trial, or with ^c those finished."""
    from prepdeck.cli.progress_line import progress_line
    from prepdeck.study.simulating import trials_of

    trials: list[Trial] = []
    with progress_line("done", things="trials", quiet=flags.quiet) as tell:
        try:
            for trial in trials_of(simulation):
                trials.append(trial)
                if tell is not None:
                    tell(len(trials), simulation.total)
        except KeyboardInterrupt:
            return trials
    return trials


def _print(simulation: Simulation, trials: Sequence[Trial], flags: Flags, today: date) -> None:
    from prepdeck.study.simulating import learners_in, rows_of

    rows, learners = rows_of(simulation, trials), learners_in(simulation, trials)
    if len(trials) < simulation.total and not flags.quiet:
        say(f"note: stopped; made-up learners finished: {learners} of {simulation.seeds}")
    if flags.json:
        write_json(_rows_json(simulation, rows, learners))
    elif rows:
        write_text("\n".join(_draw(simulation, rows, learners, today)))


def _rows_json(simulation: Simulation, rows: Sequence[Row], learners: int) -> dict[str, Any]:
    setting = simulation.setting
    return {
        "schema": 1,
        "days": setting.days,
        "minutes": setting.minutes,
        "cards": setting.cards,
        "seeds": learners,
        "rows": [
            {
                "strategy": row.strategy,
                "recall": round(row.summary.recall, 4),
                "spread": round(row.summary.spread, 4),
                "unseen": round(row.summary.unseen, 1),
                "minutes": round(row.summary.minutes, 1),
                "longest_day": round(row.summary.longest_day, 1),
            }
            for row in rows
        ],
    }


def _draw(simulation: Simulation, rows: Sequence[Row], learners: int, today: date) -> list[str]:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.cli.wording import count_words, day_words

    setting = simulation.setting
    seen = f", {simulation.seen} of them seen" if simulation.seen else ""
    days = f"{count_words(setting.days, 'day')} of {setting.minutes:g} min"
    until = f"up to {day_words(simulation.day, today)}"
    table = [("Schedule", "Recall on the day", "Spread", "Never seen", "Minutes", "Longest day")]
    for name, summary in rows:
        shares = (f"{summary.recall:.0%}", f"+-{summary.spread * 100:.0f}" if learners > 1 else "")
        table.append((name, *shares, f"{summary.unseen:.0f}", f"{summary.minutes:.0f}", f"{summary.longest_day:.0f}"))
    return [
        f"{count_words(setting.cards, 'card')}{seen}, {days} {until}, {count_words(learners, 'made-up learner')}",
        "",
        *draw_columns(table, right=frozenset(range(1, 6))),
        "",
        "These are made-up learners with memories as forecasts assume them: good for comparing schedules, no promise.",
        "SM-2 and FSRS ask what is due, then up to 20 new cards a day; a card never seen counts as not known.",
    ]
