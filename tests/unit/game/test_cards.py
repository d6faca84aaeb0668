"""Hands become rank masks by suit."""

from itertools import permutations

import numpy as np

from let_it_ride.game.cards import DECK, HIGH_RANKS, RANKS, SUITS, canonical, masks_of_cards
from reference.cards import DECK as REFERENCE_DECK
from reference.cards import RANK_NAMES, cards


def hands(*texts: str) -> np.ndarray:
    return np.array([[REFERENCE_DECK.index(card) for card in cards(text)] for text in texts])


def test_a_card_has_the_number_of_its_place_in_the_reference_deck():
    named = [(RANK_NAMES[RANKS[card // 4]], SUITS[card % 4]) for card in DECK]
    assert tuple(named) == REFERENCE_DECK


def test_masks_hold_the_ranks_of_each_suit():
    masks = masks_of_cards(hands("2c Ac Ts", "Kd Kh Ks"))
    assert masks.tolist() == [[1 | 1 << 12, 0, 0, 1 << 8], [0, 1 << 11, 1 << 11, 1 << 11]]
    assert masks.dtype == np.uint16


def test_the_order_of_the_cards_does_not_change_their_masks():
    orders = np.array(list(permutations(hands("2c Ac Ts Th")[0])))
    assert len(np.unique(masks_of_cards(orders), axis=0)) == 1


def test_five_ranks_are_high():
    assert [rank for rank in range(13) if HIGH_RANKS >> rank & 1] == [8, 9, 10, 11, 12]


def test_hands_that_differ_in_the_names_of_suits_are_canonically_equal():
    hand = hands("2c Ac Tc Th 9s")[0]
    ranks, suits = np.divmod(hand, 4)
    renamed = np.array([4 * ranks + np.array(names)[suits] for names in permutations(range(4))])
    assert len(np.unique(masks_of_cards(renamed), axis=0)) > 1
    assert len(np.unique(canonical(masks_of_cards(renamed)), axis=0)) == 1


def test_hands_that_differ_in_which_cards_are_suited_stay_different():
    masks = masks_of_cards(hands("2c 3c 4d", "2c 3d 4d", "2c 3d 4c"))
    assert len(np.unique(canonical(masks), axis=0)) == 3
