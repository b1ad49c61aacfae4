from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.errors import Ambiguous, AnswerRefused, NotFound, UsageError
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import UNSEEN, Learned
from prepdeck.scheduling.review import ReviewKind
from prepdeck.study.desk import Desk, open_desk, reload_decks
from prepdeck.study.options import Options
from prepdeck.study.overview import day_report, home_report
from prepdeck.study.records import answer_json, memory_json, read_actions, read_log, review_json, show_card
from prepdeck.study.reviewing import (
    RoundRequest,
    Scope,
    answer_current,
    begin_round,
    future_words,
    record_answer,
    undo,
    undo_current,
    view_card,
)
from prepdeck.study.safekeeping import back_up, examine, rebuild, restore
from tests.builders import DECK, environment_of

ONE = CardId("small", "one")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("PREPDECK_NOW", moment)


def names(desk: Desk, request: RoundRequest) -> list[str]:
    return [card.card for card in begin_round(desk, request).round.queue]


def test_a_round_holds_todays_new_cards_in_file_order(home: Path) -> None:
    with open_desk() as desk:
        assert names(desk, RoundRequest()) == ["one", "two", "three", "four", "five"]


def test_new_cards_answered_today_count_against_the_days_limit(home: Path) -> None:
    (home / "config.toml").write_text("new_a_day = 2\n")
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
        assert names(desk, RoundRequest()) == ["two"]
        undo(desk)
        assert names(desk, RoundRequest()) == ["one", "two"]


def test_a_round_can_be_narrowed_by_topic_limit_and_new(home: Path) -> None:
    with open_desk() as desk:
        assert names(desk, RoundRequest(Scope(topic="first"))) == ["one", "two"]
        assert names(desk, RoundRequest(limit=1)) == ["one"]
        assert names(desk, RoundRequest(new=3)) == ["one", "two", "three"]
        assert names(desk, RoundRequest(minutes=1)) == ["one", "two"]


@pytest.mark.parametrize("scope", [Scope(decks=("smal",)), Scope(track="ml"), Scope(topic="fist"), Scope(tag="none")])
def test_a_scope_that_names_nothing_is_an_error(home: Path, scope: Scope) -> None:
    with open_desk() as desk, pytest.raises(NotFound):
        begin_round(desk, RoundRequest(scope))


def test_an_optional_deck_stays_out_of_the_queue_until_it_is_named(home: Path) -> None:
    (home / "decks" / "small.yaml").write_text(DECK.replace("title:", "optional: true\ntitle:", 1))
    with open_desk() as desk:
        assert begin_round(desk).round.is_over
        assert len(names(desk, RoundRequest(Scope(decks=("small",))))) == 5


def test_every_grade_of_a_round_is_stored_before_the_next_card(home: Path) -> None:
    with open_desk() as desk:
        sitting = begin_round(desk)
        for count, quality in enumerate([4, 5, 3, 1, 4], 1):
            sitting, review = answer_current(desk, sitting, quality, 2.0)
            assert [each.id for each in read_log(desk)][-1] == review.id
            assert len(list(read_log(desk))) == count
        assert sitting.tally == {Grade.AGAIN: 1, Grade.HARD: 1, Grade.GOOD: 2, Grade.EASY: 1}
        assert [card.card for card in sitting.slipped] == ["four"]


def test_a_failed_card_comes_back_in_the_round_without_touching_the_schedule(home: Path) -> None:
    with open_desk() as desk:
        sitting, first = answer_current(desk, begin_round(desk, RoundRequest(limit=1)), 1, 2.0)
        assert sitting.current == first.card
        sitting, second = answer_current(desk, sitting, 4, 2.0)
        assert sitting.current is None
        assert second.kind is ReviewKind.DRILL
        assert isinstance(second.after, Learned)
        assert (second.after.due, second.after.interval) == (date(2026, 11, 23), 1)


