"""The clocks of the machine read together: a mock's time is right whatever the machine did meanwhile."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prepdeck.host import uptime
from prepdeck.host.clock import FrozenClock, SystemClock, read_clocks
from prepdeck.interview.timekeeping import GapKind, Reading, lapse_between
from tests.promises.harness import ROOT

MORNING = datetime(2026, 11, 22, 9, tzinfo=UTC)

READ = """
from prepdeck.host.clock import SystemClock, read_clocks
read = read_clocks(SystemClock())
print(read.wall.isoformat(), read.monotonic_ms, read.boot_ms, read.boot, sep="|")
"""


def read_elsewhere(*before: str) -> Reading:
    """Return what the clocks show in another process."""
    told = subprocess.run([*before, sys.executable, "-c", READ], cwd=ROOT, capture_output=True, text=True, check=True)
    wall, monotonic, boot, name = told.stdout.strip().split("|")
    return Reading(datetime.fromisoformat(wall), int(monotonic), int(boot), name)


@pytest.fixture(autouse=True)
def forget_the_run() -> None:
    uptime.boot_id.cache_clear()


def test_the_machines_clocks_go_on_and_name_its_run() -> None:
    first, second = read_clocks(SystemClock()), read_clocks(SystemClock())
    assert first.wall.utcoffset() is not None
    assert first.boot == second.boot != ""
    assert 0 < first.monotonic_ms <= second.monotonic_ms
    assert 0 < first.boot_ms <= second.boot_ms
    assert 0 <= lapse_between(first, second).milliseconds < 60_000


@pytest.mark.skipif(sys.platform != "linux", reason="other systems name their run otherwise")
def test_two_processes_of_one_run_of_the_machine_share_its_clocks() -> None:
    here, there = read_clocks(SystemClock()), read_elsewhere()
    assert there.boot == here.boot == uptime.BOOT_ID.read_text().strip()
    assert 0 <= there.boot_ms - here.boot_ms < 60_000


@pytest.mark.promise(23)
def test_an_hour_asleep_is_seen_as_sleep() -> None:
    """A time namespace moves the clock that counts sleep and no other one, as a machine asleep does."""
    asleep = ("unshare", "--user", "--map-root-user", "--time", "--boottime", "3600", "--fork")
    if (
        shutil.which("unshare") is None
        or subprocess.run([*asleep, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this system makes no time namespaces")
    before = read_clocks(SystemClock())
    lapse = lapse_between(before, read_elsewhere(*asleep))
    assert lapse.gap is not None
    assert lapse.gap.kind is GapKind.SLEEP
    assert abs(lapse.gap.milliseconds - 3_600_000) <= 1_000


def test_a_clock_that_stands_has_its_moment_alone() -> None:
    read = read_clocks(FrozenClock(MORNING))
    assert read == Reading(MORNING, 0, 0, "")
    later = read_clocks(FrozenClock(MORNING + timedelta(minutes=3)))
    assert lapse_between(read, later).milliseconds == 180_000


@dataclass
class Stepping:
    """A clock that a test moves."""

    seconds: float = 0.0

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.seconds)

    def monotonic_seconds(self) -> float:
        return self.seconds


def test_any_other_clock_is_trusted_to_go_on_by_itself() -> None:
    clock = Stepping()
    before = read_clocks(clock)
    clock.seconds = 90.0004
    after = read_clocks(clock)
    assert (before.boot, after.boot) == ("test", "test")
    assert (after.monotonic_ms, after.boot_ms) == (90_000, 90_000)
    assert lapse_between(before, after).milliseconds == 90_000


def test_a_system_without_those_clocks_falls_back_on_one_that_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "plan9")
    before = time.monotonic_ns() // 1_000_000
    assert uptime.boot_ms() >= before
    assert uptime.monotonic_ms() >= before


def test_a_clock_that_is_named_and_refused_falls_back_likewise(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(number: int) -> int:
        raise OSError(22, f"no clock {number}")

    monkeypatch.setattr(time, "clock_gettime_ns", refuse)
    assert uptime.boot_ms() >= time.monotonic_ns() // 1_000_000 - 1_000


def test_a_system_that_does_not_name_its_run_gets_a_name_for_this_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(uptime, "BOOT_ID", tmp_path / "missing")
    monkeypatch.setattr(sys, "platform", "plan9")
    name = uptime.boot_id()
    assert uuid.UUID(name)
    assert uptime.boot_id() == name


@pytest.mark.parametrize(("says", "status", "is_taken"), [("9C6C-A1", 0, True), ("", 1, False), ("", 0, False)])
def test_macos_is_asked_for_its_session(
    says: str, status: int, is_taken: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "sysctl"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" > {asked}\nprintf "%s\\n" "{says}"\nexit {status}\n')
    program.chmod(0o755)
    monkeypatch.setattr(uptime, "BOOT_ID", tmp_path / "missing")
    monkeypatch.setattr(uptime, "SYSCTL", program)
    monkeypatch.setattr(sys, "platform", "darwin")
    name = uptime.boot_id()
    assert asked.read_text() == "-n kern.bootsessionuuid\n"
    assert (name == says) is is_taken
    assert name
