"""A sweep in the words of the form: settings by their labels, amounts with their unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.analysis.measures import MEASURES, same
from let_it_ride.betting.stopping import StopReason
from let_it_ride.reports.form_words import fields_at, value_label, value_words
from let_it_ride.reports.sweep_lines import HIGHEST, LOWEST, cell_text, extremes_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from let_it_ride.analysis.axes import Axis
    from let_it_ride.analysis.measures import Measure
    from let_it_ride.analysis.sweep import Cell, Sweep

#: Measures, each before its figure.
_SAID: Final = {
    "ahead": "ahead",
    "behind": "behind",
    "even": "even",
    "mean": "mean",
    "sd": "spread",
    "hands": "hands",
    "cost_per_hour": "an hour costs",
    "win_limit": "win limit",
    "loss_limit": "loss limit",
    "max_hands": "all hands",
    "max_duration": "time up",
    "insufficient_funds": "out of money",
    "table_closed": "table closed",
}
_REASONS: Final = frozenset(reason.key for reason in StopReason)


def place_words(swept: Sweep, cell: Cell) -> str:
    """Say which values a cell has, such as ``Win limit $250, loss limit none``."""
    pairs = zip(swept.axes, cell.place, strict=True)
    first, *others = (
        f"{axis.label} {value_words(fields_at(axis.key), axis.values[at])}" for axis, at in pairs
    )
    return ", ".join((first, *(f"{each[:1].lower()}{each[1:]}" for each in others)))


def extremes_words(swept: Sweep, measure: Measure, width: int) -> tuple[str, ...]:
    """Say where the highest and the lowest value are, on one line if they fit."""
    extremes = swept.extremes(measure)
    if extremes is None or extremes[0] is extremes[1]:
        return extremes_lines(swept, measure, width)
    highest, lowest = (
        f"{mark} {word} {cell_text(swept, measure, cell)} at {_place_values(swept, cell)}"
        for mark, word, cell in zip((HIGHEST, LOWEST), ("highest", "lowest"), extremes, strict=True)
    )
    line = f"{highest}   {lowest}"
    return (line,) if len(line) <= width else (highest, lowest)


def value_labels(axis: Axis) -> tuple[str, ...]:
    """What the values of a setting are called where its unit stands elsewhere."""
    return tuple(value_label(fields_at(axis.key), value) for value in axis.values)


def cell_words(swept: Sweep, measure: Measure, cell: Cell, room: int) -> str:
    """Say what the values of a cell give, in as many characters as there are.

    Args:
        swept: the sweep.
        measure: what is said first.
        cell: the cell.
        room: characters; what is said first is said in any case.
    """
    place = place_words(swept, cell)
    if cell.figures is None:
        return f"{place}: {cell.flaw or 'not known yet'}"
    text = f"{place}: {_said(swept, measure, cell, is_first=True)}"
    was_reason = False
    for other in _others(measure, cell):
        is_reason = other.name in _REASONS
        more = _said(swept, other, cell, is_first=not was_reason)
        more = f"{', ' if was_reason else ' · '}{more}"
        if len(text) + len(more) > room:
            break
        text, was_reason = f"{text}{more}", is_reason
    return text


def _others(measure: Measure, cell: Cell) -> Iterator[Measure]:
    for other in MEASURES:
        if other is not measure and cell.figures and not same(cell.figures.of(other).value, 0):
            yield other


def _said(swept: Sweep, measure: Measure, cell: Cell, *, is_first: bool) -> str:
    ended = "ended by " if is_first and measure.name in _REASONS else ""
    return f"{ended}{_SAID[measure.name]} {cell_text(swept, measure, cell)}"


def _place_values(swept: Sweep, cell: Cell) -> str:
    pairs = zip(swept.axes, cell.place, strict=True)
    return " / ".join(value_words(fields_at(axis.key), axis.values[at]) for axis, at in pairs)
