"""A heat map whose cells can be gone through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.reports.map_values import SHADES
from let_it_ride.reports.sweep_words import value_labels
from let_it_ride.reports.wide_map import WideMap, wide_map
from let_it_ride.tui.copying import Copy
from let_it_ride.tui.map_styles import map_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.events import Click

    from let_it_ride.analysis.measures import Measure
    from let_it_ride.analysis.sweep import Cell, Sweep
    from let_it_ride.reports.map_values import MapCell

HEADS: Final = 2
"""Lines above the rows: what goes down and across, with the scale, and the values across."""

_MARGIN: Final = 1


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
        self._drawn: WideMap | None = None
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
    def drawn(self) -> WideMap:
        """The map at the width there is."""
        if self._drawn is None:
            down, *others = self._swept.axes
            across = value_labels(others[0]) if others else ("",)
            room = max(self.size.width - 2 * _MARGIN, 20)
            self._drawn = wide_map(self._swept, self._measure, (value_labels(down), across), room)
        return self._drawn

    def render(self) -> Content:
        """Render the heads and the rows around the cursor, whose cell is reversed."""
        drawn = self.drawn
        rows, columns = self._window
        styles = map_styles(self.app.current_theme)
        lines = [self._axes_line(styles), self._head_line()]
        for place in rows:
            is_cut_above = place == rows.start > 0
            is_cut_below = place == rows[-1] < len(drawn.band.rows) - 1
            sign = "↑" if is_cut_above else "↓" if is_cut_below else " "
            parts = [
                Content.styled(sign, "$accent"),
                Content.styled(drawn.band.labels[place], "$muted"),
            ]
            for at in columns:
                cell = drawn.band.rows[place][at]
                parts.append(_shown(cell, styles, is_pointed=(place, at) == self.cursor))
            lines.append(Content("").join(parts))
        return Content("\n").join(lines)

    @property
    def _window(self) -> tuple[range, range]:
        """The rows and the columns that are seen."""
        drawn = self.drawn
        row, column = self.cursor
        rows = _around(row, max(self.size.height - HEADS, 1), len(drawn.band.rows))
        return rows, _around(column, drawn.seen, self._columns)

    def _axes_line(self, styles: Sequence[str]) -> Content:
        """What goes down and across, what is out of sight, and the scale."""
        down, *others = self._swept.axes
        names = f" {down.label} ↓" + "".join(f"   {axis.label} →" for axis in others)
        scale, more = self._scale(styles), self._more()
        room = self.size.width - _MARGIN - scale.cell_length
        if len(names) + len(more) + 6 > room:
            names = f"{names[: max(room - len(more) - 7, 1)]}…"
        gap = max(room - len(names) - len(more) - 3, 1)
        return Content.assemble((names, "bold"), " " * gap, (more, "$accent"), "   ", scale)

    def _more(self) -> str:
        """How many rows and columns are out of sight, and where."""
        rows, columns = self._window
        hidden = (
            ("↑", rows.start),
            ("↓", len(self.drawn.band.rows) - rows.stop),
            ("←", columns.start),
            ("→", self._columns - columns.stop),
        )
        told = "  ".join(f"{arrow} {count}" for arrow, count in hidden if count)
        return f"{told} more" if told else ""

    def _scale(self, styles: Sequence[str]) -> Content:
        drawn = self.drawn
        if drawn.low == drawn.high:
            return Content("")
        steps = (
            Content(SHADES)
            if drawn.is_shaded
            else Content("").join(Content.styled(" ", style) for style in styles)
        )
        return Content.assemble((f"{drawn.low} ", "$muted"), steps, (f" {drawn.high}", "$muted"))

    def _head_line(self) -> Content:
        drawn = self.drawn
        _, columns = self._window
        begin = " " * (drawn.label_width - 1 + _MARGIN)
        return Content.assemble(
            begin,
            ("←" if columns.start else " ", "$accent"),
            (drawn.head_from(columns.start), "$muted"),
            ("→" if columns.stop < self._columns else "", "$accent"),
        )

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
        rows, columns = self._window
        row = event.y - HEADS
        column = (event.x - _MARGIN - self.drawn.label_width) // self.drawn.cell_width
        if 0 <= row < len(rows) and 0 <= column < len(columns):
            self.cursor = (rows[row], columns[column])

    @property
    def _columns(self) -> int:
        axes = self._swept.axes
        return len(axes[1].values) if len(axes) > 1 else 1


def _around(place: int, room: int, count: int) -> range:
    """So many places around one, of all that there are."""
    first = min(max(place - room // 2, 0), max(count - room, 0))
    return range(first, min(first + room, count))


def _shown(cell: MapCell, styles: Sequence[str], *, is_pointed: bool) -> Content:
    if is_pointed:
        return Content.styled(cell.text, "bold reverse")
    step = cell.step(len(styles))
    return Content.styled(cell.text, "" if step is None else styles[step])
