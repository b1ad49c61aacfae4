"""Promise 19: nothing in a deck, a file name or a word on the command line reaches the terminal as a control."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.builders import NOW, environment_of, prepdeck
from tests.promises.harness import QUIT, ROOT, Terminal

pytestmark = pytest.mark.promise(19)

PAYLOADS = (
    r"\e]52;c;aGk=\e\\",  # writes the clipboard
    r"\e]52;c;aGk=\a",
    r"\e]0;owned\a",  # window title
    r"\e]8;;http://example.org\e\\link\e]8;;\e\\",
    r"\e[2J\e[H",
    r"\e[?1049l",
    r"\e[6n",  # makes the terminal type
    r"\ePq#0;2;0;0;0\e\\",  # sixel
    r"\e_Gf=24;AAAA\e\\",
    r"\ec",
    r"\x9b31m\x9d0;owned\x9c\x90",
    r"\b\v\f\r\x0e\x0f\x00\x7f\x85",
    r"\u202eabc\u202c\u2066\u2069\u200f\u061c",
    r"\u200b\u2060\ufeff\u2028\u2029",
    r"\U000e0041\U000e007f\ufff9\ufffb",
)
"""As YAML spells them between double quotes; an editor shows letters only."""
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Characters that no line of prepdeck's may hold when it writes to a pipe."""
STYLES = re.compile(r"\x1b\[[0-9;]*m")
SEQUENCE = re.compile(
    r"\x1b\[(?P<private>[<=>?]?)[\d;:]*(?P<csi>[ !$]?[@-~])|\x1b\](?P<osc>\d*)|\x1b(?P<esc>[^\[\]])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f])"
)
BROKEN = """\
deck: "bro ken"
title: "aPAYLOADe"
"unknownPAYLOADkey": 1
topics: {fine: Fine}
cards:
- {id: "wrongPAYLOADid", front: a, back: b}
- {id: kind, kind: "noPAYLOADkind", front: a, back: b}
- {id: topic, topic: "noPAYLOADtopic", front: a, back: b}
- {id: number, kind: numeric, front: a, answer: "1PAYLOAD", tolerance: {abs: 1}}
- {id: field, "froPAYLOADnt": a, front: b, back: c}
- {id: twice, front: "PAYLOAD", front: b, back: "PAYLOAD"}
"""
GOOD = r"""
deck: hostile
title: "Title PAYLOAD end"
description: "Description PAYLOAD"
topics: {fine: "Topic PAYLOAD end"}
cards:
- id: a1
  topic: fine
  front: "Alpha PAYLOAD front"
  back: "Omega PAYLOAD back"
  hints: ["Hint PAYLOAD"]
  why: "Why PAYLOAD"
  refs: ["Ref PAYLOAD"]
  points: ["Point PAYLOAD"]
- id: a2
  kind: cloze
  text: "Beta PAYLOAD {{c1::gap PAYLOAD::hint PAYLOAD}} after"
- id: a3
  kind: choice
  front: "Gamma PAYLOAD"
  options:
  - {text: "yes PAYLOAD", correct: true, why: "because PAYLOAD"}
  - {text: "no PAYLOAD"}
- id: a4
  kind: numeric
  front: "Delta PAYLOAD"
  answer: 4
  tolerance: {abs: 1}
  unit: "apples PAYLOAD"
  steps: ["Step PAYLOAD"]
- id: a5
  front: "Code\n```python\nPAYLOAD\n```\n$PAYLOAD$\n| PAYLOAD | b |\n|---|---|\n| c | d |"
  back: "Epsilon **PAYLOAD** `PAYLOAD` [a](http://PAYLOAD) <b>PAYLOAD</b>"
"""
"""Cards that hold a payload wherever text may stand."""


def hostile_home(folder: Path, payload: str, *, name: str) -> dict[str, str]:
    """Return a home with the deck, a broken deck, and files whose names and contents hold a payload."""
    home = environment_of(folder, decks=GOOD.replace("PAYLOAD", payload), now=NOW, PYTHONPATH=str(ROOT))
    (folder / "decks" / "broken.yaml").write_text(BROKEN.replace("PAYLOAD", payload), encoding="utf-8")
    (folder / "decks" / f"odd{name}.yaml").write_text("deck: [not, a, slug]\n", encoding="utf-8")
    (folder / "decks" / f"raw{name}.yaml").write_text(f"deck: raw\ntitle: {name}\ncards: []\n", encoding="utf-8")
    return home


NAME = "\x1b]0;owned\x07\x1b[2J\u202e\x9b31m\n::error::fake"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = hostile_home(tmp_path_factory.mktemp("hostile") / "home", "".join(PAYLOADS), name=NAME)
    assert prepdeck(home, "answer", "a1", "again").returncode == 0
    return home


def assert_harmless(text: str) -> None:
    found = OBEYED.search(text)
    assert found is None, (found[0], text[max(0, found.start() - 80) : found.end() + 80])


