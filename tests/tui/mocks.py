"""Mocks on the stage: decks that a few formats can be drawn from, and a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.options import Options
from prepdeck.tui.screens.mock_run import MockScreen
from tests.tui import stage

MIXED = """\
deck: mixed
title: Mixed
cards:
- id: feed
  kind: design
  family: ml-products
  rubric: ml-design
  front: "Design the **home feed ranking** for a short-video app with 200M daily users. Drive it; a[i] and [/b] stay."
  clarifications: ["clicks or watch time?", "how many items a day?"]
  hints: ["Begin with the goal.", "Think of two stages."]
  outline:
    framing: [SECRET goal and scale]
    metrics: [SECRET retention]
    data-labels: [SECRET impressions]
    features: [SECRET freshness]
    model: [SECRET two stages]
    evaluation: [SECRET online test]
    serving: [SECRET latency]
    monitoring: [SECRET drift]
  probes:
  - {ask: "And cold start?", good: SECRET exploration}
  - {ask: "And bias?", good: SECRET position}
  twist: The feed must now also serve ads.
- id: lead
  kind: star
  competency: conflict
  rubric: behavioural
  seconds: 150
  front: Tell me about a time you disagreed with a senior engineer.
- id: late
  kind: star
  seconds: 150
  competency: failure
  rubric: behavioural
  front: Tell me about a deadline you missed.
- id: own
  kind: star
  seconds: 150
  competency: ownership
  rubric: behavioural
  front: Tell me about work nobody asked you for.
- id: learn
  kind: star
  seconds: 150
  competency: learning
  rubric: behavioural
  front: Tell me what you learnt lately.
- id: double
  kind: code
  level: 1
  front: Return twice the number.
  entry: double
  starter: "def double(x):\\n    pass\\n"
  reference: "def double(x):\\n    return 2 * x\\n"
  mutants: ["def double(x):\\n    return x\\n"]
  tests: {visible: [{in: [2], out: 4}], hidden: [{in: [7], out: 14}]}
  hints: [Multiply.]
- id: treble
  kind: code
  level: 2
  front: Return three times the number.
  entry: treble
  starter: "def treble(x):\\n    pass\\n"
  reference: "def treble(x):\\n    return 3 * x\\n"
  mutants: ["def treble(x):\\n    return x\\n"]
  tests: {visible: [{in: [2], out: 6}], hidden: [{in: [7], out: 21}]}
- id: least
  kind: choice
  front: Which metric tells you least at 0.2 % positives?
  options:
  - {text: PR-AUC, why: SECRET It follows the positives.}
  - {text: Accuracy, correct: true, why: SECRET Always saying no scores.}
  - {text: Expected cost}
- id: n1
  kind: numeric
  topic: estimation
  front: "Requests a second at 8.64M a day?"
  answer: 100
  tolerance: {rel: 0.01}
- id: n2
  kind: numeric
  topic: estimation
  front: "Seconds of a day?"
  answer: 86400
  tolerance: {rel: 0.01}
- id: n3
  kind: numeric
  topic: estimation
  front: "Bytes of 1M floats of 32 bits?"
  answer: 4000000
  tolerance: {rel: 0.01}
- id: n4
  kind: numeric
  topic: estimation
  front: "Two to the tenth?"
  answer: 1024
  tolerance: {rel: 0.01}
- id: n5
  kind: numeric
  topic: estimation
  front: "Minutes of a week?"
  answer: 10080
  tolerance: {rel: 0.01}
"""
"""One question of every sort, enough for a few formats."""

FORMATS = """\
formats:
- id: quick-7
  title: Quick seven
  minutes: 7
  rubric: fundamentals
  phases:
  - {id: warm-up, title: Warm-up, minutes: 1}
  - {id: rapid, title: Rapid fire, minutes: 6, repeat: 6, asks: rapid}
  draw: {rapid: 6}
"""
"""A short format of the learner's own that asks all cards of a few words."""


def with_mocks(home: Path) -> None:
    """Give a home decks that mocks can be drawn from."""
    (home / "decks").mkdir(exist_ok=True)
    (home / "decks" / "mixed.yaml").write_text(MIXED, encoding="utf-8")


@dataclass
class MockClock(stage.HandClock):
    """A clock of wall and stopwatch, both moved by hand."""

    def now(self) -> datetime:
        return stage.NOW + timedelta(seconds=self.seconds)

    def open_desk(self, options: Options) -> Desk:
        """Open the real desk with this clock."""
        desk = open_desk(options)
        desk.clock = self
        return desk

    async def run(self, pilot: Pilot[Any], seconds: float) -> None:
        """Let time pass in steps as a running program sees it."""
        end = self.seconds + seconds
        while self.seconds < end:
            self.seconds = min(end, self.seconds + 10)
            for screen in pilot.app.screen_stack:
                if isinstance(screen, MockScreen):
                    screen.tick()
        await stage.settle(pilot)
