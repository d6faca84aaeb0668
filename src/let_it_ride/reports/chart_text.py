"""A strategy's chart in words: the same on the screen and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import count, decimal_text, money, percent

if TYPE_CHECKING:
    from let_it_ride.analysis.charts import Chart, ChartLine
    from let_it_ride.config import FullConfig

MARK: Final = "≠"
"""Stands beside decisions that the chart of the highest mean makes otherwise."""

GOAL_WORDS: Final = {
    "leave_ahead": "to leave ahead",
    "reach_win_limit": "to reach the win limit",
    "avoid_ruin": "not to be ruined",
    "mean": "the highest mean profit",
}
"""What each goal is."""


def chart_title(config: FullConfig, chart: Chart) -> str:
    """Say which chart it is and when it holds."""
    moment = chart.moment
    if moment is None:
        return f"The {config.strategy.type} strategy, at any time"
    left = "the last hand" if moment.hands_left == 1 else f"{count(moment.hands_left)} hands left"
    by_money = moment.goal == "mean"
    value = money(moment.value, signed=True) if by_money else percent(moment.value, 4)
    return (
        f"With {money(moment.bankroll)} and {left}, bets of {money(moment.bet)};"
        f" {GOAL_WORDS[moment.goal]}: {value}"
    )


def gain_heading(chart: Chart) -> str:
    """Say what riding is told to be worth."""
    if chart.moment is None:
        return "riding, in bets"
    return "riding, in money" if chart.moment.goal == "mean" else "riding, in chance"


def gain_text(chart: Chart, line: ChartLine) -> str:
    """What riding is worth more than pulling."""
    sign = "+" if line.gain > 0 else ""
    if chart.moment is None:
        return sign + decimal_text(line.gain, 4)
    if chart.moment.goal == "mean":
        return money(line.gain, signed=True)
    return sign + percent(line.gain, 3)


def note(chart: Chart) -> str:
    """Say what the mark means, and what has been left out."""
    text = f"{MARK} the optimal chart decides otherwise."
    if chart.moment is not None:
        text += " The three cards are taken not to have won a bonus."
    return text
