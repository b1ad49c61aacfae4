"""`suspend`, `unsuspend`, `bury`, `reset`, `set-due`, `postpone`, `flag`, `note`, `leeches`, and what shows of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
VERBS = ("suspend", "unsuspend", "bury", "reset", "postpone", "flag")


def learn(run: Run, *cards: str, day: str = "2026-11-20") -> None:
    for card in cards:
        assert run("answer", card, "good", "--at", f"{day}T10:00:00Z").status == 0


def memory_of(run: Run, card: str) -> dict[str, Any]:
    found: dict[str, Any] = run("show", card, "--json").json()["memory"]
    return found


def forget(run: Run, card: str, times: int) -> Any:
    """Learn a card and forget it so many times; return how the last answer ended."""
    learn(run, card, day="2026-10-01")
    for number in range(times):
        ended = run("answer", card, "again", "--at", f"2026-10-{2 + number:02}T10:00:00Z")
    return ended


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["suspend"], "suspended: not asked until you unsuspend it"),
        (["bury"], "buried: not asked until tomorrow"),
        (["reset"], "new again: its interval of 1 day and easiness 2.50 are gone, its reviews stay in the log"),
        (["postpone"], "due Sun 6 Dec (in 14 days)"),
        (["postpone", "--days", "3"], "due Wed 25 Nov (in 3 days)"),
        (["flag"], "flagged: prepdeck search is:flagged lists it"),
    ],
)
def test_a_verb_says_what_it_did_to_each_card_and_undo_takes_all_of_it_back(
    run: Run, words: list[str], said: str
) -> None:
    learn(run, "bayes", "gaps")
    before = [memory_of(run, card) for card in ("bayes", "gaps")]
    ended = run(*words, "bayes", "probability/gap")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == f"probability/bayes  {said}\nprobability/gaps  {said}\n"
    undone = run("undo")
    assert undone.out == f"undid {words[0]} of 2 cards of 2026-11-22 09:30\n"
    assert [memory_of(run, card) for card in ("bayes", "gaps")] == before
    assert run("rebuild", "--check").status == 0


@pytest.mark.parametrize(
    ("first", "words", "said"),
    [
        (["suspend", "bayes"], ["suspend", "bayes"], "is suspended already"),
        ([], ["unsuspend", "bayes"], "is not suspended"),
        (["bury", "bayes"], ["bury", "bayes"], "is buried already"),
        (["reset", "bayes"], ["reset", "bayes"], "is new, so there is nothing to reset"),
        (["flag", "bayes"], ["flag", "bayes"], "is flagged already"),
        ([], ["flag", "bayes", "--off"], "is not flagged"),
        (["set-due", "bayes", "+3"], ["set-due", "bayes", "2026-11-25"], "is due Wed 25 Nov (in 3 days) already"),
        (["note", "bayes", "why"], ["note", "bayes", "why"], "has that note already"),
        ([], ["note", "bayes", "--clear"], "has no note"),
    ],
)
def test_a_verb_with_nothing_to_do_says_so_and_writes_nothing(
    run: Run, first: list[str], words: list[str], said: str
) -> None:
    learn(run, "bayes")
    if first:
        assert run(*first).status == 0
    known = run("log", "--all", "--json").out
    ended = run(*words)
    assert (ended.status, ended.out, ended.err) == (0, f"probability/bayes  {said}\n", "")
    assert run("log", "--all", "--json").out == known


@pytest.mark.parametrize("verb", VERBS)
def test_a_card_that_is_unknown_stops_a_verb_before_it_begins(run: Run, verb: str) -> None:
    learn(run, "bayes")
    ended = run(verb, "bayes", "nobody")
    assert (ended.status, ended.out) == (4, "")
    assert "nobody" in ended.err
    assert len(run("log", "--all", "--json").lines()) == 1


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["set-due", "bayes", "2026-11-21"], "2026-11-21 is past; today is 2026-11-22"),
        (["set-due", "bayes", "soon"], "'soon' is not a day"),
        (["set-due", "bayes", "+"], "'+' is not a day"),
        (["set-due", "bayes", "2026-02-30"], "'2026-02-30' is not a day"),
        (["set-due", "bayes", "+36501"], "more than 36,500 days away"),
        (["set-due", "bayes"], "missing argument 'DAY'"),
        (["set-due", "gaps", "+3"], "probability/gaps is new, so it has no due day"),
        (["postpone", "bayes", "gaps"], "probability/gaps is new, so it has no due day"),
        (["postpone", "bayes", "--days", "0"], "'0' is not a whole number"),
        (["note", "bayes", "x", "--clear"], "at once"),
        (["note", "bayes", "x" * 2001], "the note has 2,001 characters"),
        (["suspend"], "missing argument 'CARD...'"),
    ],
)
def test_words_that_cannot_be_exit_two_and_write_nothing(run: Run, words: list[str], fault: str) -> None:
    learn(run, "bayes")
    ended = run(*words)
    assert (ended.status, ended.out) == (2, "")
    assert fault in ended.err
    assert len(run("log", "--all", "--json").lines()) == 1


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-12-24", "2026-12-24"), ("+0", "2026-11-22"), ("+7", "2026-11-29"), ("2026-11-22", "2026-11-22")],
)
def test_set_due_takes_a_day_or_a_distance(run: Run, day: str, due: str) -> None:
    learn(run, "bayes")
    assert run("set-due", "bayes", day).status == 0
    memory = memory_of(run, "bayes")
    assert (memory["due"], memory["interval"], memory["easiness"], memory["repetition"]) == (due, 1, 2.5, 1)


def test_under_json_a_verb_prints_each_card_as_it_is_now(run: Run) -> None:
    run("suspend", "gaps")
    printed = run("suspend", "bayes", "gaps", "--json").json()
    assert (printed["schema"], printed["action"]) == (1, "suspend")
    assert [(row["card"], row["changed"], row["suspended"]) for row in printed["cards"]] == [
        ("probability/bayes", True, True),
        ("probability/gaps", False, True),
    ]
    keys = {"state", "repetition", "interval", "easiness", "due", "lapses", "buried", "flagged", "note"}
    assert keys <= printed["cards"][0].keys()


def test_what_is_suspended_or_buried_is_not_counted(run: Run) -> None:
    learn(run, "bayes", "gaps")
    assert run("due", "--short").out.startswith("2 due, 2 new, ")
    run("suspend", "bayes", "pick")
    run("bury", "gaps")
    assert run("due", "--short").out.startswith("0 due, 1 new, ")
    assert run("due", "--quiet").status == 1


def test_show_tells_what_was_done_to_a_card(run: Run) -> None:
    run("suspend", "bayes")
    run("bury", "bayes")
    run("flag", "bayes")
    run("note", "bayes", "why", "so?")
    memory = memory_of(run, "bayes")
    assert {name: memory[name] for name in ("suspended", "buried", "flagged", "note", "leech")} == {
        "suspended": True,
        "buried": True,
        "flagged": True,
        "note": "why so?",
        "leech": False,
    }
    text = run("show", "bayes").out
    assert "unseen, suspended, buried until tomorrow, flagged\n" in text
    assert "\nNote: why so?\n" in text


def test_show_of_an_untouched_card_says_nothing_of_it(run: Run) -> None:
    memory = memory_of(run, "bayes")
    assert (memory["suspended"], memory["buried"], memory["flagged"], memory["note"]) == (False, False, False, "")
    assert "Note" not in run("show", "bayes").out


def test_a_note_is_printed_and_cleared(run: Run) -> None:
    run("note", "bayes", "ask", "Ana")
    assert run("note", "bayes").out == "ask Ana\n"
    assert run("note", "bayes", "--json").json() == {"schema": 1, "card": "probability/bayes", "note": "ask Ana"}
    assert run("note", "bayes", "--clear").out == "probability/bayes  note taken away\n"
    ended = run("note", "bayes")
    assert (ended.status, ended.out, ended.err) == (0, "", "probability/bayes has no note\n")
    assert run("undo").out == "undid note on probability/bayes of 2026-11-22 09:30\n"
    assert run("note", "bayes").out == "ask Ana\n"


def test_nothing_in_a_note_drives_the_terminal(run: Run) -> None:
    run("note", "bayes", "a\x1b]52;c;aGk=\x07b\u202e")
    for words in (["note", "bayes"], ["show", "bayes"], ["log", "--all"], ["note", "bayes", "--json"]):
        printed = run(*words).out
        assert "52;c;aGk=" in printed
        assert not set("\x1b\x07\u202e") & set(printed)


def test_search_finds_what_was_done_to_cards(run: Run) -> None:
    run("flag", "bayes", "gaps")
    run("suspend", "gaps")
    run("bury", "pick")

    def found(query: str) -> list[str]:
        return [row["card"] for row in run("search", query, "--json").json()["cards"]]

    assert found("is:flagged") == ["probability/bayes", "probability/gaps"]
    assert found("is:flagged is:suspended") == ["probability/gaps"]
    assert found("is:buried") == ["probability/pick"]
    assert found("is:leech") == []


def test_the_whole_log_tells_each_kind_of_action_in_a_line(run: Run) -> None:
    learn(run, "bayes")
    run("set-due", "bayes", "+3")
    run("note", "bayes", "x" * 90)
    run("flag", "bayes")
    run("undo")
    lines = [line.partition("09:30  ")[2] for line in run("log", "--all").out.splitlines()[1:]]
    assert lines == [
        "set-due    probability/bayes  due 2026-11-25",
        f"note       probability/bayes  {'x' * 57}...",
        "flag       probability/bayes  (taken back)",
        "undo       probability/bayes",
    ]
    flag, undo = run("log", "--all", "--json").lines()[-2:]
    assert (flag["kind"], flag["voided"], undo["target"]) == ("flag", True, flag["action"])


def test_undo_counts_steps_of_every_kind(run: Run) -> None:
    run("answer", "bayes", "good")
    run("suspend", "bayes", "gaps")
    run("answer", "pick", "hard")
    undone = run("undo", "3", "--json").json()["undone"]
    assert [row["words"] for row in undone] == [
        "hard on probability/pick",
        "suspend of 2 cards",
        "good on probability/bayes",
    ]
    assert [row["card"] for row in undone] == ["probability/pick", None, "probability/bayes"]
    assert run("undo").status == 4


def test_undo_of_more_than_there_is_says_that_it_was_everything(run: Run) -> None:
    run("suspend", "bayes", "gaps")
    run("flag", "bayes")
    ended = run("undo", "5", "--json")
    assert [row["cards"] for row in ended.json()["undone"]] == [
        ["probability/bayes"],
        ["probability/bayes", "probability/gaps"],
    ]
    assert ended.err == "note: that was everything; there is nothing more to undo\n"


# Names, and what opening has to say


FAILING = (
    ["suspend", "bayes"],
    ["set-due", "bayes", "+3"],
    ["note", "bayes"],
    ["show", "bayes"],
    ["log", "--card", "bayes"],
    ["search", "is:duee"],
)
"""Command lines that fail once the card is called by another name."""


@pytest.mark.parametrize("words", FAILING)
def test_a_verb_that_fails_says_what_opening_had_to_say(run: Run, decks: Path, words: list[str]) -> None:
    learn(run, "bayes")
    path = decks / "probability.yaml"
    path.write_text(path.read_text().replace("- id: bayes\n", "- id: rule\n  was: bayes\n"))
    ended = run(*words)
    assert ended.status in {2, 4}
    lines = ended.err.splitlines()
    assert lines[0] == "note: decks changed: 1 renamed"
    assert lines[1].startswith("error: ")


@pytest.mark.parametrize("words", FAILING)
def test_under_json_a_verb_that_fails_leaves_one_object_on_stderr(run: Run, decks: Path, words: list[str]) -> None:
    learn(run, "bayes")
    path = decks / "probability.yaml"
    path.write_text(path.read_text().replace("- id: bayes\n", "- id: rule\n  was: bayes\n"))
    ended = run(*words, "--json")
    assert ended.out == ""
    assert list(json.loads(ended.err)) == ["error"]


def test_undo_says_that_decks_changed_also_when_there_is_nothing_to_undo(run: Run, decks: Path) -> None:
    run("due")
    path = decks / "probability.yaml"
    path.write_text(path.read_text().replace("- id: bayes\n", "- id: rule\n"))
    assert run("undo").err == "note: decks changed: 1 new card, 1 retired\nerror: there is nothing to undo\n"


def test_a_card_is_handled_by_the_full_name_it_had_before(run: Run, decks: Path) -> None:
    learn(run, "bayes")
    path = decks / "probability.yaml"
    path.write_text(path.read_text().replace("- id: bayes\n", "- id: rule\n  was: bayes\n"))
    ended = run("suspend", "probability/bayes")
    assert ended.out == "probability/rule  suspended: not asked until you unsuspend it\n"
    assert run("log", "--card", "probability/bayes").status == 0


@pytest.mark.parametrize("verb", [*VERBS, "note"])
def test_a_full_name_never_means_another_card_that_begins_with_it(run: Run, decks: Path, verb: str) -> None:
    learn(run, "bayes")
    path = decks / "probability.yaml"
    path.write_text(path.read_text().replace("- id: bayes\n", "- id: bayes-two\n"))
    run("due")
    ended = run(verb, "probability/bayes")
    assert (ended.status, ended.out) == (4, "")
    assert ended.err == (
        "error: no open deck holds probability/bayes\n"
        "help: prepdeck show probability/bayes prints what is kept of it, prepdeck due lists the decks\n"
    )
    assert run("show", "probability/bayes", "--json").json()["card"] == "probability/bayes"


# Due days that say what they are


def test_postponing_again_and_again_never_goes_beyond_the_longest_interval(run: Run) -> None:
    learn(run, "bayes")
    endings = [run("postpone", "bayes", "--days", "3650") for _ in range(11)]
    assert [ended.status for ended in endings] == [0] * 10 + [2]
    assert "more than 36,500 days away; nothing was written" in endings[-1].err
    assert memory_of(run, "bayes")["due"] == "2126-10-29"


def test_the_log_says_the_day_a_card_was_really_set_due(run: Run) -> None:
    run("answer", "bayes", "good")
    assert run("postpone", "bayes").out == "probability/bayes  due Mon 7 Dec (in 15 days)\n"
    assert run("set-due", "bayes", "+0").out == "probability/bayes  due Mon 23 Nov (tomorrow)\n"
    assert run("log", "--all").out.splitlines()[-1].endswith("set-due    probability/bayes  due 2026-11-23")


def test_the_log_says_which_day_an_entry_counts_on_when_its_moment_does_not(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREPDECK_NOW", "2030-05-05T03:00:00+00:00")
    run("answer", "bayes", "good")
    run("bury", "bayes")
    monkeypatch.setenv("PREPDECK_NOW", "2026-11-22T09:30:00+00:00")
    run("answer", "bayes", "good")
    run("postpone", "bayes")
    run("bury", "bayes")
    lines = [line.split("  ", 1)[1].split("  ") for line in run("log", "--all").out.splitlines()]
    assert [line[-1] for line in lines] == [
        "easiness 2.50",
        "for 2030-05-04",
        "counts on 2030-05-04",
        "counts on 2030-05-04",
        "counts on 2030-05-04",
    ]
    assert "for 2026-11-22" in lines[-1]
    assert "good   drill  counts on 2030-05-04" in run("show", "bayes").out


def test_a_note_in_place_of_another_says_so(run: Run) -> None:
    assert run("note", "bayes", "ask Ana").out == "probability/bayes  noted\n"
    assert run("note", "bayes", "--", "--clear").out == (
        "probability/bayes  noted, instead of what stood there: prepdeck undo brings that back\n"
    )
    assert run("note", "bayes").out == "--clear\n"
    run("undo")
    assert run("note", "bayes").out == "ask Ana\n"


# Leeches


@pytest.fixture
def early_leeches(home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text("leech_lapses = 2\n")


ANNOUNCED = "note: probability/bayes was forgotten 2 times: a leech. prepdeck leeches says what to do\n"


@pytest.mark.usefixtures("early_leeches")
def test_an_answer_that_makes_a_leech_says_so_on_stderr(run: Run) -> None:
    ended = forget(run, "bayes", 2)
    assert (ended.status, ended.err) == (0, ANNOUNCED)
    assert run("show", "bayes", "--json").json()["memory"]["suspended"] is False


@pytest.mark.usefixtures("early_leeches")
def test_a_batch_that_makes_a_leech_says_so_on_stderr_and_keeps_its_lines_clean(run: Run) -> None:
    forget(run, "bayes", 1)
    rows = [
        {"card": "bayes", "grade": "again", "at": "2026-10-05T10:00:00Z"},
        {"card": "gaps", "grade": "good", "at": "2026-10-05T10:00:00Z"},
    ]
    ended = run("answer", "--batch", "-", text="".join(f"{json.dumps(row)}\n" for row in rows))
    assert (ended.status, ended.err) == (0, ANNOUNCED)
    assert [row["card"] for row in ended.lines()] == ["probability/bayes", "probability/gaps"]


@pytest.mark.usefixtures("early_leeches")
def test_a_plain_round_that_makes_a_leech_says_so(run: Run) -> None:
    forget(run, "bayes", 1)
    ended = run("review", "--plain", "--limit", "1", text="\n1\nq\n")
    assert ANNOUNCED in ended.out


@pytest.mark.usefixtures("early_leeches")
def test_leeches_are_listed_with_place_and_advice(run: Run, decks: Path) -> None:
    forget(run, "bayes", 2)
    forget(run, "gaps", 3)
    run("suspend", "bayes")
    lines = run("leeches").out.splitlines()
    place = decks / "probability.yaml"
    assert [line.split()[:2] for line in lines[:3]] == [
        ["Card", "Forgotten"],
        ["probability/gaps", "3"],
        ["probability/bayes", "2"],
    ]
    assert lines[2].endswith(f"suspended  {place}:17")
    assert "Prior times [...] over [...]." in lines[1]
    assert [line.partition(":")[0] for line in lines[4:]] == ["rewrite", "split", "postpone"]
    printed = run("leeches", "--json").json()
    assert (printed["schema"], printed["limit"], list(printed["advice"])) == (1, 2, ["rewrite", "split", "postpone"])
    assert printed["leeches"][1] == {
        "card": "probability/bayes",
        "lapses": 2,
        "title": "What does Bayes' rule turn around?",
        "path": str(place),
        "line": 17,
        "suspended": True,
    }


def test_without_leeches_the_list_says_so(run: Run) -> None:
    ended = run("leeches")
    assert (ended.status, ended.out) == (0, "No card was forgotten 8 times.\n")
    assert run("leeches", "--json").json()["leeches"] == []
