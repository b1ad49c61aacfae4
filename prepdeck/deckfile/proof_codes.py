"""What `lint --run` finds: code, numbers and snippets that do not hold."""

from __future__ import annotations

from prepdeck.deckfile.code_doc import CodeDoc

PROOF_CODES: dict[str, CodeDoc] = {
    # Numbers.
    "E301": CodeDoc(
        "the check gives another number",
        "The expression in `check` was computed and lies further from `answer` than the tolerance allows, so one of "
        "the two is wrong.",
        'answer: 0.154\ntolerance: {abs: 0.002}\ncheck: "0.01*0.9 / (0.01*0.9 + 0.99*0.05)"',
    ),
    "E302": CodeDoc(
        "the check cannot be computed",
        "A check is one expression of numbers, operators, `math` and `np`; it reads no files and defines no names.",
        'check: "math.comb(10, 3) * 0.5**10"',
    ),
    # Answers of code cards.
    "E303": CodeDoc(
        "the reference fails a test",
        "A learner who writes the right answer would be told that it is wrong. Either the reference or the test errs.",
        "hidden: [{in: [[3, 2, 4], 6], out: [1, 2]}]",
    ),
    "E304": CodeDoc(
        "the reference does not run",
        "It does not compile, lacks its entry, or raises an exception before a test begins.",
        "entry: two_sum\nreference: |\n  def two_sum(nums, target):\n      ...",
    ),
    "E305": CodeDoc(
        "a limit ended the reference",
        "It took too long, needed too much memory, printed too much, or its process ended without a verdict.",
        "make the tests smaller, or the reference quicker",
    ),
    "E306": CodeDoc(
        "the starter passes every test",
        "What the editor holds at the beginning must fail, or the card is solved before it is read.",
        "starter: |\n  def two_sum(nums, target):\n      ...",
    ),
    "E307": CodeDoc(
        "no test catches a mutant",
        "A mutant is a wrong answer by the author; when it passes every test, so does a learner with the same mistake.",
        "hidden: [{in: [[3, 3], 6], out: [0, 1]}]  # an element must not be used twice",
    ),
    "E308": CodeDoc(
        "the reference does not survive the large input",
        "It took longer than `seconds`, or broke. The large input is there for answers of a worse order; the reference "
        "has to pass it with room to spare.",
        'large_input: {input: "([0] * 20000,)", seconds: 2}',
    ),
    "E309": CodeDoc(
        "the reference grows faster than its cost",
        "Executed Python lines are counted at sizes n, 2n, 4n and 8n, and their slope is held against the class in "
        "`complexity.cost`.",
        'complexity: {time: "O(n log n)", cost: nlogn, input: "(list(range(n, 0, -1)),)"}',
    ),
    "E310": CodeDoc(
        "growth cannot be measured",
        "The expression in `complexity.input` failed, or the reference did not come to an end on what it gives.",
        'complexity: {cost: n, input: "(list(range(n)), -1)"}',
    ),
    "E311": CodeDoc(
        "a verify snippet fails",
        "The snippet is there to prove what the card claims; an assertion failed, or it did not come to its end.",
        "verify: |\n  import math\n  assert math.isclose(sum([0.1] * 10), 1)",
    ),
    "E312": CodeDoc(
        "code that nobody agreed to run",
        "Code of a deck runs only after you have seen it and said yes; the consent is to exactly that code and its "
        "tests. Nothing of this card was run. Decks that come with prepdeck need no consent.",
        "prepdeck trust my-deck.yaml",
    ),
    "E313": CodeDoc(
        "the code could not be run here",
        "The machine did not let prepdeck start a process for it; nothing is known about the card.",
        "close other programs, then run prepdeck lint --run again",
    ),
    # Warnings: nothing was proved, and nothing disproved.
    "W301": CodeDoc(
        "a package for this card is not installed",
        "Its code or check needs a package that a plain installation does not bring, so it was not run. That says "
        "nothing against the card, which is why it is no error.",
        "python -m pip install 'prepdeck[ml]'",
    ),
    "W302": CodeDoc(
        "a mutant that proves nothing",
        "It does not compile or lacks the entry, so any test would catch it; a mutant is a wrong answer that runs.",
        'mutants:\n- "def two_sum(nums, target):\\n    return [0, 1]"',
    ),
    "W303": CodeDoc(
        "a starter that does not compile",
        "It fails as it must, but a learner begins with a syntax error or without the function to fill in.",
        "starter: |\n  def two_sum(nums, target):\n      ...",
    ),
}
"""What `lint --run` finds: code, numbers and snippets that do not hold."""
