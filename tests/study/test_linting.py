from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from prepdeck.deckfile.codes import CODES
from prepdeck.errors import UsageError
from prepdeck.host.bundled import bundled_folder
from prepdeck.study.documents import bundled_documents
from prepdeck.study.explaining import draw_pages, explain, pages_json
from prepdeck.study.linting import check_files, draw_github, lint, read_files, report_json, summary
from prepdeck.study.options import Options
from prepdeck.study.tallies import count_rows, deck_lines, quality_rows, report_object, topic_rows
from prepdeck.study.watching import snapshot
from tests.builders import NOW, TODAY

LISTING = "deck: {slug}\ncards:\n- id: a\n  front: List the {what}.\n  back: x\n- id: b\n  kind: desing\n"
AGED = "deck: aged\ncards:\n- {id: a, front: Which version is current?, back: '9', volatile: true, as_of: 2026-05-25}\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own without bundled decks; the clock stands."""
    monkeypatch.setenv("PREPDECK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PREPDECK_NO_BUNDLED", "1")
    monkeypatch.setenv("PREPDECK_NOW", NOW)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("PREPDECK_DECKS", raising=False)
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_problems_of_reading_and_of_rules_stand_together_by_file_and_place(home: Path) -> None:
    first = write(home, "decks/one.yaml", LISTING.format(slug="one", what="causes"))
    second = write(home, "decks/two.yaml", LISTING.format(slug="two", what="cures"))
    found = [(problem.path, problem.line, problem.code) for problem in lint((home / "decks",)).problems]
    assert found == [(str(path), line, code) for path in (first, second) for line, code in ((4, "W204"), (7, "E012"))]


def test_the_path_of_a_problem_is_the_one_that_was_given(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, "decks/one.yaml", LISTING.format(slug="one", what="causes"))
    monkeypatch.chdir(home)
    assert {problem.path for problem in lint((Path("decks/one.yaml"),)).problems} == {"decks/one.yaml"}
    assert {problem.path for problem in lint((Path("decks"),)).problems} == {"decks/one.yaml"}


def test_without_a_path_every_deck_that_is_found_is_checked(home: Path) -> None:
    write(home / "home", "decks/own.yaml", AGED)
    report = lint((), Options())
    assert (len(report.files), report.cards, [problem.code for problem in report.problems]) == (1, 1, ["W243"])


def test_one_strict_run_tells_of_missing_fields_and_of_everything_else(home: Path) -> None:
    path = write(home, "one.yaml", "deck: one\ncards:\n- {id: a, front: List the causes., back: x}\n")
    found = {problem.code for problem in lint((path,), strict=True).problems}
    assert found == {"E046", "W204", "W208", "W209"}


