from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.deckfile.breaks import problems_behind
from prepdeck.deckfile.drawing import FIX_OFFER, draw_problem
from prepdeck.deckfile.fixing import encoded, fix_text
from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.splicing import spliced
from tests.builders import DECK
from tests.full import examples

HEAD = "deck: d\ntopics: {one-thing: One}\ncards:\n- id: a\n  front: f\n  back: b\n"


def fixed(text: str) -> str:
    return fix_text("deck.yaml", text.encode()).text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("deck: My Deck\ncards: []\n", "deck: my-deck\ncards: []\n"),
        (f"titel: D\n{HEAD}", f"title: D\n{HEAD}"),
        (f"track: ml-fundamental\n{HEAD}", f"track: ml-fundamentals\n{HEAD}"),
        (f"optional: yes\n{HEAD}", f"optional: true\n{HEAD}"),
        (f"optional: 'off'\n{HEAD}", f"optional: false\n{HEAD}"),
        (f"{HEAD}  kind: Basci\n", f"{HEAD}  kind: basic\n"),
        (f"{HEAD}  topic: one-thin\n", f"{HEAD}  topic: one-thing\n"),
        (f"{HEAD}  level: 02\n", f"{HEAD}  level: 2\n"),
        (f"{HEAD}  seconds: 1:30\n", f"{HEAD}  seconds: 90\n"),
        (f"{HEAD}  difficulty: 2\n", f"{HEAD}  level: 2\n"),
        (f"{HEAD}  ask: compair\n", f"{HEAD}  ask: compare\n"),
        (f"{HEAD}  hint: Think twice.\n", f"{HEAD}  hints: [Think twice.]\n"),
        (f"{HEAD}  why: F # which?\n", f'{HEAD}  why: "F # which?"\n'),
        (f"{HEAD}  why: text   # a comment\n", f'{HEAD}  why: "text"   # a comment\n'),
        (f'{HEAD}  why: "$\\theta$"\n', f'{HEAD}  why: "$\\\\theta$"\n'),
        (f'{HEAD}  why: "$\\mu$"\n', f'{HEAD}  why: "$\\\\mu$"\n'),
        (f"{HEAD}  why: share: of what?\n", f'{HEAD}  why: "share: of what?"\n'),
        (f"{HEAD}  why: [MASK] is what?\n", f'{HEAD}  why: "[MASK] is what?"\n'),
        (f"{HEAD}  why: @cache\n", f'{HEAD}  why: "@cache"\n'),
        (f'{HEAD}  why: "bias" means what?\n', f"{HEAD}  why: '\"bias\" means what?'\n"),
        (f'{HEAD}  why: "The "best" model?"\n', f"{HEAD}  why: 'The \"best\" model?'\n"),
        (f"{HEAD}  why: 'It's what?'\n", f'{HEAD}  why: "It\'s what?"\n'),
        (f"{HEAD}  why: 'a' and 'b'\n", f"{HEAD}  why: \"'a' and 'b'\"\n"),
        (f"{HEAD}  points:\n  - Recall: a share\n", f'{HEAD}  points:\n  - "Recall: a share"\n'),
        (f"{HEAD}  points: [Recall: a share, b]\n", f'{HEAD}  points: ["Recall: a share", b]\n'),
        (f"{HEAD}  as_of: 2026/1/31\n", f"{HEAD}  as_of: 2026-01-31\n"),
        (f"{HEAD}-id: b\n  front: f\n  back: b\n", f"{HEAD}- id: b\n  front: f\n  back: b\n"),
        (f"{HEAD}\twhy: x\n", f"{HEAD}  why: x\n"),
        (f"{HEAD}  why:x\n", f"{HEAD}  why: x\n"),
        (
            "deck: d\ncards:\n- {id: a, kind: cloze, text: '{{C1:x}}'}\n",
            "deck: d\ncards:\n- {id: a, kind: cloze, text: '{{c1::x}}'}\n",
        ),
        (
            "deck: d\ncards:\n- {id: a, kind: numeric, front: f, answer: '1,000', tolerance: {absolute: 15%}}\n",
            "deck: d\ncards:\n- {id: a, kind: numeric, front: f, answer: 1_000, tolerance: {abs: 0.15}}\n",
        ),
        (
            "deck: d\ncards:\n- {id: a, kind: numeric, front: f, answer: 1, tolerance: {abs 0.15}}\n",
            "deck: d\ncards:\n- {id: a, kind: numeric, front: f, answer: 1, tolerance: {abs: 0.15}}\n",
        ),
    ],
)
def test_a_slip_without_a_doubt_is_mended(wrong: str, right: str) -> None:
    result = fix_text("deck.yaml", wrong.encode())
    assert result.text == right
    assert result.applied
    assert result.left == read_deck("deck.yaml", right.encode()).problems


