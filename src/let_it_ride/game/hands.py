"""What a hand is: five-card and three-card categories, and the shape of an unfinished hand.

Every function takes suit masks (see `cards`), shape (hands, 4), and answers for all hands at once.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.cards import ACE, HIGH_RANKS, RANKS, SuitMasks
from let_it_ride.game.categories import FiveCard, ThreeCard

Bools = NDArray[np.bool_]
Counts = NDArray[np.uint8]
Ranks = NDArray[np.uint16]

_ACE_LOW: Final = 1 << ACE
_RANK_SETS: Final = np.arange(1 << len(RANKS), dtype=np.uint16)


def _straight_masks(length: int) -> NDArray[np.uint16]:
    """Rank masks of the straights of a length, the ace below the deuce first."""
    run = (1 << length) - 1
    low = run >> 1 | _ACE_LOW
    return np.array([low, *(run << r for r in range(len(RANKS) - length + 1))], dtype=np.uint16)


_FIVE_STRAIGHTS: Final = _straight_masks(5)
_THREE_STRAIGHTS: Final = _straight_masks(3)
_BROADWAY: Final = _FIVE_STRAIGHTS[-1]
_MINI_ROYAL: Final = _THREE_STRAIGHTS[-1]

# Answers for every set of ranks, looked up by its mask.
_SIZE: Final = np.bitwise_count(_RANK_SETS)
_IS_FIVE_STRAIGHT: Final = np.isin(_RANK_SETS, _FIVE_STRAIGHTS)
_IS_THREE_STRAIGHT: Final = np.isin(_RANK_SETS, _THREE_STRAIGHTS)
_INSIDE: Final = _RANK_SETS[:, None] & _FIVE_STRAIGHTS
_CONNECTED: Final = np.bitwise_count(_INSIDE).max(axis=1)
_STRAIGHTS_AROUND: Final = (_RANK_SETS[:, None] == _INSIDE).sum(axis=1, dtype=np.uint8)


def _span_of(ranks: int) -> int:
    return ranks.bit_length() - (ranks & -ranks).bit_length() + 1


def _spread(ranks: int) -> int:
    """Ranks spanned, the ace low or high, whichever is less."""
    ace_low = (ranks << 1 | ranks >> ACE) & ((1 << len(RANKS)) - 1)
    return min(_span_of(ranks), _span_of(ace_low)) if ranks & _ACE_LOW else _span_of(ranks)


_SPREAD: Final = np.array([_spread(int(ranks)) for ranks in _RANK_SETS], dtype=np.uint8)


def five_card_categories(hands: SuitMasks) -> NDArray[np.uint8]:
    """`FiveCard` of five-card hands; shape (hands,)."""
    ranks, odd = _ranks(hands), np.bitwise_xor.reduce(hands, axis=1)
    distinct = _SIZE[ranks]
    flush = _all_of_one_suit(hands) & (distinct == 5)
    straight = _IS_FIVE_STRAIGHT[ranks]
    pair_is_high = (ranks & ~odd & HIGH_RANKS) != 0
    # The first condition that holds names the hand.
    return np.select(
        [
            flush & (ranks == _BROADWAY),
            flush & straight,
            _has_quads(hands),
            distinct == 2,
            flush,
            straight,
            (distinct == 3) & (_SIZE[odd] == 3),
            distinct == 3,
            (distinct == 4) & pair_is_high,
        ],
        [np.uint8(category) for category in list(FiveCard)[:-1]],
        np.uint8(FiveCard.NOTHING),
    )


def three_card_categories(hands: SuitMasks) -> NDArray[np.uint8]:
    """`ThreeCard` of three-card hands; shape (hands,)."""
    ranks = _ranks(hands)
    distinct = _SIZE[ranks]
    flush = _all_of_one_suit(hands) & (distinct == 3)
    straight = _IS_THREE_STRAIGHT[ranks]
    return np.select(
        [
            flush & (ranks == _MINI_ROYAL),
            flush & straight,
            distinct == 1,
            straight,
            flush,
            distinct == 2,
        ],
        [np.uint8(category) for category in list(ThreeCard)[:-1]],
        np.uint8(ThreeCard.NOTHING),
    )


#: What can be seen of three or four cards, as small numbers. Every variable of a custom rule is
#: one of these or follows from them.
FEATURES: Final = (
    "made",
    "has_low_pair",
    "high_cards",
    "suited_cards",
    "suited_high_cards",
    "connected_cards",
    "straights",
    "straight_flush_spread",
)


def hand_features(hands: SuitMasks) -> Counts:
    """What can be seen of three-card or four-card hands; shape (hands, len(FEATURES)).

    The columns, as `FEATURES` names them:

    * made: the `FiveCard` already certain (four of a kind, three of a kind, two pair, pair of
      tens or better), else `FiveCard.NOTHING`
    * has_low_pair: 1 where the only pair is nines or lower
    * high_cards: cards of rank ten or better
    * suited_cards: the most cards of one suit
    * suited_high_cards: the most high cards of one suit
    * connected_cards: the most different ranks that fit in one five-rank straight
    * straights: five-rank straights that contain all the cards, 0 with a pair
    * straight_flush_spread: ranks that the cards span if all are of one suit, the ace low or
      high, whichever is less; 0 if they are not, or span more than five
    """
    ranks, odd = _ranks(hands), np.bitwise_xor.reduce(hands, axis=1)
    even = ranks & ~odd
    cards = np.bitwise_count(hands).sum(axis=1, dtype=np.uint8)
    distinct = _SIZE[ranks]
    pair_is_high = (even & HIGH_RANKS) != 0
    quads = _has_quads(hands)
    trips = (cards - distinct == 2) & (_SIZE[even] == 0)
    two_pair = _SIZE[even] == 2
    one_pair = (_SIZE[even] == 1) & ~quads
    made = np.select(
        [quads, trips, two_pair, one_pair & pair_is_high],
        [
            np.uint8(FiveCard.FOUR_OF_A_KIND),
            np.uint8(FiveCard.THREE_OF_A_KIND),
            np.uint8(FiveCard.TWO_PAIR),
            np.uint8(FiveCard.PAIR_TENS_OR_BETTER),
        ],
        np.uint8(FiveCard.NOTHING),
    )
    suited = _all_of_one_suit(hands)
    spread = np.where(suited & (_SPREAD[ranks] <= 5), _SPREAD[ranks], 0)
    return np.stack(
        [
            made,
            one_pair & ~pair_is_high,
            np.bitwise_count(hands & HIGH_RANKS).sum(axis=1, dtype=np.uint8),
            np.bitwise_count(hands).max(axis=1),
            np.bitwise_count(hands & HIGH_RANKS).max(axis=1),
            _CONNECTED[ranks],
            np.where(distinct == cards, _STRAIGHTS_AROUND[ranks], 0),
            spread,
        ],
        axis=1,
        dtype=np.uint8,
    )


def _ranks(hands: SuitMasks) -> Ranks:
    ranks: Ranks = np.bitwise_or.reduce(hands, axis=1)
    return ranks


def _all_of_one_suit(hands: SuitMasks) -> Bools:
    of_one_suit: Bools = np.count_nonzero(hands, axis=1) == 1
    return of_one_suit


def _has_quads(hands: SuitMasks) -> Bools:
    has_quads: Bools = np.bitwise_and.reduce(hands, axis=1) != 0
    return has_quads
