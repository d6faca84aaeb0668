"""What a player's decisions cost against best play, in base bets and in dollars."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from let_it_ride.config import FullConfig
from let_it_ride.game.deals import deal_table
from let_it_ride.game.deviations import Deviation, deviations
from let_it_ride.money import cents, dollars
from let_it_ride.planning import compile_strategy, main_paytable


@dataclass(frozen=True, slots=True)
class PlayCost:
    """Every decision that costs something, and what a base bet an hour is in money.

    Attributes:
        deviations: the decisions, the costliest first; none if the play is as good as the best.
        staked_per_hour: the base bets on one circle that an hour takes, in cents.
    """

    deviations: tuple[Deviation, ...]
    staked_per_hour: int

    @property
    def per_round(self) -> Fraction:
        """What all of them cost in the mean of all rounds, in base bets."""
        return sum((each.cost_per_round for each in self.deviations), Fraction())

    def per_hour(self, cost_per_round: Fraction) -> Fraction:
        """What a cost per round in base bets is in an hour, in cents."""
        return cost_per_round * self.staked_per_hour

    def to_json(self) -> dict[str, Any]:
        """Every decision, and all of them together; costs in base bets, of an hour in dollars."""
        return {
            "deviations_cost": float(self.per_round),
            "deviations_cost_fraction": str(self.per_round),
            "deviations_cost_per_hour": self._dollars_per_hour(self.per_round),
            "deviations": [self._to_json(each) for each in self.deviations],
        }

    def _to_json(self, deviation: Deviation) -> dict[str, Any]:
        per_hand, per_round = deviation.cost_per_hand, deviation.cost_per_round
        return {
            "bet": deviation.bet,
            "hand": deviation.hand,
            "decision": deviation.decision,
            "deals": deviation.deals,
            "cost_per_hand": float(per_hand),
            "cost_per_hand_fraction": str(per_hand),
            "cost_per_round": float(per_round),
            "cost_per_round_fraction": str(per_round),
            "cost_per_hour": self._dollars_per_hour(per_round),
        }

    def _dollars_per_hour(self, cost_per_round: Fraction) -> float:
        return dollars(float(self.per_hour(cost_per_round)))


def play_cost(config: FullConfig) -> PlayCost:
    """What the configured strategy costs against the best one for the configured pay table."""
    deals = deal_table()
    found = deviations(deals, compile_strategy(config, deals), main_paytable(config))
    return PlayCost(found, cents(config.bankroll.base_bet) * config.table.hands_per_hour)
