"""Strategies written in rules: the first rule whose condition holds decides, and none pulls.

A condition is an expression over what can be seen of the cards. It is evaluated once for each
class of hands, so a strategy in rules becomes decision tables like any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from let_it_ride.expressions.arrays import evaluate
from let_it_ride.expressions.parser import parse
from let_it_ride.expressions.trees import Tree
from let_it_ride.expressions.variables import RULE
from let_it_ride.game.categories import FiveCard
from let_it_ride.game.deals import DealTable, HandClasses
from let_it_ride.game.paytables import Paytable
from let_it_ride.game.strategies import Rides, Strategy


@dataclass(frozen=True, slots=True)
class Rule:
    """What to do where a condition holds.

    Attributes:
        when: the condition, over the variables of `RULE`.
        rides: whether the bet then rides.
    """

    when: Tree
    rides: bool


def rule(when: str, *, rides: bool) -> Rule:
    """Read a rule.

    Raises:
        ExpressionError: `when` is no condition.
    """
    return Rule(parse(when, RULE), rides)


def ruled(
    deals: DealTable, paytable: Paytable, bet_1: Sequence[Rule], bet_2: Sequence[Rule]
) -> Strategy:
    """Decide by rules: those of bet 1 see three cards, those of bet 2 four."""
    return Strategy(
        _decisions(bet_1, rule_variables(deals.three, 3, paytable)),
        _decisions(bet_2, rule_variables(deals.four, 4, paytable)),
    )


def rule_variables(
    hands: HandClasses, cards: int, paytable: Paytable
) -> dict[str, NDArray[np.int64]]:
    """What a condition can name, for every class of hands; what holds is 1, what does not 0.

    Args:
        hands: the classes.
        cards: how many cards each of the hands has, three or four.
        paytable: what makes a hand a paying one.
    """
    made, high = hands.feature("made"), hands.feature("high_cards")
    suited, straights = hands.feature("suited_cards"), hands.feature("straights")
    connected, spread = hands.feature("connected_cards"), hands.feature("straight_flush_spread")
    high_pair = made == FiveCard.PAIR_TENS_OR_BETTER
    open_straight = straights == 6 - cards
    columns: dict[str, NDArray[np.generic]] = {
        "default": np.ones(len(hands)),
        "high_cards": high,
        "suited_cards": suited,
        "suited_high_cards": hands.feature("suited_high_cards"),
        "connected_cards": connected,
        "gaps": 5 - connected,
        "straights": straights,
        "straight_flush_spread": spread,
        "has_paying_hand": np.array(paytable)[made] > 0,
        "has_pair": high_pair | (hands.feature("has_low_pair") == 1),
        "has_high_pair": high_pair,
        "has_two_pair": made == FiveCard.TWO_PAIR,
        "has_trips": made == FiveCard.THREE_OF_A_KIND,
        "has_quads": made == FiveCard.FOUR_OF_A_KIND,
        "is_flush_draw": suited == cards,
        "is_straight_draw": straights > 0,
        "is_open_straight_draw": open_straight,
        "is_inside_straight_draw": (straights > 0) & ~open_straight,
        "is_straight_flush_draw": spread > 0,
        "is_royal_draw": (spread > 0) & (high == cards),
    }
    return {name: columns[name].astype(np.int64) for name in RULE}


def _decisions(rules: Sequence[Rule], variables: Mapping[str, NDArray[np.int64]]) -> Rides:
    decided: Rides = np.zeros(len(variables["default"]), dtype=bool)
    for each in reversed(rules):
        value = evaluate(each.when, variables)
        # What is no number holds nowhere.
        decided = np.where((value != 0) & ~np.isnan(value), each.rides, decided)
    return decided
