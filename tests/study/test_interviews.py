"""Interview dates at the desk: what is kept, what is refused, and what is said."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from prepdeck.errors import Ambiguous, NotFound, UsageError
from prepdeck.scheduling.dates import InterviewDate, Outcome, Reach
from prepdeck.store.mapping import ActionKind
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.interviews import (
    MOST_DAYS_AHEAD,
    ScopeChange,
    add_interview,
    archived,
    change_scope,
    find_interview,
    finish_interview,
    interview_notes,
    interviews,
    move_interview,
    remove_interview,
)
from prepdeck.study.records import read_actions
from prepdeck.study.undoing import undo
from tests.builders import TODAY, environment_of

HEAPS = (
    "deck: heaps\ntitle: Heaps\ntrack: algorithms\ncards:\n- {id: top, front: What is on top?, back: The smallest.}\n"
)
VISION = "deck: vision\ntrack: algorithms\noptional: true\ncards:\n- {id: cnn, front: What?, back: That.}\n"
EMPTY = "deck: empty\ntrack: star\ncards: []\n"
DAY = date(2026, 12, 10)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    for name, value in environment_of(home).items():
        monkeypatch.setenv(name, value)
    for name, text in {"heaps": HEAPS, "vision": VISION, "empty": EMPTY}.items():
        (home / "decks" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return home


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> ClockSetter:
    return ClockSetter(monkeypatch)


class ClockSetter:
    """Lets a desk that is opened later live on another day."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def to(self, day: date) -> None:
        self._patch.setenv("PREPDECK_NOW", f"{day}T09:00:00+00:00")


def entries(desk: Desk) -> list[dict[str, object]]:
    return [json.loads(each.details) for each in read_actions(desk) if each.kind is ActionKind.INTERVIEW]


def test_an_interview_is_kept_and_read_back(home: Path) -> None:
    with open_desk() as desk:
        made = add_interview(desk, DAY, "Acme", tracks=["algorithms"], decks=["small"], without=["empty"])
        expected = InterviewDate(DAY, TODAY, "Acme", ("algorithms",), ("small",), ("empty",), key="2026-12-10#1 Acme")
        assert (made.number, made.interview) == (1, expected)
        assert (made.decks, made.cards) == (("heaps", "small"), 6)
    with open_desk() as desk:
        assert interviews(desk) == (made,)


def test_without_a_scope_it_is_about_the_daily_queue(home: Path) -> None:
    with open_desk() as desk:
        made = add_interview(desk, DAY)
        assert made.interview.reach == Reach()
        assert "vision" not in made.decks
        assert made.cards == 6


def test_an_optional_deck_belongs_when_it_is_named(home: Path) -> None:
    with open_desk() as desk:
        assert add_interview(desk, DAY, tracks=["algorithms"]).decks == ("heaps",)
        assert change_scope(desk, "1", ScopeChange(decks=("vision",))).decks == ("heaps", "vision")


def test_dates_are_listed_by_day_and_company_and_found_by_number(home: Path) -> None:
    with open_desk() as desk:
        for day, company in ((DAY, "beta"), (DAY, "Acme"), (DAY - timedelta(days=3), "")):
            add_interview(desk, day, company)
        assert [each.interview.company for each in interviews(desk)] == ["", "Acme", "beta"]
        assert find_interview(desk, "2026-12-07").number == 1
        assert find_interview(desk, "3").interview.company == "beta"


def test_a_day_with_two_interviews_lists_both_with_their_numbers(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY, "Acme")
        add_interview(desk, DAY)
        with pytest.raises(Ambiguous) as caught:
            remove_interview(desk, "2026-12-10")
        assert caught.value.help == "say which by its number: 1 (no company) or 2 (Acme)"


@pytest.mark.parametrize("which", ["2", "0", "2026-12-11"])
def test_an_interview_that_is_not_there_is_not_found(home: Path, which: str) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY)
        with pytest.raises(NotFound, match="no interview"):
            remove_interview(desk, which)


@pytest.mark.parametrize("which", ["", "next", "-1", "2026-13-01", "20261210", "٣"])
def test_words_that_are_neither_day_nor_number_are_refused(home: Path, which: str) -> None:
    with open_desk() as desk, pytest.raises(UsageError, match="names no interview"):
        find_interview(desk, which)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "2026-11-22 is today; a plan needs at least one study day before the interview"),
        (-1, "2026-11-21 is past, 1 day ago"),
        (MOST_DAYS_AHEAD + 1, "more than three years ahead"),
    ],
)
def test_a_day_that_makes_no_plan_is_refused(home: Path, days: int, words: str) -> None:
    with open_desk() as desk:
        day = TODAY + timedelta(days=days)
        with pytest.raises(UsageError, match=words):
            add_interview(desk, day)
        add_interview(desk, DAY)
        with pytest.raises(UsageError, match=words):
            move_interview(desk, "1", day)
        assert len(entries(desk)) == 1


@pytest.mark.parametrize("days", [1, MOST_DAYS_AHEAD])
def test_tomorrow_and_three_years_ahead_are_taken(home: Path, days: int) -> None:
    with open_desk() as desk:
        assert add_interview(desk, TODAY + timedelta(days=days)).interview.days_left(TODAY) == days


