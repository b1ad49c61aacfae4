"""Which cards can be proved, and the hash of all that decides what comes of it: while it stays, a proof holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final, assert_never

import prepdeck
from prepdeck.cards.card import Basic, Card, Choice, Cloze, Numeric
from prepdeck.cards.code import Code
from prepdeck.cards.spoken import Design, Star, Story
from prepdeck.cards.tolerance import Tolerance
from prepdeck.judge.jobs import packages_of
from prepdeck.study.snippets import imported_packages
from prepdeck.study.trusting import runnable_of

DECIDING: Final = ("judge/**/*.py", "cards/number.py", "cards/tolerance.py", "study/proofs.py", "study/snippets.py")
"""The files of prepdeck that decide what comes of a run; a change of one lets every card run again."""


def claims(card: Card) -> bool:
    """Tell whether a machine can check anything on a card."""
    match card.body:
        case Code():
            return True
        case Numeric(check=check):
            return check is not None or card.verify is not None
        case Design(numbers=numbers):
            return card.verify is not None or any(figure.check is not None for figure in numbers)
        case Basic() | Cloze() | Choice() | Star() | Story():
            return card.verify is not None
        case _:
            assert_never(card.body)


class Toolchain:
    """What runs the cards: this Python, this judge, and the packages that cards need."""

    def __init__(self) -> None:
        state = sha256(sys.version.encode())
        package = Path(prepdeck.__file__).parent
        for path in sorted(path for pattern in DECIDING for path in package.glob(pattern)):
            state.update(str(path.relative_to(package)).encode())
            state.update(path.read_bytes())
        self._program = state.hexdigest()
        self._versions: dict[str, str] = {}

    def key_of(self, card: Card) -> str:
        """Return the hash of everything that decides what comes of proving a card; its prose is no part of it."""
        body = card.body
        parts: list[object] = [self._program, runnable_of(card)]
        packages = set(imported_packages(card.verify or ""))
        if isinstance(body, Code):
            packages |= {*packages_of(body)}
            parts += [
                len(body.visible),
                body.large_input.seconds if body.large_input else None,
                body.complexity.cost.value if body.complexity.cost else None,
            ]
        elif isinstance(body, Numeric):
            parts += [body.check, str(body.answer), _reach(body.tolerance)]
            packages |= _packages_of_check(body.check)
        elif isinstance(body, Design):
            parts += [[each.check, str(each.answer), _reach(each.tolerance)] for each in body.numbers if each.check]
            packages |= {name for each in body.numbers for name in _packages_of_check(each.check)}
        parts.append(self._versions_of(packages))
        return sha256(json.dumps(parts).encode("ascii")).hexdigest()

    def _versions_of(self, packages: Iterable[str]) -> list[str]:
        return [f"{name} {self._version(name)}" for name in sorted(packages)]

    def _version(self, package: str) -> str:
        if package not in self._versions:
            from importlib.metadata import PackageNotFoundError, version

            try:
                self._versions[package] = version(package)
            except (PackageNotFoundError, ValueError):
                self._versions[package] = "?"
        return self._versions[package]


def _packages_of_check(check: str | None) -> set[str]:
    return {"numpy"} if check is not None and ("np" in check or "numpy" in check) else set()


def _reach(tolerance: Tolerance | None) -> str | None:
    return None if tolerance is None else f"{tolerance.absolute} {tolerance.relative}"
