"""The profits of a session in bins of equal width, so that they can be drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Final, Protocol, Self

import numpy as np

from let_it_ride.betting.stopping import StopReason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from let_it_ride.analysis.session_law import Chances, Integers
    from let_it_ride.simulation.frequencies import FrequencyTable

#: Percentages of sessions between which the profits are drawn; a royal pays thousands.
_DRAWN: Final = (0.5, 98.0)

#: Bins may be that much wider than they must be, for the sake of round edges.
_LEEWAY: Final = 4 / 3

#: Sessions that end for these reasons gather in few bins.
_GATHERED: Final = (StopReason.WIN_LIMIT, StopReason.LOSS_LIMIT, StopReason.INSUFFICIENT_FUNDS)

#: So large a share must end for other reasons, if it is to decide how high is drawn.
_BULK: Final = 0.1

#: The tallest bin is drawn at most so many times as high as the next.
_LONELY: Final = 3

#: Where there is room for more than so many times the bins, there are more of them.
_SPARSE: Final = 3

#: It is drawn so much higher than the other bins are.
_HEADROOM: Final = 1.1


class Profits(Protocol):
    """Profits and how often they come: those of a law, or of a run."""

    @property
    def profits(self) -> Integers:
        """The different profits in cents, rising."""

    @property
    def chances(self) -> Chances | Sequence[Chances]:
        """Of ending with that profit for that reason; shape (reasons, profits)."""

    def percentile(self, share: float) -> int:
        """The least profit that at least this percentage of sessions do not exceed."""


@dataclass(frozen=True, eq=False)
class SeenProfits:
    """The profits of a run, of which it is not known why each ended.

    Attributes:
        profits: the different ones, in cents, rising.
        chances: the share of each; shape (reasons, profits). All are told as if they had come to
            the win limit: any bin may be one where stopped sessions gather.
        table: how often each came.
    """

    profits: Integers
    chances: Sequence[Chances]
    table: FrequencyTable

    @classmethod
    def of(cls, table: FrequencyTable) -> Self:
        """The profits that were counted."""
        shares, none = table.counts / table.count, np.broadcast_to(0.0, len(table.values))
        chances = [shares if reason is StopReason.WIN_LIMIT else none for reason in StopReason]
        return cls(table.values, chances, table)

    def percentile(self, share: float) -> int:
        """The least profit that at least this percentage of sessions do not exceed."""
        return self.table.percentile(share)


@dataclass(frozen=True, eq=False)
class ProfitBins:
    """The chances of bins of profits; 0 begins a bin, or would if it were among them.

    Attributes:
        start: the least profit of the first bin, in cents.
        width: how far a bin begins above the one before it, in cents: a multiple of the grid.
        grid: all profits of the law that the bins are for are multiples of this, in cents.
        chances: of a profit in each bin; shape (bins,).
        below: chance of less than the first bin.
        above: chance of more than the last bin.
        top: how high to draw: no bin is higher but those where stopped sessions gather, or a
            lonely one.
    """

    start: int
    width: int
    grid: int
    chances: Chances
    below: float
    above: float
    top: float

    def __len__(self) -> int:
        """The number of bins."""
        return len(self.chances)

    @property
    def end(self) -> int:
        """The least profit, in cents, above the last bin."""
        return self.start + len(self) * self.width

    @cached_property
    def up_to(self) -> Chances:
        """Chance of a profit in a bin or below it; shape (bins,)."""
        sums: Chances = np.minimum(self.below + np.cumsum(self.chances), 1.0)
        return sums

    def bounds(self, place: int) -> tuple[int, int]:
        """The least and the greatest profit that a bin can hold, in cents."""
        least = self.start + place * self.width
        return least, least + self.width - self.grid

    def place(self, profit: float) -> int | None:
        """The bin of a profit in cents, if it is in one."""
        place = int((profit - self.start) // self.width)
        return place if 0 <= place < len(self) else None

    def first(self, some: int) -> ProfitBins:
        """So many of the bins, from the lowest on; the others are above them."""
        above = self.above + float(self.chances[some:].sum())
        return replace(self, chances=self.chances[:some], above=above)

    def of(self, law: Profits) -> ProfitBins:
        """The same bins of other profits."""
        return _filled(law, self.start, self.width, len(self), self.grid)


def profit_bins(law: Profits, most: int, marks: Collection[int] = ()) -> ProfitBins:
    """Gather profits in bins.

    A bin is a whole number of grid units wide, so that none holds more of them than another. What
    seldom comes is left out at both ends, and told as `below` and `above`.

    Args:
        law: the profits.
        most: how many bins there may be, at least two.
        marks: profits in cents at which a bin had better begin, such as stop limits.
    """
    grid = int(np.gcd.reduce(law.profits)) or 1
    low, high = (law.percentile(share) for share in _DRAWN)
    width = min(
        (units * grid for units in _widths(low // grid, high // grid, most)),
        key=lambda width: (
            sum(mark % width != 0 for mark in marks),
            len(str(width).rstrip("0")),
            width,
        ),
    )
    first = low // width
    bins = high // width - first + 1
    # Room that is left shows more of the long tail.
    room = most // min(most // bins, _SPARSE)
    bins = min(room, max(bins, int(law.profits[-1]) // width - first + 1))
    return _filled(law, first * width, width, bins, grid)


def _filled(law: Profits, start: int, width: int, bins: int, grid: int) -> ProfitBins:
    """Fill bins with profits."""
    # The first and the last are for what is below and above.
    places = np.clip((law.profits - start) // width, -1, bins) + 1
    by_reason = np.array([np.bincount(places, each, bins + 2) for each in law.chances])
    sums = by_reason.sum(axis=0)
    bulk = sums - by_reason[list(_GATHERED)].sum(axis=0)
    top = _top(sums[1:-1], bulk[1:-1])
    return ProfitBins(start, width, grid, sums[1:-1], float(sums[0]), float(sums[-1]), top)


def _top(chances: Chances, bulk: Chances) -> float:
    """How high to draw bins, of which those in bulk are not stopped at a limit."""
    second, tallest = (float(each) for each in np.sort(np.append(chances, 0.0))[-2:])
    top = float(bulk.max()) * _HEADROOM if bulk.sum() >= _BULK else second * _LONELY
    return min(top, tallest) if top else tallest


def _widths(low: int, high: int, most: int) -> Iterator[int]:
    """Yield how many units bins may be wide, to be so few from a least to a greatest unit."""

    def fits(units: int) -> bool:
        return high // units - low // units + 1 <= most

    narrowest = next(filter(fits, count(max(1, -(-(high - low + 1) // most)))))
    yield narrowest
    widest = int(narrowest * _LEEWAY)
    # Some tens of widths are enough to choose from.
    step = 10 ** max(0, len(str(widest - narrowest)) - 2)
    yield from filter(fits, range(-(-narrowest // step) * step, widest + 1, step))
