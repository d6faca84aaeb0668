"""The values of a sweep as the cells of a map: a number each where there is room, else a shade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.figure_text import (
    DIFFERENCE_UNITS,
    UNITS,
    difference_text,
    figure_text,
    in_unit,
)
from let_it_ride.reports.numbers import MINUS, decimal_text
from let_it_ride.reports.sweep_lines import FLAWED, HIGHEST, LOWEST, SIMULATED, UNKNOWN
from let_it_ride.simulation.estimates import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.analysis.measures import Measure
    from let_it_ride.analysis.sweep import Cell, Sweep

_MOST_DECIMALS: Final = 4
_MOST_DECIMALS_SIMULATED: Final = 2

#: Shades from low to high where colours or numbers have no room.
SHADES: Final = "░▒▓█"

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


class MapValues:
    """The values of a measure over a sweep."""

    def __init__(self, swept: Sweep, measure: Measure, *, is_unsigned: bool = False) -> None:
        """Look at a measure.

        Args:
            swept: the sweep.
            measure: what is looked at.
            is_unsigned: whether values that are negative all are told without their signs.
        """
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
        self.is_unsigned = is_unsigned and not self._is_apart and self._high < 0

    def level(self, number: int) -> float | None:
        """Where a cell's value lies between the lowest and the highest."""
        value = self._all[number]
        if value is None:
            return None
        if self._is_same:
            return 0.5
        return (value - self._low) / (self._high - self._low)

    def texts(self, room: int, head: int, *, is_spaced: bool = False) -> tuple[list[str], int]:
        """The texts of all cells with as many decimals as there is room for, and their width.

        Args:
            room: characters for a cell.
            head: characters that the value above it would like to have.
            is_spaced: whether each has a gap before it even where there is no room for that.
        """
        most = _MOST_DECIMALS if self._is_exact else _MOST_DECIMALS_SIMULATED
        for decimals in range(most, -1, -1):
            texts = [self._text(number, decimals) for number in range(len(self._all))]
            width = max(map(len, texts)) + 1
            if width <= room:
                break
        else:
            if not is_spaced:
                # What can be told from its neighbour by itself needs no space before it.
                width = max(len(text) + (not _dense(text)) for text in texts)
        width = max(width, min(room, head))
        return [self._marked(number, text, width) for number, text in enumerate(texts)], width

    def ends(self) -> tuple[str, str]:
        """The lowest and the highest value, with their unit."""
        if self._extremes is None:
            return "", ""
        text = difference_text if self._is_apart else figure_text
        highest, lowest = (
            text(self._measure, Estimate.of_mean(cell.figures.of(self._measure).value, 0.0))
            for cell in self._extremes
            if cell.figures
        )
        return lowest, highest

    def shades(self) -> tuple[list[str], int]:
        """A shade for every cell, and its width."""
        return [self._shade(number) for number in range(len(self._all))], 1

    @property
    def _unit(self) -> str:
        return (DIFFERENCE_UNITS if self._is_apart else UNITS)[self._measure.unit]

    def legend(self) -> str:
        """What the shades mean."""
        low, high = (decimal_text(value, 2) for value in (self._low, self._high))
        return f"{SHADES[0]} {low} … {SHADES[-1]} {high} {self._unit}".rstrip()

    def _text(self, number: int, decimals: int) -> str:
        value = self._all[number]
        if value is None:
            return FLAWED if self._cells[number].flaw else UNKNOWN
        text = decimal_text(value, decimals)
        if not float(text.strip(MINUS).replace(",", "")):
            return text.removeprefix(MINUS)
        if self.is_unsigned:
            return text.removeprefix(MINUS)
        return f"+{text}" if self._is_apart and value > 0 else text

    def _shade(self, number: int) -> str:
        level = self.level(number)
        if level is None:
            return self._text(number, 0)
        return SHADES[min(int(level * len(SHADES)), len(SHADES) - 1)]

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


def band_of(
    texts: Sequence[str],
    values: MapValues,
    names: tuple[Sequence[str], Sequence[str]],
    columns: range,
    cell_width: int,
) -> MapBand:
    """Put columns beside each other.

    Args:
        texts: those of all cells.
        values: their values.
        names: what the values down and across are called.
        columns: which.
        cell_width: characters of a cell.
    """
    down, across = names
    label_width = max(map(len, down))
    count = len(across)
    return MapBand(
        columns.start,
        _head([across[at] for at in columns], cell_width, label_width),
        tuple(text.rjust(label_width) for text in down),
        tuple(
            tuple(
                MapCell(texts[row * count + at], values.level(row * count + at)) for at in columns
            )
            for row in range(len(down))
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
