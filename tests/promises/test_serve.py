"""The interface in a browser: this machine alone, a program a tab, and nothing left behind."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.builders import prepdeck
from tests.full import FULL, times
from tests.promises.harness import PATIENCE, PROGRAM, ROOT, fresh_home, stored_ids

pytest.importorskip("textual_serve", reason="the extra prepdeck[web] is not installed")
aiohttp = pytest.importorskip("aiohttp")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
only_in_full = pytest.mark.skipif(not FULL, reason="ends as SIGTERM does; PREPDECK_PROMISES=full runs it")
needs_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are counted through /proc")


@dataclass
class Served:
    """A running `prepdeck serve`."""

    process: subprocess.Popen[str]
    port: int
    said: str

    def children(self) -> list[int]:
        number = self.process.pid
        return [int(each) for each in Path(f"/proc/{number}/task/{number}/children").read_text().split()]


@contextmanager
def served(environment: dict[str, str], *flags: str) -> Iterator[Served]:
    """Hold a server on a free port."""
    process = subprocess.Popen(
        [*PROGRAM, *flags, "serve", "--port", "0"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stderr is not None
    try:
        said = process.stderr.readline() + process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", said)
        assert found, said
        yield Served(process, int(found[1]), said)
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@dataclass
class Tab:
    """What a terminal in a browser was sent, and a way to press keys in it."""

    type_text: Callable[[str], Awaitable[None]]
    receive: Callable[[], Awaitable[bytes]]
    output: bytes = b""

    async def await_text(self, pattern: str, since: int = 0) -> int:
        wanted = re.compile(pattern.encode())
        while (match := wanted.search(self.output, since)) is None:
            async with asyncio.timeout(PATIENCE):
                found = await self.receive()
            assert found, (pattern, self.output[-2000:])
            self.output += found
        return match.end()

    async def review(self, cards: int) -> None:
        """Review cards of the numbered deck from home."""
        await self.await_text("All due cards")
        await self.type_text("\r")
        seen = await self.await_text("Frontword0")
        for number in range(cards):
            await self.type_text(" ")
            await self.await_text(f"Backword{number}", seen)
            await self.type_text("3")
            seen = await self.await_text(f"Frontword{number + 1}", seen)


@asynccontextmanager
async def tab_of(port: int, columns: int = 100, rows: int = 30) -> AsyncIterator[Tab]:
    """Hold a tab as the page's own script opens one."""
    address = f"http://127.0.0.1:{port}"
    async with (
        aiohttp.ClientSession(headers={"Origin": address}) as session,
        session.ws_connect(f"{address}/ws?width={columns}&height={rows}") as wire,
    ):

        async def receive() -> bytes:
            message = await wire.receive()
            return message.data if isinstance(message.data, bytes) else b""

        yield Tab(lambda text: wire.send_str(json.dumps(["stdin", text])), receive)


