"""Each bonus policy against bonuses worked out by hand."""

from typing import Any

import pytest

from reference.worked_rounds import (
    BROKEN_DRAW,
    LOSER,
    PAIR,
    TENS,
    bonuses_of,
    letters,
    play,
    play_all,
)

BY_CENTS = {"min_bet": 0.01, "increment": 0.01}


def bonuses(kind: str, played: str, stops: dict[str, float] | None = None, **settings: Any) -> Any:
    """The bonuses of these rounds, and of the one that follows them."""
    session = play_all(
        *letters(played),
        LOSER,
        bankroll={"stop_conditions": stops or {}},
        bonus_strategy={"type": kind, "limits": BY_CENTS, **settings},
    )
    return bonuses_of(session)


def test_a_ratio_is_of_the_main_bet_of_the_step():
    session = play_all(
        *letters("LLL"),
        bankroll={"betting_system": {"type": "martingale"}},
        bonus_strategy={"type": "static", "ratio": 0.25},
    )
    assert bonuses_of(session) == [100, 200, 500]


@pytest.mark.parametrize(
    ("amount", "limits", "taken"),
    [
        (7.77, {"increment": 0.5}, 750),
        (0.99, {}, 0),
        (4.99, {"min_bet": 4.5, "increment": 1}, 0),
        (4.99, {"min_bet": 4.5, "increment": 0.5}, 450),
        (99, {"max_bet": 7.77, "increment": 0.5}, 777),
    ],
)
def test_limits_round_down_then_take_nothing_below_the_least_then_no_more_than_the_most(
    amount: float, limits: dict[str, float], taken: int
):
    bonus = {"type": "always", "amount": amount, "limits": limits}
    assert bonuses_of(play_all(LOSER, bonus_strategy=bonus)) == [taken]


def test_a_bonus_is_kept_up_while_the_profit_is_not_below_what_it_must_be():
    assert bonuses("bankroll_conditional", "LTL") == [100, 0, 100, 100]
    assert bonuses("bankroll_conditional", "LL", min_session_profit=-6) == [100, 100, 0]


def test_a_bonus_is_kept_up_while_the_bankroll_is_not_below_its_part_of_the_start():
    low = {"min_session_profit": -100}
    assert bonuses("bankroll_conditional", "L", min_bankroll_ratio=0.988, **low) == [100, 100]
    assert bonuses("bankroll_conditional", "L", min_bankroll_ratio=0.98802, **low) == [100, 0]


def test_a_bonus_is_kept_up_while_the_fall_below_the_peak_is_not_too_deep():
    low = {"min_session_profit": -100}
    # 1.2% of 500.00 is 6.00, which is what a lost round costs.
    assert bonuses("bankroll_conditional", "TLL", max_drawdown=0.012, **low) == [100, 100, 100, 0]
    assert bonuses("bankroll_conditional", "TL", max_drawdown=0.01199, **low) == [100, 100, 0]
    assert bonuses("bankroll_conditional", "L", max_drawdown=0.012, **low) == [100, 100]


def test_a_part_of_a_profit_comes_before_tiers_and_tiers_before_the_base():
    tiers = [
        {"min_profit": -5, "max_profit": 0, "bet_amount": 2},
        {"min_profit": 0, "max_profit": 15, "bet_amount": 3},
        {"min_profit": 10, "max_profit": 15.01, "bet_amount": 4},
    ]
    policy = {"base_amount": 0, "min_session_profit": -100, "tiers": tiers}
    in_part = policy | {"profit_percentage": 0.0333}
    assert bonuses("bankroll_conditional", "", **policy) == [300]
    assert bonuses("bankroll_conditional", "", **in_part) == [300]
    # Tens win 15.00 and the bonus of 3.00: 18.00 is in no tier, and 3.33% of it is 0.5994.
    assert bonuses("bankroll_conditional", "T", **policy) == [300, 0]
    assert bonuses("bankroll_conditional", "T", **in_part) == [300, 59]


