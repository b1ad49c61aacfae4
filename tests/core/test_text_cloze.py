"""Cloze texts as laid-out lines."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.card import Gap
from prepdeck.text.cleaning import clean
from prepdeck.text.markdown import GapText, lay_out, lay_out_cloze
from prepdeck.text.spans import Ink

Pieces = Sequence[str | GapText]


def shown(pieces: Pieces, opened: int, width: int = 60) -> list[str]:
    """Return the lines, closed gaps in braces and open ones in pointed quotes."""
    marks = {Ink.GAP: "{%s}", Ink.FILLED: "«%s»"}
    lines = lay_out_cloze(pieces, opened, width)
    return ["".join(marks.get(span.ink, "%s") % span.text for span in line.spans) for line in lines]


def a(answer: str, number: int = 1, hint: str | None = None) -> GapText:
    return GapText(number, answer, hint)


@pytest.mark.parametrize(
    ("pieces", "closed", "opened"),
    [
        (["by ", a("the root"), "."], ["by {[ ... ]}."], ["by «the root»."]),
        (["by ", a("it", hint="key *size*"), "."], ["by {[ key size ]}."], ["by «it»."]),
        (["**so ", a("bold"), "** x"], ["so {[ ... ]} x"], ["so «bold» x"]),
        (["by ", a(r"$\sqrt{d_k}$")], ["by {[ ... ]}"], ["by «√d_k»"]),
        (["by ", a("the `code` *it*")], ["by {[ ... ]}"], ["by «the code »«it»"]),
        ([r"$\frac{1}{", a("n+1"), "}$ x"], ["1/{[ ... ]} x"], ["1/(«n + 1») x"]),
        (["$x^{", a("2"), "}$"], ["x^{[ ... ]}"], ["x«²»"]),
        (["$x = ", a(r"$\alpha$"), "$"], ["x = {[ ... ]}"], ["x = «\u03b1»"]),
        (["$$", a("y"), "= x$$"], ["  {[ ... ]} = x"], ["  «y» = x"]),
        ([r"$\foo{", a("y"), "}$"], [r"$\foo{{[ ... ]}}$"], [r"$\foo{«y»}$"]),
        ([r"$\text{", a("so"), " it is} = x$"], ["{[ ... ]} it is = x"], ["«so» it is = x"]),
        ([r"$\text{", a(r"\so"), "}$ x"], [r"{[ ... ]} x"], [r"$\text{«\so»}$ x"]),
        (["`f(", a("x*y*z"), ")`"], ["f({[ ... ]})"], ["f(«x*y*z»)"]),
        (["- a\n- ", a("b"), "\n  - c"], ["• a", "• {[ ... ]}", "  • c"], ["• a", "• «b»", "  • c"]),
        (["> ", a("q")], ["│ {[ ... ]}"], ["│ «q»"]),
        (["# ", a("h")], ["{[ ... ]}"], ["«h»"]),
        (["x|y\n-|-\n", a("p"), "|q"], ["x       │ y", "────────┼──", "{[ ... ]} │ q"], ["x │ y", "──┼──", "«p» │ q"]),
        (
            ["```python\ndef f():\n    ", a("x = 1\n    return x"), "\n```"],
            ["def f():", "    {[ ... ]}"],
            ["def f():", "    «x = 1»", "«    return x»"],
        ),
        (["[t](https://a.b/", a("c"), ")"], ["t (https://a.b/{[ ... ]})"], ["t (https://a.b/«c»)"]),
        (["\ue000 ", a("x"), " \ue001"], ["\ue000 {[ ... ]} \ue001"], ["\ue000 «x» \ue001"]),
        ([a("one\ntwo")], ["{[ ... ]}"], ["«one two»"]),
        ([a("")], ["{[ ... ]}"], []),
        (["no gap"], ["no gap"], ["no gap"]),
    ],
)
def test_a_gap_closed_and_open_in_every_place(pieces: Pieces, closed: list[str], opened: list[str]) -> None:
    assert shown(pieces, 0) == closed
    assert shown(pieces, 1) == opened


def test_gaps_open_by_number_and_together() -> None:
    pieces = ["a ", a("b", 2), " c ", a("d", 1), " e ", a("f", 2)]

    assert shown(pieces, 0) == ["a {[ ... ]} c {[ ... ]} e {[ ... ]}"]
    assert shown(pieces, 1) == ["a {[ ... ]} c «d» e {[ ... ]}"]
    assert shown(pieces, 2) == ["a «b» c «d» e «f»"]


def test_the_gaps_of_a_card_are_taken_as_they_are() -> None:
    lines = lay_out_cloze(("it is ", Gap(1, "so")), 1, 40)

    assert [line.text for line in lines] == ["it is so"]


def test_a_closed_gap_is_not_broken_and_a_long_answer_is() -> None:
    assert shown(["one two ", a("x")], 0, 12) == ["one two", "{[ ... ]}"]
    assert shown([a("one two three four")], 1, 10) == ["«one two»", "«three four»"]


def test_the_source_of_maths_keeps_its_gaps() -> None:
    lines = lay_out_cloze([r"$\frac{1}{", a("n"), "}$"], 0, 40, raw_math=True)

    assert [line.text for line in lines] == [r"$\frac{1}{[ ... ]}$"]


PIECES = st.lists(
    st.text(st.sampled_from([*"ab *_`$|[]()\n-#>\\{}^", "\ue000", "\ue001", "\x1b", "\u202e"]), max_size=12)
    | st.builds(
        GapText,
        st.integers(1, 3),
        st.text(st.sampled_from([*"xy *_`$|[]\n{}^\\", "\ue000", "\x1b"]), max_size=8),
        st.none() | st.text(st.sampled_from([*"h $*\n`", "\x1b"]), max_size=5),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=300)
@given(PIECES, st.integers(0, 3), st.integers(1, 60), st.booleans())
def test_any_cloze_text_is_clean(pieces: Pieces, opened: int, width: int, raw: bool) -> None:
    for line in lay_out_cloze(pieces, opened, width, raw_math=raw):
        for span in line.spans:
            assert clean(span.text) == span.text
            assert not set(span.text) & {"\n", "\t"}


@settings(deadline=None)
@given(
    st.lists(
        st.text("abc ", max_size=6) | st.builds(GapText, st.integers(1, 3), st.text("xyz", max_size=4)), max_size=8
    )
)
def test_an_open_text_reads_as_if_it_had_no_gaps(pieces: Pieces) -> None:
    whole = "".join(piece if isinstance(piece, str) else piece.answer for piece in pieces)

    opened = [line.text for line in lay_out_cloze(pieces, 3, 30)]

    assert opened == [line.text for line in lay_out(whole, 30)]


@settings(deadline=None)
@given(PIECES)
def test_private_characters_of_the_text_are_its_own(pieces: Pieces) -> None:
    own = sum(piece.count("\ue000") for piece in pieces if isinstance(piece, str))
    safe = [piece if isinstance(piece, GapText) else f"`{piece.replace('`', '')}`\n\n" for piece in pieces]

    text = "".join(line.text for line in lay_out_cloze(safe, 0, 60))

    assert text.count("\ue000") == own
