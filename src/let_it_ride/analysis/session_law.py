"""The exact law of a session: what it brings, how long it lasts, why it ends."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.odds import RoundOdds

Chances = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SessionLaw:
    """The law of a session, exact but for `error_bound`.

    Attributes:
        profits: what a session can bring, in cents, rising; shape (profits,).
        chances: of ending with that profit for that reason; shape (reasons, profits).
        surviving: chance that a session goes on after so many hands; shape (hand limit + 1,), the
            first 1 and the last 0.
        main_staked: mean of the bets on one circle, added up over a session, in cents.
        bonus_staked: mean of the bonus bets, added up.
        odds: the law of one round.
        error_bound: no probability told here is further from the truth.
    """

    profits: Integers
    chances: Chances
    surviving: Chances
    main_staked: float
    bonus_staked: float
    odds: RoundOdds
    error_bound: float

    @cached_property
    def by_profit(self) -> Chances:
        """Chance of each of the profits."""
        return self.chances.sum(axis=0)

    @property
    def win_probability(self) -> float:
        """Chance to leave ahead."""
        return float(self.by_profit[self.profits > 0].sum())

    @property
    def loss_probability(self) -> float:
        """Chance to leave behind."""
        return float(self.by_profit[self.profits < 0].sum())

    @property
    def push_probability(self) -> float:
        """Chance to leave even."""
        return float(self.by_profit[self.profits == 0].sum())
