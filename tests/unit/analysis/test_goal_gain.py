"""What play for a goal gains, against chances that are known otherwise."""

import json
from functools import cache

import numpy as np
import pytest

from let_it_ride.analysis.goal_gain import GoalGain, by_the_basic_chart, goal_value
from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import solve
from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from reference.session_laws import SlowSessions

SETTINGS = {
    "simulation": {"hands_per_session": 5},
    "bankroll": {
        "starting_amount": 45.0,
        "stop_conditions": {"win_limit": 25.0, "loss_limit": 40.0},
    },
}
GOALS = ("leave_ahead", "reach_win_limit", "avoid_ruin", "mean")


def config_of(strategy: str) -> FullConfig:
    return FullConfig.model_validate({**SETTINGS, "strategy": {"type": strategy}})


@cache
def law_of(strategy: str) -> SessionLaw:
    return solve(compile_plan(config_of(strategy)))


@pytest.mark.parametrize("strategy", ["basic", "aggressive"])
def test_the_value_of_a_goal_is_that_of_slow_players(strategy: str):
    law = law_of(strategy)
    slow = SlowSessions({**SETTINGS, "strategy": {"type": strategy}}).law(5)
    reasons: dict[str, float] = {}
    for (_, reason), chance in slow.ends.items():
        reasons[reason] = reasons.get(reason, 0.0) + float(chance)
    assert set(reasons) == {"win_limit", "loss_limit", "max_hands", "insufficient_funds"}
    ahead = sum(float(chance) for (profit, _), chance in slow.ends.items() if profit > 0)
    mean = sum(profit * float(chance) for (profit, _), chance in slow.ends.items())
    assert goal_value("leave_ahead", law) == pytest.approx(ahead, rel=1e-12)
    assert goal_value("reach_win_limit", law) == pytest.approx(reasons["win_limit"], rel=1e-12)
    kept = reasons["win_limit"] + reasons["max_hands"]
    assert goal_value("avoid_ruin", law) == pytest.approx(kept, rel=1e-12)
    assert goal_value("mean", law) == pytest.approx(mean, rel=1e-12)


def test_what_cannot_happen_has_no_chance():
    law = solve(compile_plan(FullConfig.model_validate({"simulation": {"hands_per_session": 3}})))
    assert goal_value("reach_win_limit", law) == 0
    assert goal_value("avoid_ruin", law) == 1


@pytest.mark.parametrize("goal", GOALS)
def test_a_gain_is_between_two_laws(goal: str):
    law, basic = law_of("aggressive"), law_of("basic")
    found = GoalGain.of(goal, law, basic)
    assert found.gain == goal_value(goal, law) - goal_value(goal, basic)
    assert found.cost == basic.mean_profit - law.mean_profit > 0
    assert (GoalGain.of(goal, basic, basic).gain, GoalGain.of(goal, basic, basic).cost) == (0, 0)


@pytest.mark.parametrize("goal", GOALS)
def test_a_gain_becomes_json_with_amounts_in_dollars(goal: str):
    law, basic = law_of("aggressive"), law_of("basic")
    found = GoalGain.of(goal, law, basic)
    per_cent = 100 if goal == "mean" else 1
    assert json.loads(json.dumps(found.to_json())) == {
        "goal": goal,
        "value": pytest.approx(goal_value(goal, law) / per_cent),
        "basic_value": pytest.approx(goal_value(goal, basic) / per_cent),
        "gain": pytest.approx(found.gain / per_cent),
        "mean_profit_cost": pytest.approx(found.cost / 100),
    }


def test_the_basic_chart_takes_the_place_of_the_goal_and_of_nothing_else():
    config = FullConfig.model_validate(
        {**SETTINGS, "strategy": {"type": "goal", "goal": "mean", "bets": [{"bet": 10}]}}
    )
    assert by_the_basic_chart(config) == config_of("basic")
    assert config.strategy.type == "goal"
    plain = compile_plan(by_the_basic_chart(config)).tables
    assert not plain.goal.is_there
    np.testing.assert_array_equal(plain.deals, compile_plan(config_of("basic")).tables.deals)
