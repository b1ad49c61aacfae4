"""Which program a mock is being sat in, so that a second window does not take a living one for cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prepdeck.host.processes import is_alive

if TYPE_CHECKING:
    from prepdeck.store.logbook import Logbook

_FACT: Final = "mock-owner"


def claim(log: Logbook, mock: str, token: str) -> None:
    """Write down that this program sits a mock; only the newest claim is kept."""
    log.catalogue.keep_fact(_FACT, f"{mock} {token}")


def is_sat_elsewhere(log: Logbook, mock: str, own: str) -> bool:
    """Tell whether another program that still runs sits a mock."""
    name, _, token = (log.catalogue.fact(_FACT) or "").partition(" ")
    return name == mock and token != own and is_alive(token)
