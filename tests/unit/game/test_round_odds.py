"""The exact odds of a round, against the published numbers and against going through all deals."""

import json
from collections import Counter
from fractions import Fraction
from functools import cache
from math import isclose, sqrt

import numpy as np
import pytest

from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.game.odds import RoundOdds, round_odds
from let_it_ride.game.paytables import BONUS_PAYTABLES, MAIN_PAYTABLES, BonusPaytable, Paytable
from let_it_ride.game.strategies import FIXED_STRATEGIES, Strategy, Ties, optimal, units_by_category
from reference.deal_classes import bonus_names, classes_of_four, classes_of_three
from reference.every_hand import rivers, starts_and_fourths

STANDARD = MAIN_PAYTABLES["standard"]
TABLE_B = BONUS_PAYTABLES["paytable_b"]
LOSING: Paytable = (0,) * 10


def odds(
    name: str, paytable: Paytable = STANDARD, bonus: BonusPaytable = TABLE_B, ties: Ties = "pull"
) -> RoundOdds:
    return round_odds(deal_table(), decisions(name, paytable, ties), paytable, bonus)


def decisions(name: str, paytable: Paytable = STANDARD, ties: Ties = "pull") -> Strategy:
    if name == "optimal":
        return optimal(deal_table(), paytable, ties)
    return FIXED_STRATEGIES[name](deal_table(), paytable)


@cache
def outcomes_of_all_cards(name: str) -> Counter[tuple[int, int, int]]:
    """Deals by bets in action, five-card and bonus category, gone through start by start."""
    tables = decisions(name)
    three, four = starts_and_fourths()
    bets = (
        1
        + tables.ride_bet_1[classes_of_three()[three]].astype(int)
        + tables.ride_bet_2[classes_of_four()[four]]
    )
    bonus = bonus_names()[three]
    counted: Counter[tuple[int, int, int]] = Counter()
    for stay in (1, 2, 3):
        for category in ThreeCard:
            deals = rivers()[four[(bets == stay) & (bonus == category)]].sum(axis=0)
            counted.update({(stay, made, int(category)): int(n) for made, n in enumerate(deals)})
    return +counted


@pytest.mark.parametrize("name", [*FIXED_STRATEGIES, "optimal"])
def test_the_outcome_table_holds_what_going_through_all_cards_finds(name: str):
    table = odds(name).outcomes
    counted = {(o.bets, int(o.category), int(o.bonus_category)): o.deals for o in table}
    assert counted == outcomes_of_all_cards(name)
    assert len(counted) == len(table)
    assert sum(outcome.deals for outcome in table) == TOTAL_DEALS


@pytest.mark.parametrize(
    ("name", "edge"),
    [
        ("basic", Fraction(37_963, 1_082_900)),
        ("optimal", Fraction(37_963, 1_082_900)),
        ("conservative", Fraction(24_503, 464_100)),
        ("aggressive", Fraction(7_978, 54_145)),
    ],
)
def test_the_standard_table_has_the_known_edge(name: str, edge: Fraction):
    assert odds(name).house_edge == edge


def test_riding_ties_leaves_the_edge_as_it_is():
    assert odds("optimal", ties="ride").house_edge == odds("optimal").house_edge


@pytest.mark.parametrize(
    ("paytable", "edge"),
    [("liberal", Fraction(1_427, 41_650)), ("tight", Fraction(36_367, 928_200))],
)
def test_other_tables_have_their_edges_under_best_play(paytable: str, edge: Fraction):
    assert odds("optimal", MAIN_PAYTABLES[paytable]).house_edge == edge


def test_riding_everything_costs_three_times_what_pulling_everything_does():
    assert round(float(odds("always_ride").mean), 6) == -1.118169
    assert round(float(odds("always_pull").mean), 6) == -0.372723
    assert odds("always_ride").mean == 3 * odds("always_pull").mean


def test_the_three_bets_have_their_known_expectations():
    table, tables = deal_table(), decisions("optimal")
    units = units_by_category(STANDARD)[table.category] * table.weight
    circles = (
        tables.ride_bet_1[table.three_class],
        tables.ride_bet_2[table.four_class],
        np.ones(len(table), dtype=bool),
    )
    worth = [Fraction(int(units[rides].sum()), TOTAL_DEALS) for rides in circles]
    assert [round(float(mean), 8) for mean in worth] == [0.10912580, 0.22854034, -0.37272294]
    assert sum(worth) == odds("optimal").mean


def test_the_average_number_of_bets_in_action_tells_how_ties_are_played():
    assert round(float(odds("optimal").mean_bets), 4) == 1.2237
    assert round(float(odds("optimal", ties="ride").mean_bets), 4) == 1.2321
    assert round(float(odds("basic").mean_bets), 6) == 1.227430


def test_the_chart_has_its_known_spread_and_skewness():
    basic = odds("basic")
    assert round(basic.standard_deviation, 6) == 5.161422
    assert round(basic.skewness, 2) == 320.92


@pytest.mark.parametrize(
    ("bonus", "percent"), [("paytable_a", 7.0950), ("paytable_b", 4.4887), ("paytable_d", 2.1357)]
)
def test_the_bonus_tables_have_their_known_edges(bonus: str, percent: float):
    edge = odds("basic", bonus=BONUS_PAYTABLES[bonus]).bonus_house_edge
    assert round(100 * float(edge), 4) == percent


