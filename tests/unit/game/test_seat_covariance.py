"""How far the results of two seats in one round go together."""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest

from let_it_ride.config import FullConfig
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import deal_table
from let_it_ride.game.seat_covariance import (
    bonus_covariance,
    main_covariance,
    share_covariances,
    sum_over_disjoint,
)
from let_it_ride.planning import compile_odds, compile_plan
from reference.cards import DECK, Card
from reference.hands import bonus_hand
from reference.paytables import bonus_pays, net_result


@pytest.mark.parametrize("deck", [6, 9, 11])
def test_a_sum_over_disjoint_hands_is_that_over_all_pairs_one_by_one(deck: int):
    hands = list(combinations(range(deck), 3))
    values = np.random.default_rng(deck).integers(-5, 1000, len(hands))
    slow = sum(
        int(value) * int(other_value)
        for hand, value in zip(hands, values, strict=True)
        for other, other_value in zip(hands, values, strict=True)
        if not set(hand) & set(other)
    )
    assert sum_over_disjoint(np.array(hands), values, deck) == slow


def test_a_result_that_never_varies_goes_with_nothing():
    plan = compile_plan(FullConfig())
    assert main_covariance(np.full(plan.deal_classes, 3)) == 0
    assert bonus_covariance(np.full(plan.deal_classes, -1)) == 0


@pytest.mark.parametrize("bonus", ["paytable_a", "paytable_b"])
def test_the_bonuses_of_two_seats_depend_on_the_cards_that_each_leaves_the_other(bonus: str):
    # Slowly: for every hand up to the names of its suits, what another seat wins in the mean of
    # all hands of the cards that are left.
    paytables = {"bonus": {"type": bonus}}
    pays = bonus_pays(paytables)
    hands = {hand: net_result(1, bonus_hand(hand), pays) for hand in combinations(DECK, 3)}
    assert len(hands) == 22_100
    of_card, of_pair = Counter[Card](), Counter[tuple[Card, Card]]()
    for hand, units in hands.items():
        of_card.update(dict.fromkeys(hand, units))
        of_pair.update(dict.fromkeys(combinations(hand, 2), units))
    total = sum(hands.values())
    products = sum(
        units
        * (
            total
            - sum(of_card[card] for card in hand)
            + sum(of_pair[pair] for pair in combinations(hand, 2))
            - units
        )
        for hand, units in hands.items()
    )
    mean = Fraction(total, 22_100)
    plan = compile_plan(FullConfig.model_validate({"paytables": paytables}))
    expected = Fraction(products, 22_100 * comb(49, 3)) - mean**2
    assert bonus_covariance(plan.tables.bonus_units) == expected
    assert 0 < abs(expected) < plan.odds.bonus_variance / 100


@pytest.mark.slow
def test_shares_of_hands_have_the_covariance_of_results_that_are_one_for_the_hand():
    deals = deal_table()
    covariances = share_covariances(deals.bonus_category)
    expected = [bonus_covariance(deals.bonus_category == kind) for kind in ThreeCard]
    assert covariances == expected
    covariances = share_covariances(deals.category)
    for kind in (FiveCard.TWO_PAIR, FiveCard.NOTHING):
        assert covariances[kind] == main_covariance(deals.category == kind)


@pytest.mark.slow
def test_the_mean_behind_a_covariance_is_the_exact_one_of_a_round():
    # Results moved by a constant c have the same covariance; the product of means enters it by
    # the exact mean alone, so a wrong mean would show.
    plan = compile_plan(FullConfig())
    units = plan.tables.main_units
    covariance = main_covariance(units)
    assert main_covariance(units + 7) == covariance
    assert 0 < covariance < compile_odds(FullConfig()).variance
    assert covariance == Fraction(468024084728003, 3802976625630000)
