"""What decisions are worth: each is the mean of what follows it, down to what the cards pay."""

from threading import Event
from typing import Any

import numpy as np
import pytest

from let_it_ride.analysis.charts import chart_of
from let_it_ride.analysis.decisions import Decision, Decisions
from let_it_ride.analysis.moments import MomentsCancelledError
from let_it_ride.config import FullConfig
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.planning import compile_plan

GOAL = {
    "simulation": {"hands_per_session": 6},
    "bankroll": {
        "starting_amount": 60,
        "base_bet": 5,
        "stop_conditions": {"win_limit": 30, "loss_limit": 30},
    },
    "bonus_strategy": {"type": "always", "amount": 5},
    "strategy": {"type": "goal"},
}
CASES: dict[str, dict[str, Any]] = {
    "optimal": {},
    "always_ride": {"strategy": {"type": "always_ride"}},
    "rules": {
        "strategy": {
            "type": "custom",
            "bet1_rules": [{"when": "high_cards >= 2", "action": "ride"}],
            "bet2_rules": [{"when": "has_pair", "action": "ride"}],
        }
    },
    "tight": {"paytables": {"main_game": {"type": "tight"}}},
}


def decisions_of(config: FullConfig) -> Decisions:
    decisions = Decisions(config)
    decisions.work_out(Event(), lambda _: None)
    return decisions


def taken(decision: Decision) -> float:
    """What the decision that is made is worth."""
    return decision.ride if decision.line.rides else decision.pull


def means(values: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """The mean of what deals bring, for the class that each of them is of."""
    weight = deal_table().weight
    return (np.bincount(classes, weight * values) / np.bincount(classes, weight))[classes]


@pytest.mark.parametrize("name", CASES)
def test_what_is_decided_is_worth_the_mean_of_what_the_cards_then_bring(name: str) -> None:
    config = FullConfig.model_validate(CASES[name])
    deals, plan = deal_table(), compile_plan(config)
    brought = plan.tables.main_units
    units = brought / plan.strategy.bets_in_action(deals)
    rides_1 = plan.strategy.ride_bet_1[deals.three_class].astype(int)
    decisions = decisions_of(config)
    decided = [decisions.of(deal, 0, 0) for deal in range(0, len(deals), 7)]
    looked_at = np.arange(0, len(deals), 7)

    after_three = means(brought, deals.three_class)[looked_at]
    np.testing.assert_allclose([taken(first) for first, _ in decided], after_three, atol=1e-12)
    for bets, name_of in ((1, "pull"), (2, "ride")):
        after_four = means(units, deals.four_class) * (bets + rides_1)
        values = [getattr(second, name_of) for _, second in decided]
        np.testing.assert_allclose(values, after_four[looked_at], atol=1e-12)
    alone = means(units, deals.three_class)[looked_at]
    np.testing.assert_allclose([first.gain for first, _ in decided], alone, atol=1e-12)


def test_the_optimal_strategy_loses_the_house_edge() -> None:
    deals = deal_table()
    decisions = decisions_of(FullConfig())
    of_three = {int(three): deal for deal, three in enumerate(deals.three_class)}
    come = np.bincount(deals.three_class, deals.weight)
    mean = sum(come[three] * taken(decisions.of(deal, 0, 0)[0]) for three, deal in of_three.items())
    assert mean / TOTAL_DEALS == pytest.approx(-37963 / 1082900, abs=1e-12)


def test_a_hand_is_under_a_line_of_the_chart_that_decides_as_the_strategy_does() -> None:
    config = FullConfig.model_validate(CASES["rules"])
    deals, strategy = deal_table(), compile_plan(config).strategy
    chart, decisions = chart_of(config), decisions_of(config)
    for deal in range(0, len(deals), 11):
        both = decisions.of(deal, 0, 0)
        rides = (
            strategy.ride_bet_1[deals.three_class[deal]],
            strategy.ride_bet_2[deals.four_class[deal]],
        )
        assert tuple(each.line.rides for each in both) == rides
        for decision, part in zip(both, chart.parts, strict=True):
            assert decision.line in part.lines


@pytest.mark.parametrize(("hands_before", "bankroll"), [(0, 6000), (5, 6500)])
def test_decisions_of_a_goal_are_worth_what_standing_there_is(
    hands_before: int, bankroll: int
) -> None:
    config = FullConfig.model_validate(GOAL)
    deals, decisions = deal_table(), decisions_of(config)
    moment = chart_of(config, 6 - hands_before, bankroll).moment
    assert moment is not None
    _, some = np.unique(deals.three_class, return_index=True)
    first = np.array([taken(decisions.of(deal, hands_before, bankroll)[0]) for deal in some])
    come = np.bincount(deals.three_class, deals.weight)
    assert first @ come / TOTAL_DEALS == pytest.approx(moment.value, abs=1e-9)
    for three in (0, 40, 100):
        those = np.flatnonzero(deals.three_class == three)
        both = [decisions.of(deal, hands_before, bankroll) for deal in those]
        second = np.array([taken(each[1]) for each in both])
        weight = deals.weight[those]
        assert weight @ second / weight.sum() == pytest.approx(first[three], abs=1e-9)
        assert all(max(one.ride, one.pull) - taken(one) < 1e-9 for pair in both for one in pair)


def test_working_out_a_goal_ends_when_nobody_waits() -> None:
    cancelled = Event()
    cancelled.set()
    with pytest.raises(MomentsCancelledError):
        Decisions(FullConfig.model_validate(GOAL)).work_out(cancelled, lambda _: None)
