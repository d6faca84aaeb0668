"""What an hour costs, where the law of a round says it."""

from fractions import Fraction
from typing import Any

import pytest

from let_it_ride.config import validate_mapping
from let_it_ride.planning import compile_odds
from let_it_ride.reports.hours import exact_cost_per_hour, run_hours_to_json
from tui.scripted_runs import SUMMARY

EDGE = Fraction(37_963, 1_082_900)


def cost(**settings: Any) -> Fraction | None:
    config = validate_mapping(settings)
    return exact_cost_per_hour(config, compile_odds(config))


def bonus_edge(table: str = "paytable_b") -> Fraction:
    return compile_odds(
        validate_mapping({"paytables": {"bonus": {"type": table}}})
    ).bonus_house_edge


def test_an_hour_of_flat_bets_costs_the_edge_times_bets_times_hands() -> None:
    assert cost(bankroll={"base_bet": 10}, table={"hands_per_hour": 60}) == EDGE * 1000 * 60


@pytest.mark.parametrize(
    ("bonus", "staked"),
    [
        ({"type": "never"}, 0),
        ({"type": "always", "amount": 3}, 300),
        ({"type": "always", "amount": 3.5}, 300),
        ({"type": "static", "amount": 2}, 200),
        ({"type": "static", "ratio": 0.2}, 100),
    ],
)
def test_a_bonus_that_stays_the_same_costs_its_edge_besides(
    bonus: dict[str, Any], staked: int
) -> None:
    assert cost(bonus_strategy=bonus) == (EDGE * 500 + bonus_edge() * staked) * 52


@pytest.mark.parametrize(
    "settings",
    [
        {"bankroll": {"betting_system": {"type": "martingale"}}},
        {"bonus_strategy": {"type": "streak_based"}},
        {"bonus_strategy": {"type": "always"}, "paytables": {"bonus": {"type": "paytable_c"}}},
    ],
)
def test_nothing_is_said_where_bets_or_pays_change(settings: dict[str, Any]) -> None:
    assert cost(**settings) is None


def test_a_meter_that_nobody_plays_for_changes_nothing() -> None:
    assert cost(paytables={"bonus": {"type": "paytable_c"}}) == EDGE * 500 * 52


def test_a_run_says_what_its_hours_cost_and_how_many_they_were() -> None:
    hours = run_hours_to_json(SUMMARY, 52)
    assert hours["cost_per_hour"] == pytest.approx(32.753 / 190.148196 * 52)
    assert hours["mean_minutes"] == pytest.approx(190.148196 * 60 / 52)
