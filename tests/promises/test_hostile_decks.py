"""Promises 16, 17 and 20: hostile files cost nobody a good deck, and nothing in a deck is run, opened or fetched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.builders import environment_of, prepdeck
from tests.promises.harness import PROGRAM, QUIT, ROOT, Terminal, as_bound_user, note

GOOD = 'deck: good\ntitle: Good\ncards:\n- {id: one, front: "Good front", back: "Good back"}\n'
LARGEST_KIBIBYTES = 200 * 1024
"""What reading any file may take."""


def laughs() -> str:
    rows = ["deck: laughs", 'a0: &a0 ["ha", "ha", "ha", "ha", "ha", "ha", "ha", "ha", "ha"]']
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join([*rows, "cards: *a9", ""])


BAD: dict[str, bytes] = {
    "alias-bomb": laughs().encode(),
    "binary": bytes(range(256)) * 64,
    "bom-inside": b"deck: x\ncards:\n- {id: a, front: \xef\xbb\xbfa, back: b}\n",
    "cycle": b"deck: x\ncards: &a [*a]\n",
    "deep-blocks": b"deck: x\ncards:\n" + b"".join(b" " * n + b"a:\n" for n in range(2000)),
    "deep-flow": b"deck: x\ncards: " + b"[" * 100_000 + b"]" * 100_000,
    "duplicate-key": b"deck: x\ncards: []\ncards: []\n",
    "empty": b"",
    "latin": "deck: x\ntitle: caf\u00e9\ncards: []\n".encode("latin-1"),
    "long-line": b"deck: x\ncards:\n- {id: a, front: '" + b"x" * 3_000_000 + b"', back: b}\n",
    "long-text": b"deck: x\ncards:\n- {id: a, front: '" + b"word " * 5_000 + b"', back: b}\n",
    "many-keys": b"deck: x\n" + b"".join(b"k%d: 1\n" % n for n in range(60_000)),
    "merge-keys": b"deck: x\nbase: &b {a: 1}\ncards:\n" + b"- {<<: *b}\n" * 8_000,
    "not-a-deck": b"[1, 2, 3]\n",
    "number": b"7\n",
    "nine-mebibytes": b"deck: x\n" + b"# comment\n" * (9 * 104_858),
    "object": b"deck: !!python/object/apply:os.system ['touch /tmp/canary']\ncards: []\n",
    "raw-escape": b"deck: x\ntitle: \x1b]0;owned\x07\ncards: []\n",
    "tabs": b"deck: x\ncards:\n\t- id: a\n",
    "two-documents": b"deck: x\ncards: []\n---\ndeck: y\ncards: []\n",
    "unclosed": b'deck: x\ntitle: "open\ncards:\n- {id: a, front: b, back: c}\n',
    "utf-16": "deck: x\ncards: []\n".encode("utf-16"),
    "utf-32": "deck: x\ncards: []\n".encode("utf-32"),
}
"""Files that are no decks, by name."""
OTHERS = {"a-fifo", "a-loop", "a-zero", "closed", "sparse"}
"""Other things that are no decks although their names end in .yaml."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home with one good deck among everything bad."""
    folder = tmp_path_factory.mktemp("among") / "home"
    found = environment_of(folder, decks=GOOD, PYTHONPATH=str(ROOT))
    decks = folder / "decks"
    for name, content in BAD.items():
        (decks / f"{name}.yaml").write_bytes(content)
    os.mkfifo(decks / "a-fifo.yaml")
    (decks / "a-folder.yaml").mkdir()
    (decks / "a-loop.yaml").symlink_to("a-loop.yaml")
    (decks / "a-zero.yaml").symlink_to("/dev/zero")
    (decks / "round").mkdir()
    (decks / "round" / "again").symlink_to(decks)
    (decks / "closed.yaml").write_text(GOOD.replace("good", "closed"))
    (decks / "closed.yaml").chmod(0)
    with (decks / "sparse.yaml").open("wb") as sparse:
        sparse.truncate(10 << 30)
    return found


