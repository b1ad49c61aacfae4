from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given, settings

from prepdeck.cards.card import Basic, Body, Card, Choice, Followup, Option
from prepdeck.cards.ids import CardId
from prepdeck.cards.rubric import Rubric
from prepdeck.interview.answer import PARTS
from prepdeck.interview.debrief import Debrief, findings_of, make_debrief, past_of, phase_rows, topics_of
from prepdeck.interview.events import (
    Abandoned,
    Chose,
    Clarified,
    Evidenced,
    Finished,
    Hinted,
    Judged,
    Moved,
    PartBegan,
    Picked,
    Predicted,
    Probed,
    QuestionMarked,
    Ran,
    Said,
    Saved,
    Twisted,
    Written,
)
from prepdeck.interview.history import PastMock
from prepdeck.interview.marks import Rater
from prepdeck.interview.mock import End, Mock, sheet_of
from prepdeck.interview.questions import Sort
from tests.builders import (
    make_card,
    make_choice,
    make_cloze,
    make_code,
    make_design,
    make_numeric,
    make_star,
    make_story,
)
from tests.core.marked_mocks import (
    MINUTE,
    RUBRIC,
    SCALE,
    SECOND,
    SEEN,
    STAR,
    after,
    answered,
    levels_for,
    make_mock,
    make_question,
    marked,
    sat_mocks,
)
from tests.full import examples

BEGAN = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = date(2026, 11, 22)
STORY_PARTS = (
    "A shop ordered by a forecast of mine.",
    "Find out why shelves were empty.",
    "Compared orders with sales, day by day.",
    "Empty shelves fell by half.",
)


def debrief(
    mock: Mock, rubric: Rubric | None = RUBRIC, *cards: Card, past: tuple[PastMock, ...] = (), name: str = "this"
) -> Debrief:
    return make_debrief(
        mock,
        name=name,
        began=BEGAN,
        day=DAY,
        rubric=rubric,
        scale=SCALE,
        cards={card.id: card for card in cards},
        past=past,
        star=STAR,
    )


def with_levels(*levels: int) -> Debrief:
    return debrief(marked(answered(make_mock(make_question())), levels_for(RUBRIC, levels)))


@pytest.mark.parametrize(
    ("levels", "strengths", "fixes"),
    [
        ((4, 3, 2, 1), ("First", "Second"), ("Fourth", "Third")),
        ((4, 4, 4, 4), ("First", "Second"), ()),
        ((1, 1, 1, 1), (), ("First", "Second")),
        ((3, 3, 3, 3), ("First", "Second"), ("Third", "Fourth")),
        ((3, 4, 4, 4), ("Second", "Third"), ("First",)),
    ],
)
def test_two_strengths_and_two_fixes_come_from_the_highest_and_lowest_marks(
    levels: tuple[int, ...], strengths: tuple[str, ...], fixes: tuple[str, ...]
) -> None:
    told = with_levels(*levels)
    assert tuple(finding.title for finding in told.strengths) == strengths
    assert tuple(finding.title for finding in told.fixes) == fixes


def test_a_strength_has_the_anchor_met_and_a_fix_the_next_one() -> None:
    told = with_levels(4, 3, 2, 1)
    assert [finding.anchor for finding in told.strengths] == ["first all", "second most"]
    assert [finding.anchor for finding in told.fixes] == ["fourth some", "third most"]


def test_among_equal_marks_the_heavier_criterion_comes_first() -> None:
    mock = marked(answered(make_mock(make_question())), dict.fromkeys([each.id for each in reversed(SEEN.criteria)], 4))
    strengths, _ = findings_of(debrief(mock, SEEN).criteria)
    assert [finding.title for finding in strengths] == ["Solving", "Correctness"]
    weak = marked(mock, dict.fromkeys([each.id for each in reversed(SEEN.criteria)], 2))
    _, fixes = findings_of(debrief(weak, Rubric("seen", "Seen", tuple(reversed(SEEN.criteria)))).criteria)
    assert [finding.title for finding in fixes] == ["Correctness", "Solving"]


