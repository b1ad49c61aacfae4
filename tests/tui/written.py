"""A deck of the written and spoken kinds, and views of cards that need no deck."""

from __future__ import annotations

from prepdeck.cards.card import Body
from prepdeck.cards.spoken import Story
from prepdeck.scheduling.memory import UNSEEN
from prepdeck.scheduling.review import ReviewKind
from prepdeck.study.reviewing import CardView, story_front
from prepdeck.tui.review_state import Asking
from tests.builders import make_card

DECK = """\
deck: written
title: Written and told
track: algorithms
topics: {arrays: Arrays, ranking: Ranking, conflict: Conflict}
cards:
- id: double
  kind: code
  topic: arrays
  front: Return **twice** every number of the list, in order.
  entry: double
  starter: |
    def double(nums: list[int]) -> list[int]:
        pass
  reference: |
    def double(nums: list[int]) -> list[int]:
        return [2 * num for num in nums]  # one pass, and nothing but the answer is kept: linear in time and in space
  tests:
    visible:
    - {in: [[1, 2]], out: [2, 4]}
    - {in: [[]], out: []}
    hidden:
    - {in: [[-1]], out: [-2]}
    - {in: [[0, 7]], out: [0, 14]}
  mutants: ["def double(nums):\\n    return nums"]
  complexity: {time: O(n), space: O(n)}
  minutes: 5
  hints: [A comprehension is enough.]
- id: feed
  kind: design
  topic: ranking
  front: Design the **home feed** of a video site.
  family: ranking
  rubric: ml-design
  clarifications: ["Who watches, and on what?"]
  numbers: [20 k requests a second]
  outline:
    framing: [goal and guard-rails, scale and budget]
    serving: [two stages, fallback]
    monitoring: [skew]
  probes: [{ask: And a new video?, good: Content features first.}]
  pitfalls: [a model before the metric]
  twist: No tracking across sites.
  hints: [Begin with the metric.]
- id: disagreed
  kind: star
  topic: conflict
  front: A time you **disagreed** with a senior engineer.
  competency: conflict
  seconds: 150
  rubric: behavioural
  strong_signals: [states the other view fairly, brought data]
  weak_signals: [speaks of we only]
  probes: [What would they say?]
- id: holdout
  kind: story
  topic: conflict
  title: The holdout
  situation: Launch in two weeks.
  task: I owned the evaluation.
  action: Built a backtest in a day.
  result: The holdout is standard now.
  reflection: Bring numbers first.
  metric: 1.8 % retention
  competencies: [conflict]
  seconds: 120
- id: names
  kind: code
  topic: arrays
  language: sql
  shape: sql
  front: All names, in order.
  fixture: "CREATE TABLE person(name TEXT); INSERT INTO person VALUES ('b'), ('a');"
  starter: SELECT name FROM person;
  reference: SELECT name FROM person ORDER BY name;
  tests: {visible: [{in: [], out: [[a], [b]]}], hidden: [{in: ["DELETE FROM person;"], out: []}]}
  mutants: [SELECT name FROM person ORDER BY name DESC;]
"""
"""One card of each, in the order they are asked."""


def view_of(body: Body, *, wording: int = 0, draft: str | None = None, **fields: object) -> CardView:
    """Return a card of a kind as it is asked."""
    front = story_front(body, wording) if isinstance(body, Story) else getattr(body, "front", "")
    return CardView(
        make_card(body=body, **fields),
        "Deck",
        None,
        UNSEEN,
        {},
        ReviewKind.SCHEDULED,
        wording=wording,
        front=front,
        draft=draft,
    )


def ask(body: Body, *, wording: int = 0, draft: str | None = None, **fields: object) -> Asking:
    """Return the front of a card of a kind."""
    return Asking.of(view_of(body, wording=wording, draft=draft, **fields))
