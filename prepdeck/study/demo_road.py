"""What the made-up learner of the demo does on the road: phases, things made, applications, a real interview."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from prepdeck.study import road_deeds, trackers
from prepdeck.study.desk import Desk
from prepdeck.study.tables import TableKind

LEVELS: Final = {
    "programming": 3,
    "maths-statistics": 2,
    "ml-algorithms": 2,
    "system-design-engineering": 2,
    "ml-operations": 1,
    "computer-science": 2,
    "data-modelling-evaluation": 2,
    "communication": 3,
    "continuous-learning": 3,
    "problem-solving": 2,
}
"""How the learner saw the skills on the first day."""
_CODE: Final = "https://github.com/example"


def _done(item: str, link: str = "") -> Callable[[Desk], object]:
    return lambda desk: road_deeds.mark_done(desk, item, link)


def _start(phase: str) -> Callable[[Desk], object]:
    return lambda desk: road_deeds.start_phase(desk, phase)


def _add(kind: TableKind, **values: str) -> Callable[[Desk], object]:
    return lambda desk: trackers.add_row(desk, kind, values)


def _edit(kind: TableKind, row: str, **values: str) -> Callable[[Desk], object]:
    return lambda desk: trackers.edit_row(desk, kind, row, values)


DEEDS: Final[Mapping[int, tuple[Callable[[Desk], object], ...]]] = {
    0: (lambda desk: road_deeds.assess(desk, LEVELS), _start("foundations")),
    9: (_done("utilities-notebook", f"{_CODE}/python-notebooks"),),
    16: (_start("experience-soft-skills"), _done("degree")),
    19: (_done("cleaning-scripts", f"{_CODE}/cleaning"),),
    27: (_done("sql-queries", f"{_CODE}/city-bikes-sql"),),
    33: (
        _done("cleaning-notebook-public", f"{_CODE}/city-bikes"),
        _add(
            TableKind.PORTFOLIO, title="City bikes: cleaning and questions", sort="traditional ML", status="published"
        ),
    ),
    36: (_done("foundations-gate"), _start("core-ml")),
    44: (
        _add(TableKind.CONTACTS, name="Mira Holm", company="Harbour Maps", next="thank her for the call", on="+2"),
        _add(TableKind.APPLICATIONS, company="Northwind Search", role="ML engineer", status="applied"),
    ),
    50: (
        _add(
            TableKind.APPLICATIONS, company="Harbour Maps", role="data scientist", status="applied", on="+8", next="ask"
        ),
        _edit(TableKind.CONTACTS, "Mira Holm", next="ask about the team", on="+14"),
        _done("readme-problem"),
        _done("readme-run"),
    ),
    54: (
        _done("classic-project", f"{_CODE}/churn"),
        _add(TableKind.PORTFOLIO, title="Churn with a baseline", sort="traditional ML", status="building"),
        _edit(TableKind.APPLICATIONS, "Northwind Search", status="interviews", next="prepare questions", on="+16"),
    ),
    58: (
        _add(
            TableKind.INTERVIEWS,
            company="Northwind Search",
            round="phone screen",
            questions="Why is accuracy a poor metric at 1 % positives? | How would you split data with a time order?",
            result="invited to the onsite",
        ),
        _edit(TableKind.APPLICATIONS, "Harbour Maps", next="ask whether they decided", on="+3"),
        _add(TableKind.APPLICATIONS, company="Lumen Health", role="ML engineer", status="interested"),
        _done("resume-page"),
        _done("case-studies", f"{_CODE}/city-bikes/case-study"),
    ),
}
"""What is done on which study day, counted from the first."""


def walk_demo_road(desk: Desk, number: int) -> None:
    """Do what the learner does on one study day.

    Args:
        desk: The desk of the demo, with its clock on that day.
        number: The study day, counted from the first.
    """
    for deed in DEEDS.get(number, ()):
        deed(desk)
