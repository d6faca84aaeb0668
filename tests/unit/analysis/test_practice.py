"""Hands to practise on: their law, and mistakes priced against every card that could follow."""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from random import Random

import numpy as np
import pytest

from let_it_ride.analysis.practice import PARTS, Practice
from let_it_ride.config import FullConfig
from let_it_ride.game.categories import ThreeCard
from let_it_ride.simulation.replay import PlayedHand
from reference.cards import DECK, Cards, cards
from reference.hands import main_hand
from reference.paytables import main_pays, net_result

PAYTABLES = {"main_game": {"type": "tight"}}


def practice_of(seed: int = 1) -> Practice:
    settings = {"paytables": PAYTABLES, "bankroll": {"base_bet": 25}}
    return Practice(FullConfig.model_validate(settings), Random(seed))


def worth(seen: Cards) -> Fraction:
    """The mean of what a bet on five cards brings, over all that can follow those seen."""
    pays, left = main_pays(PAYTABLES), [card for card in DECK if card not in seen]
    results = [
        net_result(1, main_hand((*seen, *more)), pays) for more in combinations(left, 5 - len(seen))
    ]
    return Fraction(sum(results), len(results))


def seen(hand: PlayedHand) -> tuple[Cards, Cards]:
    own = cards(" ".join(hand.own))
    return own, (*own, *cards(hand.fourth))


@pytest.mark.parametrize("hard", [False, True])
def test_a_mistake_costs_what_the_other_way_is_worth_more(hard: bool) -> None:
    practice = practice_of()
    for number in range(1, 13):
        hand = practice.deal(number, hard=hard)
        first, second = (worth(each) for each in seen(hand))
        for ride_1 in (True, False):
            one = practice.price(hand, (ride_1,))
            assert Fraction(one.cost, PARTS) == max(-first if ride_1 else first, 0)
            assert one.decision.gain == pytest.approx(float(first))
            for ride_2 in (True, False):
                two = practice.price(hand, (ride_1, ride_2))
                assert Fraction(two.cost, PARTS) == max(-second if ride_2 else second, 0)
                assert two.decision.pull == pytest.approx(float((1 + ride_1) * second))
                assert two.decision.ride == pytest.approx(float((2 + ride_1) * second))


def test_a_hand_brings_what_its_cards_pay_on_the_bets_that_ride() -> None:
    practice = practice_of(2)
    for number in range(1, 60):
        hand = practice.deal(number, hard=True)
        made = main_hand(cards(" ".join((*hand.own, hand.fourth, hand.fifth))))
        assert hand.category.key == made
        for rides in ((True, True), (False, True), (False, False)):
            played = practice.decided(hand, rides)
            bets = 1 + sum(rides)
            assert played.main_result == bets * net_result(2500, made, main_pays(PAYTABLES))
            assert (played.bet_1_rides, played.bet_2_rides) == rides


def test_hands_come_as_they_do_at_a_table_or_the_closer_the_more_often() -> None:
    practice = practice_of(3)
    some = {
        hard: [practice.deal(number, hard=hard) for number in range(3000)] for hard in (False, True)
    }
    pairs = Counter(hand.bonus_category for hand in some[False])[ThreeCard.PAIR]
    assert pairs / 3000 == pytest.approx(3744 / 22100, abs=0.03)
    close = {
        hard: np.mean(
            [
                min(
                    abs(practice.price(hand, rides).decision.gain)
                    for rides in ((True,), (True, True))
                )
                for hand in hands
            ]
        )
        for hard, hands in some.items()
    }
    assert close[True] < close[False] / 3
