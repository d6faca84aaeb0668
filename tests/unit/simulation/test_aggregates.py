"""Sums over sessions are exact, and the same merged in any order."""

import random
import statistics
from fractions import Fraction
from itertools import pairwise
from math import isclose, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.betting.stopping import StopReason
from let_it_ride.simulation.aggregates import Aggregates
from let_it_ride.simulation.frequencies import FrequencyTable
from let_it_ride.simulation.records import SESSION_RECORD

AMOUNTS = st.integers(-(10**15), 10**15)


def records_of(rows: list[tuple[int, ...]]) -> np.ndarray:
    return np.array(rows, dtype=SESSION_RECORD)


def random_records(count: int, seed: int = 3) -> np.ndarray:
    rng = random.Random(seed)
    return records_of(
        [
            (
                rng.randint(-50, 50) * 500,
                rng.randint(0, 50) * 500,
                rng.randint(0, 100) * 500,
                rng.randint(1, 10**12),
                rng.randint(0, 10**6),
                rng.randint(-(10**6), 10**6),
                rng.randrange(2**31),
                rng.randint(1, 200),
                rng.choice(list(StopReason)),
            )
            for _ in range(count)
        ]
    )


@given(st.lists(AMOUNTS, min_size=1, max_size=200))
@settings(derandomize=True, max_examples=200)
def test_mean_and_deviation_are_those_of_exact_arithmetic(values: list[int]) -> None:
    table = FrequencyTable.of(np.array(values))
    assert table.count == len(values)
    assert table.total == sum(values)
    assert table.mean == float(Fraction(sum(values), len(values)))
    mean = Fraction(sum(values), len(values))
    variance = sum((value - mean) ** 2 for value in values) / len(values)
    assert isclose(table.standard_deviation, sqrt(variance), rel_tol=1e-12, abs_tol=1e-9)


@given(st.lists(AMOUNTS, min_size=1, max_size=60), st.sampled_from([1, 5, 25, 50, 75, 95, 99]))
@settings(derandomize=True, max_examples=200)
def test_a_percentile_is_the_least_value_that_enough_values_do_not_exceed(
    values: list[int], share: int
) -> None:
    expected = next(
        value
        for value in sorted(values)
        if 100 * sum(other <= value for other in values) >= share * len(values)
    )
    assert FrequencyTable.of(np.array(values)).percentile(share) == expected


def test_the_median_of_an_odd_number_of_values_is_the_middle_one() -> None:
    values = [5, -3, 8, 8, 100]
    assert FrequencyTable.of(np.array(values)).percentile(50) == statistics.median(values)


def test_sums_go_beyond_64_bits() -> None:
    most = 2**63 - 1
    records = records_of([(most, most, most, most, most, -most, 0, 1, 2)] * 5)
    sums = Aggregates.of(records)
    assert sums.sums["main_wagered"] == 5 * most
    assert sums.sums["bonus_profit"] == -5 * most
    assert sums.profits.total == 5 * most


@pytest.mark.parametrize("cuts", [[100], [1, 2, 999], [500, 500], list(range(0, 1000, 37))])
def test_parts_merged_are_the_whole(cuts: list[int]) -> None:
    records = random_records(1000)
    whole = Aggregates.of(records)
    bounds = [0, *cuts, 1000]
    parts = [Aggregates.of(records[a:b]) for a, b in pairwise(bounds) if b > a]
    random.Random(1).shuffle(parts)
    merged = Aggregates()
    for part in parts:
        merged = merged.merged(part)
    assert merged == whole


def test_sessions_are_won_above_zero_lost_below_and_even_at_zero() -> None:
    records = random_records(500)
    whole = Aggregates.of(records)
    profits = records["profit"].tolist()
    assert whole.won == sum(profit > 0 for profit in profits)
    assert whole.lost == sum(profit < 0 for profit in profits)
    assert whole.even == sum(profit == 0 for profit in profits)
    assert whole.won + whole.lost + whole.even == whole.sessions == 500
    assert whole.rounds == int(records["hands"].sum(dtype=np.int64))
    assert sum(whole.stop_reasons.values()) == 500


def test_one_different_session_makes_other_aggregates() -> None:
    records = random_records(50)
    changed = records.copy()
    changed["profit"][17] += 1
    assert Aggregates.of(records) != Aggregates.of(changed)
