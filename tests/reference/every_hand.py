"""All hands of a size at once, in numpy: every set of cards by its place in one list.

A card is its number in `reference.cards.DECK`, so its rank is its number over four. Hands are
rows of ascending cards, ordered by their highest card, then by the next: the place of a hand with
cards c₀ < c₁ < … is C(c₀, 1) + C(c₁, 2) + … This is another way to name and to evaluate hands than
the program's masks of ranks by suit, and than the counting in `reference.hands`.
"""

from functools import cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from reference.cards import DECK, Cards
from reference.hands import MAIN_HANDS, NOTHING

Numbers = NDArray[np.int64]

#: Names of the columns where five-card hands are counted.
FIVE_CARD_NAMES = (*MAIN_HANDS, NOTHING)

_CHOOSE = np.array([[comb(card, size) for size in range(6)] for card in range(len(DECK) + 1)])


@cache
def every_hand(size: int) -> NDArray[np.int8]:
    """All hands of a size; shape (hands, size)."""
    if size == 0:
        return np.zeros((1, 0), dtype=np.int8)
    shorter = every_hand(size - 1)
    blocks = [shorter[: comb(highest, size - 1)] for highest in range(len(DECK))]
    highest = np.repeat(np.arange(len(DECK), dtype=np.int8), [len(block) for block in blocks])
    return np.column_stack([np.concatenate(blocks), highest])


def place(hands: NDArray[np.integer]) -> Numbers:
    """Where hands of ascending cards stand in `every_hand` of their size; shape (hands,)."""
    return sum(
        (_CHOOSE[hands[:, k], k + 1] for k in range(hands.shape[1])),
        start=np.zeros(len(hands), dtype=np.int64),
    )


def one_of_each_shape(size: int) -> Numbers:
    """Places of hands that differ in more than the names of their suits, one of each shape."""
    return _shapes(size)[0]


def hands_of_each_shape(size: int) -> Numbers:
    """How many hands have the shapes of `one_of_each_shape`."""
    return _shapes(size)[1]


@cache
def _shapes(size: int) -> tuple[Numbers, Numbers]:
    hands = every_hand(size).astype(np.int64)
    suits = [np.where(hands & 3 == suit, 1 << (hands >> 2), 0).sum(axis=1) for suit in range(4)]
    as_digits = np.sort(np.column_stack(suits), axis=1) @ (1 << 13 * np.arange(4))
    _, places, hands_of_shape = np.unique(as_digits, return_index=True, return_counts=True)
    return places, hands_of_shape


def as_cards(numbers: NDArray[np.integer]) -> Cards:
    """The cards with these numbers."""
    return tuple(DECK[number] for number in numbers)


@cache
def five_card_names() -> NDArray[np.uint8]:
    """What every five-card hand makes, as an index into `FIVE_CARD_NAMES`; shape (2598960,)."""
    hands = every_hand(5)
    ranks, suits = hands >> 2, hands & 3
    next_is_equal = ranks[:, 1:] == ranks[:, :-1]
    pattern = next_is_equal @ np.array([1, 2, 4, 8])
    flush = (suits == suits[:, :1]).all(axis=1)
    ace_low = (ranks == [0, 1, 2, 3, 12]).all(axis=1)
    straight = (pattern == 0) & ((ranks[:, 4] - ranks[:, 0] == 4) | ace_low)
    pair = (next_is_equal * ranks[:, 1:]).max(axis=1)
    of = {name: number for number, name in enumerate(FIVE_CARD_NAMES)}
    # Ascending ranks by where neighbours are equal: one pattern a shape.
    by_shape = np.full(16, of[NOTHING])
    by_shape[[0b0111, 0b1110]] = of["four_of_a_kind"]
    by_shape[[0b1011, 0b1101]] = of["full_house"]
    by_shape[[0b0011, 0b0110, 0b1100]] = of["three_of_a_kind"]
    by_shape[[0b0101, 0b1001, 0b1010]] = of["two_pair"]
    names = by_shape[pattern]
    one_pair = np.isin(pattern, [0b0001, 0b0010, 0b0100, 0b1000])
    names[one_pair & (pair >= 8)] = of["pair_tens_or_better"]
    names[straight] = of["straight"]
    names[flush] = of["flush"]
    names[straight & flush] = of["straight_flush"]
    names[straight & flush & (ranks[:, 0] == 8)] = of["royal_flush"]
    return names.astype(np.uint8)


@cache
def rivers() -> Numbers:
    """How many of the 48 river cards make which hand, for all four cards; shape (270725, 10)."""
    five, names = every_hand(5), five_card_names()
    width = len(FIVE_CARD_NAMES)
    cells = comb(52, 4) * width
    counts = np.zeros(cells, dtype=np.int64)
    for left_out in range(5):
        four = place(np.delete(five, left_out, axis=1))
        counts += np.bincount(four * width + names, minlength=cells)
    return counts.reshape(-1, width)


@cache
def starts_and_fourths() -> tuple[Numbers, Numbers]:
    """Every three cards with every fourth: the places of the three and of the four; (1082900,)."""
    four = every_hand(4)
    three = [place(np.delete(four, left_out, axis=1)) for left_out in range(4)]
    return np.concatenate(three), np.tile(np.arange(len(four)), 4)