MEASURE = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], check=False).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print("USED", used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
sys.exit(status)
"""
"""Runs a command from a small process: Linux counts the memory of whoever starts a program as the program's own."""


def run_measured(home: dict[str, str], *words: str) -> tuple[subprocess.CompletedProcess[str], float, int]:
    """Run prepdeck; also return the seconds of work it took and the largest memory in KiB."""
    ended = subprocess.run(
        [*as_bound_user(), sys.executable, "-c", MEASURE, *PROGRAM, *words],
        env=home, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
    )  # fmt: skip
    said, _, used = ended.stderr.rpartition("USED")
    seconds, largest = used.split()
    return subprocess.CompletedProcess([], ended.returncode, ended.stdout, said), float(seconds), int(largest)


@pytest.mark.promise(16)
@pytest.mark.parametrize(
    ("words", "status"), [(["due"], 0), (["show", "good/one"], 0), (["review", "--plain"], 0), (["lint"], 1)]
)
def test_a_good_deck_stays_open_among_hostile_files(home: dict[str, str], words: list[str], status: int) -> None:
    done, worked, _ = run_measured(home, *words)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    if words != ["lint"]:
        assert "good" in done.stdout.lower()
        assert "alias-bomb.yaml is left out: " in done.stderr
    assert worked < 10, worked


@pytest.mark.promise(17)
def test_lint_names_every_bad_file_with_its_line_and_what_to_write(home: dict[str, str]) -> None:
    done, _, _ = run_measured(home, "lint", "--json")
    problems: list[dict[str, Any]] = json.loads(done.stdout)["problems"]
    named = {Path(problem["path"]).stem for problem in problems if problem["severity"] == "error"}
    assert {*BAD, *OTHERS} - named == set()
    drawn = run_measured(home, "lint")[0].stdout.split("\n\n")
    assert len(drawn) == len(problems)
    for problem, picture in zip(problems, drawn, strict=True):
        assert f"--> {problem['path']}:{problem['line']}:{problem['column']}" in picture
        assert problem["message"] in picture
        assert "= help: " in picture or "= known: " in picture, picture


@pytest.mark.promise(16)
@pytest.mark.parametrize("name", [*BAD, "a-fifo", "a-loop", "a-zero", "sparse"])
def test_a_bad_file_alone_takes_little_time_and_memory(home: dict[str, str], name: str) -> None:
    path = Path(home["PREPDECK_HOME"]) / "decks" / f"{name}.yaml"
    done, worked, largest = run_measured(home, "lint", str(path))
    note(f"{name}: {worked:.2f} s, {largest // 1024} MiB")
    assert done.returncode in {1, 2}, done.stderr
    assert "Traceback" not in done.stderr
    assert worked < 2, worked  # starting the program included
    assert largest < LARGEST_KIBIBYTES, largest


WATCH = """
import os, sys
record = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
rooms = {"subprocess", "socket", "webbrowser", "urllib", "http", "ftplib", "smtplib", "pty"}
starts = {"os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "ctypes.dlopen"}
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        os.write(record, f"open {os.path.abspath(os.fsdecode(arguments[0]))}\\n".encode())
    elif event in starts or event.partition(".")[0] in rooms:
        os.write(record, f"{event}\\n".encode())
sys.addaudithook(watch)
"""
"""A `sitecustomize` that writes down what a process opens, starts and connects to."""
CANARY = r"""
deck: canary
title: "$(touch CANARY) `touch CANARY`"
cards:
- id: a
  front: "[link](file:///etc/passwd) ![picture](http://127.0.0.1:9/x.png) <img src=http://127.0.0.1:9/y>"
  back: "{{ ''.__class__ }} %(x)s {0} $HOME ~/x `touch CANARY`"
  refs: ["http://127.0.0.1:9/", "vscode://file/etc/passwd", "--help"]
  verify: "open('CANARY', 'w')\nimport os; os.system('touch CANARY')"
- id: b
  kind: numeric
  front: "n"
  answer: 1
  tolerance: {abs: 1}
  check: "__import__('os').system('touch CANARY')"
"""


@dataclass(frozen=True)
class Watched:
    """A home with the canary deck in which every opened file and every started thing is written down."""

    folder: Path
    environment: dict[str, str]

    def strange_events(self) -> list[str]:
        """Return what happened beside reading decks, home, the program and the time zone."""
        allowed = (
            str(self.folder / "home"), str(self.folder / "hooks"), "/usr/share/zoneinfo", "/etc/localtime",
            *(str(ROOT / part) for part in ("prepdeck", "decks", "migrations")),
            *(str(Path(prefix).resolve()) for prefix in (sys.prefix, sys.base_prefix)), sys.prefix, sys.base_prefix,
        )  # fmt: skip
        events = dict.fromkeys((self.folder / "watched").read_text().splitlines())
        assert any("small.yaml" in event for event in events)
        return [event for event in events if not event.startswith(tuple(f"open {place}" for place in allowed))]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    """A home with the canary deck; checks in the end that the canary lives."""
    canary = tmp_path / "canary"
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(WATCH)
    environment = environment_of(
        tmp_path / "home",
        decks=CANARY.replace("CANARY", str(canary)),
        PYTHONPATH=f"{hooks}{os.pathsep}{ROOT}",
        PYTHONDONTWRITEBYTECODE="1",
        WATCHED=str(tmp_path / "watched"),
    )
    yield Watched(tmp_path, environment)
    assert not canary.exists()


@pytest.mark.promise(20)
@pytest.mark.parametrize(
    "words",
    [["lint", "--strict"], ["due"], ["show", "canary/a"], ["answer", "canary/b", "good"], ["review", "--plain"]],
)
def test_nothing_in_a_deck_is_run_opened_or_fetched(watched: Watched, words: list[str]) -> None:
    done = prepdeck(watched.environment, *words, input="\n3\n1\n3\n")
    assert done.returncode in {0, 1}, done.stderr
    assert watched.strange_events() == []


@pytest.mark.promise(20)
def test_the_screen_runs_opens_and_fetches_nothing_of_a_deck(watched: Watched) -> None:
    with Terminal(watched.environment, "review") as terminal:
        terminal.await_text("picture")
        terminal.press(" ")
        terminal.await_text("__class__")
        terminal.press("3")
        terminal.await_text("your answer")
        terminal.press("1\r")
        terminal.await_text("Correct")
        terminal.press("3")
        terminal.await_text("Round finished")
        terminal.press(QUIT)
        assert terminal.wait() == 0
    # The event loop of the interface wakes itself through a pair of sockets that leads nowhere else.
    assert set(watched.strange_events()) <= {"socket.__new__"}


@pytest.mark.promise(20)
def test_a_link_among_the_decks_is_not_followed_out_of_them(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("password: hunter2\n")
    home = environment_of(tmp_path / "home", decks=GOOD)
    (tmp_path / "home" / "decks" / "link.yaml").symlink_to(secret)
    found = prepdeck(home, "lint")
    assert "link.yaml:1:1" in found.stdout
    assert "hunter2" not in found.stdout + found.stderr
    assert "password" not in found.stdout + found.stderr
    assert "good" in prepdeck(home, "due").stdout
