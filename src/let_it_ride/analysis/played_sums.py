"""Exact sums over played tables, of several configurations that were dealt the same.

Tables are independent, their sessions need not be: errors are those of ratios of sums over tables
(W. G. Cochran, Sampling Techniques, 3rd ed., 1977, ch. 6), and those of a difference are of what
the two ratios leave at the same table, so that what the deals have in common falls out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, sqrt
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.measures import Column, Measure, Unit
from let_it_ride.betting.stopping import StopReason
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.estimates import Estimate, student_95
from let_it_ride.simulation.games import PLACED_COLUMNS, game_of
from let_it_ride.simulation.seat_summary import share_of_tables
from let_it_ride.simulation.seeds import seeds_of
from let_it_ride.simulation.table_sums import exact_products

_PROFIT, _HANDS, _REASON, _TABLE = (
    PLACED_COLUMNS.index(name) for name in ("profit", "hands", "stop_reason", "table")
)

Sums = NDArray[np.object_]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PlayedSums:
    """Sums over tables, in Python's integers.

    Attributes:
        tables: how many.
        seats: players at each.
        totals: each `Column`; shape (columns,).
        squares: of its value for each session; shape (columns,).
        products: of every two columns of a table; shape (columns, columns).
        crossed: of a column of this configuration with one of the first configuration that was
            dealt the same; shape (columns, columns).
    """

    tables: int
    seats: int
    totals: Sums
    squares: Sums
    products: Sums
    crossed: Sums

    @classmethod
    def of(cls, played: "PlayedTables", seats: int, first: Integers) -> Self:
        """Add up some tables.

        Args:
            played: the tables.
            seats: players at each.
            first: columns of tables of the first configuration that were dealt the same, as many
                of those at the beginning as there are; shape (tables or fewer, columns).
        """
        columns = played.columns
        tables, both = len(columns), min(len(columns), len(first))
        return cls(
            tables,
            seats,
            exact_products(columns, np.ones((tables, 1), dtype=np.int64))[:, 0],
            played.squares,
            exact_products(columns),
            exact_products(columns[:both], first[:both]),
        )

    def merged(self, other: Self) -> Self:
        """The sums of both."""
        return type(self)(
            self.tables + other.tables,
            self.seats,
            self.totals + other.totals,
            self.squares + other.squares,
            self.products + other.products,
            self.crossed + other.crossed,
        )

    def estimate(self, measure: Measure, hands_per_hour: int) -> Estimate:
        """A measure with its interval, which is infinite for a spread."""
        if measure.over is None:
            return Estimate.of_mean(self._deviation(Column.PROFIT), inf)
        ratio = self._ratio(measure.over, measure.per)
        if measure.unit is Unit.SHARE and ratio.below == self.tables:
            return Estimate.of_share(ratio.above, ratio.below)
        error = sqrt(self._fairly * ratio.left(self.products, ratio)) / ratio.below
        if measure.unit is Unit.SHARE:
            return share_of_tables(
                ratio.above, ratio.below, error, tables=self.tables, seats=self.seats
            )
        half = student_95(self.tables - 1) * error
        if measure.per is Column.SESSIONS:
            # Never narrower than that of as many independent sessions.
            alone = self._deviation(measure.over) / sqrt(ratio.below - 1)
            half = max(half, student_95(ratio.below - 1) * alone)
        scale = _scale(measure, hands_per_hour)
        return Estimate.of_mean(scale * float(ratio.value), abs(scale) * half)

    def difference(
        self, first: Self, measure: Measure, hands_per_hour: int, hands_there: int
    ) -> Estimate:
        """How much more a measure is here than with the first configuration.

        Shares have a half added to what is counted, so that none is certain (A. Agresti and Y.
        Min, Statistics in Medicine 24, 2005).

        Args:
            first: that configuration, dealt the same, or something else where nothing is crossed.
            measure: which.
            hands_per_hour: how fast this table deals.
            hands_there: how fast that of the first configuration does.
        """
        if measure.over is None:
            apart = self._deviation(Column.PROFIT) - first._deviation(Column.PROFIT)
            return Estimate.of_mean(apart, inf)
        here = self._ratio(measure.over, measure.per)
        there = first._ratio(measure.over, measure.per)
        times, times_there = _scale(measure, hands_per_hour), _scale(measure, hands_there)
        tables = min(self.tables, first.tables)
        weight, weight_there = Fraction(times, here.below), Fraction(times_there, there.below)
        variance = (
            weight**2 * here.left(self.products, here)
            + weight_there**2 * there.left(first.products, there)
            - 2 * weight * weight_there * here.left(self.crossed, there)
        )
        if measure.unit is Unit.SHARE:
            variance += Fraction(1, (tables + 2) ** 2)
        half = student_95(tables - 1) * sqrt(Fraction(tables, tables - 1) * variance)
        return Estimate.of_mean(float(times * here.value - times_there * there.value), half)

    @property
    def _fairly(self) -> Fraction:
        return Fraction(self.tables, self.tables - 1)

    def _ratio(self, over: Column, per: Column) -> "_Ratio":
        return _Ratio(over, per, int(self.totals[over]), int(self.totals[per]))

    def _deviation(self, column: Column) -> float:
        """Standard deviation of a column over the sessions."""
        sessions, total = int(self.totals[Column.SESSIONS]), int(self.totals[column])
        return sqrt(sessions * int(self.squares[column]) - total * total) / sessions


class _Ratio(NamedTuple):
    """A ratio of two sums over tables."""

    over: Column
    per: Column
    above: int
    below: int

    @property
    def value(self) -> Fraction:
        return Fraction(self.above, self.below)

    def left(self, products: Sums, other: "_Ratio") -> Fraction:
        """What the ratios leave at a table, y − rm, multiplied and added up over all tables."""
        return (
            int(products[self.over, other.over])
            - other.value * int(products[self.over, other.per])
            - self.value * int(products[self.per, other.over])
            + self.value * other.value * int(products[self.per, other.per])
        )


class PlayedTables:
    """So many tables, whose sessions come part by part.

    Attributes:
        columns: each `Column` of each table, added up over its sessions; shape (tables, columns).
        squares: of its value for each session, added up; shape (columns,).
    """

    def __init__(self, tables: int) -> None:
        self.columns = np.zeros((tables, len(Column)), dtype=np.int64)
        self.squares: Sums = np.zeros(len(Column), dtype=object)

    def add(self, table: Integers, profit: Integers, hands: Integers, reason: Integers) -> None:
        """Add some sessions.

        Args:
            table: which of the tables each is of, from 0, rising; shape (sessions,).
            profit: in cents; shape (sessions,).
            hands: how many; shape (sessions,).
            reason: the `StopReason`; shape (sessions,).
        """
        if not len(table):
            return
        columns = [
            np.ones(len(profit), dtype=np.int64),
            hands,
            profit,
            profit > 0,
            profit < 0,
            profit == 0,
            *(reason == each for each in StopReason),
        ]
        by_session = np.column_stack(columns).astype(np.int64)
        starts = np.flatnonzero(np.diff(table, prepend=-1))
        self.columns[table[starts]] += np.add.reduceat(by_session, starts, axis=0)
        self.squares += np.array([_square(each) for each in by_session.T], dtype=object)


#: Tables dealt at once, so that whoever cancels need not wait.
_MOST_AT_ONCE: Final = 1 << 16


def play_together(
    plans: Sequence[SessionPlan],
    seed: int,
    tables: range,
    watch: Callable[[int], None] = lambda _: None,
) -> list[PlayedSums]:
    """Deal the same tables to several plans.

    Args:
        plans: what is played.
        seed: the seed that those of the tables are drawn from.
        tables: the ids of the tables.
        watch: told how many tables are played; what it raises comes through.

    Returns:
        The sums of each plan, crossed with those of the first.
    """
    games = [game_of(plan) for plan in plans]
    at_once = min(_MOST_AT_ONCE, *(plan.block_tables for plan in plans))
    whole: list[PlayedSums] = []
    begin = tables.start
    for seeds in seeds_of(seed, tables, at_once):
        first: Integers | None = None
        sums = []
        for game, plan in zip(games, plans, strict=True):
            some = PlayedTables(len(seeds))
            played = 0
            for sessions, _ in game.play(seeds, begin):
                table = np.arange(played, played + len(sessions))
                if plan.deals_cards:
                    table = sessions[:, _TABLE] - begin
                some.add(table, *(sessions[:, each] for each in (_PROFIT, _HANDS, _REASON)))
                played += len(sessions)
                watch(begin - tables.start)
            first = some.columns if first is None else first
            sums.append(PlayedSums.of(some, plan.seats, first))
        begin += len(seeds)
        whole = list(map(PlayedSums.merged, whole, sums)) if whole else sums
    return whole


def _square(column: NDArray[np.int64]) -> int:
    return int(exact_products(column[:, np.newaxis])[0, 0])


def _scale(measure: Measure, hands_per_hour: int) -> int:
    return measure.sign * (hands_per_hour if measure.is_hourly else 1)
