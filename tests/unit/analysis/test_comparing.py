"""What is compared, against arithmetic by hand and against draws from the law itself."""

import json
from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from let_it_ride.analysis.agreement import FALSE_ALARM, Agreement, Comparison
from let_it_ride.analysis.comparing_rounds import SeenRounds, compare_rounds
from let_it_ride.analysis.comparing_sessions import SeenSessions, amounts_of, compare_sessions
from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import solve
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.game.seat_covariance import bonus_covariance
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.estimates import Check
from let_it_ride.simulation.records import SESSION_RECORD

#: Two hands at most: half of the sessions end with the first.
LAW = SessionLaw(
    profits=np.array([-300, 0, 100, 900]),
    chances=np.array(
        [[0, 0, 0, 0.125], [0.25, 0, 0, 0], [0.25, 0.125, 0.25, 0], [0.0] * 4, [0.0] * 4, [0.0] * 4]
    ),
    surviving=np.array([1, 0.5, 0]),
    main_staked=875.0,
    main_wagered=1000.0,
    bonus_staked=0.0,
    error_bound=1e-12,
)
PLAN = compile_plan(FullConfig())
NO_CHECK = Check(0.035, 0.035, 0.0)


def seen_of(
    profits: list[int], hands: list[int], reasons: list[int], wagered: list[int]
) -> SeenSessions:
    records = np.zeros(len(profits), dtype=SESSION_RECORD)
    records["profit"], records["hands"] = profits, hands
    records["stop_reason"], records["main_wagered"] = reasons, wagered
    seen = SeenSessions(amounts_of(PLAN, LAW))
    for part in np.array_split(records, 2):
        seen.add(part, PLAN)
    return seen


def by_name(comparisons: list[Comparison]) -> dict[str, Comparison]:
    return {each.name: each for each in comparisons}


EIGHT = seen_of(
    [-300, -300, 0, 100, 100, 100, 100, 900],
    [1, 1, 1, 1, 1, 2, 2, 2],
    [1, 1, 2, 2, 2, 2, 2, 0],
    [900, 1100, 1000, 1000, 1000, 1000, 1000, 1400],
)


def test_numbers_of_sessions_stand_beside_the_exact_ones_with_their_z():
    comparisons, _ = compare_sessions(LAW, EIGHT)
    found = by_name(comparisons)
    # Exact: 3/8 won, 1/2 lost, 1/8 even; a mean of 88.75, and 1.5 hands with a variance of 1/4.
    for name, simulated, exact, deviation in (
        ("win_probability", 5 / 8, 3 / 8, sqrt(3 / 8 * 5 / 8)),
        ("loss_probability", 2 / 8, 1 / 2, 1 / 2),
        ("push_probability", 1 / 8, 1 / 8, sqrt(1 / 8 * 7 / 8)),
        ("mean_profit", 87.5, -12.5, sqrt(45_000 + 2500 + 101_250 - 12.5**2)),
        ("mean_hands", 11 / 8, 3 / 2, 1 / 2),
        ("stop_reason.win_limit", 1 / 8, 1 / 8, sqrt(1 / 8 * 7 / 8)),
        ("stop_reason.loss_limit", 2 / 8, 1 / 4, sqrt(1 / 4 * 3 / 4)),
        ("stop_reason.max_hands", 5 / 8, 5 / 8, sqrt(3 / 8 * 5 / 8)),
    ):
        comparison = found[name]
        assert comparison.simulated == pytest.approx(simulated), name
        assert comparison.exact == pytest.approx(exact), name
        assert comparison.z == pytest.approx((simulated - exact) / (deviation / sqrt(8))), name
        assert comparison.is_error_exact


def test_the_z_of_a_spread_is_that_of_the_variance():
    comparison = by_name(compare_sessions(LAW, EIGHT)[0])["std_profit"]
    profits = np.array([-300, 0, 100, 900])
    chances = np.array([0.5, 0.125, 0.25, 0.125])
    centred = profits + 12.5
    variance, fourth = chances @ centred**2, chances @ centred**4.0
    simulated = np.var([-300, -300, 0, 100, 100, 100, 100, 900])
    assert comparison.simulated == pytest.approx(sqrt(simulated))
    z = (simulated - variance) / sqrt((fourth - variance**2) / 8)
    assert comparison.z == pytest.approx(z)


