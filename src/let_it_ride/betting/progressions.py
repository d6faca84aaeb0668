"""A betting system as a table: the bet at each step, and the step that follows each result."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Progression:
    """A betting system; every session begins at step 0.

    Attributes:
        bets: wanted bet on one circle in cents, by step; shape (steps,).
        after: the step that follows a win, a loss, a push; shape (steps, 3).
        driven_by_net: whether main game and bonus together decide what a round was; otherwise the
            main game does, which never pushes.
    """

    bets: NDArray[np.int64]
    after: NDArray[np.int64]
    driven_by_net: bool = False


def flat(base_bet: int) -> Progression:
    """The same bet every round."""
    return Progression(np.array([base_bet]), np.zeros((1, 3), dtype=np.int64))
