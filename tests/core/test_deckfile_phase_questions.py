from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.blueprint import Blueprint, Formats
from prepdeck.deckfile.phase_questions import SORTS
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.interview.agenda import MINUTE_MS, agenda_of, sort_asked
from prepdeck.interview.questions import Question, Sort
from tests.full import examples


def written(counts: dict[str, int], phases: list[str]) -> str:
    """Return the text of a format whose minutes add up."""
    drawn = ", ".join(f"{sort}: {count}" for sort, count in counts.items())
    head = f"formats:\n- id: any\n  minutes: {7 * len(phases)}\n  draw: {{{drawn}}}\n  phases:\n"
    return head + "".join(f"  - {{id: phase-{number}, minutes: 7{phase}}}\n" for number, phase in enumerate(phases))


@st.composite
def any_formats(draw: st.DrawFn) -> str:
    """Draw the text of a format whose phases may ask anything."""
    sorts = draw(st.lists(st.sampled_from(SORTS), min_size=1, max_size=3, unique=True))
    counts = {sort: draw(st.integers(1, 4)) for sort in sorts}
    repeats = st.sampled_from(["", "", *(f", repeat: {number}" for number in range(1, 5))])
    asks = st.sampled_from(["", *(f", asks: {sort}" for sort in (*sorts, *sorts, "design"))])
    return written(counts, [draw(repeats) + draw(asks) for _ in range(draw(st.integers(1, 4)))])


@st.composite
def good_formats(draw: st.DrawFn) -> str:
    """Draw the text of a format whose phases ask what is drawn, in any of the ways there are to say it."""
    counts: dict[str, int] = {}
    phases = []
    for sort in draw(st.lists(st.sampled_from(SORTS), min_size=1, max_size=3, unique=True)):
        repeats = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
        more = draw(st.integers(0, 2)) if set(repeats) == {1} else 0
        counts[sort] = sum(repeats) + more
        phases += [f", repeat: {repeat}, asks: {sort}" for repeat in repeats]
    silent = draw(st.sampled_from([None, *sorted(set(SORTS) - set(counts))]))
    if silent and 5 not in counts.values():
        counts[silent] = 5
        phases.append(", repeat: 5")
    loose = draw(st.sampled_from([None, *sorted(set(SORTS) - set(counts))]))
    if loose:
        counts[loose] = 1
    phases += [""] * draw(st.integers(1 if loose else 0, 3))
    return written(counts, draw(st.permutations(phases)))


def read(text: str) -> tuple[Reading, Blueprint | None]:
    reading = read_deck("formats.yaml", text.encode())
    found = reading.document.blueprints if isinstance(reading.document, Formats) else ()
    return reading, next(iter(found), None)


@given(any_formats())
@settings(deadline=None, max_examples=examples(150, 5_000))
def test_a_format_is_taken_or_says_what_its_phases_leave_out(text: str) -> None:
    reading, blueprint = read(text)
    assert (blueprint is None) == bool(reading.problems)
    assert {problem.code for problem in reading.problems} <= {"E098"}


@given(good_formats())
@settings(deadline=None, max_examples=examples(150, 5_000))
def test_a_mock_of_a_good_format_asks_each_question_in_one_phase_or_in_all_free_ones(text: str) -> None:
    reading, blueprint = read(text)
    assert reading.problems == ()
    assert blueprint is not None
    questions = [Question(sort=sort) for sort in Sort for _ in range(getattr(blueprint.draw, sort.value))]
    stops = agenda_of(blueprint, questions)
    assert sum(stop.budget_ms for stop in stops) == blueprint.minutes * MINUTE_MS
    free = {number for number, phase in enumerate(blueprint.phases) if sort_asked(blueprint, phase) is None}
    for number in range(len(questions)):
        asked_in = {stop.phase for stop in stops if stop.question == number}
        assert asked_in
        assert asked_in == free or (len(asked_in) == 1 and not asked_in & free)
    for stop in stops:
        repeat = blueprint.phases[stop.phase].repeat
        assert repeat in {1, stop.of}


def test_questions_that_no_phase_asks_are_told_with_the_word_to_add() -> None:
    text = "formats:\n- {id: a, minutes: 9, draw: {numeric: 3}, phases: [{id: sums, minutes: 9}]}\n"
    (problem,) = read(text)[0].problems
    assert problem.message == "3 questions that no phase asks would go through the same phases"
    assert problem.help == "let a phase ask it: `asks: numeric`"
    assert read(text.replace("minutes: 9}]", "minutes: 9, asks: numeric}]"))[0].problems == ()


def test_a_phase_that_asks_what_is_not_drawn_is_told_alone() -> None:
    text = (
        "formats:\n- {id: a, minutes: 9, draw: {numeric: 3}, phases: [{id: sums, minutes: 9, repeat: 3, asks: code}]}\n"
    )
    (problem,) = read(text)[0].problems
    assert problem.message == "the phase asks code, and the draw has none"
    assert problem.help == "write a sort that is drawn, or add `code: 3` to the draw"