def test_a_row_shows_the_mark_given_beside_the_one_that_counts_and_why() -> None:
    mock = answered(make_mock(make_question(Sort.CODE)))
    mock = after(mock, Finished(0), Judged(0, 0, 1, 2, "double(-3) gave 9, not -6"))
    mock = marked(mock, {"correctness": 4})
    mock = marked(after(mock, Evidenced(0, "correctness", "one case")), {"correctness": 3}, Rater.PARTNER)
    row = debrief(mock, SEEN).criteria[1]
    assert (row.given, row.level, row.partner) == (4, 2, 3)
    assert (row.anchor, row.next_anchor) == ("correctness some", "correctness most")
    assert row.evidence == "one case"
    assert row.bound is not None
    assert row.bound.words == "1 of 2 tests passed"


def test_the_header_counts_what_happened() -> None:
    mock = make_mock(make_question(Sort.CODE, 0), make_question(Sort.CODE, 1, was_seen=True))
    mock = after(
        mock,
        Hinted(0, 0),
        Ran(30 * SECOND, 0, 1, 2),
        Ran(50 * SECOND, 0, 2, 2),
        Moved(6 * MINUTE, 1),
        Hinted(6 * MINUTE, 1),
        Finished(13 * MINUTE),
        Predicted(13 * MINUTE, "lean-yes"),
    )
    told = debrief(mock)
    assert (told.hints, told.unseen_share) == (2, Fraction(1, 2))
    assert (told.first_run_ms, told.first_pass_ms) == (30 * SECOND, 50 * SECOND)
    assert told.prediction == SCALE.steps[1]
    assert told.worst_phase is not None
    assert (told.worst_phase.title, told.worst_phase.over_ms) == ("Code", 3 * MINUTE)
    assert [row.title for row in told.unreached] == ["Wrap-up"]


def test_a_mock_that_kept_its_times_has_no_worst_phase_and_no_first_run() -> None:
    told = debrief(after(make_mock(make_question()), Finished(0)))
    assert (told.worst_phase, told.first_run_ms, told.first_pass_ms) == (None, None, None)


def test_a_code_item_shows_draft_reference_and_what_failed() -> None:
    mock = make_mock(make_question(Sort.CODE))
    mock = after(
        mock,
        Written(0, sheet_of(0, is_code=True), "def double(n): return n"),
        Written(0, "q0", "brute force first"),
        Finished(0),
        Judged(0, 0, 3, 5, "double(2) gave 2, not 4"),
        QuestionMarked(0, 0, 2),
    )
    (item,) = debrief(mock, RUBRIC, make_card("small/card-0", body=make_code())).items
    assert item.code == "def double(n): return n"
    assert item.own == "brute force first"
    assert item.reference == make_code().reference
    assert item.tests == "3 of 5 hidden tests passed: double(2) gave 2, not 4"
    assert item.level == 2


def test_a_design_item_shows_outline_clarifications_twist_and_which_probes_were_asked() -> None:
    question = make_question(Sort.DESIGN, clarifications=1, has_twist=True)
    mock = after(make_mock(question), Clarified(0, 0, 0), Twisted(0, 0), Probed(0, 0), Finished(0))
    design = make_design()
    (item,) = debrief(mock, RUBRIC, make_card("small/card-0", body=design)).items
    assert item.prompt == design.front
    assert item.outline == design.outline
    assert item.clarified == design.clarifications
    assert item.twist == design.twist
    assert [was_asked for _, was_asked in item.probes] == [True, False]


def test_an_untwisted_design_keeps_its_twist_to_itself() -> None:
    mock = after(make_mock(make_question(Sort.DESIGN, has_twist=True)), Finished(0))
    (item,) = debrief(mock, RUBRIC, make_card("small/card-0", body=make_design())).items
    assert item.twist == ""


def test_a_story_item_shows_the_story_and_the_seconds_of_its_parts() -> None:
    story = CardId("stories", "forecast")
    mock = after(
        make_mock(make_question(Sort.STAR)),
        Picked(0, 0, story),
        PartBegan(0, 0, "situation"),
        PartBegan(20 * SECOND, 0, "action"),
        PartBegan(90 * SECOND, 0, None),
        Finished(90 * SECOND),
    )
    (item,) = debrief(mock, RUBRIC, make_card("small/card-0", body=make_star())).items
    assert item.story == story
    assert item.told_ms == {"situation": 20 * SECOND, "action": 70 * SECOND}
    assert item.reference == "- an alternative with a date"


def test_a_choice_item_shows_what_was_picked_and_whether_it_is_right() -> None:
    mock = after(make_mock(make_question(Sort.RAPID, kind="choice")), Chose(0, 0, (0,)), Finished(0))
    (item,) = debrief(mock, RUBRIC, make_card("small/card-0", body=make_choice())).items
    assert item.chosen == ("1 + 1",)
    assert item.reference == "- 1 + 2"
    assert item.checked is not None
    assert item.checked.is_right is False


