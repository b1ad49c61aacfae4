"""Rules of good cards and decks."""

from __future__ import annotations

from prepdeck.deckfile.code_doc import CodeDoc

_CARD_CODES: dict[str, CodeDoc] = {
    # Fronts, answers, hints.
    "W201": CodeDoc(
        "a long front",
        "Fronts have at most 240 characters: what is read for half a minute is recalled by its shape. Statements of "
        "code problems may be longer. Follow-up questions and other wordings count too.",
        "front: Validation error falls, training error rises. Which fault of the data explains both?",
    ),
    "W202": CodeDoc(
        "a long answer",
        "An answer aims at 320 characters and stops at 600: that is a minute of speech. How many answers keep the aim "
        "is told by `lint --report`; a little more is no fault.",
        "back: It divides the step by a running mean of the gradient's size, so all weights move alike.",
    ),
    "W203": CodeDoc(
        "a long list in an answer",
        "Three entries at most: longer lists are learnt as a chant and graded by how many were missed. Lists in code "
        "do not count, nor do `points`.",
        "back: |\n  Cheapest first:\n  - regularise more\n  - a smaller model\n  - more data",
    ),
    "W204": CodeDoc(
        "a front that asks for a list",
        'Fronts such as "List the ...", "Name all ..." or "What are the five ..." have answers that are half right. '
        "Ask "
        "for the one entry that decides, or hide the entries one by one in cloze cards.",
        "front: Which assumption of linear regression do repeated measurements break?",
    ),
    "W205": CodeDoc(
        "a question for yes or no",
        "It is answered right half of the time by guessing, and the reason, which is worth knowing, is not asked for.",
        "front: Why is accuracy a poor metric when positives are rare?",
    ),
    "W206": CodeDoc(
        "the answer stands in the front",
        "The whole answer can be read off the question. A front that offers several answers to choose from is fine.",
        "front: What does dropout do to the activations while training?\nback: It sets a random share of them to zero.",
    ),
    "W207": CodeDoc(
        "a hint that gives the answer away",
        "A hint shortens the way to the answer; one that holds it makes the next grade worthless. A hint that offers "
        "several answers, such as `flatter or sharper?`, is fine.",
        "hints: [Which of the two errors does averaging remove?]",
    ),
    "W208": CodeDoc(
        "a card that does not say what it asks (under --strict)",
        "Bundled basic and choice cards declare `ask`, so that the mix of definitions and reasons can be measured.",
        "ask: compare",
    ),
    "W209": CodeDoc(
        "a card without a reference (under --strict)",
        "Bundled basic, cloze, choice and numeric cards name a book, paper or page where a reader can check the "
        "answer.",
        "refs: ['Bishop, Pattern Recognition and Machine Learning, ch. 3']",
    ),
    # Cloze texts.
    "W211": CodeDoc(
        "a long cloze text",
        "At most 240 characters with all gaps open; the gap is found by its words, not by its place in a paragraph.",
        "text: 'Prior odds times the {{c1::likelihood ratio}} give posterior odds.'",
    ),
    "W212": CodeDoc(
        "many gaps in one text",
        "More than three gaps leave too little to think from, and one grade cannot say which of them was missed.",
        "text: 'Recall divides by {{c1::all positives}}, precision by {{c2::all alarms}}.'",
    ),
    "W213": CodeDoc(
        "a long gap",
        "A gap hides at most 40 characters: the word or number that matters, not half a sentence.",
        "text: 'Variance of a mean of n values falls with {{c1::1/n}}.'",
    ),
    "W214": CodeDoc(
        "a hidden word that can be seen",
        "What a gap hides stands somewhere else in the visible text, so it is read, not recalled.",
        "text: 'Weight decay {{c1::shrinks}} all weights a little in every step.'",
    ),
    # Choice cards.
    "W216": CodeDoc(
        "few or many options",
        "Two options are guessed, more than five are a reading exercise; three to five are asked for.",
        "options:\n- {text: O(1), correct: true}\n- {text: O(n), why: That is a list.}\n- {text: O(log n), why: A "
        "tree.}",
    ),
    "W217": CodeDoc(
        "a long option",
        "An option has at most 110 characters; reasons belong to `why`, which is shown after the answer.",
        "- {text: Shuffle before every epoch, why: Order carries no signal here.}",
    ),
    "W218": CodeDoc(
        "a wrong option without its reason",
        "The moment after a wrong pick is when the reason is learnt.",
        "- {text: O(1), why: 'That holds for a hash table, not for a list.'}",
    ),
    "W219": CodeDoc(
        "an option about other options",
        "Options are shuffled when shown, so nothing is above; and who knows two right ones needs not look at the "
        "rest.",
        "- {text: It depends on the batch size alone, why: The learning rate counts as well.}",
    ),
    "W220": CodeDoc(
        "options of very different lengths",
        "When the longest option has more than 40 characters and is over three times as long as the shortest, it is "
        "picked or dropped for its looks.",
        "- text: lower bias, higher variance\n- text: higher bias, lower variance\n- text: lower bias and variance",
    ),
    # Numeric cards.
    "W222": CodeDoc(
        "a number without a unit (under --strict)",
        "The unit is shown beside the field in which the number is typed; without it 15 and 0.15 are both reasonable.",
        "unit: probability",
    ),
    "W223": CodeDoc(
        "a number that nothing recomputes",
        "`check` holds the working as an expression of numbers, math and numpy; `lint --run` recomputes the answer "
        "with it. It is asked for where there are `steps`, and of every numeric card under --strict.",
        'check: "0.01*0.9 / (0.01*0.9 + 0.99*0.05)"',
    ),
    "W224": CodeDoc(
        "long working", "`steps` take at most five lines; more of them are two problems.", "steps: [3 * 3 * 64, + bias]"
    ),
    "W225": CodeDoc(
        "a rounded number without tolerance",
        "One learner types 0.14, another 0.143, so a right answer would count as wrong. Whole numbers, tenths and "
        "halves of halves, such as 0.25, may be exact.",
        "tolerance: {rel: 0.01}",
    ),
    "W226": CodeDoc(
        "a tolerance wider than the answer",
        "0 would count as right.",
        "answer: 0.154\ntolerance: {abs: 0.002}",
    ),
    # Code cards.
    "W228": CodeDoc(
        "a long reference",
        "At most 45 lines, blank ones not counted: more is not written in an interview.",
        "minutes: 25",
    ),
    "W229": CodeDoc("a long hint ladder", "At most three hints on a code card.", "hints: [Sort first., Two pointers.]"),
    "W230": CodeDoc(
        "few tests",
        "Six tests or more, at least three of them hidden: the smallest input, an empty one, a tie, a negative number.",
        "tests:\n  visible: [{in: [[3, 1]], out: [1, 3]}]\n  hidden: [{in: [[]], out: []}]",
    ),
    "W231": CodeDoc(
        "few mutants",
        "A mutant is a wrong answer that the tests must catch. Obvious wrong answers pass the tests of one card in "
        "three when nobody tries, so two are asked for.",
        'mutants:\n- "def f(a):\\n    return a[0]"\n- "def f(a):\\n    return max(a)"',
    ),
    "W232": CodeDoc(
        "no minutes or no complexity (under --strict)",
        "Bundled code cards say how long an interview gives for them and what the reference costs.",
        'minutes: 20\ncomplexity: {time: "O(n)", space: "O(1)"}',
    ),
    "W233": CodeDoc(
        "a starter that is the answer", "Nothing is left to write.", 'starter: "def two_sum(nums, target):\\n    ..."'
    ),
    "W234": CodeDoc(
        "a mutant twice, or none at all",
        "A mutant that equals the reference passes every test, and one that equals another mutant shows nothing new.",
        'mutants: ["def f(a):\\n    return a[0]", "def f(a):\\n    return a[-1]"]',
    ),
    "W235": CodeDoc(
        "a test twice",
        "Two tests have the same input, so that one of them shows nothing new.",
        "hidden: [{in: [[]], out: []}, {in: [[1]], out: [1]}]",
    ),
    # Design, star, story.
    "W237": CodeDoc(
        "few or many points in a phase",
        "A phase of an outline holds two to five points: fewer say little, more cannot be ticked at a glance.",
        "outline:\n  metrics: [recall at a fixed false-alarm rate, money saved net of friction]",
    ),
    "W238": CodeDoc(
        "a thin design case",
        "A case takes five probes, four clarifications and two numbers, so that a mock has something to ask.",
        "numbers: [5 000 payments per second at peak, decision within 100 ms]",
    ),
    "W239": CodeDoc(
        "a thin behavioural prompt",
        "A prompt takes three probes, two strong and two weak signals.",
        "weak_signals: [only the refusal, hides behind a manager]",
    ),
    "W240": CodeDoc(
        "a story without number or lesson",
        "Interviewers ask what changed, as a number, and what you would do differently; both are hard to make up.",
        "metric: Pages fell from 14 to 2 a week.\nreflection: I would have asked for the on-call log first.",
    ),
    "W241": CodeDoc(
        "a long part of a story",
        "A part has at most 200 words: 80 seconds of speech, the longest part of the answer clock.",
        "action: I replayed a week of logs, found two joins that dropped late rows, and wrote a test for each.",
    ),
    # What ages, and names.
    "W243": CodeDoc(
        "a volatile answer that was not checked for half a year",
        "Versions, limits and pay change. After 180 days the author looks again and moves the day on.",
        "volatile: true\nas_of: 2026-11-22",
    ),
    "W244": CodeDoc(
        "a day in the future", "`as_of` is the day on which the answer was last checked.", "as_of: 2026-11-22"
    ),
    "W246": CodeDoc(
        "a card that names itself", "`was` holds names the card had before.", "id: base-rate\nwas: bayes-1"
    ),
    "W247": CodeDoc(
        "an earlier name that is still in use",
        "A history is carried on by one card: while the old card is there, it keeps its own.",
        "id: base-rate-2\nwas: bayes-1  # and no card bayes-1 any more",
    ),
    "W248": CodeDoc(
        "one history carried on twice",
        "Two cards name the same earlier card; only the first of them gets its history.",
        "id: base-rate\nwas: bayes-1  # here, and nowhere else",
    ),
    "W249": CodeDoc(
        "a text that is still to be written (under --strict)",
        "`prepdeck new` leaves texts that begin with TODO to the author; a deck that is given to others has none left.",
        "description: Indexes, plans and transactions.",
    ),
}

