"""What a configuration may say, and what it means when it says nothing."""

import subprocess
import sys
from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from let_it_ride.config import ConfigError, FullConfig, describe, validate_mapping
from let_it_ride.config.betting_steps import MOST_STEPS, StepRow, StepsBetting
from let_it_ride.config.betting_systems import DalembertBetting
from let_it_ride.config.bonus_strategies import StaticBonus
from let_it_ride.game.paytables import BONUS_PAYTABLES, MAIN_PAYTABLES

UNIONS = [
    ("bankroll", "betting_system"),
    ("strategy",),
    ("bonus_strategy",),
    ("paytables", "main_game"),
    ("paytables", "bonus"),
]

DEFAULTS = {
    "simulation.num_sessions": 1_000_000,
    "simulation.hands_per_session": 200,
    "simulation.random_seed": None,
    "simulation.workers": "auto",
    "simulation.progress_interval": 10_000,
    "simulation.verify": "auto",
    "simulation.generator": "xoshiro256++",
    "simulation.record_hands": 0,
    "table.num_seats": 1,
    "table.total_rounds": None,
    "table.hands_per_hour": 52,
    "dealer.discard_enabled": False,
    "dealer.discard_cards": 3,
    "bankroll.starting_amount": 500,
    "bankroll.base_bet": 5,
    "bankroll.increment": 1,
    "bankroll.stop_conditions.win_limit": None,
    "bankroll.stop_conditions.loss_limit": None,
    "bankroll.stop_conditions.max_hands": None,
    "bankroll.stop_conditions.max_duration_minutes": None,
    "bankroll.stop_conditions.stop_on_insufficient_funds": True,
    "bankroll.betting_system.type": "flat",
    "strategy.type": "basic",
    "bonus_strategy.type": "never",
    "bonus_strategy.limits.min_bet": 1,
    "bonus_strategy.limits.max_bet": 25,
    "bonus_strategy.limits.increment": 1,
    "paytables.main_game.type": "standard",
    "paytables.bonus.type": "paytable_b",
    "output.directory": "results",
    "output.prefix": "run",
    "output.formats": (),
}

TYPE_DEFAULTS = {
    ("bankroll", "betting_system"): {
        "martingale": {
            "driven_by": "main",
            "loss_multiplier": 2,
            "max_progressions": 6,
            "max_bet": 500,
            "reset_on_win": True,
            "at_limit": "stay",
        },
        "reverse_martingale": {
            "win_multiplier": 2,
            "profit_target_streak": 3,
            "max_bet": 500,
            "reset_on_loss": True,
        },
        "paroli": {"win_multiplier": 2, "wins_before_reset": 3, "max_bet": 500},
        "dalembert": {"unit": None, "decrease_unit": None, "min_bet": None, "max_bet": 500},
        "fibonacci": {"unit": None, "win_regression": 2, "max_position": 10, "max_bet": 500},
        "one_three_two_six": {"driven_by": "main"},
        "proportional": {
            "bankroll_percentage": Decimal("0.03"),
            "min_bet": None,
            "max_bet": 100,
            "round_to": 1,
        },
        "custom": {"expression": "base_bet", "min_bet": None, "max_bet": 500},
    },
    ("strategy",): {
        "optimal": {"ties": "pull"},
        "custom": {"bet1_rules": (), "bet2_rules": ()},
        "goal": {"goal": "leave_ahead", "bets": ()},
    },
    ("bonus_strategy",): {
        "always": {"amount": 1},
        "static": {"amount": 1, "ratio": None},
        "bankroll_conditional": {
            "base_amount": 1,
            "min_session_profit": 0,
            "min_bankroll_ratio": None,
            "max_drawdown": Decimal("0.25"),
            "profit_percentage": None,
            "tiers": (),
        },
        "streak_based": {
            "base_amount": 1,
            "trigger": "bonus_loss",
            "reset_on": "bonus_win",
            "streak_length": 5,
            "action.type": "multiply",
            "action.value": 2,
            "max_multiplier": 5,
        },
        "session_conditional": {
            "default_amount": 1,
            "early_session": None,
            "near_win_limit": None,
            "near_loss_limit": None,
        },
        "combined": {
            "base_amount": 1,
            "ride_correlation.both": 2,
            "ride_correlation.one": Decimal("1.5"),
            "ride_correlation.none": Decimal("0.5"),
            "hand_quality.strong": Decimal("1.5"),
            "hand_quality.weak": Decimal("0.5"),
        },
        "custom": {
            "expression": "1 if session_profit > 0 else 0",
            "min_bet": 0,
            "max_bet": 25,
        },
    },
    ("paytables", "bonus"): {
        "paytable_c": {
            "starting_jackpot": 100,
            "contribution_rate": Decimal("0.05"),
            "reset_amount": 100,
        }
    },
}


