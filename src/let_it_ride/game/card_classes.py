"""Which deal class real cards belong to, looked up card by card.

Seats that share community cards need real cards. What each of them was dealt is a deal class again,
found in three steps: three cards name a shape and how their suits are renamed for it; the shape and
the renamed fourth card name a *start*, a pair of three-card and four-card class; the start and the
five-card category name the deal class.
"""

from functools import cache
from itertools import combinations, combinations_with_replacement
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
            C(c₂, 3): the shape, and from bit 16 on two bits for the new name of each suit;
            shape (22100,).
        start: by shape × 52 + renamed fourth card; shape (1755 × 52,).
        deal: the deal class by start × 10 + `FiveCard`; shape (starts × 10,).
        keys: what each card adds to the key of a hand: its `RANK_KEYS`, and from bit 32 on one in
            four bits of its suit; shape (52,).
        unsuited: `FiveCard` by the low half of a hand's key, where not all cards are of one suit.
        suited: `FiveCard` by rank mask, where they are; shape (8192,).
    """

    second: NDArray[np.uint64]
    third: NDArray[np.uint64]
    three: NDArray[np.uint32]
    start: NDArray[np.uint16]
    deal: NDArray[np.uint16]
    keys: NDArray[np.uint64]
    unsuited: NDArray[np.uint8]
    suited: NDArray[np.uint8]


#: Numbers whose sums tell any five ranks, none more than four times, from any others: each is the
#: least for which that is so.
RANK_KEYS: Final = (0, 1, 5, 22, 94, 312, 992, 2422, 5624, 12522, 19998, 43258, 79415)

_SUIT_KEY_SHIFT: Final = 32


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
    start[is_free] = start_of

    deal = np.zeros((len(starts), len(FiveCard)), dtype=np.uint16)
    start_of_deal = np.searchsorted(
        starts, deals.three_class * len(hands.four_rows) + deals.four_class
    )
    deal[start_of_deal, deals.category] = np.arange(len(deals))
    return CardClasses(
        second=np.array([comb(card, 2) for card in DECK], dtype=np.uint64),
        third=np.array([comb(card, 3) for card in DECK], dtype=np.uint64),
        three=(shapes | names << 16).astype(np.uint32),
        start=start.ravel(),
        deal=deal.ravel(),
        keys=np.array(
            [
                RANK_KEYS[card // len(SUITS)] | 1 << _SUIT_KEY_SHIFT + 4 * (card % len(SUITS))
                for card in DECK
            ],
            dtype=np.uint64,
        ),
        unsuited=_unsuited_categories(),
        suited=_suited_categories(),
    )


def _place(cards: tuple[int, ...]) -> int:
    return sum(comb(card, size) for size, card in enumerate(cards, start=1))


def _unsuited_categories() -> NDArray[np.uint8]:
    ranks = [
        five
        for five in combinations_with_replacement(range(len(RANKS)), 5)
        if max(map(five.count, five)) < 5
    ]
    # Suits in turn: equal ranks, which are neighbours, never share one, and not all are the same.
    cards = np.array([[rank * 4 + place % 4 for place, rank in enumerate(five)] for five in ranks])
    categories = np.zeros(4 * RANK_KEYS[-1] + RANK_KEYS[-2] + 1, dtype=np.uint8)
    keys = np.array(RANK_KEYS)[np.array(ranks)].sum(axis=1)
    categories[keys] = five_card_categories(masks_of_cards(cards))
    return categories


def _suited_categories() -> NDArray[np.uint8]:
    sets = np.arange(1 << len(RANKS), dtype=np.uint16)
    none = np.zeros_like(sets)
    categories = five_card_categories(np.stack([sets, none, none, none], axis=1))
    return np.where(np.bitwise_count(sets) == 5, categories, 0).astype(np.uint8)
