"""A sweep of two settings as a map: a number for each cell where there is room, else a shade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.analysis.axes import Axis
from let_it_ride.reports.map_values import MapBand, MapValues, band_of
from let_it_ride.reports.sweep_lines import extremes_lines, measure_title, note_lines

if TYPE_CHECKING:
    from let_it_ride.analysis.measures import Measure
    from let_it_ride.analysis.sweep import Sweep

#: What goes across a map of one setting.
_NOTHING: Final = Axis(("",), "", ("",))


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A map and the lines around it.

    Attributes:
        title: the measure, and which setting goes down and which across.
        bands: the map; several, one below the other, where it is too wide.
        cell_width: characters of a cell.
        lines: what is to be known besides: the extremes, the shades, what is simulated or wrong.
    """

    title: str
    bands: tuple[MapBand, ...]
    cell_width: int
    lines: tuple[str, ...]


def heat_map(swept: Sweep, measure: Measure, width: int) -> HeatMap:
    """Draw a sweep of one or two settings: the first goes down, the second across.

    Args:
        swept: the sweep; cells that are not known yet have a dot.
        measure: what is drawn.
        width: characters of a line.
    """
    down, across = _axes(swept)
    label_width = max(map(len, down.texts))
    room = max(width - label_width, 1)
    values = MapValues(swept, measure)
    columns = len(across.values)
    texts, cell_width = values.texts(room // columns, max(map(len, across.texts)) + 1)
    per_band = columns
    if cell_width * columns > room:
        texts, cell_width = values.shades()
        per_band = room
    bands = tuple(
        band_of(
            texts,
            values,
            (down.texts, across.texts),
            range(start, min(start + per_band, columns)),
            cell_width,
        )
        for start in range(0, columns, per_band)
    )
    title = measure_title(swept, measure)
    exact = "" if swept.simulated else " · exact"
    sideways = f", across {across.short_name}" if across is not _NOTHING else ""
    shades = (values.legend(),) if cell_width == 1 else ()
    title += f" · down {down.short_name}{sideways}"
    return HeatMap(
        title + exact if len(title + exact) <= width else title,
        bands,
        cell_width,
        (*extremes_lines(swept, measure, width), *shades, *note_lines(swept)),
    )


def _axes(swept: Sweep) -> tuple[Axis, Axis]:
    """What goes down, and across."""
    first, *others = swept.axes
    return first, others[0] if others else _NOTHING
