"""What the rules of a custom strategy see of three or four cards, by its definition."""

from collections.abc import Callable, Mapping

from reference.cards import ACE, Cards, ranks_of, suits_of
from reference.hands import STRAIGHTS, TEN, all_different, all_suited, groups, sets_and_pairs


def high_cards(hand: Cards) -> int:
    return sum(rank >= TEN for rank in ranks_of(hand))


def suited_cards(hand: Cards) -> int:
    return max(suits_of(hand).count(suit) for suit in suits_of(hand))


def suited_high_cards(hand: Cards) -> int:
    high = tuple(card for card in hand if card[0] >= TEN)
    return suited_cards(high) if high else 0


def connected_cards(hand: Cards) -> int:
    return max(len(straight & set(ranks_of(hand))) for straight in STRAIGHTS)


def gaps(hand: Cards) -> int:
    return 5 - connected_cards(hand)


def straights(hand: Cards) -> int:
    if not all_different(hand):
        return 0
    return sum(straight >= set(ranks_of(hand)) for straight in STRAIGHTS)


def straight_flush_spread(hand: Cards) -> int:
    if not all_suited(hand):
        return 0
    ace_high = ranks_of(hand)
    ace_low = sorted(1 if rank == ACE else rank for rank in ace_high)
    spread = min(ranks[-1] - ranks[0] + 1 for ranks in (ace_high, ace_low))
    return spread if spread <= 5 else 0


def has_low_pair(hand: Cards) -> bool:
    pairs = [rank for how_many, rank in groups(hand) if how_many == 2]
    return len(pairs) == 1 and pairs[0] < TEN


def has_high_pair(hand: Cards) -> bool:
    return sets_and_pairs(hand) == "pair_tens_or_better"


def has_pair(hand: Cards) -> bool:
    return has_high_pair(hand) or has_low_pair(hand)


def has_two_pair(hand: Cards) -> bool:
    return sets_and_pairs(hand) == "two_pair"


def has_trips(hand: Cards) -> bool:
    return sets_and_pairs(hand) == "three_of_a_kind"


def has_quads(hand: Cards) -> bool:
    return sets_and_pairs(hand) == "four_of_a_kind"


def is_straight_draw(hand: Cards) -> bool:
    return straights(hand) >= 1


def is_open_straight_draw(hand: Cards) -> bool:
    return straights(hand) == 6 - len(hand)


def is_inside_straight_draw(hand: Cards) -> bool:
    return is_straight_draw(hand) and not is_open_straight_draw(hand)


def is_straight_flush_draw(hand: Cards) -> bool:
    return straight_flush_spread(hand) > 0


def is_royal_draw(hand: Cards) -> bool:
    return is_straight_flush_draw(hand) and high_cards(hand) == len(hand)


#: What a rule can name, `has_paying_hand` and `default` apart.
RULE_VARIABLES: Mapping[str, Callable[[Cards], int]] = {
    definition.__name__: definition
    for definition in (
        high_cards,
        suited_cards,
        suited_high_cards,
        connected_cards,
        gaps,
        straights,
        straight_flush_spread,
        has_pair,
        has_high_pair,
        has_two_pair,
        has_trips,
        has_quads,
        is_straight_draw,
        is_open_straight_draw,
        is_inside_straight_draw,
        is_straight_flush_draw,
        is_royal_draw,
    )
} | {"is_flush_draw": all_suited}
