"""Cards for a deal class: a deal drawn uniformly among those of the class.

A deal of a class is a three-card hand of its three-card class, a fourth card that makes its
four-card class, and one of the fifth cards that make its category, of which every hand of a
four-card class has as many. So a pair of canonical hand and fourth card is drawn by the number of
hands that the canonical one stands for, then a fifth card, then a renaming of the suits and an
order of the three cards. Nobody who plays sees more of a deal than its class, so cards that are
drawn afterwards have the law of cards that are dealt.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import Final

import numpy as np

from let_it_ride.game.cards import DECK, RANKS, SUITS, canonical, masks_of_cards
from let_it_ride.game.deals import ClassedHands, DealTable, Integers, classed_hands, deal_table
from let_it_ride.game.hands import five_card_categories

_WORDS: Final = 1 << 64
_SUIT_NAMINGS: Final = tuple(permutations(range(len(SUITS))))
_ORDERS: Final = tuple(permutations(range(3)))


@dataclass(frozen=True, slots=True)
class ShownCards:
    """The cards of one hand (see `cards`).

    Attributes:
        own: the player's three, in the order in which they came.
        fourth: the first community card.
        fifth: the second.
        burned: what the dealer burned between, in order.
    """

    own: tuple[int, int, int]
    fourth: int
    fifth: int
    burned: tuple[int, ...] = ()


def bounded(words: Iterator[int], bound: int) -> int:
    """A whole number below a bound, each as likely, from 64-bit words that are."""
    reject_from = _WORDS - _WORDS % bound
    while (word := next(words)) >= reject_from:
        pass
    return word % bound


def show_cards(deal_class: int, words: Iterator[int], burned: int = 0) -> ShownCards:
    """Draw a deal of a class.

    What is burned is drawn as `burn` does.

    Args:
        deal_class: an index into the deal table.
        words: random 64-bit words; four of them, and one for each burned card, as good as always.
        burned: how many cards are burned, all that are not shown being as likely.
    """
    starts = _starts(deal_class)
    start = bisect_right(starts.up_to, bounded(words, starts.up_to[-1]))
    own, fourth, four = _first_cards(starts.extended[start])
    fifths = _fifths(four)[starts.category]
    fifth = fifths[bounded(words, len(fifths))]
    suits = _SUIT_NAMINGS[bounded(words, len(_SUIT_NAMINGS))]
    renamed = [
        card - card % len(SUITS) + suits[card % len(SUITS)] for card in (*own, fourth, fifth)
    ]
    first, second, third = _ORDERS[bounded(words, len(_ORDERS))]
    return ShownCards(
        (renamed[first], renamed[second], renamed[third]),
        renamed[3],
        renamed[4],
        burn(renamed, words, burned),
    )


def card_name(card: int) -> str:
    """A card's rank and suit: ``"As"``."""
    return RANKS[card // len(SUITS)] + SUITS[card % len(SUITS)]


def burn(shown: Iterable[int], words: Iterator[int], count: int) -> tuple[int, ...]:
    """Draw cards to burn, all that are not shown being as likely; each takes a word, rarely two."""
    unseen = sorted(set(DECK) - set(shown))
    return tuple(unseen.pop(bounded(words, len(unseen))) for _ in range(count))


@cache
def example_hands(cards: int) -> tuple[tuple[str, ...], ...]:
    """A hand of each class of three or of four cards, the highest card first, as card names.

    Args:
        cards: how many cards each of them has, three or four.
    """
    _, hands = _hands()
    masks, of_class = (
        (hands.three, hands.three_class) if cards == 3 else (hands.four, hands.four_class)
    )
    # Of the hands of a class the last one has the highest cards in its first suit, here spades.
    last = {number: place for place, number in enumerate(of_class.tolist())}
    return tuple(
        tuple(map(card_name, sorted(_cards_of(masks[last[number]][::-1].tolist()), reverse=True)))
        for number in range(len(last))
    )


def class_of(cards: Sequence[int]) -> int:
    """The class of three or of four cards, in any order; an index into the deal table's classes."""
    _, hands = _hands()
    masks, of_class = (
        (hands.three, hands.three_class) if len(cards) == 3 else (hands.four, hands.four_class)
    )
    (hand,) = canonical(masks_of_cards(np.array([cards])))
    return int(of_class[(masks == hand).all(axis=1).argmax()])


@dataclass(frozen=True, slots=True)
class _Starts:
    """The three-card hands with a fourth card of a deal class.

    Attributes:
        extended: which of `ClassedHands.extended`.
        up_to: how many hands these, up to each of them, stand for.
        category: the `FiveCard` of the class.
    """

    extended: list[int]
    up_to: list[int]
    category: int


@cache
def _hands() -> tuple[DealTable, ClassedHands]:
    return deal_table(), classed_hands()


@cache
def _by_pair() -> dict[tuple[int, int], Integers]:
    """The starts of every pair of three-card and four-card class."""
    _, hands = _hands()
    three_class = hands.three_class[hands.extended_from]
    four_class = hands.four_class[hands.extended_to]
    order = np.lexsort((four_class, three_class))
    pairs = np.column_stack([three_class, four_class])[order]
    new = np.flatnonzero((pairs[1:] != pairs[:-1]).any(axis=1)) + 1
    begins = pairs[[0, *new.tolist()]].tolist()
    return {
        (three, four): starts
        for (three, four), starts in zip(begins, np.split(order, new), strict=True)
    }


@cache
def _starts(deal_class: int) -> _Starts:
    table, hands = _hands()
    pair = int(table.three_class[deal_class]), int(table.four_class[deal_class])
    extended = _by_pair()[pair]
    up_to = np.cumsum(hands.three_weight[hands.extended_from[extended]])
    return _Starts(extended.tolist(), up_to.tolist(), int(table.category[deal_class]))


def _first_cards(extended: int) -> tuple[list[int], int, int]:
    """The three cards and the fourth of a start, and which of `ClassedHands.four` they are.

    Suits are renamed as those of the four-card hand are.
    """
    _, hands = _hands()
    three = hands.three[hands.extended_from[extended]].tolist()
    four = hands.extended[extended].tolist()
    suits = sorted(range(len(SUITS)), key=four.__getitem__, reverse=True)
    own = _cards_of([three[suit] for suit in suits])
    (fourth,) = _cards_of([four[suit] ^ three[suit] for suit in suits])
    return own, fourth, int(hands.extended_to[extended])


def _cards_of(masks: list[int]) -> list[int]:
    return [
        rank * len(SUITS) + suit
        for suit, mask in enumerate(masks)
        if mask
        for rank in range(len(RANKS))
        if mask >> rank & 1
    ]


@cache
def _fifths(four: int) -> dict[int, list[int]]:
    """The fifth cards of one of `ClassedHands.four`, by the `FiveCard` that they make."""
    _, hands = _hands()
    held = hands.four[four]
    cards = masks_of_cards(np.array(DECK)[:, None])
    others = np.flatnonzero(~(held & cards).any(axis=1))
    fifths: dict[int, list[int]] = {}
    for fifth, category in zip(others, five_card_categories(held | cards[others]), strict=True):
        fifths.setdefault(int(category), []).append(int(fifth))
    return fifths
