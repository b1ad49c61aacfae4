from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.errors import Ambiguous, AnswerRefused, NotFound, UsageError
from prepdeck.scheduling.handling import UNTOUCHED, Handling
from prepdeck.scheduling.memory import UNSEEN, Learned
from prepdeck.scheduling.review import ReviewKind
from prepdeck.scheduling.sm2 import answer_early_in_plan
from prepdeck.study import handling
from prepdeck.study.desk import Desk, open_desk, reload_decks
from prepdeck.study.handling import Handled, HandledCard
from prepdeck.study.leeches import list_leeches
from prepdeck.study.options import Options
from prepdeck.study.overview import home_report, what_waits_at
from prepdeck.study.records import read_actions, read_log, show_card
from prepdeck.study.reviewing import (
    RoundRequest,
    answer_current,
    begin_round,
    future_words,
    record_answer,
    undo_current,
    view_card,
)
from prepdeck.study.safekeeping import examine, rebuild
from prepdeck.study.searching import find_cards
from prepdeck.study.today import what_waits
from prepdeck.study.undoing import undo
from tests.builders import DECK, TODAY, environment_of, make_learned

ONE, TWO, FIVE = (CardId("small", name) for name in ("one", "two", "five"))
Verb = Callable[[Desk, Sequence[str]], Handled]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("PREPDECK_NOW", moment)


def learn(desk: Desk, *cards: CardId, day: int = 20) -> None:
    for card in cards:
        record_answer(desk, card, 4, at=datetime(2026, 11, day, 9, tzinfo=UTC))


def memory_of(desk: Desk, card: CardId) -> Learned:
    memory = show_card(desk, str(card)).memory
    assert isinstance(memory, Learned)
    return memory


def forget_often(desk: Desk, card: CardId, lapses: int) -> None:
    """Fail a card so often that it was forgotten so many times."""
    record_answer(desk, card, 4, at=datetime(2026, 10, 1, 9, tzinfo=UTC))
    for number in range(lapses):
        record_answer(desk, card, 1, at=datetime(2026, 10, 2, 9, tzinfo=UTC) + timedelta(days=number))


VERBS: dict[str, Verb] = {
    "suspend": handling.suspend,
    "bury": handling.bury,
    "reset": handling.reset,
    "flag": handling.flag,
    "set-due": lambda desk, words: handling.set_due(desk, words, date(2026, 12, 24)),
    "postpone": handling.postpone,
}


@pytest.mark.parametrize("name", VERBS)
def test_each_verb_is_one_step_that_an_undo_after_a_restart_takes_back(home: Path, name: str) -> None:
    with open_desk() as desk:
        learn(desk, ONE, TWO)
        with desk.store.reading() as log:
            before = log.all_memories(), log.all_handlings()
        done = VERBS[name](desk, ["one", "small/two"])
        assert [each.card for each in done.changed] == [ONE, TWO]
        assert home_report(desk).undoable == f"{name} of 2 cards"
    assert rebuild(Options(), check=True).differences == ()
    with open_desk() as desk:
        (undone,) = undo(desk)
        assert (undone.words, undone.card, undone.cards) == (f"{name} of 2 cards", None, (ONE, TWO))
        with desk.store.reading() as log:
            assert (log.all_memories(), log.all_handlings()) == before
        assert home_report(desk).undoable == "good on small/two"
    assert rebuild(Options(), check=True).differences == ()


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_takes_all_cards_or_none(home: Path, name: str) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        for words, error in ((["one", "none-such"], NotFound), (["one", "f"], Ambiguous)):
            with pytest.raises(error):
                VERBS[name](desk, words)
        assert list(read_actions(desk)) == []


@pytest.mark.parametrize("name", ["suspend", "bury", "reset", "flag", "set-due"])
def test_a_verb_with_nothing_left_to_do_writes_nothing(home: Path, name: str) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        VERBS[name](desk, ["one"])
        again = VERBS[name](desk, ["one", "small/one"])
        assert (len(again.cards), again.changed) == (1, ())
        assert len(list(read_actions(desk))) == 1


def test_the_opposite_of_a_verb_needs_something_to_take_away(home: Path) -> None:
    with open_desk() as desk:
        for verb in (handling.unsuspend, handling.unflag):
            assert verb(desk, ["one"]).changed == ()
        handling.suspend(desk, ["one"])
        handling.flag(desk, ["one"])
        assert handling.unsuspend(desk, ["one"]).cards[0].handling == Handling(flagged=True)
        assert handling.unflag(desk, ["one"]).cards[0].handling == UNTOUCHED
        assert [each.words for each in undo(desk, 9)] == [
            "unflag of small/one",
            "unsuspend of small/one",
            "flag of small/one",
            "suspend of small/one",
        ]


