"""The numbers of a summary, against slow and obvious arithmetic."""

from math import inf, isclose, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.game.deals import deal_table
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.aggregates import Aggregates
from let_it_ride.simulation.estimates import student_95
from let_it_ride.simulation.extremes import Extremes, ExtremesFinder
from let_it_ride.simulation.records import NOTES, SESSION_RECORD
from let_it_ride.simulation.run_sums import RunSums
from let_it_ride.simulation.summary import Summary, summarise

NO_NOTES = dict.fromkeys(NOTES, 0)
NO_EXTREMES = Extremes(0, 0, 0)


@pytest.fixture(scope="module")
def plan() -> SessionPlan:
    return compile_plan(FullConfig.model_validate({"bonus_strategy": {"type": "always"}}))


def summary_of(plan: SessionPlan, profits: list[int], dealt: np.ndarray | None = None) -> Summary:
    records = np.zeros(len(profits), dtype=SESSION_RECORD)
    records["profit"] = profits
    records["hands"] = 10
    records["bonus_wagered"] = 100
    records["stop_reason"] = StopReason.MAX_HANDS
    if dealt is None:
        dealt = np.ones(len(plan.tables.main_units), dtype=np.int64)
    return summarise(RunSums(Aggregates.of(records), dealt, NO_NOTES, NO_EXTREMES), plan)


def test_shares_have_wilson_s_interval(plan: SessionPlan) -> None:
    # Wilson's bounds p solve (p − share)² = z² p (1 − p) / n; Newcombe (1998), example: 81 of 263
    # gives 0.2553 to 0.3662.
    summary = summary_of(plan, [1] * 81 + [-1] * 182)
    assert summary.win_rate.value == 81 / 263
    assert round(summary.win_rate.low, 4) == 0.2553
    assert round(summary.win_rate.high, 4) == 0.3662
    z = NormalDist().inv_cdf(0.975)
    for bound in (summary.loss_rate.low, summary.loss_rate.high):
        error = (bound - 182 / 263) ** 2 - z**2 * bound * (1 - bound) / 263
        assert isclose(error, 0, abs_tol=1e-12)


def test_what_never_came_still_has_an_interval(plan: SessionPlan) -> None:
    push = summary_of(plan, [1] * 10).push_rate
    assert push.value == push.low == 0
    assert 0 < push.high < 0.3


def test_the_mean_profit_has_student_s_interval(plan: SessionPlan) -> None:
    summary = summary_of(plan, [-300, 500, 100, -100])
    squares = sum((x - 50) ** 2 for x in (-300, 500, 100, -100))
    deviation = sqrt(squares / 4)
    assert summary.mean_profit.value == 50
    assert isclose(summary.std_profit, deviation)
    half = 3.1824 * sqrt(squares / 3) / 2  # Student's quantile for three degrees of freedom
    assert isclose(summary.mean_profit.low, 50 - half)
    assert isclose(summary.mean_profit.high, 50 + half)


def test_a_single_session_tells_no_interval(plan: SessionPlan) -> None:
    summary = summary_of(plan, [500])
    assert summary.std_profit == 0
    assert (summary.mean_profit.low, summary.mean_profit.high) == (-inf, inf)
    assert summary.to_json()["mean_profit_interval"] == [None, None]
    assert set(summary.percentiles.values()) == {500}


def test_rounds_dealt_exactly_by_the_law_have_the_exact_edge(plan: SessionPlan) -> None:
    dealt = deal_table().weight
    summary = summary_of(plan, [1, 2], dealt)
    assert isclose(summary.house_edge.simulated, float(plan.odds.house_edge), rel_tol=1e-12)
    assert abs(summary.house_edge.z) < 1e-6
    assert summary.bonus_house_edge is not None
    assert isclose(summary.bonus_house_edge.exact, float(plan.odds.bonus_house_edge))
    assert abs(summary.bonus_house_edge.z) < 1e-6


def test_z_counts_exact_standard_errors(plan: SessionPlan) -> None:
    # Nothing but one deal class, n times: the edge is minus its units.
    rounds = 400
    dealt = np.zeros(len(plan.tables.main_units), dtype=np.int64)
    dealt[0] = rounds
    units = int(plan.tables.main_units[0])
    check = summary_of(plan, [1], dealt).house_edge
    assert check.simulated == -units
    error = sqrt(float(plan.odds.variance) / rounds)
    assert isclose(check.z, (-units - float(plan.odds.house_edge)) / error)


def test_json_is_in_dollars(plan: SessionPlan) -> None:
    data = summary_of(plan, [-250, 1_050]).to_json()
    assert data["mean_profit"] == 4.0
    assert data["min_profit"] == -2.5
    assert data["max_profit"] == 10.5
    assert data["win_rate"] == data["loss_rate"] == 0.5
    assert data["push_rate"] == 0
    assert data["stop_reasons"] == {"max_hands": 2}
    assert data["mean_hands"] == 10


def test_without_a_bonus_bet_there_is_no_bonus_edge() -> None:
    plan = compile_plan(FullConfig())
    records = np.zeros(1, dtype=SESSION_RECORD)
    records["hands"] = 1
    summary = summarise(
        RunSums(Aggregates.of(records), deal_table().weight, NO_NOTES, NO_EXTREMES), plan
    )
    assert summary.bonus_house_edge is None
    assert summary.to_json()["bonus_house_edge"] is None


def test_student_s_quantiles_are_those_of_the_tables() -> None:
    # Percentiles of the t distribution, D. B. Owen, Handbook of Statistical Tables (1962).
    for freedom, quantile in (
        (1, 12.7062), (2, 4.3027), (5, 2.5706), (10, 2.2281), (11, 2.2010), (15, 2.1314),
        (20, 2.0860), (30, 2.0423), (60, 2.0003), (120, 1.9799), (10**9, 1.95996),
    ):  # fmt: skip
        assert isclose(student_95(freedom), quantile, abs_tol=2e-4)
    assert student_95(0) == inf


def test_the_sessions_that_went_furthest_are_the_first_of_such() -> None:
    rng = np.random.default_rng(3)
    records = np.zeros(300, dtype=SESSION_RECORD)
    records["profit"] = rng.integers(-9, 10, 300)
    records["max_drawdown"] = rng.integers(0, 9, 300)
    finder = ExtremesFinder()
    for part in np.split(records, [1, 2, 40, 250]):
        finder.add(part)
    profits, falls = records["profit"].tolist(), records["max_drawdown"].tolist()
    assert finder.found() == (
        profits.index(min(profits)),
        profits.index(max(profits)),
        falls.index(max(falls)),
    )
