from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from prepdeck.deckfile.codes import CODES, READING_CODES
from prepdeck.deckfile.drawing import draw_problem
from prepdeck.deckfile.problem import Severity, unreadable
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.text.cleaning import clean_line

CORPUS = Path(__file__).parent / "corpus"
LATIN = b"deck: d\ncards:\n- id: a\n  front: caf\xe9\n  back: x\n"
GOOD = b"deck: d\ncards:\n- id: a\n  front: q\n  back: x\n"


@dataclass(frozen=True)
class Case:
    name: str
    expected: tuple[str, ...]
    good: tuple[str, ...] | None
    deck: bytes
    strict: bool = False


@cache
def read(case: Case) -> Reading:
    """Read a case once for all tests."""
    return read_deck("deck.yaml", case.deck, strict=case.strict)


def cases_of(path: Path) -> Iterator[Case]:
    """Yield the cases of one file: a title, the expected problems, the ids of the good cards, `---`, the deck."""
    for block in re.split(r"^#### ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _dashes, deck = block.partition("\n---\n")
        name, *lines = head.split("\n")
        good = next((tuple(line.removeprefix("good:").split()) for line in lines if line.startswith("good:")), None)
        assert (good is None) == ("deck: none" in lines), f"{path.name}: {name} says neither or both"
        expected = tuple(line for line in lines if re.match(r"\d", line))
        text = deck.removesuffix("\n") if deck.endswith("\n\n") else deck
        yield Case(f"{path.stem}: {name}", expected, good, text.encode(), strict=path.stem == "strict")


LAUGHS = ("6 E015", "12 E015", "18 E015", "24 E015")
BYTES = [
    Case("UTF-16 with a mark", ("1:1 E002",), None, b"\xff\xfe" + GOOD.decode().encode("utf-16-le")),
    Case("UTF-16 the other way round", ("1:1 E002",), None, b"\xfe\xff" + GOOD.decode().encode("utf-16-be")),
    Case("UTF-16 without a mark", ("1:1 E002",), None, GOOD.decode().encode("utf-16-le")),
    Case("UTF-16 without a mark, the other way round", ("1:1 E002",), None, GOOD.decode().encode("utf-16-be")),
    Case("UTF-32 with a mark", ("1:1 E002",), None, b"\xff\xfe\0\0" + GOOD.decode().encode("utf-32-le")),
    Case("UTF-32 without a mark", ("1:1 E002",), None, GOOD.decode().encode("utf-32-be")),
    Case("a Latin-1 letter", ("4:13 E002",), None, LATIN),
    Case("a Windows quote", ("4:10 E002",), None, LATIN.replace(b"caf\xe9", b"\x93recall\x94")),
    Case("half of a surrogate pair", ("4:11 E002",), None, LATIN.replace(b"caf\xe9", b"a\xed\xa0\x80")),
    Case("a Latin-1 letter behind wide letters", ("4:12 E002",), None, LATIN.replace(b"caf", "日本".encode())),
    Case("a NUL", ("4:11 E003",), None, GOOD.replace(b"q", b"a\0b")),
    Case("an escape character", ("4:10 E003",), None, GOOD.replace(b"q", b"\x1b[2J")),
    Case("a form feed", ("5:10 E003",), None, GOOD.replace(b"x", b"x\x0c")),
    Case("DEL", ("4:10 E003",), None, GOOD.replace(b"q", b"\x7f")),
    Case("a control character of the second set", ("4:10 E003",), None, GOOD.replace(b"q", "\x9b2J".encode())),
    Case("next line", ("4:11 E003",), None, GOOD.replace(b"q", "q\x85".encode())),
    Case("a line separator", ("4:11 E003",), None, GOOD.replace(b"q", "q\u2028r".encode())),
    Case("a byte order mark inside", ("4:10 E003",), None, GOOD.replace(b"q", "\ufeffq".encode())),
    Case("a character that is none", ("4:10 E003",), None, GOOD.replace(b"q", "\uffff".encode())),
    Case("two control characters", ("4:10 E003", "5:9 E003"), None, GOOD.replace(b"q", b"\x01").replace(b"x", b"\x02")),
    Case("a picture", ("1:1 E048",), None, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
    Case("an archive full of NULs", ("1:1 E048",), None, b"deck\0\0\0\0" * 1000),
    Case("blanks alone", ("1:1 E004",), None, b"  \n\n   \n"),
    Case("too many bytes", ("1:1 E005",), None, b"#" * (8 * 2**20 + 1)),
    Case("too many lines", ("1:1 E005",), None, b"\n" * 600_001),
    Case(
        "more than twenty thousand cards",
        ("20003:3 E005",),
        None,
        b"deck: d\ncards:\n" + b"".join(b"- {id: c%d, front: q, back: x}\n" % number for number in range(20_001)),
    ),
    Case(
        "more than a thousand fields",
        ("1001:1 E005",),
        None,
        b"deck: d\n" + b"".join(b"k%d: v\n" % number for number in range(2000)),
    ),
    Case(
        "more values than a deck can need",
        ("2108:9 E005",),
        None,
        b"deck: d\ncards:\n" + b"".join(b"- tags: [%s]\n" % (b"a," * 188) for _card in range(20_000)),
    ),
    Case("ten thousand lists in each other", ("2:22 E014",), None, b"deck: d\ntags: " + b"[" * 10_000 + b"]" * 10_000),
    Case(
        "ten thousand tables in each other", ("2:66 E014",), None, b"deck: d\nwhy: " + b"{a: " * 10_000 + b"}" * 10_000
    ),
    Case("ten thousand dashes in a row", ("3:33 E014",), None, b"deck: d\ntags:\n  " + b"- " * 10_000 + b"a\n"),
    Case(
        "a billion laughs",
        ("1:7 E015", *(f"{line}:{fault}" for line in range(2, 31) for fault in ("1 E022", *LAUGHS))),
        None,
        b"deck: &z00 d\n" + b"".join(b"z%02d: &z%02d [%s]\n" % (n, n, b"*z%02d, " % (n - 1) * 3) for n in range(1, 30)),
    ),
    Case("a text of too many characters", ("4:10 E041",), (), GOOD.replace(b"q", b"q" * 20_001)),
    Case("a text of too many lines", ("4:10 E041",), (), GOOD.replace(b"q", b"|\n" + b"    q\n" * 501)),
    Case("a text as long as allowed", (), ("a",), GOOD.replace(b"q", b"q" * 20_000)),
    Case("a text of as many lines as allowed", (), ("a",), GOOD.replace(b"q\n", b"|\n" + b"    q\n" * 500)),
    Case("fifty-one tags", ("6:9 E042",), (), GOOD + b"  tags: [%s]\n" % b",".join(b"t%d" % n for n in range(51))),
    Case("fifty tags", (), ("a",), GOOD + b"  tags: [%s]\n" % b",".join(b"t%d" % n for n in range(50))),
    Case("a UTF-8 mark at the start", (), ("a",), b"\xef\xbb\xbf" + GOOD),
    Case("line ends of Windows", ("5:3 E022",), (), GOOD.replace(b"back", b"bakc").replace(b"\n", b"\r\n")),
    Case("line ends of old Macs", ("5:3 E022",), (), GOOD.replace(b"back", b"bakc").replace(b"\n", b"\r")),
    Case("a field name with control characters", ("3:3 E023", "5:3 E022"), (), GOOD.replace(b"back", b'"\\e[2Jb"')),
]

CASES = [case for path in sorted(CORPUS.glob("*.txt")) for case in cases_of(path)] + BYTES


@pytest.mark.promise(17)
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_every_broken_deck_gives_the_expected_problems(case: Case) -> None:
    reading = read(case)
    found = [f"{problem.line}:{problem.column} {problem.code}" for problem in reading.problems]
    assert found == sorted(case.expected, key=lambda line: (*map(int, line.split()[0].split(":")), line))
    good = None if reading.deck is None else tuple(card.id.card for card in reading.deck.cards)
    assert good == case.good


@pytest.mark.promise(17)
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_every_problem_says_what_to_write_instead(case: Case) -> None:
    for problem in read(case).problems:
        assert problem.path == "deck.yaml"
        assert problem.end_column > problem.column >= 1
        assert problem.message
        assert problem.label
        assert problem.help or problem.known
        assert problem.severity is (Severity.WARNING if problem.code.startswith("W") else Severity.ERROR)


@pytest.mark.promise(19)
@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])
def test_no_picture_holds_a_control_character(case: Case) -> None:
    reading = read(case)
    for problem in reading.problems:
        drawn = draw_problem(problem, reading.lines)
        for part in (*drawn.split("\n"), problem.message, problem.label, problem.help or "", *problem.known):
            assert clean_line(part) == part


def test_the_corpus_is_large() -> None:
    assert len([case for case in CASES if case.expected]) >= 200


def test_every_code_is_documented_and_met() -> None:
    met = {problem.code for case in CASES for problem in read(case).problems}
    met.add(unreadable("deck.yaml", "gone", None).code)
    # E043 needs a Python without libyaml, E006 a fault of libyaml without a word of its own, E047 a thousand problems;
    # each has a test of its own. E049 is told where a deck is wanted and another file is given, W190 by the linter that
    # sees more than one file. Faults of other files, of rules and of a run of the cards are met in their own tests.
    assert (met & set(READING_CODES)) | {"E043", "E006", "E047", "E049", "W190"} == set(READING_CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_page_of_a_code_is_written(code: str) -> None:
    page = CODES[code]
    assert re.fullmatch(r"[EW][0-9]{3}", code)
    assert page.title
    assert page.explanation.endswith(".")
    assert page.example