def nested(path, value):
    return {path[0]: nested(path[1:], value)} if path else value


def attribute(config, key):
    for name in key.split("."):
        config = getattr(config, name)
    return config


def choices(path):
    fields = describe(FullConfig)
    for name in path[:-1]:
        fields = describe(next(f for f in fields if f.name == name).model)
    return next(f for f in fields if f.name == path[-1]).choices


def problem_keys(data):
    with pytest.raises(ConfigError) as caught:
        validate_mapping(data)
    return [problem.key for problem in caught.value.problems]


@pytest.mark.parametrize(("key", "value"), DEFAULTS.items())
def test_an_empty_configuration_has_the_default(key, value):
    assert attribute(validate_mapping({}), key) == value


@pytest.mark.parametrize(
    ("path", "kind"), [(path, choice.name) for path in UNIONS for choice in choices(path)]
)
def test_a_type_with_nothing_beside_it_is_a_valid_choice(path, kind):
    config = validate_mapping(nested(path, {"type": kind}))
    chosen = attribute(config, ".".join(path))
    assert chosen.type == kind
    for key, value in TYPE_DEFAULTS.get(path, {}).get(kind, {}).items():
        assert attribute(chosen, key) == value, key


@pytest.mark.parametrize("path", UNIONS)
def test_a_table_without_type_is_of_the_default_type(path):
    assert validate_mapping(nested(path, {})) == FullConfig()


def test_the_tables_of_a_phase_have_defaults_of_their_own():
    data = {"early_session": {}, "near_win_limit": {}, "near_loss_limit": {}}
    bonus = validate_mapping(
        {"bonus_strategy": {"type": "session_conditional", **data}}
    ).bonus_strategy
    assert (bonus.early_session.hands, bonus.early_session.amount) == (20, 1)
    assert (bonus.near_win_limit.threshold, bonus.near_win_limit.amount) == (50, 5)
    assert (bonus.near_loss_limit.threshold, bonus.near_loss_limit.amount) == (50, 0)


def test_the_defaults_built_without_validators_are_those_the_validators_build():
    assert FullConfig.model_construct() == FullConfig()
    for path in UNIONS:
        for choice in choices(path):
            assert choice.model.model_construct() == choice.model(), choice


@pytest.mark.parametrize(
    ("written", "amount"),
    [(5, "5.00"), (12.5, "12.50"), (Decimal("7.1"), "7.10"), (Decimal("1e2"), "100.00")],
)
def test_an_amount_is_kept_in_whole_cents(written, amount):
    config = FullConfig(bankroll={"base_bet": written})
    assert str(config.bankroll.base_bet) == amount


@pytest.mark.parametrize(
    "written",
    [
        True,
        "5",
        None,
        5.001,
        0.1 + 0.2,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("-Infinity"),
        Decimal("1e999999"),
        Decimal("1e-999999"),
        10**400,
        0,
        -5,
        [5],
        5j,
    ],
)
def test_anything_but_an_amount_of_whole_cents_is_refused(written):
    assert problem_keys({"bankroll": {"base_bet": written}}) == ["bankroll.base_bet"]


