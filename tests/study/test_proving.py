from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from prepdeck.cards.code import Case, Code
from prepdeck.cards.verdict import CaseResult, Outcome, Verdict
from prepdeck.deckfile.problem import Problem
from prepdeck.host.folders import find_folders
from prepdeck.host.proof_cache import proof_file
from prepdeck.judge.expression import evaluate
from prepdeck.judge.growth import Growth
from prepdeck.study.discovery import read_roots
from prepdeck.study.options import Options
from prepdeck.study.proofs import Bench
from prepdeck.study.proving import prove
from prepdeck.study.snippets import imported_packages
from prepdeck.study.surroundings import Root
from prepdeck.study.trusting import remember_trust, survey_code

GOOD = """\
deck: sums
cards:
- id: add
  kind: code
  front: Add two numbers.
  entry: add
  starter: |
    def add(a, b):
        ...
  reference: |
    def add(a, b):
        return a + b
  tests:
    visible:
    - {in: [1, 2], out: 3}
    hidden:
    - {in: [0, 0], out: 0}
    - {in: [-1, 1], out: 0}
  mutants:
  - "def add(a, b): return a - b"
  - "def add(a, b): return 3"
  complexity: {time: O(n), cost: n, input: "(n, n)"}
  large_input: {input: "(10**6, 10**6)", seconds: 2}
- id: proved
  front: What is one and one?
  back: Two.
  verify: |
    one = 1
    assert one + one == 2
- id: number
  kind: numeric
  front: Two times two?
  answer: 4
  tolerance: {abs: 0}
  check: "2 * 2"
- id: plain
  front: What is three?
  back: A number.
"""


FLAT = Growth((8, 16, 32, 64), 1.0, 1.08, holds=True)
STEEP = Growth((8, 32, 128, 512), 2.0, 1.08, holds=False)


PASSED = Verdict(Outcome.PASSED)


@dataclass
class FakeJudge:
    """Passes the reference of `GOOD` and fails the rest, unless told otherwise; keeps what it was asked to run."""

    verdicts: dict[str, Verdict | Exception] = field(default_factory=dict)
    large: Verdict = PASSED
    growth: Growth = FLAT
    missing: tuple[str, ...] = ()
    ran: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def _run(self, code: str, usual: Verdict) -> Verdict:
        with self.lock:
            self.ran.append(code)
        said = next((verdict for piece, verdict in self.verdicts.items() if piece in code), usual)
        if isinstance(said, Exception):
            raise said
        return said

    def judge_cases(self, code: Code, answer: str, cases: Sequence[Case]) -> Verdict:
        assert cases == code.cases
        return self._run(answer, PASSED if answer == code.reference else Verdict(Outcome.FAILED))

    def judge_large_input(self, code: Code, answer: str) -> Verdict:
        assert answer == code.reference
        return self._run("large", self.large)

    def measure_growth(self, code: Code, answer: str) -> Growth:
        assert answer == code.reference
        self._run("growth", PASSED)
        return self.growth

    def judge_snippet(self, snippet: str, requires: Iterable[str] = ()) -> Verdict:
        assert not self.missing_packages(requires)
        return self._run(snippet, PASSED)

    def missing_packages(self, requires: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in requires if name in self.missing)


@dataclass
class Workshop:
    """A home and a deck in it, proved with a judge of our choice or with the real one."""

    home: Path
    judge: FakeJudge | None = field(default_factory=FakeJudge)

    @property
    def options(self) -> Options:
        return Options(home=self.home)

    @property
    def deck(self) -> Path:
        return self.home.parent / "sums.yaml"

    def write(self, text: str = GOOD, *, trusted: bool = True) -> None:
        self.deck.write_text(text, "utf-8")
        if trusted:
            remember_trust(survey_code(self.deck, self.options).asking, self.options)

    def prove(self, jobs: int | None = None, **more: object) -> tuple[Problem, ...]:
        bench = None if self.judge is None else Bench(self.judge, evaluate)
        files = read_roots((Root(self.deck, "extra"),))
        assert [problem for file in files for problem in file.reading.problems] == []
        return prove(files, self.options, jobs=jobs, bench=bench, **more)  # type: ignore[arg-type]

    @property
    def cache(self) -> Path:
        return proof_file(find_folders(self.home, {}))

    def line(self, words: str) -> int:
        return next(number for number, line in enumerate(self.deck.read_text("utf-8").splitlines(), 1) if words in line)


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "home")


