"""The slow player against rounds and sessions worked out by hand."""

from typing import Any

import pytest

from reference.cards import deal
from reference.configurations import Settings
from reference.player import Session, bet_increment, play_session

#: Bet 1 and bet 2 are pulled, and the hand loses: one base bet.
LOSER = deal("2s 5d 9h", "Jc", "4s")
#: A pair of tens from the start: three base bets, even money, and a pair for the bonus.
TENS = deal("Ts Td 2h", "3c", "4s")
#: Pulled, ridden as four to a flush, made: two base bets, eight to one.
LATE_FLUSH = deal("2s 5s 9s", "Ks", "4s")
#: Ridden as three to a royal, pulled, lost: two base bets.
BROKEN_DRAW = deal("Ts Js As", "2d", "3h")
ROYAL = deal("Ts Js As", "Qs", "Ks")


def play(*deals: Any, **config: Any) -> Session:
    """A session that these deals are enough for."""
    return play_session(config, deals)


def rounds(number: int) -> Settings:
    return {"hands_per_session": number}


def test_two_bets_are_taken_back_and_one_is_lost():
    session = play(LOSER, simulation=rounds(1))
    assert (session.profit, session.main_wagered, session.hands) == (-500, 500, 1)


def test_a_paying_hand_rides_three_bets_and_each_is_paid():
    session = play(TENS, simulation=rounds(1))
    assert (session.profit, session.main_wagered) == (1500, 1500)


def test_a_draw_that_comes_with_the_fourth_card_rides_one_of_the_two_bets():
    session = play(LATE_FLUSH, simulation=rounds(1))
    assert (session.profit, session.main_wagered) == (2 * 8 * 500, 1000)


def test_a_draw_that_goes_with_the_fourth_card_has_lost_the_bet_that_rode():
    session = play(BROKEN_DRAW, simulation=rounds(1))
    assert (session.profit, session.main_wagered) == (-1000, 1000)


def test_the_books_know_the_peak_and_the_deepest_fall_below_one():
    session = play(LOSER, TENS, LOSER, BROKEN_DRAW, TENS, LOSER, simulation=rounds(6))
    assert [session.profit, session.peak, session.max_drawdown] == [500, 1000, 1500]


def test_the_bonus_is_paid_for_three_cards_whatever_the_hand_becomes():
    bonus = {"type": "always", "amount": 2}
    session = play(deal("9s 9d 2h", "Jc", "4s"), LOSER, simulation=rounds(2), bonus_strategy=bonus)
    assert (session.bonus_wagered, session.bonus_profit) == (400, 0)
    assert session.profit == -1000


def test_a_hand_with_no_pay_loses_every_bet_left():
    paytable = {"main_game": {"type": "custom", "royal_flush": 0}}
    session = play(ROYAL, simulation=rounds(1), paytables=paytable)
    assert session.profit == -1500


@pytest.mark.parametrize(
    ("stops", "reason"),
    [
        ({"win_limit": 15, "max_hands": 1}, "win_limit"),
        ({"win_limit": 15.01, "max_hands": 1}, "max_hands"),
        ({"max_hands": 1, "max_duration_minutes": 1}, "max_hands"),
        ({"max_duration_minutes": 1}, "max_duration"),
    ],
)
def test_the_first_stop_condition_that_holds_is_the_reason(stops: Settings, reason: str):
    session = play(TENS, bankroll={"stop_conditions": stops})
    assert (session.stop_reason, session.hands) == (reason, 1)


def test_a_loss_limit_may_be_overshot_and_comes_before_an_empty_purse():
    stops = {"loss_limit": 7}
    session = play(BROKEN_DRAW, bankroll={"starting_amount": 15, "stop_conditions": stops})
    assert (session.stop_reason, session.profit) == ("loss_limit", -1000)


def test_a_player_who_cannot_pay_three_base_bets_leaves():
    session = play(LOSER, LOSER, bankroll={"starting_amount": 24.99})
    assert (session.stop_reason, session.hands, session.bankroll) == ("insufficient_funds", 2, 1499)


def test_a_player_who_goes_on_bets_less_until_three_increments_cannot_be_paid():
    bankroll = {
        "starting_amount": 15,
        "bet_increment": 2.5,
        "stop_conditions": {"stop_on_insufficient_funds": False},
    }
    session = play(BROKEN_DRAW, bankroll={**bankroll, "starting_amount": 17.49})
    assert (session.stop_reason, session.bankroll) == ("insufficient_funds", 749)
    session = play(LOSER, LOSER, LOSER, bankroll=bankroll)
    # 15.00 pays three fives, 10.00 three of 2.50 each, 7.50 the same.
    assert (session.stop_reason, session.bankroll, session.main_wagered) == (
        "insufficient_funds",
        500,
        1000,
    )


def test_the_bonus_gives_way_before_the_bet_and_below_its_least_goes_altogether():
    bonus = {"type": "always", "amount": 6, "limits": {"min_bet": 2, "increment": 2}}
    session = play(LOSER, LOSER, bankroll={"starting_amount": 25}, bonus_strategy=bonus)
    # 25.00 pays fifteen and six; 14.00 is left, which does not pay three fives.
    assert (session.hands, session.bonus_wagered, session.bankroll) == (1, 600, 1400)
    session = play(
        LOSER, LOSER, bankroll={"starting_amount": 20}, bonus_strategy=bonus, simulation=rounds(1)
    )
    assert session.bonus_wagered == 400
    session = play(
        LOSER, bankroll={"starting_amount": 16.99}, bonus_strategy=bonus, simulation=rounds(1)
    )
    assert session.bonus_wagered == 0


def test_a_bonus_by_ratio_is_rounded_down_to_the_cent_and_then_to_the_increment():
    bonus = {"type": "static", "ratio": 0.35, "limits": {"min_bet": 0.1, "increment": 0.1}}
    session = play(LOSER, bankroll={"base_bet": 7.77}, bonus_strategy=bonus, simulation=rounds(1))
    assert session.bonus_wagered == 270


def test_the_usual_increment_is_the_largest_that_divides_the_base_bet():
    assert [bet_increment({}, bet) for bet in (500, 250, 75, 40, 777)] == [100, 50, 25, 5, 1]
