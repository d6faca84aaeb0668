"""Driving the program as a person would, and waiting for what follows."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from scripted_history import ScriptedHistory
from scripted_runs import Script
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from let_it_ride.analysis import solving
from let_it_ride.analysis.axes import Axis
from let_it_ride.analysis.comparing import Compared, Comparison, differing_settings
from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.figures import Beside, exact_figures_of
from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.sweep import Cell, Sweep, empty_sweep
from let_it_ride.analysis.variations import variations
from let_it_ride.config import FullConfig
from let_it_ride.history import History
from let_it_ride.planning import compile_plan
from let_it_ride.tui.app import LirApp
from let_it_ride.tui.keymap import USUAL, Keymap
from let_it_ride.tui.runs import Reopener, RunnerFactory, engine, reopener
from let_it_ride.tui.screens.workspace import WorkspaceScreen
from let_it_ride.tui.session_odds import Solver
from let_it_ride.tui.what_if import Comparer, Sweeper
from let_it_ride.tui.widgets.field_row import FieldRow
from let_it_ride.tui.widgets.progress import OverallProgress

_Screen = TypeVar("_Screen", bound=Screen[Any])

NARROW = (80, 24)
MEDIUM = (120, 40)

#: Workers that wait for what is done on another screen, which they show over theirs.
_SHOWING_GROUPS = {"dialog", "quit", "start"}

#: So often in a row nothing may be left to do: what follows can be on its way between widgets.
_QUIET_ROUNDS = 3

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


def solve_here(config: FullConfig, *_: object) -> SessionLaw:
    """Solve in this process, which is soon done."""
    return solving.solve(compile_plan(config))


def sweep_here(
    config: FullConfig,
    axes: Sequence[Axis],
    dealing: Dealing,
    watching: Watching,
    known: Callable[[int, Cell], None],
) -> Sweep:
    """Work out every combination in this process."""
    dealing = Dealing(200, dealing.seed)
    beside = Beside(config, dealing)
    cells = []
    for number, each in enumerate(variations(config, axes)):
        figures = beside.figures_of(each.config) if each.config else None
        cells.append(Cell(each.place, figures, each.flaw))
        known(number, cells[-1])
    return Sweep(tuple(axes), tuple(cells), dealing)


def all_alike(
    config: FullConfig,
    axes: Sequence[Axis],
    dealing: Dealing,
    watching: Watching,
    known: Callable[[int, Cell], None],
) -> Sweep:
    """Give every cell the figures of the configuration as it is."""
    figures = exact_figures_of(config)
    figures = figures.exactly_beside(figures)
    unknown = empty_sweep(axes, dealing)
    cells = tuple(Cell(cell.place, figures) for cell in unknown.cells)
    for number, cell in enumerate(cells):
        known(number, cell)
    return Sweep(unknown.axes, cells, dealing)


def compare_here(
    named: Sequence[tuple[str, FullConfig]], dealing: Dealing, watching: Watching
) -> Comparison:
    """Compare in this process what can be solved."""
    first = exact_figures_of(named[0][1])
    compared = [
        Compared(name, exact_figures_of(config).exactly_beside(first)) for name, config in named
    ]
    return Comparison(tuple(compared), differing_settings([config for _, config in named]))


def new_app(
    path: Path | None = None,
    make_runner: RunnerFactory = engine,
    clock: Callable[[], float] = lambda: 0.0,
    solve: Solver = solve_here,
    sweep: Sweeper = sweep_here,
    compare: Comparer = compare_here,
    history: History | None = None,
    reopen: Reopener = reopener,
    keymap: Keymap = USUAL,
) -> LirApp:
    """The program with nothing in it that moves by itself."""
    kept = history or ScriptedHistory(Path("kept"))
    app = LirApp(
        path,
        make_runner=make_runner,
        reopen=reopen,
        open_history=lambda: kept,
        solve=solve,
        sweep=sweep,
        compare=compare,
        clock=clock,
        keymap=keymap,
    )
    app.animation_level = "none"
    return app


def starting(
    app: LirApp, size: tuple[int, int] = MEDIUM
) -> AbstractAsyncContextManager[Pilot[int]]:
    """An app that is about to start, and the pilot to drive it with."""
    return app.run_test(size=size)


@asynccontextmanager
async def driven(app: LirApp, size: tuple[int, int] = MEDIUM) -> AsyncIterator[Pilot[int]]:
    """A running app that waits for its first key, and the pilot to drive it with."""
    async with starting(app, size) as pilot:
        await settled(pilot)
        yield pilot


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
    await quiet(pilot)
    return screen


async def quiet(pilot: Pilot[Any], seconds: float = 60) -> None:
    """Wait until no widget, worker or key has anything left to do, however long that takes.

    Textual's own pause waits until the process needs no processor, which on a busy machine is
    also so while it is given none.
    """
    rounds = 0
    async with asyncio.timeout(seconds):
        while rounds < _QUIET_ROUNDS:
            await pilot._wait_for_screen()
            pilot.app.screen._on_timer_update()
            await asyncio.sleep(0)
            rounds = rounds + 1 if _is_quiet(pilot.app) else 0
            if not rounds:
                await asyncio.sleep(0.002)


def _is_quiet(app: App[Any]) -> bool:
    if app._exit:
        return True
    screen = app.screen
    waits_to_be_drawn = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    return not (
        waits_to_be_drawn
        or any(not each.is_finished and not _may_last(each, screen) for each in app.workers)
        or any(each.message_queue_size or each._next_callbacks for each in (app, *app._registry))
        or (isinstance(app, LirApp) and app._keys._is_busy)
    )


def _may_last(worker: Worker[Any], screen: Screen[Any]) -> bool:
    """Whether a worker plays, or waits for the answer to the question that is on the screen."""
    is_over_it = worker.node is not screen
    asks = worker.group == "default" and is_over_it and screen.is_modal
    shows = worker.group in _SHOWING_GROUPS and is_over_it
    return asks or shows or worker.group == "run"


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


async def keyed(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each when all that follows from the one before is done."""
    for key in keys:
        await pilot.press(key)
        await quiet(pilot)


async def led_to(pilot: Pilot[Any], kind: type[_Screen], *keys: str) -> _Screen:
    """Press keys from the workspace that lead to another screen, and return that."""
    await settled(pilot)
    await keyed(pilot, *keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    await quiet(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    return screen


async def until(pilot: Pilot[Any], condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not condition():
            await pilot.pause(0.01)


async def reported(pilot: Pilot[Any], script: Script) -> None:
    """Wait until the last report of a scripted run is on the screen."""
    await until(pilot, lambda: script.runs and script.runs[-1].reported.is_set())

    def is_shown() -> bool:
        screen = workspace(pilot)
        bars = screen.query(OverallProgress)
        run = screen.run_at_work
        return run is None or any(bar.standing.progress is run.progress for bar in bars)

    await until(pilot, is_shown)
    await quiet(pilot)


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


def told(pilot: Pilot[Any], name: str) -> str:
    """What a widget of the screen says, by its name."""
    return said(pilot.app.screen.query_one(f"#{name}"))


def dialog_text(pilot: Pilot[Any]) -> str:
    """What the dialog on top says."""
    return " ".join(said(each) for each in pilot.app.screen.query("Static, Answer"))
