from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.store.mapping import ActionKind
from prepdeck.study.comeback import offer, offer_words, preview, spread
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.handling import suspend
from prepdeck.study.interviews import add_interview
from prepdeck.study.options import Options
from prepdeck.study.overview import home_report, what_waits_at
from prepdeck.study.reviewing import RoundRequest, begin_round, record_answer, undo
from prepdeck.study.safekeeping import rebuild
from prepdeck.study.today import what_waits
from tests.builders import TODAY, environment_of

CARDS = 30
DECK = "deck: wide\ncards:\n" + "".join(
    f"- {{id: c{number:02}, seconds: 60, front: 'What is {number:02}?', back: A number.}}\n" for number in range(CARDS)
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home", decks=DECK).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "home" / "config.toml").write_text("minutes_a_day = 10\n")
    return tmp_path / "home"


def learn(desk: Desk, days_ago: int, count: int = CARDS) -> None:
    day = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC) - timedelta(days=days_ago)
    for number in range(count):
        record_answer(desk, CardId("wide", f"c{number:02}"), 4, at=day + timedelta(minutes=number))


def due_days(desk: Desk) -> dict[date, int]:
    with desk.store.reading() as log:
        days = [memory.due for memory in log.all_memories().values()]  # type: ignore[union-attr]
    return {day: days.count(day) for day in sorted(set(days))}


def test_nothing_is_offered_before_the_first_review(home: Path) -> None:
    with open_desk() as desk:
        assert offer(desk) is None


@pytest.mark.parametrize(("days_ago", "is_offered"), [(7, False), (8, True)])
def test_help_is_offered_after_seven_missed_days(home: Path, days_ago: int, is_offered: bool) -> None:
    with open_desk() as desk:
        learn(desk, days_ago)
        assert (offer(desk) is not None) is is_offered


def test_what_fits_into_today_is_not_offered_to_be_spread(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, 9, count=10)
        assert offer(desk) is None
        assert preview(desk).late == 10


def test_the_offer_says_how_many_how_often_and_how_long(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, 9)
        found = offer(desk)
        assert found is not None
        assert offer_words(found) == (
            "30 cards are late. Do about 10 a day for 3 days? prepdeck spread shows the days."
        )


def test_nothing_is_offered_while_an_interview_is_ahead(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, 9)
        add_interview(desk, date(2026, 12, 10))
        assert offer(desk) is None
        assert preview(desk).late == CARDS


def test_what_waits_offers_help_only_when_asked_on_either_path(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, 9)
        found = offer(desk)
        assert found == what_waits_at(desk, offers=True).comeback == home_report(desk).day.comeback
        assert what_waits_at(desk).comeback is None
    assert what_waits(Options(), offers=True)[0].comeback == found
    assert what_waits(Options())[0].comeback is None


def test_a_preview_changes_nothing(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, 9)
        before = due_days(desk)
        assert [row.late for row in preview(desk, 5).days] == [5, 5, 5, 5, 5, 5]
        assert due_days(desk) == before


def test_spreading_gives_late_cards_new_days_in_one_undo_step(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, 9)
        before = due_days(desk)
        spread(desk)
        late = TODAY - timedelta(days=8)
        assert due_days(desk) == {late: 10, TODAY + timedelta(days=1): 10, TODAY + timedelta(days=2): 10}
        assert len(begin_round(desk, RoundRequest(new=0)).round.queue) == 10
        assert offer(desk) is None
        assert rebuild(Options(), check=True).differences == ()
        undo(desk)
        assert due_days(desk) == before


def test_spreading_writes_one_entry_for_each_card_that_moves(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, 9)
        found = spread(desk)
        with desk.store.reading() as log:
            entries = log.actions_in_force([ActionKind.SPREAD])
        assert {(entry.card, entry.details) for entry in entries} == {
            (card, day.isoformat()) for card, day in found.moves
        }
        assert len({entry.step for entry in entries}) == 1


def test_spreading_nothing_writes_nothing(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, 9, count=5)
        spread(desk)
        with desk.store.reading() as log:
            assert log.actions_in_force([ActionKind.SPREAD]) == []


def test_easy_days_and_breaks_of_the_settings_hold_for_the_spread(home: Path) -> None:
    (home / "config.toml").write_text('minutes_a_day = 10\neasy_days = "mon"\nbreaks = "2026-11-24..2026-11-25"\n')
    with open_desk() as desk:
        learn(desk, 9)
        spread(desk)
        late = TODAY - timedelta(days=8)
        assert due_days(desk) == {late: 10, date(2026, 11, 23): 5, date(2026, 11, 26): 10, date(2026, 11, 27): 5}


def test_suspended_cards_are_not_spread(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, 9)
        suspend(desk, [f"wide/c{number:02}" for number in range(25)])
        assert preview(desk).late == 5


def test_a_break_has_no_new_cards_but_its_due_ones(home: Path) -> None:
    (home / "config.toml").write_text('new_a_day = 7\nbreaks = "2026-11-22"\n')
    with open_desk() as desk:
        learn(desk, 3, count=4)
        day = what_waits_at(desk)
        assert (day.due, day.new) == (4, 0)
        assert len(begin_round(desk).round.queue) == 4


def test_an_easy_day_has_half_the_new_cards_rounded_up(home: Path) -> None:
    (home / "config.toml").write_text('new_a_day = 7\neasy_days = "sun"\n')
    assert what_waits(Options())[0].new == 4
    with open_desk() as desk:
        assert len(begin_round(desk).round.queue) == 4
