"""A strategy's chart in words: the same on the screen and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import count, decimal_text, money, percent, points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from let_it_ride.analysis.charts import Chart
    from let_it_ride.analysis.choices import ChartLine, Value
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
    return difference_text(chart, line.gain)


def difference_text(chart: Chart, difference: Value) -> str:
    """A difference of what hands are worth, with its sign, chances in percentage points."""
    if chart.moment is not None and chart.moment.goal != "mean":
        return points(float(difference), 3)
    return value_text(chart, difference)


def value_text(chart: Chart, value: Value) -> str:
    """What a hand is worth: in bets, for a goal as a chance, for a mean in money."""
    if chart.moment is None:
        rounded = round(float(value), 4) or 0.0
        return f"{'+' if rounded > 0 else ''}{decimal_text(rounded, 4)}"
    if chart.moment.goal == "mean":
        return money(float(value), signed=True)
    return percent(value, 3)


def price_text(chart: Chart, difference: Value) -> str:
    """What a difference comes to, without a sign, bets in money too."""
    text = difference_text(chart, difference).removeprefix("+")
    if chart.moment is not None:
        return text
    return f"{text} bets ({money(float(difference) * chart.bet)})"


def legend(chart: Chart, *, apart: bool = False) -> str:
    """Say in a line what the mark means, how often it is there, and what that costs.

    Args:
        chart: the chart.
        apart: whether every class of hands has a line.
    """
    lines = [line for part in chart.parts for line in (part.classes if apart else part.lines)]
    marked = sum(not line.is_usual for line in lines)
    text = f"{MARK} unlike the optimal chart: {marked} of {len(lines)} lines"
    if chart.given_away:
        text += f", {price_text(chart, chart.given_away)} a round"
    return f"{text}."


def note(chart: Chart, lines: Iterable[ChartLine]) -> str:
    """Say what the mark means where one of these lines has it, and what has been left out."""
    told = []
    if any(not line.is_usual for line in lines):
        told.append(f"{MARK} the optimal chart decides otherwise.")
        if chart.given_away:
            told.append(f"That costs {price_text(chart, chart.given_away)} a round.")
    return " ".join([*told, *left_out(chart)])


def left_out(chart: Chart) -> tuple[str, ...]:
    """Say what a chart leaves out, if it leaves something out."""
    if chart.moment is not None and chart.moment.has_bonus:
        return ("The three cards are taken not to have won a bonus.",)
    return ()
