"""Settings that are varied, as they are written on a command line."""

from decimal import Decimal

import pytest

from let_it_ride.analysis.axes import (
    MOST_CELLS,
    VariationError,
    count_cells,
    find_setting,
    parse_axis,
    value_text,
)


def test_a_range_holds_its_ends_and_every_step():
    axis = parse_axis("bankroll.stop_conditions.win_limit=25:500:25")
    assert axis.key == ("bankroll", "stop_conditions", "win_limit")
    assert axis.values == tuple(Decimal(25 * step) for step in range(1, 21))
    assert axis.texts[0] == "25"
    assert axis.texts[-1] == "500"


def test_a_range_ends_before_its_last_value_where_no_step_meets_it():
    assert parse_axis("hands_per_session=10:35:10").values == (10, 20, 30)


def test_amounts_in_cents_are_exact():
    values = parse_axis("base_bet=0.10:0.50:0.10").values
    assert values == tuple(map(Decimal, ("0.10", "0.20", "0.30", "0.40", "0.50")))
    assert [value_text(value) for value in values] == ["0.10", "0.20", "0.30", "0.40", "0.50"]


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("strategy=basic,optimal", "strategy.type", ("basic", "optimal")),
        ("strategy.type=basic", "strategy.type", ("basic",)),
        ("ties=pull,ride", "strategy.ties", ("pull", "ride")),
        ("stop_on_insufficient_funds=true,false", None, (True, False)),
        ("win_limit=none,$50,75.50", None, (None, Decimal(50), Decimal("75.50"))),
        ("bankroll_percentage=0.01:0.03:0.01", None, tuple(map(Decimal, ("0.01", "0.02", "0.03")))),
        ("num_seats=1,7", "table.num_seats", (1, 7)),
        ("min_session_profit=-10,0", None, (Decimal(-10), Decimal(0))),
        (
            "bankroll.betting_system.expression=max(base_bet, 2),base_bet",
            None,
            ("max(base_bet, 2)", "base_bet"),
        ),
    ],
)
def test_lists_of_values(text, key, values):
    axis = parse_axis(text)
    assert axis.values == values
    assert key is None or axis.name == key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("win_limit", ["KEY=FIRST:LAST:STEP"]),
        ("=5", ["KEY=FIRST:LAST:STEP"]),
        ("win_limit=", ["KEY=FIRST:LAST:STEP"]),
        ("win_limt=5", ['no setting "win_limt"', "did you mean win_limit?"]),
        ("bankroll.win_limit=5", ["no setting"]),
        ("zzzz=5", ["lir-tui explain"]),
        ("max_bet=5", ["can mean several", "bonus_strategy.limits.max_bet"]),
        ("bankroll=5", ["is a table", "bankroll.base_bet"]),
        ("bankroll.betting_system.steps.bet=5", ["list of tables"]),
        ("output.formats=csv", ["cannot be varied", "what a run writes"]),
        ("metadata.name=a", ["cannot be varied"]),
        ("random_seed=1,2", ["cannot be varied", "how a run is done"]),
        ("discard_cards=1,2", ["cannot be varied", "never the odds"]),
        ("strategy=basc", ['"basc"', "always_ride", "did you mean basic?"]),
        ("stop_on_insufficient_funds=yes", ["allowed: true, false"]),
        ("base_bet=five", ["is not an amount, such as 50"]),
        ("base_bet=1e99", ["is not an amount, such as 50"]),
        ("hands_per_session=10:many:5", ["the last value", "is not a number"]),
        ("base_bet=nan", ["is not an amount, such as 50"]),
        ("base_bet=1e-99999", ["is not an amount, such as 50"]),
        ("base_bet=1:9:1e-99999999", ["the step", "is not an amount"]),
        ("base_bet=1:9:0e-99999999", ["step has to be above 0; found 0"]),
        ("base_bet=0e-99999999", ["found 0;"]),
        (f"base_bet=1.{'1' * 900}", [f"found 1.{'1' * 57}…;"]),
        ("base_bet=5,", ["is not an amount, such as 50"]),
        ("base_bet=none", ["is not an amount, such as 50"]),
        ("base_bet=5.001", ["found 5.001", "at most two decimals"]),
        ("base_bet=0", ["found 0", "from 0.01"]),
        ("num_seats=2.5", ["found 2.5", "whole number"]),
        ("num_seats=8", ["found 8", "1 to 7"]),
        ("base_bet=1:9", ["FIRST:LAST:STEP"]),
        ("base_bet=1:9:2:3", ["FIRST:LAST:STEP"]),
        ("base_bet=1:9:0", ["step has to be above 0"]),
        ("base_bet=9:1:1", ["1 comes before 9"]),
        ("base_bet=1:9:0.001", ["found 1.001"]),
        ("base_bet=0.01:1000000:0.01", ["100,000,000 values", "larger steps"]),
        ("base_bet=5,5.00", ["given twice"]),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(text, words):
    with pytest.raises(VariationError) as error:
        parse_axis(text)
    for word in words:
        assert word in str(error.value)


def test_a_setting_that_types_share_is_one_setting():
    key, fields = find_setting("betting_system.max_bet")
    assert key == ("bankroll", "betting_system", "max_bet")
    assert fields[0].kind == "money"


def test_there_is_a_most_of_cells_and_a_setting_is_varied_once():
    wide = parse_axis("hands_per_session=1:101:1")
    assert count_cells([wide, parse_axis("win_limit=1:99:1")]) == MOST_CELLS - 1
    with pytest.raises(VariationError, match=r"these are 10,100 configurations; at most 10,000"):
        count_cells([wide, parse_axis("win_limit=1:100:1")])
    with pytest.raises(VariationError, match="is varied twice"):
        count_cells([wide, wide])
