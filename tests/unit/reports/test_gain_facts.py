"""What play for a goal gains is told in points, and what it costs without a sign."""

import pytest

from let_it_ride.analysis.goal_gain import GoalGain
from let_it_ride.reports.gain_facts import gain_facts, gained


def told(gain: GoalGain) -> dict[str, str]:
    return {fact.name: fact.value for fact in gain_facts(gain).lines}


def test_a_chance_is_in_percent_and_its_gain_in_points():
    gain = GoalGain("leave_ahead", 0.65, 0.4, -3791.0, -1000.0)
    assert told(gain) == {
        "It comes to": "65.0000 %",
        "By the basic chart": "40.0000 %",
        "Gained": "+25.0000 pp",
        "Cost of a session": "$27.91",
    }


def test_a_goal_that_brings_something_costs_less_than_nothing():
    gain = GoalGain("mean", -900.0, -1000.0, -900.0, -1000.0)
    assert told(gain)["Gained"] == "+$1.00"
    assert told(gain)["Cost of a session"] == "−$1.00"


@pytest.mark.parametrize(("value", "text"), [(0.4, "0.0000 pp"), (0.3, "−10.0000 pp")])
def test_what_gains_nothing_has_no_plus(value: float, text: str):
    assert gained(GoalGain("avoid_ruin", value, 0.4, 0.0, 0.0)) == text
