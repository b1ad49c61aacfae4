"""The verbs of the road: what each changes, what it refuses, and that an undo takes it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from prepdeck.errors import NotFound, PrepdeckError, UsageError
from prepdeck.road.pacing import Months
from prepdeck.road.progress import PhaseProgress, PhaseState
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.interviews import add_interview
from prepdeck.study.options import Options
from prepdeck.study.overview import home_report, plan_page
from prepdeck.study.readiness import readiness
from prepdeck.study.records import read_actions
from prepdeck.study.reviewing import begin_round
from prepdeck.study.road import road_page, served_by, skill_words
from prepdeck.study.road_deeds import assess, choose_deck, mark_done, reopen, start_phase, tick
from prepdeck.study.road_log import road_standing
from prepdeck.study.road_names import find_phase, get_item, get_phase, road_in_use
from prepdeck.study.today import what_waits
from prepdeck.study.undoing import undo
from tests.builders import TODAY, environment_of, run_here

CARDS = "cards:\n- {id: one, front: Which?, back: This.}\n- {id: two, front: Who?, back: Me.}\n"
ROAD = """\
roadmap:
- id: learn
  months: {from: 1, to: 2}
  deliverables:
  - {id: repo, text: a repository, checks: [{id: readme, text: it has a README}]}
  - {id: notes, text: three notebooks, count: 3}
  milestone: {id: shown, text: it is shown}
  gate: say why
  decks: [small]
- id: special
  months: {from: 2, to: 4}
  deliverables: [{id: capstone, text: one project}]
  decks: [text, vision]
  choose_one: [text, vision]
skills:
- {id: programming, phases: [1]}
- {id: ml-algorithms, phases: [2]}
steps:
- {id: portfolio, tracker: portfolio}
- {id: role, tracker: checklist, checks: [{id: posting, text: read one posting}]}
tools: {Python: [small], Torch: [text, vision]}
features: {daily-review: Daily review}
path: {basics: {asks: the basics, decks: [small], features: [daily-review]}}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    for name, value in environment_of(folder).items():
        monkeypatch.setenv(name, value)
    for slug in ("text", "vision"):
        (folder / "decks" / f"{slug}.yaml").write_text(f"deck: {slug}\noptional: true\n{CARDS}", "utf-8")
    (folder / "decks" / "road.yaml").write_text(ROAD, "utf-8")
    return folder


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    with open_desk() as desk:
        yield desk


def phase_of(desk: Desk, slug: str) -> PhaseProgress:
    return next(each for each in road_page(desk).phases if each.phase.id == slug)


def entries(desk: Desk) -> int:
    return len(list(read_actions(desk)))


def test_ones_own_road_is_the_road(desk: Desk) -> None:
    assert [each.id for each in road_in_use(desk).phases] == ["learn", "special"]
    page = road_page(desk)
    assert [each.state for each in page.phases] == [PhaseState.AHEAD, PhaseState.AHEAD]
    assert page.current is not None
    assert page.current.phase.id == "learn"
    assert (page.proposal, page.standing.assessed_on, page.items_done) == (None, None, 0)
    assert page.left == Months(3, 6)


def test_a_faulty_road_of_ones_own_leaves_the_bundled_one(home: Path) -> None:
    circle = ROAD.replace("id: learn\n", "id: learn\n  after: [special]\n", 1)
    (home / "decks" / "road.yaml").write_text(circle, "utf-8")
    with open_desk() as desk:
        assert len(road_in_use(desk).phases) == 8
        mark_done(desk, "sql-queries")
    told = run_here(environment_of(home), "lint", str(home / "decks" / "road.yaml"))
    assert told.returncode == 1
    assert "E099" in told.stdout
    (home / "decks" / "road.yaml").write_text(ROAD, "utf-8")
    with open_desk() as desk:
        assert "sql-queries" in road_standing(desk).done  # kept, though this road does not ask for it
        assert road_page(desk).items_done == 0


def test_lint_knows_the_decks_that_a_road_names(home: Path) -> None:
    """It finds them where prepdeck does, though the road alone is checked."""
    environment, road = environment_of(home), home / "decks" / "road.yaml"

    def codes() -> set[str]:
        told = json.loads(run_here(environment, "lint", str(road), "--json").stdout)
        return {each["code"] for each in told["problems"]}

    assert codes() == set()
    (home / "decks" / "text.yaml").write_text(f"deck: text\n{CARDS}", "utf-8")
    assert codes() == {"W121"}
    (home / "decks" / "text.yaml").unlink()
    assert codes() == {"E091"}


