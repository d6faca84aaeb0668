"""The line of the money: read back dot by dot, it is the money."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from let_it_ride.reports.bankroll_line import BankrollLine

#: Bits of a Braille character by the numbers that Braille gives its dots.
_ROWS = {0: (1, 4), 1: (2, 5), 2: (3, 6), 3: (7, 8)}


def dots(line: BankrollLine) -> set[tuple[int, int]]:
    """The dots of a line by their columns and rows, from the top left."""
    found = set()
    for row, cells in enumerate(line.cells()):
        assert len(cells) == line.columns
        for column, cell in enumerate(cells):
            bits = ord(cell) - 0x2800 if cell != " " else 0
            for down, numbers in _ROWS.items():
                for across, number in enumerate(numbers):
                    if bits & 1 << (number - 1):
                        found.add((2 * column + across, 4 * row + down))
    return found


def test_a_fall_goes_from_the_top_left_to_the_bottom_right() -> None:
    assert dots(BankrollLine([3, 2, 1, 0], [], 2, 1)) >= {(0, 0), (1, 1), (2, 2), (3, 3)}


def test_limits_make_room_above_and_below() -> None:
    line = BankrollLine([50, 50], [100, 0], 10, 5)
    assert {down for _, down in dots(line)} == {round(19 / 2)}
    assert (line.row_of(100), line.row_of(0)) == (0, 4)


@given(
    st.lists(st.integers(-1000, 1000), min_size=1, max_size=300),
    st.integers(1, 60),
    st.integers(1, 12),
)
def test_every_level_is_on_the_line_and_the_line_has_no_gap(
    levels: list[int], columns: int, rows: int
) -> None:
    line = BankrollLine(levels, [], columns, rows)
    drawn = dots(line)
    for hands, level in enumerate(levels):
        across = hands * (2 * columns - 1) // max(len(levels) - 1, 1)
        column, row = line.column_of(hands), line.row_of(level)
        assert column == across // 2
        beside = {(x // 2, y // 4) for x, y in drawn if x in (across, across + 1)}
        assert {(column, row), ((across + 1) // 2, row)} & beside
    by_column = [{down for across, down in drawn if across == x} for x in range(2 * columns)]
    for before, after in pairwise(by_column):
        assert before
        assert max(after) >= min(before)
        assert min(after) <= max(before)


@pytest.mark.parametrize(("column", "hands"), [(0, 0), (5, 5), (10, 10), (99, 10)])
def test_a_place_is_the_hand_that_is_there(column: int, hands: int) -> None:
    assert BankrollLine(list(range(11)), [], 11, 3).hands_at(column) == hands


def test_half_rows_are_the_halves_of_rows() -> None:
    line = BankrollLine([15, 0], [], 4, 4)
    levels = range(16)
    assert [line.half_row_of(level) for level in levels] == [(15 - level) // 2 for level in levels]
    assert all(line.half_row_of(level) // 2 == line.row_of(level) for level in levels)
