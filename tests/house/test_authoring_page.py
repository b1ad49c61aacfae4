from __future__ import annotations

import re
from pathlib import Path

import pytest

from prepdeck.deckfile.formatting import format_deck
from prepdeck.deckfile.kinds import ALL_KINDS
from prepdeck.deckfile.reading import read_deck
from prepdeck.study.linting import lint
from prepdeck.study.options import Options
from prepdeck.study.trusting import remember_trust, survey_code

PAGE = Path(__file__).parents[2] / "docs" / "authoring.md"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="only a checkout has the page")


def page_deck() -> str:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    return "".join(blocks)


def test_the_page_shows_one_card_of_every_kind_that_reads_without_a_problem() -> None:
    reading = read_deck("authoring.md", page_deck().encode(), strict=True)
    assert [problem.message for problem in reading.problems] == []
    assert reading.deck is not None
    assert sorted(card.kind for card in reading.deck.cards) == sorted(ALL_KINDS)


def test_what_the_cards_of_the_page_claim_holds(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text(page_deck())
    options = Options(home=tmp_path / "home")
    remember_trust(survey_code(path, options).cards, options)
    report = lint((path,), options, strict=True, run=True)
    assert [(problem.code, problem.message) for problem in report.problems] == []


def test_the_cards_of_the_page_are_in_canonical_form() -> None:
    assert format_deck("authoring.md", page_deck().encode()).text == page_deck()


def test_the_format_and_the_rubric_of_the_page_lint_clean(tmp_path: Path) -> None:
    found = re.findall(r"^```\n((formats|rubrics):.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert [name for _text, name in found] == ["formats", "rubrics"]
    for text, name in found:
        (tmp_path / f"{name}.yaml").write_text(text)
    assert lint((tmp_path,), Options(home=tmp_path / "home")).problems == ()


def test_the_smallest_deck_of_the_page_reads_without_a_problem() -> None:
    smallest = re.search(r"^```\n(deck: .*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert smallest is not None
    assert read_deck("smallest.yaml", smallest[1].encode()).problems == ()
