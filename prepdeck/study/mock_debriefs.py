"""Debriefs: computed from what happened in a mock, and written down as Markdown and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prepdeck.errors import NotFound, UsageError
from prepdeck.host.folders import write_private_file
from prepdeck.interview.debrief import Debrief, make_debrief, past_of
from prepdeck.interview.history import PastMock, suggest_next
from prepdeck.interview.mock import End
from prepdeck.study.mock_begin import formats_of, load_mock
from prepdeck.study.mock_documents import documents_in_use
from prepdeck.study.mock_sitting import waits_for_prediction

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk
    from prepdeck.study.mock_sitting import Sat


@dataclass(frozen=True, slots=True)
class WrittenDebrief:
    """Where a debrief was written."""

    markdown: Path | None
    """As Markdown; None when it could not be written."""
    json: Path | None
    """As data."""
    fault: str = ""
    """Why it could not."""


def debrief(desk: Desk, words: str | None = None) -> Debrief:
    """Return what a mock says: the one named, else the newest whose marks were saved, else the newest that is over.

    Raises:
        NotFound: When there is none, or it is not over.
        UsageError: When its verdict was not predicted yet: a report shows the right answers.
    """
    if words is None:
        with desk.store.reading() as log:
            heads = [head for head in log.mocks.heads() if head.is_over]
        saved = [head for head in heads if head.is_saved] or heads
        if not saved:
            raise NotFound("no mock was sat to its end yet", "prepdeck mock list says which there are")
        words = saved[-1].id
    sat = load_mock(desk, words)
    if not sat.mock.is_over:
        raise NotFound(f"the mock {sat.id} is not over", "prepdeck mock resume goes on with it")
    if waits_for_prediction(sat):
        raise UsageError(
            f"the mock {sat.id} waits to be marked, and its report would show the answers first",
            "prepdeck mock resume asks what you expect, and then for the marks",
        )
    return debrief_of(desk, sat)


def debrief_of(desk: Desk, sat: Sat) -> Debrief:
    """Return what a mock that is over says."""
    past = past_mocks(desk)
    return make_debrief(
        sat.mock,
        name=sat.id,
        began=sat.began,
        day=sat.day,
        rubric=sat.rubric,
        scale=sat.scale,
        star=sat.star,
        cards=sat.cards,
        past=past,
        suggestion=_next(desk, past),
    )


def past_mocks(desk: Desk) -> tuple[PastMock, ...]:
    """Return every mock that was saved or given up, oldest first."""
    documents = documents_in_use(desk)
    with desk.store.reading() as log:
        kept = [log.mocks.get(head.id) for head in log.mocks.heads() if head.is_over]
    found = []
    for each in kept:
        if each is None:
            continue
        mock = each.replayed()
        if mock.is_saved or mock.end is End.ABANDONED:
            found.append(
                past_of(
                    mock,
                    name=each.id,
                    day=each.study_day,
                    rubric=each.rubric,
                    scale=documents.verdicts,
                    loop=each.loop,
                )
            )
    return tuple(found)


def _next(desk: Desk, past: tuple[PastMock, ...]) -> tuple[str, str] | None:
    formats = [row.blueprint for row in formats_of(desk) if row.can_be_sat and row.blueprint.rubric is not None]
    return suggest_next([(each.id, each.title) for each in formats], past, desk.today())


def write_debrief(desk: Desk, found: Debrief) -> WrittenDebrief:
    """Write a debrief into the folder of mocks, over what was written of the same mock before."""
    from prepdeck.study.mock_json import as_json
    from prepdeck.study.mock_markdown import markdown

    path = _place(desk, found)
    data = path.with_suffix(".json")
    try:
        write_private_file(path, markdown(found))
        write_private_file(data, json.dumps(as_json(found), ensure_ascii=True, indent=2) + "\n")
    except OSError as error:
        return WrittenDebrief(None, None, f"{path} cannot be written: {error.strerror or error}")
    return WrittenDebrief(path, data)


def _place(desk: Desk, found: Debrief) -> Path:
    """Return the file of a mock: day and format, and its number where another mock of that day has the name."""
    folder = desk.folders.mocks
    stem = f"{found.began.date().isoformat()}-{found.mock.blueprint.id}"
    number = 1
    while True:
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}.md"
        if not path.exists() or _mock_in(path.with_suffix(".json")) == found.id:
            return path
        number += 1


def _mock_in(path: Path) -> str | None:
    """Return which mock a file of data is about; None when it cannot be told."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return str(told["mock"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
