from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_search_prints_id_kind_and_title(run: Run) -> None:
    ended = run("search", "prob")
    assert ended.status == 0
    lines = ended.out.splitlines()
    assert lines[0] == "probability/pick       choice   Which is a probability?"
    assert lines[1].startswith(
        "probability/base-rate  numeric  Prevalence 1 %, sensitivity 90 %, specificity 95 %. P(ill"
    )


def test_a_match_beside_the_title_stands_below_it(run: Run) -> None:
    assert run("search", "cause", "given").out.splitlines() == [
        "probability/bayes  basic  What does Bayes' rule turn around?",
        "    It turns P(data given cause) into P(cause given data). Think of the two...",
    ]


def test_a_search_as_json(run: Run) -> None:
    ended = run("search", "likeli", "--json")
    assert ended.json() == {
        "schema": 1,
        "query": "likeli",
        "cards": [
            {
                "card": "probability/gaps",
                "deck": "probability",
                "kind": "cloze",
                "title": "Prior times [...] over [...].",
                "topic": None,
                "snippet": "Prior times likelihood over evidence.",
            }
        ],
        "more": False,
        "nearest": None,
    }


def test_a_search_that_finds_nothing_names_the_nearest_and_succeeds(run: Run) -> None:
    ended = run("search", "deck:probabilty")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "nothing found for deck:probabilty; the nearest is deck:probability\n"
    assert run("search", "zzz", "--json").json()["cards"] == []
    assert run("search", "zzz", "--quiet").err == ""


def test_a_limit_says_that_there_is_more(run: Run) -> None:
    ended = run("search", "kind:numeric", "kind:choice", "--limit", "1")
    assert len(ended.out.splitlines()) == 1
    assert ended.err == "the first 1; --limit shows more\n"
    assert run("search", "x", "--limit", "0").status == 2


@pytest.mark.parametrize(
    "words", ["kv-cache", "C++", "recall@k", '"', '"open', "AND", "a OR", "(", "*", "x:y", "\x1b[2J"]
)
def test_any_text_may_be_searched_for(run: Run, words: str) -> None:
    ended = run("search", "--", words)
    assert ended.status == 0
    assert "\x1b" not in ended.out + ended.err


def test_a_filter_that_does_not_exist_is_refused(run: Run) -> None:
    ended = run("search", "tags:rule", "--json")
    assert ended.status == 2
    assert json.loads(ended.err)["error"]["help"].startswith("did you mean tag:?")


def test_a_search_without_words_is_refused(run: Run) -> None:
    assert run("search").status == 2


def test_what_was_found_is_bold_in_colour_and_stays_clean(run: Run, decks: Path) -> None:
    (decks / "evil.yaml").write_text('deck: evil\ncards:\n- {id: a, front: "x \\e]52;c;aGk=\\a marks", back: y}\n')
    assert (
        run("search", "marks", "--color", "always").out == "evil/a  basic  x \\x1b]52;c;aGk=\\x07 \x1b[1mmarks\x1b[0m\n"
    )


def test_changed_decks_are_searched(run: Run, decks: Path) -> None:
    assert run("search", "turn around").out
    path = decks / "probability.yaml"
    path.write_text(path.read_text("utf-8").replace("turn around", "reverse"), "utf-8")
    ended = run("search", '"turn around"')
    assert ended.out == ""
    assert "note: decks changed: 1 reworded" in ended.err
    assert "probability/bayes" in run("search", "rever").out
