"""What each decision costs against best play, to the last combination."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.game.categories import FiveCard
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.game.deviations import Deviation, deviations
from let_it_ride.game.hand_words import descriptions
from let_it_ride.game.odds import round_odds
from let_it_ride.game.paytables import MAIN_PAYTABLES, Paytable
from let_it_ride.game.rules import rule, ruled
from let_it_ride.game.strategies import FIXED_STRATEGIES, Strategy, optimal
from reference.cards import Cards, cards
from reference.deal_classes import classes_of_four, classes_of_three
from reference.every_hand import as_cards, every_hand
from reference.strategies import mean_result

STANDARD = MAIN_PAYTABLES["standard"]
PAYS: Mapping[str, int] = {c.key: pay for c, pay in zip(FiveCard, STANDARD, strict=True)}
NO_BONUS = (0,) * 7


def of(name: str, paytable: Paytable = STANDARD) -> tuple[Deviation, ...]:
    return deviations(deal_table(), FIXED_STRATEGIES[name](deal_table(), paytable), paytable)


def edge(strategy: Strategy, paytable: Paytable) -> Fraction:
    return round_odds(deal_table(), strategy, paytable, NO_BONUS).house_edge


def total(found: tuple[Deviation, ...]) -> Fraction:
    return sum((each.cost_per_round for each in found), Fraction())


def on(hand: str, found: tuple[Deviation, ...]) -> Deviation:
    return next(each for each in found if each.hand == hand)


PAYTABLES = st.tuples(*[st.sampled_from((0, 1, 2, 5, 40, 1000)) for _ in range(9)], st.just(0))


@settings(max_examples=50, deadline=None)
@given(
    paytable=st.sampled_from(list(MAIN_PAYTABLES.values())) | PAYTABLES,
    seed=st.integers(0, 2**32 - 1),
    share=st.sampled_from((0, 0.02, 0.5, 1)),
)
def test_all_deviations_together_are_the_distance_to_the_best_edge(
    paytable: Paytable, seed: int, share: float
):
    table, rng = deal_table(), np.random.default_rng(seed)
    best = optimal(table, paytable)
    strategy = Strategy(
        best.ride_bet_1 ^ (rng.random(len(table.three)) < share),
        best.ride_bet_2 ^ (rng.random(len(table.four)) < share),
    )
    found = deviations(table, strategy, paytable)
    assert total(found) == edge(strategy, paytable) - edge(best, paytable)
    assert all(each.loss > 0 and 0 < each.deals <= TOTAL_DEALS for each in found)
    assert len({(each.bet, each.hand, each.rides) for each in found}) == len(found)
    assert [each.loss for each in found] == sorted((each.loss for each in found), reverse=True)


@pytest.mark.parametrize("ties", ["pull", "ride"])
def test_best_play_and_the_chart_give_nothing_away(ties: str):
    assert deviations(deal_table(), optimal(deal_table(), STANDARD, ties), STANDARD) == ()
    assert of("basic") == ()


@pytest.mark.parametrize("name", ["always_ride", "always_pull", "conservative", "aggressive"])
def test_each_line_costs_what_its_hands_cost_one_by_one(name: str):
    table, strategy = deal_table(), FIXED_STRATEGIES[name](deal_table(), STANDARD)
    lost = {1: Fraction(), 2: Fraction()}
    for bet, size, classes, rides in (
        (1, 3, classes_of_three(), strategy.ride_bet_1),
        (2, 4, classes_of_four(), strategy.ride_bet_2),
    ):
        _, one_of_each, how_many = np.unique(classes, return_index=True, return_counts=True)
        for place, hands in zip(one_of_each, how_many, strict=True):
            worth = mean_result(as_cards(every_hand(size)[place]), PAYS)
            given_away = max(-worth, 0) if rides[classes[place]] else max(worth, 0)
            lost[bet] += given_away * Fraction(int(hands), len(classes))
    found = deviations(table, strategy, STANDARD)
    for bet, cost in lost.items():
        assert total(tuple(each for each in found if each.bet == bet)) == cost


@pytest.mark.parametrize(
    ("name", "bet", "hand", "shown", "hands_of_its_kind"),
    [
        ("conservative", 1, "three to a royal flush", "Ts Js Qs", 40),
        ("conservative", 2, "four to an outside straight, two high cards", "8s 9d Th Jc", 252),
        ("aggressive", 2, "four to an inside straight, three high cards", "9s Jd Qh Kc", None),
        ("aggressive", 1, "three suited, spread 3, no high cards, in two straights", "2s 3s 4s", 4),
        ("aggressive", 1, "three suited, spread 3, one high card, in one straight", "As 2s 3s", 4),
    ],
)
def test_a_line_is_called_what_a_player_calls_its_hands(
    name: str, bet: int, hand: str, shown: str, hands_of_its_kind: int | None
):
    line = on(hand, of(name))
    worth = mean_result(cards(shown), PAYS)
    if "royal" not in hand:
        assert line.cost_per_hand == abs(worth)
    assert (line.bet, line.rides) == (bet, worth < 0)
    if hands_of_its_kind is not None:
        assert line.chance == Fraction(hands_of_its_kind, 22_100 if bet == 1 else 270_725)


def test_a_pulled_royal_draw_costs_the_mean_of_what_its_forty_hands_are_worth():
    royals = [hand for hand in map(as_cards, every_hand(3)) if is_royal_draw(hand)]
    line = on("three to a royal flush", of("conservative"))
    assert line.cost_per_hand == sum(mean_result(hand, PAYS) for hand in royals) / len(royals)
    assert line.cost_per_round == line.cost_per_hand * line.chance


def is_royal_draw(hand: Cards) -> bool:
    return len({suit for _, suit in hand}) == 1 and min(rank for rank, _ in hand) >= 10


def test_words_that_fit_other_hands_too_are_made_finer():
    pulls_tens = [
        rule("straight_flush_spread == 3 and high_cards == 3 and straights == 3", rides=False),
        rule("has_paying_hand or is_royal_draw", rides=True),
    ]
    strategy = ruled(deal_table(), STANDARD, pulls_tens, [])
    hands = {each.hand for each in deviations(deal_table(), strategy, STANDARD) if each.bet == 1}
    assert "three to a royal flush, in three straights" in hands
    assert "three to a royal flush" not in hands


@pytest.mark.parametrize("size", [3, 4])
def test_every_class_has_words_from_broad_to_fine(size: int):
    hands = deal_table().three if size == 3 else deal_table().four
    words = descriptions(hands, size)
    assert len(words) == len(hands)
    for each in words:
        assert all(fine.startswith(broad) for broad, fine in pairwise(each))
    assert len({each[0] for each in words}) < len({each[-1] for each in words})


def test_words_leave_suits_out_where_the_straights_tell_the_hands_apart():
    pulls_open = [
        rule("straights == 3 and suited_cards < 3", rides=False),
        rule("is_straight_draw or has_paying_hand", rides=True),
    ]
    strategy = ruled(deal_table(), STANDARD, pulls_open, [])
    hands = {each.hand for each in deviations(deal_table(), strategy, STANDARD) if each.bet == 1}
    assert "three to a straight, one high card, in two straights" in hands
    assert not any("of a suit" in hand for hand in hands)
