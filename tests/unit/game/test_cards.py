"""Cards are read and written as people do, and hands become rank masks by suit."""

from itertools import permutations

import numpy as np
import pytest

from let_it_ride.game.cards import (
    DECK,
    HIGH_RANKS,
    canonical,
    card_name,
    masks_of_cards,
    parse_cards,
    suit_masks,
)
from reference.cards import DECK as REFERENCE_DECK
from reference.cards import cards as reference_cards


def test_every_card_is_read_back_from_its_name():
    names = [card_name(card) for card in DECK]
    assert len(set(names)) == 52
    assert parse_cards(" ".join(names)) == tuple(DECK)


def test_a_card_has_the_number_of_its_place_in_the_reference_deck():
    names = " ".join(card_name(card) for card in DECK)
    assert reference_cards(names) == REFERENCE_DECK


def test_cards_are_read_in_either_case():
    assert parse_cards("tS aH 2C") == parse_cards("Ts Ah 2c")


def test_no_cards_are_an_empty_hand():
    assert parse_cards("  ") == ()


@pytest.mark.parametrize("text", ["1s", "Tx", "10s", "T", "Ts,2c", "ßs", "s2"])
def test_what_is_no_card_is_refused_with_the_ranks_and_suits_there_are(text: str):
    with pytest.raises(ValueError, match=r"not a card.*23456789TJQKA.*cdhs"):
        parse_cards(text)


def test_a_card_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        parse_cards("Ts 2c tS")


def test_masks_hold_the_ranks_of_each_suit():
    masks = suit_masks([parse_cards("2c Ac Ts"), parse_cards("Kd Kh Ks")])
    assert masks.tolist() == [[1 | 1 << 12, 0, 0, 1 << 8], [0, 1 << 11, 1 << 11, 1 << 11]]
    assert masks.dtype == np.uint16


def test_the_order_of_the_cards_does_not_change_their_masks():
    hands = np.array(list(permutations(parse_cards("2c Ac Ts Th"))))
    assert len(np.unique(masks_of_cards(hands), axis=0)) == 1


def test_five_ranks_are_high():
    assert [rank for rank in range(13) if HIGH_RANKS >> rank & 1] == [8, 9, 10, 11, 12]


def test_hands_that_differ_in_the_names_of_suits_are_canonically_equal():
    hand = np.array(parse_cards("2c Ac Tc Th 9s"))
    ranks, suits = np.divmod(hand, 4)
    renamed = np.array([4 * ranks + np.array(names)[suits] for names in permutations(range(4))])
    assert len(np.unique(masks_of_cards(renamed), axis=0)) > 1
    assert len(np.unique(canonical(masks_of_cards(renamed)), axis=0)) == 1


def test_hands_that_differ_in_which_cards_are_suited_stay_different():
    hands = suit_masks([parse_cards("2c 3c 4d"), parse_cards("2c 3d 4d"), parse_cards("2c 3d 4c")])
    assert len(np.unique(canonical(hands), axis=0)) == 3
