"""Which entries of the two logs were taken back, as conditions of a query."""

from __future__ import annotations

from typing import Final

from sqlalchemy import and_, exists

from prepdeck.store.mapping import ActionKind
from prepdeck.store.tables import actions, reviews

_voids: Final = actions.alias("voids")

IS_VOIDED: Final = exists().where(and_(_voids.c.kind == ActionKind.UNDO.value, _voids.c.target == reviews.c.id))
"""Whether a review was taken back."""
IS_TAKEN_BACK: Final = exists().where(and_(_voids.c.kind == ActionKind.UNDO.value, _voids.c.target == actions.c.id))
"""Whether an action was taken back."""
