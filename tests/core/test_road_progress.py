from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepdeck.cards.roadmap import Check, Deliverable, Milestone, Mode, Roadmap, RoadPhase, Step, Tool, Tracker
from prepdeck.cards.span import Span
from prepdeck.road.coverage import DeckShare, tool_covers
from prepdeck.road.deeds import Chose, Deed, Done, Kept, Reopened, Started, Told
from prepdeck.road.items import ItemKind, gate_id, step_items
from prepdeck.road.lists import ListKind
from prepdeck.road.progress import PhaseProgress, PhaseState, current_phase, find_item, phases_of
from prepdeck.road.standing import standing_of

TODAY = date(2026, 11, 22)
STEP = Step(id="portfolio", title="Portfolio", tracker=Tracker.CHECKLIST, checks=(Check("pinned", "it is pinned"),))
ROAD = Roadmap(
    phases=(
        RoadPhase(
            number=1,
            id="learn",
            title="Learn",
            months=Span(1, 2),
            deliverables=(
                Deliverable("repo", "a repository", checks=(Check("readme", "it has a README"),)),
                Deliverable("notes", "three notebooks", 3),
            ),
            milestone=Milestone("shown", "it is shown"),
            gate="say why",
            decks=("maths", "code"),
        ),
        RoadPhase(
            number=2,
            id="special",
            title="Special",
            months=Span(2, 4),
            deliverables=(Deliverable("capstone", "one project"),),
            decks=("maths", "text", "vision"),
            choose_one=("text", "vision"),
        ),
        RoadPhase(number=3, id="read", title="Read", months=Span(1, 1), decks=("code",)),
        RoadPhase(
            number=4,
            id="work",
            title="Work",
            months=Span(3, None),
            mode=Mode.CONCURRENT,
            deliverables=(Deliverable("talk", "a talk"),),
        ),
    ),
    steps=(STEP,),
    tools=(Tool("Python", ("code", "gone")), Tool("SQL", ("gone",))),
)
ALL_OF_LEARN = ("repo", "notes", "notes", "notes", "shown", "learn-gate")


def share(slug: str, seen: int, cards: int = 10) -> DeckShare:
    return DeckShare(slug, slug, cards, seen, weight=float(cards), known=seen / 2, is_here=True, is_queued=True)


DECKS = {"maths": share("maths", 5), "code": share("code", 0), "text": share("text", 2), "vision": share("vision", 4)}


def told(*deeds: Deed, day: date = TODAY) -> list[Told]:
    return [Told(f"n{number}", day, deed) for number, deed in enumerate(deeds)]


def progress(
    *deeds: Deed, day: date = TODAY, decks: Mapping[str, DeckShare] = DECKS, hours: float = 10
) -> dict[str, PhaseProgress]:
    found = phases_of(ROAD, standing_of(told(*deeds, day=day)), decks, TODAY, hours)
    return {each.phase.id: each for each in found}


def now_in(*deeds: Deed) -> str | None:
    found = current_phase(tuple(progress(*deeds).values()))
    return None if found is None else found.phase.id


def done(*items: str) -> list[Deed]:
    return [Done(item) for item in items]


def test_a_phase_is_ahead_under_way_and_done() -> None:
    assert progress()["learn"].state is PhaseState.AHEAD
    assert progress(Started("learn"))["learn"].state is PhaseState.UNDER_WAY
    assert progress(Done("repo"))["learn"].state is PhaseState.UNDER_WAY
    assert progress(*done(*ALL_OF_LEARN))["learn"].state is PhaseState.DONE
    assert progress(*done(*ALL_OF_LEARN), Reopened("notes"))["learn"].state is PhaseState.UNDER_WAY


def test_something_made_begins_nothing_in_words_but_counts_from_its_day() -> None:
    found = progress(Done("repo"), day=TODAY - timedelta(days=3))["learn"]
    assert (found.is_begun, found.begun, found.started) == (False, None, TODAY - timedelta(days=3))
    found = progress(Started("learn"))["learn"]
    assert (found.is_begun, found.begun, found.started) == (True, TODAY, TODAY)


def test_checks_do_not_hold_a_phase_up() -> None:
    found = progress(*done(*ALL_OF_LEARN))["learn"]
    assert [each.id for each in found.items if not each.is_done] == ["readme"]
    assert (found.things_done, len(found.things)) == (4, 4)
    assert progress(Done("readme"))["learn"].things_done == 0


def test_what_is_asked_three_times_is_done_by_the_third() -> None:
    for times, is_done in ((1, False), (2, False), (3, True), (4, True)):
        item = next(each for each in progress(*done(*["notes"] * times))["learn"].items if each.id == "notes")
        assert (item.is_done, len(item.pieces)) == (is_done, times)