def test_the_z_of_a_percentile_is_that_of_the_share_up_to_it():
    found = by_name(compare_sessions(LAW, EIGHT)[0])
    # Half of all sessions bring −300, where a quarter of the eight are: the median is too high.
    assert (found["percentile_50"].simulated, found["percentile_50"].exact) == (100, -300)
    assert found["percentile_50"].z == pytest.approx((1 / 2 - 1 / 4) / sqrt(1 / 4 / 8))
    assert found["percentile_99"].z is None  # no session exceeds the highest profit


def test_amounts_without_an_exact_spread_have_that_of_the_run():
    comparison = by_name(compare_sessions(LAW, EIGHT)[0])["mean_main_wagered"]
    assert (comparison.simulated, comparison.exact) == (1050, 1000)
    error = sqrt((100**2 + 100**2 + 400**2) / 8 / 8)
    assert comparison.z == pytest.approx(50 / error)
    assert not comparison.is_error_exact


def test_what_the_law_does_not_know_is_counted_apart():
    seen = seen_of([-300, 50, 901], [1, 2, 3], [1, 2, 4], [1000] * 3)
    _, tests = compare_sessions(LAW, seen)
    assert {test.name: test.impossible for test in tests} == {
        "profits": 2,
        "stop_reasons": 1,
        "hands": 1,
    }
    assert all(test.bound < 1e-10 for test in tests)


@pytest.fixture(scope="module")
def rounds() -> tuple[NDArray[np.int64], list[Comparison]]:
    dealt = np.random.default_rng(3).multinomial(100_000, deal_table().weight / TOTAL_DEALS)
    comparisons, _ = compare_rounds(PLAN, SeenRounds(dealt, Check(0.04, 0.035, 1.5), None))
    return dealt, comparisons


def test_shares_of_hands_have_the_variance_of_one_hand(
    rounds: tuple[NDArray[np.int64], list[Comparison]],
):
    dealt, comparisons = rounds
    found = by_name(comparisons)
    category = deal_table().category
    for hand, deals in ((FiveCard.FLUSH, 102_144), (FiveCard.TWO_PAIR, 2_471_040)):
        # Of 2,598,960 five-card hands: 5,108 and 123,552; each is dealt in twenty ways.
        exact = deals / 51_979_200
        simulated = dealt[category == hand].sum() / 100_000
        comparison = found[f"categories.{hand.key}"]
        if hand is FiveCard.TWO_PAIR:
            assert comparison.exact == pytest.approx(exact)
        error = sqrt(comparison.exact * (1 - comparison.exact) / 100_000)
        assert comparison.simulated == pytest.approx(simulated)
        assert comparison.z == pytest.approx((simulated - comparison.exact) / error)
    assert found["categories.flush"].exact == pytest.approx(5108 / 2_598_960)
    assert found["house_edge"].z == 1.5
    assert found["mean_bets"].exact == pytest.approx(1.22743, abs=1e-6)
    bets = [found[f"bets_in_action.{bets}"] for bets in (1, 2, 3)]
    mean = sum(bets * each.simulated for bets, each in enumerate(bets, 1))
    assert found["mean_bets"].simulated == pytest.approx(mean)


def test_play_for_a_goal_has_no_law_of_bets_in_action():
    plan = compile_plan(
        FullConfig.model_validate(
            {"strategy": {"type": "goal"}, "simulation": {"hands_per_session": 5}}
        )
    )
    comparisons, tests = compare_rounds(plan, SeenRounds(deal_table().weight, None, None))
    assert {test.name for test in tests} == {"deals", "categories", "bonus_categories"}
    assert not {"house_edge", "mean_bets", "bets_in_action.1"} & set(by_name(comparisons))


