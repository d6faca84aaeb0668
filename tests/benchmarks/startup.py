"""Starting: the first usable form against a stock app, and a command against its own imports."""

import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.timing import paired, seconds

# Both apps end as soon as their first frame is on the screen and their inputs take keys.
_FORM = """
from let_it_ride.tui.app import LirApp

class Timed(LirApp):
    def on_ready(self) -> None:
        self.call_after_refresh(self.exit, 0)

app = Timed(None)
app.run()
"""

_INPUTS = """
from textual.widgets import Input
from let_it_ride.tui.app import LirApp

class Counted(LirApp):
    def on_ready(self) -> None:
        self.call_after_refresh(self.exit, len(self.screen.query(".entry")))

print(Counted(None).run(headless=True))
"""

_STOCK = """
import sys
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Footer, Header, Input, Label

class Stock(App[None]):
    def compose(self) -> ComposeResult:
        yield Header()
        with VerticalScroll():
            for number in range(int(sys.argv[1])):
                yield Label(f"Setting {number}")
                yield Input("1")
        yield Footer()

    def on_ready(self) -> None:
        self.call_after_refresh(self.exit)

Stock().run()
"""


def lines() -> list[str]:
    """Measure, and say how it went."""
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
    command = [
        *(sys.executable, "-m", "let_it_ride", "run", "first-evening", "--quiet"),
        *("--sessions", "1000", "--workers", "2", "--verify", "off"),
    ]
    numba = [sys.executable, "-c", "import numba"]

    def timed(arguments: list[str]) -> float:
        return seconds(lambda: subprocess.run(arguments, stdout=subprocess.DEVNULL, check=True))

    result = paired(lambda: timed(command), lambda: timed(numba))
    return (
        f"a warm run of 1,000 sessions, from the command to its end: {result.subject:.2f} s,"
        f" {1 / result.ratio:.2f} times 'import numba'; its first session at most 1.5 s here"
    )


def _in_a_terminal(script: str, *arguments: str) -> float:
    """How long a script takes in a terminal of 120 × 40."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "app.py"
        path.write_text(script)

        def run() -> None:
            pid, terminal = pty.fork()
            if pid == 0:
                os.environ |= {"TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
                os.execv(sys.executable, [sys.executable, str(path), *arguments])
            try:
                while os.read(terminal, 65536):
                    pass
            except OSError:
                pass
            os.waitpid(pid, 0)
            os.close(terminal)

        return seconds(run)
