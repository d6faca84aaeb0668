"""Exact sums over tables, for what the sessions of one table have to do with each other.

Seats share cards, so their sessions are not independent, and where seats are taken anew even how
many sessions a table gives is chance. Tables are independent: errors are those of ratios of sums
over tables (W. G. Cochran, Sampling Techniques, 3rd ed., 1977, ch. 6).
"""

from dataclasses import dataclass
from enum import IntEnum
from math import sqrt
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

# Products of fewer rows at a time would take too long.
_FEW: Final = 1 << 10
_LOW_BITS: Final = 20
_LOW: Final = (1 << _LOW_BITS) - 1


class Sum(IntEnum):
    """What is added up of every seat of a table."""

    SESSIONS = 0
    WON = 1
    LOST = 2
    EVEN = 3
    PROFIT = 4


@dataclass(frozen=True, eq=False)
class TableSums:
    """Sums over tables, and of products, in Python's integers.

    Attributes:
        tables: how many tables.
        seats: players at each.
        totals: each `Sum` of each seat; shape (sums, seats).
        products: of every two of them at the same table; shape (sums, seats, sums, seats).
    """

    tables: int
    seats: int
    totals: NDArray[np.object_]
    products: NDArray[np.object_]

    @classmethod
    def of(cls, by_table: NDArray[np.int64], seats: int) -> Self:
        """Add up tables.

        Args:
            by_table: a row for each table, with each `Sum` of every seat; shape
                (tables, sums × seats).
            seats: players at each.
        """
        shape = (len(Sum), seats)
        ones = np.ones((len(by_table), 1), dtype=np.int64)
        return cls(
            len(by_table),
            seats,
            exact_products(by_table, ones).reshape(shape),
            exact_products(by_table).reshape(shape + shape),
        )

    def merged(self, other: Self) -> Self:
        """The sums of both."""
        return type(self)(
            self.tables + other.tables,
            self.seats,
            self.totals + other.totals,
            self.products + other.products,
        )

    def count(self, what: Sum, seat: int | None = None) -> int:
        """The sum over one seat or all."""
        return int(self.totals[what, _chosen(seat)].sum())

    def mean(self, what: Sum, seat: int | None = None) -> tuple[float, float]:
        """The mean of a session, of one seat or all, and its standard error; 0 for one table."""
        seats = _chosen(seat)
        whole, sessions = self.count(what, seat), self.count(Sum.SESSIONS, seat)

        def product(one: Sum, other: Sum) -> int:
            return int(self.products[one, seats, other, seats].sum())

        # Σ(y − rm)², with r = Σy / Σm, times (Σm)²: exact, and never below zero.
        squares = (
            product(what, what) * sessions**2
            - 2 * whole * sessions * product(what, Sum.SESSIONS)
            + whole**2 * product(Sum.SESSIONS, Sum.SESSIONS)
        )
        fairly = sqrt(self.tables / (self.tables - 1)) if self.tables > 1 else 0.0
        return whole / sessions, fairly * sqrt(squares) / sessions**2

    def profit_correlations(self) -> tuple[tuple[float, ...], ...] | None:
        """Correlation of what each two seats of a table win; None where one always wins the same.

        Shape (seats, seats).
        """
        profits = self.totals[Sum.PROFIT]
        products = self.products[Sum.PROFIT, :, Sum.PROFIT, :]
        covariances = self.tables * products - np.outer(profits, profits)
        variances = [int(covariances[seat, seat]) for seat in range(self.seats)]
        if not all(variances):
            return None
        deviations = [sqrt(variance) for variance in variances]
        return tuple(
            tuple(int(covariances[i, j]) / deviations[i] / deviations[j] for j in range(self.seats))
            for i in range(self.seats)
        )


class TableAdder:
    """Adds tables up whose sessions come in order, cut anywhere."""

    def __init__(self, seats: int) -> None:
        self._seats = seats
        self._whole: TableSums | None = None
        # The table that was added last, of which there may be more to come; none, or one row.
        self._last = -1
        self._open = np.zeros((0, len(Sum) * seats), dtype=np.int64)

    def add(self, records: NDArray[Any]) -> None:
        """Add the next sessions."""
        first = int(records["table"][0])
        by_table = _by_table(records, self._seats)
        if first == self._last:
            by_table[0] += self._open[0]
        else:
            by_table = np.concatenate([self._open, by_table])
        self._last, self._open = int(records["table"][-1]), by_table[-1:]
        self._whole = self._with(by_table[:-1])

    def sums(self) -> TableSums | None:
        """The sums of all tables; None where there are none."""
        return self._with(self._open)

    def _with(self, by_table: NDArray[np.int64]) -> TableSums | None:
        if not len(by_table):
            return self._whole
        added = TableSums.of(by_table, self._seats)
        return added if self._whole is None else self._whole.merged(added)


def _by_table(records: NDArray[Any], seats: int) -> NDArray[np.int64]:
    """What sessions come to at each of the tables that follow each other; see `TableSums.of`."""
    first = int(records["table"][0])
    tables = int(records["table"][-1]) - first + 1
    place = (records["table"].astype(np.int64) - first) * seats + records["seat"]
    profit = records["profit"].astype(np.int64)
    profits = np.zeros(tables * seats, dtype=np.int64)
    np.add.at(profits, place, profit)
    counted = (
        np.bincount(place[which], minlength=tables * seats)
        for which in (slice(None), profit > 0, profit < 0, profit == 0)
    )
    of_tables = np.stack([*counted, profits]).reshape(len(Sum), tables, seats)
    return of_tables.transpose(1, 0, 2).reshape(tables, -1)


def _chosen(seat: int | None) -> slice:
    return slice(None) if seat is None else slice(seat, seat + 1)


def exact_products(
    one: NDArray[np.int64], other: NDArray[np.int64] | None = None
) -> NDArray[np.object_]:
    """The exact product of a matrix's transpose and another, or itself."""
    other = one if other is None else other
    most = max(int(np.abs(one).max()) * int(np.abs(other).max()), 1)
    at_once = (1 << 62) // most
    if at_once < min(len(one), _FEW):
        # One after the other, each is taken as two numbers of half the length.
        low, high = one & _LOW, one >> _LOW_BITS
        parts = exact_products(other, low), exact_products(other, high)
        split: NDArray[np.object_] = parts[0] + (parts[1] << _LOW_BITS)
        return split.T
    total = np.zeros((one.shape[1], other.shape[1]), dtype=object)
    # Column by column in memory, they are multiplied in a fraction of the time.
    columns, others = np.ascontiguousarray(one.T), np.asfortranarray(other)
    for start in range(0, len(one), at_once):
        rows = slice(start, start + at_once)
        total += (columns[:, rows] @ others[rows]).astype(object)
    return total
