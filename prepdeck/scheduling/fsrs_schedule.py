"""FSRS as the scheduler: how firmly a card is remembered decides when it comes back.

The numbers come from the PyPI package `fsrs`, which only this module imports, and only when the learner chose it. A
memory keeps SM-2's columns, so how firmly a card is remembered is worked out from its history whenever it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from typing import Final, assert_never, cast

from prepdeck.errors import SettingsError
from prepdeck.scheduling.grade import Grade, grade_of
from prepdeck.scheduling.memory import LONGEST_INTERVAL, UNSEEN, Learned, Memory, Unseen
from prepdeck.scheduling.recall import Strength
from prepdeck.scheduling.review import Answered, Entry, Rescheduled, Reset, ReviewKind, Revised, step
from prepdeck.scheduling.scheduler import History
from prepdeck.scheduling.schedulers import FSRS_PREFIX
from prepdeck.scheduling.sm2 import later

WEIGHTS: Final = 21
"""How many constants FSRS-6 has; an older package has fewer and would plan otherwise."""
LONGEST_GAP: Final = 365_000
"""Days, a thousand years; a longer gap counts as this one, for the package counts in dates and those end."""
_NOON: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
_MISSING: Final = "FSRS needs an extra: pip install 'prepdeck[fsrs]'"


def key_of(goal: float) -> str:
    """Return the key of FSRS with a retention goal, such as `fsrs:0.9`."""
    return f"{FSRS_PREFIX}{goal}"


def is_installed() -> bool:
    """Tell whether the package seems to be there, without the time it takes to load it."""
    try:
        return find_spec("fsrs") is not None
    except (ImportError, ValueError):  # something on the way forbids to look for it
        return False


class _Model:
    """The package's own scheduler, with everything off that a study day leaves no room for.

    The package counts whole spans of 24 hours, so every study day is its noon; fuzz draws from the dice of the whole
    process, so it stays off; and a card without an id would wait a millisecond for one.
    """

    def __init__(self, goal: float) -> None:
        try:
            import fsrs  # noqa: PLC0415 - an extra, and nobody else should wait for it

            self._scheduler = fsrs.Scheduler(
                desired_retention=goal,
                learning_steps=(),
                relearning_steps=(),
                maximum_interval=LONGEST_INTERVAL,
                enable_fuzzing=False,
            )
        except (ImportError, AttributeError, TypeError) as error:
            raise SettingsError(_MISSING, "or go back: prepdeck config scheduler sm2") from error
        except Exception as error:  # a broken package must not keep anybody from their cards
            raise SettingsError(
                f"FSRS cannot be loaded ({type(error).__name__})",
                "pip install --force-reinstall fsrs, or go back: prepdeck config scheduler sm2",
            ) from error
        if len(self._scheduler.parameters) != WEIGHTS:
            raise SettingsError(_MISSING, "another version of fsrs is installed; or: prepdeck config scheduler sm2")
        self._new_card = fsrs.Card
        self._learned = fsrs.State.Review
        self._ratings = dict(
            zip(Grade, (fsrs.Rating.Again, fsrs.Rating.Hard, fsrs.Rating.Good, fsrs.Rating.Easy), strict=True)
        )

    def answer(self, strength: Strength | None, grade: Grade, days: int) -> tuple[Strength, int]:
        """Return how firmly a card is remembered after an answer, and the days until the next one.

        Args:
            strength: How firmly it was remembered after the answer before; None for a first look.
            grade: What was pressed.
            days: Whole study days since the answer before, at least 1; of no account for a first look.
        """
        if strength is None:
            card, moment = self._new_card(card_id=1, due=_NOON), _NOON
        else:
            stability, difficulty = strength
            card = self._new_card(1, self._learned, None, stability, difficulty, _NOON, _NOON)
            moment = _NOON + timedelta(days=min(days, LONGEST_GAP))
        after, _ = self._scheduler.review_card(card, self._ratings[grade], moment)
        # The package leaves both open only on a card that was never answered.
        known = Strength(cast("float", after.stability), cast("float", after.difficulty))
        return known, (after.due - moment).days


@dataclass(frozen=True, slots=True)
class _State:
    memory: Memory = UNSEEN
    counted: Memory = UNSEEN
    """What SM-2 makes of the same entries; an early pass under a plan counts or not by SM-2's own due day."""
    strength: Strength | None = None


class FsrsScheduler:
    """FSRS-6 with its published constants.

    Repetition, easiness and lapses are counted as SM-2 counts them over the same answers, so that lists mean the same
    under either; interval and due day are FSRS's.

    Args:
        goal: The share of cards to be remembered when they come back, 0-1.

    Raises:
        SettingsError: When the package is not there, or is too old.
    """

    def __init__(self, goal: float) -> None:
        self._model = _Model(goal)
        self._key = key_of(goal)

    @property
    def key(self) -> str:
        """Its name with the retention goal, for another goal gives other due days."""
        return self._key

    @property
    def title(self) -> str:
        """Its name for people."""
        return "FSRS"

    def replay(self, entries: Iterable[Entry]) -> Memory:
        """Return the memory that follows from a whole history, oldest entry first."""
        return self._replayed(entries).memory

    def answer(self, history: History, memory: Memory, entry: Entry) -> Memory:  # noqa: ARG002 - the history says more
        """Return the memory after one more entry."""
        return self._after(self._replayed(history()), entry).memory

    def preview(
        self,
        history: History,
        memory: Memory,  # noqa: ARG002 - the history says more
        today: date,
        kind: ReviewKind = ReviewKind.SCHEDULED,
    ) -> dict[Grade, Memory]:
        """Return the four futures of a card."""
        state = self._replayed(history())
        return {grade: self._after(state, Answered(today, grade.quality, kind)).memory for grade in Grade}

    def strength_of(self, entries: Iterable[Entry]) -> Strength | None:
        """Return how firmly a card is remembered after its last answer that counted; None when it was never seen."""
        return self._replayed(entries).strength

    def _replayed(self, entries: Iterable[Entry]) -> _State:
        state = _State()
        for entry in entries:
            state = self._after(state, entry)
        return state

    def _after(self, before: _State, entry: Entry) -> _State:
        counted = step(before.counted, entry)
        match entry:
            case Answered():
                return self._answered(before, entry, counted)
            case Reset():
                return _State()
            case Revised() | Rescheduled():
                return replace(before, memory=step(before.memory, entry), counted=counted)
            case _:
                assert_never(entry)

    def _answered(self, before: _State, entry: Answered, counted: Memory) -> _State:
        if entry.kind is ReviewKind.CRAM or isinstance(counted, Unseen):
            return before
        known, day = before.memory, entry.study_day
        if isinstance(known, Learned) and known.last == day:
            return replace(before, memory=replace(known, drilling=counted.drilling), counted=counted)
        days = (day - known.last).days if isinstance(known, Learned) else 0
        strength, interval = self._model.answer(before.strength, grade_of(entry.quality), days)
        return _State(replace(counted, interval=interval, due=later(day, interval)), counted, strength)
