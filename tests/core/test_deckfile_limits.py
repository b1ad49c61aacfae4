from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from prepdeck.deckfile.reading import read_deck
from tests.full import FULL

MIB = 2**20
SIZE = 8 * MIB if FULL else MIB // 2


def many(line: str, size: int = SIZE) -> bytes:
    """Return a line again and again, each with its number where it asks for one."""
    count = size // (len(line) + (5 if "%d" in line else 1))
    return "".join(line % number if "%d" in line else line for number in range(count)).encode()[: 8 * MIB - 100]


def numbered(head: str, line: str, count: int) -> bytes:
    """Return a line again and again, each with its number."""
    return (head + "".join(line % number for number in range(count))).encode()


TESTED = (
    "- {id: c%%d, kind: code, front: q, entry: f, starter: s, reference: r, mutants: [m], "
    "tests: {hidden: [{in: [], out: 1}], visible: [{in: [%s], out: 1}]}}\n"
)
"""A code card with one test, which takes what goes into it."""

HOSTILE: dict[str, Callable[[], bytes]] = {
    "a million brackets": lambda: b"deck: d\ntags: " + b"[" * 1_000_000,
    "a million brackets and nothing else": lambda: b"[" * 1_000_000,
    "a million braces": lambda: b"deck: d\ntags: " + b"{a: " * 1_000_000,
    "a million dashes in a line": lambda: b"deck: d\ntags:\n  " + b"- " * 1_000_000,
    "a million question marks": lambda: b"? " * 1_000_000,
    "a staircase of tables": lambda: b"".join(b" " * depth + b"a:\n" for depth in range(2000)),
    "billion laughs": lambda: (
        b"deck: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 900))
    ),
    "a hundred thousand aliases": lambda: b"deck: &a d\ntags: [" + b"*a, " * 100_000 + b"]\n",
    "merge keys": lambda: b"base: &a {x: 1}\ndeck:\n" + many("  <<: *a\n"),
    "merge keys of lists": lambda: b"base: &a {x: 1}\ndeck:\n  <<: [" + b"*a, " * 100_000 + b"]\n",
    "ten megabytes": lambda: b"deck: d\n" * (10 * MIB // 8),
    "dashes alone": lambda: many("- \n"),
    "dashes for cards": lambda: b"deck: d\ncards:\n" + many("- \n"),
    "20,001 cards": lambda: (
        b"deck: d\ncards:\n" + b"".join(b"- {id: c%d, front: q, back: x}\n" % n for n in range(20_001))
    ),
    "20,000 cards with four faults each": lambda: numbered(
        "deck: d\ncards:\n", "- {id: c%d, frnt: q, bak: x, kind: basic, level: 9}\n", 20_000
    ),
    "20,000 cards of unknown kinds": lambda: numbered("deck: d\ncards:\n", "- {id: x, kind: b%d}\n", 20_000),
    "tags without end": lambda: b"deck: d\ntags: [" + many("a,") + b"]\n",
    "tables without fields": lambda: b"deck: d\ncards: [" + many("{},") + b"]\n",
    "keys without end": lambda: b"deck: d\n" + many("k%d: v\n"),
    "one key again and again": lambda: b"deck: d\n" + many("k: v\n"),
    "keys that are lists": lambda: b"deck: d\n" + many("? [a]\n: b\n"),
    "values without end": lambda: b"deck: d\ncards:\n" + many("- tags: [" + "a," * 190 + "]\n"),
    "control characters": lambda: b"deck: d\n" + many("front: some words\x01 and more\n"),
    "escape characters alone": lambda: b"\x1b" * SIZE,
    "a quote without end": lambda: b'deck: d\ntitle: "' + many("abc\n"),
    "one long line": lambda: b"deck: d\ntitle: " + many("a ") + b": b\n",
    "one long key": lambda: b"a" * SIZE + b": b\n",
    "empty lines": lambda: b"\n" * SIZE,
    "comments": lambda: many("# a\n"),
    "a block text without end": lambda: b"deck: d\ntitle: |\n" + many("  abc\n"),
    "tags of YAML": lambda: b"deck: d\ncards:\n" + many("- !a\n"),
    "gaps that never close": lambda: (
        b"deck: d\ncards:\n" + many(f"- {{id: c%d, kind: cloze, text: '{'{{c1::' * 3000}'}}\n")
    ),
    "tests full of digits": lambda: (
        b"deck: d\ncards:\n" + many(TESTED % f"[{'9' * 400}, {'1.' + '9' * 390}e9, 1e999]", SIZE // 2)
    ),
    "tests full of long numbers": lambda: b"deck: d\ncards:\n" + many(TESTED % ("9" * 20_000)),
    "tests full of small numbers": lambda: numbered("x: y\ncards:\n", TESTED % f"[{'1,' * 400}]", 900),
    "tests full of almost numbers": lambda: b"deck: d\ncards:\n" + many(TESTED % f"{'9' * 19_000}x, None"),
    "tests full of lists": lambda: numbered("x: y\ncards:\n", TESTED % ("[[[[[[[[]]]]]]]], " * 40), 700),
    "tests full of words that look like others": lambda: b"deck: d\ncards:\n" + many(TESTED % f"[{'None, ' * 400}]"),
    "tests full of texts that hide something at their end": lambda: (
        b"deck: d\ncards:\n" + many(TESTED % f"'{'a' * 19_000}\u200b'", SIZE // 4)
    ),
    "texts that hide something at their end": lambda: (
        b"deck: d\ncards:\n" + many(f"- {{id: c%d, front: '{'a' * 19_000}\u200b', back: x}}\n", SIZE // 4)
    ),
    "code that hides something at its end": lambda: (
        b"deck: d\ncards:\n" + many(f"- {{id: c%d, kind: code, reference: '{'a' * 19_000}\u200b'}}\n", SIZE // 4)
    ),
    "tests of nothing": lambda: numbered("cards:\n", "- {id: c%d, kind: code, tests: {visible: [{}]}}\n", 20_000),
    "outlines of nothing": lambda: numbered("cards:\n", "- {id: c%d, kind: design, outline: {A: [], B: x}}\n", 20_000),
    "texts that turn around": lambda: (
        b"deck: d\ncards:\n" + many('- {id: c%d, front: "\\u202ea", back: "\\e"}\n', MIB // 2)
    ),
}

MEASURE = """
import json, re, sys, time
from pathlib import Path
from prepdeck.deckfile.drawing import draw_problem
from prepdeck.deckfile.reading import read_deck
data = sys.stdin.buffer.read()
started = time.process_time()  # what the neighbours of a shared machine do is not the deck's fault
reading = read_deck("hostile.yaml", data)
seconds = time.process_time() - started
drawn = [draw_problem(problem, reading.lines) for problem in reading.problems]
# getrusage would also count what the process that started this one held.
peak = int(re.search(r"VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"seconds": seconds, "mebibytes": peak, "problems": len(drawn)}))
"""


@pytest.mark.promise(16)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_deck_is_told_and_not_swallowed(name: str) -> None:
    reading = read_deck("hostile.yaml", HOSTILE[name]())
    assert reading.problems
    assert len(reading.problems) <= 1001
    if reading.deck is not None:
        assert len(reading.deck.cards) <= 20_000


@pytest.mark.skipif(not FULL, reason="measures seconds and memory: PREPDECK_PROMISES=full")
@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="this system does not tell a process its peak memory"
)
@pytest.mark.promise(16)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_deck_costs_at_most_a_second_and_200_megabytes(name: str) -> None:
    ended = subprocess.run([sys.executable, "-c", MEASURE], input=HOSTILE[name](), capture_output=True, check=True)
    measured = json.loads(ended.stdout)
    assert measured["problems"]
    assert measured["seconds"] <= 1
    assert measured["mebibytes"] <= 200


CANARY = r"""
deck: canary
title: !!python/object/apply:os.system [touch canary-was-here]
description: "file:///etc/passwd $(touch canary-was-here) `touch canary-was-here` ${HOME}"
author: &anchor http://127.0.0.1:9/x
license: *anchor
topics: {t: "![x](http://127.0.0.1:9/x.png)"}
cards:
- id: a
  kind: numeric
  front: "\e]52;c;dG91Y2g=\a <img src='http://127.0.0.1:9/x.png'>"
  answer: 1
  tolerance: {abs: 0}
  check: "__import__('os').system('touch canary-was-here')"
  verify: "import os; os.system('touch canary-was-here')"
  refs: ["http://127.0.0.1:9/", "file:///etc/passwd"]
- id: b
  front: "caf\xe9 \u202e"
  bakc: !include /etc/passwd
- id: c
  kind: desing
- {id: d, front: 日本語, back: "é\u0301\u0301\u0301\u0301\u0301\u0301", as_of: 2026-02-30, level: x}
- id: e
  kind: cloze
  text: "{{c1::{0.__class__}}} {{c3::x}} $\theta$"
- front: a: b
"""

WATCH = """
import sys
from prepdeck.deckfile.reading import read_deck
from prepdeck.text.cells import cell_width
data = sys.stdin.buffer.read()
events = []
sys.addaudithook(lambda name, values: events.append((name, repr(values)[:100])))
text = data.decode()
coded = (text.encode("utf-16"), text.encode("latin-1", "replace"))
for text in (data, data.rpartition(b"- front")[0], *coded, data + b"\\0", data[:40], b""):
    read_deck("canary.yaml", text)
    read_deck("canary.yaml", text, strict=True)
print([event for event in events if event[0] not in {"gc.disable", "gc.enable", "object.__getattr__", "re.compile"}])
"""


@pytest.mark.promise(20)
def test_reading_a_hostile_deck_opens_runs_and_imports_nothing(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent
    ended = subprocess.run(
        [sys.executable, "-c", WATCH],
        input=CANARY.encode(),
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(root)},
    )
    assert ended.stdout.decode().strip() == "[]"
    assert list(tmp_path.iterdir()) == []


def test_reading_decks_loads_neither_the_interface_nor_the_database() -> None:
    root = Path(__file__).parent.parent.parent
    script = (
        "import sys, prepdeck.deckfile.reading, prepdeck.deckfile.drawing, prepdeck.host.files\n"
        "print(*{name.split('.')[0] for name in sys.modules} & {'textual', 'sqlalchemy', 'rich', 'asyncio', 'alembic'})"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root)
    assert ended.stdout.strip() == ""