def test_a_drill_left_unfinished_comes_back_in_the_next_round_of_the_day(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk() as desk:
        answer_current(desk, begin_round(desk, RoundRequest(limit=1)), 1, 2.0)
    with open_desk() as desk:
        assert day_report(desk).unfinished == 1
        assert [each.card for each in begin_round(desk).round.failed] == [ONE]
    at(monkeypatch, "2026-11-23T09:00:00+00:00")
    with open_desk() as desk:
        assert day_report(desk).unfinished == 0


def test_undo_in_a_round_asks_the_card_again(home: Path) -> None:
    with open_desk() as desk:
        begun = begin_round(desk)
        sitting, _ = answer_current(desk, begun, 1, 2.0)
        back, undone = undo_current(desk, sitting)
        assert back.round == begun.round
        assert undone.words == "again on small/one"
        assert show_card(desk, "one").memory == UNSEEN


def test_undo_reaches_back_before_the_round_and_over_a_restart(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, CardId("small", "five"), 4)
    with open_desk() as desk:
        back, undone = undo_current(desk, begin_round(desk))
        assert undone.card == CardId("small", "five")
        assert back.current == CardId("small", "five")
        with pytest.raises(NotFound, match="nothing to undo"):
            undo(desk)


def test_several_actions_are_undone_newest_first(home: Path) -> None:
    with open_desk() as desk:
        for quality in (5, 1, 3):
            record_answer(desk, ONE, quality)
        assert [each.words for each in undo(desk, 2)] == ["hard on small/one", "again on small/one"]
        assert [review.voided for review in read_log(desk)] == [False, True, True]
        assert len(list(read_actions(desk))) == 2
        with pytest.raises(UsageError):
            undo(desk, 0)


def test_cramming_takes_every_card_and_leaves_the_schedule_alone(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
        before = show_card(desk, "one").memory
        sitting = begin_round(desk, RoundRequest(cram=True))
        assert sitting.round.total == 5
        while sitting.current is not None:
            sitting, review = answer_current(desk, sitting, 4, 1.0)
            assert review.kind is ReviewKind.CRAM
        assert show_card(desk, "one").memory == before
        assert day_report(desk).new == 4


def test_an_answer_before_the_last_review_is_refused_and_writes_nothing(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 4, at=datetime(2026, 11, 20, 9, tzinfo=UTC))
        for moment in (datetime(2026, 11, 19, 9, tzinfo=UTC), datetime(2026, 11, 20, 8, 59, tzinfo=UTC)):
            with pytest.raises(AnswerRefused):
                record_answer(desk, ONE, 4, at=moment)
        assert len(list(read_log(desk))) == 1


def test_a_live_answer_on_a_clock_set_back_counts_on_the_last_study_day(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
    at(monkeypatch, "2026-11-20T09:00:00+00:00")
    with open_desk() as desk:
        review = record_answer(desk, ONE, 1)
        assert (review.study_day, review.kind) == (date(2026, 11, 22), ReviewKind.DRILL)
        assert any("clock" in note for note in desk.notes)
    assert rebuild(Options(), check=True).differences == ()


def test_a_view_previews_what_the_buttons_will_do(home: Path) -> None:
    with open_desk() as desk:
        view = view_card(desk, ONE)
        for grade in Grade:
            assert record_answer(desk, ONE, grade.quality).after == view.futures[grade]
            undo(desk)


def test_the_words_of_the_grade_boxes_say_what_happens(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def words(desk: Desk) -> list[str]:
        view = view_card(desk, ONE)
        return [future_words(view.futures, grade, view.review_kind) for grade in Grade]

    with open_desk() as desk:
        assert words(desk) == ["today, then 1 day", "today, then 1 day", "1 day", "1 day, then longer"]
        record_answer(desk, ONE, 1)
        assert words(desk) == ["again today", "again today", "done for today", "done for today"]
        undo(desk)
        record_answer(desk, ONE, 4)
    at(monkeypatch, "2026-11-23T09:00:00+00:00")
    with open_desk() as desk:
        assert words(desk) == ["today, then 1 day", "today, then 6 days", "6 days", "6 days, then longer"]


def test_options_are_shuffled_the_same_way_until_the_card_is_answered(home: Path) -> None:
    with open_desk() as desk:
        three = CardId("small", "three")
        assert view_card(desk, three).option_order == view_card(desk, three).option_order
        assert sorted(view_card(desk, three).option_order) == [0, 1, 2]


def test_home_and_due_say_the_same_numbers(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 4, at=datetime(2026, 11, 20, 9, tzinfo=UTC), seconds=30)
        record_answer(desk, CardId("small", "two"), 4, seconds=12)
        day, whole = day_report(desk), home_report(desk)
        assert (day.due, day.new) == (1, 3)
        assert whole.day == day
        assert (whole.done_today, whole.seconds_today, whole.streak.days) == (1, 12.0, 1)
        assert whole.forecast[:2] == (1, 1)
        assert sum(row.due for row in day.decks) == day.due
        assert sum(row.new for row in day.decks) == day.new


def test_a_card_is_found_by_a_beginning_that_fits_only_one(home: Path) -> None:
    with open_desk() as desk:
        assert desk.library.find("small/on").id == ONE
        assert desk.library.find("one").id == ONE
        with pytest.raises(Ambiguous, match="fits 2"):
            desk.library.find("f")
        with pytest.raises(NotFound) as missing:
            desk.library.find("small/oen")
        assert "small/one" in (missing.value.help or "")


def test_json_keys_are_those_of_the_contract(home: Path) -> None:
    with open_desk() as desk:
        review = record_answer(desk, ONE, 3, seconds=2.5)
        assert answer_json(review).keys() == {"card", "review", "repetition", "interval", "easiness", "due"}
        assert answer_json(review)["easiness"] == 2.36
        assert list(review_json(review)) == [
            "review", "card", "at", "study_day", "grade", "quality", "seconds", "kind", "repetition", "interval",
            "easiness", "due", "voided",
        ]  # fmt: skip
        assert memory_json(UNSEEN)["due"] is None


@pytest.mark.promise(25)
def test_moving_the_file_of_a_deck_loses_no_history(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
        before = show_card(desk, "one").memory
        folder = home / "decks" / "deep" / "er"
        folder.mkdir(parents=True)
        (home / "decks" / "small.yaml").rename(folder / "renamed.yml")
        reload_decks(desk)
        assert show_card(desk, "one").memory == before


@pytest.mark.promise(25)
def test_a_removed_card_keeps_its_reviews_and_its_schedule_comes_back_with_it(home: Path) -> None:
    path = home / "decks" / "small.yaml"
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
        before = show_card(desk, "one").memory
        path.write_text(DECK.replace("id: one", "id: other"))
        reload_decks(desk)
        gone = show_card(desk, "small/one")
        assert gone.retired
        assert (len(gone.reviews), gone.memory, gone.title) == (1, before, "What is one?")
        assert show_card(desk, "small/other").memory == UNSEEN
        path.write_text(DECK)
        reload_decks(desk)
        assert show_card(desk, "small/one").memory == before


@pytest.mark.promise(25)
def test_a_renamed_card_carries_its_history_on(home: Path) -> None:
    path = home / "decks" / "small.yaml"
    with open_desk() as desk:
        record_answer(desk, ONE, 4, at=datetime(2026, 11, 20, 9, tzinfo=UTC))
        for old, new in (("one", "uno"), ("uno", "ichi")):
            text = path.read_text().replace("\n  was: one", "")
            path.write_text(text.replace(f"id: {old}", f"id: {new}\n  was: {old}"))
            reload_decks(desk)
        record_answer(desk, CardId("small", "ichi"), 4)
        record = show_card(desk, "small/one")
        assert str(record.id) == "small/ichi"
        assert [str(review.card) for review in record.reviews] == ["small/one", "small/ichi"]
        assert isinstance(record.memory, Learned)
        assert record.memory.repetition == 2
        assert undo(desk)[0].card == CardId("small", "ichi")
    assert rebuild(Options(), check=True).differences == ()


def test_a_name_that_lives_again_takes_its_own_history_back(home: Path) -> None:
    path = home / "decks" / "small.yaml"
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
        path.write_text(DECK.replace("id: one", "id: uno\n  was: one"))
        reload_decks(desk)
        assert show_card(desk, "small/uno").memory != UNSEEN
        path.write_text(DECK)
        reload_decks(desk)
        assert show_card(desk, "small/one").memory != UNSEEN
    assert rebuild(Options(), check=True).differences == ()


def test_a_raised_revision_makes_the_card_due_and_keeps_its_history(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "decks" / "small.yaml"
    with open_desk() as desk:
        for day in (1, 2, 8):
            record_answer(desk, ONE, 4, at=datetime(2026, 11, day, 9, tzinfo=UTC))
    at(monkeypatch, "2026-11-12T09:00:00+00:00")
    path.write_text(DECK.replace("id: one", "id: one\n  revision: 2"))
    with open_desk() as desk:
        memory = show_card(desk, "one").memory
        assert isinstance(memory, Learned)
        assert (memory.due, memory.repetition, memory.interval) == (date(2026, 11, 12), 3, 15)
        assert day_report(desk).due == 1
        assert [action.details for action in read_actions(desk)] == ["2"]
        record_answer(desk, ONE, 4)
    assert rebuild(Options(), check=True).differences == ()


def test_decks_that_did_not_change_write_nothing(home: Path) -> None:
    open_desk().close()
    before = (home / "prepdeck.db").stat().st_mtime_ns
    open_desk().close()
    assert (home / "prepdeck.db").stat().st_mtime_ns == before


def test_a_wiped_memory_is_noticed_and_rebuilt(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
        with desk.store.writing() as log:
            log.keep_all_memories({})
    assert len(rebuild(Options(), check=True).differences) == 1
    assert not examine(Options()).ok
    assert len(rebuild(Options()).differences) == 1
    assert rebuild(Options(), check=True).differences == ()
    assert examine(Options()).ok


def test_a_backup_restores_what_it_held(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
    copy = back_up(Options())
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
    assert restore(Options(), copy.path).reviews == 1
    with open_desk() as desk:
        assert len(list(read_log(desk))) == 1
    with pytest.raises(UsageError):
        back_up(Options(), copy.path)


def test_a_deck_in_two_places_is_used_from_the_later_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = home / "more.yaml"
    other.write_text("deck: small\ncards:\n- id: one\n  front: a\n  back: b\n")
    monkeypatch.setenv("PREPDECK_DECKS", str(other))
    with open_desk() as desk:
        assert len(desk.library) == 1
        assert any("the second is used" in note for note in desk.notes)


def test_a_broken_deck_leaves_the_others_open(home: Path) -> None:
    (home / "decks" / "broken.yaml").write_text("deck: broken\ncards:\n\t- id: x\n")
    with open_desk() as desk:
        assert len(desk.library) == 5
        assert [path for path, _ in desk.library.unreadable] == [str(home / "decks" / "broken.yaml")]


def test_an_answer_far_away_is_kept_with_its_day(home: Path) -> None:
    with open_desk() as desk:
        review = record_answer(desk, ONE, 4, at=datetime(8999, 12, 31, 12, tzinfo=UTC))
        assert review.study_day == date(8999, 12, 31)
        assert isinstance(review.after, Learned)
        assert review.after.due - review.study_day == timedelta(days=1)


def test_a_log_read_slowly_keeps_nobody_from_writing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepdeck.study.records.PAGE", 2)
    with open_desk() as desk:
        for quality in (4, 1, 5, 3, 4):
            record_answer(desk, ONE, quality)
        reading = read_log(desk)
        first = next(reading)
        record_answer(desk, ONE, 2)
        assert [first.quality, *(review.quality for review in reading)] == [4, 1, 5, 3, 4, 2]


@pytest.mark.parametrize("quality", [4, 1])
@pytest.mark.parametrize("reviews", [0, 2])
def test_an_answer_to_a_card_that_got_another_name_meanwhile_counts_for_it(
    home: Path, reviews: int, quality: int
) -> None:
    with open_desk() as desk:
        for day in range(reviews):
            record_answer(desk, ONE, 4, at=datetime(2026, 11, 1 + day, 9, tzinfo=UTC))
        sitting = begin_round(desk)
        assert sitting.current == ONE
        (home / "decks" / "small.yaml").write_text(DECK.replace("id: one", "id: uno\n  was: one"))
        open_desk().close()  # another program takes the new name in
        _sitting, review = answer_current(desk, sitting, quality, 3.0)
    assert rebuild(Options(), check=True).differences == ()
    with open_desk() as desk:
        record = show_card(desk, "uno")
    assert record.memory == review.after
    assert len(record.reviews) == reviews + 1