@pytest.mark.slow
def test_the_z_of_seats_that_share_cards_takes_in_their_covariance():
    plan = compile_plan(FullConfig.model_validate({"table": {"num_seats": 2}}))
    dealt = np.random.default_rng(3).multinomial(100_000, deal_table().weight / TOTAL_DEALS)
    comparisons, tests = compare_rounds(plan, SeenRounds(dealt, NO_CHECK, None, 50_000))
    pair = by_name(comparisons)["bonus_categories.pair"]
    covariance = float(bonus_covariance(deal_table().bonus_category == ThreeCard.PAIR))
    assert abs(covariance) > 1e-4
    variance = pair.exact * (1 - pair.exact) / 100_000 + covariance / 100_000
    assert pair.z == pytest.approx((pair.simulated - pair.exact) / sqrt(variance))
    assert all(test.chi_square is None and test.bound == 1 for test in tests)


def test_an_agreement_that_is_kept_is_read_as_it_was():
    comparisons, tests = compare_sessions(LAW, EIGHT)
    agreement = Agreement(tuple(comparisons), tuple(tests), "a", "b", "c")
    assert Agreement.of_kept(json.loads(json.dumps(agreement.kept()))) == agreement
    told = json.loads(json.dumps(agreement.to_json()))
    mean = next(each for each in told["comparisons"] if each["name"] == "mean_profit")
    assert (mean["unit"], mean["simulated"], mean["exact"]) == ("dollars", 0.875, -0.125)
    assert told["agrees"] is True
    assert told["level"] * len(told["tests"]) == pytest.approx(FALSE_ALARM)


#: So many runs are drawn, and so rarely is what they count out of its bounds by chance.
RUNS, FALSE_TEST = 1500, 1e-6


def most_by_chance(rate: float) -> float:
    """A count that runs exceed with a chance of `FALSE_TEST`, if each has this rate at most."""
    return float(stats.binom.isf(FALSE_TEST, RUNS, rate))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sessions", "settings"),
    [
        (30, {}),
        (500, {"bankroll": {"stop_conditions": {"win_limit": 50, "loss_limit": 60}}}),
        (
            2000,
            {
                "bankroll": {
                    "betting_system": {"type": "martingale"},
                    "starting_amount": 100,
                    "stop_conditions": {"win_limit": 100},
                }
            },
        ),
    ],
)
def test_runs_that_follow_the_law_fail_no_more_often_than_promised(
    sessions: int, settings: dict[str, object]
):
    """One in a million cannot be seen; one in a hundred and one in a thousand can.

    That is the chance of a bound of 1e-2 / tests or less for any of the tests, as the promise has
    it for 1e-6 / tests. Chi-square is looked at in its middle, where it holds.
    """
    plan = compile_plan(
        FullConfig.model_validate({"simulation": {"num_sessions": sessions}, **settings})
    )
    law = solve(plan)
    rng = np.random.default_rng(sessions)
    least, unlikely = [], dict.fromkeys(("profits", "stop_reasons", "hands"), 0)
    for _ in range(RUNS):
        tests = compare_drawn(law, plan, sessions, rng)
        least.append(min(test.bound for test in tests) * len(tests))
        for test in tests:
            assert test.chi_square is not None
            unlikely[test.name] += test.chi_square.p_value < 0.05
    for rate in (1e-2, 1e-3):
        assert sum(bound <= rate for bound in least) <= most_by_chance(rate)
    # Pearson's p-values are right in the limit: half as many again are allowed for.
    assert all(count <= most_by_chance(0.075) for count in unlikely.values()), unlikely


def compare_drawn(
    law: SessionLaw, plan: SessionPlan, sessions: int, rng: np.random.Generator
) -> list:
    """The tests of sessions whose profits, reasons and hands are drawn from their laws."""

    def drawn(values: NDArray[np.int64], chances: NDArray[np.float64]) -> NDArray[np.int64]:
        return rng.choice(values, sessions, p=chances / chances.sum())

    records = np.zeros(sessions, dtype=SESSION_RECORD)
    records["profit"] = drawn(law.profits, law.by_profit)
    records["stop_reason"] = drawn(np.arange(len(StopReason)), law.chances.sum(axis=1))
    records["hands"] = drawn(np.arange(1, len(law.hands) + 1), np.maximum(law.hands, 0))
    seen = SeenSessions(amounts_of(plan, law))
    seen.add(records, plan)
    return compare_sessions(law, seen)[1]
