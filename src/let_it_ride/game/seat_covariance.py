"""How the results of two seats in one round depend on each other, exactly.

Seats share the community cards and are dealt from one deck. For each pair of community cards the
hands of two seats are any two disjoint sets of three of the other fifty cards, so the mean product
of their results is a sum over disjoint pairs. By inclusion and exclusion of what two hands have in
common it is T² − Σ S² + Σ P² − Σ u², where T adds up the results u of all hands, S those with a
certain card and P those with a certain pair of cards.
"""

from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.card_classes import deal_classes_with
from let_it_ride.game.cards import DECK, RANKS, SUITS, masks_of_cards
from let_it_ride.game.categories import ThreeCard
from let_it_ride.game.deals import deal_table
from let_it_ride.game.hands import three_card_categories

Integers = NDArray[np.int64]

#: Ordered pairs of community cards, suits renamed, and how many of the 2,652 each stands for.
_COMMUNITY: Final = tuple(
    (first * len(SUITS), second * len(SUITS) + suit, 4 if suit == 0 else 12)
    for suit in (0, 1)
    for first in range(len(RANKS))
    for second in range(len(RANKS))
    if suit or first != second
)


def main_covariance(units: NDArray[np.integer[Any]]) -> Fraction:
    """Covariance of two seats' main results in a round, in squared base bets.

    It takes a second or two, the first time for the same results.

    Args:
        units: net result in base bets, by deal class.
    """
    return _main_covariance(tuple(units.tolist()))


@lru_cache(maxsize=16)
def _main_covariance(by_deal_class: tuple[int, ...]) -> Fraction:
    units = np.array(by_deal_class, dtype=np.int64)
    cards = np.array(list(combinations(range(len(DECK) - 2), 3)))
    products = total = 0
    for first, second, weight in _COMMUNITY:
        left = np.delete(np.arange(len(DECK)), [first, second])
        values = units[deal_classes_with(left[cards], first, second)]
        products += weight * sum_over_disjoint(cards, values, len(left))
        total += weight * int(values.sum())
    hands = comb(50, 3)
    mean = Fraction(total, 2652 * hands)
    return Fraction(products, 2652 * hands * comb(47, 3)) - mean * mean


def share_covariances(kinds: NDArray[np.integer[Any]]) -> list[Fraction]:
    """Covariances of whether each of two seats is dealt a certain kind of hand in a round.

    It takes a second or two.

    Args:
        kinds: which kind a deal is, from 0 on, by deal class.

    Returns:
        One for each kind.
    """
    count = int(kinds.max()) + 1
    cards = np.array(list(combinations(range(len(DECK) - 2), 3)))
    pairs = np.concatenate([_pair_without(cards, place, len(DECK) - 2) for place in range(3)])
    products, totals = (np.zeros(count, dtype=np.int64) for _ in range(2))
    for first, second, weight in _COMMUNITY:
        left = np.delete(np.arange(len(DECK)), [first, second])
        kind = kinds[deal_classes_with(left[cards], first, second)]
        three_times = np.concatenate([kind] * 3)
        total = np.bincount(kind, minlength=count)
        with_card = _counted_with(cards.T.ravel(), three_times, count)
        with_pair = _counted_with(pairs, three_times, count)
        products += weight * (total**2 - with_card + with_pair - total)
        totals += weight * total
    hands = comb(50, 3)
    return [
        Fraction(product, 2652 * hands * comb(47, 3)) - Fraction(total, 2652 * hands) ** 2
        for product, total in zip(products.tolist(), totals.tolist(), strict=True)
    ]


def _counted_with(parts: Integers, kinds: NDArray[np.integer[Any]], count: int) -> Integers:
    """Count the hands of each kind with a certain part, and add up the squares over the parts."""
    table = np.bincount(parts * count + kinds, minlength=(int(parts.max()) + 1) * count)
    squares: Integers = (table.reshape(-1, count) ** 2).sum(axis=0)
    return squares


def bonus_covariance(units: NDArray[np.integer[Any]]) -> Fraction:
    """Covariance of two seats' bonus results in a round, in squared bonus bets.

    Args:
        units: net result in bonus bets, by deal class.
    """
    by_category = np.zeros(len(ThreeCard), dtype=np.int64)
    by_category[deal_table().bonus_category] = units
    return _bonus_covariance(tuple(by_category.tolist()))


@lru_cache(maxsize=16)
def _bonus_covariance(by_category: tuple[int, ...]) -> Fraction:
    cards = np.array(list(combinations(DECK, 3)))
    values = np.array(by_category)[three_card_categories(masks_of_cards(cards))]
    products = sum_over_disjoint(cards, values, len(DECK))
    mean = Fraction(int(values.sum()), len(cards))
    return Fraction(products, len(cards) * comb(49, 3)) - mean * mean


def sum_over_disjoint(hands: Integers, values: Integers, deck: int) -> int:
    """The sum of value × value over all ordered pairs of hands that share no card.

    Args:
        hands: all hands of three ascending cards; shape (hands, 3).
        values: a value for each; shape (hands,).
        deck: how many cards there are.
    """
    # Sums in doubles are exact: results are far too small, and hands too few, for 2^53.
    pairs = np.concatenate([_pair_without(hands, place, deck) for place in range(3)])
    three_times = np.concatenate([values] * 3)
    with_card = np.bincount(hands.T.ravel(), three_times).astype(np.int64)
    with_pair = np.bincount(pairs, three_times).astype(np.int64)
    total = int(values.sum())
    return total * total - _squares(with_card) + _squares(with_pair) - _squares(values)


def _pair_without(hands: Integers, place: int, deck: int) -> Integers:
    """A number for the pair of cards that a hand without one of its three is."""
    first, second = np.delete(hands, place, axis=1).T
    pairs: Integers = deck * first + second
    return pairs


def _squares(values: Integers) -> int:
    """The exact sum of squares, which may need more than 64 bits."""
    return sum(value * value for value in values.tolist())
