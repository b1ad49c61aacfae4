from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.blueprint import Blueprint, Draw, Formats, Phase, Rest, Sitting
from prepdeck.cards.pay import PayPlace, PayRange, PayRow, PayTable
from prepdeck.cards.roadmap import (
    DeckTarget,
    Deliverable,
    Feature,
    Milestone,
    Mode,
    PathRow,
    Roadmap,
    RoadPhase,
    Skill,
    Step,
    Tool,
    TopicTarget,
    Tracker,
)
from prepdeck.cards.rubric import Criterion, Evidence, HintCap, LowMarkCap, Rubric, Rubrics, VerdictScale, VerdictStep
from prepdeck.cards.span import Span
from prepdeck.deckfile.codes import CODES
from prepdeck.deckfile.document_codes import DOCUMENT_CODES
from prepdeck.deckfile.problem import Problem
from prepdeck.deckfile.reading import Reading, not_a_deck, read_deck
from prepdeck.deckfile.references import check_references
from prepdeck.host.bundled import bundled_folder
from prepdeck.study.documents import BUNDLED_FILES
from tests.core.test_deckfile_corpus import CORPUS, Case, cases_of
from tests.full import examples

FORMATS = """\
formats:
- {id: short, minutes: 20, rubric: talk, draw: {design: 1},
   phases: [{id: framing, minutes: 12}, {id: model, minutes: 7}, {id: wrap-up, minutes: 1}]}
- {id: twin, minutes: 10, draw: {design: 1}, phases: [{id: framing, minutes: 4}, {id: serving, minutes: 6}]}
- {id: loop, minutes: 35, rounds: [{format: short}, {rest: 5}, {format: twin}]}
"""
RUBRICS = "rubrics:\n- {id: talk, criteria: [{id: clarity, weight: 2, anchors: [none, little, some, all]}]}\n"
DESIGN = """\
deck: d
cards:
- id: a
  kind: design
  front: Design a feed.
  formats: [%s]
  rubric: talk
  outline:
    framing: [goal, users]
    model: [a baseline]
"""


def read(text: str, path: str = "file.yaml") -> Reading:
    return read_deck(path, text.encode())


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.line}:{problem.column} {problem.code}" for problem in problems]


def check(*texts: str, formats: str = FORMATS, rubrics: str = RUBRICS) -> tuple[Problem, ...]:
    """Check some files, with one more of each sort that counts as bundled."""
    more_formats, more_rubrics = read(formats).document, read(rubrics).document
    assert isinstance(more_formats, Formats)
    assert isinstance(more_rubrics, Rubrics)
    return check_references(
        [read(text, f"{number}.yaml") for number, text in enumerate(texts)],
        formats={blueprint.id: blueprint for blueprint in more_formats.blueprints},
        rubrics={rubric.id: rubric for rubric in more_rubrics.rubrics},
    )


def test_a_format_is_read_with_all_its_fields() -> None:
    reading = read(
        "formats:\n- id: ml-45\n  title: ML\n  minutes: 55\n  rubric: ml\n"
        "  draw: {rapid: 4, design: 1, star: 2, levels: [1, 3], families: [a], topics: [b],\n"
        "         distinct_competencies: true}\n"
        "  phases: [{id: warm-up, minutes: 5}, {id: rapid, title: Rapid fire, minutes: 40, repeat: 4},\n"
        "           {id: tell, minutes: 10, repeat: 2, asks: star}]\n"
    )
    assert reading.problems == ()
    assert reading.document == Formats(
        (
            Blueprint(
                id="ml-45",
                title="ML",
                minutes=55,
                rubric="ml",
                phases=(
                    Phase("warm-up", "Warm up", 5),
                    Phase("rapid", "Rapid fire", 40, 4),
                    Phase("tell", "Tell", 10, 2, "star"),
                ),
                draw=Draw(
                    rapid=4, design=1, star=2, levels=(1, 3), families=("a",), topics=("b",), distinct_competencies=True
                ),
            ),
        )
    )


def test_a_loop_is_read_with_its_rests() -> None:
    document = read(FORMATS).document
    assert isinstance(document, Formats)
    loop = document.blueprints[-1]
    assert loop.is_loop
    assert loop.rounds == (Sitting("short"), Rest(5), Sitting("twin"))
    assert loop.formats == ("short", "twin")
    assert loop.rubric is None
    assert loop.draw.questions == 0


