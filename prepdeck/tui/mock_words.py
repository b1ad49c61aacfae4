"""What the page of a mock says about time: pure words and rows, made of the mock as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from prepdeck.interview.answer import PARTS
from prepdeck.interview.mock import Heat, Mock, State, heat_of
from prepdeck.interview.questions import Sort
from prepdeck.text.cells import pad, shorten
from prepdeck.tui.glyphs import Glyphs, bar
from prepdeck.tui.rows import Piece, Row, Tone, muted, row, strong
from prepdeck.tui.widgets.mock_clock import ClockFacts
from prepdeck.tui.widgets.mock_phases import HEAT_TONES, PhaseLine
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.cards.blueprint import StarTiming
    from prepdeck.study.mock_sitting import Sat

LAST_MINUTES: Final = 5
"""A hidden clock comes back for these."""
_MINUTE_MS: Final = 60_000
_SECOND_MS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Comfort:
    """What a candidate chose about how a mock is shown."""

    bell: bool = False
    """Whether the terminal rings when a phase is over its time."""
    hides_clock: bool = False
    """Whether the clock is hidden until the last minutes."""


def seconds_left(mock: Mock) -> int:
    """Return whole seconds left, the last one counted until it is over."""
    return -(-mock.left_ms // _SECOND_MS)


def plan_words(mock: Mock) -> str:
    """Return how far behind or ahead of the plan a mock is; a second does not count."""
    behind = mock.behind_ms // _SECOND_MS if mock.behind_ms >= 0 else -(-mock.behind_ms // _SECOND_MS)
    if behind > 0:
        return f"{show_seconds(behind)} behind plan"
    return f"{show_seconds(-behind)} ahead of plan" if behind < 0 else "on plan"


def plan_piece(mock: Mock) -> Piece:
    """Return the same with its tone."""
    return Piece(plan_words(mock), Tone.ACCENT if mock.behind_ms >= _SECOND_MS else Tone.MUTED)


def is_hidden(mock: Mock, *, wants_hidden: bool) -> bool:
    """Tell whether the clock is hidden now."""
    return wants_hidden and not mock.is_over and mock.left_ms > LAST_MINUTES * _MINUTE_MS


def clock_facts(mock: Mock, *, hides: bool, is_narrow: bool, glyphs: Glyphs) -> ClockFacts:
    """Return what the clock shows."""
    total = f"{show_seconds(mock.budget_ms // _SECOND_MS)} total"
    if hides:
        return ClockFacts("hidden, v shows it", "Time left", Tone.MUTED, is_hidden=True, total=total)
    if mock.overtime_ms >= _SECOND_MS:
        time, title, tone = f"+{show_seconds(mock.overtime_ms // _SECOND_MS)}", "Overtime", Tone.ERROR
    else:
        time, title = show_seconds(seconds_left(mock)), "Time left"
        tone = Tone.ERROR if not mock.left_ms else HEAT_TONES[heat_of(mock.clock_ms, mock.budget_ms)]
    below = row(plan_piece(mock))
    if is_narrow:
        below, total = narrow_line(mock, glyphs), plan_words(mock)
    return ClockFacts(time, title, tone, below=below, total=total)


def narrow_line(mock: Mock, glyphs: Glyphs) -> Row:
    """Return the phase that is on, on one line."""
    line = next(each for each in phase_lines(mock) if each.is_now)
    sign = "!" if line.over else glyphs.marker
    tone = HEAT_TONES[line.heat]
    nearly = " nearly up" if line.heat is Heat.AMBER else ""
    return row(
        Piece(f"{sign} ", tone),
        strong(shorten(line.title, 12 if line.over or nearly else 20, ellipsis=glyphs.ellipsis)),
        Piece(f" {show_seconds(line.spent)}", tone),
        muted(f"/{show_seconds(line.budget)}"),
        Piece(f" {line.over}" if line.over else nearly, tone),
    )


def phase_lines(mock: Mock) -> tuple[PhaseLine, ...]:
    """Return every phase with its times."""
    now, lines = mock.stop.phase, []
    for number, phase in enumerate(mock.blueprint.phases):
        spent, budget = mock.phase_ms(number), mock.phase_budget_ms(number)
        lines.append(
            PhaseLine(
                title=phase.title,
                spent=spent // _SECOND_MS,
                budget=budget // _SECOND_MS,
                heat=Heat.CALM if number < now and spent <= budget else mock.phase_heat(number),
                is_now=number == now,
                is_past=number < now,
            )
        )
    return tuple(lines)


def stop_rows(sat: Sat, *, hides: bool) -> Iterator[Row | str]:
    """Yield the facts about the stop that is on: time left, which question, hints, what may be asked."""
    mock = sat.mock
    stop, spent = mock.stop, mock.stop_ms[mock.position]
    left, budget = stop.budget_ms - spent, show_seconds(stop.budget_ms // _SECOND_MS)
    what = "question" if stop.of > 1 else "phase"
    if hides:
        yield row(muted(f"{budget} for this {what}"))
    elif left > 0:
        heat = heat_of(spent, stop.budget_ms)
        words = f"{show_seconds(-(-left // _SECOND_MS))} left"
        last = Piece(", nearly up", Tone.ACCENT) if heat is Heat.AMBER else muted(f", this {what}")
        yield row(Piece(words, HEAT_TONES[heat], strong=True), muted(f" of {budget}"), last)
    else:
        over = f"+{show_seconds(-left // _SECOND_MS)} over"
        yield row(Piece(over, Tone.ERROR, strong=True), muted(f" the {budget}"))
    if stop.of > 1:
        yield row(strong(f"Question {stop.number}"), muted(f" of {stop.of}"))
    if stop.question is None:
        return
    asked, answer = mock.questions[stop.question], mock.answers[stop.question]
    counts = (
        ("hints", answer.hints, asked.hints * mock.terms.hints),
        ("asked", len(answer.clarified), asked.clarifications),
        ("probes", answer.probes, asked.probes),
    )
    taken = [f"{name} {done}/{most}" for name, done, most in counts if most]
    if taken:
        yield row(muted("  ".join(taken)))
    if answer.runs:
        run = answer.runs[-1]
        yield row(muted("last run "), Piece(f"{run.passed}/{run.of} tests passed"))


def story_rows(mock: Mock, question: int, star: StarTiming | None, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the five-part clock of a story told aloud: seconds of each part against its share."""
    asked, answer = mock.questions[question], mock.answers[question]
    whole = asked.seconds or (star.default_seconds if star is not None else 0)
    shares = {part.id: part.share for part in star.parts} if star is not None else {}
    rows = []
    for number, name in enumerate(PARTS, 1):
        told = answer.told_ms.get(name, 0) // _SECOND_MS
        aim = round(whole * shares.get(name, 0))
        is_now = mock.telling == (question, name)
        heat = heat_of(told, aim) if aim else Heat.CALM
        tone = HEAT_TONES[heat] if told else Tone.MUTED
        sign = glyphs.marker if is_now else "!" if told > aim > 0 else glyphs.tick if told else str(number)
        filled, empty = bar(min(1.0, told / aim) if aim else 0.0, max(0, width - 26), glyphs)
        over = f" +{told - aim}" if told > aim > 0 else ""
        rows.append(
            row(
                Piece(f"{sign} ", tone, strong=is_now),
                Piece(pad(name, 11), strong=is_now, target=f"mock.choose_{number}"),
                Piece(filled, tone),
                Piece(empty, Tone.RULE),
                Piece(f" {told:>3}", tone, strong=is_now),
                muted(f"/{aim} s"),
                Piece(over, Tone.ERROR),
            )
        )
    total = answer.told_total_ms // _SECOND_MS
    rows.append(row(muted("told "), strong(show_seconds(total)), muted(f" of {show_seconds(whole)}")))
    return rows


