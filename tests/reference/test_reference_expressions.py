"""The reading of formulas against values worked out by hand."""

from math import nextafter

import pytest

from reference.expressions import Formula, in_cents
from reference.worked_rounds import LOSER, bets_of, bonuses_of, letters, play_all

X = frozenset({"x"})


def value(text: str, x: float = 0) -> float | None:
    return Formula(text, X).value({"x": x})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        (".5 + 1e3 + 2.25", 1002.75),
        ("-7 // 2", -4),
        ("-7 % 3", 2),
        ("7 % -3", -2),
        ("7.5 // 2", 3),
        ("1 / 3", 1 / 3),
        ("--2 + +3", 5),
        ("1 < 2", 1),
        ("2 < 1", 0),
        ("0 < 1 < 5", 1),
        ("0 < 5 < 5", 0),
        ("(1 == 1.0) + (1 != 2) + (2 >= 2) + (3 <= 2) + (3 > 2)", 4),
        ("2 and 3", 1),
        ("0 or 7", 1),
        ("0 or 0", 0),
        ("2 and 0", 0),
        ("not 2", 0),
        ("not 0", 1),
        ("not 1 == 2", 1),
        ("5 if 0.1 else 6", 5),
        ("5 if 0 else 6", 6),
        ("1 if 0 else 2 if 0 else 3", 3),
        ("min(3, 1, 2)", 1),
        ("max(3, 1 + 3)", 4),
        ("abs(-2.5)", 2.5),
        ("floor(-2.5)", -3),
        ("ceil(-2.5)", -2),
        ("1 if x != 0 else 0", 0),
        ("1/x if x != 0 else 0", 0),
        ("x != 0 and 1/x > 2", 0),
        ("x == 0 or 1/x > 2", 1),
        ("0 < x < 1/x", 0),
        ("0.1 + 0.2 == 0.3", 0),
        ("1 / 1e400", 0),
    ],
)
def test_a_formula_comes_to(text: str, expected: float):
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1 / x",
        "1 // x",
        "1 % x",
        "1 + (2 if 1 / x > 3 else 4)",
        "min(1, 1 / x)",
        "0 * (1 / x)",
        "x and 1 or 1 / x",
        "1e308 * 10",
        "-1e308 * 10",
        "1e308 * 10 - 1e308 * 10",
        "1e400",
        "floor(1e400)",
    ],
)
def test_a_formula_comes_to_no_number(text: str):
    assert value(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "y",
        "x.real",
        "'1'",
        "2 ** 3",
        "x = 1",
        "(y := 1)",
        "[1]",
        "(1, 2)",
        "1 if x",
        "lambda: 1",
        "min(1)",
        "abs(1, 2)",
        "abs()",
        "max(*x)",
        "min(1, 2, key=x)",
        "round(1)",
        "x(1)",
        "min",
        "1 in x",
        "x is 1",
        "x | 1",
        "~x",
        "1 << 2",
        "True",
        "None",
        "0x10",
        "1_000",
        "1j",
        "x[0]",
        "",
        "1; 2",
        "__import__('os')",
        "1" + " + 1" * 125,
    ],
)
def test_what_is_not_in_the_language_is_refused(text: str):
    with pytest.raises((ValueError, SyntaxError)):
        Formula(text, X)


def test_the_longest_formula_has_500_characters():
    assert value("1" + " + 1" * 124 + "   ") == 125


@pytest.mark.parametrize(
    ("dollars", "cents"),
    [
        (4.995, 499),
        (0.29 * 100, 2900),
        (0.1 + 0.2, 30),
        (nextafter(5, 0), 500),
        (4.9999994, 499),
        (4.9999996, 500),
        (-0.001, -1),
        (-1e-7, 0),
    ],
)
def test_a_result_is_rounded_to_a_millionth_and_then_down_to_the_cent(dollars: float, cents: int):
    assert in_cents(dollars) == cents


def bets(expression: str, played: str, money: float = 500, **settings: object) -> list[int]:
    system = {"type": "custom", "expression": expression, **settings}
    bankroll = {"starting_amount": money, "betting_system": system}
    return bets_of(play_all(*letters(played), LOSER, bankroll=bankroll))


def test_three_losses_in_a_row_double_the_bet_until_the_next_win():
    expression = "base_bet * 2 if streak <= -3 else base_bet"
    assert bets(expression, "LLLLWL") == [500, 500, 500, 1000, 1000, 500, 500]


