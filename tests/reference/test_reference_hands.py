"""The reference's list of all hands, and its cards for each deal class, are what they say."""

import numpy as np
import pytest

from reference.cards import cards, shape_of
from reference.deal_classes import classes_of_four, classes_of_three
from reference.every_hand import as_cards, every_hand, one_of_each_shape, place
from reference.strategies import hands_to_come


@pytest.mark.parametrize(("size", "hands"), [(1, 52), (2, 1326), (3, 22_100), (4, 270_725)])
def test_every_hand_is_listed_once_in_its_place(size: int, hands: int):
    listed = every_hand(size)
    assert listed.shape == (hands, size)
    assert (np.diff(listed, axis=1) > 0).all()
    np.testing.assert_array_equal(place(listed), np.arange(hands))


@pytest.mark.parametrize(("size", "shapes"), [(1, 13), (2, 169), (3, 1755), (4, 16_432)])
def test_there_is_one_hand_of_each_shape(size: int, shapes: int):
    chosen = [as_cards(hand) for hand in every_hand(size)[one_of_each_shape(size)]]
    assert len(chosen) == len({shape_of(hand) for hand in chosen}) == shapes


def test_a_shape_keeps_ranks_and_which_cards_are_suited():
    assert shape_of(cards("2s Ah 2h")) == shape_of(cards("Ad 2c 2d"))
    assert shape_of(cards("2s Ah 2h")) != shape_of(cards("2s Ah 2d"))


@pytest.mark.slow
def test_hands_of_one_shape_are_of_one_deal_class():
    for size, classes in ((3, classes_of_three()), (4, classes_of_four())):
        hands = every_hand(size)
        ranks, suits = hands >> 2, hands & 3
        renamed = np.sort(ranks * 4 + (suits + 1) % 4, axis=1)
        np.testing.assert_array_equal(classes[place(renamed)], classes)


def test_what_can_come_is_counted_in_deals():
    to_come = hands_to_come(cards("Ts Js Qs Ks"))
    assert to_come == {
        "royal_flush": 1,
        "straight_flush": 1,
        "flush": 7,
        "straight": 6,
        "pair_tens_or_better": 12,
        "nothing": 21,
    }
    assert hands_to_come(cards("2s 2d 2h"))["four_of_a_kind"] == 2 * 48
