from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from prepdeck.cards.deck import Deck
from prepdeck.deckfile.formatting import format_deck
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.writing import write_deck
from tests.core.test_deckfile_splicing import comments_of
from tests.full import examples
from tests.strategies import decks
from tests.untidy import UntidyWriter

LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def formatted(text: str) -> str:
    result = format_deck("deck.yaml", text.encode())
    assert result.text is not None, result.problems
    return result.text


# Shrinking such an example takes minutes, and the first one found is readable.
@settings(
    deadline=None,
    max_examples=examples(15, 5000),
    suppress_health_check=LARGE,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.data())
def test_any_layout_keeps_its_values_and_comments_and_is_canonical_at_once(data: st.DataObject) -> None:
    deck = data.draw(decks(most_cards=2))
    writer = UntidyWriter(data.draw, data.draw(st.sampled_from(["\n", "\r\n"])))
    untidy = writer.write(deck)
    tidy = formatted(untidy)
    assert read_deck("deck.yaml", tidy.encode()).deck == deck, (untidy, tidy)
    assert comments_of(tidy) == sorted(writer.comments), (untidy, tidy)
    assert formatted(tidy) == tidy, (untidy, tidy)
    assert "\r" not in tidy
    assert tidy.endswith("\n")
    assert not tidy.endswith("\n\n")


@settings(deadline=None, max_examples=examples(20, 2000), suppress_health_check=LARGE)
@given(decks(most_cards=2))
def test_formatting_a_written_deck_twice_is_formatting_it_once(deck: Deck) -> None:
    once = formatted(write_deck(deck))
    assert formatted(once) == once


def test_fields_cards_and_indentation_find_their_places() -> None:
    assert formatted(
        "cards:\n"
        "    -   front: one\n"
        "        id: a\n"
        "        tags:\n"
        "            - x\n"
        "        kind: basic\n"
        "        back: two\n"
        "title: 'D'\n"
        '"deck":   d\n'
    ) == ("deck: d\ntitle: 'D'\ncards:\n- id: a\n  kind: basic\n  tags:\n  - x\n  front: one\n  back: two\n")


def test_cards_in_brackets_get_lines_of_their_own() -> None:
    assert formatted("{deck: d, cards: [{back: b, id: a, front: f}, {id: c, front: f, back: b}]}") == (
        "deck: d\ncards:\n- id: a\n  front: f\n  back: b\n- id: c\n  front: f\n  back: b\n"
    )


def test_comments_travel_with_the_field_below_them() -> None:
    assert formatted(
        "# head\n"
        "deck: d\n"
        "cards:\n"
        "# a section\n"
        "- # of the card\n"
        "  front: f\n"
        "  # of back\n"
        "  back: b # two\n"
        "  # of id\n"
        "  id: a\n"
        "  # below the card\n"
        "# the end\n"
    ) == (
        "# head\n"
        "deck: d\n"
        "cards:\n"
        "# a section\n"
        "# of the card\n"
        "# of id\n"
        "- id: a\n"
        "  front: f\n"
        "  # of back\n"
        "  back: b  # two\n"
        "  # below the card\n"
        "# the end\n"
    )


def test_a_comment_in_brackets_gives_every_entry_its_line() -> None:
    text = "deck: d\ncards:\n- id: a\n  front: f\n  back: b\n  tags: [x, # first\n    y\n    # last\n    ] # all\n"
    assert formatted(text) == (
        "deck: d\ncards:\n- id: a\n  # first\n  tags:  # all\n  - x\n  - y\n  # last\n  front: f\n  back: b\n"
    ).replace("  # first\n  tags:  # all\n  - x\n", "  tags:  # all\n  - x  # first\n")


def test_comments_in_an_empty_list_stay() -> None:
    assert formatted("deck: d\ntags: [ # none\n # yet\n ]\ncards: []\n") == (
        "deck: d\n# yet\ntags: []  # none\ncards: []\n"
    )


def test_one_blank_line_at_most_stays_between_cards_and_none_inside() -> None:
    text = "\n\ndeck: d\n\n\n\ncards:\n- id: a\n\n  front: f\n\n  back: b\n\n\n\n- id: c\n  front: f\n  back: b\n\n\n"
    assert formatted(text) == ("deck: d\n\ncards:\n- id: a\n  front: f\n  back: b\n\n- id: c\n  front: f\n  back: b\n")


def test_how_a_text_is_written_stays() -> None:
    text = (
        "deck: d\n"
        "cards:\n"
        "- id: a\n"
        '  front: "one\n'
        "\n"
        "    two \\\n"
        '    three"\n'
        "  back: >-\n"
        "    folded\n"
        "    text\n"
        "      deeper\n"
        "\n"
        "    end\n"
        "  hints: ['x', \"y\", z]\n"
        "  why: |2-\n"
        "      two blanks in front\n"
        "    none\n"
    )
    expected = text.replace("  hints: ['x', \"y\", z]\n", "").replace("    none\n", "    none\n")
    hints = "  hints: ['x', \"y\", z]\n"
    expected = expected.replace("  why: |2-\n", f"{hints}  why: |2-\n")
    assert formatted(text) == expected
    assert formatted(text.replace("\n    ", "\n         ").replace("|2-", "|7-")) == expected


def test_long_lists_of_texts_get_lines_and_long_lists_of_numbers_fill_theirs() -> None:
    words = ", ".join(f'"a text of some words {number}"' for number in range(6))
    numbers = ", ".join(str(number) for number in range(1000, 1040))
    text = formatted(f"deck: d\ncards:\n- {{id: a, front: f, back: b, points: [{words}], tags: [{numbers}]}}\n")
    assert '  points:\n  - "a text of some words 0"\n' in text
    assert "  tags: [\n    1000, 1001," in text
    assert "1039\n  ]\n" in text
    assert max(map(len, text.split("\n"))) <= 130


def test_windows_line_ends_tabs_and_marks_go() -> None:
    text = "\ufeffdeck: d \t\r\ncards:\r\n- id: a\r\n  front: f\t# c\r\n  back: |\r\n    a\r\n    b\r\n"
    assert formatted(text) == "deck: d\ncards:\n- id: a\n  front: f  # c\n  back: |\n    a\n    b\n"


def test_a_comment_behind_a_list_that_fills_lines_stands_behind_its_end() -> None:
    numbers = ",".join(str(number) for number in range(1000, 1045))
    text = formatted(f"deck: d\nphases: [1]\ntags: [{numbers}] # many\ncards: []\n")
    assert "1044\n]  # many\n" in text


@pytest.mark.parametrize(
    "text", ["deck: d\ncards: [\n", "deck: d\ncards:\n- id: a\n", "deck: d\nnonsense: 1\ncards: []\n", ""]
)
def test_a_file_with_errors_has_no_canonical_form(text: str) -> None:
    result = format_deck("deck.yaml", text.encode())
    assert result.text is None
    assert result.problems


def test_a_warning_is_no_reason_to_refuse() -> None:
    assert formatted("deck: d\ncards:\n- {id: a, front: f # cut\n  , back: b}\n")
