"""Configurations at the corners of the rules, as a TOML file gives them."""

from collections.abc import Mapping
from typing import Any

from reference.hands import BONUS_HANDS, MAIN_HANDS

Settings = Mapping[str, Any]

#: Flat bets, the plainest of bonus policies, and one seat: what each is about, and the settings.
FLAT_CORNERS: dict[str, Settings] = {
    "an empty configuration": {},
    "money for one round": {"bankroll": {"starting_amount": 15.0}},
    "money for three rounds and a cent": {"bankroll": {"starting_amount": 45.01}},
    "limits of one base bet": {
        "bankroll": {"stop_conditions": {"win_limit": 5.0, "loss_limit": 5.0}}
    },
    "limits that are met exactly": {
        "bankroll": {
            "base_bet": 1.0,
            "starting_amount": 40.0,
            "stop_conditions": {"win_limit": 7.0, "loss_limit": 40.0},
        }
    },
    "limits between the amounts that occur": {
        "bankroll": {"stop_conditions": {"win_limit": 22.51, "loss_limit": 37.49}}
    },
    "limits that are never met": {
        "bankroll": {"stop_conditions": {"win_limit": 1e9, "loss_limit": 1e9}}
    },
    "the highest stakes there are": {
        "simulation": {"hands_per_session": 90},
        "bankroll": {
            "base_bet": 1e6,
            "starting_amount": 1e9,
            "stop_conditions": {"win_limit": 1e9},
        },
        "bonus_strategy": {"type": "always", "amount": 1e6, "limits": {"max_bet": 1e6}},
        "paytables": {
            "main_game": {"type": "custom", "three_of_a_kind": 100_000, "pair_tens_or_better": 0},
            "bonus": {"type": "custom", "pair": 100_000},
        },
    },
    "one round a session": {"simulation": {"hands_per_session": 1}},
    "at most one round": {"bankroll": {"stop_conditions": {"max_hands": 1}}},
    "more rounds at most than a session has": {
        "simulation": {"hands_per_session": 30},
        "bankroll": {"stop_conditions": {"max_hands": 31}},
    },
    "a minute, in which one round is played all the same": {
        "bankroll": {"stop_conditions": {"max_duration_minutes": 1}}
    },
    "time for as many rounds as are allowed": {
        "table": {"hands_per_hour": 60},
        "bankroll": {"stop_conditions": {"max_duration_minutes": 20, "max_hands": 20}},
    },
    "time for fewer rounds than are allowed": {
        "table": {"hands_per_hour": 53},
        "bankroll": {"stop_conditions": {"max_duration_minutes": 23, "max_hands": 21}},
    },
    "limits and time reached by the same round": {
        "bankroll": {
            "starting_amount": 15.0,
            "stop_conditions": {
                "win_limit": 5.0,
                "loss_limit": 5.0,
                "max_hands": 1,
                "max_duration_minutes": 1,
            },
        }
    },
    "bets lowered by cents": {
        "bankroll": {
            "starting_amount": 16.0,
            "base_bet": 5.0,
            "bet_increment": 0.01,
            "stop_conditions": {"stop_on_insufficient_funds": False},
        }
    },
    "bets lowered by the usual increment": {
        "bankroll": {
            "starting_amount": 23.0,
            "base_bet": 6.5,
            "stop_conditions": {"stop_on_insufficient_funds": False},
        }
    },
    "bets lowered to a large increment": {
        "bankroll": {
            "starting_amount": 61.25,
            "base_bet": 15.0,
            "bet_increment": 7.5,
            "stop_conditions": {"stop_on_insufficient_funds": False},
        },
        "bonus_strategy": {"type": "always", "amount": 4.0},
    },
    "a bonus that gives way before the bet": {
        "bankroll": {"starting_amount": 30.0},
        "bonus_strategy": {
            "type": "always",
            "amount": 14.0,
            "limits": {"min_bet": 4.0, "max_bet": 25.0, "increment": 3.0},
        },
    },
    "a bonus that fits between the bets and the last cent": {
        "bankroll": {"starting_amount": 17.5},
        "bonus_strategy": {
            "type": "static",
            "amount": 2.5,
            "limits": {"min_bet": 0.5, "max_bet": 2.5, "increment": 0.5},
        },
    },
    "a cent short of the bonus": {
        "bankroll": {"starting_amount": 17.99},
        "bonus_strategy": {"type": "always", "amount": 3.0},
    },
    "a bonus and a bet that both give way": {
        "bankroll": {
            "starting_amount": 20.0,
            "bet_increment": 0.25,
            "stop_conditions": {"stop_on_insufficient_funds": False},
        },
        "bonus_strategy": {
            "type": "static",
            "ratio": 0.9,
            "limits": {"min_bet": 0.1, "max_bet": 4.0, "increment": 0.1},
        },
    },
    "a bonus by a ratio that is no whole number of cents": {
        "bankroll": {"base_bet": 7.77},
        "bonus_strategy": {
            "type": "static",
            "ratio": 0.333333,
            "limits": {"min_bet": 0.01, "max_bet": 9.99, "increment": 0.01},
        },
    },
    "a bonus above what the table takes": {
        "bonus_strategy": {
            "type": "static",
            "ratio": 3.0,
            "limits": {"min_bet": 1.0, "max_bet": 7.5, "increment": 2.0},
        }
    },
    "a bonus below what the table takes": {
        "bonus_strategy": {"type": "always", "amount": 4.99, "limits": {"min_bet": 5.0}}
    },
    "a bonus of nothing": {"bonus_strategy": {"type": "always", "amount": 0}},
    "a bonus that pays for pairs alone": {
        "bankroll": {"starting_amount": 100.0},
        "bonus_strategy": {"type": "always", "amount": 5.0},
        "paytables": {
            "bonus": {"type": "custom", "straight": 0, "flush": 0, "pair": 3, "mini_royal": 0}
        },
    },
    "a hand that stops paying": {
        "strategy": {"type": "basic"},
        "paytables": {"main_game": {"type": "custom", "pair_tens_or_better": 0, "flush": 0}},
    },
    **{
        f"{hands} rounds, about as many as are drawn at once": {
            "simulation": {"hands_per_session": hands},
            "bankroll": {"starting_amount": 5000.0},
        }
        for hands in (63, 64, 65, 128, 129)
    },
    **{
        f"the {name} strategy": {"strategy": {"type": name}, "bankroll": {"starting_amount": 200.0}}
        for name in ("optimal", "always_ride", "always_pull", "conservative", "aggressive")
    },
    "optimal play that rides its ties": {"strategy": {"type": "optimal", "ties": "ride"}},
    **{
        f"the {main} and {bonus} paytables": {
            "simulation": {"hands_per_session": 80},
            "paytables": {"main_game": {"type": main}, "bonus": {"type": bonus}},
            "bonus_strategy": {"type": "always", "amount": 5.0},
        }
        for main, bonus in (("liberal", "paytable_a"), ("tight", "paytable_d"))
    },
}