def test_a_rubric_is_read_with_all_its_fields() -> None:
    reading = read(
        "rubrics:\n- id: talk\n  title: Talks\n  criteria:\n"
        "  - {id: clarity, title: Clear, weight: 3, auto: by seconds, topics: [t], evidence: own-checks,\n"
        "     anchors: [a, b, c, d]}\n"
        "verdicts:\n  bar: 3\n  scale: [{id: good, from: 2.5}, {id: bad, title: No, from: 0}]\n"
        "  hints: {criterion: clarity, marks: [3, 1]}\n  low_mark: {mark: 1, verdict: bad}\n  unanswered_share: 0.25\n"
    )
    assert reading.problems == ()
    assert reading.document == Rubrics(
        (
            Rubric(
                "talk",
                "Talks",
                (Criterion("clarity", "Clear", 3, ("a", "b", "c", "d"), "by seconds", ("t",), Evidence.OWN_CHECKS),),
            ),
        ),
        VerdictScale(
            3,
            (VerdictStep("good", "Good", Fraction(5, 2)), VerdictStep("bad", "No", Fraction(0))),
            HintCap("clarity", (3, 1)),
            LowMarkCap(1, "bad"),
            Fraction(1, 4),
        ),
    )


@pytest.mark.parametrize(("mean", "verdict"), [("4", "good"), ("2.5", "good"), ("2.49", "bad"), ("1", "bad")])
def test_a_mean_reaches_the_best_step_it_can(mean: str, verdict: str) -> None:
    scale = VerdictScale(3, (VerdictStep("good", "Good", Fraction(5, 2)), VerdictStep("bad", "No", Fraction(0))))
    assert scale.step_of(Fraction(mean)).id == verdict


def test_a_roadmap_is_read_with_all_its_fields() -> None:
    reading = read(
        "roadmap:\n"
        "- id: base\n  title: Base\n  months: {from: 1, to: 2}\n  goals: [fluent Python]\n  tools: [Git]\n"
        "  resources: [a book]\n  deliverables: [{id: scripts, text: some scripts, count: 3}]\n"
        "  milestone: {id: shown, text: in public}\n  gate: do it alone\n  decks: [python, sql]\n"
        "  choose_one: [python, sql]\n"
        "- {id: work, months: {from: 3}, mode: concurrent, intensive: true}\n"
        "skills: [{id: programming, text: Python first}]\n"
        "steps: [{id: role, tracker: checklist, decks: [sql], items: [read an advert], optional: true}]\n"
        "pay:\n  as_of: 2026-04\n  caution: dated\n  places: [{id: usa, title: United States, currency: USD}]\n"
        "  rows: [{id: entry, years: {from: 0, to: 2}, pay: {usa: {from: 110_000, to: 140_000, and_more: true}}}]\n"
        "tools: {C++: [python]}\nfeatures: {roadmap: The road}\n"
        "path: {S6a: {asks: structures, decks: [sql], features: [roadmap]}}\n"
        "targets: {python: {idioms: {basic: 4, code: 1}}, sql: {joins: {basic: 2}}}\nrelease_floor: 0.9\n"
    )
    assert reading.problems == ()
    assert reading.document == Roadmap(
        phases=(
            RoadPhase(
                number=1,
                id="base",
                title="Base",
                months=Span(1, 2),
                goals=("fluent Python",),
                tools=("Git",),
                resources=("a book",),
                deliverables=(Deliverable("scripts", "some scripts", 3),),
                milestone=Milestone("shown", "in public"),
                gate="do it alone",
                decks=("python", "sql"),
                choose_one=("python", "sql"),
            ),
            RoadPhase(number=2, id="work", title="Work", months=Span(3), mode=Mode.CONCURRENT, intensive=True),
        ),
        skills=(Skill("programming", "Programming", "Python first"),),
        steps=(
            Step(
                id="role",
                title="Role",
                tracker=Tracker.CHECKLIST,
                decks=("sql",),
                items=("read an advert",),
                optional=True,
            ),
        ),
        pay=PayTable(
            date(2026, 4, 1),
            (PayPlace("usa", "United States", "USD"),),
            (PayRow("entry", "Entry", (PayRange("usa", 110_000, 140_000, and_more=True),), Span(0, 2)),),
            "dated",
        ),
        tools=(Tool("C++", ("python",)),),
        features=(Feature("roadmap", "The road"),),
        path=(PathRow("S6a", "structures", ("sql",), ("roadmap",)),),
        targets=(
            DeckTarget("python", (TopicTarget("idioms", (("basic", 4), ("code", 1))),)),
            DeckTarget("sql", (TopicTarget("joins", (("basic", 2),)),)),
        ),
        release_floor=Fraction(9, 10),
    )


