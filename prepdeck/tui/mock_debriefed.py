"""What the page of a debrief says: rows made of values, apart from any widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from prepdeck.interview.mock import End
from prepdeck.text.cells import cell_width, pad
from prepdeck.text.counts import counted, one_decimal, two_decimals
from prepdeck.tui.glyphs import large_time
from prepdeck.tui.mock_marked import answer_rows, reference_rows
from prepdeck.tui.rows import Piece, Row, Tone, fit, foreign, muted, row, strong, wrap
from prepdeck.tui.widgets.mock_marks import LEVEL_TONES
from prepdeck.tui.widgets.ready import target_mark
from prepdeck.tui.words import show_day, show_seconds

if TYPE_CHECKING:
    from prepdeck.cards.rubric import VerdictStep
    from prepdeck.interview.criteria import CriterionRow
    from prepdeck.interview.debrief import Debrief
    from prepdeck.study.mock_closing import Pulled
    from prepdeck.tui.glyphs import Glyphs
    from prepdeck.tui.typesetting import Typesetter


WEAK: Final = 2
"""Marks up to this bring cards back."""
ROOM_FOR_DIGITS: Final = 50
"""Cells from which the mean is drawn in large digits."""


def result_rows(found: Debrief, setter: Typesetter) -> list[Row]:
    """Return the mean in large digits, with verdict, prediction and time beside it."""
    mock = found.mock
    facts = [_verdict_row(found), *_prediction_rows(found), _time_row(found), _terms_row(found)]
    facts += [
        row(Piece(line, Tone.ACCENT)) for cap in found.score.caps for line in wrap(cap, max(20, setter.width - 14))
    ]
    if found.score.mean is None or mock.end is End.ABANDONED or setter.width < ROOM_FOR_DIGITS:
        return [fit(each, setter.width, setter.glyphs.ellipsis) for each in facts]
    tone = Tone.SUCCESS if found.score.mean >= found.bar else Tone.ACCENT
    digits = large_time(one_decimal(found.score.mean), setter.glyphs)
    side = max(cell_width(line) for line in digits)
    rows = []
    for number in range(max(len(digits), len(facts))):
        left = digits[number] if number < len(digits) else ""
        right = facts[number] if number < len(facts) else Row()
        rows.append(row("  ", Piece(pad(left, side), tone, strong=True), "   ", *right.pieces))
    return [fit(each, setter.width, setter.glyphs.ellipsis) for each in rows]


def _verdict_row(found: Debrief) -> Row:
    mock, score = found.mock, found.score
    if mock.end is End.ABANDONED:
        return row(strong("Given up", Tone.ACCENT), muted("  no verdict"))
    mean = "" if score.mean is None else f"  {two_decimals(score.mean)} of 4, bar {found.bar}"
    if score.verdict is not None:
        return row(strong(score.verdict.title, _verdict_tone(score.verdict)), muted(mean))
    if found.rubric is None:
        left = f", {counted(len(score.missing), 'mark')} missing" if score.missing else ""
        return row(strong("Drill"), muted(f"{mean or '  nothing marked'}{left}, no verdict"))
    why = "Incomplete" if score.is_incomplete else "No verdict"
    left = f", {counted(len(score.missing), 'mark')} missing" if score.missing else ""
    return row(strong(why, Tone.ACCENT), muted(f"{mean}{left}"))


def _verdict_tone(step: VerdictStep) -> Tone:
    return Tone.SUCCESS if step.id.endswith("yes") else Tone.ACCENT


def _prediction_rows(found: Debrief) -> list[Row]:
    if found.prediction is None:
        return []
    verdict = found.score.verdict
    agreed = ", and so it is" if verdict is not None and verdict.id == found.prediction.id else ""
    return [row(muted("you predicted "), strong(found.prediction.title.lower()), muted(agreed))]


def _time_row(found: Debrief) -> Row:
    mock = found.mock
    parts: list[Piece | str] = [
        muted("time "),
        f"{show_seconds(mock.clock_ms // 1000)} of {show_seconds(mock.budget_ms // 1000)}",
    ]
    if found.worst_phase is not None:
        over = show_seconds(found.worst_phase.over_ms // 1000)
        parts += [muted(", worst phase "), Piece(f"{found.worst_phase.title} +{over}", Tone.ERROR)]
    return row(*parts)


def _terms_row(found: Debrief) -> Row:
    mock = found.mock
    facts = ["strict" if mock.is_strict else "practice"]
    if mock.end is End.TIME_UP:
        facts.append("time ran out")
    if mock.terms.time_factor != 1:
        facts.append(f"time x{float(mock.terms.time_factor):g}")
    if mock.terms.level:
        facts.append(mock.terms.level)
    interruptions = len(mock.gaps) + mock.pauses
    facts.append(counted(interruptions, "interruption") if interruptions else "no interruption")
    facts.append(counted(found.hints, "hint"))
    if found.unseen_share is not None:
        facts.append(f"{round(float(found.unseen_share) * 100)} % never seen before")
    return row(foreign(", ".join(facts), Tone.MUTED))


def phase_rows(found: Debrief, width: int, glyphs: Glyphs) -> list[Row]:
    """Return each phase with a bar against its budget, and how far it went over or stayed under."""
    longest = max((max(each.actual_ms, each.planned_ms) for each in found.phases), default=1) or 1
    name = min(20, max((cell_width(each.title) for each in found.phases), default=0), max(8, width // 3))
    room = width - name - 23
    rows = []
    for each in found.phases:
        over = each.actual_ms // 1000 - each.planned_ms // 1000  # of the seconds that are shown
        tone = Tone.ERROR if over >= 1 else Tone.SUCCESS
        pieces = [Piece(pad(fit(row(foreign(each.title)), name, glyphs.ellipsis).text, name)), Piece(" ")]
        if room >= 6:  # noqa: PLR2004 - less is no bar
            pieces += _budget_bar(each.actual_ms / longest, each.planned_ms / longest, room, tone, glyphs)
        times = f" {show_seconds(each.actual_ms // 1000):>6}/{show_seconds(each.planned_ms // 1000):<6}"
        sign = "+" if over >= 0 else "-"
        gap = f"{sign}{show_seconds(abs(over))}" if each.was_reached else "missed"
        pieces += [Piece(times), Piece(gap, tone if each.was_reached else Tone.MUTED)]
        rows.append(fit(Row(tuple(pieces)), width, glyphs.ellipsis))
    return rows


def _budget_bar(actual: float, planned: float, width: int, tone: Tone, glyphs: Glyphs) -> list[Piece]:
    """Return a bar with a sign where the budget ends."""
    filled = max(1 if actual else 0, min(width, round(actual * width)))
    at = max(0, min(width - 1, round(planned * width) - 1))
    cells = "".join(glyphs.filled if place < filled else glyphs.empty for place in range(width))
    before, after = cells[:at], cells[at + 1 :]

    def toned(text: str, start: int) -> list[Piece]:
        full = max(0, min(len(text), filled - start))
        return [Piece(text[:full], tone), Piece(text[full:], Tone.RULE)]

    return [*toned(before, 0), Piece(target_mark(glyphs), Tone.TEXT, strong=True), *toned(after, at + 1)]


def rubric_rows(found: Debrief, width: int, glyphs: Glyphs) -> list[Row]:
    """Return each criterion with its mark; the partner's beside it where there is one."""
    name = min(22, max((cell_width(each.criterion.title) for each in found.criteria), default=0), max(8, width - 12))
    rows = []
    for each in found.criteria:
        level = each.level
        title = Piece(pad(fit(row(foreign(each.criterion.title)), name, glyphs.ellipsis).text, name))
        if level is None:
            rows.append(row(title, muted("  not marked")))
            continue
        room = max(0, width - name - 8)
        cells = round(room * level / 4)
        partner = muted(f" p{each.partner}") if each.partner is not None else Piece("")
        rows.append(
            row(
                title,
                " ",
                Piece(glyphs.filled * cells, LEVEL_TONES[level]),
                Piece(glyphs.empty * (room - cells), Tone.RULE),
                Piece(f" {level}", LEVEL_TONES[level], strong=True),
                muted("/4"),
                partner,
            )
        )
    return [fit(each, width, glyphs.ellipsis) for each in rows] or [row(muted("A drill has no rubric."))]


