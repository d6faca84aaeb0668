"""Every strategy decides on every hand as its rules, read by a slow player, say."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from let_it_ride.game.categories import FiveCard
from let_it_ride.game.deals import deal_table
from let_it_ride.game.paytables import MAIN_PAYTABLES
from let_it_ride.game.strategies import FIXED_STRATEGIES, Strategy, optimal, units_by_category
from reference.cards import Cards, cards
from reference.deal_classes import classes_of_four, classes_of_three
from reference.every_hand import as_cards, every_hand, one_of_each_shape, rivers
from reference.paytables import main_pays
from reference.strategies import mean_result, strategy

Pays = Mapping[str, Any]

#: Custom tables that change who has a paying hand, and what a draw is worth.
ODD_TABLES: dict[str, Pays] = {
    "no pay for a high pair": {"pair_tens_or_better": 0},
    "no pay for sets": {"three_of_a_kind": 0, "four_of_a_kind": 0},
    "no pay for two pair": {"two_pair": 0},
    "flushes pay like royals": {"flush": 1000, "straight": 0, "straight_flush": 0},
    "straights pay well": {"straight": 40, "pair_tens_or_better": 3},
    "only four of a kind pays": dict.fromkeys((c.key for c in FiveCard), 0)
    | {"four_of_a_kind": 100_000},
    "nothing pays": dict.fromkeys((c.key for c in FiveCard), 0),
}
TABLES: dict[str, Pays] = {name: {"type": name} for name in MAIN_PAYTABLES} | {
    name: {"type": "custom"} | {key: pay for key, pay in pays.items() if key != "nothing"}
    for name, pays in ODD_TABLES.items()
}
STRATEGIES: dict[str, Pays] = {name: {"type": name} for name in FIXED_STRATEGIES} | {
    f"optimal, ties {ties}": {"type": "optimal", "ties": ties} for ties in ("pull", "ride")
}

#: A table matters to a fixed strategy only by which made hands it pays.
CASES = [
    *((name, "standard") for name in STRATEGIES),
    *(
        (name, table)
        for name in ("basic", "conservative", "aggressive")
        for table in ("no pay for a high pair", "no pay for sets", "no pay for two pair")
    ),
    *(("optimal, ties pull", table) for table in TABLES if table != "standard"),
    *(("optimal, ties ride", table) for table in ("tight", "nothing pays")),
]


def decided(settings: Pays, pays: Mapping[str, int]) -> Strategy:
    """The program's decision tables."""
    paytable = tuple(pays.get(category.key, 0) for category in FiveCard)
    if settings["type"] == "optimal":
        return optimal(deal_table(), paytable, settings["ties"])
    return FIXED_STRATEGIES[settings["type"]](deal_table(), paytable)


@cache
def hands(size: int) -> tuple[tuple[Cards, ...], np.ndarray]:
    """One hand of every shape, and the classes they belong to."""
    places = one_of_each_shape(size)
    classes = classes_of_three() if size == 3 else classes_of_four()
    return tuple(as_cards(hand) for hand in every_hand(size)[places]), classes[places]


def rides(settings: Pays, hand: str, table: str = "standard") -> bool:
    """The program's decision on one hand."""
    tables = decided(settings, main_pays({"main_game": TABLES[table]}))
    shown = cards(hand)
    if len(shown) == 3:
        classes, by_class = classes_of_three(), tables.ride_bet_1
    else:
        classes, by_class = classes_of_four(), tables.ride_bet_2
    all_cards = [as_cards([number])[0] for number in range(52)]
    numbers = sorted(all_cards.index(card) for card in shown)
    (at,) = np.flatnonzero((every_hand(len(shown)) == numbers).all(axis=1))
    return bool(by_class[classes[at]])


@pytest.mark.parametrize(("name", "table"), CASES)
def test_a_strategy_decides_on_every_hand_as_its_rules_say(name: str, table: str):
    pays = main_pays({"main_game": TABLES[table]})
    tables = decided(STRATEGIES[name], pays)
    by_rules = strategy(STRATEGIES[name], pays)
    for size, by_class in ((3, tables.ride_bet_1), (4, tables.ride_bet_2)):
        shown, classes = hands(size)
        by_hand = np.array([by_rules(hand) for hand in shown])
        different = [shown[k] for k in np.flatnonzero(by_class[classes] != by_hand)]
        assert different == []


@pytest.mark.parametrize(
    ("hand", "chart_says_ride"),
    [
        ("As 2s 3s", False),
        ("As 2s 4s", False),
        ("As 3s 4s", False),
        ("2s 3s 4s", False),
        ("3s 4s 5s", True),
        ("5s 6s 8s", False),
        ("7s 8s Ts", True),
        ("6s 8s Ts", False),
        ("7s 9s Js", False),
        ("8s Ts Qs", True),
        ("Ts Qs As", True),
        ("9s Js Ks", True),
        ("9s Ts Jd", False),
        ("Ts Td 2h", True),
        ("9s 9d 2h", False),
        ("2s 2d 2h", True),
        ("2s 5s 9s Ks", True),
        ("8s 9d Th Jc", True),
        ("6s 7d 8h 9c", False),
        ("7s 8d 9h Tc", True),
        ("Js Qd Kh Ac", True),
        ("Ts Jd Qh Ac", True),
        ("9s Jd Qh Kc", False),
        ("As 2d 3h 4c", False),
        ("9s 9d 8h 8c", True),
        ("2s 2d 2h 2c", True),
    ],
)
def test_the_published_chart_is_played(hand: str, chart_says_ride: bool):
    assert rides({"type": "basic"}, hand) == chart_says_ride