def test_phases_beside_the_others_take_no_months_of_their_own() -> None:
    first = RoadPhase(number=1, id="a", title="A", months=Span(1, 2))
    beside = RoadPhase(number=2, id="b", title="B", months=Span(3), mode=Mode.CONCURRENT)
    assert Roadmap(phases=(first, beside)).months == Span(1, 2)
    assert Roadmap(phases=(first, first)).months == Span(2, 4)
    assert Roadmap(phases=(first, RoadPhase(number=2, id="c", title="C", months=Span(3)))).months == Span(4)


def test_a_target_is_the_sum_of_its_topics() -> None:
    target = DeckTarget("d", (TopicTarget("a", (("basic", 4), ("code", 1))), TopicTarget("b", (("cloze", 2),))))
    road = Roadmap(phases=(), targets=(target,))
    assert road.target_of("d") == target
    assert road.target_of("e") is None
    assert target.cards == 7


def test_files_beside_decks_hold_no_deck_and_no_error() -> None:
    for text in (FORMATS, RUBRICS, "roadmap:\n- {id: learn, months: {from: 1}}\n"):
        reading = read(text)
        assert reading.deck is None
        assert reading.document is not None
        assert reading.problems == ()


def test_who_needs_a_deck_is_told_what_the_file_holds() -> None:
    problem = not_a_deck(read("# rubrics\n" + RUBRICS))
    assert problem is not None
    assert told((problem,)) == ["2:1 E049"]
    assert "holds rubrics, not a deck" in problem.message
    assert not_a_deck(read("deck: d\ncards: []\n")) is None


def test_a_faulty_format_leaves_the_others_alone() -> None:
    document = read(FORMATS.replace("minutes: 7", "minutes: 8")).document
    assert isinstance(document, Formats)
    assert [blueprint.id for blueprint in document.blueprints] == ["twin", "loop"]


def test_a_roadmap_with_a_fault_is_left_out_whole() -> None:
    reading = read("roadmap:\n- {id: a, months: {from: 1}}\n- {id: b}\n")
    assert told(reading.problems) == ["3:4 E023"]
    assert reading.document is None


def test_rubrics_and_formats_may_stand_in_other_files() -> None:
    assert check(DESIGN % "short", FORMATS, RUBRICS, formats="formats: []", rubrics="rubrics: []") == ()
    assert check(DESIGN % "short") == ()


def test_a_rubric_nobody_wrote_is_reported_where_it_is_named() -> None:
    star = "- {id: b, kind: star, front: Tell me., competency: c, seconds: 150, rubric: tlak}\n"
    deck = (DESIGN % "short").replace("talk", "speech") + star
    assert told(check(deck)) == ["7:11 E094", "11:77 E094"]
    assert [problem.help for problem in check(deck)] == ["write the id of a rubric", 'did you mean "talk"?']
    assert told(check(FORMATS.replace("talk", "tlak"))) == ["2:36 E094"]


def test_a_format_nobody_wrote_is_reported_where_it_is_named() -> None:
    assert told(check(DESIGN % "short, shrt")) == ["6:20 E095"]
    assert told(check("formats:\n- {id: evening, minutes: 20, rounds: [{format: shrt}]}\n")) == ["2:48 E095"]


def test_a_faulty_format_still_says_what_it_names() -> None:
    assert told(check(FORMATS.replace("minutes: 7", "minutes: 8").replace("talk", "tlak"))) == ["2:36 E094"]
    assert told(check("formats:\n- {id: evening, rounds: [{format: shrt}]}\n")) == ["2:35 E095"]


def test_a_card_is_asked_in_no_loop() -> None:
    assert told(check(DESIGN % "loop")) == ["6:13 E095"]


