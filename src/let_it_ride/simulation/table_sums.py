"""Exact sums over tables, for what the sessions of one table have to do with each other.

Seats share cards, so their sessions are not independent, and where seats are taken anew even how
many sessions a table gives is chance. Tables are independent: errors are those of ratios of sums
over tables (W. G. Cochran, Sampling Techniques, 3rd ed., 1977, ch. 6).
"""

from dataclasses import dataclass
from enum import IntEnum
from math import sqrt
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


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
    def of(cls, records: NDArray[Any], seats: int) -> Self:
        """Add up the sessions of whole tables that follow each other."""
        first = int(records["table"][0])
        tables = int(records["table"][-1]) - first + 1
        place = (records["table"].astype(np.int64) - first) * seats + records["seat"]
        profit = records["profit"].astype(np.int64)

        def counted(which: NDArray[np.bool_]) -> NDArray[np.int64]:
            return np.bincount(place[which], minlength=tables * seats)

        profits = np.zeros(tables * seats, dtype=np.int64)
        np.add.at(profits, place, profit)
        of_tables = np.stack(
            [
                counted(np.ones(len(records), dtype=np.bool_)),
                counted(profit > 0),
                counted(profit < 0),
                counted(profit == 0),
                profits,
            ]
        )
        columns = of_tables.reshape(len(Sum), tables, seats).transpose(1, 0, 2).reshape(tables, -1)
        shape = (len(Sum), seats)
        return cls(
            tables,
            seats,
            columns.astype(object).sum(axis=0).reshape(shape),
            _products(columns).reshape(shape + shape),
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
        """The mean of a session, of one seat or all, and its standard error."""
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
        return whole / sessions, sqrt(squares) / sessions**2

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


def _chosen(seat: int | None) -> slice:
    return slice(None) if seat is None else slice(seat, seat + 1)


def _products(columns: NDArray[np.int64]) -> NDArray[np.object_]:
    """The exact product of a matrix's transpose and itself."""
    size = columns.shape[1]
    total = np.zeros((size, size), dtype=object)
    most = max(int(np.abs(columns).max()), 1)
    at_once = (1 << 62) // most**2
    if at_once == 0:
        columns, at_once = columns.astype(object), len(columns)
    for start in range(0, len(columns), at_once):
        some = columns[start : start + at_once]
        total += (some.T @ some).astype(object)
    return total
