from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

import pytest

from prepdeck.cards.verdict import Outcome, Verdict
from prepdeck.judge import child
from prepdeck.judge.child import end_all
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
