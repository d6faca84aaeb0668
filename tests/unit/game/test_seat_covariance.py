"""How far the results of two seats in one round go together."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from let_it_ride.config import FullConfig
from let_it_ride.game.seat_covariance import bonus_covariance, main_covariance, sum_over_disjoint
from let_it_ride.plan import compile_odds, compile_plan


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
    assert bonus_covariance(np.full(7, -1)) == 0


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
