"""The alias table gives every deal class exactly its share of the draws."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.game.sampling import (
    COLUMN_BITS,
    COLUMNS,
    HEIGHT_BITS,
    HEIGHTS_PER_DEAL,
    REJECT_FROM,
    alias_table,
    deal_alias_table,
)


def chances(entries: np.ndarray) -> dict[int, Fraction]:
    """The chance of every class that a draw which is not rejected names, as the entries are read.

    The column and the height of a draw are each uniform, and independent.
    """
    heights: dict[int, int] = {}
    for entry in entries.tolist():
        threshold, from_it_on, below = entry >> 24, entry >> 12 & 0xFFF, entry & 0xFFF
        assert 0 <= threshold <= REJECT_FROM
        heights[below] = heights.get(below, 0) + threshold
        heights[from_it_on] = heights.get(from_it_on, 0) + REJECT_FROM - threshold
    return {key: Fraction(count, REJECT_FROM * COLUMNS) for key, count in heights.items() if count}


def shares(weights: list[int]) -> dict[int, Fraction]:
    return {key: Fraction(n, TOTAL_DEALS) for key, n in enumerate(weights) if n}


@st.composite
def weights_of_a_table(draw: st.DrawFn) -> list[int]:
    """Weights that add up to all deals, many of them tiny or equal."""
    count = draw(st.integers(1, 40))
    cuts = draw(st.lists(st.integers(0, TOTAL_DEALS), min_size=count - 1, max_size=count - 1))
    edges = [0, *sorted(cuts), TOTAL_DEALS]
    return [high - low for low, high in pairwise(edges)]


def test_every_deal_class_has_exactly_its_share():
    assert chances(deal_alias_table()) == shares(deal_table().weight.tolist())


def test_the_table_of_the_deal_classes_is_made_once_and_stays_as_it_is():
    assert deal_alias_table() is deal_alias_table()
    with pytest.raises(ValueError, match="read-only"):
        deal_alias_table()[0] = 0


@settings(derandomize=True, deadline=None, max_examples=25)
@given(weights_of_a_table())
def test_any_weights_get_exactly_their_shares(weights: list[int]):
    assert chances(alias_table(np.array(weights))) == shares(weights)


def test_as_many_classes_as_columns_fit():
    weights = [TOTAL_DEALS - 4095, *[1] * 4095]
    assert chances(alias_table(np.array(weights))) == shares(weights)


def test_a_single_class_is_always_drawn():
    assert chances(alias_table(np.array([TOTAL_DEALS]))) == {0: 1}


def test_an_entry_is_a_64_bit_word_a_column():
    entries = deal_alias_table()
    assert entries.dtype == np.uint64
    assert entries.shape == (COLUMNS,) == (1 << COLUMN_BITS,)


def test_heights_are_spread_evenly_over_deals_and_few_are_rejected():
    assert REJECT_FROM == HEIGHTS_PER_DEAL * TOTAL_DEALS
    rejected = (1 << HEIGHT_BITS) - REJECT_FROM
    assert 0 <= rejected < TOTAL_DEALS
    assert (1 << HEIGHT_BITS) // rejected == 23_104


@pytest.mark.parametrize(
    "weights",
    [
        [],
        [TOTAL_DEALS - 1],
        [TOTAL_DEALS, 1],
        [TOTAL_DEALS - 4096, *[1] * 4096],
    ],
    ids=["no classes", "too few deals", "too many deals", "a class too many"],
)
def test_weights_that_do_not_fit_are_refused(weights: list[int]):
    with pytest.raises(ValueError, match="do not fit"):
        alias_table(np.array(weights, dtype=np.int64))
