"""A debrief as Markdown.

Words of cards and of candidates are foreign text: they are cleaned, and what a candidate typed stands in fences that
are longer than any in it, so that nothing in it can become part of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from prepdeck.interview.criteria import CriterionRow
from prepdeck.interview.debrief import Debrief
from prepdeck.interview.items import ItemRow
from prepdeck.interview.mock import End, Mock
from prepdeck.interview.timekeeping import GapKind
from prepdeck.text.cleaning import clean, clean_line
from prepdeck.text.counts import counted, two_decimals
from prepdeck.text.slugs import slug_words

WEAK: Final = 2
"""Marks up to this bring cards back."""
VERY_SHORT: Final = 10
"""A mock that used less than one part in so many of its time is labelled."""
ENDS: Final = {End.FINISHED: "finished", End.TIME_UP: "time ran out", End.ABANDONED: "given up"}
"""How a mock ended, in words."""


def markdown(found: Debrief) -> str:
    """Return a debrief as Markdown, in the order of INTERVIEWS.md section A4."""
    parts = (
        f"# {clean_line(found.mock.blueprint.title)}, {found.began:%a %d %b %Y %H:%M}",
        _header(found),
        _verdict(found),
        _rubric(found),
        _phases(found),
        *_items(found),
        _notes(found),
        _findings(found),
        _previous(found),
        _next(found),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def minutes_text(milliseconds: int) -> str:
    """Return a time as minutes and seconds."""
    seconds = max(0, milliseconds) // 1000
    return f"{seconds // 60}:{seconds % 60:02}"


def _header(found: Debrief) -> str:
    mock = found.mock
    how = "strict" if mock.is_strict else "practice"
    facts = [f"{how}, {ENDS[mock.end] if mock.end is not None else 'not over'}"]
    facts.append(f"{minutes_text(mock.clock_ms)} of {minutes_text(mock.budget_ms)} minutes")
    if mock.overtime_ms:
        facts.append(f"{minutes_text(mock.overtime_ms)} over the end")
    if mock.terms.time_factor != 1:
        facts.append(f"time x{float(mock.terms.time_factor):g}")
    if mock.terms.level:
        facts.append(f"aimed at {clean_line(mock.terms.level)}")
    if mock.pauses:
        facts.append(f"{counted(mock.pauses, 'pause')}, {minutes_text(mock.paused_ms)} in all")
    if mock.recoveries:
        facts.append(f"cut off and resumed{'' if mock.recoveries == 1 else f' {mock.recoveries} times'}")
    facts += gap_facts(mock)
    facts.append(f"{counted(found.hints, 'hint')} used")
    if found.unseen_share is not None:
        facts.append(f"{percent(found.unseen_share)} of the questions never seen before")
    if mock.unanswered:
        facts.append(f"{counted(len(mock.unanswered), 'question')} left blank")
    if mock.clock_ms * VERY_SHORT < mock.budget_ms:
        facts.append("a very short attempt")
    return "\n".join(f"- {fact}" for fact in facts)


def gap_facts(mock: Mock) -> list[str]:
    """Return one phrase for each gap that was noticed."""
    words = {GapKind.SLEEP: "the machine slept for", GapKind.AWAY: "the program was away for"}
    return [
        f"{words[gap.kind]} {minutes_text(gap.milliseconds)}"
        if gap.kind in words
        else f"the machine's clock was set {minutes_text(abs(gap.milliseconds))} "
        f"{'forward' if gap.milliseconds > 0 else 'back'}; the time left stayed right"
        for gap in mock.gaps
    ]


def percent(share: Fraction) -> str:
    """Return a share in percent."""
    return f"{round(float(share) * 100)} %"


def _verdict(found: Debrief) -> str:
    score = found.score
    lines = ["## Verdict", ""]
    if found.mock.end is End.ABANDONED:
        return "## Verdict\n\nThe mock was given up: no verdict."
    mean = "nothing marked" if score.mean is None else f"{two_decimals(score.mean)} of 4"
    if score.verdict is not None:
        predicted = f", predicted {found.prediction.title.lower()}" if found.prediction is not None else ""
        lines.append(f"**{score.verdict.title}**, {mean}{predicted}.")
    elif found.rubric is None:
        left = f"; not marked: {', '.join(f'question {name}' for name in score.missing)}" if score.missing else ""
        lines.append(f"A drill has no verdict: {mean}{left}.")
    else:
        predicted = f" Predicted {found.prediction.title.lower()}." if found.prediction is not None else ""
        lines.append(f"No verdict: {mean}.{predicted}")
    lines += [clean_line(cap) for cap in score.caps]
    if score.missing and found.rubric is not None:
        titles = {row.criterion.id: row.criterion.title for row in found.criteria}
        lines.append(f"Not marked: {', '.join(clean_line(titles.get(name, name)) for name in score.missing)}.")
    if found.partner is not None and found.partner.mean is not None:
        verdict = f", {found.partner.verdict.title.lower()}" if found.partner.verdict is not None else ""
        lines.append(f"A partner gave {two_decimals(found.partner.mean)}{verdict}.")
    return "\n".join(lines)


def _rubric(found: Debrief) -> str:
    return "## Rubric\n\n" + "\n\n".join(map(_criterion, found.criteria)) if found.criteria else ""


def _criterion(row: CriterionRow) -> str:
    level = "not marked" if row.level is None else f"{row.level} of 4"
    lines = [f"### {clean_line(row.criterion.title)}: {level} (weight {row.criterion.weight})", ""]
    if row.given is not None and row.given != row.level:
        lines.append(f"- given {row.given}, held by what was seen")
    if row.anchor:
        lines.append(f"- met: {clean_line(row.anchor)}")
    if row.next_anchor:
        lines.append(f"- next: {clean_line(row.next_anchor)}")
    if row.evidence:
        lines.append(f"- evidence: {_inline(row.evidence)}")
    if row.bound is not None:
        lines.append(f"- seen: {clean_line(row.bound.words)}")
    if row.partner is not None:
        lines.append(
            f"- partner: {row.partner}" + (f", {_inline(row.partner_evidence)}" if row.partner_evidence else "")
        )
    return "\n".join(lines)


def _phases(found: Debrief) -> str:
    lines = ["## Time", "", "| phase | planned | actual | |", "| --- | ---: | ---: | --- |"]
    for row in found.phases:
        over = f"+{minutes_text(row.over_ms)}" if row.over_ms else "" if row.was_reached else "not reached"
        title = clean_line(row.title).replace("|", "/")
        lines.append(f"| {title} | {minutes_text(row.planned_ms)} | {minutes_text(row.actual_ms)} | {over} |")
    if found.first_run_ms is not None:
        passed = "never passed" if found.first_pass_ms is None else f"passed at {minutes_text(found.first_pass_ms)}"
        lines += ["", f"First run at {minutes_text(found.first_run_ms)}, {passed}."]
    return "\n".join(lines)


def _items(found: Debrief) -> Iterable[str]:
    return ("## Questions", *map(_item, found.items)) if found.items else ()


def _item(row: ItemRow) -> str:
    level = f", {row.level} of 4" if row.level is not None else ", blank: not marked" if row.is_blank else ""
    parts = [
        f"### {row.number + 1}. {row.question.card or 'Your own project'}{level}",
        _quoted(row.prompt),
        "\n".join(f"- {clean_line(fact)}" for fact in _facts(row)),
    ]
    if row.chosen:
        parts.append("You chose:\n\n" + "\n".join(f"- {clean_line(each)}" for each in row.chosen))
    if row.code.strip():
        parts.append(f"Your code:\n\n{_fenced(row.code)}")
    if row.own.strip():
        parts.append(f"Your words:\n\n{_fenced(row.own)}")
    if row.clarified:
        parts.append("You asked:\n\n" + "\n".join(f"- {clean_line(each)}" for each in row.clarified))
    if row.twist:
        parts.append(f"The requirement changed:\n\n{_quoted(row.twist)}")
    if row.reference:
        parts.append(f"Reference:\n\n{_fenced(row.reference) if row.question.sort.is_code else _quoted(row.reference)}")
    for phase in row.outline:
        points = "\n".join(f"- {clean_line(point)}" for point in phase.points)
        parts.append(f"Outline, {slug_words(phase.phase)}:\n\n{points}")
    if row.probes:
        probes = [
            f"- {clean_line(probe.ask)} ({'asked' if was_asked else 'not asked'})"
            + (f"\n  {clean_line(probe.good)}" if probe.good else "")
            for probe, was_asked in row.probes
        ]
        parts.append("Asked into the answer:\n\n" + "\n".join(probes))
    return "\n\n".join(parts)


def _facts(row: ItemRow) -> Iterable[str]:
    """Yield what was seen of an answer, a phrase each."""
    yield f"{minutes_text(row.milliseconds)} on the table"
    if row.hints:
        yield counted(row.hints, "hint")
    if row.partner is not None:
        yield f"partner {row.partner}"
    if row.is_said:
        yield "answered aloud"
    if row.story is not None:
        yield f"story {row.story}"
    if row.told_ms:
        yield ", ".join(f"{part} {spent // 1000} s" for part, spent in row.told_ms.items())
    if row.checked is not None and row.checked.is_right is not None:
        yield "right" if row.checked.is_right else "wrong"
    if row.tests:
        yield row.tests


def _notes(found: Debrief) -> str:
    if not found.free_notes:
        return ""
    rows = [f"{clean_line(title)}:\n\n{_fenced(text)}" for title, text in found.free_notes]
    return "## Notes\n\n" + "\n\n".join(rows)


def _findings(found: Debrief) -> str:
    parts = []
    for title, word, rows in (("Strengths", "", found.strengths), ("To work on", "next: ", found.fixes)):
        lines = [f"- **{clean_line(row.title)} {row.level}**: {word}{clean_line(row.anchor)}" for row in rows]
        if lines:
            parts.append(f"## {title}\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _previous(found: Debrief) -> str:
    if not found.previous:
        return ""
    rows = [
        f"- {each.day.isoformat()}: {'not marked' if each.mean is None else two_decimals(each.mean)}"
        + (f", {each.verdict.replace('-', ' ')}" if each.verdict else "")
        for each in found.previous
    ]
    return "## The last ones of this format\n\n" + "\n".join(rows)


def _next(found: Debrief) -> str:
    lines = []
    if weak := weak_topics(found):
        lines.append(f"- weak topics: {', '.join(map(clean_line, weak))}")
    if found.suggestion is not None:
        lines.append(f"- next mock: `prepdeck mock {found.suggestion[0]}`. {found.suggestion[1]}")
    return "## What next\n\n" + "\n".join(lines) if lines else ""


def weak_topics(found: Debrief) -> tuple[str, ...]:
    """Return the topics that a mark of 1 or 2 touched: of a criterion that names them, or of a question's card."""
    criteria = [
        topic for row in found.criteria if row.level is not None and row.level <= WEAK for topic in row.criterion.topics
    ]
    questions = [row.question.topic for row in found.items if row.level is not None and row.level <= WEAK]
    return tuple(dict.fromkeys(topic for topic in (*criteria, *questions) if topic))


def _inline(text: str) -> str:
    """Return a line that somebody typed, with nothing in it that Markdown obeys."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", clean_line(text))


def _quoted(text: str) -> str:
    """Return Markdown of a card as a quotation; a heading or a fence in it stays in there."""
    return "\n".join(f"> {line}".rstrip() for line in clean(text).strip().split("\n"))


def _fenced(text: str) -> str:
    cleaned = clean(text).rstrip()
    longest = max((len(run) for run in re.findall(r"`+", cleaned)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{cleaned}\n{fence}"
