from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import prepdeck
from prepdeck.errors import SettingsError
from prepdeck.scheduling import review
from prepdeck.scheduling.fsrs_schedule import FsrsScheduler, is_installed, key_of
from prepdeck.scheduling.grade import Grade, grade_of
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory, Unseen
from prepdeck.scheduling.review import Answered, Entry, Rescheduled, Reset, ReviewKind, Revised
from prepdeck.scheduling.scheduler import SM2, Scheduler
from prepdeck.scheduling.sm2 import EarlierDay
from tests.builders import TODAY
from tests.full import examples

FSRS = FsrsScheduler(0.9)
RATINGS = dict(zip(Grade, (fsrs.Rating.Again, fsrs.Rating.Hard, fsrs.Rating.Good, fsrs.Rating.Easy), strict=True))

gaps = st.integers(0, 400)
grades = st.integers(0, 5)
shapes = st.lists(
    st.tuples(gaps, st.one_of(grades, st.sampled_from(("cram", "early-plan", "revised", "reset", "rescheduled")))),
    max_size=30,
)


def entries_from(shape: list[tuple[int, int | str]]) -> list[Entry]:
    """Make a history of gaps and what happened after each."""
    day = TODAY
    entries: list[Entry] = []
    for gap, what in shape:
        day += timedelta(days=gap)
        match what:
            case "cram":
                entries.append(Answered(day, 3, ReviewKind.CRAM))
            case "early-plan":
                entries.append(Answered(day, 4, ReviewKind.EARLY_PLAN))
            case "revised":
                entries.append(Revised(day))
            case "reset":
                entries.append(Reset(day))
            case "rescheduled":
                entries.append(Rescheduled(day, day + timedelta(days=gap)))
            case _:
                entries.append(Answered(day, int(what)))
    return entries


def by_the_package(history: list[tuple[date, int]], goal: float) -> fsrs.Card:
    """Ask the package itself, one fixed hour per study day, second answers of a day left out."""
    scheduler = fsrs.Scheduler(desired_retention=goal, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = fsrs.Card(card_id=7)
    first_of_day: dict[date, int] = {}
    for day, quality in history:
        first_of_day.setdefault(day, quality)
    for day, quality in first_of_day.items():
        moment = datetime.combine(day, time(12), tzinfo=UTC)
        card, _ = scheduler.review_card(card, RATINGS[grade_of(quality)], moment)
    return card


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(st.tuples(gaps, grades), min_size=1, max_size=30), st.sampled_from((0.5, 0.8, 0.9, 0.99)))
def test_stability_difficulty_and_due_day_are_those_of_the_package(shape: list[tuple[int, int]], goal: float) -> None:
    entries = entries_from(list(shape))
    history = [(each.study_day, each.quality) for each in entries if isinstance(each, Answered)]
    scheduler = FsrsScheduler(goal)
    card = by_the_package(history, goal)

    memory, strength = scheduler.replay(entries), scheduler.strength_of(entries)

    assert isinstance(memory, Learned)
    assert strength == (card.stability, card.difficulty)
    assert memory.due == card.due.date()
    assert memory.interval == (card.due.date() - memory.last).days


@settings(max_examples=examples(150), deadline=None)
@given(shapes)
def test_answering_one_by_one_gives_what_replay_gives(shape: list[tuple[int, int | str]]) -> None:
    entries = entries_from(shape)
    for scheduler in (FSRS, SM2):
        memory: Memory = UNSEEN
        for number, entry in enumerate(entries):
            memory = scheduler.answer(lambda number=number: entries[:number], memory, entry)  # type: ignore[misc]

        assert memory == scheduler.replay(entries)


@settings(max_examples=examples(150), deadline=None)
@given(shapes)
def test_both_schedulers_count_repetition_easiness_lapses_and_drill_alike(shape: list[tuple[int, int | str]]) -> None:
    entries = entries_from(shape)
    other, memory = SM2.replay(entries), FSRS.replay(entries)

    assert type(memory) is type(other)
    if isinstance(memory, Learned) and isinstance(other, Learned):
        for name in ("repetition", "easiness", "lapses", "drilling", "last"):
            assert getattr(memory, name) == getattr(other, name)
        assert memory.due > memory.last
        assert 1 <= memory.interval <= 36_500


@settings(max_examples=examples(100), deadline=None)
@given(shapes)
def test_switching_to_fsrs_and_back_leaves_no_trace(shape: list[tuple[int, int | str]]) -> None:
    entries = entries_from(shape)
    before = SM2.replay(entries)
    FSRS.replay(entries)

    assert SM2.replay(entries) == before == review.replay(entries)


