"""What a run says: the numbers of its summary, from exact sums and the exact law of a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.money import dollars
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.aggregates import Aggregates, FrequencyTable

PERCENTILES: Final = (1, 5, 25, 50, 75, 95, 99)

# Two-sided 95 %: the 0.975 quantile of the standard normal law.
_Z95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A simulated number with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Check:
    """A number that is both simulated and known exactly.

    Attributes:
        simulated: what the run gave.
        exact: the truth.
        z: their distance in standard errors, which are exact too; beyond ±3 is rare by chance.
    """

    simulated: float
    exact: float
    z: float


@dataclass(frozen=True)
class Summary:
    """The numbers of a run; amounts in cents.

    Attributes:
        sessions: sessions played.
        rounds: rounds played in all.
        won, lost, even: sessions by the sign of their profit.
        win_rate, loss_rate, push_rate: their shares, with Wilson's 95 % intervals.
        mean_profit: mean final profit, with its 95 % interval.
        std_profit: standard deviation of the profit over the sessions.
        percentiles: profit by percentage of sessions that do not exceed it.
        min_profit, max_profit: the worst and the best session.
        mean_hands: mean rounds a session.
        min_hands, max_hands: the shortest and the longest session.
        stop_reasons: sessions by the name of why they ended.
        mean_main_wagered: mean of the main bets that stayed in action, a session.
        mean_bonus_wagered: mean of the bonus bets, a session.
        mean_bonus_profit: mean of what the bonus brought, a session.
        mean_drawdown, median_drawdown, max_drawdown: deepest falls below an earlier peak.
        house_edge: per base bet, over the rounds dealt.
        bonus_house_edge: per bonus bet, over the rounds dealt; None where none was staked, or the
            pay of a meter changes from round to round.
        bet_failures, bonus_failures: rounds in which a formula gave no number.
        jackpots: meters that were won.
    """

    sessions: int
    rounds: int
    won: int
    lost: int
    even: int
    win_rate: Estimate
    loss_rate: Estimate
    push_rate: Estimate
    mean_profit: Estimate
    std_profit: float
    percentiles: Mapping[int, int]
    min_profit: int
    max_profit: int
    mean_hands: float
    min_hands: int
    max_hands: int
    stop_reasons: Mapping[str, int]
    mean_main_wagered: float
    mean_bonus_wagered: float
    mean_bonus_profit: float
    mean_drawdown: float
    median_drawdown: int
    max_drawdown: int
    house_edge: Check
    bonus_house_edge: Check | None
    bet_failures: int
    bonus_failures: int
    jackpots: int

    def to_json(self) -> dict[str, Any]:
        """The summary with amounts in dollars, for `json.dumps`."""
        return {
            "sessions": self.sessions,
            "rounds": self.rounds,
            "won": self.won,
            "lost": self.lost,
            "even": self.even,
            "win_rate": self.win_rate.value,
            "win_rate_interval": [self.win_rate.low, self.win_rate.high],
            "loss_rate": self.loss_rate.value,
            "loss_rate_interval": [self.loss_rate.low, self.loss_rate.high],
            "push_rate": self.push_rate.value,
            "push_rate_interval": [self.push_rate.low, self.push_rate.high],
            "mean_profit": dollars(self.mean_profit.value),
            "mean_profit_interval": [
                dollars(self.mean_profit.low),
                dollars(self.mean_profit.high),
            ],
            "std_profit": dollars(self.std_profit),
            "min_profit": dollars(self.min_profit),
            "max_profit": dollars(self.max_profit),
            "percentiles": {
                str(share): dollars(profit) for share, profit in self.percentiles.items()
            },
            "mean_hands": self.mean_hands,
            "min_hands": self.min_hands,
            "max_hands": self.max_hands,
            "stop_reasons": dict(self.stop_reasons),
            "mean_main_wagered": dollars(self.mean_main_wagered),
            "mean_bonus_wagered": dollars(self.mean_bonus_wagered),
            "mean_bonus_profit": dollars(self.mean_bonus_profit),
            "mean_drawdown": dollars(self.mean_drawdown),
            "median_drawdown": dollars(self.median_drawdown),
            "max_drawdown": dollars(self.max_drawdown),
            "house_edge": _check_to_json(self.house_edge),
            "bonus_house_edge": _check_to_json(self.bonus_house_edge),
            "bet_failures": self.bet_failures,
            "bonus_failures": self.bonus_failures,
            "jackpots": self.jackpots,
        }


def summarise(
    aggregates: Aggregates, dealt: NDArray[np.int64], notes: Mapping[str, int], plan: SessionPlan
) -> Summary:
    """Work out the summary of a run.

    Args:
        aggregates: exact sums over its sessions.
        dealt: how often each deal class came; shape (deal classes,).
        notes: how often each of `NOTES` came.
        plan: what was played.
    """
    sessions, profits = aggregates.sessions, aggregates.profits
    odds, tables = plan.odds, plan.tables
    return Summary(
        sessions=sessions,
        rounds=aggregates.rounds,
        won=aggregates.won,
        lost=aggregates.lost,
        even=aggregates.even,
        win_rate=_share(aggregates.won, sessions),
        loss_rate=_share(aggregates.lost, sessions),
        push_rate=_share(aggregates.even, sessions),
        mean_profit=_mean(profits),
        std_profit=profits.standard_deviation,
        percentiles={share: profits.percentile(share) for share in PERCENTILES},
        min_profit=int(profits.values[0]),
        max_profit=int(profits.values[-1]),
        mean_hands=aggregates.hands.mean,
        min_hands=int(aggregates.hands.values[0]),
        max_hands=int(aggregates.hands.values[-1]),
        stop_reasons={reason.key: count for reason, count in aggregates.stop_reasons.items()},
        mean_main_wagered=aggregates.sums["main_wagered"] / sessions,
        mean_bonus_wagered=aggregates.sums["bonus_wagered"] / sessions,
        mean_bonus_profit=aggregates.sums["bonus_profit"] / sessions,
        mean_drawdown=aggregates.drawdowns.mean,
        median_drawdown=aggregates.drawdowns.percentile(50),
        max_drawdown=int(aggregates.drawdowns.values[-1]),
        house_edge=_edge_check(
            dealt, tables.main_units, float(odds.house_edge), odds.standard_deviation
        ),
        bonus_house_edge=(
            _edge_check(
                dealt,
                tables.bonus_units,
                float(odds.bonus_house_edge),
                odds.bonus_standard_deviation,
            )
            if aggregates.sums["bonus_wagered"] and not tables.meter.is_there
            else None
        ),
        **notes,
    )


def _share(count: int, total: int) -> Estimate:
    """A share with Wilson's score interval (JASA 22, 1927), which holds for rare events too."""
    share, z2 = count / total, _Z95 * _Z95
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z95 / (1 + z2 / total) * sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    return Estimate(share, max(centre - half, 0.0), min(centre + half, 1.0))


def _mean(values: FrequencyTable) -> Estimate:
    half = _Z95 * values.standard_deviation / sqrt(values.count)
    return Estimate(values.mean, values.mean - half, values.mean + half)


def _edge_check(
    dealt: NDArray[np.int64], units: NDArray[np.int64], edge: float, deviation: float
) -> Check:
    """The house edge over the rounds dealt, against the exact one.

    Sessions stop at times that depend on their past alone, so by Wald's second identity the
    variance of Σ(unit − mean) over all rounds is the variance of a round times the mean number of
    rounds, whatever the stop limits.
    """
    rounds = int(dealt.sum())
    simulated = -sum(int(n) * int(unit) for n, unit in zip(dealt, units, strict=True)) / rounds
    error = deviation / sqrt(rounds)
    return Check(simulated, edge, (simulated - edge) / error if error else 0.0)


def _check_to_json(check: Check | None) -> dict[str, float] | None:
    if check is None:
        return None
    return {"simulated": check.simulated, "exact": check.exact, "z": check.z}
