"""Every strategy that is tried, by the name it has in tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from prepdeck.scheduling.aim import Intensity
from prepdeck.scheduling.simulation.anki_engine import AnkiEngine
from prepdeck.scheduling.simulation.fsrs_engine import FsrsEngine
from prepdeck.scheduling.simulation.plan_engine import plan_of
from prepdeck.scheduling.simulation.rival import MakeEngine, Rival, Routine
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.sm2_engine import Sm2Engine
from prepdeck.scheduling.simulation.strategy import MakeStrategy, Strategy

SHIPPED: Final = ("SM-2 usual", "Anki usual", "FSRS usual")
"""The schedulers as they ship."""


def _rival(engine: MakeEngine, routine: Routine) -> MakeStrategy:
    def make(setting: Setting) -> Strategy:
        return Rival(setting, engine(setting), routine)

    return make


def _lean(setting: Setting) -> Sm2Engine:
    return Sm2Engine(setting, lean=True)


RIVALS: Final[Mapping[str, MakeStrategy]] = {
    "SM-2 usual": _rival(Sm2Engine, Routine.USUAL),
    "Anki usual": _rival(AnkiEngine, Routine.USUAL),
    "FSRS usual": _rival(FsrsEngine, Routine.USUAL),
    "SM-2 even": _rival(Sm2Engine, Routine.EVEN),
    "Anki even": _rival(AnkiEngine, Routine.EVEN),
    "FSRS even": _rival(FsrsEngine, Routine.EVEN),
    "SM-2 lean even": _rival(_lean, Routine.EVEN),
}
"""The schedulers the plan is held against; "lean" leaves cards graded hard alone on the day."""


def plans() -> Mapping[str, MakeStrategy]:
    """Return the strategies that know of the interview."""
    return {f"plan, {intensity.value}": plan_of(intensity) for intensity in Intensity}


def strategies() -> Mapping[str, MakeStrategy]:
    """Return every strategy, rivals first."""
    return {**RIVALS, **plans()}
