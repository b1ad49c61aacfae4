"""What each code means, for `prepdeck lint --explain`.

Codes are stable: scripts and editors name them. A new fault gets a new number; a number is never used again. E013 meant
a kind of card that an early version could not ask yet.
"""

from __future__ import annotations

from prepdeck.deckfile.code_doc import CodeDoc
from prepdeck.deckfile.document_codes import DOCUMENT_CODES
from prepdeck.deckfile.proof_codes import PROOF_CODES
from prepdeck.deckfile.rule_codes import RULE_CODES

READING_CODES: dict[str, CodeDoc] = {
    # The file as a whole.
    "E001": CodeDoc(
        "the file cannot be opened",
        "It is missing, is not a regular file, is too large, or may not be read. The file is left out.",
        "prepdeck lint decks/probability.yaml",
    ),
    "E002": CodeDoc(
        "the file is not UTF-8",
        "Deck files are UTF-8, with or without a byte order mark; UTF-16, UTF-32 and Latin-1 are refused, since "
        "guessing an encoding would change letters without a word. The file is left out.",
        "save the file as UTF-8",
    ),
    "E003": CodeDoc(
        "a control character stands in the file",
        "NUL, escape and other characters that a terminal obeys, a byte order mark inside the text, and line ends that "
        "editors do not show as such (U+0085, U+2028, U+2029) are refused. The file is left out.",
        "front: What does the escape character (0x1B) begin?",
    ),
    "E004": CodeDoc(
        "the file is empty", "There is nothing but blank lines and comments in it.", "deck: first\ncards: []"
    ),
    "E005": CodeDoc(
        "the file is too large",
        "A deck file has at most 8 MiB, 20,000 cards, 1,000 fields in a table, 600,000 lines, 400,000 values.",
        "split the deck into several files",
    ),
    "E048": CodeDoc(
        "the file is not text",
        "It holds so many control characters that it must be an image, an archive or a program.",
        "a text file in UTF-8",
    ),
    "E049": CodeDoc(
        "the file is not a deck",
        "Mock formats, rubrics and the roadmap are YAML files too; they are told apart by their first field.",
        "deck: probability",
    ),
    "E045": CodeDoc(
        "the file does not begin with fields",
        "A deck is a table: `deck:` with its name, and `cards:` with the list of its cards.",
        "deck: first\ncards:\n- id: a\n  front: question\n  back: answer",
    ),
    "E043": CodeDoc(
        "libyaml is missing",
        "The YAML reader written in Python breaks on nested input and reads some texts differently, so prepdeck reads "
        "decks with libyaml only. Every published PyYAML wheel contains it.",
        "python -m pip install --force-reinstall --only-binary :all: pyyaml",
    ),
    "E047": CodeDoc(
        "too many problems",
        "After a thousand problems of one file the rest is only counted; their cards are left out all the same.",
        "correct the first ones, then check the file again",
    ),
    # YAML that cannot be read; the file is left out.
    "E006": CodeDoc(
        "YAML cannot be read",
        "The structure breaks in this line; often a quote, a bracket or the indentation above it is the cause.",
        'front: "What is a p-value?"',
    ),
    "E007": CodeDoc(
        "a quote is not closed",
        "Text that begins with a quote goes on until the same quote, over as many lines as it takes. The problem is "
        "shown where the quote opens.",
        'front: "What is a p-value?"',
    ),
    "E008": CodeDoc(
        "unquoted text holds a colon and a space",
        'In YAML ": " begins a field. Quote the text, or write it below `|`.',
        'front: "Precision: share of what?"',
    ),
    "E009": CodeDoc(
        "a tab is used for indentation",
        "YAML counts spaces only; how wide a tab is depends on the editor.",
        "  front: two spaces",
    ),
    "E010": CodeDoc(
        "unquoted text starts with a sign of YAML",
        "Unquoted text may not start with @ ` % > | [ ] { } * & ! , or with - or ? and a space.",
        'front: "[MASK] stands for what?"',
    ),
    "E011": CodeDoc(
        "wrong indentation",
        "The line starts neither under a field above it nor deeper than all of them.",
        "- id: a\n  front: under the i of id\n  back: under the f of front",
    ),
    "E044": CodeDoc(
        "text after a closing quote",
        "A value is either quoted from its first to its last character or not at all.",
        "front: 'What does \"bias\" mean?'",
    ),
    "E050": CodeDoc(
        "brackets or commas do not match",
        "A list in [ ] or a table in { } lacks a comma, an entry or its end, or a bracket closes nothing.",
        "tags: [numpy, shapes]",
    ),
    "E051": CodeDoc(
        "an unknown escape in double quotes",
        "In double quotes a backslash begins an escape such as \\n. A backslash itself is written twice there, and "
        "once in single quotes.",
        "front: 'What is $\\mu$?'",
    ),
    "E052": CodeDoc(
        "no space after the colon or dash",
        "A field's colon is followed by a space, and so is the dash of a list entry.",
        "- id: a\n  back: text",
    ),
    "E053": CodeDoc(
        "the line is not a field",
        "Every line of a table is `field: value`, or goes on with the text above and is indented deeper.",
        "front: |\n  first line\n  second line",
    ),
    # YAML that a deck has no use for.
    "E014": CodeDoc(
        "nested too deep",
        "A deck needs five levels; 16 are read, and then the file is left out.",
        'front: "[[1, 2], [3, 4]]"',
    ),
    "E015": CodeDoc(
        "anchors and aliases",
        "`&name` and `*name` copy values, and a few lines of them can stand for more than a computer can hold. "
        "Unquoted text that starts with & or * is taken for one.",
        'front: "*args collects what?"',
    ),
    "E016": CodeDoc(
        "tags",
        "`!name` asks the reader to build something else than text. Quote text that starts with !.",
        'front: "!x is what in C?"',
    ),
    "E017": CodeDoc(
        "merge keys", "`<<: *name` copies fields from elsewhere; every card says what it holds.", "level: 2"
    ),
    "E018": CodeDoc("directives", "A line such as `%YAML 1.1` changes how YAML is read.", "deck: probability"),
    "E019": CodeDoc(
        "a second document", "After `---` or `...` another document begins; one file holds one deck.", "one deck a file"
    ),
    "E020": CodeDoc(
        "not a field name",
        "The name of a field is one short text on one line, not a list, a table or nothing.",
        "front: text",
    ),
    "E021": CodeDoc(
        "a field is written twice",
        "YAML readers silently keep the last one, so half of a deck could vanish. Both lines are named.",
        "- id: a\n  front: once\n  back: once",
    ),
    # Fields.
    "E012": CodeDoc("unknown card kind", "The card is left out, since nothing says how to ask it.", "kind: numeric"),
    "E022": CodeDoc(
        "unknown field", "Misspelt fields would be lost without a word. The card is left out.", "front: text"
    ),
    "E023": CodeDoc(
        "a field is missing",
        "A deck needs `deck` and `cards`; a card needs `id` and the fields of its kind.",
        "- id: a\n  front: question\n  back: answer",
    ),
    "E024": CodeDoc(
        "wrong shape", "A list stands where a text belongs, a text where a list belongs, or the like.", "tags: [numpy]"
    ),
    "E025": CodeDoc("nothing there", "The field has a name but no value.", "front: What is recall?"),
    "E026": CodeDoc(
        "not a slug",
        "Names of decks, cards and topics are 1-64 of a-z, 0-9, - and _, beginning with a letter or digit. They name a "
        "learner's history for ever.",
        "id: base-rate",
    ),
    "E027": CodeDoc(
        "the same id twice", "Two cards would share one history. The second one is left out.", "id: base-rate-2"
    ),
    "E028": CodeDoc(
        "unknown topic", "A deck that declares topics uses no others.", "topics:\n  rules-bayes: Rules and Bayes"
    ),
    "E029": CodeDoc("not one of the known words", "The field takes one of a few words.", "track: ml-fundamentals"),
    "E030": CodeDoc("not a whole number in its range", "Digits only; lengths of time are in seconds.", "seconds: 2700"),
    "E031": CodeDoc(
        "not true or false", "`yes`, `no`, `on` and `off` mean different things to different readers.", "volatile: true"
    ),
    "E032": CodeDoc("not a day", "Days are written year-month-day and must exist.", "as_of: 2026-01-31"),
    "E033": CodeDoc(
        "a volatile card without its day",
        "An answer that ages says when it was last checked.",
        "volatile: true\nas_of: 2026-01-31",
    ),
    "E034": CodeDoc(
        "not a card name", "`was` names cards of this deck by id, others as deck/id.", "was: old-deck/old-id"
    ),
    "E035": CodeDoc(
        "not a plain number",
        "A number is digits with a point and an exponent if needed: at most 50 characters, exponents up to 300.",
        "answer: 1_000.5e-3",
    ),
    "E036": CodeDoc(
        "not a tolerance",
        "Either abs, a distance of at least 0, or rel, a share from 0 to below 1.",
        "tolerance: {rel: 0.01}",
    ),
    "E037": CodeDoc(
        "marks of a gap do not match",
        "A gap is {{c1::hidden}}; gaps do not nest, and braces inside come in pairs.",
        "text: '{{c1::this}}'",
    ),
    "E038": CodeDoc(
        "gap numbers are not 1, 2, 3",
        "Gaps open in number order, so no number may be left out.",
        "text: '{{c1::a}} {{c2::b}}'",
    ),
    "E039": CodeDoc(
        "no gap, an empty gap, or too many", "A cloze text hides 1 to 20 stretches.", "text: 'the {{c1::mode}}'"
    ),
    "E040": CodeDoc(
        "options do not make a question",
        "2 to 8 options, no two alike, at least one correct and at least one wrong.",
        "options:\n- text: O(1)\n  correct: true\n- text: O(n)",
    ),
    "E041": CodeDoc(
        "too long", "A text has at most 20,000 characters and 500 lines, a tag 64 characters.", "split the card"
    ),
    "E042": CodeDoc("too many tags", "A card has at most 50 tags, and so has a deck.", "tags: [numpy, shapes]"),
    "E046": CodeDoc(
        "a field is missing under --strict",
        "Bundled decks also have title, track and topics, and every card a topic and a level.",
        "topic: rules-bayes\nlevel: 2",
    ),
    # Cards that are answered with code.
    "E054": CodeDoc(
        "code holds what cannot be seen",
        "Control characters and characters that reorder or hide text could make code do something else than it shows. "
        "A string in the code can name them by an escape.",
        "reference: |\n  MARK = '\\u202e'",
    ),
    "E055": CodeDoc(
        "not a name in Python",
        "What is called, raised or replayed is named as Python code defines it: ASCII letters, digits and underscores.",
        "entry: two_sum",
    ),
    "E056": CodeDoc(
        "fields of a code card that do not go together",
        "A query has the shape sql and nothing that only Python has. The shape property and the compare property are "
        "judged by the field property, which nothing else uses.",
        "language: sql\nfixture: CREATE TABLE pay (name, amount)",
    ),
    "E057": CodeDoc(
        "an empty list where an entry is needed",
        "A code card has at least one visible test, one hidden test and one mutant, an outline at least one phase with "
        "one point, a story at least one competency.",
        "competencies: [prioritisation]",
    ),
    "E058": CodeDoc(
        "a test does not fit the card's shape",
        "With the shape ops, `in` is a list of [name, arguments...] that begins with the constructor, called init or "
        "by the name of the class, and `out` has one value for each of them. Rows of a query are a list of lists.",
        "{in: [[init, 2], [put, 1, 1], [get, 1]], out: [null, null, 1]}",
    ),
    "E059": CodeDoc(
        "a test that expects two things",
        "A call either returns, and `out` says what, or it raises, and `raises` says what.",
        "{in: [0], raises: ValueError}",
    ),
    "E060": CodeDoc(
        "a number too long or too large for a test",
        "A number in a test has at most 400 characters, and one with a point or an exponent fits into a float.",
        "{in: [1e300], out: inf}",
    ),
    "E061": CodeDoc("not a time limit", "A large input is given above 0 and at most 60 seconds.", "seconds: 2"),
    # Cards that are answered by speaking.
    "E062": CodeDoc(
        "half of what recomputes a number",
        "`check` is an expression and `answer` what it gives; one without the other proves nothing.",
        "- {text: 2 million a day, check: 2e6 / 86_400, answer: 23.1, tolerance: {abs: 0.1}}",
    ),
    # Warnings: the card is read, but probably not as meant.
    "W101": CodeDoc(
        "text cut off by a comment",
        'In unquoted text YAML takes everything after " #" for a comment, so that a part of the text is lost.',
        'front: "C# and F # which?"',
    ),
    "W102": CodeDoc(
        "a character that cannot be shown",
        "Control characters, characters that reorder or hide text, and piles of accents are spelt out on the screen.",
        'front: "U+202E does what?"',
    ),
    "W103": CodeDoc(
        "a LaTeX command lost to an escape",
        'In double quotes "\\theta" is a tab and "heta", "\\nabla" a line end and "abla".',
        "front: '$\\theta$'",
    ),
    "W104": CodeDoc(
        "a deck without cards", "The list of cards is empty.", "cards:\n- id: first\n  front: question\n  back: answer"
    ),
    "W105": CodeDoc(
        "a word of a test that is read as text",
        "In tests null, true, false, inf, nan and plain numbers are values and all other words are text. `None` and "
        "`0123` could be meant either way; quotes say that text is meant.",
        '{in: ["0123"], out: true}',
    ),
    "W106": CodeDoc(
        "an exception that Python does not know",
        "The name is nearly that of an exception of Python. If it is one of your own, leave it as it is.",
        "raises: ValueError",
    ),
    "W107": CodeDoc(
        "lines of code are joined",
        "YAML keeps line ends only below `|`. Below `>`, in quotes and in unquoted text they become blanks.",
        "starter: |\n  def area(side):\n      ...",
    ),
    "W190": CodeDoc(
        "two decks of one name",
        "Of two files with the same `deck:` the later one is used: bundled decks, then your own, then --decks.",
        "deck: probability-mine",
    ),
}
"""Faults of the file and of its fields."""

CODES: dict[str, CodeDoc] = {**READING_CODES, **DOCUMENT_CODES, **RULE_CODES, **PROOF_CODES}
"""Every code a deck file can be told."""
