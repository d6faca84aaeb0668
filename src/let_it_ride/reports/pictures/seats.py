"""The seats of a table side by side: where their mean profits lie."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.simulation.estimates import Estimate
    from let_it_ride.simulation.summary import Summary


def reach_of_means(summary: Summary, law: SessionLaw | None) -> tuple[float, float]:
    """The least and the greatest profit, in cents, of a picture of the seats' means.

    Args:
        summary: of a run which has seats.
        law: the law that all its sessions follow, if that is known.
    """
    means = [seat.mean_profit for seat in summary.seats]
    ends = [end for mean in means for end in (mean.low, mean.high) if isfinite(end)]
    ends += [mean.value for mean in means] + ([law.mean_profit] if law else [])
    spread = (max(ends) - min(ends)) or 100.0
    return min(ends) - spread / 12, max(ends) + spread / 12


def interval(mean: Estimate, low: float, high: float) -> tuple[float, float]:
    """The ends of a mean's interval; those of the picture where there are none."""
    return (
        mean.low if isfinite(mean.low) else low,
        mean.high if isfinite(mean.high) else high,
    )


def seats_legend(law: SessionLaw | None) -> str:
    """What is drawn."""
    told = "Dots: the mean profit of each seat, with 95 % intervals."
    return f"{told} Upright line: the exact mean, which is the same for all." if law else told
