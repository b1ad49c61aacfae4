"""Standard input that hears every signal while it waits."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from prepdeck.cli.typed import attentive


class Called(Exception):
    """What a signal's handler raises here."""


@pytest.fixture
def pipe() -> Iterator[tuple[io.BufferedReader, int]]:
    """The reading end of a pipe as a stream, and its writing end."""
    out, into = os.pipe()
    with os.fdopen(out, "rb") as stream:
        yield stream, into
    try:
        os.close(into)
    except OSError:
        return


def test_lines_come_whole_however_they_arrive(pipe: tuple[io.BufferedReader, int]) -> None:
    stream, into = pipe
    reader = attentive(stream)
    os.write(into, b"one\ntwo\nth")
    assert [reader.readline(100), reader.readline(100)] == [b"one\n", b"two\n"]
    threading.Timer(0.01, lambda: (os.write(into, b"ree\nlast"), os.close(into))).start()
    assert [reader.readline(100), reader.readline(100), reader.readline(100)] == [b"three\n", b"last", b""]


def test_a_line_that_is_too_long_comes_in_parts(pipe: tuple[io.BufferedReader, int]) -> None:
    stream, into = pipe
    os.write(into, b"x" * 30 + b"\n")
    os.close(into)
    reader = attentive(stream)
    assert [len(reader.readline(20)) for _ in range(3)] == [20, 11, 0]


def test_a_file_and_a_stream_without_a_descriptor_are_read_as_well(tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes(b"one\n")
    with (tmp_path / "lines").open("rb") as file:
        assert attentive(file).read() == b"one\n"
    memory = io.BytesIO(b"one\n")
    assert attentive(memory) is memory


def test_a_signal_ends_the_waiting_and_leaves_the_wakeup_as_it_was(pipe: tuple[io.BufferedReader, int]) -> None:
    stream, _ = pipe

    def call(number: int, frame: object) -> None:
        raise Called

    before = signal.signal(signal.SIGUSR1, call)
    timer = threading.Timer(0.02, lambda: os.kill(os.getpid(), signal.SIGUSR1))
    timer.start()
    began = time.monotonic()
    try:
        with pytest.raises(Called):
            attentive(stream).readline(100)
    finally:
        timer.join()
        signal.signal(signal.SIGUSR1, before)
    assert time.monotonic() - began < 20
    assert signal.set_wakeup_fd(-1) == -1
