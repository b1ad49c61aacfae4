"""A round whose cards are put away, by the learner or by another program."""

from __future__ import annotations

from pathlib import Path

import pytest

from prepdeck.study import handling
from prepdeck.study.desk import open_desk
from prepdeck.study.request import RoundRequest
from prepdeck.study.reviewing import begin_round, undo_current
from prepdeck.study.round_handling import Step, handle_current, skip_gone
from tests.builders import environment_of

DECK = "deck: one\ncards:\n- {id: a, front: a, back: b}\n- {id: b, front: c, back: d}\n- {id: c, front: e, back: f}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    for name, value in environment_of(folder, decks=DECK).items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.mark.parametrize("step", [Step.BURY, Step.SUSPEND])
@pytest.mark.parametrize("request_", [RoundRequest(), RoundRequest(cram=True), RoundRequest(limit=1)])
def test_undo_gives_the_round_back_as_it_was_before_a_card_was_put_away(
    home: Path, step: Step, request_: RoundRequest
) -> None:
    with open_desk() as desk:
        sitting = begin_round(desk, request_)
        after, _ = handle_current(desk, sitting, step)
        assert after.round == sitting.round.without(sitting.current)  # type: ignore[arg-type]
        back, undone = undo_current(desk, after)
        assert undone.words == f"{step.value} of {sitting.current}"
        assert back.round == sitting.round


@pytest.mark.parametrize("verb", [handling.bury, handling.suspend])
def test_a_step_another_program_took_first_writes_nothing_and_leaves_the_round(home: Path, verb: object) -> None:
    with open_desk() as desk:
        sitting = begin_round(desk)
        verb(desk, [str(sitting.current)])  # type: ignore[operator]
        step = Step.BURY if verb is handling.bury else Step.SUSPEND
        after, words = handle_current(desk, sitting, step)
        assert "already" in words
        assert after.held_back == ()
        assert after.current != sitting.current


def test_cards_that_may_not_be_asked_any_more_are_left_out_together(home: Path) -> None:
    with open_desk() as desk:
        sitting = begin_round(desk)
        handling.suspend(desk, ["one/a"])
        handling.bury(desk, ["one/b"])
        after, words = skip_gone(desk, sitting)
        assert str(after.current) == "one/c"
        assert words == "2 cards left the round: suspended, buried or in no deck any more."


def test_a_card_that_got_another_name_is_asked_under_it(home: Path) -> None:
    with open_desk() as desk:
        sitting = begin_round(desk)
        name = str(sitting.current)
        handling.flag(desk, [name])
        path = home / "decks" / "small.yaml"
        path.write_text(path.read_text("utf-8").replace("{id: a,", "{id: a2, was: a,"), encoding="utf-8")
        open_desk().close()
        after, words = skip_gone(desk, sitting)
        assert (str(after.current), words) == ("one/a2", "")
