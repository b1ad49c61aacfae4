"""Design cases, behavioural prompts and stories on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from prepdeck.cards.spoken import Design, Probe, Star, Story
from prepdeck.text.cleaning import clean
from prepdeck.text.slugs import slug_words
from prepdeck.tui.glyphs import bar
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.typesetting import Typesetter
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.tui.review_state import Asking

PARTS: Final = (("Situation", 17), ("Task", 10), ("Action", 53), ("Result", 13), ("Reflection", 7))
"""The parts of a told story, each with the share in percent that it gets unless the clock in use says otherwise."""
_ROOMY = 60
_LONGEST_BAR = 40


def design_front(body: Design, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the problem, and for whom it is."""
    words = []
    if body.family:
        words.append(f"family {slug_words(body.family)}")
    if body.formats:
        words.append(f"asked in {', '.join(body.formats)}")
    rows = setter.text(asking.view.front)
    if words:
        rows += [Row(), *(row(foreign(line, Tone.MUTED)) for line in wrap("; ".join(words), setter.width))]
    if asking.draft.strip() and not asking.is_writing and not asking.shows_back:
        rows += setter.headed("Your outline", _written(asking.draft, setter))
    return rows


def design_back(body: Design, asking: Asking, setter: Typesetter) -> tuple[list[Row], int]:
    """Return the outline as far as it is open, with all the rest after its last phase; and where that phase begins."""
    rows: list[Row] = []
    if asking.draft.strip():
        rows += [row(strong("Your outline")), *_written(asking.draft, setter), Row()]
    newest = 0
    first = 0
    for number, phase in enumerate(asking.phases, 1):
        newest = len(rows)
        place = f"{number} of {len(body.outline)}"
        how = setter.ticking("x ticks, j k move") if number == 1 else ()
        rows.append(setter.heading(slug_words(phase.phase).capitalize(), place, *how, tone=Tone.HEADING))
        rows += setter.points(phase.points, asking, first)
        rows.append(Row())
        first += len(phase.points)
    if asking.is_revealed:
        figures = [figure.text for figure in body.numbers]
        wrong = Piece(setter.glyphs.cross, Tone.ERROR)
        rows += setter.headed("Numbers", setter.items(figures))[1:]
        rows += setter.headed("Ask first", setter.items(body.clarifications))
        rows += setter.headed("Asked next", _probes(body.probes, setter))
        rows += setter.headed("Pitfalls", setter.items(body.pitfalls, wrong))
        if body.twist:
            rows += setter.headed("Twist", setter.indented(body.twist, (Piece("  "),)))
        rows += _rubric(body.rubric)
    return rows, newest


