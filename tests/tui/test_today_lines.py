"""Today's plan and the phases as rows: whatever the size, nothing is too wide, and the marked row is seen."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.road.today import Line, LineKind, TodayPlan, fit_lines
from prepdeck.tui.glyphs import UNICODE, Glyphs
from prepdeck.tui.rows import Row, Tone, texts
from prepdeck.tui.screens.home_words import others_of
from prepdeck.tui.screens.today_words import day_lines, day_words
from prepdeck.tui.widgets.phase_bars import PhaseBars, PhaseLine, PhaseSign, PhaseThing
from prepdeck.tui.widgets.today import PlanBox, TodayFacts
from prepdeck.tui.widgets.today_lines import TodayLine, TodayLines
from tests.full import examples


class Unmounted:
    """Gives a widget its signs where there is no app."""

    glyphs: Glyphs = UNICODE
    palette = None
    has_focus = True


class BareLines(Unmounted, TodayLines):
    """The lines of the day without an app."""


class BarePhases(Unmounted, PhaseBars):
    """The phases without an app."""


class BarePlan(Unmounted, PlanBox):
    """The box of home without an app."""


def day_of(minutes: int, *, mock_done: bool = False) -> TodayPlan:
    lines = [
        Line(LineKind.REVIEW, "Reviews: 4 done", 0, is_done=True),
        Line(LineKind.NEW, "Learn 6 new cards", 10),
        Line(LineKind.MOCK, "Mock: home feed ranking [/b]", 45, is_done=mock_done, target="feed"),
        Line(LineKind.ROAD, "Phase 1: a numerical routine library in NumPy with tests", 25, target="numpy-library"),
    ]
    return fit_lines(lines, minutes, minutes)


def drawn(day: TodayPlan, width: int, height: int, marked: int = 0) -> list[Row]:
    box = BareLines()
    box.show(day_lines(day), day_words(day), "Today", "")
    box.mark(marked)
    return list(box.draw(width, height))


def test_each_line_has_its_sign_and_its_minutes() -> None:
    shown = list(texts(drawn(day_of(90), 60, 20)))
    assert shown[0].strip("▌ ") == "✓ Reviews: 4 done"
    assert "▸ Learn 6 new cards" in shown[1]
    assert shown[1].endswith("10 min")
    assert "· Mock: home feed ranking [/b]" in shown[2]
    assert shown[2].endswith("45 min")


def test_a_line_without_room_is_quiet_and_says_so_and_the_sentence_names_it() -> None:
    rows = drawn(day_of(40), 60, 20)
    mock = rows[2]
    assert mock.text.endswith("no room  45 min")
    assert {piece.tone for piece in mock.pieces if piece.text.strip("▌ ")} == {Tone.MUTED}
    assert "no room" not in rows[3].text
    assert "Does not fit into 40 min: Mock: home feed ranking [/b] (45 min)." in " ".join(
        " ".join(line.split()) for line in texts(rows)
    )


def test_a_day_that_fits_says_how_much_of_it_is_left_and_one_that_is_over_that_it_is() -> None:
    assert day_words(day_of(90)) == "All of it fits: about 80 of 90 min."
    assert day_words(day_of(90, mock_done=True)) == "All of it fits: about 35 of 90 min."
    assert day_words(fit_lines([Line(LineKind.REVIEW, "No card is due", 0, is_done=True)], 20, 20)) == (
        "All of today is done."
    )


def test_a_new_day_keeps_the_marked_line_by_what_it_asks_for() -> None:
    box = BareLines()
    box.show(day_lines(day_of(90)), "", "Today", "")
    assert box.line_marked is not None
    assert box.line_marked.name == "new"
    box.mark(2)
    fewer = fit_lines([each for each in day_of(90).lines if each.kind is not LineKind.NEW], 90, 90)
    box.show(day_lines(fewer), "", "Today", "")
    assert box.line_marked.name == "mock"


@given(st.integers(0, 100), st.integers(20, 130), st.integers(2, 30), st.integers(0, 3))
@settings(deadline=None, max_examples=examples(60))
def test_the_lines_never_overflow_and_the_marked_one_is_seen(
    minutes: int, width: int, height: int, marked: int
) -> None:
    rows = drawn(day_of(minutes), width, height, marked)
    assert len(rows) <= height
    assert all(row.width <= width for row in rows)
    lines, words = len(day_of(minutes).lines), len(drawn(day_of(minutes), width, 0))
    if height >= words - lines + 1:
        assert any(row.target == f"lines:{marked}" for row in rows)


def phase(number: int, **more: object) -> PhaseLine:
    things = (PhaseThing("a thing [x] to make", is_done=True), PhaseThing("another " * 9, is_done=False))
    facts: dict[str, object] = {
        "name": f"phase-{number}",
        "number": number,
        "title": f"Phase with a rather long title {number}",
        "sign": PhaseSign.AHEAD,
        "share": 0.0,
        "percent": 0,
        "left": ("0 of 4 things done, 3 of 60 cards seen", "0 of 4 things, 3 of 60"),
        "things": things,
    }
    return PhaseLine(**{**facts, **more})  # type: ignore[arg-type]


ROAD = (
    phase(1, sign=PhaseSign.DONE, share=1.0, percent=100),
    phase(2, sign=PhaseSign.LATE, share=0.8, percent=80),
    phase(3, sign=PhaseSign.UNDER_WAY, share=0.3, percent=30, is_current=True),
    *(phase(number) for number in range(4, 9)),
)


def test_the_phases_tell_their_state_by_a_sign_and_the_current_one_what_is_left() -> None:
    box = BarePhases()
    box.show(ROAD, "h/l phase")
    shown = list(texts(box.draw(56, 30)))
    assert [line.strip("▌ ")[0] for line in shown[:4]] == ["✓", "!", "▸", "0"]
    assert shown[0].endswith("100%")
    assert shown[2].endswith("30%")
    assert shown[3].strip() == "0 of 4 things done, 3 of 60 cards seen"
    assert "Phase 3 is done by" in " ".join(shown)


def test_another_page_keeps_the_marked_phase_by_its_name() -> None:
    box = BarePhases()
    box.show(ROAD, "")
    assert box.name_marked == "phase-3"
    box.mark(5)
    box.show(ROAD[1:], "")
    assert box.name_marked == "phase-6"


@given(st.integers(20, 130), st.integers(2, 40), st.integers(0, 7))
@settings(deadline=None, max_examples=examples(60))
def test_the_phases_never_overflow_and_the_marked_one_is_seen(width: int, height: int, marked: int) -> None:
    box = BarePhases()
    box.show(ROAD, "")
    box.mark(marked)
    rows = box.draw(width, height)
    assert len(rows) <= height
    assert all(row.width <= width for row in rows)
    head = next(row for row in rows if row.target == f"phases:{marked}")
    assert f" {marked + 1} " in head.text


FACTS = TodayFacts(due=6, new=6, minutes=8, done=2, decks=3, spent=1, minutes_a_day=20, tomorrow=1)


def box_of(facts: TodayFacts, day: TodayPlan | None) -> BarePlan:
    box = BarePlan()
    box.show(facts, "p")
    box.show_others(None if day is None else others_of(day))
    return box


def test_homes_box_has_the_counts_of_home_and_the_mock_and_the_road_of_the_plan() -> None:
    shown = [line.rstrip() for line in texts(box_of(FACTS, day_of(40)).draw(46, 14))]
    assert shown[:3] == ["✓ 2 answers given in 1 min", "▸ Review 6 cards", "· Learn 6 new"]
    assert shown[3].startswith("· Mock: home feed ranking")
    assert shown[-2] == "about 8 min of cards, 1 of 20 spent"


def test_homes_box_says_that_it_looks_ahead_until_the_plan_is_there() -> None:
    assert "  Looking ahead…" in list(texts(box_of(FACTS, None).draw(46, 14)))
    assert "Looking ahead" not in " ".join(texts(box_of(FACTS, day_of(40)).draw(46, 14)))


def test_a_low_box_names_the_steps_in_a_word_or_two() -> None:
    shown = list(texts(box_of(FACTS, day_of(90)).draw(46, 3)))
    assert shown == ["✓ 2 given  ▸ Review 6  · Learn 6  · Mock 45'", "· Phase 1 25'"]


def test_without_cards_left_the_mock_is_the_next_step() -> None:
    facts = TodayFacts(done=12, decks=3, spent=8)
    assert "▸ Mock: home feed ranking [/b]" in " ".join(texts(box_of(facts, day_of(90)).draw(60, 14)))
    assert "✓ No card is asked today" in next(texts(box_of(TodayFacts(decks=3), day_of(90)).draw(60, 14)))


@given(st.integers(20, 60), st.integers(1, 20), st.integers(0, 100))
@settings(deadline=None, max_examples=examples(60))
def test_homes_box_is_never_too_wide(width: int, height: int, minutes: int) -> None:
    rows = box_of(FACTS, day_of(minutes)).draw(width, height)
    assert all(row.width <= max(width, 35) for row in rows)


def test_a_short_word_of_a_line_is_what_stands_before_its_colon() -> None:
    shorts = [line.short for line in day_lines(day_of(90))]
    assert shorts == ["Reviews", "Learn 6 new cards 10'", "Mock 45'", "Phase 1 25'"]
    assert isinstance(day_lines(day_of(90))[0], TodayLine)
