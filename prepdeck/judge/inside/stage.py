"""Where a card's code runs: its module, what stands in it beforehand, and the inputs made for it."""

from __future__ import annotations

import builtins
import copy
import errno
import json
import os
import sys
from contextlib import suppress
from importlib import import_module
from types import CodeType, ModuleType
from typing import Any, Final

from prepdeck.judge.inside.nodes import ListNode, TreeNode

ANSWER: Final = "<answer>"
"""File name under which lines of the answer are counted and reported."""
LENGTHIEST: Final = 1_000
"""Characters of an exception's text."""
LENT: Final = ("math", "random", "itertools", "string", "collections")
"""Modules that inputs may name without an import."""


def open_packages(job: dict[str, Any]) -> None:
    """Make the required packages importable and load NumPy, with one thread, when it is among them."""
    for name in ("PYTHONHASHSEED", "LC_CTYPE"):  # the second is set by Python itself where no locale is
        os.environ.pop(name, None)
    sys.path.extend(job["paths"])
    if "numpy" in job["requires"]:
        names = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")  # a thread takes address space
        os.environ.update(dict.fromkeys(names, "1"))
        import_module("numpy")
        for name in names:
            del os.environ[name]


def describe(error: BaseException, file: str) -> dict[str, Any]:
    """Return an exception as a report: the names of its classes, its last line, and the line of `file` it came from."""
    text = ""
    with suppress(Exception):
        text = str(error)[:LENGTHIEST]
    name = type(error).__name__
    line = None
    if isinstance(error, SyntaxError) and error.filename == file:
        line, text = error.lineno, str(error.msg)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    kind = None
    if isinstance(error, MemoryError):
        kind = "memory"
    elif isinstance(error, OSError) and error.errno in {errno.EFBIG, errno.ENOSPC}:
        kind = "flood"
    names = [each.__name__ for each in type(error).__mro__]
    return {"names": names, "text": f"{name}: {text}" if text else name, "line": line, "kind": kind}


def reseed() -> None:
    """Make chance the same for every test, as far as the code draws it from where most code does."""
    if "random" in sys.modules:
        sys.modules["random"].seed(0)
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed(0)


class Stage:
    """The module of one answer.

    Args:
        job: What was sent to this process.
        name: What the module is called.
    """

    def __init__(self, job: dict[str, Any], name: str = "answer") -> None:
        self.job = job
        self._codes: dict[str, CodeType] = {}
        module = ModuleType(name)
        sys.modules[name] = module  # dataclasses and pickle look a class up by its module
        self.names = module.__dict__
        """What the answer's names stand for."""
        self.names.update(ListNode=ListNode, TreeNode=TreeNode)
        self.entry: Any = None
        """The function or class that is called, once the answer ran and defined it."""
        self.check: Any = None
        """The card's `check`, once its property ran and defined it."""
        self._inputs: dict[str, Any] = {}

    def run_fixture(self) -> None:
        """Run what goes before the answer; inputs are made of what it defines."""
        if self.job.get("fixture"):
            exec(compile(self.job["fixture"], "<fixture>", "exec", dont_inherit=True), self.names)  # noqa: S102 - the card's code is what this process is for
        self._inputs = dict(self.names)

    def run_answer(self) -> None:
        """Run the answer's own lines, and find its entry."""
        exec(compile(self.job["answer"], ANSWER, "exec", dont_inherit=True), self.names)  # noqa: S102 - the card's code is what this process is for

        found = self.names.get(str(self.job.get("entry")))
        # Not what the fixture defines: tests of a card call the answer, never the deck's own code.
        is_own = callable(found) and found is not self._inputs.get(str(self.job.get("entry")))
        self.entry = found if is_own else None

    def run_property(self) -> None:
        """Find the card's `check`, which sees the answer's names and cannot change them.

        What the answer calls `sorted` or `math` is hidden from it: the author means Python's.
        """
        meant = {*dir(builtins), *LENT, "np", "numpy"} - {*self._inputs, self.job["entry"]}
        names = {name: held for name, held in self.names.items() if name.startswith("__") or name not in meant}
        self._lend(names, self.job["property"])
        exec(compile(self.job["property"], "<property>", "exec", dont_inherit=True), names)  # noqa: S102 - the card's code is what this process is for
        found = names.get("check")
        self.check = found if callable(found) else None

    def arguments(self, case: dict[str, Any], **more: Any) -> list[Any]:
        """Return the arguments of a case, made anew."""
        if not case["is_expression"]:
            made = json.loads(case["given"])
        else:
            code = self._codes.get(case["given"])
            if code is None:
                code = self._codes[case["given"]] = compile(case["given"].strip(), "<input>", "eval", dont_inherit=True)
            names = {**self._inputs, **more}
            self._lend(names, case["given"])
            reseed()
            made = eval(code, names)  # noqa: S307 - an input of the deck, run in this process for that reason
            if len(self.job["cases"]) > 1:
                with suppress(Exception):  # a generator cannot be copied; it was made anew anyway
                    made = copy.deepcopy(made)
        return list(made) if isinstance(made, list | tuple) else [made]

    def _lend(self, names: dict[str, Any], text: str) -> None:
        """Add the modules that a text of the deck may name, as far as it does."""
        for module in LENT:
            if module in text:
                names.setdefault(module, import_module(module))
        if "numpy" in sys.modules:
            names.setdefault("np", sys.modules["numpy"])
            names.setdefault("numpy", sys.modules["numpy"])
