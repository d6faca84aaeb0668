"""A chart in words."""

from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest

from let_it_ride.analysis.charts import Chart, ChartPart, Moment
from let_it_ride.analysis.choices import ChartLine
from let_it_ride.config import FullConfig
from let_it_ride.goal_play.rules import Goal
from let_it_ride.reports.chart_text import (
    GOAL_WORDS,
    chart_title,
    gain_heading,
    gain_text,
    legend,
    note,
)

PLAIN = Chart(())


def at(goal: Goal, hands_left: int = 12, value: float = 0.25) -> Chart:
    return Chart((), Moment(goal, hands_left, 123_450, 500, value))


def line(gain: float) -> ChartLine:
    return ChartLine("two pair", rides=True, is_usual=True, share=Fraction(1, 3), gain=gain)


@pytest.mark.parametrize(
    ("chart", "title"),
    [
        (PLAIN, "The basic strategy, at any time"),
        (
            at("leave_ahead"),
            "With $1,234.50 and 12 hands left, bets of $5.00; to leave ahead: 25.0000 %",
        ),
        (
            at("reach_win_limit", 1, 1.0),
            "With $1,234.50 and the last hand, bets of $5.00; to reach the win limit: 100.0000 %",
        ),
        (
            at("avoid_ruin", 1200),
            "With $1,234.50 and 1,200 hands left, bets of $5.00;"
            " neither to reach the loss limit nor to run out of money: 25.0000 %",
        ),
        (
            at("mean", value=-250.4),
            "With $1,234.50 and 12 hands left, bets of $5.00; the highest mean profit: −$2.50",
        ),
    ],
)
def test_the_title_says_when_a_chart_holds(chart: Chart, title: str):
    assert chart_title(FullConfig(), chart) == title


def test_every_goal_has_words():
    assert set(GOAL_WORDS) == set(get_args(Goal))


@pytest.mark.parametrize(
    ("chart", "heading", "texts"),
    [
        (PLAIN, "riding, in bets", ["+0.1235", "−0.5000", "0.0000"]),
        (at("leave_ahead"), "riding, in chance", ["+12.346 pp", "−50.000 pp", "0.000 pp"]),
        (at("mean"), "riding, in money", ["$0.00", "$0.00", "$0.00"]),
    ],
)
def test_a_gain_has_a_sign_and_a_unit(chart: Chart, heading: str, texts: list[str]):
    assert gain_heading(chart) == heading
    assert [gain_text(chart, line(gain)) for gain in (0.123456, -0.5, 0.0)] == texts


def test_a_gain_in_money_is_in_dollars():
    assert gain_text(at("mean"), line(1234.6)) == "+$12.35"


def test_the_note_says_what_is_marked_and_what_is_left_out():
    marked = (line(0.5), replace(line(0.25), is_usual=False))
    assert note(PLAIN, marked) == "≠ the optimal chart decides otherwise."
    assert note(at("mean"), marked) == note(PLAIN, marked)
    assert note(PLAIN, marked[:1]) == ""
    moment = Moment("mean", 12, 123_450, 500, 0.25, has_bonus=True)
    assert note(Chart((), moment), ()) == "The three cards are taken not to have won a bonus."


def test_the_legend_counts_the_lines_that_differ():
    lines = (line(0.5), replace(line(0.25), is_usual=False))
    chart = Chart((ChartPart("Bet 1", lines), ChartPart("Bet 2", lines[:1])))
    assert legend(chart) == "≠ unlike the optimal chart: 1 of 3 lines."
    assert legend(chart, apart=True) == "≠ unlike the optimal chart: 0 of 0 lines."


def test_the_legend_and_the_note_say_what_the_differences_cost():
    worse = replace(line(-0.5), is_usual=False)
    chart = Chart((ChartPart("Bet 1", (worse,), (worse,)),), bet=600)
    assert legend(chart) == "≠ unlike the optimal chart: 1 of 1 lines, 0.1667 bets ($1.00) a round."
    assert note(chart, (worse,)).endswith(
        "decides otherwise. That costs 0.1667 bets ($1.00) a round."
    )


def test_a_gain_too_small_to_be_told_has_no_sign():
    assert gain_text(at("leave_ahead"), line(-1e-9)) == "0.000 pp"
    assert gain_text(PLAIN, line(1e-9)) == "0.0000"
