"""`prepdeck mock`: lists, the whole flow as lines, going on after a break, reports and the history."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.builders import environment_of, run_here
from tests.study.mocks import MAIN, SCRATCH

MARKS = "\n".join(["3 said so"] * 8)


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    environment = environment_of(tmp_path / "home", now=None, PREPDECK_NO_BUNDLED="1")
    decks = tmp_path / "home" / "decks"
    decks.mkdir(parents=True, exist_ok=True)
    (decks / "main.yaml").write_text(MAIN, "utf-8")
    (decks / "ml-coding.yaml").write_text(SCRATCH, "utf-8")
    return environment


def folder(environment: dict[str, str]) -> Path:
    return Path(environment["PREPDECK_HOME"])


def test_the_list_names_every_format_and_what_it_lacks(home: dict[str, str]) -> None:
    (folder(home) / "decks" / "ml-coding.yaml").unlink()
    told = run_here(home, "mock", "list")
    assert told.returncode == 0
    assert "ml-design-45" in told.stdout
    assert "lacks 1 code card of the deck ml-coding, none found" in told.stdout
    data = json.loads(run_here(home, "mock", "list", "--json").stdout)
    rows = {row["format"]: row for row in data["formats"]}
    assert (data["schema"], len(rows)) == (1, 17)
    assert rows["ml-coding-45"]["missing"][0]["wanted"] == 1
    assert rows["coding-45"]["missing"] == []


def test_a_design_mock_goes_from_clock_to_debrief_with_lines_only(home: dict[str, str]) -> None:
    lines = f"goal: rank the feed\n//not a command\n\n/ask 1\n/o\n/n\n/t\n/notes\n/f\n/f\n4\n{MARKS}\n"
    told = run_here(home, "mock", "ml-design-45", "--plain", "--practice", input=lines)
    assert told.returncode == 0, told.stderr
    said = told.stdout
    before, _, after = said.partition("what will the verdict be?")
    assert "how many users?" in before
    assert "Asked next: And then?" in before
    assert "/not a command" in before
    assert "point of framing" not in before
    assert "point of framing" in after
    assert "**Lean yes**, 3.00 of 4, predicted strong yes." in after
    assert "goal: rank the feed\n/not a command" in after
    assert "\x1b" not in said


def test_code_is_typed_run_and_judged_by_hidden_tests(home: dict[str, str]) -> None:
    lines = "/code\ndef up(x):\n    return x + 1\n/end\n/r\n/h\n/f\n/f\n3\n" + "\n".join(["4 all right"] * 4) + "\n"
    told = run_here(home, "mock", "coding-45", "--plain", input=lines)
    assert "1/1 tests passed" in told.stdout
    assert "Hint 1 of 2: add" in told.stdout
    data = json.loads(run_here(home, "mock", "report", "--json").stdout)
    criteria = {row["criterion"]: row for row in data["criteria"]}
    assert "2 of 2 hidden tests" in data["questions"][0]["tests"]
    assert (criteria["problem-solving"]["given"], criteria["problem-solving"]["level"]) == (4, 3)
    assert criteria["correctness"]["level"] == 4


def test_options_are_picked_and_numbers_checked(home: dict[str, str]) -> None:
    decks = folder(home) / "decks"
    (decks / "own.yaml").write_text(
        "formats:\n- {id: two, minutes: 5, draw: {rapid: 2},"
        " phases: [{id: fire, minutes: 5, repeat: 2, asks: rapid}]}\n"
    )
    (decks / "main.yaml").write_text(
        "deck: main\ncards:\n"
        "- {id: pick, kind: choice, topic: a, front: Which?, options: [{text: this, correct: true}, {text: that}]}\n"
        "- {id: sum, kind: numeric, topic: b, front: One and one?, answer: 2, tolerance: {abs: 0.1}}\n"
    )
    answers = "/pick z\n/pick a\n2\n/n\n/pick a\n3 or\n2\n/f\n/f\n4\n4\n"
    told = run_here(home, "mock", "two", "--plain", "--seed", "1", input=answers)
    assert told.stdout.count("That was right.") == 2
    assert "There is nothing to pick here." in told.stdout


def test_the_end_of_the_input_leaves_the_mock_to_be_gone_on_with(home: dict[str, str]) -> None:
    told = run_here(home, "mock", "ml-design-45", "--plain", input="first words\n")
    assert told.returncode == 0
    assert "prepdeck mock resume" in told.stdout
    again = run_here(home, "mock", "resume", "--plain", input="second words\n/notes\n/q\n")
    assert "first words\nsecond words" in again.stdout
    marked = run_here(home, "mock", "resume", "--finish", "--plain", input=f"1\n{MARKS}\n")
    assert "first words\nsecond words" in marked.stdout
    assert "predicted strong no" in marked.stdout


def test_marks_that_were_cut_off_go_on_where_they_were(home: dict[str, str]) -> None:
    run_here(home, "mock", "ml-design-45", "--plain", input="words\n/f\n/f\n3\n2 vague\n")
    again = run_here(home, "mock", "resume", "--plain", input=f"\n{MARKS}\n")
    assert "what will the verdict be" not in again.stdout
    data = json.loads(run_here(home, "mock", "report", "--json").stdout)
    assert [row["level"] for row in data["criteria"]] == [2, *[3] * 7]


def test_a_discarded_mock_is_out_of_the_averages_and_in_the_history(home: dict[str, str]) -> None:
    run_here(home, "mock", "ml-design-45", "--plain", input="words\n")
    told = run_here(home, "mock", "resume", "--discard", "--plain")
    assert "given up" in told.stdout
    assert "given up" in run_here(home, "mock", "history").stdout
    data = json.loads(run_here(home, "mock", "history", "--json").stdout)
    assert [each["end"] for each in data["mocks"]] == ["abandoned"]
    assert data["formats"][0]["means"] == []
    assert run_here(home, "mock", "resume", "--plain").returncode == 4


def test_the_report_is_markdown_or_data_and_there_is_none_before_the_first_mock(home: dict[str, str]) -> None:
    none = run_here(home, "mock", "report")
    assert (none.returncode, none.stdout) == (4, "")
    run_here(home, "mock", "ml-design-45", "--plain", "--level", "senior", input=f"words\n/f\n/f\n3\n{MARKS}\n")
    assert run_here(home, "mock", "report").stdout.startswith("# ML system design, short")
    data = json.loads(run_here(home, "mock", "report", "--format", "json").stdout)
    assert (data["verdict"], data["predicted"], data["level"], data["strict"]) == (
        "lean-yes",
        "lean-yes",
        "senior",
        True,
    )
    named = run_here(home, "mock", "report", data["mock"][:13], "--json")
    assert json.loads(named.stdout) == data
    files = sorted(path.suffix for path in (folder(home) / "mocks").iterdir())
    assert files == [".json", ".md"]


def test_a_loop_rests_between_its_rounds_and_sums_up(home: dict[str, str]) -> None:
    (folder(home) / "decks" / "pair.yaml").write_text(
        "formats:\n- {id: pair, title: Pair, minutes: 25,"
        " rounds: [{format: drill-estimate-10}, {rest: 5}, {format: drill-estimate-10}]}\n"
    )
    one = "2\n/f\n/f\n3\n"
    told = run_here(home, "mock", "pair", "--plain", input=f"{one}q\n")
    assert re.search(r"Rest: [45]:\d\d left", told.stdout)
    again = run_here(home, "mock", "resume", "--plain", input=f"\n{one}")
    assert "Mean 3.0" in again.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("mock", "codng-45", "--plain"), 4, "did you mean coding-45"),
        (("mock", "--plain"), 2, "name the format"),
        (("mock", "coding-45"), 2, "needs a terminal"),
        (("mock", "list", "--practice"), 2, "--practice does not go with list"),
        (("mock", "coding-45", "--finish", "--plain"), 2, "--finish does not go with coding-45"),
        (("mock", "resume", "--finish", "--discard", "--plain"), 2, "exclude each other"),
        (("mock", "coding-45", "extra"), 2, "no second word"),
        (("mock", "coding-45", "--json", "--plain"), 2, "sat, not printed"),
        (("mock", "report", "nothing"), 4, "no mock nothing"),
        (("mock", "coding-45", "--time-factor", "3"), 2, "1.25"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_next_step(
    home: dict[str, str], words: tuple[str, ...], status: int, said: str
) -> None:
    told = run_here(home, *words)
    assert (told.returncode, told.stdout) == (status, "")
    assert said in told.stderr


def test_a_mock_that_fits_no_card_says_what_is_missing_and_offers_others(home: dict[str, str]) -> None:
    (folder(home) / "decks" / "ml-coding.yaml").unlink()
    told = run_here(home, "mock", "ml-coding-45", "--plain")
    assert told.returncode == 2
    assert "1 code card of the deck ml-coding, none found" in told.stderr
    assert "what can be sat now: recruiter-30" in told.stderr


def test_more_time_stretches_every_phase(home: dict[str, str]) -> None:
    told = run_here(home, "mock", "ml-design-45", "--plain", "--time-factor", "1.5", input="/q\n")
    assert "67:30, strict, time x1.5" in told.stdout
    assert "Problem framing  9:00" in told.stdout


def test_more_time_may_be_a_setting_and_the_flag_wins(home: dict[str, str]) -> None:
    assert run_here(home, "config", "mock_time_factor", "2").returncode == 0
    assert "90:00, strict, time x2" in run_here(home, "mock", "ml-design-45", "--plain", input="/q\n").stdout
    told = run_here(home, "mock", "ml-design-45", "--plain", "--time-factor", "1", input="/q\n")
    assert "45:00, strict." in told.stdout
    refused = run_here(home, "config", "mock_time_factor", "3")
    assert (refused.returncode, "one of 1, 1.25, 1.5, 2" in refused.stderr) == (3, True)


def test_real_rounds_are_noted_listed_taken_back_and_become_cards(home: dict[str, str]) -> None:
    words = ("interview", "log", "--company", "Acme", "--round", "phone", "--asked", "Why bias: correction?")
    assert "Acme  phone" in run_here(home, *words).stdout
    made = run_here(home, "interview", "card", "1", "1")
    name, _, question = made.stdout.strip().partition("  ")
    assert (name[:6], question) == ("asked/", "Why bias: correction?")
    assert "suspended until its answer is written" in made.stderr
    assert json.loads(run_here(home, "show", name, "--json").stdout)["memory"]["suspended"]
    assert run_here(home, "interview", "card", "1", "1").stdout == made.stdout
    assert run_here(home, "lint", str(folder(home) / "decks" / "asked.yaml")).returncode == 0
    assert "asked/" in run_here(home, "search", "bias").stdout
    assert run_here(home, "interview", "card", "1", "2").returncode == 4
    assert "suspend" in run_here(home, "undo").stdout
    assert "note on a real interview" in run_here(home, "undo").stdout
    assert json.loads(run_here(home, "interview", "log", "--json").stdout)["rounds"] == []


def test_a_report_waits_until_the_verdict_was_predicted(home: dict[str, str]) -> None:
    over = run_here(home, "mock", "ml-design-45", "--plain", input="goal\n/f\n/f\n")
    assert over.returncode == 0
    refused = run_here(home, "mock", "report")
    assert (refused.returncode, "point of framing" in refused.stdout) == (2, False)
    assert "waits to be marked" in refused.stderr
    run_here(home, "mock", "resume", "--plain", input="3\n")
    assert "point of framing" in run_here(home, "mock", "report").stdout


def test_a_pause_puts_everything_away(home: dict[str, str]) -> None:
    lines = "mine\n/pause\n/notes\nmore\n/code\n/pause\n/notes\n/q\n"
    told = run_here(home, "mock", "ml-design-45", "--plain", "--practice", input=lines).stdout
    assert told.count("Paused: question, notes and code are put away.") == 3
    assert told.rstrip().split("The clock runs")[1].count("mine") == 1
    assert "more" not in told.split("The clock runs")[1].split("Left")[0]


def test_a_loop_between_two_rounds_can_be_given_up_and_not_finished(home: dict[str, str]) -> None:
    run_here(home, "mock", "loop-evening", "--plain", input="/f\n/f\n3\n" + "3 said so\n" * 4 + "q\n")
    refused = run_here(home, "mock", "resume", "--finish", "--plain")
    assert (refused.returncode, "nothing to finish" in refused.stderr) == (2, True)
    told = run_here(home, "mock", "resume", "--discard", "--plain")
    assert (told.returncode, "given up" in told.stdout) == (0, True), told.stderr
    assert run_here(home, "mock", "resume", "--plain").returncode == 4


def test_an_unmarked_mock_can_be_given_up(home: dict[str, str]) -> None:
    run_here(home, "mock", "ml-design-45", "--plain", input="goal\n/f\n/f\n")
    assert "ML system design, short, to be marked" in run_here(home, "mock", "history").stdout
    (waiting,) = json.loads(run_here(home, "mock", "history", "--json").stdout)["waiting"]
    assert waiting["over"]
    assert "was given up" in run_here(home, "mock", "resume", "--discard", "--plain").stdout
    assert "given up" in run_here(home, "mock", "history").stdout


def test_a_long_line_is_one_note(home: dict[str, str]) -> None:
    line = "x" * 4096 + "/rest of a long note"
    told = run_here(home, "mock", "ml-design-45", "--plain", input=f"{line}\n/notes\n/q\n").stdout
    assert "No command" not in told
    assert line in told.replace("\n", "")


def test_code_typed_line_by_line_stands_though_the_end_never_comes(home: dict[str, str]) -> None:
    run_here(home, "mock", "coding-45", "--plain", "--practice", input="/n\n/n\n/code\ndef up(x):\n    return x + 1\n")
    kept = run_here(home, "mock", "resume", "--plain", input="/f\n/f\n3\n" + "3 said so\n" * 4).stdout
    assert "return x + 1" in kept