def test_the_months_of_a_road_with_an_open_end_are_open(home: Path) -> None:
    (home / "decks" / "road.yaml").write_text(ROAD.replace("{from: 2, to: 4}", "{from: 2}"), "utf-8")
    with open_desk() as desk:
        assert road_page(desk).left == Months(3, None)


def test_phases_side_by_side_take_as_long_as_the_longest(home: Path) -> None:
    (home / "decks" / "road.yaml").write_text(ROAD.replace("to: 4}", "to: 4}\n  after: []"), "utf-8")
    with open_desk() as desk:
        page = road_page(desk)
        assert page.left == Months(2, 4)
        assert max(each.ends[0] for each in page.phases) == page.left.after(page.today)[0]


def test_a_phase_begins_and_undo_takes_it_back(desk: Desk) -> None:
    assert start_phase(desk, "1").id == "learn"
    assert (phase_of(desk, "learn").state, phase_of(desk, "learn").started) == (PhaseState.UNDER_WAY, TODAY)
    undo(desk)
    assert phase_of(desk, "learn").state is PhaseState.AHEAD


def test_a_phase_goes_by_number_id_or_beginning(desk: Desk) -> None:
    road = road_in_use(desk)
    assert {get_phase(road, word).id for word in ("2", "special", " SPE ")} == {"special"}
    assert [find_phase(road, word) for word in ("", "0", "3", "x")] == [None] * 4


def test_something_is_done_with_its_link_and_undo_takes_it_back(desk: Desk) -> None:
    item = mark_done(desk, "repo", " https://example.org/repo ")
    assert (item.is_done, item.links, item.pieces[0].day) == (True, ("https://example.org/repo",), TODAY)
    assert phase_of(desk, "learn").things_done == 1
    undo(desk)
    assert phase_of(desk, "learn").things_done == 0


def test_what_is_asked_three_times_takes_three(desk: Desk) -> None:
    counts = [(len(item.pieces), item.is_done) for item in (mark_done(desk, "notes") for _ in range(3))]
    assert counts == [(1, False), (2, False), (3, True)]
    with pytest.raises(UsageError, match="notes is done already"):
        mark_done(desk, "notes")
    reopen(desk, "notes")
    assert len(road_standing(desk).done["notes"]) == 2
    undo(desk, 2)
    assert len(road_standing(desk).done["notes"]) == 2


def test_what_is_done_takes_a_new_link_in_one_step(desk: Desk) -> None:
    mark_done(desk, "repo", "https://example.org/old")
    assert mark_done(desk, "repo", "https://example.org/new").links == ("https://example.org/new",)
    undo(desk)
    assert road_standing(desk).done["repo"][0].link == "https://example.org/old"


def test_gates_checks_and_steps_are_ticked_off_like_things(desk: Desk) -> None:
    for word, slug in (("1-gate", "learn-gate"), ("readme", "readme"), ("role", "role"), ("post", "posting")):
        assert mark_done(desk, word).id == slug
        assert reopen(desk, slug).startswith("open again: ")
    with open_desk() as other:
        assert road_standing(other).done == {}


def test_a_phase_is_done_by_all_it_asks_for(desk: Desk) -> None:
    for item in ("repo", "notes", "notes", "notes", "shown", "learn-gate"):
        mark_done(desk, item)
    page = road_page(desk)
    assert (page.phases[0].state, page.phases[0].ends) == (PhaseState.DONE, (TODAY, TODAY))
    assert page.current is not None
    assert page.current.phase.id == "special"
    assert page.left == Months(2, 4)


def test_the_skills_decide_where_to_begin(desk: Desk) -> None:
    proposal = assess(desk, {"programming": 3})
    assert proposal is not None
    assert (proposal.phase.id, [skill.id for skill in proposal.because]) == ("special", ["ml-algorithms"])
    assess(desk, {"ml-algorithms": 4})
    page = road_page(desk)
    assert dict(page.standing.levels) == {"programming": 3, "ml-algorithms": 4}
    assert page.proposal is not None
    assert page.proposal.because == ()
    assert [skill_words(skill, page.standing) for skill in page.roadmap.skills] == [
        "3 of 4, I do it alone",
        "4 of 4, I could teach it",
    ]
    undo(desk, 2)
    assert road_page(desk).standing.assessed_on is None


def test_a_tick_is_of_its_day_and_can_be_taken_away(desk: Desk) -> None:
    tick(desk, "road", is_done=True)
    assert road_standing(desk).ticks == {(TODAY, "road")}
    tick(desk, "road", is_done=False)
    assert road_standing(desk).ticks == frozenset()
    undo(desk)
    assert road_standing(desk).ticks == {(TODAY, "road")}


