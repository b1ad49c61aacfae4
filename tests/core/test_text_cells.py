"""Cells of a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from prepdeck.text.cells import cell_width, clusters, expand_tabs, pad, shorten, split_cells

LETTERS = st.text(
    st.sampled_from([*"ab c", "é", "日", "本", "\u0301", "\u200d", "👩", "❤", "\ufe0f", "가"]), max_size=40
)


@settings(deadline=None)
@given(LETTERS)
def test_the_ruler_is_the_one_the_screen_is_drawn_by(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("gradient", 8, "gradient"),
        ("gradient", 7, "gradie…"),
        ("two words", 5, "two…"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
        ("x̂ŷz", 2, "x̂…"),
    ],
)
def test_a_text_is_cut_with_an_ellipsis(text: str, width: int, shown: str) -> None:
    assert shorten(text, width) == shown


@settings(deadline=None)
@given(LETTERS, st.integers(0, 50))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    assert cell_width(shorten(text, width)) <= width


@settings(deadline=None)
@given(LETTERS)
def test_clusters_are_the_whole_text(text: str) -> None:
    assert "".join(clusters(text)) == text


@settings(deadline=None)
@given(LETTERS, st.integers(2, 12), st.integers(2, 12))
def test_pieces_are_the_whole_text_and_fit(text: str, width: int, first: int) -> None:
    pieces = split_cells(text, width, first=first)

    assert "".join(pieces) == text
    assert all(pieces)
    assert all(cell_width(piece) <= room for piece, room in zip(pieces, [first, *[width] * len(pieces)], strict=False))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb", "a   b"),
        ("\tx", "    x"),
        ("abcd\tx", "abcd    x"),
        ("日\tx", "日  x"),
        ("a\n\tb", "a\n    b"),
        ("none", "none"),
    ],
)
def test_tabs_reach_to_the_next_stop(text: str, shown: str) -> None:
    assert expand_tabs(text) == shown


def test_padding_counts_cells() -> None:
    assert pad("日本", 6) == "日本  "
