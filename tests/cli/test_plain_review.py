"""`review --plain`: the whole round as lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
FRONT_PROMPT = "[Enter] answer, h hint, q stop"
GRADE_PROMPT = "1 again 2 hard 3 good 4 easy, u undo, q stop"


HOSTILE = r"""
deck: hostile
title: "Evil \e]0;owned\a title"
cards:
- id: escape
  front: "front \e]52;c;aGk=\e\\ \u202e \x9b31m [red] a[i] [/b] end"
  back: "back \e[2J \u200b done"
"""


def review(run: Run, typed: str, *words: str) -> Any:
    return run("review", "--plain", *words, text=typed)


def only(run: Run, decks: Path, card: str, typed: str, *, variables: str = "") -> Any:
    """Review a deck that holds one card."""
    (decks / "probability.yaml").write_text(f"deck: one\ncards:\n{card}{variables}", "utf-8")
    return review(run, typed)


BASIC = "- {id: a, front: the front, back: the back, hints: [first hint, second hint], why: it matters}\n"
CLOZE = '- {id: a, kind: cloze, text: "one {{c1::alpha}} two {{c2::beta::a letter}}."}\n'
CHOICE = """- id: a
  kind: choice
  front: which?
  options:
  - {text: the good one, correct: true, why: because it is}
  - {text: bad one, why: because it is not}
"""
NUMERIC = (
    "- {id: a, kind: numeric, front: how many?, answer: 4, tolerance: {abs: 0.5}, unit: apples, steps: [two and two]}\n"
)


def grades(run: Run) -> list[tuple[str, str]]:
    return [(row["card"], row["grade"]) for row in run("log", "--json").lines()]


def test_a_round_goes_front_prompt_back_prompt(run: Run, decks: Path) -> None:
    out = only(run, decks, BASIC, "\n3\n").out
    places = [out.index(words) for words in ("the front", FRONT_PROMPT, "the back", GRADE_PROMPT, "1 answer: ")]
    assert places == sorted(places)


def test_the_prompts_are_those_of_the_contract(run: Run, decks: Path) -> None:
    lines = only(run, decks, BASIC, "\n3\n").out.splitlines()
    assert FRONT_PROMPT in lines
    assert any(line.startswith(GRADE_PROMPT) for line in lines)


@pytest.mark.parametrize(
    ("key", "grade"), [("1", "again"), ("2", "hard"), ("3", "good"), ("4", "easy"), ("easy", "easy")]
)
def test_digits_and_words_grade(run: Run, decks: Path, key: Any, grade: Any) -> None:
    only(run, decks, BASIC, f"\n{key}\nq\n")
    assert grades(run) == [("one/a", grade)]


@pytest.mark.parametrize("card", [BASIC, CLOZE, CHOICE, NUMERIC])
def test_enter_and_a_digit_are_enough_for_every_kind(run: Run, decks: Path, card: Any) -> None:
    ended = only(run, decks, card, "\n3\n")
    assert ended.status == 0
    assert grades(run) == [("one/a", "good")]


@pytest.mark.parametrize(
    ("card", "answer"),
    [(BASIC, "the back"), (CLOZE, "alpha"), (CLOZE, "beta"), (CHOICE, "because"), (NUMERIC, "two and two")],
)
def test_the_answer_never_shows_before_it_is_asked_for(run: Run, decks: Path, card: Any, answer: Any) -> None:
    before_reveal = only(run, decks, card, "h\nh\nhm?\n2x\n").out
    assert answer not in before_reveal


@pytest.mark.parametrize("typed", ["", "q\n", "\n", "\nq\n", "h\n"])
def test_the_end_of_input_and_q_stop_with_zero_and_store_nothing(run: Run, decks: Path, typed: Any) -> None:
    ended = only(run, decks, BASIC, typed)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.endswith("0 answers: 0 again, 0 hard, 0 good, 0 easy; 1 card left. Everything is saved.\n")
    assert grades(run) == []


def test_an_empty_line_takes_the_suggested_grade(run: Run, decks: Path) -> None:
    ended = only(run, decks, BASIC, "\n\n")
    assert "(Enter: 3 good)" in ended.out
    assert grades(run) == [("one/a", "good")]


def test_hints_come_one_by_one_and_suggest_hard(run: Run, decks: Path) -> None:
    out = only(run, decks, BASIC, "h\nh\nh\n\n\n").out
    assert [out.index(words) for words in ("first hint", "second hint", "No more hints.")] == sorted(
        out.index(words) for words in ("first hint", "second hint", "No more hints.")
    )
    assert "(Enter: 2 hard)" in out


def test_a_card_without_hints_says_so(run: Run, decks: Path) -> None:
    assert "This card has no hint." in only(run, decks, NUMERIC, "h\n").out


def test_each_grade_says_when_the_card_comes_next(run: Run, decks: Path) -> None:
    out = only(run, decks, BASIC, "\n").out
    assert "1 again: today, then 1 day; 2 hard: today, then 1 day; 3 good: 1 day; 4 easy: 1 day, then longer" in out


@pytest.mark.parametrize(
    ("key", "verdict", "suggested"), [("good one", "Right", "3 good"), ("bad one", "Not quite", "1 again")]
)
def test_letters_choose_an_option_and_suggest_the_grade(
    run: Run, decks: Path, key: Any, verdict: Any, suggested: Any
) -> None:
    front = only(run, decks, CHOICE, "").out
    letter = next(line for line in front.splitlines() if line.endswith(key))[0]
    out = review(run, f"{letter}\n\n").out
    assert verdict in out
    assert f"(Enter: {suggested})" in out
    assert "because it is not" in out


def test_a_letter_beyond_the_options_is_refused(run: Run, decks: Path) -> None:
    assert "Type letters from a, b" in only(run, decks, CHOICE, "z\n").out


def test_several_letters_choose_several_options(run: Run, decks: Path) -> None:
    card = """- id: a
  kind: choice
  front: which?
  options:
  - {text: odd 1, correct: true}
  - {text: even 2, why: no}
  - {text: odd 3, correct: true}
