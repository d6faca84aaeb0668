"""A sweep of two settings as a map that is looked at in part, around a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.map_values import MapValues, band_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.analysis.measures import Measure
    from let_it_ride.analysis.sweep import Sweep
    from let_it_ride.reports.map_values import MapBand

#: The least width of a cell where there is room.
_PITCH: Final = 8


@dataclass(frozen=True, slots=True)
class WideMap:
    """A map to look at a part of: its columns are beside each other however little room there is.

    Attributes:
        band: all columns.
        cell_width: characters of a cell; where it has a number, a gap is before that.
        seen: how many columns there is room for.
        low, high: the lowest and the highest value, with their unit.
        is_unsigned: whether all values are negative and stand there without their signs.
        is_shaded: whether shades stand for numbers.
    """

    band: MapBand
    cell_width: int
    seen: int
    low: str
    high: str
    is_unsigned: bool
    is_shaded: bool

    @property
    def label_width(self) -> int:
        """Characters of the labels, with the gap after them."""
        return len(self.band.labels[0])

    def head_from(self, first: int) -> str:
        """The values above the columns that are seen from one on; none that would be cut."""
        start = self.label_width + first * self.cell_width
        head = self.band.head.ljust(start)[start : start + self.seen * self.cell_width]
        if first and not self.band.head[start - 1].isspace():
            cut = len(head) - len(head.lstrip("0123456789.-"))
            head = " " * cut + head[cut:]
        return head


def wide_map(
    swept: Sweep, measure: Measure, texts: tuple[Sequence[str], Sequence[str]], width: int
) -> WideMap:
    """Draw a sweep of one or two settings: the first goes down, the second across.

    Args:
        swept: the sweep; cells that are not known yet have a dot.
        measure: what is drawn.
        texts: what the values down and across are called.
        width: characters of a line.
    """
    down, across = texts
    values = MapValues(swept, measure, is_unsigned=True)
    label_width = max(map(len, down)) + 1
    room = max(width - label_width, 1)
    columns = len(across)
    cells, cell_width = values.texts(
        room // columns, max(*map(len, across), _PITCH - 1) + 1, is_spaced=True
    )
    # Shades show all where numbers would show less than two thirds of it.
    is_shaded = 3 * room < 2 * cell_width * columns
    if is_shaded:
        cells, cell_width = values.shades()
    are_words = all(text[:1].isalpha() for text in down)
    labels = [f"{text.ljust(label_width - 1) if are_words else text} " for text in down]
    low, high = values.ends()
    return WideMap(
        band_of(cells, values, (labels, across), range(columns), cell_width),
        cell_width,
        min(max(room // cell_width, 1), columns),
        low,
        high,
        values.is_unsigned,
        is_shaded,
    )
