"""The files of this run held against those last taken in: which hold what they held, and which must be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prepdeck.host.clock import machine_ns
from prepdeck.host.files import FileUnreadable
from prepdeck.store.shelf import FileRow
from prepdeck.study.arrangement import Arrangement, Shown, arrange
from prepdeck.study.survey import Sighting, hash_of, is_gone, reader_stamp

if TYPE_CHECKING:
    from prepdeck.deckfile.reading import Reading

_NOT_THE_FILES_FAULT = frozenset({"E043"})
"""Problems of this machine's Python: the same bytes may be read well after the next start."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one file of this run holds."""

    sighting: Sighting
    """The file."""
    row: FileRow | None
    """What is to be remembered of it; None when it cannot be opened."""
    trouble: str | None = None
    """Why it cannot be opened or read on this machine."""
    reading: Reading | None = None
    """What was read from it now; None when it holds what it held."""

    @property
    def shown(self) -> Shown:
        """What it holds, as the arrangement of decks wants it."""
        path, source, row = self.sighting.path, self.sighting.source, self.row
        if row is None:
            return Shown(path, source, None, 1, 0, self.trouble)
        return Shown(path, source, row.deck, row.errors, row.warnings, row.problem)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What must be written so that the store holds what the files hold."""

    holdings: tuple[Holding, ...]
    """Every file of this run, in order."""
    arrangement: Arrangement
    """Which of them give the decks."""
    fresh: tuple[Holding, ...]
    """Files that were read now."""
    restamped: tuple[FileRow, ...]
    """Files that were touched and hold what they held."""
    forgotten: tuple[str, ...]
    """Remembered files that are gone or cannot be opened."""
    emptied: tuple[str, ...]
    """Decks whose file went, while no other file of this run gives them."""

    @property
    def is_clean(self) -> bool:
        """Whether the store holds what the files hold."""
        return not (self.fresh or self.forgotten or self.emptied)

    @property
    def chosen(self) -> tuple[Holding, ...]:
        """The files that give the decks, in the order of the decks."""
        return tuple(self.holdings[place] for place in self.arrangement.chosen)


class Reader:
    """Reads files, each once, however often they are compared."""

    def __init__(self) -> None:
        self._contents: dict[str, tuple[bytes, str, int]] = {}
        self._holdings: dict[str, Holding] = {}

    def look_at(self, sighting: Sighting, row: FileRow | None) -> Holding:
        """Return what a file holds: what it held when its bytes are the same, else what is read from it now."""
        if sighting.trouble is None and sighting.shows(row):
            return Holding(sighting, row)
        if sighting.trouble is not None:
            return Holding(sighting, None, sighting.trouble)
        try:
            _data, content, checked_ns = self._content(sighting)
        except FileUnreadable as error:
            return Holding(sighting, None, error.message)
        if row is not None and row.content == content and row.reader == reader_stamp():
            return Holding(sighting, replace(row, stamp=sighting.stamp, checked_ns=checked_ns))
        return self.read(sighting)

    def read(self, sighting: Sighting) -> Holding:
        """Return what is read from a file now."""
        if sighting.key not in self._holdings:
            try:
                self._holdings[sighting.key] = self._read(sighting)
            except FileUnreadable as error:
                self._holdings[sighting.key] = Holding(sighting, None, error.message)
        return self._holdings[sighting.key]

    def _content(self, sighting: Sighting) -> tuple[bytes, str, int]:
        if sighting.key not in self._contents:
            # Looked up before it is read, like the stamp: a change after that shows in the next comparison.
            checked_ns = machine_ns()
            data = sighting.read()
            self._contents[sighting.key] = (data, hash_of(data), checked_ns)
        return self._contents[sighting.key]

    def _read(self, sighting: Sighting) -> Holding:
        from prepdeck.deckfile.problem import Severity
        from prepdeck.deckfile.reading import read_deck
        from prepdeck.study.headers import header_of

        data, content, checked_ns = self._content(sighting)
        reading = read_deck(str(sighting.path), data)
        deck, problems = reading.deck, reading.problems
        if any(problem.code in _NOT_THE_FILES_FAULT for problem in problems):
            return Holding(sighting, None, problems[0].message)
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        reason = None
        if deck is None and reading.document is None:
            reason = problems[0].message if problems else "it holds no deck"
        row = FileRow(
            path=sighting.key,
            stamp=sighting.stamp,
            checked_ns=checked_ns,
            content=content,
            reader=reader_stamp(),
            deck=deck.id if deck else None,
            held=False,
            header=header_of(deck) if deck else "{}",
            cards=len(deck.cards) if deck else 0,
            errors=errors,
            warnings=len(problems) - errors,
            problem=reason,
        )
        return Holding(sighting, row, reading=reading)


class _Glimpse(Reader):
    """Reads nothing but hashes."""

    def read(self, sighting: Sighting) -> Holding:
        raise _MustBeRead(sighting.key)


class _MustBeRead(Exception):
    """A file does not surely hold what it held."""


def compare_unread(sightings: Sequence[Sighting], rows: Mapping[str, FileRow]) -> Comparison | None:
    """Return the comparison when every file holds what it held, else None; no deck is read for it."""
    try:
        found = compare(sightings, rows, _Glimpse())
    except _MustBeRead:
        return None
    return found if found.is_clean else None


def compare(sightings: Sequence[Sighting], rows: Mapping[str, FileRow], reader: Reader) -> Comparison:
    """Return what must be written so that the store holds what the files hold; reads only files that changed."""
    holdings = [reader.look_at(sighting, rows.get(sighting.key)) for sighting in sightings]
    while True:
        arrangement = arrange([holding.shown for holding in holdings])
        # The cards of a deck are remembered as one file has them; another file that gives the deck now must be read.
        unheld = [
            place
            for place in arrangement.chosen
            if holdings[place].reading is None and not _is_held(rows, holdings[place].row)
        ]
        if not unheld:
            break
        for place in unheld:
            holdings[place] = reader.read(sightings[place])
    chosen = set(arrangement.chosen)
    fresh = [
        replace(holding, row=replace(holding.row, held=place in chosen))
        for place, holding in enumerate(holdings)
        if holding.reading is not None and holding.row is not None
    ]
    return Comparison(
        holdings=tuple(holdings),
        arrangement=arrangement,
        fresh=tuple(fresh),
        restamped=tuple(_restamped(holdings, rows)),
        forgotten=tuple(_forgotten(holdings, rows)),
        emptied=tuple(_emptied(holdings, rows)),
    )


def _is_held(rows: Mapping[str, FileRow], row: FileRow | None) -> bool:
    return row is not None and row.path in rows and rows[row.path].held


def _restamped(holdings: Iterable[Holding], rows: Mapping[str, FileRow]) -> Iterable[FileRow]:
    for holding in holdings:
        if holding.row is not None and holding.reading is None and holding.row != rows.get(holding.row.path):
            yield holding.row


def _forgotten(holdings: Iterable[Holding], rows: Mapping[str, FileRow]) -> Iterable[str]:
    here = {holding.sighting.key: holding for holding in holdings}
    for path in rows:
        if path in here:
            if here[path].row is None:
                yield path
        elif is_gone(path):  # one that is only not asked for in this run keeps its cards
            yield path


def _emptied(holdings: Iterable[Holding], rows: Mapping[str, FileRow]) -> Iterable[str]:
    here = {holding.sighting.key: holding.row for holding in holdings}
    given = {row.deck for row in here.values() if row is not None}
    for path, row in rows.items():
        if row.held and row.deck is not None and row.deck not in given and (path in here or is_gone(path)):
            yield row.deck
