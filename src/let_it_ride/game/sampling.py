"""Drawing from the deal table exactly: Walker's alias method in whole numbers.

One 64-bit draw gives a column (its top 12 bits) and a height f (its lowest 40 bits). With W the
sum of the weights and c = ⌊2⁴⁰ / W⌋, a draw with f ≥ W·c is rejected (once in 23,104 draws); the
others are spread evenly over W·c heights in each of 4,096 columns. Every class owns weight × 4,096
of the W × 4,096 column parts, so its chance is its weight over W, with no error at all.

A. J. Walker, An efficient method for generating discrete random variables with general
distributions, ACM TOMS 3 (1977); M. D. Vose's linear construction, IEEE TSE 17 (1991).
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.deals import TOTAL_DEALS, deal_table

COLUMN_BITS: Final = 12
HEIGHT_BITS: Final = 40
COLUMNS: Final = 1 << COLUMN_BITS
HEIGHTS_PER_DEAL: Final = (1 << HEIGHT_BITS) // TOTAL_DEALS
REJECT_FROM: Final = TOTAL_DEALS * HEIGHTS_PER_DEAL


@cache
def deal_alias_table() -> NDArray[np.uint64]:
    """The alias table of the deal classes, made once; it cannot be written to."""
    table = alias_table(deal_table().weight)
    table.setflags(write=False)
    return table


def alias_table(weights: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The alias table of classes whose weights add up to `TOTAL_DEALS`; shape (4096,).

    Each entry packs a threshold (top 40 bits), the class at or above it (12 bits) and the class
    below it (lowest 12 bits).

    Raises:
        ValueError: there are more classes than columns, or other weights.
    """
    fits = len(weights) <= COLUMNS and int(weights.sum()) == TOTAL_DEALS
    if not fits or int(weights.min()) < 0:
        raise ValueError("the weights do not fit the table")
    mass = [int(weight) * COLUMNS for weight in weights]
    mass += [0] * (COLUMNS - len(weights))
    alias = list(range(COLUMNS))
    short = [column for column in range(COLUMNS) if mass[column] < TOTAL_DEALS]
    full = [column for column in range(COLUMNS) if mass[column] >= TOTAL_DEALS]
    while short:
        column, giver = short.pop(), full[-1]
        alias[column] = giver
        mass[giver] -= TOTAL_DEALS - mass[column]
        if mass[giver] < TOTAL_DEALS:
            short.append(full.pop())
    return np.array(
        [
            min(mass[column], TOTAL_DEALS) * HEIGHTS_PER_DEAL << 2 * COLUMN_BITS
            | alias[column] << COLUMN_BITS
            | column
            for column in range(COLUMNS)
        ],
        dtype=np.uint64,
    )
