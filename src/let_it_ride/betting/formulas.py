"""Formulas for bets, as the postfix programs that the kernel runs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Formula(NamedTuple):
    """A compiled formula (see `let_it_ride.expressions`).

    Attributes:
        operations: what is done in turn; shape (operations,).
        operands: what it is done with: a number, or the index of a variable or operation.
    """

    operations: NDArray[np.int64]
    operands: NDArray[np.float64]


NO_FORMULA = Formula(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64))
