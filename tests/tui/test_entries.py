"""What is typed into a field, and the value it stands for."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from let_it_ride.tui.editing.entries import (
    default_text,
    differs_from_default,
    entry_text,
    read_entry,
    same_value,
)
from let_it_ride.tui.editing.outline import all_rows, pages
from let_it_ride.tui.editing.settings import Setting
from let_it_ride.tui.editing.values import MISSING


def _setting(*path: str) -> Setting:
    return next(row.field for row in all_rows({}) if row.path == path)


MONEY = _setting("bankroll", "starting_amount")
WHOLE = _setting("simulation", "num_sessions")
WORKERS = _setting("simulation", "workers")
SEED = _setting("simulation", "random_seed")
TOGGLE = _setting("bankroll", "stop_conditions", "stop_on_insufficient_funds")
TEXT = _setting("metadata", "description")


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (MONEY, "500", Decimal("500.00")),
        (MONEY, "$1,250.5", Decimal("1250.50")),
        (MONEY, "1_000", Decimal(1000)),
        (MONEY, ".25", Decimal("0.25")),
        (MONEY, "0.125", Decimal("0.125")),
        (MONEY, " 7 ", Decimal(7)),
        (MONEY, "-3", Decimal(-3)),
        (MONEY, "", MISSING),
        (MONEY, "   ", MISSING),
        (MONEY, "5,50", "5,50"),  # somebody's decimal comma: refused, not taken for 550
        (MONEY, "much", "much"),
        (MONEY, "1e3", "1e3"),
        (WHOLE, "1,000,000", 1_000_000),
        (WHOLE, "12.5", "12.5"),
        (WORKERS, "auto", "auto"),
        (WORKERS, "4", 4),
        (TEXT, " as it is ", " as it is "),
        (TEXT, "one⏎two", "one\ntwo"),
    ],
)
def test_what_is_typed_stands_for_a_value(field: Setting, typed: str, value: object) -> None:
    read = read_entry(field, typed)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("field", "value", "grouped", "plain"),
    [
        (MONEY, Decimal(1250), "1,250.00", "1250.00"),
        (MONEY, 1250, "1,250.00", "1250.00"),
        (MONEY, Decimal("0.125"), "0.125", "0.125"),
        (MONEY, True, "true", "true"),
        (MONEY, Decimal("inf"), "inf", "inf"),
        (MONEY, Decimal("1e500"), "1E+500", "1E+500"),
        (MONEY, {"a": 1}, "a table", "a table"),
        (WHOLE, 1_000_000, "1,000,000", "1000000"),
        (WORKERS, "auto", "auto", "auto"),
        (SEED, 20260101, "20260101", "20260101"),
        (TOGGLE, True, "yes", "yes"),
        (TEXT, "one\ntwo", "one⏎two", "one⏎two"),
        (TEXT, date(2026, 1, 2), "2026-01-02", "2026-01-02"),
        (TEXT, MISSING, "", ""),
    ],
)
def test_a_value_stands_in_a_field(field: Setting, value: object, grouped: str, plain: str) -> None:
    assert entry_text(field, value) == grouped
    assert entry_text(field, value, plain=True) == plain


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_comes_back_from_its_field(amount: Decimal) -> None:
    assert read_entry(MONEY, entry_text(MONEY, amount)) == amount
    assert read_entry(MONEY, entry_text(MONEY, amount, plain=True)) == amount


@given(st.text(st.characters(exclude_characters="⏎", exclude_categories=["Cs"]), min_size=1))
def test_a_text_comes_back_from_its_field(text: str) -> None:
    assert read_entry(TEXT, entry_text(TEXT, text)) == text


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(typed: str) -> None:
    for field in (MONEY, WHOLE, WORKERS, TEXT):
        read_entry(field, typed)


def test_one_is_not_true() -> None:
    assert not same_value(1, True)
    assert same_value(Decimal("5.00"), 5)


def test_every_default_can_be_shown_and_differs_from_nothing() -> None:
    for row in all_rows({}):
        assert not differs_from_default(row.field, MISSING)
        if row.kind == "field":
            assert default_text(row.field) or row.field.default == ()
            assert not differs_from_default(row.field, row.field.default)


def test_every_setting_of_every_type_has_a_label_a_help_and_says_what_is_allowed() -> None:
    def check(settings: tuple[Setting, ...]) -> int:
        for setting in settings:
            assert setting.label
            assert setting.help
            assert setting.allowed
        inner = [each.settings for setting in settings for each in (setting, *setting.choices)]
        return len(settings) + sum(map(check, inner))

    assert check(pages()) > 150