def places(problems: Sequence[Problem]) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in problems]


def test_a_deck_that_holds_has_no_problem(shop: Workshop) -> None:
    shop.write()
    assert shop.prove() == ()


def test_everything_that_a_card_claims_is_run_once(shop: Workshop) -> None:
    shop.write()
    shop.prove(jobs=1)
    assert shop.judge is not None
    assert [each.split("\n")[-1].strip() for each in shop.judge.ran] == [
        "return a + b",
        "...",
        "def add(a, b): return a - b",
        "def add(a, b): return 3",
        "large",
        "growth",
        "assert one + one == 2",
    ]


def test_what_was_proved_is_not_run_again(shop: Workshop) -> None:
    shop.write()
    shop.prove()
    shop.judge = FakeJudge()
    assert shop.prove() == ()
    assert shop.judge.ran == []


def test_prose_may_change_without_another_run(shop: Workshop) -> None:
    shop.write()
    shop.prove()
    shop.judge = FakeJudge()
    shop.write(
        GOOD.replace("Add two numbers.", "Return the sum of two numbers.").replace("O(n)", "O(1)"), trusted=False
    )
    assert shop.prove() == ()
    assert shop.judge.ran == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{in: [0, 0], out: 0}", "{in: [0, 1], out: 1}"),
        ("return a - b", "return a * b"),
        ("seconds: 2", "seconds: 1"),
        ("cost: n,", "cost: n2,"),
        ("assert one + one == 2", "assert one + one < 3"),
    ],
)
def test_a_change_of_what_is_proved_lets_its_card_run_again(shop: Workshop, old: str, new: str) -> None:
    shop.write()
    shop.prove()
    shop.judge = FakeJudge()
    shop.write(GOOD.replace(old, new))
    assert shop.prove() == ()
    assert len(shop.judge.ran) in {1, 6}  # the snippet of one card, or all of the other


def test_a_changed_number_is_checked_again(shop: Workshop) -> None:
    shop.write()
    shop.prove()
    shop.write(GOOD.replace("answer: 4", "answer: 5"))
    assert places(shop.prove()) == [("E301", shop.line("check:"))]