_DECK_CODES: dict[str, CodeDoc] = {
    "W250": CodeDoc(
        "file names that differ by case alone",
        "On Windows and macOS the two are one file, and one deck would overwrite the other.",
        "decks/probability.yaml",
    ),
    "W251": CodeDoc(
        "a front that was asked already",
        "Its words are those of another card, of this deck or another one, by 0.8 or more. Two cards about one thing "
        "are fine when they come from another side; of near-twins make one card that compares them.",
        "front: L1 or L2, which of them makes weights exactly zero, and why?",
    ),
    "W253": CodeDoc(
        "about the whole deck: a topic without a card",
        "The deck declares a topic that no card has. Topics are listed with their progress.",
        "topics:\n  rules-bayes: Rules and Bayes",
    ),
    "W254": CodeDoc(
        "about the whole deck: the longest option is right",
        "In over 60 % of the choice cards, of six or more, the right option is the longest, so it can be guessed.",
        "- {text: It doubles, why: Only if the batch doubles as well.}",
    ),
    "W255": CodeDoc(
        "about the whole deck: one level too often or too seldom",
        "Of the basic, cloze, choice and numeric cards with a level, about 30 % ask for recall (1), 45 % explain or "
        "apply (2), 25 % compare, diagnose or design (3). It is told from 12 such cards on, when a share is more than "
        "20 points off.",
        "level: 2",
    ),
    "W256": CodeDoc(
        "about the whole deck: few fronts ask for reasons",
        "Of the basic and choice cards that declare `ask`, at least 40 % ask why, when, compare, diagnose or "
        "next-step. It is told from 12 such cards on.",
        "ask: diagnose",
    ),
    "W257": CodeDoc(
        "about the whole deck: fewer cards than the roadmap wants",
        "A roadmap checked together with its decks says how many cards each deck and topic is meant to hold, and which "
        "share of them is enough for a release.",
        "release_floor: 0.9",
    ),
    "W259": CodeDoc(
        "more warnings than are listed", "After a thousand warnings of one file the rest is only counted.", "level: 2"
    ),
}

RULE_CODES: dict[str, CodeDoc] = {**_CARD_CODES, **_DECK_CODES}
"""Rules of good cards and decks."""