def finding_rows(found: Debrief, setter: Typesetter) -> list[Row]:
    """Return two strengths, two fixes, what shows each mark, and the last mocks of the format."""
    rows: list[Row] = []
    for title, tone, findings in (
        ("Strengths", Tone.SUCCESS, found.strengths),
        ("To work on", Tone.ACCENT, found.fixes),
    ):
        told = [
            line
            for each in findings
            for line in setter.indented(each.anchor or each.title, (strong(f"{each.title} {each.level}  ", tone),))
        ]
        rows += [*([Row()] if rows else []), setter.heading(title), *told] if told else []
    if found.criteria:
        rows += [Row(), setter.heading("Mark by mark")]
        for each in found.criteria:
            rows += _criterion_rows(each, setter)
    if found.previous:
        rows += [Row(), setter.heading("The last ones of this format")]
        for past in found.previous:
            mean = "  -" if past.mean is None else one_decimal(past.mean)
            rows.append(
                row(
                    muted(f"{show_day(past.day)}  "),
                    strong(mean),
                    muted(f"  {(past.verdict or 'no verdict').replace('-', ' ')}"),
                )
            )
    if rows:
        return rows
    if found.rubric is None and any(each.level is not None for each in found.items):
        return [
            row(muted(line)) for line in wrap("A drill has no rubric: its marks stand at its questions.", setter.width)
        ]
    return [row(muted("Nothing was marked."))]


