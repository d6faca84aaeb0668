"""A sweep in words: its extremes, what a cell has, what is simulated or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.reports.figure_text import DIFFERENCE_UNITS, UNITS, difference_text, figure_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from let_it_ride.analysis.measures import Measure
    from let_it_ride.analysis.sweep import Cell, Sweep

HIGHEST: Final = "▲"
LOWEST: Final = "▼"
UNKNOWN: Final = "·"
FLAWED: Final = "×"
SIMULATED: Final = "~"


def extremes_lines(swept: Sweep, measure: Measure, width: int) -> tuple[str, ...]:
    """Name the cells with the highest and the lowest value, on one line if they fit."""
    extremes = swept.extremes(measure)
    if extremes is None:
        return ()
    if extremes[0] is extremes[1]:
        return (f"= {cell_text(swept, measure, extremes[0])} everywhere",)
    highest, lowest = (
        f"{mark} {cell_text(swept, measure, cell)} {place_text(swept, cell)}"
        for mark, cell in zip((HIGHEST, LOWEST), extremes, strict=True)
    )
    line = f"{highest}  {lowest}"
    return (line,) if len(line) <= width else (highest, lowest)


def place_text(swept: Sweep, cell: Cell) -> str:
    """Say which values a cell has."""
    pairs = zip(swept.axes, cell.place, strict=True)
    return ", ".join(f"{axis.short_name} {axis.texts[at]}" for axis, at in pairs)


def note_lines(swept: Sweep, place: Callable[[Sweep, Cell], str] = place_text) -> tuple[str, ...]:
    """Say what of a sweep is simulated or wrong, and why; `place` says which values a cell has."""
    lines = []
    if simulated := swept.simulated:
        figures = simulated[0].figures
        dealing = swept.dealing
        count = "all" if len(simulated) == len(swept.cells) else f"{len(simulated):,}"
        lines.append(
            f"{SIMULATED} {count} simulated, {dealing.sessions:,} each, seed {dealing.seed};"
            f" 95 % intervals: {figures.why_simulated if figures else ''}"
        )
    if flawed := swept.flawed:
        lines.append(
            f"{FLAWED} {len(flawed):,} no valid configuration; {place(swept, flawed[0])}:"
            f" {flawed[0].flaw}"
        )
    return tuple(lines)


def cell_text(swept: Sweep, measure: Measure, cell: Cell) -> str:
    """Return a measure of a cell, or of the difference that it makes."""
    if cell.figures is None:
        return UNKNOWN
    text = difference_text if swept.is_apart else figure_text
    return text(measure, cell.figures.of(measure))


def measure_title(swept: Sweep, measure: Measure) -> str:
    """Name what a map shows, and its unit."""
    unit = (DIFFERENCE_UNITS if swept.is_apart else UNITS)[measure.unit]
    label = (
        f"Change: {measure.label[0].lower()}{measure.label[1:]}"
        if swept.is_apart
        else measure.label
    )
    return f"{label}{f', {unit}' if unit else ''}"
