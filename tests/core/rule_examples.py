"""For every rule of one deck: a deck that breaks it and nothing else, the place it is told at, and a neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TODAY = date(2026, 11, 22)
"""The day on which the examples are checked."""


@dataclass(frozen=True)
class Example:
    """One break of a rule."""

    code: str
    """What is told."""
    place: str
    """Line and column."""
    bad: str
    """A deck that breaks the rule."""
    good: str
    """The same deck with the least change that keeps it."""
    strict: bool = False
    """Whether the rule speaks under --strict alone."""


def deck(cards: str, header: str = "") -> str:
    """Return the text of a deck; without a header its first card begins in line 3."""
    return f"deck: d\n{header}cards:\n{cards}"


def example(code: str, place: str, good: str, change: tuple[str, str], *, strict: bool = False) -> Example:
    """Return an example: a good deck, and the one change that makes it break the rule."""
    assert good.count(change[0]) == 1, (code, change)
    return Example(code, place, good.replace(*change), good, strict)


def card(good: str, code: str, place: str, old: str, new: str, *, strict: bool = False) -> Example:
    """Return an example of one card; it begins in line 3."""
    return example(code, place, deck(good), (old, new), strict=strict)


FULL = """\
- id: a
  topic: t
  level: 2
  ask: why
  front: Why does dropout help?
  back: It keeps units from relying on each other.
  refs: [Goodfellow]
"""
NUMERIC = """\
- id: a
  kind: numeric
  topic: t
  level: 1
  front: How much is a quarter of two?
  answer: 0.5
  unit: pieces
  tolerance: {abs: 0.01}
  check: 2 / 4
  steps: [2 divided by 4]
  refs: [Euclid]
"""
CHOICE = """\
- id: a
  kind: choice
  front: Which lookup is O(1) on average?
  options:
  - {text: hash table, correct: true}
  - {text: sorted list, why: Bisection takes log n steps.}
  - {text: linked list, why: Half of it is walked.}
"""
WORDY = """\
- id: a
  kind: choice
  front: Which plan is strongest?
  options:
  - {text: Train on all photos first and then fine-tune on the few, correct: true}
  - {text: Train from scratch on the few photos that have labels, why: Too few.}
  - {text: Let one colleague label everything by hand and all hundreds of cards., why: Too dear.}
"""
CODE = """\
- id: a
  kind: code
  topic: t
  level: 1
  front: Double a number.
  entry: double
  minutes: 5
  complexity: {time: O(1)}
  starter: |
    def double(x):
        ...
  reference: |
    def double(x):
        return 2 * x
  tests:
    visible: [{in: [1], out: 2}, {in: [2], out: 4}, {in: [0], out: 0}]
    hidden: [{in: [-1], out: -2}, {in: [3], out: 6}, {in: [10], out: 20}]
  mutants:
  - |
    def double(x):
        return x * x
  - |
    def double(x):
        return x + 2
"""
DESIGN = """\
- id: a
  kind: design
  front: Design a rate limiter.
  rubric: system-design
  clarifications: [per user or per key?, how strict?, how many a second?, one region?]
  numbers: [2 million requests per second, 1 ms budget]
  outline:
    framing: [who is limited, what a limit is]
    serving: [token bucket, shared counters]
  probes: [Clock skew?, A store that is down?, Bursts?, Fairness?, Cost?]
"""
STAR = """\
- id: a
  kind: star
  front: When did you say no?
  competency: prioritisation
  seconds: 150
  rubric: behavioural
  probes: [What did you offer instead?, What would have changed your mind?, How are things now?]
  strong_signals: [a criterion, an alternative]
  weak_signals: [only the refusal, hides behind a manager]
"""
STORY = """\
- id: a
  kind: story
  title: The late pipeline
  situation: Reports came late.
  task: I owned them.
  action: I measured, then cut two joins.
  result: They came in time.
  metric: From 9 to 6 hours.
  reflection: I would measure first again.
  competencies: [ownership]
"""

CLOZE = """\
- id: a
  kind: cloze
  text: 'Prior odds times the {{c1::likelihood ratio}} give {{c2::posterior}} odds.'
  hints: [Think of evidence.]
"""
BASIC = """\
- id: a
  front: Why does dropout help a wide network?
  back: It keeps units from relying on each other.
  variants: [What does dropout buy a wide network?]
  followups: [{front: When does it hurt?, back: With little data per weight.}]
  hints: [Think of teams.]