@pytest.mark.parametrize(
    "words",
    [
        ["lint"],
        ["lint", "--format", "json"],
        ["lint", "--format", "github"],
        ["due"],
        ["due", "--json"],
        ["answer", "a1", "again"],
        ["show", "hostile/a1"],
        ["show", "hostile/a5", "--json"],
        ["log", "--json"],
        ["log"],
        ["doctor"],
        ["paths"],
        ["answer", NAME, "good"],
        ["answer", "a1", NAME],
        ["due", "--decks", NAME],
        ["lint", NAME, "--json"],
        [NAME],
        ["due", f"--{NAME}"],
        ["review", "--plain", NAME],
    ],
    ids=lambda words: re.sub(r"[^a-z0-9 -]", "", " ".join(words)),
)
def test_no_command_prints_a_control(hostile: dict[str, str], words: list[str]) -> None:
    done = prepdeck(hostile, *words)
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1, 2, 4}
    assert_harmless(done.stdout + done.stderr)
    if words[-1] == "github":
        assert done.stdout
        assert all(re.match("::(error|warning) file=", line) for line in done.stdout.splitlines())
    if "json" in words[-1]:
        assert [json.loads(line) for line in (done.stdout or done.stderr).splitlines()]
    if words in (["lint"], ["due"], ["lint", NAME, "--json"]):
        coloured = prepdeck(hostile, *words, "--color", "always")
        assert_harmless(STYLES.sub("", coloured.stdout + coloured.stderr))


def test_every_payload_is_told_of_and_shown_spelt_out(hostile: dict[str, str]) -> None:
    shown = prepdeck(hostile, "show", "a1").stdout
    assert r"\x1b]52;c;aGk=" in shown
    assert r"\u202eabc" in shown


def test_plain_lines_print_no_control(tmp_path: Path) -> None:
    home = hostile_home(tmp_path / "home", "".join(PAYLOADS), name=NAME)
    typed = "h\n\n3\n" + "h\n\n3\n" + "a\n3\n" + "4\n1\nu\n4\n3\n" + "\n1\n\n4\n"
    done = prepdeck(home, "review", "--plain", input=typed)
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in ("Alpha", "Omega", "Beta", "Gamma", "Delta", "Hint"))
    assert_harmless(done.stdout + done.stderr)


def test_a_retired_card_and_the_settings_print_no_control(tmp_path: Path) -> None:
    home = hostile_home(tmp_path / "home", "".join(PAYLOADS), name="")
    prepdeck(home, "answer", "a1", "good")
    (tmp_path / "home" / "decks" / "small.yaml").unlink()
    spelt = "".join(f"\\u{ord(letter):04x}" for letter in NAME)
    (tmp_path / "home" / "config.toml").write_text(f'theme = "{spelt}"\n"{spelt}" = 1\n[keys]\n"{spelt}" = "{spelt}"\n')
    for words in (["show", "hostile/a1"], ["due"], ["config"]):
        done = prepdeck(home, *words)
        assert done.returncode in {0, 3}, done.stderr
        assert done.stdout + done.stderr
        assert_harmless(done.stdout + done.stderr)


def kinds(output: bytes) -> set[str]:
    """Return the kinds of escape sequences and control characters in what a terminal was sent."""
    text = output.decode("utf-8")
    found = set()
    for match in SEQUENCE.finditer(text):
        if match["csi"]:
            found.add(f"CSI {match['private']}{match['csi']}")
        elif match["osc"] is not None:
            found.add(f"OSC {match['osc']}")
        else:
            found.add(repr(match[0]))
    return found | {hex(ord(letter)) for letter in OBEYED.findall(SEQUENCE.sub("", text))}


VISIT = (
    ("", "Three questions"),
    ("q", "cards today"),
    ("\r", "Alpha"),
    ("h", "Hint"),
    ("i", "hostile/a1"),
    ("q", "Reveal"),
    (" ", "Omega"),
    ("1", "Beta"),
    (" ", "Again"),
    ("3", "Gamma"),
    ("a", "because"),
    ("3", "Delta"),
    ("4\r", "Step"),
    ("3", "Alpha"),
    (" ", "Omega"),
    ("3", "Code"),
    ("$", "Code"),
    (" ", "Epsilon"),
    ("3", "Slipped"),
    ("u", "Undid"),
    ("q", "Slipped"),
    (QUIT, ""),
)
"""Keys with what they bring: the welcome, home, five cards with hints and information, undo, the end of the round."""


def walk_through(home: dict[str, str]) -> bytes:
    with Terminal(home, "--color", "always", rows=40, columns=100) as terminal:
        for keys, shown in VISIT:
            seen = len(terminal.output)
            terminal.press(keys)
            if shown:
                terminal.await_text(shown, since=seen)
        assert terminal.wait() == 0
    assert b"Traceback" not in terminal.output
    return terminal.output


def test_the_screens_send_no_kind_of_sequence_that_a_plain_deck_does_not_cause(tmp_path: Path) -> None:
    plain = walk_through(hostile_home(tmp_path / "plain", "letters", name="letters"))
    hostile = walk_through(hostile_home(tmp_path / "hostile", "".join(PAYLOADS), name=NAME))
    assert kinds(hostile) - kinds(plain) == set()
    assert b"\x1b]52" not in hostile
    assert b"\x1b]8;" not in hostile
    assert b"owned\x07" not in hostile
    assert b"\xe2\x80\xae" not in hostile
