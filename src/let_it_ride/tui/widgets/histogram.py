"""A chart of profits in a frame, as textual-plot draws it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from textual.containers import Grid
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual_hires_canvas import Canvas
from textual_plot import PlotWidget
from textual_plot.axis_formatter import AxisFormatter
from textual_plot.plot_widget import Legend

from let_it_ride.reports.profit_chart import Ink
from let_it_ride.reports.profit_drawing import paint
from let_it_ride.tui.styles import style_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult, RenderResult
    from textual.events import MouseScrollDown, MouseScrollUp

    from let_it_ride.reports.profit_chart import Chart
    from let_it_ride.reports.profit_drawing import Cell

_FRAME: Final = 2


class Labels(AxisFormatter):
    """Names for the ticks there are."""

    def __init__(self, names: Mapping[float, str]) -> None:
        self._names = names

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:
        """Return the ticks within the limits."""
        return [tick for tick in self._names if min_ <= tick <= max_][:max_ticks]

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """Return the names of some ticks."""
        return [self._names[tick] for tick in ticks]


class Ground(Canvas):
    """What is drawn on; its lines have a style from the start.

    Textual's filters, such as that for NO_COLOR, fail on a line without one, which is what a canvas
    of textual-plot gives until it has a size.
    """

    def render_line(self, y: int) -> Strip:
        """Return a line, blank where nothing is drawn yet."""
        strip = super().render_line(y)
        return strip if strip.cell_length else Strip.blank(self.size.width, self.rich_style)


class Histogram(PlotWidget, can_focus=False, inherit_bindings=False):
    """A chart; its coordinates are the cells inside the frame, from the bottom left."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False
    COMPONENT_CLASSES = {"chart--behind-ground", *(f"chart--{ink}" for ink in Ink)}  # noqa: RUF012  as Widget declares it

    class Resized(Message):
        """There is more or less room."""

    margin_top = reactive(0)
    margin_bottom = reactive(0)
    margin_left = reactive(0)

    def __init__(self) -> None:
        super().__init__(allow_pan_and_zoom=False)
        self._chart: Chart | None = None
        self._is_dim = False
        self._inks: dict[Ink, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out the parts by the names that `PlotWidget` has for them."""
        with Grid():
            for name in ("margin-top", "margin-left", "plot", "margin-bottom"):
                yield Ground(1, 1, id=name)
        yield Legend(id="legend")

    @property
    def columns(self) -> int:
        """How many cells there are beside each other; below 1 if there is no room."""
        return self.size.width - self.margin_left - _FRAME

    @property
    def rows(self) -> int:
        """How many cells there are above each other; below 1 if there is no room."""
        return self.size.height - self.margin_top - self.margin_bottom - _FRAME

    def draw(
        self,
        chart: Chart,
        x_ticks: Mapping[float, str],
        y_ticks: Mapping[float, str],
        *,
        is_dim: bool = False,
    ) -> None:
        """Draw a chart.

        Args:
            chart: the chart.
            x_ticks: the names of ticks at columns.
            y_ticks: the names of ticks at rows.
            is_dim: whether it is of other settings than those there are.
        """
        self._chart, self._is_dim = chart, is_dim
        self.set_x_formatter(Labels(x_ticks))
        self.set_y_formatter(Labels(y_ticks))
        self.set_xticks(list(x_ticks))
        self.set_yticks(list(y_ticks))
        self._plot_cells(chart)

    def render(self) -> RenderResult:
        """Draw again where the theme has changed: what is plotted has colours of its own."""
        if self._chart is not None and self._inks != self._present_inks():
            self._plot_cells(self._chart)
        return super().render()

    def on_resize(self) -> None:
        """Have it drawn for the room there is."""
        self.post_message(self.Resized())

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Leave the wheel to what it stands in; `PlotWidget` would zoom, or keep it for nothing."""
        event.prevent_default()

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Leave the wheel to what it stands in."""
        event.prevent_default()

    def _present_inks(self) -> dict[Ink, str]:
        """Return the style of everything, as the theme has it."""
        dim = " dim" if self._is_dim else ""
        return {ink: f"{self.get_component_rich_style(f'chart--{ink}')}{dim}" for ink in Ink}

    def _plot_cells(self, chart: Chart) -> None:
        self.clear()
        self._inks = self._present_inks()
        if self.columns < len(chart.bins) or self.rows < 1:
            return  # until it is drawn for the room there is
        self.set_xlimits(0, self.columns)
        self.set_ylimits(0, self.rows)
        places: dict[Cell, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
        for height, row in enumerate(reversed(paint(chart, self.columns, self.rows))):
            for column, cell in enumerate(row):
                x, y = places[cell]
                x.append(column + 0.5)
                y.append(height + 0.5)
        for cell, (x, y) in places.items():
            if cell.ink is not None:
                self.scatter(x, y, marker=cell.text, marker_style=self._style(cell, cell.ink))

    def _style(self, cell: Cell, ink: Ink) -> str:
        """Return the style of a character; it is cut into a solid bar that it is over.

        So it is into a dotted one where its colour cannot be mixed with that of the ground.
        """
        if cell.on is None:
            return self._inks[ink]
        if cell.on is Ink.BEHIND and not self.app.current_theme.ansi:
            ground = self.get_component_styles("chart--behind-ground").background
            return f"{self._inks[ink]} on {ground.hex}"
        return f"{self._inks[cell.on]} reverse"
