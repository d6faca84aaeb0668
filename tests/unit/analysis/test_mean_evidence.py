"""The bound on how far a mean is off holds however long one looks, and finds what is wrong."""

from itertools import product

import numpy as np
import pytest

from let_it_ride.analysis.mean_evidence import MeanEvidence

#: Amounts with their chances; the mean is 4.
AMOUNTS, CHANCES = np.array([0, 3, 10, 20]), np.array([0.35, 0.4, 0.2, 0.05])
MEAN = float(AMOUNTS @ CHANCES)


def bound(observations: np.ndarray, mean: float = MEAN, slack: float = 0.0) -> float:
    against = MeanEvidence(mean, 20, slack)
    against.add(observations)
    return against.bound


def test_what_is_bet_at_fair_odds_gains_nothing_on_average() -> None:
    """Every course of five observations: the mean of what there is in the end is one."""
    logarithms = []
    chances = []
    for course in product(range(4), repeat=5):
        against = MeanEvidence(MEAN, 20, 0.0)
        against.add(AMOUNTS[list(course)])
        logarithms.append(against._logarithms)
        chances.append(CHANCES[list(course)].prod())
    gained = np.array(chances) @ np.exp(logarithms)
    assert gained == pytest.approx(1, abs=1e-7)  # the mean is taken to be off by 1e-9 of it
    assert (gained <= 1).all()


def test_parts_give_what_the_whole_gives() -> None:
    observations = np.random.default_rng(1).choice(AMOUNTS, 1000, p=CHANCES)
    parts = MeanEvidence(MEAN, 20, 0.0)
    for part in np.split(observations, [1, 400]):
        parts.add(part)
    assert parts.count == 1000
    assert parts.bound == pytest.approx(bound(observations))


def test_the_truth_is_seldom_doubted_and_what_is_off_is_found() -> None:
    random = np.random.default_rng(20261129)
    observations = random.choice(AMOUNTS, (2000, 400), p=CHANCES)
    # One in twenty is what the bound allows; more than one in ten are never seen of 2,000.
    assert np.mean([bound(each) <= 0.05 for each in observations]) < 0.1
    many = random.choice(AMOUNTS, 200_000, p=CHANCES)
    assert bound(many) > 0.05
    # The mean of so many has an error of 0.012: five hundredths and more are far away.
    for mean in (MEAN * 0.97, MEAN * 1.03):
        assert bound(many, mean) < 1e-9
        assert bound(many, mean, slack=MEAN * 0.04) == 1


def test_more_than_can_be_is_no_chance() -> None:
    against = MeanEvidence(MEAN, 20, 0.0)
    against.add(np.array([3, 21]))
    assert (against.bound, against.impossible, against.count) == (0, 1, 2)


def test_an_amount_that_is_always_the_most_is_as_it_must_be() -> None:
    against = MeanEvidence(20 * (1 - 1e-12), 20, 0.0)
    against.add(np.full(1_000_000, 20))
    assert against.bound > 0.5
    against.add(np.full(10_000, 19))
    assert against.bound < 1e-3
