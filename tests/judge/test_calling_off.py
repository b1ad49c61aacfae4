from __future__ import annotations

import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from prepdeck.cards.verdict import Outcome, Verdict
from prepdeck.judge import child
from prepdeck.judge.child import Ending, end_all, run
from prepdeck.judge.jobs import job_for_snippet
from prepdeck.judge.judging import judge_snippet
from prepdeck.judge.limits import Limits


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_runs_that_are_called_off_end_long_before_their_limit_and_leave_no_folder(folders: Path) -> None:
    verdicts: list[Verdict] = []

    def judge() -> None:
        verdicts.append(judge_snippet("while True: pass", limits=Limits(seconds=60)))

    threads = [threading.Thread(target=judge) for _ in range(2)]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    while len(child._RUNNING) < 2 and time.monotonic() - began < 20:
        threading.Event().wait(0.01)
    end_all()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    assert [verdict.outcome for verdict in verdicts] == [Outcome.KILLED, Outcome.KILLED]
    assert list(folders.iterdir()) == []
    assert not child._RUNNING


ORPHAN = """
import os, time
launcher = os.getppid()
child = os.fork()
if not child:
    os.setsid()
    time.sleep(99)
    os._exit(0)
print(child, flush=True)
assert launcher > 1
os.kill(launcher, 9)
time.sleep(99)
"""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="strays are found through /proc")
def test_a_stray_is_ended_when_the_code_killed_what_would_have_ended_it() -> None:
    tried = run(job_for_snippet(ORPHAN, ()), Limits(seconds=3), walled=False)
    assert tried.ending is Ending.LOST
    with suppress(ProcessLookupError, FileNotFoundError):
        assert Path(f"/proc/{int(tried.printed)}/environ").read_bytes() == b""  # it ended and was not yet collected