def test_a_ladder_probes_with_its_deeper_cards() -> None:
    deeper = make_card("small/deeper", body=Basic("And why?", "Because."))
    mock = after(make_mock(make_question(Sort.DEPTH, ladder=(deeper.id,))), Probed(0, 0), Finished(0))
    (item,) = debrief(mock, RUBRIC, make_card("small/card-0"), deeper).items
    assert [(probe.ask, probe.good, was_asked) for probe, was_asked in item.probes] == [("And why?", "Because.", True)]


def test_follow_ups_are_probes() -> None:
    card = make_card("small/card-0", body=Basic("One?", "1", followups=(Followup("Two?", "2"),)))
    (item,) = debrief(after(make_mock(make_question()), Finished(0)), RUBRIC, card).items
    assert [(probe.ask, probe.good) for probe, _ in item.probes] == [("Two?", "2")]


@pytest.mark.parametrize(
    ("body", "reference", "prompt"),
    [
        (make_cloze(), "Two comes after one and before three.", "Two comes after [...] and before [...]."),
        (
            make_story(),
            "\n\n".join(STORY_PARTS),
            "The forecast that was wrong",
        ),
        (Choice("Pick", (Option("a", correct=True, why="It is first."), Option("b"))), "- a: It is first.", "Pick"),
    ],
)
def test_every_kind_of_card_has_a_prompt_and_a_reference(body: Body, reference: str, prompt: str) -> None:
    (item,) = debrief(
        after(make_mock(make_question()), Finished(0)), RUBRIC, make_card("small/card-0", body=body)
    ).items
    assert (item.reference, item.prompt) == (reference, prompt)


def test_code_that_could_not_be_run_says_why() -> None:
    mock = after(make_mock(make_question(Sort.CODE)), Finished(0), Judged(0, 0, 0, 0, "numpy is not installed"))
    assert debrief(mock).items[0].tests == "the tests could not be run: numpy is not installed"


def test_a_drill_has_no_criteria() -> None:
    told = debrief(after(answered(make_mock(make_question())), Finished(0), QuestionMarked(0, 0, 2)), None)
    assert (told.criteria, told.strengths, told.fixes, told.rubric) == ((), (), (), None)
    assert told.score.mean == 2


def test_a_numeric_reference_is_the_working_and_the_number() -> None:
    mock = after(make_mock(make_question(Sort.NUMERIC)), Finished(0))
    (item,) = debrief(mock, RUBRIC, make_card("small/card-0", body=make_numeric())).items
    assert item.reference == "4"


def test_a_card_that_left_its_deck_leaves_the_answer_in_place() -> None:
    mock = after(answered(make_mock(make_question())), Finished(0))
    (item,) = debrief(mock).items
    assert item.own == "answer 0"
    assert item.prompt == "This card is no longer in its deck."


def test_a_project_of_ones_own_needs_no_card() -> None:
    told = debrief(after(answered(make_mock(make_question(Sort.OWN_PROJECT, card=None))), Finished(0)))
    assert told.items[0].prompt == "A project of your own."
    assert told.unseen_share is None


def test_a_blank_answer_shows_no_mark() -> None:
    mock = after(make_mock(make_question()), Finished(0), QuestionMarked(0, 0, 4))
    assert debrief(mock).items[0].level is None
    said = after(make_mock(make_question()), Said(0, 0), Finished(0), QuestionMarked(0, 0, 4))
    assert debrief(said).items[0].level == 4


def test_notes_of_a_phase_without_a_question_are_kept() -> None:
    mock = after(make_mock(make_question()), Written(0, "p1", "thank them"), Written(0, "gone", "odd"), Finished(0))
    assert debrief(mock).free_notes == (("Wrap-up", "thank them"), ("gone", "odd"))


def test_a_mock_that_was_given_up_shows_what_was_said_and_no_marks() -> None:
    told = debrief(after(answered(make_mock(make_question())), Abandoned(0)))
    assert told.items[0].own == "answer 0"
    assert (told.criteria, told.strengths, told.fixes, told.score.verdict) == ((), (), (), None)


