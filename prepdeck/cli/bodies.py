"""Whole cards on plain lines, question and answer together, for `prepdeck show`."""

from __future__ import annotations

from collections.abc import Iterable

from prepdeck.cards.cases import show_case
from prepdeck.cards.code import Case, Code, Language
from prepdeck.cards.spoken import Design, Star
from prepdeck.cli.layout import Layout
from prepdeck.cli.spoken_faces import probe_text
from prepdeck.text.cleaning import clean, clean_line
from prepdeck.text.counts import counted
from prepdeck.text.slugs import slug_words


def code_text(body: Code, layout: Layout) -> str:
    """Return problem, starter, tests, reference and cost."""
    return _joined(
        layout.shown(body.front),
        f"Starter:\n{plain_code(body.starter)}",
        tests_text(body.visible, "Visible tests"),
        tables_text(body),
        f"{counted(len(body.hidden), 'hidden test')}." if body.hidden else "",
        f"Reference:\n{plain_code(body.reference)}",
        cost_text(body),
    )


def design_text(body: Design, layout: Layout) -> str:
    """Return problem, outline, and all that stands beside it."""
    phases = [_listed(slug_words(phase.phase).capitalize(), phase.points, layout) for phase in body.outline]
    return _joined(
        layout.shown(body.front),
        *phases,
        _listed("Numbers", (figure.text for figure in body.numbers), layout),
        _listed("Ask first", body.clarifications, layout),
        probe_text(body.probes, layout),
        _listed("Pitfalls", body.pitfalls, layout),
        f"Twist: {layout.hanging(body.twist)}" if body.twist else "",
        f"Rubric: {slug_words(body.rubric)}",
    )


def star_text(body: Star, layout: Layout) -> str:
    """Return prompt, competency, signals and probes."""
    return _joined(
        layout.shown(body.front),
        f"Looks for: {slug_words(body.competency)}",
        _listed("Strong answers", body.strong_signals, layout),
        _listed("Weak answers", body.weak_signals, layout),
        probe_text(body.probes, layout),
        f"Rubric: {slug_words(body.rubric)}",
    )


def plain_code(code: str) -> str:
    """Return code with a margin, with nothing in it that a terminal obeys."""
    return "\n".join(f"    {line}".rstrip() for line in clean(code).rstrip().split("\n"))


def tests_text(cases: Iterable[Case], title: str) -> str:
    """Return tests as `in -> out`, one a line."""
    lines = [f"    {clean_line(show_case(case))}" for case in cases]
    return f"{title}:\n" + "\n".join(lines) if lines else ""


def tables_text(body: Code) -> str:
    """Return the statements that fill the tables of a query."""
    if body.language is not Language.SQL or not body.fixture:
        return ""
    return f"Tables:\n{plain_code(body.fixture)}"


def cost_text(body: Code) -> str:
    """Return what the reference costs, and the time an interview gives."""
    parts = [
        f"time {body.complexity.time}" if body.complexity.time else "",
        f"space {body.complexity.space}" if body.complexity.space else "",
        counted(body.minutes, "minute") if body.minutes is not None else "",
    ]
    return clean_line("; ".join(part for part in parts if part))


def _listed(title: str, texts: Iterable[str], layout: Layout) -> str:
    lines = "\n".join(f"- {layout.hanging(text)}" for text in texts)
    return f"{title}:\n{lines}" if lines else ""


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
