"""What the log tells of the learner: read once, followed from then on, and kept for the next start."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.learner import Learner
from prepdeck.store.learning import LEARNER_FACT, learner_from
from prepdeck.study import forecasting
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.forecasting import Forecasts, keep_forecasts
from prepdeck.study.handling import reset
from prepdeck.study.reviewing import record_answer, undo
from tests.builders import environment_of

TODAY = date(2026, 11, 22)
NAMES = ("one", "two", "three", "four", "five")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(forecasting, "WORTH_KEEPING", 3)
    return tmp_path / "home"


def on(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setenv("PREPDECK_NOW", f"{TODAY + timedelta(days=days)}T09:00:00+00:00")


def learn(desk: Desk, *qualities: int) -> None:
    for name, quality in zip(NAMES, qualities, strict=False):
        record_answer(desk, CardId("small", name), quality, seconds=10.0 + quality)


def told(desk: Desk, forecasts: Forecasts | None = None) -> Learner:
    with desk.store.reading() as log:
        return (forecasts or desk.forecasts).learner(log)


def read_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Learner:
    with monkeypatch.context() as patch:
        patch.setattr(forecasting, "WORTH_KEEPING", 10**9)
        return told(desk, Forecasts())


def same(one: Learner, other: Learner) -> bool:
    return (
        one.traces == other.traces
        and one.curves == other.curves
        and one.calibration == other.calibration
        and one.pace.measured == other.pace.measured
        and one.pace.firsts == other.pace.firsts
        and one.pace.passes == other.pace.passes
    )


def test_what_was_followed_is_what_the_whole_log_tells(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forecasts = Forecasts()
    for days, qualities in enumerate([(4, 3, 1), (1, 4, 5, 4), (4, 4, 4, 4, 2)]):
        on(monkeypatch, 3 * days)
        with open_desk() as desk:
            learn(desk, *qualities)
            assert same(told(desk, forecasts), read_anew(desk, monkeypatch))
    with open_desk() as desk:
        assert told(desk, forecasts).calibration.answers == 7
        undo(desk)
        assert same(told(desk, forecasts), read_anew(desk, monkeypatch))
        reset(desk, ["one"])
        assert same(told(desk, forecasts), read_anew(desk, monkeypatch))
        assert CardId("small", "one") not in told(desk, forecasts).traces


def test_the_next_start_goes_on_from_what_was_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        learn(desk, 4, 3, 1, 5)
        keep_forecasts(desk)
        with desk.store.reading() as log:
            kept = learner_from(log.catalogue.fact(LEARNER_FACT))
        assert kept is not None
        assert same(kept[0], told(desk))
    on(monkeypatch, 2)
    with open_desk() as desk:
        learn(desk, 1, 4)
        read: list[object] = []
        inner = forecasting.answers_after
        monkeypatch.setattr(forecasting, "answers_after", lambda raw, place: read.append(place) or inner(raw, place))
        after = told(desk)
        assert read == [kept[2]]
        monkeypatch.undo()
        assert same(after, told(desk, Forecasts()))


def test_an_undo_of_what_was_kept_reads_the_log_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        learn(desk, 4, 3, 1, 5)
        keep_forecasts(desk)
        undo(desk)
    with open_desk() as desk:
        assert same(told(desk), read_anew(desk, monkeypatch))
        assert CardId("small", "four") not in told(desk).traces


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"model": 1}', '{"model": 99}', '{"model": 1, "state": "x"}'])
def test_a_damaged_fact_is_left_aside(home: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    with open_desk() as desk:
        learn(desk, 4, 3, 1, 5)
        with desk.store.writing() as log:
            log.catalogue.keep_fact(LEARNER_FACT, damage)
    with open_desk() as desk:
        assert same(told(desk), read_anew(desk, monkeypatch))


def test_it_is_kept_once_a_study_day(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def state(desk: Desk) -> list[int]:
        with desk.store.reading() as log:
            return list(json.loads(log.catalogue.fact(LEARNER_FACT) or "{}")["state"])

    with open_desk() as desk:
        learn(desk, 4, 3, 1, 5)
        keep_forecasts(desk)
        first = state(desk)
        record_answer(desk, CardId("small", "five"), 4)
        keep_forecasts(desk)
        assert state(desk) == first
    on(monkeypatch, 1)
    with open_desk() as desk:
        keep_forecasts(desk)
        assert state(desk)[0] == first[0] + 1


def test_a_name_that_lives_again_has_its_own_answers_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deck = home / "decks" / "small.yaml"
    before = deck.read_text("utf-8")
    with open_desk() as desk:
        learn(desk, 4, 3, 1, 5)
    deck.write_text(before.replace("- id: one\n", "- id: uno\n  was: one\n"), "utf-8")
    with open_desk() as desk:
        keep_forecasts(desk)
        assert CardId("small", "uno") in told(desk).traces
    deck.write_text(before, "utf-8")
    with open_desk() as desk:
        assert CardId("small", "one") in told(desk).traces
        assert same(told(desk), read_anew(desk, monkeypatch))