# What waits


def queue_of(desk: Desk, **request: bool) -> list[str]:
    return [card.card for card in begin_round(desk, RoundRequest(**request)).round.queue]  # type: ignore[arg-type]


@pytest.mark.parametrize(("verb", "back"), [(handling.suspend, False), (handling.bury, True)])
def test_what_is_held_back_waits_nowhere(home: Path, monkeypatch: pytest.MonkeyPatch, verb: Verb, back: bool) -> None:
    with open_desk() as desk:
        learn(desk, ONE, TWO)
        verb(desk, ["one", "five"])
        assert sorted(queue_of(desk)) == ["four", "three", "two"]
        assert sorted(queue_of(desk, cram=True)) == ["four", "three", "two"]
        day = what_waits_at(desk)
        assert (day.due, day.new) == (1, 2)
        assert what_waits(Options())[0] == day
        assert home_report(desk).forecast[:2] == ((1, 1) if back else (1, 0))
    at(monkeypatch, "2026-11-23T09:00:00+00:00")
    with open_desk() as desk:
        assert ("one" in queue_of(desk), "five" in queue_of(desk)) == (back, back)
        assert what_waits(Options())[0].due == 1 + back


def test_a_card_suspended_in_its_drill_does_not_come_back(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 1)
        assert [card.card for card in begin_round(desk).round.failed] == [ONE]
        handling.suspend(desk, ["one"])
        assert begin_round(desk).round.failed == ()
        assert what_waits_at(desk).unfinished == 0


def test_new_cards_held_back_leave_their_place_to_others(home: Path) -> None:
    (home / "config.toml").write_text("new_a_day = 2\n")
    with open_desk() as desk:
        handling.suspend(desk, ["one"])
        handling.bury(desk, ["two"])
        assert queue_of(desk) == ["three", "four"]
        assert what_waits(Options())[0].new == 2


def test_a_card_reset_is_new_again_and_its_reviews_stay(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        done = handling.reset(desk, ["one", "two"])
        assert [each.is_changed for each in done.cards] == [True, False]
        assert show_card(desk, "one").memory == UNSEEN
        assert len(list(read_log(desk))) == 1
        assert "one" in queue_of(desk, only_new=True)
        assert record_answer(desk, ONE, 1).after == make_learned(
            repetition=0, interval=1, due=date(2026, 11, 23), last=TODAY, drilling=True, lapses=0
        )
    assert rebuild(Options(), check=True).differences == ()


# Other due days


@pytest.mark.parametrize("days", [0, 1, 400])
def test_set_due_moves_the_due_day_and_nothing_else(home: Path, days: int) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        before = memory_of(desk, ONE)
        (card,) = handling.set_due(desk, ["one"], TODAY + timedelta(days=days)).cards
        assert isinstance(card, HandledCard)
        assert card.after == make_learned(repetition=1, interval=1, last=before.last, due=TODAY + timedelta(days=days))


def test_a_card_answered_today_is_set_due_tomorrow_at_the_earliest(home: Path) -> None:
    with open_desk() as desk:
        record_answer(desk, ONE, 4)
        handling.postpone(desk, ["one"], 5)
        handling.set_due(desk, ["one"], TODAY)
        assert memory_of(desk, ONE).due == TODAY + timedelta(days=1)
    assert rebuild(Options(), check=True).differences == ()


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date.min, date.max])
def test_a_due_day_in_the_past_or_beyond_all_intervals_is_refused(home: Path, day: date) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        with pytest.raises(UsageError, match="past" if day < TODAY else "36,500 days"):
            handling.set_due(desk, ["one"], day)
        assert list(read_actions(desk)) == []


@pytest.mark.parametrize("name", ["set-due", "postpone"])
def test_a_reset_card_is_new_to_every_verb_though_it_was_answered_once(home: Path, name: str) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        handling.reset(desk, ["one"])
        with pytest.raises(UsageError, match="small/one is new, so it has no due day"):
            VERBS[name](desk, ["one"])


@pytest.mark.parametrize("name", ["set-due", "postpone"])
def test_a_card_never_answered_has_no_due_day_to_move(home: Path, name: str) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        with pytest.raises(UsageError, match="is new") as refused:
            VERBS[name](desk, ["one", "two"])
        assert "review it first" in (refused.value.help or "")
        assert list(read_actions(desk)) == []


