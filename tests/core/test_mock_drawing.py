"""Which cards a mock asks: not asked lately, weak, of the right sort, and the same again for the same seed."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.blueprint import Blueprint, Draw
from prepdeck.cards.ids import CardId
from prepdeck.interview.drawing import Candidate, Drawn, draw_questions
from prepdeck.interview.questions import Question, Sort
from prepdeck.study.documents import bundled_documents
from tests.full import examples

TODAY = date(2026, 11, 22)


def make_candidate(name: str, kind: str = "basic", deck: str = "d", **fields: Any) -> Candidate:
    return Candidate(card=CardId(deck, name), kind=kind, **fields)


def draw_from(*candidates: Candidate, seed: int = 0, id_: str = "try", **draw: Any) -> Drawn:
    blueprint = Blueprint(id=id_, title="", minutes=1, draw=Draw(**draw))
    return draw_questions(blueprint, candidates, random.Random(seed))


def names(drawn: Drawn) -> list[str]:
    return [card.card for question in drawn.questions for card in question.cards]


def share(*candidates: Candidate, first: str, times: int = 300) -> float:
    """Return how often a card is drawn first."""
    found = [names(draw_from(*candidates, seed=seed, basic=1))[0] for seed in range(times)]
    return found.count(first) / times


# What comes first


def test_what_no_mock_asked_comes_before_what_one_asked() -> None:
    fresh = make_candidate("fresh", weakness=0.0, weight=1)
    asked = make_candidate("asked", weakness=1.0, weight=3, asked_on=TODAY - timedelta(days=900))
    assert {names(draw_from(asked, fresh, seed=seed, basic=1))[0] for seed in range(50)} == {"fresh"}


def test_what_was_asked_longest_ago_comes_first() -> None:
    lately = make_candidate("lately", asked_on=TODAY)
    long_ago = make_candidate("long-ago", asked_on=TODAY - timedelta(days=30))
    assert {tuple(names(draw_from(lately, long_ago, seed=seed, basic=2))) for seed in range(50)} == {
        ("long-ago", "lately")
    }


def test_weak_cards_come_more_often_than_strong_ones() -> None:
    weak, strong = make_candidate("weak", weakness=1.0), make_candidate("strong", weakness=0.0)
    assert share(strong, weak, first="weak") == pytest.approx(5 / 6, abs=0.08)


def test_cards_that_interviews_ask_often_come_more_often() -> None:
    often, seldom = make_candidate("often", weight=3), make_candidate("seldom", weight=1)
    assert share(seldom, often, first="often") == pytest.approx(3 / 4, abs=0.08)


def test_cards_never_reviewed_come_more_often() -> None:
    new, known = make_candidate("new"), make_candidate("known", was_reviewed=True)
    assert share(known, new, first="new") == pytest.approx(3 / 4, abs=0.08)


def test_chance_gives_every_card_its_turn() -> None:
    cards = [make_candidate(f"c{number}") for number in range(6)]
    assert {names(draw_from(*cards, seed=seed, basic=1))[0] for seed in range(100)} == {f"c{n}" for n in range(6)}


def test_a_question_says_what_is_known_of_its_card() -> None:
    star = make_candidate("s", "star", topic="role", competency="conflict", was_seen=True)
    assert draw_from(star, star=1).questions == (
        Question(sort=Sort.STAR, card=star.card, kind="star", topic="role", competency="conflict", was_seen=True),
    )


# Sorts


def test_code_sorts_do_not_mix() -> None:
    plain = make_candidate("plain", "code", "algorithm-problems")
    scratch = make_candidate("scratch", "code", "ml-coding")
    broken = make_candidate("broken", "code", "ml-debugging", tags=("debugging",))
    broken_scratch = make_candidate("broken-scratch", "code", "ml-coding", tags=("debugging",))
    every = (plain, scratch, broken, broken_scratch)
    assert names(draw_from(*every, code=4)) == ["plain"]
    assert names(draw_from(*every, ml_coding=4)) == ["scratch"]
    assert sorted(names(draw_from(*every, debugging=4))) == ["broken", "broken-scratch"]


@pytest.mark.parametrize("kind", ["basic", "numeric", "design", "star"])
def test_a_plain_sort_asks_cards_of_its_kind_alone(kind: str) -> None:
    cards = [make_candidate(each, each) for each in ("basic", "choice", "code", "numeric", "design", "star", "cloze")]
    asked: dict[str, Any] = {kind: 7}
    assert names(draw_from(*cards, **asked)) == [kind]


def test_a_rapid_fire_asks_what_can_be_answered_quickly() -> None:
    cards = [make_candidate(each, each) for each in ("basic", "choice", "code", "numeric", "design", "star", "cloze")]
    assert sorted(names(draw_from(*cards, rapid=7))) == ["basic", "choice", "numeric"]


def test_an_own_project_needs_no_card() -> None:
    drawn = draw_from(own_project=1)
    assert drawn == Drawn((Question(sort=Sort.OWN_PROJECT, was_seen=True),))


def test_topics_narrow_what_is_asked() -> None:
    about, other = make_candidate("about", topic="role"), make_candidate("other", topic="trees")
    assert names(draw_from(about, other, basic=2, topics=("role",))) == ["about"]
    assert names(draw_from(about, other, rapid=2, topics=("role",))) == ["about"]


def test_a_behavioural_prompt_fits_by_topic_or_by_competency() -> None:
    cards = (
        make_candidate("by-topic", "star", topic="motivation"),
        make_candidate("by-competency", "star", competency="motivation"),
        make_candidate("neither", "star", topic="past", competency="conflict"),
    )
    assert sorted(names(draw_from(*cards, star=3, topics=("motivation",)))) == ["by-competency", "by-topic"]


def test_no_competency_is_asked_twice_where_the_format_says_so() -> None:
    cards = [make_candidate(f"s{n}", "star", competency="ab"[n % 2]) for n in range(6)]
    drawn = draw_from(*cards, star=3, distinct_competencies=True)
    assert sorted(question.competency for question in drawn.questions) == ["a", "b"]
    assert drawn.missing[0].words == "3 behavioural prompts of different competencies, 2 found"
    assert len(draw_from(*cards, star=3).questions) == 3


def test_a_design_case_fits_by_its_family_and_the_formats_it_names() -> None:
    cards = (
        make_candidate("any", "design", family="ml-products"),
        make_candidate("this", "design", family="ml-products", formats=("try", "other")),
        make_candidate("other-format", "design", family="ml-products", formats=("other",)),
        make_candidate("other-family", "design", family="general-systems"),
    )
    assert sorted(names(draw_from(*cards, design=4, families=("ml-products",)))) == ["any", "this"]
    assert sorted(names(draw_from(*cards, design=4))) == ["any", "other-family", "this"]


# Levels


def problems(deck: str = "d") -> list[Candidate]:
    return [make_candidate(f"{deck}-{level}{n}", "code", deck, level=level) for level in (1, 2, 3) for n in "abc"]


def test_with_a_level_for_each_problem_every_problem_has_its_own() -> None:
    levels = {card.card.card: card.level for card in problems()}
    assert [levels[name] for name in names(draw_from(*problems(), code=4, levels=(1, 1, 3, 2)))] == [1, 1, 3, 2]


def test_a_level_for_each_problem_counts_through_the_sorts_of_code() -> None:
    cards = (*problems(), *problems("ml-coding"))
    levels = {card.card.card: card.level for card in cards}
    drawn = names(draw_from(*cards, code=1, ml_coding=2, levels=(3, 1, 2)))
    assert [levels[name] for name in drawn] == [3, 1, 2]


def test_other_levels_are_any_of_them() -> None:
    found = {names(draw_from(*problems(), seed=seed, code=1, levels=(2, 3)))[0][-2] for seed in range(40)}
    assert found == {"2", "3"}


def test_without_levels_any_problem_will_do() -> None:
    found = {names(draw_from(*problems(), seed=seed, code=1))[0][-2] for seed in range(60)}
    assert found == {"1", "2", "3"}


# Rapid fire and ladders


def test_a_rapid_fire_asks_no_topic_three_times_while_others_have_cards() -> None:
    cards = [make_candidate(f"{topic}{n}", topic=topic) for topic in ("a", "b", "c") for n in range(9)]
    for seed in range(30):
        drawn = draw_from(*cards, seed=seed, rapid=6)
        assert Counter(question.topic for question in drawn.questions) == {"a": 2, "b": 2, "c": 2}


def test_a_rapid_fire_asks_a_topic_more_often_when_no_other_has_cards() -> None:
    cards = [make_candidate(f"a{n}", topic="a") for n in range(9)] + [make_candidate("b", topic="b")]
    assert Counter(question.topic for question in draw_from(*cards, rapid=6).questions) == {"a": 5, "b": 1}


def test_cards_without_a_topic_are_no_topic() -> None:
    cards = [make_candidate(f"c{n}") for n in range(6)]
    assert len(draw_from(*cards, rapid=6).questions) == 6


def test_a_card_with_followups_is_a_ladder_by_itself() -> None:
    card = make_candidate("deep", followups=2, level=1, topic="trees")
    assert names(draw_from(card, make_candidate("flat", level=1, topic="heaps"), depth=2)) == ["deep"]


def test_cards_of_one_topic_make_a_ladder_that_goes_deeper() -> None:
    cards = [make_candidate(f"t{n}", topic="trees", level=level) for n, level in enumerate((3, 2, 2, 3, 1, None))]
    levels = {card.card: card.level or 0 for card in cards}
    for seed in range(20):
        question = draw_from(*cards, seed=seed, depth=1).questions[0]
        steps = [levels[card] for card in question.cards]
        assert len(steps) == 3
        assert steps == sorted(steps)
        assert steps[0] == 2 or steps == [3, 3]


def test_one_deep_card_is_no_ladder() -> None:
    drawn = draw_from(make_candidate("only", topic="trees", level=3), make_candidate("loose", level=3), depth=1)
    assert drawn.questions == ()
    assert drawn.missing[0].found == 0


def test_every_ladder_is_about_another_topic() -> None:
    cards = [make_candidate(f"{topic}{n}", topic=topic, followups=1) for topic in ("a", "b") for n in range(4)]
    drawn = draw_from(*cards, depth=3)
    assert sorted(question.topic for question in drawn.questions) == ["a", "b"]


def test_a_rapid_fire_does_not_use_up_the_cards_that_ladders_need() -> None:
    cards = [make_candidate(f"c{n}", topic=f"t{n}") for n in range(8)]
    deep = [make_candidate(f"deep{n}", topic=f"u{n}", followups=1) for n in range(2)]
    for seed in range(20):
        drawn = draw_from(*cards, *deep, seed=seed, rapid=8, depth=2)
        assert drawn.missing == ()
        assert [question.sort for question in drawn.questions] == [Sort.RAPID] * 8 + [Sort.DEPTH] * 2


# What is missing


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        ({"code": 2, "levels": (2, 3, 3)}, "2 code cards of level 2 or 3, none found"),
        ({"ml_coding": 1}, "1 code card of the deck ml-coding, none found"),
        ({"debugging": 1, "levels": (1,)}, "1 code card tagged debugging of level 1, none found"),
        ({"design": 1, "families": ("a", "b", "c")}, "1 design case of the family a, b or c, none found"),
        ({"basic": 4, "topics": ("motivation", "role")}, "4 basic cards about motivation or role, none found"),
        ({"numeric": 5}, "5 numeric cards, none found"),
    ],
)
def test_what_is_missing_is_said_in_words(draw: dict[str, Any], words: str) -> None:
    assert [lack.words for lack in draw_from(**draw).missing] == [words]


def test_what_there_is_of_it_is_drawn_and_counted() -> None:
    drawn = draw_from(make_candidate("one", "numeric"), numeric=5)
    lack = drawn.missing[0]
    assert (names(drawn), lack.sort, lack.wanted, lack.found) == (["one"], Sort.NUMERIC, 5, 1)
    assert lack.words == "5 numeric cards, 1 found"


# Any decks, any format


@cache
def formats() -> tuple[Blueprint, ...]:
    return tuple(each for each in bundled_documents().formats.values() if not each.is_loop)


@st.composite
def candidate_lists(draw: st.DrawFn) -> list[Candidate]:
    each = st.builds(
        Candidate,
        card=st.just(CardId("d", "c")),
        kind=st.sampled_from(("basic", "choice", "numeric", "code", "design", "star", "cloze")),
        topic=st.sampled_from(("", "motivation", "role", "trees", "graphs")),
        level=st.sampled_from((None, 1, 2, 3)),
        tags=st.sampled_from(((), ("debugging",))),
        weight=st.integers(1, 3),
        family=st.sampled_from(("", "ml-products", "general-systems")),
        formats=st.sampled_from(((), ("ml-design-45", "ml-design-60"), ("system-design-45",))),
        competency=st.sampled_from(("", "conflict", "motivation")),
        followups=st.integers(0, 2),
        asked_on=st.one_of(st.none(), st.dates(date(2026, 1, 1), TODAY)),
        weakness=st.floats(0, 1),
    )
    drawn = draw(st.lists(each, max_size=40))
    decks = draw(st.lists(st.sampled_from(("d", "ml-coding")), min_size=len(drawn), max_size=len(drawn)))
    return [
        replace(candidate, card=CardId(deck, f"c{number}"))
        for number, (candidate, deck) in enumerate(zip(drawn, decks, strict=True))
    ]


@given(candidate_lists(), st.integers(0, 9), st.data())
@settings(deadline=None, max_examples=examples(150))
def test_no_card_is_asked_twice_and_what_is_not_drawn_is_missing(
    candidates: list[Candidate], seed: int, data: st.DataObject
) -> None:
    blueprint = data.draw(st.sampled_from(formats()))
    drawn = draw_questions(blueprint, candidates, random.Random(seed))
    cards = [card for question in drawn.questions for card in question.cards]
    assert len(cards) == len(set(cards))
    assert set(cards) <= {candidate.card for candidate in candidates}
    found = Counter(question.sort for question in drawn.questions)
    wanted = {sort: getattr(blueprint.draw, sort.value) for sort in Sort}
    assert {lack.sort: (lack.wanted, lack.found) for lack in drawn.missing} == {
        sort: (count, found[sort]) for sort, count in wanted.items() if found[sort] < count
    }
    assert all(found[sort] <= count for sort, count in wanted.items())


@given(candidate_lists(), st.integers(0, 9), st.randoms(use_true_random=False), st.data())
@settings(deadline=None, max_examples=examples(100))
def test_the_same_seed_draws_the_same_questions_whatever_the_order_of_the_cards(
    candidates: list[Candidate], seed: int, shuffler: random.Random, data: st.DataObject
) -> None:
    blueprint = data.draw(st.sampled_from(formats()))
    shuffled = list(candidates)
    shuffler.shuffle(shuffled)
    assert draw_questions(blueprint, candidates, random.Random(seed)) == draw_questions(
        blueprint, shuffled, random.Random(seed)
    )


@given(candidate_lists(), st.integers(0, 9))
@settings(deadline=None, max_examples=examples(100))
def test_nothing_asked_later_is_drawn_while_something_asked_earlier_waits(
    candidates: list[Candidate], seed: int
) -> None:
    drawn = draw_from(*candidates, seed=seed, numeric=3)
    asked = {card.card: card.asked_on or date.min for card in candidates if card.kind == "numeric"}
    days = [asked.pop(question.card) for question in drawn.questions if question.card]
    assert days == sorted(days)
    assert not days or not asked or days[-1] <= min(asked.values())