"""
HALF_A_WORD = "x" * 241
HALF_A_PAGE = "x" * 601
STEPS = "\n".join(f"        x = {number}" for number in range(45))
SPEECH = "word " * 201

CARDS = (
    card(BASIC, "W201", "4:10", "Why does dropout help a wide network?", HALF_A_WORD),
    card(BASIC, "W201", "6:14", "What does dropout buy a wide network?", HALF_A_WORD),
    card(BASIC, "W201", "7:23", "When does it hurt?", HALF_A_WORD),
    card(CHOICE, "W201", "5:10", "Which lookup is O(1) on average?", HALF_A_WORD),
    card(NUMERIC, "W201", "7:10", "How much is a quarter of two?", HALF_A_WORD),
    card(DESIGN, "W201", "5:10", "Design a rate limiter.", HALF_A_WORD),
    card(STAR, "W201", "5:10", "When did you say no?", HALF_A_WORD),
    card(BASIC, "W202", "5:9", "It keeps units from relying on each other.", HALF_A_PAGE),
    card(BASIC, "W202", "7:49", "With little data per weight.", HALF_A_PAGE),
    card(BASIC, "W203", "5:9", "It keeps units from relying on each other.", "|\n    - a\n    - b\n    - c\n    - d"),
    card(
        BASIC, "W203", "5:9", "It keeps units from relying on each other.", "|\n    1. a\n    2. b\n    3. c\n    4. d"
    ),
    card(BASIC, "W204", "4:10", "Why does dropout help a wide network?", "List the ways to regularise."),
    card(BASIC, "W204", "4:28", "Why does dropout help a wide network?", "A model overfits. Name three cures."),
    card(BASIC, "W204", "6:14", "What does dropout buy a wide network?", "What are the four assumptions?"),
    card(BASIC, "W204", "7:23", "When does it hurt?", "Name all of them."),
    card(BASIC, "W205", "4:10", "Why does dropout help a wide network?", "Does dropout help a wide network?"),
    card(BASIC, "W205", "6:14", "What does dropout buy a wide network?", "Is dropout noise?"),
    card(BASIC, "W206", "4:10", "Why does dropout help a wide", "It keeps units from relying on each other in a wide"),
    card(BASIC, "W207", "8:11", "Think of teams.", "It keeps units from relying on each other!"),
    card(CLOZE, "W207", "6:11", "Think of evidence.", "not the prior but the posterior"),
    card(CLOZE, "W207", "5:53", "likelihood ratio}}", "likelihood ratio::a likelihood ratio}}"),
    card(FULL, "W208", "3:7", "  ask: why\n", "", strict=True),
    card(FULL, "W209", "3:7", "  refs: [Goodfellow]\n", "", strict=True),
    card(CLOZE, "W211", "5:9", "odds.'", f"odds. {HALF_A_WORD}'"),
    card(CLOZE, "W212", "5:9", "odds.'", "odds {{c3::here}} {{c4::now}}.'"),
    card(CLOZE, "W213", "5:37", "likelihood ratio", "ratio of both likelihoods, that of the cause on top"),
    card(CLOZE, "W214", "5:33", "likelihood ratio", "odds"),
    card(CHOICE, "W216", "7:3", "  - {text: linked list, why: Half of it is walked.}\n", ""),
    card(
        CHOICE,
        "W216",
        "7:3",
        "  - {text: linked list, why: Half of it is walked.}\n",
        "".join(f"  - {{text: list {number}, why: no}}\n" for number in range(4)),
    ),
    card(WORDY, "W217", "9:12", "all hundreds of cards.", "all hundreds of cards. " + "x" * 60),
    card(CHOICE, "W218", "9:12", ", why: Half of it is walked.", ""),
    card(CHOICE, "W219", "9:12", "linked list", "None of the above"),
    card(CHOICE, "W219", "9:12", "linked list", "all of these options."),
    card(CHOICE, "W220", "9:12", "linked list", "a list of which every entry knows the next one"),
    card(NUMERIC, "W222", "8:11", "  unit: pieces\n", "", strict=True),
    card(NUMERIC, "W223", "8:11", "  check: 2 / 4\n", ""),
    card(NUMERIC, "W224", "12:10", "[2 divided by 4]", "[a, b, c, d, e, f]"),
    card(NUMERIC.replace("0.5\n", "0.67\n"), "W225", "10:14", "{abs: 0.01}", "{abs: 0}"),
    card(NUMERIC, "W226", "10:14", "{abs: 0.01}", "{abs: 0.5}"),
    card(CODE, "W228", "14:14", "        return 2 * x\n", f"{STEPS}\n        return 2 * x\n"),
    card(CODE, "W229", "20:10", "  mutants:", "  hints: [a, b, c, d]\n  mutants:"),
    card(CODE, "W230", "18:5", ", {in: [0], out: 0}", ""),
    card(CODE, "W230", "18:5", "{in: [3], out: 6}, {in: [10], out: 20}]", "{in: [3], out: 6}]\n"),
    card(CODE, "W231", "21:3", "  - |\n    def double(x):\n        return x * x\n", ""),
    card(CODE, "W232", "3:7", "  minutes: 5\n", "", strict=True),
    card(CODE, "W232", "3:7", "  complexity: {time: O(1)}\n", "", strict=True),
    card(CODE, "W233", "11:12", "        ...\n", "        return 2 * x\n"),
    card(CODE, "W234", "21:5", "return x * x", "return 2 * x"),
    card(CODE, "W234", "24:5", "return x + 2", "return x * x"),
    card(CODE, "W235", "19:54", "{in: [10], out: 20}", "{in: [2], out: 4}"),
    card(DESIGN, "W237", "11:14", "[token bucket, shared counters]", "[token bucket]"),
    card(DESIGN, "W237", "10:14", "[who is limited, what a limit is]", "[a, b, c, d, e, f]"),
    card(DESIGN, "W238", "12:11", "Clock skew?, ", ""),
    card(DESIGN, "W238", "7:19", "per user or per key?, ", ""),
    card(DESIGN, "W238", "3:7", "  numbers: [2 million requests per second, 1 ms budget]\n", ""),
    card(STAR, "W239", "9:11", "What did you offer instead?, ", ""),
    card(STAR, "W239", "10:19", "a criterion, ", ""),
    card(STAR, "W239", "11:17", "only the refusal, ", ""),
    card(STORY, "W240", "3:7", "  metric: From 9 to 6 hours.\n", ""),
    card(STORY, "W240", "3:7", "  reflection: I would measure first again.\n", ""),
    card(STORY, "W241", "8:11", "I measured, then cut two joins.", SPEECH),
    card(FULL, "W249", "8:9", "It keeps units from relying on each other.", "'TODO: the answer.'", strict=True),
    card(FULL + "  volatile: true\n  as_of: 2026-05-26\n", "W243", "11:10", "2026-05-26", "2026-05-25"),
    card(FULL + "  volatile: true\n  as_of: 2026-11-22\n", "W244", "11:10", "2026-11-22", "2026-11-23"),
)
"""Breaks of the rules of one card."""

LEVELS = deck(
    "".join(
        f"- {{id: c{number}, front: Why {chr(97 + number) * 4} {chr(98 + number) * 6}?, back: So., level: {level}}}\n"
        for number, level in enumerate((1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3))
    )
)
ASKS = deck(
    "".join(
        f"- {{id: c{number}, front: Why {chr(97 + number) * 4} {chr(98 + number) * 6}?, back: So., ask: {ask}}}\n"
        for number, ask in enumerate(["define"] * 7 + ["why", "when", "compare", "diagnose", "next-step"])
    )
)
GUESSED = deck(
    "".join(
        f"- id: c{number}\n  kind: choice\n  front: Which {chr(97 + number) * 4} is {chr(98 + number) * 6}?\n"
        f"  options:\n  - {{text: wrong {number}, why: No.}}\n  - {{text: so wrong {number}, why: No.}}\n"
        f"  - {{text: {'the right one' if number < 3 else 'right'} {number}, correct: true}}\n"
        for number in range(6)
    )
)
TOPICS = deck("- {id: a, topic: first, front: q, back: x}\n", "topics:\n  first: First\n")

DECKS = (
    example("W253", "4:3", TOPICS, ("  first: First\n", "  first: First\n  second: Second\n")),
    example("W254", "2:1", GUESSED, ("{text: right 3", "{text: right as well 3")),
    example("W255", "2:1", LEVELS, ("gggg hhhhhh?, back: So., level: 2", "gggg hhhhhh?, back: So., level: 3")),
    example("W256", "2:1", ASKS, ("ask: next-step", "ask: mechanism")),
)
"""Breaks of the rules of a whole deck."""

EXAMPLES = CARDS + DECKS
"""All of them."""
