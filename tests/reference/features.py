"""What the rules of a custom strategy see of three or four cards, by its definition."""

from reference.cards import ACE, Cards, ranks_of, suits_of
from reference.hands import STRAIGHTS, TEN, all_different, all_suited, groups


def high_cards(hand: Cards) -> int:
    return sum(rank >= TEN for rank in ranks_of(hand))


def suited_cards(hand: Cards) -> int:
    return max(suits_of(hand).count(suit) for suit in suits_of(hand))


def suited_high_cards(hand: Cards) -> int:
    high = tuple(card for card in hand if card[0] >= TEN)
    return suited_cards(high) if high else 0


def connected_cards(hand: Cards) -> int:
    return max(len(straight & set(ranks_of(hand))) for straight in STRAIGHTS)


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
