"""Promise 24: the judge always comes back, prepdeck lives, and no process and no file is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from prepdeck.cards.code import Case
from prepdeck.cards.verdict import Outcome, Verdict
from prepdeck.judge import judging
from prepdeck.judge.child import run
from prepdeck.judge.jobs import job_for_snippet
from prepdeck.judge.limits import Limits
from prepdeck.judge.ruling import rule
from tests.judge.cards import make_code
from tests.promises.harness import ROOT, note

LIMITS = Limits(seconds=0.6, memory_bytes=256 << 20, output_bytes=1 << 20, file_bytes=1 << 20, processes=8)
LATE = 1.0
"""Seconds by which the judge may come back after the limit."""

DEAF = """
import signal
for number in set(range(1, 65)) - {9, 19, 32, 33}:
    signal.signal(number, signal.SIG_IGN)
while True: pass
"""
CHAIN = """
import os
if os.fork() == 0:
    while True:
        if os.fork(): os._exit(0)
while True: pass
"""
GRANDCHILD = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0: time.sleep(99)
    os._exit(0)
os.wait()
"""
HUGE = """
with open('huge', 'wb') as file:
    while True: file.write(bytes(1 << 16))
"""
DEEP = """
import os
for _ in range(300):
    os.mkdir('d' * 100)
    os.chdir('d' * 100)
os.chmod('.', 0)
"""
FORGED = """
import os
print('{"done": true}')
for number in range(3, 64):
    try: os.write(number, b'\\n{"done": true}\\n')
    except OSError: pass
os._exit(0)
"""
# Once: a second time it would be somebody else's parent.
PARENT = "import os; os.kill(os.getppid(), 9)"
THREADS = """
import threading
for _ in range(3): threading.Thread(target=threading.Event().wait).start()
"""
STACK = """
import sys
sys.setrecursionlimit(10**8)
def f(x): return sorted([x], key=f)
f(1)
"""

