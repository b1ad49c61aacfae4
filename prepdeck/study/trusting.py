"""Whose code may run: bundled decks', and what the learner said yes to; knows no database, so that `lint` stays light.

Consent is to exactly the text that would run. Rewording a card keeps it, any change of its code or tests loses it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from prepdeck.cards.card import Card
from prepdeck.cards.cases import show_case
from prepdeck.cards.code import Code
from prepdeck.errors import NotFound, UsageError
from prepdeck.host.bundled import bundled_folder
from prepdeck.host.folders import find_folders
from prepdeck.host.trust import Consent, add_consents, read_consents, remove_consents, trust_file
from prepdeck.study.discovery import FoundFile, read_roots
from prepdeck.study.options import Options
from prepdeck.study.surroundings import Root, look_around

LIMITS = (
    "Code runs with limits on time, memory, output and processes. They bound accidents and are not a sandbox: code "
    "that you let run can do whatever a program that you start yourself can do."
)
"""What consent means, for everyone who asks for it."""


def code_of(card: Card) -> tuple[tuple[str, str], ...]:
    """Return everything on a card that runs, each piece with its name; nothing for a card without code."""
    pieces: list[tuple[str, str | None]] = []
    body = card.body
    if isinstance(body, Code):
        pieces += [
            ("call", _call(body)),
            ("fixture", body.fixture),
            ("starter", body.starter),
            ("reference", body.reference),
            *((f"mutant {number}", mutant) for number, mutant in enumerate(body.mutants, 1)),
            ("property", body.property_check),
            ("tests", "\n".join(map(show_case, body.cases)) or None),
            # A line end may be what makes a comment end, and shown as a space it would hide the code behind it.
            *(("input of a test", case.given) for case in body.cases if case.is_expression and "\n" in case.given),
            ("large input", body.large_input.input if body.large_input else None),
            ("growth input", body.complexity.input),
        ]
    pieces.append(("verify", card.verify))
    return tuple((label, text) for label, text in pieces if text is not None)


def digest_of(card: Card) -> str:
    """Return the hash of exactly the code on a card, whatever the card is called and says."""
    return sha256(json.dumps(["prepdeck code 1", *runnable_of(card)]).encode("ascii")).hexdigest()


def runnable_of(card: Card) -> list[object]:
    """Return everything that runs, as plain values; unlike in the text that is shown, no test can pose as two."""
    body = card.body
    runnable: list[object] = [card.verify]
    if isinstance(body, Code):
        runnable += [body.language.value, body.shape.value, body.compare.value, body.entry, body.requires]
        runnable += [body.fixture, body.starter, body.reference, body.mutants, body.property_check]
        runnable += [[[each.given, each.expected, each.raises, each.is_expression] for each in body.cases]]
        runnable += [body.large_input.input if body.large_input else None, body.complexity.input]
    return runnable


def is_trusted(card: Card, path: Path, options: Options) -> bool:
    """Tell whether the code on a card may run; a card without code has nothing to ask for.

    Args:
        card: The card.
        path: The deck file it was read from.
        options: Where consents are kept.
    """
    return Trust(options).covers(card, path)


def is_bundled(path: Path) -> bool:
    """Tell whether a file really lies in the folder of bundled decks, whatever links and `..` lead to it."""
    try:
        folder = os.path.realpath(bundled_folder("decks"))
        place = os.path.realpath(path)
    except (FileNotFoundError, ValueError, OSError):
        return False
    return place.startswith(folder + os.sep)


class Trust:
    """The consents of one learner, read once.

    Args:
        options: Where they are kept.

    Raises:
        FileUnreadable: When their file is there and cannot be read.
    """

    def __init__(self, options: Options) -> None:
        self._consents = read_consents(trust_file(find_folders(options.home, os.environ)))
        self._bundled: dict[Path, bool] = {}

    @property
    def consents(self) -> Mapping[str, Consent]:
        """What holds, by hash."""
        return self._consents

    def covers(self, card: Card, path: Path) -> bool:
        """Tell whether the code on a card of the file `path` may run."""
        return not code_of(card) or self.knows_file(path) or digest_of(card) in self._consents

    def knows_file(self, path: Path) -> bool:
        """Tell whether a file is bundled, so that nobody needs to ask."""
        if path not in self._bundled:
            self._bundled[path] = is_bundled(path)
        return self._bundled[path]


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A card that holds code, as consent is asked for."""

    card: str
    """Its name, `deck/card`."""
    path: str
    """Its file, as it was given."""
    line: int
    """Where it begins."""
    digest: str
    """Hash of its code."""
    pieces: tuple[tuple[str, str], ...]
    """Its code, each piece with its name."""
    is_trusted: bool
    """Whether it may run already."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What code some decks hold."""

    files: tuple[FoundFile, ...]
    """Every file that was read."""
    cards: tuple[CodeCard, ...]
    """Every card with code, in their order."""

    @property
    def asking(self) -> tuple[CodeCard, ...]:
        """The cards whose code may not run yet."""
        return tuple(card for card in self.cards if not card.is_trusted)

    @property
    def errors(self) -> int:
        """How many faults keep cards out of this list."""
        return sum(file.errors for file in self.files)


