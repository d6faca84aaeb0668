"""A sweep of two settings as a map: a number for each cell where there is room, else a shade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.analysis.axes import Axis
from let_it_ride.reports.figure_text import DIFFERENCE_UNITS, UNITS, in_unit
from let_it_ride.reports.numbers import MINUS, decimal_text
from let_it_ride.reports.sweep_lines import (
    FLAWED,
    HIGHEST,
    LOWEST,
    SIMULATED,
    UNKNOWN,
    extremes_lines,
    note_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.analysis.measures import Measure
    from let_it_ride.analysis.sweep import Cell, Sweep

_MOST_DECIMALS: Final = 4
_MOST_DECIMALS_SIMULATED: Final = 2

#: Shades from low to high where colours or numbers have no room.
_SHADES: Final = "░▒▓█"

#: Backgrounds from low to high, told apart by their lightness: the cividis map, made for every
#: kind of colour vision (J. R. Nuñez, C. R. Anderton and R. S. Renslow, PLoS ONE 13, 2018).
_COLOURS: Final = (
    "#00224e",
    "#123570",
    "#3b496c",
    "#575d6d",
    "#707173",
    "#8a8678",
    "#a59c74",
    "#c3b369",
    "#e1cc55",
    "#fee838",
)
#: From here on black reads better on them than white.
_FIRST_LIGHT: Final = 5


#: What goes across a map of one setting.
_NOTHING: Final = Axis(("",), "", ("",))


@dataclass(frozen=True, slots=True)
class MapCell:
    """A cell of a map.

    Attributes:
        text: what stands there, as wide as every cell.
        level: where its value lies between the lowest, 0, and the highest, 1; None without value.
    """

    text: str
    level: float | None

    def step(self, steps: int) -> int | None:
        """Which of so many equal steps from low to high the value is on; None without value."""
        return None if self.level is None else min(int(self.level * steps), steps - 1)

    @property
    def colours(self) -> tuple[str, str] | None:
        """The colours of text and background, such as ``#ffffff``; None for the usual ones."""
        step = self.step(len(_COLOURS))
        if step is None:
            return None
        return ("#000000" if step >= _FIRST_LIGHT else "#ffffff"), _COLOURS[step]


