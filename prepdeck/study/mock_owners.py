"""Which program each mock is being sat in, so that a second window takes no living one over and writes into none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prepdeck.errors import UsageError
from prepdeck.host.processes import is_alive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prepdeck.store.logbook import Logbook

_FACT: Final = "mock-owner"


def claim(log: Logbook, mock: str, token: str) -> None:
    """Write down that a program sits a mock, and no other one any more; programs that ended are forgotten."""
    living = [(name, other) for name, other in _claims(log) if other != token and name != mock and is_alive(other)]
    log.catalogue.keep_fact(_FACT, "\n".join(f"{name} {other}" for name, other in [*living, (mock, token)]))


def hold(log: Logbook, mock: str, token: str) -> bool:
    """Claim a mock before something is written into it, within the transaction that writes.

    Returns:
        Whether this program held it already, so that nobody else wrote into it since.

    Raises:
        UsageError: When another program that still runs sits it.
    """
    if is_sat_elsewhere(log, mock, token):
        raise taken()
    if (mock, token) in _claims(log):
        return True
    claim(log, mock, token)
    return False


def is_sat_elsewhere(log: Logbook, mock: str, own: str) -> bool:
    """Tell whether another program that still runs sits a mock."""
    return any(name == mock and token != own and is_alive(token) for name, token in _claims(log))


def taken() -> UsageError:
    """Return the error of a mock that another program sits."""
    return UsageError("this mock is being sat in another window", "go on there, or close it first")


def _claims(log: Logbook) -> Iterator[tuple[str, str]]:
    """Yield each mock that a program sits, with the program."""
    for line in (log.catalogue.fact(_FACT) or "").splitlines():
        name, _, token = line.partition(" ")
        yield name, token