def _betting(kind: str, **settings: Any) -> Settings:
    return {"bankroll": {"betting_system": {"type": kind, **settings}}}


def _bonus(kind: str, **settings: Any) -> Settings:
    return {"bonus_strategy": {"type": kind, **settings}}


_A_BONUS = {"type": "always", "amount": 5.0}
_BY_CENTS = {"min_bet": 0.01, "max_bet": 25.0, "increment": 0.01}
_THE_CHART_AS_RULES = {
    "type": "custom",
    "bet1_rules": [
        {"when": "has_paying_hand or is_royal_draw", "action": "ride"},
        {"when": "straight_flush_spread == 3 and straights == 3", "action": "ride"},
        {
            "when": "straight_flush_spread == 4 and straights == 2 and high_cards >= 1",
            "action": "ride",
        },
        {"when": "straight_flush_spread == 5 and high_cards >= 2", "action": "ride"},
        {"when": "default", "action": "pull"},
    ],
    "bet2_rules": [
        {"when": "has_paying_hand or is_flush_draw", "action": "ride"},
        {"when": "is_open_straight_draw and high_cards >= 1", "action": "ride"},
        {"when": "is_inside_straight_draw and high_cards == 4", "action": "ride"},
    ],
}

BETTING_CORNERS: dict[str, Settings] = {
    **{
        f"{kind} as it comes": _betting(kind)
        for kind in (
            "martingale",
            "reverse_martingale",
            "paroli",
            "dalembert",
            "fibonacci",
            "one_three_two_six",
            "steps",
            "proportional",
            "custom",
        )
    },
    **{
        f"{kind} driven by the net result, where a bonus pushes": {
            "bankroll": {
                "starting_amount": 5000.0,
                "betting_system": {"type": kind, "driven_by": "net"},
            },
            "bonus_strategy": _A_BONUS,
        }
        for kind in ("martingale", "reverse_martingale", "paroli", "dalembert", "fibonacci")
    },
    "martingale that begins again at its last step": _betting(
        "martingale", max_progressions=3, at_limit="restart", max_bet=17.5
    ),
    "martingale that goes one step back": _betting(
        "martingale", loss_multiplier=1.5, reset_on_win=False, max_progressions=12
    ),
    "martingale of one step": _betting("martingale", max_progressions=1, at_limit="restart"),
    "martingale by parts of a cent": {
        "bankroll": {
            "starting_amount": 50.0,
            "base_bet": 0.55,
            "betting_system": {"type": "martingale", "loss_multiplier": 1.5, "max_bet": 5.01},
        }
    },
    "martingale that its money does not last for": {
        "bankroll": {
            "starting_amount": 51.0,
            "betting_system": {"type": "martingale"},
            "stop_conditions": {"stop_on_insufficient_funds": False},
        },
        "bonus_strategy": {"type": "always"},
    },
    "reverse martingale that goes one step back": _betting(
        "reverse_martingale", win_multiplier=1.37, profit_target_streak=5, reset_on_loss=False
    ),
    "paroli of one win": _betting("paroli", wins_before_reset=1),
    "paroli that is capped": _betting("paroli", win_multiplier=3.0, max_bet=30.0),
    "dalembert that begins below its least": _betting(
        "dalembert", min_bet=12.0, unit=3.0, decrease_unit=7.0, max_bet=40.0
    ),
    "dalembert of odd units": _betting(
        "dalembert", min_bet=1.01, unit=1.82, decrease_unit=0.91, max_bet=77.77
    ),
    "fibonacci that goes far back": _betting(
        "fibonacci", unit=1.5, win_regression=4, max_position=6, max_bet=11.99
    ),
    "fibonacci that goes on and on": _betting("fibonacci", unit=0.01, max_position=30),
    "one three two six by the net result": {
        "bankroll": {"betting_system": {"type": "one_three_two_six", "driven_by": "net"}},
        "bonus_strategy": _A_BONUS,
    },
    "steps where a push goes on": {
        "bankroll": {
            "betting_system": {
                "type": "steps",
                "driven_by": "net",
                "steps": [
                    {"bet": 5.0, "win": 2, "loss": 3, "push": 3},
                    {"bet": 2.5, "win": 3, "loss": 1, "push": 1},
                    {"bet": 10.01, "win": 3, "loss": 2},
                ],
            }
        },
        "bonus_strategy": _A_BONUS,
    },
    "a part of the bankroll in odd cents": _betting(
        "proportional", bankroll_percentage=0.0123, round_to=0.35, min_bet=0.5, max_bet=8.88
    ),
    "a third of the bankroll and more": {
        "bankroll": {
            "betting_system": {"type": "proportional", "bankroll_percentage": 0.5, "max_bet": 1e4},
            "stop_conditions": {"stop_on_insufficient_funds": False},
        },
        "bonus_strategy": _A_BONUS,
    },
    "a least bet that gives way": {
        "bankroll": {
            "starting_amount": 20.0,
            "betting_system": {"type": "proportional", "min_bet": 10.0},
        }
    },
    "a formula of the streak": _betting(
        "custom", expression="base_bet * 2 if streak <= -3 else base_bet"
    ),
    "a formula of everything it can see": _betting(
        "custom",
        expression="base_bet + abs(last_result) / 7 + max(streak, -hands_played) % 3"
        " + (bankroll - starting_bankroll == session_profit)",
        min_bet=0.01,
        driven_by="net",
    ),
    "a formula that divides by nothing now and then": _betting(
        "custom", expression="bankroll / (streak + 1) // 9", min_bet=6.0
    ),
    "a formula that is no finite number": _betting(
        "custom", expression="1e308 * 10 if streak > 0 else 1e308 * 10 - 1e308 * 10", min_bet=6.0
    ),
    "a formula that is greater than anything": _betting(
        "custom", expression="1e300 if streak > 0 else -1e300", max_bet=17.0
    ),
}

