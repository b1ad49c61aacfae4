"""What a machine can tell of an answer that is right or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from prepdeck.cards.card import Card, Choice, Numeric
from prepdeck.cards.number import is_within, parse_number
from prepdeck.interview.mock import Mock, sheet_of


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer beside the right one."""

    is_right: bool | None
    """Whether it is right; None when it cannot be told: no number was typed, or the card's options changed since."""
    given: str
    """What was picked or typed."""
    expected: str
    """The right options, or the right number with its unit, as the deck has them."""


def check_answer(mock: Mock, number: int, card: Card | None) -> Checked | None:
    """Return whether the answer to a question is right, or None when it is blank or no machine can tell.

    Args:
        mock: The mock.
        number: Which question, from 0.
        card: Its card as it stands now; None when it left its deck.
    """
    if card is None or mock.is_blank(number):
        return None
    match card.body:
        case Choice() as choice:
            return _check_choice(mock, number, card, choice)
        case Numeric() as numeric:
            return _check_number(mock.sheets.get(sheet_of(number), ""), numeric)
        case _:
            return None


def _check_choice(mock: Mock, number: int, card: Card, choice: Choice) -> Checked | None:
    picked = set(mock.answers[number].options)
    if not picked:
        return None
    right = {place for place, option in enumerate(choice.options) if option.correct}
    expected = " / ".join(option.text for option in choice.options if option.correct)
    drawn = mock.questions[number].fingerprint
    # Options are kept by their place: on a card that was edited the same place may hold another text.
    if (drawn and card.fingerprint and drawn != card.fingerprint) or max(picked) >= len(choice.options):
        places = ", ".join(str(place + 1) for place in sorted(picked))
        return Checked(None, f"option {places} of the card as it was", expected)
    return Checked(picked == right, " / ".join(choice.options[place].text for place in sorted(picked)), expected)


def _check_number(written: str, numeric: Numeric) -> Checked | None:
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    if not lines:
        return None
    unit = f" {numeric.unit}" if numeric.unit else ""
    typed = find_number(written, numeric.unit)
    return Checked(
        None if typed is None else is_within(numeric, typed), lines[-1], f"{numeric.answer_text.strip()}{unit}"
    )


def find_number(written: str, unit: str | None = None) -> Fraction | None:
    r"""Return the number a written answer comes to, or None: its last line, after the last `=`, without the unit.

    >>> find_number("6 GB a day\n6 * 30 = 180 GB", "GB")
    Fraction(180, 1)
    """
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    if not lines:
        return None
    last = lines[-1]
    for sign in ("=", "\u2248", "~", ":"):
        last = last.rpartition(sign)[2].strip()
    for text in (last, last.removesuffix("."), _without_unit(last.removesuffix("."), unit)):
        typed = parse_number(text)
        if typed is not None:
            return typed
    return None


def _without_unit(text: str, unit: str | None) -> str:
    if not unit or not text.lower().endswith(unit.lower()):
        return text
    return text[: -len(unit)].strip()