@pytest.mark.parametrize(
    "text",
    [
        "deck: d\ncards:\n- {id: a, front: f, back: b, bakc: c}\n",  # back is taken
        "deck: d\ncards:\n- {id: a, front: f, back: b}\n- {id: a, front: f, back: b}\n",
        f"{HEAD}  why: one: two\n    and more\n",  # the text goes on
        f"{HEAD}  as_of: 31.1.2026\n",
        f"{HEAD}  as_of: 2026-2-31\n",
        f"{HEAD}  why: 'dogs' tails'\n",  # what is the apostrophe?
        f"{HEAD}  level: nine\n",
        f"{HEAD}  hints: first this, then that\n",
        f"{HEAD}  'bakc2': x\n",
        "deck: d\ncards: [\n",
        "\x00deck",
        "",
        DECK,
    ],
)
def test_what_leaves_a_doubt_stays_as_it_is(text: str) -> None:
    assert fixed(text) == text.removeprefix("\ufeff")
    assert fix_text("deck.yaml", text.encode()).applied == ()


def test_one_problem_after_the_other_comes_to_light_and_is_mended() -> None:
    text = f"{HEAD}  why: c: d\n- id: B C\n  front: a: b\n  bakc: @x\n  hints: ['y']\n"
    result = fix_text("deck.yaml", text.encode())
    assert result.text == f'{HEAD}  why: "c: d"\n- id: b-c\n  front: "a: b"\n  back: "@x"\n  hints: [\'y\']\n'
    assert result.left == ()


def test_a_fix_is_made_behind_a_slip_that_nobody_is_sure_of() -> None:
    text = f"{HEAD}  hints: [a, b\n- id: b\n  front: a: b\n  bakc: x\n"
    assert fixed(text) == f'{HEAD}  hints: [a, b\n- id: b\n  front: "a: b"\n  back: x\n'


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbfdeck: d\r\noptional: no\r\ncards: []\r\n"
    assert encoded(data, fix_text("deck.yaml", data).text) == data.replace(b"optional: no", b"optional: false")


def test_a_picture_says_which_problems_can_be_mended() -> None:
    reading = read_deck("deck.yaml", f"{HEAD}  kind: basci\n  as_of: never\n".encode())
    drawn = {one.code: draw_problem(one, reading.lines) for one in reading.problems}
    assert f'help: did you mean "basic"?  {FIX_OFFER}' in drawn["E012"]
    reading = read_deck("deck.yaml", f"{HEAD}  as_of: never\n".encode())
    assert FIX_OFFER not in draw_problem(reading.problems[0], reading.lines)


MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, len(DECK)),
        st.integers(0, 3),
        st.sampled_from(
            ["", ":", ": ", "#", " # ", "\t", '"', "'", "[", "}", "yes", "A b", "\\", "\n", "  ", "- ", "&", "@"]
        ),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, max_examples=examples(150, 5000))
@given(MUTATIONS)
def test_no_file_gets_worse_and_only_the_named_spans_change(mutations: list[tuple[int, int, str]]) -> None:
    text = DECK
    for place, gone, put in mutations:
        text = text[:place] + put + text[place + gone :]
    before = read_deck("deck.yaml", text.encode())
    result = fix_text("deck.yaml", text.encode())
    after = read_deck("deck.yaml", result.text.encode())
    assert after.problems == result.left
    if before.deck is not None:
        assert after.deck is not None
        assert errors(after.problems) <= errors(before.problems)
        assert {card.id for card in before.deck.cards} <= {card.id for card in after.deck.cards}
    offered = [one.fix for one in (*before.problems, *problems_behind(before)) if one.fix is not None]
    if len(result.applied) == 1 == len(offered):
        assert result.text == spliced(text, [one for one in offered if one is not None])


def errors(problems: object) -> int:
    assert isinstance(problems, tuple)
    return sum(one.severity is Severity.ERROR for one in problems)
