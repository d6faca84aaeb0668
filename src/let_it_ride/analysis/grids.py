"""The grid of profits that a session is carried forward on."""

from dataclasses import dataclass
from math import exp

import numpy as np

from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.plan import KernelTables


@dataclass(frozen=True, slots=True)
class Grid:
    """Profits at which a session goes on.

    Attributes:
        first: the lowest, in cents.
        unit: from one to the next, in cents.
        cells: how many there are.
        ends_above: whether a session that rises above it has ended there.
    """

    first: int
    unit: int
    cells: int
    ends_above: bool

    @classmethod
    def of(cls, tables: KernelTables, unit: int, most_wins: int) -> "Grid":
        """The multiples of a unit at which sessions go on.

        Args:
            tables: the plan's arrays and limits.
            unit: cents.
            most_wins: no more than so many of the greatest wins are followed.
        """
        hands, best, worst = tables.hand_limit, _best(tables), _worst(tables)
        broke = 3 * tables.bet_floor - tables.starting_bankroll - 1
        low = max(tables.loss_at, broke, -hands * worst - 1)
        reached = hands * best + 1
        high = min(tables.win_at, reached, (most_wins + 1) * best)
        first, last = (low // unit + 1) * unit, -(-high // unit) * unit - unit
        # What no hands reach is no end that is missed either.
        return cls(first, unit, (last - first) // unit + 1, high in (tables.win_at, reached))

    @property
    def behind(self) -> int:
        """The first profit above it, in cents."""
        return self.first + self.unit * self.cells


def _best(tables: KernelTables) -> int:
    """No hand wins more, in cents."""
    _, main = tables.main_range
    return max(main + tables.bonus.highest_bet * max(int(tables.bonus_units.max()), 0), 1)


def _worst(tables: KernelTables) -> int:
    """No hand loses more, in cents."""
    main, _ = tables.main_range
    return -main + tables.bonus.highest_bet * -int(tables.bonus_units.min())


def most_great_wins(tables: KernelTables, tolerance: float) -> int:
    """How many of the greatest wins a session has at most, but for a chance of the tolerance."""
    units = tables.goal.units if tables.goal.is_there else tables.main_units
    great = units * 4 > units.max()
    mean = tables.hand_limit * float(deal_table().weight[great].sum()) / TOTAL_DEALS
    count, term = 0, exp(-mean)
    # From so many on, each term of the law of rare events is less than half the one before.
    while count < 2 * mean or term > tolerance / 2:
        count += 1
        term *= mean / count
    return count + 1


def likely_unit(tables: KernelTables) -> int:
    """What all results are likely to be a multiple of, in cents."""
    betting, bonus = tables.betting, tables.bonus
    if tables.goal.is_there:
        return tables.goal.unit
    amounts = [*betting.bets.tolist(), *bonus.amounts.tolist()]
    return max(int(np.gcd.reduce(np.array(amounts, dtype=np.int64))), 1)
