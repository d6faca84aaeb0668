"""The installed program in a terminal, from the first screen to the verdict."""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pyte
import pytest

from process_family import all_gone_soon

F5 = b"\x1b[15~"
SHIFT_F5 = b"\x1b[15;2~"
CTRL_T = b"\x14"
CTRL_Q = b"\x11"
CTRL_U = b"\x15"

EVENING = """\
# my evening
[simulation]
num_sessions = {sessions}
workers = 2
random_seed = 3
verify = "full"
"""


class Terminal:
    """A program in a pseudo-terminal, and the screen that a person would see."""

    def __init__(self, columns: int, rows: int, command: list[str], **environment: str) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
            os.execv(command[0], command)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)
        self._all_read = b""
        self.exit_code: int | None = None
        self._is_open = True

    def press(self, keys: bytes) -> None:
        os.write(self._terminal, keys)

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    @property
    def times_taken(self) -> int:
        """How often the program has made the terminal its own."""
        return self._all_read.count(b"\x1b[?1049h")

    def wait_for(self, words: str, seconds: float = 120) -> None:
        self.wait_until(lambda: words in self.text, f"no {words!r} on the screen", seconds)

    def wait_for_odds(self) -> None:
        """Wait for the house edge, in the panel or, where there is no room for it, in a line."""
        self.wait_until(
            lambda: "3.505679 %" in self.text or "Edge 3.51 %" in self.text, "no odds", 120
        )

    def wait_until(
        self, condition: Callable[[], bool], else_say: str = "it is not so", seconds: float = 60
    ) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"{else_say}:\n{self.text}"
            assert self._read(), f"the program ended:\n{self.text}"

    def is_stopped(self) -> bool:
        return psutil.Process(self.pid).status() == psutil.STATUS_STOPPED

    def wait_for_end(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while self._read():
            assert time.monotonic() < deadline, f"it does not end:\n{self.text}"
        self.wait_for_exit()

    def wait_for_exit(self) -> None:
        self.exit_code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _read(self) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], 0.2)
        if not ready:
            return True
        try:
            some = os.read(self._terminal, 65536)
        except OSError:
            return False
        self._stream.feed(some)
        self._all_read += some
        return bool(some)

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self._terminal)
        self._is_open = False

    def close(self) -> None:
        if self._is_open:
            os.close(self._terminal)
        if self.exit_code is None:
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)


@pytest.fixture
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    columns, rows, sessions = request.param
    config = tmp_path / "evening.toml"
    config.write_text(EVENING.format(sessions=sessions))
    terminal = Terminal(columns, rows, [lir_tui(), str(config)], **kept_in(tmp_path))
    yield terminal
    terminal.close()


def kept_in(folder: Path) -> dict[str, str]:
    """What has the program keep its runs in a folder."""
    return {"XDG_DATA_HOME": str(folder / "data")}


def lir_tui() -> str:
    installed = shutil.which("lir-tui", path=str(Path(sys.executable).parent))
    assert installed is not None, "lir-tui is not installed beside this Python"
    return installed


@pytest.mark.parametrize(
    "terminal", [(80, 24, 20_000), (120, 40, 20_000)], indirect=True, ids=["80x24", "120x40"]
)
def test_one_key_leads_from_the_first_screen_to_the_verdict(terminal: Terminal) -> None:
    terminal.wait_for("evening.toml")
    terminal.wait_for_odds()
    terminal.press(F5)
    terminal.wait_for("EQUAL")
    assert "20,000" in terminal.text
    family = psutil.Process(terminal.pid).children(recursive=True)
    terminal.press(CTRL_Q)
    terminal.wait_for_end()
    assert terminal.exit_code == 0
    assert all_gone_soon(family)


@pytest.mark.parametrize("terminal", [(120, 40, 20_000_000)], indirect=True, ids=["120x40"])
def test_closing_the_window_in_the_middle_of_a_run_leaves_no_process(terminal: Terminal) -> None:
    terminal.wait_for_odds()
    terminal.press(F5)
    terminal.wait_for("playing")
    main = psutil.Process(terminal.pid)
    family = [main, *main.children(recursive=True)]
    terminal.hang_up()
    assert all_gone_soon(family)


@pytest.mark.parametrize("terminal", [(120, 40, 1000)], indirect=True, ids=["120x40"])
def test_a_program_that_was_stopped_goes_on_and_can_be_left(terminal: Terminal) -> None:
    terminal.wait_for_odds()
    for number in (signal.SIGSTOP, signal.SIGTSTP):
        taken = terminal.times_taken
        os.kill(terminal.pid, number)
        terminal.wait_until(terminal.is_stopped)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_until(lambda taken=taken: terminal.times_taken > taken)
    terminal.press(F5)
    terminal.wait_for("EQUAL")
    terminal.press(CTRL_Q)
    terminal.wait_for_end()
    assert terminal.exit_code == 0


@pytest.mark.parametrize("terminal", [(120, 40, 1000)], indirect=True, ids=["120x40"])
def test_a_program_that_is_continued_before_it_has_stopped_does_not_stop(
    terminal: Terminal,
) -> None:
    terminal.wait_for_odds()
    for pause in (0, 0.01, 0.05):
        taken = terminal.times_taken
        os.kill(terminal.pid, signal.SIGTSTP)
        time.sleep(pause)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_until(lambda taken=taken: terminal.times_taken > taken)
    terminal.press(CTRL_Q)
    terminal.wait_for_end()
    assert terminal.exit_code == 0


