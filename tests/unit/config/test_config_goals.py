"""What play for a goal asks of the rest of a configuration."""

import pytest

from let_it_ride.config import ConfigError, FullConfig, parse_config, validate_mapping
from let_it_ride.config.strategies import GoalStrategy

GOAL = '[strategy]\ntype = "goal"\n'


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_config(text, "my.toml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            '[bankroll.betting_system]\ntype = "martingale"',
            "my.toml:4: bankroll.betting_system.type: play for a goal decides on the bets itself; "
            'found "martingale"; allowed: "flat"; a goal can have a choice of strategy.bets',
        ),
        (
            '[bonus_strategy]\ntype = "streak_based"',
            "my.toml:4: bonus_strategy.type: play for a goal needs the same bonus every hand; "
            'found "streak_based"; allowed: "never", "always" or "static"',
        ),
        (
            '[bonus_strategy]\ntype = "static"\nratio = 0.5',
            "my.toml:5: bonus_strategy.ratio: play for a goal needs the same bonus every hand; "
            "found 0.5; allowed: no ratio, but an amount",
        ),
        (
            '[bonus_strategy]\ntype = "always"\n[paytables.bonus]\ntype = "paytable_c"',
            "my.toml:6: paytables.bonus.type: play for a goal cannot follow the progressive meter; "
            'found "paytable_c"; allowed: another bonus pay table, or a bonus_strategy that never '
            "bets",
        ),
        (
            'goal = "reach_win_limit"',
            "my.toml:3: bankroll.stop_conditions.win_limit: none to reach; allowed: an amount, or "
            "another goal",
        ),
        (
            "bets = [{}, {bet = 4.99}]",
            "my.toml:3: strategy.bets[1].bet: below base_bet; found 4.99; allowed: at least "
            "base_bet, 5.00",
        ),
        (
            "[[strategy.bets]]\nbet = 5\n[[strategy.bets]]\nbet = 7.5",
            "my.toml:6: strategy.bets[1].bet: not a multiple of bet_increment; found 7.50; "
            "allowed: a multiple of bet_increment, 1.00",
        ),
        (
            'goal = "win"',
            'my.toml:3: strategy.goal: not one of the choices; found "win"; allowed: '
            '"leave_ahead", "reach_win_limit", "avoid_ruin" or "mean"',
        ),
        (
            "bets = [5]",
            "my.toml:3: strategy.bets[0]: not a table; found 5; allowed: a table",
        ),
        (
            f"bets = [{'{bet = 5},' * 21}]",
            "my.toml:3: strategy.bets: too many; found a list; allowed: a list of up to 20 tables",
        ),
        (
            'ties = "pull"',
            'my.toml:3: strategy.ties: belongs to type "optimal", and the type here is "goal"; '
            "allowed: type, goal, bets",
        ),
    ],
)
def test_what_a_goal_cannot_be_combined_with_is_told_on_its_line(written: str, problem: str):
    assert problems(f"{GOAL}{written}\n") == [problem]


@pytest.mark.parametrize(
    "kind",
    [
        "reverse_martingale",
        "paroli",
        "dalembert",
        "fibonacci",
        "one_three_two_six",
        "steps",
        "proportional",
        "custom",
    ],
)
def test_no_betting_system_goes_with_a_goal(kind: str):
    (problem,) = problems(f'{GOAL}[bankroll.betting_system]\ntype = "{kind}"\n')
    assert problem.startswith("my.toml:4: bankroll.betting_system.type: ")


@pytest.mark.parametrize(
    "kind",
    ["bankroll_conditional", "streak_based", "session_conditional", "combined", "custom"],
)
def test_no_bonus_that_changes_goes_with_a_goal(kind: str):
    (problem,) = problems(f'{GOAL}[bonus_strategy]\ntype = "{kind}"\n')
    assert problem.startswith("my.toml:4: bonus_strategy.type: ")


def test_everything_that_does_not_go_with_a_goal_is_told_at_once():
    text = f"""{GOAL}goal = "reach_win_limit"
bets = [{{bet = 1}}, {{bet = 5.5}}]
[bankroll.betting_system]
type = "paroli"
[bonus_strategy]
type = "combined"
[paytables.bonus]
type = "paytable_c"
"""
    assert [problem.split(": ")[1] for problem in problems(text)] == [
        "bankroll.stop_conditions.win_limit",
        "strategy.bets[0].bet",
        "strategy.bets[1].bet",
        "bankroll.betting_system.type",
        "bonus_strategy.type",
        "paytables.bonus.type",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "",
        'bonus_strategy.type = "always"',
        'bonus_strategy = { type = "static", amount = 2 }',
        'paytables.bonus.type = "paytable_c"',
        'bankroll.betting_system.type = "flat"',
        "bankroll = { base_bet = 7.5, bet_increment = 2.5 }\n"
        "strategy.bets = [{}, { bet = 7.5 }, { bet = 10 }, { bet = 7.5 }]",
        'strategy.goal = "reach_win_limit"\nbankroll.stop_conditions.win_limit = 50',
        "table = { num_seats = 7, total_rounds = 30 }",
    ],
)
def test_a_goal_goes_with_the_rest(written: str):
    assert parse_config(f'strategy.type = "goal"\n{written}').strategy.type == "goal"


@pytest.mark.parametrize("kind", ["basic", "optimal"])
def test_other_strategies_are_held_to_none_of_it(kind: str):
    parse_config(
        f'strategy.type = "{kind}"\nbankroll.betting_system.type = "martingale"\n'
        'bonus_strategy.type = "streak_based"\npaytables.bonus.type = "paytable_c"'
    )


def test_a_goal_is_to_leave_ahead_at_the_base_bet_if_nothing_else_is_said():
    strategy = parse_config(GOAL).strategy
    assert isinstance(strategy, GoalStrategy)
    assert (strategy.goal, strategy.bets) == ("leave_ahead", ())
    (chosen,) = validate_mapping({"strategy": {"type": "goal", "bets": [{}]}}).strategy.bets
    assert FullConfig().bankroll.or_base_bet(chosen.bet) == 5