BONUS_CORNERS: dict[str, Settings] = {
    **{
        f"the {kind} bonus as it comes": _bonus(kind)
        for kind in (
            "bankroll_conditional",
            "streak_based",
            "session_conditional",
            "combined",
            "custom",
        )
    },
    "a bonus out of the profit": _bonus(
        "bankroll_conditional",
        base_amount=2.0,
        min_session_profit=-100.0,
        min_bankroll_ratio=0.9,
        max_drawdown=0.2,
        profit_percentage=0.0333,
        limits=_BY_CENTS,
    ),
    "a bonus by tiers": _bonus(
        "bankroll_conditional",
        base_amount=1.0,
        min_session_profit=-400.0,
        max_drawdown=1.0,
        tiers=[
            {"min_profit": -50.0, "max_profit": 0.0, "bet_amount": 2.0},
            {"min_profit": 0.0, "max_profit": 0.01, "bet_amount": 3.0},
            {"min_profit": -20.0, "max_profit": 60.0, "bet_amount": 4.0},
        ],
    ),
    "a bonus until nothing may be lost": _bonus("bankroll_conditional", max_drawdown=0.0),
    **{
        f"a bonus that is changed by {action['type']} on {trigger} until {reset_on}": _bonus(
            "streak_based",
            base_amount=2.0,
            trigger=trigger,
            reset_on=reset_on,
            streak_length=length,
            action=action,
            max_multiplier=3.7,
            limits=_BY_CENTS,
        )
        for action, trigger, reset_on, length in (
            ({"type": "multiply", "value": 1.37}, "bonus_loss", "bonus_win", 2),
            ({"type": "increase", "value": 0.77}, "any_loss", "any_win", 1),
            ({"type": "increase", "value": 1.01}, "any_win", "main_loss", 1),
            ({"type": "decrease", "value": 0.51}, "main_loss", "main_win", 2),
            ({"type": "decrease", "value": 0.51}, "bonus_win", "never", 1),
            ({"type": "stop"}, "bonus_loss", "main_win", 3),
            ({"type": "start"}, "main_loss", "bonus_win", 3),
            ({"type": "start"}, "any_win", "any_loss", 1),
        )
    },
    "a streak whose bonus is not always there": {
        "bankroll": {
            "starting_amount": 40.0,
            "bet_increment": 0.5,
            "stop_conditions": {"stop_on_insufficient_funds": False},
        },
        "bonus_strategy": {"type": "streak_based", "streak_length": 2, "max_multiplier": 8.0},
    },
    "other bonuses early and near both limits": {
        "bankroll": {"stop_conditions": {"win_limit": 150.0, "loss_limit": 150.0}},
        "bonus_strategy": {
            "type": "session_conditional",
            "default_amount": 2.0,
            "early_session": {"hands": 5, "amount": 4.0},
            "near_win_limit": {"threshold": 140.0, "amount": 3.0},
            "near_loss_limit": {"threshold": 120.0, "amount": 5.0},
        },
    },
    "near limits that are not there": _bonus(
        "session_conditional",
        default_amount=3.0,
        near_win_limit={"threshold": 100.0},
        near_loss_limit={"threshold": 100.0},
    ),
    "a combined bonus of odd factors": _bonus(
        "combined",
        base_amount=3.33,
        ride_correlation={"both": 1.33, "one": 0.77, "none": 1.01},
        hand_quality={"strong": 1.111, "weak": 0.999},
        limits=_BY_CENTS,
    ),
    "a bonus by a formula of everything it can see": {
        "bankroll": {"betting_system": {"type": "martingale", "driven_by": "net"}},
        "bonus_strategy": {
            "type": "custom",
            "expression": "main_bet / 4 + bonus_streak + (streak > 0) - floor(last_result / 99)",
            "min_bet": 0.25,
            "max_bet": 9.99,
            "limits": _BY_CENTS,
        },
    },
    "a bonus by a formula that divides by nothing": _bonus(
        "custom", expression="5 / (bonus_streak + 2)", min_bet=2.0
    ),
}

