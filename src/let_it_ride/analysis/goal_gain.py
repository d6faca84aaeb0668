"""What play for a goal gains over the basic chart, and what it costs in the mean."""

from dataclasses import dataclass
from typing import Any

from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.goal_play.rules import Goal
from let_it_ride.money import dollars


@dataclass(frozen=True, slots=True)
class GoalGain:
    """The same sessions played for a goal and by the basic chart.

    Attributes:
        goal: what is played for.
        value: the chance of it, or for a mean the mean profit in cents.
        basic_value: the same of the basic chart.
        mean_profit: mean profit of a session, in cents.
        basic_mean_profit: the same of the basic chart.
    """

    goal: Goal
    value: float
    basic_value: float
    mean_profit: float
    basic_mean_profit: float

    @classmethod
    def of(cls, goal: Goal, law: SessionLaw, basic: SessionLaw) -> "GoalGain":
        """Compare two laws."""
        return cls(
            goal,
            goal_value(goal, law),
            goal_value(goal, basic),
            law.mean_profit,
            basic.mean_profit,
        )

    @property
    def gain(self) -> float:
        """How much more it is."""
        return self.value - self.basic_value

    @property
    def cost(self) -> float:
        """What it costs in the mean of a session, in cents; below 0 if it brings something."""
        return self.basic_mean_profit - self.mean_profit

    def to_json(self) -> dict[str, Any]:
        """The comparison for `json.dumps`, amounts in dollars."""
        values = {"value": self.value, "basic_value": self.basic_value, "gain": self.gain}
        if self.goal == "mean":
            values = {key: dollars(value) for key, value in values.items()}
        return {"goal": self.goal, **values, "mean_profit_cost": dollars(self.cost)}


def goal_value(goal: Goal, law: SessionLaw) -> float:
    """The chance of a goal under a law, or for a mean the mean profit in cents."""
    chances = law.stop_reasons
    match goal:
        case "leave_ahead":
            return law.win_probability
        case "reach_win_limit":
            return chances.get(StopReason.WIN_LIMIT, 0.0)
        case "avoid_ruin":
            ruin = (StopReason.LOSS_LIMIT, StopReason.INSUFFICIENT_FUNDS)
            return 1.0 - sum(chances.get(reason, 0.0) for reason in ruin)
        case "mean":
            return law.mean_profit


def by_the_basic_chart(config: FullConfig) -> FullConfig:
    """The same configuration with the basic strategy."""
    return config.model_copy(update={"strategy": FullConfig().strategy})
