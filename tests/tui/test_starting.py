"""The first frame: what it waits for, and what it does not."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial, partialmethod
from pathlib import Path

import pytest
from driving import all_alike, driven, new_app, quiet, settled, starting
from scenes import GOAL

import let_it_ride
from let_it_ride import files
from let_it_ride.cli import main
from let_it_ride.tui.app import LirApp, run_app
from let_it_ride.tui.unsaved import Keeper, Unsaved

FIRST_FRAME = """
import sys
from let_it_ride.tui.app import LirApp

class Watched(LirApp):
    def on_ready(self):
        self.call_after_refresh(self.look)

    def look(self):
        loaded = [name for name in {heavy!r} if name in sys.modules]
        self.exit(",".join(loaded) + ";" + str(len(self.screen.query(".entry"))))

print(Watched().run(headless=True, size=(120, 40)))
"""

HEAVY = (
    *("numpy", "numba", "tomlkit", "tomli_w", "rich.progress", "rich.markdown", "pydantic"),
    *("textual_plot", "textual_hires_canvas"),
    *("let_it_ride.config.topics", "let_it_ride.tui.screens.help"),
)

BOXES = ("alt+h", "escape", "f11", "escape", "alt+v", "enter", "escape")
"""The keys that open the chart, the distribution and a map, and close each."""


def test_the_first_frame_has_a_form_and_loads_nothing_to_compute_with() -> None:
    keep = "from let_it_ride.tui.editing.outline import keep_pages; keep_pages()"
    subprocess.run([sys.executable, "-c", keep], check=True, timeout=120)
    script = FIRST_FRAME.format(heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    loaded, _, entries = done.stdout.strip().rpartition(";")
    assert loaded == ""
    assert int(entries) == 9


async def test_who_types_before_everything_is_loaded_loses_nothing(
    configuration: Callable[..., Path],
) -> None:
    path = configuration("[bankroll]\nbase_bet = 7.00\n")
    async with starting(new_app(path)) as pilot:
        await pilot.press("9", "9")
        screen = await settled(pilot)
        assert screen.state.values["bankroll"] == {"base_bet": 7, "starting_amount": 99}
        assert screen.name_of_file == "evening.toml"


@pytest.mark.slow
async def test_a_very_small_terminal_is_no_reason_to_fail() -> None:
    for size in ((40, 10), (20, 5), (300, 100)):
        async with driven(new_app(sweep=all_alike), size) as pilot:
            for key in (*("f3", "f4", "f6", "f1", "escape"), *BOXES, "f2"):
                await pilot.press(key)
                await quiet(pilot)


@pytest.mark.slow
@pytest.mark.parametrize(
    "keys",
    [
        *(("f2",), ("f3",), ("f4",), ("alt+h",), ("f11",)),
        *(("alt+v",), ("alt+v", "enter"), ("alt+c", *"default", "enter")),
    ],
    ids="-".join,
)
async def test_a_terminal_may_become_smaller_and_larger_whatever_it_shows(
    keys: tuple[str, ...], configuration: Callable[..., Path]
) -> None:
    text = "[simulation]\nhands_per_session = 20\n" + GOAL
    async with driven(new_app(configuration(text), sweep=all_alike), (200, 50)) as pilot:
        for key in keys:
            await pilot.press(key)
            await quiet(pilot)
        top = pilot.app.screen
        for size in ((80, 24), (120, 40), (60, 10), *((width, 5) for width in range(8)), (200, 50)):
            await pilot.resize_terminal(*size)
            await quiet(pilot)
        assert pilot.app.screen is top


def _fail(_: object) -> None:
    raise RuntimeError("the abacus is broken")


async def _fail_in_a_worker(app: LirApp) -> None:
    app.run_worker(partial(_fail, app), thread=True)


def _fail_with_changes(_: object) -> None:
    keeper = Keeper()
    keeper.keep(Unsaved(None, "[bankroll]\nbase_bet = 7.00\n", "", "bankroll"))
    keeper.leave_behind()
    raise RuntimeError("the abacus is broken")


@pytest.mark.parametrize(
    "fail",
    [_fail, _fail_in_a_worker, _fail_with_changes],
    ids=["handler", "worker", "changes"],
)
def test_a_fault_ends_the_app_and_is_told_in_words_with_a_report(
    fail: Callable[[LirApp], object],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(LirApp, "run", partialmethod(LirApp.run, headless=True))
    monkeypatch.setattr(LirApp, "on_ready", fail)
    monkeypatch.setattr("let_it_ride.cli.edit.edit", lambda: run_app(None))
    assert main([]) == 1
    said = capfd.readouterr()
    assert "the abacus is broken" in said.err
    has_changes = fail is _fail_with_changes
    assert ("not saved are offered at the next start" in said.err) is has_changes
    assert "Traceback" not in said.err + said.out
    assert len(said.err.splitlines()) <= 5
    (report,) = (files.state_directory() / "crashes").iterdir()
    assert str(report) in said.err
    text = report.read_text()
    assert "RuntimeError: the abacus is broken" in text
    assert "in _fail" in text
    assert f"lir-tui {let_it_ride.__version__}" in text


@pytest.mark.parametrize("code", [0, 143])
def test_the_app_exits_with_the_code_it_is_left_with(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LirApp, "run", partialmethod(LirApp.run, headless=True))
    monkeypatch.setattr(LirApp, "on_ready", lambda app: app.exit(code))
    assert run_app(None) == code