def test_a_partner_who_gave_no_mark_has_no_score() -> None:
    mock = marked(answered(make_mock(make_question())), levels_for(RUBRIC, (4, 4, 4, 4)))
    assert debrief(mock).partner is None
    both = debrief(marked(mock, {"first": 2}, Rater.PARTNER))
    assert both.partner is not None
    assert both.partner.mean == 2


def test_a_debrief_stands_beside_the_last_three_of_its_format_before_it() -> None:
    mock = marked(answered(make_mock(make_question())), {})
    past = tuple(
        PastMock(id=name, format=format_id, title="", day=DAY, is_strict=True, end=end, is_saved=True)
        for name, format_id, end in (
            ("1", "try", End.FINISHED),
            ("2", "try", End.FINISHED),
            ("3", "try", End.ABANDONED),
            ("4", "other", End.FINISHED),
            ("5", "try", End.TIME_UP),
            ("6", "try", End.FINISHED),
            ("this", "try", End.FINISHED),
            ("8", "try", End.FINISHED),
        )
    )
    assert [each.id for each in debrief(mock, past=past).previous] == ["2", "5", "6"]


def test_topics_keep_the_lowest_mark_that_touched_them() -> None:
    mock = answered(
        make_mock(make_question(Sort.RAPID, 0, topic="trees"), make_question(Sort.RAPID, 1, topic="checks"))
    )
    mock = marked(mock, {"testing": 2})
    mock = after(mock, QuestionMarked(0, 0, 3), QuestionMarked(0, 1, 4))
    assert topics_of(mock, SEEN, SCALE) == {"trees": 3, "checks": 2}


def test_history_keeps_what_the_debrief_says() -> None:
    mock = marked(answered(make_mock(make_question())), levels_for(RUBRIC, (3, 3, 3, 3)))
    mock = after(mock, Predicted(0, "lean-no"), Saved(0))
    kept = past_of(mock, name="this", day=DAY, rubric=RUBRIC, scale=SCALE, loop="loop")
    assert (kept.mean, kept.verdict, kept.predicted, kept.loop) == (Fraction(3), "lean-yes", "lean-no", "loop")
    assert kept.counts
    assert kept.has_unseen


def test_an_unsaved_or_half_marked_mock_is_not_averaged() -> None:
    full = marked(answered(make_mock(make_question())), levels_for(RUBRIC, (3, 3, 3, 3)))
    half = after(marked(answered(make_mock(make_question())), {"first": 3}), Saved(0))
    for mock in (full, half):
        assert not past_of(mock, name="this", day=DAY, rubric=RUBRIC, scale=SCALE).counts


@settings(deadline=None, max_examples=examples(120))
@given(sat_mocks())
def test_the_actual_times_of_phases_add_up_to_the_active_time(mock: Mock) -> None:
    rows = phase_rows(mock)
    assert sum(row.actual_ms for row in rows) == mock.clock_ms
    assert sum(row.planned_ms for row in rows) == mock.budget_ms
    assert all(row.over_ms >= 0 for row in rows)


@settings(deadline=None, max_examples=examples(120))
@given(sat_mocks())
def test_strengths_and_fixes_are_two_at_most_and_disjoint(mock: Mock) -> None:
    told = debrief(mock, SEEN)
    assert max(len(told.strengths), len(told.fixes)) <= 2
    assert not {finding.title for finding in told.strengths} & {finding.title for finding in told.fixes}
    assert all(finding.level >= 3 for finding in told.strengths)
    assert all(finding.level <= 3 for finding in told.fixes)


@settings(deadline=None, max_examples=examples(120))
@given(sat_mocks())
def test_every_note_of_a_mock_is_in_its_debrief(mock: Mock) -> None:
    told = debrief(mock, SEEN)
    shown = {*(item.own for item in told.items), *(item.code for item in told.items)}
    shown |= {text for _, text in told.free_notes}
    assert {text for text in mock.sheets.values() if text.strip()} <= shown


@settings(deadline=None, max_examples=examples(120))
@given(sat_mocks())
def test_what_history_keeps_agrees_with_the_debrief(mock: Mock) -> None:
    told, kept = debrief(mock, SEEN), past_of(mock, name="this", day=DAY, rubric=SEEN, scale=SCALE)
    assert (kept.mean, kept.levels, kept.phases) == (told.score.mean, told.score.levels, told.phases)
    assert all(story.keys() <= set(PARTS) for story in kept.told_ms)
    assert not (mock.end is End.ABANDONED and (kept.counts or kept.topics))
