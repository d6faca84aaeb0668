"""The chart of the configured strategy on a screen of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from let_it_ride.tui.widgets.chart_parts import ChartParts
from let_it_ride.tui.widgets.chart_view import CLOSE, ChartView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from let_it_ride.config.full import FullConfig


class ChartScreen(Screen[None]):
    """Which hands ride, and what riding is worth."""

    BINDING_GROUP_TITLE = "Chart"
    AUTO_FOCUS = "PartList"
    BINDINGS: ClassVar[list[BindingType]] = [
        CLOSE,
        # Arrows point at a line where they do not choose a moment.
        Binding("j,down", "point(1)", "Next line", id="chart.down", show=False),
        Binding("k,up", "point(-1)", "Line before", id="chart.up", show=False),
        Binding("pagedown", "point(10)", "Ten lines down", id="chart.page_down", show=False),
        Binding("pageup", "point(-10)", "Ten lines up", id="chart.page_up", show=False),
        Binding("home", "point(-1000)", "First line", id="chart.home", show=False),
        Binding("end", "point(1000)", "Last line", id="chart.end", show=False),
    ]

    def __init__(self, config: FullConfig) -> None:
        """Show the chart of a configuration's strategy."""
        super().__init__()
        self._config = config

    def compose(self) -> ComposeResult:
        """Show the chart."""
        yield ChartView(self._config)

    def action_point(self, by: int) -> None:
        """Point at another line."""
        self.query_one(ChartParts).point(by)