def test_what_did_not_hold_is_run_again(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.growth = STEEP
    assert places(shop.prove()) == [("E309", shop.line("cost:"))]
    shop.judge.growth = FLAT
    assert shop.prove() == ()


@pytest.mark.parametrize("rubbish", [b"\x00\xff" * 500, b"f" * 64, b"\n" * 100, b"", b"x" * 10_000_000])
def test_a_damaged_cache_is_nothing_but_a_second_run(shop: Workshop, rubbish: bytes) -> None:
    shop.write()
    shop.cache.write_bytes(rubbish)
    assert shop.prove() == ()
    assert shop.judge is not None
    assert len(shop.judge.ran) == 7
    assert shop.prove() == ()
    assert len(shop.judge.ran) == 7


def test_the_cache_is_private(shop: Workshop) -> None:
    shop.write()
    shop.prove()
    assert shop.cache.stat().st_mode & 0o777 == 0o600
    assert shop.cache.parent.stat().st_mode & 0o777 == 0o700


def test_a_home_that_cannot_be_written_costs_the_cache_alone(shop: Workshop) -> None:
    shop.write()
    shop.cache.mkdir()
    assert shop.prove() == ()


def test_code_that_nobody_trusts_is_not_run(shop: Workshop) -> None:
    shop.write(trusted=False)
    problems = shop.prove()
    assert places(problems) == [("E312", shop.line("reference:")), ("E312", shop.line("verify:"))]
    assert f"prepdeck trust {shop.deck}" in str(problems[0].help)
    assert shop.judge is not None
    assert shop.judge.ran == []


def test_numbers_are_checked_without_trust(shop: Workshop) -> None:
    shop.write(GOOD.replace("answer: 4", "answer: 5"), trusted=False)
    assert ("E301", shop.line("check:")) in places(shop.prove())


def test_a_proof_of_trusted_code_does_not_let_it_run_without_trust(shop: Workshop, tmp_path: Path) -> None:
    shop.write()
    shop.prove()
    (shop.home / "trusted.txt").unlink()
    assert places(shop.prove()) == [("E312", shop.line("reference:")), ("E312", shop.line("verify:"))]


def test_a_failing_test_is_named_at_its_entry_with_input_expected_and_got(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    results = (
        CaseResult(True, "1, 2", "3", "3"),
        CaseResult(False, "0, 0", "0", "ZeroDivisionError: \x1b[31mno", line=2),
        CaseResult(False, "-1, 1", "0", "2"),
    )
    shop.judge.verdicts["return a + b"] = Verdict(Outcome.FAILED, results)
    problems = shop.prove()
    assert places(problems) == [("E303", shop.line("[0, 0]")), ("E303", shop.line("[-1, 1]"))]
    assert problems[0].column == 7
    assert "input 0, 0, expected 0, got ZeroDivisionError: \\x1b[31mno (line 2 of the reference)" in problems[0].message


@pytest.mark.parametrize(
    ("outcome", "code", "words"),
    [
        (Outcome.BROKEN, "E304", "does not run"),
        (Outcome.TIMEOUT, "E305", "took longer"),
        (Outcome.MEMORY, "E305", "more memory"),
        (Outcome.FLOOD, "E305", "printed"),
        (Outcome.KILLED, "E305", "without a verdict"),
    ],
)
def test_a_reference_that_does_not_come_to_its_end_is_told(
    shop: Workshop, outcome: Outcome, code: str, words: str
) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["return a + b"] = Verdict(outcome, message="No reason.")
    (problem,) = shop.prove()
    assert (problem.code, problem.line) == (code, shop.line("reference:"))
    assert words in problem.message
    assert "no reason" in problem.message.lower()


def test_a_broken_line_of_the_reference_is_pointed_at(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["return a + b"] = Verdict(Outcome.BROKEN, message="invalid syntax", line=2)
    (problem,) = shop.prove()
    assert (problem.line, problem.column) == (shop.line("return a + b"), 9)


def test_nothing_is_asked_of_a_wrong_reference_that_only_a_right_one_can_tell(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["return a + b"] = Verdict(Outcome.BROKEN)
    shop.prove()
    assert {"large", "growth"} & set(shop.judge.ran) == set()
    assert "def add(a, b): return 3" in shop.judge.ran


def test_a_starter_that_passes_is_an_error(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["..."] = Verdict(Outcome.PASSED)
    assert places(shop.prove()) == [("E306", shop.line("starter:"))]


def test_a_starter_that_does_not_compile_is_a_warning(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["..."] = Verdict(Outcome.BROKEN, message="invalid syntax", line=1)
    assert places(shop.prove()) == [("W303", shop.line("starter:") + 1)]


def test_a_mutant_that_no_test_catches_is_an_error_at_its_line(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["return 3"] = Verdict(Outcome.PASSED)
    (problem,) = shop.prove()
    assert (problem.code, problem.line, problem.column) == ("E307", shop.line("return 3"), 5)
    assert "no test catches it" in problem.message


def test_a_mutant_that_does_not_run_proves_nothing(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["return 3"] = Verdict(Outcome.BROKEN, message="invalid syntax")
    assert places(shop.prove()) == [("W302", shop.line("return 3"))]


@pytest.mark.parametrize("outcome", [Outcome.TIMEOUT, Outcome.MEMORY, Outcome.FLOOD, Outcome.KILLED])
def test_a_mutant_that_a_limit_ends_is_caught(shop: Workshop, outcome: Outcome) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["return 3"] = Verdict(outcome)
    assert shop.prove() == ()


def test_a_large_input_that_takes_too_long_is_told_with_its_limit(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.large = Verdict(Outcome.TIMEOUT)
    (problem,) = shop.prove()
    assert (problem.code, problem.line) == ("E308", shop.line("large_input"))
    assert "2 s" in problem.message


def test_a_missing_package_is_a_warning_that_says_what_installs_it(shop: Workshop) -> None:
    shop.write(GOOD.replace("entry: add", "entry: add\n  requires: [numpy]"))
    assert shop.judge is not None
    shop.judge.missing = ("numpy",)
    (problem,) = shop.prove()
    assert (problem.code, problem.line) == ("W301", shop.line("requires:"))
    assert problem.help == "python -m pip install 'prepdeck[ml]'"
    assert len(shop.judge.ran) == 1  # the other card's snippet


def test_the_packages_of_a_snippet_are_read_from_it(shop: Workshop) -> None:
    shop.write(GOOD.replace("one = 1", "import math, sklearn.svm"))
    assert shop.judge is not None
    shop.judge.missing = ("scikit-learn",)
    (problem,) = shop.prove()
    assert (problem.code, problem.line) == ("W301", shop.line("verify:"))
    assert problem.help == "python -m pip install scikit-learn"


def test_a_snippet_that_fails_is_told_at_its_line(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["one + one"] = Verdict(Outcome.FAILED, message="AssertionError", line=2)
    assert places(shop.prove()) == [("E311", shop.line("assert one"))]


def test_the_figures_of_a_design_are_recomputed(shop: Workshop) -> None:
    shop.write(
        "deck: sums\ncards:\n- id: case\n  kind: design\n  front: Design it.\n  rubric: ml-design\n"
        "  outline: {framing: [a point]}\n  numbers:\n  - no number\n"
        '  - {text: a day, check: "24 * 3600", answer: 86_400}\n'
        '  - {text: two days, check: "2 * 24 * 3600", answer: 170_000}\n'
        '  - {text: about two days, check: "2 * 24 * 3600", answer: 170_000, tolerance: {rel: 0.05}}\n'
    )
    (problem,) = shop.prove()
    assert (problem.code, problem.line) == ("E301", shop.line("two days"))
    assert "172800" in problem.message


@pytest.mark.parametrize(
    ("check", "column"),
    [("1 / 0", 11), ("__import__('os').getcwd()", 11), ("1 + open('x')", 15), ("2 + two", 15), ("10 ** 10 ** 10", 11)],
)
def test_a_check_that_is_no_expression_is_an_error_where_it_ends_to_be_one(
    shop: Workshop, check: str, column: int
) -> None:
    shop.write(GOOD.replace("2 * 2", check))
    (problem,) = shop.prove()
    assert (problem.code, problem.line) == ("E302", shop.line("check:"))
    assert problem.column == column


def test_floating_point_does_not_fail_an_exact_check(shop: Workshop) -> None:
    shop.write(GOOD.replace("2 * 2", "0.1 + 0.2").replace("answer: 4", "answer: 0.3"))
    assert shop.prove() == ()


def test_one_and_two_jobs_say_the_same_in_the_same_order(shop: Workshop) -> None:
    head, rest = GOOD.split("cards:\n")
    card = rest.partition("- id: proved")[0]
    shop.write(head + "cards:\n" + "".join(card.replace("id: add", f"id: add-{number}") for number in range(6)))
    assert shop.judge is not None
    shop.judge.growth = STEEP
    alone, together = shop.prove(jobs=1), shop.prove(jobs=2)
    assert len(alone) == 6
    assert alone == together == tuple(sorted(alone))


def test_progress_counts_what_was_proved_before(shop: Workshop) -> None:
    shop.write()
    said: list[tuple[int, int]] = []
    shop.prove(on_progress=lambda done, total: said.append((done, total)))
    assert said == [(0, 3), (1, 3), (2, 3), (3, 3)]
    said.clear()
    shop.prove(on_progress=lambda done, total: said.append((done, total)))
    assert said == [(3, 3)]


def test_an_interruption_keeps_what_was_proved_and_starts_nothing_more(shop: Workshop) -> None:
    shop.write()

    def interrupt(done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shop.prove(jobs=1, on_progress=interrupt)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("prove-")]
    assert len(shop.cache.read_text("ascii").split()) == 1


def test_a_card_under_way_starts_nothing_more_after_an_interruption(shop: Workshop) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(FakeJudge):
        def judge_cases(self, code: Code, answer: str, cases: Sequence[Case]) -> Verdict:
            begun.set()
            go_on.wait(10)
            return super().judge_cases(code, answer, cases)

    def interrupt(done: int, total: int) -> None:
        if done:
            begun.wait(10)
            raise KeyboardInterrupt

    shop.write()
    shop.judge = Slow()
    with pytest.raises(KeyboardInterrupt):
        shop.prove(jobs=2, on_progress=interrupt)
    go_on.set()
    for thread in threading.enumerate():
        if thread.name.startswith("prove-"):
            thread.join(10)
    assert [each for each in shop.judge.ran if "def add" in each] == ["def add(a, b):\n    return a + b"]


def test_an_error_of_the_judge_ends_the_run(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["one + one"] = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        shop.prove()


def test_a_machine_that_starts_no_process_is_a_problem_of_the_card(shop: Workshop) -> None:
    shop.write()
    assert shop.judge is not None
    shop.judge.verdicts["one + one"] = BlockingIOError(11, "Resource temporarily unavailable")
    (problem,) = shop.prove()
    assert problem.code == "E313"
    assert "resource temporarily unavailable" in problem.message.lower()


@pytest.mark.parametrize(
    ("snippet", "packages"),
    [
        ("import numpy", ("numpy",)),
        ("import numpy as np, math, torch.nn as nn", ("numpy", "torch")),
        ("from numpy.linalg import norm, det", ("numpy",)),
        ("from . import numpy", ()),
        ("import os.path; import yaml", ("pyyaml",)),
        ("if True: import pandas", ("pandas",)),
        ("def f():\n    from PIL import Image\n    return 1", ("pillow",)),
        ('text = """\nimport numpy\n"""', ()),
        ("# import numpy", ()),
        ("re = '\\d'  # import", ()),
        ("import (", ()),
        ("import numpy\nx = (", ("numpy",)),
        ("important = 1", ()),
    ],
)
def test_what_a_snippet_imports_is_read_without_running_it(snippet: str, packages: tuple[str, ...]) -> None:
    assert imported_packages(snippet) == packages


def test_a_number_beyond_floating_point_is_told(shop: Workshop) -> None:
    shop.write(GOOD.replace("2 * 2", "-(10**300) * 10**100"))
    (problem,) = shop.prove()
    assert problem.code == "E301"
    assert "gives less than -1e308" in problem.message


@pytest.fixture
def real(shop: Workshop) -> Workshop:
    shop.judge = None
    return shop


def test_the_real_judge_finds_nothing_wrong_with_a_good_deck(real: Workshop) -> None:
    real.write()
    assert real.prove() == ()


FAULTS = [
    ("return a + b", "return a + b + (a == 0)", [("E303", "[0, 0]")]),
    ("return a + b", "return a +", [("E304", "return a +")]),
    ("def add(a, b):\n        return a + b", "def plus(a, b):\n        return a + b", [("E304", "reference:")]),
    ("def add(a, b):\n        return a + b", "import os\n    os._exit(0)", [("E305", "reference:")]),
    ("...", "return a + b", [("E306", "starter:")]),
    ("        ...", "        ???", [("W303", "???")]),
    ("return 3", "return b + a", [("E307", "return b + a")]),
    ("return 3", "return (", [("W302", "return (")]),
    ("assert one + one == 2", "assert one + one == 3", [("E311", "assert one")]),
    ("(10**6, 10**6)", "(1, '')", [("E308", "large_input")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS, ids=[new[:30] for _, new, _ in FAULTS])
def test_the_real_judge_finds_each_fault_at_its_line(
    real: Workshop, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    real.write(GOOD.replace(old, new, 1))
    assert places(real.prove()) == [(code, real.line(words)) for code, words in expected]


def test_the_real_judge_measures_growth(real: Workshop) -> None:
    slow = "for _ in range(a):\n            for _ in range(b):\n                pass\n        return a + b"
    real.write(GOOD.replace("return a + b", slow, 1).replace("(10**6, 10**6)", "(1, 1)"))
    assert places(real.prove()) == [("E309", real.line("cost:"))]


def test_growth_that_cannot_be_measured_is_told(real: Workshop) -> None:
    real.write(GOOD.replace('"(n, n)"', '"(n, m)"'))
    (problem,) = real.prove()
    assert (problem.code, problem.line) == ("E310", real.line("cost:"))
    assert "name 'm' is not defined" in problem.message


def test_a_fixture_that_does_not_run_is_told_once(real: Workshop) -> None:
    real.write(GOOD.replace("entry: add", 'entry: add\n  fixture: "one = two"'))
    (problem,) = real.prove()
    assert (problem.code, problem.line) == ("E304", real.line("fixture:"))
    assert "name 'two' is not defined" in problem.message


def test_a_limit_is_told_at_the_test_that_met_it(real: Workshop) -> None:
    real.write(GOOD.replace("return a + b", "return a + b if a else 10**9 * [0] * 9", 1))
    (problem,) = (each for each in real.prove() if each.code == "E305")
    assert problem.line == real.line("[0, 0]")
    assert "it needs more than 512 MiB of memory" in problem.message


def test_an_expression_that_gives_no_input_is_told_at_its_test(real: Workshop) -> None:
    real.write(GOOD.replace("{in: [0, 0],", '{in: "(x, 0)",'))
    (problem,) = real.prove()
    assert (problem.code, problem.line) == ("E303", real.line("(x, 0)"))
    assert problem.message.startswith("this test has no input, because")
    assert "name 'x' is not defined" in problem.message


QUERY = """\
deck: sums
cards:
- id: pay
  kind: code
  language: sql
  front: Who earns most in each department? Keep ties.
  fixture: |
    CREATE TABLE staff (name TEXT, dept TEXT, pay INT);
    INSERT INTO staff VALUES ('Ann', 'a', 3), ('Bo', 'a', 3), ('Cy', 'b', 1);
  starter: SELECT name FROM staff
  reference: |
    SELECT name FROM (SELECT name, rank() OVER (PARTITION BY dept ORDER BY pay DESC) AS place FROM staff)
    WHERE place = 1 ORDER BY name
  tests:
    visible:
    - {out: [[Ann], [Bo], [Cy]]}
    hidden:
    - {in: ["INSERT INTO staff VALUES ('Di', 'b', 2)"], out: [[Ann], [Bo], [Di]]}
  mutants:
  - SELECT name FROM (SELECT name, row_number() OVER (PARTITION BY dept ORDER BY pay DESC) AS n FROM staff) WHERE n = 1
  - SELECT name FROM staff WHERE pay = 3
"""


def test_a_query_is_proved_as_well(real: Workshop) -> None:
    real.write(QUERY)
    assert real.prove() == ()


def test_a_query_that_cannot_be_read_is_no_mutant(real: Workshop) -> None:
    real.write(QUERY.replace("- SELECT name FROM staff WHERE pay = 3", "- SELEKT name FROM staff"))
    assert places(real.prove()) == [("W302", real.line("SELEKT"))]
