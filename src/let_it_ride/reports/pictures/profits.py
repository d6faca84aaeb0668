"""The profits of a run over the exact ones, in bins, and what they say in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from let_it_ride.analysis.profit_bins import SeenProfits, profit_bins
from let_it_ride.money import cents
from let_it_ride.reports.numbers import percent
from let_it_ride.reports.profit_chart import bar_words, short_money

if TYPE_CHECKING:
    from let_it_ride.analysis.profit_bins import ProfitBins, Profits
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.config.bankroll import StopConditions
    from let_it_ride.reports.pictures.played import Played


@dataclass(frozen=True)
class RunProfits:
    """What is drawn of the profits of a run.

    Attributes:
        results: the run.
        law: the law that its sessions follow, if that is known.
        stops: what ends a session.
    """

    results: Played
    law: SessionLaw | None
    stops: StopConditions

    @property
    def limits(self) -> list[tuple[str, int]]:
        """The stop limits, by what they are called, as profits in cents."""
        named = (
            ("Loss limit", self.stops.loss_limit, -1),
            ("Win limit", self.stops.win_limit, 1),
        )
        return [(name, sign * cents(limit)) for name, limit, sign in named if limit is not None]

    @cached_property
    def _seen(self) -> SeenProfits:
        return SeenProfits.of(self.results.aggregates.profits)

    def bins(self, most: int) -> tuple[ProfitBins, ProfitBins]:
        """So many bins at most, as the law has them and as they came; without a law, they came."""
        profits: Profits = self.law or self._seen
        bins = profit_bins(profits, most, [profit for _, profit in self.limits])
        return bins, bins.of(self._seen)

    def highest(self, bins: ProfitBins, seen: ProfitBins) -> float:
        """How high to draw: what came has room as well, but where bars are cut off."""
        return float(max([bins.top, *seen.chances[bins.chances <= bins.top].tolist()]))

    def legend(self, bins: ProfitBins) -> str:
        """What bars and dots are."""
        what = "Bars: the exact chances. Dots: this run." if self.law else "Bars: this run."
        return f"{what} {bar_words(bins)}."

    def words(self, bins: ProfitBins, seen: ProfitBins) -> str:
        """What the picture says."""
        summary = self.results.summary
        at = {share: short_money(profit) for share, profit in summary.percentiles.items()}
        told = [
            f"Half of the sessions end between {at[25]} and {at[75]},"
            f" nine in ten between {at[5]} and {at[95]}; the median is {at[50]},"
            f" the mean {short_money(summary.mean_profit.value)}."
        ]
        told += [
            f"{percent(share)} end {where} {short_money(profit)}, outside the picture."
            for share, where, profit in (
                (seen.below, "below", bins.start),
                (seen.above, "above", bins.bounds(len(bins) - 1)[1]),
            )
            if share >= 0.00005
        ]
        return " ".join(told)
