"""A sweep on the screen: its map as it becomes known, and the figures of the cell pointed at."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Any, Final, Literal

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.dealing import SWEEP_SESSIONS
from let_it_ride.analysis.measures import MEASURES, measure_named
from let_it_ride.analysis.pace import Wait, so_far
from let_it_ride.analysis.sweep import Cell, Sweep, empty_sweep
from let_it_ride.reports.sweep_lines import measure_title, note_lines
from let_it_ride.reports.sweep_words import cell_words, extremes_words, place_words
from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.editing.varying import edits_for, present_place
from let_it_ride.tui.screens.choosing import ChoosingScreen
from let_it_ride.tui.screens.work_dialog import WorkDialog
from let_it_ride.tui.what_if import dealing_for
from let_it_ride.tui.widgets.key_hints import ESCAPE, Hint, KeyHints
from let_it_ride.tui.widgets.map_view import HEADS, MapView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.analysis.axes import Axis
    from let_it_ride.config.full import FullConfig
    from let_it_ride.config.problems import Path
    from let_it_ride.tui.app import LirApp

VARY_AGAIN: Final = "vary again"

Answer = list[tuple["Path", Any]] | Literal["vary again"]

_KEYS: Final = (
    Hint("map.take", "enter", "Into the form"),
    Hint("map.measure", "m", "Measure"),
    Hint("map.differences", "d", "Differences"),
    Hint("map.vary", "v", "Vary others"),
    ESCAPE,
)

_UNKNOWN: Final = "What these values give is not known; only what is known goes into the form."

#: So often what has become known is shown; a map of many cells takes its time to draw.
_SECONDS: Final = 0.1
_SECONDS_PER_CELL: Final = 1e-4


class SweepScreen(WorkDialog[Answer]):
    """The map of a sweep; the result is what to change in the form, or that others be varied."""

    app: LirApp
    BINDING_GROUP_TITLE = "On the map"
    AUTO_FOCUS = "MapView"

    def __init__(self, config: FullConfig, axes: tuple[Axis, ...]) -> None:
        super().__init__()
        self._config, self._axes = config, axes
        self._swept = empty_sweep(axes, dealing_for(config, SWEEP_SESSIONS))
        self._measure = measure_named("ahead")
        self._is_apart = False
        self._cells = list(self._swept.cells)
        self._cancelled = Event()
        self._doing = "working"
        self._shown: tuple[object, ...] = ()
        self._failure = ""

    def compose(self) -> ComposeResult:
        """Show the title, the map, the figures of a cell, and the keys."""
        with Vertical():
            yield Static(id="title")
            place = present_place(self._config, self._axes)
            yield MapView(self._swept, self._measure, place)
            yield Static(id="cell")
            yield Static(id="notes")
            yield KeyHints(_KEYS, id="keys")

    def on_mount(self) -> None:
        """Begin to work, and show what becomes known."""
        self._work_out()
        self.set_interval(_SECONDS + _SECONDS_PER_CELL * len(self._cells), self._show_news)
        self._show()

    def on_unmount(self) -> None:
        """Let nobody work for nothing."""
        self._cancelled.set()

    def on_resize(self) -> None:
        """Share the room out anew."""
        self.call_after_refresh(self._show)

    @on(MapView.Pointed)
    def show_cell(self, event: MapView.Pointed) -> None:
        """Show the figures of the cell that is pointed at."""
        event.stop()
        self._show_texts()

    def action_take(self) -> None:
        """Close with the values of the cell that is pointed at."""
        cell = self.query_one(MapView).pointed
        if cell.figures is None:
            why = f"This is no valid configuration: {cell.flaw}" if cell.flaw else _UNKNOWN
            self.notify(why, severity="warning", timeout=4)
            return
        values = [axis.values[at] for axis, at in zip(self._axes, cell.place, strict=True)]
        self.dismiss(edits_for(self._axes, values))

    def action_differences(self) -> None:
        """Show the differences from the configuration as it is, or the figures again."""
        self._is_apart = not self._is_apart
        self._show()

    def action_vary(self) -> None:
        """Close to vary other settings."""
        self.dismiss(VARY_AGAIN)

    @work
    async def action_measure(self) -> None:
        """Choose what is shown."""
        choices = [Choice(measure.name, measure.label, "") for measure in MEASURES]
        name = await self.app.push_screen_wait(
            ChoosingScreen("What is shown", choices, self._measure.name)
        )
        if name is not None:
            self._measure = measure_named(name)
            self._show()

    @work(group="sweep")
    async def _work_out(self) -> None:
        def known(number: int, cell: Cell) -> None:
            self._cells[number] = cell

        def note_share(share: float) -> None:
            self._doing = so_far(share, wait.in_all(share))

        wait = Wait(self.app.clock)
        watching = Watching(self._cancelled, note_share, self._note_compiling, self._note_compiling)
        try:
            dealing = self._swept.dealing
            await asyncio.to_thread(
                self.app.sweep, self._config, self._axes, dealing, watching, known
            )
        except Exception as error:  # noqa: BLE001  the map may be missing, the program may not
            self._failure = str(error) or type(error).__name__
        self._doing = ""
        self._show_news()

    def _note_compiling(self) -> None:
        self._doing = "compiling, once"

    def _show_news(self) -> None:
        """Show what has become known since it was last shown."""
        if not self.is_mounted:
            return
        cells = tuple(self._cells)
        news = (cells, self._doing, self._failure)
        if news != self._shown:
            self._shown = news
            self._swept = Sweep(self._axes, cells, self._swept.dealing)
            self._show()

    def _show(self) -> None:
        if not self.is_mounted:
            return
        view = self.query_one(MapView)
        view.show(self._looked_at, self._measure)
        rows = len(self._axes[0].values) + HEADS
        view.styles.height = min(rows, max(self._room - 1, HEADS + 1))
        self._show_texts()

    @property
    def _looked_at(self) -> Sweep:
        return self._swept.apart() if self._is_apart else self._swept

    @property
    def _room(self) -> int:
        """Lines for the map and the figures of a cell."""
        return self.size.height - 2 - len(self._needed_lines)

    @property
    def _needed_lines(self) -> tuple[str, ...]:
        """What is said however little room there is: what failed, or where the extremes are."""
        if self._failure:
            return (f"✗ {self._failure}",)
        return extremes_words(self._looked_at, self._measure, self._width)

    @property
    def _width(self) -> int:
        return self.size.width - 2

    def _show_texts(self) -> None:
        view = self.query_one(MapView)
        self.query_one("#title", Static).update(self._title(view))
        left = self._room - 1 - len(self._axes[0].values) - HEADS
        is_roomy = left > 4
        for_cell = max(1, min(3, left + 1))
        cell = self.query_one("#cell", Static)
        cell.set_class(is_roomy, "-roomy")
        cell.styles.height = for_cell + is_roomy
        text = cell_words(
            self._looked_at,
            self._measure,
            view.pointed,
            self._width * for_cell - 10 * (for_cell - 1),
        )
        cell.update(Content(text))
        lines = self._needed_lines
        if is_roomy and not self._failure:
            lines = (*lines, *note_lines(self._looked_at, place_words))
        self.query_one("#notes", Static).update(Content("\n".join(lines)))

    def _title(self, view: MapView) -> Content:
        """What the map shows; whether it is exact, and how far the work is."""
        state = f"  {self._doing}" if self._doing else ""
        title = measure_title(self._looked_at, self._measure)
        if view.drawn.is_unsigned:
            title += " (all negative: signs left out)"
        if not self._swept.simulated:
            title += " · exact"
        name = "♠ What if  "
        room = max(self._width - len(name) - len(state), 10)
        return Content.assemble((name, "bold $primary"), (title[:room], "bold"), (state, "$accent"))