def used_home(folder: Path) -> dict[str, str]:
    """Return the environment of a home that was used before, so that nobody is welcomed."""
    home = fresh_home(folder)
    assert prepdeck(home, "flag", "many/c49").returncode == 0
    return home


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Hold one server for everything that only asks."""
    with served(fresh_home(tmp_path_factory.mktemp("asked") / "home")) as server:
        yield server


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def await_gone(numbers: list[int]) -> None:
    deadline = time.monotonic() + PATIENCE
    while any(map(is_alive, numbers)):
        assert time.monotonic() < deadline, numbers
        time.sleep(0.05)


def test_only_this_machine_is_listened_to_and_that_nobody_logs_in_is_said(asked: Served) -> None:
    assert "There is no login" in asked.said
    with socket.socket() as probe:
        probe.settimeout(5)
        assert probe.connect_ex(("127.0.0.2", asked.port)) != 0


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 200),
        ("/", {"Host": "localhost:{port}"}, 200),
        ("/static/js/textual.js", {}, 200),
        ("/", {"Host": "evil.example:{port}"}, 403),
        ("/", {"Host": "["}, 403),
        ("/ws", {}, 403),
        ("/ws", {"Origin": "http://evil.example"}, 403),
        ("/ws", {"Origin": "http://127.0.0.1:1"}, 403),
        ("/ws", {"Origin": "null"}, 403),
        ("/ws", {"Origin": "http://evil.example:{port}", "Host": "evil.example:{port}"}, 403),
        ("/", {"Origin": "http://evil.example"}, 403),
    ],
)
def test_no_other_page_reaches_a_terminal(asked: Served, path: str, headers: dict[str, str], status: int) -> None:
    line = HTTPConnection("127.0.0.1", asked.port, timeout=PATIENCE)
    shake = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    more = {**shake, **key} if path == "/ws" else {}
    given = {name: value.format(port=asked.port) for name, value in headers.items()}
    line.request("GET", path, headers={**more, **given})
    assert line.getresponse().status == status
    line.close()


def test_the_page_names_no_other_place(asked: Served) -> None:
    line = HTTPConnection("127.0.0.1", asked.port, timeout=PATIENCE)
    line.request("GET", "/")
    page = line.getresponse().read().decode()
    line.close()
    assert re.findall(r"https?://", page) == []
    assert set(re.findall(r'(?:src|href)="([^"]*)"', page)) == {
        "data:,", "static/css/xterm.css", "static/js/textual.js", "/",
    }  # fmt: skip


def test_a_taken_port_is_told_with_the_next_free_one(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = prepdeck(home, "serve", "--port", str(port))
    assert (done.returncode, done.stdout) == (2, "")
    assert f"port {port} is taken" in done.stderr
    named = re.search(r"help: (\d+) is free: prepdeck serve --port \1\n", done.stderr)
    assert named
    assert int(named[1]) > port


@pytest.mark.parametrize("words", [("--port", "65536"), ("--port", "x"), ("--port", "-1"), ("--tab",)])
def test_wrong_words_end_with_a_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = prepdeck(fresh_home(tmp_path / "home"), "serve", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")


def test_a_missing_extra_names_what_installs_it(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['textual_serve'] = None; sys.argv = ['prepdeck', 'serve']\n"
        "from prepdeck.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=fresh_home(tmp_path / "home"),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == ["error: serve needs an extra", "help: pip install 'prepdeck[web]'"]


def test_flags_reach_the_tabs_whatever_they_hold(tmp_path: Path) -> None:
    odd = tmp_path / 'it\'s "my" $HOME; exit 1 #'
    home = used_home(odd)
    elsewhere = {**home, "PREPDECK_HOME": str(tmp_path / "unused")}

    async def play(server: Served) -> None:
        async with tab_of(server.port) as tab:
            await tab.review(2)

    with served(elsewhere, "--home", str(odd), "--ascii") as server:
        asyncio.run(play(server))
    assert len(stored_ids(home)) == 2
    assert not (tmp_path / "unused" / "prepdeck.db").exists()


@needs_proc
def test_every_tab_is_a_program_of_its_own_and_ends_with_its_tab(tmp_path: Path) -> None:
    home = used_home(tmp_path / "home")

    async def play(server: Served) -> list[int]:
        async with tab_of(server.port) as first, tab_of(server.port) as second:
            await first.await_text("All due cards")
            await second.await_text("All due cards")
            return server.children()

    with served(home) as server:
        programs = asyncio.run(play(server))
        assert len(programs) == 2
        await_gone(programs)
        assert server.process.poll() is None


@needs_proc
@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGTERM, 143),
        (signal.SIGKILL, -9),
        pytest.param(signal.SIGINT, 130, marks=only_in_full),
        pytest.param(signal.SIGHUP, 129, marks=only_in_full),
    ],
)
def test_ending_the_server_ends_every_tab_with_its_grades_stored(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    home = used_home(tmp_path / "home")

    async def play(server: Served) -> list[int]:
        async with tab_of(server.port) as tab:
            await tab.review(1)
            programs = server.children()
            server.process.send_signal(number)
            async with asyncio.timeout(PATIENCE):
                while await tab.receive():  # a browser that does not answer the goodbye is waited for
                    pass
            await asyncio.to_thread(server.process.wait, PATIENCE)
            return programs

    with served(home) as server:
        programs = asyncio.run(play(server))
        assert len(programs) == 1
        assert server.process.returncode == status
        await_gone(programs)
        out, said = server.process.communicate()
    assert (out, said) == ("", "")
    assert len(stored_ids(home)) == 1


def test_an_editor_that_cannot_be_opened_there_is_said(tmp_path: Path) -> None:
    home = {**used_home(tmp_path / "home"), "EDITOR": "vi"}

    async def play(server: Served) -> None:
        async with tab_of(server.port, 120, 36) as tab:
            await tab.await_text("All due cards")
            await tab.type_text("ja")
            seen = await tab.await_text("Frontword0")
            await tab.type_text("\r")
            await tab.await_text("No editor can be opened from here", seen)
            await tab.type_text("q")
            await tab.await_text("All due cards", seen)

    with served(home) as server:
        asyncio.run(play(server))


class Browser:
    """A page of a real browser, driven through the DevTools protocol."""

    def __init__(self, wire: Any) -> None:
        self._wire = wire
        self._count = 0
        self.asked: list[str] = []
        """Every address the page asked for."""
        self._frames: list[bytes] = []

    async def call(self, method: str, **given: object) -> None:
        self._count += 1
        await self._wire.send_str(json.dumps({"id": self._count, "method": method, "params": given}))
        while (answer := await self._take()).get("id") != self._count:
            pass
        assert "error" not in answer, answer

    async def _take(self) -> dict[str, Any]:
        message = await self._wire.receive()
        told: dict[str, Any] = json.loads(message.data)
        given = told.get("params", {})
        match told.get("method"):
            case "Network.requestWillBeSent":
                self.asked.append(given["request"]["url"])
            case "Network.webSocketCreated":
                self.asked.append(given["url"])
            case "Network.webSocketFrameReceived" if given["response"]["opcode"] == 2:
                self._frames.append(base64.b64decode(given["response"]["payloadData"]))
        return told

    async def receive(self) -> bytes:
        while not self._frames:
            await self._take()
        return self._frames.pop(0)

    async def type_text(self, text: str) -> None:
        for sign in text:
            named = {"\r": ("Enter", "Enter", 13), " ": (" ", "Space", 32)}
            key, code, number = named.get(sign, (sign, f"Digit{sign}", ord(sign)))
            known = {"key": key, "code": code, "windowsVirtualKeyCode": number}
            await self.call("Input.dispatchKeyEvent", type="keyDown", text=sign, **known)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **known)


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Browser]:
    """Hold an empty page of a headless Chromium that reaches nothing but this machine."""
    assert CHROMIUM is not None
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--no-default-browser-check", "--disable-background-networking", "--disable-component-update",
        "--disable-extensions", "--disable-sync", "--remote-debugging-port=0",
        f"--user-data-dir={folder}", "--window-size=1200,800",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "about:blank",
        env={**os.environ, "HOME": str(folder)},
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while (found := re.search(rb"listening on ws://([^/]+)", await process.stderr.readline())) is None:
                assert not process.stderr.at_eof(), "Chromium did not start"
        drained = asyncio.create_task(process.stderr.read())
        place = f"http://{found[1].decode()}"
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{place}/json/list") as answer:
                pages = [each for each in await answer.json(content_type=None) if each["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as wire:
                yield Browser(wire)
    finally:
        process.terminate()
        await process.wait()
    await drained


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_cards_reviewed_in_chromium_stand_in_the_log(tmp_path: Path) -> None:
    home, cards = used_home(tmp_path / "home"), times(1, 3)

    async def play(server: Served) -> list[str]:
        async with browser(tmp_path / "profile") as page:
            await page.call("Network.enable")
            await page.call("Page.navigate", url=f"http://127.0.0.1:{server.port}/")
            await Tab(page.type_text, page.receive).review(cards)
            return page.asked

    with served(home) as server:
        asked = asyncio.run(play(server))
        assert {re.sub(r"^\w+://([^/]+)/.*", r"\1", each) for each in asked if not each.startswith("data:")} == {
            f"127.0.0.1:{server.port}"
        }
        assert any(each.endswith("VariableFont_wght.ttf") for each in asked), asked
    log = [json.loads(line) for line in prepdeck(home, "log", "--json").stdout.splitlines()]
    assert [(each["card"], each["grade"]) for each in log] == [(f"many/c{number}", "good") for number in range(cards)]
