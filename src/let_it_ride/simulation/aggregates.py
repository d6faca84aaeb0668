"""Exact sums over sessions: integers and frequency tables, the same merged in any order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.simulation.frequencies import FrequencyCounter, FrequencyTable

_COUNTED = ("profit", "max_drawdown", "hands", "stop_reason")
_SUMMED = ("main_wagered", "bonus_wagered", "bonus_profit", "peak")


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

    def merged(self, other: "Aggregates", directory: Path | None = None) -> "Aggregates":
        """The sums of both.

        Args:
            other: the other.
            directory: where the files of long tables lie; None keeps them in memory.

        Raises:
            OSError: a file cannot be written.
        """
        reasons = sorted({*self.stop_reasons, *other.stop_reasons})
        return Aggregates(
            profits=self.profits.merged(other.profits, directory),
            drawdowns=self.drawdowns.merged(other.drawdowns, directory),
            hands=self.hands.merged(other.hands, directory),
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


class AggregateAdder:
    """Adds sessions up that come part by part, in bounded memory."""

    def __init__(self, directory: Path) -> None:
        """Begin to add.

        Args:
            directory: where the files of long tables lie.
        """
        self._tables = {name: FrequencyCounter(directory) for name in _COUNTED}
        self._sums = dict.fromkeys(_SUMMED, 0)

    def add(self, records: NDArray[Any]) -> None:
        """Add some more session records.

        Raises:
            OSError: a file cannot be written.
        """
        for name, counter in self._tables.items():
            counter.add(records[name])
        for name in _SUMMED:
            self._sums[name] += _exact_sum(records[name])

    def whole(self) -> Aggregates:
        """The sums of all that was added.

        Raises:
            OSError: a file cannot be written.
        """
        profits, drawdowns, hands, reasons = (each.table() for each in self._tables.values())
        return Aggregates(
            profits=profits,
            drawdowns=drawdowns,
            hands=hands,
            stop_reasons={StopReason(reason): count for reason, count in reasons},
            sums=dict(self._sums),
        )


def _exact_sum(column: NDArray[np.signedinteger]) -> int:
    """The sum of 64-bit amounts, wider than 64 bits: high and low halves added apart."""
    wide = column.astype(np.int64)
    return (int((wide >> 32).sum()) << 32) + int((wide & 0xFFFFFFFF).sum())
