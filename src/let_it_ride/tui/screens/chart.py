"""The chart of the configured strategy on a screen of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from let_it_ride.tui.local_commands import LocalCommands
from let_it_ride.tui.widgets.chart_parts import PartList
from let_it_ride.tui.widgets.chart_view import ChartView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.command import Provider

    from let_it_ride.config.full import FullConfig


class ChartScreen(Screen[None]):
    """Which hands ride, and what riding is worth."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {LocalCommands}
    BINDING_GROUP_TITLE = "Chart"
    AUTO_FOCUS = "PartList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Close", id="chart.close", show=False),
        # Arrows scroll where they do not choose a moment.
        Binding("j,down", "scroll_hands(1)", "Down", id="chart.down", show=False),
        Binding("k,up", "scroll_hands(-1)", "Up", id="chart.up", show=False),
    ]

    def __init__(self, config: FullConfig) -> None:
        """Show the chart of a configuration's strategy."""
        super().__init__()
        self._config = config

    def compose(self) -> ComposeResult:
        """Show the chart."""
        yield ChartView(self._config)

    def action_scroll_hands(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one(PartList).scroll_relative(y=by, animate=False, immediate=True)
