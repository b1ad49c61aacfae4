"""The broken scripts of `ml-debugging-45`: each fails what a candidate sees, and its mended form passes everything."""

from __future__ import annotations

import pytest

from prepdeck.cards.card import Card
from prepdeck.cards.code import Code
from prepdeck.judge.judging import judge_cases
from tests.house.test_house import bundled_cards

SCRIPTS = [card for card in bundled_cards() if "debugging" in card.tags]


def test_there_are_at_least_three_scripts_to_debug() -> None:
    assert len(SCRIPTS) >= 3


@pytest.mark.parametrize("card", SCRIPTS, ids=lambda card: card.id.card)
def test_a_broken_script_runs_fails_a_visible_test_and_its_reference_passes_all(card: Card) -> None:
    body = card.body
    assert isinstance(body, Code)
    broken = judge_cases(body, body.starter, body.visible)
    assert len(broken.results) == len(body.visible)
    assert not broken.passed
    assert judge_cases(body, body.reference, body.cases).passed


@pytest.mark.parametrize("card", SCRIPTS, ids=lambda card: card.id.card)
def test_a_script_has_a_ladder_of_three_hints_and_minutes_of_an_interview(card: Card) -> None:
    assert isinstance(card.body, Code)
    assert len(card.hints) == 3
    assert card.body.minutes is not None
    assert 20 <= card.body.minutes <= 35