"""
    front = only(run, decks, card, "").out
    letters = [line[0] for line in front.splitlines() if "odd" in line]
    assert "more than one is right" in front
    assert "Right: " in review(run, f"{letters[0]}, {letters[1]}\n").out


def test_eight_options_leave_the_word_hint(run: Run, decks: Path) -> None:
    options = "".join(
        f"  - {{text: option {number}, correct: {'true' if number == 1 else 'false'}, why: x}}\n" for number in range(8)
    )
    card = f"- id: a\n  kind: choice\n  front: which?\n  hints: [a hint]\n  options:\n{options}"
    out = only(run, decks, card, "hint\nh\n").out
    assert "Hint 1 of 1: a hint" in out
    assert "your answer" in out


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [("4.4", "Right"), ("8/2", "Right"), ("400%", "Right"), ("5", "Not quite"), ("-4", "Not quite")],
)
def test_a_number_is_judged_by_the_tolerance(run: Run, decks: Path, typed: Any, verdict: Any) -> None:
    out = only(run, decks, NUMERIC, f"{typed}\n").out
    assert f"{verdict}: you typed {typed}, expected 4 apples (tolerance: 0.5 either way)" in out
    assert "two and two" in out


def test_words_are_no_number(run: Run, decks: Path) -> None:
    assert "That is no number" in only(run, decks, NUMERIC, "four\n").out


def test_gaps_open_one_by_one_or_all_at_once(run: Run, decks: Path) -> None:
    out = only(run, decks, CLOZE, "n\n").out
    assert "alpha" in out
    assert "beta" not in out
    assert "beta" in review(run, "\n").out


def test_a_failed_card_comes_back_until_it_is_known(run: Run, decks: Path) -> None:
    ended = only(run, decks, BASIC, "\n1\n\n3\n")
    assert "done for today" in ended.out
    assert [row["kind"] for row in run("log", "--json").lines()] == ["scheduled", "drill"]
    assert "2 answers: 1 again, 0 hard, 1 good, 0 easy; the round is over." in ended.out


def test_undo_asks_the_card_again(run: Run, decks: Path) -> None:
    two = BASIC + BASIC.replace("id: a", "id: b").replace("the ", "other ")
    out = only(run, decks, two, "\n1\nu\n\n4\nq\n").out
    assert "Undid again on one/a." in out
    assert [row["voided"] for row in run("log", "--json").lines()] == [True, False]


def test_undo_with_nothing_to_undo_asks_on(run: Run, decks: Path) -> None:
    ended = only(run, decks, BASIC, "u\n\nu\n3\n")
    assert ended.status == 0
    assert ended.out.count("there is nothing to undo") == 2
    assert grades(run) == [("one/a", "good")]


def test_rubbish_instead_of_a_grade_asks_again(run: Run, decks: Path) -> None:
    ended = only(run, decks, BASIC, "\n7\nx\n33\n3\n")
    assert ended.out.count("Type 1, 2, 3 or 4.") == 3
    assert grades(run) == [("one/a", "good")]


def test_bytes_that_are_no_text_are_only_rubbish(start: Run, decks: Path) -> None:
    (decks / "probability.yaml").write_text(f"deck: one\ncards:\n{BASIC}")
    ended = start("review", "--plain", text=b"\xff\xfe\n\n3\n")
    assert ended.status == 0
    assert "1 answer" in ended.out


def test_each_grade_is_stored_before_the_next_front_is_printed(
    run: Run, decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prepdeck.cli import plain

    seen: list[int] = []
    real = plain.write_text

    def watch(text: str) -> None:
        if "the front" in text:
            seen.append(len(run("log", "--json").lines()))
        real(text)

    monkeypatch.setattr(plain, "write_text", watch)
    two = BASIC + BASIC.replace("id: a", "id: b")
    only(run, decks, two, "\n3\n\n3\n")
    assert seen == [0, 1]


def test_cram_leaves_the_schedule_alone(run: Run, decks: Path) -> None:
    (decks / "probability.yaml").write_text(f"deck: one\ncards:\n{BASIC}")
    out = review(run, "\n3\n", "--cram").out
    assert "no change" in out
    assert run("show", "one/a", "--json").json()["memory"]["state"] == "unseen"


def test_nothing_due_says_until_tomorrow(run: Run, decks: Path) -> None:
    only(run, decks, BASIC, "\n3\n")
    ended = review(run, "")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("Nothing is due until tomorrow.")


def test_ahead_asks_what_is_due_tomorrow(run: Run, decks: Path) -> None:
    only(run, decks, BASIC, "\n3\n")
    run("undo")
    run("answer", "one/a", "good", "--at", "2026-11-21T20:00:00Z")
    run("answer", "one/a", "good")
    assert "the front" not in review(run, "", "--ahead", "5").out
    assert "the front" in review(run, "", "--ahead", "6", "--cram").out


@pytest.mark.parametrize(
    ("words", "cards"),
    [
        (["--limit", "2"], 2),
        (["--new", "1"], 1),
        (["--new", "0"], 0),
        (["--tag", "rule"], 1),
        (["--topic", "rules-bayes"], 2),
        (["--track", "ml-fundamentals"], 4),
        (["probability"], 4),
        (["--minutes", "1"], 1),
    ],
)
def test_flags_cut_the_round(run: Run, words: list[str], cards: Any) -> None:
    out = review(run, "", *words).out
    assert (f"{cards} card{'s' if cards > 1 else ''} left" in out) or (cards == 0 and "Nothing to ask" in out)


@pytest.mark.parametrize("words", [["probabilty"], ["--track", "ml"], ["--topic", "nothing"], ["--tag", "nothing"]])
def test_an_unknown_deck_track_topic_or_tag_exits_four(run: Run, words: list[str]) -> None:
    ended = review(run, "", *words)
    assert (ended.status, ended.out) == (4, "")
    assert ended.err.startswith("error: no ")


def test_a_misspelt_deck_is_told_the_right_one(run: Run) -> None:
    assert "did you mean probability?" in review(run, "", "probabilty").err


def test_a_dumb_terminal_means_plain(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert FRONT_PROMPT in run("review", text="").out


def test_nothing_a_deck_says_reaches_the_terminal_as_a_control(run: Run, decks: Path) -> None:
    (decks / "probability.yaml").write_text(HOSTILE, "utf-8")
    out = review(run, "h\n\n3\n").out
    assert not set(out) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), 0x202E, 0x200B)}
    assert "[red] a[i] [/b] end" in out


def test_the_pipe_of_the_manual_works(start: Run) -> None:
    ended = start("review", "--plain", text="\n3\n\n3\nq\n")
    assert (ended.status, ended.err) == (0, "")
    assert "2 answers: 0 again, 0 hard, 2 good, 0 easy; 2 cards left." in ended.out


def test_a_grade_that_cannot_be_stored_is_asked_for_again(
    run: Run, decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prepdeck.errors import StoreLocked
    from prepdeck.study import reviewing

    real = reviewing.answer_current
    failures = [StoreLocked("another program holds the database", "close it")]

    def fail_once(*values: Any, **named: Any) -> Any:
        if failures:
            raise failures.pop()
        return real(*values, **named)

    monkeypatch.setattr(reviewing, "answer_current", fail_once)
    ended = only(run, decks, BASIC, "\n3\n3\n")
    assert ended.status == 0
    assert ended.err == "error: another program holds the database\nhelp: close it\n"
    assert grades(run) == [("one/a", "good")]


def test_a_grade_that_was_never_stored_ends_with_five(run: Run, decks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prepdeck.errors import StoreFull
    from prepdeck.study import reviewing

    def fail(*_: Any, **__: Any) -> Any:
        raise StoreFull("the disk has no room", "make room")

    monkeypatch.setattr(reviewing, "answer_current", fail)
    ended = only(run, decks, BASIC, "\n3\nq\n")
    assert ended.status == 5
    assert "the disk has no room" in ended.err
    assert "1 card left" in ended.out


def test_points_followups_and_age_stand_under_the_answer(run: Run, decks: Path) -> None:
    card = """- id: a
  front: the front
  back: the back
  points: [say this]
  followups: [{front: and then?, back: that}]
  volatile: true
  as_of: 2026-10-01
  refs: [a book]