@dataclass(frozen=True, slots=True)
class MapBand:
    """Neighbouring columns of a map, as many as fit beside each other.

    Attributes:
        first: the index of its first column.
        head: the values across.
        labels: the values down, each as wide as all.
        rows: the cells.
    """

    first: int
    head: str
    labels: tuple[str, ...]
    rows: tuple[tuple[MapCell, ...], ...]


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
    values = _Values(swept, measure)
    columns = len(across.values)
    texts, cell_width = values.texts(room // columns, max(map(len, across.texts)) + 1)
    per_band = columns
    if cell_width * columns > room:
        texts, cell_width = values.shades()
        per_band = room
    bands = tuple(
        _band(swept, values, texts, range(start, min(start + per_band, columns)), cell_width)
        for start in range(0, columns, per_band)
    )
    unit = (DIFFERENCE_UNITS if swept.is_apart else UNITS)[measure.unit]
    label = (
        f"Change: {measure.label[0].lower()}{measure.label[1:]}"
        if swept.is_apart
        else measure.label
    )
    title = f"{label}{f', {unit}' if unit else ''}"
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


class _Values:
    """The values of a measure over a sweep."""

    def __init__(self, swept: Sweep, measure: Measure) -> None:
        self._cells, self._measure = swept.cells, measure
        self._is_apart = swept.is_apart
        self._extremes = swept.extremes(measure)
        self._is_same = self._extremes is None or self._extremes[0] is self._extremes[1]
        self._all = [
            None if cell.figures is None else in_unit(measure, cell.figures.of(measure).value)
            for cell in swept.cells
        ]
        simulated = {not cell.figures.is_exact for cell in swept.cells if cell.figures}
        self._is_exact, self._is_mixed = True not in simulated, len(simulated) == 2
        known = [value for value in self._all if value is not None]
        self._low, self._high = min(known, default=0.0), max(known, default=0.0)

    def level(self, number: int) -> float | None:
        """Where a cell's value lies between the lowest and the highest."""
        value = self._all[number]
        if value is None:
            return None
        if self._is_same:
            return 0.5
        return (value - self._low) / (self._high - self._low)

    def texts(self, room: int, head: int) -> tuple[list[str], int]:
        """The texts of all cells with as many decimals as there is room for, and their width.

        Args:
            room: characters for a cell.
            head: characters that the value above it would like to have.
        """
        most = _MOST_DECIMALS if self._is_exact else _MOST_DECIMALS_SIMULATED
        for decimals in range(most, -1, -1):
            texts = [self._text(number, decimals) for number in range(len(self._all))]
            width = max(map(len, texts)) + 1
            if width <= room:
                break
        else:
            # What can be told from its neighbour by itself needs no space before it.
            width = max(len(text) + (not _dense(text)) for text in texts)
        width = max(width, min(room, head))
        return [self._marked(number, text, width) for number, text in enumerate(texts)], width

    def shades(self) -> tuple[list[str], int]:
        """A shade for every cell, and its width."""
        return [self._shade(number) for number in range(len(self._all))], 1

    @property
    def _unit(self) -> str:
        return (DIFFERENCE_UNITS if self._is_apart else UNITS)[self._measure.unit]

    def legend(self) -> str:
        """What the shades mean."""
        low, high = (decimal_text(value, 2) for value in (self._low, self._high))
        return f"{_SHADES[0]} {low} … {_SHADES[-1]} {high} {self._unit}".rstrip()

    def _text(self, number: int, decimals: int) -> str:
        value = self._all[number]
        if value is None:
            return FLAWED if self._cells[number].flaw else UNKNOWN
        text = decimal_text(value, decimals)
        if not float(text.strip(MINUS).replace(",", "")):
            return text.removeprefix(MINUS)
        return f"+{text}" if self._is_apart and value > 0 else text

    def _shade(self, number: int) -> str:
        level = self.level(number)
        if level is None:
            return self._text(number, 0)
        return _SHADES[min(int(level * len(_SHADES)), len(_SHADES) - 1)]

    def _marked(self, number: int, text: str, width: int) -> str:
        """The text of a cell with its mark before it, where there is room for one."""
        mark = self._mark(self._cells[number]) if len(text) < width else ""
        return f"{mark}{text}".rjust(width)

    def _mark(self, cell: Cell) -> str:
        """What is said of a cell: that it is an extreme or, where some are exact, simulated."""
        if not self._is_same:
            for mark, extreme in zip((HIGHEST, LOWEST), self._extremes or (), strict=False):
                if cell is extreme:
                    return mark
        is_simulated = bool(cell.figures and not cell.figures.is_exact)
        return SIMULATED if is_simulated and self._is_mixed else ""


def _dense(text: str) -> bool:
    """Whether a text can be told from one directly before it."""
    return text.startswith((MINUS, "+")) or text == "100"


def _band(
    swept: Sweep, values: _Values, texts: Sequence[str], columns: range, cell_width: int
) -> MapBand:
    down, across = _axes(swept)
    label_width = max(map(len, down.texts))
    count = len(across.values)
    return MapBand(
        columns.start,
        _head([across.texts[at] for at in columns], cell_width, label_width),
        tuple(text.rjust(label_width) for text in down.texts),
        tuple(
            tuple(
                MapCell(texts[row * count + at], values.level(row * count + at)) for at in columns
            )
            for row in range(len(down.values))
        ),
    )


def _head(texts: Sequence[str], cell_width: int, label_width: int) -> str:
    """The values across, each ending where its column does: all of them or one in several."""
    every = -(-(max(map(len, texts)) + 1) // cell_width)
    line = ""
    for place in range((len(texts) - 1) % every, len(texts), every):
        text = texts[place].rjust(label_width + (place + 1) * cell_width - len(line))
        if text.startswith(" ") or not line:
            line += text
    return line
