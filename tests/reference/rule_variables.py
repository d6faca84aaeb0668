"""What a rule's condition can name, each by its words in the program's reference."""

from collections.abc import Callable

from reference.cards import Cards, ranks_of
from reference.features import (
    connected_cards,
    high_cards,
    straight_flush_spread,
    straights,
    suited_cards,
    suited_high_cards,
)
from reference.hands import STRAIGHTS, TEN, all_suited, groups


def _groups(hand: Cards) -> list[int]:
    """How many cards there are of each rank, most first."""
    return [how_many for how_many, _ in groups(hand)]


def _has_pair(hand: Cards) -> bool:
    return _groups(hand) in ([2, 1], [2, 1, 1])


def _has_high_pair(hand: Cards) -> bool:
    return _has_pair(hand) and groups(hand)[0][1] >= TEN


def _is_straight_draw(hand: Cards) -> bool:
    ranks = set(ranks_of(hand))
    return len(ranks) == len(hand) and any(ranks <= straight for straight in STRAIGHTS)


def _is_open(hand: Cards) -> bool:
    """Whether ranks in a row have as many straights about them as they can."""
    low, high = min(ranks_of(hand)), max(ranks_of(hand))
    in_a_row = set(ranks_of(hand)) == set(range(low, low + len(hand)))
    missing = 5 - len(hand)
    return in_a_row and low - missing >= 1 and high + missing <= 14


#: All but `has_paying_hand`, which the pay table decides too.
DEFINITIONS: dict[str, Callable[[Cards], int]] = {
    "default": lambda _: 1,
    "high_cards": high_cards,
    "suited_cards": suited_cards,
    "suited_high_cards": suited_high_cards,
    "connected_cards": connected_cards,
    "gaps": lambda hand: 5 - connected_cards(hand),
    "straights": straights,
    "straight_flush_spread": straight_flush_spread,
    "has_pair": _has_pair,
    "has_high_pair": _has_high_pair,
    "has_two_pair": lambda hand: _groups(hand) == [2, 2],
    "has_trips": lambda hand: _groups(hand) in ([3], [3, 1]),
    "has_quads": lambda hand: _groups(hand) == [4],
    "is_flush_draw": all_suited,
    "is_straight_draw": _is_straight_draw,
    "is_open_straight_draw": _is_open,
    "is_inside_straight_draw": lambda hand: _is_straight_draw(hand) and not _is_open(hand),
    "is_straight_flush_draw": lambda hand: all_suited(hand) and _is_straight_draw(hand),
    "is_royal_draw": lambda hand: all_suited(hand) and min(ranks_of(hand)) >= TEN,
}
