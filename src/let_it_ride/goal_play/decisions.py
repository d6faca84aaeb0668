"""The decisions of play for a goal, as the kernels read them."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.deals import Integers
from let_it_ride.game.strategies import Rides


class GoalPlay(NamedTuple):
    """Decisions as the kernels read them.

    Attributes:
        is_there: whether a goal is played for; otherwise nothing else here counts.
        first_profit: the lowest profit that there are decisions for, in cents.
        unit: from one profit to the next, in cents.
        policy: the policy by hands played and profit; the last profit stands for all above it;
            shape (hand limit, profits).
        bets: the bet that each policy wants on one circle, in cents; shape (policies,).
        rides: 1 where a bet rides, by policy and column; shape (policies, columns).
        classes: by deal class: the column of bet 1, the columns of bet 2 if bet 1 is pulled and
            if it rides, and what a bet in action brings; shape (deal classes, 4).
    """

    is_there: bool
    first_profit: int
    unit: int
    policy: NDArray[np.uint32]
    bets: Integers
    rides: NDArray[np.uint8]
    classes: Integers

    @property
    def units(self) -> Integers:
        """What a bet in action brings, by deal class."""
        units: Integers = self.classes[:, 3]
        return units

    def policies(self, hands: int, profits: Integers) -> NDArray[np.uint32]:
        """The policies that are followed after so many hands at some profits, in cents."""
        cells = np.minimum((profits - self.first_profit) // self.unit, self.policy.shape[1] - 1)
        followed: NDArray[np.uint32] = self.policy[hands, cells]
        return followed

    def bet_rides(self, policy: int) -> tuple[Rides, Rides]:
        """Whether bet 1 and bet 2 ride where a policy is followed, by deal class."""
        start, if_pulled, if_ridden, _ = self.classes.T
        rides = self.rides[policy].astype(np.bool_)
        rides_1 = rides[start]
        return rides_1, np.where(rides_1, rides[if_ridden], rides[if_pulled])


NO_GOAL: Final = GoalPlay(
    is_there=False,
    first_profit=0,
    unit=1,
    policy=np.zeros((1, 1), dtype=np.uint32),
    bets=np.zeros(1, dtype=np.int64),
    rides=np.zeros((1, 1), dtype=np.uint8),
    classes=np.zeros((1, 4), dtype=np.int64),
)
