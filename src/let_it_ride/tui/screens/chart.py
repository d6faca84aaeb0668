"""The chart of the configured strategy over everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from let_it_ride.tui.local_commands import LocalCommands
from let_it_ride.tui.screens.dialog import Dialog
from let_it_ride.tui.widgets.chart_view import ChartView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.command import Provider

    from let_it_ride.config.full import FullConfig


class ChartScreen(Dialog[None]):
    """Which hands ride, and what riding is worth."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {LocalCommands}
    AUTO_FOCUS = "PartList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "dismiss(None)", "Close", id="chart.close", show=False)
    ]

    def __init__(self, config: FullConfig) -> None:
        """Show the chart of a configuration's strategy."""
        super().__init__()
        self._config = config

    def compose(self) -> ComposeResult:
        """Show the chart."""
        yield ChartView(self._config)
