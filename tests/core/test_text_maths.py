"""LaTeX maths as one line of Unicode."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from prepdeck.text import symbols
from prepdeck.text.cleaning import clean, clean_line
from prepdeck.text.maths import LONGEST, rows_of, to_unicode

UNREADABLE = [
    r"\foo x", r"\frac{a}", r"\frac", "x_", "^", "x^2^3", "x_a_b", "{a", "a}", r"\text{\foo}", r"\color{red}{x}",
    r"\left" * 700, r"\bigl" * 700, r"\hat" * 900 + "x",
    r"\begin{foo} x \end{foo}", r"\begin{cases} x", r"\left", r"a $ b", r"\hat", r"x \not", "\\", r"\sqrt",
    r"\\" + "\\",
    "{" * 200 + "}" * 200, "x + " * LONGEST, r"\text{a $x}",
]  # fmt: skip


@pytest.mark.parametrize("latex", UNREADABLE, ids=lambda latex: latex[:20])
def test_what_cannot_be_read_is_shown_as_it_was_written(latex: str) -> None:
    assert rows_of(latex) is None
    assert to_unicode(latex) == clean_line(latex)


def test_aligned_formulas_are_rows() -> None:
    latex = "\\begin{aligned}\n a &= b \\\\\n   &= c + d\\\\\n\\end{aligned}"

    assert rows_of(latex) == ("a = b", "= c + d")
    assert to_unicode(latex) == "a = b; = c + d"


PIECES = st.lists(
    st.sampled_from(
        [
            *"abxyn012+-=^_{}&|,.()[]'~ \n\t*%$\\",
            r"\frac", r"\frac{a}{b}", r"\sqrt{x}", r"\sum_{i=1}^n", r"\left(", r"\right)", r"\text{if }", r"\hat{x}",
            r"\log", r"\mathbb{R}", r"\begin{bmatrix}", r"\end{bmatrix}", r"\\", r"\alpha ", r"\max", r"\arg",
            r"\not", r"\{",
            r"\quad", "λ", "日", "\x1b", "\u202e", "\ue000",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(PIECES | st.text())
def test_any_text_gives_one_clean_line(latex: str) -> None:
    shown = to_unicode(latex)

    assert shown == clean(shown)
    assert not set(shown) & {"\n", "\t"}


@settings(deadline=None)
@given(st.lists(st.sampled_from([*"abcxyz0123456789", *"()[]|!.*/:", "β", "π", "λ"]), min_size=1).map("".join))
def test_ordinary_characters_are_all_kept_in_order(latex: str) -> None:
    assert to_unicode(latex).replace(" ", "") == latex


def test_every_glyph_is_one_cell_wide_and_in_the_basic_plane() -> None:
    tables = [
        symbols.ORDINARY, symbols.PREFIX, symbols.BINARY, symbols.RELATION, symbols.BIG, symbols.NAMED, symbols.OPENING,
        symbols.CLOSING, symbols.DOUBLE_STRUCK, symbols.ROOTS, symbols.SUPERSCRIPTS, symbols.SUBSCRIPTS,
    ]  # fmt: skip
    glyphs = {glyph for table in tables for text in table.values() for glyph in text}

    assert {glyph for glyph in glyphs if cell_len(glyph) != 1 or ord(glyph) > 0xFFFF} == set()


def test_a_closed_gap_is_one_stand_in_and_an_open_one_its_answer_between_two() -> None:
    assert rows_of(r"\frac{1}{@}", {"@": None}) == ("1/@",)
    assert rows_of(r"\frac{1}{@}", {"@": "n+1"}) == ("1/(@n + 1@)",)
    assert rows_of("x^@", {"@": "2"}) == ("x@²@",)
    assert rows_of("x^@", {"@": None}) == ("x^@",)
    assert rows_of("x_@", {"@": "$k$"}) == ("x_@k@",)
    assert rows_of(r"\text{by @ here}", {"@": "it"}) == ("by @it@ here",)
    assert rows_of(r"\hat{@}", {"@": "y"}) == ("hat(@y@)",)


def test_the_parser_is_loaded_by_the_first_formula_only() -> None:
    code = (
        "import sys; from prepdeck.text.maths import to_unicode; "
        "to_unicode('n'); assert 'pylatexenc' not in sys.modules; "
        "to_unicode('n^2'); assert 'pylatexenc' in sys.modules"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
