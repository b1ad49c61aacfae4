"""`plan`, `ready` and `due` while an interview is ahead: what they say, their JSON, and that their numbers agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from prepdeck.study.desk import open_desk
from prepdeck.study.overview import home_report
from prepdeck.study.reviewing import answer_current, begin_round

Run = Callable[..., Any]
WIDTH = 80


def deck(name: str, cards: int, *, track: str = "ml-fundamentals", title: str = "") -> str:
    head = f'deck: {name}\ntitle: "{title or name}"\ntrack: {track}\ntopics: {{a: Alpha, b: "Beta and more"}}\ncards:\n'
    return head + "".join(
        f'- {{id: c{number}, topic: {"ab"[number % 2]}, front: "What is {name} {number}?", back: "It is {number}."}}\n'
        for number in range(cards)
    )


@pytest.fixture
def plans(home: Any, decks: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two decks of plain cards, and 80 columns; the folder of settings."""
    (decks / "probability.yaml").unlink()
    (decks / "heaps.yaml").write_text(deck("heaps", 10, track="algorithms"), "utf-8")
    (decks / "losses.yaml").write_text(deck("losses", 30), "utf-8")
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    home.mkdir()
    return home


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock to a day."""
    return lambda day: monkeypatch.setenv("PREPDECK_NOW", f"{day}T09:30:00+00:00")


def study(quality: int = 4, seconds: float = 20.0) -> int:
    """Answer all that a round asks; return how many answers it took."""
    answers = 0
    with open_desk() as desk:
        sitting = begin_round(desk)
        while sitting.current is not None:
            sitting, _ = answer_current(desk, sitting, quality, seconds)
            answers += 1
    return answers


def test_without_a_date_both_say_how_to_set_one(plans: Any, run: Run) -> None:
    plan, ready = run("plan"), run("ready")
    assert (plan.status, plan.err, ready.status, ready.err) == (0, "", 0, "")
    assert "prepdeck interview add +30" in plan.out.replace("\n", " ")
    assert "No interview date is ahead" in ready.out
    assert "Planned" not in ready.out


def test_without_a_date_the_json_holds_null_and_says_how(plans: Any, run: Run) -> None:
    plan, ready = run("plan", "--json", "--minutes", "30").json(), run("ready", "--json").json()
    assert {name: plan[name] for name in plan if name != "agenda"} | {"message": ""} == {
        "schema": 1,
        "date": None,
        "minutes": 30,
        "fits": None,
        "message": "",
        "days": [],
        "recall": None,
    }
    assert "prepdeck interview add" in plan["message"]
    assert (ready["date"], ready["topics"][0]["planned"]) == (None, None)
    assert "prepdeck interview add" in ready["message"]


def test_the_plan_is_a_sentence_and_a_line_for_each_day(plans: Any, run: Run) -> None:
    run("interview", "add", "2026-12-02", "--company", "Acme")
    ended = run("plan")
    assert (ended.status, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "Interview Wed 2 Dec (Acme), in 10 days: 40 cards, 0 seen."
    assert lines[1].startswith("It fits: 20 min a day for 10 study days. Keep this up, and you will know about")
    assert [line.split()[:3] for line in lines[5:15]] == [
        [name, str(day), month]
        for name, day, month in zip(
            ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue"),
            (22, 23, 24, 25, 26, 27, 28, 29, 30, 1),
            [*["Nov"] * 9, "Dec"],
            strict=True,
        )
    ]
    assert "Last looks, each card once more, begin on Tue 1 Dec." in ended.out
    assert "with 15 min" in ended.out
    assert "with 25 min" in ended.out


def test_plan_json_has_the_keys_of_the_contract(plans: Any, run: Run) -> None:
    run("interview", "add", "+10")
    plan = run("plan", "--json").json()
    assert {"schema", "date", "minutes", "fits", "message", "days", "recall"} <= set(plan)
    assert (plan["schema"], plan["date"], plan["minutes"], plan["fits"]) == (1, "2026-12-02", 20, True)
    assert [set(day) >= {"day", "reviews", "new", "minutes"} for day in plan["days"]] == [True] * 10
    assert sum(day["new"] for day in plan["days"]) == plan["cards"] == 40
    assert 0.8 < plan["recall"] <= 1
    assert {each["reason"] for each in plan["today"]} == {"new"}


def test_ready_json_has_the_keys_of_the_contract(plans: Any, run: Run) -> None:
    run("interview", "add", "+10")
    ready = run("ready", "--json").json()
    assert (ready["schema"], ready["date"], ready["message"]) == (1, "2026-12-02", None)
    keys = {"topic", "deck", "cards", "seen", "recall", "target", "mock", "weakest"}
    assert [set(topic) >= keys for topic in ready["topics"]] == [True] * 4
    assert [(each["topic"], each["deck"], each["cards"]) for each in ready["topics"]] == [
        ("a", "heaps", 5),
        ("b", "heaps", 5),
        ("a", "losses", 15),
        ("b", "losses", 15),
    ]
    assert [each["pillar"] for each in ready["pillars"]] == ["coding", "fundamentals", "ml design", "behavioural"]
    assert all(part["target"] == 0.85 for part in (*ready["topics"], *ready["tracks"], *ready["pillars"]))


def test_no_line_is_wider_than_the_terminal(plans: Any, run: Run, decks: Any, later: Callable[[str], None]) -> None:
    (decks / "long.yaml").write_text(deck("long", 4, title="A title " + "that goes on and on " * 6), "utf-8")
    (decks / "bare.yaml").write_text(f"deck: bare\ntitle: '{'word ' * 30}'\ncards: [{{id: a, front: b?, back: c.}}]\n")
    run("interview", "add", "+10", "--company", "A company with a long name, as some have them, and an office or two")
    run("interview", "add", "+3", "--deck", "heaps")
    for minutes in (20, 1):
        (plans / "config.toml").write_text(f"minutes_a_day = {minutes}\n")
        outs = [run(*words).out for words in (["plan"], ["plan", "--today"], ["ready"], ["ready", "--ascii"])]
        assert max(len(line) for out in outs for line in out.splitlines()) <= WIDTH
        assert outs[3].isascii()
    later("2026-12-09")
    assert max(len(line) for words in ("plan", "ready") for line in run(words).out.splitlines()) <= WIDTH


def test_a_long_plan_shows_its_beginning_and_its_end(plans: Any, run: Run) -> None:
    run("interview", "add", "+90")
    out = run("plan").out
    assert "(34 more days; --json lists them)" in out
    assert "Sat 2 Jan 2027" in out
    assert "Sun 3 Jan 2027" not in out
    assert "Fri 19 Feb 2027" in out
    assert len(run("plan", "--json").json()["days"]) == 90


@pytest.mark.parametrize("words", [["--minutes", "0"], ["--minutes", "1441"], ["--minutes", "soon"], ["now"]])
def test_wrong_words_exit_two_and_say_what_is_allowed(plans: Any, run: Run, words: list[str]) -> None:
    ended = run("plan", *words)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("error: ")
    failed = run("plan", *words, "--json")
    assert (failed.status, failed.out) == (2, "")
    assert set(json.loads(failed.err)["error"]) == {"code", "message", "help"}


@pytest.mark.parametrize(("minutes", "levers"), [("1", [6]), ("5", [1, 10]), ("600", [595, 605]), ("1440", [1435])])
def test_other_minutes_are_really_other_ones(plans: Any, run: Run, minutes: str, levers: list[float]) -> None:
    run("interview", "add", "+10")
    plan = run("plan", "--json", "--minutes", minutes).json()
    assert [each["minutes"] for each in plan["levers"]] == levers
    assert plan["minutes"] == float(minutes)


def test_looking_twice_prints_the_same(plans: Any, run: Run) -> None:
    run("interview", "add", "+10")
    study()
    assert run("plan", "--json").out == run("plan", "--json").out
    assert run("ready").out == run("ready").out


def test_due_plan_round_and_home_agree_on_every_day(plans: Any, run: Run, later: Callable[[str], None]) -> None:
    (plans / "config.toml").write_text('minutes_a_day = 6\neasy_days = ["sat"]\nbreaks = ["2026-11-25"]\n')
    run("interview", "add", "+10")
    run("interview", "add", "+5", "--deck", "heaps")
    for day in (*range(22, 31), 31):
        later(f"2026-11-{day}" if day < 31 else "2026-12-01")
        due, plan = run("due", "--json").json(), run("plan", "--json").json()
        with open_desk() as desk:
            shown, queue = home_report(desk).day, begin_round(desk).round.queue
        assert (due["due"], due["new"], due["minutes"]) == (shown.due, shown.new, shown.minutes)
        first = plan["days"][0]
        if day == 25:
            assert (due["plan"], due["new"], len(queue)) == (None, 0, due["due"])
            assert (first["reviews"], first["new"]) == (0, 0)
        else:
            assert due["plan"] == {"reviews": first["reviews"], "new": first["new"], "minutes": due["minutes"]}
            assert first["reviews"] + first["new"] == len(queue) == len(plan["today"])
            assert abs(first["minutes"] - due["minutes"]) <= 1
        study(quality=3 if day % 3 else 5, seconds=12.0)
    assert run("rebuild", "--check").status == 0


def test_due_tells_the_plan_and_what_can_wait(plans: Any, run: Run, later: Callable[[str], None]) -> None:
    (plans / "config.toml").write_text("minutes_a_day = 3\n")
    run("interview", "add", "+12")
    study()
    later("2026-11-23")
    before = run("due")
    assert (before.status, before.err) == (0, "")
    assert before.out.splitlines()[-1].startswith("Today's plan: ")
    assert before.out.endswith(" min: prepdeck review. 6 due cards can wait.\n")
    study()
    done = run("due").out.splitlines()[-1]
    assert done == "Nothing more is planned today; 3 due cards can wait. prepdeck review --minutes 10 goes on."
    assert run("plan", "--today").out.startswith("Nothing more is planned today.")


def test_in_a_break_nothing_is_planned_and_due_cards_stay(plans: Any, run: Run, later: Callable[[str], None]) -> None:
    run("interview", "add", "+10")
    study()
    (plans / "config.toml").write_text('breaks = ["2026-11-23..2026-12-31"]\n')
    later("2026-11-23")
    plan = run("plan")
    assert "every day up to the interview is in a break" in plan.out.replace("\n", " ")
    assert "min a day" not in plan.out
    due = run("due", "--json").json()
    assert (due["due"], due["new"], due["plan"]) == (7, 0, None)
    assert run("due").out.endswith(f"7 due, 0 new, about {due['minutes']} min: prepdeck review.\n")
    assert "7 cards left" in run("review", "--plain", text="q\n").out
    assert run("plan", "--today").out.startswith("Today is in a break: nothing is planned. prepdeck review asks what")


def test_a_plan_that_does_not_fit_names_the_cards_and_a_cure_that_works(plans: Any, run: Run) -> None:
    run("interview", "add", "+3")
    plan = run("plan", "--json", "--minutes", "5").json()
    assert not plan["fits"]
    told = plan["message"]
    assert told.startswith(
        f"It does not fit: {plan['unseen']} of 40 cards will not be seen with 5 min a day for 3 study days; add "
    )
    more = int(told.partition("; add ")[2].split()[0])
    assert run("plan", "--json", "--minutes", str(5 + more)).json()["fits"]


def test_breaks_and_easy_days_are_told(plans: Any, run: Run) -> None:
    (plans / "config.toml").write_text('easy_days = ["sat"]\nbreaks = ["2026-11-25", "2026-11-27"]\n')
    run("interview", "add", "+10")
    message = run("plan", "--json").json()["message"]
    assert message.startswith("It fits: 20 min a day (less on easy days) for 8 study days and 2 days of break.")


def test_suspended_cards_leave_a_plan_that_says_why_it_is_empty(plans: Any, run: Run) -> None:
    run("interview", "add", "+10", "--deck", "heaps")
    run("suspend", *(f"heaps/c{number}" for number in range(10)))
    ended = run("plan")
    assert (ended.status, ended.err) == (0, "")
    assert "No card is in its scope today" in ended.out
    assert "Reviews" not in ended.out
    assert "blank for what that interview does not ask" in run("ready").out.replace("\n", " ")


def test_ready_explains_its_columns_and_groups_topics_by_deck(plans: Any, run: Run) -> None:
    run("interview", "add", "+10", "--company", "Acme")
    ended = run("ready")
    assert (ended.status, ended.err) == (0, "")
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert lines[0] == "Interview Wed 2 Dec (Acme), in 10 days."
    assert lines[2] == "Pillar Cards Seen Recall Planned To go Mocks"
    assert lines[lines.index("heaps") + 2].startswith("Beta and more 5 0 0%")
    words = " ".join(lines)
    assert "Recall is what you would know on the day if you studied nothing more" in words
    assert "shows after 100 answers to cards seen before; none so far." in words


def test_the_cards_of_today_come_with_their_reasons(plans: Any, run: Run, later: Callable[[str], None]) -> None:
    run("interview", "add", "+20", "--deck", "losses")
    study()
    later("2026-11-23")
    out = run("plan", "--today").out
    reasons = {line.split()[1] for line in out.splitlines()[1:] if "/c" in line}
    assert reasons == {"new", "due", "outside"}
    assert "for no interview ahead is about it" in out.replace("\n", " ")


def test_an_interview_that_is_over_is_asked_about(plans: Any, run: Run, later: Callable[[str], None]) -> None:
    run("interview", "add", "+2")
    later("2026-11-24")
    for words in ("plan", "ready"):
        ended = run(words)
        assert ended.status == 0
        assert "prepdeck interview done 2026-11-24" in ended.err
        assert run(words, "-q").err == ""
    assert "prepdeck interview done 2026-11-24" in run("due").err


def test_a_damaged_database_exits_five(plans: Any, run: Run) -> None:
    run("interview", "add", "+2")
    (plans / "prepdeck.db").write_bytes(b"rubbish" * 1000)
    for words in ("plan", "ready"):
        ended = run(words)
        assert (ended.status, ended.out) == (5, "")


def test_show_tells_how_likely_a_card_is_recalled(run: Run) -> None:
    assert run("show", "bayes", "--json").json()["forecast"] is None
    run("answer", "bayes", "good")
    today = run("show", "bayes", "--json").json()["forecast"]
    assert (today["recall"], today["date"], today["recall_on_date"]) == (1.0, None, None)
    run("interview", "add", "+10")
    ahead = run("show", "bayes", "--json").json()["forecast"]
    assert ahead["date"] == "2026-12-02"
    assert 0 < ahead["recall_on_date"] < 1
    assert "if it is left alone" in run("show", "bayes").out