def _criterion_rows(each: CriterionRow, setter: Typesetter) -> list[Row]:
    """Return one criterion: its mark, what that looks like, what the next one would, and what shows it."""
    tone = LEVEL_TONES[each.level] if each.level is not None else Tone.MUTED
    held = f", given {each.given}" if each.given is not None and each.given != each.level else ""
    rows = [row(foreign(f"{each.criterion.title} "), strong(str(each.level or "-"), tone), muted(held))]
    told = (("met   ", each.anchor), ("next  ", each.next_anchor), ("said  ", each.evidence))
    seen = each.bound.words if each.bound is not None else ""
    for name, words in (*told, ("seen  ", seen)):
        lines = wrap(words, max(10, setter.width - 8)) if words else []
        rows += [row(muted(f"  {name if at == 0 else '      '}"), foreign(line)) for at, line in enumerate(lines)]
    return rows


def question_rows(found: Debrief, setter: Typesetter) -> list[Row]:
    """Return every question with the candidate's own answer beside the right one."""
    rows: list[Row] = []
    for item in found.items:
        level = f"{item.level} of 4" if item.level is not None else "blank" if item.is_blank else ""
        spent = show_seconds(item.milliseconds // 1000)
        name = str(item.question.card or "your own project")
        rows += [*([Row()] if rows else []), setter.heading(f"{item.number + 1}. {name}", level, spent)]
        rows += setter.text(item.prompt)
        rows += setter.headed("Your answer", answer_rows(item, setter))
        rows += reference_rows(item, setter)
    for title, text in found.free_notes:
        rows += [Row(), setter.heading(title), *(row(foreign(line)) for line in text.rstrip().split("\n"))]
    return rows or [row(muted("No question was asked."))]


def next_rows(found: Debrief, pulled: Sequence[Pulled], fault: str, width: int) -> list[Row]:
    """Return what the debrief changed, and what to sit next."""
    rows: list[Row] = []
    sign = Piece("+ ", Tone.SUCCESS, strong=True)
    if pulled:
        rows.append(
            row(
                sign,
                strong(counted(len(pulled), "card")),
                " moved to today: ",
                foreign(", ".join(str(each.card) for each in pulled)),
            )
        )
    else:
        rows += [row(muted(f"  {line}")) for line in wrap(_unmoved(found), max(8, width - 2))]
    if found.suggestion is not None:
        name, why = found.suggestion
        rows.append(row(sign, "Next mock: ", strong(name), muted(f"  {why}")))
    if fault:
        rows += [row(Piece(line, Tone.ERROR)) for line in wrap(fault, width)]
    return rows


def _unmoved(found: Debrief) -> str:
    """Return why no card was moved to today."""
    levels = (*found.score.levels.values(), *(each.level for each in found.items if each.level is not None))
    if any(level <= WEAK for level in levels):
        return "No card moved: none behind the weak marks has a later date."
    return "No card moved: only marks of 1 and 2 bring cards back."
