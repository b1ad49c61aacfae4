"""Foreign text made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.text.cleaning import MOST_MARKS, clean, clean_line

OBEYED = [
    *(chr(code) for code in range(0x20) if chr(code) not in "\n\t\r"),
    *(chr(code) for code in range(0x7F, 0xA0)),
    "\ud800", "\udfff",
    *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)),
    "\u200b", "\u200e", "\u200f", "\u061c", "\u2028", "\u2029",
    *map(chr, range(0x2060, 0x2070)), "\ufeff", "\ufff9", "\ufffa", "\ufffb",
    "\U000e0000", "\U000e0001", "\U000e007f", "\U000e0fff",
]  # fmt: skip

ANY_TEXT = st.text(st.characters(codec=None) | st.sampled_from([*OBEYED, "\r", "\n", "\t", "\u0301", "\u200d"]))


@pytest.mark.parametrize("character", OBEYED, ids=lambda character: f"{ord(character):x}")
def test_a_character_a_terminal_obeys_is_spelt_visibly(character: str) -> None:
    shown = clean(f"a{character}b")

    assert shown.isprintable()
    assert shown[:2] == "a\\"
    assert f"{ord(character):x}" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", r"\x1b]52;c;aGk=\x07"),
        ("\x9b2J", r"\x9b2J"),
        ("\u202eabc", r"\u202eabc"),
        ("\U000e0041", r"\U000e0041"),
        ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
        ("tab\tstays", "tab\tstays"),
        ("👩\u200d💻 ❤\ufe0f क\u200cष", "👩\u200d💻 ❤\ufe0f क\u200cष"),
        ("e" + "\u0301" * 9 + "!", "e" + "\u0301" * 4 + "!"),
        ("ก" + "\u0e49" * 30, "ก" + "\u0e49" * 4),
        ("\ue000 \U000f0000", "\ue000 \U000f0000"),
    ],
)
def test_text_is_cleaned_as_by_this_table(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("text", ["", "plain", "Über λ → 日本語", "two\nlines\tand a tab", "x̂ ŷ"])
def test_clean_text_comes_back_as_it_is(text: str) -> None:
    assert clean(text) is text


@settings(deadline=None)
@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)

    assert clean(once) == once


@settings(deadline=None)
@given(ANY_TEXT)
def test_clean_text_is_encodable_and_holds_nothing_that_is_obeyed(text: str) -> None:
    shown = clean(text)

    assert shown.encode().decode() == shown
    assert not set(shown) & {*OBEYED, "\r"}


@settings(deadline=None)
@given(st.text(st.sampled_from(["a", "\u0301", "\u0e49", "\u064b", "\U0001e8d0"]), max_size=60))
def test_marks_never_pile_up(text: str) -> None:
    longest = run = 0
    for character in clean(text):
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)

    assert longest <= MOST_MARKS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo", "one two"),
        ("  one \t\n two\r\n", "  one two"),
        ("\n\n a", "a"),
        ("a\x1b\nb", "a\\x1b b"),
        ("a  b", "a  b"),
        ("\n", ""),
    ],
)
def test_a_line_has_single_spaces_for_line_ends_and_tabs(text: str, shown: str) -> None:
    assert clean_line(text) == shown


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_line_is_one_line(text: str) -> None:
    line = clean_line(text)

    assert not set(line) & {"\n", "\t", "\r"}
    assert clean_line(line) == line
