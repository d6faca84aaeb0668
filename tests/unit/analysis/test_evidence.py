"""The tests of frequencies: chi-square by other means, and a promise that is enumerated."""

from collections.abc import Iterator
from fractions import Fraction
from math import comb, factorial, prod

import numpy as np
import pytest
from scipy import stats

from let_it_ride.analysis.evidence import (
    LEAST_EXPECTED,
    chance_at_most,
    chance_of_the_impossible,
    chi_square,
    neighbours,
)


def counts_of(total: int, classes: int) -> Iterator[tuple[int, ...]]:
    """All ways in which so many observations fall into classes."""
    if classes == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in counts_of(total - first, classes - 1):
            yield (first, *rest)


def multinomial(counts: tuple[int, ...], chances: tuple[Fraction, ...]) -> float:
    ways = factorial(sum(counts)) // prod(map(factorial, counts))
    return float(ways * prod(p**n for n, p in zip(counts, chances, strict=True)))


def assert_promise_holds(bounds: list[float], chances: list[float]) -> None:
    """The bound is a or less with a chance of a at most, for every a."""
    assert sum(chances) == pytest.approx(1)
    reached = 0.0
    for bound, chance in sorted(zip(bounds, chances, strict=True)):
        reached += chance
        assert bound >= 1 or reached <= bound * (1 + 1e-9)


def test_chi_square_of_a_die_by_hand():
    # 60 throws, 10 expected of each face: (25 + 4 + 1 + 1 + 4 + 25) / 10.
    found = chi_square(np.array([5, 8, 9, 11, 12, 15]), np.full(6, 1 / 6))
    assert found.statistic == pytest.approx(6)
    assert found.freedom == 5
    assert found.p_value == pytest.approx(0.30622, abs=1e-5)  # tables of chi-square


@pytest.mark.parametrize("seed", range(5))
def test_chi_square_is_that_of_scipy(seed: int):
    rng = np.random.default_rng(seed)
    chances = rng.dirichlet(np.full(30, 5.0))
    counts = rng.multinomial(100_000, chances)
    found = chi_square(counts, chances)
    theirs = stats.chisquare(counts, chances * 100_000)
    assert found.statistic == pytest.approx(theirs.statistic)
    assert found.p_value == pytest.approx(theirs.pvalue)
    assert found.freedom == 29


def test_chi_square_takes_neighbours_together_until_ten_are_expected():
    chances = np.array([0.04, 0.04, 0.03, 0.5, 0.3, 0.09])
    found = chi_square(np.array([5, 3, 4, 45, 33, 10]), chances)
    theirs = stats.chisquare([12, 45, 43], [11, 50, 39])
    assert found.freedom == 2
    assert found.statistic == pytest.approx(theirs.statistic)


@pytest.mark.parametrize(
    ("amounts", "groups"),
    [
        ([1, 1, 1], [0, 0, 0]),
        ([5, 5, 5], [0, 1, 2]),
        ([2, 2, 2, 2, 2, 2], [0, 0, 0, 1, 1, 1]),
        ([5, 2], [0, 0]),
        ([5, 2, 2, 9, 5], [0, 0, 0, 1, 2]),
        ([2, 9, 1, 1], [0, 0, 0, 0]),
        ([2, 9, 2, 2, 2, 1], [0, 0, 1, 1, 1, 1]),
    ],
)
def test_neighbours_are_taken_together_and_what_is_enough_stays_alone(
    amounts: list[float], groups: list[int]
):
    assert neighbours(np.array(amounts, dtype=float), 5).tolist() == groups


def test_every_group_of_neighbours_is_enough():
    rng = np.random.default_rng(7)
    for _ in range(200):
        amounts = rng.exponential(rng.choice([1, 10, 100]), size=rng.integers(1, 60))
        groups = neighbours(amounts, LEAST_EXPECTED)
        assert (np.diff(groups) >= 0).all()
        assert set(groups) == set(range(groups[-1] + 1))
        sums = np.bincount(groups, amounts)
        assert (sums >= LEAST_EXPECTED).all() or len(sums) == 1


@pytest.mark.parametrize(
    "chances",
    [
        (Fraction(1, 2), Fraction(1, 2)),
        (Fraction(1, 100), Fraction(99, 100)),
        (Fraction(1, 6), Fraction(1, 3), Fraction(1, 2)),
        (Fraction(1, 1000), Fraction(9, 1000), Fraction(99, 100)),
    ],
)
@pytest.mark.parametrize("most", [1, 16, 1000])
def test_the_bound_keeps_its_promise_to_the_last_count(chances: tuple[Fraction, ...], most: int):
    total = 16
    law = np.array([float(chance) for chance in chances])
    every = list(counts_of(total, len(chances)))
    bounds = [chance_at_most(np.array(counts), law, most=most) for counts in every]
    assert_promise_holds(bounds, [multinomial(counts, chances) for counts in every])
    assert min(bounds) < 1e-3


