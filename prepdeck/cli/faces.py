"""How each kind of card is asked on plain lines: its front, what may be typed, its back."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from prepdeck.cards.card import Basic, Choice, Cloze, Numeric
from prepdeck.cards.code import Code
from prepdeck.cards.number import is_within, parse_number
from prepdeck.cards.spoken import Design, Star, Story
from prepdeck.cli.code_face import CodeFace
from prepdeck.cli.face import PROMPT, Face
from prepdeck.cli.layout import Layout
from prepdeck.cli.spoken_faces import DesignFace, StarFace, StoryFace
from prepdeck.scheduling.suggestion import Evidence
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk
    from prepdeck.study.reviewing import CardView


class BasicFace(Face):
    """A basic card."""

    def __init__(self, view: CardView, layout: Layout, body: Basic) -> None:
        super().__init__(view, layout)
        self._body = body
        self._told = 0

    def front(self) -> str:
        """Return the wording that is shown this time."""
        return self._layout.shown(self._view.front)

    def back(self) -> str:
        """Return the answer, its must-say points, and how many follow-ups wait to be asked."""
        points = self._numbered(self._body.points)
        waiting = counted(len(self._body.followups), "follow-up")
        return self._with_margin(
            self._layout.shown(self._body.back),
            f"Must say:\n{points}" if points else "",
            f"{waiting}: o asks." if self._body.followups else "",
        )

    def ask_on(self) -> str:
        """Return the next follow-up, and its answer when it is wanted after that."""
        number, is_answer = divmod(self._told, 2)
        if number >= len(self._body.followups):
            return super().ask_on()
        self._told += 1
        followup = self._body.followups[number]
        if is_answer:
            return self._layout.shown(followup.back)
        return f"Asked next: {self._layout.shown(followup.front)}\n(o shows its answer)"

    @property
    def points(self) -> tuple[str, ...]:
        """What a good answer must say."""
        return self._body.points


class ClozeFace(Face):
    """A text with gaps: Enter opens all that are closed, n the next one."""

    def __init__(self, view: CardView, layout: Layout, body: Cloze) -> None:
        super().__init__(view, layout)
        self._body = body
        self._open = 0

    def front(self) -> str:
        """Return the text with its gaps closed."""
        return self._layout.gaps(self._body, self._open)

    def back(self) -> str:
        """Return the text with every gap open."""
        return self._with_margin(self._layout.gaps(self._body, self._body.last_number))

    def prompt(self) -> str:
        """Return the line that says what may be typed; a text of several gaps can open one by one."""
        return f"n next gap, {PROMPT}" if self._open + 1 < self._body.last_number else PROMPT

    def _answer(self, words: str) -> str | None:
        if words in {"n", "next"} and self._open + 1 < self._body.last_number:
            self._open += 1
            return self._layout.gaps(self._body, self._open)
        return super()._answer("" if words in {"n", "next"} else words)


class ChoiceFace(Face):
    """Options with letters, in the order of this asking."""

    def __init__(self, view: CardView, layout: Layout, body: Choice) -> None:
        super().__init__(view, layout)
        self._body = body
        self._letters = {chr(ord("a") + place): option for place, option in enumerate(view.option_order)}
        self._picked: frozenset[int] | None = None

    def front(self) -> str:
        """Return the prompt and the options, each under its letter."""
        options = [
            f"{letter})  {self._layout.hanging(self._body.options[index].text)}"
            for letter, index in self._letters.items()
        ]
        several = "\n(more than one is right)" if self._body.takes_several else ""
        return f"{self._layout.shown(self._view.front)}{several}\n\n" + "\n".join(options)

    def prompt(self) -> str:
        """Return the line that says what may be typed."""
        last = list(self._letters)[-1]
        prompt = PROMPT.replace("h hint", "hint") if "h" in self._letters else PROMPT
        return f"a-{last} to choose, {prompt}"

    def wants(self, words: str) -> bool:
        """Tell whether words that mean something else as well are meant as an answer: every letter but q and u is."""
        return len(words) == 1 and words.isalpha() and words not in {"q", "u"}

    def take(self, words: str) -> str | None:
        """Take letters; with eight options h is one of them, and the word hint asks for a hint."""
        letters = re.sub(r"[\s,.;)]", "", words)
        if letters and all(letter in self._letters for letter in letters):
            if len(letters) > 1 and not self._body.takes_several:
                return "Choose one letter."
            self._picked = frozenset(self._letters[letter] for letter in letters)
            return None
        return super().take(words)

    def evidence(self, elapsed_seconds: float) -> Evidence:
        """Return what was picked."""
        return Evidence(
            elapsed_seconds=elapsed_seconds,
            hints_shown=self._hints_shown,
            picked=self._picked or frozenset(),
            checked=self._picked is not None,
        )

    def back(self) -> str:
        """Return whether it was right, and of every option why."""
        right = frozenset(index for index, option in enumerate(self._body.options) if option.correct)
        names = ", ".join(letter for letter, index in self._letters.items() if index in right)
        match self._picked:
            case None:
                verdict = f"Answer: {names}."
            case picked if picked == right:
                verdict = f"Right: {names}."
            case _:
                verdict = f"Not quite. Answer: {names}."
        return self._with_margin(verdict, "\n".join(map(self._option_line, self._letters)))

    def _option_line(self, letter: str) -> str:
        index = self._letters[letter]
        option = self._body.options[index]
        marks = ["right" if option.correct else "wrong"]
        if self._picked is not None and index in self._picked:
            marks.append("your answer")
        why = f"\n    {self._layout.hanging(option.why)}" if option.why else ""
        return f"{letter})  {self._layout.hanging(option.text)}  [{', '.join(marks)}]{why}"

    def _answer(self, words: str) -> str | None:
        return None if not words else f"Type letters from {', '.join(self._letters)}, or Enter to see the answer."


class NumericFace(Face):
    """A number to type."""

    def __init__(self, view: CardView, layout: Layout, body: Numeric) -> None:
        super().__init__(view, layout)
        self._body = body
        self._typed: Fraction | None = None
        self._words = ""

    def front(self) -> str:
        """Return the prompt and the unit."""
        unit = f"\n(unit: {self._body.unit})" if self._body.unit else ""
        return f"{self._layout.shown(self._view.front)}{unit}"

    def prompt(self) -> str:
        """Return the line that says what may be typed."""
        return f"a number, {PROMPT}"

    def evidence(self, elapsed_seconds: float) -> Evidence:
        """Return the number that was typed."""
        return Evidence(
            elapsed_seconds=elapsed_seconds,
            hints_shown=self._hints_shown,
            typed=self._typed,
            checked=self._typed is not None,
        )

    def back(self) -> str:
        """Return whether it was right, what was expected and the working."""
        unit = f" {self._body.unit}" if self._body.unit else ""
        expected = f"{self._body.answer_text}{unit} (tolerance: {_tolerance_words(self._body)})"
        if self._typed is None:
            verdict = f"Answer: {expected}"
        elif is_within(self._body, self._typed):
            verdict = f"Right: you typed {self._words}, expected {expected}"
        else:
            verdict = f"Not quite: you typed {self._words}, expected {expected}"
        return self._with_margin(verdict, "\n".join(self._layout.shown(step) for step in self._body.steps))

    def _answer(self, words: str) -> str | None:
        if not words:
            return None
        self._typed = parse_number(words)
        self._words = words
        return None if self._typed is not None else "That is no number; 0.154, 3/8, 15% and 1e-3 are."


def face_of(view: CardView, layout: Layout, desk: Desk) -> Face:
    """Return the face of a card that is about to be asked."""
    match view.card.body:
        case Basic() as body:
            return BasicFace(view, layout, body)
        case Cloze() as body:
            return ClozeFace(view, layout, body)
        case Choice() as body:
            return ChoiceFace(view, layout, body)
        case Numeric() as body:
            return NumericFace(view, layout, body)
        case Code() as body:
            return CodeFace(view, layout, body, desk)
        case Design() as body:
            return DesignFace(view, layout, body)
        case Star() as body:
            return StarFace(view, layout, body)
        case Story() as body:
            return StoryFace(view, layout, body)
        case _:
            assert_never(view.card.body)


def _tolerance_words(body: Numeric) -> str:
    tolerance = body.tolerance
    if tolerance.absolute:
        return f"{_decimal(tolerance.absolute)} either way"
    if tolerance.relative:
        return f"{_decimal(tolerance.relative * 100)} % either way"
    return "exact"


def _decimal(number: Fraction) -> str:
    try:
        return f"{float(number):g}"
    except OverflowError:
        return str(number)
