"""The slow player against rounds and sessions worked out by hand."""

import pytest

from reference.cards import deal
from reference.corners import Settings
from reference.player import bet_increment
from reference.worked_rounds import (
    BROKEN_DRAW,
    LATE_FLUSH,
    LOSER,
    MINI_ROYAL,
    ROYAL,
    TENS,
    bets_of,
    bonuses_of,
    letters,
    play,
    play_all,
    rounds,
)


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


def test_a_hand_log_tells_what_was_staked_and_made():
    session = play_all(TENS, LATE_FLUSH, MINI_ROYAL, bonus_strategy={"type": "always"})
    assert [(played.rides, played.main_hand, played.bonus_hand) for played in session.rounds] == [
        ((True, True), "pair_tens_or_better", "pair"),
        ((False, True), "flush", "flush"),
        ((True, False), "nothing", "mini_royal"),
    ]
    assert [(played.main_result, played.bonus_result) for played in session.rounds] == [
        (1500, 100),
        (8000, 400),
        (-1000, 10_000),
    ]


def test_a_bet_that_cannot_be_paid_is_lowered_and_the_system_goes_on_as_if_it_had_been_lost():
    session = play_all(
        *letters("LLLL"),
        bankroll={"starting_amount": 51, "betting_system": {"type": "martingale"}},
        bonus_strategy={"type": "always"},
    )
    # At 34.00 the bet of 20 becomes 11; the bonus does not come back, though 34 would pay it.
    assert session.rounds[2].main_result == -1100
    assert bets_of(session) == [500, 1000, 1100, 700]
    assert bonuses_of(session) == [100, 100, 0, 0]


def test_a_systems_own_least_bet_gives_way():
    system = {"type": "proportional", "min_bet": 10}
    session = play_all(LOSER, bankroll={"starting_amount": 20, "betting_system": system})
    assert bets_of(session) == [600]


def test_a_bet_is_lowered_by_whole_increments_from_what_is_wanted_but_not_below_the_base_bet():
    wants = {"type": "steps", "steps": [{"bet": 12.5, "win": 1, "loss": 1}]}
    bankroll = {"starting_amount": 27.4, "bet_increment": 2.5, "betting_system": wants}
    assert bets_of(play_all(LOSER, bankroll=bankroll)) == [750]
    assert bets_of(play_all(LOSER, bankroll=bankroll | {"starting_amount": 20})) == [500]
    wants = {"type": "steps", "steps": [{"bet": 7.0, "win": 1, "loss": 1}]}
    bankroll |= {"starting_amount": 20, "betting_system": wants}
    # 4.50 would fit and is below the base bet.
    assert bets_of(play_all(LOSER, bankroll=bankroll)) == [500]


def test_a_player_may_want_less_than_the_base_bet():
    wants = {"type": "steps", "steps": [{"bet": 0.01, "win": 1, "loss": 1}]}
    session = play(LOSER, bankroll={"starting_amount": 15, "betting_system": wants})
    assert (bets_of(session), session.stop_reason) == ([1], "insufficient_funds")


@pytest.mark.parametrize(
    ("minutes", "per_hour", "hands"), [(60, 52, 52), (2, 59, 1), (1, 52, 1), (3, 40, 2)]
)
def test_time_is_turned_into_hands_rounded_down_and_at_least_one(
    minutes: int, per_hour: int, hands: int
):
    session = play(
        *letters("L" * 60),
        table={"hands_per_hour": per_hour},
        bankroll={"stop_conditions": {"max_duration_minutes": minutes}},
    )
    assert (session.stop_reason, session.hands) == ("max_duration", hands)
