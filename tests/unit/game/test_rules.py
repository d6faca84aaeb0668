"""Strategies in rules: what conditions see of every hand, and what the rules then decide."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from let_it_ride.config import validate_mapping
from let_it_ride.expressions.errors import ExpressionError
from let_it_ride.expressions.variables import RULE
from let_it_ride.game.categories import FiveCard
from let_it_ride.game.deals import deal_table
from let_it_ride.game.paytables import MAIN_PAYTABLES
from let_it_ride.game.rules import rule, rule_variables, ruled
from let_it_ride.game.strategies import FIXED_STRATEGIES, Strategy
from let_it_ride.planning import compile_odds, compile_strategy
from reference.cards import Cards
from reference.deal_classes import classes_of_four, classes_of_three
from reference.every_hand import as_cards, every_hand
from reference.hands import sets_and_pairs
from reference.rule_variables import DEFINITIONS

STANDARD = MAIN_PAYTABLES["standard"]
ODD_PAYS = (0, 200, 0, 11, 8, 5, 3, 0, 0, 0)

CHART_1 = (
    "has_paying_hand",
    "is_royal_draw",
    "straight_flush_spread == 3 and straights == 3",
    "straight_flush_spread == 4 and straights == 2 and high_cards >= 1",
    "straight_flush_spread == 5 and high_cards >= 2",
)
CHART_2 = (
    "has_paying_hand",
    "is_flush_draw",
    "is_open_straight_draw and high_cards >= 1",
    "is_inside_straight_draw and high_cards == 4",
)


@cache
def hands(size: int) -> tuple[Cards, ...]:
    return tuple(as_cards(hand) for hand in every_hand(size))


def rides(*rules: str) -> list[Any]:
    return [rule(when, rides=True) for when in rules]


def decided(bet_1: list[Any], bet_2: list[Any], paytable: tuple[int, ...] = STANDARD) -> Strategy:
    return ruled(deal_table(), paytable, bet_1, bet_2)


def assert_same(one: Strategy, other: Strategy) -> None:
    np.testing.assert_array_equal(one.ride_bet_1, other.ride_bet_1)
    np.testing.assert_array_equal(one.ride_bet_2, other.ride_bet_2)


def test_every_variable_has_a_definition_of_its_own():
    assert {*DEFINITIONS, "has_paying_hand"} == set(RULE)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_variable_of_every_three_cards_is_what_its_definition_says(name: str):
    assert wrong_hands(name, 3, DEFINITIONS[name]) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_variable_of_every_four_cards_is_what_its_definition_says(name: str):
    assert wrong_hands(name, 4, DEFINITIONS[name]) == []


@pytest.mark.parametrize("size", [3, pytest.param(4, marks=pytest.mark.slow)])
@pytest.mark.parametrize("paytable", [STANDARD, ODD_PAYS])
def test_a_paying_hand_is_what_the_table_pays_already(size: int, paytable: tuple[int, ...]):
    pays = {category.key: pay for category, pay in zip(FiveCard, paytable, strict=True)}
    assert (
        wrong_hands("has_paying_hand", size, lambda hand: pays[sets_and_pairs(hand)] > 0, paytable)
        == []
    )


def wrong_hands(
    name: str, size: int, define: Callable[[Cards], int], paytable: tuple[int, ...] = STANDARD
) -> list[Cards]:
    """Hands of which the program's variable is not what the definition says."""
    table = deal_table()
    seen, classes = (
        (table.three, classes_of_three()) if size == 3 else (table.four, classes_of_four())
    )
    by_class = rule_variables(seen, size, paytable)[name]
    by_hand = np.array([define(hand) for hand in hands(size)], dtype=np.int64)
    return [hands(size)[at] for at in np.flatnonzero(by_class[classes] != by_hand)]


@pytest.mark.parametrize("paytable", [STANDARD, ODD_PAYS])
def test_the_chart_in_rules_decides_as_the_chart(paytable: tuple[int, ...]):
    chart = FIXED_STRATEGIES["basic"](deal_table(), paytable)
    assert_same(decided(rides(*CHART_1), rides(*CHART_2), paytable), chart)
    in_one = " or ".join(f"({line})" for line in CHART_1), " or ".join(CHART_2)
    assert_same(decided(rides(in_one[0]), rides(in_one[1]), paytable), chart)


@pytest.mark.parametrize(
    ("name", "bet_1", "bet_2"),
    [
        ("always_ride", "default", "default"),
        ("always_pull", "not default", "0"),
        ("conservative", "has_paying_hand", "has_paying_hand"),
        (
            "aggressive",
            "has_paying_hand or is_flush_draw or is_straight_draw",
            "has_paying_hand or suited_cards == 4 or straights >= 1",
        ),
    ],
)
def test_the_other_fixed_strategies_can_be_written_in_rules(name: str, bet_1: str, bet_2: str):
    fixed = FIXED_STRATEGIES[name](deal_table(), STANDARD)
    assert_same(decided(rides(bet_1), rides(bet_2)), fixed)


def test_no_rules_pull():
    assert_same(decided([], []), FIXED_STRATEGIES["always_pull"](deal_table(), STANDARD))


def test_the_first_rule_that_holds_decides():
    pull_pairs = [rule("has_pair", rides=False), rule("high_cards >= 1", rides=True)]
    both_ways = decided(pull_pairs, list(reversed(pull_pairs)))
    table = deal_table()
    three = rule_variables(table.three, 3, STANDARD)
    four = rule_variables(table.four, 4, STANDARD)
    np.testing.assert_array_equal(
        both_ways.ride_bet_1, (three["has_pair"] == 0) & (three["high_cards"] >= 1)
    )
    np.testing.assert_array_equal(both_ways.ride_bet_2, four["high_cards"] >= 1)


def test_a_condition_that_is_no_number_does_not_hold():
    table = deal_table()
    high = rule_variables(table.three, 3, STANDARD)["high_cards"]
    strategy = decided(rides("1 / high_cards > 0"), rides("1 / 0"))
    np.testing.assert_array_equal(strategy.ride_bet_1, high > 0)
    assert not strategy.ride_bet_2.any()
    assert decided(rides("1 / 0", "default"), []).ride_bet_1.all()


def test_a_condition_that_uses_no_variable_is_the_same_for_all():
    assert decided(rides("3 > 2"), []).ride_bet_1.all()


def test_a_rule_that_cannot_be_read_is_an_error():
    with pytest.raises(ExpressionError, match="did you mean has_pair"):
        rule("has_pear", rides=True)


def test_a_configuration_in_rules_has_the_odds_of_its_decisions():
    lines = [[{"when": when, "action": "ride"} for when in chart] for chart in (CHART_1, CHART_2)]
    strategy = {"type": "custom", "bet1_rules": lines[0], "bet2_rules": lines[1]}
    config = validate_mapping({"strategy": strategy})
    assert compile_odds(config).house_edge == Fraction(37_963, 1_082_900)
    chart = FIXED_STRATEGIES["basic"](deal_table(), STANDARD)
    assert_same(compile_strategy(config, deal_table()), chart)
