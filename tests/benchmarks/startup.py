"""Starting: the first usable form against a stock app, and a command against its own imports."""

import compileall
import contextlib
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.timing import paired, seconds

import let_it_ride
from let_it_ride.files import cache_directory

# Both apps say so, on the pipe they are given, when their first frame is on the screen and their
# inputs take keys; then they end.
_READY = """
import os, sys
from textual.app import App

def ready(app):
    os.write(int(sys.argv[1]), b"!")
    app.exit(0)

App.on_ready = lambda app: app.call_after_refresh(ready, app)
"""

# The command turns the search for garbage off before it imports Textual, which is too late here.
_FORM = f"""
import gc
gc.disable()
{_READY}
from let_it_ride.cli import main

if __name__ == "__main__":
    main([])
"""

_INPUTS = """
from let_it_ride.tui.app import LirApp
from let_it_ride.tui.editing.outline import keep_pages

class Counted(LirApp):
    def on_ready(self) -> None:
        self.call_after_refresh(self.exit, len(self.screen.query(".entry")))

keep_pages()  # as every start but an installation's first finds them
print(Counted(None).run(headless=True))
"""

_STOCK = f"""
{_READY}
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Footer, Header, Input, Label

class Stock(App[None]):
    def compose(self) -> ComposeResult:
        yield Header()
        with VerticalScroll():
            for number in range(int(sys.argv[2])):
                yield Label("Setting")
                yield Input("1")
        yield Footer()

Stock().run()
"""


def lines() -> list[str]:
    """Measure, and say how it went."""
    # As pip leaves an installation; in a checkout Python may have been told to keep no bytecode.
    compileall.compile_dir(let_it_ride.__path__[0], quiet=2)
    return [_form_line(), _session_line()]


def _form_line() -> str:
    counted = subprocess.run(
        [sys.executable, "-c", _INPUTS], capture_output=True, text=True, check=True
    )
    inputs = int(counted.stdout)
    result = paired(
        lambda: _in_a_terminal(_FORM), lambda: _in_a_terminal(_STOCK, str(inputs)), pairs=9
    )
    return (
        f"first usable form: {1 / result.ratio:.2f} times a stock app with {inputs} inputs"
        f" ({1 / result.high:.2f} … {1 / result.low:.2f}; {result.subject:.2f} s); at most 1.3"
    )


def _session_line() -> str:
    numba = [sys.executable, "-c", "import numba"]
    result = paired(
        _until_the_first_block, lambda: seconds(lambda: subprocess.run(numba, check=True))
    )
    return (
        f"from the command to its first finished sessions: {result.subject:.2f} s,"
        f" {1 / result.ratio:.2f} times 'import numba'; at most 1.5 s on an idle machine"
    )


def _until_the_first_block() -> float:
    """How long it takes `lir-tui run` until its ledger has an entry."""
    command = (sys.executable, "-m", "let_it_ride", "run", "first-evening", "--quiet", "--forget")
    options = ("--sessions", "1000000", "--workers", "2", "--verify", "off")
    runs = cache_directory() / "runs"
    before = set(runs.glob("lir-tui-run-*"))
    began = time.perf_counter()
    process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
    while not any(
        ledger.exists() and ledger.stat().st_size
        for run in set(runs.glob("lir-tui-run-*")) - before
        for ledger in [run / "run" / "ledger"]
    ):
        if process.poll() is not None:
            raise RuntimeError("the run ended without a finished block")
        time.sleep(0.001)
    took = time.perf_counter() - began
    process.wait()
    return took


def _in_a_terminal(script: str, *arguments: str) -> float:
    """How long it takes in a terminal of 120 × 40 until a script says that it is ready."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "app.py"
        path.write_text(script)
        hears, says = os.pipe()
        os.set_inheritable(says, True)
        began = time.perf_counter()
        pid, terminal = pty.fork()
        if pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
            os.execv(sys.executable, [sys.executable, str(path), str(says), *arguments])
        os.close(says)
        took: float | None = None
        with contextlib.suppress(OSError):  # which is how a terminal says that it has ended
            while True:
                readable, _, _ = select.select([hears, terminal], [], [])
                if hears in readable and took is None:
                    took = time.perf_counter() - began
                    os.close(hears)
                    hears = terminal
                if not os.read(terminal, 65536):
                    break
        os.waitpid(pid, 0)
        os.close(terminal)
        if took is None:
            raise RuntimeError("the app ended before it was ready")
        return took
