"""A lent desk: another thread looks from it for long, and no write of this program gets in its way."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.overview import home_report
from prepdeck.study.readiness import readiness
from prepdeck.study.reviewing import record_answer
from tests.builders import DECK, environment_of

PATIENCE_SECONDS = 20


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name, value in environment_of(tmp_path / "home", decks=DECK).items():
        monkeypatch.setenv(name, value)
    return open_desk()


def grade_first(desk: Desk) -> None:
    record_answer(desk, desk.library.cards[0].id, 4)


def test_a_grade_waits_for_a_look_within_which_another_one_is_opened(desk: Desk) -> None:
    lent, is_graded = desk.lend(), threading.Event()

    def grade() -> None:
        grade_first(desk)
        is_graded.set()

    thread = threading.Thread(target=grade)
    with desk:
        with lent.store.reading() as log:
            thread.start()
            assert log.reviews_by_day(desk.today()) == {}
            assert list(lent.library.outlines())  # a second look within the first
            assert not is_graded.is_set()
        assert is_graded.wait(PATIENCE_SECONDS)
        thread.join(PATIENCE_SECONDS)


def test_a_lent_desk_sees_what_was_graded_and_tells_the_same(desk: Desk) -> None:
    with desk:
        lent = desk.lend()
        grade_first(desk)
        assert home_report(lent) == home_report(desk)
        assert home_report(lent).done_today == 1
        assert readiness(lent) == readiness(desk)


def test_what_a_lent_desk_read_of_the_log_is_kept(desk: Desk) -> None:
    with desk:
        grade_first(desk)
        lent = desk.lend()
        readiness(lent)
        assert (lent.forecasts.reviews, desk.forecasts.reviews) == (1, 0)
        desk.take_back(lent)
        assert desk.forecasts.reviews == 1
        desk.take_back(desk.lend())
        assert readiness(desk) == readiness(lent)
