"""The app in a browser."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from browsers import chromium
from textual_serve.server import Server

from let_it_ride.cli import main
from let_it_ride.cli.web_server import WebServer

COMMAND = (sys.executable, "-m", "let_it_ride", "serve")


@dataclass(frozen=True)
class Served:
    """A server that is ready.

    Attributes:
        process: the server.
        port: where it listens.
    """

    process: subprocess.Popen[str]
    port: int

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the app keeps what it remembers."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def served(tmp_path: Path, state: Path) -> Iterator[Served]:
    assert not state.exists()
    config = tmp_path / "long evening.toml"
    config.write_text("[bankroll]\nstarting_amount = 777\n")
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, config.name, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == f"The app is at http://localhost:{port}, ctrl+c ends it.\n"
    yield Served(process, port)
    if process.poll() is None:
        process.kill()
    process.communicate()


def free_port() -> int:
    with socket.create_server(("localhost", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


async def read_until(socket: aiohttp.ClientWebSocketResponse, words: str) -> None:
    seen = b""
    async with asyncio.timeout(120):
        while words.encode() not in seen:
            message = await socket.receive()
            assert message.type in {aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT}, seen
            if message.type == aiohttp.WSMsgType.BINARY:
                seen += message.data


async def test_a_page_is_sent_and_shows_the_app_which_takes_keys_and_ends_with_it(
    served: Served, state: Path
) -> None:
    with urllib.request.urlopen(served.url, timeout=60) as page:  # noqa: S310  it is ours
        html = page.read().decode()
    assert f"ws://localhost:{served.port}/ws" in html
    assert "googleapis" not in html
    async with aiohttp.ClientSession(headers={"Origin": served.url}) as session:
        where = f"{served.url}/ws?width=100&height=30"
        async with session.ws_connect(where) as socket:
            await read_until(socket, "777")
            family = psutil.Process(served.process.pid).children(recursive=True)
            await socket.send_json(["focus"])
            await socket.send_json(["stdin", "813"])
            await read_until(socket, "not saved")
            await socket.send_json(["stdin", "\x1bl"])  # alt+l: the text
            await read_until(socket, "a valid configuration")
    assert family
    _, left = await asyncio.to_thread(psutil.wait_procs, family, timeout=60)
    assert left == []
    (unsaved,) = state.glob("lir-tui/unsaved/*.json")
    assert json.loads(unsaved.read_text())["text"] == "[bankroll]\nstarting_amount = 813.00\n"
    served.process.send_signal(signal.SIGINT)
    output, _ = served.process.communicate(timeout=60)
    assert (served.process.returncode, output) == (0, "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://example.org"},
        {},
        {"Origin": "http://example.org", "Host": "example.org"},
        {"Origin": "null"},
    ],
    ids=["elsewhere", "nowhere", "a name that leads here", "a file"],
)
async def test_a_page_from_elsewhere_is_refused(served: Served, headers: dict[str, str]) -> None:
    async with aiohttp.ClientSession(headers=headers) as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(f"{served.url}/ws")
    assert refused.value.status == 403
    assert psutil.Process(served.process.pid).children() == []


@pytest.mark.parametrize(
    ("url", "host", "page"),
    [
        ("http://Casino.Example/", "casino.example", "http://casino.example"),
        ("http://casino.example:80", "casino.example", "http://casino.example"),
        ("https://casino.example", "casino.example", "https://casino.example"),
        ("http://casino.example", "127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("http://[::1]:8123", "[::1]:8123", "http://[::1]:8123"),
    ],
)
async def test_a_page_of_its_own_is_known_however_its_address_is_written(
    url: str, host: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def started(self: Server, request: web.Request) -> web.WebSocketResponse:
        return response

    response = web.WebSocketResponse()
    monkeypatch.setattr(Server, "handle_websocket", started)
    server = WebServer("true", "localhost", 8123, url)
    headers = {"Host": host, "Origin": page}
    assert await server.handle_websocket(make_mocked_request("GET", "/ws", headers)) is response
    for name, own in headers.items():
        foreign = headers | {name: own.replace("casino", "other").replace("1", "2")}
        with pytest.raises(web.HTTPForbidden):
            await server.handle_websocket(make_mocked_request("GET", "/ws", foreign))


def test_a_port_that_is_taken_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert main(["serve", "--host", "127.0.0.1", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"port {port} of 127.0.0.1 cannot be listened at" in said
    assert "--port" in said


def test_a_host_that_is_not_here_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    for host in ("192.0.2.1", "no\x1bsuch", "a" * 300):
        assert main(["serve", "--host", host]) == 1
        said = capsys.readouterr().err
        assert "cannot be listened at" in said
        assert all(map(str.isprintable, said.splitlines()))


def test_without_the_extra_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("let_it_ride.cli.serve.find_spec", lambda _: None)
    assert main(["serve"]) == 1
    assert "pip install 'lir-tui[serve]'" in capsys.readouterr().err


@pytest.mark.parametrize("option", [("--port", "0"), ("--port", "1e4"), ("--url", "here")])
def test_what_is_no_port_or_url_is_refused(option: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["serve", *option])
    assert refused.value.code == 2


async def test_a_browser_shows_the_app(served: Served, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
    browser = subprocess.Popen(
        [
            *(chromium(), *options, "--disable-background-networking", "--no-first-run"),
            *(f"--user-data-dir={profile}", "--remote-debugging-port=0", served.url),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(240), aiohttp.ClientSession() as session:
            url = await _page(session, profile / "DevToolsActivePort", served.url)
            async with session.ws_connect(url) as page:
                # The page says so when the app has drawn something.
                while not await _evaluated(page, "document.body.className.includes('first-byte')"):
                    await asyncio.sleep(0.05)
                assert await _evaluated(page, "!!document.querySelector('.xterm canvas')")
                outside = "performance.getEntriesByType('resource').map(each => each.name)"
                assert all(each.startswith(served.url) for each in await _evaluated(page, outside))
    finally:
        browser.kill()
        browser.wait()


async def _page(session: aiohttp.ClientSession, told: Path, url: str) -> str:
    """Wait for a browser to have a page, and return where it can be asked about it."""
    while True:
        await asyncio.sleep(0.05)
        if told.exists() and (lines := told.read_text().split()):
            async with session.get(f"http://127.0.0.1:{lines[0]}/json/list") as answer:
                for page in await answer.json():
                    if page["url"].startswith(url):
                        return str(page["webSocketDebuggerUrl"])


async def _evaluated(page: aiohttp.ClientWebSocketResponse, script: str) -> Any:
    """What a script in a page gives."""
    asked = {"expression": script, "returnByValue": True}
    await page.send_json({"id": 1, "method": "Runtime.evaluate", "params": asked})
    return (await page.receive_json())["result"]["result"].get("value")
