"""The price of a strategy, in base bets and in dollars an hour."""

import json
from fractions import Fraction

from let_it_ride.config import validate_mapping
from let_it_ride.game.deals import TOTAL_DEALS
from let_it_ride.planning import compile_odds
from let_it_ride.reports.play_cost import PlayCost, play_cost


def cost(strategy: str, base_bet: int = 5, hands_per_hour: int = 52) -> PlayCost:
    return play_cost(
        validate_mapping(
            {
                "strategy": {"type": strategy},
                "bankroll": {"base_bet": base_bet},
                "table": {"hands_per_hour": hands_per_hour},
            }
        )
    )


def test_the_whole_cost_is_the_edge_above_that_of_best_play():
    config = validate_mapping({"strategy": {"type": "conservative"}})
    best = validate_mapping({"strategy": {"type": "optimal"}})
    assert play_cost(config).per_round == (
        compile_odds(config).house_edge - compile_odds(best).house_edge
    )


def test_an_hour_costs_its_hands_times_the_base_bet():
    whole = Fraction(24_503, 464_100) - Fraction(37_963, 1_082_900)
    one = cost("conservative", base_bet=10, hands_per_hour=60)
    assert one.per_hour(one.per_round) == whole * 60 * 1000
    two = cost("conservative", base_bet=20, hands_per_hour=30)
    assert two.per_hour(two.per_round) == one.per_hour(one.per_round)


def test_play_as_good_as_the_best_costs_nothing():
    for strategy in ("basic", "optimal"):
        assert cost(strategy).to_json() == {
            "deviations_cost": 0.0,
            "deviations_cost_fraction": "0",
            "deviations_cost_per_hour": 0.0,
            "deviations": [],
        }


def test_json_has_every_decision_with_exact_costs_that_add_up():
    found = json.loads(json.dumps(cost("aggressive").to_json()))
    lines = found["deviations"]
    assert len(lines) == len(cost("aggressive").deviations) > 10
    each = [Fraction(line["cost_per_round_fraction"]) for line in lines]
    assert sum(each) == Fraction(found["deviations_cost_fraction"])
    for line in lines:
        chance = Fraction(line["deals"], TOTAL_DEALS)
        per_hand = Fraction(line["cost_per_hand_fraction"])
        assert per_hand * chance == Fraction(line["cost_per_round_fraction"])
        assert float(per_hand) == line["cost_per_hand"]
        assert line["decision"] == "ride"
        assert line["bet"] in {1, 2}
        assert line["hand"]
    assert found["deviations_cost_per_hour"] == float(sum(each)) * 52 * 5
