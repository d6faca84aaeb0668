"""A strategy's chart in words: the same on the screen and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import count, decimal_text, money, percent, points

if TYPE_CHECKING:
    from let_it_ride.analysis.charts import Chart, ChartLine, ChartPart
    from let_it_ride.config import FullConfig

MARK: Final = "≠"
"""Stands beside decisions that the chart of the highest mean makes otherwise."""

GOAL_WORDS: Final = {
    "leave_ahead": "to leave ahead",
    "reach_win_limit": "to reach the win limit",
    "avoid_ruin": "neither to reach the loss limit nor to run out of money",
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
    """What riding is worth more than pulling, chances in percentage points."""
    if chart.moment is None:
        gain = round(line.gain, 4) or 0.0
        return f"{'+' if gain > 0 else ''}{decimal_text(gain, 4)}"
    if chart.moment.goal == "mean":
        return money(line.gain, signed=True)
    return points(line.gain, 3)


def different(part: ChartPart) -> tuple[ChartLine, ...]:
    """The lines that the chart of the highest mean decides otherwise."""
    return tuple(line for line in part.lines if not line.is_usual)


def legend(chart: Chart) -> str:
    """Say in a line what the mark means, how often it is there, and what riding is told in."""
    lines = sum(len(part.lines) for part in chart.parts)
    marked = sum(len(different(part)) for part in chart.parts)
    gain = gain_heading(chart).replace("riding, ", "gain ")
    return f"{MARK} differs from the optimal chart: {marked} of {lines} lines. Riding: {gain}."


def note(chart: Chart) -> str:
    """Say what the mark means, and what has been left out."""
    return " ".join([f"{MARK} the optimal chart decides otherwise.", *left_out(chart)])


def left_out(chart: Chart) -> tuple[str, ...]:
    """Say what a chart leaves out, if it leaves something out."""
    if chart.moment is not None and chart.moment.has_bonus:
        return ("The three cards are taken not to have won a bonus.",)
    return ()