def test_the_day_is_measured_from_the_study_day(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPDECK_NOW", "2026-11-22T02:00:00+00:00")
    with open_desk() as desk:
        made = add_interview(desk, date(2026, 11, 22))
        assert (made.interview.added, made.interview.days_left(desk.today())) == (date(2026, 11, 21), 1)


@pytest.mark.parametrize(
    ("scope", "error", "words"),
    [
        ({"tracks": ["algoritms"]}, NotFound, "no track algoritms"),
        ({"decks": ["smal"]}, NotFound, "no deck smal"),
        ({"without": ["smal"]}, NotFound, "no deck smal"),
        ({"decks": ["small"], "without": ["small"]}, UsageError, "both in and out"),
        ({"tracks": ["system-design"]}, UsageError, "no deck is in scope"),
        ({"tracks": ["algorithms"], "without": ["heaps"]}, UsageError, "no deck is in scope"),
        ({"tracks": ["star"]}, UsageError, "hold no card"),
    ],
)
def test_a_scope_that_makes_no_plan_is_refused(
    home: Path, scope: dict[str, list[str]], error: type[Exception], words: str
) -> None:
    with open_desk() as desk:
        with pytest.raises(error, match=words):
            add_interview(desk, DAY, **scope)  # type: ignore[arg-type]
        add_interview(desk, DAY)
        with pytest.raises(error, match=words):
            change_scope(desk, "1", ScopeChange(**{name: tuple(value) for name, value in scope.items()}))
        assert len(entries(desk)) == 1


def test_a_near_miss_is_named(home: Path) -> None:
    with open_desk() as desk:
        with pytest.raises(NotFound) as caught:
            add_interview(desk, DAY, tracks=["algoritms"])
        assert caught.value.help == "did you mean algorithms?"


def test_the_same_day_and_company_twice_is_refused(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY, "Acme")
        add_interview(desk, DAY + timedelta(days=1), "ACME")
        with pytest.raises(UsageError, match="is there already"):
            add_interview(desk, DAY, "acme ")
        with pytest.raises(UsageError, match="is there already"):
            move_interview(desk, "2", DAY)


def test_the_company_is_cleaned_and_has_a_limit(home: Path) -> None:
    with open_desk() as desk:
        assert add_interview(desk, DAY, " Ac\x1bme\n\u202eInc ").interview.company == "Ac\\x1bme \\u202eInc"
        assert add_interview(desk, DAY, "x" * 80).interview.company == "x" * 80
        with pytest.raises(UsageError, match="81 characters"):
            add_interview(desk, DAY, "x" * 81)


@pytest.mark.parametrize(
    ("change", "reach"),
    [
        (ScopeChange(tracks=("star", "algorithms", "star")), Reach(("star", "algorithms"), ("small",), ("vision",))),
        (ScopeChange(decks=("heaps",)), Reach(("algorithms",), ("heaps",), ("vision",))),
        (ScopeChange(without=("empty",)), Reach(("algorithms",), ("small",), ("empty",))),
        (ScopeChange(decks=("vision",)), Reach(("algorithms",), ("vision",), ())),
        (ScopeChange(without=("small",)), Reach(("algorithms",), (), ("small",))),
        (ScopeChange(everything=True), Reach()),
        (ScopeChange(without=("heaps",), everything=True), Reach(without=("heaps",))),
    ],
)
def test_a_scope_changes_in_what_is_named_and_stays_in_the_rest(home: Path, change: ScopeChange, reach: Reach) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY, tracks=["algorithms"], decks=["small"], without=["vision"])
        assert change_scope(desk, "1", change).interview.reach == reach
    with open_desk() as desk:
        assert find_interview(desk, "1").interview.reach == reach


def test_a_deck_that_has_gone_leaves_its_interview_with_what_is_left(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY, decks=["heaps", "small"])
    (home / "decks" / "heaps.yaml").unlink()
    with open_desk() as desk:
        assert find_interview(desk, "1").decks == ("small",)
        assert change_scope(desk, "1", ScopeChange(without=("vision",))).interview.decks == ("heaps", "small")
    (home / "decks" / "small.yaml").unlink()
    with open_desk() as desk:
        (note,) = interview_notes(desk)
        assert note.startswith("the interview of Thu 10 Dec has no card in scope: prepdeck interview scope 2026-12-10")


def test_a_moved_interview_keeps_its_start_and_scope(home: Path, clock: ClockSetter) -> None:
    with open_desk() as desk:
        first = add_interview(desk, DAY, tracks=["algorithms"]).interview
    clock.to(TODAY + timedelta(days=3))
    with open_desk() as desk:
        moved = move_interview(desk, "1", DAY + timedelta(days=7)).interview
        assert (moved.date, moved.added, moved.reach) == (DAY + timedelta(days=7), TODAY, first.reach)
        again = add_interview(desk, DAY).interview
        assert {moved.key, again.key} == {"2026-12-10#1", "2026-12-10#2"}


