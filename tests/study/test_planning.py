"""The plan at the desk: what it asks, what it promises, what an answer under it does, and what undo takes back."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.dates import Outcome
from prepdeck.scheduling.memory import Learned, Unseen
from prepdeck.scheduling.review import ReviewKind
from prepdeck.study.aims import draft_plan
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.handling import bury, suspend
from prepdeck.study.interviews import add_interview, finish_interview, remove_interview
from prepdeck.study.overview import home_report, what_waits_at
from prepdeck.study.planning import plan_report
from prepdeck.study.readiness import readiness
from prepdeck.study.request import RoundRequest, Scope
from prepdeck.study.reviewing import answer_current, begin_round, record_answer, undo, undo_current, view_card
from prepdeck.study.safekeeping import rebuild
from prepdeck.study.today import what_waits
from tests.builders import environment_of

TODAY = date(2026, 11, 22)


def deck(name: str, cards: int, *, track: str = "ml-fundamentals", optional: bool = False) -> str:
    head = f"deck: {name}\ntrack: {track}\noptional: {str(optional).lower()}\ntopics: {{a: A, b: B}}\ncards:\n"
    rows = (
        f'- {{id: c{number}, topic: {"ab"[number % 2]}, front: "Question {name} {number}?", back: "Answer {number}."}}'
        for number in range(cards)
    )
    return head + "\n".join(rows) + "\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home", decks=deck("first", 40)).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "home" / "decks" / "second.yaml").write_text(deck("second", 20, track="algorithms"))
    return tmp_path / "home"


def on(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setenv("PREPDECK_NOW", f"{TODAY + timedelta(days=days)}T09:00:00+00:00")


def study(desk: Desk, quality: int = 4, seconds: float = 20.0, most: int = 200) -> int:
    """Answer a whole round; return how many answers it took."""
    sitting = begin_round(desk)
    answers = 0
    while sitting.current is not None and answers < most:
        sitting, _ = answer_current(desk, sitting, quality, seconds)
        answers += 1
    return answers


def test_without_an_interview_there_is_no_plan(home: Path) -> None:
    with open_desk() as desk:
        assert plan_report(desk) is None
        assert begin_round(desk).plan is None


def test_a_plan_tells_every_study_day_up_to_the_interview(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        report = plan_report(desk)
    assert report is not None
    assert [day.day for day in report.days] == [TODAY + timedelta(days=each) for each in range(10)]
    assert sum(day.new for day in report.days) == report.cards == 60
    assert all(day.minutes <= 20 + 2 for day in report.days)
    assert report.fits
    assert report.recall > 0.8 > report.alone


def test_a_plan_says_what_would_help_when_it_does_not_fit(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=3))
        report = plan_report(desk, minutes=5)
    assert report is not None
    assert not report.fits
    assert f"{report.unseen} of 60 cards will not be seen" in report.message
    assert "a day" in report.message
    assert [each.minutes for each in report.levers] == [1, 10]
    assert report.levers[0].recall < report.recall < report.levers[1].recall


def test_the_decks_named_to_leave_out_make_the_plan_fit(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=5))
        report = plan_report(desk, minutes=11)
        assert report is not None
        assert not report.fits
        assert "leave out second" in report.message
        remove_interview(desk, "1")
        add_interview(desk, TODAY + timedelta(days=5), without=["second"])
        without = plan_report(desk, minutes=11)
    assert without is not None
    assert without.cards == 40
    assert without.fits


def test_looking_twice_shows_the_same_plan(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        assert plan_report(desk) == plan_report(desk)


def test_todays_round_home_and_due_tell_the_same_new_cards(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        asked = begin_round(desk).round.queue
        waits = what_waits_at(desk)
        shown = home_report(desk).day
    quick, _ = what_waits(desk.options)
    assert len(asked) == waits.new == shown.new == quick.new == 10
    assert waits.due == quick.due == 0


def test_the_first_day_of_the_plan_is_the_round_of_today(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config.toml").write_text("minutes_a_day = 7\n")
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
    for offset in range(10):
        on(monkeypatch, offset)
        with open_desk() as desk:
            report = plan_report(desk)
            queue = begin_round(desk).round.queue
            shown = home_report(desk).day.plan
            assert report is not None
            assert shown is not None
            first = report.days[0]
            assert {pick.card for pick, _ in report.today} == set(queue)
            assert (first.reviews, first.new) == (shown.reviews, shown.new)
            assert first.reviews + first.new == len(queue) > 0
            study(desk, quality=4 if offset % 2 else 1, seconds=10.0, most=40)


def test_other_decks_get_what_the_interview_leaves_of_the_new_cards(home: Path) -> None:
    (home / "config.toml").write_text("minutes_a_day = 60\n")
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=20), decks=["second"])
        report = plan_report(desk)
        assert report is not None
        assert [day.new for day in report.days[:5]] == [10] * 5
        assert sum(day.new for day in report.days) == 60
        asked = begin_round(desk).round.queue
        study(desk)
        with desk.store.reading() as log:
            learned = [card for card, memory in log.all_memories().items() if isinstance(memory, Learned)]
        assert sorted(map(str, learned)) == sorted(map(str, asked))
        assert [card.deck for card in learned].count("first") == 8
        assert len(learned) == 10
        assert begin_round(desk).current is None


def test_a_round_of_the_other_deck_keeps_to_the_days_new_cards(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=20), decks=["second"])
        sitting = begin_round(desk, RoundRequest(scope=Scope(decks=("first",))))
        answers = 0
        while sitting.current is not None:
            sitting, _ = answer_current(desk, sitting, 4, 5.0)
            answers += 1
    assert answers <= 10


def test_a_card_that_was_renamed_today_still_counts_as_introduced(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        record_answer(desk, CardId("first", "c0"), 4)
    path = next(each for each in (home / "decks").iterdir() if "deck: first" in each.read_text())
    path.write_text(path.read_text().replace("{id: c0,", "{id: other, was: c0,"))
    with open_desk() as desk, desk.store.reading() as log:
        draft = draft_plan(desk, log)
    assert (draft.sofar.introduced_by_aim, draft.outside_introduced) == ((1,), 0)


def test_new_cards_asked_for_by_number_come_though_others_were_seen(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        study(desk)
        assert len(begin_round(desk, RoundRequest(new=3)).round.queue) == 3


def test_a_break_asks_what_is_due_and_nothing_new(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        study(desk)
    (home / "config.toml").write_text(f'breaks = ["{TODAY + timedelta(days=1)}"]\n')
    on(monkeypatch, 1)
    with open_desk() as desk:
        report = plan_report(desk)
        waits, shown = what_waits_at(desk), home_report(desk).day
        sitting = begin_round(desk)
        assert begin_round(desk, RoundRequest(minutes=10)).plan is not None
    quick, _ = what_waits(desk.options)
    assert report is not None
    assert report.is_break
    assert (report.days[0].reviews, report.days[0].new, report.days[0].minutes) == (0, 0, 0)
    assert sitting.plan is None
    assert len(sitting.round.queue) == waits.due == shown.due == quick.due == 10
    assert waits.new == shown.new == quick.new == 0
    assert waits.plan is shown.plan is quick.plan is None


def test_breaks_up_to_the_interview_are_named_as_the_reason(home: Path) -> None:
    (home / "config.toml").write_text(f'breaks = ["{TODAY}..{TODAY + timedelta(days=30)}"]\n')
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        report = plan_report(desk)
    assert report is not None
    assert not report.fits
    assert report.message.startswith("It does not fit: every day up to the interview is in a break")
    assert "fewer decks" not in report.message


def test_a_cure_leaves_most_cards_in(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=2))
        report = plan_report(desk, minutes=5)
        assert report is not None
        assert "leave out" not in report.message
        more = int(report.message.partition("; add ")[2].split()[0])
        cured = plan_report(desk, minutes=5 + more)
        too_few = plan_report(desk, minutes=5 + more - 1)
    assert cured is not None
    assert too_few is not None
    assert (cured.fits, too_few.fits) == (True, False)


def test_other_minutes_are_not_tried_where_that_would_take_long(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prepdeck.study.planning.MOST_PLAYED", 599)
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        report = plan_report(desk)
    assert report is not None
    assert report.levers == ()


def test_topics_alternate_under_a_plan_too(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        topics = [desk.library.get(card).topic for card in begin_round(desk).round.queue]  # type: ignore[union-attr]
    assert all(one != other for one, other in pairwise(topics))


def test_an_answer_that_takes_long_shortens_the_round(home: Path) -> None:
    (home / "config.toml").write_text("minutes_a_day = 5\n")
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=4))
        sitting = begin_round(desk)
        before = len(sitting.round.queue)
        sitting, _ = answer_current(desk, sitting, 4, 200.0)
    assert len(sitting.round.queue) < before - 1


def test_quick_answers_lengthen_the_round(home: Path) -> None:
    (home / "config.toml").write_text("minutes_a_day = 5\n")
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=4))
        sitting = begin_round(desk)
        before = len(sitting.round.queue)
        assert study(desk, seconds=5.0) > before


def test_a_round_of_a_chosen_deck_asks_that_deck_alone(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        queue = begin_round(desk, RoundRequest(scope=Scope(decks=("second",)))).round.queue
    assert {card.deck for card in queue} == {"second"}


def test_minutes_asked_for_are_used_though_the_day_is_done(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        study(desk)
        assert begin_round(desk).current is None
        assert begin_round(desk, RoundRequest(minutes=10)).current is not None


def test_a_pass_before_its_due_day_under_a_plan_keeps_the_interval(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = CardId("first", "c0")
    with open_desk() as desk:
        record_answer(desk, card, 4)
    on(monkeypatch, 1)
    with open_desk() as desk:
        before = record_answer(desk, card, 4).after
        add_interview(desk, TODAY + timedelta(days=10))
    on(monkeypatch, 3)
    with open_desk() as desk:
        view = view_card(desk, card)
        review = record_answer(desk, card, 4)
        assert view.review_kind is review.kind is ReviewKind.EARLY_PLAN
        assert isinstance(before, Learned)
        assert isinstance(review.after, Learned)
        assert (review.after.repetition, review.after.interval) == (before.repetition, before.interval) == (2, 6)
        assert review.after.due == TODAY + timedelta(days=9)
    assert rebuild(desk.options, check=True).differences == ()


def test_a_failure_before_its_due_day_is_an_ordinary_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = CardId("first", "c0")
    with open_desk() as desk:
        record_answer(desk, card, 4)
    on(monkeypatch, 1)
    with open_desk() as desk:
        record_answer(desk, card, 4)
        add_interview(desk, TODAY + timedelta(days=10))
    on(monkeypatch, 3)
    with open_desk() as desk:
        review = record_answer(desk, card, 1)
        assert review.kind is ReviewKind.EARLY
        assert isinstance(review.after, Learned)
        assert (review.after.lapses, review.after.repetition) == (1, 0)


def test_a_card_of_no_interview_is_answered_early_as_ever(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = CardId("second", "c0")
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10), decks=["first"])
        record_answer(desk, card, 4)
    on(monkeypatch, 1)
    with open_desk() as desk:
        record_answer(desk, card, 4)
    on(monkeypatch, 3)
    with open_desk() as desk:
        assert record_answer(desk, card, 4).kind is ReviewKind.EARLY


def test_removing_the_interview_leaves_no_trace_in_the_schedule(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        study(desk)
        with desk.store.reading() as log:
            memories = log.all_memories()
        remove_interview(desk, "1")
        with desk.store.reading() as log:
            assert log.all_memories() == memories
        assert plan_report(desk) is None
        assert begin_round(desk).plan is None


def test_the_nearest_interview_in_scope_decides(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=20))
        add_interview(desk, TODAY + timedelta(days=5), decks=["second"])
        with desk.store.reading() as log:
            draft = draft_plan(desk, log)
    assert [(aim.left(TODAY), {card.card.deck for card in aim.cards}) for aim in draft.aims] == [
        (5, {"second"}),
        (20, {"first"}),
    ]


def test_an_optional_deck_is_planned_only_by_an_interview_that_names_it(home: Path) -> None:
    (home / "decks" / "third.yaml").write_text(deck("third", 5, optional=True))
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=5))
        add_interview(desk, TODAY + timedelta(days=9), decks=["third"])
        with desk.store.reading() as log:
            draft = draft_plan(desk, log)
    assert {card.card.deck for card in draft.aims[1].cards} == {"third"}
    assert {card.card.deck for card in draft.aims[0].cards} == {"first", "second"}


def test_suspended_and_buried_cards_are_not_planned(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=5), decks=["second"])
        suspend(desk, ["second/c0", "second/c1"])
        bury(desk, ["second/c2"])
        report = plan_report(desk)
    assert report is not None
    assert report.cards == 17


def test_a_plan_whose_cards_are_all_suspended_says_so(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=5), decks=["second"])
        suspend(desk, [f"second/c{number}" for number in range(20)])
        report = plan_report(desk)
        assert report is not None
        assert report.cards == 0
        assert "suspended" in report.message
        assert begin_round(desk).round.queue  # the other deck goes on as on any day


def test_undo_in_a_round_gives_the_card_and_the_plan_back(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        start = begin_round(desk)
        after, _ = answer_current(desk, start, 1, 30.0)
        back, _ = undo_current(desk, after)
        assert back.round == start.round
        assert back.plan is not None
        assert start.plan is not None
        assert back.plan.draft.sofar == start.plan.draft.sofar


def test_a_removed_interview_comes_back_by_undo(home: Path) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=10))
        remove_interview(desk, "1")
        undo(desk)
        assert plan_report(desk) is not None
        undo(desk)
        assert plan_report(desk) is None


def test_archived_decks_leave_the_queue_and_released_ones_stay(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=1), decks=["second"])
    on(monkeypatch, 2)
    with open_desk() as desk:
        assert home_report(desk).asking
        finish_interview(desk, "1", Outcome.ARCHIVED)
        assert not home_report(desk).asking
        assert {card.deck for card in begin_round(desk).round.queue} == {"first"}
        quick, _ = what_waits(desk.options)
        assert {row.slug: row.new for row in quick.decks} == {"first": 10, "second": 0}
        assert begin_round(desk, RoundRequest(scope=Scope(decks=("second",)))).current is not None
        finish_interview(desk, "1", Outcome.RELEASED)
        assert {card.deck for card in begin_round(desk).round.queue} == {"first", "second"}


def test_readiness_tells_coverage_and_recall_by_topic(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        for number in range(10):
            record_answer(desk, CardId("first", f"c{2 * number}"), 4)
        before = readiness(desk)
        add_interview(desk, TODAY + timedelta(days=10))
        after = readiness(desk)
    first = {part.name: part for part in before.topics if part.deck == "first"}
    assert (first["a"].cards, first["a"].seen, first["b"].seen) == (20, 10, 0)
    assert before.interview is None
    assert first["a"].recall == pytest.approx(0.5)
    later = {part.name: part for part in after.topics if part.deck == "first"}
    assert later["a"].recall < first["a"].recall
    assert later["a"].planned is not None
    assert later["a"].planned > later["a"].recall
    assert len(later["a"].weakest) == 3
    cards = {part.name: part.cards for part in after.pillars}
    assert cards == {"coding": 20, "fundamentals": 40, "ml design": 0, "behavioural": 0}


def test_the_days_before_an_interview_bring_every_card_once_more(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        add_interview(desk, TODAY + timedelta(days=12))
    seconds = []
    for offset in range(12):
        on(monkeypatch, offset)
        with open_desk() as desk:
            study(desk)
            with desk.store.reading() as log:
                seconds.append(log.seconds_on(TODAY + timedelta(days=offset)))
                memories = log.all_memories()
    with open_desk() as desk:
        report = plan_report(desk)
        assert report is not None
        assert report.seen == 60
    assert not any(isinstance(memory, Unseen) for memory in memories.values())
    assert max(seconds) <= 20 * 60 + 60
    opened = report.looks_from
    late = [memory for memory in memories.values() if isinstance(memory, Learned) and memory.last >= opened]
    assert len(late) >= 55
