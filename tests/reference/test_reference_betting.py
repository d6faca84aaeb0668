"""Each betting system against bets worked out by hand."""

from typing import Any

import pytest

from reference.worked_rounds import LOSER, bets_of, letters, play_all

#: With it a bonus is as large as the main bet: by the net result a round that wins one bet and
#: loses the bonus is a push, and so is one that loses one bet and has a pair.
AS_MUCH_ON_THE_BONUS = {
    "type": "static",
    "ratio": 1.0,
    "limits": {"min_bet": 0.01, "max_bet": 1000, "increment": 0.01},
}


def bets(kind: str, played: str, base_bet: float = 5, **settings: Any) -> list[int]:
    """The bets of these rounds, and of the one that follows them."""
    bankroll = {
        "starting_amount": 9000,
        "base_bet": base_bet,
        "betting_system": {"type": kind, **settings},
    }
    bonus = AS_MUCH_ON_THE_BONUS if settings.get("driven_by") == "net" else {}
    session = play_all(*letters(played), LOSER, bankroll=bankroll, bonus_strategy=bonus)
    return bets_of(session)


def test_flat_bets_are_the_base_bet():
    assert bets("flat", "LWLT") == [500] * 5


@pytest.mark.parametrize(
    ("played", "settings", "expected"),
    [
        ("LLW", {}, [500, 1000, 2000, 500]),
        ("LLLL", {"max_progressions": 3}, [500, 1000, 2000, 2000, 2000]),
        ("LLLL", {"max_progressions": 3, "at_limit": "restart"}, [500, 1000, 2000, 500, 1000]),
        ("LLWWW", {"reset_on_win": False}, [500, 1000, 2000, 1000, 500, 500]),
        ("LL", {"max_progressions": 1}, [500, 500, 500]),
        ("LLLLL", {"max_bet": 17.5}, [500, 1000, 1750, 1750, 1750, 1750]),
    ],
)
def test_martingale(played: str, settings: dict[str, Any], expected: list[int]):
    assert bets("martingale", played, **settings) == expected


def test_a_capped_bet_goes_on_along_its_steps():
    # The fourth step would be 40.00, and one step back is 20.00, above the cap as well.
    played = bets("martingale", "LLLWW", max_bet=17.5, reset_on_win=False)
    assert played == [500, 1000, 1750, 1750, 1750, 1000]


def test_powers_are_exact_and_rounded_down_once():
    assert bets("martingale", "LLL", base_bet=0.55, loss_multiplier=1.5) == [55, 82, 123, 185]


@pytest.mark.parametrize(
    ("kind", "played", "settings", "expected"),
    [
        ("reverse_martingale", "WWWW", {}, [500, 1000, 2000, 500, 1000]),
        ("reverse_martingale", "WWLW", {}, [500, 1000, 2000, 500, 1000]),
        (
            "reverse_martingale",
            "WWLLL",
            {"reset_on_loss": False},
            [500, 1000, 2000, 1000, 500, 500],
        ),
        ("reverse_martingale", "WW", {"profit_target_streak": 1}, [500, 500, 500]),
        ("paroli", "WWWW", {}, [500, 1000, 2000, 500, 1000]),
        ("paroli", "WWLW", {}, [500, 1000, 2000, 500, 1000]),
        ("paroli", "WW", {"wins_before_reset": 2, "win_multiplier": 2.5}, [500, 1250, 500]),
        ("paroli", "WW", {"max_bet": 12}, [500, 1000, 1200]),
        ("one_three_two_six", "WWWWW", {}, [500, 1500, 1000, 3000, 500, 1500]),
        ("one_three_two_six", "WWLL", {}, [500, 1500, 1000, 500, 500]),
    ],
)
def test_systems_that_go_on_with_wins(
    kind: str, played: str, settings: dict[str, Any], expected: list[int]
):
    assert bets(kind, played, **settings) == expected


@pytest.mark.parametrize(
    ("played", "settings", "expected"),
    [
        ("LLWWW", {}, [500, 1000, 1500, 1000, 500, 500]),
        ("LLW", {"max_bet": 12}, [500, 1000, 1200, 700]),
        ("WWW", {"min_bet": 1, "decrease_unit": 1.5}, [500, 350, 200, 100]),
        ("LW", {"unit": 0.01, "decrease_unit": 0.02, "min_bet": 4.99}, [500, 501, 499]),
        ("LLW", {"min_bet": 12, "unit": 3, "decrease_unit": 7}, [500, 1200, 1500, 1200]),
        ("WW", {"min_bet": 12, "unit": 3, "decrease_unit": 7}, [500, 1200, 1200]),
    ],
)
def test_dalembert(played: str, settings: dict[str, Any], expected: list[int]):
    assert bets("dalembert", played, **settings) == expected


