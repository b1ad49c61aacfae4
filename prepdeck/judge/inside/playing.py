"""The work of the child process: run what the job says and report each step."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any, Final

from prepdeck.judge.inside.calls import arrange, call
from prepdeck.judge.inside.counting import MOST_LINES, count_lines
from prepdeck.judge.inside.plain import write, write_shortly
from prepdeck.judge.inside.stage import ANSWER, Stage, describe, open_packages, reseed

Send = Callable[[dict[str, Any]], None]

DEEPEST_CALLS: Final = 8_000
"""Calls inside calls while lines are counted: one for each of the 2,048 values of the largest input, and helpers."""


class Unusable(Exception):
    """The code cannot be tried at all; the report about it is its argument."""


def play(job: dict[str, Any], send: Send) -> None:
    """Run one job. Every exception of the code becomes a report."""
    try:
        open_packages(job)
        send({"ready": True})
        match job["work"]:
            case "cases" if job["shape"] == "sql":
                _try_query(job, send)
            case "cases":
                _try_cases(job, send)
            case "growth":
                _count(job, send)
            case _:
                _run(Stage(job, "snippet").run_answer, "answer", ANSWER)
    except Unusable as unusable:
        send({"broken": unusable.args[0]})
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    send({"done": True})


def _run(run: Callable[[], Any], where: str, file: str) -> Any:
    """Return what `run` returns; an exception of it makes the job unusable."""
    try:
        return run()
    except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt of a card are its faults as well
        raise Unusable({**describe(error, file), "where": where}) from None


def _prepare(job: dict[str, Any]) -> Stage:
    """Return the stage with the answer's entry on it, and the card's check when it decides."""
    stage = Stage(job)
    _run(stage.run_fixture, "fixture", "<fixture>")
    _run(stage.run_answer, "answer", ANSWER)
    if stage.entry is None:
        raise Unusable({"where": "entry", "text": job["entry"]})
    if job["is_property"]:
        _run(stage.run_property, "property", "<property>")
        if stage.check is None:
            raise Unusable({"where": "check"})
    return stage


def _try_cases(job: dict[str, Any], send: Send) -> None:
    stage = _prepare(job)
    for number, case in enumerate(job["cases"]):
        try:
            arguments = stage.arguments(case)
        except BaseException as error:  # noqa: BLE001 - the deck's code may raise anything
            send({"begin": number, "given": None})
            raise Unusable({**describe(error, "<input>"), "where": "input"}) from None
        send({"begin": number, "given": write_shortly(arguments)})
        report = _try_case(stage, case, arguments)
        send({"end": number, **report})
        if report.get("error", {}).get("kind"):
            return


def _try_case(stage: Stage, case: dict[str, Any], arguments: list[Any]) -> dict[str, Any]:
    """Return the report of one case: `out` or `error`, and with a check whether it was `accepted`."""
    job = stage.job
    try:
        arranged = arrange(job["shape"], arguments, job["parameters"])
        reseed()
        out = call(job, stage.entry, arranged)
        if stage.check is None:
            return {"out": write(out)}
        shown = write_shortly(out)
    except BaseException as error:  # noqa: BLE001 - the answer may raise anything
        return {"error": describe(error, ANSWER)}
    try:
        kinds = job["parameters"] if job["shape"] == "numpy" else ["data"] * len(arguments)
        answered = stage.check(out, *arrange(job["shape"], stage.arguments(case), kinds))
        accepted = answered is None or bool(answered)  # of an array of truths there is no truth
    except BaseException as error:  # noqa: BLE001 - the deck's code may raise anything
        return {"out": shown, "accepted": False, **_why_refused(error)}
    return {"out": shown, "accepted": accepted, "why": ""}


def _why_refused(error: BaseException) -> dict[str, Any]:
    """Return what a check that raised says, with the line of the answer when the fault lies in what it called there."""
    report = describe(error, ANSWER)
    text, line = report["text"], report["line"]
    if line is not None or (isinstance(error, AssertionError) and text != type(error).__name__):
        return {"why": text, "line": line}
    line = describe(error, "<property>")["line"]
    return {"why": f"the card's check raised {text}" + (f" in its line {line}" if line else ""), "line": None}


def _try_query(job: dict[str, Any], send: Send) -> None:
    from prepdeck.judge.inside.queries import change_tables, open_tables, rows_of

    for number, case in enumerate(job["cases"]):
        tables = _run(lambda: open_tables(job["fixture"] or ""), "fixture", "<fixture>")
        send({"begin": number, "given": None})
        with closing(tables):
            _run(lambda: change_tables(tables, case), "input", "<input>")  # noqa: B023 - called at once
            try:
                send({"end": number, "out": write(rows_of(tables, job["answer"]))})
            except BaseException as error:  # noqa: BLE001 - MemoryError among them
                send({"end": number, "error": describe(error, ANSWER)})


def _count(job: dict[str, Any], send: Send) -> None:
    """Report the lines the answer runs on inputs of each size, until one is too many to count."""
    for size in job["sizes"]:
        stage = _prepare(job)  # anew, since an answer may remember what it computed for the size before
        sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEPEST_CALLS))
        case = {"given": job["input"], "is_expression": True}
        arguments = _run(lambda: stage.arguments(case, n=size), "input", "<input>")  # noqa: B023 - called at once
        arranged = arrange(job["shape"], arguments, job["parameters"])
        reseed()
        lines = _run(
            lambda: count_lines(lambda: call(job, stage.entry, arranged)),  # noqa: B023 - called at once
            "answer",
            ANSWER,
        )
        send({"size": size, "lines": lines})
        if lines > MOST_LINES:
            return
