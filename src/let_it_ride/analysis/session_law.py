"""The exact law of a session: what it brings, how long it lasts, why it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.money import dollars

Chances = NDArray[np.float64]
Integers = NDArray[np.int64]

PERCENTILES: Final = (1, 5, 25, 50, 75, 95, 99)


@dataclass(frozen=True, eq=False)
class SessionLaw:
    """The law of a session, exact but for `error_bound`.

    Attributes:
        profits: what a session can bring, in cents, rising; without a win limit, those above are
            left out that together are below the error bound; shape (profits,).
        chances: of ending with that profit for that reason; shape (reasons, profits).
        surviving: chance that a session goes on after so many hands; shape (hand limit + 1,), the
            first 1 and the last 0.
        main_staked: mean of the bets on one circle, added up over a session, in cents.
        main_wagered: mean of the main bets that stay in action, added up, in cents.
        bonus_staked: mean of the bonus bets, added up, in cents.
        error_bound: no probability told here is further from the truth.
    """

    profits: Integers
    chances: Chances
    surviving: Chances
    main_staked: float
    main_wagered: float
    bonus_staked: float
    error_bound: float

    @cached_property
    def _up_to(self) -> Chances:
        """Chance of each of the profits or less."""
        return np.cumsum(self.by_profit)

    @cached_property
    def by_profit(self) -> Chances:
        """Chance of each of the profits."""
        chances: Chances = self.chances.sum(axis=0)
        return chances

    @property
    def win_probability(self) -> float:
        """Chance to leave ahead."""
        return self._chance_that(self.profits > 0)

    @property
    def loss_probability(self) -> float:
        """Chance to leave behind."""
        return self._chance_that(self.profits < 0)

    @property
    def push_probability(self) -> float:
        """Chance to leave even."""
        return self._chance_that(self.profits == 0)

    @cached_property
    def mean_profit(self) -> float:
        """Mean profit, in cents."""
        return float(self.by_profit @ self.profits)

    @cached_property
    def std_profit(self) -> float:
        """Standard deviation of the profit, in cents."""
        return sqrt(self._moment(2))

    @property
    def skewness(self) -> float:
        """Third standardised moment of the profit; 0 if it never varies."""
        return self._moment(3) / self.std_profit**3 if self.std_profit else 0.0

    @cached_property
    def mean_hands(self) -> float:
        """Mean number of hands of a session."""
        return float(self.surviving[:-1].sum())

    @property
    def hands(self) -> Chances:
        """Chance that a session has so many hands, from 1 on; shape (hand limit,)."""
        return -np.diff(self.surviving)

    @property
    def stop_reasons(self) -> Mapping[StopReason, float]:
        """Chance of every reason that comes."""
        return {
            reason: float(self.chances[reason].sum())
            for reason in StopReason
            if self.chances[reason].any()
        }

    @property
    def cost_per_hand(self) -> float:
        """Mean loss of a hand, in cents; below 0 where the player wins."""
        return -self.mean_profit / self.mean_hands

    def percentile(self, percentage: float) -> int:
        """The least profit, in cents, that at least this percentage of sessions do not exceed.

        Raises:
            ValueError: it is not from 0 to 100.
        """
        return int(self.profits[self._place_of(percentage, self._up_to)])

    def hands_percentile(self, percentage: float) -> int:
        """The least number of hands that at least this percentage of sessions do not exceed.

        Raises:
            ValueError: it is not from 0 to 100.
        """
        return 1 + self._place_of(percentage, np.cumsum(self.hands))

    def to_json(self) -> dict[str, Any]:
        """Its numbers for `json.dumps`, amounts in dollars."""
        return {
            "win_probability": self.win_probability,
            "loss_probability": self.loss_probability,
            "push_probability": self.push_probability,
            "mean_profit": dollars(self.mean_profit),
            "std_profit": dollars(self.std_profit),
            "skewness": self.skewness,
            "percentiles": {str(share): dollars(self.percentile(share)) for share in PERCENTILES},
            "mean_hands": self.mean_hands,
            "hands_percentiles": {
                str(share): self.hands_percentile(share) for share in PERCENTILES
            },
            "stop_reasons": {reason.key: chance for reason, chance in self.stop_reasons.items()},
            "mean_main_wagered": dollars(self.main_wagered),
            "mean_bonus_wagered": dollars(self.bonus_staked),
            "cost_per_hand": dollars(self.cost_per_hand),
            "error_bound": self.error_bound,
        }

    def save(self, path: Path) -> None:
        """Write it for `load`: of the chances, those that are not 0."""
        comes = np.flatnonzero(self.chances)
        with path.open("wb") as file:
            np.savez(
                file,
                profits=self.profits,
                comes=comes.astype(np.uint32),
                chances=self.chances.ravel()[comes],
                surviving=self.surviving,
                numbers=np.array(
                    [self.main_staked, self.main_wagered, self.bonus_staked, self.error_bound]
                ),
            )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            profits = stored["profits"]
            chances = np.zeros((len(StopReason), len(profits)))
            chances.ravel()[stored["comes"]] = stored["chances"]
            return cls(
                profits,
                chances,
                stored["surviving"],
                *stored["numbers"].tolist(),
            )

    def _place_of(self, percentage: float, up_to: Chances) -> int:
        """Where chances that have been added up come to a percentage of all."""
        if not 0 <= percentage <= 100:
            raise ValueError(f"{percentage} is no percentage from 0 to 100")
        # Sums of chances come a little short of what they are.
        place = np.searchsorted(up_to, percentage / 100 * up_to[-1] - self.error_bound)
        return min(int(place), len(up_to) - 1)

    def _chance_that(self, comes: NDArray[np.bool_]) -> float:
        """The chance of some profits; sums of chances can be a little more than one."""
        return min(float(self.by_profit[comes].sum()), 1.0)

    def _moment(self, order: int) -> float:
        """A central moment of the profit."""
        return float(self.by_profit @ (self.profits - self.mean_profit) ** order)
