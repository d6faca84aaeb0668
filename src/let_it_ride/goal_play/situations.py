"""What a player can tell apart of three and of four cards, and what follows it."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

import numpy as np

from let_it_ride.game.deals import DealTable, Integers
from let_it_ride.game.strategies import Rides, Strategy
from let_it_ride.goal_play.rules import Rules


@dataclass(frozen=True, eq=False)
class Situations:
    """What a player can tell apart, and what follows it.

    Three cards are a *start*; with the fourth they are a *situation*.

    Attributes:
        units: what a bet in action can bring; shape (units,).
        river: fifth cards that bring each of the units, by situation; shape (situations, units).
        turn: fourth cards that lead to each situation, by start; shape (starts, situations).
        hands: three-card hands, by start; shape (starts,).
        bonus_units: what the bonus brings, by start; shape (starts,).
        rides_1: whether the chart lets bet 1 ride, by start; shape (starts,).
        rides_2: whether the chart lets bet 2 ride, by situation; shape (situations,).
    """

    units: Integers
    river: Integers
    turn: Integers
    hands: Integers
    bonus_units: Integers
    rides_1: Rides
    rides_2: Rides

    @cached_property
    def bonus_kinds(self) -> Integers:
        """What the bonus can bring; shape (kinds,)."""
        kinds: Integers = np.unique(self.bonus_units)
        return kinds

    @property
    def chart(self) -> Rides:
        """The chart as the decisions of a policy; shape (columns,)."""
        of_bet_2 = np.tile(self.rides_2, 2 * len(self.bonus_kinds))
        return np.concatenate([self.rides_1, of_bet_2])

    def mean_of_chart(self) -> tuple[float, float]:
        """What the chart brings in the mean: of a bet on one circle, and of a bonus bet."""
        of_bet_2 = self.river @ self.units
        of_bet_1 = self.turn @ of_bet_2
        main = of_bet_1 + of_bet_1 * self.rides_1 + self.turn @ (of_bet_2 * self.rides_2)
        hands = int(self.hands.sum())
        main_mean = int(self.hands @ main) / (hands * self.fourths * self.fifths)
        return main_mean, int(self.hands @ self.bonus_units) / hands

    def highest_win(self, rules: Rules) -> int:
        """No hand wins more, in cents."""
        main = 3 * rules.bets[-1] * max(int(self.units.max()), 0)
        return main + rules.bonus * max(int(self.bonus_units.max()), 0)

    @property
    def fourths(self) -> int:
        """How many fourth cards can follow a start."""
        return int(self.turn[0].sum())

    @property
    def fifths(self) -> int:
        """How many fifth cards can follow a situation."""
        return int(self.river[0].sum())


class Placed(NamedTuple):
    """Situations, and where the deal classes are among them.

    Attributes:
        situations: what can be told apart.
        start: the start of each deal class; shape (deal classes,).
        situation: the situation of each; shape (deal classes,).
        units: what a bet in action brings in each; shape (deal classes,).
    """

    situations: Situations
    start: Integers
    situation: Integers
    units: Integers

    @classmethod
    def of(cls, deals: DealTable, chart: Strategy, units: Integers, bonus_units: Integers) -> Self:
        """Gather the deal classes.

        Args:
            deals: the deal table.
            chart: what decides where the goal does not.
            units: what a bet in action brings, by `FiveCard`.
            bonus_units: what the bonus brings, by `ThreeCard`; all 0 if none is bet.
        """
        brings, unit_of = np.unique(units, return_inverse=True)
        counts = np.zeros((len(deals.four), len(brings)), dtype=np.int64)
        np.add.at(counts.T, unit_of, deals.four_card_counts.T)
        of_four = counts * 48 // counts.sum(axis=1, keepdims=True)
        river, four, situation_of = _distinct(of_four)

        paths = np.zeros((len(deals.three), len(river)), dtype=np.int64)
        np.add.at(paths, (deals.three_class, situation_of[deals.four_class]), deals.weight)
        bonus = np.zeros(len(deals.three), dtype=np.int64)
        bonus[deals.three_class] = bonus_units[deals.bonus_category]
        hands = paths.sum(axis=1) // (49 * 48)
        turn = paths // (hands[:, None] * 48)
        _, three, start_of = _distinct(np.column_stack([bonus, turn]))
        situations = Situations(
            units=brings,
            river=river,
            turn=turn[three],
            hands=np.bincount(start_of, hands).astype(np.int64),
            bonus_units=bonus[three],
            rides_1=chart.ride_bet_1[three],
            rides_2=chart.ride_bet_2[four],
        )
        return cls(
            situations,
            start_of[deals.three_class],
            situation_of[deals.four_class],
            units[deals.category],
        )

    def columns(self) -> Integers:
        """`GoalPlay.classes` of the deal classes."""
        starts, situations = self.situations.turn.shape
        kinds = self.situations.bonus_kinds
        kind = np.searchsorted(kinds, self.situations.bonus_units)[self.start]
        pulled = starts + kind * situations + self.situation
        ridden = pulled + len(kinds) * situations
        return np.column_stack([self.start, pulled, ridden, self.units])


def _distinct(rows: Integers) -> tuple[Integers, Integers, Integers]:
    """The distinct rows, where each is first, and which of them each row is."""
    distinct, first, where = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return distinct, first.astype(np.int64), where.reshape(-1).astype(np.int64)