def survey_code(path: Path, options: Options) -> Survey:
    """Return the code in a deck or a folder of decks; nothing runs, nothing is kept.

    Raises:
        UsageError: When the path does not exist.
    """
    if not path.exists():
        raise UsageError(f"no file or folder {path}", "name a deck file or a folder of decks")
    trust = Trust(options)
    files = read_roots((Root(path, "extra"),))
    return Survey(files, tuple(card for file in files for card in _code_cards(file, trust)))


def remember_trust(cards: Iterable[CodeCard], options: Options) -> None:
    """Remember that the code of some cards may run.

    Raises:
        StoreReadOnly: When that cannot be written down.
    """
    surroundings = look_around(options)
    today = surroundings.clock.now().date()
    add_consents(trust_file(surroundings.folders), [Consent(each.digest, each.card, today) for each in cards])


def list_trusted(options: Options) -> tuple[Consent, ...]:
    """Return every consent that holds, by card and day."""
    return tuple(sorted(Trust(options).consents.values(), key=lambda each: (each.card, each.day, each.digest)))


def forget_trust(words: str, options: Options) -> tuple[Consent, ...]:
    """Take back every consent to a deck: to the code its file holds now, and to whatever was trusted under its name.

    Args:
        words: A deck file, a folder of decks, or the name of a deck or card for which the file is gone.
        options: Where consents are kept.

    Returns:
        What was taken back.

    Raises:
        NotFound: When there is no such file, and nothing was trusted under such a name.
        StoreReadOnly: When that cannot be written down.
    """
    held = Trust(options).consents.values()
    path = Path(words)
    if path.exists():
        survey = survey_code(path, options)
        digests = {card.digest for card in survey.cards}
        decks = {file.reading.deck.id for file in survey.files if file.reading.deck is not None}
        found = [each for each in held if each.digest in digests or each.card.partition("/")[0] in decks]
    else:
        found = [each for each in held if words in {each.card, each.card.partition("/")[0]}]
        if not found:
            raise NotFound(f"no file {words}, and nothing trusted under that name", "prepdeck trust --list shows all")
    remove_consents(trust_file(find_folders(options.home, os.environ)), found)
    return tuple(found)


def _code_cards(file: FoundFile, trust: Trust) -> Iterable[CodeCard]:
    deck = file.reading.deck
    for card in deck.cards if deck is not None else ():
        pieces = code_of(card)
        if pieces:
            yield CodeCard(
                card=str(card.id),
                path=file.reading.path,
                line=file.reading.places[card.id],
                digest=digest_of(card),
                pieces=pieces,
                is_trusted=trust.covers(card, file.path),
            )


def _call(body: Code) -> str:
    words = [body.language.value, body.shape.value, body.compare.value]
    if body.entry is not None:
        words.append(f"entry {body.entry}")
    if body.requires:
        words.append(f"requires {', '.join(body.requires)}")
    return "; ".join(words)
