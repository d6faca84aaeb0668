"""How deep the sessions of a run fell below an earlier peak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from let_it_ride.reports.numbers import money, percent
from let_it_ride.reports.pictures.axis import round_step

if TYPE_CHECKING:
    from let_it_ride.simulation.frequencies import FrequencyTable
    from let_it_ride.simulation.summary import Summary

#: The picture reaches so far at least, in cents.
_LEAST: Final = 1000

#: What is deeper than in so many percent of the sessions is told and not drawn.
_DRAWN: Final = 99

FALL_SHARES: Final = (5, 25, 50, 75, 95, 99)
"""The percentiles that are told of the deepest fall."""


@dataclass(frozen=True)
class Drawdowns:
    """The deepest falls in bins of equal width, the first from 0 on.

    Attributes:
        width: of a bin, in cents.
        shares: of the sessions in each.
        beyond: share of those that fell deeper.
    """

    width: int
    shares: list[float]
    beyond: float

    @classmethod
    def of(cls, drawdowns: FrequencyTable, most: int) -> Drawdowns:
        """Gather falls in so many bins at most, as wide as to hold equally many that can be."""
        deep = drawdowns.percentile(_DRAWN)
        grid = int(np.gcd.reduce(drawdowns.values)) or 1
        width = grid * int(max(round_step(max(deep + 1, _LEAST) / most / grid), 1))
        bins = deep // width + 1
        inside = drawdowns.values < bins * width
        places = drawdowns.values[inside] // width
        counts = np.bincount(places, drawdowns.counts[inside], bins)
        beyond = int(drawdowns.counts[~inside].sum()) / drawdowns.count
        return cls(width, (counts / drawdowns.count).tolist(), beyond)

    @property
    def end(self) -> int:
        """The least fall, in cents, that is too deep for the last bin."""
        return len(self.shares) * self.width

    @property
    def legend(self) -> str:
        """What a bar is."""
        return f"Bars: this run, {whole_money(self.width)} a bar."

    def words(self, summary: Summary) -> str:
        """What the picture says of the run that has this summary."""
        told = (
            f"Half of the sessions fell {money(summary.median_drawdown)} or less below an earlier"
            f" peak, the mean is {money(summary.mean_drawdown)}, the worst"
            f" {money(summary.max_drawdown)}."
        )
        if self.beyond >= 0.00005:
            told += f" {percent(self.beyond)} fell further than the picture goes."
        return told


def whole_money(cents: float) -> str:
    """Return an amount in cents as dollars, whole ones without cents."""
    return money(cents).removesuffix(".00")
