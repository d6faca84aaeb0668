"""Play for a goal, slowly: what a policy is worth, and what every single decision is.

Every deal class is followed by itself, and sessions stop as the specification says, whatever the
program gathers and however it lays out profits.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.deals import TOTAL_DEALS, DealTable

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Stops:
    """When a session ends, in cents."""

    bankroll: int
    bet: int
    win_limit: int
    loss_limit: int
    hands: int

    def reason(self, profit: int, hands: int) -> str | None:
        if profit >= self.win_limit:
            return "win_limit"
        if profit <= -self.loss_limit:
            return "loss_limit"
        if hands >= self.hands:
            return "max_hands"
        if self.bankroll + profit < 3 * self.bet:
            return "insufficient_funds"
        return None


def value_of_end(goal: str, profit: int, reason: str) -> float:
    """What it is worth to have ended so."""
    if goal == "leave_ahead":
        return float(profit > 0)
    if goal == "reach_win_limit":
        return float(reason == "win_limit")
    if goal == "avoid_ruin":
        return float(reason not in ("loss_limit", "insufficient_funds"))
    return float(profit)


Decisions = tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]
"""Whether bet 1 rides, and bet 2 where bet 1 was pulled and where it rides, by deal class."""


class FollowedPolicy:
    """A policy at every profit that is a multiple of the bet, hand by hand."""

    def __init__(
        self,
        deals: DealTable,
        units: NDArray[np.int64],
        stops: Stops,
        goal: str,
        decisions: Callable[[int, int], Decisions],
    ) -> None:
        """Prepare.

        Args:
            deals: the deal table.
            units: what a bet in action brings, by deal class.
            stops: when a session ends.
            goal: what is played for.
            decisions: what is decided after so many hands at a profit.
        """
        self.deals, self.units, self.stops, self.goal = deals, units, stops, goal
        self.decisions, self.share = decisions, deals.weight / TOTAL_DEALS
        self.low, self.high = -(stops.loss_limit // stops.bet), stops.win_limit // stops.bet

    def value_and_gain(self) -> tuple[float, float]:
        """The value of a fresh session, and the most that one changed decision would gain."""
        stops, most = self.stops, 0.0
        going_on: dict[int, float] = {}
        for hands in range(stops.hands - 1, -1, -1):
            values = self._values_after(hands + 1, going_on)
            going_on = {}
            for place in range(max(self.low, -3 * hands), self.high + 1):
                if stops.reason(place * stops.bet, hands) is None:
                    going_on[place], gain = self._at(hands, place, values)
                    most = max(most, gain)
        return going_on[0], most

    def _values_after(self, hands: int, going_on: dict[int, float]) -> Values:
        """The value of standing at each profit a hand can lead to."""
        bet, values = self.stops.bet, []
        for place in range(self.low - 3, self.high + 3 * int(self.units.max()) + 1):
            reason = self.stops.reason(place * bet, hands)
            if reason is None:
                values.append(going_on.get(place, np.nan))  # what cannot be reached has none
            else:
                values.append(value_of_end(self.goal, place * bet, reason))
        return np.array(values)

    def _at(self, hands: int, place: int, values: Values) -> tuple[float, float]:
        """The value before a hand, and the most that another decision on one class would gain."""
        at = place - self.low + 3
        one, two, three = (self.share * values[at + bets * self.units] for bets in (1, 2, 3))
        rides_1, if_pulled, if_ridden = self.decisions(hands, place * self.stops.bet)
        after_pull, after_ride = np.where(if_pulled, two, one), np.where(if_ridden, three, two)
        gain_1 = np.where(rides_1, after_pull - after_ride, after_ride - after_pull)
        gain_2 = np.where(if_pulled, one - two, two - one)
        gain_2_ridden = np.where(if_ridden, two - three, three - two)
        gains = (
            np.bincount(self.deals.three_class, gain_1).max(),
            np.bincount(self.deals.four_class, gain_2).max(),
            np.bincount(self.deals.four_class, gain_2_ridden).max(),
        )
        return float(np.where(rides_1, after_ride, after_pull).sum()), float(max(gains))
