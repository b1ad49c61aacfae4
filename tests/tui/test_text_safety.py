"""Promise 18: deck text is shown as written, in every kind of card and on every page."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from prepdeck.cards.card import Basic, Choice, Cloze, Gap, Numeric, Option
from prepdeck.cards.code import Case, Complexity, Language
from prepdeck.cards.spoken import Figure, OutlinePhase, Probe
from prepdeck.cards.tolerance import Tolerance
from prepdeck.cards.verdict import CaseResult, Outcome, Verdict
from prepdeck.scheduling.memory import UNSEEN
from prepdeck.scheduling.review import ReviewKind
from prepdeck.study.options import Options
from prepdeck.study.reviewing import CardView
from prepdeck.tui import app as tui
from prepdeck.tui.app import PrepdeckApp
from prepdeck.tui.glyphs import UNICODE
from prepdeck.tui.page import PageStyle, draw_page
from prepdeck.tui.review_state import Asking
from prepdeck.tui.rows import foreign, row
from prepdeck.tui.screens.finished import FinishedScreen
from prepdeck.tui.theme import PALETTES
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.draft import DraftField
from prepdeck.tui.widgets.drawing import paint
from prepdeck.tui.widgets.frame import Notice, StatusLine, TitleBar
from tests.builders import make_card
from tests.kinds import make_code, make_design, make_star, make_story
from tests.tui import stage

LOOKALIKES = (
    "[CLS] the cat [SEP]",
    "[MASK]",
    "List[int]",
    "xs[i][j]",
    "[None]",
    "a[/]b",
    "[b]x[/i]",
    "[/usr/bin]",
    "[link=file:///etc]",
    "[@click=app.quit]x[/]",
    "[red]x[/red]",
    "[bold]x[/bold]",
    "f[i][j] += [1]",
    "p[x] = [red]",
    "a[i] = b[j]",
    "[x] y [/b]",
    "[/]",
    "[[double]]",
    "[$primary]x",
    "[on red]x[/]",
    "[#ff0000]x",
    "[1, 2, 3]",
    "[0.5, 0.5]",
    "x[-1]",
    "x[:, None]",
    "dict[str, int]",
    "[a-z]+ matches",
    "[ ] open [x] closed",
    "[not a link]",
    "%s %d {0} {name}",
    "{{not a gap}}",
    ":smile: :fire:",
    "print('[a]')",
    "50% [of all]",
    "[[0, 1], [1, 0]]",
    "[ref]: nothing",
)
assert len(LOOKALIKES) >= 33


def in_yaml(words: str) -> str:
    return json.dumps(words)


def shown(words: str) -> str:
    """Return the look-alike as a code span, which Markdown leaves as it is."""
    return f"`{words}`"


def deck_of(words: str) -> str:
    text, title = in_yaml(shown(words)), in_yaml(words)
    code = in_yaml(f"def f(x):\n    return x  # {words}")
    gap = in_yaml("before {{c1::" + shown(words).replace("}}", "} }") + "}} after")
    return f"""\
deck: learning
title: {title}
topics: {{t: {title}}}
cards:
- {{id: basic, topic: t, front: {text}, back: {text}, hints: [{text}], why: {text}, refs: [{title}], points: [{text}],
    followups: [{{front: {text}, back: {text}}}]}}
- {{id: cloze, kind: cloze, text: {gap}}}
- {{id: choice, kind: choice, front: {text}, options: [{{text: {text}, why: {text}}}, {{text: "b", correct: true}}]}}
- {{id: code, kind: code, front: {text}, entry: f, starter: {code}, reference: {code},
    tests: {{visible: [{{in: [{title}], out: {title}}}], hidden: [{{in: [1], out: 2}}]}}, mutants: ["def f(x): pass"],
    complexity: {{time: {title}, space: {title}}}}}
- {{id: design, kind: design, front: {text}, family: family, rubric: ml-design, outline: {{framing: [{text}]}},
    clarifications: [{text}], numbers: [{text}], probes: [{{ask: {text}, good: {text}}}], pitfalls: [{text}],
    twist: {text}}}
- {{id: star, kind: star, front: {text}, competency: conflict, seconds: 60, rubric: behavioural,
    strong_signals: [{text}], weak_signals: [{text}], probes: [{{ask: {text}, good: {text}}}]}}