def star_front(body: Star, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the prompt, what it looks for, the learner's own stories that fit, and the clock."""
    rows = [*setter.text(asking.view.front), Row()]
    words = f"looks for {slug_words(body.competency)}; aim for {show_seconds(asking.telling_seconds or 0)}"
    rows += [row(foreign(line, Tone.MUTED)) for line in wrap(words, setter.width)]
    if asking.view.stories:
        rows += setter.headed("Your stories that show it", setter.items(asking.view.stories))
    else:
        rows += [row(muted(line)) for line in wrap("none of your stories shows it yet", setter.width)]
    return [*rows, *_clock(asking, setter)]


def star_back(body: Star, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return strong signals to tick, weak ones, and what is asked into the answer."""
    rows: list[Row] = []
    if body.strong_signals:
        rows.append(setter.heading("Strong answers", *setter.ticking("x ticks yours", "j k move")))
        rows += setter.points(body.strong_signals, asking)
    wrong = Piece(setter.glyphs.cross, Tone.ERROR)
    rows += setter.headed("Weak answers", setter.items(body.weak_signals, wrong))
    rows += setter.headed("Asked next", _probes(body.probes, setter))
    return [*rows, *_rubric(body.rubric)]


def story_front(asking: Asking, setter: Typesetter) -> list[Row]:
    """Return what is asked of a story, and the clock where it is to be told against one."""
    return [*setter.text(asking.view.front), *_clock(asking, setter)]


def story_back(body: Story, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the five parts of a story, its metric, and what it shows."""
    rows: list[Row] = []
    if asking.view.wording:
        rows += [*setter.indented(body.title, (), bold=True), Row()]
    texts = (body.situation, body.task, body.action, body.result, body.reflection)
    is_roomy = setter.width >= _ROOMY
    for (name, _), text in zip(PARTS, texts, strict=True):
        if text is not None:
            label = name.ljust(12) if is_roomy else f"{letter_of(name)}  "
            rows += setter.indented(text, (Piece(label, Tone.ACCENT, strong=True),))
    if body.metric:
        rows += [Row(), *setter.indented(body.metric, (muted("metric "),), Tone.SUCCESS)]
    shown = ", ".join(map(slug_words, body.competencies))
    return [*rows, Row(), *(row(foreign(line, Tone.MUTED)) for line in wrap(f"shows {shown}", setter.width))]


def _written(draft: str, setter: Typesetter) -> list[Row]:
    """Return what the learner wrote, line by line as it was written."""
    lines = clean(draft).expandtabs(4).rstrip().split("\n")
    return [row("  ", foreign(part, Tone.QUOTE)) for line in lines for part in _hanging(line, setter.width - 2)]


def _hanging(line: str, width: int) -> Iterable[str]:
    indent = " " * min(len(line) - len(line.lstrip(" ")), max(0, width // 2))
    return [indent + part for part in wrap(line.strip(), max(1, width - len(indent)))]


def _probes(probes: Sequence[Probe], setter: Typesetter) -> list[Row]:
    rows = []
    for probe in probes:
        rows += setter.items([probe.ask])
        if probe.good is not None:
            rows += setter.indented(probe.good, (Piece("    "),), Tone.MUTED)
    return rows


def _rubric(rubric: str) -> list[Row]:
    return [Row(), row(foreign(f"rubric {slug_words(rubric)}", Tone.MUTED))]


def _clock(asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the clock of a spoken answer with the share of each part, after a blank line."""
    target = asking.telling_seconds
    if target is None or (asking.is_revealed and asking.told_seconds is None):
        return []
    told = asking.told_seconds
    if asking.is_revealed:
        return [Row(), row(muted(f"spoken {show_seconds(told or 0)} of {show_seconds(target)}"))]
    rows = [Row()]
    if told is not None:
        filled, empty = bar(told / target, min(_LONGEST_BAR, max(4, setter.width - 24)), setter.glyphs)
        over = f"   {show_seconds(told - target)} over" if told > target else ""
        rows.append(
            row(
                strong(show_seconds(told), Tone.ACCENT if not over else Tone.ERROR),
                muted(f" of {show_seconds(target)}  "),
                Piece(filled, Tone.SUCCESS if not over else Tone.ERROR),
                Piece(empty, Tone.RULE),
                muted(over),
            )
        )
    return [*rows, *_parts(told, target, _shares(asking), setter)]


def _shares(asking: Asking) -> Sequence[tuple[str, float]]:
    """Return the parts with their shares of the time in percent, as the clock in use has them."""
    timing = asking.view.timing
    return PARTS if timing is None else [(part.id.capitalize(), float(100 * part.share)) for part in timing.parts]


def _parts(told: float | None, target: int, clock: Sequence[tuple[str, float]], setter: Typesetter) -> list[Row]:
    """Return the parts with their seconds: in words before the clock runs, then by letters with the present one."""
    shares = [(name, round(target * share / 100)) for name, share in clock]
    if told is None:
        return _flow([[muted(f"{name} {seconds} s")] for name, seconds in shares], 3, setter.width)
    now, end = clock[-1][0], 0.0
    parts = []
    unit = " s" if setter.width >= _ROOMY else ""
    for (name, share), (_, seconds) in zip(clock, shares, strict=True):
        begin, end = end, end + target * share / 100
        label = f"{letter_of(name)} {seconds}{unit} "
        if told >= end:
            parts.append([muted(label + setter.glyphs.tick)])
        elif told >= begin:
            now = name
            parts.append([Piece(label + setter.glyphs.marker, Tone.ACCENT, strong=True)])
        else:
            parts.append([muted(f"{label} ")])
    named = [muted("now: "), strong(now.ljust(11), Tone.ACCENT)]
    if setter.width < _ROOMY:
        return [row(*named), *_flow(parts, 1, setter.width)]
    return _flow([named, *parts], 2, setter.width)


def _flow(parts: Iterable[Sequence[Piece]], gap: int, width: int) -> list[Row]:
    """Return stretches one after the other, on as many lines as they need."""
    rows: list[Row] = []
    held: list[Piece] = []
    for part in parts:
        before = [Piece(" " * gap)] if held else []
        if held and row(*held, *before, *part).width > width:
            rows, held, before = [*rows, row(*held)], [], []
        held += [*before, *part]
    return [*rows, row(*held)]


def letter_of(part: str) -> str:
    """Return the letter of a part: S, T, A, R, and L for what was learnt."""
    return "L" if part == "Reflection" else part[0]
