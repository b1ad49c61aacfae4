from __future__ import annotations

import pytest

from prepdeck.deckfile.drawing import draw_problem
from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.deckfile.reading import read_deck
from prepdeck.text.cells import cell_width


def draw(text: str, path: str = "deck.yaml") -> str:
    """Return the picture of the only problem of a deck."""
    reading = read_deck(path, text.encode())
    (problem,) = reading.problems
    return draw_problem(problem, reading.lines)


def make_problem(line: int = 1, column: int = 1, end_column: int = 2, **fields: object) -> Problem:
    values = {"code": "E022", "severity": Severity.ERROR, "message": "message", "label": "label", **fields}
    return Problem("deck.yaml", line, column, end_column, **values)  # type: ignore[arg-type]


def test_the_picture_of_an_unknown_kind_is_that_of_the_manual() -> None:
    cards = "".join(f"- {{id: c{number}, front: q, back: x}}\n" for number in range(10))
    text = f"deck: system-design\ncards:\n{cards}- id: feed-rank\n  kind: desing\n"
    assert draw(text, "decks/system-design.yaml") == (
        'error[E012]: unknown card kind "desing"\n'
        "  --> decks/system-design.yaml:14:9\n"
        "13 | - id: feed-rank\n"
        "14 |   kind: desing\n"
        "   |         ^^^^^^ not a card kind\n"
        "   = known: basic, choice, cloze, code, design, numeric, star, story\n"
        '   = help: did you mean "design"?  (prepdeck lint --fix applies it)'
    )


def test_the_first_line_has_no_line_before_it() -> None:
    assert draw("deck: A\ncards: [{id: a, front: q, back: x}]\n") == (
        'error[E026]: deck is not a slug: "A"\n'
        " --> deck.yaml:1:7\n"
        "1 | deck: A\n"
        "  |       ^ not a slug\n"
        '  = help: use 1-64 of a-z, 0-9, - and _, beginning with a letter or digit: "a"'
        "  (prepdeck lint --fix applies it)"
    )


def caret_cells(drawn: str) -> tuple[str, str]:
    """Return the cells above the carets, and the excerpt they point into."""
    rows = drawn.split("\n")
    place = next(number for number, row in enumerate(rows) if "^" in row)
    start, end = rows[place].index("^"), rows[place].rindex("^") + 1
    cells = ""
    for character in rows[place - 1]:
        cells += character + "\0" * (cell_width(character) - 1)
    return cells[start:end].replace("\0", ""), rows[place - 1]


def test_carets_stand_under_the_right_cells_behind_wide_letters() -> None:
    assert caret_cells(draw("deck: d\ncards: [{id: a, front: 日本語, bakc: x, back: x}]\n"))[0] == "bakc"


def test_carets_cover_wide_letters() -> None:
    assert caret_cells(draw("deck: d\ncards: [{id: 日本, front: q, back: x}]\n"))[0] == "日本"


def test_carets_stand_under_the_right_cells_behind_tabs() -> None:
    drawn = draw("deck: d\ncards:\n- id: a\n  front:\tone\ttwo # three\n  back: x\n")
    assert "\t" not in drawn
    assert caret_cells(drawn)[0] == "# three"


def test_control_characters_of_the_file_are_spelt_out() -> None:
    reading = read_deck("deck.yaml", b"deck: d\nx: \x1b[2J\x07\n")
    assert [caret_cells(draw_problem(problem, reading.lines)) for problem in reading.problems] == [
        (r"\x1b", r"2 | x: \x1b[2J\x07"),
        (r"\x07", r"2 | x: \x1b[2J\x07"),
    ]


def test_words_of_the_deck_are_spelt_out_in_messages_and_paths() -> None:
    drawn = draw('deck: d\ncards:\n- {id: a, front: q, back: x, "\\e[2J\\u202e": x}\n', "\x1b[31mdeck.yaml")
    assert "\x1b" not in drawn
    assert "\u202e" not in drawn


@pytest.mark.parametrize("column", [1, 50, 250, 5_000, 100_000])
@pytest.mark.parametrize("letter", ["x", "日", "\t", "\x1b"])
def test_a_long_line_is_cut_around_its_problem(column: int, letter: str) -> None:
    line = letter * (column - 1) + "here" + letter * 100_000
    drawn = draw_problem(make_problem(1, column, column + 4), [line])
    marked, excerpt = caret_cells(drawn)
    assert marked == "here"
    assert cell_width(excerpt) <= 104
    assert excerpt.endswith("...") or letter == "\t"


def test_a_long_problem_is_cut() -> None:
    drawn = draw_problem(make_problem(1, 1, 5001), ["y" * 5000])
    marked, excerpt = caret_cells(drawn)
    assert set(marked) == {"y"}
    assert excerpt.endswith("y...")
    assert cell_width(excerpt) <= 104


def test_a_long_line_above_is_cut() -> None:
    drawn = draw_problem(make_problem(2, 1, 2), ["z" * 5000, "a"])
    assert max(map(cell_width, drawn.split("\n"))) <= 104


def test_a_problem_without_its_file_is_told_without_an_excerpt() -> None:
    assert draw_problem(make_problem(help="do this"), ()) == (
        "error[E022]: message\n --> deck.yaml:1:1\n  = help: do this"
    )


def test_a_problem_at_the_end_of_a_line_has_one_caret_behind_it() -> None:
    assert draw("deck: d\ncards:\n- {id: a, front: q, back: x}\n-\n").split("\n")[2:5] == [
        "3 | - {id: a, front: q, back: x}",
        "4 | -",
        "  |  ^ a card must be a table of fields",
    ]


def test_colour_is_only_added_around_the_words() -> None:
    problem = make_problem(2, 3, 5, known=("a", "b"), help="do this")
    plain, painted = (draw_problem(problem, ["deck: d", "  xy"], color=color) for color in (False, True))
    assert painted != plain
    for code in ("\x1b[1;31m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"):
        assert code in painted
        painted = painted.replace(code, "")
    assert painted == plain


def test_a_warning_is_yellow() -> None:
    drawn = draw_problem(make_problem(code="W101", severity=Severity.WARNING), ["x"], color=True)
    assert drawn.startswith("\x1b[1;33mwarning[W101]\x1b[0m")
