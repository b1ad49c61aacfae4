"""Decks and cards to begin with: whole, so that they lint clean, and full of places that say what belongs there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from prepdeck.deckfile.fields import Value, Word
from prepdeck.deckfile.quoting import scalar

_TRUE: Final = Word("true")

_CASES: Final[tuple[tuple[str, str], ...]] = (
    ("[[2, 7, 11]]", "20"),
    ("[[]]", "0"),
    ("[[-5]]", "-5"),
    ("[[1, -1]]", "0"),
    ("[[3, 3, 3]]", "9"),
    ("[[10, -4, 6]]", "12"),
)


def _case(given: str, out: str) -> Value:
    return {"in": Word(given), "out": Word(out)}


SCAFFOLDS: Final[Mapping[str, Mapping[str, Value]]] = {
    "basic": {
        "ask": Word("why"),
        "front": "TODO: one question that has one answer?",
        "back": "TODO: the answer, in two or three sentences.",
        "points": ["TODO: what a good answer must say", "TODO: and this"],
        "refs": ["TODO: a book or paper, with its chapter"],
    },
    "cloze": {
        "text": "TODO: a sentence in which {{c1::one word}} or {{c2::another::with a hint}} is hidden.",
        "refs": ["TODO: a book or paper, with its chapter"],
    },
    "choice": {
        "ask": Word("compare"),
        "front": "TODO: a question with a few answers to choose from?",
        "options": [
            {"text": "TODO: the right answer", "correct": _TRUE, "why": "TODO: why it is right"},
            {"text": "TODO: what many take for right", "why": "TODO: what is wrong with it"},
            {"text": "TODO: another answer that could be", "why": "TODO: what is wrong with it"},
        ],
        "refs": ["TODO: a book or paper, with its chapter"],
    },
    "numeric": {
        "front": "TODO: a question whose answer is a number. How many minutes are 3 hours?",
        "answer": Word("180"),
        "unit": "minutes",
        "tolerance": {"abs": Word("0")},
        "check": "3 * 60",
        "steps": ["TODO: the working, one line for each step", "3 times 60 is 180"],
        "refs": ["TODO: a book or paper, with its chapter"],
    },
    "code": {
        "front": "TODO: what the function has to do. `total(numbers)` returns the sum of a list of whole numbers.",
        "entry": Word("total"),
        "minutes": Word("15"),
        "starter": "def total(numbers):\n    raise NotImplementedError",
        "reference": "def total(numbers):\n    found = 0\n    for n in numbers:\n        found += n\n    return found",
        "tests": {
            "visible": [_case(*one) for one in _CASES[:3]],
            "hidden": [_case(*one) for one in _CASES[3:]],
        },
        "mutants": [
            "def total(numbers):\n    return len(numbers)",
            "def total(numbers):\n    return max(numbers, default=0)",
        ],
        "complexity": {"time": "O(n)", "space": "O(1)"},
        "hints": ["TODO: a first step, without the answer."],
        "refs": ["TODO: a book or paper, with its chapter"],
    },
    "design": {
        "front": "TODO: design a system, with its users, its size and its limits.",
        "family": Word("ml-products"),
        "clarifications": [
            "TODO: who uses it, and how often?",
            "TODO: how fast must it answer?",
            "TODO: which data is there already?",
            "TODO: what may it cost?",
        ],
        "numbers": ["TODO: requests a second, with the working", "TODO: bytes stored a day, with the working"],
        "outline": {
            "framing": ["TODO: what is to be decided, and for whom", "TODO: how success is measured"],
            "data": ["TODO: where labels come from", "TODO: what may leak from the future"],
            "model": ["TODO: the simplest thing that could work", "TODO: what comes next, and why"],
            "serving": ["TODO: the way of one request", "TODO: what happens when a part fails"],
        },
        "probes": [
            "TODO: what breaks at ten times the load?",
            {"ask": "TODO: how do you notice that it got worse?", "good": "TODO: what a good answer says"},
            "TODO: what would you leave out of the first version?",
            "TODO: which number would change the design?",
            "TODO: who has to agree before it ships?",
        ],
        "pitfalls": ["TODO: what weak answers do"],
        "twist": "TODO: a requirement that changes at half-time.",
        "rubric": Word("ml-design"),
    },
    "star": {
        "seconds": Word("150"),
        "front": "TODO: tell me about a time when you ...",
        "competency": Word("prioritisation"),
        "probes": ["TODO: what was your own part?", "TODO: what did it cost?", "TODO: what would you do differently?"],
        "strong_signals": ["TODO: what strong answers hold", "TODO: a result with a number"],
        "weak_signals": ["TODO: what weak answers do", "TODO: only we, never I"],
        "rubric": Word("behavioural"),
    },
    "story": {
        "title": "TODO: what you call this story",
        "competencies": [Word("prioritisation")],
        "situation": "TODO: where it was, and what was at stake.",
        "task": "TODO: what you were responsible for.",
        "action": "TODO: what you did, and why that and nothing else.",
        "result": "TODO: what came of it.",
        "metric": "TODO: the result as a number",
        "reflection": "TODO: what you learnt.",
    },
}
"""What a new card of each kind holds beside its id, topic and level."""

FIRST_DECK: Final = """\
deck: {slug}
title: {title}
track: {track}
description: "TODO: what this deck is about, in a sentence."
topics:
  basics: The basics
cards:
# Two cards to see how it is done; put yours in their place. `prepdeck new card` adds one of any kind,
# `prepdeck lint` checks them, `prepdeck preview` shows them as review does.
- id: later-beats-twice
  kind: basic
  topic: basics
  level: 1
  ask: why
  front: "Why does one review tomorrow help more than reading the same page twice today?"
  back: >-
    Recalling what has begun to fade strengthens it; a second reading feels easy because nothing has faded yet, and so
    it adds little.
  points: ["recall, not reading, strengthens", "some forgetting must come first"]
  refs: ["Roediger & Karpicke 2006, Test-Enhanced Learning"]
- id: card-one-fact
  kind: cloze
  topic: basics
  level: 1
  text: "A good card asks for {{{{c1::one}}}} fact or decision, so that a wrong answer shows what to learn again."
  refs: ["Wozniak 1999, Effective learning: twenty rules of formulating knowledge"]
"""
"""A first deck; to be filled by `first_deck`."""


def first_deck(slug: str, title: str, track: str, schema: str | None) -> str:
    """Return the text of a first deck.

    Args:
        slug: Its name.
        title: What people read.
        track: The part of an interview it prepares for.
        schema: Where editors find the schema, or None.
    """
    text = FIRST_DECK.format(slug=slug, title=scalar(title, taken=len("title: ")), track=track)
    return text if schema is None else f"# yaml-language-server: $schema={schema}\n{text}"