"""
    out = only(run, decks, card, "\n").out
    for words in ("Must say:\n  1  say this", "1 follow-up: o asks.", "As of 2026-10-01.", "See: a book"):
        assert words in out
    assert "and then?" not in out


def test_follow_ups_are_asked_one_by_one_and_answered_when_wanted(run: Run, decks: Path) -> None:
    card = """- id: a
  front: the front
  back: the back
  followups: [{front: and then?, back: that}, {front: why?, back: because}]
"""
    said = [
        "2 follow-ups: o asks.",
        "Asked next: and then?\n(o shows its answer)",
        "that",
        "Asked next: why?",
        "because",
    ]
    for typed in range(5):
        out = (
            only(run, decks, card, "\n" + "o\n" * typed + "q\n").out
            if not typed
            else review(run, "\n" + "o\n" * typed).out
        )
        places = [out.find(words) for words in said[: typed + 1]]
        assert -1 not in places
        assert places == sorted(places)
        assert [words for words in said[typed + 1 :] if words in out.partition("2 follow-ups")[2]] == []
    assert "Nothing more is asked on this card." in review(run, "\n" + "o\n" * 5).out


def test_a_follow_up_does_not_stand_in_the_way_of_the_grade(run: Run, decks: Path) -> None:
    card = "- {id: a, front: f, back: b, followups: [{front: and then?, back: that}]}\n"
    assert "good, next" in only(run, decks, card, "\no\n3\n").out


@pytest.mark.parametrize(
    ("tolerance", "words"),
    [("{rel: 0.05}", "5 % either way"), ("{abs: 0}", "exact"), ("{abs: 1e200}", "1e+200 either way")],
)
def test_the_tolerance_is_said_in_words(run: Run, decks: Path, tolerance: Any, words: list[str]) -> None:
    card = NUMERIC.replace("{abs: 0.5}", tolerance)
    assert f"(tolerance: {words})" in only(run, decks, card, "\n").out


def test_plain_lines_can_be_ascii_only(run: Run, decks: Path) -> None:
    (decks / "probability.yaml").write_text("deck: one\ncards:\n- {id: a, front: '- $\\alpha \\le 1$', back: '- ok'}\n")
    front = review(run, "", "--ascii").out
    assert front.isascii()


def test_without_decks_the_round_says_where_they_belong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPDECK_DECKS", "")
    assert "prepdeck paths" in review(run, "").out


CODE = """- id: a
  kind: code
  front: Double it.
  entry: double
  starter: "def double(x):\\n    pass  # yours"
  reference: "def double(x):\\n    return 2 * x  # theirs"
  tests: {visible: [{in: [2], out: 4}, {in: [3], out: 6}], hidden: [{in: [5], out: 10}]}
  mutants: ["def double(x):\\n    return x + 2"]
  complexity: {time: O(1)}
  minutes: 5
  hints: [Twice.]
