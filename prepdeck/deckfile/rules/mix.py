"""Rules that judge a whole deck; each says so."""

from __future__ import annotations

from collections.abc import Iterator

from prepdeck.deckfile.fault import Fault, plain
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table
from prepdeck.deckfile.rules.subject import Remark
from prepdeck.deckfile.rules.tally import Tally

FEWEST_MEASURED = 12
"""Fewest cards of which a mix says anything."""
FEWEST_CHOICES = 6
"""Fewest choice cards of which the longest option says anything."""
MOST_LONGEST_CORRECT = 60
"""Percentage of choice cards in which the right option may be the longest; chance alone gives a quarter."""
LEVEL_MIX = {1: 30, 2: 45, 3: 25}
"""Percentage of each level that a deck aims at, over cards that are recalled."""
LEVEL_SLACK = 20
"""How many points the percentage of a level may lie off its aim."""
LEAST_COUNTED_ASKS = 40
"""Least percentage of basic and choice cards that ask why, when, which of two, what is wrong or what next."""

_WHOLE = "about the whole deck: "
_LEVELS = {1: "recall", 2: "explain or apply", 3: "compare, diagnose or design"}


def judge_deck(root: Table, tally: Tally) -> Iterator[Remark]:
    """Yield what is to be said of a deck as a whole."""
    yield from _judge_topics(root, tally)
    yield from _judge_levels(root, tally)
    asks = sum(tally.asks.values())
    if asks >= FEWEST_MEASURED and 100 * tally.counted_asks < LEAST_COUNTED_ASKS * asks:
        message = (
            f"{_WHOLE}{tally.counted_asks} of {asks} fronts ask why, when, compare, diagnose or next-step; "
            f"{LEAST_COUNTED_ASKS} % are the least"
        )
        help_text = "turn definitions into a decision: which of two, what breaks, what next"
        yield _place(root, "cards"), Fault("W256", message, "few reasons asked", help=help_text)
    if tally.choices >= FEWEST_CHOICES and 100 * tally.longest_correct > MOST_LONGEST_CORRECT * tally.choices:
        message = (
            f"{_WHOLE}in {tally.longest_correct} of {tally.choices} choice cards the right option is the longest, "
            "so it can be guessed"
        )
        help_text = "make wrong options as long and as careful as the right one"
        yield _place(root, "cards"), Fault("W254", message, "the longest is right", help=help_text)


def _judge_topics(root: Table, tally: Tally) -> Iterator[Remark]:
    declared = root.entries.get("topics")
    if not isinstance(declared, Table) or not tally.cards:
        return
    written = _written_topics(root)
    for topic, count in tally.topics.items():
        if count == 0 and topic in declared.entries and topic not in written:
            message = f"{_WHOLE}no card has the topic {plain(topic)}"
            help_text = "write its cards, or delete the topic"
            yield declared.key(topic), Fault("W253", message, "no card", help=help_text)


def _written_topics(root: Table) -> set[str]:
    """Return the topics that cards name, those of faulty cards too."""
    listing = root.entries.get("cards")
    items = listing.items if isinstance(listing, Listing) else []
    named = [item.entries.get("topic") for item in items if isinstance(item, Table)]
    return {node.text for node in named if isinstance(node, Scalar)}


def _judge_levels(root: Table, tally: Tally) -> Iterator[Remark]:
    total = sum(tally.levels.values())
    if total < FEWEST_MEASURED:
        return
    for level, aim in LEVEL_MIX.items():
        count = tally.levels.get(level, 0)
        if abs(100 * count - aim * total) > LEVEL_SLACK * total:
            message = (
                f"{_WHOLE}{count} of {total} cards are level {level} ({_LEVELS[level]}); a deck aims at about {aim} %"
            )
            amount = "more" if 100 * count < aim * total else "fewer"
            yield _place(root, "cards"), Fault("W255", message, f"level {level}", help=f"write {amount} such cards")


def _place(root: Table, name: str) -> Node:
    return root.key(name) if name in root.entries else root
