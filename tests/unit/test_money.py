"""Money is whole cents, and what is finer is rounded down in one place."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.money import cents, dollar_text, dollars, read_cents, whole_cents


@settings(derandomize=True, deadline=None)
@given(st.integers(-(10**13), 10**13))
def test_an_amount_of_two_decimals_is_that_many_cents(amount: int):
    assert cents(Decimal(amount).scaleb(-2)) == amount


@pytest.mark.parametrize("amount", ["0.1", "0.10", "0.100", "1e-1"])
def test_the_way_an_amount_is_written_does_not_matter(amount: str):
    assert cents(Decimal(amount)) == 10


@pytest.mark.parametrize("amount", ["0.001", "-0.005", "1.999", "0.0000001"])
def test_an_amount_finer_than_a_cent_is_refused(amount: str):
    with pytest.raises(ValueError, match=f"{Decimal(amount)} is finer than a cent"):
        cents(Decimal(amount))


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (Fraction(0), 0),
        (Fraction(299, 100), 2),
        (Fraction(3), 3),
        (Fraction(-1, 100), -1),
        (Fraction("0.35") * 777, 271),
        (Fraction(10**30, 3), 10**30 // 3),
    ],
)
def test_what_a_multiplication_makes_finer_is_rounded_down(exact: Fraction, rounded: int):
    assert whole_cents(exact) == rounded


@pytest.mark.parametrize("text", ["480", "480.00", "$480", " 4.8e2 ", "$0,480.000"])
def test_people_write_dollars_in_several_ways(text: str):
    assert read_cents(text) == 48_000
    for minus in "-−":
        assert read_cents(f" {minus}{text.strip()}") == -48_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "much",
        "nan",
        "inf",
        "1.001",
        "1e400",
        "1e999999999",
        "1,50",
        "1,2345",
        "12,34,567",
        "1_000",
        "٣",
    ],
)
def test_what_is_no_amount_is_refused(text: str):
    for written in (text, f"-{text}", text.replace("e", "e-")):
        with pytest.raises(ValueError, match="is no amount in dollars, such as 480"):
            read_cents(written)


def test_a_long_text_that_is_no_amount_is_told_in_short():
    with pytest.raises(ValueError, match="is no amount") as refused:
        read_cents("9" * 5000)
    assert len(str(refused.value)) < 100


def test_exports_get_dollars():
    assert dollars(123_456) == 1234.56


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "$0.00"),
        (5, "$0.05"),
        (100, "$1.00"),
        (-123_450, "-$1,234.50"),
        (10**11, "$1,000,000,000.00"),
        (249.6, "$2.50"),
    ],
)
def test_people_read_dollars_with_commas(amount: float, text: str):
    assert dollar_text(amount) == text


@pytest.mark.parametrize(("amount", "text"), [(5, "+$0.05"), (-5, "-$0.05"), (0, "$0.00")])
def test_a_sign_can_be_asked_for_and_nothing_has_none(amount: int, text: str):
    assert dollar_text(amount, signed=True) == text