@pytest.mark.parametrize("written", [True, 1.0, Decimal(1), "1", None, 0, 10**400])
def test_anything_but_a_whole_number_in_bounds_is_no_count(written):
    data = {"simulation": {"num_sessions": written}}
    assert problem_keys(data) == ["simulation.num_sessions"]


@pytest.mark.parametrize("written", [1, 0, "true", None])
def test_only_true_and_false_are_switches(written):
    data = {"dealer": {"discard_enabled": written}}
    assert problem_keys(data) == ["dealer.discard_enabled"]


def test_minus_nothing_is_nothing():
    tier = {"min_profit": -0.0}
    data = {"bonus_strategy": {"type": "bankroll_conditional", "tiers": [tier]}}
    (kept,) = validate_mapping(data).bonus_strategy.tiers
    assert str(kept.min_profit) == "0.00"


@pytest.mark.parametrize(
    ("bankroll", "keys"),
    [
        ({"starting_amount": 14}, ["bankroll.starting_amount"]),
        ({"starting_amount": 15}, []),
        ({"bet_increment": 2}, ["bankroll.base_bet"]),
        ({"bet_increment": 2.5}, []),
        ({"betting_system": {"type": "paroli", "max_bet": 4.99}}, ["max_bet"]),
        ({"betting_system": {"type": "paroli", "max_bet": 5}}, []),
        ({"betting_system": {"type": "custom", "min_bet": 9, "max_bet": 8}}, ["min_bet"]),
        ({"betting_system": {"type": "dalembert", "unit": 0.01}}, ["unit"]),
        ({"betting_system": {"type": "steps", "steps": []}}, ["steps"]),
        ({"betting_system": {"type": "steps", "steps": [{"win": 2}]}}, ["steps[0].win"]),
        ({"betting_system": {"type": "steps", "steps": [{}, {"push": 3}]}}, ["steps[1].push"]),
        ({"betting_system": {"type": "steps", "steps": [{"loss": 0}]}}, ["steps[0].loss"]),
        ({"betting_system": {"type": "flat", "driven_by": "main"}}, ["driven_by"]),
        ({"betting_system": {"type": "proportional", "bankroll_percentage": 0.51}}, [None]),
    ],
)
def test_a_bankroll_keeps_its_rules(bankroll, keys):
    if not keys:
        validate_mapping({"bankroll": bankroll})
        return
    found = problem_keys({"bankroll": bankroll})
    assert len(found) == len(keys)
    for key, expected in zip(found, keys, strict=True):
        assert expected is None or key.endswith(expected)


@pytest.mark.parametrize(
    ("bonus", "key"),
    [
        ({"limits": {"min_bet": 26}}, "limits.min_bet"),
        ({"limits": {"increment": 26}}, "limits.increment"),
        ({"limits": {"min_bet": 3, "max_bet": 3, "increment": 2}}, "limits.increment"),
        ({"type": "static", "amount": 1, "ratio": 0.5}, "ratio"),
        ({"type": "custom", "min_bet": 26}, "min_bet"),
        (
            {"type": "bankroll_conditional", "tiers": [{}, {"min_profit": 5, "max_profit": 5}]},
            "tiers[1].max_profit",
        ),
        ({"type": "streak_based", "action": {"type": "stop", "value": 2}}, "action.value"),
        ({"type": "streak_based", "trigger": "never"}, "trigger"),
    ],
)
def test_a_bonus_bet_keeps_its_rules(bonus, key):
    assert problem_keys({"bonus_strategy": bonus}) == [f"bonus_strategy.{key}"]


def test_a_ratio_puts_out_the_default_amount():
    assert StaticBonus(ratio=0.5).amount is None
    assert StaticBonus().amount == 1


def test_a_format_is_named_once():
    assert problem_keys({"output": {"formats": ["csv", "csv"]}}) == ["output.formats[1]"]


@pytest.mark.parametrize("prefix", ["", "a/b", "a\\b", "a\nb", "\x1b[2J", "x" * 101])
def test_a_prefix_can_begin_a_file_name(prefix):
    assert problem_keys({"output": {"prefix": prefix}}) == ["output.prefix"]


