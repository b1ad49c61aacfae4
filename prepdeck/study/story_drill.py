"""A story drilled both ways: told from its title, or found for a competency."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Story
from prepdeck.errors import NotFound
from prepdeck.host.clock import to_milliseconds
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.round import round_of
from prepdeck.store.ids import next_id
from prepdeck.study.request import RoundRequest
from prepdeck.study.reviewing import CardView, Sitting, story_front, view_card

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


def begin_drill(desk: Desk, card: CardId, competency: str | None = None) -> tuple[Sitting, CardView]:
    """Return a round of one story, told from its title or found for a competency, and the story as it is asked.

    A story that is new or due counts as in any round; one that is not leaves its schedule alone.

    Raises:
        NotFound: When there is no such story.
    """
    found = desk.library.get(card)
    if found is None or not isinstance(found.body, Story):
        raise NotFound(f"there is no story {card} any more")
    with desk.store.reading() as log:
        memory = log.memory_of(card)
    is_early = isinstance(memory, Learned) and memory.due > desk.today()
    request = RoundRequest(cram=is_early)
    asked = round_of((card,), budget_seconds=desk.settings.minutes_on(desk.today()) * 60.0)
    sitting = Sitting(asked, request, next_id(to_milliseconds(desk.clock.now()), None))
    wording = found.body.competencies.index(competency) + 1 if competency in found.body.competencies else 0
    view = view_card(desk, card, cram=is_early)
    return sitting, replace(view, wording=wording, front=story_front(found.body, wording))
