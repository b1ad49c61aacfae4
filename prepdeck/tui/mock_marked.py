"""What the marking page and the debrief say of answers: rows made of values, apart from any widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prepdeck.text.cleaning import clean
from prepdeck.text.counts import counted, one_decimal
from prepdeck.text.slugs import slug_words
from prepdeck.tui.glyphs import bar
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.widgets.mock_marks import LEVEL_TONES
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.interview.history import PastMock
    from prepdeck.interview.items import ItemRow
    from prepdeck.study.mock_marking import MarkingPage, MarkLine
    from prepdeck.tui.typesetting import Typesetter


def anchor_rows(line: MarkLine | None, setter: Typesetter) -> list[Row]:
    """Return what each mark of a line means, then what a machine saw of it."""
    if line is None:
        return [row(muted("Nothing to mark."))]
    rows: list[Row] = []
    for level, text in enumerate(line.anchors, 1):
        sign = Piece(f"{level} ", LEVEL_TONES[level], strong=True, target=f"mark:{level}")
        is_given = level in {line.given, line.partner}
        rows += setter.indented(text, (sign, Piece(" ")), bold=is_given)
        rows.append(Row())
    if line.seen:
        rows += [row(muted("seen  "), foreign(part)) for part in wrap(line.seen, max(8, setter.width - 6))]
    if line.filled is not None:
        rows.append(row(Piece(f"counts as {line.filled}, whatever is given", Tone.ACCENT)))
    elif line.at_most is not None and line.at_most < len(line.anchors):
        rows.append(row(Piece(f"counts at most {line.at_most}", Tone.ACCENT)))
    if line.partner is not None:
        words = f", {line.partner_evidence}" if line.partner_evidence else ""
        rows.append(row(muted("partner  "), strong(str(line.partner)), foreign(words)))
    return rows


def total_rows(page: MarkingPage, past: Sequence[PastMock], setter: Typesetter) -> list[Row]:
    """Return what the marks come to so far, beside the last mocks of the format."""
    mean, left = page.mean, len(page.missing)
    if mean is None:
        blank = sum(line.is_blank for line in page.lines)
        told = f"nothing marked, {left} to mark" if left else "nothing to mark"
        return [row(muted(told + (f", {blank} left blank" if blank else "")))]
    filled, empty = bar((float(mean) - 1) / 3, max(4, min(24, setter.width - 10)), setter.glyphs)
    reaches = mean >= page.bar
    rows = [
        row(
            strong(one_decimal(mean)),
            muted(" of 4  "),
            Piece(filled, Tone.SUCCESS if reaches else Tone.ACCENT),
            Piece(empty, Tone.RULE),
        ),
        row(muted(f"bar {page.bar}, " + (f"{left} left to mark" if left else "everything is marked"))),
    ]
    means = "  ".join(one_decimal(each.mean) for each in past if each.mean is not None)
    if means:
        rows.append(row(muted("last mocks  "), means))
    weakest = min(
        (line for line in page.lines if line.level is not None), key=lambda line: line.level or 0, default=None
    )
    if weakest is not None:
        rows.append(row(muted("weakest  "), foreign(weakest.title), muted(f" ({weakest.level})")))
    return rows


def own_rows(items: Sequence[ItemRow], notes: Sequence[tuple[str, str]], setter: Typesetter) -> list[Row]:
    """Return what the candidate wrote, question by question, then the notes of phases without one."""
    rows: list[Row] = []
    for item in items:
        if len(items) > 1:
            rows += [Row(), setter.heading(f"{item.number + 1}. {item.question.card or 'your own project'}")]
        rows += answer_rows(item, setter)
    for title, text in notes:
        rows += [Row(), setter.heading(title), *plain_rows(text, setter)]
    return rows[1:] if rows and not rows[0].pieces else rows or [row(muted("Nothing was written."))]


def answer_rows(item: ItemRow, setter: Typesetter) -> list[Row]:
    """Return what the candidate answered to one question."""
    rows: list[Row] = []
    if item.is_blank:
        rows.append(row(muted("left blank" if not item.question.sort.is_code else "the code was left as it was")))
    if item.is_said:
        rows.append(row(muted("answered aloud")))
    if item.story is not None:
        rows.append(row(muted("story  "), foreign(str(item.story))))
    if item.told_ms:
        told = ", ".join(f"{part} {show_seconds(spent // 1000)}" for part, spent in item.told_ms.items())
        rows += [row(muted(line)) for line in wrap(f"told  {told}", setter.width)]
    for text in item.chosen:
        rows += setter.indented(text, (Piece("chose ", Tone.MUTED),))
    if item.code.strip() and not item.is_blank:
        rows += setter.code(clean(item.code).rstrip(), "python")
    return rows + (plain_rows(item.own, setter) if item.own.strip() else [])


def right_rows(items: Sequence[ItemRow], setter: Typesetter) -> list[Row]:
    """Return the questions with their right answers, outlines and probes."""
    rows: list[Row] = []
    for item in items:
        rows += [Row()] if rows else []
        if len(items) > 1:
            rows.append(setter.heading(f"{item.number + 1}. {item.question.card or 'your own project'}"))
        rows += setter.text(item.prompt)
        rows += reference_rows(item, setter)
    return rows


def reference_rows(item: ItemRow, setter: Typesetter) -> list[Row]:
    """Return the right answer to one question, how the tests went, and what an interviewer asks next."""
    rows: list[Row] = []
    if item.tests:
        rows += [Row(), *(row(Piece(line, Tone.ACCENT)) for line in wrap(item.tests, setter.width))]
    if item.checked is not None and item.checked.is_right is not None:
        word = Piece("right", Tone.SUCCESS) if item.checked.is_right else Piece("wrong", Tone.ERROR)
        rows += [Row(), row(muted("your answer was "), word)]
    if item.twist:
        rows += setter.headed("The twist", setter.text(item.twist))
    if item.reference:
        is_code = item.question.sort.is_code
        told = setter.code(item.reference, "python") if is_code else setter.text(item.reference)
        rows += setter.headed("The answer", told)
    for phase in item.outline:
        rows += setter.headed(slug_words(phase.phase).capitalize(), setter.items(phase.points))
    if item.probes:
        asked = sum(was_asked for _, was_asked in item.probes)
        told = [
            line
            for probe, was_asked in item.probes
            for line in (
                *setter.indented(probe.ask, (Piece("asked " if was_asked else "      ", Tone.ACCENT),)),
                *(setter.indented(probe.good, (Piece("      "),), Tone.MUTED) if probe.good else ()),
            )
        ]
        rows += setter.headed("Asked into the answer", told, f"{asked} of {counted(len(item.probes), 'probe')}")
    return rows


def plain_rows(text: str, setter: Typesetter) -> list[Row]:
    """Return what somebody typed, its lines kept and wrapped."""
    return [
        row(part)
        for line in clean(text).rstrip().split("\n")
        for part in (wrap(line, setter.width) if line.strip() else [""])
    ]
