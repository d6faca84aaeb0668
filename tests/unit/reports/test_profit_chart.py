"""A chart of profits in characters shows what it is given, with and without colour."""

import numpy as np
import pytest

from let_it_ride.analysis.profit_bins import ProfitBins
from let_it_ride.reports.profit_chart import (
    Chart,
    Ink,
    Mark,
    chart_words,
    ink_of,
    label_line,
    paint,
    range_words,
)

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


def test_lines_stand_behind_the_bars_or_over_them():
    marks = (Mark("W", 2000, "│", Ink.LIMIT), Mark("far", 9000, "│", Ink.LIMIT))
    assert _text(_chart(marks=marks), 5, 4)[2:] == [" ⣿██│", "⣿⣿██▄"]
    assert [row[4] for row in _text(_chart(marks=marks, marks_over=True), 5, 4)] == ["│"] * 4


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
    assert label_line(chart, 60) == f"{'L −$20':<15}{'M −$1.23 0':<30}W +$20{' ' * 9}"
    assert label_line(chart, 20) == "L     M 0       W   "
    assert label_line(chart, 5) == "L 0 W"


def test_words_say_what_signs_mean_and_what_lies_beyond():
    marks = (Mark("W", 2000, "│", Ink.LIMIT), Mark("L", -9000, "│", Ink.LIMIT))
    chart = _chart(marks=marks, top=0.2)
    assert chart_words(chart, 80) == ["W win limit · ≈ cut off, up to 40.00 % · 5.00 % above +$25"]
    assert chart_words(chart, 42) == [
        "W win limit · ≈ cut off, up to 40.00 %",
        "5.00 % above +$25",
    ]
    assert chart_words(_chart(saved=BINS.chances), 80)[0].startswith("dotted line as saved · ")


def test_a_bin_is_told_by_the_profits_it_can_hold():
    assert range_words(BINS, 0) == "−$20 to −$15"
    assert range_words(ProfitBins(0, 5, 5, np.ones(1), 0, 0, 1), 0) == "$0"
