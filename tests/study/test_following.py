from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import prepdeck.study.desk
from prepdeck.cards.ids import CardId
from prepdeck.errors import SettingsError, StoreDamaged
from prepdeck.scheduling.fsrs_schedule import FsrsScheduler
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import Learned, Memory
from prepdeck.scheduling.review import ReviewKind
from prepdeck.store.logbook import Logbook
from prepdeck.study.configuring import set_setting
from prepdeck.study.desk import Desk, open_desk, reload_decks
from prepdeck.study.following import SCHEDULER_FACT, catch_up, follow, kept_key, scheduler_of
from prepdeck.study.handling import postpone, reset, set_due
from prepdeck.study.options import Options
from prepdeck.study.reviewing import answer_current, begin_round, future_words, record_answer, undo, view_card
from prepdeck.study.safekeeping import examine, rebuild
from prepdeck.study.today import what_waits
from tests.builders import DECK, TODAY, environment_of

CARDS = [CardId("small", name) for name in ("one", "two", "three", "four", "five")]
FIRST_DAY = date(2026, 10, 1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


def choose(scheduler: str) -> None:
    set_setting(Options(), "scheduler", scheduler)


def moment(day: int, hour: int = 9) -> datetime:
    return datetime.combine(FIRST_DAY, datetime.min.time(), tzinfo=UTC) + timedelta(days=day, hours=hour)


def practise(desk: Desk, answers: int = 30, since: int = 0) -> None:
    dice = random.Random(since)
    for number in range(answers):
        card = CARDS[number % len(CARDS)]
        record_answer(desk, card, dice.choice((1, 3, 4, 4, 5)), at=moment(since + number), seconds=4)


def memories(desk: Desk) -> dict[CardId, Memory]:
    with desk.store.reading() as log:
        return log.all_memories()


def replayed(desk: Desk) -> dict[CardId, Memory]:
    with desk.store.reading() as log:
        return log.all_replayed()


def dues(desk: Desk) -> dict[CardId, date]:
    return {card: memory.due for card, memory in memories(desk).items() if isinstance(memory, Learned)}


def test_choosing_fsrs_works_every_card_out_again_and_says_so_once(home: Path) -> None:
    with open_desk() as desk:
        practise(desk)
        before = memories(desk)
    choose("fsrs")
    with open_desk() as desk:
        after = memories(desk)
        (note,) = desk.notes
        assert note == (
            "the schedule now follows FSRS, worked out again from the log for 5 cards; "
            "prepdeck config scheduler sm2 goes back"
        )
        assert desk.scheduler.key == "fsrs:0.9"
        with desk.store.reading() as log:
            assert after == {card: FsrsScheduler(0.9).replay(log.history_of(card)) for card in CARDS}
    assert [each.interval for each in after.values() if isinstance(each, Learned)] != [
        each.interval for each in before.values() if isinstance(each, Learned)
    ]
    with open_desk() as desk:
        assert desk.notes == []
        assert memories(desk) == after


def test_going_back_to_sm2_leaves_no_trace(home: Path) -> None:
    with open_desk() as desk:
        practise(desk)
        before = memories(desk)
    choose("fsrs")
    open_desk().close()
    choose("sm2")
    with open_desk() as desk:
        assert desk.notes == ["the schedule follows SM-2 again, worked out again from the log for 5 cards"]
        assert memories(desk) == before


def test_answers_and_undos_under_fsrs_count_as_if_sm2_had_never_left(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk() as desk:
        practise(desk)
    never = tmp_path / "never"
    shutil.copytree(home, never)

    choose("fsrs")
    with open_desk() as desk:
        practise(desk, 12, since=31)
        undo(desk, 4)
        assert memories(desk) == replayed(desk)
    choose("sm2")
    with open_desk() as desk:
        found = memories(desk)
    monkeypatch.setenv("PREPDECK_HOME", str(never))
    with open_desk() as desk:
        practise(desk, 12, since=31)
        undo(desk, 4)
        assert memories(desk) == found


def test_every_verb_under_fsrs_leaves_what_replay_gives(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose("fsrs")
    dice = random.Random(4)
    day = TODAY
    for _ in range(25):
        day += timedelta(days=dice.choice((0, 1, 2, 9)))
        monkeypatch.setenv("PREPDECK_NOW", f"{day}T09:00:00+00:00")
        with open_desk() as desk:
            card = dice.choice(CARDS)
            name = str(card)
            match dice.randrange(7):
                case 0 if isinstance(memories(desk).get(card), Learned):
                    postpone(desk, [name], dice.randrange(1, 9))
                case 1 if isinstance(memories(desk).get(card), Learned):
                    set_due(desk, [name], day + timedelta(days=dice.randrange(9)))
                case 2:
                    reset(desk, [name])
                case 3 if memories(desk):
                    undo(desk)
                case _:
                    record_answer(desk, card, dice.randrange(6))
            assert memories(desk) == replayed(desk)


def test_a_round_under_fsrs_shows_and_stores_the_days_of_each_button(home: Path) -> None:
    choose("fsrs")
    with open_desk() as desk:
        sitting = begin_round(desk)
        assert sitting.current is not None
        view = view_card(desk, sitting.current)
        words = [future_words(view.futures, grade, view.review_kind) for grade in Grade]
        assert words == ["today, then 1 day", "today, then 1 day", "2 days", "8 days"]

        _, review = answer_current(desk, sitting, 5, 3.0)
        assert review.after == view.futures[Grade.EASY]
        assert review.kind is ReviewKind.SCHEDULED
        assert dues(desk) == {sitting.current: TODAY + timedelta(days=8)}


def test_a_learned_cards_buttons_have_days_of_their_own(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose("fsrs")
    with open_desk() as desk:
        record_answer(desk, CARDS[0], 4)
    monkeypatch.setenv("PREPDECK_NOW", "2026-11-24T09:00:00+00:00")
    with open_desk() as desk:
        view = view_card(desk, CARDS[0])
        words = [future_words(view.futures, grade, view.review_kind) for grade in Grade]
        assert words == ["today, then 1 day", "today, then 8 days", "11 days", "19 days"]


def test_practice_under_fsrs_changes_nothing(home: Path) -> None:
    choose("fsrs")
    with open_desk() as desk:
        view = view_card(desk, CARDS[0], cram=True)
        assert set(view.futures.values()) == {view.memory}


def test_another_retention_goal_is_another_schedule(home: Path) -> None:
    choose("fsrs")
    with open_desk() as desk:
        practise(desk)
        before = dues(desk)
    set_setting(Options(), "retention_goal", "0.8")
    with open_desk() as desk:
        assert desk.notes == ["the schedule follows the new retention_goal, worked out again from the log for 5 cards"]
        assert all(due >= before[card] for card, due in dues(desk).items())
        assert dues(desk) != before


def test_another_retention_goal_says_nothing_under_sm2(home: Path) -> None:
    with open_desk() as desk:
        practise(desk)
    set_setting(Options(), "retention_goal", "0.8")
    with open_desk() as desk:
        assert desk.notes == []
        with desk.store.reading() as log:
            assert log.catalogue.fact(SCHEDULER_FACT) is None


def test_a_quick_count_sees_the_choice_and_is_quick_again_afterwards(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk() as desk:
        for number in range(10):
            record_answer(desk, CARDS[number % 5], 4, at=moment(45 + number // 5))
    waits_sm2, _ = what_waits(Options())
    choose("fsrs")
    waits, notes = what_waits(Options())
    # SM-2 asks again six days after the second pass, which is today; FSRS later.
    assert (waits_sm2.due, waits.due) == (5, 0)
    assert len(notes) == 1

    def refuse(options: Options) -> Desk:
        raise AssertionError(options)

    monkeypatch.setattr(prepdeck.study.desk, "open_desk", refuse)
    assert what_waits(Options()) == (waits, ())


def test_a_missing_package_is_said_at_every_start_and_sm2_decides(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "FSRS needs an extra: pip install 'prepdeck[fsrs]'; until then SM-2 decides"
    with open_desk() as desk:
        practise(desk)
        before = memories(desk)
    choose("fsrs")
    monkeypatch.setitem(sys.modules, "fsrs", None)
    with open_desk() as desk:
        assert [note.startswith(said) for note in desk.notes] == [True]
        record_answer(desk, CARDS[0], 4)
        undo(desk)
        assert memories(desk) == before
    notes = what_waits(Options())[1]
    assert [note.startswith(said) for note in notes] == [True]
    assert next(each.words for each in examine(Options()).findings if not each.ok).startswith(said)


def test_a_package_that_goes_and_comes_back_takes_the_schedule_with_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose("fsrs")
    with open_desk() as desk:
        practise(desk)
        before = memories(desk)
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "fsrs", None)
        assert rebuild(Options(), check=True).differences == ()
        with open_desk() as desk:
            assert desk.scheduler.key == "sm2"
            assert len(desk.notes) == 2
            assert memories(desk) != before
    with open_desk() as desk:
        assert memories(desk) == before


def test_a_check_compares_with_the_scheduler_the_memories_follow(home: Path) -> None:
    with open_desk() as desk:
        practise(desk)
    choose("fsrs")
    report = rebuild(Options(), check=True)
    assert report.differences == ()
    assert report.pending == "the next start works the schedule out again from the log, by FSRS"
    assert examine(Options()).ok

    assert rebuild(Options()).notes[0].startswith("the schedule now follows FSRS")
    assert rebuild(Options(), check=True).pending is None
    with open_desk() as desk:
        with desk.store.writing() as log:
            kept = log.memory_of(CARDS[0])
            assert isinstance(kept, Learned)
            log.keep_memory(CARDS[0], Learned(1, 250, 3, TODAY, kept.last, drilling=False, lapses=0))
        assert not examine(Options()).ok
    assert len(rebuild(Options()).differences) == 1
    with open_desk() as desk:
        assert memories(desk) == replayed(desk)


def test_a_changed_meaning_makes_a_card_due_under_fsrs_too(home: Path) -> None:
    choose("fsrs")
    with open_desk() as desk:
        record_answer(desk, CARDS[0], 5, at=moment(50))
    (home / "decks" / "small.yaml").write_text(DECK.replace("- id: one\n", "- id: one\n  revision: 2\n"))
    with open_desk() as desk:
        assert dues(desk)[CARDS[0]] == TODAY
        assert memories(desk) == replayed(desk)


def test_a_program_killed_while_it_works_the_schedule_out_again_changed_nothing(home: Path) -> None:
    with open_desk() as desk:
        practise(desk)
        before = memories(desk)
    choose("fsrs")
    program = (
        "import os, signal; from prepdeck.store.catalogue import Catalogue; from prepdeck.study.desk import open_desk\n"
        "Catalogue.keep_fact = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "open_desk()"
    )
    killed = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    choose("sm2")
    with open_desk() as desk:
        assert desk.notes == []
        assert memories(desk) == before == replayed(desk)
    choose("fsrs")
    with open_desk() as desk:
        assert memories(desk) == replayed(desk) != before


def test_two_programs_that_see_the_choice_at_once_work_it_out_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        practise(desk)
        choose("fsrs")
        seen = []

        def other_first(self: Logbook) -> dict[CardId, Memory]:
            seen.append(self)
            raise AssertionError

        with monkeypatch.context() as patched:
            patched.setattr(Logbook, "all_replayed", other_first)
            answers = iter(["sm2", "fsrs:0.9"])
            patched.setattr("prepdeck.study.following.kept_key", lambda _: next(answers))
            assert follow(desk.store, FsrsScheduler(0.9)) is None
        assert seen == []


def test_an_open_program_follows_the_choice_of_another_one(home: Path) -> None:
    with open_desk() as open_before:
        practise(open_before)
        choose("fsrs")
        open_desk().close()
        stored = record_answer(open_before, CARDS[0], 4)  # the card was on the screen when the choice was made
        view = view_card(open_before, CARDS[1])

        assert open_before.scheduler.key == "fsrs:0.9"
        assert open_before.notes == ["another prepdeck chose the scheduler anew; this one follows FSRS from now on"]
        assert memories(open_before) == replayed(open_before)
        assert memories(open_before)[CARDS[0]] == stored.after
        assert view.futures[Grade.GOOD] == record_answer(open_before, CARDS[1], 4).after


def _answer(desk: Desk, home: Path) -> None:
    record_answer(desk, CARDS[0], 4)


def _undo(desk: Desk, home: Path) -> None:
    undo(desk)


def _take_in_a_rename(desk: Desk, home: Path) -> None:
    (home / "decks" / "small.yaml").write_text(DECK.replace("- id: one\n", "- id: uno\n  was: one\n"))
    reload_decks(desk)


@pytest.mark.parametrize("act", [_answer, _undo, _take_in_a_rename])
@pytest.mark.parametrize(("before", "after"), [("sm2", "fsrs"), ("fsrs", "sm2")])
def test_what_an_open_program_does_after_another_one_chose_follows_that_choice(
    home: Path, act: Callable[[Desk, Path], None], before: str, after: str
) -> None:
    choose(before)
    with open_desk() as open_before:
        practise(open_before)
        choose(after)
        open_desk().close()
        act(open_before, home)
    assert rebuild(Options(), check=True).differences == ()


def test_a_program_that_cannot_follow_another_ones_choice_has_the_next_start_work_everything_out(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk() as open_before:
        practise(open_before)
        choose("fsrs")
        open_desk().close()
        with monkeypatch.context() as without:
            without.setitem(sys.modules, "fsrs", None)
            record_answer(open_before, CARDS[0], 4)
    assert rebuild(Options(), check=True).differences == ()
    with open_desk() as desk:
        (note,) = desk.notes
        assert note.startswith("the schedule now follows FSRS, worked out again from the log for 5 cards")
        assert memories(desk) == replayed(desk)


def test_an_open_program_that_cannot_follow_goes_on_as_before(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as open_before:
        practise(open_before)
        with open_before.store.writing() as log:
            log.catalogue.keep_fact(SCHEDULER_FACT, "fsrs-9:0.9")
        view = view_card(open_before, CARDS[1])
        assert open_before.scheduler.key == "sm2"
        assert view.futures[Grade.GOOD] == record_answer(open_before, CARDS[1], 4).after
    with open_desk() as desk:
        assert desk.notes == ["the schedule follows SM-2 again, worked out again from the log for 5 cards"]


def test_catching_up_leaves_a_store_alone_that_another_program_changed_again(home: Path) -> None:
    with open_desk() as desk:
        practise(desk)
        before = memories(desk)
        assert catch_up(desk.store, "fsrs:0.9") is not None
        assert memories(desk) == before
        with desk.store.reading() as log:
            assert kept_key(log) == "sm2"


@pytest.mark.parametrize("key", ["", "fsrs", "fsrs:", "fsrs:high", "sm18"])
def test_a_scheduler_of_another_prepdeck_is_not_known(key: str) -> None:
    with pytest.raises(SettingsError, match="does not know"):
        scheduler_of(key)


def test_a_damaged_entry_is_told_when_the_schedule_is_worked_out_again(home: Path) -> None:
    with open_desk() as desk:
        practise(desk)
        with desk.store.writing() as log:
            run = log._connection.exec_driver_sql
            for (name,) in run("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                run(f"DROP TRIGGER {name}")
            run("UPDATE reviews SET study_day = '2026-99-99' WHERE card = 'one'")
    choose("fsrs")
    with pytest.raises(StoreDamaged):
        open_desk()
