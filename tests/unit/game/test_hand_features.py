"""What can be seen of three and four cards, against each definition taken by its word."""

from collections.abc import Callable

import numpy as np
import pytest

from let_it_ride.game.cards import masks_of_cards
from let_it_ride.game.categories import FiveCard
from let_it_ride.game.hands import FEATURES, hand_features
from reference import features as defined
from reference.cards import DECK, Cards, cards
from reference.every_hand import as_cards, every_hand, one_of_each_shape
from reference.hands import sets_and_pairs

DEFINITIONS: dict[str, Callable[[Cards], int]] = {
    "made": lambda hand: FiveCard[sets_and_pairs(hand).upper()],
    "has_low_pair": defined.has_low_pair,
    "high_cards": defined.high_cards,
    "suited_cards": defined.suited_cards,
    "suited_high_cards": defined.suited_high_cards,
    "connected_cards": defined.connected_cards,
    "straights": defined.straights,
    "straight_flush_spread": defined.straight_flush_spread,
}


def seen(text: str) -> dict[str, int]:
    numbers = np.array([[DECK.index(card) for card in cards(text)]])
    return dict(zip(FEATURES, hand_features(masks_of_cards(numbers))[0].tolist(), strict=True))


@pytest.mark.parametrize("size", [3, 4])
@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_of_every_hand_is_what_its_definition_says(feature: str, size: int):
    hands = every_hand(size)[one_of_each_shape(size)]
    column = hand_features(masks_of_cards(hands))[:, FEATURES.index(feature)]
    by_definition = [DEFINITIONS[feature](as_cards(hand)) for hand in hands]
    np.testing.assert_array_equal(column, by_definition)


@pytest.mark.parametrize("size", [3, 4])
def test_hands_of_one_shape_look_alike_whatever_their_suits_are_called(size: int):
    rng = np.random.default_rng(7)
    hands = rng.permuted(np.tile(np.arange(52), (3000, 1)), axis=1)[:, :size]
    ranks, suits = np.divmod(hands, 4)
    renamed = 4 * ranks + (3 - suits)
    np.testing.assert_array_equal(
        hand_features(masks_of_cards(hands)), hand_features(masks_of_cards(renamed))
    )


@pytest.mark.parametrize(
    ("hand", "spread", "straights"),
    [
        ("As 2s 3s", 3, 1),
        ("2s 3s 4s", 3, 2),
        ("3s 4s 5s", 3, 3),
        ("As 3s 5s", 5, 1),
        ("As Ks 2s", 0, 0),
        ("Js Qs As", 4, 1),
        ("Js Qs Ks", 3, 2),
        ("9s Ts Js Qs", 4, 2),
        ("Js Qs Ks As", 4, 1),
        ("As 2s 3s 4s", 4, 1),
        ("As 2s 3s 5s", 5, 1),
        ("As 2s 3s 4d", 0, 1),
        ("2s 3s 4s 7s", 0, 0),
    ],
)
def test_the_ace_is_high_or_low_and_never_both(hand: str, spread: int, straights: int):
    looks = seen(hand)
    assert (looks["straight_flush_spread"], looks["straights"]) == (spread, straights)


def test_connected_cards_count_ranks_not_cards():
    assert seen("9s 9d Th 9h")["connected_cards"] == 2


def test_four_of_a_kind_on_four_cards_is_no_pair_of_any_height():
    assert seen("2s 2d 2h 2c")["made"] == FiveCard.FOUR_OF_A_KIND
    assert seen("2s 2d 2h 2c")["has_low_pair"] == 0


def test_two_low_pairs_are_two_pair_and_not_a_low_pair():
    assert seen("2s 2d 3h 3c")["made"] == FiveCard.TWO_PAIR
    assert seen("2s 2d 3h 3c")["has_low_pair"] == 0
