"""What an hour at the table costs, and how long a session lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from let_it_ride.money import cents, dollars

if TYPE_CHECKING:
    from fractions import Fraction

    from let_it_ride.config import FullConfig
    from let_it_ride.game.odds import RoundOdds
    from let_it_ride.simulation.summary import Summary

#: Bonus strategies that stake the same on every hand, if the main bet stays the same.
_FIXED_BONUSES: Final = ("never", "always", "static")


def exact_cost_per_hour(config: FullConfig, law: RoundOdds) -> Fraction | None:
    """What an hour costs in the mean while the bankroll pays for full bets, in cents.

    None where the law of a round does not say it: the bets or the decisions change from round to
    round, or a meter's pay does.
    """
    from let_it_ride.staking import staking_of  # numpy, which facts do without

    if config.bankroll.betting_system.type != "flat" or config.strategy.type == "goal":
        return None
    if config.bonus_strategy.type not in _FIXED_BONUSES:
        return None
    staking = staking_of(config, config.simulation.hands_per_session)
    bonus = staking.bonus.highest_bet
    if bonus and staking.meter.is_there:
        return None
    per_round = law.house_edge * cents(config.bankroll.base_bet) + law.bonus_house_edge * bonus
    return per_round * config.table.hands_per_hour


def hour_verb(cost: Fraction) -> str:
    """What an hour does to a bankroll at this cost, below 0 if it is a gain: costs or brings."""
    return "costs" if cost >= 0 else "brings"


def odds_hour_to_json(config: FullConfig, law: RoundOdds) -> dict[str, Any]:
    """The exact cost of an hour in dollars; null where it is not known."""
    cost = exact_cost_per_hour(config, law)
    return {"cost_per_hour": None if cost is None else dollars(float(cost))}


def cost_per_hour(summary: Summary, hands_per_hour: int) -> float:
    """What an hour has cost in the mean of all hands played, in cents; below 0 if it brought."""
    return -summary.mean_profit.value / summary.mean_hands * hands_per_hour


def mean_minutes(summary: Summary, hands_per_hour: int) -> float:
    """How long a session has lasted in the mean, in minutes."""
    return summary.mean_hands * 60 / hands_per_hour


def run_hours_to_json(summary: Summary, hands_per_hour: int) -> dict[str, float]:
    """What a run says of time: dollars and minutes."""
    return {
        "cost_per_hour": dollars(cost_per_hour(summary, hands_per_hour)),
        "mean_minutes": mean_minutes(summary, hands_per_hour),
    }