@given(st.decimals("0.01", "1000", places=2))
@settings(derandomize=True)
def test_the_increment_is_the_largest_usual_one_that_divides_the_base_bet(base_bet):
    increment = FullConfig(
        bankroll={"base_bet": base_bet, "starting_amount": 3000}
    ).bankroll.increment
    dividing = [i for i in (1, 5, 25, 50, 100) if int(base_bet * 100) % i == 0]
    assert increment * 100 == max(dividing)


def test_an_amount_left_out_of_a_betting_system_is_the_base_bet():
    bankroll = FullConfig(bankroll={"base_bet": 10}).bankroll
    assert bankroll.or_base_bet(None) == 10
    assert bankroll.or_base_bet(Decimal(3)) == 3


def test_rows_of_steps_have_nothing_left_out():
    system = StepsBetting(steps=[{"loss": 2}, {"bet": 7, "win": 1, "loss": 2, "push": 1}])
    assert system.rows(Decimal(5)) == (StepRow(5, 1, 2, 1), StepRow(7, 1, 2, 1))


@given(
    base=st.integers(1, 20), up=st.integers(1, 9), down=st.integers(1, 9), top=st.integers(0, 40)
)
@settings(derandomize=True)
def test_reachable_bets_are_those_that_wins_and_losses_lead_to(base, up, down, top):
    highest = base + top
    system = DalembertBetting(unit=up, decrease_unit=down, max_bet=highest)
    reached = {base}
    for _ in accumulate(range(highest)):
        for bet in list(reached):
            reached |= {min(highest, bet + up), max(base, bet - down)}
    assert system.reachable_bets(Decimal(base)) == tuple(sorted(reached))


def test_a_dalembert_may_reach_exactly_the_most_steps():
    system = {"type": "dalembert", "unit": 0.01, "max_bet": Decimal("0.01") * MOST_STEPS}
    data = {"bankroll": {"base_bet": 0.01, "betting_system": system}}
    validate_mapping(data)
    system["max_bet"] += Decimal("0.01")
    assert problem_keys(data) == ["bankroll.betting_system.unit"]


@pytest.mark.parametrize("name", MAIN_PAYTABLES)
def test_a_named_main_paytable_pays_what_the_game_says(name):
    config = FullConfig(paytables={"main_game": {"type": name}})
    assert config.paytables.main_game.pays == MAIN_PAYTABLES[name]


@pytest.mark.parametrize("name", BONUS_PAYTABLES)
def test_a_named_bonus_paytable_pays_what_the_game_says(name):
    config = FullConfig(paytables={"bonus": {"type": name}})
    assert config.paytables.bonus.pays == BONUS_PAYTABLES[name]


def test_a_custom_paytable_pays_what_it_names_and_the_rest_as_usual():
    tables = {"main_game": {"type": "custom", "flush": 7}, "bonus": {"type": "custom", "pair": 0}}
    paytables = FullConfig(paytables=tables).paytables
    assert paytables.main_game.pays == MAIN_PAYTABLES["tight"]
    assert paytables.bonus.pays == (100, 40, 30, 5, 4, 0, 0)


def test_a_configuration_cannot_be_changed():
    config = FullConfig()
    with pytest.raises(ValidationError):
        config.bankroll.base_bet = Decimal(10)
    assert hash(config) == hash(FullConfig())


def test_importing_the_package_brings_nothing_heavy():
    heavy = "numpy numba textual rich tomlkit tomli_w pydantic"
    code = f"import sys, let_it_ride.config; assert not set({heavy!r}.split()) & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_loading_brings_neither_numbers_nor_screen():
    heavy = "numpy numba textual rich tomlkit tomli_w"
    code = (
        "import sys; from let_it_ride.config import parse_config, preset_text, describe; "
        "parse_config(preset_text('first-evening')); "
        f"assert not set({heavy!r}.split()) & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
