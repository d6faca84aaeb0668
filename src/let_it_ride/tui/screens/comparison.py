"""Two configurations beside each other on the screen."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.dealing import COMPARED_SESSIONS
from let_it_ride.analysis.pace import Wait, so_far
from let_it_ride.tui.screens.work_dialog import WorkDialog
from let_it_ride.tui.what_if import dealing_for, told_apart
from let_it_ride.tui.widgets.comparison_table import ComparisonTable, comparison_title
from let_it_ride.tui.widgets.key_hints import ESCAPE, FIND, SCROLL, KeyHints
from let_it_ride.tui.widgets.report import Report

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.config.full import FullConfig
    from let_it_ride.tui.app import LirApp


class ComparisonScreen(WorkDialog[None]):
    """What differs, and the figures of both with their differences."""

    app: LirApp
    BINDING_GROUP_TITLE = "Comparison"
    AUTO_FOCUS = "#figures-beside"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,enter", "dismiss(None)", "Close", id="comparison.close", show=False)
    ]

    def __init__(self, named: tuple[tuple[str, FullConfig], tuple[str, FullConfig]]) -> None:
        """Compare.

        Args:
            named: both configurations, each with what it is called.
        """
        super().__init__()
        self._named = told_apart(named)
        self._cancelled = Event()

    def compose(self) -> ComposeResult:
        """Show the title over the figures."""
        first, other = (name for name, _ in self._named)
        with Vertical():
            yield Static(comparison_title((first, other)), id="title")
            with Report(id="figures-beside"):
                yield Static(Content("Working…"), id="state")
            yield KeyHints((SCROLL, FIND, ESCAPE), id="keys")

    def on_mount(self) -> None:
        """Begin to work."""
        self._compare()

    def on_unmount(self) -> None:
        """Let nobody work for nothing."""
        self._cancelled.set()

    @work(group="comparison")
    async def _compare(self) -> None:
        loop, wait = asyncio.get_running_loop(), Wait(self.app.clock)

        def tell(text: str) -> None:
            loop.call_soon_threadsafe(self._tell, text)

        watching = Watching(
            self._cancelled,
            lambda share: tell(f"Working: {so_far(share, wait.in_all(share))}"),
            lambda: tell("Compiling the solver for this machine, once…"),
            lambda: tell("Compiling the kernel of tables for this machine, once…"),
        )
        dealing = dealing_for(self._named[0][1], COMPARED_SESSIONS)
        try:
            comparison = await asyncio.to_thread(self.app.compare, self._named, dealing, watching)
        except Exception as error:  # noqa: BLE001  the figures may be missing, the program may not
            self._tell(f"✗ {str(error) or type(error).__name__}")
            return
        if self.is_mounted:
            await self.query_one("#state").remove()
            await self.query_one("#figures-beside").mount(ComparisonTable(comparison))

    def _tell(self, text: str) -> None:
        for state in self.query("#state").results(Static):
            state.update(Content(text))