OTHER_CORNERS: dict[str, Settings] = {
    "a meter that is fed and won": {
        "simulation": {"hands_per_session": 1500},
        "bankroll": {"starting_amount": 50_000.0},
        "bonus_strategy": {"type": "always"},
        "paytables": {"bonus": {"type": "paytable_c"}},
    },
    "a part of an odd meter": {
        "simulation": {"hands_per_session": 1500},
        "bankroll": {"starting_amount": 50_000.0},
        "bonus_strategy": {"type": "always", "amount": 0.37, "limits": _BY_CENTS},
        "paytables": {
            "bonus": {
                "type": "paytable_c",
                "starting_jackpot": 33.33,
                "contribution_rate": 0.0373,
                "reset_amount": 7.77,
            }
        },
    },
    "the chart as rules": {"strategy": _THE_CHART_AS_RULES},
    "rules that pull what others would ride": {
        "strategy": {
            "type": "custom",
            "bet1_rules": [
                {"when": "has_trips", "action": "pull"},
                {"when": "suited_cards - gaps * 2 >= -1 or has_pair", "action": "ride"},
            ],
            "bet2_rules": [
                {"when": "not 1 < connected_cards <= 4 and not has_high_pair", "action": "pull"},
                {"when": "default", "action": "ride"},
            ],
        }
    },
}

