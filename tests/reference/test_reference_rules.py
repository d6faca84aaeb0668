"""Rules of a custom strategy, and what they see, against examples and the published chart."""

import pytest

from reference.cards import cards
from reference.corners import CORNERS
from reference.every_hand import as_cards, every_hand, one_of_each_shape
from reference.features import RULE_VARIABLES
from reference.paytables import main_pays
from reference.strategies import Decision, strategy

PAYS = main_pays({})


def rules(*written: tuple[str, str], bet: int = 1) -> Decision:
    listed = [{"when": when, "action": action} for when, action in written]
    return strategy({"type": "custom", f"bet{bet}_rules": listed}, PAYS)


@pytest.mark.slow
@pytest.mark.parametrize("size", [3, 4])
def test_the_chart_written_in_rules_decides_as_the_chart(size: int):
    by_rules = strategy(CORNERS["the chart as rules"]["strategy"], PAYS)
    chart = strategy({"type": "basic"}, PAYS)
    for hand in map(as_cards, every_hand(size)[one_of_each_shape(size)]):
        assert by_rules(hand) == chart(hand), hand


@pytest.mark.parametrize(
    ("hand", "seen"),
    [
        ("3s 4s 5d", {"straights": 3, "is_open_straight_draw": 1, "is_inside_straight_draw": 0}),
        ("2s 3s 4d", {"straights": 2, "is_open_straight_draw": 0, "is_inside_straight_draw": 1}),
        ("3s 4s 4d", {"straights": 0, "connected_cards": 2, "gaps": 3, "is_straight_draw": 0}),
        ("As 2s 3s", {"straight_flush_spread": 3, "straights": 1, "is_straight_flush_draw": 1}),
        ("As Ks 2s", {"straight_flush_spread": 0, "connected_cards": 2, "is_flush_draw": 1}),
        ("As Ks 9s", {"straight_flush_spread": 0, "is_straight_flush_draw": 0}),
        ("As Ks Ts", {"straight_flush_spread": 5, "is_royal_draw": 1, "high_cards": 3}),
        ("As Ks Td", {"straight_flush_spread": 0, "is_royal_draw": 0, "suited_high_cards": 2}),
        ("9s 9d 2s", {"has_pair": 1, "has_high_pair": 0, "suited_cards": 2, "is_flush_draw": 0}),
        ("Ts Td 2s", {"has_pair": 1, "has_high_pair": 1, "suited_high_cards": 1}),
        ("Ts Td Th", {"has_pair": 0, "has_high_pair": 0, "has_trips": 1, "connected_cards": 1}),
        ("9s 9d 2s 2d", {"has_pair": 0, "has_two_pair": 1, "has_trips": 0}),
        ("9s 9d 9h 2d", {"has_pair": 0, "has_two_pair": 0, "has_trips": 1, "has_quads": 0}),
        ("9s 9d 9h 9c", {"has_pair": 0, "has_two_pair": 0, "has_trips": 0, "has_quads": 1}),
        ("3s 4s 5d 6d", {"straights": 2, "is_open_straight_draw": 1, "suited_cards": 2}),
        ("Js Qs Ks As", {"straights": 1, "is_inside_straight_draw": 1, "is_royal_draw": 1}),
        ("As 2s 3d 4d", {"straights": 1, "is_inside_straight_draw": 1, "high_cards": 1}),
        ("9s Ts Js Qs", {"straight_flush_spread": 4, "is_royal_draw": 0, "gaps": 1}),
    ],
)
def test_a_rule_sees(hand: str, seen: dict[str, int]):
    assert {name: RULE_VARIABLES[name](cards(hand)) for name in seen} == seen


def test_the_first_rule_that_holds_decides():
    ride = rules(("has_trips", "pull"), ("has_paying_hand", "ride"))
    assert not ride(cards("Ts Td Th"))
    assert ride(cards("Ts Td 2h"))


def test_a_bet_for_which_no_rule_holds_is_pulled():
    ride = rules(("has_paying_hand", "ride"))
    assert not ride(cards("9s 9d 2h"))
    assert not ride(cards("Ts Td 2h 3h"))


def test_bet_1_and_bet_2_have_rules_of_their_own():
    ride = rules(("default", "ride"), bet=2)
    assert not ride(cards("Ts Td 2h"))
    assert ride(cards("2s 5d 9h Jc"))


def test_a_paying_hand_is_what_the_pay_table_pays():
    listed = [{"when": "has_paying_hand", "action": "ride"}]
    pays = main_pays({"main_game": {"type": "custom", "pair_tens_or_better": 0}})
    ride = strategy({"type": "custom", "bet1_rules": listed}, pays)
    assert not ride(cards("Ts Td 2h"))
    assert ride(cards("2s 2d 2h"))


def test_conditions_are_formulas_and_hold_where_they_are_not_0():
    assert rules(("high_cards - 2", "ride"))(cards("Ts Jd 2h")) is False
    assert rules(("high_cards - 2", "ride"))(cards("Ts 3d 2h")) is True
    assert rules(("1 < connected_cards <= 2", "ride"))(cards("Ts 3d 2h")) is True


def test_a_condition_without_a_number_does_not_hold():
    ride = rules(("1 / suited_high_cards > 0", "ride"), ("default", "pull"))
    assert not ride(cards("2s 3d 4h"))
    assert ride(cards("2s 3d Th"))
