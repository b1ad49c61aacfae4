"""The text of a deck file, and the bytes it is decoded from."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice

from prepdeck.deckfile.fault import Fault, character_name

MAX_BYTES = 8 * 2**20
"""Largest deck file."""

MAX_CHARACTER_PROBLEMS = 20
"""Forbidden characters named one by one before the rest is only counted."""

# U+2028 and U+2029 end a line for YAML 1.1 but not for an editor, and libyaml refuses U+FFFE and U+FFFF.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that may not stand in a deck file."""

MAX_FILE_LINES = 600_000
"""Most lines of a deck file: thirty for each of the 20,000 cards."""

# What libyaml and str.splitlines agree on, once FORBIDDEN is out of the text.
LINE_END = re.compile(r"\r\n|\r|\n")
"""The end of a line."""

MAX_CONTROLS = 8
"""Control characters after which a file may count as binary."""

# Written out, since asking Python for cp1252 would open a file in the middle of reading a deck.
WINDOWS = dict(
    zip(b"\x80\x85\x91\x92\x93\x94\x96\x97", "\u20ac\u2026\u2018\u2019\u201c\u201d\u2013\u2014", strict=True)
)
"""The usual bytes of Windows text that are not letters: euro, dots, quotes, dashes."""

BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
"""Marks that begin a file of another encoding; the longer ones first."""


@dataclass(slots=True)
class Source:
    """A decoded deck file."""

    path: str
    """The file, as it was given."""
    text: str
    """Its text without a byte order mark."""
    lines: tuple[str, ...]
    """Its lines without their ends."""
    _starts: list[int] = field(default_factory=list)

    def place(self, index: int) -> tuple[int, int]:
        """Return line and column, both from 1, of the character at `index`."""
        starts = self._line_starts()
        inside = max(0, min(index, len(self.text)))
        line = bisect_right(starts, inside)
        return line, inside - starts[line - 1] + 1

    def start_of(self, line: int) -> int:
        """Return the index of the first character of `line`, counted from 1."""
        return self._line_starts()[line - 1]

    def _line_starts(self) -> list[int]:
        """Return the index of each line's first character; found at the first problem, since good decks need none."""
        if not self._starts:
            self._starts = [0, *(end.end() for end in LINE_END.finditer(self.text))]
        return self._starts


def decode(path: str, data: bytes) -> tuple[Source, list[tuple[int, Fault]]]:
    """Return the text of a deck file, and what keeps it from being read, each with the index of its character.

    The text is meant for excerpts alone when there are faults.
    """
    if len(data) > MAX_BYTES:
        return Source(path, "", ()), [(0, _too_large(len(data)))]
    encoding = _other_encoding(data)
    if encoding is not None:
        return Source(path, "", ()), [(0, _wrong_encoding(encoding))]
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        if _is_binary(data):
            return Source(path, "", ()), [(0, _BINARY)]
        text = data.decode("utf-8", "replace")
        # Everything before the bad byte decoded, so its length in characters is the index of the first replacement.
        index = len(data[: error.start].decode())
        return Source(path, text, _lines(text)), [(index, _bad_byte(data, error.start))]
    if max(text.count("\n"), text.count("\r")) > MAX_FILE_LINES:
        return Source(path, "", ()), [(0, _TOO_MANY_LINES)]
    found = list(islice(FORBIDDEN.finditer(text), MAX_CHARACTER_PROBLEMS + 1))
    if found and _is_binary(data):
        return Source(path, "", ()), [(0, _BINARY)]
    if found:
        return Source(path, text, _lines(text)), _forbidden_characters(found)
    return Source(path, text, tuple(text.splitlines())), [] if text.strip() else [(0, EMPTY)]


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text with forbidden characters, some of which `str.splitlines` takes for line ends."""
    lines = LINE_END.split(text)
    return tuple(lines if lines[-1] else lines[:-1])


def _other_encoding(data: bytes) -> str | None:
    for mark, name in BOMS:
        if data.startswith(mark):
            return name
    # Without a mark: ASCII text in UTF-32 is three NULs in four bytes, in UTF-16 every other byte is NUL.
    sample = data[:4096]
    width = len(sample) // 4
    nuls = [sample[offset : width * 4 : 4].count(0) for offset in range(4)]
    pattern = "".join("0" if count * 10 >= width * 7 else "x" if count * 10 <= width else "?" for count in nuls)
    if not width:
        return None
    if pattern in {"x000", "000x"}:
        return "UTF-32"
    return "UTF-16" if pattern in {"x0x0", "0x0x"} else None


def _is_binary(data: bytes) -> bool:
    sample = data[:8192]
    controls = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\r\x1b\x08\x0c")
    return controls > MAX_CONTROLS and controls * 50 > len(sample)


def _forbidden_characters(found: list[re.Match[str]]) -> list[tuple[int, Fault]]:
    faults = [(match.start(), _forbidden_character(match.group())) for match in found[:MAX_CHARACTER_PROBLEMS]]
    if len(found) > MAX_CHARACTER_PROBLEMS:
        index, last = faults[-1]
        faults[-1] = (index, last.with_message(f"{last.message} (and more such characters follow)"))
    return faults


def _forbidden_character(character: str) -> Fault:
    if character == "\ufeff":
        help_text = "delete it: a byte order mark may stand only at the very start of the file"
    elif character in "\x85\u2028\u2029":
        help_text = "replace it by an ordinary line end"
    else:
        help_text = "delete it; a card about it can give its name or its number instead"
    name = character_name(character)
    return Fault("E003", f"the character {name} may not stand in a deck file", "not allowed here", help=help_text)


def _bad_byte(data: bytes, start: int) -> Fault:
    byte = data[start]
    if data[start : start + 2] >= b"\xed\xa0" and data[start : start + 2] <= b"\xed\xbf":
        message = "half of a surrogate pair stands here; that is not valid UTF-8"
    else:
        guess = WINDOWS.get(byte) or chr(byte)
        meaning = f" ({guess} in Windows or Latin-1 text)" if guess.isprintable() else ""
        message = f"the byte 0x{byte:02X}{meaning} is not UTF-8"
    return Fault("E002", message, "not UTF-8", help="save the file as UTF-8 in your editor")


def _too_large(size: int) -> Fault:
    message = f"the file holds {size / 2**20:.1f} MiB; a deck file holds at most {MAX_BYTES // 2**20} MiB"
    return Fault("E005", message, "too large", help="split the deck into several files")


def _wrong_encoding(name: str) -> Fault:
    return Fault("E002", f"the file is {name}, not UTF-8", "not UTF-8", help="save as UTF-8 in your editor")


_TOO_MANY_LINES = Fault(
    "E005",
    f"the file holds more than {MAX_FILE_LINES:,} lines",
    "too many lines",
    help="split the deck into several files",
)
_BINARY = Fault(
    "E048", "this is not a text file", "binary data", help="a deck is a text file in UTF-8; is this the file you meant?"
)
EMPTY = Fault(
    "E004",
    "the file holds no deck",
    "nothing here",
    help="a deck starts with `deck: its-name`, then `cards:` and a list of cards",
)
"""A file without any value."""
