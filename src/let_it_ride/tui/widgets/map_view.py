"""A heat map whose cells can be gone through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.reports.heat_map import HeatMap, MapCell, heat_map
from let_it_ride.tui.copying import Copy
from let_it_ride.tui.map_styles import map_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.events import Click

    from let_it_ride.analysis.measures import Measure
    from let_it_ride.analysis.sweep import Cell, Sweep


class MapView(Widget, can_focus=True):
    """The map of a sweep, as much of it as there is room for around the cursor.

    What is done with a cell, the screen does.
    """

    BINDING_GROUP_TITLE = "On the map"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.take", "Put the values into the form", id="map.take", show=False),
        Binding("m", "screen.measure", "Show another measure", id="map.measure", show=False),
        Binding(
            "d", "screen.differences", "Show what changes, or is", id="map.differences", show=False
        ),
        Binding("v", "screen.vary", "Vary other settings", id="map.vary", show=False),
        Binding("up", "move(-1, 0)", "Cell above", id="map.up", show=False),
        Binding("down", "move(1, 0)", "Cell below", id="map.down", show=False),
        Binding("left", "move(0, -1)", "Cell before", id="map.left", show=False),
        Binding("right", "move(0, 1)", "Cell after", id="map.right", show=False),
        Binding("home", "move(0, -10000)", "First in the row", id="map.home", show=False),
        Binding("end", "move(0, 10000)", "Last in the row", id="map.end", show=False),
        Binding("ctrl+home", "move(-10000, 0)", "First row", id="map.first_row", show=False),
        Binding("ctrl+end", "move(10000, 0)", "Last row", id="map.last_row", show=False),
        Binding("pageup", "move(-10, 0)", "Ten up", id="map.page_up", show=False),
        Binding("pagedown", "move(10, 0)", "Ten down", id="map.page_down", show=False),
    ]

    cursor: reactive[tuple[int, int]] = reactive((0, 0))
    """Row and column of the cell that is pointed at."""

    @dataclass
    class Pointed(Message):
        """The cursor is on another cell."""

    def __init__(self, swept: Sweep, measure: Measure, place: tuple[int, ...]) -> None:
        """Show a sweep.

        Args:
            swept: the sweep.
            measure: what is shown of it.
            place: the cell that is pointed at first: the index of a value on each axis.
        """
        super().__init__()
        self._swept, self._measure = swept, measure
        self._drawn: HeatMap | None = None
        row, column = (*place, 0)[:2]
        self.set_reactive(MapView.cursor, (row, column))

    def show(self, swept: Sweep, measure: Measure) -> None:
        """Show a sweep, of which more may be known than before, and one of its measures."""
        self._swept, self._measure, self._drawn = swept, measure, None
        self.refresh()

    @property
    def pointed(self) -> Cell:
        """The cell under the cursor."""
        row, column = self.cursor
        return self._swept.cells[row * self._columns + column]

    @property
    def drawn(self) -> HeatMap:
        """The map at the width there is."""
        if self._drawn is None:
            self._drawn = heat_map(self._swept, self._measure, max(self.size.width, 20))
        return self._drawn

    def render(self) -> Content:
        """Render the heads and the rows around the cursor, whose cell is reversed."""
        row, column = self.cursor
        bands = self.drawn.bands
        band = next(each for each in reversed(bands) if each.first <= column)
        room = max(self.size.height - 1, 1)
        first = min(max(row - room // 2, 0), max(len(band.rows) - room, 0))
        styles = map_styles(self.app.current_theme)
        lines = [Content.styled(band.head, "$muted")]
        for place in range(first, min(first + room, len(band.rows))):
            parts = [Content.styled(band.labels[place], "$muted")]
            for at, cell in enumerate(band.rows[place], start=band.first):
                parts.append(_shown(cell, styles, is_pointed=(place, at) == self.cursor))
            lines.append(Content("").join(parts))
        return Content("\n").join(lines)

    def watch_cursor(self) -> None:
        """Tell of the cell that is pointed at."""
        self.post_message(self.Pointed())

    def on_resize(self) -> None:
        """Draw anew, for the room there is."""
        self._drawn = None

    def action_move(self, down: int, across: int) -> None:
        """Move the cursor."""
        row, column = self.cursor
        rows = len(self._swept.axes[0].values)
        self.cursor = (
            max(0, min(row + down, rows - 1)),
            max(0, min(column + across, self._columns - 1)),
        )

    def copies(self) -> Iterable[Copy]:
        """Return the map with all measures."""
        from let_it_ride.reports.sweep_files import sweep_to_csv

        yield Copy("The map with all measures, as CSV", sweep_to_csv(self._swept))

    def on_click(self, event: Click) -> None:
        """Go to the cell that was clicked."""
        row, column = self.cursor
        band = next(each for each in reversed(self.drawn.bands) if each.first <= column)
        room = max(self.size.height - 1, 1)
        first = min(max(row - room // 2, 0), max(len(band.rows) - room, 0))
        to_row = first + event.y - 1
        to_column = (event.x - len(band.labels[0])) // self.drawn.cell_width
        if 0 <= to_row < len(band.rows) and 0 <= to_column < len(band.rows[0]):
            self.cursor = (to_row, band.first + to_column)

    @property
    def _columns(self) -> int:
        axes = self._swept.axes
        return len(axes[1].values) if len(axes) > 1 else 1


def _shown(cell: MapCell, styles: Sequence[str], *, is_pointed: bool) -> Content:
    if is_pointed:
        return Content.styled(cell.text, "bold reverse")
    step = cell.step(len(styles))
    return Content.styled(cell.text, "" if step is None else styles[step])
