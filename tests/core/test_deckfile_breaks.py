from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.deckfile.breaks import MOST_CHARACTERS, problems_behind
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.splicing import spliced
from tests.builders import DECK
from tests.full import examples

HEAD = "deck: d\ncards:\n"
OPEN = "- id: open\n  front: q\n  back: b\n  tags: [a, b\n"
BAD = "- id: bad\n  front: q\n  bakc: b\n"


def behind(text: str) -> list[str]:
    """Return what is told of a file besides what reading it tells."""
    reading = read_deck("deck.yaml", text.encode())
    return [f"{one.line}:{one.column} {one.code}" for one in problems_behind(reading)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{HEAD}- id: a\n  front: a: b\n  bakc: c\n", ["5:3 E022"]),  # mended, and its own card read on
        (f"{HEAD}{OPEN}{BAD}", ["9:3 E022"]),  # nobody is sure what was meant: the card is taken out
        (f"{HEAD}{BAD}{OPEN}{BAD}", ["5:3 E022", "10:7 E027", "12:3 E022"]),
        (f"{HEAD}- id: a\n\tfront: q\n\tback: b\n{OPEN}{BAD}", ["5:1 E009", "9:9 E050", "12:3 E022"]),
        (f'title: "open\n{HEAD}{BAD}', ["6:3 E022"]),  # a field of the deck itself
        (f"title: a: b\n{HEAD}- id: a\n  front: {{{{c1::x}}}} y\n  back: @b\n  level: x\n", [
            "5:10 E010", "6:9 E010", "7:10 E030"
        ]),
        (f"{HEAD}- {{id: a, front: b: c, bakc: d, levle: 2}}\n", []),  # no fix, so that the card is out
        (f"{HEAD}{BAD}title: D\ncards: [\n", []),  # nothing is known of what lies above the cards
        (f"{HEAD}{OPEN}".replace("\n", "\r\n") + BAD, ["9:3 E022"]),
    ],
)  # fmt: skip
def test_faults_behind_a_slip_of_yaml_are_told_at_their_places(text: str, expected: list[str]) -> None:
    assert behind(text) == expected


@pytest.mark.parametrize("text", [DECK, f"{HEAD}{BAD}", "", "\x00", "- a\n", f"{HEAD}- &a id\n", "{" * 99])
def test_a_file_that_yaml_does_not_break_in_is_told_whole_by_reading_it(text: str) -> None:
    assert behind(text) == []


def test_a_card_that_was_taken_out_is_not_missed() -> None:
    assert behind(f"topics:\n  t: T\n{HEAD}{OPEN}") == []


def test_fixes_behind_a_slip_fit_the_file_as_it_is() -> None:
    text = f"{HEAD}- id: a\n  front: a: b\n  bakc: c\n{OPEN}- id: c\n  front: d: e\n  levle: 2\n"
    fixes = [one.fix for one in problems_behind(read_deck("deck.yaml", text.encode())) if one.fix is not None]
    mended = text.replace("bakc", "back").replace("d: e", '"d: e"').replace("levle", "level")
    assert spliced(text, fixes) == mended


def test_a_large_file_is_not_read_on_for_ever() -> None:
    assert behind(f"{HEAD}{OPEN}{BAD}" + "#" * MOST_CHARACTERS) == []
    assert len(behind(HEAD + "- id: a\n  front: a: b\n" * 100)) < 100


@settings(deadline=None, max_examples=examples(100, 5000))
@given(
    st.lists(
        st.tuples(st.integers(0, len(DECK)), st.sampled_from([": ", "\t", '"', "'", "[", "}", "\n", " ", "- ", "@"]))
    )
)
def test_every_problem_lies_in_the_file_and_behind_the_first_slip_there_is_another_place(
    mutations: list[tuple[int, str]],
) -> None:
    text = DECK
    for place, put in mutations:
        text = text[:place] + put + text[place:]
    reading = read_deck("deck.yaml", text.encode())
    for one in problems_behind(reading):
        assert one not in reading.problems
        assert 1 <= one.column < one.end_column
        assert 1 <= one.line <= max(1, len(reading.lines))
        if one.fix is not None:
            assert text[one.fix.start : one.fix.end] != one.fix.text
