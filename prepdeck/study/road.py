"""The road as the learner stands on it: phases, steps, tools, what is next; and what is done on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from prepdeck.cards.roadmap import Mode, PathRow, Roadmap, Skill, Step, Tracker
from prepdeck.road.assessment import LEVELS, Proposal, propose
from prepdeck.road.coverage import ToolCover, tool_covers
from prepdeck.road.items import Item, step_items
from prepdeck.road.lists import ListKind
from prepdeck.road.pacing import Months, finish_months
from prepdeck.road.progress import PhaseProgress, PhaseState, current_phase, phases_of
from prepdeck.road.standing import RoadStanding
from prepdeck.study.aims import draft_plan
from prepdeck.study.road_log import standing_at
from prepdeck.study.road_names import road_in_use
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.road.coverage import DeckShare
    from prepdeck.scheduling.dates import InterviewDate
    from prepdeck.study.aims import Draft
    from prepdeck.study.desk import Desk


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far one step beside the phases is."""

    step: Step
    """The step."""
    items: tuple[Item, ...]
    """The step itself and its checks, as things to tick."""
    words: str
    """How far its tracker is, in words for people."""
    is_done: bool
    """Whether it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadPage:
    """The road as the learner stands on it."""

    today: date
    """The study day."""
    roadmap: Roadmap
    """The road."""
    standing: RoadStanding
    """What the learner did on it."""
    phases: tuple[PhaseProgress, ...]
    """Every phase in order."""
    current: PhaseProgress | None
    """The phase of the row the learner is in; None when all are done."""
    steps: tuple[StepProgress, ...]
    """Every step in order."""
    tools: tuple[ToolCover, ...]
    """Every tool in order."""
    decks: Mapping[str, DeckShare]
    """What is known of every deck the road names."""
    proposal: Proposal | None
    """The phase to begin with by the learner's own view of the skills; None when nobody asked yet."""
    hours: int
    """Hours a week the learner has for the road."""
    day: date
    """The day that recall is of: the interview's, else today."""
    interview: InterviewDate | None
    """The next interview; None when none is ahead."""

    @property
    def left(self) -> Months:
        """Months until the whole row of phases is over, from today; open at the end when one of them is."""
        phases = [each.phase for each in self.phases]
        over = finish_months(phases, {each.phase.id: each.left for each in self.phases})
        row = [over[phase.id] for phase in phases if phase.mode is Mode.SEQUENCE]
        highs = [each.high for each in row if each.high is not None]
        return Months(max((each.low for each in row), default=0.0), max(highs) if len(highs) == len(row) > 0 else None)

    @property
    def items_done(self) -> int:
        """How many things of all phases are done."""
        return sum(each.things_done for each in self.phases)


def road_page(desk: Desk) -> RoadPage:
    """Return the road as the learner stands on it."""
    with desk.store.reading() as log:
        draft = draft_plan(desk, log)
        standing = standing_at(log)
        memories = log.all_memories()
        held_back = log.held_back_on(draft.today)
    from prepdeck.study.deck_shares import deck_shares

    roadmap = road_in_use(desk)
    decks = deck_shares(desk, draft, roadmap, memories, held_back)
    phases = phases_of(roadmap, standing, decks, draft.today, desk.settings.hours_a_week)
    proposal = propose(roadmap, standing.levels) if standing.assessed_on is not None else None
    return RoadPage(
        today=draft.today,
        roadmap=roadmap,
        standing=standing,
        phases=phases,
        current=_current(phases, proposal),
        steps=tuple(_step_progress(step, roadmap, standing, decks) for step in roadmap.steps),
        tools=tool_covers(roadmap, decks),
        decks=decks,
        proposal=proposal,
        hours=desk.settings.hours_a_week,
        day=forecast_day(draft),
        interview=draft.dates[0] if draft.dates else None,
    )


def _current(phases: Sequence[PhaseProgress], proposal: Proposal | None) -> PhaseProgress | None:
    """Return the phase the learner is in; before one was begun it is the one that the self-assessment proposes."""
    is_fresh = all(each.state is PhaseState.AHEAD and not each.is_begun for each in phases)
    proposed = next((each for each in phases if proposal is not None and each.phase == proposal.phase), None)
    return proposed if is_fresh and proposed is not None else current_phase(phases)


def forecast_day(draft: Draft) -> date:
    """Return the day that recall is forecast for: the next interview's, else today."""
    return draft.aims[0].day if draft.aims else draft.today


def _step_progress(
    step: Step, roadmap: Roadmap, standing: RoadStanding, decks: Mapping[str, DeckShare]
) -> StepProgress:
    items = step_items(step, standing)
    shares = [decks[slug] for slug in step.decks if slug in decks]
    seen, cards = sum(each.seen for each in shares), sum(each.cards for each in shares)
    ticked = items[0].is_done
    match step.tracker:
        case Tracker.CHECKLIST:
            words = "ticked" if ticked else "open"
        case Tracker.SELF_ASSESSMENT:
            words = "not yet" if standing.assessed_on is None else f"last on {standing.assessed_on}"
            ticked = ticked or standing.assessed_on is not None
        case Tracker.DECKS:
            words = f"{seen} of {counted(cards, 'card')} seen" if cards else "its decks are not here"
        case Tracker.TOOLS:
            covered = sum(bool(each.seen) for each in tool_covers(roadmap, decks))
            words = f"{covered} of {counted(len(roadmap.tools), 'tool')} met"
        case Tracker.APPLICATIONS:
            words = _applications_words(standing)
        case Tracker.PORTFOLIO:
            pieces = standing.entries_of(ListKind.PORTFOLIO)
            shown = sum(not each.is_open for each in pieces)
            words = f"{counted(len(pieces), 'piece')}, {shown} published"
    return StepProgress(step, items, words, ticked)


def _applications_words(standing: RoadStanding) -> str:
    applications = standing.entries_of(ListKind.APPLICATIONS)
    contacts = standing.entries_of(ListKind.CONTACTS)
    return f"{counted(len(applications), 'application')}, {counted(len(contacts), 'contact')}"


def served_by(page: RoadPage, row: PathRow) -> str:
    """Return what serves a row of the path, in words for people."""
    features = {each.id: each.title for each in page.roadmap.features}
    named = [page.decks[slug].title if slug in page.decks else slug for slug in row.decks]
    return "; ".join([*(features.get(each, each) for each in row.features), *named])


def skill_words(skill: Skill, standing: RoadStanding) -> str:
    """Return the learner's own view of a skill in words."""
    level = standing.levels.get(skill.id)
    return "not asked yet" if level is None else f"{level} of {max(LEVELS)}, {LEVELS[level]}"