- {{id: story, kind: story, title: {text}, situation: {text}, task: {text}, action: {text}, result: {text},
    reflection: {text}, metric: {text}, competencies: [conflict]}}
- {{id: numeric, kind: numeric, front: {text}, answer: 1, tolerance: {{abs: 0}}, unit: {title}, steps: [{text}]}}
"""


def unframed(pilot: Pilot[Any]) -> str:
    """Return the words on the screen in one line, without the lines of boxes."""
    return " ".join(re.sub("[│╭╮╰╯─]", " ", stage.text(pilot)).split())


GROUPS = [" ; ".join(LOOKALIKES[first : first + 4]) for first in range(0, len(LOOKALIKES), 4)]
"""Four at a time, so that every one of them goes through every card and page in nine rounds."""


@pytest.mark.promise(18)
@pytest.mark.parametrize("words", GROUPS)
def test_what_looks_like_markup_is_shown_as_written(home: Path, words: str) -> None:
    (home / "decks" / "small.yaml").write_text(deck_of(words), encoding="utf-8")
    wanted = {"basic": 8, "cloze": 0 if "}}" in words else 1, "choice": 3}
    wanted |= {"code": 6, "design": 8, "star": 6, "story": 6, "numeric": 3}

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        for kind, times in wanted.items():
            assert stage.review_of(pilot).now().card.kind == kind
            assert stage.rows(pilot)[0].count(words) == (2 if kind == "basic" else 1)
            if kind == "basic":
                await stage.press(pilot, "h")
            if kind == "code":
                await write_in_the_field(pilot, words)
            if kind == "numeric":
                assert f"your answer, {words}" in stage.text(pilot)
                await stage.press(pilot, "enter")
            while not stage.review_of(pilot).now().is_revealed:
                await stage.press(pilot, "space")
            if kind == "basic":
                await stage.press(pilot, "o", "o")
            assert "\n".join(stage.rows(pilot)[2:]).count(words) >= times
            if kind == "basic":
                await stage.press(pilot, "i")
                assert unframed(pilot).count(words) >= 4
                await stage.press(pilot, "escape")
            await stage.press(pilot, "1" if kind in {"star", "story", "numeric"} else "3")
        await stage.press(pilot, "q")
        assert isinstance(pilot.app.screen, FinishedScreen)
        assert stage.text(pilot).count(words[:20]) >= 3

    stage.run(play, size=(250, 60))


async def write_in_the_field(pilot: Pilot[Any], words: str) -> None:
    """Write the look-alike, see it in the field, run it, and leave it there."""
    await stage.press(pilot, "tab")
    pilot.app.screen.query_one(DraftField).load_text(f"# {words}\nprint({words!r})\n{words}")
    await stage.press(pilot, "f2")
    assert stage.text(pilot).count(words) >= 5
    await stage.press(pilot, "escape")


@pytest.mark.promise(18)
def test_what_looks_like_markup_is_shown_as_written_in_the_list_of_decks(home: Path) -> None:
    for number, words in enumerate(LOOKALIKES):
        deck = f"deck: deck-{number}\ntitle: {in_yaml(words)}\ncards: [{{id: one, front: a, back: b}}]\n"
        (home / "decks" / f"deck-{number}.yaml").write_text(deck, encoding="utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        assert [words for words in LOOKALIKES if f"  {words} " not in stage.text(pilot)] == []

    stage.run(play, size=(140, 70))


class Bench(PrepdeckApp):
    """Shows one card and the words around it, without a desk."""

    CSS_PATH = Path(tui.__file__).parent / "app.tcss"

    def get_default_screen(self) -> Screen[None]:
        return Screen()

    async def _open(self) -> None:
        """Open nothing."""

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield CardPanel()
        yield Notice("Notice")
        yield StatusLine()


def views_of(words: str) -> list[Asking]:
    bodies = (
        Basic(words, words, points=(words,)),
        Cloze((words, Gap(1, words, words), words)),
        Choice(words, (Option(words, correct=True, why=words), Option(words))),
        Numeric(words, 1, words, Tolerance(absolute=0), unit=words, steps=(words,)),  # type: ignore[arg-type]
        make_code(
            front=words,
            starter=words,
            reference=words,
            visible=(Case(words, words),),
            complexity=Complexity(words, words),
            fixture=words,
            language=Language.SQL,
        ),
        make_design(
            front=words,
            outline=(OutlinePhase(words, (words,)),),
            rubric=words,
            family=words,
            formats=(words,),
            clarifications=(words,),
            numbers=(Figure(words),),
            probes=(Probe(words, words),),
            pitfalls=(words,),
            twist=words,
        ),
        make_star(front=words, competency=words, rubric=words, strong_signals=(words,), weak_signals=(words,)),
        make_story(
            title=words,
            situation=words,
            task=words,
            action=words,
            result=words,
            competencies=(words,),
            reflection=words,
            metric=words,
        ),
    )
    result = CaseResult(passed=False, given=words, expected=words, got=words, line=1)
    verdict = Verdict(Outcome.FAILED, (result,), words, 1, words, 1.0)
    return [
        Asking(
            CardView(
                make_card(body=body, hints=(words,), why=words, refs=(words,)),
                words,
                words,
                UNSEEN,
                {},
                ReviewKind.SCHEDULED,
                front=getattr(body, "front", ""),
                option_order=(1, 0) if isinstance(body, Choice) else (),
                stories=(words,),
            ),
            hints_shown=1,
            draft=words,
            verdict=verdict,
            running=words if number % 2 else "",
        )
        for number, body in enumerate(bodies)
    ]


OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What a terminal obeys, or what hides or turns text around."""
ANY_TEXT = st.text(st.characters() | st.sampled_from("[]{}`$*_\\\x1b\x9b\u202e\u200b\t\n|#"), max_size=80)


