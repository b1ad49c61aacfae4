from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.review import ReviewKind
from prepdeck.store.mapping import ActionKind
from prepdeck.study import handling
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.options import Options
from prepdeck.study.overview import home_report
from prepdeck.study.reviewing import begin_round, record_answer, undo, view_card
from prepdeck.study.safekeeping import rebuild
from prepdeck.study.today import what_waits
from tests.builders import TODAY, environment_of

ONE, TWO = CardId("small", "one"), CardId("small", "two")
NEXT_YEAR = date(2027, 11, 22)


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock of a home with one small deck."""
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return lambda moment: monkeypatch.setenv("PREPDECK_NOW", moment)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Move the machine to another zone."""

    def move(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def memory_of(desk: Desk, card: CardId) -> Learned:
    with desk.store.reading() as log:
        memory = log.memory_of(card)
    assert isinstance(memory, Learned)
    return memory


@pytest.fixture
def jumped(clock: Callable[[str], None]) -> None:
    """Leave a card that was answered while the clock stood a year ahead; now it is right again."""
    clock("2027-11-22T09:00:00+00:00")
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
    clock("2026-11-22T09:00:00+00:00")


def test_reviews_of_a_clock_that_was_a_year_ahead_are_told_whichever_way_one_looks(jumped: None) -> None:
    with open_desk() as desk:
        told = [note for note in desk.notes if "2027-11-22" in note]
    assert len(told) == 1
    assert "stands on 2026-11-22" in told[0]
    assert told[0] in what_waits(Options())[1]


@pytest.mark.parametrize("name", ["reset", "set-due", "postpone", "spread"])
def test_a_schedule_changed_by_a_clock_that_was_years_ahead_is_told_until_it_is_taken_back(
    clock: Callable[[str], None], name: str
) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
    clock("2030-05-05T09:00:00+00:00")
    with open_desk() as desk:
        match name:
            case "reset":
                handling.reset(desk, ["one"])
            case "set-due":
                handling.set_due(desk, ["one"], desk.today() + timedelta(days=3))
            case "postpone":
                handling.postpone(desk, ["one"])
            case _:
                with desk.store.writing() as log:
                    log.append_actions(ActionKind.SPREAD, desk.clock.now(), desk.today(), [(ONE, "2030-05-09")])
    clock("2026-11-24T09:00:00+00:00")
    with open_desk() as desk:
        (told,) = desk.notes
        assert "the log holds changes of the schedule up to 2030-05-05" in told
        assert what_waits(Options())[1] == (told,)
        undo(desk)
        assert desk.notes == []  # what it warned of is no longer so
    assert what_waits(Options())[1] == ()


@pytest.mark.parametrize("verb", [handling.suspend, handling.bury, handling.flag])
def test_what_leaves_the_schedule_alone_is_no_reason_to_warn_of_a_clock(
    clock: Callable[[str], None], verb: Callable[[Desk, list[str]], object]
) -> None:
    clock("2030-05-05T09:00:00+00:00")
    with open_desk() as desk:
        verb(desk, ["one"])
    clock("2026-11-24T09:00:00+00:00")
    with open_desk() as desk:
        assert desk.notes == []


def test_an_undo_that_leaves_some_reviews_of_a_wrong_clock_goes_on_warning(jumped: None) -> None:
    with open_desk() as desk:
        record_answer(desk, TWO, 4)
        (told,) = desk.notes
        undo(desk)
        assert desk.notes == [told]
        undo(desk)
        assert desk.notes == []


def test_one_day_ahead_is_travel_and_not_told(clock: Callable[[str], None]) -> None:
    clock("2026-11-23T09:00:00+00:00")
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
    clock("2026-11-22T09:00:00+00:00")
    assert what_waits(Options())[1] == ()


def test_a_card_answered_in_the_future_waits_for_its_day_and_the_others_do_not(jumped: None) -> None:
    with open_desk() as desk:
        assert [str(card) for card in begin_round(desk).round.queue] == [
            "small/two",
            "small/three",
            "small/four",
            "small/five",
        ]
        assert memory_of(desk, ONE).due == NEXT_YEAR + timedelta(days=1)
        record_answer(desk, TWO, 4)
        assert memory_of(desk, TWO).due == TODAY + timedelta(days=1)


def test_answering_it_again_counts_on_its_day_says_so_and_changes_nothing(jumped: None) -> None:
    with open_desk() as desk:
        before = memory_of(desk, ONE)
        assert view_card(desk, ONE).review_kind is ReviewKind.DRILL
        review = record_answer(desk, ONE, 1)
        assert (review.study_day, review.kind) == (NEXT_YEAR, ReviewKind.DRILL)
        assert memory_of(desk, ONE) == before
        assert any("before small/one's last review" in note for note in desk.notes)
    assert rebuild(Options(), check=True).differences == ()


def test_undoing_the_review_of_the_wrong_day_brings_the_card_back(jumped: None) -> None:
    with open_desk() as desk:
        undo(desk)
        assert begin_round(desk).round.queue[0] == ONE
    with open_desk() as desk:
        assert desk.notes == []


def test_a_future_review_is_no_gap_and_no_streak(jumped: None) -> None:
    with open_desk() as desk:
        report = home_report(desk)
    assert (report.streak.days, report.done_today, report.day.comeback) == (0, 0, None)


def test_a_clock_set_back_by_hours_moves_no_study_day_back(clock: Callable[[str], None]) -> None:
    clock("2026-11-22T04:30:00+00:00")
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
    clock("2026-11-22T03:30:00+00:00")
    with open_desk() as desk:
        assert desk.today() == date(2026, 11, 21)
        assert record_answer(desk, ONE, 4).study_day == TODAY


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-10-25T02:40:00+02:00", date(2026, 10, 25)),
        (
            "2026-10-25T02:10:00+01:00",
            date(2026, 10, 25),
        ),  # half an hour later, the clock was set back
        ("2026-10-25T02:10:00+02:00", date(2026, 10, 24)),
    ],
)
def test_the_machines_zone_tells_which_of_two_like_hours_it_is(
    clock: Callable[[str], None],
    tmp_path: Path,
    zone: Callable[[str], None],
    moment: str,
    day: date,
) -> None:
    zone("Europe/Berlin")
    (tmp_path / "home" / "config.toml").write_text('day_start = "02:30"\n')
    clock(moment)
    with open_desk() as desk:
        assert desk.today() == day == record_answer(desk, ONE, 4).study_day