#: A stop and a continuation come while Python is too busy to heed the first before the second.
STOPPED_WHILE_BUSY = """
import asyncio, contextlib, hashlib, os, signal, threading, time
from types import SimpleNamespace
from let_it_ride.tui.signals import OutsideSignals

def interfere():
    for number in (signal.SIGTSTP, signal.SIGCONT):
        time.sleep(0.05)
        os.kill(os.getpid(), number)
    time.sleep(0.05)
    all_sent.set()

async def main():
    app = SimpleNamespace(suspend=contextlib.nullcontext, is_web=False)
    OutsideSignals(app, print).heed()
    threading.Thread(target=interfere).start()
    while not all_sent.is_set():
        hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000)
    await asyncio.sleep(0.1)

all_sent = threading.Event()
asyncio.run(main())
"""


def test_a_busy_program_that_is_continued_before_it_has_stopped_does_not_stop() -> None:
    process = subprocess.Popen([sys.executable, "-c", STOPPED_WHILE_BUSY])
    try:
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert not os.WIFSTOPPED(status)
        assert os.waitstatus_to_exitcode(status) == 0
    finally:
        process.kill()


def test_without_a_file_the_app_opens_the_one_that_config_path_names(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    command = [lir_tui(), "config", "path"]
    path = Path(subprocess.check_output(command, text=True, env=os.environ | home).strip())
    path.parent.mkdir(parents=True)
    path.write_text("[bankroll]\nstarting_amount = 777.00\n")
    terminal = Terminal(120, 40, [lir_tui()], **home)
    terminal.wait_for("777.00")
    terminal.press(CTRL_Q)
    terminal.wait_for_end()
    terminal.close()
    assert terminal.exit_code == 0


def test_the_bare_command_leads_a_newcomer_to_a_result_and_welcomes_nobody_twice(
    tmp_path: Path,
) -> None:
    places = {f"XDG_{each}_HOME": str(tmp_path / each) for each in ("CONFIG", "STATE", "DATA")}
    terminal = Terminal(80, 24, [lir_tui()], **places)
    try:
        terminal.wait_for("p  Play an evening")
        terminal.press(b"p")
        terminal.wait_for("EQUAL")
        terminal.wait_for("AGREES WITH THE EXACT LAW")
        assert "Ahead" in terminal.text
        terminal.press(CTRL_Q)
        terminal.wait_for_end()
        assert terminal.exit_code == 0
    finally:
        terminal.close()
    terminal = Terminal(80, 24, [lir_tui()], **places)
    try:
        terminal.wait_for_odds()
        assert "Welcome" not in terminal.text
        terminal.press(CTRL_Q)
        terminal.wait_for_end()
        assert terminal.exit_code == 0
    finally:
        terminal.close()


@pytest.mark.parametrize("terminal", [(120, 40, 20_000_000)], indirect=True, ids=["120x40"])
def test_killing_the_app_in_the_middle_of_a_run_leaves_no_process_and_a_run_to_go_on_with(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.wait_for_odds()
    terminal.press(F5)
    terminal.wait_for("playing")
    family = psutil.Process(terminal.pid).children(recursive=True)
    os.kill(terminal.pid, 9)
    terminal.wait_for_end()
    assert all_gone_soon(family)
    command = [lir_tui(), str(tmp_path / "evening.toml")]
    again = Terminal(120, 40, command, **kept_in(tmp_path))
    try:
        again.wait_for("A run is unfinished")
        again.press(SHIFT_F5)
        again.wait_for("playing")
        again.press(CTRL_T)
        again.wait_for("shift+F5 goes on with it")
        again.press(CTRL_Q)
        again.wait_for_end()
        assert again.exit_code == 0
    finally:
        again.close()


def test_changes_outlast_a_window_that_is_closed_and_a_program_that_is_killed(
    tmp_path: Path,
) -> None:
    config = tmp_path / "evening.toml"
    config.write_text(EVENING.format(sessions=1000))
    places = {f"XDG_{each}_HOME": str(tmp_path / each) for each in ("STATE", "DATA")}

    def kept() -> str:
        files = tmp_path.glob("STATE/lir-tui/unsaved/*.json")
        return "".join(each.read_text() for each in files)

    def started() -> Terminal:
        return Terminal(120, 40, [lir_tui(), str(config)], **places)

    terminal = started()
    try:
        terminal.wait_for_odds()
        terminal.press(b"813")
        terminal.wait_for("813 ")
        terminal.hang_up()
        terminal.wait_for_exit()
        assert terminal.exit_code == 128 + signal.SIGHUP
    finally:
        terminal.close()
    assert "813.00" in kept()
    terminal = started()
    try:
        terminal.wait_for("Restore the changes?")
        terminal.press(b"\r")
        terminal.wait_for("813.00")
        terminal.press(CTRL_U + b"914")
        terminal.wait_until(lambda: "914" in kept())
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.wait_for_end()
    finally:
        terminal.close()
    terminal = started()
    try:
        terminal.wait_for("Restore the changes?")
        terminal.press(b"\r")
        terminal.wait_for("914.00")
        terminal.press(CTRL_Q)
        terminal.wait_for("Save the changes?")
        terminal.wait_until(lambda: not terminal.press(b"d") and not kept())
        terminal.wait_for_end()
        assert terminal.exit_code == 0
    finally:
        terminal.close()
    assert config.read_text() == EVENING.format(sessions=1000)