"""
DESIGN = """- id: a
  kind: design
  front: Design it.
  rubric: ml-design
  family: ranking
  outline: {framing: [goal, scale], serving: [budget]}
  numbers: [20 k a second]
  clarifications: [Who watches?]
  probes: [{ask: And then?, good: This.}]
  pitfalls: [no metric]
  twist: No tracking.
"""
STAR = """- id: a
  kind: star
  front: A time you disagreed.
  competency: conflict
  seconds: 150
  rubric: behavioural
  strong_signals: [fair view, data]
  weak_signals: [only we]
"""
STORY = (
    "- {id: a, kind: story, title: The holdout, situation: s1, task: t1, action: a1, result: r1, reflection: l1,\n"
    "   metric: 2 %, competencies: [conflict]}\n"
)
POINTS = "- {id: a, front: the front, back: the back, points: [one, two, three]}\n"


def draft_file(out: str) -> Path:
    return Path(next(line.removeprefix("Your answer: ") for line in out.splitlines() if line.startswith("Your answer")))


@pytest.mark.parametrize("card", [CODE, DESIGN, STAR, STORY, POINTS])
def test_enter_and_a_digit_are_enough_for_the_written_and_spoken_kinds(run: Run, decks: Path, card: str) -> None:
    ended = only(run, decks, card, "\n\n3\n" if card is DESIGN else "\n3\n")
    assert (ended.status, ended.err) == (0, "")
    assert grades(run) == [("one/a", "good")]


@pytest.mark.parametrize(
    ("card", "answer"), [(CODE, "theirs"), (CODE, "10"), (DESIGN, "goal"), (STAR, "fair view"), (STORY, "a1")]
)
def test_nothing_of_the_answer_shows_before_it_is_asked_for_in_any_kind(
    run: Run, decks: Path, card: str, answer: str
) -> None:
    out = only(run, decks, card, "h\nhm?\n").out
    # The name of the draft's folder is not the card's, and may hold any number.
    assert not [line for line in out.splitlines() if answer in line and not line.startswith("Your answer: ")]


def test_the_file_of_an_answer_is_named_run_and_handed_in(run: Run, decks: Path) -> None:
    path = draft_file(only(run, decks, CODE, "").out)
    assert path.read_text("utf-8").startswith("def double(x):\n    pass  # yours")
    path.write_text("def double(x):\n    return x + 2\n", "utf-8")
    out = review(run, "r\ns\n\n").out
    assert "1/2 tests passed\nFirst failing test:\n    input: double(3)\n    expected: 6\n    got: 5" in out
    assert "1/3 tests passed" in out
    assert out.index("1/3 tests passed") < out.index("theirs") < out.index("(Enter: 1 again)")
    assert grades(run) == [("one/a", "again")]
    assert "x + 2" not in path.read_text("utf-8")


def test_an_answer_that_passes_suggests_good(run: Run, decks: Path) -> None:
    path = draft_file(only(run, decks, CODE, "").out)
    path.write_text("def double(x):\n    return x + x\n", "utf-8")
    assert "(Enter: 3 good)" in review(run, "s\n").out
    assert "(Enter: 2 hard)" in review(run, "h\ns\n").out


def test_without_a_terminal_the_file_to_edit_is_named(run: Run, decks: Path) -> None:
    assert "No terminal for an editor; edit" in only(run, decks, CODE, "e\n").out


def test_code_of_a_deck_runs_only_after_a_yes(run: Run, decks: Path) -> None:
    card = CODE + "  fixture: secret = 7\n"
    out = only(run, decks, card, "r\nno\nq\n").out
    assert "    secret = 7" in out
    assert "not a sandbox" in out
    assert "Nothing was run." in out
    assert "tests passed" not in out
    assert "0/2 tests passed" in review(run, "r\ny\n").out
    assert "0/2 tests passed" in review(run, "r\n").out


def test_an_outline_opens_phase_by_phase(run: Run, decks: Path) -> None:
    out = only(run, decks, DESIGN, "\n").out
    assert "[Enter] phase 1 of 2, h hint, q stop" in out
    assert "Framing:\n  1  goal\n  2  scale" in out
    assert "[Enter] last phase, h hint, q stop" in out
    assert "budget" not in out
    out = review(run, "\n\n").out
    assert "Serving:\n  3  budget" in out
    beside = ("20 k a second", "Who watches?", "Asked next: And then?", "This.", "no metric", "Twist: No tracking.")
    assert [words for words in beside if words not in out] == []


@pytest.mark.parametrize(
    ("card", "typed", "suggested"),
    [
        (DESIGN, "\n\n1 2 3", "3 good"),
        (DESIGN, "\n\n1, 3", "2 hard"),
        (DESIGN, "\n\nt 2", "1 again"),
        (STAR, "\nt 1", "2 hard"),
        (STAR, "\n1 2", "3 good"),
        (POINTS, "\ntick 3", "1 again"),
        (POINTS, "\n1 2 3", "3 good"),
    ],
)
def test_numbers_of_points_that_were_said_suggest_the_grade(
    run: Run, decks: Path, card: str, typed: str, suggested: str
) -> None:
    out = only(run, decks, card, f"{typed}\n\n").out
    assert "Which did you say?" in out
    assert f"(Enter: {suggested})" in out
    assert grades(run) == [("one/a", suggested.split()[1])]


def test_a_point_that_does_not_exist_is_refused(run: Run, decks: Path) -> None:
    ended = only(run, decks, POINTS, "\n1 9\n3\n")
    assert "The points have numbers from 1 to 3." in ended.out
    assert grades(run) == [("one/a", "good")]


def test_a_digit_alone_stays_a_grade_where_points_are_asked_for(run: Run, decks: Path) -> None:
    only(run, decks, POINTS, "\n2\n")
    assert grades(run) == [("one/a", "hard")]


def test_a_prompt_names_the_learners_stories(run: Run, decks: Path) -> None:
    out = only(run, decks, STAR + STORY.replace("id: a", "id: b"), "").out
    assert "Your stories that show it:\n- The holdout" in out
    assert "aim for 2:30" in out


def test_a_story_shows_its_parts(run: Run, decks: Path) -> None:
    out = only(run, decks, STORY, "\n").out
    for words in ("Situation: s1", "Task: t1", "Action: a1", "Result: r1", "Reflection: l1", "Metric: 2 %"):
        assert words in out


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (CODE, ("Double it.", "# yours", "2 -> 4", "1 hidden test.", "# theirs", "time O(1); 5 minutes")),
        (DESIGN, ("Design it.", "Framing:\n- goal", "Rubric: ml design")),
        (STAR, ("A time you", "Looks for: conflict", "Strong answers:\n- fair view", "Weak answers:\n- only we")),
        (STORY, ("The holdout", "Action: a1", "Shows: conflict")),
    ],
)
def test_show_prints_every_kind_whole(run: Run, decks: Path, card: str, words: tuple[str, ...]) -> None:
    (decks / "probability.yaml").write_text(f"deck: one\ncards:\n{card}", "utf-8")
    out = run("show", "one/a").out
    for each in words:
        assert each in out