def test_the_progressive_table_is_even_at_a_meter_of_332():
    pays = BONUS_PAYTABLES["paytable_c"][1:]
    assert odds("basic", bonus=(332, *pays)).bonus_house_edge == 0
    assert odds("basic", bonus=(Fraction(33_201, 100), *pays)).bonus_house_edge < 0
    assert odds("basic", bonus=(Fraction(33_199, 100), *pays)).bonus_house_edge > 0


@pytest.mark.parametrize("name", [*FIXED_STRATEGIES, "optimal"])
@pytest.mark.parametrize("paytable", [STANDARD, (0, 7, 0, 11, 8, 0, 3, 0, 1, 0)])
def test_the_moments_are_those_of_the_net_results_one_deal_at_a_time(name: str, paytable: Paytable):
    result = odds(name, paytable)
    units = units_by_category(paytable)
    net: Counter[int] = Counter()
    for outcome in result.outcomes:
        net[int(outcome.bets * units[outcome.category])] += outcome.deals
    assert result.net_deals == dict(net)
    first, second, third = (
        Fraction(sum(x**power * deals for x, deals in net.items()), TOTAL_DEALS)
        for power in (1, 2, 3)
    )
    variance = second - first**2
    assert (result.mean, result.variance) == (first, variance)
    assert result.house_edge == -first
    about_mean = third - 3 * first * second + 2 * first**3
    assert isclose(result.skewness, float(about_mean) / sqrt(variance) ** 3, rel_tol=1e-12)
    assert result.hit_rate == Fraction(sum(n for x, n in net.items() if x > 0), TOTAL_DEALS)
    stayed = sum(outcome.bets * outcome.deals for outcome in result.outcomes)
    assert result.element_of_risk == -first * TOTAL_DEALS / stayed


@pytest.mark.parametrize("bonus", [*BONUS_PAYTABLES.values(), (Fraction(301, 2), 0, 0, 0, 0, 1, 0)])
def test_the_bonus_is_settled_on_three_cards_alone(bonus: BonusPaytable):
    result = odds("basic", bonus=bonus)
    hands = (4, 44, 52, 720, 1096, 3744, 16_440)
    units = [pay if pay > 0 else -1 for pay in bonus]
    mean = Fraction(sum(u * n for u, n in zip(units, hands, strict=True))) / 22_100
    square = Fraction(sum(u * u * n for u, n in zip(units, hands, strict=True))) / 22_100
    paid = sum(n for pay, n in zip(bonus, hands, strict=True) if pay)
    assert result.bonus_house_edge == -mean
    assert result.bonus_variance == square - mean**2
    assert result.bonus_standard_deviation == sqrt(square - mean**2)
    assert result.bonus_hit_rate == Fraction(paid, 22_100)


def test_the_shares_of_the_hands_add_up_to_every_round():
    result = odds("basic")
    assert sum(result.category_deals.values()) == TOTAL_DEALS
    assert sum(result.bonus_category_deals.values()) == TOTAL_DEALS
    assert sum(result.bets_deals.values()) == TOTAL_DEALS
    assert result.category_deals[FiveCard.ROYAL_FLUSH] == 4 * 20
    assert list(result.category_deals) == list(FiveCard)
    assert list(result.bonus_category_deals) == list(ThreeCard)


def test_a_bet_that_nothing_pays_is_always_lost():
    result = odds("always_ride", LOSING, (0,) * 7)
    assert result.net_deals == {-3: TOTAL_DEALS}
    assert (result.house_edge, result.variance, result.hit_rate) == (3, 0, 0)
    assert (result.bonus_house_edge, result.bonus_variance) == (1, 0)


def test_no_strategy_beats_optimal_play():
    for paytable in (*MAIN_PAYTABLES.values(), (3, 90, 0, 2, 40, 0, 1, 0, 2, 0)):
        best = odds("optimal", paytable).house_edge
        assert all(odds(name, paytable).house_edge >= best for name in FIXED_STRATEGIES)


def test_a_round_of_optimal_play_is_worth_its_best_decisions_card_by_card():
    three, four = starts_and_fourths()
    after_four = rivers()[four] @ units_by_category(STANDARD)
    bet_2 = np.maximum(after_four, 0).sum()
    after_three = np.bincount(three, weights=after_four)
    bet_1 = np.maximum(after_three, 0).sum()
    total = int(bet_1) + int(bet_2) + int(after_four.sum())
    assert odds("optimal").mean == Fraction(total, TOTAL_DEALS)


def test_the_odds_as_json_hold_exact_fractions_and_counts_of_deals():
    numbers = json.loads(json.dumps(odds("basic").to_json()))
    assert numbers["house_edge_fraction"] == "37963/1082900"
    assert numbers["house_edge"] == 37_963 / 1_082_900
    assert numbers["bonus_house_edge_fraction"] == "248/5525"
    assert numbers["total_deals"] == TOTAL_DEALS == sum(numbers["categories"].values())
    assert numbers["categories"]["royal_flush"] == 80
    assert sum(numbers["bonus_categories"].values()) == TOTAL_DEALS
    assert sum(numbers["bets_in_action"].values()) == TOTAL_DEALS