@pytest.mark.parametrize(
    ("played", "settings", "expected"),
    [
        ("LLLLL", {}, [500, 500, 1000, 1500, 2500, 4000]),
        ("LLLLW", {}, [500, 500, 1000, 1500, 2500, 1000]),
        ("LWWL", {}, [500, 500, 500, 500, 500]),
        ("LLLL", {"max_position": 2}, [500, 500, 1000, 1000, 1000]),
        ("LLLLW", {"max_bet": 12, "win_regression": 1}, [500, 500, 1000, 1200, 1200, 1200]),
        ("LL", {"unit": 0.25}, [25, 25, 50]),
    ],
)
def test_fibonacci(played: str, settings: dict[str, Any], expected: list[int]):
    assert bets("fibonacci", played, **settings) == expected


THREE_STEPS = [
    {"bet": 5, "win": 2, "loss": 3, "push": 3},
    {"bet": 2.5, "win": 3, "loss": 1, "push": 1},
    {"bet": 10.01, "win": 3, "loss": 2},
]


def test_steps_are_numbered_from_1_and_name_what_follows():
    assert bets("steps", "WLLWL", steps=THREE_STEPS) == [500, 250, 500, 1001, 1001, 250]


def test_a_push_goes_where_the_step_says_and_where_it_says_nothing_keeps_it():
    played = bets("steps", "WWLWT", steps=THREE_STEPS, driven_by="net")
    assert played == [500, 1001, 1001, 250, 500, 250]


def test_the_only_step_is_the_base_bet_where_none_are_given():
    assert bets("steps", "WL") == [500, 500, 500]


@pytest.mark.parametrize(
    ("money", "settings", "expected"),
    [
        (333.33, {}, 900),
        (333.33, {"round_to": 0.35}, 980),
        (333.33, {"round_to": 0.01}, 999),
        (100, {}, 500),
        (100, {"min_bet": 0.5}, 300),
        (9000, {}, 10_000),
        (1000, {"max_bet": 12.34}, 1234),
        (100, {"bankroll_percentage": 0.5}, 3300),
    ],
)
def test_proportional(money: float, settings: dict[str, Any], expected: int):
    system = {"type": "proportional", **settings}
    session = play_all(LOSER, bankroll={"starting_amount": money, "betting_system": system})
    assert bets_of(session) == [expected]


def test_a_bet_in_proportion_follows_the_bankroll():
    bankroll = {"starting_amount": 200, "betting_system": {"type": "proportional"}}
    # 3% of 200, of 194, of 189 (5.82 and 5.67, rounded down), of 204.
    assert bets_of(play_all(*letters("LLTL"), bankroll=bankroll)) == [600, 500, 500, 600]


def test_by_the_net_result_a_push_keeps_the_step():
    assert bets("martingale", "LWL", driven_by="net") == [500, 1000, 1000, 2000]
    assert bets("martingale", "LPL", driven_by="net") == [500, 1000, 1000, 2000]
    assert bets("reverse_martingale", "TWT", driven_by="net") == [500, 1000, 1000, 2000]
    assert bets("paroli", "TWT", driven_by="net") == [500, 1000, 1000, 2000]
    assert bets("dalembert", "WLW", driven_by="net", min_bet=1) == [500, 500, 1000, 1000]
    assert bets("fibonacci", "LLWL", driven_by="net") == [500, 500, 1000, 1000, 1500]
    assert bets("one_three_two_six", "TPW", driven_by="net") == [500, 1500, 1500, 1500]


def test_dalembert_keeps_its_first_bet_through_a_push_even_below_its_least():
    played = bets("dalembert", "WL", driven_by="net", min_bet=12, unit=3)
    assert played == [500, 500, 1200]


def test_the_main_game_drives_unless_it_is_said_otherwise():
    bankroll = {"starting_amount": 9000, "betting_system": {"type": "martingale"}}
    played = play_all(*letters("LWL"), bankroll=bankroll, bonus_strategy=AS_MUCH_ON_THE_BONUS)
    assert bets_of(played) == [500, 1000, 500]


@pytest.mark.parametrize(("bonus", "fourth"), [(0, 500), (20, 2000)])
def test_the_fourth_bet_after_two_losses_and_a_win_that_the_bonus_may_undo(
    bonus: float, fourth: int
):
    system = {"type": "martingale", "driven_by": "net"}
    session = play_all(
        *letters("LLWL"),
        bankroll={"betting_system": system},
        bonus_strategy={"type": "always", "amount": bonus},
    )
    assert bets_of(session) == [500, 1000, 2000, fourth]
