"""A chart of profits in characters shows what it is given, with and without colour."""

from itertools import pairwise

import numpy as np
import pytest

from let_it_ride.analysis.profit_bins import ProfitBins
from let_it_ride.reports.pictures.axis import even_scale
from let_it_ride.reports.profit_chart import (
    Chart,
    Ink,
    Mark,
    chart_words,
    ink_of,
    label_lines,
    range_words,
)
from let_it_ride.reports.profit_drawing import Cell, paint

#: Behind, behind, even, ahead, ahead.
BINS = ProfitBins(
    start=-2000,
    width=1000,
    grid=500,
    chances=np.array([0.1, 0.2, 0.4, 0.2, 0.05]),
    below=0.0,
    above=0.05,
    top=0.4,
)


def _chart(**changes: object) -> Chart:
    told = {"bins": BINS, "values": BINS.chances, "top": BINS.top, **changes}
    return Chart(**told)  # type: ignore[arg-type]


def _text(chart: Chart, columns: int, rows: int) -> list[str]:
    return ["".join(cell.text for cell in row) for row in paint(chart, columns, rows)]


def test_bars_are_as_high_as_their_chances_and_behind_is_dotted():
    assert _text(_chart(), 5, 4) == [
        "  █  ",
        "  █  ",
        " ⣿██ ",
        "⣿⣿██▄",
    ]


def test_bars_share_the_room_there_is():
    assert _text(_chart(), 11, 1) == ["⣀⣀⣤⣤██▄▄▁▁ "]


def test_a_bar_that_is_higher_than_the_picture_is_cut():
    assert _text(_chart(top=0.2), 5, 4)[:2] == [" ⣿██ ", " ⣿≈█ "]
    assert _chart(top=0.2).is_cut
    assert not _chart().is_cut


@pytest.mark.parametrize(
    ("place", "ink"),
    [(0, Ink.BEHIND), (1, Ink.BEHIND), (2, Ink.EVEN), (3, Ink.AHEAD), (4, Ink.AHEAD)],
)
def test_a_bar_is_behind_even_or_ahead(place: int, ink: Ink):
    assert ink_of(BINS, place) is ink
    assert {row[place].ink for row in paint(_chart(), 5, 4) if row[place].text != " "} == {ink}


def test_lines_stand_behind_the_bars_or_over_them_and_never_cut_one():
    marks = (Mark("W", 2000, "│", Ink.LIMIT), Mark("far", 9000, "│", Ink.LIMIT))
    assert _text(_chart(marks=marks), 5, 4)[2:] == [" ⣿██│", "⣿⣿██▄"]
    over = _chart(marks=(*marks, Mark("0", 0, "┊", Ink.MARK)), marks_over=True)
    assert [row[4] for row in _text(over, 5, 4)] == ["│", "│", "│", "▄"]
    assert [row[2] for row in paint(over, 5, 4)] == [Cell("┊", Ink.MARK, Ink.EVEN)] * 4


def test_what_was_saved_is_outlined_over_the_bars():
    saved = np.array([0.4, 0.4, 0.2, 0.2, 0.9])
    rows = paint(_chart(saved=saved, tells_cuts=True), 10, 5)
    assert ["".join(cell.text for cell in row) for row in rows] == [
        "    ██90 %",
        "━━━━██  ≈≈",
        "  ⣤⣤━━▄▄  ",
        "⣀⣀⣿⣿████  ",
        "⣿⣿⣿⣿████▅▅",
    ]
    assert rows[2][4] == Cell("━", Ink.SAVED, Ink.EVEN)
    assert rows[1][0] == Cell("━", Ink.SAVED)
    steps = _chart(values=np.zeros(5), saved=np.array([0.1, 0.4, 0.4, 0.1, 0.1]))
    assert _text(steps, 5, 4) == [" ┏━┓ ", " ┃ ┃ ", " ┃ ┃ ", "━┛ ┗━"]


def test_bars_that_are_cut_off_tell_how_high_they_are():
    assert _text(_chart(top=0.15, tells_cuts=True), 20, 4)[:2] == [
        "   20 % 40 % 20 %   ",
        "⣶⣶⣶⣶≈≈≈≈≈≈≈≈≈≈≈≈    ",
    ]
    assert _text(_chart(top=0.15, tells_cuts=True), 5, 4)[0] == "40 % "


def test_the_cursor_can_be_seen_without_colour():
    rows = paint(_chart(cursor=2), 5, 4)
    assert [row[2].text for row in rows] == ["▼", "█", "█", "█"]
    assert [row[2].ink for row in rows] == [Ink.CURSOR] * 4
    assert [row[0] for row in _text(_chart(cursor=0), 5, 4)] == ["▼", "┃", "┃", "⣿"]


def test_marks_are_named_below_as_far_as_there_is_room():
    marks = (
        Mark("L", -2000, "│", Ink.LIMIT),
        Mark("W", 2000, "│", Ink.LIMIT),
        Mark("0", 0, "┊", Ink.MARK),
        Mark("M", -123.4, "╎", Ink.MARK),
    )
    chart = _chart(marks=marks)
    assert label_lines(chart, 60) == [f"{'L −$20':<15}{'M −$1.23 0':<30}W +$20{' ' * 9}"]
    assert label_lines(chart, 20) == ["L     M 0       W   "]
    assert label_lines(chart, 5) == ["L 0 W"]


def test_marks_of_one_profit_are_named_together():
    shares = ((5, -2000), (50, -1000))
    marks = (
        Mark("L", -2000, "│", Ink.LIMIT),
        Mark("0", 0, "┊", Ink.MARK),
        *(Mark(f"{share} %", profit, "┊", Ink.MARK) for share, profit in shares),
    )
    chart = _chart(marks=marks)
    assert label_lines(chart, 15, 2) == ["L = 5 % −$20   ", " 50 % 0        "]
    assert chart_words(chart, 80)[0].startswith("L loss limit · 5 % ≤ −$20 · 50 % ≤ −$10 · ")


@pytest.mark.parametrize("rows", [2, 3, 8, 11, 12, 13, 25, 40])
@pytest.mark.parametrize("high", [0.0153, 0.061, 0.334, 1.0])
def test_round_numbers_stand_equally_many_whole_rows_apart(high: float, rows: int):
    top, numbers = even_scale(high, rows)
    assert high <= top * (1 + 1e-9) <= 2 * high
    assert len(numbers) >= min(rows // 2, 3)
    assert len({later - row for row, later in pairwise(numbers)}) == 1
    for row, number in numbers.items():
        assert number == pytest.approx(top * row / rows)
        assert len(f"{number * 1000:.10g}".replace(".", "").strip("0")) <= 3


def test_words_say_what_signs_mean_and_what_lies_beyond():
    marks = (Mark("W", 2000, "│", Ink.LIMIT), Mark("L", -9000, "│", Ink.LIMIT))
    chart = _chart(marks=marks, top=0.2)
    assert chart_words(chart, 80) == ["W win limit · ≈ cut off, up to 40.00 % · 5.00 % above +$25"]
    assert chart_words(chart, 42) == [
        "W win limit · ≈ cut off, up to 40.00 %",
        "5.00 % above +$25",
    ]
    assert chart_words(_chart(saved=BINS.chances), 80)[0].startswith("━ as saved · ")


def test_a_bin_is_told_by_the_profits_it_can_hold():
    assert range_words(BINS, 0) == "−$20 to −$15"
    assert range_words(ProfitBins(0, 5, 5, np.ones(1), 0, 0, 1), 0) == "$0"
