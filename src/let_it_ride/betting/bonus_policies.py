"""What is bet on the Three Card Bonus: an amount for each state, and the state that follows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: What a round can be to a bonus policy: the main game won or lost, and the bonus won, lost or
#: not staked. Their numbers are 3 × (main lost) + (0 won, 1 lost, 2 not staked).
EVENTS = 6


@dataclass(frozen=True, slots=True)
class BonusLimits:
    """What a table takes on the bonus spot, in cents."""

    minimum: int
    maximum: int
    increment: int

    def bet(self, wanted: int) -> int:
        """The bet nearest below a wanted one that the table takes; 0 below its minimum."""
        bet = min(wanted // self.increment * self.increment, self.maximum)
        return bet if bet >= self.minimum else 0


@dataclass(frozen=True, eq=False)
class BonusPolicy:
    """A bonus policy; every session begins in state 0.

    Attributes:
        bets: wanted bonus in cents, by state and step of the betting system;
            shape (states, steps).
        after: the state that follows each of the `EVENTS`; shape (states, EVENTS).
        limits: what the table takes.
    """

    bets: NDArray[np.int64]
    after: NDArray[np.int64]
    limits: BonusLimits


def fixed_bonus(wanted: Sequence[int], limits: BonusLimits) -> BonusPolicy:
    """A bonus that depends on the step of the betting system alone; `wanted` in cents by step."""
    bets = np.array([[limits.bet(amount) for amount in wanted]], dtype=np.int64)
    return BonusPolicy(bets, np.zeros((1, EVENTS), dtype=np.int64), limits)
