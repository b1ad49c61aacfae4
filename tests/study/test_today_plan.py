"""What today asks: due cards, new ones, one mock or drill, one thing of the road, and what finds no room."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.road.today import ACTION_MINUTES, ROAD_MINUTES
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.interviews import add_interview
from prepdeck.study.mock_begin import begin_mock
from prepdeck.study.mock_closing import close_mock
from prepdeck.study.recording import record_answer
from prepdeck.study.reviewing import answer_current, begin_round
from prepdeck.study.road import road_page
from prepdeck.study.road_deeds import assess, choose_deck, mark_done, reopen, start_phase, tick
from prepdeck.study.tables import TableKind
from prepdeck.study.today_plan import (
    ASSESS,
    ASSESS_MINUTES,
    CHOOSE,
    STOPPED,
    Line,
    LineKind,
    TodayPlan,
    left_out_words,
    today_plan,
)
from prepdeck.study.trackers import add_row, edit_row
from prepdeck.study.undoing import undo
from tests.builders import TODAY, environment_of
from tests.study.mocks import MAIN, HandClock, make_home, mark_all, opened, sit_through


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home", decks=MAIN).items():
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


def plan_of(desk: Desk, minutes: float | None = None) -> TodayPlan:
    return today_plan(desk, road_page(desk), minutes)


def line_of(desk: Desk, kind: LineKind) -> Line:
    return next(line for line in plan_of(desk).lines if line.kind is kind)


def everything_assessed(desk: Desk) -> None:
    """Say of every skill that it can be followed."""
    assess(desk, {skill.id: 2 for skill in road_page(desk).roadmap.skills})


def road(desk: Desk) -> tuple[str, int, bool, str]:
    line = line_of(desk, LineKind.ROAD)
    return line.title, line.minutes, line.is_done, line.target


def test_a_first_day_has_new_cards_a_mock_and_the_question_where_one_stands(home: Path) -> None:
    with open_desk() as desk:
        plan = plan_of(desk)
    assert [(line.kind, line.is_done) for line in plan.lines] == [
        (LineKind.REVIEW, True),
        (LineKind.NEW, False),
        (LineKind.MOCK, False),
        (LineKind.ROAD, False),
    ]
    assert plan.lines[0].title == "No card is due"
    assert plan.lines[-1].target == ASSESS
    assert (plan.minutes, plan.card_minutes) == (86, 20)
    assert plan.spent <= plan.minutes
    assert plan.lines[1].title == "Learn 1 of 10 new cards"  # ten code cards would take 160 minutes
    assert plan.left_out == ()
    assert plan.next_line is plan.lines[1]


def test_the_line_of_the_road_follows_what_was_done_on_it(home: Path) -> None:
    with open_desk() as desk:
        assert road(desk) == ("Say where you stand: ten skills", ASSESS_MINUTES, False, ASSESS)
        assess(desk, {"programming": 2})
        assert road(desk) == ("Say where you stand: 9 skills", ASSESS_MINUTES, False, ASSESS)
        everything_assessed(desk)
        first = ("Phase 1: notebooks with Python utilities", ROAD_MINUTES, False, "utilities-notebook")
        assert road(desk) == first
        tick(desk, "road", is_done=True)
        assert road(desk) == (*first[:2], True, first[3])
        undo(desk)
        mark_done(desk, "utilities-notebook")
        assert road(desk) == ("notebooks with Python utilities", 0, True, "utilities-notebook")
        reopen(desk, "utilities-notebook")
        assert road(desk) == first


@pytest.mark.parametrize(
    ("skills", "words"),
    [
        ("", "Phase 1: a repository"),
        ("skills: [{id: programming}]\n", "Say where you stand: 1 skill"),
        ("skills: [{id: programming}, {id: problem-solving}]\n", "Say where you stand: 2 skills"),
    ],
)
def test_a_road_of_few_skills_asks_for_those_and_one_without_asks_nothing(home: Path, skills: str, words: str) -> None:
    phase = "{id: learn, months: {from: 1}, deliverables: [{id: repo, text: a repository}]}"
    (home / "decks" / "road.yaml").write_text(f"roadmap: [{phase}]\n{skills}", "utf-8")
    with open_desk() as desk:
        assert road(desk)[0] == words


def test_whoever_began_a_phase_is_not_asked_where_to_begin(home: Path) -> None:
    with open_desk() as desk:
        start_phase(desk, "2")
        assert road(desk)[3] == "classic-project"


def test_a_phase_with_a_choice_asks_for_it_first(home: Path) -> None:
    with open_desk() as desk:
        start_phase(desk, "6")
        assert road(desk)[3] == f"{CHOOSE}:specialisation"
        choose_deck(desk, "nlp-llm")
        assert road(desk)[3] == "capstone"


def test_a_next_action_that_is_due_comes_before_things_to_make(home: Path) -> None:
    with open_desk() as desk:
        start_phase(desk, "1")
        later = add_row(desk, TableKind.CONTACTS, {"name": "Bo", "next": "call", "on": "+1"})
        assert road(desk)[3] == "utilities-notebook"
        row = add_row(desk, TableKind.CONTACTS, {"name": "Ada", "next": "thank her", "on": TODAY.isoformat()})
        assert road(desk) == ("Thank her: Ada", ACTION_MINUTES, False, f"contacts:{row.id}")
        edit_row(desk, TableKind.CONTACTS, later.id, {"on": TODAY.isoformat()})
        assert road(desk)[0] in {"Call: Bo, and 1 more due", "Thank her: Ada, and 1 more due"}
        edit_row(desk, TableKind.CONTACTS, row.id, {"status": "closed"})
        assert road(desk)[0] == "Call: Bo"


def test_cards_that_were_answered_are_told_as_done(home: Path) -> None:
    with open_desk() as desk:
        sitting = begin_round(desk)
        while sitting.current is not None:
            sitting, _ = answer_current(desk, sitting, 4, 5.0)
        new = line_of(desk, LineKind.NEW)
        assert (new.is_done, new.minutes, new.title) == (True, 0, "New cards: 10 learned")
        assert line_of(desk, LineKind.REVIEW).is_done


def test_due_cards_are_counted_as_the_round_asks_them(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        for number in range(3):
            record_answer(desk, CardId("main", f"role-{number}"), 4)
    monkeypatch.setenv("PREPDECK_NOW", f"{TODAY + timedelta(days=1)}T09:00:00+00:00")
    with open_desk() as desk:
        line = line_of(desk, LineKind.REVIEW)
        assert (line.title, line.is_done, line.fits) == ("Review 3 cards", False, True)
        assert line.minutes >= 1


@pytest.mark.parametrize("with_interview", [False, True])
def test_reviews_and_new_cards_together_are_the_round(home: Path, *, with_interview: bool) -> None:
    with open_desk() as desk:
        if with_interview:
            add_interview(desk, TODAY + timedelta(days=20))
        queue = begin_round(desk).round.queue
        assert line_of(desk, LineKind.NEW).title.endswith(f" {len(queue)} new cards")


def test_the_minutes_tried_count_instead_of_the_setting(home: Path) -> None:
    with open_desk() as desk:
        assert plan_of(desk, 0).card_minutes == 0
        assert plan_of(desk, 0).minutes == plan_of(desk).minutes == 86
        assert (plan_of(desk, 200).minutes, plan_of(desk, 200).card_minutes) == (200, 200)


def test_in_a_break_no_line_has_room_and_all_are_named(home: Path) -> None:
    (home / "config.toml").write_text(f'breaks = ["{TODAY}"]\n', "utf-8")
    with open_desk() as desk:
        plan = plan_of(desk)
    assert (plan.minutes, plan.spent) == (0, 0)
    assert plan.left_out == tuple(line for line in plan.lines if not line.is_done) != ()
    words = left_out_words(plan)
    assert words.startswith("Does not fit into 0 min: ")
    assert all(f"{line.title} ({line.minutes} min)" in words for line in plan.left_out)


def test_few_hours_leave_the_longer_lines_out_by_name(home: Path) -> None:
    (home / "config.toml").write_text("hours_a_week = 1\nminutes_a_day = 10\n", "utf-8")
    with open_desk() as desk:
        everything_assessed(desk)
        plan = plan_of(desk)
    assert plan.minutes == 10
    assert plan.spent <= 10
    assert "Phase 1: notebooks with Python utilities (25 min)" in left_out_words(plan)


def test_where_everything_fits_nothing_is_said(home: Path) -> None:
    with open_desk() as desk:
        assert left_out_words(plan_of(desk, 600)) == ""


def test_a_mock_of_today_is_told_as_done_and_drills_come_first_for_three_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_home(tmp_path, monkeypatch)
    clock = HandClock()
    with opened(clock) as desk:
        assert line_of(desk, LineKind.MOCK).title.startswith("Mock: ")
        sat = begin_mock(desk, "deep-dive-45")
        line = line_of(desk, LineKind.MOCK)
        assert (line.target, line.is_done) == (STOPPED, False)
        close_mock(desk, mark_all(desk, sit_through(desk, sat, clock)))
        line = line_of(desk, LineKind.MOCK)
        assert (line.title.startswith("Mock: "), line.is_done, line.target) == (True, True, "deep-dive-45")
        assert line_of(desk, LineKind.ROAD).fits
        words = []
        for _ in range(4):
            clock.skew += 86_400
            words.append(line_of(desk, LineKind.MOCK).title.split(":")[0])
        assert words == ["Drill", "Drill", "Mock", "Mock"]
