from __future__ import annotations

import pytest

from prepdeck.cards.blueprint import Blueprint, Draw, Phase, Rest
from prepdeck.cards.rubric import Evidence
from prepdeck.deckfile.phase_questions import SORTS
from prepdeck.interview.agenda import MINUTE_MS, agenda_of
from prepdeck.interview.questions import Question, Sort
from prepdeck.study.documents import bundled_documents

SHIPPED = bundled_documents()

INTERVIEWS = """\
recruiter-30: 30, screen, star 1, basic 4 of motivation role
  pitch 5, motivation 5 star, experience 8, light-ml 7 basic, logistics 3, your-questions 2
phone-45: 45, coding, code 2 at 1 2
  intro 3, problem-1 18 code, problem-2 19 code, your-questions 5
coding-45: 45, coding, code 1 at 2 3
  clarify 5, approach 8, implement 19, test 8, follow-up 5
assessment-70: 70, coding, code 4 at 1 1 2 2
  free-order 70 code
fundamentals-30: 30, fundamentals, rapid 12, depth 2
  warm-up 2, rapid-fire 18 rapid x12, depth-ladder 8 depth x2, wrap-up 2
fundamentals-45: 45, fundamentals, debugging 1, rapid 10, depth 3
  warm-up 3, breadth 20 rapid x10, depth-ladder 15 depth x3, scenario 5 debugging, wrap-up 2
ml-coding-45: 45, ml-coding, ml_coding 1
  clarify 4, maths-and-shapes 6, implement 22, verify 8, extend 5
ml-debugging-45: 45, debugging, debugging 1
  read-and-run 6, hypotheses 5, localise 16, fix-and-test 13, explain 5
ml-design-45: 45, ml-design, design 1
  framing 6, metrics 4, data-labels 8, features 5, model 8, evaluation 5, serving 5, monitoring 3, wrap-up 1
ml-design-60: 60, ml-design, design 1
  framing 8, metrics 5, data-labels 10, features 7, model 10, evaluation 7, serving 7, monitoring 4, wrap-up 2
system-design-45: 45, system-design, design 1
  requirements 6, estimates 4, api-data 6, high-level 10, deep-dive 13, failures 4, wrap-up 2
behavioural-45: 45, behavioural, star 5
  intro 3, stories 35 star x5, your-questions 5, wrap-up 2
deep-dive-45: 45, deep-dive, own_project 1
  pitch 5, problem 5, data 7, decisions 10, evaluation 6, production 5, hindsight 4, your-questions 3
loop-onsite: 320
  coding-45, rest 10, ml-coding-45, rest 15, fundamentals-45, rest 40, ml-design-60, rest 15, behavioural-45
loop-evening: 130
  coding-45, rest 5, fundamentals-30, rest 5, ml-design-45
drill-star-12: 12, star 4
  story-1 3 star, story-2 3 star, story-3 3 star, story-4 3 star
drill-estimate-10: 10, numeric 5
  estimates 10 numeric
"""
RUBRICS = """\
coding: problem-solving 3, communication 2, correctness 3, testing 2
fundamentals: accuracy 3, mechanism 2, judgement 2, brevity 1
ml-coding: maths 3, implementation 3, verification 2, explanation 1
ml-design: framing 2, data 2, features 1, model 2, evaluation 2, serving 2, monitoring 1, driving 2
system-design: requirements 2, estimates 1, api-data 2, architecture 2, deep-dive 2, reliability 1, driving 2
behavioural: situation 1, task 1, action 3, result 2, reflection 2, delivery 1
deep-dive: context 1, decisions 3, evidence 2, ownership 2, limits 1
debugging: reproduce 1, hypotheses 2, localise 3, fix-guard 2
screen: pitch 2, substance 2, questions 1
"""


def drawn(draw: Draw) -> str:
    counts = ", ".join(f"{sort} {getattr(draw, sort)}" for sort in SORTS if getattr(draw, sort))
    levels = "".join(f" {level}" for level in draw.levels)
    topics = "".join(f" {topic}" for topic in draw.topics)
    return counts + (" at" + levels if levels else "") + (" of" + topics if topics else "")


def shown(phase: Phase) -> str:
    asks = f" {phase.asks}" if phase.asks else ""
    return f"{phase.id} {phase.minutes}{asks}" + (f" x{phase.repeat}" if phase.repeat > 1 else "")


def lines_of(blueprint: Blueprint) -> str:
    head = f"{blueprint.id}: {blueprint.minutes}"
    if blueprint.is_loop:
        legs = (f"rest {leg.minutes}" if isinstance(leg, Rest) else leg.format for leg in blueprint.rounds)
        return f"{head}\n  {', '.join(legs)}\n"
    head += f", {blueprint.rubric}" if blueprint.rubric else ""
    return f"{head}, {drawn(blueprint.draw)}\n  {', '.join(map(shown, blueprint.phases))}\n"


def questions_of(draw: Draw) -> list[Question]:
    return [Question(sort=sort) for sort in Sort for _ in range(getattr(draw, sort.value))]


def test_the_formats_have_the_phases_minutes_and_questions_of_the_first_version() -> None:
    assert "".join(lines_of(blueprint) for blueprint in SHIPPED.formats.values()) == INTERVIEWS


def test_the_rubrics_have_the_criteria_and_weights_of_the_first_version() -> None:
    written = {
        rubric.id: ", ".join(f"{criterion.id} {criterion.weight}" for criterion in rubric.criteria)
        for rubric in SHIPPED.rubrics.values()
    }
    assert "".join(f"{name}: {criteria}\n" for name, criteria in written.items()) == RUBRICS


def test_machines_hold_seven_criteria_and_their_words_say_so() -> None:
    held = {
        f"{rubric.id} {criterion.id}": (criterion.evidence, criterion.auto is not None)
        for rubric in SHIPPED.rubrics.values()
        for criterion in rubric.criteria
        if criterion.evidence
    }
    assert held == {
        "coding correctness": (Evidence.HIDDEN_TESTS, True),
        "coding testing": (Evidence.OWN_CHECKS, True),
        "fundamentals brevity": (Evidence.ANSWER_SECONDS, True),
        "ml-coding implementation": (Evidence.HIDDEN_TESTS, True),
        "behavioural delivery": (Evidence.STORY_CLOCK, True),
        "debugging localise": (Evidence.HINTS, True),
        "debugging fix-guard": (Evidence.HIDDEN_TESTS, True),
    }


@pytest.mark.parametrize(
    "blueprint", [each for each in SHIPPED.formats.values() if not each.is_loop], ids=lambda each: each.id
)
def test_every_question_of_a_format_is_asked_and_the_stops_fill_its_minutes(blueprint: Blueprint) -> None:
    questions = questions_of(blueprint.draw)
    stops = agenda_of(blueprint, questions)
    assert {stop.question for stop in stops} - {None} == set(range(len(questions)))
    assert sum(stop.budget_ms for stop in stops) == blueprint.minutes * MINUTE_MS


def test_readers_and_mocks_know_the_same_sorts_of_questions() -> None:
    assert set(SORTS) == {sort.value for sort in Sort}
