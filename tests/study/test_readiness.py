"""Readiness, the road and home: one count of cards, one recall, and what mocks say of each pillar."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.interview.gates import BEHAVIOURAL, IN_A_ROW, ML_DESIGN
from prepdeck.study import handling
from prepdeck.study.aims import draft_plan
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.interviews import add_interview
from prepdeck.study.mock_begin import begin_mock
from prepdeck.study.mock_closing import close_mock
from prepdeck.study.overview import home_report, plan_page
from prepdeck.study.readiness import readiness
from prepdeck.study.recording import record_answer
from prepdeck.study.road import road_page
from prepdeck.study.road_deeds import mark_done
from tests.builders import TODAY, environment_of, run_here
from tests.study.mocks import HandClock, make_home, mark_all, opened, sit_through

CARDS = 9
ROAD = """\
roadmap:
- {id: learn, months: {from: 1}, decks: [sums, small, more]}
tools: {Python: [sums, more]}
"""


def deck(slug: str, optional: str = "") -> str:
    """Return a deck of two topics and none, whose cards weigh 1, 2 and 3."""
    cards = "".join(
        f"- {{id: c{number}, front: What is {number}?, back: It., weight: {number % 3 + 1}"
        + (f", topic: {'first' if number % 2 else 'second'}" if number % 4 else "")
        + "}\n"
        for number in range(CARDS)
    )
    return f"deck: {slug}\n{optional}track: algorithms\ntopics: {{first: First, second: Second}}\ncards:\n{cards}"


@pytest.fixture
def practised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of three decks in which some cards were answered over three weeks."""
    home = tmp_path / "home"
    for name, value in environment_of(home).items():
        monkeypatch.setenv(name, value)
    for slug, optional in (("sums", ""), ("more", "optional: true\n")):
        (home / "decks" / f"{slug}.yaml").write_text(deck(slug, optional), "utf-8")
    (home / "decks" / "road.yaml").write_text(ROAD, "utf-8")
    with open_desk() as desk:
        for number in range(30):
            card = CardId(("sums", "more")[number % 2], f"c{number % 7}")
            at = datetime(2026, 11, 1, 9, tzinfo=UTC) + timedelta(days=number * 2 // 3, minutes=number)
            record_answer(desk, card, (4, 2, 5, 3)[number % 4], at=at, seconds=10)
    return home


def sums_of_topics(desk: Desk) -> Mapping[str, tuple[int, int, float, int]]:
    """Return cards, those seen, recall by weight and those held back of each deck, from the topics of readiness."""
    with desk.store.reading() as log:
        draft = draft_plan(desk, log)
    weights: dict[tuple[str, str | None], float] = defaultdict(float)
    for card in (*(card for aim in draft.aims for card in aim.cards), *draft.outside):
        weights[card.card.deck, draft.outlines[card.card].topic] += card.weight
    found: dict[str, tuple[int, int, float, int]] = {}
    total: dict[str, float] = defaultdict(float)
    for part in readiness(desk).topics:
        weight = weights[part.deck, part.name]
        cards, seen, known, held = found.get(part.deck, (0, 0, 0.0, 0))
        total[part.deck] += weight
        found[part.deck] = (
            cards + part.cards,
            seen + part.seen,
            known + weight * part.recall,
            held + part.held_back,
        )
    return {slug: (cards, seen, known / total[slug], held) for slug, (cards, seen, known, held) in found.items()}


def check_agreement(desk: Desk, environment: dict[str, str]) -> int:
    """Check that every deck of the queue has the same numbers everywhere; return how many decks it were."""
    page = road_page(desk)
    by_topic = sums_of_topics(desk)
    rows = {row.slug: row for row in home_report(desk).day.decks}
    road = json.loads(run_here(environment, "roadmap", "--json").stdout)
    printed = {each["deck"]: each for phase in road["phases"] for each in phase["decks"]}
    ready = json.loads(run_here(environment, "ready", "--json").stdout)
    queued = [slug for slug, share in page.decks.items() if share.is_queued]
    assert set(queued) <= set(by_topic)
    for slug in queued:
        share = page.decks[slug]
        cards, seen, recall, _ = by_topic[slug]
        assert (share.cards, share.seen) == (cards, seen)
        assert share.recall == pytest.approx(recall, abs=1e-9)
        topics = [each for each in ready["topics"] if each["deck"] == slug]
        assert sum(each["cards"] for each in topics) == cards
        assert sum(each["seen"] for each in topics) == seen
        row = rows[slug]
        assert (row.cards, row.cards - share.held_back) == (cards + share.held_back, cards)
        assert seen <= row.seen <= seen + share.held_back  # home counts what is held back too
        if slug in printed:
            told = printed[slug]
            assert (told["cards"], told["seen"], told["held_back"]) == (cards, seen, share.held_back)
            assert told["recall"] == pytest.approx(recall, abs=1e-4)
    return len(queued)


def test_road_readiness_and_home_tell_the_same_numbers(practised: Path) -> None:
    environment = environment_of(practised)
    with open_desk() as desk:
        assert check_agreement(desk, environment) == 2
        shares = road_page(desk).decks
        assert {row.slug: row.seen for row in home_report(desk).day.decks} == {
            slug: share.seen for slug, share in shares.items()
        }
        assert 0 < shares["sums"].seen < CARDS


def test_they_agree_with_an_interview_ahead(practised: Path) -> None:
    with open_desk() as desk:
        today = road_page(desk).decks["sums"].recall
        add_interview(desk, TODAY + timedelta(days=12), "Acme", decks=("more",))
        assert check_agreement(desk, environment_of(practised)) == 3
        later = road_page(desk).decks["sums"].recall
        assert today is not None
        assert later is not None
        assert later < today  # both are of the day of the interview now


def test_they_agree_when_cards_are_held_back(practised: Path) -> None:
    with open_desk() as desk:
        handling.suspend(desk, ["sums/c0", "sums/c1"])
        handling.bury(desk, ["sums/c8"])
        assert check_agreement(desk, environment_of(practised)) == 2
        share = road_page(desk).decks["sums"]
        assert (share.cards, share.held_back) == (CARDS - 3, 3)


def test_a_deck_whose_cards_are_all_held_back_is_still_in_the_queue(practised: Path) -> None:
    with open_desk() as desk:
        handling.suspend(desk, [f"sums/c{number}" for number in range(CARDS)])
        share = road_page(desk).decks["sums"]
        assert (share.cards, share.held_back, share.is_queued, share.is_here) == (0, CARDS, True, True)
        assert share.recall is None


def test_a_deck_out_of_the_queue_is_counted_by_the_road_alone(practised: Path) -> None:
    with open_desk() as desk:
        page = plan_page(desk)
        share = page.road.decks["more"]
        assert (share.is_queued, share.cards, share.seen) == (False, CARDS, 7)
        assert "more" not in {part.deck for part in readiness(desk).topics}


def test_phases_and_tools_are_the_sums_of_their_decks(practised: Path) -> None:
    with open_desk() as desk:
        page = road_page(desk)
        (phase,) = page.phases
        shares = [page.decks[slug] for slug in ("sums", "small", "more")]
        assert (phase.cards, phase.seen) == (sum(each.cards for each in shares), sum(each.seen for each in shares))
        assert phase.recall == pytest.approx(sum(each.known for each in shares) / sum(each.weight for each in shares))
        assert [(tool.cards, tool.seen) for tool in page.tools] == [(2 * CARDS, shares[0].seen + shares[2].seen)]


def sit(desk: Desk, clock: HandClock, name: str, times: int, level: int = 3, **marks: int) -> None:
    for _ in range(times):
        close_mock(desk, mark_all(desk, sit_through(desk, begin_mock(desk, name), clock), level, **marks))


def test_three_mocks_about_own_projects_open_the_gate_of_their_pillar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_home(tmp_path, monkeypatch)
    clock = HandClock()
    with opened(clock) as desk:
        for count in range(1, IN_A_ROW + 1):
            sit(desk, clock, "deep-dive-45", 1)
            pillar = next(each for each in readiness(desk).pillars if each.name == BEHAVIOURAL)
            assert (pillar.passed, pillar.is_through) == (count, count == IN_A_ROW)
        sit(desk, clock, "deep-dive-45", 1, level=2)
        pillar = next(each for each in readiness(desk).pillars if each.name == BEHAVIOURAL)
        assert (pillar.passed, pillar.is_through, len(pillar.mocks)) == (0, False, 4)


def test_a_case_that_was_met_before_opens_no_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_home(tmp_path, monkeypatch)
    clock = HandClock()
    with opened(clock) as desk:
        sit(desk, clock, "ml-design-45", 3)  # there are two cases
        pillar = next(each for each in readiness(desk).pillars if each.name == ML_DESIGN)
        assert [mock.is_unseen for mock in pillar.mocks] == [False, True, True]
        assert pillar.passed == 0


def test_the_papers_of_the_last_phase_are_told_with_their_checks(practised: Path) -> None:
    (practised / "decks" / "road.yaml").unlink()
    with open_desk() as desk:
        mark_done(desk, "case-studies")
        mark_done(desk, "resume-page")
        papers = {item.id: item for item in readiness(desk).papers}
    assert (len(papers["case-studies"].pieces), papers["case-studies"].is_done) == (1, False)
    assert papers["resume-page"].is_done
    assert not papers["tailored-resume"].is_done
