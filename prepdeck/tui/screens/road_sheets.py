"""The sheets of the road: the rows of each, and what is known of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from prepdeck.cards.roadmap import Skill
from prepdeck.text.counts import counted
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.road_pages import PATH, PAY, PHASES, SKILLS, STEPS, TOOLS
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong
from prepdeck.tui.screens.road_served import path_view, pay_view, tools_view
from prepdeck.tui.screens.road_sheet import SheetView, tell_decks, told, why_empty
from prepdeck.tui.screens.road_words import PHASE, DetailText, phase_detail, phase_line
from prepdeck.tui.widgets.road_list import ListLine

if TYPE_CHECKING:
    from prepdeck.study.road import RoadPage, StepProgress

SHEETS: Final[Mapping[str, str]] = {
    PHASES: "Phases",
    STEPS: "Steps",
    SKILLS: "Skills",
    TOOLS: "Tools",
    PATH: "Path",
    PAY: "Pay",
}
"""Every sheet with what people call it, in order."""


def sheet_view(page: RoadPage, sheet: str) -> SheetView:
    """Return one sheet."""
    views: Mapping[str, Callable[[RoadPage], SheetView]] = {
        PHASES: _phases,
        STEPS: _steps,
        SKILLS: _skills,
        TOOLS: tools_view,
        PATH: path_view,
        PAY: pay_view,
    }
    return views[sheet](page)


def _phases(page: RoadPage) -> SheetView:
    by_name = {each.phase.id: each for each in page.phases}
    done = sum(each.state.value == "done" for each in page.phases)
    lines = tuple(map(phase_line, page.phases))
    footing = f"{done} of {len(lines)} done"
    return SheetView(
        lines, footing, "This road has no phases.", lambda name, text: phase_detail(page, by_name[name], text)
    )


def _ticked(*, is_done: bool, left: Row, name: str, right: str) -> ListLine:
    def set_row(width: int, glyphs: Glyphs) -> Row:
        sign = Piece(glyphs.tick, Tone.SUCCESS) if is_done else Piece(glyphs.dot, Tone.MUTED)
        return told(name, Row((sign, Piece(" "), *left.pieces)), right).set(width, glyphs)

    return ListLine(name, set_row)


def _steps(page: RoadPage) -> SheetView:
    by_name = {each.step.id: each for each in page.steps}
    lines = tuple(
        _ticked(
            is_done=each.is_done,
            left=row(foreign(each.step.title)),
            name=each.step.id,
            right=f"optional, {each.words}" if each.step.optional else each.words,
        )
        for each in page.steps
    )
    done = sum(each.is_done for each in page.steps)
    return SheetView(
        lines,
        f"{done} of {len(lines)} done",
        why_empty("steps beside its phases", "steps"),
        lambda name, text: _step_detail(page, by_name[name], text),
    )


def _step_detail(page: RoadPage, each: StepProgress, text: DetailText) -> None:
    text.title(each.step.title)
    if each.step.optional:
        text.say("Optional: the road goes on without it.", Tone.ACCENT)
    text.field("So far", each.words)
    text.heading("Step")
    own, *checks = each.items
    text.item(own, page.today)
    for check in checks:
        text.item(check, page.today)
    if each.step.items:
        text.heading("Think of")
        text.bullets(each.step.items)
    tell_decks(page, each.step.decks, text)


def _skills(page: RoadPage) -> SheetView:
    by_name = {each.id: each for each in page.roadmap.skills}

    def line(skill: Skill) -> ListLine:
        level = page.standing.levels.get(skill.id)
        shown = muted("-  ") if level is None else strong(f"{level}/4")
        return ListLine(skill.id, lambda width, glyphs: row(shown, "  ", foreign(skill.title)))  # noqa: ARG005 - fits any

    lines = tuple(map(line, by_name.values()))
    asked = sum(each in page.standing.levels for each in by_name)
    return SheetView(
        lines,
        f"{asked} of {len(lines)} assessed",
        why_empty("skills", "skills"),
        lambda name, text: _skill_detail(page, by_name[name], text),
    )


def _skill_detail(page: RoadPage, skill: Skill, text: DetailText) -> None:
    from prepdeck.study.road import skill_words

    text.title(skill.title)
    if skill.text:
        text.say(skill.text, Tone.MUTED)
    text.blank()
    text.field("Your view", skill_words(skill, page.standing))
    text.heading("Taught by")
    teaching = [each.phase for each in page.phases if each.phase.number in skill.phases]
    for phase in teaching:
        number = Piece(f"{phase.number} ", Tone.PRIMARY)
        text.say(phase.title, spot=f"{PHASE}{phase.id}", lead=(number,))
    if not teaching:
        text.say("no phase of its own")
    text.heading("Begin with")
    text.say(proposal_words(page))


def proposal_words(page: RoadPage) -> str:
    """Return the phase to begin with, and why."""
    proposal = page.proposal
    if proposal is None:
        questions = counted(len(page.roadmap.skills), "question")
        return f"Nobody asked yet: {questions} about the skills say which phase to begin with."
    because = "; ".join(skill.title for skill in proposal.because)
    why = f"it teaches what is not there yet ({because})" if because else "every skill that the phases teach is there"
    return f"Phase {proposal.phase.number}, {proposal.phase.title}: {why}."