HOSTILE = {
    "an endless loop": ("while True: pass", {Outcome.TIMEOUT}),
    "a loop that ignores signals": (DEAF, {Outcome.TIMEOUT}),
    "a fork bomb": ("import os\nwhile True: os.fork()", {Outcome.KILLED, Outcome.BROKEN}),
    "a chain of processes that fork and end": (CHAIN, {Outcome.TIMEOUT, Outcome.KILLED}),
    "a grandchild in a session of its own": (GRANDCHILD, {Outcome.PASSED}),
    "10 GB of memory": ("x = bytearray(10 << 30)", {Outcome.MEMORY}),
    "memory bit by bit": ("x = []\nwhile True: x.append(bytearray(1 << 20))", {Outcome.MEMORY, Outcome.TIMEOUT}),
    "1 GB of output": ("for _ in range(10_000): print('x' * 100_000)", {Outcome.FLOOD}),
    "1 GB of errors": ("import os\nwhile True: os.write(2, b'x' * 100_000)", {Outcome.FLOOD}),
    "a huge file": (HUGE, {Outcome.FLOOD}),
    "a deep folder that cannot be read": (DEEP, {Outcome.PASSED}),
    "an exit without a verdict": ("import os\nos._exit(0)", {Outcome.KILLED}),
    "a verdict that is forged": (FORGED, {Outcome.KILLED}),
    "closing every descriptor": ("import os\nos.closerange(0, 4096)", {Outcome.KILLED}),
    "another program": ("import os\nos.execv('/bin/sleep', ['sleep', '99'])", {Outcome.TIMEOUT, Outcome.BROKEN}),
    "threads that never end": (THREADS, {Outcome.PASSED}),
    "killing its parent": (PARENT, {Outcome.PASSED, Outcome.KILLED}),
    "stopping itself": ("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", {Outcome.TIMEOUT}),
    "overflowing the stack of C": (STACK, {Outcome.KILLED, Outcome.MEMORY, Outcome.BROKEN}),
}
"""Programs that no card should hold, and how each may end."""


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the judge makes its own, which marks every process it starts."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def processes_of(folder: Path) -> Iterator[int]:
    """Yield the processes that were given a home in the folder, and children of this process that are not collected."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent, *_ = (process / "stat").read_text().rpartition(")")[2].split()
            is_ours = os.fsencode(folder) in (process / "environ").read_bytes()
            if is_ours or (state == "Z" and int(parent) == os.getpid()):
                yield int(process.name)


needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found through /proc")


def assert_nothing_is_left(folder: Path) -> None:
    assert list(processes_of(folder)) == []
    assert list(folder.iterdir()) == []


def try_program(program: str, *, walled: bool) -> tuple[Verdict, bool]:
    """Return the verdict on a program, and whether namespaces stood around it."""
    began = time.monotonic()
    tried = run(job_for_snippet(program, ()), LIMITS, walled=walled)
    elapsed = time.monotonic() - began
    assert elapsed <= LIMITS.seconds + LATE, elapsed
    note(f"{elapsed:.2f} s")
    return rule(tried, LIMITS), bool(tried.walls)


@needs_proc
@pytest.mark.promise(24)
@pytest.mark.parametrize("walled", [True, False], ids=["walled", "bare"])
@pytest.mark.parametrize("name", HOSTILE)
def test_the_judge_comes_back_from_a_hostile_program_and_leaves_nothing(scratch: Path, name: str, walled: bool) -> None:
    program, outcomes = HOSTILE[name]
    verdict, _ = try_program(program, walled=walled)
    assert verdict.outcome in outcomes, verdict
    assert verdict.passed or verdict.message
    assert_nothing_is_left(scratch)


@pytest.mark.promise(24)
def test_secrets_of_the_environment_are_not_handed_on(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPDECK_SECRET", "4711")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    verdict, _ = try_program("import os\nprint(sorted(os.environ), os.environ['HOME'])", walled=True)
    assert verdict.printed.startswith(f"['HOME', 'PATH'] {scratch}")
    read_all = "import glob\nfor name in glob.glob('/proc/[0-9]*/environ'):\n    print(open(name).read())"
    seen, is_walled = try_program(read_all, walled=True)
    if is_walled:
        assert "PREPDECK_SECRET" not in seen.printed
        assert "PATH" in seen.printed


def needs_walls() -> None:
    if not run(job_for_snippet("pass", ()), LIMITS).walls:
        pytest.skip("namespaces are not granted here")


@pytest.mark.promise(24)
@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("import socket\nsocket.create_connection(('192.0.2.1', 80), 0.3)", "Network is unreachable"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 9), 0.3)", "Network is unreachable"),
        ("open('{outside}/new', 'w')", "Read-only file system"),
        ("import os\nos.unlink('{outside}/kept')", "Read-only file system"),
    ],
)
def test_behind_walls_there_is_no_network_and_nothing_to_write_to(
    scratch: Path, tmp_path: Path, program: str, error: str
) -> None:
    needs_walls()
    (tmp_path / "kept").write_text("kept")
    verdict, _ = try_program(program.replace("{outside}", str(tmp_path)), walled=True)
    assert error in verdict.message
    assert (tmp_path / "kept").read_text() == "kept"


@pytest.mark.promise(24)
def test_behind_walls_a_signal_to_everybody_reaches_nobody_else(scratch: Path) -> None:
    needs_walls()
    program = (
        "import os\n"
        # Only ever sent where no process of the machine can be seen.
        "assert {int(name) for name in os.listdir('/proc') if name.isdigit()} == {1, os.getpid()}\n"
        "other = os.fork()\n"
        "while not other: pass\n"
        "os.kill(-1, 9)\nos.kill(1, 9)\nprint(os.waitpid(other, 0)[1])"
    )
    with subprocess.Popen(["sleep", "30"]) as bystander:
        verdict, is_walled = try_program(program, walled=True)
        assert is_walled
        assert bystander.poll() is None
        bystander.kill()
    assert (verdict.outcome, verdict.printed) == (Outcome.PASSED, "9\n")
    assert_nothing_is_left(scratch)


STARTER = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from prepdeck.judge.judging import Limits, judge_snippet
judge_snippet("import os, time\\nos.fork()\\nprint('begun', flush=True)\\ntime.sleep(99)", limits=Limits(seconds=60))
"""


@needs_proc
@pytest.mark.promise(24)
def test_the_code_ends_when_prepdeck_is_killed(scratch: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", STARTER, str(scratch)], cwd=ROOT) as prepdeck:
        assert wait_until(lambda: len(list(processes_of(scratch))) >= 3)
        prepdeck.send_signal(signal.SIGKILL)
    assert wait_until(lambda: not list(processes_of(scratch)))


def wait_until(done: object, patience: float = 20.0) -> bool:
    """Ask again and again, as there is nothing of other processes that could be waited for."""
    assert callable(done)
    until = time.monotonic() + patience
    while not done() and time.monotonic() < until:
        threading.Event().wait(0.02)
    return bool(done())


@needs_proc
@pytest.mark.promise(24)
def test_an_interrupt_of_prepdeck_ends_the_code_and_removes_its_folder(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            judging.judge_snippet("while True: pass", limits=Limits(seconds=30))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert_nothing_is_left(scratch)


@needs_proc
@pytest.mark.promise(24)
def test_several_judges_at_once_do_not_disturb_each_other(scratch: Path) -> None:
    code = make_code(Case("[1]", "1"))
    verdicts: dict[str, Outcome] = {}

    def judge(answer: str) -> None:
        verdicts[answer] = judging.judge_cases(code, answer, code.cases, LIMITS).outcome

    answers = {
        "def f(x):\n    return x": Outcome.PASSED,
        "def f(x):\n    return 2": Outcome.FAILED,
        "def f(x):\n    while True: pass": Outcome.TIMEOUT,
        "def f(x):\n    import os; os._exit(0)": Outcome.KILLED,
    }
    threads = [threading.Thread(target=judge, args=(answer,)) for answer in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert verdicts == answers
    assert_nothing_is_left(scratch)
