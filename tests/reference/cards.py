"""Cards are pairs (rank, suit); the ace has rank 14."""

from collections import defaultdict
from typing import NamedTuple

Card = tuple[int, str]
Cards = tuple[Card, ...]

ACE = 14
RANK_NAMES = dict(zip("23456789TJQKA", range(2, 15), strict=True))
SUITS = "cdhs"
DECK: Cards = tuple((rank, suit) for rank in RANK_NAMES.values() for suit in SUITS)


class Deal(NamedTuple):
    """The cards of one round: the player's three, and the two that everybody shares."""

    own: Cards
    first: Card
    second: Card


def cards(text: str) -> Cards:
    """Read cards: ``cards("Ts 2c")`` is ``((10, "s"), (2, "c"))``."""
    return tuple((RANK_NAMES[name[0]], name[1]) for name in text.split())


def deal(own: str, first: str, second: str) -> Deal:
    """Read the cards of a round."""
    return Deal(cards(own), *cards(first), *cards(second))


def ranks_of(hand: Cards) -> list[int]:
    return sorted(rank for rank, _ in hand)


def suits_of(hand: Cards) -> list[str]:
    return [suit for _, suit in hand]


def shape_of(hand: Cards) -> Cards:
    """The same hand with its suits renamed: hands that differ in suit names alone become equal."""
    by_suit = defaultdict(list)
    for rank, suit in hand:
        by_suit[suit].append(rank)
    groups = sorted((sorted(ranks) for ranks in by_suit.values()), reverse=True)
    return tuple((rank, suit) for suit, ranks in zip(SUITS, groups, strict=False) for rank in ranks)
