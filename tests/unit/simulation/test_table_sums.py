"""Sums over tables against slow and obvious arithmetic."""

from fractions import Fraction
from math import isclose, sqrt
from statistics import correlation
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.simulation.records import PLACED_RECORD
from let_it_ride.simulation.seat_summary import share_at_tables
from let_it_ride.simulation.table_sums import Sum, TableAdder, TableSums

Table = list[list[int]]
"""The profits of the sessions of each seat."""


def records_of(tables: list[Table]) -> np.ndarray[Any, Any]:
    rows = [
        (table, seat, profit)
        for table, seats in enumerate(tables)
        for seat, profits in enumerate(seats)
        for profit in profits
    ]
    records = np.zeros(len(rows), dtype=PLACED_RECORD)
    for name, column in zip(("table", "seat", "profit"), zip(*rows, strict=True), strict=True):
        records[name] = column
    return records


def sums_of(seats: int, *parts: np.ndarray[Any, Any]) -> TableSums:
    adder = TableAdder(seats)
    for part in parts:
        adder.add(part)
    sums = adder.sums()
    assert sums is not None
    return sums


def tables_of(seats: int, most: int) -> st.SearchStrategy[list[Table]]:
    sessions = st.lists(st.integers(-most, most), min_size=1, max_size=4)
    return st.lists(st.lists(sessions, min_size=seats, max_size=seats), min_size=1, max_size=8)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.integers(1, 4).flatmap(lambda seats: tables_of(seats, 10**6) | tables_of(seats, 10**15)),
    st.data(),
)
def test_means_have_the_error_of_a_ratio_of_sums_over_tables(
    tables: list[Table], data: st.DataObject
) -> None:
    seats, records = len(tables[0]), records_of(tables)
    # A table may be cut in pieces, and a piece hold the end of one and the beginning of another.
    cuts = data.draw(st.sets(st.integers(1, len(records) - 1)) if len(records) > 1 else st.just(()))
    sums = sums_of(seats, *np.split(records, sorted(cuts)))
    assert sums.tables == len(tables)
    for seat in (None, *range(seats)):
        chosen = [
            [profit for number, of_seat in enumerate(table) if seat in (None, number)
             for profit in of_seat]
            for table in tables
        ]  # fmt: skip
        for what, value in (
            (Sum.WON, lambda profit: int(profit > 0)),
            (Sum.LOST, lambda profit: int(profit < 0)),
            (Sum.EVEN, lambda profit: int(profit == 0)),
            (Sum.PROFIT, lambda profit: profit),
        ):
            wholes = [sum(map(value, profits)) for profits in chosen]
            sessions = [len(profits) for profits in chosen]
            mean = Fraction(sum(wholes), sum(sessions))
            left = [y - mean * m for y, m in zip(wholes, sessions, strict=True)]
            fairly = len(tables) / (len(tables) - 1) if len(tables) > 1 else 0
            error = sqrt(fairly * sum(each**2 for each in left)) / sum(sessions)
            found, its_error = sums.mean(what, seat)
            assert isclose(found, mean, rel_tol=1e-12, abs_tol=1e-12)
            assert isclose(its_error, error, rel_tol=1e-9, abs_tol=1e-12)
            assert sums.count(what, seat) == sum(wholes)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(tables_of(3, 10**7))
def test_correlations_are_those_of_what_seats_win_in_all(tables: list[Table]) -> None:
    totals = [[sum(table[seat]) for table in tables] for seat in range(3)]
    found = sums_of(3, records_of(tables)).profit_correlations()
    if any(len(set(of_seat)) == 1 for of_seat in totals):
        assert found is None
        return
    assert found is not None
    for one in range(3):
        for other in range(3):
            expected = correlation(totals[one], totals[other])
            assert isclose(found[one][other], expected, rel_tol=1e-9, abs_tol=1e-9)


def test_with_one_session_a_table_a_share_has_wilson_s_interval_but_for_a_digit() -> None:
    # As in test_summary: Newcombe (1998), 81 of 263 gives 0.2553 to 0.3662; here the error is one
    # that is estimated from the tables.
    share = share_at_tables(sums_of(1, records_of([[[1]]] * 81 + [[[-1]]] * 182)), Sum.WON)
    assert share.low == pytest.approx(0.2553, abs=1e-3)
    assert share.high == pytest.approx(0.3662, abs=1e-3)


def test_seats_that_always_win_together_are_worth_one() -> None:
    tables = [[[1], [1], [1]]] * 81 + [[[-1], [-1], [-1]]] * 182
    share = share_at_tables(sums_of(3, records_of(tables)), Sum.WON)
    assert share.value == 81 / 263
    assert share.low == pytest.approx(0.2553, abs=1e-3)
    assert share.high == pytest.approx(0.3662, abs=1e-3)


@pytest.mark.parametrize("what", [Sum.WON, Sum.LOST])
def test_where_all_are_alike_every_table_counts_once(what: Sum) -> None:
    share = share_at_tables(sums_of(2, records_of([[[1], [5]]] * 10)), what)
    assert share.value == (what is Sum.WON)
    assert 0.25 < share.high - share.low < 0.3  # Wilson's for 10 of 10


def test_very_high_stakes_are_summed_up_exactly() -> None:
    profits = np.random.default_rng(1).integers(-(10**14), 10**14, (2_000, 2)).tolist()
    sums = sums_of(2, records_of([[[one], [other]] for one, other in profits]))
    expected = sum(one * other for one, other in profits)
    assert sums.products[Sum.PROFIT, 0, Sum.PROFIT, 1] == expected