def test_steps_tell_how_far_their_trackers_are(desk: Desk) -> None:
    assert [each.words for each in road_page(desk).steps] == ["0 pieces, 0 published", "open"]
    mark_done(desk, "role")
    assert [(each.words, each.is_done) for each in road_page(desk).steps] == [
        ("0 pieces, 0 published", False),
        ("ticked", True),
    ]


def test_rows_of_the_path_name_what_serves_them(desk: Desk) -> None:
    page = road_page(desk)
    assert [served_by(page, row) for row in page.roadmap.path] == ["Daily review; A small deck"]


REFUSED: list[tuple[Callable[[Desk], object], type[PrepdeckError]]] = [
    (lambda desk: start_phase(desk, "3"), NotFound),
    (lambda desk: start_phase(desk, ""), NotFound),
    (lambda desk: mark_done(desk, "nothing"), NotFound),
    (lambda desk: mark_done(desk, ""), NotFound),
    (lambda desk: mark_done(desk, "re"), NotFound),
    (lambda desk: mark_done(desk, "3-gate"), NotFound),
    (lambda desk: mark_done(desk, "2-gate"), NotFound),
    (lambda desk: mark_done(desk, "learn"), NotFound),
    (lambda desk: mark_done(desk, "repo", "my disk"), UsageError),
    (lambda desk: mark_done(desk, "repo", "http://"), UsageError),
    (lambda desk: mark_done(desk, "repo", "https://[::1"), UsageError),
    (lambda desk: mark_done(desk, "repo", "javascript:alert(1)"), UsageError),
    (lambda desk: mark_done(desk, "repo", "https://example.org/" + "x" * 2_000), UsageError),
    (lambda desk: reopen(desk, "repo"), UsageError),
    (lambda desk: reopen(desk, "1"), UsageError),
    (lambda desk: reopen(desk, "text"), NotFound),
    (lambda desk: reopen(desk, ""), NotFound),
    (lambda desk: choose_deck(desk, "small"), NotFound),
    (lambda desk: choose_deck(desk, ""), NotFound),
    (lambda desk: assess(desk, {}), UsageError),
    (lambda desk: assess(desk, {"charm": 3}), NotFound),
    (lambda desk: assess(desk, {"programming": 0}), UsageError),
    (lambda desk: assess(desk, {"programming": 5}), UsageError),
    (lambda desk: assess(desk, {"programming": 3, "ml-algorithms": 5}), UsageError),
]


@pytest.mark.parametrize(("deed", "error"), REFUSED, ids=range(len(REFUSED)))
def test_bad_input_changes_nothing(desk: Desk, deed: Callable[[Desk], object], error: type[PrepdeckError]) -> None:
    with pytest.raises(error):
        deed(desk)
    assert entries(desk) == 0


def test_a_phase_is_no_thing_to_do(desk: Desk) -> None:
    """`learn` is the beginning of `learn-gate`, and still not what was meant."""
    with pytest.raises(NotFound) as told:
        mark_done(desk, "learn")
    assert told.value.message == "learn is a phase; it is done by what it asks for"
    assert told.value.help == "prepdeck roadmap show learn lists it; its gate is learn-gate"
    with pytest.raises(NotFound) as told:
        mark_done(desk, "special")
    assert told.value.help == "prepdeck roadmap show special lists it"


def test_what_was_done_before_is_refused_and_changes_nothing(desk: Desk) -> None:
    start_phase(desk, "1")
    choose_deck(desk, "text")
    mark_done(desk, "repo")
    before = entries(desk)
    for deed in (start_phase, choose_deck, mark_done):
        with pytest.raises(UsageError):
            deed(desk, {start_phase: "learn", choose_deck: "text", mark_done: "repo"}[deed])
    assert entries(desk) == before == 3


def test_a_name_that_is_nearly_right_is_guessed(desk: Desk) -> None:
    with pytest.raises(NotFound) as told:
        get_item(road_in_use(desk), road_standing(desk), "capstoen")
    assert told.value.help == "did you mean capstone?"


def places(home: Path, desk: Desk, *, with_interview: bool) -> dict[str, set[str]]:
    """Return the decks that each place asks cards of."""
    light, _ = what_waits(Options())
    printed = json.loads(run_here(environment_of(home), "due", "--json").stdout)
    page = plan_page(desk)
    found = {
        "round": {card.deck for card in begin_round(desk).round.queue},
        "home": {row.slug for row in home_report(desk).day.decks if row.new},
        "light": {row.slug for row in light.decks if row.new},
        "due --json": {row["deck"] for row in printed["decks"] if row["new"]},
        "readiness": {part.deck for part in readiness(desk).topics},
        "road": {slug for slug, share in page.road.decks.items() if share.is_queued},
    }
    if with_interview:
        assert page.plan is not None
        found["plan"] = {pick.card.deck for pick, _ in page.plan.today}
    return found