@settings(max_examples=examples(100), deadline=None)
@given(shapes, st.integers(0, 400))
def test_a_button_does_what_its_box_says(shape: list[tuple[int, int | str]], gap: int) -> None:
    entries = entries_from(shape)
    today = (entries[-1].study_day if entries else TODAY) + timedelta(days=gap)
    for scheduler in (FSRS, SM2):
        memory = scheduler.replay(entries)
        for grade, future in scheduler.preview(lambda: entries, memory, today).items():
            assert future == scheduler.replay([*entries, Answered(today, grade.quality)])


@pytest.mark.parametrize(
    ("answered", "intervals"),
    [
        ([4], [2]),
        ([5], [8]),
        ([3], [1]),
        ([1], [1]),
        ([4, 4, 4, 4, 4], [2, 11, 46, 163, 497]),
        ([4, 4, 4, 1, 4, 4], [2, 11, 46, 3, 8, 19]),
    ],
)
def test_a_sequence_of_due_answers_gives_the_intervals_of_fsrs_6(answered: list[int], intervals: list[int]) -> None:
    entries: list[Entry] = []
    found = []
    day = TODAY
    for quality in answered:
        entries.append(Answered(day, quality))
        memory = FSRS.replay(entries)
        assert isinstance(memory, Learned)
        found.append(memory.interval)
        day = memory.due
    assert found == intervals


def test_the_four_buttons_of_a_new_card_give_four_due_days_of_their_own() -> None:
    futures = FSRS.preview(list, UNSEEN, TODAY)
    assert [future.interval for future in futures.values() if isinstance(future, Learned)] == [1, 1, 2, 8]


def test_a_second_answer_on_one_day_changes_nothing_but_the_drill() -> None:
    first = FSRS.replay([Answered(TODAY, 1)])
    again = FSRS.replay([Answered(TODAY, 1), Answered(TODAY, 5)])
    assert isinstance(first, Learned)
    assert isinstance(again, Learned)
    assert (again.due, again.interval, again.lapses, again.drilling) == (first.due, first.interval, 0, False)


def test_a_drill_leaves_the_strength_alone() -> None:
    once = [Answered(TODAY, 1), Answered(TODAY + timedelta(days=1), 4)]
    drilled = [Answered(TODAY, 1), Answered(TODAY, 5), Answered(TODAY + timedelta(days=1), 4)]
    assert FSRS.strength_of(once) == FSRS.strength_of(drilled)


def test_practice_on_an_unseen_card_leaves_it_unseen() -> None:
    assert FSRS.replay([Answered(TODAY, 4, ReviewKind.CRAM)]) == UNSEEN
    assert FSRS.strength_of([Answered(TODAY, 4, ReviewKind.CRAM)]) is None


def test_a_changed_meaning_makes_a_card_due_and_keeps_what_is_remembered() -> None:
    learned: list[Entry] = [Answered(TODAY, 5)]
    revised = [*learned, Revised(TODAY + timedelta(days=3))]
    memory = FSRS.replay(revised)
    assert isinstance(memory, Learned)
    assert memory.due == TODAY + timedelta(days=3)
    assert FSRS.strength_of(revised) == FSRS.strength_of(learned)


def test_a_card_begun_anew_is_learned_from_the_first_answer_on() -> None:
    old: list[Entry] = [Answered(TODAY, 5), Answered(TODAY + timedelta(days=8), 5), Reset(TODAY + timedelta(days=9))]
    assert FSRS.replay(old) == UNSEEN
    anew: list[Entry] = [Answered(TODAY + timedelta(days=9), 4)]
    assert FSRS.replay([*old, *anew]) == FSRS.replay(anew)


def test_another_due_day_changes_nothing_else() -> None:
    learned = FSRS.replay([Answered(TODAY, 5)])
    moved = FSRS.replay([Answered(TODAY, 5), Rescheduled(TODAY, TODAY + timedelta(days=20))])
    assert isinstance(learned, Learned)
    assert moved == replace(learned, due=TODAY + timedelta(days=20))


def test_an_early_pass_under_a_plan_counts_as_any_answer() -> None:
    day = TODAY + timedelta(days=1)
    planned = [Answered(TODAY, 4), Answered(day, 4, ReviewKind.EARLY_PLAN)]
    plain = [Answered(TODAY, 4), Answered(day, 4)]
    memory, other = FSRS.replay(planned), FSRS.replay(plain)
    assert isinstance(memory, Learned)
    assert isinstance(other, Learned)
    assert (memory.interval, memory.due) == (other.interval, other.due)