def test_a_missing_path_is_wrong_usage(home: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        lint((home / "nowhere.yaml",))


def test_the_age_of_an_answer_is_counted_by_the_clock_of_the_host(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(home, "aged.yaml", AGED)
    assert [problem.code for problem in lint((path,)).problems] == ["W243"]
    monkeypatch.setenv("PREPDECK_NOW", "2026-05-26T00:00:00+00:00")
    assert lint((path,)).problems == ()


def test_bundled_decks_are_held_to_the_strict_rules(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(home, "plain.yaml", "deck: plain\ncards:\n- {id: a, front: Why is it so?, back: x}\n")
    files = read_files((path,), Options())
    assert check_files(files, TODAY) == ()
    assert {problem.code for problem in check_files(files, TODAY, strict=True)} == {"W208", "W209"}
    monkeypatch.delenv("PREPDECK_NO_BUNDLED")
    assert all(file.source == "bundled" for file in read_files((), Options()))


def test_a_rubric_that_nobody_wrote_is_found_and_a_bundled_one_is_known(home: Path) -> None:
    card = "deck: d\ncards:\n- {{id: a, kind: star, front: q, competency: c, seconds: 90, rubric: {}}}\n"
    known = next(iter(bundled_documents().rubrics))
    assert "E094" not in {problem.code for problem in lint((write(home, "a.yaml", card.format(known)),)).problems}
    assert "E094" in {problem.code for problem in lint((write(home, "b.yaml", card.format("nobodys")),)).problems}


def test_a_card_may_name_a_rubric_among_the_own_decks_although_its_file_alone_is_checked(home: Path) -> None:
    rubric = "rubrics:\n- id: mine\n  criteria:\n  - {id: a, weight: 1, anchors: [b, c, d, e]}\n"
    card = "deck: d\ncards:\n- {id: a, kind: star, front: q, competency: c, seconds: 90, rubric: mine}\n"
    path = write(home, "a.yaml", card)
    assert "E094" in {problem.code for problem in lint((path,)).problems}
    write(home / "home", "decks/rubrics.yaml", rubric)
    assert "E094" not in {problem.code for problem in lint((path,)).problems}


def test_every_slip_of_yaml_is_told_in_one_run(home: Path) -> None:
    text = "deck: d\ncards:\n- id: a\n  front: a: b\n  back: @x\n- id: b\n\tfront: q\n\tback: b\n  bakc: c\n"
    report = lint((write(home, "a.yaml", text),))
    assert [(one.line, one.code) for one in report.problems] == [
        (4, "E008"),
        (5, "E010"),
        (7, "E009"),
        (8, "E009"),
        (9, "E022"),
    ]


def test_the_json_holds_exactly_the_keys_of_the_contract(home: Path) -> None:
    report = report_json(lint((write(home, "one.yaml", LISTING.format(slug="one", what="causes")),)))
    assert list(report) == ["schema", "files", "cards", "problems"]
    assert {tuple(problem) for problem in report["problems"]} == {
        ("path", "line", "column", "code", "severity", "message", "help")
    }
    assert {problem["severity"] for problem in report["problems"]} == {"error", "warning"}
    json.dumps(report)


def test_warnings_are_warnings_to_github(home: Path) -> None:
    report = lint((write(home, "aged.yaml", AGED),))
    assert draw_github(report).startswith(f"::warning file={home}/aged.yaml,line=3,col=")


def test_the_summary_counts_errors_and_warnings(home: Path) -> None:
    report = lint((write(home, "aged.yaml", AGED),))
    assert summary(report) == "0 errors, 1 warning in 1 file, 1 card"


def test_no_bundled_deck_warns_of_anything() -> None:
    report = lint((bundled_folder("decks"),), strict=True)
    assert [problem for problem in report.problems if problem.code not in {"W243", "W244"}] == []


@pytest.mark.parametrize("code", ["E012", "e012", " W204 "])
def test_a_code_is_explained_however_it_is_written(code: str) -> None:
    (page,) = explain(code)
    assert page.code == code.strip().upper()
    drawn = draw_pages([page])
    assert drawn.startswith(f"{page.severity}[{page.code}]: {page.title}\n\n")
    assert page.example.splitlines()[0] in drawn


def test_every_code_is_listed_in_one_line() -> None:
    pages = explain("all")
    assert [page.code for page in pages] == sorted(CODES)
    assert len(draw_pages(pages).splitlines()) == len(CODES)


@pytest.mark.parametrize(("code", "near"), [("E12", "E012"), ("W012", "E012"), ("E0122", "E012"), ("W2O4", "W204")])
def test_an_unknown_code_names_its_neighbours(code: str, near: str) -> None:
    with pytest.raises(UsageError) as raised:
        explain(code)
    assert near in (raised.value.help or "")


@pytest.mark.parametrize("code", ["", "nonsense", "\x1b[2J"])
def test_what_is_no_code_names_the_list(code: str) -> None:
    with pytest.raises(UsageError) as raised:
        explain(code)
    assert raised.value.help == "prepdeck lint --explain all lists every code"
    assert "\x1b" not in raised.value.message


def test_pages_are_an_object_too() -> None:
    report = pages_json(explain("E012"))
    assert report["schema"] == 1
    assert list(report["codes"][0]) == ["code", "severity", "title", "explanation", "example"]


MIXED = """\
deck: mixed
topics: {one: One, two: Two}
cards:
- {id: a, topic: one, level: 1, ask: why, front: Why?, back: So., volatile: true, as_of: 2026-11-12}
- {id: b, topic: one, level: 3, ask: define, front: What?, back: That., verify: assert 1}
- {id: c, topic: one, level: 3, kind: numeric, front: How many?, answer: 4, tolerance: {abs: 0}, check: 2 + 2}
- {id: d, topic: one, kind: numeric, front: How much?, answer: 5, tolerance: {abs: 0}}
"""
ROAD = """\
roadmap:
- {id: first, title: The first phase, months: {from: 1}, decks: [mixed]}
targets:
  mixed: {one: {basic: 2, numeric: 2}, two: {basic: 1}}
release_floor: 0.5
"""


def look(home: Path, *, road: bool) -> tuple[Any, Any]:
    path = write(home, "decks/mixed.yaml", MIXED)
    if road:
        write(home, "decks/road.yaml", ROAD)
    report = lint((path.parent,))
    return report, deck_lines(report, None)


def test_the_report_counts_a_deck_against_its_target(home: Path) -> None:
    report, lines = look(home, road=True)
    assert count_rows(lines) == [["deck", "cards", "target", "basic", "numeric"], ["mixed", "4", "5", "2", "2"]]
    assert quality_rows(lines, report)[1] == ["mixed", "33/0/67 %", "50 %", "1/2", "-", "10 d", "2/2"]
    assert topic_rows(lines) == [["deck", "topic", "cards", "target"], ["mixed", "two", "0", "1"]]


def test_without_a_roadmap_there_are_no_targets(home: Path) -> None:
    _report, lines = look(home, road=False)
    assert count_rows(lines)[1][:3] == ["mixed", "4", "-"]
    assert topic_rows(lines) == []


def test_the_bundled_roadmap_counts_where_no_other_is() -> None:
    report = lint((bundled_folder("decks") / "probability.yaml",))
    (line,) = deck_lines(report, bundled_documents().roadmap)
    assert line.target is not None
    assert line.target.cards == 32


def test_the_report_is_an_object_too(home: Path) -> None:
    report, lines = look(home, road=True)
    found = report_object(lines, report)
    assert (found["schema"], found["files"], found["cards"], found["errors"]) == (1, 2, 4, 0)
    deck = found["decks"][0]
    assert deck["topics"] == [{"topic": "one", "cards": 4, "target": 4}, {"topic": "two", "cards": 0, "target": 1}]
    assert deck["levels"] == {"1": 1, "2": 0, "3": 2}
    assert deck["volatile"] == {"cards": 1, "oldest": "2026-11-12", "days": 10}
    assert date.fromisoformat(deck["volatile"]["oldest"]) < TODAY
    json.dumps(found)


def test_a_snapshot_changes_with_every_edit_and_every_new_file(home: Path) -> None:
    path = write(home, "decks/one.yaml", "deck: one\ncards: []\n")
    taken = [snapshot((home / "decks",), Options())]
    path.write_text("deck: one\ncards: [ ]\n", "utf-8")
    taken.append(snapshot((home / "decks",), Options()))
    write(home, "decks/two.yml", "deck: two\ncards: []\n")
    taken.append(snapshot((home / "decks",), Options()))
    path.unlink()
    taken.append(snapshot((home / "decks",), Options()))
    assert len(set(taken)) == 4
    assert snapshot((home / "decks",), Options()) == taken[-1]


def test_a_snapshot_of_a_file_that_is_gone_is_empty(home: Path) -> None:
    assert snapshot((home / "gone.yaml",), Options()) == ()


def test_a_link_that_sorts_before_its_target_does_not_hide_it(tmp_path: Path) -> None:
    (tmp_path / "z.yaml").write_text("deck: z\ncards:\n- {id: a, front: q, back: b}\n")
    (tmp_path / "a.yaml").symlink_to("z.yaml")
    report = lint((tmp_path,), Options(home=tmp_path / "home"))
    assert [(Path(problem.path).name, problem.code) for problem in report.problems] == [("a.yaml", "E001")]
    assert report.cards == 1