#: One seat: what each is about, and the settings.
CORNERS: dict[str, Settings] = FLAT_CORNERS | BETTING_CORNERS | BONUS_CORNERS | OTHER_CORNERS


def _goal(goal: str, hands: int, *bets: float, **sections: Any) -> Settings:
    strategy = {"type": "goal", "goal": goal, "bets": [{"bet": bet} for bet in bets]}
    return {"simulation": {"hands_per_session": hands}, "strategy": strategy, **sections}


def _closed(win_limit: float, loss_limit: float, **bankroll: Any) -> Settings:
    stops = {"win_limit": win_limit, "loss_limit": loss_limit}
    return {"bankroll": {"stop_conditions": stops, **bankroll}}


#: Play for a goal: what each is about, and the settings.
GOAL_CORNERS: dict[str, Settings] = {
    "a goal as it comes, in few hands": {
        "simulation": {"hands_per_session": 3},
        "strategy": {"type": "goal"},
    },
    "the last hand is the first": _goal("leave_ahead", 1, 5.0, 10.0),
    "ahead between limits": _goal("leave_ahead", 12, **_closed(60.0, 60.0)),
    "a win limit that is reached exactly": _goal("reach_win_limit", 9, **_closed(25.0, 40.0)),
    "a win limit between the amounts that occur": _goal(
        "reach_win_limit", 9, **_closed(22.51, 37.49)
    ),
    "not to be ruined with money for three rounds": _goal(
        "avoid_ruin", 8, bankroll={"starting_amount": 45.0}
    ),
    "not to be ruined, with a limit and bets to choose from": _goal(
        "avoid_ruin", 8, 5.0, 7.0, **_closed(80.0, 35.0)
    ),
    "ruin that only the last hand can bring": _goal(
        "avoid_ruin", 2, bankroll={"starting_amount": 20.0}
    ),
    "the highest mean near its limits": _goal("mean", 8, **_closed(40.0, 20.0)),
    "the highest mean of a game the player wins, with no limit above": _goal(
        "mean",
        2,
        5.0,
        8.0,
        bankroll={"starting_amount": 30.0},
        paytables={"main_game": {"type": "custom", "pair_tens_or_better": 4}},
    ),
    "the highest mean of a fair game at any bet": _goal(
        "mean",
        2,
        5.0,
        10.0,
        paytables={"main_game": dict.fromkeys(MAIN_HANDS, 0) | {"type": "custom"}},
    ),
    "a goal with a bonus that gives way before the bet": _goal(
        "leave_ahead",
        5,
        bankroll={"starting_amount": 50.0, "stop_conditions": {"win_limit": 40.0}},
        bonus_strategy={
            "type": "always",
            "amount": 14.0,
            "limits": {"min_bet": 4.0, "max_bet": 25.0, "increment": 3.0},
        },
    ),
    "a goal with bets and a bonus that both give way": _goal(
        "reach_win_limit",
        6,
        5.0,
        8.0,
        12.0,
        bankroll={
            "starting_amount": 31.0,
            "stop_conditions": {"win_limit": 30.0, "stop_on_insufficient_funds": False},
        },
        bonus_strategy={"type": "static", "amount": 1.0},
    ),
    "bets that are lowered to a large increment": _goal(
        "leave_ahead",
        5,
        15.0,
        30.0,
        bankroll={
            "starting_amount": 61.25,
            "base_bet": 15.0,
            "bet_increment": 7.5,
            "stop_conditions": {"win_limit": 90.0, "stop_on_insufficient_funds": False},
        },
    ),
    "a larger bet that is lowered, where the base bet ends the session": _goal(
        "mean",
        6,
        3.68,
        7.36,
        bankroll={
            "starting_amount": 11.04,
            "base_bet": 3.68,
            "bet_increment": 0.92,
            "stop_conditions": {"win_limit": 53.48, "loss_limit": 0.01},
        },
    ),
    "a goal by odd cents": _goal(
        "leave_ahead",
        4,
        0.77,
        1.33,
        bankroll={
            "starting_amount": 5.05,
            "base_bet": 0.77,
            "bet_increment": 0.07,
            "stop_conditions": {"win_limit": 3.03, "stop_on_insufficient_funds": False},
        },
        bonus_strategy={
            "type": "always",
            "amount": 0.15,
            "limits": {"min_bet": 0.05, "max_bet": 1.0, "increment": 0.05},
        },
    ),
    "a goal by the time that there is": {
        **_goal("leave_ahead", 50),
        "table": {"hands_per_hour": 60},
        "bankroll": {"stop_conditions": {"max_duration_minutes": 4, "win_limit": 45.0}},
    },
    "a goal where hands stop paying": _goal(
        "leave_ahead",
        7,
        paytables={"main_game": {"type": "custom", "pair_tens_or_better": 0, "flush": 0}},
        **_closed(50.0, 45.0),
    ),
    "a goal, and a bonus that is never won": _goal(
        "leave_ahead",
        4,
        bonus_strategy={"type": "always"},
        paytables={"bonus": dict.fromkeys(BONUS_HANDS, 0) | {"type": "custom"}},
        **_closed(30.0, 45.0),
    ),
    "a goal at a table with a meter that nobody feeds": _goal(
        "leave_ahead", 5, paytables={"bonus": {"type": "paytable_c"}}, **_closed(30.0, 45.0)
    ),
}

