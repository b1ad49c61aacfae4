from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.progress.days import forecast_of
from prepdeck.scheduling.load import load_of
from prepdeck.scheduling.memory import Learned
from prepdeck.store.glance import glancing, look
from prepdeck.study.day import question_of
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.overview import DAYS_KEPT, day_report, facts_of, home_report, what_waits_at
from prepdeck.study.request import Scope
from prepdeck.study.reviewing import record_answer, undo
from prepdeck.study.scope import candidates_of
from prepdeck.study.today import deck_titles, what_waits
from tests.builders import DECK, TODAY, environment_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


def practise() -> None:
    with open_desk() as desk:
        for number in range(24):
            card = CardId("small", ["one", "two", "three", "four"][number % 4])
            moment = datetime(2026, 11, 1, 9, tzinfo=UTC) + timedelta(days=number // 2)
            record_answer(desk, card, number % 6, at=moment, seconds=number)
        undo(desk, 3)
        record_answer(desk, CardId("small", "five"), 4)


def test_a_glance_holds_all_that_a_day_can_ask(home: Path) -> None:
    practise()
    with open_desk() as desk, desk.store.reading() as log:
        asked = question_of(facts_of(desk.library), desk.settings, TODAY)
        glance = look(log.raw, asked)
        every = candidates_of(desk.library, Scope(), log.all_memories())
        assert all(each.title for each in every)
        every = tuple(replace(each, title="") for each in every)  # the order needs titles, a count does not
        new_left = max(0, desk.settings.new_a_day - log.introduced_on(TODAY))
        assert log.introduced_on(TODAY) == 1
        assert glance.new_left == new_left
        assert load_of(glance.waiting, TODAY, new_left=new_left) == load_of(every, TODAY, new_left=new_left)


def test_the_standing_of_decks_is_counted_from_all_their_cards(home: Path) -> None:
    practise()
    with open_desk() as desk:
        (row,) = day_report(desk).decks
        with desk.store.reading() as log:
            memories = log.all_memories()
            kept = log.kept_by_deck(TODAY - timedelta(days=DAYS_KEPT))
        assert row.seen == len(memories) == 5
        assert row.mature == sum(isinstance(each, Learned) and each.interval >= 21 for each in memories.values())
        assert row.kept == kept["small"].share
        daily = candidates_of(desk.library, Scope(), memories)
        assert home_report(desk).forecast == forecast_of((each.memory for each in daily), TODAY, 14)


def test_the_quick_count_is_the_careful_count(home: Path) -> None:
    practise()
    quick, notes = what_waits(Options())
    with open_desk() as desk:
        assert quick == what_waits_at(desk)
        careful = day_report(desk)
        assert (quick.due, quick.new, quick.minutes) == (careful.due, careful.new, careful.minutes)
    assert notes == ()
    assert quick.due > 0


def test_deck_titles_are_had_without_reading_a_deck_file_that_is_known(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert deck_titles(Options()) == {"small": "A small deck"}
    assert not (home / "prepdeck.db").exists()
    open_desk().close()
    with monkeypatch.context() as patch:
        patch.setattr("prepdeck.deckfile.reading.read_deck", None)
        assert deck_titles(Options()) == {"small": "A small deck"}
    (home / "decks" / "small.yaml").write_text(DECK.replace("A small deck", "Little"))
    assert deck_titles(Options()) == {"small": "Little"}


def test_changed_decks_are_taken_in_before_they_are_counted(home: Path) -> None:
    practise()
    (home / "decks" / "small.yaml").write_text(DECK.replace("id: five", "id: five\n  revision: 2"))
    what_waits(Options())
    with closing(sqlite3.connect(home / "prepdeck.db")) as raw:
        assert raw.execute("SELECT revision FROM cards WHERE card = 'five'").fetchone() == (2,)


@pytest.mark.parametrize("harm", ["missing", "older", "foreign", "journal", "garbage"])
def test_a_database_in_any_doubt_is_not_glanced_at(home: Path, harm: str) -> None:
    practise()
    path = home / "prepdeck.db"
    match harm:
        case "missing":
            path.unlink()
        case "journal":
            path.with_name("prepdeck.db-journal").write_bytes(b"")
        case "garbage":
            path.write_bytes(path.read_bytes()[:5000])
        case _:
            with closing(sqlite3.connect(path)) as raw:
                statement = {
                    "older": "UPDATE alembic_version SET version_num = '0000'",
                    "foreign": "PRAGMA application_id = 7",
                }[harm]
                raw.execute(statement)
                raw.commit()
    with glancing(path) as raw:
        assert raw is None