def check(found: Mapping[str, set[str]], decks: set[str]) -> None:
    """Check that every place asks the same decks."""
    assert {place: asked for place, asked in found.items() if asked != decks} == {}


@pytest.mark.parametrize("with_interview", [False, True])
def test_only_the_chosen_deck_is_asked(home: Path, *, with_interview: bool) -> None:
    """Everywhere: the round, home, the plan, the road, and the light way that opens no store."""
    if with_interview:
        with open_desk() as desk:
            add_interview(desk, TODAY + timedelta(days=1), "Acme")
    steps: list[tuple[Callable[[Desk], object], set[str]]] = [
        (lambda _: None, {"small"}),
        (lambda desk: choose_deck(desk, "text"), {"small", "text"}),
        (lambda desk: choose_deck(desk, "vis"), {"small", "vision"}),
        (lambda desk: reopen(desk, "vision"), {"small"}),
        (undo, {"small", "vision"}),
        (undo, {"small", "text"}),
        (undo, {"small"}),
    ]
    for deed, decks in steps:
        with open_desk() as desk:
            deed(desk)
            found = places(home, desk, with_interview=with_interview)
            check(found, decks)
        with open_desk() as desk:  # opened anew it is the same
            found = places(home, desk, with_interview=with_interview)
            check(found, decks)


def test_the_light_way_sees_a_choice_without_opening_the_store(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk() as desk:
        choose_deck(desk, "text")

    def refuse(*_: object) -> None:
        raise AssertionError("the store was opened")

    monkeypatch.setattr("prepdeck.study.desk.open_desk", refuse)
    day, _ = what_waits(Options())
    assert {row.slug for row in day.decks if row.new} == {"small", "text"}


def test_leave_out_wins_over_a_choice(home: Path) -> None:
    assert run_here(environment_of(home), "config", "leave_out", "text").returncode == 0
    with open_desk() as desk:
        assert "leave_out keeps text out" in choose_deck(desk, "text")[2]
        found = places(home, desk, with_interview=False)
        check(found, {"small"})
        assert choose_deck(desk, "vision")[2] == ""
        found = places(home, desk, with_interview=False)
        check(found, {"small", "vision"})


def test_a_chosen_deck_that_is_not_here_is_told(home: Path) -> None:
    (home / "decks" / "vision.yaml").unlink()
    with open_desk() as desk:
        assert "the deck vision is not here yet" in choose_deck(desk, "vision")[2]
        assert phase_of(desk, "special").decks[0].is_here is False


def test_the_others_of_a_choice_stay_out_though_their_authors_want_them_asked(home: Path) -> None:
    for slug in ("text", "vision"):
        (home / "decks" / f"{slug}.yaml").write_text(f"deck: {slug}\n{CARDS}", "utf-8")
    with open_desk() as desk:
        choose_deck(desk, "text")
        found = places(home, desk, with_interview=False)
        check(found, {"small", "text"})


def test_an_interview_that_names_a_deck_asks_it_though_another_was_chosen(home: Path) -> None:
    with open_desk() as desk:
        choose_deck(desk, "text")
        add_interview(desk, TODAY + timedelta(days=1), "Acme", decks=("vision",))
        found = places(home, desk, with_interview=True)
        assert "vision" in found["round"]
        assert found["plan"] == found["round"] == found["home"] == found["light"]


def test_everything_is_told_by_the_log_and_leaves_it_whole(home: Path) -> None:
    environment = environment_of(home)
    with open_desk() as desk:
        start_phase(desk, "1")
        mark_done(desk, "repo", "https://example.org/repo")
        mark_done(desk, "repo", "https://example.org/new")
        choose_deck(desk, "text")
        assess(desk, {"programming": 2})
        tick(desk, "road", is_done=True)
        reopen(desk, "repo")
        undo(desk, 2)
    told = run_here(environment, "log", "--all")
    assert told.returncode == 0
    for words in ("start of phase learn", "repo done", "repo reopened", "choice of text", "self-assessment", "tick of"):
        assert words in told.stdout
    assert run_here(environment, "rebuild", "--check").returncode == 0
    assert run_here(environment, "doctor").returncode == 0