def test_the_chart_rides_its_draws_whatever_they_pay_but_no_unpaid_hands():
    assert rides({"type": "basic"}, "2s 5s 9s Ks", "nothing pays")
    assert not rides({"type": "basic"}, "Ts Td 2h", "no pay for a high pair")
    assert not rides({"type": "basic"}, "2s 2d 2h", "no pay for sets")
    assert not rides({"type": "conservative"}, "2s 2d 3h 3c", "no pay for two pair")


def test_aggressive_play_takes_an_ace_high_or_low_but_not_around():
    for hand in ("As 2d 3h", "As 3d 5h", "Qs Kd Ah", "As 2d 4h 5c", "Ts Qd Kh Ac"):
        assert rides({"type": "aggressive"}, hand)
    for hand in ("Ks Ad 2h", "As 2d 6h", "9s Jd Kh Ac", "Qs Kd Ah 2c"):
        assert not rides({"type": "aggressive"}, hand)


@pytest.mark.parametrize(
    ("name", "hand", "says_ride"),
    [
        ("basic", "8s 9s Js", True),
        ("basic", "8s 9s Qs", False),
        ("basic", "7s 8d 9h Tc", True),
        ("basic", "6s 7d 8h 9c", False),
        ("optimal, ties pull", "6s 7d 8h 9c", False),
        ("optimal, ties ride", "6s 7d 8h 9c", True),
        ("optimal, ties pull", "Ts Jd Qh Ac", False),
        ("optimal, ties ride", "Ts Jd Qh Ac", True),
        ("conservative", "9s 9d 4h", False),
        ("conservative", "9s 9d 4h 4c", True),
        ("conservative", "Ts Js Qs", False),
        ("aggressive", "2s 4d 6h", True),
        ("aggressive", "2s 4d 6h 9c", False),
        ("aggressive", "As 2d 5h", True),
        ("aggressive", "Ks Ad 2h", False),
    ],
)
def test_the_examples_of_the_reference_are_played(name: str, hand: str, says_ride: bool):
    assert rides(STRATEGIES[name], hand) == says_ride


def test_two_kinds_of_four_card_hand_are_worth_exactly_nothing_when_ridden():
    pays = tuple(MAIN_PAYTABLES["standard"])
    units = np.array([pay or -1 for pay in pays])
    worthless = as_hands(np.flatnonzero(rivers() @ units == 0))
    outside = [hand for hand in worthless if not any(rank >= 10 for rank, _ in hand)]
    inside = [hand for hand in worthless if all(rank >= 10 for rank, _ in hand)]
    assert (len(outside), len(inside), len(worthless)) == (1260, 1008, 1260 + 1008)
    assert mean_result(outside[0], main_pays({})) == mean_result(inside[0], main_pays({})) == 0


def as_hands(places: np.ndarray) -> list[Cards]:
    return [as_cards(hand) for hand in every_hand(4)[places]]


def test_ties_are_all_that_the_chart_and_the_two_optimal_players_disagree_on():
    pays = main_pays({})
    tied = rivers() @ units_by_category(MAIN_PAYTABLES["standard"]) == 0
    basic, pull, ride = (
        decided(STRATEGIES[name], pays)
        for name in ("basic", "optimal, ties pull", "optimal, ties ride")
    )
    classes = classes_of_four()
    np.testing.assert_array_equal(basic.ride_bet_1, pull.ride_bet_1)
    np.testing.assert_array_equal(pull.ride_bet_1, ride.ride_bet_1)
    assert int((pull.ride_bet_2 != ride.ride_bet_2)[classes].sum()) == 1260 + 1008
    assert not (pull.ride_bet_2 != ride.ride_bet_2)[classes][~tied].any()
    assert int((basic.ride_bet_2 != pull.ride_bet_2)[classes].sum()) == 1008
    assert int((basic.ride_bet_2 != ride.ride_bet_2)[classes].sum()) == 1260


def test_what_a_table_does_not_pay_loses_the_bet():
    assert units_by_category((1000, 0, 50, 11, 8, 5, 3, 2, 1, 0)).tolist() == [
        *(1000, -1, 50, 11, 8, 5, 3, 2, 1),
        -1,
    ]


def test_bet_3_always_stays_and_the_others_count_when_they_ride():
    table = deal_table()
    tables = decided(STRATEGIES["basic"], main_pays({}))
    bets = tables.bets_in_action(table)
    riding = tables.ride_bet_1[table.three_class], tables.ride_bet_2[table.four_class]
    assert set(bets[riding[0] & riding[1]]) == {3}
    assert set(bets[riding[0] ^ riding[1]]) == {2}
    assert set(bets[~riding[0] & ~riding[1]]) == {1}
