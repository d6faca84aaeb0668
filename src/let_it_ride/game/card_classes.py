"""Which deal class real cards belong to, looked up card by card.

Seats that share community cards need real cards. What each of them was dealt is a deal class again,
found in three steps: three cards name a shape and how their suits are renamed for it; the shape and
the renamed fourth card name a *start*, a pair of three-card and four-card class; the start and what
the five cards make name the deal class. What they make is known from the set of their ranks, the
set of ranks that came more than once, and whether all are of one suit: small tables, since the
processor's nearest memory is what this takes most of.
"""

from functools import cache
from itertools import combinations
from math import comb
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.cards import DECK, RANKS, SUITS, masks_of_cards
from let_it_ride.game.categories import FiveCard
from let_it_ride.game.deals import classed_hands, deal_table
from let_it_ride.game.hands import five_card_categories


class CardClasses(NamedTuple):
    """The tables of the three steps.

    Attributes:
        second: C(c, 2) by card; shape (52,).
        third: C(c, 3) by card; shape (52,).
        three: by place of three ascending cards c₀ < c₁ < c₂, which is C(c₀, 1) + C(c₁, 2) +
            C(c₂, 3): 52 × the shape, and from bit `NAMES_SHIFT` on two bits for the new name of
            each suit; shape (22100,).
        start: `MAKES` × the start, by 52 × shape + renamed fourth card; shape (1755 × 52,).
        deal: the deal class by `MAKES` × start + what is made; shape (starts × 23,).
        keys: by card, one in the bit of its rank, and from bit 32 on one in four bits of its suit;
            shape (52,).
        ranks: by set of ranks, and
        repeated: by set of ranks that came more than once: their sum is what is made by cards that
            are not all of one suit; shape (8192,) each.
        suited: what is made by cards of one suit, by set of ranks; shape (8192,).
    """

    second: NDArray[np.uint64]
    third: NDArray[np.uint64]
    three: NDArray[np.uint32]
    start: NDArray[np.uint16]
    deal: NDArray[np.uint16]
    keys: NDArray[np.uint64]
    ranks: NDArray[np.uint8]
    repeated: NDArray[np.uint8]
    suited: NDArray[np.uint8]


# What is made: 4 × (how many ranks there are − 2), plus 0, 1, 2 or 3 where no rank, a low one, a
# ten or better, or two ranks came more than once; then the straight, and what is of one suit.
_STRAIGHT: Final = 16
_SUITED: Final = (FiveCard.FLUSH, FiveCard.STRAIGHT_FLUSH, FiveCard.ROYAL_FLUSH)
_FIRST_SUITED: Final = 20

MAKES: Final = _FIRST_SUITED + len(_SUITED)
"""How many things can be made, as far as `CardClasses` tells them apart."""

_CATEGORIES: Final = {
    0 + 1: FiveCard.FOUR_OF_A_KIND,
    0 + 2: FiveCard.FOUR_OF_A_KIND,
    0 + 3: FiveCard.FULL_HOUSE,
    4 + 1: FiveCard.THREE_OF_A_KIND,
    4 + 2: FiveCard.THREE_OF_A_KIND,
    4 + 3: FiveCard.TWO_PAIR,
    8 + 1: FiveCard.NOTHING,
    8 + 2: FiveCard.PAIR_TENS_OR_BETTER,
    12: FiveCard.NOTHING,
    _STRAIGHT: FiveCard.STRAIGHT,
    **dict(enumerate(_SUITED, start=_FIRST_SUITED)),
}

NAMES_SHIFT: Final = 20

_SUIT_KEY_SHIFT: Final = 32


Integers = NDArray[np.int64]


