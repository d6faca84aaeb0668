"""How far a mean is from what a law says, by a bound that always holds.

Only the mean of such an amount is known, and its spread is chance that hangs on rare deals, so no z
can decide. But who bets on every observation in turn, at fair odds if the mean is as the law says,
and never more than he has, turns one into more than 1/a with a chance of at most a, whenever one
stops to look (I. Waudby-Smith, A. Ramdas, J. R. Stat. Soc. B 86, 2024). Some bet that the mean is
more and some that it is less, each by another share of what he has, and the mean of what they have
is looked at: it need not be known beforehand how far the mean is off.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.evidence import chance_of

#: What is bet at most is halved so often: the last is right for a billion observations.
_SHARES: Final = 0.5 ** np.arange(1, 13)

#: Means are sums of doubles: no mean is further from the truth, relatively.
_ROUNDING: Final = 1e-9

#: The part of a mean by which an amount is at least taken to be able to exceed it.
_LEAST_ROOM: Final = 1e-3


class MeanEvidence:
    """What bets against the mean of an amount have come to; begins with nothing bet."""

    def __init__(self, mean: float, most: float, slack: float) -> None:
        """Make it.

        Args:
            mean: what the law says, above zero.
            most: no amount is larger by the law, and none is less than zero.
            slack: the mean is no further from the truth.
        """
        slack += _ROUNDING * mean
        room = max(most - mean + slack, _LEAST_ROOM * mean)
        self._stakes = np.append(_SHARES / (mean + slack), -_SHARES / room)
        self._fair = mean + slack * np.sign(self._stakes)
        self._most = most
        self._logarithms = np.zeros(len(self._stakes))
        self._count = 0
        self._impossible = 0

    def add(self, amounts: NDArray[np.integer[Any]]) -> None:
        """Bet on more observations; shape (observations,)."""
        distinct, counts = np.unique(amounts, return_counts=True)
        self._count += len(amounts)
        self._impossible += int(counts[distinct > self._most].sum())
        for who, (stake, fair) in enumerate(zip(self._stakes, self._fair, strict=True)):
            won = np.log1p(stake * (np.minimum(distinct, self._most) - fair))
            self._logarithms[who] += float(won @ counts)

    @property
    def count(self) -> int:
        """How many observations there were."""
        return self._count

    @property
    def impossible(self) -> int:
        """How many of them were more than can be."""
        return self._impossible

    @property
    def bound(self) -> float:
        """A bound on the chance of as much evidence against the mean, if that is right."""
        return 0.0 if self._impossible else chance_of(*self._logarithms)
