"""The cards that slipped in a round, once more; their dates stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.host.clock import to_milliseconds
from prepdeck.scheduling.round import round_of
from prepdeck.store.ids import next_id
from prepdeck.study.request import RoundRequest
from prepdeck.study.reviewing import Sitting

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


def begin_redo(desk: Desk, done: Sitting) -> Sitting:
    """Return a round of the cards that slipped in one that is over; it leaves the schedule alone.

    Cards that were suspended or buried meanwhile, or left their deck, are not asked.
    """
    with desk.store.reading() as log:
        held_back = log.held_back_on(desk.today())
    queue = tuple(card for card in done.slipped if card not in held_back and desk.library.get(card) is not None)
    asked = round_of(queue, budget_seconds=desk.settings.minutes_on(desk.today()) * 60.0)
    return Sitting(asked, RoundRequest(cram=True), next_id(to_milliseconds(desk.clock.now()), None))
