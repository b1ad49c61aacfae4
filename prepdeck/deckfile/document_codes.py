"""Faults of formats, rubrics and the roadmap."""

from __future__ import annotations

from prepdeck.deckfile.code_doc import CodeDoc

DOCUMENT_CODES: dict[str, CodeDoc] = {
    "E080": CodeDoc(
        "minutes do not add up",
        "The minutes of a format are those of its phases together; a loop lasts as long as its interviews and rests. "
        "The format is left out, since a clock could not follow it.",
        "minutes: 45\nphases: [{id: solve, minutes: 40}, {id: your-questions, minutes: 5}]",
    ),
    "E081": CodeDoc(
        "the same id twice",
        "Formats, rubrics, criteria, phases, deliverables and steps are told apart by their ids. The second one is "
        "left out.",
        "- id: coding-45\n- id: coding-60",
    ),
    "E082": CodeDoc(
        "a number outside its range",
        "A share lies between 0 and 1, a mean of marks between 0 and 4.",
        "release_floor: 0.9",
    ),
    "E083": CodeDoc(
        "not four anchors",
        "A criterion says what each of the marks 1 to 4 looks like, from a strong no to a strong yes. The rubric is "
        "left out.",
        "anchors: [does not run, wrong on ordinary cases, an edge missed, all tests pass]",
    ),
    "E084": CodeDoc(
        "shares do not add up to 1",
        "The five parts of a story share the whole time of the answer.",
        "parts: {situation: 0.17, task: 0.10, action: 0.53, result: 0.13, reflection: 0.07}",
    ),
    "E085": CodeDoc(
        "a draw without questions",
        "A draw says how many questions of which sort are asked; families go with design cases, distinct competencies "
        "with behavioural prompts. The format is left out.",
        "draw: {design: 1, families: [ml-products]}",
    ),
    "E086": CodeDoc(
        "not a round, or not a choice",
        "A round of a loop is an interview (`format: its-id`) or a break (`rest: 10`), and a loop has at least one "
        "interview. A phase in which one deck is chosen names two decks or more.",
        "rounds: [{format: coding-45}, {rest: 10}, {format: ml-design-45}]",
    ),
    "E087": CodeDoc(
        "a loop inside a loop",
        "A round is a format with phases of its own. The outer loop is left out.",
        "- format: coding-45",
    ),
    "E088": CodeDoc(
        "a range that ends before it begins",
        "The upper end of a range is not below its lower one; without `to` the range is open.",
        "months: {from: 1, to: 2}",
    ),
    "E089": CodeDoc(
        "a scale that does not fall",
        "Verdicts stand from the best to the worst, each with the lowest mean that reaches it, and the last one takes "
        "every mean that is left. Another hint never raises the highest mark again.",
        "scale: [{id: strong-yes, from: 3.5}, {id: lean-yes, from: 2.75}, {id: strong-no, from: 0}]",
    ),
    "E090": CodeDoc("too many phases", "Decks name the phases of the road by the numbers 1 to 8.", "phases: [1]"),
    "E091": CodeDoc(
        "a name that the file does not know",
        "A roadmap that says how large decks are to be names no other decks; the features of its path stand below "
        "`features`, the verdict that a cap leaves in the scale.",
        "targets:\n  python: {data-model: {basic: 4}}\ntools:\n  Python: [python]",
    ),
    "E092": CodeDoc(
        "a row of the path that nothing serves",
        "Everything the road asks for is served by a deck or by a part of prepdeck, or the road leads nowhere.",
        "S1: {asks: advanced programming, decks: [python]}",
    ),
    "E093": CodeDoc(
        "not a row of the pay table",
        "Each row says for each place what is paid: whole units of its currency, whose code is three capital letters.",
        "pay: {india: {from: 600_000, to: 800_000}, usa: {from: 110_000, to: 140_000}}",
    ),
    "E094": CodeDoc(
        "unknown rubric",
        "A format or a card is judged by a rubric that stands in no rubrics file here. Drills and loops have none.",
        "rubric: ml-design",
    ),
    "E095": CodeDoc(
        "unknown format",
        "A card or a loop names a mock format that stands in no formats file here, or a loop where one interview is "
        "meant.",
        "formats: [ml-design-45, ml-design-60]",
    ),
    "E096": CodeDoc(
        "an outline without a phase",
        "The outline of a design card covers every phase of the formats it may be asked in, except `wrap-up`, so that "
        "each phase has something to reveal.",
        "outline:\n  framing: [goal and users, scale]\n  metrics: [one offline and one online metric]",
    ),
    "E097": CodeDoc(
        "an outline with an unknown phase",
        "None of the formats that the card may be asked in has this phase, so its points would never be shown.",
        "formats: [ml-design-45]\noutline:\n  framing: [goal and users, scale]",
    ),
    "E098": CodeDoc(
        "phases that do not ask what is drawn",
        "A phase that has questions to itself names their sort with `asks`. With `repeat` its phases ask exactly as "
        "many as the draw has; without, each of them at least one. A phase that repeats as often as one sort alone is "
        "drawn asks that one without a word. A question that no phase asks goes through all phases that ask nothing, "
        "as a coding problem does, and there is room for one. The format is left out.",
        "draw: {rapid: 12, depth: 2}\nphases:\n- {id: rapid-fire, minutes: 18, repeat: 12, asks: rapid}\n"
        "- {id: depth-ladder, minutes: 8, repeat: 2, asks: depth}",
    ),
    "E099": CodeDoc(
        "phases in a circle",
        "A phase names with `after` those that come first; without the line it is the one before it. When two wait for "
        "each other, none could ever begin.",
        "- {id: core-ml, months: {from: 2, to: 3}, after: [foundations]}",
    ),
    "W120": CodeDoc(
        "one name in two files",
        "Of two formats, rubrics or roadmaps with the same name the later one is used: bundled files first, then your "
        "own, then those of --decks.",
        "- id: coding-45-mine",
    ),
    "W121": CodeDoc(
        "a deck of a choice that is asked unchosen",
        "Of the decks below `choose_one` only the chosen one is to be in the daily queue, so each of them is optional.",
        "deck: nlp-llm\noptional: true",
    ),
}
"""Faults of formats, rubrics and the roadmap."""