def test_a_phase_of_cards_alone_is_done_when_all_were_seen() -> None:
    assert progress()["read"].state is PhaseState.AHEAD
    assert progress(decks={"code": share("code", 9)})["read"].state is PhaseState.AHEAD
    assert progress(decks={"code": share("code", 10)})["read"].state is PhaseState.DONE
    assert progress(decks={})["read"].state is PhaseState.AHEAD


@pytest.mark.parametrize(
    ("hours", "days", "is_late"), [(10, 60, False), (10, 62, True), (20, 30, False), (20, 32, True)]
)
def test_a_phase_is_late_after_the_most_it_takes(hours: float, days: int, *, is_late: bool) -> None:
    found = progress(Started("learn"), day=TODAY - timedelta(days=days), hours=hours)["learn"]
    assert found.is_late is is_late


def test_an_open_end_is_never_late_and_what_is_done_neither() -> None:
    long_ago = TODAY - timedelta(days=4_000)
    found = progress(Started("work"), Started("learn"), *done(*ALL_OF_LEARN), day=long_ago)
    assert (found["work"].state, found["work"].is_late) == (PhaseState.UNDER_WAY, False)
    assert (found["learn"].state, found["learn"].is_late) == (PhaseState.DONE, False)


def test_the_bar_of_a_phase_is_the_mean_of_its_cards_and_its_things() -> None:
    assert progress()["learn"].share == pytest.approx((5 / 20 + 0 / 4) / 2)
    assert progress(*done("repo", "shown"))["learn"].share == pytest.approx((5 / 20 + 2 / 4) / 2)
    assert progress()["read"].share == 0
    assert progress(Done("talk"))["work"].share == 1
    assert progress(*done(*ALL_OF_LEARN))["learn"].share == 1


seen_of = st.fixed_dictionaries({slug: st.integers(0, 10) for slug in DECKS})
deeds = st.lists(
    st.one_of(
        st.builds(Started, st.sampled_from([each.id for each in ROAD.phases])),
        st.builds(Done, st.sampled_from((*ALL_OF_LEARN, "readme", "capstone", "talk", "pinned", "gone"))),
        st.builds(Reopened, st.sampled_from((*ALL_OF_LEARN, "learn"))),
        st.builds(Chose, st.just("special"), st.sampled_from(("", "text", "vision"))),
    ),
    max_size=25,
)


@given(deeds, seen_of, st.integers(0, 900), st.floats(1, 112))
def test_every_number_of_a_phase_keeps_its_bounds(
    history: list[Deed], seen: dict[str, int], ago: int, hours: float
) -> None:
    decks = {slug: share(slug, number) for slug, number in seen.items()}
    for each in progress(*history, day=TODAY - timedelta(days=ago), decks=decks, hours=hours).values():
        assert 0 <= each.share <= 1
        assert each.recall is None or 0 <= each.recall <= 1
        assert 0 <= each.seen <= each.cards
        assert 0 <= each.things_done <= len(each.things)
        assert 0 <= each.left.low <= each.months.low
        first, last = each.ends
        assert first >= TODAY
        assert last is None or first <= last
        assert (each.share == 1) or each.state is not PhaseState.DONE
        assert each.state is not PhaseState.DONE or each.ends == (TODAY, TODAY)
        assert (each.next_item is None) == (each.things_done == len(each.things))


@given(deeds)
def test_one_is_always_in_the_first_phase_of_the_row_that_can_be(history: list[Deed]) -> None:
    found = progress(*history)
    row = [each for each in found.values() if each.phase.mode is Mode.SEQUENCE]
    current = current_phase(tuple(found.values()))
    assert (current is None) == all(each.state is PhaseState.DONE for each in row)
    if current is not None:
        assert current in row
        assert current.state is not PhaseState.DONE
        assert current.is_begun or not any(each.is_begun and each.state is not PhaseState.DONE for each in row)


def test_one_is_in_the_phase_begun_last() -> None:
    assert now_in() == "learn"
    assert now_in(Started("special")) == "special"
    assert now_in(Started("special"), Started("learn"), Reopened("special")) == "learn"
    assert now_in(Started("work")) == "learn"


def test_a_thing_made_early_does_not_say_which_phase_was_begun_last() -> None:
    days = [TODAY - timedelta(days=ago) for ago in (30, 20, 10)]
    history = [Told("a", days[0], Done("repo")), Told("b", days[1], Started("special"))]
    history.append(Told("c", days[2], Started("learn")))
    current = current_phase(phases_of(ROAD, standing_of(history), DECKS, TODAY, 10))
    assert current is not None
    assert current.phase.id == "learn"


def test_after_a_phase_comes_the_next_of_the_row() -> None:
    assert now_in(*done(*ALL_OF_LEARN)) == "special"
    assert now_in(*done(*ALL_OF_LEARN, "capstone")) == "read"
    assert now_in(Done("capstone")) == "read"
    everything = phases_of(
        ROAD,
        standing_of(told(*done(*ALL_OF_LEARN, "capstone"))),
        {**DECKS, "code": share("code", 10)},
        TODAY,
        10,
    )
    assert current_phase(everything) is None


