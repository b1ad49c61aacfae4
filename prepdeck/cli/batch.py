"""Reviews as JSON lines: each is stored before its acknowledgement is printed, and a bad line stops the run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from prepdeck.cli.answer import MOST_SECONDS, parse_grade
from prepdeck.cli.flags import Flags
from prepdeck.cli.streams import ReaderGone, flush, say_notes, write_json
from prepdeck.cli.typed import attentive
from prepdeck.errors import PrepdeckError, UsageError
from prepdeck.scheduling.grade import HIGHEST_QUALITY, LOWEST_QUALITY, is_quality
from prepdeck.scheduling.moment import MOMENT_EXAMPLE, parse_moment

LONGEST_LINE: Final = 64 * 1024
"""Bytes; no review needs so many."""
KEYS: Final = ("card", "grade", "quality", "at", "seconds")
"""What a line may say."""
EXAMPLE: Final = (
    'a line looks like {"card": "deck/card", "grade": "good", "at": "2026-11-22T09:30:00+01:00", "seconds": 12.5}'
)
"""Help under every fault of a line."""


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the batch."""

    card: str
    """Words that name the card."""
    quality: int
    """0-5."""
    at: datetime | None
    """The moment, or None for now."""
    seconds: float | None
    """How long the answer took."""


def record_batch(flags: Flags, source: str) -> None:
    """Record the reviews of a file, or of stdin for `-`, printing one line for each after it is stored.

    Raises:
        PrepdeckError: At the first bad line, with its number; everything before it is stored and printed.
    """
    from prepdeck.study.desk import open_desk
    from prepdeck.study.records import answer_json
    from prepdeck.study.reviewing import record_answer

    with _open_source(source) as stream, open_desk(flags.options) as desk:
        say_notes(flags, tuple(desk.notes))
        for number, line in _lines(stream):
            known = len(desk.notes)
            try:
                request = parse_line(line)
                card = desk.library.find(request.card).id
                review = record_answer(desk, card, request.quality, at=request.at, seconds=request.seconds)
            except PrepdeckError as error:
                error.message = f"line {number}: {error.message}"
                raise
            try:
                write_json(answer_json(review))
                flush()
            except ReaderGone:
                raise UsageError(f"line {number}: stored, but nobody reads stdout any more") from None
            say_notes(flags, desk.notes[known:])
        known = len(desk.notes)
    say_notes(flags, desk.notes[known:])


@contextmanager
def _open_source(source: str) -> Iterator[BinaryIO]:
    if source == "-":
        yield attentive(sys.stdin.buffer)
        return
    try:
        stream = open(source, "rb")  # noqa: SIM115, PTH123 - closed below; Path.open says the same
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{source} cannot be read: {reason}", "name a file of JSON lines, or - for stdin") from error
    with stream:
        yield stream


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, each as soon as it is complete.

    Raises:
        UsageError: When a line is too long, or the stream breaks.
    """
    number = 0
    while True:
        try:
            line = stream.readline(LONGEST_LINE + 1)
        except OSError as error:
            raise UsageError(f"line {number + 1}: cannot be read: {error.strerror}") from error
        if not line:
            return
        number += 1
        if len(line) > LONGEST_LINE:
            raise UsageError(f"line {number}: longer than {LONGEST_LINE // 1024} KiB", EXAMPLE)
        if line.strip():
            yield number, line


def parse_line(line: bytes) -> Request:
    """Return the request a line holds.

    Raises:
        UsageError: When it is not exactly that.
    """
    fields = _object_of(line)
    unknown = [key for key in fields if key not in KEYS]
    if unknown:
        raise UsageError(f"unknown key {unknown[0][:60]!r}; known are {', '.join(KEYS)}", EXAMPLE)
    card = fields.get("card")
    if not isinstance(card, str) or not card:
        raise UsageError("card must be a text such as deck/card", EXAMPLE)
    return Request(card, _quality_of(fields), _moment_of(fields), _seconds_of(fields))


def _object_of(line: bytes) -> dict[str, object]:
    def refuse(word: str) -> float:
        raise ValueError(f"{word} is not a number of JSON")

    def without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            raise ValueError("a key stands twice")
        return fields

    try:
        fields = json.loads(line.decode("utf-8-sig"), parse_constant=refuse, object_pairs_hook=without_repeats)
    except UnicodeDecodeError:
        raise UsageError("not UTF-8 text", EXAMPLE) from None
    except json.JSONDecodeError as error:
        raise UsageError(f"not JSON: {error.msg} at column {error.colno}", EXAMPLE) from None
    except RecursionError:
        raise UsageError("not a review: nested too deeply", EXAMPLE) from None
    except ValueError as error:
        raise UsageError(f"not JSON: {error}", EXAMPLE) from None
    if not isinstance(fields, dict):
        raise UsageError("not a JSON object", EXAMPLE)
    return fields


def _quality_of(fields: dict[str, object]) -> int:
    if ("grade" in fields) == ("quality" in fields):
        both = "grade" in fields
        raise UsageError("grade and quality at once" if both else "neither grade nor quality", EXAMPLE)
    if "grade" in fields:
        grade = fields["grade"]
        if not isinstance(grade, str):
            raise UsageError("grade must be one of the words again, hard, good, easy", EXAMPLE)
        return parse_grade(grade)
    quality = fields["quality"]
    if isinstance(quality, bool) or not isinstance(quality, int) or not is_quality(quality):
        raise UsageError(f"quality must be a whole number {LOWEST_QUALITY}-{HIGHEST_QUALITY}", EXAMPLE)
    return quality


def _moment_of(fields: dict[str, object]) -> datetime | None:
    at = fields.get("at")
    if at is None:
        return None
    if not isinstance(at, str):
        raise UsageError("at must be a text such as 2026-11-22T09:30:00+01:00", EXAMPLE)
    try:
        return parse_moment(at)
    except ValueError as error:
        raise UsageError(f"at: {error}", MOMENT_EXAMPLE) from None


def _seconds_of(fields: dict[str, object]) -> float | None:
    seconds = fields.get("seconds")
    if seconds is None:
        return None
    # Compared before anything is converted: NaN compares false, and a whole number of 400 digits is no float.
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds <= MOST_SECONDS:
        raise UsageError(f"seconds must be a number from 0 to {MOST_SECONDS}", EXAMPLE)
    return float(seconds)
