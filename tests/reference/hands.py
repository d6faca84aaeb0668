"""What hands are called."""

from reference.cards import ACE, Cards, ranks_of, suits_of

#: Best first, as the configuration names them; anything less is "nothing".
MAIN_HANDS = (
    "royal_flush",
    "straight_flush",
    "four_of_a_kind",
    "full_house",
    "flush",
    "straight",
    "three_of_a_kind",
    "two_pair",
    "pair_tens_or_better",
)
BONUS_HANDS = (
    "mini_royal",
    "straight_flush",
    "three_of_a_kind",
    "straight",
    "flush",
    "pair",
)
NOTHING = "nothing"

TEN = 10

#: The ten straights of five ranks, A-2-3-4-5 among them.
STRAIGHTS = {
    frozenset({ACE, 2, 3, 4, 5}),
    *(frozenset(range(low, low + 5)) for low in range(2, 11)),
}


def groups(hand: Cards) -> list[tuple[int, int]]:
    """(how many, rank) for each rank, most first: nines full of aces are [(3, 9), (2, 14)]."""
    ranks = [rank for rank, _ in hand]
    return sorted(((ranks.count(rank), rank) for rank in set(ranks)), reverse=True)


def all_suited(hand: Cards) -> bool:
    return len(set(suits_of(hand))) == 1


def all_different(hand: Cards) -> bool:
    return len(groups(hand)) == len(hand)


def main_hand(hand: Cards) -> str:
    """What five cards make in the main game."""
    ranks = frozenset(rank for rank, _ in hand)
    if len(ranks) < 5:
        return sets_and_pairs(hand)
    straight = ranks in STRAIGHTS
    if all_suited(hand):
        if straight:
            return "royal_flush" if min(ranks) == TEN else "straight_flush"
        return "flush"
    return "straight" if straight else NOTHING


def sets_and_pairs(hand: Cards) -> str:
    """The best paying hand that cards of equal rank make.

    On three or four cards this is the hand that is made already, whatever follows.
    """
    (most, rank), *others = groups(hand)
    more = others[0][0] if others else 0
    if most == 4:
        return "four_of_a_kind"
    if most == 3:
        return "full_house" if more == 2 else "three_of_a_kind"
    if most == 2 and more == 2:
        return "two_pair"
    if most == 2 and rank >= TEN:
        return "pair_tens_or_better"
    return NOTHING


def bonus_hand(hand: Cards) -> str:
    """What the player's three cards make on the Three Card Bonus."""
    low, middle, high = ranks_of(hand)
    if low == middle == high:
        return "three_of_a_kind"
    if middle in (low, high):
        return "pair"
    straight = (low + 2, low + 1) == (high, middle) or [low, middle, high] == [2, 3, ACE]
    if all_suited(hand):
        if [low, middle, high] == [12, 13, ACE]:
            return "mini_royal"
        return "straight_flush" if straight else "flush"
    return "straight" if straight else NOTHING