@cache
def card_classes() -> CardClasses:
    """The tables; they take about half a second to make."""
    hands, deals = classed_hands(), deal_table()
    shape_of = {row.tobytes(): shape for shape, row in enumerate(hands.three)}
    all_three = sorted(combinations(DECK, 3), key=_place)
    masks = masks_of_cards(np.array(all_three))
    order = np.argsort(masks, axis=1, kind="stable")[:, ::-1]
    sorted_masks = np.take_along_axis(masks, order, axis=1)
    renamed = np.argsort(order, axis=1)
    shapes = np.array([shape_of[row.tobytes()] for row in np.ascontiguousarray(sorted_masks)])
    names = (renamed << 2 * np.arange(len(SUITS))).sum(axis=1)

    pair = hands.three_class[hands.extended_from] * len(hands.four_rows)
    pair += hands.four_class[hands.extended_to]
    starts, start_of = np.unique(pair, return_inverse=True)
    cards = masks_of_cards(np.array(DECK)[:, None])
    is_free = ~(hands.three[:, None, :] & cards).any(axis=2)
    start = np.zeros(is_free.shape, dtype=np.uint16)
    start[is_free] = start_of * MAKES

    by_category = np.zeros((len(starts), len(FiveCard)), dtype=np.uint16)
    start_of_deal = np.searchsorted(
        starts, deals.three_class * len(hands.four_rows) + deals.four_class
    )
    by_category[start_of_deal, deals.category] = np.arange(len(deals))
    deal = np.zeros((len(starts), MAKES), dtype=np.uint16)
    deal[:, list(_CATEGORIES)] = by_category[:, list(_CATEGORIES.values())]
    return CardClasses(
        second=np.array([comb(card, 2) for card in DECK], dtype=np.uint64),
        third=np.array([comb(card, 3) for card in DECK], dtype=np.uint64),
        three=(shapes * len(DECK) | names << NAMES_SHIFT).astype(np.uint32),
        start=start.ravel(),
        deal=deal.ravel(),
        keys=np.array(
            [1 << card // len(SUITS) | 1 << _SUIT_KEY_SHIFT + card % len(SUITS) for card in DECK],
            dtype=np.uint64,
        ),
        ranks=_of_ranks(),
        repeated=_of_repeated_ranks(),
        suited=_of_one_suit(),
    )


def deal_classes_with(hands: Integers, first: int, second: int) -> Integers:
    """Deal classes of hands that share two community cards, in numpy.

    Args:
        hands: three ascending cards each; shape (hands, 3).
        first: the first community card.
        second: the second.

    Returns:
        An index into the deal table for each; shape (hands,).
    """
    classes = card_classes()
    low, middle, high = hands.T
    at_middle, at_high = (column.astype(np.int64) for column in (classes.second, classes.third))
    entry = classes.three.astype(np.int64)[low + at_middle[middle] + at_high[high]]
    suit = entry >> NAMES_SHIFT + 2 * (first % len(SUITS)) & 3
    fourth = first - first % len(SUITS) + suit
    start = classes.start[(entry & (1 << NAMES_SHIFT) - 1) + fourth].astype(np.int64)
    x, y, z = classes.keys.astype(np.int64)[hands.T]
    one, other = (int(classes.keys[card]) for card in (first, second))
    ranks = (x | y | z | one | other) % len(_SETS)
    repeated = (x & y | (x | y) & z | (x | y | z) & (one | other) | one & other) % len(_SETS)
    made = np.where(
        (x & y & z & one & other) >> _SUIT_KEY_SHIFT,
        classes.suited[ranks],
        classes.ranks[ranks] + classes.repeated[repeated],
    )
    deals: Integers = classes.deal[start + made].astype(np.int64)
    return deals


def _place(cards: tuple[int, ...]) -> int:
    return sum(comb(card, size) for size, card in enumerate(cards, start=1))


_SETS: Final = np.arange(1 << len(RANKS), dtype=np.uint16)
_HIGH: Final = (1 << len(RANKS)) - (1 << RANKS.index("T"))


def _of_ranks() -> NDArray[np.uint8]:
    made = 4 * (np.clip(np.bitwise_count(_SETS), 2, 5) - 2)
    return np.where(_of_one_suit() > _FIRST_SUITED, _STRAIGHT, made).astype(np.uint8)


def _of_repeated_ranks() -> NDArray[np.uint8]:
    one = np.where(_SETS & _HIGH, 2, 1)
    return np.choose(np.clip(np.bitwise_count(_SETS), 0, 2), [0, one, 3]).astype(np.uint8)


def _of_one_suit() -> NDArray[np.uint8]:
    none = np.zeros_like(_SETS)
    categories = five_card_categories(np.stack([_SETS, none, none, none], axis=1))
    made = np.zeros(len(_SETS), dtype=np.uint8)
    for number, category in enumerate(_SUITED, start=_FIRST_SUITED):
        made[(categories == category) & (np.bitwise_count(_SETS) == 5)] = number
    return made
