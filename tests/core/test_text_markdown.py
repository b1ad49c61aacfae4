"""Markdown as laid-out lines."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.text.cells import cell_width
from prepdeck.text.cleaning import clean
from prepdeck.text.markdown import inline_line, lay_out, plain_text, warm_up
from prepdeck.text.spans import Ink, Line, Span

LOOK_ALIKES = [
    # what Textual and Rich take for markup
    "[x] a[i] [/b]", "a[i] = b[j]", "f[i][j] += [1]", "p[x] = [red]", "List[int]", "xs[i][j]", "[None]", "[MASK]",
    "[CLS] the cat [SEP]", "a[/]b", "[b]x[/i]", "[/usr/bin]", "[/abc]", "[link=file:///etc/passwd]x", "[red]",
    "[ ] todo",
    "[@click=app.wipe]x[/]", "[bold on red]x", "dict[str, list[int]]", "tensor[..., :3]", "[[wiki]]", "[^1]",
    "$primary",
    # what Markdown takes for something
    "f[i](x)", "handlers[k](req.body)", "xs[i]()", "[x]: y", "[MASK]: the masked token", "[PAD]: 0", "[click](--help)",
    "[x](javascript:alert(1))", "[x](vscode://file/etc/passwd)", "snake_case_name", "__init__",
    "__name__ == '__main__'",
    "obj.__init__(self)", "__init__.py and __all__", "a__b__c", "2*3*4", "(a+b)*c*d", "x[i]*y[i]*z",
    "f(*args, **kwargs)",
    "*args, **kwargs", "a * b * c", "2**n + 2**m", "~5 ms and ~6 ms", "C# and F# and #tag", "100 % [sure]",
    "x^2 and a|b",
    # what HTML takes for something
    "<unk>", "<s> and </s>", "vector<int>", "std::vector<std::pair<int, int>>", "<std::vector>", "<!-- c --> text",
    "a < b > c",
    "&lt;b&gt; &amp; &copy; &#x1b;", "<br>", "<script>alert(1)</script>", "<b>x</b>", "a && b || c", "<|endoftext|>",
    # what maths might be
    "costs $5 and $6", "$5-$10", "$HOME and $PATH", "${x} and ${y}", "df$col$x", "a $ b $ c", "$", "$$",
    "it is 5$ or 6$",
    # what shells, templates and paths are made of
    r"C:\Users\me", r"\d+\w*", r"\n and \t", "{{ jinja }} and {a: b}", ":smile:", "@mention !important", "file.py:12:3",
    "--help -v", "-> => <-", "...", "(c) (tm)", "'quotes' \"stay\"", "1.5e-3", "7b model", "a/b/c", "😀 日本 é",
]  # fmt: skip


def texts(source: str, width: int = 40) -> list[str]:
    return [line.text for line in lay_out(source, width)]


def inked(source: str, ink: Ink, width: int = 60) -> list[str]:
    return [span.text for line in lay_out(source, width) for span in line.spans if span.ink is ink]


@pytest.mark.promise(18)
@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_text_that_looks_like_markup_is_shown_as_written(text: str) -> None:
    assert plain_text(text, 200) == text
    assert inline_line(text) == text


@pytest.mark.promise(18)
@pytest.mark.parametrize("text", LOOK_ALIKES)
@pytest.mark.parametrize("frame", ["- {}", "> {}", "| h |\n|---|\n| {} |", "**b** {}", "`{}`", "```\n{}\n```"])
def test_text_that_looks_like_markup_survives_in_every_place(frame: str, text: str) -> None:
    text = text.replace("|", r"\|") if "| h |" in frame else text

    shown = plain_text(frame.format(text), 200)

    assert text.replace(r"\|", "|") in shown


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("one\ntwo", ["one two"]),
        ("one  \ntwo\\\nthree", ["one", "two", "three"]),
        ("one\n\n\n\ntwo", ["one", "", "two"]),
        ("# Head #\ntext", ["Head", "", "text"]),
        ("- a\n- b\n\n  c\n", ["• a", "", "• b", "", "  c"]),
        ("- a\n- b\n  - c\n    1. d\n- e", ["• a", "• b", "  • c", "    1. d", "• e"]),
        ("- a\n- b\n\ntext", ["• a", "• b", "", "text"]),
        ("3. a\n4. b", ["3. a", "4. b"]),
        ("1. a\n1. b\n1. c", ["1. a", "2. b", "3. c"]),
        ("1) a\n3) b", ["1) a", "3) b"]),
        ("9. a\n10. b", [" 9. a", "10. b"]),
        ("- [x] done\n- [ ] open", ["• [x] done", "• [ ] open"]),
        ("-\n- b", ["•", "• b"]),
        ("> q\n> r\n>\n> - s", ["│ q r", "│", "│ • s"]),
        ("> > deep", ["│ │ deep"]),
        ("---", ["─" * 40]),
        ("~~old~~ new", ["old new"]),
        ("a **b** *c* ***d*** __e f__ _g_", ["a b c d e f g"]),
        ("**A**dam and **S**ituation", ["Adam and Situation"]),
        ("中文**强调**中文", ["中文强调中文"]),
        ("`` a`b `` and `a  b`", ["a`b and a  b"]),
        ("<https://a.b/c> and [t](https://a.b)", ["https://a.b/c and t (https://a.b)"]),
        ("[https://a.b](https://a.b)", ["https://a.b"]),
        ("<me@a.org> [me@a.org](mailto:me@a.org)", ["me@a.org me@a.org"]),
        ("![a cat](https://a.b/c.png)", ["a cat (https://a.b/c.png)"]),
        ("[a *b*](https://a.b 'title')", ["a b (https://a.b)"]),
        ("    x = 1\n\n    y = 2", ["x = 1", "", "y = 2"]),
        ("```\n\tx\n  y  \n```", ["    x", "  y  "]),
        ("- a\n  ```\n  x\n  ```", ["• a", "  x"]),
        ("\\*not\\* \\$x\\$ \\# \\[", ["*not* $x$ # ["]),
        ("$a*b*c$ and $x_1$ and $x_2$", ["a*b*c and x₁ and x₂"]),
        ("*a $x*y$ b*", ["a x*y b"]),
        ("`$x_1$`", ["$x_1$"]),
        ("an $n$-gram, $2$x$ 5", ["an n-gram, 2x$ 5"]),
        ("so $$a = b$$, and", ["so", "  a = b,", "and"]),
        ("$$\na &= b \\\\\n- c\n$$", ["  a = b", "  -c"]),
        ("text:\n$$x$$.\n\nmore", ["text:", "", "  x.", "", "more"]),
        ("> $$\n> x\n> $$", ["│   x"]),
        ("$$ open", ["$$ open"]),
        (r"$\foo{x}$ stays", [r"$\foo{x}$ stays"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_a_text_is_laid_out_as_in_this_table(source: str, lines: list[str]) -> None:
    assert texts(source) == lines


def test_prose_is_wrapped_at_spaces_and_hangs_behind_its_bullet() -> None:
    assert texts("- one two three four\n  - five six seven", 12) == [
        "• one two",
        "  three four",
        "  • five six",
        "    seven",
    ]


def test_a_long_word_is_cut_and_short_code_and_maths_are_kept_whole() -> None:
    assert texts("ab abcdefghijkl", 6) == ["ab", "abcdef", "ghijkl"]
    assert texts("so we get `a b c` now", 12) == ["so we get", "a b c now"]
    assert texts("so we get $a+b$ now", 12) == ["so we get", "a + b now"]


def test_chinese_is_broken_between_any_characters_but_before_no_full_stop() -> None:
    assert texts("日本語の文章です。", 8) == ["日本語の", "文章で", "す。"]


def test_spans_say_what_they_are() -> None:
    (line,) = lay_out("a **b *c*** `d` $x$ [e](https://f.g) ~~h~~", 80)

    assert line == Line(
        (
            Span("a "),
            Span("b ", strong=True),
            Span("c", strong=True, emphasis=True),
            Span(" "),
            Span("d", Ink.CODE),
            Span(" "),
            Span("x", Ink.MATH),
            Span(" "),
            Span("e (https://f.g)", Ink.LINK),
            Span(" "),
            Span("h", strike=True),
        )
    )


def test_code_is_coloured_and_never_wrapped() -> None:
    lines = lay_out("```python\ndef f(x):\n    return 'long enough to be wrapped' + str(1)  # c\n```", 20)

    assert [line.text for line in lines] == ["def f(x):", "    return 'long enough to be wrapped' + str(1)  # c"]
    assert all(line.preformatted for line in lines)
    inks = {span.text: span.ink for line in lines for span in line.spans}
    assert inks["def"] is Ink.KEYWORD
    assert inks["f"] is Ink.NAME
    assert inks["'long enough to be wrapped'"] is Ink.STRING
    assert inks["+"] is Ink.OPERATOR
    assert inks["1"] is Ink.NUMBER
    assert inks["# c"] is Ink.COMMENT


@pytest.mark.parametrize("language", ["", "no-such-language", "text", "brainfuck", "../etc"])
def test_code_in_an_unknown_language_has_one_ink(language: str) -> None:
    assert inked(f"```{language}\ndef f(x): return 1\n```", Ink.CODE) == ["def f(x): return 1"]


def test_a_table_is_fitted_to_its_cells_and_aligned() -> None:
    source = "| Name | n | mid |\n|:--|--:|:-:|\n| a | 1 | x |\n| `a|b` | $P(A|B)$ | long |\n| too | many | c | d |"

    assert texts(source, 60) == [
        "Name │      n │  mid",
        "─────┼────────┼──────",
        "a    │      1 │   x",
        "a|b  │ P(A|B) │ long",
        "too  │   many │ c | d",
    ]


def test_a_table_wraps_its_cells_to_fit_and_then_divides_its_rows() -> None:
    assert texts("a|b\n-|-\none two three|x\nfour five|y", 12) == [
        "a       │ b",
        "────────┼──",
        "one two │ x",
        "three   │",
        "────────┼──",
        "four    │ y",
        "five    │",
    ]


def test_a_table_that_cannot_fit_is_preformatted() -> None:
    lines = lay_out("a|b|c\n-|-|-\nunbreakable|incomprehensible|x", 20)

    assert [line.text for line in lines][-1] == "unbreakable │ incomprehensible │ x"
    assert all(line.preformatted for line in lines)


def test_ascii_draws_in_ascii_and_shows_maths_as_its_source() -> None:
    source = "- a\n\n> q\n\n---\n\nx|y\n-|-\n1|2\n\n$\\beta$ $a+b$"

    shown = plain_text(source, 10, ascii_only=True)

    assert shown.isascii()
    assert shown.split("\n") == [
        "- a", "", "> q", "", "----------", "", "x | y", "--+--", "1 | 2", "", "$\\beta$", "a + b",
    ]  # fmt: skip


def test_maths_can_be_shown_as_its_source() -> None:
    assert plain_text("so $x_1$ and\n\n$$\n\\alpha\n$$", raw_math=True) == "so $x_1$ and\n\n  $$\n  \\alpha\n  $$"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("plain title, with words", "plain title, with words"),
        ("Why **does** `x` [a](https://b.c) $\\frac{a}{b}$?", "Why does x a a/b?"),
        ("one\n\n- two\n- three\n\n```\na  b\nc\n```", "one two three a b c"),
        ("| a | b |\n|---|---|\n| c | $x^2$ |", "a b c x²"),
        ("## Head\n\n$$\\beta$$", "Head β"),
        ("text\n- item", "text item"),
        ("", ""),
    ],
)
def test_an_inline_line_says_it_without_marks(source: str, line: str) -> None:
    assert inline_line(source) == line


ANY_SOURCE = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                *"abc 12*_`$|[]()<>#~!&\\-+.=:{}^'\"\n\n\n\t", "  ", "\n\n", "\n- ", "\n1. ", "\n> ", "\n```\n",
                "```python\n", "$$",
                "**", "\n|a|b|\n|-|-|\n|", "](https://a.b)", "\n    ", "word ", "日本", "é",
                "x\u0301\u0301\u0301\u0301\u0301\u0301",
                "\x1b[2J", "\u202e", "\u200b", "\x9b", "\r", "\u2028", "👩\u200d💻", "\ufe0f", "\ue000", r"\frac{a}{b}",
                r"\alpha",
            ]
        ),
        max_size=40,
    ).map("".join),
)  # fmt: skip


@pytest.mark.promise(19)
@settings(deadline=None, max_examples=300)
@given(ANY_SOURCE, st.integers(1, 90), st.booleans(), st.booleans())
def test_no_line_holds_a_control_character(source: str, width: int, raw: bool, ascii_only: bool) -> None:
    for line in lay_out(source, width, raw_math=raw, ascii_only=ascii_only):
        for span in line.spans:
            assert span.text
            assert "\n" not in span.text
            assert "\t" not in span.text
            assert clean(span.text) == span.text


@settings(deadline=None, max_examples=300)
@given(ANY_SOURCE, st.integers(12, 90))
def test_every_line_that_is_not_preformatted_fits(source: str, width: int) -> None:
    assert [line.text for line in lay_out(source, width) if not line.preformatted and line.width > width] == []


@settings(deadline=None)
@given(
    st.lists(st.text("abcdefghij日本é", min_size=1, max_size=9), min_size=1, max_size=60),
    st.integers(20, 90),
    st.data(),
)
def test_words_of_prose_are_all_there_in_order(words: list[str], width: int, data: st.DataObject) -> None:
    source = words[0]
    for word in words[1:]:
        source += data.draw(st.sampled_from([" ", "  ", "\n", "\n\n"])) + word

    assert "".join(plain_text(source, width).split()) == "".join(words)


@settings(deadline=None)
@given(
    st.text(st.sampled_from([*"ab ()=+'\"#[]*_`|日", "\n"]), min_size=1),
    st.sampled_from(["python", "sql", "json", "c++", ""]),
)
def test_every_character_of_code_is_kept(code: str, language: str) -> None:
    lines = [line for line in lay_out(f"~~~{language}\n{code}\n~~~", 30) if line.preformatted]

    assert "\n".join(line.text for line in lines) == code


HEAVY = {
    "images in images": "![" * 2500 + "x" + "](/u)" * 2500, "links in links": "[" * 2500 + "x" + "](/u)" * 2500,
    "signs": "$" + r"\left" * 700 + "x$", "strikes": "$" + r"\not" * 900 + "=x$",
    "bullets": "- x\n" * 1000, "quotes": ">" * 300 + " x", "nested bullets": "- " * 300 + "x",
    "brackets": "[" * 5000 + "x",
    "images": "![" * 5000 + "x", "links": "[a](" * 5000 + "x", "stars": "*" * 5000 + "x",
    "stars apart": "*a " * 5000 + "x",
    "dollars": "$" * 5000 + "x", "dollars apart": "$a " * 5000 + "x", "backticks": "`" * 5000 + "x",
    "pipes": "|" * 5000 + "x",
    "columns": "a|" * 500 + "\n" + "-|" * 500 + "\n" + "x|" * 500, "underscores": "_" * 5000 + "x",
    "braces": "$" + "{" * 5000 + "x",
    "deep maths": "$" + "{" * 5000 + "x" + "}" * 5000 + "$", "angles": "<" * 5000 + "x", "tildes": "~" * 5000 + "x",
    "fences": "```\n" * 499 + "x", "marks": "e" + "\u0301" * 20000 + "x",
    "one word": "x" * 20000, "joiners": "\u200d" * 5000 + "x",
    "backslashes": "\\" * 5000 + "x", "formulas": "$x_{1}$ " * 2000, "lists apart": "- x\n\n1. y\n\n" * 100,
}  # fmt: skip


@pytest.mark.promise(21)
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_text_is_laid_out_without_losing_its_letters(name: str) -> None:
    source = HEAVY[name][:20000]

    shown = "".join(texts(source, 80))

    assert shown.count("x") == source.count("x")


def test_a_deep_stack_has_room_for_the_deepest_text() -> None:
    def descend(frames: int, source: str) -> list[str]:
        return descend(frames - 1, source) if frames else texts(source, 80)

    room = sys.getrecursionlimit() - len(inspect.stack()) - 400

    for name in ("nested bullets", "images in images", "deep maths", "signs", "strikes", "braces"):
        assert descend(room, HEAVY[name])


@pytest.mark.parametrize("width", [1, 2, 3, 5, 8])
def test_a_narrow_screen_still_shows_everything(width: int) -> None:
    source = "# Head\n\n- a **bold** `code`\n  7. nested\n     > quote\n\n$$x+y$$\n\na|b\n-|-\n1|2"

    letters = [letter for line in texts(source, width) for letter in line if letter.isalnum()]

    assert "".join(letters) == "Headaboldcode7nestedquotexyab12"


def test_importing_the_room_loads_no_parser() -> None:
    code = (
        "import sys; import prepdeck.text.markdown as m; "
        "heavy = {'markdown_it', 'pygments', 'pylatexenc', 'rich'}; "
        "assert not heavy & set(sys.modules), heavy & set(sys.modules); "
        "m.inline_line('A plain title'); assert not heavy & set(sys.modules); "
        "m.warm_up(); assert heavy <= set(sys.modules) | {'rich'}"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_warming_up_is_harmless_at_any_time() -> None:
    warm_up()

    assert texts("a") == ["a"]
    assert cell_width("a") == 1
