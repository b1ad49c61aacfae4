"""A throw-away home with two months of made-up history, so that every screen has something to show."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from prepdeck.errors import UsageError
from prepdeck.host.clock import FrozenClock
from prepdeck.host.folders import HOME_VARIABLE, find_folders, make_private_folder, write_private_file
from prepdeck.host.setting_writing import write_setting
from prepdeck.scheduling.aim import Intensity
from prepdeck.scheduling.grade import PASSING_QUALITY, Grade
from prepdeck.scheduling.load import Candidate
from prepdeck.scheduling.pace import Pace
from prepdeck.scheduling.review import Answered, Review, ReviewKind, kind_of
from prepdeck.scheduling.simulation.mind import Mind
from prepdeck.scheduling.simulation.person import draw_person
from prepdeck.scheduling.simulation.plan_engine import PlanEngine
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.truth import Truth
from prepdeck.store.appointments import interview_dates
from prepdeck.store.logbook import Logbook
from prepdeck.study import handling
from prepdeck.study.aims import USUAL_WEIGHT, queued_decks
from prepdeck.study.demo_mocks import sit_demo_mocks
from prepdeck.study.demo_road import DEEDS, walk_demo_road
from prepdeck.study.demo_stories import STORIES
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.interviews import add_interview
from prepdeck.study.options import Options
from prepdeck.study.request import Scope
from prepdeck.study.scope import Circumstances, candidates_of
from prepdeck.study.surroundings import DATABASE_VARIABLE, DECKS_VARIABLE, NO_BUNDLED_VARIABLE
from prepdeck.study.undoing import undo

DAYS: Final = 61
"""Days of history before today."""
DAYS_AHEAD: Final = 18
"""Days from today to the made-up interview."""
MISSED: Final = frozenset({12, 13, 29, 41})
"""Study days, counted from the first, on which nobody studied."""
MINUTES: Final = 8
"""Minutes a day the made-up learner means to study."""
LEECH_LAPSES: Final = 4
"""Lapses that make a leech in the demo; two months are short for the usual eight."""
COMPANY: Final = "Northwind Search"
"""Whose interview it is; no company of that name asks anybody."""
STEPS_UNDONE: Final = (20, 47, 59)
"""Study days that end with a grade given by mistake and taken back."""

_SHARE_MET: Final = 0.95
_MOST_MET: Final = 400
_STUBBORN: Final = (3, 11)
_STUBBORN_FAILS: Final = 0.5
_LEAST_SECONDS: Final = 25.0
_MOST_SECONDS: Final = 75.0
_PERSON: Final = 4
_DAYS_A_BATCH: Final = 10
_EVENING: Final = time(19, 10)
_LATE_EVENING: Final = time(21, 30)
_OVERRULED: Final = (HOME_VARIABLE, DATABASE_VARIABLE, DECKS_VARIABLE, NO_BUNDLED_VARIABLE)


@dataclass(frozen=True, slots=True)
class _Said:
    """One answer of the made-up learner."""

    card: int
    """Which card of the pool."""
    grade: Grade
    """What was pressed."""
    seconds: float
    """How long it took."""


class _Learner:
    """The made-up learner at work: the plan decides, a person of the simulator answers.

    Args:
        pool: The cards they meet.
    """

    def __init__(self, pool: Sequence[Candidate]) -> None:
        pace = Pace()
        usual = pace.times("basic").review
        self._setting = Setting(
            cards=len(pool),
            days=DAYS + DAYS_AHEAD,
            minutes=MINUTES,
            weights=tuple(each.weight / USUAL_WEIGHT for each in pool),
            lengths=tuple(pace.times(each.kind, each.target_seconds).review / usual for each in pool),
        )
        person = draw_person(_PERSON, len(pool), Truth.FLAT, random.Random("demo person"))  # noqa: S311 - made up
        self._mind = Mind(person, self._setting, lambda card: random.Random(f"demo answers {card}"))  # noqa: S311 - made up
        self._plan = PlanEngine(self._setting, Intensity.FULL)
        self._stubborn = frozenset(number for number in _STUBBORN if number < len(pool))
        self._dice = random.Random("demo luck")  # noqa: S311 - made up

    def study(self, today: int) -> Iterator[_Said]:
        """Yield the answers of one study day, until its minutes are over."""
        left = MINUTES * 60.0 * self._dice.uniform(0.85, 1.05)
        self._plan.open_day(today)
        while left > _LEAST_SECONDS and (card := self._plan.next_card(today, left)) is not None:
            if left < _LEAST_SECONDS * self._setting.length_of(card):
                continue
            said = self._look(card, today)
            again = True
            while again:
                yield said
                left -= said.seconds
                again = self._plan.answered(card, said.grade, said.seconds, today)
                if again:
                    grade, seconds = self._mind.repeat(card, said.grade, today)
                    said = self._said(card, grade if left > 0 else Grade.GOOD, seconds)

    def _look(self, card: int, today: int) -> _Said:
        is_met = self._mind.is_seen(card)
        grade, seconds = self._mind.look(card, today)
        if is_met and card in self._stubborn and self._dice.random() < _STUBBORN_FAILS:
            grade = Grade.AGAIN
        return self._said(card, grade, seconds)

    def _said(self, card: int, grade: Grade, seconds: float) -> _Said:
        return _Said(card, grade, min(seconds, _MOST_SECONDS * self._setting.length_of(card)))


@contextmanager
def own_environment(environment: MutableMapping[str, str] = os.environ) -> Iterator[None]:
    """Take the variables away that would lead out of the demo's home, and give them back at the end."""
    taken = {name: environment.pop(name) for name in _OVERRULED if name in environment}
    try:
        yield
    finally:
        environment.update(taken)