def title_left(sat: Sat) -> Row:
    """Return where one is: the format, and the topic of the question."""
    mock = sat.mock
    return row(strong("Mock", Tone.PRIMARY), "  ", mock.blueprint.title)


def state_piece(mock: Mock, glyphs: Glyphs) -> Piece:
    """Return how the clock stands."""
    if mock.is_over:
        return Piece("time is up", Tone.ERROR, strong=True)
    if mock.state is State.PAUSED:
        return Piece("paused", Tone.ACCENT, strong=True)
    return Piece(f"{glyphs.bullet} {mock.mode.value}", Tone.SUCCESS if mock.left_ms else Tone.ERROR)


def title_rights(mock: Mock, saved: Piece, glyphs: Glyphs) -> Sequence[Row]:
    """Return the right side of the title bar, longest first."""
    count = (strong(str(mock.stop.phase + 1)), f"/{len(mock.blueprint.phases)}")
    state = state_piece(mock, glyphs)
    is_calm = saved.tone is Tone.MUTED
    short = row(state, "  ", *count) if is_calm else row(saved, "  ", *count)
    return (
        row(state, "   ", saved, muted("   phase "), *count),
        row(state, "  ", saved, "  ", *count),
        short,
    )


def asks_story(mock: Mock) -> bool:
    """Tell whether a behavioural prompt is on the table."""
    question = mock.stop.question
    return question is not None and mock.questions[question].sort is Sort.STAR
