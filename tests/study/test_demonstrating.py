"""The demo: a real log with sensible days, the same each time, and nothing of the learner's own touched."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest

from prepdeck.errors import UsageError
from prepdeck.scheduling.memory import Learned, is_leech
from prepdeck.study import demonstrating
from prepdeck.study.demonstrating import DAYS, DAYS_AHEAD, MISSED, make_demo, own_environment
from prepdeck.study.desk import open_desk
from prepdeck.study.interviews import interviews
from prepdeck.study.options import Options
from prepdeck.study.planning import plan_report
from prepdeck.study.records import read_log
from prepdeck.study.safekeeping import rebuild

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Options:
    with pytest.MonkeyPatch.context() as monkeypatch:
        enter(monkeypatch)
        return make_demo(tmp_path_factory.mktemp("demo") / "home")


@pytest.fixture(autouse=True)
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch)


def enter(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PREPDECK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PREPDECK_NOW", "2026-11-22T09:30:00+00:00")


def minutes_by_day(options: Options) -> dict[date, float]:
    minutes: Counter[date] = Counter()
    with open_desk(options) as desk:
        for review in read_log(desk):
            if not review.voided:
                minutes[review.study_day] += (review.elapsed_seconds or 0.0) / 60  # type: ignore[assignment]
    return dict(minutes)


def test_the_log_is_a_real_one(demo: Options) -> None:
    report = rebuild(demo, check=True)
    assert report.differences == ()
    with open_desk(demo) as desk:
        reviews = list(read_log(desk))
    moments = [(review.study_day, review.id) for review in reviews]
    assert moments == sorted(moments)
    assert all(earlier.at <= later.at for earlier, later in pairwise(reviews))


def test_two_months_are_studied_but_for_the_missed_days(demo: Options) -> None:
    first = TODAY - timedelta(days=DAYS)
    studied = {first + timedelta(days=number) for number in range(DAYS)} - {first + timedelta(days=n) for n in MISSED}
    assert set(minutes_by_day(demo)) == studied


def test_no_day_is_much_longer_than_the_others(demo: Options) -> None:
    minutes = minutes_by_day(demo).values()
    assert max(minutes) <= 1.5 * mean(minutes)


def test_nothing_piles_up_on_the_eve(demo: Options) -> None:
    with open_desk(demo) as desk:
        report = plan_report(desk)
        assert [each.interview.date for each in interviews(desk)] == [TODAY + timedelta(days=DAYS_AHEAD)]
    days = [day.minutes for day in report.days]
    assert len(days) == DAYS_AHEAD
    assert max(days) <= 1.5 * mean(days)
    assert days[-1] <= 1.5 * mean(days)


def test_every_screen_has_something_to_show(demo: Options) -> None:
    with open_desk(demo) as desk, desk.store.reading() as log:
        memories = log.all_memories()
        handlings = log.all_handlings_replayed().values()
        voided = [review for review in log.reviews() if review.voided]
        cards = {card.id for card in desk.library.cards}
        stories = desk.library.of_kind("story")
        leeches = [each for each in memories.values() if is_leech(each, desk.settings.leech_lapses)]
    assert 1 <= len(leeches) <= 4
    assert len(voided) == len(demonstrating.STEPS_UNDONE)
    assert sum(each.flagged for each in handlings) == 3
    assert sum(each.suspended for each in handlings) == 1
    assert sum(bool(each.note) for each in handlings) == 1
    assert len(list(stories)) == 3
    assert cards - set(memories)
    assert any(isinstance(each, Learned) and each.interval > 21 for each in memories.values())


def test_the_same_day_gives_the_same_demo(demo: Options, tmp_path: Path) -> None:
    def told(options: Options) -> list[object]:
        with open_desk(options) as desk:
            return [(each.card, each.at, each.quality, each.elapsed_seconds, each.kind) for each in read_log(desk)]

    assert told(make_demo(tmp_path / "again")) == told(demo)


def test_another_day_gives_the_same_demo_moved_to_it(
    demo: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPDECK_NOW", "2027-01-03T03:00:00+00:00")
    moved = make_demo(tmp_path / "moved")
    assert max(minutes_by_day(moved)) == date(2027, 1, 1)
    assert list(minutes_by_day(moved).values()) == list(minutes_by_day(demo).values())


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="is not empty"):
        make_demo(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_what_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demonstrating, "_handle", fail)
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "new", tmp_path / "empty"):
        with pytest.raises(KeyboardInterrupt):
            make_demo(folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["empty"]


def test_variables_that_lead_elsewhere_are_taken_away_and_given_back() -> None:
    environment = {"PREPDECK_HOME": "/a", "PREPDECK_DB": "sqlite:///b", "PREPDECK_NOW": "now"}
    with own_environment(environment):
        assert environment == {"PREPDECK_NOW": "now"}
    assert environment == {"PREPDECK_HOME": "/a", "PREPDECK_DB": "sqlite:///b", "PREPDECK_NOW": "now"}