def test_an_interview_ahead_cannot_be_over(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY)
        with pytest.raises(UsageError, match="still 18 days ahead"):
            finish_interview(desk, "1", Outcome.RELEASED)


def test_an_archived_interview_puts_its_decks_away_until_it_is_decided_anew(home: Path, clock: ClockSetter) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY, tracks=["algorithms"])
        assert archived(desk) == frozenset()
    clock.to(DAY)
    with open_desk() as desk:
        assert archived(desk) == frozenset()
        done = finish_interview(desk, "1", Outcome.ARCHIVED)
        assert done.interview.outcome is Outcome.ARCHIVED
        assert archived(desk) == {"heaps", "vision"}
        finish_interview(desk, "1", Outcome.RELEASED)
        assert archived(desk) == frozenset()
        undo(desk)
        add_interview(desk, DAY + timedelta(days=9), decks=["heaps"])
        assert archived(desk) == {"vision"}


def test_a_decided_interview_is_not_moved(home: Path, clock: ClockSetter) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY)
    clock.to(DAY)
    with open_desk() as desk:
        finish_interview(desk, "1", Outcome.RELEASED)
        with pytest.raises(UsageError, match="is over"):
            move_interview(desk, "1", DAY + timedelta(days=3))


def test_what_changes_nothing_writes_nothing(home: Path, clock: ClockSetter) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY, tracks=["algorithms"])
        change_scope(desk, "1", ScopeChange(tracks=("algorithms",)))
        move_interview(desk, "1", DAY)
    clock.to(DAY)
    with open_desk() as desk:
        finish_interview(desk, "1", Outcome.RELEASED)
        finish_interview(desk, "1", Outcome.RELEASED)
        assert [each["do"] for each in entries(desk)] == ["add", "done"]


def test_every_verb_is_one_step_that_undo_takes_back(home: Path, clock: ClockSetter) -> None:
    states = []
    with open_desk() as desk:
        states.append(interviews(desk))
        add_interview(desk, DAY, "Acme")
        states.append(interviews(desk))
        change_scope(desk, "1", ScopeChange(tracks=("algorithms",)))
        states.append(interviews(desk))
        move_interview(desk, "1", DAY + timedelta(days=1))
        states.append(interviews(desk))
    clock.to(DAY + timedelta(days=1))
    with open_desk() as desk:
        finish_interview(desk, "1", Outcome.ARCHIVED)
        states.append(interviews(desk))
        removed = remove_interview(desk, "1")
        assert removed == states[-1][0]
        assert interviews(desk) == ()
        while states:
            undo(desk)
            assert interviews(desk) == states.pop()


def test_after_a_removal_the_same_interview_may_be_added_again(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY, "Acme")
        remove_interview(desk, "1")
        again = add_interview(desk, DAY, "Acme").interview
        assert again.key == "2026-12-10#2 Acme"
        assert [each.interview for each in interviews(desk)] == [again]


def test_a_clock_that_is_set_back_confuses_no_list(home: Path, clock: ClockSetter) -> None:
    clock.to(TODAY + timedelta(days=2))
    with open_desk() as desk:
        add_interview(desk, DAY)
        move_interview(desk, "1", DAY + timedelta(days=5))
    clock.to(TODAY)
    with open_desk() as desk:
        move_interview(desk, "1", DAY + timedelta(days=9))
        assert [each.interview.date for each in interviews(desk)] == [DAY + timedelta(days=9)]
        assert add_interview(desk, DAY).interview.added == TODAY
        remove_interview(desk, "2")
        remove_interview(desk, "1")
        assert interviews(desk) == ()


def test_the_learner_is_asked_about_a_date_until_it_is_decided(home: Path, clock: ClockSetter) -> None:
    with open_desk() as desk:
        add_interview(desk, DAY)
        add_interview(desk, DAY, "Acme")
        assert interview_notes(desk) == ()
    clock.to(DAY)
    with open_desk() as desk:
        assert [note.split(" prepdeck ")[0] for note in interview_notes(desk)] == [
            "the interview of Thu 10 Dec is today; afterwards",
            "the interview of Thu 10 Dec (Acme) is today; afterwards",
        ]
        remove_interview(desk, "2")
    clock.to(date(2027, 1, 3))
    with open_desk() as desk:
        (note,) = interview_notes(desk)
        assert note == (
            "the interview of Thu 10 Dec 2026 is over: prepdeck interview done 2026-12-10 "
            "--release goes back to normal intervals, --archive puts its decks away"
        )
        finish_interview(desk, "1", Outcome.RELEASED)
        assert interview_notes(desk) == ()


def test_an_entry_of_another_hand_stops_nothing(home: Path) -> None:
    with open_desk() as desk:
        with desk.store.writing() as log:
            for details in ("", "{", '{"do":"add","id":"x"}', '{"do":"later","id":"x"}'):
                log.append_action(ActionKind.INTERVIEW, desk.clock.now(), TODAY, details=details)
        assert interviews(desk) == ()
        add_interview(desk, DAY)
        assert len(interviews(desk)) == 1
