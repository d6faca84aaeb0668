"""What play for a goal gains, in words: the same on the screen and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from let_it_ride.reports.chart_text import GOAL_WORDS
from let_it_ride.reports.facts import Fact, Facts
from let_it_ride.reports.numbers import money, percent, points

if TYPE_CHECKING:
    from let_it_ride.analysis.goal_gain import GoalGain


def gain_facts(gain: GoalGain) -> Facts:
    """The goal by its best play and by the basic chart, and what lies between."""
    words = GOAL_WORDS[gain.goal]
    return Facts(
        f"The best play {words}" if gain.goal != "mean" else f"The best play for {words}",
        (
            Fact("It comes to", _value(gain, gain.value)),
            Fact("By the basic chart", _value(gain, gain.basic_value)),
            Fact("Gained", gained(gain)),
            Fact("Cost of a session", money(gain.cost), aside="in the mean"),
        ),
    )


def gained(gain: GoalGain) -> str:
    """How much more it is than by the basic chart, chances in percentage points."""
    if gain.goal == "mean":
        return money(gain.gain, signed=True)
    return points(gain.gain, 4)


def _value(gain: GoalGain, value: float) -> str:
    return money(value, signed=True) if gain.goal == "mean" else percent(value, 4)
