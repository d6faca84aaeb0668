"""Play for a goal, solved forward by the rounds of the kernel, against its backward recursion."""

from math import sqrt

import numpy as np
import pytest

from let_it_ride.analysis.charts import chart_of
from let_it_ride.analysis.goal_gain import GoalGain, by_the_basic_chart, goal_value
from let_it_ride.analysis.solving import solve
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.games import game_of
from let_it_ride.simulation.records import PLAYED_COLUMNS
from reference.corners import GOAL_CORNERS
from reference.player import Player

NEAR = {"win_limit": 250, "loss_limit": 200}
STOPPED = {"win_limit": 60, "loss_limit": 40, "stop_on_insufficient_funds": False}


def config_of(goal="leave_ahead", hands=200, stops=NEAR, bankroll=500, bets=(), **sections):
    return FullConfig.model_validate(
        {
            "simulation": {"hands_per_session": hands},
            "bankroll": {"starting_amount": bankroll, "stop_conditions": stops},
            "strategy": {"type": "goal", "goal": goal, "bets": [{"bet": bet} for bet in bets]},
            **sections,
        }
    )


CONFIGS = {
    "ahead": config_of(),
    "limit": config_of("reach_win_limit"),
    "ruin": config_of("avoid_ruin"),
    "mean": config_of("mean"),
    "no limits": config_of(stops={}, hands=60),
    "no limits, mean": config_of("mean", stops={}, hands=40),
    "a choice of bets": config_of(bets=(5, 10, 25)),
    "a bonus": config_of(hands=30, bonus_strategy={"type": "always", "amount": 1}),
    "short of money": config_of("avoid_ruin", hands=40, stops=STOPPED, bankroll=45),
    "bonus and bets, short of money": config_of(
        hands=12,
        stops=STOPPED,
        bankroll=60,
        bets=(5, 8),
        bonus_strategy={"type": "static", "amount": 3},
    ),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_the_law_has_the_chance_that_the_recursion_promised(name):
    config = CONFIGS[name]
    law, moment = solve(compile_plan(config)), chart_of(config).moment
    assert moment is not None
    # A mean is in cents, of which a royal flush without a limit brings a million.
    tolerance = 1e-4 if moment.goal == "mean" else 1e-9
    assert goal_value(moment.goal, law) == pytest.approx(moment.value, abs=tolerance)
    assert law.error_bound < 1e-9
    assert law.by_profit.sum() == pytest.approx(1.0, abs=law.error_bound + 1e-12)


@pytest.mark.parametrize("corner", GOAL_CORNERS)
def test_the_law_reaches_the_goal_as_often_as_a_slow_player(corner):
    config = FullConfig.model_validate(GOAL_CORNERS[corner])
    best = Player(GOAL_CORNERS[corner]).goal.weighed(0, 0)
    # Values are rounded to 2⁻⁴¹ of the largest, for means after each hand to 2⁻¹⁵ cents or less.
    tolerance = 1e-3 if config.strategy.goal == "mean" else 1e-10
    law = solve(compile_plan(config))
    assert goal_value(config.strategy.goal, law) == pytest.approx(float(best.value), abs=tolerance)


@pytest.mark.parametrize("name", ["ahead", "a choice of bets", "bonus and bets, short of money"])
def test_the_kernel_plays_as_the_law_says(name):
    config = CONFIGS[name]
    config = config.model_copy(
        update={"simulation": config.simulation.model_copy(update={"num_sessions": 8_000_000})}
    )
    plan = compile_plan(config)
    law, count = solve(plan), 60_000
    seeds = np.random.default_rng(8).integers(0, 1 << 31, size=count, dtype=np.uint32)
    parts = [played.sessions.copy() for played in game_of(plan).play(seeds, 0)]
    played = dict(zip(PLAYED_COLUMNS, np.concatenate(parts).T, strict=True))
    profit, reason = played["profit"], played["stop_reason"]
    shares = {
        "ahead": ((profit > 0).mean(), law.win_probability),
        "behind": ((profit < 0).mean(), law.loss_probability),
        **{
            each.key: ((reason == each).mean(), law.stop_reasons.get(each, 0.0))
            for each in StopReason
        },
    }
    for what, (simulated, exact) in shares.items():
        error = sqrt(exact * (1 - exact) / count)
        # Five standard errors: seven numbers of three configurations, seeds are fixed.
        assert abs(simulated - exact) <= 5 * error + 1e-12, what
    for what, exact in (
        ("hands", law.mean_hands),
        ("main_wagered", law.main_wagered),
        ("bonus_wagered", law.bonus_staked),
    ):
        error = played[what].std() / sqrt(count)
        assert abs(played[what].mean() - exact) <= 5 * error + 1e-9, what


def test_the_gain_over_the_basic_chart_and_its_cost():
    config = CONFIGS["ahead"]
    law, basic = (solve(compile_plan(each)) for each in (config, by_the_basic_chart(config)))
    gain = GoalGain.of("leave_ahead", law, basic)
    assert gain.value == pytest.approx(0.344956816465, abs=1e-11)
    assert gain.basic_value == pytest.approx(0.3124371864, abs=1e-9)
    assert gain.gain == pytest.approx(gain.value - gain.basic_value)
    assert gain.cost == pytest.approx(basic.mean_profit - law.mean_profit)
    assert gain.cost == pytest.approx(977.819, abs=0.001)  # cents


@pytest.mark.parametrize("goal", ["leave_ahead", "reach_win_limit", "avoid_ruin", "mean"])
def test_no_chart_does_better_for_its_goal(goal):
    config = config_of(goal, hands=80)
    best = goal_value(goal, solve(compile_plan(config)))
    for strategy in ("basic", "optimal", "conservative", "aggressive", "always_pull"):
        other = FullConfig.model_validate(config.model_dump() | {"strategy": {"type": strategy}})
        assert goal_value(goal, solve(compile_plan(other))) <= best + 1e-9
