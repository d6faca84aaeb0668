"""A comparison as JSON and as CSV, amounts in dollars."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from let_it_ride.analysis.figures import estimates_to_json
from let_it_ride.analysis.measures import MEASURES

if TYPE_CHECKING:
    from let_it_ride.analysis.comparing import Compared, Comparison


def comparison_to_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data for `json.dumps`.

    ``difference`` is from the first configuration, paired where sessions were simulated.
    """
    dealing = comparison.dealing
    return {
        "exact": dealing is None,
        "why_simulated": comparison.why_simulated or None,
        "sessions": dealing.sessions if dealing else None,
        "seed": dealing.seed if dealing else None,
        "settings": {key: list(values) for key, values in comparison.settings},
        "configurations": [
            compared_to_json(each, with_intervals=dealing is not None)
            for each in comparison.compared
        ],
    }


def compared_to_json(compared: Compared, *, with_intervals: bool) -> dict[str, Any]:
    """Return one of those that are compared as plain data for `json.dumps`."""
    figures = compared.figures
    return {
        "name": compared.name,
        **estimates_to_json(figures.estimates, with_intervals=with_intervals),
        "difference": estimates_to_json(figures.differences, with_intervals=with_intervals),
    }


def comparison_to_csv(comparison: Comparison) -> str:
    """Return a comparison as CSV: a line for each configuration and measure."""
    exact = comparison.dealing is None
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = ("value", "low", "high", "difference", "difference_low", "difference_high")
    writer.writerow(["configuration", "measure", "exact", *names])
    for each in comparison.compared:
        parts = [
            estimates_to_json(estimates, with_intervals=not exact)
            for estimates in (each.figures.estimates, each.figures.differences)
        ]
        for measure in MEASURES:
            row: list[object] = [each.name, measure.name, "true" if exact else "false"]
            for part in parts:
                bounds = part.get(f"{measure.name}_interval")
                row += [part[measure.name], *(bounds if isinstance(bounds, list) else ("", ""))]
            writer.writerow(row)
    return text.getvalue()
