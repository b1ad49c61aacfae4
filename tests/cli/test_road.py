"""`roadmap`, `track` and `offer`: the road, its lists and the calculator from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

PHASES = {
    "foundations",
    "core-ml",
    "deep-learning-basics",
    "production",
    "scalable-data",
    "specialisation",
    "experience-soft-skills",
    "interview-readiness",
}


def phase(run: Run, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in run("roadmap", "--json").json()["phases"] if each["id"] == slug)
    return found


def entries(run: Run) -> int:
    """Return how many actions the log holds, those that were taken back among them."""
    return len(run("log", "--all", "--json").out.splitlines())


def test_the_roadmap_lists_eight_phases_with_their_months(run: Run) -> None:
    page = run("roadmap", "--json").json()
    assert {each["id"] for each in page["phases"]} == PHASES
    assert [each["over_after"] for each in page["phases"][:3]] == [[1.0, 2.0], [3.0, 5.0], [5.0, 8.0]]
    assert page["left_months"] == [10.0, 18.0]
    assert page["phases"][6]["months"] == [3.0, None]
    assert page["current"] == "foundations"
    assert "1-2 months" in run("roadmap").out
    assert "At 10 hours a week 10-18 months are left" in run("roadmap").out


def test_more_hours_a_week_shorten_the_road(run: Run) -> None:
    run("config", "hours_a_week", "20")
    page = run("roadmap", "--json").json()
    assert (page["hours_a_week"], page["left_months"]) == (20, [5.0, 9.0])


@pytest.mark.parametrize("hours", ["0", "113", "many"])
def test_hours_that_no_week_has_are_refused(run: Run, hours: str) -> None:
    assert run("config", "hours_a_week", hours).status == 3
    assert run("roadmap", "--json").json()["hours_a_week"] == 10


def test_one_phase_names_what_it_is_done_by(run: Run) -> None:
    out = run("roadmap", "show", "1").out
    for word in ("Phase 1: Foundations", "sql-queries", "cleaning-notebook-public", "foundations-gate", "Khan Academy"):
        assert word in out
    assert run("roadmap", "show", "core").out.startswith("Phase 2")


def test_something_done_holds_its_link_and_undo_takes_it_back(run: Run) -> None:
    told = run("roadmap", "done", "sql-queries", "--link", "https://github.com/you/sql").out
    assert told == "sql-queries is done: simple SQL on a public data set\n"
    made = next(each for each in phase(run, "foundations")["items"] if each["id"] == "sql-queries")
    assert made["made"] == [{"day": "2026-11-22", "link": "https://github.com/you/sql"}]
    assert phase(run, "foundations")["state"] == "under-way"
    assert run("undo").out.startswith("undid sql-queries done")
    assert phase(run, "foundations")["state"] == "ahead"


def test_a_phase_is_done_by_all_it_asks_for_and_open_again_by_one(run: Run) -> None:
    for item in ("utilities-notebook", "cleaning-scripts", "sql-queries", "cleaning-notebook-public", "1-gate"):
        assert run("roadmap", "done", item).status == 0
    page = run("roadmap", "--json").json()
    assert (page["phases"][0]["state"], page["phases"][0]["share"], page["current"]) == ("done", 1.0, "core-ml")
    assert run("roadmap", "reopen", "sql").out == "open again: simple SQL on a public data set\n"
    assert phase(run, "foundations")["state"] == "under-way"


def test_a_phase_begins_once_and_can_be_taken_back(run: Run) -> None:
    assert run("roadmap", "start", "2").out == "phase 2, Core ML concepts, begins today\n"
    assert phase(run, "core-ml")["started"] == "2026-11-22"
    assert run("roadmap", "start", "core-ml").status == 2
    assert run("roadmap", "reopen", "2").status == 0
    assert phase(run, "core-ml")["started"] is None


def test_a_choice_is_told_with_what_stays_out(run: Run) -> None:
    ended = run("roadmap", "choose", "nlp-llm")
    assert ended.out == "nlp-llm is chosen for phase 6; the other 3 decks stay out of the daily queue\n"
    assert phase(run, "specialisation")["chosen"] == "nlp-llm"
    assert run("roadmap", "choose", "nlp-llm").status == 2
    run("roadmap", "reopen", "nlp-llm")
    assert phase(run, "specialisation")["chosen"] is None


def test_the_self_assessment_proposes_a_phase_and_says_why(run: Run) -> None:
    levels = ["programming=4", "maths-statistics=3", "computer-science=3", "ml-algorithms=2"]
    out = run("roadmap", "assess", *levels).out
    assert out.startswith("begin with phase 2, Core ML concepts: it teaches what is missing:")
    page = run("roadmap", "--json").json()
    assert page["proposal"] == "core-ml"
    assert {each["id"]: each["level"] for each in page["skills"]}["programming"] == 4
    assert "I could teach it" in run("roadmap", "skills").out


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["start", "9"], 4, "no phase '9'"),
        (["start"], 2, "which phase?"),
        (["done"], 2, "which deliverable"),
        (["done", "nothing"], 4, "nothing on the road is called 'nothing'"),
        (["done", "sql-querys"], 4, "did you mean sql-queries?"),
        (["done", "case"], 4, "fits 5 things"),
        (["done", "sql-queries", "--link", "my disk"], 2, "'my disk' is no web address"),
        (["done", "sql-queries", "--link", "ftp://x.org/a"], 2, "is no web address"),
        (["done", "sql-queries", "--link", "https://"], 2, "is no web address"),
        (["done", "sql-queries", "extra"], 2, "one word too many"),
        (["start", "1", "--link", "https://x.org"], 2, "--link is for roadmap done"),
        (["reopen", "sql-queries"], 2, "is not done"),
        (["reopen", "1"], 2, "was not begun"),
        (["choose", "probability"], 4, "is no specialisation"),
        (["assess", "programming=5"], 2, "5 is no level"),
        (["assess", "programming=0"], 2, "0 is no level"),
        (["assess", "programming"], 2, "is no skill with a level"),
        (["assess", "cooking=3"], 4, "no skill 'cooking'"),
        (["show", "[/b]"], 4, "no phase '[/b]'"),
        (["jump"], 2, "jump"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(run: Run, words: list[str], status: int, told: str) -> None:
    before = entries(run)
    ended = run("roadmap", *words)
    assert (ended.status, ended.out) == (status, "")
    assert told in ended.err
    assert entries(run) == before


def test_errors_under_json_are_one_object(run: Run) -> None:
    ended = run("roadmap", "done", "nothing", "--json")
    assert json.loads(ended.err)["error"]["message"] == "nothing on the road is called 'nothing'"


@pytest.mark.parametrize("sheet", ["steps", "skills", "tools", "path", "pay", "assess"])
def test_every_sheet_prints_something_that_fits_eighty_columns(run: Run, sheet: str) -> None:
    lines = run("roadmap", sheet).out.splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= 80


def test_the_pay_table_is_dated(run: Run) -> None:
    out = run("roadmap", "pay").out
    assert "as of April 2026" in out
    assert "110,000-140,000" in out
    assert run("roadmap", "--json").json()["pay"]["as_of"] == "2026-04"


def test_the_days_log_names_the_deed(run: Run) -> None:
    run("roadmap", "start", "1")
    assert '"kind": "road"' in run("log", "--all", "--json").out


def test_readiness_roadmap_and_due_agree_on_cards_and_seen(run: Run) -> None:
    run("answer", "probability/bayes", "good")
    ready, road, due = (run(verb, "--json").json() for verb in ("ready", "roadmap", "due"))
    topics = [each for each in ready["topics"] if each["deck"] == "probability"]
    deck = next(each for each in road["phases"][0]["decks"] if each["deck"] == "probability")
    assert deck["cards"] == sum(each["cards"] for each in topics) == due["decks"][0]["cards"]
    assert deck["seen"] == sum(each["seen"] for each in topics) == 1
    known = sum(each["recall"] * each["cards"] for each in topics)  # every card of the deck has the same weight
    assert deck["recall"] == pytest.approx(known / deck["cards"], abs=1e-3)
    assert road["phases"][0]["cards"] == deck["cards"]


def rows(run: Run, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("track", "list", name, "--json").json()["lists"][0]["rows"]
    return found


def test_an_application_is_kept_changed_closed_and_brought_back(run: Run) -> None:
    added = run("track", "add", "applications", "Acme", "--role", "ML engineer", "--next", "ask", "--on", "+7")
    assert added.out == "added: Acme (applications 1)\n"
    run("track", "edit", "applications", "acme", "--status", "applied")
    kept = rows(run, "applications")[0]["values"]
    assert kept == {"company": "Acme", "role": "ML engineer", "status": "applied", "next": "ask", "on": "2026-11-29"}
    assert run("track", "done", "applications", "1").out == "closed: Acme (applications 1)\n"
    assert "Acme" not in run("track", "list", "applications").out
    assert "Acme" in run("track", "list", "applications", "--all").out
    run("undo")
    assert rows(run, "applications")[0]["values"]["status"] == "applied"
    assert run("track", "remove", "applications", "Acme").status == 0
    assert rows(run, "applications") == []
    run("undo")
    assert [row["title"] for row in rows(run, "applications")] == ["Acme"]


def test_a_real_interview_is_one_row_here_and_in_the_interview_log(run: Run) -> None:
    run(
        "track",
        "add",
        "interviews",
        "Acme",
        "--round",
        "onsite",
        "--questions",
        "Why Adam? | What is AUC?",
        "--day",
        "-2",
    )
    logged = run("interview", "log", "--json").json()["rounds"]
    assert [(each["company"], each["day"], each["questions"]) for each in logged] == [
        ("Acme", "2026-11-20", ["Why Adam?", "What is AUC?"])
    ]
    run("track", "edit", "interviews", "1", "--result", "invited")
    assert run("interview", "log", "--json").json()["rounds"][0]["result"] == "invited"
    assert run("track", "done", "interviews", "1").out == "done: Acme onsite (interviews 1)\n"


def test_an_own_deliverable_counts_for_its_phase(run: Run) -> None:
    run("track", "add", "deliverables", "A talk at the meetup", "--phase", "experience")
    found = phase(run, "experience-soft-skills")
    assert found["of"] == 6
    assert [each["text"] for each in found["items"] if each["own"]] == ["A talk at the meetup"]
    run("track", "done", "deliverables", "A talk at")
    assert phase(run, "experience-soft-skills")["done"] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "applications"], "company is missing"),
        (["add", "applications", "Acme", "--on", "2020-01-01"], "2020-01-01 is over"),
        (["add", "applications", "Acme", "--on", "soon"], "'soon' is not a day"),
        (["add", "applications", "Acme", "--link", "acme"], "'acme' is no web address"),
        (["add", "applications", "Acme", "--status", "hopeful"], "'hopeful' is no status"),
        (["add", "applications", "Acme", "--round", "onsite"], "have no field 'round'"),
        (["add", "applications", "Acme", "--company", "Other"], "company is said twice"),
        (["add", "deliverables", "X", "--phase", "12"], "no phase '12'"),
        (["add", "interviews", "Acme", "--day", "2027-01-01"], "lies ahead"),
        (["add", "meals", "X"], "there is no list 'meals'"),
        (["add"], "which list?"),
        (["edit", "applications", "1"], "what is different?"),
        (["done", "applications", "1"], "no row '1'"),
        (["done", "applications"], "which row?"),
        (["remove", "deliverables", "1"], "the roadmap asks for"),
        (["list", "--role", "x"], "--role is for track add"),
        (["list", "--format", "csv"], "--format is for track export"),
        (["add", "contacts", "--all", "X"], "--all is for track list"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_and_changes_nothing(run: Run, words: list[str], told: str) -> None:
    before = entries(run)
    ended = run("track", *words)
    assert ended.status in {2, 4}
    assert told in ended.err
    assert entries(run) == before


def test_a_list_is_exported_to_stdout_and_into_files(run: Run) -> None:
    run("track", "add", "contacts", "Mira | Holm", "--note", 'says "hello", x')
    assert run("track", "export", "contacts", "--format", "csv").out.splitlines()[1] == (
        '1,Mira | Holm,,open,,,,"says ""hello"", x"'
    )
    assert "Mira \\| Holm" in run("track", "export", "contacts", "--format", "md").out
    files = [Path(line) for line in run("track", "export", "contacts").out.splitlines()]
    assert [each.suffix for each in files] == [".csv", ".md"]
    assert all(each.exists() for each in files)


def test_an_offer_is_worked_out(run: Run) -> None:
    words = ("offer", "150k", "--bonus", "10%", "--equity", "160k", "--years", "4", "--sign-on", "20k")
    found = run(*words, "--json").json()
    assert (found["first_year"], found["yearly_mean"]) == (225_000, 210_000)
    assert "225,000" in run(*words).out


@pytest.mark.parametrize(
    "words", [["0"], ["much"], ["150k", "--years", "0"], ["150k", "--bonus", "ten"], ["9" * 20], ["-5"]]
)
def test_an_offer_that_is_none_is_refused(run: Run, words: list[str]) -> None:
    ended = run("offer", "--", *words) if words == ["-5"] else run("offer", *words)
    assert (ended.status, ended.out) == (2, "")


def test_the_plan_of_today_is_printed_with_and_without_a_date(run: Run) -> None:
    agenda = run("plan", "--json").json()["agenda"]
    assert [each["kind"] for each in agenda["lines"]][:2] == ["review", "new"]
    assert agenda["lines"][-1]["target"] == "assess"
    assert "Say where you stand: ten skills" in run("plan").out
    run("interview", "add", "+21")
    assert "Today, 86 min, 20 of them for cards:" in run("plan").out


def test_what_does_not_fit_into_today_is_named(run: Run) -> None:
    run("config", "hours_a_week", "1")
    run("config", "minutes_a_day", "1")
    agenda = run("plan", "--json").json()["agenda"]
    assert agenda["minutes"] == 9
    left = [each["title"] for each in agenda["lines"] if not each["fits"]]
    assert left
    assert f"Does not fit into 9 min: {left[0]}" in run("plan").out


def test_no_minutes_a_day_are_refused(run: Run) -> None:
    assert run("plan", "--minutes", "0").status == 2
    assert run("config", "minutes_a_day", "0").status == 3


def test_two_interviews_on_one_day_are_told_apart_by_their_company(run: Run) -> None:
    run("interview", "add", "2026-12-10", "--company", "Acme")
    assert run("interview", "add", "2026-12-10", "--company", "Acme").status == 2
    assert run("interview", "add", "2026-12-10", "--company", "Initech").status == 0
    assert len(run("interview", "--json").json()["interviews"]) == 2


def test_a_date_in_the_past_is_refused(run: Run) -> None:
    ended = run("interview", "add", "2026-11-01")
    assert ended.status == 2
    assert "2026-11-01" in ended.err
