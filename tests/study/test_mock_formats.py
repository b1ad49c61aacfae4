"""Every format of the blueprint, started, run to its end, marked and reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prepdeck.cards.blueprint import Rest
from prepdeck.errors import NotFound
from prepdeck.interview.mock import End
from prepdeck.study.documents import bundled_documents
from prepdeck.study.mock_begin import NotEnoughCards, begin_mock, formats_of, load_mock
from prepdeck.study.mock_closing import close_mock, judge
from prepdeck.study.mock_loops import (
    after_round,
    begin_loop,
    end_rest,
    next_round,
    rest_left_ms,
    stopped_loops,
    sum_up_words,
)
from tests.study.mocks import HandClock, make_home, mark_all, opened, sit_through

FORMATS = bundled_documents().formats
SINGLE = [slug for slug, blueprint in FORMATS.items() if not blueprint.is_loop]
LOOPS = [slug for slug, blueprint in FORMATS.items() if blueprint.is_loop]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_home(tmp_path, monkeypatch)


def test_there_are_the_seventeen_formats_of_the_blueprint() -> None:
    assert len(FORMATS) == 17


@pytest.mark.parametrize("slug", SINGLE)
def test_a_format_is_begun_sat_to_its_end_marked_and_reported(slug: str, home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = begin_mock(desk, slug)
        assert len(sat.mock.questions) == FORMATS[slug].draw.questions
        sat = judge(desk, sit_through(desk, sat, clock))
        assert sat.mock.end is End.FINISHED
        assert sat.mock.unanswered == ()
        closed = close_mock(desk, mark_all(desk, sat))
        found = closed.debrief
        assert sum(row.actual_ms for row in found.phases) == found.mock.clock_ms
        assert all(row.was_reached for row in found.phases)
        if FORMATS[slug].rubric is None:
            assert found.score.verdict is None
        else:
            assert found.score.verdict is not None
            assert found.prediction is not None
        again = load_mock(desk, sat.id)
        assert again.mock == closed.sat.mock
    assert closed.markdown is not None
    assert closed.json is not None
    assert FORMATS[slug].title in closed.markdown.read_text("utf-8")
    told = json.loads(closed.json.read_text("utf-8"))
    assert (told["schema"], told["format"], told["end"]) == (1, slug, "finished")
    assert told["active_seconds"] == found.mock.clock_ms / 1000


@pytest.mark.parametrize("slug", LOOPS)
def test_a_loop_goes_through_its_rounds_and_rests_and_sums_them_up(slug: str, home: Path) -> None:
    from prepdeck.interview.terms import Terms

    clock = HandClock()
    with opened(clock) as desk:
        loop = begin_loop(desk, slug, Terms())
        rests = 0
        while not loop.is_over:
            if loop.is_resting:
                rests += 1
                left = rest_left_ms(desk, loop)
                assert 0 < left <= 40 * 60_000
                clock.seconds += 60
                assert rest_left_ms(desk, loop) == left - 60_000
                loop = end_rest(desk, loop)
                continue
            loop, sat = next_round(desk, loop)
            sat = judge(desk, sit_through(desk, sat, clock))
            closed = close_mock(desk, mark_all(desk, sat))
            loop = after_round(desk, loop, closed.sat)
        assert rests == sum(isinstance(leg, Rest) for leg in FORMATS[slug].rounds)
        # No draft was run before the end, which bounds one mark of the coding round.
        assert "Coding, one problem: 2.8  lean yes" in sum_up_words(desk, loop)
        assert stopped_loops(desk) == ()


def test_a_strict_rest_is_over_when_its_minutes_are(home: Path) -> None:
    from prepdeck.interview.terms import Terms
    from prepdeck.study.mock_loops import find_loop

    clock = HandClock()
    with opened(clock) as desk:
        loop, sat = next_round(desk, begin_loop(desk, "loop-evening", Terms()))
        closed = close_mock(desk, mark_all(desk, sit_through(desk, sat, clock)))
        loop = after_round(desk, loop, closed.sat)
        assert loop.is_resting
        clock.seconds += 5 * 60 + 1
        assert not find_loop(desk, loop.id).is_resting


def test_the_same_seed_draws_the_same_questions_and_another_one_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prepdeck.interview.terms import Terms

    drawn = []
    for number, seed in enumerate((7, 7, 8)):
        make_home(tmp_path / str(number), monkeypatch)
        with opened(HandClock()) as desk:
            sat = begin_mock(desk, "fundamentals-30", Terms(seed=seed))
            drawn.append(tuple(each.card for each in sat.mock.questions))
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_a_second_mock_asks_what_the_first_did_not(home: Path) -> None:
    with opened(HandClock()) as desk:
        first = {each.card for each in begin_mock(desk, "coding-45").mock.questions}
        second = {each.card for each in begin_mock(desk, "coding-45").mock.questions}
    assert first.isdisjoint(second)


def test_a_format_that_the_decks_hold_too_little_for_says_what_is_missing_and_what_can_be_sat(home: Path) -> None:
    (home / "decks" / "ml-coding.yaml").unlink()
    with opened(HandClock()) as desk:
        rows = {row.blueprint.id: row for row in formats_of(desk)}
        assert not rows["ml-coding-45"].can_be_sat
        assert not rows["loop-onsite"].can_be_sat
        assert rows["coding-45"].can_be_sat
        with pytest.raises(NotEnoughCards) as caught:
            begin_mock(desk, "ml-coding-45")
    assert "1 code card of the deck ml-coding, none found" in caught.value.message
    assert "coding-45" in (caught.value.help or "")


def test_a_misspelt_format_gets_a_suggestion(home: Path) -> None:
    with opened(HandClock()) as desk, pytest.raises(NotFound) as caught:
        begin_mock(desk, "codng-45")
    assert caught.value.help == "did you mean coding-45?"


def test_a_format_of_ones_own_is_sat_like_the_others(home: Path) -> None:
    (home / "decks" / "own.yaml").write_text(
        "formats:\n- id: quick\n  title: Quick\n  minutes: 3\n  draw: {rapid: 2}\n"
        "  phases: [{id: fire, minutes: 3, repeat: 2, asks: rapid}]\n",
        "utf-8",
    )
    clock = HandClock()
    with opened(clock) as desk:
        sat = sit_through(desk, begin_mock(desk, "quick"), clock)
        assert sat.mock.end is End.FINISHED
