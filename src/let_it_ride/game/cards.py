"""Cards, and hands as four rank masks.

A card is an integer 0 … 51: four times its rank (0 is the deuce, 12 the ace) plus its suit.
Whole sets of hands are arrays of *suit masks*: shape (hands, 4), dtype uint16, one column a suit,
bit r set where the hand holds rank r of that suit. Most questions about many hands at once are a
few bitwise operations on those columns.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

RANKS: Final = "23456789TJQKA"
SUITS: Final = "cdhs"
DECK: Final = range(len(RANKS) * len(SUITS))

TEN: Final = RANKS.index("T")
ACE: Final = RANKS.index("A")
HIGH_RANKS: Final = sum(1 << rank for rank in range(TEN, ACE + 1))
"""Rank mask of the high cards: ten or better."""

SuitMasks = NDArray[np.uint16]


def masks_of_cards(cards: NDArray[np.integer]) -> SuitMasks:
    """Suit masks of hands given as an array of cards; (hands, size) becomes (hands, 4)."""
    masks = np.zeros((len(cards), len(SUITS)), dtype=np.uint16)
    ranks, suits = np.divmod(cards.astype(np.uint16), len(SUITS))
    bits = np.left_shift(np.uint16(1), ranks)
    for suit in range(len(SUITS)):
        masks[:, suit] = np.where(suits == suit, bits, 0).sum(axis=1, dtype=np.uint16)
    return masks


def canonical(masks: SuitMasks) -> SuitMasks:
    """The same hands with their suits renamed so that equal shapes are equal rows."""
    return np.sort(masks, axis=1)[:, ::-1]