#: Several seats, or players who replace each other.
TABLE_CORNERS: dict[str, Settings] = {
    "two seats": {"table": {"num_seats": 2}},
    "seven seats, and cards that are burned": {
        "table": {"num_seats": 7},
        "dealer": {"discard_enabled": True, "discard_cards": 10},
        "bankroll": {
            "starting_amount": 100.0,
            "betting_system": {"type": "martingale", "driven_by": "net"},
        },
        "bonus_strategy": {"type": "streak_based", "streak_length": 2},
    },
    "one seat of a table that closes in the middle of a session": {
        "simulation": {"hands_per_session": 10},
        "table": {"total_rounds": 25},
    },
    "one seat of a table that closes with a session": {
        "simulation": {"hands_per_session": 10},
        "table": {"total_rounds": 20},
    },
    "a table of one round": {"table": {"num_seats": 3, "total_rounds": 1}},
    "seats that are taken again and again": {
        "simulation": {"hands_per_session": 30},
        "table": {"num_seats": 4, "total_rounds": 100},
        "bankroll": {
            "starting_amount": 30.0,
            "betting_system": {"type": "paroli"},
            "stop_conditions": {"win_limit": 20.0},
        },
        "bonus_strategy": {"type": "always"},
        "paytables": {"bonus": {"type": "paytable_c"}},
    },
    "seats that play for a goal, each for itself": {
        **_goal("leave_ahead", 6, 5.0, 10.0, **_closed(40.0, 45.0)),
        "table": {"num_seats": 3},
    },
    "a seat for a goal that is taken again until the table closes": {
        **_goal("reach_win_limit", 4, **_closed(20.0, 30.0)),
        "table": {"num_seats": 2, "total_rounds": 9},
    },
}