def test_of_a_choice_only_the_chosen_deck_counts() -> None:
    assert [deck.slug for deck in progress()["special"].decks] == ["maths"]
    found = progress(Chose("special", "vision", ("text",)))["special"]
    assert ([deck.slug for deck in found.decks], found.chosen) == (["maths", "vision"], "vision")
    assert (found.cards, found.seen) == (20, 9)
    assert found.recall == pytest.approx((2.5 + 2) / 20)


def test_ends_follow_one_another_from_today() -> None:
    found = progress()
    assert found["learn"].ends == (date(2026, 12, 22), date(2027, 1, 22))
    assert found["special"].ends == (date(2027, 2, 21), date(2027, 5, 24))
    assert found["work"].ends[1] is None
    assert (found["special"].waits_for, found["work"].waits_for) == (("learn",), ())


def test_what_was_spent_on_a_phase_brings_its_end_nearer() -> None:
    found = progress(Started("learn"), day=TODAY - timedelta(days=15))
    assert found["learn"].ends[0] == date(2026, 12, 22) - timedelta(days=15)
    assert found["special"].ends[0] == date(2027, 2, 21) - timedelta(days=15)


def on_days(*deeds: tuple[int, Deed]) -> dict[str, PhaseProgress]:
    """Return the phases after deeds of so many days ago each."""
    history = [Told(f"n{place}", TODAY - timedelta(days=ago), deed) for place, (ago, deed) in enumerate(deeds)]
    return {each.phase.id: each for each in phases_of(ROAD, standing_of(history), DECKS, TODAY, 10)}


def test_a_thing_made_early_neither_shortens_its_phase_nor_makes_it_late() -> None:
    early = Kept(ListKind.DELIVERABLES, "", {"title": "a draft", "phase": "2", "status": "done"})
    found = on_days((400, early))["special"]
    assert (found.state, found.started) == (PhaseState.UNDER_WAY, TODAY - timedelta(days=400))
    assert (found.left, found.is_late) == (found.months, False)


def test_a_phase_begun_in_words_counts_from_that_day() -> None:
    found = on_days((400, Done("repo")), (15, Started("learn")))["learn"]
    assert found.left.low == pytest.approx(1 - 15 * 12 / 365.25)
    assert not found.is_late


def test_without_a_word_a_phase_counts_once_those_before_it_are_done() -> None:
    early = (400, Kept(ListKind.DELIVERABLES, "", {"title": "a draft", "phase": "2", "status": "done"}))
    found = on_days(early, *((30, deed) for deed in done(*ALL_OF_LEARN)))["special"]
    assert found.left.low == pytest.approx(2 - 30 * 12 / 365.25)
    assert on_days((30, Done("repo")))["learn"].left.low == pytest.approx(1 - 30 * 12 / 365.25)


def test_what_is_done_takes_no_more_time() -> None:
    found = progress(*done(*ALL_OF_LEARN))
    assert found["learn"].ends == (TODAY, TODAY)
    assert found["special"].ends == (date(2027, 1, 22), date(2027, 3, 24))


def test_a_thing_the_learner_added_belongs_to_its_phase() -> None:
    for phase in ("1", "learn", " Learn "):
        own = Kept(ListKind.DELIVERABLES, "", {"title": "a blog", "phase": phase})
        found = progress(*done(*ALL_OF_LEARN), own)["learn"]
        item = next(each for each in found.items if each.is_own)
        assert (item.id, item.kind, item.text, item.is_done) == ("n6", ItemKind.DELIVERABLE, "a blog", False)
        assert found.state is PhaseState.UNDER_WAY
    closed = Kept(ListKind.DELIVERABLES, "", {"title": "a blog", "phase": "1", "status": "done"})
    assert progress(*done(*ALL_OF_LEARN), closed)["learn"].state is PhaseState.DONE
    nowhere = Kept(ListKind.DELIVERABLES, "", {"title": "a blog", "phase": "9"})
    assert not any(item.is_own for each in progress(nowhere).values() for item in each.items)


def test_things_are_found_by_their_name() -> None:
    found = tuple(progress().values())
    steps = step_items(STEP, standing_of(told(Done("pinned"))))
    for slug in ("repo", "readme", "shown", "learn-gate", "portfolio", "pinned"):
        item = find_item(found, steps, slug)
        assert item is not None
        assert item.id == slug
    assert find_item(found, steps, "learn") is None
    assert [each.is_done for each in steps] == [False, True]
    assert gate_id(ROAD.phases[0]) == "learn-gate"


def test_tools_are_covered_by_the_decks_that_are_known() -> None:
    covers = tool_covers(ROAD, {"code": share("code", 3)})
    assert [(each.name, each.cards, each.seen) for each in covers] == [("Python", 10, 3), ("SQL", 0, 0)]