@pytest.mark.slow
@pytest.mark.parametrize(("share", "limit"), [(0.5, 0.05), (0.1, 0.01), (0.01, 0.2)])
def test_the_promise_holds_for_who_stops_as_soon_as_it_looks_bad(share: float, limit: float):
    """Every path of 150 observations is followed; those that reach the limit stop there."""
    law, most = np.array([share, 1 - share]), 150
    going, stopped = {0: 1.0}, 0.0
    for observations in range(1, most + 1):
        after: dict[int, float] = {}
        for count, chance in going.items():
            after[count + 1] = after.get(count + 1, 0.0) + chance * share
            after[count] = after.get(count, 0.0) + chance * (1 - share)
        going = {}
        for count, chance in after.items():
            counts = np.array([count, observations - count])
            if chance_at_most(counts, law, most=most) <= limit:
                stopped += chance
            else:
                going[count] = chance
    assert 0 < stopped <= limit


def test_seats_that_all_see_the_same_count_as_one():
    chances = (Fraction(1, 4), Fraction(3, 4))
    law = np.array([0.25, 0.75])
    every = list(counts_of(20, 2))
    weights = [multinomial(counts, chances) for counts in every]
    of_three = [np.array(counts) * 3 for counts in every]
    assert_promise_holds([chance_at_most(c, law, most=20, shared=3) for c in of_three], weights)
    with pytest.raises(AssertionError):
        assert_promise_holds([chance_at_most(c, law, most=60) for c in of_three], weights)


def test_what_a_law_leaves_out_is_forgiven():
    # Told is a law that lacks a hundredth.
    told, slack = np.array([0.5, 0.49]), 0.01
    chances = (Fraction(1, 2), Fraction(49, 100), Fraction(1, 100))
    every = list(counts_of(16, 3))
    bounds = [
        chance_at_most(np.array(counts), np.append(told, slack), most=16, slack=slack)
        for counts in every
    ]
    assert_promise_holds(bounds, [multinomial(counts, chances) for counts in every])


@pytest.mark.parametrize(("classes", "observations"), [(3, 10_000), (50, 10**6), (3425, 10**8)])
def test_the_bound_finds_nearly_as_much_as_chi_square(classes: int, observations: int):
    """What has a chance of 1e-12 by chi-square is beyond one in ten million by the bound."""
    rng = np.random.default_rng(classes)
    law = rng.dirichlet(np.full(classes, 20.0))
    expected = law * observations
    counts = rng.multinomial(observations, law)
    # Distances from the law are drawn out until chi-square is so unlikely.
    wanted = stats.chi2.isf(1e-12, classes - 1)
    factor = np.sqrt(wanted / ((counts - expected) ** 2 / expected).sum())
    off = np.rint(expected + factor * (counts - expected)).astype(np.int64)
    assert chi_square(off, law).p_value == pytest.approx(1e-12, rel=0.2)
    assert chance_at_most(off, law, most=observations) < 1e-7
    assert chance_at_most(counts, law, most=observations) == 1


def test_one_class_out_of_thousands_is_found_by_itself():
    law, observations = np.full(3425, 1 / 3425), 10**8
    counts = np.full(3425, observations // 3425)
    counts[1000] = round(counts[1000] * 1.05)  # eight and a half standard deviations
    assert chi_square(counts, law).p_value > 0.1
    assert chance_at_most(counts, law, most=observations) < 1e-7


def test_a_class_that_is_all_there_is_tells_nothing():
    assert chance_at_most(np.array([1000]), np.array([1.0]), most=1000) == 1
    assert chance_at_most(np.array([1000, 0]), np.array([1.0, 0.0]), most=1000) == pytest.approx(1)


@pytest.mark.parametrize(("count", "observations", "slack"), [(1, 10**6, 1e-10), (3, 500, 0.001)])
def test_what_cannot_be_is_as_likely_as_what_the_law_leaves_out(
    count: int, observations: int, slack: float
):
    found = chance_of_the_impossible(count, observations, 1, slack)
    exact = 1 - sum(
        comb(observations, k) * slack**k * (1 - slack) ** (observations - k) for k in range(count)
    )
    assert found == pytest.approx(exact, rel=1e-4)
    assert chance_of_the_impossible(0, observations, 1, slack) == 1
    # Of two seats one has at least half of them.
    together = chance_of_the_impossible(2 * count, observations, 2, slack)
    assert together == pytest.approx(2 * found)