def test_the_first_tier_that_holds_the_profit_counts_and_its_end_is_not_in_it():
    tiers = [
        {"min_profit": 0, "max_profit": 15, "bet_amount": 0},
        {"min_profit": 10, "max_profit": 15.01, "bet_amount": 2},
    ]
    # 0, then 15.00, then 15 − 5 − 2 = 8.00, then 3.00, then −2.00, where the base is bet.
    policy = {"base_amount": 1, "min_session_profit": -100, "tiers": tiers}
    assert bonuses("bankroll_conditional", "TLLL", **policy) == [0, 200, 0, 0, 100]


def test_a_tier_without_an_end_holds_every_greater_profit():
    tiers = [{"min_profit": 10, "bet_amount": 3}]
    assert bonuses("bankroll_conditional", "TT", tiers=tiers) == [100, 300, 300]


def test_a_streak_of_lost_bonuses_goes_on_over_a_round_that_had_none():
    # The fourth round has 15.50: the bonus of 2.00 gives way. It is won, as are three more.
    session = play(
        *letters("LLLWWWWPL"),
        simulation={"hands_per_session": 9},
        bankroll={"starting_amount": 34.5},
        bonus_strategy={"type": "streak_based", "streak_length": 2},
    )
    assert bonuses_of(session) == [100, 100, 200, 0, 200, 400, 400, 500, 100]


def streak(played: str, trigger: str, reset_on: str, length: int, action: Any, base: float) -> Any:
    return bonuses(
        "streak_based",
        played,
        base_amount=base,
        trigger=trigger,
        reset_on=reset_on,
        streak_length=length,
        action=action,
        max_multiplier=3.7,
    )


TIMES_2 = {"type": "multiply", "value": 2.0}


def test_a_reset_is_looked_at_before_the_trigger_and_the_round_counts_for_nothing_else():
    # The third round loses in the main game and wins the bonus.
    played = streak("LLPLLL", "main_loss", "bonus_win", 3, TIMES_2, 1)
    assert played == [100] * 6 + [200]


def test_a_round_without_the_trigger_begins_the_count_anew():
    assert streak("LWLL", "main_loss", "never", 2, TIMES_2, 1) == [100] * 4 + [200]


def test_a_trigger_that_the_bonus_has_no_part_in_needs_no_bonus():
    assert streak("LLW", "main_loss", "main_win", 2, {"type": "start"}, 2) == [0, 0, 200, 0]
    assert streak("LL", "any_loss", "never", 2, {"type": "start"}, 2) == [0, 0, 200]


def test_any_is_either_bet_and_both_can_happen_in_one_round():
    more = {"type": "increase", "value": 0.5}
    assert streak("W", "any_loss", "never", 1, more, 1) == [100, 150]
    assert streak("W", "any_win", "never", 1, more, 1) == [100, 150]
    assert streak("P", "any_win", "never", 1, more, 1) == [100, 150]
    assert streak("L", "any_win", "never", 1, more, 1) == [100, 100]
    assert streak("T", "any_loss", "never", 1, more, 1) == [100, 100]
    assert streak("W", "any_loss", "any_win", 1, more, 1) == [100, 100]


def test_without_a_bonus_any_is_the_main_game_and_a_round_without_it_begins_the_count_anew():
    assert streak("LWLL", "any_loss", "never", 2, {"type": "start"}, 2) == [0, 0, 0, 0, 200]


def test_the_count_begins_anew_with_every_action():
    assert streak("LLLLL", "bonus_loss", "never", 2, TIMES_2, 1) == [100, 100, 200, 200, 370, 370]


def test_multiplying_is_exact_rounded_down_once_and_capped():
    by = {"type": "multiply", "value": 1.37}
    # 1.11, 1.5207, 2.083359, 2.854…, 3.910…, and 3.7 × 1.11 = 4.107.
    played = streak("LLLLL", "bonus_loss", "never", 1, by, 1.11)
    assert played == [111, 152, 208, 285, 391, 410]


