from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from prepdeck.road.deeds import Assessed, Chose, Deed, Done, Dropped, Kept, Reopened, Started, Ticked, Told
from prepdeck.road.lists import ListKind
from prepdeck.road.standing import Piece, RoadStanding, standing_of

FIRST = date(2026, 11, 1)
ITEMS = ("repo", "demo", "gate")
PHASES = ("learn", "build")
NAMES = ("", "n0", "n1", "n2", "gone")

deeds = st.one_of(
    st.builds(Started, st.sampled_from(PHASES)),
    st.builds(Done, st.sampled_from(ITEMS), st.sampled_from(("", "https://example.org/a"))),
    st.builds(Reopened, st.sampled_from((*ITEMS, *PHASES, "nothing"))),
    st.builds(Chose, st.sampled_from(PHASES), st.sampled_from(("", "vision", "text")), st.just(("vision", "text"))),
    st.builds(Assessed, st.dictionaries(st.sampled_from(("maths", "code")), st.integers(1, 4))),
    st.builds(Ticked, st.sampled_from(("road", "mock")), is_done=st.booleans()),
    st.builds(
        Kept,
        st.sampled_from(ListKind),
        st.sampled_from(NAMES),
        st.dictionaries(st.sampled_from(("title", "note")), st.sampled_from(("x", "y"))),
    ),
    st.builds(Dropped, st.sampled_from(ListKind), st.sampled_from(NAMES)),
)
histories = st.lists(deeds, max_size=20)


def told(history: Sequence[Deed]) -> list[Told]:
    """Return deeds of one day each, named by their place."""
    return [Told(f"n{number}", FIRST + timedelta(days=number), deed) for number, deed in enumerate(history)]


def standing(*history: Deed) -> RoadStanding:
    return standing_of(told(history))


def test_without_deeds_there_is_nothing() -> None:
    assert standing() == RoadStanding()


@given(histories)
def test_only_what_counts_is_kept(history: list[Deed]) -> None:
    found = standing(*history)
    assert all(found.done.values())
    assert all(found.chosen.values())
    begun = {each.phase for each in history if isinstance(each, Started)}
    made = {each.item for each in history if isinstance(each, Done)}
    assert set(found.started) <= begun
    assert set(found.done) <= made
    assert (found.assessed_on is None) == (not any(isinstance(each, Assessed) for each in history))
    for pieces in found.done.values():
        assert [piece.day for piece in pieces] == sorted(piece.day for piece in pieces)


@given(histories, st.sampled_from(ITEMS))
def test_reopening_what_was_just_done_leaves_all_as_it_was(history: list[Deed], item: str) -> None:
    assert standing(*history, Done(item), Reopened(item)) == standing(*history)


@given(histories)
def test_reopening_what_was_never_done_changes_nothing(history: list[Deed]) -> None:
    before = standing(*history)
    for slug in {*ITEMS, *PHASES, "nothing"} - set(before.done) - set(before.started):
        assert standing(*history, Reopened(slug)) == before


@given(histories)
def test_entries_keep_their_order_and_their_names(history: list[Deed]) -> None:
    """A second fold, written as it is told: who was added and never dropped since, in that order, as last changed."""
    all_told = told(history)
    expected = []
    for place, each in enumerate(all_told):
        if not isinstance(each.deed, Kept) or each.deed.entry:
            continue
        rest = [other.deed for other in all_told[place + 1 :]]
        later = [deed for deed in rest if isinstance(deed, Kept | Dropped) and deed.entry == each.id]
        if any(isinstance(deed, Dropped) for deed in later):
            continue
        values = [deed.values for deed in later if isinstance(deed, Kept)]
        expected.append((each.id, each.deed.kind, each.day, values[-1] if values else each.deed.values))
    assert [(each.id, each.kind, each.added, each.values) for each in standing(*history).entries] == expected


@given(histories)
def test_each_list_holds_its_own_entries(history: list[Deed]) -> None:
    found = standing(*history)
    assert sum(len(found.entries_of(kind)) for kind in ListKind) == len(found.entries)
    assert all(each.kind is kind for kind in ListKind for each in found.entries_of(kind))


@given(histories, st.sampled_from(PHASES))
def test_a_choice_taken_back_is_none(history: list[Deed], phase: str) -> None:
    assert standing(*history, Chose(phase, "vision", ("text",))).chosen_deck(phase) == "vision"
    assert standing(*history, Chose(phase, "")).chosen_deck(phase) is None


def test_what_is_asked_for_several_times_is_done_piece_by_piece() -> None:
    found = standing(Done("repo", "https://example.org/a"), Done("repo"), Done("repo"), Reopened("repo"))
    assert found.done == {"repo": (Piece(FIRST, "https://example.org/a"), Piece(FIRST + timedelta(days=1)))}


def test_a_phase_that_two_machines_began_counts_from_the_first_day() -> None:
    assert standing(Started("learn"), Started("learn")).started == {"learn": FIRST}


def test_a_phase_begun_anew_counts_from_the_new_day() -> None:
    assert standing(Started("learn"), Reopened("learn"), Started("learn")).started == {
        "learn": FIRST + timedelta(days=2)
    }


def test_the_newest_view_of_the_skills_counts() -> None:
    found = standing(Assessed({"maths": 1, "code": 4}), Assessed({"maths": 3}))
    assert (found.levels, found.assessed_on) == ({"maths": 3}, FIRST + timedelta(days=1))


def test_a_tick_belongs_to_its_day() -> None:
    history = [Told("a", FIRST, Ticked("road")), Told("b", FIRST + timedelta(days=1), Ticked("road", is_done=False))]
    assert standing_of(history).ticks == {(FIRST, "road")}
    assert standing_of([*history, Told("c", FIRST, Ticked("road", is_done=False))]).ticks == frozenset()


def test_a_changed_entry_stays_in_its_list_and_keeps_its_day() -> None:
    found = standing(
        Kept(ListKind.CONTACTS, "", {"name": "Ada"}), Kept(ListKind.PORTFOLIO, "n0", {"name": "Ada L."})
    ).entries
    assert [(each.id, each.kind, each.added, each.values) for each in found] == [
        ("n0", ListKind.CONTACTS, FIRST, {"name": "Ada L."})
    ]
