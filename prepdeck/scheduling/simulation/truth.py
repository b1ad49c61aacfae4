"""How made-up people forget."""

from __future__ import annotations

from enum import Enum
from typing import Final

from prepdeck.scheduling.recall import DECAY


class Truth(Enum):
    """The law by which recall falls; all of them stand at 0.9 when one stability has passed."""

    FLAT = "flat"
    """The power curve of FSRS-6, which forecasts assume too."""
    STEEP = "steep"
    """A power curve that falls much faster, with FSRS-6's growth."""
    EXPONENTIAL = "exponential"
    """Not FSRS at all: recall falls exponentially and grows by a rule of its own."""


EXPONENTS: Final = {Truth.FLAT: DECAY, Truth.STEEP: 0.5}
"""The exponent of each power curve."""
