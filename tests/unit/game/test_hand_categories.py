"""What hands make: over all of them, and against counting cards."""

import random

import numpy as np
import pytest

from let_it_ride.game.cards import masks_of_cards
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.hands import five_card_categories, three_card_categories
from reference.cards import DECK, cards
from reference.deal_classes import BONUS_NAMES, bonus_names
from reference.every_hand import (
    FIVE_CARD_NAMES,
    as_cards,
    every_hand,
    five_card_names,
)
from reference.hands import bonus_hand, main_hand

TRICKY_FIVE = {
    "Ts Js Qs Ks As": "royal_flush",
    "9s Ts Js Qs Ks": "straight_flush",
    "As 2s 3s 4s 5s": "straight_flush",
    "Ts Js Qs Ks Ad": "straight",
    "As 2s 3s 4s 5d": "straight",
    "Js Qs Ks As 2s": "flush",
    "Js Qd Ks As 2s": "nothing",
    "Qs Kd As 2s 3s": "nothing",
    "Ks Ad 2s 3s 4s": "nothing",
    "2s 3s 4s 5s 7d": "nothing",
    "2s 2d 2h 2c As": "four_of_a_kind",
    "2s Ad Ah Ac As": "four_of_a_kind",
    "2s 2d 2h Ac As": "full_house",
    "2s 2d Ah Ac As": "full_house",
    "2s 2d 2h Kc As": "three_of_a_kind",
    "2s Kd Ah Ac As": "three_of_a_kind",
    "2s 2d 3h 3c 4s": "two_pair",
    "2s 2d 3h 4c 4s": "two_pair",
    "2s 3d 3h 4c 4s": "two_pair",
    "Ts Td 2h 3c 4s": "pair_tens_or_better",
    "Ts Ad Ah Jc Qs": "pair_tens_or_better",
    "9s 9d Th Jc Qs": "nothing",
    "2s 2d Kh Qc As": "nothing",
}
TRICKY_THREE = {
    "Qs Ks As": "mini_royal",
    "Qs Ks Ad": "straight",
    "Js Qs Ks": "straight_flush",
    "As 2s 3s": "straight_flush",
    "As 2s 3d": "straight",
    "Ks As 2s": "flush",
    "Ks As 2d": "nothing",
    "2s 3s 4d": "straight",
    "2s 3s 5s": "flush",
    "9s 9d 9h": "three_of_a_kind",
    "9s 9d Th": "pair",
    "9s Td Th": "pair",
    "2s 4d 6h": "nothing",
}


def names_of_five(hands: np.ndarray) -> list[str]:
    return [FiveCard(number).key for number in five_card_categories(masks_of_cards(hands))]


def names_of_three(hands: np.ndarray) -> list[str]:
    return [ThreeCard(number).key for number in three_card_categories(masks_of_cards(hands))]


def numbers(text: str) -> np.ndarray:
    return np.array([[DECK.index(card) for card in cards(text)]])


def test_the_categories_are_the_reference_hands_best_first():
    assert tuple(category.key for category in FiveCard) == FIVE_CARD_NAMES
    assert tuple(category.key for category in ThreeCard) == BONUS_NAMES


def test_all_2598960_five_card_hands_fall_in_their_categories_as_often_as_combinatorics_says():
    counts = np.bincount(five_card_categories(masks_of_cards(every_hand(5))))
    assert counts.tolist() == [
        *(4, 36, 624, 3744, 5108, 10200, 54912, 123552, 422400),
        1_978_380,
    ]


def test_all_22100_three_card_hands_fall_in_their_categories_as_often_as_combinatorics_says():
    counts = np.bincount(three_card_categories(masks_of_cards(every_hand(3))))
    assert counts.tolist() == [4, 44, 52, 720, 1096, 3744, 16440]


def test_every_five_card_hand_is_what_its_sorted_ranks_say():
    made = five_card_categories(masks_of_cards(every_hand(5)))
    np.testing.assert_array_equal(made, five_card_names())


def test_every_three_card_hand_is_what_counting_its_cards_says():
    made = three_card_categories(masks_of_cards(every_hand(3)))
    np.testing.assert_array_equal(made, bonus_names())


def test_random_five_card_hands_are_what_counting_their_cards_says():
    rng = random.Random(5)
    hands = np.array([rng.sample(range(52), 5) for _ in range(5000)])
    assert names_of_five(hands) == [main_hand(as_cards(hand)) for hand in hands]


@pytest.mark.parametrize(("hand", "name"), TRICKY_FIVE.items())
def test_tricky_five_card_hands_have_the_name_a_dealer_gives_them(hand: str, name: str):
    assert names_of_five(numbers(hand)) == [name] == [main_hand(cards(hand))]


@pytest.mark.parametrize(("hand", "name"), TRICKY_THREE.items())
def test_tricky_three_card_hands_have_the_name_a_dealer_gives_them(hand: str, name: str):
    assert names_of_three(numbers(hand)) == [name] == [bonus_hand(cards(hand))]


def test_the_order_in_which_cards_come_does_not_change_what_they_make():
    rng = random.Random(6)
    hands = every_hand(5)[rng.sample(range(2_598_960), 500)]
    shuffled = np.array([rng.sample(list(hand), 5) for hand in hands])
    assert names_of_five(shuffled) == names_of_five(hands)


def test_no_hands_make_no_categories():
    none = np.zeros((0, 4), dtype=np.uint16)
    assert five_card_categories(none).shape == three_card_categories(none).shape == (0,)
