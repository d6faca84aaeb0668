"""Formulas and conditions are read when the configuration is, and refused with their place."""

from typing import Any

import pytest

from let_it_ride.config import ConfigError, Problem, describe, parse_config, validate_mapping
from let_it_ride.config.betting_systems import CustomBetting
from let_it_ride.expressions.limits import LONGEST
from let_it_ride.expressions.variables import BONUS_BET, MAIN_BET, RULE


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as refused:
        parse_config(text, "evening.toml")
    return refused.value.problems


def with_formula(where: str, formula: object) -> dict[str, Any]:
    custom = {"type": "custom", "expression": formula}
    return {
        "main": {"bankroll": {"betting_system": custom}},
        "bonus": {"bonus_strategy": custom},
        "rule": {"strategy": {"type": "custom", "bet1_rules": [{"when": formula}]}},
    }[where]


@pytest.mark.parametrize(
    ("where", "names"), [("main", MAIN_BET), ("bonus", BONUS_BET), ("rule", RULE)]
)
def test_each_formula_can_name_what_it_sees_and_nothing_else(where: str, names: tuple[str, ...]):
    for name in {*BONUS_BET, *RULE}:
        if name in names:
            validate_mapping(with_formula(where, name))
        else:
            with pytest.raises(ConfigError, match="unknown variable at column 1"):
                validate_mapping(with_formula(where, name))


def test_a_wrong_formula_is_named_with_its_line_its_key_its_column_and_what_was_meant():
    (problem,) = problems(
        '[bankroll.betting_system]\ntype = "custom"\nexpression = "base_bet * (1 + streek)"\n'
    )
    assert (problem.line, problem.key) == (3, "bankroll.betting_system.expression")
    assert problem.message == "unknown variable at column 17"
    assert (problem.found, problem.suggestion) == ('"streek"', "streak")
    assert problem.allowed == ", ".join(MAIN_BET)
    assert str(problem).startswith("evening.toml:3: bankroll.betting_system.expression: unknown")
    assert str(problem).endswith("did you mean streak?")


def test_every_wrong_rule_is_told_at_its_own_line():
    first, second = problems(
        '[strategy]\ntype = "custom"\nbet1_rules = [\n'
        '  { when = "has_pear", action = "ride" },\n'
        '  { when = "default", action = "ride" },\n]\n'
        '[[strategy.bet2_rules]]\naction = "ride"\nwhen = "high_cards = 2"\n'
    )
    assert (first.line, first.key) == (4, "strategy.bet1_rules[0].when")
    assert first.suggestion == "has_pair"
    assert (second.line, second.key) == (9, "strategy.bet2_rules[0].when")
    assert (second.found, second.suggestion) == ('"="', "==")


@pytest.mark.parametrize(
    ("formula", "message", "found"),
    [
        ("", "empty", '""'),
        ("  ", "a value is missing at column 3", "the end of the formula"),
        (5, "not text", "5"),
        (True, "not text", "true"),
        ("1\x00", "unknown sign at column 2", '"\\x00"'),
        ("1" * (LONGEST + 1), "too long", None),
        ("(" * 51, "nested too deeply at column 51", '"("'),
    ],
)
def test_what_is_no_formula_is_refused_by_itself(formula: object, message: str, found: str | None):
    with pytest.raises(ConfigError) as refused:
        validate_mapping(with_formula("bonus", formula))
    (problem,) = refused.value.problems
    assert problem.message == message
    assert found is None or problem.found == found
    assert problem.allowed


def test_a_formula_is_kept_as_it_is_written():
    text = " base_bet*2  if streak<0\n else base_bet "
    config = validate_mapping(with_formula("main", text))
    assert isinstance(config.bankroll.betting_system, CustomBetting)
    assert config.bankroll.betting_system.expression == text


def test_a_form_shows_a_formula_as_text():
    field = next(field for field in describe(CustomBetting) if field.name == "expression")
    assert (field.kind, field.minimum, field.maximum) == ("text", 1, LONGEST)
    assert "formula" in field.allowed