@settings(deadline=None, max_examples=60)
@given(ANY_TEXT, st.integers(1, 120))
@example("\x1b]52;c;aGk=\x07", 40)
@example("[/]", 1)
@example("界" * 30, 7)
def test_any_text_makes_rows_without_anything_a_terminal_obeys(words: str, width: int) -> None:
    for front in views_of(words):
        for asking in (front, front.forward(1.0).forward(1.0)):
            page = draw_page(asking, PageStyle(width=width, glyphs=UNICODE))
            for line in page.rows:
                strip = paint(line, width, PALETTES["dark"], _style())
                assert strip.cell_length == width
                assert not OBEYED.search(strip.text)
                assert cell_len(strip.text) == width


def _style() -> Any:
    from rich.style import Style

    return Style()


@settings(deadline=None, max_examples=5, phases=[Phase.generate])
@given(st.lists(ANY_TEXT, min_size=6, max_size=6))
def test_any_text_goes_through_the_widgets(samples: list[str]) -> None:
    async def perform() -> None:
        app = Bench(Options())
        async with app.run_test(size=(60, 30)) as pilot:
            card, title = app.screen.query_one(CardPanel), app.screen.query_one(TitleBar)
            for words in samples:
                for asking in views_of(words):
                    back = asking.forward(1.0)
                    title.show(row(foreign(words)), ())
                    app.screen.query_one(StatusLine).say(words)
                    app.screen.query_one(Notice).show(lambda _, words=words: [words])  # type: ignore[misc]
                    card.show(
                        lambda width, _, asking=back: draw_page(asking, PageStyle(width=width, glyphs=UNICODE)),  # type: ignore[misc]
                        title="card",
                        footing="new",
                        keeps_place=False,
                    )
                    await pilot.pause()
                    for strip in app.screen._compositor.render_strips():
                        assert not OBEYED.search(strip.text)

    asyncio.run(perform())


def test_no_widget_is_handed_text_that_is_read_as_markup() -> None:
    source = Path("prepdeck/tui")
    if not source.is_dir():
        source = Path(__file__).parent.parent.parent / "prepdeck" / "tui"
    taking_markup = ("notify(", "Static(", "Label(", "OptionList(", "from_markup(", "Markdown(", "tooltip", "open_url(")
    found = [
        f"{path.name}: {word}"
        for path in source.rglob("*.py")
        for word in taking_markup
        if word in path.read_text(encoding="utf-8")
    ]
    assert not found


def test_titles_of_boxes_from_decks_are_content(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "convolution")
        for widget in pilot.app.screen.walk_children(Widget):
            for label in (widget._border_title, widget._border_subtitle):
                assert label is None or isinstance(label, Content)

    stage.run(play)