def test_a_loop_is_judged_with_formats_of_other_files() -> None:
    assert check("formats:\n- {id: evening, minutes: 40, rounds: [{format: short}, {rest: 20}]}\n") == ()
    assert told(check("formats:\n- {id: evening, minutes: 41, rounds: [{format: short}, {rest: 20}]}\n")) == [
        "2:26 E080"
    ]
    assert told(check("formats:\n- {id: evening, minutes: 35, rounds: [{format: loop}]}\n")) == ["2:48 E087"]


def test_an_outline_covers_every_phase_but_the_wrap_up() -> None:
    (problem,) = check(DESIGN % "twin, short")
    assert told((problem,)) == ["8:3 E096"]
    assert '"serving", a phase of twin' in problem.message
    (problem,) = check((DESIGN % "short").replace("framing:", "wrap-up:"))
    assert '"framing", a phase of short' in problem.message


def test_an_outline_makes_up_no_phase() -> None:
    (problem,) = check(DESIGN % "short" + "    modell: [a second one]\n")
    assert told((problem,)) == ["11:5 E097"]
    assert problem.help == 'did you mean "model"?'


def test_a_misspelt_phase_is_not_missing_as_well() -> None:
    assert told(check((DESIGN % "short").replace("model:", "modell:"))) == ["10:5 E097"]


def test_an_outline_of_no_format_is_free() -> None:
    assert check((DESIGN % "").replace("framing:", "anything:")) == ()


def test_what_was_left_out_for_its_own_faults_is_not_reported_as_missing() -> None:
    faulty = FORMATS.replace("minutes: 7", "minutes: 8").replace("short", "fresh")
    assert check(DESIGN % "fresh", faulty) == ()
    assert check((DESIGN % "short").replace("talk", "fresh"), RUBRICS.replace("talk", "fresh").replace("2", "9")) == ()


def test_one_name_in_two_files_is_a_warning_in_the_later_one() -> None:
    problems = check(FORMATS, RUBRICS, FORMATS, RUBRICS)
    assert [(problem.path, problem.code) for problem in problems] == [("2.yaml", "W120")] * 3 + [("3.yaml", "W120")]
    road = "roadmap:\n- {id: learn, months: {from: 1}}\n"
    assert told(check(road, road)) == ["1:1 W120"]


def test_the_later_file_of_one_name_counts() -> None:
    changed = FORMATS.replace("id: model", "id: serving")
    assert [problem.code for problem in check(DESIGN % "short", changed)] == ["E096", "E097"]


def test_a_file_that_cannot_be_read_hides_no_other_problem() -> None:
    assert told(check("formats: [\n", DESIGN % "shrt")) == ["6:13 E095"]


CASES = [case for name in BUNDLED_FILES for case in cases_of((CORPUS / name).with_suffix(".txt"))]
BETWEEN_FILES = {"E094", "E095", "E096", "E097", "W120", "W121"}


def test_every_code_of_these_files_is_met() -> None:
    met = {problem.code for case in CASES for problem in read(case.deck.decode()).problems}
    assert (met & set(DOCUMENT_CODES)) | BETWEEN_FILES == set(DOCUMENT_CODES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_faulty_file_is_compared_with_others_all_the_same(case: Case) -> None:
    assert {problem.code for problem in check(case.deck.decode(), DESIGN % "short")} <= BETWEEN_FILES | {"E080", "E087"}


LINES = {name: (bundled_folder("decks") / name).read_text("utf-8").splitlines() for name in BUNDLED_FILES}
SLIPS = [
    "",
    "  ",
    "- ",
    "- id: x",
    "[]",
    "{}",
    "a: b",
    "  minutes: 0",
    "  - {id: a, weight: 9}",
    "months: 3",
    "\tx",
    "&a b",
]


@given(data=st.data())
@settings(deadline=None, max_examples=examples(60, 2_000))
def test_any_slip_in_a_shipped_file_is_survived(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(BUNDLED_FILES))
    lines = list(LINES[name])
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place : place + data.draw(st.integers(0, 3))] = [data.draw(st.sampled_from(SLIPS) | st.text(max_size=12))]
    reading = read("\n".join(lines))
    assert {problem.code for problem in reading.problems} <= set(CODES)
    assert all(1 <= problem.line <= len(reading.lines) + 1 for problem in reading.problems)
    check_references([reading], formats={}, rubrics={})
