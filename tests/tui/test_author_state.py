"""The author's page as a value: which card it shows after a key, and after an edit of the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from prepdeck.study.options import Options
from prepdeck.study.previewing import look_again, open_preview
from prepdeck.tui.author_state import Authoring

HEAD = "deck: small\ncards:\n"
ONE = "- id: one\n  front: first front\n  back: first back\n  hints: [think, again]\n"
GAPS = '- id: gaps\n  kind: cloze\n  text: "{{c1::one}} and {{c2::two}} and {{c3::three}}"\n'
NUMBER = "- id: number\n  kind: numeric\n  front: Two times two?\n  answer: 4\n  tolerance: {abs: 0.1}\n  unit: x\n"
TOLD = """\
- id: told
  kind: star
  front: A time you led.
  competency: drive
  rubric: behavioural
  seconds: 90
  probes: [{ask: And then?, good: a}, {ask: Why you?, good: b}, {ask: What now?, good: c}]
  strong_signals: [a number, a choice, a lesson]
  weak_signals: [we, luck, blame]
"""
DECK = HEAD + ONE + GAPS + NUMBER + TOLD
FAULTY = ONE.replace("back:", "bakc:")

Edit = Callable[[Authoring, str], Authoring]


@pytest.fixture
def path(home: Path, tmp_path: Path) -> Path:
    del home
    return tmp_path / "small.yaml"


@pytest.fixture
def edit(path: Path) -> Edit:
    def edit(state: Authoring, text: str) -> Authoring:
        path.write_text(text, encoding="utf-8")
        return state.after(look_again(path, Options()))

    return edit


@pytest.fixture
def opened(path: Path) -> Callable[..., Authoring]:
    def opened(text: str = DECK) -> Authoring:
        path.write_text(text, encoding="utf-8")
        return Authoring.of(look_again(path, Options()))

    return opened


def card_of(state: Authoring) -> str:
    assert state.asking is not None
    return state.asking.card.id.card


def test_the_page_opens_with_the_card_of_the_first_problem(opened: Callable[..., Authoring]) -> None:
    assert card_of(opened()) == "one"
    assert card_of(opened(DECK + "- id: last\n  front: List the parts of it.\n  back: x\n")) == "last"


def test_a_problem_of_the_deck_itself_leaves_the_card(opened: Callable[..., Authoring]) -> None:
    state = opened("topics: {t: Never used}\n" + DECK + "nonsense: 1\n").turned_to(2)
    problems = [problem for problem in state.preview.problems if state.preview.entry_at(problem.line) is None]
    assert len(problems) > 1
    for problem in problems:
        assert state.at(problem) == state


def test_the_card_of_an_error_cannot_be_shown_until_it_is_mended(opened: Callable[..., Authoring], edit: Edit) -> None:
    state = opened(HEAD + FAULTY + GAPS)
    assert state.notice == "one cannot be shown until its errors are mended."
    assert (state.position, state.line) == (None, 3)
    state = edit(state, "# a line more\n" + HEAD + FAULTY + GAPS)
    assert (state.notice[:3], state.line) == ("one", 4)
    assert state.flipped() == state
    state = edit(state, DECK)
    assert (card_of(state), state.position, state.notice) == ("one", 0, "")


@pytest.mark.parametrize(("by", "expected"), [(1, "number"), (-1, "one")])
def test_from_a_card_that_cannot_be_shown_its_neighbours_are_next(
    opened: Callable[..., Authoring], by: int, expected: str
) -> None:
    state = opened(HEAD + ONE + GAPS.replace("kind:", "knd:") + NUMBER)
    assert state.missing is not None
    assert card_of(state.turned(by)) == expected


def test_a_faulty_card_that_was_never_shown_and_is_taken_out_leaves_another(
    opened: Callable[..., Authoring], edit: Edit
) -> None:
    state = edit(opened(HEAD + FAULTY), HEAD + GAPS)
    assert card_of(state) == "gaps"
    assert edit(opened(HEAD + GAPS + FAULTY), HEAD + GAPS).notice == ""


@pytest.mark.parametrize("name", ["one", "gaps", "number", "told"])
@pytest.mark.parametrize("steps", range(4))
def test_an_edit_keeps_the_card_and_how_far_it_was_turned(
    opened: Callable[..., Authoring], edit: Edit, name: str, steps: int
) -> None:
    state = opened().turned_to(("one", "gaps", "number", "told").index(name))
    assert card_of(state) == name
    for _ in range(steps):
        state = state.flipped()
    after = edit(state, "# a line more\n" + DECK.replace("front: ", "front: really: ").replace("really: ", "really, "))
    assert state.asking is not None
    assert after.asking is not None
    assert card_of(after) == name
    same = ("is_revealed", "gaps_open", "phases_open", "told_seconds")
    assert [getattr(after.asking, each) for each in same] == [getattr(state.asking, each) for each in same]


def test_hints_and_source_stay_over_an_edit(opened: Callable[..., Authoring], edit: Edit) -> None:
    state = edit(opened().hinted().hinted().with_source(), DECK.replace("think, again", "think"))
    assert state.asking is not None
    assert (state.asking.hints_shown, state.asking.shows_source) == (1, True)


def test_flipping_goes_through_every_gap_and_back_to_the_front(opened: Callable[..., Authoring]) -> None:
    state = front = opened().turned(1)
    for expected in (1, 2, 3):
        state = state.flipped()
        assert state.asking is not None
        assert state.asking.gaps_open == expected
    assert state.asking is not None
    assert state.asking.is_revealed
    assert state.flipped() == front


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (HEAD + FAULTY + GAPS, "as it was, faulty now"),
        (HEAD + "- [\n" + ONE, "as it was, faulty now"),
        ("", "as it was, faulty now"),
        (HEAD + GAPS, "as it was, gone now"),
    ],
)
def test_a_card_that_cannot_be_read_stays_as_it_was_with_a_word(
    opened: Callable[..., Authoring], edit: Edit, text: str, note: str
) -> None:
    state = opened().flipped()
    after = edit(state, text)
    assert (after.asking, after.note, after.position) == (state.asking, note, None)
    mended = edit(after, DECK)
    assert (mended.asking, mended.note, mended.position) == (state.asking, "", 0)


def test_the_next_card_of_one_that_broke_is_the_one_behind_it(opened: Callable[..., Authoring], edit: Edit) -> None:
    state = edit(opened().turned(1), HEAD + ONE + GAPS.replace("text:", "txt:") + NUMBER)
    assert state.note
    assert card_of(state.turned(1)) == "number"
    assert card_of(state.turned(-1)) == "one"


def test_a_new_id_for_a_card_or_for_the_deck_is_followed(opened: Callable[..., Authoring], edit: Edit) -> None:
    state = edit(opened().turned(1).flipped(), DECK.replace("id: gaps", "id: holes"))
    assert (card_of(state), state.note) == ("holes", "")
    state = edit(state, DECK.replace("deck: small", "deck: large").replace("id: gaps", "id: holes"))
    assert state.asking is not None
    assert (str(state.asking.card.id), state.asking.gaps_open) == ("large/holes", 1)


def test_cards_that_only_changed_places_are_not_taken_for_each_other(
    opened: Callable[..., Authoring], edit: Edit
) -> None:
    assert card_of(edit(opened(HEAD + ONE + GAPS + NUMBER), HEAD + NUMBER + GAPS + ONE)) == "one"
    state = edit(opened(HEAD + ONE + GAPS), HEAD + GAPS + GAPS.replace("gaps", "new"))
    assert (card_of(state), state.note) == ("one", "as it was, gone now")


def test_a_file_that_is_gone_leaves_everything_until_it_is_back(
    opened: Callable[..., Authoring], edit: Edit, path: Path
) -> None:
    state = opened(HEAD + ONE + FAULTY.replace("one", "other")).turned_to(0).flipped()
    path.unlink()
    gone = state.after(look_again(path, Options()))
    assert (gone.asking, gone.preview.problems) == (state.asking, state.preview.problems)
    assert gone.note == "as it was, no file now"
    assert gone.after(look_again(path, Options())) == gone
    assert edit(gone, DECK).note == ""


def test_a_file_that_was_not_looked_at_yet_is_being_read(path: Path) -> None:
    path.write_text(DECK, encoding="utf-8")
    state = Authoring.of(open_preview(path))
    assert state.notice == "Reading the file."
    assert (state.flipped(), state.turned(1), state.hinted(), state.with_source()) == (state,) * 4
    assert card_of(state.after(look_again(path, Options()))) == "one"
    path.unlink()
    assert state.after(look_again(path, Options())).notice == "There is no such file."


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        (HEAD.replace("cards:", "cards: []"), "This file holds no cards yet."),
        ("rubrics: {}\n", "No card can be shown until the errors are mended."),
        ("deck: x\ncards: [{}]\n", "card 1 cannot be shown until its errors are mended."),
    ],
)
def test_where_no_card_can_be_shown_the_reason_is(opened: Callable[..., Authoring], text: str, notice: str) -> None:
    assert opened(text).notice == notice
