"""Amounts on the felt: in less room they lose words, cents that are none, or say that they are."""

import pytest

from let_it_ride.reports.felt_text import amounts, fitting


@pytest.mark.parametrize(
    ("cents", "room", "text"),
    [
        (100_000_000, 13, "$1,000,000.00"),
        (100_000_000, 12, "$1,000,000"),
        (100_000_000, 9, "≈$1.00M"),
        (123_456_789, 12, "≈$1.23M"),
        (12_345_678, 10, "≈$123.46k"),
        (123_456_789_012, 10, "≈$1.23G"),
        (99_999, 3, "$999.99"),
    ],
)
def test_an_amount_is_whole_or_says_that_it_is_rounded(cents: int, room: int, text: str) -> None:
    assert fitting(amounts(cents), room) == text


def test_a_sign_is_never_lost() -> None:
    assert list(amounts(-150_000_000, signed=True)) == [
        "−$1,500,000.00",
        "−$1,500,000",
        "≈−$1.50M",
    ]
    assert next(amounts(500, signed=True)) == "+$5.00"


def test_the_first_text_with_room_is_taken_or_else_the_last() -> None:
    assert [fitting(("four", "two", "1"), room) for room in (4, 3, 0)] == ["four", "two", "1"]
    assert fitting((), 5) == ""
