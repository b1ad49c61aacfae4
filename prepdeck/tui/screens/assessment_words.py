"""What the self-assessment says of skills and levels, and the phase that the answers so far propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from prepdeck.cards.roadmap import Roadmap, Skill
from prepdeck.road.assessment import ENOUGH, LEVELS, propose
from prepdeck.text.counts import counted
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Piece, Row, Tone, beside, foreign, muted, row, spread, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.entries import Entry, indented

NO_SKILLS: Final = (
    "This road names no skills, so there is nothing to assess: its file roadmap.yaml has none under skills. "
    "Esc goes back."
)
"""Said of a road without skills."""
NOT_YET: Final = "1 to 4 gives the marked skill a level. The phase to begin with stands here, and why."
"""Said before the first answer."""
NO_ROW: Final = "This road has no phases that follow one another, so none is proposed."
"""Said of a road that proposes nothing."""
_ROOMY: Final = 44
"""Cells from which a level is said in words beside its skill."""


class LevelWords(Drawing):
    """What each level means, on as many lines as it takes; a click on one gives it."""

    def __init__(self) -> None:
        super().__init__(id="levels")

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - as many rows as there are
        """Return the levels."""
        named = [
            row(
                Piece(str(level), Tone.ACCENT, strong=True, target=f"assess.give_{level}"),
                Piece(f" {meaning}", target=f"assess.give_{level}"),
            )
            for level, meaning in LEVELS.items()
        ]
        rows: list[Row] = []
        gap = Row((Piece("  "),))
        for each in named:
            wider = beside((rows[-1], gap, each)) if rows else each
            if rows and wider.width <= width:
                rows[-1] = wider
            else:
                rows.append(each)
        return rows


def skill_entries(roadmap: Roadmap, levels: Mapping[str, int]) -> list[Entry]:
    """Return every skill with its level."""
    return [
        Entry(each.id, partial(_skill_lines, each, levels.get(each.id)), partial(_skill_more, each))
        for each in roadmap.skills
    ]


def _skill_lines(skill: Skill, level: int | None, width: int, glyphs: Glyphs) -> list[Row]:
    if level is None:
        told = row(muted("not answered" if width >= _ROOMY else glyphs.dot))
    else:
        tone = Tone.SUCCESS if level >= ENOUGH else Tone.TEXT
        words = Piece(f" {LEVELS[level]}") if width >= _ROOMY else Piece("")
        told = row(strong(str(level), tone), words)
    return [spread(row(foreign(skill.title, bold=level is None)), told, width, glyphs.ellipsis)]


def _skill_more(skill: Skill, width: int, glyphs: Glyphs) -> list[Row]:
    del glyphs
    return indented(skill.text, width) if skill.text else []


def proposal_rows(roadmap: Roadmap, levels: Mapping[str, int], width: int) -> list[Row]:
    """Return the phase that the answers so far propose, why, and how many are missing.

    Skills that are not answered count as new, as they do when the answers are kept; they are no reason, though.
    """
    if not levels:
        return _told(NOT_YET, width, Tone.MUTED)
    proposal = propose(roadmap, levels)
    if proposal is None:
        return _told(NO_ROW, width, Tone.MUTED)
    left = sum(skill.id not in levels for skill in roadmap.skills)
    missing = f"{counted(left, 'skill')} not answered yet, taken as {LEVELS[1]}."
    because = [f"{skill.title} ({levels[skill.id]})" for skill in proposal.because if skill.id in levels]
    if because:
        why = f"It teaches {', '.join(because)}: below {ENOUGH}."
    elif proposal.because:
        why = "It teaches what is not answered yet."
    else:
        why = f"Every skill is at {ENOUGH} or above."
    phase = [
        row(strong(line, Tone.PRIMARY))
        for line in wrap(f"Phase {proposal.phase.number}, {proposal.phase.title}", width)
    ]
    return [*phase, *_told(why, width), *(_told(missing, width, Tone.ACCENT) if left else ())]


def _told(words: str, width: int, tone: Tone = Tone.TEXT) -> list[Row]:
    return [row(foreign(line, tone)) for line in wrap(words, max(1, width))]