def test_a_formula_is_raised_to_its_least_and_lowered_to_its_most():
    assert bets("bankroll * 0.015", "", money=333) == [500]
    assert bets("bankroll * 0.015", "", money=333, min_bet=0.01) == [499]
    assert bets("bankroll", "", max_bet=12.34) == [1234]


def test_what_a_main_bet_sees():
    played = "LTT"
    low = {"min_bet": 0.01}
    assert bets("hands_played + 1", played, **low) == [100, 200, 300, 400]
    assert bets("5 + streak", played, **low) == [500, 400, 600, 700]
    assert bets("5 + session_profit / 10", played, **low) == [500, 450, 585, 760]
    assert bets("6 + last_result / 100", played, **low) == [600, 594, 617, 618]
    assert bets("starting_bankroll / 100", played, **low) == [500] * 4
    assert bets("bankroll / 100", played, **low) == [500, 495, 509, 525]


def test_a_profit_of_so_many_cents_is_the_nearest_double_to_it():
    # In doubles 15.03 − 15.10 is less than −0.07.
    expression = "0.07 if hands_played == 0 else 1 + (session_profit == -0.07)"
    assert bets(expression, "L", money=15.1, min_bet=0.01) == [7, 200]


def net(expression: str, played: str, driven_by: str) -> list[int]:
    """Bets of 5.00 and a formula; the bonus of 5.00 makes pushes."""
    session = play_all(
        *letters(played),
        LOSER,
        bankroll={
            "betting_system": {
                "type": "custom",
                "expression": expression,
                "min_bet": 5,
                "driven_by": driven_by,
            }
        },
        bonus_strategy={"type": "always", "amount": 5},
    )
    return bets_of(session)


def test_a_push_leaves_the_streak_and_has_brought_nothing():
    # Lost, a push (5.00 won and 5.00 lost), lost.
    expression = "5 + (hands_played >= 2) * (9 + streak)"
    assert net(expression, "LWL", "net") == [500, 500, 1300, 1200]
    assert net("5 + (last_result == 0)", "LW", "net") == [600, 500, 600]


def test_the_main_game_alone_has_no_push():
    assert net("5 + (streak == 1)", "LWL", "main") == [500, 500, 600, 500]
    assert net("5 + (last_result == 5)", "LW", "main") == [500, 500, 600]


def test_a_formula_without_a_number_bets_the_least_and_is_counted():
    expression = "5 / (streak + 1)"
    system = {"type": "custom", "expression": expression, "min_bet": 3}
    session = play_all(*letters("LWLL"), bankroll={"betting_system": system})
    # No streak: 5.00. Lost one: no number. Won one: 2.50, raised. Lost one again.
    assert bets_of(session) == [500, 300, 300, 300]
    assert (session.main_formula_failures, session.bonus_formula_failures) == (2, 0)


def test_what_a_bonus_sees():
    session = play_all(
        *letters("LLPTL"),
        bankroll={"betting_system": {"type": "martingale"}},
        bonus_strategy={"type": "custom", "expression": "main_bet + bonus_streak"},
    )
    # The bets are 5, 10, 20, 40, 5; a bonus is lost, lost, won, won.
    assert bonuses_of(session) == [500, 900, 1800, 2500, 700]


def test_a_round_without_a_bonus_leaves_its_streak():
    expression = "0 if hands_played == 1 else 5 + bonus_streak"
    bonus = {"type": "custom", "expression": expression}
    session = play_all(*letters("LPLL"), bonus_strategy=bonus)
    assert bonuses_of(session) == [500, 0, 400, 300]


def test_a_bonus_without_a_number_bets_its_least_and_is_counted_apart():
    bonus = {"type": "custom", "expression": "1 / (hands_played - 1)", "min_bet": 2}
    session = play_all(*letters("LLL"), bonus_strategy=bonus)
    assert bonuses_of(session) == [200, 200, 200]
    assert (session.main_formula_failures, session.bonus_formula_failures) == (0, 1)


def test_the_least_of_a_formula_still_meets_what_the_table_takes():
    bonus = {
        "type": "custom",
        "expression": "0",
        "min_bet": 1.5,
        "max_bet": 9,
        "limits": {"min_bet": 2},
    }
    assert bonuses_of(play_all(LOSER, bonus_strategy=bonus)) == [0]
    bonus |= {"expression": "99"}
    assert bonuses_of(play_all(LOSER, bonus_strategy=bonus)) == [900]


def test_a_formula_as_it_comes_bets_while_there_is_a_profit():
    session = play_all(*letters("LTTL"), bonus_strategy={"type": "custom"})
    assert bonuses_of(session) == [0, 0, 100, 100]
