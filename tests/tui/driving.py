"""Driving the program as a person would, and waiting for what follows."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget

from let_it_ride.tui.app import LirApp
from let_it_ride.tui.runs import RunnerFactory, engine
from let_it_ride.tui.screens.workspace import WorkspaceScreen
from let_it_ride.tui.widgets.field_row import FieldRow

NARROW = (80, 24)
MEDIUM = (120, 40)

#: Workers of the screen that end by themselves; a dialog's waits for its answer.
_ENDING_GROUPS = {"default", "text", "form", "odds", "run-key"}

_KEYS = {
    " ": "space",
    ".": "full_stop",
    "-": "minus",
    "_": "underscore",
    "/": "slash",
    "=": "equals_sign",
    '"': "quotation_mark",
    "\n": "enter",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    ",": "comma",
    "#": "number_sign",
    "~": "tilde",
}


def new_app(
    path: Path | None = None,
    make_runner: RunnerFactory = engine,
    clock: Callable[[], float] = lambda: 0.0,
) -> LirApp:
    """The program with nothing in it that moves by itself."""
    app = LirApp(path, make_runner=make_runner, clock=clock)
    app.animation_level = "none"
    return app


def driven(app: LirApp, size: tuple[int, int] = MEDIUM) -> AbstractAsyncContextManager[Pilot[int]]:
    """A running app, and the pilot to drive it with."""
    return app.run_test(size=size)


def workspace(pilot: Pilot[Any]) -> WorkspaceScreen:
    """The workspace of an app that is being driven."""
    assert isinstance(pilot.app, LirApp)
    found = pilot.app.workspace
    assert found is not None
    return found


async def settled(pilot: Pilot[Any]) -> WorkspaceScreen:
    """Wait until nothing follows any more from what was done."""
    screen = workspace(pilot)
    await screen.awake.wait()
    for _ in range(3):
        while any(
            worker.group in _ENDING_GROUPS and not worker.is_finished
            for worker in pilot.app.workers
        ):
            await asyncio.sleep(0.005)
        await pilot.pause()
    return screen


async def press(pilot: Pilot[Any], *keys: str) -> WorkspaceScreen:
    """Press keys, and wait for all that follows."""
    await pilot.press(*keys)
    return await settled(pilot)


async def write(pilot: Pilot[Any], text: str) -> WorkspaceScreen:
    """Type a text, and wait for all that follows."""
    return await press(pilot, *typed(text))


def typed(text: str) -> Iterator[str]:
    """The keys that type a text."""
    return (_KEYS.get(letter, letter) for letter in text)


async def until(pilot: Pilot[Any], condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not condition():
            await pilot.pause(0.01)


def row(screen: WorkspaceScreen, *path: str | int) -> FieldRow:
    """The row of a setting on the page that is shown."""
    return next(each for each in screen.query(FieldRow) if each.row.path == path)


def shown(widget: Widget) -> str:
    """What a widget says on the screen, line by line."""
    lines = (widget.render_line(y) for y in range(widget.size.height))
    return "\n".join(line.text.rstrip() for line in lines)


def said(widget: Widget) -> str:
    """What a widget says, whatever the lines."""
    return " ".join(shown(widget).split())


def dialog_text(pilot: Pilot[Any]) -> str:
    """What the dialog on top says."""
    return " ".join(said(each) for each in pilot.app.screen.query("Static, Answer"))
