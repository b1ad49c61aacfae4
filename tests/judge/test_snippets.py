from __future__ import annotations

import pytest

from prepdeck.cards.verdict import Outcome
from prepdeck.judge import packages
from prepdeck.judge.judging import judge_snippet, missing_packages, say_missing


def test_a_snippet_whose_asserts_hold_passes() -> None:
    verdict = judge_snippet("import math\nprint('seen')\nassert math.comb(5, 2) == 10")
    assert (verdict.outcome, verdict.printed) == (Outcome.PASSED, "seen\n")


@pytest.mark.parametrize(
    ("snippet", "message", "line"),
    [
        ("x = 4\nassert x == 5", "`assert x == 5` does not hold", 2),
        ("x = 4\nassert x == 5, f'x is {x}'", "`assert x == 5, f'x is {x}'` does not hold: x is 4", 2),
        ("x = 4\nx.y", "AttributeError: 'int' object has no attribute 'y'", 2),
        ("x = = 4", "SyntaxError: invalid syntax", 1),
    ],
)
def test_an_assert_that_does_not_hold_breaks_with_its_line(snippet: str, message: str, line: int) -> None:
    verdict = judge_snippet(snippet)
    assert (verdict.outcome, verdict.message, verdict.line) == (Outcome.BROKEN, message, line)


def test_a_snippet_may_use_numpy_when_it_says_so() -> None:
    snippet = "import numpy as np\nassert (np.ones(2) @ np.ones(2)) == 2"
    assert judge_snippet(snippet, ["numpy"]).passed
    assert judge_snippet(snippet).outcome is Outcome.BROKEN


def test_a_missing_package_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "find_spec", lambda _: None)
    verdict = judge_snippet("import numpy", ["numpy>=1.26"])
    assert (verdict.outcome, verdict.message) == (
        Outcome.MISSING,
        "this card needs NumPy: pip install 'prepdeck[ml]'",
    )


def test_missing_packages_are_named_once_each() -> None:
    assert missing_packages(["numpy", "json", "no-such", "no-such>=2", "no.such"]) == ("no-such", "no.such")
    assert say_missing(["numpy", "pandas", "polars"]) == (
        "this card needs NumPy, pandas and polars: pip install 'prepdeck[ml]' pandas polars"
    )
