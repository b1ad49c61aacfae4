"""The stories of the made-up learner whose history the demo shows."""

from __future__ import annotations

from typing import Final

STORIES: Final = """\
# Made-up stories of the demo; yours belong into the decks folder of your own home.
deck: stories
title: My stories
cards:
- id: backtest
  kind: story
  title: The backtest nobody asked for
  situation: A ranking launch was two weeks away and the team trusted one offline number.
  task: I owned the evaluation and doubted that number.
  action: I replayed a month of traffic in three days and showed where the gain came from.
  result: We moved the launch by one week and kept the gain.
  reflection: Bring the numbers before the opinion.
  metric: 1.8 % more searches that ended well
  competencies: [conflict, responsibility]
- id: pipeline
  kind: story
  title: The pipeline that woke us at night
  situation: A feature job failed twice a week, always at night.
  task: I had to make it boring.
  action: I wrote down each failure, fixed the three that came most often and added a check before the join.
  result: No night call in the next four months.
  reflection: Count failures before fixing them.
  metric: from 9 night calls a month to 0
  competencies: [responsibility]
- id: rollback
  kind: story
  title: The model I took back
  situation: My new model lowered complaints but also answers to rare questions.
  task: I had to decide whether it stays.
  action: I took it back the same day, told everyone why and planned a narrower test.
  result: The second version went out three weeks later without the loss.
  reflection: Look at the smallest group first.
  metric: 0.4 % of users affected for 5 hours
  competencies: [failure]
"""
"""A deck file as learners keep it."""