def test_increases_add_up_and_are_capped():
    more = {"type": "increase", "value": 1.01}
    assert streak("LLL", "bonus_loss", "bonus_win", 1, more, 1) == [100, 201, 302, 370]
    assert streak("LLP", "bonus_loss", "bonus_win", 1, more, 1) == [100, 201, 302, 100]


def test_decreases_add_up_to_nothing_and_nothing_is_left_to_lose():
    less = {"type": "decrease", "value": 0.75}
    assert streak("LLLL", "bonus_loss", "main_win", 1, less, 2) == [200, 125, 50, 0, 0]
    assert streak("LLLWL", "bonus_loss", "main_win", 1, less, 2) == [200, 125, 50, 0, 200, 125]


def test_a_bonus_that_is_stopped_is_not_staked_until_a_reset():
    stop = {"type": "stop"}
    assert streak("LLLWL", "bonus_loss", "main_win", 2, stop, 2) == [200, 200, 0, 0, 200, 200]


def test_a_bonus_that_is_started_is_staked_until_a_reset():
    start = {"type": "start"}
    assert streak("LLLPL", "main_loss", "bonus_win", 2, start, 2) == [0, 0, 200, 200, 0, 0]


def test_a_table_that_takes_no_such_bonus_leaves_the_streak_as_it_is():
    limits = {"min_bet": 1.5, "increment": 0.5}
    settings = {"base_amount": 1, "trigger": "bonus_loss", "streak_length": 1, "limits": limits}
    assert bonuses("streak_based", "LL", **settings) == [0, 0, 0]


def test_the_first_of_early_near_the_win_and_near_the_loss():
    policy = {
        "default_amount": 2,
        "early_session": {"hands": 1, "amount": 4},
        "near_win_limit": {"threshold": 10, "amount": 3},
        "near_loss_limit": {"threshold": 10, "amount": 5},
    }
    stops = {"win_limit": 29, "loss_limit": 29}
    # 15 + 4 = 19, which is 10 short of the limit.
    assert bonuses("session_conditional", "T", stops, **policy) == [400, 300]
    assert bonuses("session_conditional", "T", stops | {"win_limit": 29.01}, **policy) == [400, 200]
    # −9, −16, and −23, which is 6 from the limit.
    assert bonuses("session_conditional", "LLL", stops, **policy) == [400, 200, 200, 500]
    assert bonuses("session_conditional", "TLLL", {}, **policy) == [400, 200, 200, 200, 200]


def test_near_both_limits_the_win_comes_first():
    policy = {"near_win_limit": {"amount": 3}, "near_loss_limit": {"amount": 5}}
    assert bonuses("session_conditional", "", {"win_limit": 50, "loss_limit": 50}, **policy) == [
        300
    ]
    assert bonuses("session_conditional", "", {"loss_limit": 50}, **policy) == [500]


def test_what_is_not_set_does_not_apply():
    assert bonuses("session_conditional", "", {"win_limit": 1, "loss_limit": 1}) == [100]


def test_a_combined_bonus_goes_by_the_rides_and_the_three_cards_of_the_round_before():
    session = play_all(
        LOSER,
        TENS,
        BROKEN_DRAW,
        PAIR,
        LOSER,
        bonus_strategy={"type": "combined", "base_amount": 2, "limits": BY_CENTS},
    )
    # Nothing before; none and weak; both and strong; one and strong; none and strong.
    assert bonuses_of(session) == [200, 50, 600, 450, 150]


def test_a_combined_bonus_is_rounded_once():
    played = bonuses(
        "combined",
        "T",
        base_amount=3.33,
        ride_correlation={"both": 1.33},
        hand_quality={"strong": 1.111},
    )
    # 3.33 × 1.33 × 1.111 = 4.9204…; rounded after the first factor it would be 4.91.
    assert played == [333, 492]


def test_three_cards_are_strong_though_the_table_does_not_pay_them():
    session = play_all(
        PAIR,
        LOSER,
        bonus_strategy={"type": "combined", "base_amount": 2, "limits": BY_CENTS},
        paytables={"bonus": {"type": "custom", "pair": 0}},
    )
    assert bonuses_of(session) == [200, 150]