def test_an_answer_before_the_last_study_day_is_an_error() -> None:
    history: list[Entry] = [Answered(TODAY, 4)]
    with pytest.raises(EarlierDay):
        FSRS.answer(lambda: history, FSRS.replay(history), Answered(TODAY - timedelta(days=1), 4))


@pytest.mark.parametrize(
    "days", [[date(9998, 1, 1), date(9999, 12, 31)], [date.min, date.max], [date(1, 1, 1), date(5000, 1, 1)]]
)
def test_days_at_the_end_of_the_calendar_stay_in_it(days: list[date]) -> None:
    memory = FSRS.replay([Answered(day, 5) for day in days])
    assert isinstance(memory, Learned)
    assert days[-1] <= memory.due <= date.max


def test_no_interval_is_longer_than_a_hundred_years() -> None:
    day = date(2000, 1, 1)
    entries: list[Entry] = []
    found = []
    scheduler = FsrsScheduler(0.5)
    for _ in range(12):
        entries.append(Answered(day, 5))
        memory = scheduler.replay(entries)
        assert isinstance(memory, Learned)
        found.append(memory.interval)
        day = memory.due
    assert max(found) == found[-1] == 36_500


def test_a_lower_goal_brings_cards_back_later() -> None:
    entries = [Answered(TODAY, 4), Answered(TODAY + timedelta(days=2), 4)]
    found = [FsrsScheduler(goal).replay(entries) for goal in (0.95, 0.9, 0.8)]
    assert [memory.interval for memory in found if not isinstance(memory, Unseen)] == [4, 11, 36]


def test_another_goal_is_another_key() -> None:
    keys = [FsrsScheduler(goal).key for goal in (0.9, 0.92, 0.925)]
    assert keys == ["fsrs:0.9", "fsrs:0.92", "fsrs:0.925"] == [key_of(goal) for goal in (0.9, 0.92, 0.925)]


def test_a_missing_package_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsrs", None)
    assert not is_installed()
    with pytest.raises(SettingsError, match=r"FSRS needs an extra: pip install 'prepdeck\[fsrs\]'"):
        FsrsScheduler(0.9)


class _Blocking:
    """Refuses to find the package, as a guard against extras does."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "fsrs":
            raise ModuleNotFoundError(name)


def test_a_package_that_may_not_be_looked_for_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "fsrs")
    monkeypatch.setattr(sys, "meta_path", [_Blocking(), *sys.meta_path])
    assert not is_installed()
    with pytest.raises(SettingsError, match="FSRS needs an extra"):
        FsrsScheduler(0.9)


@pytest.mark.parametrize("broken", ["x = = 1", "1 / 0"])
def test_a_package_that_breaks_when_it_is_loaded_is_said_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    (tmp_path / "fsrs.py").write_text(broken)
    monkeypatch.delitem(sys.modules, "fsrs")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(SettingsError, match="FSRS cannot be loaded") as raised:
        FsrsScheduler(0.9)
    assert raised.value.help is not None
    assert "prepdeck config scheduler sm2" in raised.value.help
    monkeypatch.delitem(sys.modules, "fsrs", raising=False)


def test_an_older_package_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    older = SimpleNamespace(Scheduler=lambda **_: SimpleNamespace(parameters=(0.5,) * 19))
    monkeypatch.setitem(sys.modules, "fsrs", older)
    with pytest.raises(SettingsError) as raised:
        FsrsScheduler(0.9)
    assert raised.value.help is not None
    assert "another version" in raised.value.help


def test_the_package_is_loaded_only_when_a_schedule_is_made() -> None:
    program = (
        "import sys; from prepdeck.scheduling import fsrs_schedule as module; assert module.is_installed();"
        "assert 'fsrs' not in sys.modules; module.FsrsScheduler(0.9); assert 'fsrs' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_one_module_alone_imports_the_package() -> None:
    package = Path(prepdeck.__file__).parent
    importing = re.compile(r"^\s*(?:import|from) fsrs\b", re.MULTILINE)
    found = [path.name for path in package.rglob("*.py") if importing.search(path.read_text("utf-8"))]
    assert found == ["fsrs_schedule.py"]


def test_both_are_schedulers() -> None:
    schedulers: list[Scheduler] = [SM2, FSRS]
    assert [(each.title, each.key) for each in schedulers] == [("SM-2", "sm2"), ("FSRS", "fsrs:0.9")]
