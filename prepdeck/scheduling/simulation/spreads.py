"""How much made-up people and cards differ; chosen so that the rivals come out as published.

The text of SCHEDULING.md section 5 names what differs, not by how much. These numbers were tuned on other seeds than
the table's until recall, its spread over learners, cards never seen and minutes of the seven rivals lay close to it.
Tuned in the same way were two readings the text leaves open: a repeat within the day never weakens a memory (`mind`),
and every repeat is pressed and takes as long as in learning steps (`habits`). All but the medians and the difficulties
are standard deviations of logarithms.
"""

from __future__ import annotations

from typing import Final

START: Final = 0.06
"""Between learners: the stability a first look leaves."""
GROWTH: Final = 0.06
"""Between learners: what a pass adds."""
TYPICAL_GROWTH: Final = 0.9
"""The learner in the middle: what a pass adds, as a share of what FSRS-6's defaults say."""
FORGETTING: Final = 0.02
"""Between learners: the exponent of the curve."""
SPEED: Final = 0.12
"""Between learners: seconds of every answer."""
DIFFICULTY: Final = 0.2
"""Between learners: difficulty of all cards, on FSRS's scale of 1-10."""
CARD_START: Final = 0.4
"""Between cards of one learner: the stability a first look leaves."""
CARD_DIFFICULTY: Final = 0.5
"""Between cards of one learner: difficulty, on FSRS's scale of 1-10."""
SECONDS: Final = 0.45
"""Between answers of one learner: seconds; being skewed it makes the mean a tenth longer."""