def make_demo(folder: Path) -> Options:
    """Fill a new home with bundled decks, settings, stories and two months of history; return how to open it.

    The same day gives the same demo. It is to be called within `own_environment`.

    Raises:
        UsageError: When something is in the folder already; nothing is touched.
        StoreError: When it cannot be written; what was made is removed.
    """
    folder = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - resolve() would follow links
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty", "name a folder that does not exist yet, or an empty one")
    is_new = not folder.exists()
    options = Options(home=folder)
    try:
        _fill(options)
    except BaseException:
        _clear(folder, whole=is_new)
        raise
    return options


def _clear(folder: Path, *, whole: bool) -> None:
    """Remove what was made in a folder that was empty before."""
    for path in [] if whole or not folder.is_dir() else list(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if whole:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(options: Options) -> None:
    folders = find_folders(options.home, {})
    make_private_folder(folders.decks)
    write_private_file(folders.decks / "stories.yaml", STORIES)
    chosen = {"minutes_a_day": MINUTES, "leech_lapses": LEECH_LAPSES, "plan_intensity": Intensity.FULL.value}
    for key, value in chosen.items():
        write_setting(folders, key, str(value))
    with open_desk(options) as desk:
        _live(desk)


def _live(desk: Desk) -> None:
    """Live through two months, day by day, each with its clock."""
    clock, today = desk.clock, desk.today()
    first = today - timedelta(days=DAYS)
    try:
        desk.clock = _clock_on(first)
        add_interview(desk, today + timedelta(days=DAYS_AHEAD), COMPANY)
        with desk.store.reading() as log:
            pool = _pool_of(desk, log)
        learner = _Learner(pool)
        batch: list[int] = []
        for number in range(DAYS):
            batch.append(number)
            stops = number in STEPS_UNDONE or number in DEEDS
            if stops or len(batch) == _DAYS_A_BATCH or number == DAYS - 1:
                _study(desk, learner, pool, first, batch)
                if number in STEPS_UNDONE:
                    undo(desk)
                desk.clock = _clock_on(first + timedelta(days=number), _LATE_EVENING)
                walk_demo_road(desk, number)
                batch = []
        _handle(desk, pool)
    finally:
        desk.clock = clock
    sit_demo_mocks(desk)


def _clock_on(day: date, hour: time = _EVENING) -> FrozenClock:
    """Return a clock that stands on the evening of a day, in the learner's zone."""
    return FrozenClock(datetime.combine(day, hour).astimezone())


def _pool_of(desk: Desk, log: Logbook) -> list[Candidate]:
    """Return the cards the learner meets, mixed over the decks; the rest are still new today."""
    decks = tuple(each.deck.id for each in queued_decks(desk, interview_dates(log.raw)))
    candidates = list(candidates_of(desk.library, Scope(decks=decks), {}, Circumstances()))
    if not candidates:
        raise UsageError("the bundled decks hold no card, so there is nothing to show", "install prepdeck again")
    random.Random("demo cards").shuffle(candidates)  # noqa: S311 - made up
    return candidates[: max(1, min(_MOST_MET, round(len(candidates) * _SHARE_MET)))]


def _study(desk: Desk, learner: _Learner, pool: Sequence[Candidate], first: date, numbers: Sequence[int]) -> None:
    """Write down some study days in one transaction; a day of `STEPS_UNDONE` ends with a slip of the finger."""
    with desk.store.writing() as log:
        for number in numbers:
            if number in MISSED:
                continue
            day = first + timedelta(days=number)
            desk.clock = _clock_on(day)
            at = desk.clock.now() + timedelta(minutes=number * 7 % 50)
            said = None
            for said in learner.study(number):
                at += timedelta(seconds=said.seconds + 1)
                _append(log, pool[said.card], said, day, at)
            if number in STEPS_UNDONE and said is not None:
                slip = _Said(said.card, Grade.AGAIN, 1.0)
                _append(log, pool[said.card], slip, day, at + timedelta(seconds=2))


def _append(log: Logbook, candidate: Candidate, said: _Said, day: date, at: datetime) -> None:
    """Write down one answer as the review screen does."""
    before, quality = log.memory_of(candidate.card), said.grade.quality
    kind = kind_of(before, day)
    if kind is ReviewKind.EARLY and quality >= PASSING_QUALITY:
        kind = ReviewKind.EARLY_PLAN
    entry = Answered(day, quality, kind)
    review = Review(
        id="",
        card=candidate.card,
        at=at,
        study_day=day,
        quality=quality,
        elapsed_seconds=round(said.seconds, 1),
        kind=kind,
        wording=0,
        before=before,
        after=log.scheduler.answer(lambda: log.history_of(candidate.card), before, entry),
    )
    log.append_review(review, at)


def _handle(desk: Desk, pool: Sequence[Candidate]) -> None:
    """Do to some cards what learners do beside answering, on the evening before today."""
    names = [str(candidate.card) for candidate in pool]
    deeds: tuple[Callable[[], object], ...] = (
        lambda: handling.flag(desk, names[5:8]),
        lambda: handling.suspend(desk, names[8:9]),
        lambda: handling.note(desk, names[_STUBBORN[0]], "Mixed this up again. Say the definition first."),
    )
    for deed in deeds:
        deed()
