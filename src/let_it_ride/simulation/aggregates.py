"""Exact sums over sessions: integers and frequency tables, the same merged in any order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason

_SUMMED = ("main_wagered", "bonus_wagered", "bonus_profit", "peak")
Integers = NDArray[np.int64]


def _no_values() -> Integers:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class FrequencyTable:
    """How often each value came.

    Attributes:
        values: the different values, rising.
        counts: how often each came, above zero.
    """

    values: Integers = field(default_factory=_no_values)
    counts: Integers = field(default_factory=_no_values)

    @classmethod
    def of(cls, values: NDArray[np.integer]) -> "FrequencyTable":
        """Count values."""
        distinct, counts = np.unique(values, return_counts=True)
        return cls(distinct.astype(np.int64), counts.astype(np.int64))

    def merged(self, other: "FrequencyTable") -> "FrequencyTable":
        """The table of both."""
        values, where = np.unique(np.concatenate([self.values, other.values]), return_inverse=True)
        counts = np.zeros(len(values), dtype=np.int64)
        np.add.at(counts, where, np.concatenate([self.counts, other.counts]))
        return FrequencyTable(values, counts)

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same values, equally often."""
        return (
            isinstance(other, FrequencyTable)
            and np.array_equal(self.values, other.values)
            and np.array_equal(self.counts, other.counts)
        )

    __hash__ = None  # type: ignore[assignment]  # unhashable

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Each value with how often it came."""
        return zip(self.values.tolist(), self.counts.tolist(), strict=True)

    @cached_property
    def count(self) -> int:
        """How many values were counted."""
        return int(self.counts.sum())

    @cached_property
    def total(self) -> int:
        """The sum of all values."""
        return sum(value * count for value, count in self)

    @property
    def mean(self) -> float:
        """The mean value."""
        return self.total / self.count

    @cached_property
    def standard_deviation(self) -> float:
        """Root of the mean squared distance from the mean, over all that was counted."""
        # In whole numbers to the end: n·Σx² − (Σx)² is exact, and never below zero.
        squares = sum(value * value * count for value, count in self)
        return sqrt(self.count * squares - self.total**2) / self.count

    def percentile(self, share: float) -> int:
        """The least value that at least this percentage of the values do not exceed."""
        needed = -(-self.count * share // 100)
        return int(self.values[np.searchsorted(np.cumsum(self.counts), max(needed, 1))])

    def between(self, low: float, high: float) -> int:
        """How many values lie in low … high, both included."""
        inside = (self.values >= low) & (self.values <= high)
        return int(self.counts[inside].sum())


@dataclass(frozen=True)
class Aggregates:
    """Exact sums over sessions; amounts in cents.

    Attributes:
        profits: final profits.
        drawdowns: deepest fall below an earlier peak.
        hands: rounds played.
        stop_reasons: sessions by `StopReason` that came.
        sums: `main_wagered`, `bonus_wagered`, `bonus_profit` and `peak`, added up.
    """

    profits: FrequencyTable = field(default_factory=FrequencyTable)
    drawdowns: FrequencyTable = field(default_factory=FrequencyTable)
    hands: FrequencyTable = field(default_factory=FrequencyTable)
    stop_reasons: Mapping[StopReason, int] = field(default_factory=dict)
    sums: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(_SUMMED, 0))

    @classmethod
    def of(cls, records: NDArray[Any]) -> "Aggregates":
        """Add up session records."""
        reasons = FrequencyTable.of(records["stop_reason"])
        return cls(
            profits=FrequencyTable.of(records["profit"]),
            drawdowns=FrequencyTable.of(records["max_drawdown"]),
            hands=FrequencyTable.of(records["hands"]),
            stop_reasons={StopReason(reason): count for reason, count in reasons},
            sums={name: _exact_sum(records[name]) for name in _SUMMED},
        )

    def merged(self, other: "Aggregates") -> "Aggregates":
        """The sums of both."""
        reasons = sorted({*self.stop_reasons, *other.stop_reasons})
        return Aggregates(
            profits=self.profits.merged(other.profits),
            drawdowns=self.drawdowns.merged(other.drawdowns),
            hands=self.hands.merged(other.hands),
            stop_reasons={
                reason: self.stop_reasons.get(reason, 0) + other.stop_reasons.get(reason, 0)
                for reason in reasons
            },
            sums={name: self.sums[name] + other.sums[name] for name in _SUMMED},
        )

    @property
    def sessions(self) -> int:
        """How many sessions were added up."""
        return self.profits.count

    @property
    def rounds(self) -> int:
        """Rounds played in all."""
        return self.hands.total

    @property
    def won(self) -> int:
        """Sessions with a profit above zero."""
        return self.profits.between(1, np.inf)

    @property
    def even(self) -> int:
        """Sessions with a profit of zero."""
        return self.profits.between(0, 0)

    @property
    def lost(self) -> int:
        """Sessions with a profit below zero."""
        return self.profits.between(-np.inf, -1)


def _exact_sum(column: NDArray[np.signedinteger]) -> int:
    """The sum of 64-bit amounts, wider than 64 bits: high and low halves added apart."""
    wide = column.astype(np.int64)
    return (int((wide >> 32).sum()) << 32) + int((wide & 0xFFFFFFFF).sum())
