"""How long the plan for an interview takes: all days at once, and again after each answer."""

from __future__ import annotations

import itertools
import random
from datetime import timedelta

from benchmarks.homes import mixed_deck, throw_away_home
from benchmarks.timing import Finding, Sample, clocked, take_turns
from prepdeck.study.aims import draft_plan
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.interviews import add_interview
from prepdeck.study.options import Options
from prepdeck.study.planning import outlook_of
from prepdeck.study.reviewing import answer_current, begin_round, record_answer

CARDS = 1000
"""Cards in scope."""
DAYS = 60
"""Days until the interview."""
SEEN = 700
"""Cards answered before, for planning after an answer."""
PLAN_SECONDS = 1.0
"""What all days may take (SPEED.md, T21)."""
REPLAN_SECONDS = 0.020
"""What planning again after an answer may take."""


def measure_planning() -> list[Finding]:
    """T21: planning 1,000 cards over 60 days takes at most 1 s, planning again after an answer at most 20 ms."""
    with throw_away_home({"large": mixed_deck("large", CARDS)}) as home, open_desk(Options(home=home.path)) as desk:
        add_interview(desk, desk.today() + timedelta(days=DAYS))
        with desk.store.reading() as log:
            draft = draft_plan(desk, log)
        (whole,) = take_turns(clocked(lambda: outlook_of(draft)), turns=7)
        again = _replanning(desk)
    return [
        Finding("T21", f"planning {CARDS:,} cards over {DAYS} days", whole, Sample((PLAN_SECONDS,)), "one second", 1),
        Finding("T21", "planning again after an answer", again, Sample((REPLAN_SECONDS,)), "20 ms", 1),
    ]


def _replanning(desk: Desk) -> Sample:
    """Return what an answer costs beyond storing it, with most cards seen."""
    dice = random.Random(1)
    for outline in itertools.islice(desk.library.outlines(), SEEN):
        before = desk.clock.now() - timedelta(days=dice.randint(1, 20))
        record_answer(desk, outline.card, dice.choice((1, 3, 4, 5)), at=before, seconds=20.0)
    sitting, review = answer_current(desk, begin_round(desk), 4, 20.0)
    plan = sitting.plan
    if plan is None:
        raise RuntimeError("the round goes by no plan")
    (again,) = take_turns(clocked(lambda: plan.answered(review, 20.0).refit(sitting.round)), turns=41)
    return again