@pytest.mark.parametrize(("day", "due"), [(19, 6), (22, 7)])
def test_postponing_counts_from_the_due_day_or_from_today_when_that_is_past(home: Path, day: int, due: int) -> None:
    with open_desk() as desk:
        learn(desk, ONE, day=day)
        handling.postpone(desk, ["one"])
        assert memory_of(desk, ONE).due == date(2026, 12, due)


@pytest.mark.parametrize("days", [0, -1, 36_501])
def test_postponing_by_no_days_or_by_too_many_is_refused(home: Path, days: int) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        with pytest.raises(UsageError, match="cannot postpone"):
            handling.postpone(desk, ["one"], days)


# The order of the log


def test_an_answer_dated_before_a_change_of_the_schedule_is_refused(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        handling.reset(desk, ["one"])
        with pytest.raises(AnswerRefused, match="before the reset of small/one on 2026-11-22"):
            record_answer(desk, ONE, 4, at=datetime(2026, 11, 21, 9, tzinfo=UTC))
        undo(desk)
        record_answer(desk, ONE, 4, at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert rebuild(Options(), check=True).differences == ()


def test_an_answer_on_a_clock_set_back_behind_a_reset_counts_on_that_day_and_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        handling.reset(desk, ["one"])
    at(monkeypatch, "2026-11-21T09:00:00+00:00")
    with open_desk() as desk:
        futures = view_card(desk, ONE).futures
        review = record_answer(desk, ONE, 4)
        assert (review.study_day, review.kind) == (TODAY, ReviewKind.SCHEDULED)
        assert review.after == futures[review.grade]
        assert any("last change of small/one's schedule" in each for each in desk.notes)
    assert rebuild(Options(), check=True).differences == ()


def test_a_meaning_changed_since_the_moment_of_an_answer_refuses_it_too(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        (home / "decks" / "small.yaml").write_text(DECK.replace("id: one", "id: one\n  revision: 2"))
        reload_decks(desk)
        with pytest.raises(AnswerRefused, match="before the revision"):
            record_answer(desk, ONE, 4, at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert rebuild(Options(), check=True).differences == ()


# Names


def test_handling_follows_a_card_through_renames_and_into_another_deck(home: Path) -> None:
    path = home / "decks" / "small.yaml"
    with open_desk() as desk:
        learn(desk, ONE)
        handling.suspend(desk, ["one"])
        handling.note(desk, "one", "ask Ana")
        handling.postpone(desk, ["one"])
        path.write_text(DECK.replace("id: one", "id: uno\n  was: one"))
        reload_decks(desk)
        (home / "decks" / "other.yaml").write_text(
            "deck: other\ncards:\n- {id: eins, was: small/uno, front: What is one?, back: The first number.}\n"
        )
        path.write_text(DECK.replace("- id: one\n", "- id: none\n"))
        reload_decks(desk)
        record = show_card(desk, "other/eins")
        assert record.handling == Handling(suspended=True, note="ask Ana")
        assert memory_of(desk, CardId("other", "eins")).due == date(2026, 12, 6)
        assert [each.words for each in undo(desk, 3)] == [
            "postpone of small/one",
            "note on small/one",
            "suspend of small/one",
        ]
        assert show_card(desk, "other/eins").handling == UNTOUCHED
    assert rebuild(Options(), check=True).differences == ()


def test_a_card_that_went_and_came_back_is_still_suspended(home: Path) -> None:
    path = home / "decks" / "small.yaml"
    with open_desk() as desk:
        handling.suspend(desk, ["one"])
        path.write_text(DECK.replace("id: one", "id: other"))
        reload_decks(desk)
        assert not show_card(desk, "other").handling.suspended
        path.write_text(DECK)
        reload_decks(desk)
        assert show_card(desk, "one").handling.suspended


# Notes


def test_a_note_is_cleaned_replaced_and_taken_away(home: Path) -> None:
    with open_desk() as desk:
        handling.note(desk, "one", "  why\x1b[2J?\r\nno idea ")
        assert handling.note_of(desk, "one") == (ONE, "why\\x1b[2J?\nno idea")
        assert handling.note(desk, "one", "why\x1b[2J?\nno idea").changed == ()
        handling.note(desk, "one", "because")
        handling.note(desk, "one", " ")
        assert handling.note_of(desk, "one") == (ONE, "")
        undo(desk)
        assert show_card(desk, "one").handling.note == "because"


def test_a_note_of_2001_characters_is_refused(home: Path) -> None:
    with open_desk() as desk:
        handling.note(desk, "one", "x" * 2000)
        with pytest.raises(UsageError, match="2,001 characters"):
            handling.note(desk, "one", "x" * 2001)
        assert handling.note_of(desk, "one")[1] == "x" * 2000


# Caches


def test_a_handling_that_is_not_what_the_log_gives_is_noticed_and_mended(home: Path) -> None:
    with open_desk() as desk:
        handling.suspend(desk, ["one"])
        handling.note(desk, "two", "ask Ana")
        with desk.store.writing() as log:
            log.keep_all_handlings({ONE: Handling(flagged=True), FIVE: Handling(buried_on=TODAY)})
    assert rebuild(Options(), check=True).differences == (
        "small/five: kept as buried on 2026-11-22, the log gives untouched",
        "small/one: kept as flagged, the log gives suspended",
        'small/two: kept as untouched, the log gives note "ask Ana"',
    )
    assert not examine(Options()).ok
    assert len(rebuild(Options()).differences) == 3
    assert rebuild(Options(), check=True).differences == ()
    assert examine(Options()).ok


# Undo


def test_undo_takes_back_reviews_and_other_steps_in_their_order(home: Path) -> None:
    with open_desk() as desk:
        learn(desk, ONE)
        handling.suspend(desk, ["one"])
        record_answer(desk, TWO, 5)
        handling.note(desk, "two", "x")
    with open_desk() as desk:
        assert [each.words for each in undo(desk, 3)] == [
            "note on small/two",
            "easy on small/two",
            "suspend of small/one",
        ]
        assert [(each.kind.value, each.voided) for each in read_actions(desk)] == [
            ("suspend", True),
            ("note", True),
            ("undo", False),
            ("undo", False),
            ("undo", False),
        ]
        assert [each.words for each in undo(desk)] == ["good on small/one"]
        with pytest.raises(NotFound):
            undo(desk)


def test_an_undone_interview_is_told_by_its_date(home: Path) -> None:
    from prepdeck.store.mapping import ActionKind

    told = {
        '{"do": "add", "date": "2026-12-10", "company": "x"}': "interview date 2026-12-10 added",
        '{"do": "change", "date": "2026-12-11"}': "interview date 2026-12-11 changed",
        '{"do": "done", "date": "2026-12-11"}': "interview date 2026-12-11 marked as done",
        '{"do": "remove", "date": "\\u001b[2J"}': "interview date \\x1b[2J removed",
        '{"do": "dance", "date": "2026-12-11"}': "interview date",
        "[": "interview date",
        "[1]": "interview date",
    }
    with open_desk() as desk:
        for details in told:
            with desk.store.writing() as log:
                log.append_action(ActionKind.INTERVIEW, desk.clock.now(), TODAY, details=details)
        assert home_report(desk).undoable == "interview date"
        assert [each.words for each in undo(desk, 99)] == list(told.values())[::-1]


def test_undo_in_a_round_takes_back_another_step_and_leaves_the_round_as_it_is(home: Path) -> None:
    with open_desk() as desk:
        sitting, _ = answer_current(desk, begin_round(desk), 4, 2.0)
        handling.flag(desk, [str(sitting.current)])
        back, undone = undo_current(desk, sitting)
        assert undone.words == f"flag of {sitting.current}"
        assert (back.round, back.reviews) == (sitting.round, sitting.reviews)
        again, undone = undo_current(desk, back)
        assert undone.words.startswith("good on")
        assert again.reviews == ()


def test_undo_in_a_round_drops_a_card_that_is_suspended_again(home: Path) -> None:
    with open_desk() as desk:
        handling.suspend(desk, ["one"])
        handling.unsuspend(desk, ["one"])
        sitting = begin_round(desk)
        assert sitting.current == ONE
        back, _ = undo_current(desk, sitting)
        assert back.current != ONE
        assert back.round.total == 4


# Leeches


def test_an_answer_that_makes_a_leech_says_so_and_later_ones_now_and_then(home: Path) -> None:
    (home / "config.toml").write_text("leech_lapses = 4\n")
    with open_desk() as desk:
        forget_often(desk, ONE, 9)
        assert desk.notes == [
            f"small/one was forgotten {lapses} times: a leech. prepdeck leeches says what to do" for lapses in (4, 6, 8)
        ]
        assert not show_card(desk, "one").handling.suspended


def test_a_leech_made_in_a_round_is_announced_there(home: Path) -> None:
    (home / "config.toml").write_text("leech_lapses = 2\n")
    with open_desk() as desk:
        forget_often(desk, ONE, 1)
        assert desk.notes == []
        sitting = begin_round(desk)
        assert sitting.current == ONE
        answer_current(desk, sitting, 1, 2.0)
        assert ["2 times: a leech" in each for each in desk.notes] == [True]


def test_leeches_are_listed_the_most_often_forgotten_first_with_their_place(home: Path) -> None:
    (home / "config.toml").write_text("leech_lapses = 3\n")
    with open_desk() as desk:
        assert list_leeches(desk) == ()
        for card, lapses in ((ONE, 3), (TWO, 5), (FIVE, 2)):
            forget_often(desk, card, lapses)
        handling.suspend(desk, ["one"])
        found = list_leeches(desk)
        assert [(each.card, each.lapses, each.suspended) for each in found] == [(TWO, 5, False), (ONE, 3, True)]
        assert found[1].title == "What is one?"
        assert (found[1].path.name, found[1].line) == ("small.yaml", 6)


# Search, and answers under a plan


def test_search_finds_what_was_done_to_cards(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(desk: Desk, words: str) -> list[str]:
        return [hit.card.card for hit in find_cards(desk, words).hits]

    with open_desk() as desk:
        learn(desk, ONE, TWO)
        handling.flag(desk, ["one", "five"])
        handling.suspend(desk, ["one"])
        handling.bury(desk, ["three"])
        assert found(desk, "is:flagged") == ["one", "five"]
        assert found(desk, "is:flagged fingers") == ["five"]
        assert found(desk, "is:suspended is:flagged") == ["one"]
        assert found(desk, "is:buried") == ["three"]
        assert found(desk, "is:due") == ["two"]
        assert found(desk, "is:due is:suspended") == ["one"]
        assert found(desk, "is:leech") == []
    at(monkeypatch, "2026-11-23T09:00:00+00:00")
    with open_desk() as desk:
        assert found(desk, "is:buried") == []


def test_the_boxes_of_an_early_pass_under_a_plan_say_that_the_interval_stays(home: Path) -> None:
    memory = make_learned(due=TODAY + timedelta(days=4))
    with open_desk() as desk:
        grades = view_card(desk, ONE).futures
        futures = {grade: answer_early_in_plan(memory, grade.quality, TODAY) for grade in grades}
        assert [future_words(futures, grade, ReviewKind.EARLY_PLAN) for grade in grades] == [
            "today, then 1 day",
            "today, then 6 days",
            "6 days",
            "6 days",
        ]


def test_undo_in_a_round_asks_a_card_that_waits_again(home: Path) -> None:
    with open_desk() as desk:
        handling.suspend(desk, ["five"])
        sitting = begin_round(desk)
        back, undone = undo_current(desk, sitting)
        assert undone.card == back.current == FIVE
        assert back.round.total == 5


def test_undo_after_the_end_of_a_round_asks_only_what_waits_again(home: Path) -> None:
    with open_desk() as desk:
        sitting = begin_round(desk, RoundRequest(limit=1))
        sitting, _ = answer_current(desk, sitting, 4, 2.0)
        handling.bury(desk, ["five"])
        handling.note(desk, "three", "why?")
        assert sitting.round.is_over
        noted, _ = undo_current(desk, sitting)
        assert noted.current is None  # the card waits, but not because of the note
        buried, _ = undo_current(desk, sitting)
        assert buried.current == FIVE


def test_a_reset_taken_back_in_a_round_leaves_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = CardId("small", "one")
    monkeypatch.setenv("PREPDECK_NOW", "2026-11-20T09:00:00+00:00")
    with open_desk() as desk:
        record_answer(desk, card, 4)
    monkeypatch.setenv("PREPDECK_NOW", "2026-11-21T09:00:00+00:00")
    with open_desk() as desk:
        record_answer(desk, card, 4)
    monkeypatch.setenv("PREPDECK_NOW", "2026-11-22T09:00:00+00:00")
    with open_desk() as desk:
        handling.reset(desk, ["one"])
        sitting = begin_round(desk)
        assert sitting.round.holds(card)
        sitting, _ = undo_current(desk, sitting)
        assert not sitting.round.holds(card)
