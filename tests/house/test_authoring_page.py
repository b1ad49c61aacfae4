from __future__ import annotations

import re
from pathlib import Path

import pytest

from prepdeck.deckfile.kinds import ALL_KINDS
from prepdeck.deckfile.reading import read_deck

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


def test_the_smallest_deck_of_the_page_reads_without_a_problem() -> None:
    smallest = re.search(r"^```\n(deck: .*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    assert smallest is not None
    assert read_deck("smallest.yaml", smallest[1].encode()).problems == ()
