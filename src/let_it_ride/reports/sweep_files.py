"""A sweep as JSON and as CSV, every measure of every cell, amounts in dollars."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from let_it_ride.analysis.figures import estimates_to_json
from let_it_ride.analysis.measures import MEASURES

if TYPE_CHECKING:
    from let_it_ride.analysis.axes import Value
    from let_it_ride.analysis.sweep import Cell, Sweep

#: The columns of an estimate: itself and its bounds.
_ENDS: Final = ("", "_low", "_high")


def sweep_to_json(swept: Sweep) -> dict[str, Any]:
    """Return a sweep as plain data for `json.dumps`.

    A cell that is no valid configuration has a ``flaw`` in place of its figures.
    """
    return {
        "axes": [
            {"key": axis.name, "label": axis.label, "values": list(map(_plain, axis.values))}
            for axis in swept.axes
        ],
        "sessions": swept.dealing.sessions,
        "seed": swept.dealing.seed,
        "cells": [cell_to_json(swept, cell) for cell in swept.cells],
    }


def cell_to_json(swept: Sweep, cell: Cell) -> dict[str, Any]:
    """Return a cell of a sweep as plain data for `json.dumps`."""
    pairs = zip(swept.axes, cell.place, strict=True)
    return {
        "values": {axis.name: _plain(axis.values[at]) for axis, at in pairs},
        **(cell.figures.to_json() if cell.figures else {"flaw": cell.flaw}),
    }


def sweep_to_csv(swept: Sweep) -> str:
    """Return a sweep as CSV, a line a cell; exact figures have no bounds."""
    names = [measure.name for measure in MEASURES]
    apart = any(cell.figures.differences for cell in swept.cells if cell.figures)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        [
            *(axis.name for axis in swept.axes),
            "exact",
            *(column for name in names for column in (name, f"{name}_low", f"{name}_high")),
            *(f"{name}_difference{end}" for name in names for end in _ENDS if apart),
            "flaw",
        ]
    )
    for cell in swept.cells:
        values = [axis.texts[at] for axis, at in zip(swept.axes, cell.place, strict=True)]
        writer.writerow([*values, *_figures_row(cell, apart=apart), cell.flaw])
    return text.getvalue()


def _figures_row(cell: Cell, *, apart: bool) -> list[object]:
    if cell.figures is None:
        return [""] * (1 + len(_ENDS) * len(MEASURES) * (1 + apart))
    exact = cell.figures.is_exact
    row: list[object] = ["true" if exact else "false"]
    for estimates in (cell.figures.estimates, *([cell.figures.differences] if apart else [])):
        told = estimates_to_json(estimates, with_intervals=not exact)
        for measure in MEASURES:
            bounds = told.get(f"{measure.name}_interval")
            row += [told[measure.name], *(bounds if isinstance(bounds, list) else ("", ""))]
    return row


def _plain(value: Value) -> float | int | bool | str | None:
    return float(value) if isinstance(value, Decimal) else value
