"""How soon the screen answers a key while every core plays."""

import asyncio
import time
from pathlib import Path
from statistics import median
from typing import Final

from textual import events

from let_it_ride.history import History
from let_it_ride.tui.app import LirApp
from let_it_ride.tui.screens.workspace import WorkspaceScreen

#: An idle key takes some 10 ms to be on the screen, and 50 ms are hardly noticed.
_AT_MOST: Final = 5

_TRIES: Final = 4

_CONFIG: Final = """
[simulation]
num_sessions = 50_000_000
random_seed = 1
workers = 2
verify = "off"
"""


async def answered(app: LirApp, key: str) -> float:
    """Seconds from a key, which moves the focus, until that is on the screen."""
    before, shown = app.focused, asyncio.Event()
    began = time.perf_counter()
    app.post_message(events.Key(key, None))
    while app.focused is before:
        await asyncio.sleep(0)
    app.screen.call_after_refresh(shown.set)
    await shown.wait()
    return time.perf_counter() - began


async def median_answer(app: LirApp) -> float:
    times = []
    for number in range(40):
        times.append(await answered(app, ("down", "up")[number % 2]))
        await asyncio.sleep(0.02)  # as nobody types faster
    return median(times)


async def test_a_key_is_answered_during_a_run_almost_as_soon_as_before(tmp_path: Path) -> None:
    config = tmp_path / "evening.toml"
    config.write_text(_CONFIG)
    app = LirApp(config, open_history=lambda: History(tmp_path / "runs"))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        while app.focused is None or screen.session_odds.law is None:
            await pilot.pause(0.05)
        idle = await median_answer(app)
        await pilot.press("f5")
        while not (screen.run_at_work and screen.run_at_work.played):
            await pilot.pause(0.05)
        await pilot.press("f2")
        # What else the machine does makes it late, never early.
        playing = min([await median_answer(app) for _ in range(_TRIES)])
        assert screen.run_at_work is not None, "the run has ended before"
        screen.stop_run()
        while screen.run_at_work is not None:
            await pilot.pause(0.05)
    assert playing < _AT_MOST * idle, f"{1000 * playing:.1f} ms, idle {1000 * idle:.1f} ms"
